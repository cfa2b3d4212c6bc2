"""A small learned head that says of which type a deed is, from the encoding the statement tagger makes anyway.

    words of the sentence, as a middle layer of the encoder has them, with trigger, actor and recipient marked
    -> a dense layer -> attention pooling and the means over the marked words -> the 16 PLOVER types

It has about 73,000 numbers and runs in numpy. It only ever looks again at deeds the rules found (`retype`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import numpy as np
import numpy.typing as npt

from diurna.annotate.tagger.dense import gelu, softmax
from diurna.annotate.tagger.tagger import Encoded
from diurna.errors import MissingPartError
from diurna.model.annotation import EventDraft
from diurna.model.record import EventType
from diurna.model.span import Span

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

TYPES: tuple[EventType, ...] = tuple(sorted(get_args(EventType)))
FILES = ("head.npz", "config.json")
LONGEST = 48
"""Words of the sentence that are read, those round the marked ones."""
BEFORE = 12
"""Words before the first marked one that are read."""
MARKS = 4
"""Marks of a word: none, actor, recipient, trigger."""
STEPS = (1, 2, 3, 4, 6, 9, 14, 22)
"""Where the distances in words from a marked span are cut into buckets, either side of it."""
PLACES = 2 * len(STEPS) + 3


@dataclass(frozen=True, slots=True)
class Marked:
    """What the head reads of one deed: states (words, width), marks (words,), places (words, 3)."""

    states: Floats
    marks: Ints
    places: Ints


def mark(
    encoded: Encoded, sentence: Span, trigger: Span | None, actors: Sequence[Span], recipients: Sequence[Span]
) -> Marked | None:
    """The words of `sentence` marked for one deed; None where none of them is encoded or no party is marked."""
    inside = [i for i, (start, end) in enumerate(encoded.words) if start < sentence.end and end > sentence.start]
    if not inside:
        return None
    spans = [encoded.words[i] for i in inside]
    sides = [_touched(spans, actors), _touched(spans, recipients), _touched(spans, [trigger] if trigger else [])]
    marked = sorted({i for side in sides for i in side})
    if not marked:
        return None
    low = max(0, min(marked[0] - BEFORE, len(spans) - LONGEST))
    high = min(len(spans), low + LONGEST)
    marks = np.zeros(high - low, dtype=np.int64)
    for number, side in enumerate(sides, start=1):
        marks[[i - low for i in side if low <= i < high]] = number
    places = np.stack([_places(side, low, high) for side in sides], axis=1)
    return Marked(encoded.states[inside[low:high]].astype(np.float32), marks, places)


def _touched(words: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[int]:
    return [i for i, (start, end) in enumerate(words) if any(start < s.end and end > s.start for s in spans)]


def _places(side: Sequence[int], low: int, high: int) -> Ints:
    """Where each word stands from a side: 0 in it, then buckets before and after it; the last where there is none."""
    at = np.arange(low, high)
    if not side:
        return np.full(len(at), PLACES - 1, dtype=np.int64)
    first, last = min(side), max(side)
    away = np.where(at < first, first - at, np.where(at > last, at - last, 0))
    bucket = np.searchsorted(STEPS, away, side="right")
    return np.asarray(np.where(away == 0, 0, np.where(at < first, bucket, bucket + len(STEPS) + 1)), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Options:
    """When the head's type stands against the rules': its own share at least `sure`, theirs at most `unsure`."""

    sure: float = 0.9
    unsure: float = 0.02


class TypeHead:
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
        """The probability of each of TYPES."""
        w = self._weights
        hidden = _norm(one.states, w["norm.weight"], w["norm.bias"]) @ w["proj.weight"].T + w["proj.bias"]
        hidden = hidden + w["mark.weight"][one.marks]
        for side, name in enumerate(("actor", "recipient", "trigger")):
            hidden = hidden + w[f"{name}.weight"][one.places[:, side]]
        hidden = gelu(hidden)
        attention = softmax(hidden @ w["attend.weight"].T + w["attend.bias"], axis=0)
        pooled = [(attention.T @ hidden).reshape(-1)]
        for number in range(1, MARKS):
            chosen = hidden[one.marks == number]
            pooled.append(chosen.mean(axis=0) if len(chosen) else np.zeros(hidden.shape[1], dtype=np.float32))
        scores = np.concatenate(pooled) @ w["out.weight"].T + w["out.bias"]
        return np.asarray(softmax(scores, axis=0), dtype=np.float32)


def _norm(states: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = states - states.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5) * weight + bias)


def retype(
    drafts: Sequence[EventDraft], encoded: Sequence[Encoded], sentences: Sequence[Span], head: TypeHead
) -> list[EventDraft]:
    """The deeds with the type the head is sure of where it does not believe the rules'.

    Args:
        encoded: the report's windows in text order.
        sentences: the sentence of each draft's trigger.
    """
    found = []
    for draft, sentence in zip(drafts, sentences, strict=True):
        window = next((one for one in encoded if _holds(one, draft.trigger)), None) if draft.recipients else None
        marked = None if window is None else mark(window, sentence, draft.trigger, draft.actors, draft.recipients)
        found.append(draft if marked is None else _decide(draft, head.shares(marked), head.options))
    return found


def _holds(one: Encoded, span: Span) -> bool:
    return bool(one.words) and one.words[0][0] <= span.start and span.end <= one.words[-1][1]


def _decide(draft: EventDraft, shares: Floats, options: Options) -> EventDraft:
    best = int(shares.argmax())
    own = TYPES.index(draft.type)
    if best == own or shares[best] < options.sure or shares[own] > options.unsure:
        return draft
    return replace(draft, type=TYPES[best], mode=None, cameo=None, rule="event:type-head")
