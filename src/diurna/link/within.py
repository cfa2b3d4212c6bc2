"""Names of one report that are one: what can be told of names that stand in one text, where few can be meant.

Within a text "the Church" is the only church it speaks of, "Daniel" the only Daniel, and "Foreign Minister Ola Brandt"
says who the minister is. Pairs are judged by names and by where they stand side by side; groups follow as they do
across reports, a name's count being its weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from diurna.link.names import alias_words, bare, folded, match_names
from diurna.link.offices import office_of, same_root, scopes_meet
from diurna.link.othernames import other_names, peoples
from diurna.link.withinblocks import near_pairs, worth_comparing
from diurna.model.identity import Ground, Groups, Pair, PairVerdict, grouped

_MANY = 2
"""How many times as often as all others of its family name somebody must be named in a text to be meant by it alone."""

_LOCAL = re.compile(r"\s+(?:in|at|near|from)\s+(?:the\s+)?[A-Z].*$")
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)\s+", re.IGNORECASE)
_DETERMINER = re.compile(r"^(?:the|this|that|our|their|its)\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:mr|madam|mister|my)\.?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """A name as a text has it, what it is a name of, and how often it stands there."""

    text: str
    kind: Literal["person", "body"]
    count: int = 1

    @property
    def id(self) -> str:
        """What tells it from other forms."""
        return f"{self.kind}|{self.text}"


def groups_within(forms: Sequence[Form], text: str = "") -> Groups:
    """The forms of one text in groups, each of one bearer; members are `Form.id`s."""
    weights: dict[str, int] = {}
    for form in forms:
        weights[form.id] = weights.get(form.id, 0) + form.count
    places = _Places(text, forms)
    rows = places.forms
    worth = worth_comparing([(form.text, form.kind == "person") for form in rows]) | places.near.keys()
    pairs = [pair for a, b in sorted(worth) if (pair := _judged(rows[a], rows[b], places)) is not None]
    groups = grouped(weights, pairs, many=_MANY)
    more = [*_of_the_subject(forms, weights, groups)]
    return grouped(weights, [*pairs, *more], many=_MANY) if more else groups


def _rank_alone(text: str) -> bool:
    """Whether a form is a rank or honour that many bear ("Fellow of the Royal Society"), no office or peerage."""
    head, *rest = re.split(r"\s(?:of|in|to|for)\s", text, maxsplit=1)
    last = folded(head).split()[-1:]
    return bool(rest) and not text[0].isdigit() and last != [] and last[0] in alias_words().ranks


def _of_the_subject(forms: Sequence[Form], weights: Mapping[str, int], groups: Groups) -> Iterator[Pair]:
    """Ranks and honours nobody else has, given to the one person a text is about."""
    heavy: dict[str, int] = {}
    for form in set(forms):
        if form.kind == "person" and not _titled(form):
            heavy[groups.root(form.id)] = heavy.get(groups.root(form.id), 0) + weights[form.id]
    if not heavy:
        return
    chief = max(heavy, key=lambda one: (heavy[one], one))
    if heavy[chief] < _MANY * (sum(heavy.values()) - heavy[chief]):
        return
    bearer = max((f for f in set(forms) if groups.root(f.id) == chief), key=lambda f: (weights[f.id], f.id))
    for form in sorted(set(forms), key=lambda f: f.id):
        alone = len(groups.members[groups.root(form.id)]) == 1
        if form.kind == "person" and alone and _rank_alone(form.text):
            why = f"the text is about “{bearer.text}”, and gives nobody else “{form.text}”"
            yield Pair(form.id, bearer.id, "part", 50, (Ground("subject", "for", why),))


def _judged(one: Form, other: Form, places: _Places) -> Pair | None:
    if one.kind != other.kind:
        return None
    found = _persons(one, other, places) if one.kind == "person" else _bodies(one, other, places)
    if found is None:
        return None
    verdict, strength, why = found
    short, long = _by_length(one, other)
    return Pair(short.id, long.id, verdict, strength, (Ground("name", "for", why),))


def _by_length(one: Form, other: Form) -> tuple[Form, Form]:
    """The shorter form first: a title alone, then single names, then by length."""
    left, right = sorted(
        (one, other), key=lambda f: (not _titled(f), len(bare(f.text, f.kind == "person")), len(f.text), f.id)
    )
    return left, right


Found = tuple[PairVerdict, int, str]


# --- persons


@lru_cache(maxsize=20_000)
def _role(text: str) -> bool:
    """Whether a form names an office, or what somebody is, and nobody: "Secretary of State", "Tsar"."""
    head = re.split(r"\s(?:of|in|for|to)\s", _plain(text))[0]
    words = [w for w in folded(head).split() if w not in alias_words().particles]
    titles = alias_words().titles - alias_words().honours
    if not words or words[-1] not in titles:
        return False
    return all(w in titles for w in words) or " " in text.strip()


def _plain(text: str) -> str:
    """A form without how somebody is addressed or numbered: "Mr. President", "46th President"."""
    return _ORDINAL.sub("", _ADDRESS.sub("", text))


def _titled(form: Form) -> bool:
    return form.kind == "person" and _role(form.text)


def _persons(one: Form, other: Form, places: _Places) -> Found | None:
    if _titled(one) or _titled(other):
        return _office(one, other, places)
    match = match_names(one.text, other.text, person=True)
    if match is None:
        if places.beside(one, other) or places.called(one, other):
            return "same", 80, "the text names them side by side"
        return _short_given(one.text, other.text) or _by_letters(one.text, other.text) or _family(one.text, other.text)
    single = min(len(bare(f.text, True)) for f in (one, other)) == 1
    if match.ground in ("equal", "listed", "spelling") and not single:
        return "same", 95, match.why
    whole = {"initials": 85, "short form": 85, "equal": 90, "spelling": 90}.get(match.ground)
    if whole:
        return "same", whole, match.why
    return "part", {"part": 75, "given": 70}.get(match.ground, 60), match.why


_LEAST_GIVEN = 4
"""Letters of a given name that may be short for one that begins with it."""


def _short_given(one: str, other: str) -> Found | None:
    """Of two full names of one text, whether they have one family name and one given name, short and long."""
    short, long = sorted((bare(one, True), bare(other, True)), key=lambda row: len("".join(row)))
    if len(short) != 2 or len(long) != 2:
        return None
    for mine, theirs in ((short, long), (short, long[::-1]), (short[::-1], long)):
        begins = theirs[0].startswith(mine[0]) and len(mine[0]) >= _LEAST_GIVEN
        if mine[1] == theirs[1] and begins and len(theirs[0]) - len(mine[0]) <= _LEAST_GIVEN:
            return "same", 75, f"“{mine[0].title()}” can be short for “{theirs[0].title()}”"
    return None


def _by_letters(one: str, other: str) -> Found | None:
    """Of a full name and capitals, whether these are its initials: "JFK"."""
    short, long = sorted((one, other), key=lambda said: len(said.split()))
    letters = re.sub(r"[.\s]", "", short)
    words = bare(long, True)
    capitals = letters.isupper() and letters.isalpha() and len(words) >= 2
    if capitals and letters.lower() == "".join(word[0] for word in words):
        return "same", 78, f"“{short}” are the initials of “{long}”"
    return None


def _family(one: str, other: str) -> Found | None:
    """Of two people named together and a family name in the plural, whether it is theirs: "the Olsens"."""
    for short, long in ((one, other), (other, one)):
        words = bare(_DETERMINER.sub("", short), True)
        pair = len(words) == 1 and words[0].endswith("s") and re.search(r"\s(?:and|&)\s", long)
        if pair and folded(long).split()[-1] in (words[0][:-1], words[0].removesuffix("es")):
            return "part", 65, f"“{short}” are “{long}”"
    return None


def _office(one: Form, other: Form, places: _Places) -> Found | None:
    """One of the two is called by an office."""
    if places.beside(one, other):
        return "same", 80, f"the text calls “{other.text}” “{one.text}” where they stand side by side"
    if _titled(one) and _titled(other):
        left, right = (office_of(_plain(f.text)) for f in (one, other))
        same = left and right and left.title == right.title and scopes_meet(left.scope, right.scope) is not False
        return ("part", 60, "both are one office") if same else None
    role, named = (one, other) if _titled(one) else (other, one)
    title = _title_of(named.text)
    left, right = office_of(_plain(role.text)), office_of(title)
    same = left and right and left.title == right.title and scopes_meet(left.scope, right.scope) is not False
    begins = named.text.startswith(f"{role.text} ")
    if begins or same or (title and title == folded(_plain(role.text))):
        return "part", 70 if begins else 65, f"“{named.text}” bears the title “{role.text}”"
    return None


def _title_of(text: str) -> str:
    """The title a name begins with, folded."""
    words = folded(text).split()
    titles = alias_words().titles
    taken = 0
    while taken < len(words) - 1 and words[taken] in titles:
        taken += 1
    return " ".join(words[:taken])


# --- bodies and places


def _bodies(one: Form, other: Form, places: _Places) -> Found | None:
    left, right = (_DETERMINER.sub("", _LOCAL.sub("", f.text)) for f in (one, other))
    if folded(left) == folded(right):
        return "same", 90, f"“{one.text}” and “{other.text}” are one name"
    known = _known(left), _known(right)
    if all(known):
        return ("same", 92, f"“{left}” and “{right}” are names of one") if known[0] == known[1] else None
    if places.bracketed(one, other) or places.called(one, other):
        return "same", 80, "the text names them side by side"
    return _bodies_alone(left, right)


def _bodies_alone(left: str, right: str) -> Found | None:
    """What two names of bodies, not both of which are listed, say by themselves."""
    match = match_names(left, right, person=False)
    short, long = sorted((bare(left, False), bare(right, False)), key=len)
    inner = set(short) <= set(long)
    if match and match.ground not in ("part", "short form") and not (match.ground == "initials" and inner):
        return "same", 92, match.why
    kind_of = len(long) == len(short) + 2 and long[1] == "of" and long[2:] == short
    if kind_of and long[0] in _KINDS_OF_PLACE:
        return "same", 85, f"“{left}” and “{right}” differ only in what kind of place it is"
    state = alias_words().listed.get(" ".join(short)) is not None
    extra = [w for w in long if w not in short]
    if match and match.ground != "initials" and not (state and any(w in alias_words().founds for w in extra)):
        return "part", 70, match.why
    why = _short_in_text(short, long, left if len(bare(left, False)) == len(short) else right)
    if why and not state:
        return "part", 60, why
    return _one_word(left, right) or _kind_in_letters(left, right)


def _known(name: str) -> str | None:
    """The state or body a name is listed for; a people's state."""
    return other_names().get(folded(name)) or peoples().get(folded(name))


_KINDS_OF_PLACE = frozenset(
    ("state", "city", "town", "province", "kingdom", "commonwealth", "county", "village", "island", "duchy")
)


def _short_in_text(short: tuple[str, ...], long: tuple[str, ...], written: str) -> str:
    """Why a name may be short for a longer one of the same text, though it says little by itself."""
    words = alias_words()
    if len(short) == len(long):
        return ""
    whole = " ".join(short), " ".join(long)
    why = f"“{whole[0].title()}” can be short for “{whole[1].title()}”"
    if len(short) > 1:
        return why if f" {whole[0]} " in f" {whole[1]} " else ""
    word = short[0]
    generic = word in words.generic or word in words.everywhere or word in words.apart
    last = word == long[-1] and (written.isupper() or _tells(written, long))
    return why if (generic and word in long) or word == long[0] or last else ""


def _tells(written: str, long: tuple[str, ...]) -> bool:
    """Whether the last word of a body's name tells it: "the Lakers"; a place that a body is of is not the body."""
    plural = written[:1].isupper() and written.endswith("s") and len(written) > _LEAST_GIVEN
    return plural and "of" not in long and not any(word in alias_words().founds for word in long[:-1])


def _one_word(left: str, right: str) -> Found | None:
    """Of two single words, whether one is the other's people or the capitals in it: "Belgians", "LV" of "LibriVox"."""
    if " " in left or " " in right:
        return None
    short, long = sorted((left, right), key=len)
    if long.endswith("s") and short[:1].isupper() and same_root(folded(long)[:-1], folded(short)):
        return "same", 75, f"“{long}” are those of “{short}”"
    capitals = "".join(c for c in long if c.isupper())
    if short.isupper() and len(short) > 1 and capitals == short and not long.isupper():
        return "same", 75, f"“{short}” is made of the capitals of “{long}”"
    return None


def _kind_in_letters(left: str, right: str) -> Found | None:
    """Of capitals and a kind of body, whether their last letter can stand for it: "NASA", "Administration"."""
    for short, kind in ((left, right), (right, left)):
        letters = short.replace(".", "")
        said = folded(kind)
        generic = said in alias_words().generic or said in alias_words().founds
        capitals = letters.isupper() and len(letters) >= _LETTERS
        if capitals and generic and kind[:1].isupper() and said.startswith(letters[-1].lower()):
            return "part", 55, f"the last letter of “{short}” can stand for “{kind}”"
    return None


_LETTERS = 3
"""Capitals that can stand for a name whose last word is said alone."""


# --- side by side in the text


_CALLED = (
    r"(?:also |better |commonly |formerly |popularly |professionally |sometimes |then |originally |who is |which is )*"
    r"(?:known as|called|nicknamed|named|dubbed|styled|styli[sz]ed as|a\.k\.a\.|A\.K\.A\.|aka|AKA|alias|née|né"
    r"|born as|born|referred to (?:simply )?as|whose (?:real|birth|full) name (?:is|was)"
    r"|(?:real|birth|full|maiden) name(?: is| was)?|pen name|stage name|abbreviated as|abbreviated"
    r"|formerly|previously|short for|renamed|or simply"
    r"|also written|also spelled)"
)
"""What stands between two names of one bearer."""


class _Places:
    """Where forms stand side by side in a text."""

    def __init__(self, text: str, forms: Iterable[Form]) -> None:
        self._text = " ".join(text.split())
        self.forms = sorted(set(forms), key=lambda form: (form.id, form.count))
        self.near = near_pairs([form.text for form in self.forms], self._text)
        self._numbers = {form: number for number, form in enumerate(self.forms)}

    def beside(self, one: Form, other: Form) -> bool:
        """Whether the one stands as the other's title or apposition somewhere."""
        return any(
            self._has(pattern, one, other) for pattern in (*self._patterns(one, other), *self._patterns(other, one))
        )

    def bracketed(self, one: Form, other: Form) -> bool:
        """Whether the one follows the other in brackets."""
        a, b = re.escape(one.text), re.escape(other.text)
        return any(self._has(rf"\b{x} \( ?(?:the )?{y} ?\)", one, other) for x, y in ((a, b), (b, a)))

    def called(self, one: Form, other: Form) -> bool:
        """Whether the text says that the one is called by the other name ("..., better known as ...")."""
        a, b = re.escape(one.text), re.escape(other.text)
        called = rf" ?[,(]? ?(?:{_CALLED}) (?:the |“ |\" )?"
        return any(self._has(rf"\b{x}{called}{y}(?!\w)", one, other) for x, y in ((a, b), (b, a)))

    def _has(self, pattern: str, one: Form, other: Form) -> bool:
        """Whether a pattern fits where the two stand near each other."""
        pair = sorted((self._numbers[one], self._numbers[other]))
        for start, end in self.near.get((pair[0], pair[1]), ()):
            said = self._text[max(0, start - _BEFORE) : end + _AFTER]
            for match in re.finditer(pattern, said):
                before = said[: match.start()].rsplit(" ", 2)[-2:-1]
                if not before or folded(before[0]) not in _LONGER:
                    return True
        return False

    def _patterns(self, one: Form, other: Form) -> Iterator[str]:
        if not _titled(one) and not _titled(other):
            return
        a, b = re.escape(one.text), re.escape(other.text)
        if _titled(one):
            yield rf"\b{a} (?:, )?{b}(?!\w)"
            yield rf"\b{a} , (?:the |an? |then |former )?{b}(?= [,.;)]| who)"
        else:
            yield rf"\b{a} , (?:as |now |then |the |an? |former )*{b}(?!\w)"
            yield rf"\b{a} \( ?(?:the |an? )?{b} ?\)"
            verb = "(?:is|was|became|becomes|(?:[a-z]+ ){0,4}as|being)"
            yield rf"\b{a} {verb} (?:the |an? |appointed |elected |made )*{b}(?!\w)"


_BEFORE, _AFTER = 40, 10
"""Characters before and after two names near each other that tell how they stand."""

_LONGER = frozenset(("shadow", "vice", "deputy", "former", "assistant", "under", "acting", "lieutenant", "chief"))
"""Words before a title that make it another one."""
