"""The learned tagger of statements: one small encoder reads the text once, light heads read its encodings.

    text -> windows of paragraphs -> encoder (one pass) -> cues -> for each cue, its source and content

The encoder with its cue head is one ONNX graph, the span head a second one, so that other heads may read the same
encodings. Nothing here needs torch. Training (`training/tagger/`) brings its own `Network` and uses these very
functions, so that what is trained is what runs.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from diurna.errors import MissingPartError
from diurna.model.annotation import TaggedStatement
from diurna.model.span import Span as CharSpan

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Span = tuple[int, int]
Piece = tuple[int, int, int, int]  # word number, vocabulary id, first character, end
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

CUE_TAGS = 3  # O, B, I
SPAN_TAGS = 5  # O, B-content, I-content, B-source, I-source
PLACES = 81  # 27 signed distances from the cue, times: in the cue's paragraph, before it, after it
FEATURES = 31  # 5 letter shapes x 3 quotation states x first word of a paragraph or not, and one for special tokens

FILES = ("model.onnx", "spans.onnx", "tokenizer.json", "config.json")

PACKED = 256  # word pieces: paragraphs are packed together up to this length
LONGEST = 384  # word pieces: a paragraph longer than this is cut
REACH = 120  # words on either side of a cue that its span head may read
CHUNK = 4000  # characters given to the tokenizer at once
CUES = 16  # cues of similar reach tagged together
SHORT = 12  # words: a cue in a paragraph as short as this also reads the paragraph before

_PARAGRAPH = re.compile(r"[^\n]+")
_LONE = re.compile("[\ud800-\udfff]")  # halves of surrogate pairs: not text, but some decoders let them through
_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'
_FORBIDDEN = -1e4


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


class Network(Protocol):
    """What the tagger needs of a model."""

    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return encodings (windows, pieces, width) and cue scores (windows, pieces, CUE_TAGS)."""
        ...

    def spans(self, states: Floats, places: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return tag scores (cues, words, SPAN_TAGS) and, for each cue, the score that it opens a statement (cues,)."""
        ...


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


# --- from scores to tags


def _log_softmax(scores: Floats) -> Floats:
    top = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(top - np.log(np.exp(top).sum(axis=-1, keepdims=True)), dtype=np.float32)


def _transitions(tags: int) -> Floats:
    """Return the cost of going from tag to tag: I of a kind only follows B or I of the same kind."""
    cost = np.zeros((tags, tags), dtype=np.float32)
    for inner in range(2, tags, 2):
        cost[:, inner] = _FORBIDDEN
        cost[[inner - 1, inner], inner] = 0
    return cost


def viterbi(scores: Floats) -> list[int]:
    """Return the best lawful tags for scores (words, tags); the best tags of all, if they happen to be lawful."""
    free = scores.argmax(axis=1)
    inner = (free > 0) & (free % 2 == 0)
    before = np.concatenate([[0], free[:-1]])
    if np.all(~inner | (before == free) | (before == free - 1)):
        return [int(tag) for tag in free]
    cost = _transitions(scores.shape[1])
    best = scores[0] + cost[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        ways = best[:, None] + cost
        back[i] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[i]
    tags = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return tags[::-1]


def runs(tags: Sequence[int], begin: int) -> list[Span]:
    """Return the runs of words tagged `begin` and then `begin + 1`."""
    found: list[Span] = []
    for i, tag in enumerate(tags):
        if tag == begin:
            found.append((i, i + 1))
        elif tag == begin + 1 and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
    return found


# --- from windows to statements


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


def find_cues(scores: Floats, bias: float) -> list[tuple[Span, float]]:
    """Return the cues in the cue scores of a window's words, each with the log-probability of its first word."""
    if not len(scores):
        return []
    sure = _log_softmax(scores)
    raised = sure + np.array([0.0, bias, bias], dtype=np.float32)
    return [(cue, float(sure[cue[0], 1])) for cue in runs(viterbi(raised), 1)]


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
    sure = _log_softmax(scores)
    allowed = sure.copy()
    allowed[site.cue[0] - site.low : site.cue[1] - site.low, 1:] += _FORBIDDEN
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


def windows(text: str, tokenizer: Tokenizer) -> Iterator[Window]:
    """Yield the windows of a text in order."""
    first, separator = tokenizer.token_to_id("[CLS]") or 0, tokenizer.token_to_id("[SEP]") or 0
    for group in pack(paragraphs(text, tokenizer)):
        yield window(group, first, separator)


def propose(text: str, tokenizer: Tokenizer, network: Network, options: Options) -> list[Proposal]:
    """Return every cue of a text with its source and content, in the order of the text; those without content too."""
    found: list[Proposal] = []
    for one in windows(text, tokenizer):
        sites = _sites(one, network, options)
        for i in range(0, len(sites), CUES):
            found += _resolve(sites[i : i + CUES], network)
    return sorted(found, key=lambda one: one.cue)


def confidence(measures: Sequence[float], options: Options) -> float:
    """Return the probability, 0 to 1, that a proposal is right; uncalibrated, the span head's own estimate."""
    if not options.weights:
        return float(1 / (1 + np.exp(-measures[2])))
    return float(1 / (1 + np.exp(-np.dot(measures, options.weights))))


class OnnxNetwork:
    """The trained graphs, `model.onnx` (encoder and cue head) and `spans.onnx` (span head), run on the CPU."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise MissingPartError("the learned tagger needs onnxruntime: install it, or use --engine rules") from error
        onnxruntime.set_default_logger_severity(3)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._encoder, self._spans = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in ("model.onnx", "spans.onnx")
        )

    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return encodings (windows, pieces, width) and cue scores (windows, pieces, CUE_TAGS)."""
        states, cues = self._encoder.run(["states", "cues"], {"ids": ids, "features": features, "mask": mask})
        return states, cues

    def spans(self, states: Floats, places: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """Return tag scores (cues, words, SPAN_TAGS) and, for each cue, the score that it opens a statement (cues,)."""
        tags, valid = self._spans.run(["tags", "valid"], {"states": states, "places": places, "mask": mask})
        return tags, valid


def _tokenizer(path: Path) -> Tokenizer:
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
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        self._options = Options.load(folder / "config.json")

    def tag(self, text: str) -> list[TaggedStatement]:
        """Return the statements of a text in the order of their cues; each has a cue and some content."""
        return statements(propose(text, self._tokenizer, self._network, self._options), self._options)


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
