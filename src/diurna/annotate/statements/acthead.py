"""A small learned network that looks again at what is done by saying something.

    word pieces of speaker, cue, content and what stands beside -> the vocabulary's rows, which the statement tagger has
    looked up already -> a few layers of a transformer -> the means over the three parts; beside it, what the rules made
    of the statement -> the 17 acts

It is one ONNX graph (`acts.onnx`), made by `training/acts/`. It only ever overrules the act of a statement that is
there (`react`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import numpy as np
import numpy.typing as npt

from diurna.annotate.tagger.decoding import Floats
from diurna.annotate.tagger.dense import softmax
from diurna.annotate.tagger.tagger import Encoded
from diurna.errors import MissingPartError
from diurna.model.annotation import StatementDraft
from diurna.model.record import Act
from diurna.model.span import Span

Ints = npt.NDArray[np.int64]

ACTS: tuple[Act, ...] = tuple(sorted(get_args(Act)))
FILES = ("acts.onnx", "config.json")
NAME = "+act-head"
"""Added to the rule's name of a statement whose act the network changed."""

CONTEXT, SPEAKER, CUE, CONTENT = range(4)
BEFORE, BESIDE = 8, 6
"""Words before the statement, and on either side of the cue, that are read as well."""
SPEAKER_WORDS, FIRST_WORDS, LAST_WORDS = 8, 32, 6
"""Words read of a speaker, of a content from its beginning, and from the end of what is left."""
LONGEST = 72
"""Word pieces that are read at most, the one for the whole among them."""

_RULES = (
    "verb:that", "verb:obj", "verb:inf", "verb:as", "verb:call", "verb:for", "verb:of", "verb:raise", "quote:after",
    "quote:before", "quote:mixed", "according", "aside:", "noun", "headline", "tagger:verb", "tagger:noun",
    "tagger:other", "objinf", "hearsay", "adjective", "tagger:doubtful",
)  # fmt: skip
"""What the name of a statement's rule may hold."""


_NEGATIVE = ("deny", "refuse")
_KEPT = frozenset({("refuse", "promise"), ("refuse", "announce"), ("refuse", "propose"), ("refuse", "demand")})
"""The rules' act and the network's, where the rules' stays: one small word tells "we will not talk" from "we will"."""


_NAMED: dict[str, Act] = {
    "accuse": "accuse", "admit": "admit", "blame": "accuse", "condemn": "condemn", "decline": "refuse",
    "demand": "demand", "denounce": "condemn", "pledge": "promise", "promise": "promise", "refuse": "refuse",
    "swear": "promise", "threaten": "threaten", "urge": "demand", "vow": "promise", "warn": "warn",
}  # fmt: skip
"""Verbs that do by name what readers took them for in 97 or more of 100 marks (`swear` as `vow`).

The rules' act stays where it is theirs.
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """What is read of one statement: the numbers of its word pieces among all of the report, and their marks.

    Piece 0 stands for the whole; `marks` (pieces,), `traits` (traits,).
    """

    pieces: Ints
    marks: Ints
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
    """The words of a report, all windows one after another, with their pieces."""

    def __init__(self, encoded: Sequence[Encoded]) -> None:
        self.starts = np.asarray([start for one in encoded for start, _ in one.words], dtype=np.int64)
        self.ends = np.asarray([end for one in encoded for _, end in one.words], dtype=np.int64)
        self.ids = np.asarray([piece for one in encoded for piece in one.ids], dtype=np.int64)
        rows = [one.embedded for one in encoded if one.embedded is not None]
        self._table = np.concatenate(rows) if rows else np.zeros((0, 0), dtype=np.float16)
        firsts, lasts, before = [], [], 0
        for one in encoded:
            firsts += [before + first for first in one.firsts]
            ends = [*one.firsts[1:], len(one.ids)] if one.firsts else []
            lasts += [before + end for end in ends]
            before += len(one.ids)
        self._firsts, self._lasts = firsts, lasts

    def touched(self, spans: Sequence[Span]) -> list[int]:
        """The numbers of the words that share a character with one of the spans, in text order."""
        found = [(self.starts < span.end) & (self.ends > span.start) for span in spans]
        return [int(i) for i in np.flatnonzero(np.logical_or.reduce(found))] if found else []

    def pieces(self, word: int) -> range:
        """The numbers of a word's pieces, with a separator that follows it."""
        return range(self._firsts[word], self._lasts[word])

    def embedded(self, pieces: Ints) -> Floats:
        """The vocabulary's rows of some pieces (pieces, width)."""
        return np.asarray(self._table[pieces], dtype=np.float32)

    def __len__(self) -> int:
        return len(self.starts)


def mark(words: Words, draft: StatementDraft) -> Marked | None:
    """A statement's word pieces, marked; None where none of its content is encoded."""
    content = words.touched(draft.content)
    if not content:
        return None
    cue = words.touched(draft.cue)
    speaker = words.touched([draft.speaker] if draft.speaker else [])[:SPEAKER_WORDS]
    kept = [*content[:FIRST_WORDS], *content[FIRST_WORDS:][-LAST_WORDS:]]
    marks = dict.fromkeys(kept, CONTENT) | dict.fromkeys(speaker, SPEAKER) | dict.fromkeys(cue, CUE)
    left = set(content) - set(kept)
    first, anchor = min(marks), cue or content[:1]
    beside = [*range(first - BEFORE, first), *range(anchor[0] - BESIDE, anchor[-1] + BESIDE + 1)]
    for i in beside:
        if 0 <= i < len(words) and i not in left:
            marks.setdefault(i, CONTEXT)
    pieces, kinds = [0], [CONTEXT]
    for word in sorted(marks):
        told = words.pieces(word)
        pieces += told
        kinds += [marks[word]] * len(told)
    return Marked(np.asarray(pieces[:LONGEST]), np.asarray(kinds[:LONGEST]), traits(draft))


@dataclass(frozen=True, slots=True)
class Options:
    """When the network's act stands against the rules': its own share at least `sure`, theirs at most `unsure`."""

    sure: float
    unsure: float


class ActHead:
    """The trained network. The same words give the same shares on every run."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load the network from `folder`; raises MissingPartError where a file or a library of it is missing."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise MissingPartError(f"{folder}: no {', '.join(missing)}; train it, or use --engine rules")
        try:
            import onnxruntime
        except ImportError as error:
            raise MissingPartError("the acts need onnxruntime: install it, or use --engine rules") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "acts.onnx"), options, providers=["CPUExecutionProvider"]
        )
        row = json.loads((folder / "config.json").read_text(encoding="utf8"))
        self.options = Options(row["sure"], row["unsure"])

    def shares(self, embedded: Floats, one: Marked) -> Floats:
        """The probability of each of ACTS.

        Args:
            embedded: the vocabulary's rows of its pieces (pieces, width).
        """
        given = {"embedded": embedded[None], "marks": one.marks[None], "traits": one.traits[None]}
        (scores,) = self._session.run(["scores"], given)
        return softmax(scores[0], axis=0)


class Reaction:
    """The statements of a report, looked at again one by one; may be asked from several threads at once."""

    def __init__(self, drafts: Sequence[StatementDraft], encoded: Sequence[Encoded], head: ActHead) -> None:
        """Take the statements and the report's windows in text order."""
        self._drafts, self._words, self._head = drafts, Words(encoded), head
        self._inside: dict[int, set[Act]] = {}
        for draft in drafts:
            if draft.parent is not None:
                self._inside.setdefault(draft.parent, set()).add(draft.stance.act)

    def of(self, numbers: Sequence[int]) -> list[tuple[int, StatementDraft]]:
        """Some statements by number, each with the act the network is sure of where it does not believe the rules'."""
        return [(i, _decided(self._drafts[i], self._words, self._head, self._inside.get(i, set()))) for i in numbers]


def react(drafts: Sequence[StatementDraft], encoded: Sequence[Encoded], head: ActHead) -> list[StatementDraft]:
    """All statements of a report, looked at again."""
    return [draft for _, draft in Reaction(drafts, encoded, head).of(range(len(drafts)))]


def _decided(draft: StatementDraft, words: Words, head: ActHead, inside: set[Act]) -> StatementDraft:
    """One statement; what a statement `inside` it does is not taken for its own act."""
    marked = mark(words, draft)
    if marked is None:
        return draft
    shares = head.shares(words.embedded(marked.pieces), marked)
    best, own = int(shares.argmax()), ACTS.index(draft.stance.act)
    if (
        best == own
        or ACTS[best] in inside
        or (ACTS[own], ACTS[best]) in _KEPT
        or _NAMED.get(draft.cue_lemma) == ACTS[own]
        or shares[best] < head.options.sure
        or shares[own] > head.options.unsure
    ):
        return draft
    polarity = "negative" if ACTS[best] in _NEGATIVE else draft.stance.polarity
    return replace(draft, stance=replace(draft.stance, act=ACTS[best], polarity=polarity), rule=draft.rule + NAME)
