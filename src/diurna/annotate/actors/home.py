"""The country of parties whose own words name none: the police, protesters, rebels.

It is where the deed was done, or that of the authorities that face them, or the one country the report names.
Only where the text settles it: with two countries and nothing that ties the party to one, it has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diurna.annotate.actors.gazetteer import KNOWN_ALONE
from diurna.annotate.actors.knowledge import Known, facts_between
from diurna.annotate.actors.placenames import candidates, text_of
from diurna.annotate.parse import Parse
from diurna.lexicon import Table, faults_in_words, load, made_of
from diurna.model.record import EventType, Party, Place
from diurna.model.span import Span

_AT_HOME = frozenset(
    {
        "GOV",
        "LEG",
        "JUD",
        "COP",
        "SPY",
        "OPP",
        "PTY",
        "CVL",
        "LAB",
        "EDU",
        "REB",
        "UAF",
        "PRM",
        "JRN",
        "AGR",
        "SOC",
        "REL",
        "ELI",
    }
)
"""Sectors of those who mostly act in their own country."""

_WHERE_THEY_ARE = frozenset({"MIL", "MED", "BUS", "CRM", "SPY"})
"""Sectors of those who may act anywhere, but to whom a deed is mostly done in their own country."""

_SUBJECTS = frozenset(
    {"OPP", "LAB", "LEG", "JUD", "COP", "EDU", "PTY", "JRN", "AGR", "SOC", "CVL", "REL", "CRM", "ELI"}
)
"""Sectors of those whom a government or army deals with as its own people."""

_INNER = frozenset({"JUD", "LEG", "OPP", "PTY", "LAB", "EDU", "AGR"})
"""Sectors of those who, where they have a country, mostly deal with others of it; the police do so even with force."""

_ON_THE_SPOT: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "PROTEST", "AID"})
"""Types done where they are said to have been, to and mostly by people who live there."""

_OF_FORCE: frozenset[EventType] = frozenset({"ASSAULT", "THREATEN", "MOBILIZE"})
_CLAIMS: frozenset[EventType] = frozenset({"PROTEST", "REQUEST"})
"""Types by which people turn to those who govern them."""

_NAMED_AT_HOME = frozenset({"OPP", "PTY", "LAB", "JRN", "LEG", "JUD", "COP", "ELI", "SOC"})
"""Sectors of bodies which authorities of a country deal with as its own even where they go by a name."""

_RULERS = frozenset({"GOV", "LEG", "COP", "JUD"})
"""Sectors of those who govern, and who deal with people of the report's one country as its own."""

_BY_THE_STATE = frozenset({"OPP", "PTY", "LAB", "ELI", "LEG", "JUD", "EDU", "AGR", "JRN", "SOC", "REL"})
"""Sectors of those whom a state that is named alone bans, jails or yields to as its own."""

_AT_HOME_ONLY: frozenset[EventType] = frozenset({"COERCE", "PROTEST", "CONCEDE"})
"""Types a government does to its own people, or they to it."""

DOMESTIC = frozenset({"083", "0831", "132", "133"})
"""CAMEO codes of resigning, and of threatening with curbs or with protest."""

_CURBS = frozenset({"132", "133", "1723", "1724", "1725"})
"""CAMEO codes of curbs on a whole country or city, of threatening with them, and with protest."""

OFFICIALS = frozenset({"GOV", "MIL", "OPP", "PTY", "LEG", "JUD", "COP"})
"""Sectors of persons who, known by name and title only, hold their office in the one country a report names."""

_EXPULSION = "174"
"""The CAMEO code of sending people away, who are mostly foreigners."""

_LOOKED_THROUGH = 4_000
"""Tokens of a report that are looked through: keeps long texts linear."""

_TOP = 120
"""Tokens within which a country named once is what a report is about."""

_ONE_PLACE = 4
"""How many times as large the first city of a name must be as the second, to stand for its country."""

_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_KEYS = (
    "strangers",
    "within",
    "risen",
    "armies",
    "fixed",
    "offices",
    "plain",
    "striking",
    "laid",
    "sorts",
    "ballots",
    "visitors",
    "serving",
    "opponents",
    "freed",
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a deed tells of where its parties are at home.

    Attributes:
        country: the country it was done in, as far as its place says, else None.
        suffered: whether it is asked of those it was done to.
    """

    type: EventType
    cameo: str | None = None
    country: str | None = None
    suffered: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """Word lists of `groups.toml`, told there."""

    strangers: frozenset[str]
    within: frozenset[str]
    risen: frozenset[str]
    armies: frozenset[str]
    fixed: frozenset[str]
    offices: frozenset[str]
    plain: frozenset[str]
    striking: frozenset[str]
    laid: frozenset[str]
    sorts: frozenset[str]
    ballots: frozenset[str]
    visitors: frozenset[str]
    serving: frozenset[str]
    opponents: frozenset[str]
    freed: frozenset[str]


@made_of("groups")
def home_words() -> _Words:
    """The word lists of `groups.toml` about homes."""
    table = load("groups", check=_faults)["home"]
    return _Words(*(frozenset(table[key]) for key in _KEYS))


def striking() -> frozenset[str]:
    """Verbs whose object is where it was done, if it is a place ("hit *Zenda*")."""
    return home_words().striking


def laid() -> frozenset[str]:
    """Weapons and attacks by which people whom nobody knows kill where they are ("a roadside *bomb*")."""
    return home_words().laid


def sorts() -> frozenset[str]:
    """Nouns that say what sort of place the name behind "of" is ("the *city* of Zenda")."""
    return home_words().sorts


def _faults(table: Table) -> list[str]:
    return faults_in_words(table.get("home", {}), *_KEYS)


def home_country(parse: Parse) -> str | None:
    """The one country that a text names, by itself, its people, its capital, its regions or its cities; else None.

    Named once, far down, it is only where something else happened.
    """
    end = min(len(parse), _LOOKED_THROUGH)
    known = [
        one for one in facts_between(parse, 0, end) if one.fact.actor != "outlet" and not tells_of_stranger(parse, one)
    ]
    places = [(one.first, one.fact.country) for one in known if not _only_qualifies(parse, one.last)]
    found = {country for _, country in places if country}
    if len(found) < 2:
        by_cities = _by_cities(parse, end)
        found |= {country for _, country in by_cities}
        places += by_cities
    return next(iter(found)) if len(found) == 1 and is_about([first for first, country in places if country]) else None


def is_about(told: Sequence[int]) -> bool:
    """Whether a report is about the only country it names, at these tokens: twice at least, or near its beginning."""
    return len(told) > 1 or (bool(told) and told[0] < _TOP)


def tells_of_stranger(parse: Parse, known: Known) -> bool:
    """Whether a country is told only as that of somebody or something from elsewhere ("freed a *Norland* tourist")."""
    head = parse.heads[known.last - 1]
    if known.fact.kind not in ("adjective", "country") or parse.deps[known.last - 1] not in (
        "amod",
        "compound",
        "nmod",
    ):
        return False
    return parse.lemmas[head] in home_words().visitors and parse.deps[head] in (
        "dobj",
        "pobj",
        "nsubjpass",
        "conj",
        "dative",
    )


def _only_qualifies(parse: Parse, after: int) -> bool:
    """Whether a name that ends before token `after` only tells of somebody else ("*Norland*-flagged", "-backed")."""
    hyphen = after + 1 < len(parse) and parse.words[after] in ("-", "–", "‑")
    return hyphen and parse.words[after + 1][:1].islower()


def _by_cities(parse: Parse, end: int) -> list[tuple[int, str]]:
    """Where cities are named, and their countries; not those of small towns or of names that countries share."""
    found = []
    for entity in parse.entities:
        if entity.label != "GPE" or entity.last > end or facts_between(parse, entity.first, entity.last):
            continue
        rows = candidates(text_of(parse, entity.first, entity.last).removesuffix("'s").removesuffix("’s").strip())
        is_known = bool(rows) and rows[0].population >= KNOWN_ALONE
        if is_known and all(
            row.country == rows[0].country or row.population * _ONE_PLACE < rows[0].population for row in rows
        ):
            found.append((entity.first, rows[0].country))
    return found


def at_home(
    party: Party, parse: Parse, others: Sequence[Party], home: Callable[[], str | None], deed: Deed | None = None
) -> str | None:
    """The home country of a party that has none and is called by what it is: the police, protesters, rebels.

    It is where a deed of force or protest was done, else that of its own authorities or people it faces, else the
    only one the report names.

    Args:
        others: the parties on the other side; one that is the report's country itself makes the party a stranger.
        home: gives the report's country; asked only where it may be needed.
    """
    if party.country or _is_stranger(parse, party.span):
        return party.country
    common = is_common(parse, party.span) or (is_domestic(deed) and party.sector in OFFICIALS)
    found = None if deed is None else _by_deed(party, parse, others, deed, common=common)
    if found or party.sector is None or not (common or (deed is not None and deed.type in _AT_HOME_ONLY)):
        return found
    if party.sector == "MIL":
        lives_there = common and (is_domestic(deed) or _is_army(parse, party))
    else:
        lives_there = party.sector in _AT_HOME and (common or party.sector in _NAMED_AT_HOME)
    country = home() if lives_there else None
    facing = [other for other in others if other.span != party.span and not (_curbs(deed) and _is_land(parse, other))]
    return None if any(_estranges(other, party, country, deed) for other in facing) else country


def is_domestic(deed: Deed | None) -> bool:
    """Whether a deed is one that officials do at home: to resign, to jail, to put under curfew, or to threaten it."""
    return deed is not None and not deed.suffered and (deed.type == "COERCE" or deed.cameo in DOMESTIC)


def _curbs(deed: Deed | None) -> bool:
    """Whether a deed is done, or threatened, to one's own country or capital (a curfew, a boycott of its elections)."""
    return deed is not None and not deed.suffered and deed.cameo in _CURBS


def _is_land(parse: Parse, party: Party) -> bool:
    """Whether a party is named by a country or a capital alone."""
    head = None if party.span is None else parse.head_in(party.span)
    known = [] if party.span is None or head is None else facts_between(parse, *_edges(parse.tokens_in(party.span)))
    return bool(known) and known[-1].last == (head or 0) + 1 and known[-1].fact.kind in ("country", "seat")


def _edges(tokens: range) -> tuple[int, int]:
    return tokens.start, tokens.stop


def _by_deed(party: Party, parse: Parse, others: Sequence[Party], deed: Deed, *, common: bool) -> str | None:
    """The country the deed itself gives: where it was done, or that of those who deal with the party as their own."""
    spot = _on_the_spot(deed) if common else None
    if party.sector is None:
        stays = _is_thing(parse, party.span) or (common and deed.suffered and _is_person(parse, party.span))
        return spot if stays else _of_a_people(party, parse, deed)
    facing = [other for other in others if other.span != party.span]
    if deed.suffered and common and party.sector in _WHERE_THEY_ARE:
        ruled = party.sector == "CRM" or any(other.sector in ("JUD", "COP") for other in facing)
        ruled = ruled or (deed.type in _AT_HOME_ONLY and party.sector in ("MED", "BUS"))
        return spot or (_its_own(party, facing, deed, parse) if ruled else None)
    if party.sector not in _AT_HOME or not (common or party.sector in _NAMED_AT_HOME):
        return None
    return spot or _its_own(party, facing, deed, parse)


def _estranges(other: Party, party: Party, country: str | None, deed: Deed | None) -> bool:
    """Whether a party that faces the report's country is therefore none of its own; people may face their rulers."""
    if other.country != country:
        return False
    if party.sector == "MIL":
        return other.sector in (None, "GOV", "MIL")
    if party.sector in _INNER and other.sector in _RULERS:
        return False  # a court, a party, a parliament and a president are of one country
    ruled = deed is not None and deed.type in _CLAIMS and party.sector in _SUBJECTS
    ruling = party.sector in _RULERS and other.sector in (_SUBJECTS | {"MED"}) - _RULERS
    return not (ruling or (ruled and other.sector in _RULERS))


def _on_the_spot(deed: Deed) -> str | None:
    return deed.country if deed.type in _ON_THE_SPOT and deed.cameo != _EXPULSION else None


def _its_own(party: Party, facing: Sequence[Party], deed: Deed, parse: Parse) -> str | None:
    """The one country whose authorities or people the party deals with as its own; None where that is not sure."""
    countries = {other.country for other in facing if other.country and _of_one_land(party, other, deed, parse)}
    others = {other.country for other in facing if other.country}
    return next(iter(countries)) if len(countries) == 1 and len(others) == 1 else None


def _of_one_land(party: Party, other: Party, deed: Deed, parse: Parse) -> bool:
    """Whether a party and one that faces it are of one country, as the police and those they arrest mostly are."""
    if deed.cameo == _EXPULSION:
        return False
    if other.sector is None:
        return deed.type in _AT_HOME_ONLY and deed.suffered and party.sector in _BY_THE_STATE
    if other.sector == "COP" or (other.sector in _INNER and deed.type not in _OF_FORCE):
        subject = party.sector in _SUBJECTS | {"GOV"}
        return subject or (party.sector in ("MIL", "BUS", "MED") and deed.suffered)
    if other.sector == "CVL":
        return deed.type in _CLAIMS and party.sector in ("GOV", "LEG")
    if party.sector == "REB" and _is_rebel(parse, party):
        return other.sector == "GOV" or _is_army(parse, other)
    return deed.type not in _OF_FORCE and _rules_over(other, party, deed, parse)


def _rules_over(other: Party, party: Party, deed: Deed, parse: Parse) -> bool:
    """Whether a government or army deals with people of its own."""
    ruled = party.sector in _SUBJECTS or (party.sector in ("MED", "BUS") and deed.type in _AT_HOME_ONLY)
    if other.sector not in ("GOV", "MIL", "SPY") or not ruled or not _is_described(parse, other):
        return False
    return party.sector not in ("CVL", "SOC") or deed.type in _AT_HOME_ONLY


def _is_rebel(parse: Parse, party: Party) -> bool:
    """Whether a party is one that rises against its own government, not an armed group that may be anybody's foe."""
    inside = range(0) if party.span is None else parse.tokens_in(party.span)
    return any(parse.lemmas[i] in home_words().risen for i in inside)


def _is_army(parse: Parse, party: Party) -> bool:
    """Whether a party is a country's whole army or part of one, not some troops ("the army", "government forces")."""
    head = None if party.span is None else parse.head_in(party.span)
    if head is None:
        return False
    of_army = any(parse.lemmas[c] in home_words().armies for c in parse.children_by(head, "compound", "amod"))
    return of_army or parse.lemmas[head] in home_words().armies


def _of_a_people(party: Party, parse: Parse, deed: Deed) -> str | None:
    """Where a deed of force was done, for those of a people without a country who suffer it ("*Kurdish* bases")."""
    head = None if party.span is None else parse.head_in(party.span)
    number = -1 if head is None else parse.entity_of[head]
    people = number >= 0 and parse.entities[number].label == "NORP"
    return deed.country if people and deed.suffered and deed.type == "ASSAULT" else None


def _is_described(parse: Parse, party: Party) -> bool:
    """Whether an authority is told by a noun of its own ("Norland *police*"), not as the state itself or by a name."""
    head = None if party.span is None else parse.head_in(party.span)
    return head is not None and parse.tags[head] in ("NN", "NNS")


def is_common(parse: Parse, span: Span | None) -> bool:
    """Whether a party is named by a common noun, or by an office alone ("the Prime Minister")."""
    head = None if span is None else parse.head_in(span)
    if span is None or head is None or parse.pos[head] == "PRON":
        return False
    inside = parse.tokens_in(span)
    named = any(_is_named(parse, i, inside) for i in inside)
    owned = any(parse.tags[child] == "PRP$" for child in parse.children_by(head, "poss"))
    return not named and not owned


def _is_named(parse: Parse, i: int, inside: range) -> bool:
    """Whether a token is part of a name other than one every state has ("the Ministry of Defence", "Parliament")."""
    number = parse.entity_of[i]
    if number < 0 or parse.entities[number].label not in _NAMES:
        return False
    entity = parse.entities[number]
    if entity.label != "ORG" or entity.first < inside.start or entity.last > inside.stop:
        return True
    words = [parse.lowers[k] for k in range(entity.first, entity.last)]
    return not (
        any(w in home_words().offices for w in words)
        and all(w in home_words().plain or w in home_words().offices for w in words)
    )


def _is_thing(parse: Parse, span: Span | None) -> bool:
    """Whether what is struck is a thing that stays where it is ("a hospital", "the airport")."""
    head = None if span is None else parse.head_in(span)
    return head is not None and parse.lemmas[head] in home_words().fixed


def _is_stranger(parse: Parse, span: Span | None) -> bool:
    """Whether its own words say that a party comes from elsewhere ("foreign fighters", "migrants")."""
    inside = range(0) if span is None else parse.tokens_in(span)
    return says_stranger(parse, inside.start, inside.stop)


def _is_person(parse: Parse, span: Span | None) -> bool:
    """Whether a common noun is one for people who act or serve ("two *guards*")."""
    head = None if span is None else parse.head_in(span)
    return head is not None and parse.pos[head] == "NOUN" and parse.lemmas[head] in home_words().serving


def says_stranger(parse: Parse, first: int, last: int) -> bool:
    """Whether one of the tokens `first` up to `last` says that somebody comes from elsewhere."""
    strangers = home_words().strangers
    return any(parse.lemmas[i] in strangers or parse.lowers[i] in strangers for i in range(first, last))


def country_within(parse: Parse, span: Span, places: Sequence[Place]) -> str | None:
    """The country of the place a party's own words put it in ("a base in *Zenda* county"); None where none does."""
    for place in places:
        if not span.contains(place.span) or place.country is None:
            continue
        head = parse.head_in(place.span)
        if head is None:
            continue
        word = parse.lowers[parse.heads[head]] if parse.deps[head] == "pobj" else ""
        if not word or word in home_words().within:
            return place.country
    return None
