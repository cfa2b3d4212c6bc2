"""Names that are meant as places: known countries, capitals and regions in locative phrases, and the recogniser's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diurna.annotate.actors.gazetteer import City, cities
from diurna.annotate.actors.knowledge import Fact, Known, gender_of
from diurna.annotate.actors.metonymy import is_government, speaks
from diurna.annotate.actors.propernames import phrase_words
from diurna.annotate.actors.roles import role_at
from diurna.annotate.parse import Parse
from diurna.lexicon import Table, load, made_of

_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NAMING = frozenset({"ORG", "PERSON", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words of `regions.toml` that go with place names, told there."""

    before: frozenset[str]
    inside: frozenset[str]
    province: frozenset[str]
    prepositions: frozenset[str]
    parts: frozenset[str]
    calendar: frozenset[str]
    spellings: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place's name at tokens `first` to `last`: a known fact, or None for one to look up in the gazetteer."""

    first: int
    last: int
    text: str
    fact: Fact | None


@made_of("regions")
def place_words() -> PlaceWords:
    """The word lists for places, loaded once."""
    table = load("regions", check=_faults)
    parts, locative = table["parts"], table["locative"]
    spellings = {name: (code, usual) for code, rows in table["cities"].items() for name, usual in rows.items()}
    return PlaceWords(
        frozenset(parts["before"]), frozenset(parts["inside"]), frozenset(parts["province"]),
        frozenset(locative["prepositions"]), frozenset(locative["parts"]),
        frozenset(parts["calendar"]), spellings,
    )  # fmt: skip


def _faults(table: Table) -> list[str]:
    wanted = ("province", "region", "parts", "locative", "cities")
    return [f"{key} is no table" for key in wanted if not isinstance(table.get(key), dict)]


def candidates(text: str) -> tuple[City, ...]:
    """The cities a name may mean, most inhabitants first."""
    known = place_words().spellings.get(text)
    if known:
        return tuple(city for city in cities(known[1]) if city.country == known[0])
    return cities(text)


def find_place_names(parse: Parse, known: Sequence[Known]) -> list[PlaceName]:
    """The names meant as places, in text order, none overlapping."""
    found = [_of_known(parse, k) for k in known if _is_place(parse, k)]
    taken = {i for k in known for i in range(k.first, k.last)}
    for entity in parse.entities:
        if entity.label in _LABELS and not taken.intersection(range(entity.first, entity.last)):
            name = _of_entity(parse, entity.first, entity.last)
            if name is not None:
                found.append(name)
                taken.update(range(name.first, name.last))
    found += _after_prepositions(parse, taken)
    found = [name for name in found if not _is_day(parse, name) and not _goes_on(parse, name.last)]
    whole = (_with_particle(parse, name) for name in found)
    return sorted(whole, key=lambda name: name.first)


def _of_known(parse: Parse, known: Known) -> PlaceName:
    """A known name; with "State" or "County" after it, a country's name is another place's ("Niger State")."""
    after = known.last
    if known.fact.kind == "country" and after < len(parse) and parse.words[after] in _TITLED:
        return PlaceName(known.first, after + 1, text_of(parse, known.first, after + 1), None)
    return PlaceName(known.first, known.last, known.fact.name, known.fact)


_TITLED = frozenset({"State", "County", "Province", "Governorate", "District"})
_PARTICLES = frozenset({"de", "del", "do", "da"})


def _with_particle(parse: Parse, name: PlaceName) -> PlaceName:
    """The name with what stands before a particle in it, where the gazetteer has the whole ("Hentzau *de Zenda*")."""
    first = name.first - 2
    if name.fact is not None or first < 0 or parse.lowers[first + 1] not in _PARTICLES:
        return name
    text = text_of(parse, first, name.last)
    if not parse.words[first][:1].isupper() or not candidates(text):
        return name
    return PlaceName(first, name.last, text, None)


def _is_day(parse: Parse, name: PlaceName) -> bool:
    """Whether a name that is also a month's or a day's is one here."""
    if name.last - name.first > 1 or parse.words[name.first] not in place_words().calendar:
        return False
    return name.fact is None or parse.label(name.first) == "DATE"


def text_of(parse: Parse, first: int, last: int) -> str:
    """The text of tokens `first` to `last` with single spaces."""
    return " ".join(parse.span(first, last).of(parse.text).split())


def is_place_label(parse: Parse, i: int) -> bool:
    """Whether the recogniser takes token `i` for a place."""
    return parse.label(i) in _LABELS


# -- known names -----------------------------------------------------------------------------------------------------


def _is_place(parse: Parse, known: Known) -> bool:
    """Whether a known name is meant as a place here and not as somebody who acts."""
    if known.fact.kind not in ("country", "seat", "region") or _in_larger_name(parse, known):
        return False
    inside = range(known.first, known.last)
    head = next((i for i in inside if parse.heads[i] not in inside), known.last - 1)
    if known.fact.kind == "region":
        return known.fact.precision == "province" or not speaks(parse, head)
    if known.fact.kind == "seat" and parse.words[known.last - 1].isupper() and len(parse.words[known.first]) > 3:
        return _begins_block(parse, known.first)
    return is_locative(parse, head, known.first)


def _in_larger_name(parse: Parse, known: Known) -> bool:
    """Whether the name is inside an organisation's or a person's ("South Ruritania Army")."""
    number = parse.entity_of[known.first]
    if number < 0:
        return False
    entity = parse.entities[number]
    first = entity.first + (parse.lowers[entity.first] == "the")
    return entity.label in _NAMING and entity.last - first > known.last - known.first


def _begins_block(parse: Parse, i: int) -> bool:
    return i == 0 or parse.block_of[i - 1] != parse.block_of[i]


def is_locative(parse: Parse, head: int, first: int) -> bool:
    """Whether the name headed by token `head` says where: "in Ruritania", "most of Ruritania", "southern Ruritania"."""
    words = place_words()
    while parse.deps[head] in ("conj", "appos") and parse.heads[head] < head:
        head = parse.heads[head]
    relation, up = parse.deps[head], parse.heads[head]
    if relation == "pobj":
        return _is_locative_object(parse, head, first)
    if relation == "poss":
        return parse.lemmas[up] in words.inside or is_place_label(parse, up)
    if first > 0 and parse.lowers[first - 1] in words.before:
        return not speaks(parse, head) or parse.lemmas[up] in ("be", "see", "remain")
    return relation in ("compound", "nmod") and parse.lemmas[up] in words.inside


def _is_locative_object(parse: Parse, head: int, first: int) -> bool:
    words, preposition = place_words(), parse.heads[head]
    governor = parse.heads[preposition]
    if parse.lowers[preposition] == "of":
        return parse.lemmas[governor] in words.parts or parse.lemmas[governor] in words.inside
    if parse.lowers[preposition] not in words.prepositions or is_government(parse, head, first):
        return False
    hit = role_at(parse, governor, governor + 1) if parse.lowers[preposition] == "to" else None
    return hit is None or hit[1].kind != "person"  # "ambassador to Ruritania" is no going there


# -- other names -----------------------------------------------------------------------------------------------------


def _of_entity(parse: Parse, first: int, last: int) -> PlaceName | None:
    """The place the recogniser found, without article and possessive; an unknown one must stand where places stand."""
    while first < last and (parse.lowers[first] in ("the", "a") or parse.lowers[first] in place_words().before):
        first += 1
    while last > first and parse.lowers[last - 1] in ("'s", "’s", "'", "’"):
        last -= 1
    if first == last or not parse.words[first][:1].isupper():
        return None
    ending = parse.lowers[last - 1]
    if last - first == 1 and ending in place_words().inside:
        return None  # "University" of a longer name is no town of that name
    if ending in phrase_words().nobody and ending not in place_words().inside:
        return None
    text = text_of(parse, first, last)
    if not candidates(text) and not _stands_as_place(parse, first, last):
        return None
    return PlaceName(first, last, text, None)


def _goes_on(parse: Parse, after: int) -> bool:
    """Whether a name goes on to be an airport's or format's of another name ("Aden *Adde International Airport*")."""
    i = after
    while i < len(parse) and parse.words[i][:1].isupper() and parse.lowers[i] not in place_words().inside:
        i += 1
    return i > after and i < len(parse) and parse.lowers[i] in _NAMED_AFTER and parse.lowers[after] not in _OF_A_CITY


_NAMED_AFTER = frozenset({"airport", "station", "format"})
_OF_A_CITY = frozenset({"international", "central", "main", "city", "north", "south", "east", "west", "bus", "railway"})


def _stands_as_place(parse: Parse, first: int, last: int) -> bool:
    head = next((i for i in range(first, last) if parse.heads[i] not in range(first, last)), last - 1)
    after = parse.lemmas[last] if last < len(parse) else ""
    return (
        is_locative(parse, head, first)
        or after in place_words().inside
        or parse.lemmas[last - 1] in place_words().inside
    )


def _after_prepositions(parse: Parse, taken: set[int]) -> list[PlaceName]:
    """Capitalised names after "in", "near" ... that the gazetteer has, whatever the recogniser calls them."""
    found = []
    for i, relation in enumerate(parse.deps):
        if relation != "pobj" or i in taken or parse.pos[i] != "PROPN" or not is_locative(parse, i, i):
            continue
        first = _run_start(parse, i)
        covered = taken.intersection(range(first, i + 1))
        if covered or i + 1 - first > _LONGEST_NAME or _is_somebody(parse, first, i):
            continue
        text = text_of(parse, first, i + 1)
        if candidates(text):
            found.append(PlaceName(first, i + 1, text, None))
            taken.update(range(first, i + 1))
    return found


def _run_start(parse: Parse, i: int) -> int:
    first = i
    while first > parse.left_edge[i] and parse.deps[first - 1] in ("compound", "punct", "nmod"):
        before = parse.words[first - 1]
        if not before[:1].isupper() and before != "-" and before not in ("al", "el"):
            break
        first -= 1
    return first


def _is_somebody(parse: Parse, first: int, last: int) -> bool:
    label = parse.label(last)
    if label in ("PERSON", "ORG") and last > first:
        return True
    if last > first and gender_of(parse.words[first]) is not None:
        return True
    return label == "PERSON" and parse.lowers[parse.heads[last]] in ("from", "to")
