"""Actors known only by what they say: names that nothing else told to be somebody, but that speak."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diurna.annotate.actors.propernames import phrase_words, run_start
from diurna.annotate.parse import Parse
from diurna.model.annotation import ActorCode, ActorDraft, StatementDraft
from diurna.model.record import ActorKind
from diurna.model.span import Span

_KINDS: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group"}


def unknown_speakers(
    parse: Parse,
    statements: Sequence[StatementDraft],
    actor_at: Callable[[Span | None], str | None],
    code_of: Callable[[Parse, Span], ActorCode],
) -> list[ActorDraft]:
    """One actor for each name that speaks and is no actor yet, in order of its first statement."""
    said: dict[str, list[Span]] = {}
    for statement in statements:
        span = statement.speaker
        if span is None or statement.speaker_kind is not None or actor_at(span) is not None:
            continue
        name = _name_in(parse, span)
        if name is not None:
            said.setdefault(name.of(parse.text), []).append(name)
    return [_draft(parse, name, spans, code_of) for name, spans in said.items()]


def _name_in(parse: Parse, span: Span) -> Span | None:
    """The name that heads a speaker's phrase; None where a common noun or no name at all does."""
    head = parse.head_in(span)
    if head is None or parse.pos[head] != "PROPN" or not parse.words[head][:1].isupper():
        return None
    if parse.label(head) in phrase_words().things or parse.lowers[head] in phrase_words().nobody:
        return None
    first = run_start(parse, head, max(parse.left_edge[head], parse.tokens_in(span).start))
    return parse.span(first, head + 1)


def _draft(parse: Parse, name: str, spans: Sequence[Span], code_of: Callable[[Parse, Span], ActorCode]) -> ActorDraft:
    head = parse.head_in(spans[0])
    label = "" if head is None else parse.label(head)
    kind: ActorKind = "organisation" if name.isupper() else _KINDS.get(label, "unknown")
    code = code_of(parse, spans[0])
    mentions = tuple(sorted(set(spans)))
    return ActorDraft(" ".join(name.split()), kind, code.country, code.sector, (), (), mentions)
