"""The actors of one report: every mention of each, and the name, kind, country, sector and roles they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from diurna.annotate.actors.codes import code_of
from diurna.annotate.actors.coreference import cluster
from diurna.annotate.actors.gazetteer import cities
from diurna.annotate.actors.home import is_about, says_stranger, tells_of_stranger
from diurna.annotate.actors.knowledge import country_names, facts_between
from diurna.annotate.actors.mention import Mention
from diurna.annotate.actors.nounphrases import find_mentions
from diurna.annotate.actors.propernames import phrase_words
from diurna.annotate.parse import Parse
from diurna.model.annotation import ActorCode, ActorDraft
from diurna.model.record import ActorKind
from diurna.model.span import Span

__all__ = ["code_of", "find_actors"]

_DOMESTIC = frozenset(
    {"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "REB", "OPP", "CVL", "PRM", "UAF", "PTY", "LAB", "EDU"}
)
"""Sectors whose bearers, described without a country, belong to the only country of the report."""

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "one"})
_GATHERED = ("of", "for", "at", "in", "from", "on", "with", "near", "outside", "inside", "across", "against", "within")
"""Prepositions whose phrase tells a bare group from others of the same name ("speakers at the rally")."""

_LONGEST_ROLE = 10
"""Tokens of a role as it is shown, its "of", "for" and "to" phrases with it."""


def find_actors(parse: Parse) -> list[ActorDraft]:
    """The persons, offices, organisations, groups and states of the report, in order of their first mention.

    A mention's span is the phrase up to its head, title and all; "of" phrases belong to it only inside a name or after
    a quantity. Mentions of one actor never overlap; those of two may ("Ruritania" in "Ruritania's envoy").
    """
    groups = cluster(parse, find_mentions(parse))
    home = _only_country(parse)
    return [_draft(parse, group, home) for group in groups if any(m.form != "pronoun" for m in group)]


def _only_country(parse: Parse) -> str | None:
    """The country of a report that names no other; None where it names several or none."""
    named = [known for known in facts_between(parse, 0, len(parse)) if known.fact.country]
    told = [known for known in named if known.fact.actor != "outlet" and not tells_of_stranger(parse, known)]
    countries = {known.fact.country for known in named}
    if len(countries) != 1 or not is_about([known.first for known in told]):
        return None
    country = countries.pop()
    for entity in parse.entities:
        if entity.label == "GPE":
            found = cities(parse.span(entity.first, entity.last).of(parse.text))
            if found and all(city.country != country for city in found):
                return None
    return country


def _draft(parse: Parse, group: Sequence[Mention], home: str | None) -> ActorDraft:
    name = _name(parse, group)
    code = _code(group)
    local = code.sector in _DOMESTIC and not any(
        m.form == "name" or says_stranger(parse, m.first, m.last) for m in group
    )
    if code.country is None and local:
        code = ActorCode(home, code.sector)
    return ActorDraft(
        name, _kind(group), code.country, code.sector, _roles(parse, group), _aliases(parse, group, name),
        _spans(parse, group),
    )  # fmt: skip


def _name(parse: Parse, group: Sequence[Mention]) -> str:
    """A state's usual name, a person's longest, a body's most used of several words; else the fullest description."""
    names = [m for m in group if m.form == "name"]
    state = next((m.fact for m in names if m.fact is not None and m.fact.kind in ("country", "seat")), None)
    if state is not None and state.country:
        return country_names().get(state.country, state.name)
    if names and _kind(group) == "person":
        return _text(parse, *max(names, key=lambda m: (len(m.name), -m.first)).name_at)
    if names:
        used = Counter(m.name for m in names)
        usual = {m.fact.name for m in names if m.fact is not None}
        best = max(names, key=lambda m: (" ".join(m.name) in usual, min(len(m.name), 2), used[m.name], -m.first))
        return _text(parse, *best.name_at)
    fullest = max((m for m in group if m.form == "nominal"), key=lambda m: (m.definite, m.last - m.first, -m.first))
    return _text(parse, fullest.first, _described_to(parse, fullest))


def _described_to(parse: Parse, mention: Mention) -> int:
    """One past the description, with the "of" phrase that says whose member, leader or council it is."""
    if parse.lemmas[mention.head] in phrase_words().relational:
        return _with_complements(parse, mention, ("of", "for", "at", "from"))
    if mention.number == "plural" and not mention.modifiers and mention.code.country is None:
        return _with_complements(parse, mention, _GATHERED)
    return mention.last


def _with_complements(parse: Parse, mention: Mention, joints: tuple[str, ...]) -> int:
    """One past the phrases by `joints` that follow right after a mention, within the length a role is shown at."""
    last = mention.last
    for child in parse.children[mention.head]:
        if (
            child == last
            and parse.lowers[child] in joints
            and parse.right_edge[child] + 1 - mention.first <= _LONGEST_ROLE
        ):
            last = parse.right_edge[child] + 1
    return last


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
    """The titles and roles of a named person as the text writes them, those left out that another one contains."""
    if not any(m.form == "name" for m in group):
        return ()
    names = [m.name_at[0] for m in group if m.form == "name"]
    shown = dict.fromkeys(text for m in group if m.roles and (text := _role_text(parse, m, names)))
    return tuple(
        role
        for role in shown
        if not any(other != role and f" {role.lower()} " in f" {other.lower()} " for other in shown)
    )


def _role_text(parse: Parse, mention: Mention, names: Sequence[int]) -> str:
    """The role a mention gives, without article or "his", cut where the name itself begins (`names`: where they do)."""
    first = mention.first
    last = (
        mention.name_at[0] if mention.form == "name" else _with_complements(parse, mention, ("of", "for", "to", "in"))
    )
    last = min([last, *(name for name in names if mention.last <= name < last)])
    while first < last and (parse.lowers[first] in _ARTICLES or parse.tags[first] == "PRP$"):
        first += 1
    return _text(parse, first, last).rstrip(" ,-") if first < last else ""


def _aliases(parse: Parse, group: Sequence[Mention], name: str) -> tuple[str, ...]:
    forms = dict.fromkeys(_text(parse, *m.name_at) for m in group if m.form == "name")
    return tuple(form for form in forms if form != name)


def _spans(parse: Parse, group: Sequence[Mention]) -> tuple[Span, ...]:
    """The mentions' spans in text order; of two that overlap the longer stays."""
    spans = sorted({parse.span(m.first, m.last) for m in group})
    kept: list[Span] = []
    for span in spans:
        if kept and span.overlaps(kept[-1]):
            longer = max(kept[-1], span, key=lambda s: (s.end - s.start, -s.start))
            kept[-1] = longer
        else:
            kept.append(span)
    return tuple(kept)
