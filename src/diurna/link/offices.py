"""Offices and occupations out of words: what somebody is, of what, and whether no longer; from roles and from the text.

"Kharsa's deputy oil minister" and "the deputy minister of oil of Kharsa" are one office: its title is told apart from
what it is the office of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from diurna.lexicon import Table, faults_in_tables, faults_in_words, load, made_of
from diurna.link.names import alias_words, folded
from diurna.link.spelling import alike
from diurna.model.span import Span

Field = Literal["", "public", "sport", "art", "everyday"]
"""Walks of life that are seldom one person's; "" where the words do not tell."""

_LISTS = ("national", "public", "sport", "art", "everyday", "kin")
_FIELDS: tuple[tuple[str, Field], ...] = (
    ("national", "public"), ("public", "public"), ("sport", "sport"), ("art", "art"), ("everyday", "everyday"),
)  # fmt: skip
_ROOT = 5
"""Letters a name and its demonym share ("Kharsa", "Kharsan"); of shorter names all."""


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """The words of `offices.toml`; `heads` tells the field of each."""

    heads: dict[str, Field]
    national: frozenset[str]
    kin: frozenset[str]
    verbs: dict[str, str]
    means: dict[str, str]


@made_of("offices")
def office_words() -> OfficeWords:
    """The words, loaded once.

    Raises:
        LexiconError: the file is missing or wrong.
    """
    table = load("offices", "en", _faults)
    heads = {word: field for name, field in reversed(_FIELDS) for word in table[name]}
    return OfficeWords(
        heads, frozenset(table["national"]), frozenset(table["kin"]), dict(table["verbs"]), dict(table["means"])
    )


def _faults(table: Table) -> list[str]:
    return faults_in_words(table, *_LISTS) + faults_in_tables(table, "verbs", "means")


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """One thing somebody is.

    Attributes:
        title: lower case, in one order ("oil minister"), without what it is of.
        scope: folded proper words of what it is of ("kharsa"); () where none is said.
        field: the walk of life; level: 2 of a state, 1 of less, 0 no office.
        former: it is told as past.
    """

    title: str
    scope: tuple[str, ...]
    field: Field = ""
    level: int = 0
    former: bool = False


_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_FORMER = re.compile(r"\b(?:former|ex|late|outgoing|onetime|then)[\s-]+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^(?:the\s+)?((?:[A-Z][^\W_]*[\s-])*[A-Z][^\W_]*)['’]s?\s+(.*)$", re.DOTALL)
_OF = re.compile(r"\s+(?:of|for|to|in|at|from)\s+(?:the\s+)?")
_PORTFOLIO = re.compile(
    r"\b(minister|ministry|secretary|commissioner)\s+(?:of|for)\s+(?:the\s+)?([a-z]+(?:\s+(?:and\s+)?[a-z]+)?)"
)


@lru_cache(maxsize=50_000)
def office_of(said: str) -> Office | None:
    """The office that words name; None where they name none."""
    former = bool(_FORMER.search(said) or said.lower().startswith("ex-"))
    text = _FORMER.sub("", said.replace("U.S.", "US").replace("U.K.", "UK")).strip(" ,.;:")
    text = re.sub(r"^(?:ex-|the\s+|an?\s+|acting\s+|interim\s+|new\s+)", "", text, flags=re.IGNORECASE)
    owner = _POSSESSIVE.match(text)
    scope: list[str] = []
    if owner:
        scope, text = _proper(owner.group(1)), owner.group(2)
    text = _PORTFOLIO.sub(lambda m: f"{_portfolio(m.group(2))} {m.group(1)}", text)
    head, *rest = _OF.split(text)
    scope += [w for part in rest for w in _proper(part)] or [w for part in rest[:1] for w in _common(part)]
    scope += [folded(w) for w in _TOKEN.findall(head)[:-1] if w[0].isupper() and folded(w) not in _title_words()]
    scope = [w for w in scope if w]
    titled = [folded(w) for w in _TOKEN.findall(head) if folded(w) not in scope]
    title = _one_title(" ".join(titled))
    found = _head(title)
    if found is None:
        return None
    field, level = found
    return Office(title, tuple(sorted(set(scope))), field, level, former)


def _portfolio(said: str) -> str:
    return re.sub(r"\s+affairs$", "", said)


def _proper(said: str) -> list[str]:
    """The words of a proper name that tell it from others; a state by its listed name."""
    words = alias_words()
    listed = words.listed.get(folded(said.removeprefix("the ")))
    if listed:
        return [listed]
    found = [folded(w) for w in _TOKEN.findall(said) if w[0].isupper() and folded(w) not in words.particles]
    return [w for w in found if w not in words.generic] or found


def _common(said: str) -> list[str]:
    return [folded(w) for w in _TOKEN.findall(said) if len(w) > 3][:4]


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    words = office_words()
    told = {w for name in (*words.heads, *words.means, *words.kin) for w in name.split()}
    return frozenset(
        told | alias_words().titles | {"deputy", "vice", "chief", "first", "oil", "interior", "labour", "prime"}
    )


def _one_title(said: str) -> str:
    means = office_words().means
    for name, meant in means.items():
        if name in said:
            said = re.sub(rf"\b{re.escape(name)}\b", meant, said)
    said = re.sub(r"\b(\w+)(?: \1\b)+", r"\1", said.replace("affairs ", ""))
    return said.replace("prime prime", "prime").strip()


def _head(title: str) -> tuple[Field, int] | None:
    """The field and level of a title by its last words."""
    words, known = title.split(), office_words()
    for size in (2, 1):
        last = " ".join(words[-size:])
        if len(words) >= size and last in known.kin:
            return "", 0
        field = known.heads.get(last)
        if field is not None:
            return field, 2 if last in known.national else 1 if field == "public" else 0
    return None


# --- out of the text beside a name

_SENTENCE_END = re.compile(r"[.!?;:\n“”\"](?:\s|$)|\n")
_BEFORE, _AFTER = 90, 110
_WHO = re.compile(r"^,?\s*who\s+(?:has\s+|once\s+|long\s+)?(\w+)\s+(?:the\s+)?([^,.;]{2,60})")
_WHO_WAS = re.compile(r"^,?\s*(?:who\s+)?(?:is|was|are|became)\s+((?:the|a|an)?\s*[^,.;]{3,70})")
_APPOSED = re.compile(r"^,\s+((?:the|an?|one of)?\s*[^,.;\n]{3,90})")
_OF_AFTER = re.compile(r"^\s+of\s+((?:[A-Z]\w+\s?|the\s(?=[A-Z])){1,4})")


def offices_beside(text: str, span: Span) -> Iterator[Office]:
    """Offices the words right before and after a name say its bearer has."""
    before = _SENTENCE_END.split(text[max(0, span.start - _BEFORE) : span.start])[-1]
    after = _SENTENCE_END.split(text[span.end : span.end + _AFTER] + " ")[0]
    of_after = _OF_AFTER.match(after)
    for said in (_titled_before(before), _titled_within(span.of(text))):
        found = office_of(said) if said else None
        if found:
            scope = found.scope or (tuple(_proper(of_after.group(1))) if of_after else ())
            yield Office(found.title, tuple(sorted(scope)), found.field, found.level, found.former)
    who = _WHO.match(after)
    if who and who.group(1) in office_words().verbs:
        found = office_of(f"{office_words().verbs[who.group(1)]} of {who.group(2)}")
        if found:
            yield found
    for pattern in (_APPOSED, _WHO_WAS):
        match = pattern.match(after)
        found = office_of(_noun_phrase(match.group(1))) if match else None
        if found:
            yield found


def _noun_phrase(said: str) -> str:
    """The words up to a verb that goes on ("the foreign minister of Tesh said ...")."""
    return re.split(r"\s+(?:who|that|which|said|says|was|is|has|had|and|when|after|before|on)\s", said)[0]


def _titled_before(before: str) -> str:
    """The title right before a name: "the mayor of Brodny, ", "Justice Minister "."""
    words = before.rstrip()
    if words.endswith(","):
        return words[:-1].split(",")[-1].strip()
    last = re.split(r",\s|\s(?:and|with|by|that|said|told|met)\s", words)[-1]
    taken: list[str] = []
    for word in reversed(last.split()[-6:]):
        taken.insert(0, word)
    while taken and office_of(" ".join(taken)) is None:
        taken.pop(0)
    return " ".join(taken)


def _titled_within(name: str) -> str:
    """The title a name begins with ("President Harun Tolle")."""
    words = name.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        said = " ".join(words[:size])
        if office_of(said) and folded(words[size - 1]) in _title_words():
            return said
    return ""


# --- comparing


def same_root(one: str, other: str) -> bool:
    """Whether two words name one place or body: spellings, or a name and its demonym."""
    if one == other or alike(one, other):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short[: max(_ROOT, len(short) - 1)]) and len(long) - len(short) <= 4


def scopes_meet(one: Iterable[str], other: Iterable[str]) -> bool | None:
    """Whether two scopes share a word; None where one says nothing."""
    left, right = list(one), list(other)
    if not left or not right:
        return None
    return any(same_root(a, b) for a in left for b in right)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one office: equal, or the one says more of it ("minister", "oil minister")."""
    if one == other:
        return True
    left, right = one.split(), other.split()
    short, long = sorted((left, right), key=len)
    return bool(short) and short == long[-len(short) :] and not {"deputy", "vice", "prime"} & set(long[: -len(short)])
