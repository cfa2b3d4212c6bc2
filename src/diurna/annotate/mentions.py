"""The actors of one report: every mention of each, and the name, kind, country, sector and roles they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from diurna.annotate.codes import code_of
from diurna.annotate.coreference import cluster
from diurna.annotate.knowledge import country_names
from diurna.annotate.nounphrases import Mention, find_mentions
from diurna.annotate.parse import Parse
from diurna.model.annotation import ActorCode, ActorDraft
from diurna.model.record import ActorKind
from diurna.model.span import Span

__all__ = ["code_of", "find_actors"]


def find_actors(parse: Parse) -> list[ActorDraft]:
    """The persons, offices, organisations, groups and states of the report, in order of their first mention."""
    groups = cluster(parse, find_mentions(parse))
    return [_draft(parse, group) for group in groups if any(m.form != "pronoun" for m in group)]


def _draft(parse: Parse, group: Sequence[Mention]) -> ActorDraft:
    code = _code(group)
    name = _name(parse, group)
    return ActorDraft(
        name,
        _kind(group),
        code.country,
        code.sector,
        _roles(parse, group),
        _aliases(parse, group, name),
        _spans(parse, group),
    )


def _name(parse: Parse, group: Sequence[Mention]) -> str:
    """The longest proper name without title; a state's usual name; else the fullest description."""
    names = [m for m in group if m.form == "name"]
    state = next((m.fact for m in names if m.fact is not None and m.fact.kind in ("country", "seat")), None)
    if state is not None and state.country:
        return country_names()[state.country]
    if names:
        best = max(names, key=lambda m: (len(m.name), -m.first))
        return _text(parse, *best.name_at)
    best = max((m for m in group if m.form == "nominal"), key=lambda m: (m.definite, m.last - m.first, -m.first))
    return _text(parse, best.first, best.last)


def _text(parse: Parse, first: int, last: int) -> str:
    return " ".join(parse.span(first, last).of(parse.text).split())


def _kind(group: Sequence[Mention]) -> ActorKind:
    kinds = Counter(m.kind for m in group if m.form == "name") or Counter(m.kind for m in group if m.form == "nominal")
    return max(sorted(kinds), key=lambda kind: (kinds[kind], kind == "person"))


def _code(group: Sequence[Mention]) -> ActorCode:
    """The country and sector most mentions give; the earliest among equals."""
    return ActorCode(_most([m.code.country for m in group]), _most([m.code.sector for m in group]))


def _most(values: Sequence[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return max(counts, key=lambda value: (counts[value], -values.index(value))) if counts else None


def _roles(parse: Parse, group: Sequence[Mention]) -> tuple[str, ...]:
    if not any(m.form == "name" for m in group):
        return ()
    return tuple(dict.fromkeys(role for m in group for role in m.roles))


def _aliases(parse: Parse, group: Sequence[Mention], name: str) -> tuple[str, ...]:
    forms = dict.fromkeys(_text(parse, *m.name_at) for m in group if m.form == "name")
    return tuple(form for form in forms if form != name)


def _spans(parse: Parse, group: Sequence[Mention]) -> tuple[Span, ...]:
    """The mentions' spans in text order; of two that overlap the longer stays."""
    spans = sorted({parse.span(m.first, m.last) for m in group}, key=lambda s: (s.start - s.end, s.start))
    kept: list[Span] = []
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(sorted(kept))
