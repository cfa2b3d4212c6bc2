"""Datelines: the place, day and agency a report opens with, at the head of a paragraph or on a line of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diurna.sources.rules import BlockRules, plain

_LONGEST = 110
"""Characters a dateline has at most; agencies' longest, with two places, a day and a name, come near 90."""

_MARK = re.compile(r"\s?(?:--+|[—–―‒])\s?|\s?-\s|:\s|(?<=\w)/(?=[\s.])|\)(?=\s)")
_DASH_AFTER = re.compile(r"\s?(?:--+|[—–―‒:]|-(?=\s))|\.(?=\s)")
_BRACKETS = re.compile(r"\(([^()]{2,40})\)|/([A-Z][\w .&-]{1,30})/")
_DATE_TOKEN = re.compile(r"\d{1,2}(?:st|nd|rd|th)?|\d{4}|\d{1,2}[:.]\d{2}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_WEEKDAY_DATE = re.compile(
    r"(?P<weekday>[A-Za-z]{3,9}),? (?:(?P<month>[A-Za-z]{3,9})\.? \d{1,2}|\d{1,2} (?P<month2>[A-Za-z]{3,9})),? \d{4}"
)
_SMALL_WORDS = frozenset({"and", "of", "de", "la", "al", "the", "du", "el", "upon"})
_CLOSERS = frozenset({")", "/"})
"""Marks that end an agency's name where no dash follows: "(Reuters) The", "/TASS/. The"."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before a dateline's mark, taken apart."""

    place: str
    agency: str | None
    dated: bool


def dateline_length(text: str, rules: BlockRules, *, opening: bool) -> int:
    """How many characters of the paragraph `text` are its dateline, its dash included; 0 when it has none.

    Args:
        opening: whether the paragraph is the first of the story, where a bare "GENEVA —" is believed.
    """
    dated = _leading_date(text[: _LONGEST + 1], rules)
    if not dated:
        return _leading_place(text[: _LONGEST + 1], rules, opening=opening)
    rest = dated + len(text[dated:]) - len(text[dated:].lstrip())
    more = _leading_place(text[rest : rest + _LONGEST + 1], rules, opening=True)
    return rest + more if more else dated


def is_date_line(text: str, rules: BlockRules) -> bool:
    """Whether `text` holds a date or a time of day and nothing else ("Friday, May 8, 2009", "Updated 3 June")."""
    if len(text) > _LONGEST or not any(c.isdigit() for c in text):
        return False
    words = [word for part in re.split(r"[\s,|:–—]+", plain(text)) if (word := part.strip(".,;()[]|"))]
    known = [word for word in words if word in rules.date_words or word in rules.months or word in rules.weekdays]
    odd = [word for word in words if word not in known and not _DATE_TOKEN.fullmatch(word)]
    if len(odd) > 1 or (
        odd and (len(known) < 2 or not (odd[0].isalpha() and len(odd[0]) <= 4 and odd[0].upper() in text))
    ):
        return False  # one odd word may be a time zone nobody listed
    return bool(known) or any(len(word) > 5 for word in words)


def is_place_line(text: str, rules: BlockRules) -> bool:
    """Whether `text` is a dateline without a story behind it ("Washington, D.C.", "BAGHDAD, Dec. 28 (Reuters)")."""
    if len(text) > _LONGEST:
        return False
    bare = text.rstrip(" -–—:")
    if bare and _is_dateline(bare, "—", rules, opening=False) and not (bare[-1] == "." and len(bare.split()) > 6):
        return True
    return text[0].isupper() and len(text) < 50 and len(text.split()) < 7 and _parts(plain(text))[0] in rules.cities


def _leading_date(head: str, rules: BlockRules) -> int:
    """The length of a full date with its weekday that opens `head`, else 0."""
    match = _WEEKDAY_DATE.match(head)
    if not match or match["weekday"].lower() not in rules.weekdays:
        return 0
    if (match["month"] or match["month2"]).lower() not in rules.months:
        return 0
    rest = head[match.end() :].lstrip()
    return 0 if rest and (rest[0].islower() or rest[0] in ",.;)") else match.end()


def _leading_place(head: str, rules: BlockRules, *, opening: bool) -> int:
    for match in _MARK.finditer(head):
        mark = match.group().strip()
        end = match.end()
        before = head[:end] if mark in _CLOSERS else head[: match.start()]
        if _is_dateline(before, match.group(), rules, opening=opening) and not _runs_on(head, end):
            dash = _DASH_AFTER.match(head, end) if mark in _CLOSERS else None
            return dash.end() if dash else len(head[:end].rstrip())
    return 0


def _runs_on(head: str, end: int) -> bool:
    """Whether what follows the mark goes on in the middle of a sentence ("NATO — the alliance — said")."""
    after = head[end:].lstrip()
    return bool(after) and after[0].islower()


def _is_dateline(head: str, mark: str, rules: BlockRules, *, opening: bool) -> bool:
    """Whether `head`, the characters before `mark`, names a place, with or without a day and an agency."""
    parts = _apart(head, rules)
    spaced, mark = mark[0].isspace(), mark.strip()
    words = plain(parts.place)
    if not words:
        return parts.agency is not None and mark not in _CLOSERS and _is_source(parts.agency, rules)
    if words in rules.agencies:
        return mark not in {*_CLOSERS, ":"}
    if words in rules.not_places or not _is_place(parts.place, rules):
        return False
    known = any(part in rules.cities for part in _parts(words))
    capitals = _in_capitals(parts.place)
    if parts.agency:
        named = _is_source(parts.agency, rules)
        return (capitals or known) and named if mark in {*_CLOSERS, ":"} else capitals or known or named
    if mark in _CLOSERS or not (known or capitals):
        return False
    bare = opening and mark != ":" and (spaced or "," in parts.place)
    return parts.dated or bare or (known and (opening or (capitals and mark != ":")))


def _apart(head: str, rules: BlockRules) -> _Head:
    bracket = _BRACKETS.search(head)
    outside = head[: bracket.start()] + head[bracket.end() :] if bracket else head
    words = outside.split()
    kept = len(words)
    while kept and _is_date_word(words[kept - 1], rules):
        kept -= 1
    dated = any(len(bare) > 3 or bare.isalpha() for word in words[kept:] if (bare := word.strip(".,;/()")))
    return _Head(" ".join(words[:kept]).strip(" ,;./"), (bracket[1] or bracket[2]) if bracket else None, dated)


def _is_date_word(word: str, rules: BlockRules) -> bool:
    bare = word.strip(".,;/()").lower()
    return not bare or bare in rules.months or bare in rules.weekdays or _DATE_TOKEN.fullmatch(bare) is not None


def _parts(words: str) -> list[str]:
    return [part.strip(" .") for part in re.split(r"[,/;]| and ", words)]


def _is_place(place: str, rules: BlockRules) -> bool:
    """Whether every word of `place` could be part of a place's name, and there are few."""
    words = place.split()
    if len(words) > 7 or not place[0].isupper() or ":" in place:
        return False
    return all(_could_be_name(word) and word.strip(".,").lower() not in rules.not_place_words for word in words)


def _could_be_name(word: str) -> bool:
    return word[0].isupper() or word.lower() in _SMALL_WORDS or word.startswith(("al-", "el-", "/", "&"))


def _in_capitals(place: str) -> bool:
    """Whether the first name of `place` is in capital letters and long enough to be one."""
    letters = [c for c in re.split(r"[,/]", place)[0] if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def _is_source(agency: str, rules: BlockRules) -> bool:
    """Whether what stands in the brackets is an agency, or a city with nothing before it ("(Beirut) –")."""
    return any(part in rules.cities or part in rules.agencies for part in (plain(agency), *_parts(plain(agency))))
