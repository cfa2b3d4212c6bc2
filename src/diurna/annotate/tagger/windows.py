"""A text as windows of word pieces for the tagger's encoder, and what the span head reads around a cue."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Span = tuple[int, int]
Piece = tuple[int, int, int, int]  # word number, vocabulary id, first character, end
Ints = npt.NDArray[np.int64]

PLACES = 81  # 27 signed distances from the cue, times: in the cue's paragraph, before it, after it
FEATURES = 31  # 5 letter shapes x 3 quotation states x first word of a paragraph or not, and one for special tokens

PACKED = 256  # word pieces: paragraphs are packed together up to this length
LONGEST = 384  # word pieces: a paragraph longer than this is cut
REACH = 120  # words on either side of a cue that its span head may read
CHUNK = 4000  # characters given to the tokenizer at once
SHORT = 12  # words: a cue in a paragraph as short as this also reads the paragraph before

_PARAGRAPH = re.compile(r"[^\n]+")
_LONE = re.compile("[\ud800-\udfff]")  # halves of surrogate pairs: not text, but some decoders let them through
_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a part of a long one; `firsts[i]` is where word `i` begins among its word pieces, `ids`."""

    ids: tuple[int, ...]
    features: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[Span, ...]
    opens_quote: bool
    ends_colon: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Paragraphs encoded together; word `i` begins at `firsts[i]` in `ids` and stands in paragraph `homes[i]`."""

    ids: tuple[int, ...]
    features: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[Span, ...]
    homes: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]


# --- from text to windows


def _chunks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, begins a paragraph) of paragraphs, cut at spaces into pieces of at most CHUNK characters."""
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        begins = True
        while end - start > CHUNK:
            space = text.rfind(" ", start + CHUNK // 2, start + CHUNK)
            cut = space if space > 0 else start + CHUNK
            yield start, cut, begins
            start, begins = cut, False
        yield start, end, begins


def _shape(word: str) -> int:
    """Return 0 for no letters, 1 lower case, 2 capitalised, 3 capitals, 4 mixed."""
    if not any(c.isalpha() for c in word):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() else 4


def _quotation(words: Sequence[str]) -> list[int]:
    """Return for each word of a paragraph 0 outside quotation marks, 1 inside, 2 a mark."""
    inside, found = False, []
    for word in words:
        mark = len(word) == 1 and word in _OPENING + _CLOSING + _EITHER
        if mark:
            inside = word in _OPENING or (word in _EITHER and not inside)
        found.append(2 if mark else int(inside))
    return found


def _paragraph(text: str, words: Sequence[Sequence[Piece]], begins: bool) -> Paragraph:
    """Build a paragraph from its words, each the list of its pieces."""
    spans = [(word[0][2], word[-1][3]) for word in words]
    surface = [text[a:b] for a, b in spans]
    ids: list[int] = []
    features: list[int] = []
    firsts: list[int] = []
    for number, (word, state) in enumerate(zip(words, _quotation(surface), strict=True)):
        kind = _shape(surface[number]) * 6 + state * 2 + int(begins and number == 0)
        firsts.append(len(ids))
        ids += [piece[1] for piece in word]
        features += [kind] * len(word)
    opens = surface[0] in _OPENING + _EITHER
    return Paragraph(tuple(ids), tuple(features), tuple(firsts), tuple(spans), opens, surface[-1] == ":")


def _cut(words: Sequence[Sequence[Piece]]) -> Iterator[Sequence[Sequence[Piece]]]:
    """Cut a long paragraph's words into runs that fit a window."""
    run: list[Sequence[Piece]] = []
    length = 0
    for word in words:
        if run and length + len(word) > LONGEST - 2:
            yield run
            run, length = [], 0
        run.append(word[: LONGEST - 2])
        length += len(run[-1])
    if run:
        yield run


def paragraphs(text: str, tokenizer: Tokenizer) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text that have words, long ones in parts; their spans point into `text`."""
    for start, end, begins in _chunks(text):
        one = tokenizer.encode(_LONE.sub("?", text[start:end]), add_special_tokens=False)
        pieces = [
            (word, number, start + a, start + b)
            for word, number, (a, b) in zip(one.word_ids, one.ids, one.offsets, strict=True)
            if word is not None and b > a
        ]
        words = [list(group) for _, group in itertools.groupby(pieces, key=lambda piece: piece[0])]
        for number, run in enumerate(_cut(words)):
            yield _paragraph(text, run, begins and number == 0)


def window(members: Sequence[Paragraph], first: int, separator: int) -> Window:
    """Join paragraphs into one window: the first token, then each paragraph followed by the separator."""
    ids, features = [first], [FEATURES - 1]
    firsts: list[int] = []
    for paragraph in members:
        firsts += [len(ids) + i for i in paragraph.firsts]
        ids += [*paragraph.ids, separator]
        features += [*paragraph.features, FEATURES - 1]
    words = tuple(span for paragraph in members for span in paragraph.words)
    homes = tuple(number for number, paragraph in enumerate(members) for _ in paragraph.words)
    return Window(tuple(ids), tuple(features), tuple(firsts), words, homes, tuple(members))


def _length(group: Sequence[Paragraph]) -> int:
    return 1 + sum(len(one.ids) + 1 for one in group)


def pack(found: Iterable[Paragraph], limit: int = PACKED) -> Iterator[list[Paragraph]]:
    """Group consecutive paragraphs up to `limit` word pieces.

    A paragraph that ends with a colon moves over to the next one's group when there is room.
    """
    group: list[Paragraph] = []
    for paragraph in found:
        if not group or _length([*group, paragraph]) <= limit:
            group.append(paragraph)
            continue
        announced = len(group) > 1 and group[-1].ends_colon and _length([group[-1], paragraph]) <= limit
        carried = [group.pop()] if announced else []
        yield group
        group = [*carried, paragraph]
    if group:
        yield group


def windows(text: str, tokenizer: Tokenizer) -> Iterator[Window]:
    """Yield the windows of a text in order."""
    first, separator = tokenizer.token_to_id("[CLS]") or 0, tokenizer.token_to_id("[SEP]") or 0
    for group in pack(paragraphs(text, tokenizer)):
        yield window(group, first, separator)


# --- around a cue


def reach(one: Window, cue: Span) -> Span:
    """Return the words (first, end) that the span head reads for a cue, itself a run of words.

    They are the cue's paragraph, those that follow while they are quotations or a colon announces them, and the
    paragraph before when the cue's own is short or opens with a quotation mark.
    """
    first = last = one.homes[cue[0]]
    last = max(last, one.homes[cue[1] - 1])
    members = one.paragraphs
    while last + 1 < len(members) and (members[last + 1].opens_quote or members[last].ends_colon):
        last += 1
    if first > 0 and (len(members[first].words) <= SHORT or members[first].opens_quote):
        first -= 1
    low = next(i for i in range(len(one.homes)) if one.homes[i] == first)
    high = next(i for i in range(len(one.homes), 0, -1) if one.homes[i - 1] == last)
    return max(low, cue[0] - REACH), min(high, cue[1] + REACH)


def places(one: Window, cue: Span, low: int, high: int) -> Ints:
    """Return where the words from `low` to `high` stand as seen from the cue: 0 in the cue, else below PLACES."""
    at = np.arange(low, high)
    away = np.maximum(cue[0] - at, at - cue[1] + 1)
    steps = np.searchsorted([9, 12, 17, 25, 41], away, side="right") + 8
    bucket = np.where(away <= 8, away, steps)
    signed = np.where(at < cue[0], bucket, bucket + 13)
    signed = np.where(away <= 0, 0, signed)
    homes = np.asarray(one.homes[low:high])
    return np.asarray(signed + 27 * (homes < one.homes[cue[0]]) + 54 * (homes > one.homes[cue[1] - 1]), dtype=np.int64)
