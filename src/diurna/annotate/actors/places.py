"""Place mentions with coordinates and the precision these have: a country's middle never passes for a point."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from diurna.annotate.actors.gazetteer import KNOWN_ALONE, City, us_state_code
from diurna.annotate.actors.knowledge import Fact, facts_between
from diurna.annotate.actors.placenames import (
    PlaceName,
    candidates,
    find_place_names,
    is_place_label,
    place_words,
    text_of,
)
from diurna.annotate.parse import Parse
from diurna.model.record import Place

_IN_COUNTRY_OF_REPORT = 2.5
"""What it adds, in powers of ten of inhabitants, that the report names the city's country elsewhere."""

_SMALL = 50_000
"""Inhabitants below which a town is not meant, without its country, where a city known alone has the same name."""

_LONGEST_CHAIN = 3
"""Larger places written one after the other that are followed."""

_ONE_AREA = 2.0
"""Degrees within which a city may lie of the larger place that is written after it."""

_LONGEST_LIST = 20
"""Tokens after a name within which a list of provinces says so ("the Hentzau, Zenda and Strelsau oblasts")."""

_WITHIN_CITY = ("city", "point", "district")


def find_places(parse: Parse) -> list[Place]:
    """The places the report mentions as places, in text order, none overlapping.

    A span covers the whole phrase ("central Strelsau’s Market Square"); the coordinates are those of the smallest
    part of it that is known, and the precision says which part that is. Countries and regions have none.
    """
    known = facts_between(parse, 0, len(parse))
    names = find_place_names(parse, known)
    votes = Counter(k.fact.country for k in known if k.fact.country and k.fact.kind != "person")
    finder = _Finder(parse, {name.first: name for name in names}, votes)
    found: list[Place] = []
    reach = 0
    for name in names:
        if name.first >= reach:
            place, reach = finder.place(name, reach)
            found.append(place)
    return found


@dataclass(slots=True)
class _Finder:
    """Places names one after the other; remembers in which city a square or street was said to be."""

    parse: Parse
    by_first: dict[int, PlaceName]
    votes: Counter[str]
    seen: dict[str, Place] = field(default_factory=dict)

    def place(self, name: PlaceName, reach: int) -> tuple[Place, int]:
        """The place at `name`, and one past the last token of its phrase; it begins at token `reach` or later."""
        first, last = _phrase(self.parse, name)
        first = max(first, reach)
        tail = (
            None if name.fact is not None and name.fact.kind != "seat" else _enclosing(self.parse, last, self.by_first)
        )
        end = tail.last if tail else last
        place = self._located(name, first, last, tail)
        place = replace(place, span=self.parse.span(first, end), text=self.parse.span(first, end).of(self.parse.text))
        self._remember(name, last, place)
        return place, end

    def _located(self, name: PlaceName, first: int, last: int, tail: PlaceName | None) -> Place:
        parse = self.parse
        around = parse.lowers[first : name.first] + parse.lowers[name.last : last]
        if name.fact is not None and name.fact.kind != "seat":
            return _of_fact(parse, name, name.fact, around)
        country, division = _given(parse, first, name, self._told(tail))
        found = candidates(text_of(parse, name.first, name.last))
        city = _choose(found, country, division, self.votes)
        if parse.lowers[last - 1] in place_words().inside:
            city = self._near(city, tail)
        if city is not None:
            is_district = parse.lowers[last - 1] == "district" and not (tail and self._is_city(tail))
            place = _of_city(parse, name, city, around, is_area=is_district)
            if place.precision != "city" or country is not None or self._is_meant(name, city):
                return place
        if name.text in self.seen:
            return self.seen[name.text]
        if tail is not None:
            whole = self._located(tail, tail.first, tail.last, _enclosing(parse, tail.last, self.by_first))
            return _province_in(whole) if _is_province(parse, name, last) else whole
        return Place(parse.span(first, last), name.text, None, None, country, None, "unknown")

    def _is_meant(self, name: PlaceName, city: City) -> bool:
        """Whether a city is meant that no country was written with.

        A small one is where the report names its country too, and gives nobody its name ("to *Brakel*", of Jan Brakel).
        """
        if city.population >= KNOWN_ALONE:
            return True
        word = self.parse.words[name.last - 1]
        bearers = (one for one in self.parse.entities if one.label == "PERSON" and one.last - one.first > 1)
        return self.votes[city.country] > 0 and all(self.parse.words[one.last - 1] != word for one in bearers)

    def _is_city(self, tail: PlaceName) -> bool:
        """Whether the larger place written after a name is a city."""
        if tail.fact is not None:
            return tail.fact.kind == "seat"
        return bool(candidates(text_of(self.parse, tail.first, tail.last)))

    def _told(self, tail: PlaceName | None) -> PlaceName | None:
        """The first of the larger places written one after the other that is known ("Hentzau, Zenda, *Ruritania*")."""
        for _ in range(_LONGEST_CHAIN):
            if tail is None or tail.fact is not None:
                break
            further = _enclosing(self.parse, tail.last, self.by_first)
            tail = further or tail
        return tail

    def _near(self, city: City | None, tail: PlaceName | None) -> City | None:
        """The city, unless it is called a district of a city far away: then it is some other place of that name."""
        if city is None or tail is None or (tail.fact is not None and tail.fact.kind != "seat"):
            return city
        around = candidates(text_of(self.parse, tail.first, tail.last))
        near = [one for one in around if math.hypot(one.lat - city.lat, one.lon - city.lon) < _ONE_AREA]
        return city if near or not around else None

    def _remember(self, name: PlaceName, last: int, place: Place) -> None:
        """Keep what a phrase says of the square in it, so that the square alone is found later."""
        if place.precision in _WITHIN_CITY:
            start = name.last + 1 if last > name.last + 1 else name.first
            self.seen.setdefault(text_of(self.parse, start, last), place)


def _of_fact(parse: Parse, name: PlaceName, fact: Fact, around: Sequence[str]) -> Place:
    precision = fact.precision or "region"
    if precision == "country" and place_words().before.intersection(around):
        precision = "region"
    return Place(parse.span(name.first, name.last), name.text, None, None, fact.country, None, precision)


def _of_city(parse: Parse, name: PlaceName, city: City, around: Sequence[str], *, is_area: bool) -> Place:
    """The city; no point where a province, or a district that is no part of a city, is named like it."""
    span = parse.span(name.first, name.last)
    if is_area or place_words().province.intersection(around) or _in_list_of_provinces(parse, name.last):
        return Place(span, name.text, None, None, city.country, None, "province")
    return Place(span, name.text, city.lat, city.lon, city.country, city.geonames_id, "city")


def _is_province(parse: Parse, name: PlaceName, last: int) -> bool:
    """Whether the name or its phrase ends in a word for a province or county ("Hentzau County")."""
    return not place_words().province.isdisjoint((parse.lowers[name.last - 1], parse.lowers[last - 1]))


def _province_in(whole: Place) -> Place:
    """What is known of a province from the larger place it is in: the country, no point."""
    if whole.precision == "unknown":
        return whole
    return replace(whole, lat=None, lon=None, geonames_id=None, precision="province")


def _in_list_of_provinces(parse: Parse, after: int) -> bool:
    """Whether a list of names that goes on at token `after` ends in "oblasts", "provinces" or the like."""
    for i in range(after, min(len(parse), after + _LONGEST_LIST)):
        if parse.lowers[i].endswith("s") and parse.lowers[i][:-1] in place_words().province:
            return parse.lowers[i - 1] != "united"
        if not (parse.words[i][:1].isupper() or parse.lowers[i] in (",", "and", "-")):
            return False
    return False


# -- how much of the phrase belongs to the place ---------------------------------------------------------------------


def _phrase(parse: Parse, name: PlaceName) -> tuple[int, int]:
    """The tokens of the place phrase: "central Strelsau’s Market Square", "Anbar province", "the town of Hentzau"."""
    return _phrase_start(parse, name), _phrase_end(parse, name)


def _phrase_start(parse: Parse, name: PlaceName) -> int:
    first, words = name.first, place_words()
    begin = parse.sentences[parse.sentence_of[first]][0]
    while first > begin and parse.lowers[first - 1] in words.before:
        first -= 1
        if first - 1 > begin and parse.words[first - 1] == "-" and parse.lowers[first - 2] in words.before:
            first -= 2
    if first - 1 > begin and parse.lowers[first - 1] == "of" and parse.lowers[first - 2] in words.inside:
        first -= 2
        while first > begin and parse.deps[first - 1] in ("amod", "compound") and parse.heads[first - 1] >= first:
            first -= 1
    return first


def _phrase_end(parse: Parse, name: PlaceName) -> int:
    last, words = name.last, place_words()
    end = parse.sentences[parse.sentence_of[name.first]][1]
    if last < end and parse.lowers[last] in ("'s", "’s") and parse.deps[last - 1] == "poss":
        head = parse.heads[last - 1]
        if last < head < end and (parse.lowers[head] in words.inside or is_place_label(parse, head)):
            return head + 1
    if last < end and parse.lowers[last] in words.inside and last in (parse.heads[last - 1], parse.heads[name.first]):
        return last + 1
    return last


def _enclosing(parse: Parse, last: int, by_first: dict[int, PlaceName]) -> PlaceName | None:
    """The larger place written right after: "Hentzau, Ruritania", "Market Square in Strelsau"."""
    if last + 1 >= len(parse) or parse.lowers[last] not in (",", "in"):
        return None
    start = last + 1
    while start < len(parse) and start not in by_first and parse.lowers[start] in place_words().before:
        start += 1  # "in *northern* Ruritania", but "*Western* Cape" is a name
    if start >= len(parse) or parse.sentence_of[start] != parse.sentence_of[last]:
        return None
    name = by_first.get(start)
    if name is None or not _encloses(name) or _in_list_of_towns(parse, name):
        return None
    return name


def _in_list_of_towns(parse: Parse, name: PlaceName) -> bool:
    """Whether a town's name stands in a list that goes on to "and" ("Jerusalem, *Ramallah* and Cairo")."""
    if name.fact is not None and name.fact.kind != "seat":
        return False
    end = min(parse.sentences[parse.sentence_of[name.first]][1], name.last + _LONGEST_LIST)
    for i in range(name.last, end - 1):
        if parse.lowers[i] == "and":
            return parse.words[i + 1][:1].isupper()
        if not (parse.words[i][:1].isupper() or parse.lowers[i] == ","):
            return False
    return False


def _encloses(name: PlaceName) -> bool:
    return name.fact is None or name.fact.precision != "region"


# -- which of the places of one name ---------------------------------------------------------------------------------


def _given(parse: Parse, first: int, name: PlaceName, tail: PlaceName | None) -> tuple[str | None, str | None]:
    """Country and first-level division that the phrase itself gives: its capital, "the Iraqi city of", ", Texas"."""
    if tail is not None and tail.fact is not None:
        return tail.fact.country, us_state_code(tail.text) if tail.fact.country == "USA" else None
    if name.fact is not None:
        return name.fact.country, None
    said = next((k.fact.country for k in facts_between(parse, first, name.first) if k.fact.country), None)
    return said, None


def _choose(found: Sequence[City], country: str | None, division: str | None, votes: Counter[str]) -> City | None:
    """The city meant: in the country given, else the larger one, a country of the report counting like size."""
    if country:
        return next((c for c in found if c.country == country and (division is None or c.division == division)), None)
    if any(city.population >= KNOWN_ALONE for city in found):  # Geneva is no village in a country the report names
        found = [city for city in found if city.population >= _SMALL]
    return max(found, key=lambda city: (_weight(city, votes), -city.geonames_id), default=None)


def _weight(city: City, votes: Counter[str]) -> float:
    return math.log10(city.population + 10) + (_IN_COUNTRY_OF_REPORT if votes[city.country] else 0.0)
