"""What people and organisations are called: titles, roles, group nouns, each with its sector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diurna.annotate.actors.phrases import Phrases, plural
from diurna.annotate.parse import Parse
from diurna.lexicon import Table, load, made_of

Gender = Literal["male", "female"]
RoleKind = Literal["person", "people", "organisation"]


@dataclass(frozen=True, slots=True)
class Role:
    """A word or phrase for what somebody is ("foreign minister", "gunmen", "ministry").

    Attributes:
        name: singular, lower case, long form ("gen." is "general").
        sector: PLOVER sector, None where the word does not tell.
        kind: one person, several people, or an organisation.
        gender: where the word shows it.
        office: whether it is an office somebody holds (a title), not a description.
    """

    name: str
    sector: str | None
    kind: RoleKind
    gender: Gender | None = None
    office: bool = False


_OFFICES = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "IGO", "PTY", "OPP", "REL"})


def role_at(parse: Parse, i: int, limit: int) -> tuple[int, Role] | None:
    """The longest role that begins at token `i` and ends by `limit`: one past its last token, and the role."""
    hit = _roles().at(parse.lowers, i, limit)
    return None if hit and hit[0] < limit and _describes(parse, *hit, limit) else hit


def _describes(parse: Parse, after: int, role: Role, limit: int) -> bool:
    """Whether a title that may be an adjective is one: "general services administration", "marine debris"."""
    always, before_bodies = _adjectival()
    if parse.pos[after] not in ("NOUN", "PROPN", "ADJ") or role.name not in always | before_bodies:
        return False
    if role.name in always or parse.words[after].islower():
        return True
    number = parse.entity_of[after]
    if number >= 0 and parse.entities[number].label == "PERSON":
        return False
    bodies = (_roles().at(parse.lowers, k, limit) for k in range(after, limit))
    return any(body is not None and body[1].kind == "organisation" for body in bodies)


@made_of("titles")
def _adjectival() -> tuple[frozenset[str], frozenset[str]]:
    table = load("titles", check=_faults_in_titles)["adjectival"]
    return frozenset(table["words"]), frozenset(table["before_bodies"])


@made_of("groups")
def territories() -> frozenset[str]:
    """Nouns for a state or a town that may act and speak through its government ("the country said")."""
    return states() | frozenset(load("groups", check=_faults_in_groups)["territories"]["towns"])


@made_of("groups")
def states() -> frozenset[str]:
    """Those of `territories` that stand for a state."""
    return frozenset(load("groups", check=_faults_in_groups)["territories"]["states"])


@made_of("people")
def offices_held() -> dict[str, frozenset[str]]:
    """For each office the well-known persons who have held it, by the name `knowledge` gives them."""
    return {role: frozenset(names) for role, names in load("people")["offices"].items()}


def roles_between(parse: Parse, first: int, last: int) -> list[tuple[int, int, Role]]:
    """The roles in tokens `first` up to `last`, left to right, longest first, none overlapping."""
    found = []
    i = first
    while i < last:
        hit = role_at(parse, i, last)
        if hit:
            found.append((i, hit[0], hit[1]))
        i = hit[0] if hit else i + 1
    return found


_GENDERS: tuple[Gender, ...] = ("male", "female")
_ADDRESSES: tuple[Gender | Literal["any"], ...] = ("male", "female", "any")


@made_of("titles", "groups")
def _roles() -> Phrases[Role]:
    titles, groups = load("titles", check=_faults_in_titles), load("groups", check=_faults_in_groups)
    genders = {word: gender for gender in _GENDERS for word in titles["gendered"][gender]}
    entries: list[tuple[str, Role]] = []
    for sector, words in titles["sectors"].items():
        for word in words:
            role = Role(word, sector or None, "person", genders.get(word), sector in _OFFICES)
            entries += [(word, role), (_plural_of(word), Role(word, sector or None, "people", None, role.office))]
    by_name = {role.name: role for _, role in entries if role.kind == "person"}
    for short, full in titles["short_titles"].items():
        entries.append((short, by_name.get(full, Role(full, None, "person", None, True))))
    for sector, words in groups["organisations"].items():
        for word in words:
            role = Role(word, sector or None, "organisation")
            entries += [(word, role), (plural(word), role)]
    for sector, words in groups["people"].items():
        entries += [(word, Role(word, sector or None, "people")) for word in words]
    return Phrases(entries)


def _plural_of(title: str) -> str:
    """The plural of a title: of its first word in "secretary of state", of its last in "foreign minister"."""
    for joint in (" of ", " in ", " to "):
        if joint in title:
            head, rest = title.split(joint, 1)
            return plural(head) + joint + rest
    return plural(title)


@made_of("titles")
def broader() -> dict[str, frozenset[str]]:
    """For each broad role the narrower ones it may take up."""
    table = load("titles", check=_faults_in_titles)["broader"]
    return {word: frozenset(narrower) for word, narrower in table.items()}


def honorific(word: str) -> Gender | Literal["any"] | None:
    """What a form of address says of who follows, None where the word is none."""
    return _honorifics().get(word)


@made_of("titles")
def _honorifics() -> dict[str, Gender | Literal["any"]]:
    table = load("titles", check=_faults_in_titles)["honorifics"]
    return {word: kind for kind in _ADDRESSES for word in table[kind]}


@made_of("groups")
def turns() -> dict[str, str]:
    """Words that give what follows their sector ("rebel commander"), and "former" for words that end an office."""
    table = load("groups", check=_faults_in_groups)["turns"]
    return {word: sector for sector, words in table.items() for word in words}


def _faults_in_titles(table: Table) -> list[str]:
    wanted = ("sectors", "honorifics", "short_titles", "gendered", "broader", "adjectival")
    return [f"{key} is no table" for key in wanted if not isinstance(table.get(key), dict)]


def _faults_in_groups(table: Table) -> list[str]:
    return [
        f"{key} is no table"
        for key in ("organisations", "people", "turns", "territories")
        if not isinstance(table.get(key), dict)
    ]
