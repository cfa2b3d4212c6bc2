"""For whom a spokesperson speaks, by what he is called: "the ministry's spokesman", "a spokesperson for X"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.lexicon import Table, faults_in_words, load, made_of
from diurna.model.record import Actor, Relation
from diurna.model.span import Span

AtHead = Callable[[int], str | None]
"""The id of the actor mentioned at a head token, or None."""

_KEYS = ("spokespersons", "posts")
_JOINTS = ("of", "for", "from", "at", "with")


@dataclass(frozen=True, slots=True)
class _Words:
    spokespersons: frozenset[str]
    posts: frozenset[str]


@made_of("mentions")
def _words() -> _Words:
    table = load("mentions", check=_faults)["behalf"]
    return _Words(*(frozenset(table[key]) for key in _KEYS))


def _faults(table: Table) -> list[str]:
    return faults_in_words(table.get("behalf", {}), *_KEYS)


def represented(
    parse: Parse, actors: Sequence[Actor], relations: Sequence[Relation], at_head: AtHead
) -> dict[str, str]:
    """The actor each spokesperson speaks for, both by id: as described, else by what the text says of both."""
    found: dict[str, str] = {}
    for relation in relations:
        stated = relation.kind == "speaks_for" and relation.polarity == "positive"
        if stated and not _is_posting(parse, relation.evidence.span):
            found[relation.source] = relation.target
    kinds = {actor.id: actor.kind for actor in actors}
    found = {one: other for one, other in found.items() if kinds.get(one) in ("person", "office", "group", "unknown")}
    for actor in actors:
        for span in actor.mentions:
            target = _described(parse, span, at_head)
            if target is not None and target != actor.id:
                found[actor.id] = target
                break
    return found


def _is_posting(parse: Parse, span: Span) -> bool:
    """Whether it is said of somebody where he works, not for whom: "the special envoy for Ruritania"."""
    inside = parse.tokens_in(span)
    return any(parse.lowers[i] == "for" and parse.lemmas[parse.heads[i]] in _words().posts for i in inside)


def _described(parse: Parse, span: Span, at_head: AtHead) -> str | None:
    """The party that the phrase of a spokesperson names: its owner, the object of "for", or the name before it."""
    for token in parse.tokens_in(span):
        if parse.lemmas[token] not in _words().spokespersons:
            continue
        owner = parse.child(token, "poss")
        preps = [c for c in parse.children[token] if parse.lowers[c] in _JOINTS and c > token]
        objects = [noun for prep in preps if (noun := parse.child(prep, "pobj")) is not None]
        before = [c for c in parse.children[token] if c < token and parse.deps[c] in ("compound", "nmod", "amod")]
        heads = [*([] if owner is None else [owner]), *objects, *reversed(before)]
        return next((actor for head in heads if (actor := at_head(head)) is not None), None)
    return None
