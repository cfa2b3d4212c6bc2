"""Gold reports as training windows: cue tags for every word, source and content tags for every cue."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from diurna.annotate.tagger.windows import Paragraph, Span, Window, pack, paragraphs, places, reach, window


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold statement by characters."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    type: str


@dataclass(frozen=True, slots=True)
class Report:
    """A gold report, tokenised once."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    statements: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A gold statement in a window: its cue by words, the words read for it, and their tags."""

    cue: Span
    low: int
    high: int
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A window with the tags of its words and its statements."""

    window: Window
    cues: tuple[int, ...]
    targets: tuple[Target, ...]


def _spans(value: list[list[int]] | None) -> tuple[Span, ...]:
    return tuple((a, b) for a, b in value or ())


def load(path: Path, tokenizer: Tokenizer) -> list[Report]:
    """Read gold reports; statements without a cue cannot be taught and are left out."""
    reports = []
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        gold = tuple(
            Gold(_spans(s["cue"]), _spans(s["source"]), _spans(s["content"]), s["type"])
            for s in row["statements"]
            if s["cue"]
        )
        reports.append(Report(row["id"], row["text"], tuple(paragraphs(row["text"], tokenizer)), gold))
    return reports


def part(reports: Sequence[Report], share: float, seed: int) -> tuple[list[Report], list[Report]]:
    """Part reports into those to train on and a share held out, the same way for the same seed."""
    order = list(reports)
    random.Random(seed).shuffle(order)  # noqa: S311 - the order of reports is no secret
    held = round(len(order) * share)
    return order[held:], order[:held]


def _label(words: Sequence[Span], spans: Sequence[Span], begin: int, tags: list[int]) -> None:
    """Tag words that share a character with a span: `begin` for the first, `begin + 1` for the rest."""
    for start, end in spans:
        tag = begin
        for i, (a, b) in enumerate(words):
            if a < end and b > start:
                tags[i] = tag
                tag = begin + 1


def _words(words: Sequence[Span], spans: Sequence[Span]) -> Span | None:
    """Return the run of words from the first to the last that a cue touches, or nothing."""
    at = [i for i, (a, b) in enumerate(words) if any(a < end and b > start for start, end in spans)]
    return (at[0], at[-1] + 1) if at else None


def target(one: Window, gold: Gold, cue: Span) -> Target:
    """Tag the words a cue reads with the gold statement's content and source, none inside the cue."""
    low, high = reach(one, cue)
    tags = [0] * (high - low)
    _label(one.words[low:high], gold.content, 1, tags)
    _label(one.words[low:high], gold.source, 3, tags)
    tags[cue[0] - low : cue[1] - low] = [0] * (cue[1] - cue[0])
    return Target(cue, low, high, tuple(tags))


def _example(one: Window, statements: Sequence[Gold]) -> Example:
    start, end = one.words[0][0], one.words[-1][1]
    inside = [s for s in statements if s.cue[0][0] < end and s.cue[-1][1] > start]
    cues = [0] * len(one.words)
    targets = []
    for gold in inside:
        _label(one.words, gold.cue, 1, cues)
        run = _words(one.words, gold.cue)
        if run:
            targets.append(target(one, gold, run))
    return Example(one, tuple(cues), tuple(targets))


def examples(
    reports: Sequence[Report], tokenizer: Tokenizer, rng: random.Random, shortest: int = 96
) -> Iterator[Example]:
    """Yield windows of reports; a length limit is drawn for each report, so that borders move between epochs."""
    first, separator = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    for report in reports:
        for group in pack(report.paragraphs, rng.randint(shortest, 288)):
            yield _example(window(group, first, separator), report.statements)


def place_of(example: Example, one: Target) -> list[int]:
    """Return the place numbers of the words a target reads."""
    return [int(x) for x in np.asarray(places(example.window, one.cue, one.low, one.high))]
