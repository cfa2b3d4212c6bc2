"""Place mentions with coordinates and the precision these have: a country's middle never passes for a point."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from diurna.annotate.gazetteer import City, cities, us_state_code
from diurna.annotate.knowledge import Fact, Known, facts_between, gender_of
from diurna.annotate.lexicon import Table, load
from diurna.annotate.parse import Parse
from diurna.model.record import Place

Precision = Literal["point", "city", "district", "province", "country", "region", "unknown"]

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LONGEST_NAME = 4
_IN_COUNTRY_OF_REPORT = 2.5
"""What it adds, in powers of ten of inhabitants, that the report names the city's country elsewhere."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of `regions.toml` that go with place names."""

    before: frozenset[str]
    inside: frozenset[str]
    province: frozenset[str]
    district: frozenset[str]
    prepositions: frozenset[str]
    spellings: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Name:
    """A place's name at tokens `first` to `last`: a known fact, or a name for the gazetteer."""

    first: int
    last: int
    text: str
    fact: Fact | None


def find_places(parse: Parse) -> list[Place]:
    """The places the report mentions as places, in text order, none overlapping."""
    known = facts_between(parse, 0, len(parse))
    names = _names(parse, known)
    votes = _country_votes(known)
    found: list[Place] = []
    reach = 0
    for name in names:
        if name.first < reach:
            continue
        first, last = _phrase(parse, name)
        first = max(first, reach)
        tail = _enclosing(parse, last, names)
        place = _place(parse, name, (first, tail.last if tail else last), tail, votes)
        if place is not None:
            found.append(place)
            reach = tail.last if tail else last
    return found


@cache
def _words() -> _Words:
    table = load("regions", check=_faults)
    parts = table["parts"]
    spellings = {name: (code, usual) for code, rows in table["cities"].items() for name, usual in rows.items()}
    return _Words(
        frozenset(parts["before"]), frozenset(parts["inside"]), frozenset(parts["province"]),
        frozenset(parts["district"]), frozenset(table["locative"]["prepositions"]), spellings,
    )  # fmt: skip


def _faults(table: Table) -> list[str]:
    wanted = ("province", "region", "parts", "locative", "cities")
    return [f"{key} is no table" for key in wanted if not isinstance(table.get(key), dict)]


# -- names that may be places ----------------------------------------------------------------------------------------


def _names(parse: Parse, known: Sequence[Known]) -> list[_Name]:
    """Known countries, capitals and regions, and names the recogniser or a preposition calls places."""
    found = [_Name(k.first, k.last, k.fact.name, k.fact) for k in known if _is_place_fact(parse, k)]
    taken = {i for k in known for i in range(k.first, k.last)}
    for entity in parse.entities:
        if entity.label in _PLACE_LABELS and not taken.intersection(range(entity.first, entity.last)):
            first, last = _without_article(parse, entity.first, entity.last)
            if first < last and parse.words[first][:1].isupper():
                found.append(_Name(first, last, _text(parse, first, last), None))
                taken.update(range(first, last))
    found += _after_prepositions(parse, taken)
    return sorted(found, key=lambda name: name.first)


def _is_place_fact(parse: Parse, known: Known) -> bool:
    """Whether a known name is meant as a place: regions nearly always, countries and capitals in locative phrases."""
    if known.fact.kind == "region":
        return not _in_larger_name(parse, known)
    if known.fact.kind not in ("country", "seat"):
        return False
    head = next((i for i in range(known.first, known.last) if parse.heads[i] not in range(known.first, known.last)), known.last - 1)
    if _in_larger_name(parse, known):
        return False
    if known.fact.kind == "seat" and parse.words[known.last - 1].isupper() and len(parse.words[known.first]) > 3:
        return _begins_block(parse, known.first)
    return _is_locative(parse, head, known)


def _in_larger_name(parse: Parse, known: Known) -> bool:
    """Whether the name is inside an organisation's or a person's ("South Lebanon Army", "Jordan Times")."""
    number = parse.entity_of[known.first]
    if number < 0:
        return False
    entity = parse.entities[number]
    larger = entity.last - entity.first > known.last - known.first + (parse.lowers[entity.first] == "the")
    return larger and entity.label in ("ORG", "PERSON", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT")


def _is_locative(parse: Parse, head: int, known: Known) -> bool:
    words = _words()
    for _ in range(3):  # "in Syria and Lebanon"
        up = parse.heads[head]
        if parse.deps[head] == "pobj" and parse.lowers[up] in words.prepositions:
            return True
        if parse.deps[head] == "pobj" and parse.lowers[up] == "of" and parse.lemmas[parse.heads[up]] in words.inside | words.before | {"part", "most", "much", "north", "capital", "rest"}:
            return True
        if parse.deps[head] not in ("conj", "appos") or up == head:
            break
        head = up
    if parse.deps[head] == "poss":
        return parse.lemmas[parse.heads[head]] in words.inside or _is_place_name(parse, parse.heads[head])
    if known.first > 0 and parse.lowers[known.first - 1] in words.before:
        return parse.deps[head] not in ("nsubj",) or parse.lemmas[parse.heads[head]] in ("be", "see", "remain")
    return parse.deps[head] in ("compound", "nmod") and parse.lemmas[parse.heads[head]] in words.inside


def _is_place_name(parse: Parse, i: int) -> bool:
    number = parse.entity_of[i]
    return number >= 0 and parse.entities[number].label in _PLACE_LABELS


def _begins_block(parse: Parse, i: int) -> bool:
    return i == 0 or parse.block_of[i - 1] != parse.block_of[i]


def _after_prepositions(parse: Parse, taken: set[int]) -> list[_Name]:
    """Capitalised names after "in", "near" ... that the gazetteer has, whatever the recogniser calls them."""
    found = []
    for i, relation in enumerate(parse.deps):
        if relation != "pobj" or i in taken or parse.pos[i] != "PROPN" or parse.lowers[parse.heads[i]] not in _words().prepositions:
            continue
        first = _run_start(parse, i)
        if taken.intersection(range(first, i + 1)) or i + 1 - first > _LONGEST_NAME or _is_person(parse, first, i):
            continue
        text = _text(parse, first, i + 1)
        if _candidates(text):
            found.append(_Name(first, i + 1, text, None))
            taken.update(range(first, i + 1))
    return found


def _run_start(parse: Parse, i: int) -> int:
    first = i
    while first > 0 and parse.deps[first - 1] in ("compound", "punct", "nmod") and parse.left_edge[i] < first and (
        parse.words[first - 1][:1].isupper() or parse.words[first - 1] == "-" or parse.lowers[first - 1] in ("al", "el")
    ):  # fmt: skip
        first -= 1
    return first


def _is_person(parse: Parse, first: int, last: int) -> bool:
    number = parse.entity_of[last]
    label = parse.entities[number].label if number >= 0 else ""
    if label in ("PERSON", "ORG") and last > first:
        return True
    return label == "PERSON" and parse.lowers[parse.heads[last]] in ("from", "to", "over", "on") or (
        last > first and gender_of(parse.words[first]) is not None
    )


def _without_article(parse: Parse, first: int, last: int) -> tuple[int, int]:
    while first < last and parse.lowers[first] in {"the", "a", *_words().before}:
        first += 1
    while last > first and parse.lowers[last - 1] in ("'s", "’s", "'", "’"):
        last -= 1
    return first, last


def _text(parse: Parse, first: int, last: int) -> str:
    return " ".join(parse.span(first, last).of(parse.text).split())


# -- how much of the phrase belongs to the place ---------------------------------------------------------------------


def _phrase(parse: Parse, name: _Name) -> tuple[int, int]:
    """The tokens of the whole place phrase: "central Baghdad’s Tahrir Square", "Anbar province", "the city of Mosul"."""
    first, last = name.first, name.last
    begin, end = parse.sentences[parse.sentence_of[first]]
    while first > begin and (parse.lowers[first - 1] in _words().before or (parse.words[first - 1] in ("-",) and first - 2 >= begin and parse.lowers[first - 2] in _words().before)):
        first -= 1
    if first - 1 > begin and parse.lowers[first - 1] == "of" and parse.lowers[first - 2] in _words().inside:
        first -= 2
        while first > begin and parse.heads[first - 1] in (name.first, first) and parse.deps[first - 1] in ("amod", "compound"):
            first -= 1
    if last < end and parse.lowers[last] in ("'s", "’s") and parse.deps[name.last - 1] == "poss":
        head = parse.heads[name.last - 1]
        if last < head < end and (parse.lowers[head] in _words().inside or _is_place_name(parse, head)):
            return first, head + 1
    while last < end and parse.lowers[last] in _words().inside and parse.deps[last - 1] in ("compound", "nmod", "amod", "poss", "pobj", "nsubj", "conj"):
        last += 1
        break
    return first, last


def _enclosing(parse: Parse, last: int, names: Sequence[_Name]) -> _Name | None:
    """The larger place written right after: "Mosul, Iraq", "Tahrir Square in Baghdad"."""
    if last + 1 >= len(parse) or parse.lowers[last] not in (",", "in"):
        return None
    start = last + 1
    while start < len(parse) and parse.lowers[start] in _words().before:
        start += 1
    return next((name for name in names if name.first == start and parse.sentence_of[start] == parse.sentence_of[last]), None)


# -- where it is -----------------------------------------------------------------------------------------------------


def _country_votes(known: Sequence[Known]) -> Counter[str]:
    """How often the report names each country, by whatever name."""
    return Counter(k.fact.country for k in known if k.fact.country and k.fact.kind != "person")


def _place(parse: Parse, name: _Name, tokens: tuple[int, int], tail: _Name | None, votes: Counter[str]) -> Place | None:
    first, last = tokens
    span = parse.span(first, last)
    text = span.of(parse.text)
    lowers = parse.lowers[first:name.first] + parse.lowers[name.last:last]
    if name.fact is not None and name.fact.kind != "seat":
        return _of_fact(name.fact, span, text, lowers)
    country, division = _inside(tail)
    city = _choose(_candidates(name.text if name.fact is None else _text(parse, name.first, name.last)), country or (name.fact.country if name.fact else None), division, votes)
    if city is None and tail is not None and name.fact is None:
        return _place(parse, tail, tokens, None, votes)
    if city is None:
        return Place(span, text, None, None, country or _home(votes, name), None, "unknown")
    if _words().province & set(lowers):
        return Place(span, text, None, None, city.country, None, "province")
    return Place(span, text, city.lat, city.lon, city.country, city.geonames_id, "city")


def _of_fact(fact: Fact, span: object, text: str, lowers: Sequence[str]) -> Place:
    from diurna.model.span import Span

    where = span if isinstance(span, Span) else Span(0, 0)
    precision: Precision = fact.precision or "region"
    if precision == "country" and _words().before & set(lowers):
        precision = "region"
    return Place(where, text, None, None, fact.country, None, precision)


def _home(votes: Counter[str], name: _Name) -> str | None:
    return name.fact.country if name.fact else None


def _inside(tail: _Name | None) -> tuple[str | None, str | None]:
    """Country and first-level division the enclosing name gives."""
    if tail is None or tail.fact is None:
        return None, None
    return tail.fact.country, us_state_code(tail.text) if tail.fact.country == "USA" else None


def _candidates(text: str) -> tuple[City, ...]:
    known = _words().spellings.get(text)
    if known:
        return tuple(city for city in cities(known[1]) if city.country == known[0])
    return cities(text)


def _choose(found: Sequence[City], country: str | None, division: str | None, votes: Counter[str]) -> City | None:
    """The city meant: in the country given, else the larger one, a country of the report counting like size."""
    if country:
        inside = [city for city in found if city.country == country and (division is None or city.division == division)]
        return inside[0] if inside else None
    return max(found, key=lambda city: (_weight(city, votes), -city.geonames_id), default=None)


def _weight(city: City, votes: Counter[str]) -> float:
    return math.log10(city.population + 10) + (_IN_COUNTRY_OF_REPORT if votes[city.country] else 0.0)
