"""Two sets of sentences by offset, chosen and labelled by reading: some tell of no deed, some of deeds not done.

A row names a file beside the project, the report's id there, the SHA-256 of the report's text (an altered text is
noticed, not scored), the sentence's span and, in `not_deeds.jsonl`, the trigger's span and the realis a reader gives.
Rules were tuned on the half "dev" only; the floors hold for both halves together.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from diurna.annotate.events.events import find_events
from diurna.annotate.parse import Parse, Parser
from diurna.model.annotation import EventDraft
from diurna.model.report import Report
from diurna.model.span import Span
from diurna.sources.reader import read_sources

HERE = Path(__file__).resolve().parent
INPUT = HERE.parents[2] / "shared" / "input"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not INPUT.is_dir(), reason="../shared/input is not beside this project"),
]

Row = dict[str, object]


def rows_of(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def reports_of(rows: list[Row], folder: Path) -> dict[tuple[object, object], Report]:
    """The reports the rows speak of, by file and id; only their lines of the large files are read."""
    wanted = {(row["file"], row["id"]) for row in rows}
    found: dict[tuple[object, object], Report] = {}
    for file in sorted({str(row["file"]) for row in rows}):
        if not (INPUT / file).is_file():
            pytest.skip(f"../shared/input/{file} is not beside this project")
        with (INPUT / file).open(encoding="utf-8") as lines:
            kept = [line for line in lines if (file, json.loads(line)["id"]) in wanted]
        (folder / file).write_text("".join(kept), encoding="utf-8")
        for report in read_sources([folder / file]):
            assert isinstance(report, Report)
            found[file, report.source_id] = report
    return found


def parses_of(rows: list[Row], folder: Path) -> list[Parse]:
    """For each row, the parse of the block its sentence is in (each block is parsed by itself)."""
    reports, parser = reports_of(rows, folder), Parser()
    done: dict[tuple[object, object, Span], Parse] = {}
    parses = []
    for row in rows:
        report = reports[row["file"], row["id"]]
        assert hashlib.sha256(report.text.encode()).hexdigest() == row["text_sha256"], row["id"]
        blocks = tuple(block for block in report.blocks if block.span.overlaps(span_of(row, "span")))
        key = (row["file"], row["id"], Span(blocks[0].span.start, blocks[-1].span.end))
        if key not in done:
            done[key] = parser.parse(replace(report, blocks=blocks))
        parses.append(done[key])
    return parses


def span_of(row: Row, key: str) -> Span:
    start, end = row[key]  # type: ignore[misc]
    return Span(start, end)


def told_in(row: Row, parse: Parse) -> list[EventDraft]:
    sentence = span_of(row, "span")
    return [event for event in find_events(parse, (), ()) if sentence.contains(event.trigger)]


def test_sentences_without_a_deed_rarely_raise_one(tmp_path: Path) -> None:
    rows = rows_of("eventless_sentences.jsonl")
    assert len(rows) >= 200
    parses = parses_of(rows, tmp_path)
    told = [told_in(row, parse) for row, parse in zip(rows, parses, strict=True)]
    alarms = [row["id"] for row, events in zip(rows, told, strict=True) if any(e.realis == "actual" for e in events)]
    assert len(alarms) / len(rows) <= FLOORS["eventless"]["at_most"]["actual_share"], alarms


def test_deeds_planned_denied_or_supposed_do_not_come_out_as_done(tmp_path: Path) -> None:
    """The deed at the trigger is meant; the promise or threat of it, an event of its own, may well be actual."""
    rows = rows_of("not_deeds.jsonl")
    assert len(rows) >= 150
    found, done = 0, []
    for row, parse in zip(rows, parses_of(rows, tmp_path), strict=True):
        trigger = span_of(row, "trigger")
        deeds = [e for e in told_in(row, parse) if e.trigger.overlaps(trigger) and e.rule != "event:verbal-act"]
        found += bool(deeds)
        done += [row["id"] for event in deeds if event.realis == "actual"]
    assert len(done) <= FLOORS["not_deeds"]["at_most"]["actual"], done
    assert found >= FLOORS["not_deeds"]["at_least"]["found"]
