"""A ledger's records, or records read just now, into a file of one of the export formats."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from diurna.errors import UsageError
from diurna.export.format import About
from diurna.export.formats import format_named
from diurna.ledger.asking import Ask
from diurna.ledger.between import Lives
from diurna.ledger.linked import KeptCrossGap
from diurna.ledger.view import View
from diurna.model.record import Reading


@dataclass(slots=True)
class Counted:
    """Readings on their way, counted."""

    readings: Iterable[Reading]
    count: int = 0
    seen: Callable[[int], None] | None = None

    def __iter__(self) -> Iterator[Reading]:
        """The readings."""
        for reading in self.readings:
            self.count += 1
            if self.seen is not None:
                self.seen(self.count)
            yield reading


def kept_readings(view: View, ask: Ask) -> Iterator[Reading]:
    """What the ledger has found in the reports asked for, without the records a person or rule has rejected."""
    rejected = _rejected(view)
    for reading in view.readings(ask):
        yield without(reading, rejected) if rejected else reading


def _rejected(view: View) -> frozenset[str]:
    """The records whose judgement that stands is a rejection: a person's before a rule's, a later before an earlier."""
    standing: dict[str, tuple[bool, str]] = {}
    for one in view.judgements():
        if one.undone or one.verdict not in ("accept", "reject"):
            continue
        before = standing.get(one.record)
        if before is None or one.person >= before[0]:
            standing[one.record] = (one.person, one.verdict)
    return frozenset(record for record, (_, verdict) in standing.items() if verdict == "reject")


def without(reading: Reading, rejected: frozenset[str]) -> Reading:
    """The reading without these records."""
    return replace(
        reading,
        statements=tuple(one for one in reading.statements if one.id not in rejected),
        events=tuple(one for one in reading.events if one.id not in rejected),
        relations=tuple(one for one in reading.relations if one.id not in rejected),
        commitments=tuple(one for one in reading.commitments if one.id not in rejected),
        gaps=tuple(one for one in reading.gaps if one.id not in rejected),
    )


def about_readings(view: View, words: str, ask: Ask) -> Iterator[Reading]:
    """As `kept_readings`, of the reports in whose text the words stand; the ids of the reports found are held.

    Raises:
        UsageError: the words make no question.
    """
    found = {hit.report.id for hit in view.search(words, "reports", ask)}
    return (one for one in kept_readings(view, ask) if one.report.id in found)


def story_readings(view: View, story: str, ask: Ask) -> Iterator[Reading]:
    """As `kept_readings`, of the reports of one story.

    Raises:
        UsageError: there is no such story.
    """
    found = next((one for one in view.stories(Ask()) if one.id == story), None)
    if found is None:
        raise UsageError(f"the ledger has no story {story!r}: copy an id from `diurna stories --json`")
    members = {one.id for one in found.reports}
    return (one for one in kept_readings(view, ask) if one.report.id in members)


MOST_GAPS, MOST_LIVES = 1_000, 10_000
"""How many gaps between reports and commitments a file takes: it holds them all, and nobody reads more."""


def with_links(about: About, view: View, readings: Iterable[Reading]) -> About:
    """`about` with the gaps between these reports that stand, and the lives of the commitments they opened.

    The latest `MOST_GAPS` and `MOST_LIVES` of them; how many more there are is counted. The reports' ids are held.
    """
    members = {one.report.id for one in readings}
    gaps = (
        one.found
        for one in view.any_gaps(Ask(), ("gap",))
        if isinstance(one, KeptCrossGap) and {one.found.left.report, one.found.right.report} <= members
    )
    lives = (one.life for one in view.lives(Ask(), Lives("9999-12-31")) if one.life.opened.report in members)
    return replace(
        about,
        gaps=tuple(islice(gaps, MOST_GAPS)), more_gaps=sum(1 for _ in gaps),
        lives=tuple(islice(lives, MOST_LIVES)), more_lives=sum(1 for _ in lives),
    )  # fmt: skip


def write_file(
    name: str,
    readings: Iterable[Reading],
    output: Path,
    *,
    over: bool = False,
    about: About | None = None,
    seen: Callable[[int], None] | None = None,
) -> int:
    """Write the readings as format `name`; the file is there whole or not at all. How many reports went in.

    Args:
        over: write over a file that is there.
        about: what the file says of itself, where its format has room for it.
        seen: told how many reports have gone in so far.

    Raises:
        UsageError: no such format, the file is there already, or cannot be written.
    """
    chosen = format_named(name)
    if output.exists() and not over:
        raise UsageError(f"{output} is there already: name another file, or say --force")
    counted = Counted(readings, seen=seen)
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file:
            for piece in chosen.pieces(counted, about):
                file.write(piece)
        os.replace(part, output)  # noqa: PTH105 - one step, as rename(2) promises
    except OSError as fault:
        raise UsageError(f"{output} cannot be written: {fault.strerror or fault}") from None
    finally:
        part.unlink(missing_ok=True)
    return counted.count
