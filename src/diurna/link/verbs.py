"""The verb of a clause, what denies it, and what it is done to."""

from __future__ import annotations

import re

from diurna.link.deeds import deeds, thing_key, verb_of_phrase
from diurna.link.matters import stem
from diurna.link.tellingwords import telling_words
from diurna.link.wording import Sign, Term, Wording

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*|[;:.!?]")


_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "am", "still", "yet", "never", "not"))


_OBJECT = 9
"""Words after the verb in which the thing is named."""


def first_word(words: Wording, place: int) -> str:
    """The word that begins at a place; "" where none does."""
    found = WORD.match(words.text, place)
    return found.group() if found else ""


def object_of(words: Wording, start: int, end: int, things: frozenset[str]) -> frozenset[str]:
    """Keys of the first phrase from `start` on that names one of `things`; it ends at a preposition."""
    found: set[str] = set()
    named = False
    by_start = {t.start: t for t in words.terms}
    for token in _TOKEN.finditer(words.text, start, end):
        word = token.group().lower()
        if start and word in ("and", "or"):
            break
        ends = word in telling_words().prepositions or word in ("and", "or", "that", "which", "who")
        if word in _MEASURED and found & deeds().measure and (word == "of" or found & _SHARES):
            found.clear()
            continue
        if (found and (ends or not word[0].isalnum())) or (named and ends and not found):
            break
        if word in (";", ":", ".", "!", "?"):
            break
        term = by_start.get(token.start())
        named = named or (term is not None and term.kind == "name" and start > 0)
        if term and thing_key(term.key) in things:
            found.add(thing_key(term.key))
    return frozenset(found)


_MEASURED = ("of", "in")
_SHARES = frozenset(stem(word) for word in ("stake", "share", "holding"))
"""Measures of what stands behind their "in" ("a majority stake in the railway")."""
_BEGUN = re.compile(
    r"\W*(?:(?:has|have|had|will|would)\s+(?:not\s+)?)?voted?\s+(?:\w+ly\s+)?to\s+|\W*(?:has|have|had)\s+no\s+(?:intention|plans?)\s+(?:of|to)\s+|"
    r"\W*(?:have|has|had)\s+(?:no\s+(?:other\s+)?(?:choice|option|alternative)|little\s+choice)\s+but\s+to\s+"
    r"|\W*(?:\w+\s+)?(?:begun|began|begins?|beginning|start(?:s|ed)?)\s+(?:to\s+|(?=\w+ing\b))"
)
"""A step into a deed is named after the deed."""


_AFTER_ALL = re.compile(r"\W*(?:(?:will|would|shall|to|has|have|had|did|is|are)\s+)?after all\s+", re.IGNORECASE)


_TO = re.compile(r"\w+\s+(?:\w+\s+){0,2}?to\b")


_NOT_ONLY = re.compile(
    r"\w+\s+(?:only|just|merely|simply|long|yet)\b"
    r"|no\s+(?:other\s+)?(?:choice|option|alternative)\b|little\s+choice\b"
    r"|\w+\s+(?:an?|one)\s+\w+\s+(?:later|longer|more|less|earlier|sooner)\b"
    r"|\w+\s+(?:been\s+)?(?!more\s+\w+\s+(?:will|would|shall|can|must)\b)(?:more|less|better|greater|closer|stronger|higher|lower|worse|doubt)\b",
    re.IGNORECASE,
)
"""A "not" or "no" that denies no deed."""


_NOTHING_MORE = re.compile(r"not\W*$", re.IGNORECASE)
"""A "not" before a time that was blanked out ("not a day later")."""


_PRONE = frozenset(("reject", "oppos", "declin", "fail", "prevent", "avoid", "refus", "den", "deni"))


def rejecting(words: Wording, start: int, end: int) -> int | None:
    """Where a clause's own verb turns a noun down ("rejected the proposal"), which denies no deed."""
    for sign in words.signs:
        if sign.kind == "negation" and start <= sign.start < min(end, start + 25):
            token = first_word(words, sign.start).lower()
            if stem(token) in _PRONE and not _TO.match(words.text, sign.start):
                return sign.start + len(token)
    return None


def governs(words: Wording, place: int, sign: Sign) -> bool:
    """Whether a negation behind the verb stands right at it ("share no herring", "free not a single prisoner")."""
    between = WORD.findall(words.text[place : sign.start])
    return len(between) <= 2


def way_of_sign(sign: Sign | None) -> int:
    """-1 for a sign that turns a thing down or off, +1 for one that keeps or starts it, 0 for none."""
    if sign is None:
        return 0
    return -1 if sign.turns else 1


def negations_of(words: Wording, end: int) -> list[Sign]:
    """The negations of a clause; "neither ... nor" is one."""
    found: list[Sign] = []
    for sign in words.signs:
        if sign.kind == "negation" and sign.start < end:
            if _NOT_ONLY.match(words.text, sign.start) or _NOTHING_MORE.match(words.text, sign.start):
                continue
            if (
                found
                and sign.index - found[-1].index <= 5
                and any(i in words.joins for i in range(found[-1].index + 1, sign.index + 1))
            ):
                continue
            found.append(sign)
    return found


_IS_STATE = re.compile(
    r"\W*(?:(?:has|have|had|will|would|shall|to|now|finally|is|are|was|were|be|been)\s+)*(?:is|are|was|were|be|been)\s+"
    r"(?:now\s+|finally\s+|all\s+|already\s+)?"
    r"(?P<state>out of|over\b(?=\s*(?:[,;.]|$|within|by|before|in\b|on\b))|free of|clear of)"
)
"""A state that tells a deed: to be out of a town is to have left it."""
_STATES = {"out of": "be out of", "over": "be over", "free of": "clear", "clear of": "clear"}
_HAVE = re.compile(
    r"\W*(?:(?:will|would|shall|to|should|must)\s+)?(?:have|has|had)\s+(?:again\s+)?"
    r"(?P<next>(?!not\b|nothing\b|anything\b|no\b|yet\b|to\b|never\b|also\b|since\b|already\b|so\b|been\b|now\b|still\b|just\b|only\b|little\b|\w+ly\b)[a-z]+)"
)


def _has_thing(words: Wording, start: int, end: int) -> int | None:
    """Where "have" is a clause's own verb ("would have clean water"), and no auxiliary."""
    found = _HAVE.match(words.text, start, end)
    if found is None:
        return None
    low = found["next"]
    participle = low in telling_words().verbs or low.endswith(("ed", "en", "wn")) or low in _PARTICIPLES
    return None if participle else found.start("next")


_PARTICIPLES = frozenset(
    (
        "done",
        "gone",
        "come",
        "become",
        "begun",
        "run",
        "sung",
        "sunk",
        "swum",
        "won",
        "worn",
        "torn",
        "born",
        "shown",
        "seen",
        "stood",
        "understood",
        "read",
        "overcome",
        "undergone",
        "withdrawn",
        "drawn",
        "thrown",
        "flown",
        "grown",
        "known",
        "blown",
        "laid",
    )
)


def own_verb(words: Wording, start: int, end: int) -> tuple[str, Sign | None, int]:
    """Key, sign and place of the first word that tells what is done, from `start` on."""
    state, thing = _IS_STATE.match(words.text, start, end), _has_thing(words, start, end)
    if state:
        return " ".join(map(stem, _STATES[state["state"]].split())), None, state.start("state")
    if thing is not None:
        return stem("have"), None, thing - 1
    signs = {s.start: s for s in words.signs if s.kind != "negation"}
    begun = _AFTER_ALL.match(words.text, start) or _BEGUN.match(words.text, start)
    start = begun.end() if begun else start
    return _common_verb(words, start, end, signs) or _first_term(words, start, end, signs)


def _common_verb(words: Wording, start: int, end: int, signs: dict[int, Sign]) -> tuple[str, Sign | None, int] | None:
    """An everyday verb, or the first word of a listed phrase, right behind the auxiliaries; None where none stands."""
    for token in WORD.finditer(words.text, start, end):
        low = token.group().lower()
        if low in telling_words().light and token.start() not in signs:
            return telling_words().light[low], None, token.start()
        if token.start() not in signs and verb_of_phrase(words.text, token.start(), end, stem(low)):
            return stem(low), None, token.start()
        if low not in telling_words().auxiliary and low not in _BE:
            return None
    return None


def _first_term(words: Wording, start: int, end: int, signs: dict[int, Sign]) -> tuple[str, Sign | None, int]:
    """The first word that tells a matter, or a lone sign before it."""
    terms = [t for t in words.terms if start <= t.start < end and t.kind in ("thing", "word", "sign", "common")]
    first = next((t for t in terms if t.key not in _skipped()), None)
    lone = min((s.start for s in signs.values() if start <= s.start < end), default=None)
    if lone is not None and (first is None or lone < first.start):
        found = WORD.match(words.text, lone)
        return stem(found.group().lower()) if found else "", signs[lone], lone
    if first is None:
        return "", None, end
    return first.key, signs.get(first.start), first.start


def _skipped() -> frozenset[str]:
    return telling_words().adverbs


def things_in(words: Wording, start: int, end: int, after: int) -> frozenset[str]:
    """Keys of what is named from `start` to a few words after `after`."""
    tokens = list(WORD.finditer(words.text, after, end))
    stop = next((m.start() for m in tokens[1:] if not m.group()[0].isalnum()), end)
    reach = tokens[_OBJECT].start() if len(tokens) > _OBJECT else end
    limit = min(stop, reach)
    return frozenset(
        thing_key(t.key)
        for t in words.terms
        if start <= t.start < limit and t.start != after and t.kind in ("thing", "word", "common") and _noun(t)
    )


_TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*|[;:.!?,]")


def _noun(term: Term) -> bool:
    return term.key not in telling_words().loose_keys
