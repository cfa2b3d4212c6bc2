"""Acts and kinds of source against statements a reader marked in free texts.

`statement_acts.jsonl` holds offsets and labels only; the texts are read from `../shared/input`. To see the figures and
which labels are taken for which: `python -m tests.gold.acts [--part dev|test|fresh] [--engine rules|auto] [--errors]`;
with `--first`, against the first reader's labels, before two others had read the statements again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from diurna.annotate.pipeline import AnnotateOptions, Engine
from diurna.flow.reading import annotator_for, read_report
from diurna.model.record import Reading, Statement
from diurna.model.report import Report
from diurna.model.span import Span
from diurna.sources.reader import read_sources

HERE = Path(__file__).parent
MARKS = (HERE / "statement_acts.jsonl", HERE / "statement_acts_fresh.jsonl")
INPUT = HERE.parents[2] / "shared" / "input"
SAME_CONTENT = 0.5
"""Least share of content words (in both / in either) at which two statements are the same one."""

Part = Literal["dev", "test", "fresh"]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement as the reader marked it (docs/annotation-guide.md)."""

    speaker: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    act: str
    kind: str


@dataclass(frozen=True, slots=True)
class MarkedReport:
    """The marks of one report, named by its file and its row's id."""

    file: str
    id: str
    text_sha256: str
    part: Part
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A mark and the statement that was found for it, if any."""

    report: Report
    mark: Mark
    found: Statement | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Percentages: of marks found, and of those found, with the right act and the right kind of source."""

    marked: int
    recall: float
    act: float
    kind: float


def load_marks(paths: Iterable[Path] = MARKS, *, first: bool = False) -> tuple[MarkedReport, ...]:
    """The marked reports, in file order; with `first`, as the first reader alone labelled them."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        MarkedReport(
            row["file"],
            row["id"],
            row["text_sha256"],
            row["part"],
            tuple(_mark(one | one.get("first", {}) if first else one) for one in row["statements"]),
        )
        for row in rows
    )


def _mark(row: dict[str, Any]) -> Mark:
    speaker = Span(*row["speaker"]) if row["speaker"] else None
    return Mark(speaker, _spans(row["cue"]), _spans(row["content"]), row["act"], row["kind"])


def _spans(rows: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*row) for row in rows)


def reports_of(marked: Iterable[MarkedReport]) -> Iterator[tuple[MarkedReport, Report]]:
    """Each marked report with its text.

    Raises:
        LookupError: a text is missing or is not the one that was marked.
    """
    wanted = {(one.file, one.id): one for one in marked}
    for file in sorted({file for file, _ in wanted}):
        for report in read_sources([INPUT / file]):
            one = wanted.pop((file, getattr(report, "source_id", None) or ""), None)
            if one is None or not isinstance(report, Report):
                continue
            if hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest() != one.text_sha256:
                raise LookupError(f"{file}: {one.id} is not the text that was marked")
            yield one, report
    if wanted:
        raise LookupError(f"not in the input: {sorted(wanted)}")


def pairs_of(part: Part, engine: Engine, *, first: bool = False) -> list[Pair]:
    """Every mark of a part with the statement read for it."""
    annotator = annotator_for(AnnotateOptions(engine=engine))
    found: list[Pair] = []
    for marked, report in reports_of([one for one in load_marks(first=first) if one.part == part]):
        found += pair_up(marked, read_report(report, annotator))
    return found


def pair_up(marked: MarkedReport, reading: Reading) -> list[Pair]:
    """The best pairs first, each mark and each statement at most once."""
    text = reading.report.text
    options = [
        (score, -m, -s)
        for m, mark in enumerate(marked.marks)
        for s, statement in enumerate(reading.statements)
        if (score := likeness(text, mark, statement)) > 0
    ]
    chosen: dict[int, int] = {}
    for _, m, s in sorted(options, reverse=True):
        if -m not in chosen and -s not in chosen.values():
            chosen[-m] = -s
    return [
        Pair(reading.report, mark, reading.statements[chosen[m]] if m in chosen else None)
        for m, mark in enumerate(marked.marks)
    ]


def likeness(text: str, mark: Mark, statement: Statement) -> float:
    """How much of the content they share, a little more where the cue is the same; 0 where they are not the same."""
    if mark.speaker is not None and not _meet((mark.speaker,), _only(statement.speaker.span)):
        return 0.0
    ours, theirs = _words(text, mark.content), _words(text, statement.content.spans)
    if not ours | theirs:
        return 0.0
    shared = len(ours & theirs) / len(ours | theirs)
    return shared + 0.5 * _meet(mark.cue, statement.cue.spans) if shared >= SAME_CONTENT else 0.0


def _only(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _meet(left: Iterable[Span], right: tuple[Span, ...]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in left for b in right)


def _words(text: str, spans: tuple[Span, ...]) -> set[int]:
    return {match.start() for span in spans for match in _WORD.finditer(text, span.start, span.end)}


def figures_of(pairs: list[Pair]) -> Figures:
    """Recall over all marks, acts and kinds over the pairs."""
    both = [(pair.mark, pair.found) for pair in pairs if pair.found is not None]
    return Figures(
        len(pairs),
        _percent(len(both), len(pairs)),
        _percent(sum(mark.act == found.act for mark, found in both), len(both)),
        _percent(sum(mark.kind == found.speaker.kind for mark, found in both), len(both)),
    )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def confusions(pairs: list[Pair]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How often each marked label was read as another: of acts, of kinds."""
    both = [(pair.mark, pair.found) for pair in pairs if pair.found is not None]
    acts = Counter((mark.act, found.act) for mark, found in both if mark.act != found.act)
    return acts, Counter((mark.kind, found.speaker.kind) for mark, found in both if mark.kind != found.speaker.kind)


def _show_error(pair: Pair) -> None:
    found, mark, text = pair.found, pair.mark, pair.report.text
    if found is None or (found.act == mark.act and found.speaker.kind == mark.kind):
        return
    print(f"{mark.act}/{mark.kind} read as {found.act}/{found.speaker.kind} by {found.evidence.rule}:")
    print(f"    [{found.speaker.text}] <{found.cue.lemma}> {found.content.text[:110]!r} in {text[:40]!r}")


def main() -> None:
    """Print figures and confusions of the parts asked for."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--part", choices=("dev", "test", "fresh"), nargs="*", default=["dev", "test", "fresh"])
    options.add_argument("--engine", choices=("rules", "auto"), default="rules")
    options.add_argument("--first", action="store_true", help="score against the first reader's labels")
    options.add_argument("--errors", action="store_true", help="print every wrong label of the dev part")
    asked = options.parse_args()
    for part in asked.part:
        pairs = pairs_of(part, asked.engine, first=asked.first)
        print(part, figures_of(pairs))
        for name, counts in zip(("act", "kind"), confusions(pairs), strict=True):
            for (marked, found), count in counts.most_common():
                print(f"  {name}: {marked} read as {found}: {count}")
        if asked.errors and part == "dev":
            for pair in pairs:
                _show_error(pair)


if __name__ == "__main__":
    main()
