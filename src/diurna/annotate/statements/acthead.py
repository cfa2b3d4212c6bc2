"""A small learned head that looks again at what is done by saying something, from the statement tagger's encoding.

    words of speaker, cue and content, as a middle layer of the encoder has them -> a dense layer -> attention pooling
    and the means over the three parts; beside it, what the rules made of the statement -> the 17 acts

It has about 52,000 numbers and runs in numpy. It only ever overrules the act of a statement that is there (`react`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import get_args

import numpy as np
import numpy.typing as npt

from diurna.annotate.tagger.decoding import Floats
from diurna.annotate.tagger.dense import gelu, softmax
from diurna.annotate.tagger.tagger import Encoded
from diurna.errors import MissingPartError
from diurna.model.annotation import StatementDraft
from diurna.model.record import Act
from diurna.model.span import Span

Ints = npt.NDArray[np.int64]

ACTS: tuple[Act, ...] = tuple(sorted(get_args(Act)))
FILES = ("head.npz", "config.json")
NAME = "+act-head"
"""Added to the rule's name of a statement whose act the head changed."""

CONTEXT, SPEAKER, CUE, CONTENT = range(4)
BESIDE = 6
"""Words on either side of the cue that are read as well."""
SPEAKER_WORDS, CONTENT_WORDS, LONGEST = 12, 40, 64
STEPS = (1, 2, 3, 4, 6, 9, 14, 22, 40)
"""Where the distances in words from the cue are cut into buckets, either side of it."""
PLACES = 2 * len(STEPS) + 3

_RULES = (
    "verb:that", "verb:obj", "verb:inf", "verb:as", "verb:call", "verb:for", "verb:of", "verb:raise", "quote:after",
    "quote:before", "quote:mixed", "according", "aside:", "noun", "headline", "tagger:verb", "tagger:noun",
    "tagger:other", "objinf", "hearsay", "adjective",
)  # fmt: skip
"""What the name of a statement's rule may hold."""


PLAIN = frozenset({"assert"})
"""Acts the rules give where neither cue nor content names one; an act that is named ("promised that") stands."""
_NEGATIVE = ("deny", "refuse")


@dataclass(frozen=True, slots=True)
class Marked:
    """What the head reads of one statement: states (words, width), marks and places (words,), traits (traits,)."""

    states: Floats
    marks: Ints
    places: Ints
    traits: Floats


def traits(draft: StatementDraft) -> Floats:
    """What the rules made of a statement, as ones and noughts; the first of them name its act."""
    stance = draft.stance
    told = [
        *(stance.act == act for act in ACTS),
        *(name in draft.rule for name in _RULES),
        *(draft.manner == manner for manner in ("direct", "indirect", "mixed")),
        stance.polarity == "negative",
        *(stance.certainty == sure for sure in ("probable", "possible", "unknown")),
        draft.form == "clause",
        draft.parent is not None,
    ]
    return np.asarray(told, dtype=np.float32)


class Words:
    """The words of a report, all windows one after another, with their states."""

    def __init__(self, encoded: Sequence[Encoded]) -> None:
        self.starts = np.asarray([start for one in encoded for start, _ in one.words], dtype=np.int64)
        self.ends = np.asarray([end for one in encoded for _, end in one.words], dtype=np.int64)
        self._states = [one.states for one in encoded]
        self._firsts = np.cumsum([0, *(len(one.words) for one in encoded)])

    def touched(self, spans: Sequence[Span]) -> list[int]:
        """The numbers of the words that share a character with one of the spans, in text order."""
        found = [(self.starts < span.end) & (self.ends > span.start) for span in spans]
        return [int(i) for i in np.flatnonzero(np.logical_or.reduce(found))] if found else []

    def states(self, numbers: Sequence[int]) -> Floats:
        """The states of some words (words, width)."""
        windows = np.searchsorted(self._firsts, numbers, side="right") - 1
        rows = [self._states[w][i - self._firsts[w]] for w, i in zip(windows, numbers, strict=True)]
        return np.asarray(rows, dtype=np.float32)

    def __len__(self) -> int:
        return len(self.starts)


def mark(words: Words, draft: StatementDraft) -> Marked | None:
    """A statement's words, marked; None where none of its content is encoded."""
    content = words.touched(draft.content)
    if not content:
        return None
    cue = words.touched(draft.cue)
    marks = dict.fromkeys(content[: 2 * CONTENT_WORDS], CONTENT)
    marks |= dict.fromkeys(words.touched([draft.speaker] if draft.speaker else []), SPEAKER)
    marks |= dict.fromkeys(cue, CUE)
    anchor = cue or content[:1]
    for i in range(max(0, anchor[0] - BESIDE), min(len(words), anchor[-1] + BESIDE + 1)):
        marks.setdefault(i, CONTEXT)
    numbers = sorted(marks)
    kinds = np.asarray([marks[i] for i in numbers], dtype=np.int64)
    read = _read(kinds)
    return Marked(words.states([numbers[i] for i in read]), kinds[read], _places(kinds)[read], traits(draft))


def _read(kinds: Ints) -> list[int]:
    """The first words of a long speaker and a long content, with all that is not theirs, as many as are read."""
    spoken, said = np.flatnonzero(kinds == SPEAKER), np.flatnonzero(kinds == CONTENT)
    left = set(chain(spoken[SPEAKER_WORDS:].tolist(), said[CONTENT_WORDS:].tolist()))
    return [i for i in range(len(kinds)) if i not in left][:LONGEST]


def _places(kinds: Ints) -> Ints:
    """Where each marked word stands from the cue, or from the content's first word: 0 in it, then buckets."""
    cue = np.flatnonzero(kinds == CUE)
    if not len(cue):
        cue = np.flatnonzero(kinds == CONTENT)[:1]
    at = np.arange(len(kinds))
    first, last = cue.min(), cue.max()
    away = np.where(at < first, first - at, np.where(at > last, at - last, 0))
    bucket = np.searchsorted(STEPS, away, side="right")
    return np.asarray(np.where(away == 0, 0, np.where(at < first, bucket, bucket + len(STEPS))), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Options:
    """When the head's act stands against the rules': its own share at least `sure`, theirs at most `unsure`."""

    sure: float
    unsure: float


class ActHead:
    """The trained head. The same words give the same shares on every run."""

    def __init__(self, folder: Path) -> None:
        """Load the head from `folder`; raises MissingPartError where a file of it is missing."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise MissingPartError(f"{folder}: no {', '.join(missing)}; train it, or use --engine rules")
        with np.load(folder / "head.npz") as file:
            self._weights = {name: file[name].astype(np.float32) for name in file.files}
        row = json.loads((folder / "config.json").read_text(encoding="utf8"))
        self.options = Options(row["sure"], row["unsure"])

    def shares(self, one: Marked) -> Floats:
        """The probability of each of ACTS."""
        w = self._weights
        hidden = one.states @ w["proj.weight"].T + w["proj.bias"] + w["mark.weight"][one.marks]
        hidden = gelu(hidden + w["place.weight"][one.places])
        attention = softmax(hidden @ w["att.weight"].T + w["att.bias"], axis=0)
        pooled = [(attention.T @ hidden).reshape(-1)]
        for number in (SPEAKER, CUE, CONTENT):
            chosen = hidden[one.marks == number]
            pooled.append(chosen.mean(axis=0) if len(chosen) else np.zeros(hidden.shape[1], dtype=np.float32))
        scores = np.concatenate(pooled) @ w["out.weight"].T + w["out.bias"]
        return softmax(scores + one.traits @ w["fo.weight"].T + w["fo.bias"], axis=0)


def react(drafts: Sequence[StatementDraft], encoded: Sequence[Encoded], head: ActHead) -> list[StatementDraft]:
    """The statements with the act the head is sure of where it does not believe the rules'.

    Args:
        encoded: the report's windows in text order.
    """
    words = Words(encoded)
    return [_decided(draft, words, head) for draft in drafts]


def _decided(draft: StatementDraft, words: Words, head: ActHead) -> StatementDraft:
    marked = mark(words, draft) if draft.stance.act in PLAIN else None
    if marked is None:
        return draft
    shares = head.shares(marked)
    best, own = int(shares.argmax()), ACTS.index(draft.stance.act)
    if best == own or shares[best] < head.options.sure or shares[own] > head.options.unsure:
        return draft
    polarity = "negative" if ACTS[best] in _NEGATIVE else draft.stance.polarity
    return replace(draft, stance=replace(draft.stance, act=ACTS[best], polarity=polarity), rule=draft.rule + NAME)
