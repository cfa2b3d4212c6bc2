"""The learned tagger of statements: one small encoder reads the text once, light heads read its encodings.

    text -> windows of paragraphs -> encoder (one pass) -> cues -> for each cue, its source and content

The encoder with its cue head is one ONNX graph, the span head a second one, so that other heads may read the same
encodings. Nothing here needs torch. Training (`training/tagger/`) brings its own `Network` and uses these very
functions, so that what is trained is what runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diurna.annotate.tagger.decoding import FORBIDDEN, Floats, find_cues, log_softmax, runs, viterbi
from diurna.annotate.tagger.network import Network, OnnxNetwork
from diurna.annotate.tagger.windows import Ints, Span, Window, places, reach, windows
from diurna.errors import MissingPartError
from diurna.model.annotation import TaggedStatement
from diurna.model.span import Span as CharSpan

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILES = ("model.onnx", "spans.onnx", "tokenizer.json", "config.json")

CUES = 2  # cues of similar reach tagged together; on one core more are slower, for they are padded


@dataclass(frozen=True, slots=True)
class Options:
    """How scores become statements; the numbers are fitted on held-out reports and kept in `config.json`.

    `cue_bias` is added to the scores of both cue tags; a statement whose confidence is below `threshold` is dropped.
    Confidence is the logistic function of `weights` times what `_measures` gives.
    """

    cue_bias: float = 1.0
    threshold: float = 0.0
    weights: tuple[float, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Options:
        """Read the options of a trained model; keys that are not options are left alone."""
        row = json.loads(path.read_text(encoding="utf8"))
        known = {f.name: row[f.name] for f in fields(cls) if f.name in row}
        return cls(**{**known, "weights": tuple(known.get("weights", ()))})


@dataclass(frozen=True, slots=True)
class Encoded:
    """What other heads read of a window.

    `states[i]` belongs to the characters `words[i]` of the text; word `i` begins at `firsts[i]` in `ids`, the word
    pieces, whose rows of the vocabulary are `embedded`. The first piece stands for the whole window and is no word's.
    """

    words: tuple[Span, ...]
    states: npt.NDArray[np.float16]
    firsts: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()
    embedded: npt.NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cue with what the span head found for it, and the measures its confidence rests on."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    measures: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Site:
    """A cue in a window: its words, the words its span head reads, how sure the cue head was."""

    window: Window
    states: Floats
    cue: Span
    low: int
    high: int
    score: float


def _pad(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return rows of numbers as one array, padded with 0, and its mask."""
    width = max(len(row) for row in rows)
    values = np.zeros((len(rows), width), dtype=np.int64)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    for i, row in enumerate(rows):
        values[i, : len(row)] = row
        mask[i, : len(row)] = 1
    return values, mask


def _sites(one: Window, network: Network, options: Options) -> list[_Site]:
    """Encode a window, in one pass, and return the cues found in it, those that read least first.

    One window at a time: measured on one core, two together are no faster and eight are slower by a sixth.
    """
    ids, mask = _pad([one.ids])
    states, cues = network.encode(ids, _pad([one.features])[0], mask)
    at = np.asarray(one.firsts, dtype=np.int64)
    found = []
    for cue, score in find_cues(cues[0][at], options.cue_bias):
        low, high = reach(one, cue)
        found.append(_Site(one, states[0][at[low:high]], cue, low, high, score))
    return sorted(found, key=lambda site: site.high - site.low)


def _measures(sure: Floats, tags: Sequence[int], site: _Site, valid: float) -> tuple[float, ...]:
    """Return what a proposal's confidence rests on: log-probabilities of its parts, and its size."""
    chosen = sure[np.arange(len(tags)), tags]
    kinds = np.asarray(tags)
    content, source = (kinds == 1) | (kinds == 2), kinds >= 3
    return (
        1.0,
        site.score,
        valid,
        float(chosen.sum()),
        float(chosen.min()),
        float(chosen[content].min()) if content.any() else -5.0,
        float(chosen[source].min()) if source.any() else -1.0,
        float(source.any()),
        float(np.log1p(content.sum())),
    )


def _proposal(site: _Site, scores: Floats, valid: float) -> Proposal:
    """Decode the span head's scores for one cue; nothing in the cue is tagged, the surest source stays."""
    sure = log_softmax(scores)
    allowed = sure.copy()
    allowed[site.cue[0] - site.low : site.cue[1] - site.low, 1:] += FORBIDDEN
    tags = viterbi(allowed)
    sources = runs(tags, 3)
    best = max(sources, key=lambda run: float(sure[slice(*run), 3:].max(axis=1).mean()), default=None)
    words = site.window.words

    def span(run: Span, base: int = site.low) -> Span:
        return words[base + run[0]][0], words[base + run[1] - 1][1]

    content = tuple(span(run) for run in runs(tags, 1))
    source = (span(best),) if best else ()
    return Proposal(span(site.cue, 0), source, content, _measures(sure, tags, site, valid))


def _resolve(sites: Sequence[_Site], network: Network) -> list[Proposal]:
    """Run the span head over some cues together."""
    where, mask = _pad([places(site.window, site.cue, site.low, site.high).tolist() for site in sites])
    states = np.zeros((*where.shape, sites[0].states.shape[-1]), dtype=np.float32)
    for row, site in enumerate(sites):
        states[row, : len(site.states)] = site.states
    tags, valid = network.spans(states, where, mask)
    return [_proposal(site, tags[row, : len(site.states)], float(valid[row])) for row, site in enumerate(sites)]


def propose(
    text: str,
    tokenizer: Tokenizer,
    network: Network,
    options: Options,
    seen: Callable[[Window], None] | None = None,
) -> list[Proposal]:
    """Return every cue of a text with its source and content, in the order of the text; those without content too.

    `seen` is told each window right after it was encoded.
    """
    found: list[Proposal] = []
    for one in windows(text, tokenizer):
        sites = _sites(one, network, options)
        if seen is not None:
            seen(one)
        for i in range(0, len(sites), CUES):
            found += _resolve(sites[i : i + CUES], network)
    return sorted(found, key=lambda one: one.cue)


def confidence(measures: Sequence[float], options: Options) -> float:
    """Return the probability, 0 to 1, that a proposal is right; uncalibrated, the span head's own estimate."""
    if not options.weights:
        return float(1 / (1 + np.exp(-measures[2])))
    return float(1 / (1 + np.exp(-np.dot(measures, options.weights))))


def load_tokenizer(path: Path) -> Tokenizer:
    """Load a tokenizer; raises MissingPartError where the library is missing."""
    try:
        from tokenizers import Tokenizer as Loader
    except ImportError as error:
        raise MissingPartError("the learned tagger needs tokenizers: install it, or use --engine rules") from error
    return Loader.from_file(str(path))


class Tagger:
    """Finds the statements of a text: cue, source and content of each, with a calibrated confidence.

    The same text gives the same statements on every run and for any number of threads. Any text is accepted.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load a trained model from `folder`; raises MissingPartError when a library or a file of it is missing."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise MissingPartError(
                f"{folder}: no {', '.join(missing)}; put a trained tagger there, or use --engine rules"
            )
        self._network = OnnxNetwork(folder, threads)
        self._tokenizer = load_tokenizer(folder / "tokenizer.json")
        self._options = Options.load(folder / "config.json")

    def tag(self, text: str) -> list[TaggedStatement]:
        """Return the statements of a text in the order of their cues; each has a cue and some content."""
        return self.read(text)[0]

    def read(self, text: str) -> tuple[list[TaggedStatement], list[Encoded]]:
        """Return the statements, and the words of each window as the encoder's middle layer has them."""
        encoded: list[Encoded] = []
        found = propose(
            text, self._tokenizer, self._network, self._options, lambda one: encoded.append(self._kept(one))
        )
        return statements(found, self._options), encoded

    def encode(self, text: str) -> list[Encoded]:
        """Return the words of each window as the encoder's middle layer has them, without looking for statements."""
        encoded = []
        for one in windows(text, self._tokenizer):
            ids, mask = _pad([one.ids])
            self._network.encode(ids, _pad([one.features])[0], mask)
            encoded.append(self._kept(one))
        return encoded

    def _kept(self, one: Window) -> Encoded:
        middle, embedded = self._network.middle[0], self._network.embedded[0].astype(np.float16)
        states = middle[np.asarray(one.firsts, dtype=np.int64)].astype(np.float16)
        return Encoded(one.words, states, one.firsts, one.ids, embedded)


def statements(proposals: Sequence[Proposal], options: Options) -> list[TaggedStatement]:
    """Return the proposals that have content and reach the threshold, as statements."""
    found = []
    for one in proposals:
        sure = confidence(one.measures, options)
        if one.content and sure >= options.threshold:
            found.append(TaggedStatement((CharSpan(*one.cue),), _spans(one.source), _spans(one.content), sure))
    return found


def _spans(found: Sequence[Span]) -> tuple[CharSpan, ...]:
    return tuple(CharSpan(start, end) for start, end in found)
