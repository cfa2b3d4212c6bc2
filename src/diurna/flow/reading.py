"""Sources to readings: read, annotate, link within the report. One bad report never stops the others."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from diurna.annotate.parse import DEFAULT_PIPELINE
from diurna.annotate.pipeline import AnnotateOptions, Annotator, Engine
from diurna.budget import USUAL_BUDGET, within
from diurna.errors import OverBudgetError, SourceError
from diurna.flow.executors import Read, Workers, read_all
from diurna.link.commitments import open_commitments
from diurna.link.gaps import find_gaps
from diurna.model.record import Failure, Reading, check_reading
from diurna.model.report import Report
from diurna.sources.incoming import Incoming, Limits
from diurna.sources.locate import STANDARD_INPUT
from diurna.sources.reader import ReadOptions, SourceFailure, read_incoming, read_sources, report_from_text

MAX_CHARACTERS = 1_000_000
"""Longest text read: about 170,000 words, half a minute; a longer one becomes a failure that says so."""


@dataclass(frozen=True, slots=True)
class ReadJob:
    """What to read, and how.

    Attributes:
        sources: files, folders, globs, or "-" for standard input.
        published: ISO day all reports are taken to be of; None leaves what each says of itself.
        engine: "auto" or "rules".
        pipeline: the spaCy pipeline that parses; None is the default one.
        workers: processes that read; 1 is this one, None as many as there are cores if there is enough to read.
        annotators: names of plug-ins that go over what was found, in order.
        budget: processor seconds each stage may take over one report; past it the report is a failure.
        actors: file of actors people brought along, or None.
    """

    sources: tuple[str, ...]
    published: str | None = None
    engine: Engine = "auto"
    pipeline: str | None = None
    workers: int | None = 1
    annotators: tuple[str, ...] = ()
    budget: float = USUAL_BUDGET
    actors: str | None = None

    @property
    def annotate_options(self) -> AnnotateOptions:
        """What the annotators need of it."""
        pipeline = self.pipeline or DEFAULT_PIPELINE
        return AnnotateOptions(self.engine, pipeline, self.annotators, self.budget, self.actors)

    @property
    def read_options(self) -> ReadOptions:
        """What the sources need of it."""
        return ReadOptions(published=self.published, limits=Limits(seconds=self.budget))

    @property
    def crew(self) -> Workers:
        """Who reads; what comes through a pipe is answered as it comes, so by this process unless told otherwise."""
        count = 1 if self.workers is None and STANDARD_INPUT in self.sources else self.workers
        return Workers(count, budget=max(Workers().budget, 2.5 * self.budget))


def read_reports(
    sources: ReadJob | str | Path | Iterable[str | Path], *, published: str | None = None, engine: Engine = "auto"
) -> Iterator[Reading | SourceFailure]:
    """A reading for every report, one at a time and in order, and a failure for everything that could not be read.

    Args:
        sources: a file, folder or glob, several of them, or a `ReadJob`, which says the rest too.
        published: the ISO day the reports are of, where that is not theirs to say.
        engine: "rules" to use no learned model.

    Raises:
        MissingPartError: the parser is not installed (before anything is read).
    """
    if isinstance(sources, ReadJob):
        job = sources
    else:
        some = (sources,) if isinstance(sources, str | Path) else sources
        job = ReadJob(tuple(map(str, some)), published, engine)
    found = read_incoming(job.sources, job.read_options)
    yield from read_all(found, load_reader, job.annotate_options, job.crew)


def load_reader(options: AnnotateOptions) -> Read:
    """What makes a reading of one report that came in, with the notes it came with."""
    annotator = annotator_for(options)

    def read_one(found: Incoming) -> Reading:
        reading = read_report(found.report, annotator)
        return dataclasses.replace(reading, failures=(*found.notes, *reading.failures)) if found.notes else reading

    return read_one


@cache
def annotator_for(options: AnnotateOptions) -> Annotator:
    """The annotator for these options, loaded once a process."""
    return Annotator(options)


def read_report(report: Report, annotator: Annotator) -> Reading:
    """The reading of one report: all its records, or none and a failure that says why (law 8)."""
    refusal = _refusal(report)
    if refusal:
        return Reading(report, failures=(refusal,))
    stage, budget = "annotate", annotator.options.budget
    try:
        reading = annotator.annotate(report)
        stage = "link"
        with within(budget, stage):
            reading = linked(reading)
        stage = "check"
        check_reading(reading)
    except OverBudgetError as fault:
        return Reading(report, failures=(Failure(fault.stage, fault.reason),))
    except Exception as fault:  # a run of 100,000 reports survives any one of them
        return Reading(report, failures=(Failure(stage, f"{type(fault).__name__}: {fault}"),))
    return reading


def linked(reading: Reading) -> Reading:
    """The reading with the commitments its records open, and the gaps between its records, worked out anew.

    `read` and `read_reports` do this by themselves; what spaCy's `doc._.reading` gives has not been through it.
    """
    reading = dataclasses.replace(reading, commitments=open_commitments(reading))
    return dataclasses.replace(reading, gaps=find_gaps(reading))


def _refusal(report: Report) -> Failure | None:
    if len(report.text) > MAX_CHARACTERS:
        return Failure("size", f"{len(report.text):,} characters are over the limit of {MAX_CHARACTERS:,}: split it")
    if report.language not in (None, "en"):
        return Failure("language", f"the text is {report.language!r}; only English is read so far")
    return None


def read(
    source: str | Path, *, published: str | None = None, title: str | None = None, engine: Engine = "auto"
) -> Reading:
    """Read one report: a text, or a file of one report.

    Args:
        source: a `Path` is a file; a string is a file where one of that name exists, else the text itself.
        published: the ISO day the report was published, e.g. "2025-12-28".
        title: of a text given as a string; a file tells its own.
        engine: "rules" to use no learned model.

    Raises:
        SourceError: the file cannot be read, or holds no report or several (use `read_reports`).
    """
    annotator = annotator_for(AnnotateOptions(engine=engine))
    if isinstance(source, Path) or _is_file(source):
        return read_report(_only_report(str(source), published), annotator)
    return read_report(report_from_text(source, title=title, published=published), annotator)


def _is_file(source: str) -> bool:
    if "\n" in source or len(source) > 1024:
        return False
    try:
        return Path(source).is_file()
    except (OSError, ValueError):
        return False


def _only_report(source: str, published: str | None) -> Report:
    found = []
    for one in read_sources([source], ReadOptions(published=published)):
        if isinstance(one, SourceFailure):
            raise SourceError(one.reason, one.where)
        found.append(one)
        if len(found) > 1:
            raise SourceError("holds several reports: use diurna.read_reports", source)
    if not found:
        raise SourceError("holds no report", source)
    return found[0]
