"""The learned tagger of statements: one small encoder reads the text once, light heads read its encodings.

    text -> windows of paragraphs -> encoder (one pass) -> cues -> for each cue, its source and content

The encoder with its cue head is one ONNX graph, the span head a second one, so that other heads may read the same encodings.
Nothing here needs torch. Training (`training/tagger/`) brings its own `Network` and uses these very functions, so that what is
trained is what runs.
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Span = tuple[int, int]
Piece = tuple[int, int, int, int]  # word number, vocabulary id, first character, end
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

CUE_TAGS = 3  # O, B, I
SPAN_TAGS = 5  # O, B-content, I-content, B-source, I-source
PLACES = 81  # 27 signed distances from the cue, times: in the cue's paragraph, before it, after it
FEATURES = 31  # 5 letter shapes x 3 quotation states x first word of a paragraph or not, and one for special tokens

PACKED = 256  # word pieces: paragraphs are packed together up to this length
LONGEST = 384  # word pieces: a paragraph longer than this is cut
REACH = 120  # words on either side of a cue that its span head may read
CHUNK = 4000  # characters given to the tokenizer at once
BATCH = 4  # windows of similar length encoded together
CUES = 16  # cues of similar reach tagged together
SHORT = 12  # words: a cue in a paragraph as short as this also reads the paragraph before

_PARAGRAPH = re.compile(r"[^\n]+")
_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'
_FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class TaggedStatement:
    """One statement the tagger found; offsets are Unicode code points, half-open, in the order of the text."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a piece of a long one: word pieces, their features, where words begin among them, and the words' spans."""

    ids: tuple[int, ...]
    features: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[Span, ...]
    opens_quote: bool
    ends_colon: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Paragraphs encoded together; `firsts[i]` is where word `i` begins in `ids`, `homes[i]` the paragraph it stands in."""

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
    Confidence is the logistic of `weights` times the measures of `_measures`, then the line through `steps` (score, confidence).
    """

    cue_bias: float = 1.0
    threshold: float = 0.0
    weights: tuple[float, ...] = ()
    steps: tuple[tuple[float, float], ...] = ()

    @classmethod
    def load(cls, path: Path) -> "Options":
        """Read the options of a trained model; keys that are not options are left alone."""
        row = json.loads(path.read_text(encoding="utf8"))
        known = {f.name: row[f.name] for f in fields(cls) if f.name in row}
        for name in ("weights", "steps"):
            known[name] = tuple(tuple(v) if isinstance(v, list) else v for v in known.get(name, ()))
        return cls(**known)


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


def paragraphs(text: str, tokenizer: Tokenizer) -> list[Paragraph]:
    """Return the paragraphs of a text that have words, long ones in pieces; their spans point into `text`."""
    chunks = list(_chunks(text))
    found: list[Paragraph] = []
    for (start, _, begins), one in zip(
        chunks, tokenizer.encode_batch([text[a:b] for a, b, _ in chunks], add_special_tokens=False), strict=True
    ):
        pieces = [
            (word, number, start + a, start + b)
            for word, number, (a, b) in zip(one.word_ids, one.ids, one.offsets, strict=True)
            if word is not None and b > a
        ]
        words = [list(group) for _, group in itertools.groupby(pieces, key=lambda piece: piece[0])]
        for run in _cut(words):
            found.append(_paragraph(text, run, begins))
            begins = False
    return found


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


def pack(found: Sequence[Paragraph], limit: int = PACKED) -> list[list[Paragraph]]:
    """Group consecutive paragraphs up to `limit` pieces, never parting one that ends with a colon from the next if both fit."""
    groups: list[list[Paragraph]] = []
    length = 0
    for paragraph in found:
        size = len(paragraph.ids) + 1
        if groups and length + size <= limit:
            groups[-1].append(paragraph)
            length += size
            continue
        last = groups[-1] if groups else []
        follow = len(last) > 1 and last[-1].ends_colon and len(last[-1].ids) + 2 + size <= limit
        groups.append([last.pop(), paragraph] if follow else [paragraph])
        length = 1 + sum(len(p.ids) + 1 for p in groups[-1])
    return groups


# --- around a cue


def reach(one: Window, cue: Span) -> Span:
    """Return the words (first, end) that the span head reads for a cue, itself a run of words.

    The cue's paragraph, those that follow it while they are quotations or a colon announces them, and the one before a short one.
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
    """Return for the words from `low` to `high` where each stands as seen from the cue: 0 in the cue, else below PLACES."""
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
    """Return the best lawful tags for scores (words, tags)."""
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


def _sites(batch: Sequence[Window], network: Network, options: Options) -> Iterator[_Site]:
    """Encode windows in one pass and yield the cues found in them."""
    ids, mask = _pad([one.ids for one in batch])
    states, cues = network.encode(ids, _pad([one.features for one in batch])[0], mask)
    for row, one in enumerate(batch):
        at = np.asarray(one.firsts, dtype=np.int64)
        for cue, score in find_cues(cues[row][at], options.cue_bias):
            low, high = reach(one, cue)
            yield _Site(one, states[row][at[low:high]], cue, low, high, score)


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
    """Decode the span head's scores for one cue; nothing inside the cue may be tagged."""
    sure = _log_softmax(scores)
    allowed = sure.copy()
    allowed[site.cue[0] - site.low : site.cue[1] - site.low, 1:] += _FORBIDDEN
    tags = viterbi(allowed)
    words = site.window.words[site.low : site.high]

    def spans(begin: int) -> tuple[Span, ...]:
        return tuple((words[a][0], words[b - 1][1]) for a, b in runs(tags, begin))

    every = site.window.words
    cue = (every[site.cue[0]][0], every[site.cue[1] - 1][1])
    return Proposal(cue, spans(3), spans(1), _measures(sure, tags, site, valid))


def _resolve(sites: Sequence[_Site], network: Network) -> list[Proposal]:
    """Run the span head over some cues together."""
    where, mask = _pad([places(site.window, site.cue, site.low, site.high).tolist() for site in sites])
    states = np.zeros((*where.shape, sites[0].states.shape[-1]), dtype=np.float32)
    for row, site in enumerate(sites):
        states[row, : len(site.states)] = site.states
    tags, valid = network.spans(states, where, mask)
    return [_proposal(site, tags[row, : len(site.states)], float(valid[row])) for row, site in enumerate(sites)]


def propose(text: str, tokenizer: Tokenizer, network: Network, options: Options) -> list[Proposal]:
    """Return every cue of a text with its source and content, in the order of the text; those without content too."""
    first, separator = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    windows = [window(group, first, separator) for group in pack(paragraphs(text, tokenizer))]
    windows.sort(key=lambda one: len(one.ids))
    found: list[Proposal] = []
    for i in range(0, len(windows), BATCH):
        sites = sorted(_sites(windows[i : i + BATCH], network, options), key=lambda site: site.high - site.low)
        for j in range(0, len(sites), CUES):
            found += _resolve(sites[j : j + CUES], network)
    return sorted(found, key=lambda one: one.cue)


def confidence(measures: Sequence[float], options: Options) -> float:
    """Return the calibrated probability that a proposal is right, in 0..1; without a calibration, the span head's own."""
    if not options.weights:
        return float(1 / (1 + np.exp(-measures[2])))
    raw = 1 / (1 + np.exp(-float(np.dot(measures, options.weights))))
    if not options.steps:
        return float(raw)
    return float(np.interp(raw, [a for a, _ in options.steps], [b for _, b in options.steps]))


class OnnxNetwork:
    """The trained graphs, `model.onnx` (encoder and cue head) and `spans.onnx` (span head), run on the CPU."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
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


class Tagger:
    """Finds the statements of a text: cue, source and content of each, with a calibrated confidence.

    The same text gives the same statements on every run and for any number of threads. Any text is accepted.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load a trained model from `folder`; raises whatever opening its files raises when one is missing or broken."""
        self._network = OnnxNetwork(folder, threads)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
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
            found.append(TaggedStatement((one.cue,), one.source, one.content, sure))
    return found
