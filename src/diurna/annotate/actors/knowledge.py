"""What is known of the world before reading: countries, seats of government, bodies, regions, persons.

The facts stand in `lexicons/en/{countries,organisations,regions,people}.toml`. A name is found by whole words only, in
its own case: "US" is not "us", and "Assad" is never found inside "ambassador".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from diurna.annotate.actors.phrases import Phrases, plural, words_of
from diurna.annotate.actors.roles import role_at
from diurna.annotate.parse import Parse
from diurna.lexicon import Table, load, made_of
from diurna.model.record import ActorKind

FactKind = Literal["country", "adjective", "people", "seat", "body", "region", "person"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a name stands for.

    Attributes:
        kind: what sort of name it is; "seat" is a capital that may stand for its government.
        name: the name shown, the same for all names of one thing.
        country: ISO alpha-3, None for bodies and regions of no one country.
        sector: PLOVER sector, with IGO UNO EUR NGO IMG MNC for bodies of no one country.
        actor: what sort of actor it is.
        short: the match is a surname alone, or an acronym of a person's name.
        written: the words as the lexicon writes them, where their case decides.
        precision: for regions, how precisely they say where.
    """

    kind: FactKind
    name: str
    country: str | None
    sector: str | None
    actor: ActorKind
    short: bool = False
    written: tuple[str, ...] = ()
    precision: Literal["province", "region", "country"] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A fact found at tokens `first` up to, not including, `last`."""

    first: int
    last: int
    fact: Fact


def facts_between(parse: Parse, first: int, last: int) -> list[Known]:
    """The known names in tokens `first` up to `last`, longest match first, none overlapping."""
    found = []
    i = first
    while i < last:
        known = _fact_at(parse, i, last)
        if known:
            found.append(known)
        i = known.last if known else i + 1
    return found


def _fact_at(parse: Parse, i: int, limit: int) -> Known | None:
    if not parse.words[i][:1].isupper() and parse.lowers[i] not in _lower_starts():
        return None
    if parse.own is not None:
        for last, fact in parse.own.all_at(parse.lowers, i, limit):
            if _fits(parse, i, last, fact):
                return Known(i, last, fact)
    for last, fact in names().all_at(parse.lowers, i, limit):
        if _fits(parse, i, last, fact):
            return Known(i, last, _meant(parse, fact, last) if len(fact.written) < 4 else fact)
    return None


def _meant(parse: Parse, fact: Fact, last: int) -> Fact:
    """What a name that several things bear means here: the fact, unless the words of the report speak for the other."""
    homonym = _homonyms().get(fact.written)
    if homonym is None or fact.kind not in ("country", "body"):
        return fact
    if _is_in(parse, last, homonym.other.country):
        return homonym.other
    said = set(parse.lowers[:_LOOKED_THROUGH])
    return fact if said & homonym.here or (homonym.there and not said & homonym.there) else homonym.other


def _is_in(parse: Parse, last: int, country: str | None) -> bool:
    """Whether a country is written after what ends before token `last` ("Georgia, United States")."""
    if country is None or last + 1 >= len(parse) or parse.lowers[last] != ",":
        return False
    after = names().all_at(parse.lowers, last + 1, len(parse))
    return any(fact.kind == "country" and fact.country == country for _, fact in after)


_LOOKED_THROUGH = 4_000
"""Tokens of a report that may settle a name of two meanings: keeps long texts linear."""


@dataclass(frozen=True, slots=True)
class _Homonym:
    """A name with a second meaning: the words for the first, those for the second (none: it needs none), the second."""

    here: frozenset[str]
    there: frozenset[str]
    other: Fact


@made_of("regions")
def _homonyms() -> dict[tuple[str, ...], _Homonym]:
    table = load("regions", check=_faults_in_regions)["homonyms"]
    found = {}
    for name, row in table["provinces"].items():
        written = words_of(name)
        province = Fact("region", name, row["in"], None, "place", written=written, precision="province")
        found[written] = _Homonym(frozenset(row["country"]), frozenset(row["province"]), province)
    shared = table["bodies"]
    for sector, names_of in shared["names"].items():
        for name in names_of:
            written = words_of(name)
            anywhere = Fact("body", name, None, sector, "organisation", written=written)
            found[written] = _Homonym(frozenset(shared["words"]), frozenset(), anywhere)
    return found


def _fits(parse: Parse, first: int, last: int, fact: Fact) -> bool:
    """Whether the text writes the name in the right case, and not as part of a person's name."""
    for k, written in zip(range(first, last), fact.written, strict=False):
        word = parse.words[k]
        if (_is_acronym(written) and word != written) or (written[:1].isupper() and not word[:1].isupper()):
            return False
    if fact.kind == "person":
        return not fact.short or not _has_given_name(parse, first)
    if fact.sector == "PTY" and last - first > 1 and _ends_longer_name(parse, first):
        return False
    if last - first == 1 and not _is_acronym(fact.written[0]):
        opening = parse.sentences[parse.sentence_of[first]][0] == first or parse.pos[first] not in ("NOUN", "X")
        if fact.kind == "body" and opening and parse.pos[first] not in ("PROPN", "ADJ") and parse.tags[first] != "NNS":
            return False  # a capital within a sentence is a name, whatever the pipeline takes it for
        if _names_person(parse, first, last) or parse.words[first].isupper():
            return parse.words[first].isupper() and not _names_person(parse, first, last)
    return True


def _ends_longer_name(parse: Parse, first: int) -> bool:
    """Whether a party's name only ends the name of another ("Independent *Democratic Action*")."""
    before = first - 1
    if before < 0 or parse.tags[before] != "NNP" or parse.deps[before] != "compound":
        return False
    same = parse.entity_of[before] == parse.entity_of[first]
    return same and next(iter(names().all_at(parse.lowers, before, first)), None) is None


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.upper() == word and word.replace(".", "").isalpha()


def _has_given_name(parse: Parse, surname: int) -> bool:
    """Whether a given name stands before a surname, so that it need not be the best known bearer's."""
    before = surname - 1
    while before > 0 and parse.words[before] in ("-", "al", "Al", "el"):
        before -= 1
    return (
        before >= 0
        and parse.sentence_of[before] == parse.sentence_of[surname]
        and parse.heads[before] in (surname, parse.heads[surname])
        and gender_of(parse.words[before]) is not None
    )


def _names_person(parse: Parse, first: int, last: int) -> bool:
    """Whether the word belongs to a person's longer name ("Jim Jordan", "Chad Wolf")."""
    number = parse.entity_of[first]
    before = first - 1
    given_before = (
        before >= 0
        and parse.heads[before] in (first, parse.heads[first])
        and gender_of(parse.words[before]) is not None
    )
    if number < 0:
        return given_before and parse.heads[before] == first
    entity = parse.entities[number]
    if entity.label == "PERSON" and given_before:
        return True
    if entity.label != "PERSON" or entity.last - entity.first <= last - first:
        return False  # a title wrongly taken into the name ("Iran President") does not make the country a name
    if first > entity.first and last == entity.last:
        return parse.pos[before] == "PROPN" and role_at(parse, before, first) is None
    return gender_of(parse.words[first]) is not None and entity.first == first


def gender_of(given_name: str) -> Literal["male", "female", "either"] | None:
    """The gender a given name usually shows, "either" where it shows none, None where it is no given name we know."""
    return _given_names().get(given_name)


_GENDERS: tuple[Literal["male", "female"], ...] = ("male", "female")
_PRECISIONS: tuple[Literal["province", "region"], ...] = ("province", "region")


@made_of("given_names")
def _given_names() -> dict[str, Literal["male", "female", "either"]]:
    table = load("given_names", check=_faults_in_given_names)
    found: dict[str, Literal["male", "female", "either"]] = {}
    for gender in _GENDERS:
        for name in cast("str", table[gender]).split():
            found[name] = gender if name not in found else "either"
    found.update(dict.fromkeys(cast("str", table["either"]).split(), "either"))
    return found


def _faults_in_given_names(table: Table) -> list[str]:
    return [f"{key} is no text of names" for key in ("male", "female", "either") if not isinstance(table.get(key), str)]


@made_of("organisations", "countries", "regions", "people")
def names() -> Phrases[Fact]:
    """All known names."""
    return Phrases([(" ".join(fact.written), fact) for fact in _facts()])


@made_of("organisations", "countries", "regions", "people")
def _lower_starts() -> frozenset[str]:
    return frozenset(fact.written[0] for fact in _facts() if fact.written[0][:1].islower())


def _facts() -> Iterator[Fact]:
    yield from _bodies()
    yield from _countries()
    yield from _regions()
    yield from _persons()


@made_of("countries")
def country_names() -> dict[str, str]:
    """The shown name of every country, by ISO alpha-3 code."""
    return {code: row["names"][0] for code, row in load("countries", check=_faults_in_countries).items()}


def _faults_in_countries(table: Table) -> list[str]:
    faults = [f"{code} is no alpha-3 code" for code in table if len(code) != 3 or not code.isupper()]
    for code, row in table.items():
        faults += [
            f"{code} has no {key}" for key in ("names", "adjectives", "seats") if not isinstance(row.get(key), list)
        ]
        faults += [f"{code} has no name"] if not row.get("names") else []
    return faults


_NO_PLURAL = (
    "sh",
    "ese",
    "s",
    "ss",
    "ench",
    "utch",
    "yz",
    ".",
    "hai",
    "ic",
    "ong",
    "land",
    "AE",
    "UK",
    "US",
    "Republic",
)
"""Ends of adjectives that make no noun by adding -s."""


def _countries() -> Iterator[Fact]:
    for code, row in load("countries", check=_faults_in_countries).items():
        shown = row["names"][0]
        for name in row["names"]:
            yield Fact("country", shown, code, None, "state", written=words_of(name), precision="country")
        for name in row["adjectives"]:
            yield Fact("adjective", shown, code, None, "state", written=words_of(name))
            if not name.endswith(_NO_PLURAL):
                yield Fact("people", shown, code, "CVL", "group", written=words_of(plural(name)))
        for name in row.get("people", ()):
            yield Fact("people", shown, code, "CVL", "group", written=words_of(name))
        for name in row["seats"]:
            yield Fact("seat", shown, code, "GOV", "state", written=words_of(name))


def _faults_in_organisations(table: Table) -> list[str]:
    faults = []
    for number, row in enumerate(table.get("body", ())):
        faults += [f"body {number} has no {key}" for key in ("country", "sector", "kind", "names") if key not in row]
    return faults


def _bodies() -> Iterator[Fact]:
    for row in load("organisations", check=_faults_in_organisations)["body"]:
        for group in row["names"]:
            for name in group:
                yield Fact("body", group[0], row["country"] or None, row["sector"], row["kind"], written=words_of(name))


def _regions() -> Iterator[Fact]:
    table = load("regions", check=_faults_in_regions)
    for precision in _PRECISIONS:
        for country, rows in table[precision].items():
            for name in rows:
                yield Fact("region", name, country or None, None, "place", written=words_of(name), precision=precision)


def _faults_in_regions(table: Table) -> list[str]:
    return [
        f"{key} is no table"
        for key in ("province", "region", "parts", "locative")
        if not isinstance(table.get(key), dict)
    ]


def _faults_in_people(table: Table) -> list[str]:
    faults = (
        [] if isinstance(table.get("common", {}).get("surnames"), list) else ["common.surnames is no list of words"]
    )
    return faults if isinstance(table.get("offices"), dict) else [*faults, "offices is no table"]


_SURNAME_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "KHM"})
_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "ben", "de", "von", "van", "der", "la", "le", "di", "dos", "da", "del", "-"}
)


def surname_of(words: tuple[str, ...], country: str | None = None) -> tuple[str, ...]:
    """The surname of a person's name, with its particles ("al - Assad", "de Klerk")."""
    if country in _SURNAME_FIRST and len(words) > 2:
        return words[:1]
    first = len(words) - 1
    while first > 1 and (words[first - 1].lower() in _PARTICLES or words[first - 1] in ("Le", "De", "Ben")):
        first -= 1
    return words[first:]


def _persons() -> Iterator[Fact]:
    table = load("people", check=_faults_in_people)
    common = frozenset(table["common"]["surnames"])
    bearers: dict[tuple[str, ...], dict[tuple[str | None, str], str]] = {}
    for sector, rows in table.get("by_full_name", {}).items():
        for country, full_names in rows.items():
            for name in full_names:
                yield Fact("person", name, country or None, sector, "person", written=words_of(name))
    for sector in (key for key in table if key not in ("common", "offices", "by_full_name")):
        for country, full_names in table[sector].items():
            for name in full_names:
                words = words_of(name)
                yield Fact("person", name, country or None, sector, "person", written=words)
                for short in _surname_forms(surname_of(words, country)):
                    bearers.setdefault(short, {})[country or None, sector] = name
    for short, codes in bearers.items():
        countries = {country for country, _ in codes}
        if len(countries) == 1 and not common & set(short) and not (len(short) == 1 and gender_of(short[0])):
            (country, sector), name = next(iter(codes.items()))
            yield Fact("person", name, country, sector, "person", short=True, written=short)


def _surname_forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    if words[0].lower() in ("al", "el") and len(words) > 2:
        yield words[2:]
