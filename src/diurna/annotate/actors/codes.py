"""Country and sector of any noun phrase, by its head and what stands before it ("U.S. forces": USA, MIL)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diurna.annotate.actors.gazetteer import KNOWN_ALONE, City, cities
from diurna.annotate.actors.knowledge import Known, facts_between
from diurna.annotate.actors.mention import NOBODY
from diurna.annotate.actors.roles import Role, role_at, roles_between, turns
from diurna.annotate.parse import Entity, Parse
from diurna.lexicon import Table, faults_in_words, load, made_of
from diurna.model.annotation import ActorCode
from diurna.model.span import Span

_DEPTH = 4
"""Phrases within phrases that are followed."""

_KEYS = ("quantities", "sided", "opposed", "aimed", "weak", "local")


@dataclass(frozen=True, slots=True)
class _Words:
    """Word lists of `groups.toml`, told there."""

    quantities: frozenset[str]
    sided: frozenset[str]
    opposed: frozenset[str]
    aimed: frozenset[str]
    weak: frozenset[str]
    local: frozenset[str]


@made_of("groups")
def _words() -> _Words:
    table = load("groups", check=_faults)["codes"]
    return _Words(*(frozenset(table[key]) for key in _KEYS))


def _faults(table: Table) -> list[str]:
    return faults_in_words(table.get("codes", {}), *_KEYS)


@dataclass(frozen=True, slots=True)
class Head:
    """A noun phrase as the codes need it: its head token and the tokens `first` to `last` up to the head."""

    token: int
    first: int
    last: int


def code_of(parse: Parse, span: Span) -> ActorCode:
    """Country (ISO alpha-3) and PLOVER sector of the noun phrase at `span`; each None where nothing tells."""
    head = parse.head_in(span)
    if head is None:
        return NOBODY
    inside = parse.tokens_in(span)
    return code_of_tokens(parse, head, inside.start, inside.stop)


def code_of_tokens(parse: Parse, head: int, first: int, last: int, depth: int = 0) -> ActorCode:
    """`code_of` for the phrase of token `head` that lies in tokens `first` up to `last`."""
    counted = _counted(parse, head) if depth < _DEPTH else None
    if counted is not None and not (parse.lemmas[head] in ("member", "supporter") and _own(parse, head, first)):
        code = code_of_tokens(parse, counted, parse.left_edge[counted], parse.right_edge[counted] + 1, depth + 1)
        if code != NOBODY:
            return code
    core = Head(head, max(first, _core_start(parse, head)), min(last, _core_end(parse, head, last)))
    present = facts_between(parse, core.first, core.last)
    known = [one for one in present if _counts(parse, one, core)]
    country, from_body = _first_code(known)
    country = _people_of(parse, head, known, depth) or country
    sector = _sector(parse, core, known, from_body, from_country=country is not None)
    if country is None and from_body not in NATIONLESS:
        country = _city_country(parse, core) or _local_body_country(parse, core, present)
    if depth < _DEPTH and (country is None or sector is None):
        around = _around(parse, head, depth, sector)
        country = country or (None if from_body in NATIONLESS else around.country)
        sector = sector or around.sector
    if sector is None and any(one.fact.kind == "people" and one.last > core.token for one in present):
        sector = "CVL"  # "ethnic Ruritanians" live somewhere else, and are people all the same
    return ActorCode(country, sector)


NATIONLESS = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "ISM"})
"""Sectors that stand for bodies of no one country (PLOVER writes them in the country's place)."""


def _city_country(parse: Parse, core: Head) -> str | None:
    """The country of a city named in the phrase ("Basra police"), where all large cities of the name lie in one."""
    for i in range(core.first, core.last):
        number = parse.entity_of[i]
        if number < 0 or parse.entities[number].label != "GPE" or parse.entities[number].first != i:
            continue
        entity = parse.entities[number]
        if entity.last - 1 == core.token and _is_entitled(parse, core, entity.first):
            continue
        name = parse.span(entity.first, entity.last).of(parse.text).removesuffix("'s").removesuffix("’s")
        found = cities(name)
        if len(found) > 1 and (told := _told_in(parse, i)):
            found = tuple(city for city in found if city.country in told) or found
        if found and (
            len(found) == 1
            or (found[0].population > 4 * found[1].population and _names_no_other(parse, core.token, entity))
            or found[0].country == found[1].country
        ):
            return found[0].country
    return None


def _is_entitled(parse: Parse, core: Head, name: int) -> bool:
    """Whether a title stands before a name, which is then a person's, whatever town is called so ("Judge *Nantes*")."""
    return bool(roles_between(parse, core.first, name))


def _told_in(parse: Parse, token: int) -> set[str]:
    """The countries named in the sentence of a token."""
    known = facts_between(parse, *parse.sentences[parse.sentence_of[token]])
    return {one.fact.country for one in known if one.fact.country}


def _local_body_country(parse: Parse, core: Head, known: list[Known]) -> str | None:
    """The country of the large city a court, a police force or the like is called by ("the *Basra* High Court")."""
    words = range(core.first, min(core.last, core.token + 1))
    if not any(parse.lowers[i] in _words().local for i in words):
        return None
    for i in words:
        if parse.tags[i] != "NNP" or parse.lowers[i] in _words().local or _fact_token(i, known):
            continue
        if i == core.token and _is_entitled(parse, core, i):
            return None
        for last in (i + 2, i + 1):
            found = cities(parse.span(i, last).of(parse.text)) if last <= core.last else ()
            if found and found[0].population >= KNOWN_ALONE and _stands_out(found):
                return found[0].country
        return None
    return None


def _stands_out(found: Sequence[City]) -> bool:
    """Whether the largest city of a name is much larger than those of other countries."""
    others = (city.population for city in found if city.country != found[0].country)
    return found[0].population > 4 * max(others, default=0)


def _names_no_other(parse: Parse, head: int, city: Entity) -> bool:
    """Whether a city's name is not the first part of another name ("the *Boston* Globe")."""
    return city.first <= head < city.last or not parse.words[head][:1].isupper()


def _own(parse: Parse, head: int, first: int) -> bool:
    return any(known.fact.country for known in facts_between(parse, max(first, parse.left_edge[head]), head))


def _core_start(parse: Parse, head: int) -> int:
    """First token of the head's modifiers; a clause or a list before the head is left out."""
    first = parse.left_edge[head]
    for i in range(head - 1, first - 1, -1):
        if (parse.pos[i] == "VERB" and parse.deps[i] not in ("amod", "compound")) or parse.words[i] in (
            ";",
            ":",
            "“",
            "”",
            '"',
        ):
            return i + 1
    return first


def _core_end(parse: Parse, head: int, limit: int) -> int:
    """One past the head, or past the name that runs on from it ("Ministry of Defence")."""
    end = head + 1
    for known in facts_between(parse, head, min(limit, head + 6))[:1]:
        if known.first == head:
            end = max(end, known.last)
    for first, last, _ in roles_between(parse, head, min(limit, head + 4))[:1]:
        if first == head:
            end = max(end, last)
    return end


def _counted(parse: Parse, head: int) -> int | None:
    """The noun a quantity counts: "gunmen" in "thousands of gunmen"."""
    if (
        parse.lemmas[head] not in _words().quantities
        and parse.lowers[head] not in _words().quantities
        and parse.pos[head] != "NUM"
    ):
        return None
    of = next((c for c in parse.children[head] if c > head and parse.lowers[c] == "of"), None)
    return None if of is None else parse.child(of, "pobj", "pcomp")


def _counts(parse: Parse, known: Known, core: Head) -> bool:
    """Whether a name in the phrase says who it is, not whom it is for, against or backed by."""
    after, before = known.last, known.first - 1
    words = parse.lowers
    if (
        after < core.last
        and words[after] in ("-", "–", "‑")
        and after + 1 < len(words)
        and words[after + 1] in _words().sided - {"led"}  # "*Norland*-led forces" are Norland's
    ):
        return False
    if (
        after < len(words)
        and words[after] in _words().sided
        and after < core.token
        and words[after] in ("backed", "aligned")
    ):
        return False
    if before < core.first:
        return True
    if words[before] in ("-", "–") and before > core.first:
        before -= 1
    if words[before] in _words().opposed or (
        words[before] in _words().aimed and parse.pos[before] in ("ADP", "PART", "SCONJ")
    ):
        return False
    return not (words[before] == "the" and before > core.first and words[before - 1] in _words().aimed)


def _first_code(known: list[Known]) -> tuple[str | None, str | None]:
    """The country of the first name that has one, and the sector of the body or person that gives it, if one does."""
    for one in known:
        fact = one.fact
        if fact.country or fact.sector in NATIONLESS or fact.sector == "MED":
            return fact.country, fact.sector if fact.kind in ("body", "person") else None
    return None, None


def _people_of(parse: Parse, head: int, known: list[Known], depth: int) -> str | None:
    """The country whose a people's part is said to be ("the Ruritanians *of southern Norland*"); else None."""
    if not known or not known[-1].first <= head < known[-1].last or parse.tags[head] not in ("NNS", "NNPS"):
        return None
    of = next((c for c in parse.children_by(head, "prep") if parse.lowers[c] == "of"), None)
    land = None if of is None or depth >= _DEPTH else parse.child(of, "pobj")
    if known[-1].fact.kind not in ("people", "adjective") or land is None:
        return None
    return code_of_tokens(parse, land, parse.left_edge[land], parse.right_edge[land] + 1, depth + 1).country


def _sector(parse: Parse, core: Head, known: list[Known], from_body: str | None, *, from_country: bool) -> str | None:
    """The sector by office, by named body, by what the head noun is, and by what it is called by."""
    found = roles_between(parse, core.first, core.last)
    roles = [role for role in found if not _covered(role, known) and not _only_counts(parse, role, core.token)]
    if roles and roles[-1][2].name == "deputy" and _is_second(parse, core.token):
        del roles[-1]
    turned = [turns().get(parse.lowers[i]) for i in range(core.first, core.last) if not _fact_token(i, known)]
    body = next((one for one in reversed(known) if one.fact.kind in ("body", "person")), None)
    role = roles[-1][2] if roles else None
    if role and "former" in turned and role.kind == "person" and _leads(role, body):
        return "ELI"
    if body and (body.last >= core.token + 1 or from_body in NATIONLESS):
        return body.fact.sector
    strong = next((r[2].sector for r in reversed(roles) if r[2].sector and r[2].name not in _words().weak), None)
    special = next((s for s in turned if s in ("REB", "OPP")), None)
    if special and strong in ("MIL", "UAF", "CVL", "REB", "OPP", None):
        return special
    if body:
        return strong if strong and strong not in ("CVL", "UAF") else body.fact.sector
    if strong or role is None:
        return strong or _state_sector(parse, core, known)
    return _weak_sector(roles, turned, from_country=from_country) or _state_sector(parse, core, known)


def _is_second(parse: Parse, head: int) -> bool:
    """Whether a deputy is somebody's ("his deputy", "deputies of the commanders"), not a member of parliament."""
    for child in parse.children[head]:
        if parse.deps[child] == "poss" and not facts_between(parse, child, child + 1):
            return True
        of = parse.child(child, "pobj") if parse.lowers[child] in ("of", "to") and child > head else None
        hit = None if of is None else role_at(parse, of, of + 1)
        if hit is not None and hit[1].kind in ("person", "people"):
            return True
    return False


def _weak_sector(roles: list[tuple[int, int, Role]], turned: list[str | None], *, from_country: bool) -> str | None:
    """The sector where no role says it by itself: a country's leader governs, else the words before the role tell."""
    if from_country and roles[-1][2].name in ("leader", "leadership"):
        return "GOV"
    plain = next((sector for sector in turned if sector and sector != "former"), None)
    return plain or next((placed[2].sector for placed in reversed(roles) if placed[2].sector), None)


def _leads(role: Role, body: Known | None) -> bool:
    return role.office or role.name in ("leader", "chairman", "head", "chief", "director") or body is not None


def _covered(role: tuple[int, int, Role], known: list[Known]) -> bool:
    """Whether a role word is part of a known name ("Army" in "Kachin Independence Army")."""
    return any(one.first <= role[0] and role[1] <= one.last and one.fact.kind != "adjective" for one in known)


def _only_counts(parse: Parse, role: tuple[int, int, Role], head: int) -> bool:
    """Whether a word for people only counts or tells of the head here ("*several* drones", "*poor* countries")."""
    return role[0] != head and role[2].sector == "CVL" and parse.tags[role[0]] in ("JJ", "DT", "PDT")


def _fact_token(i: int, known: list[Known]) -> bool:
    return any(one.first <= i < one.last for one in known)


def _state_sector(parse: Parse, core: Head, known: list[Known]) -> str | None:
    """Sector of a phrase that is but a name: GOV for a capital meant as a government, CVL for a people."""
    if not known or known[-1].last <= core.token:
        return None
    fact = known[-1].fact
    if fact.kind == "adjective" and parse.tags[core.token] in ("NN", "NNP", "NNS", "NNPS"):
        return "CVL"
    return fact.sector if fact.kind in ("seat", "people") else None


def _around(parse: Parse, head: int, depth: int, sector: str | None) -> ActorCode:
    """What an appositive or an "of", "from" or "in" phrase after the head adds."""
    country: str | None = None
    for child in parse.children[head]:
        if child < head and parse.deps[child] != "appos":
            continue
        if parse.deps[child] == "appos":
            code = code_of_tokens(parse, child, parse.left_edge[child], parse.right_edge[child] + 1, depth + 1)
            country, sector = country or code.country, sector or code.sector
        elif parse.deps[child] in ("prep", "agent") and parse.lowers[child] in (
            "of",
            "from",
            "in",
            "inside",
            "for",
            "at",
        ):
            country, sector = _by_phrase(parse, child, depth, country, sector)
        elif parse.deps[child] in ("acl", "amod", "relcl") and parse.lowers[child] in ("based", "loyal"):
            for prep in parse.children_by(child, "prep"):
                country = _by_phrase(parse, prep, depth, country, sector)[0]
    return ActorCode(country, sector)


def _by_phrase(
    parse: Parse, prep: int, depth: int, country: str | None, sector: str | None
) -> tuple[str | None, str | None]:
    """Country and sector with what the phrase of `prep` adds: "in" and "from" give no sector, "for" no country."""
    noun = parse.child(prep, "pobj")
    if noun is None:
        return country, sector
    code = code_of_tokens(parse, noun, parse.left_edge[noun], parse.right_edge[noun] + 1, depth + 1)
    word = parse.lowers[prep]
    if word in ("of", "for") and sector is None and code.sector != "CVL":
        sector = code.sector
    if word != "for" or sector == code.sector:
        country = country or code.country
    return country, sector
