"""Capitalised phrases: where the titles end and the name begins, and what kind of thing bears it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diurna.annotate.actors.gazetteer import cities
from diurna.annotate.actors.knowledge import Known, gender_of
from diurna.annotate.actors.mention import Gender
from diurna.annotate.actors.metonymy import speaks
from diurna.annotate.actors.roles import Role, honorific, role_at, roles_between, turns
from diurna.annotate.parse import Parse
from diurna.lexicon import Table, faults_in_words, load, made_of
from diurna.model.record import ActorKind

_KEYS = (
    "connectors",
    "things",
    "quantities",
    "relational",
    "doubtful",
    "inert",
    "human_verbs",
    "speech",
    "nobody",
    "speaking",
    "fields",
)
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_JOINTS = frozenset({"and", "&", ",", "-"})
_SKIPPED = frozenset({"the", "of", "for", "and", "'s", "’s", "-", ",", "to"})
_FIELD_LEADS = frozenset({"for", "of", "and", "on", "-"})
"""What the field of an office stands behind ("Minister of Trade Anna Berg")."""
_BY_LABEL: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group"}
_PLACES = frozenset({"GPE", "LOC", "FAC"})

Placed = tuple[int, int, Role]
"""A role and the tokens it stands at."""


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The word lists of `mentions.toml` for phrases."""

    connectors: frozenset[str]
    things: frozenset[str]
    quantities: frozenset[str]
    relational: frozenset[str]
    doubtful: frozenset[str]
    inert: frozenset[str]
    human_verbs: frozenset[str]
    speech: frozenset[str]
    nobody: frozenset[str]
    speaking: frozenset[str]
    fields: frozenset[str]


@made_of("mentions")
def phrase_words() -> PhraseWords:
    """The word lists for phrases, loaded once."""
    table = load("mentions", check=_faults)["phrases"]
    return PhraseWords(*(frozenset(table[key]) for key in _KEYS))


def _faults(table: Table) -> list[str]:
    return faults_in_words(table.get("phrases", {}), *_KEYS)


def run_start(parse: Parse, i: int, left: int) -> int:
    """First token of the capitalised words that end at `i`, particles and hyphens among them, from `left` on."""
    first = i
    for k in range(i - 1, left - 1, -1):
        if parse.words[k][:1].isupper() or (parse.words[k][:1].isdigit() and first < i):
            first = k
        elif parse.lowers[k] not in phrase_words().connectors or _ends_person(parse, k):
            break
    return first


def _ends_person(parse: Parse, i: int) -> bool:
    """Whether "and" at token `i` follows a person's name, so that another one begins."""
    return parse.lowers[i] == "and" and i > 0 and parse.label(i - 1) == "PERSON"


def after_titles(parse: Parse, first: int, end: int, known: Mapping[int, Known]) -> int:
    """The first token of `first` to `end` after articles, countries, known bodies, roles and forms of address."""
    i = first
    while i < end:
        step = _title_end(parse, i, end, known) or _later_title(parse, i, end)
        if step is None:
            break
        i = step
    return i


def after_fields(parse: Parse, first: int, end: int) -> int:
    """The first token of the name after the field of an office ("Trade and Security Anna Berg": "Anna")."""
    if first == 0 or not _FIELD_LEADS.intersection(parse.lowers[first - 1 : first + 1]):
        return first
    last = next((i for i in range(end - 2, first - 1, -1) if parse.lowers[i] in phrase_words().fields), None)
    return first if last is None else last + 1


def _title_end(parse: Parse, i: int, end: int, known: Mapping[int, Known]) -> int | None:
    """One past the title or other forerunner of a name at token `i`; None where the name itself begins."""
    hit, fact = role_at(parse, i, end), known.get(i)
    if (
        hit
        and (hit[1].kind == "person" or hit[0] < end)
        and not (hit[0] == i + 1 and gender_of(parse.words[i]) is not None)
    ):
        return hit[0]
    if fact and fact.first == i and fact.fact.kind != "person" and fact.last < end:
        return fact.last
    if parse.lowers[i] in _SKIPPED or honorific(parse.lowers[i]) or parse.lowers[i] in turns():
        return i + 1
    return i + 2 if i + 1 < end and parse.lowers[i + 1] in ("'s", "’s") else None


def _later_title(parse: Parse, first: int, end: int) -> int | None:
    """One past a title further on in the run ("Regional Governor X Y"), where no given name stands before it."""
    for i in range(first, end - 1):
        hit = role_at(parse, i, end)
        if hit and i > first and hit[0] < end and hit[1].kind == "person":
            return hit[0]
        if gender_of(parse.words[i]) is not None or not parse.words[i][:1].isupper():
            return None
    return None


def name_end(parse: Parse, i: int) -> int:
    """One past the name headed by `i`: "Jr.", and after a body's noun "of", "for" or "on" with capitalised words."""
    end = i + 1
    hit = role_at(parse, i, end)
    if hit is None:
        return end + 1 if end < len(parse) and parse.words[end].rstrip(".") in _SUFFIXES else end
    if hit[1].kind != "organisation":
        return end
    joint = next((c for c in parse.children[i] if c == end and parse.lowers[c] in ("of", "for", "on")), None)
    noun = None if joint is None else parse.child(joint, "pobj")
    if noun is None or noun < i or not parse.words[noun][:1].isupper() or _is_body(parse, noun):
        return end
    other = next((c for c in range(noun + 2, noun + 5) if c < len(parse) and _is_joined(parse, c, (noun, i))), noun)
    return _capitals_to(parse, noun, other) + 1


def _is_body(parse: Parse, i: int) -> bool:
    """Whether a noun says by itself that a body is named ("Department")."""
    hit = role_at(parse, i, i + 1)
    return hit is not None and hit[1].kind == "organisation"


def _is_joined(parse: Parse, i: int, to: tuple[int, int]) -> bool:
    """Whether token `i` is the second half of a body's field ("Finance and Trade"), not another body or country."""
    if parse.deps[i] != "conj" or parse.heads[i] not in to or not parse.words[i][:1].isupper() or _is_body(parse, i):
        return False
    return parse.label(i) not in ("GPE", "PERSON", "NORP") and parse.lowers[i - 1] != "the"


def _capitals_to(parse: Parse, noun: int, last: int) -> int:
    """`last` where only capitals, "and" and commas stand between; else `noun`."""
    between = range(noun + 1, last)
    return last if all(parse.words[k][:1].isupper() or parse.lowers[k] in _JOINTS for k in between) else noun


def after_possessor(parse: Parse, first: int, i: int) -> int:
    """First token of `first` to `i` after the last "’s" and after articles."""
    first = next((k + 1 for k in range(i - 1, first, -1) if parse.tags[k] == "POS"), first)
    while first < i and parse.lowers[first] in ("the", "this", "that", "a", "an"):
        first += 1
    return first


def kind_of(parse: Parse, i: int, first: int, titles: list[Placed]) -> ActorKind | None:
    """What bears the name at tokens `first` to `i`: by title, given name, recogniser; None where it is nobody."""
    label = parse.label(i)
    title = titles[-1] if titles else None
    if title and title[1] == first and title[2].kind == "person" and parse.tags[title[1] - 1] != "NNS":
        return "person"
    if _looks_given(parse, first, i, label) or (first > 0 and honorific(parse.lowers[first - 1]) is not None):
        return "person"
    word = parse.words[i]
    if word.isupper() and 1 <= len(word) <= 6 and word.isalpha():
        no_body = label in (*_PLACES, "PRODUCT") or (first == i and (len(word) == 1 or cities(word)))
        return None if no_body else "organisation"
    if label in _BY_LABEL:
        return _BY_LABEL[label]
    if label in _PLACES or label in ("PRODUCT", "CARDINAL"):
        return "place" if label == "GPE" and speaks(parse, i) else None
    return "unknown" if parse.pos[i] == "PROPN" and _is_party(parse, i) else None


def _looks_given(parse: Parse, first: int, i: int, label: str) -> bool:
    """Whether the name begins with a given name, and nothing says it is a place or a thing named after one."""
    if label in _PLACES or gender_of(parse.words[first]) is None:
        return False
    return i > first or label == "PERSON" or first == 0 or parse.lowers[first - 1] != "the"


def _is_party(parse: Parse, i: int) -> bool:
    """Whether a name nobody knows stands where persons stand."""
    if speaks(parse, i) or parse.deps[i] in ("poss", "dobj", "dative"):
        return True
    if parse.deps[i] == "pobj" and parse.lowers[parse.heads[i]] in ("by", "with", "between"):
        return True
    child = parse.child(i, "appos")
    return child is not None and role_at(parse, child, child + 1) is not None


def gender_shown(parse: Parse, left: int, first: int, titles: list[Placed]) -> Gender | None:
    """The gender that a form of address, the given name at `first` or a title shows."""
    for i in range(left, first):
        said = honorific(parse.lowers[i])
        if said and said != "any":
            return said
    shown = gender_of(parse.words[first])
    if shown and shown != "either":
        return shown
    return next((role.gender for _, _, role in titles if role.gender), None)


def titled(parse: Parse, placed: Placed, left: int) -> str:
    """The role, with "former" where the text says so before it."""
    first, _, role = placed
    before = parse.lowers[max(left, first - 3) : first]
    return f"former {role.name}" if any(turns().get(word) == "former" for word in before) else role.name


def personal_titles(parse: Parse, left: int, first: int) -> list[Placed]:
    """The roles of persons between `left` and the name that begins at `first`."""
    return [placed for placed in roles_between(parse, left, first) if placed[2].kind == "person"]
