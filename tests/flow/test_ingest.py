"""Adding from sources: nothing read twice, nothing half kept, failures kept once, interruption survived."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from diurna.flow import ingest as module
from diurna.flow.ingest import IngestJob, count_reports, ingest
from diurna.flow.reading import ReadJob
from diurna.ledger.outcome import Added
from diurna.ledger.publish import without_text
from diurna.ledger.store import Ledger
from diurna.model.record import Reading
from diurna.sources.incoming import Incoming
from tests.ledger.sample import sample

ROWS = [
    {
        "id": "1",
        "outlet": "Wire",
        "published": "2030-03-01",
        "text": "Oren Tal said on Friday that the valley is free.",
    },
    {
        "id": "2",
        "outlet": "Wire",
        "published": "2030-03-02",
        "text": "Troops of Seldonia shelled Stonebridge on Monday.",
    },
]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which reports were read, in order; reading finds nothing."""
    found: list[str] = []

    def reads(one: Incoming) -> Reading:
        found.append(one.report.source_id or "")
        return Reading(one.report)

    monkeypatch.setattr(module, "load_reader", lambda options: reads)
    return found


def write(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def add(place: Path, *sources: str, again: bool = False, texts: tuple[str, ...] = ()) -> Added:
    with Ledger(place) as ledger:
        return list(ingest(IngestJob(ReadJob(sources), again, texts), ledger))[-1].total


def test_what_is_known_is_not_read_again(tmp_path: Path, read: list[str]) -> None:
    source, place = write(tmp_path / "rows.jsonl", ROWS), tmp_path / "l.db"
    assert add(place, source).added == 2
    assert add(place, source) == Added(known=2)
    assert read == ["1", "2"]
    more = write(tmp_path / "more.jsonl", [*ROWS, {**ROWS[0], "text": "Oren Tal said nothing."}])
    assert add(place, more) == Added(known=2, edited=1)
    assert read == ["1", "2", "1"]
    assert add(place, source, again=True).known == 2
    assert len(read) == 5


def test_records_really_come_from_reading(tmp_path: Path) -> None:
    place = tmp_path / "l.db"
    with Ledger(place) as ledger:
        steps = list(ingest(IngestJob(ReadJob((write(tmp_path / "r.jsonl", ROWS),), engine="rules")), ledger))
        assert steps[-1].total.added == 2
        assert [one.record.speaker.text for one in ledger.statements()] == ["Oren Tal"]
        assert ledger.verify().clean


def test_failures_are_told_and_kept_once(tmp_path: Path, read: list[str]) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text(json.dumps(ROWS[0]) + "\n{broken\n" + json.dumps(ROWS[1]) + "\n", encoding="utf-8")
    with Ledger(tmp_path / "l.db") as ledger:
        for _ in range(2):
            steps = list(ingest(IngestJob(ReadJob((str(source), "absent.txt"))), ledger))
            failed = [line for step in steps for line in step.failures]
            assert len(failed) == 2
            assert "line 2" in failed[0]
        assert len(ledger.failures()) == 2
        assert [(run.added, run.known, run.failed) for run in ledger.runs()] == [(2, 0, 2), (0, 2, 2)]


@pytest.mark.parametrize("packed", [False, True])
def test_ready_made_readings_need_no_reading(tmp_path: Path, read: list[str], packed: bool) -> None:
    rows = [sample(n) for n in range(3)]
    lines = "".join(json.dumps(one.to_dict()) + "\n" for one in rows)
    path = tmp_path / ("r.jsonl.gz" if packed else "r.jsonl")
    path.write_bytes(gzip.compress(lines.encode()) if packed else lines.encode())
    assert add(tmp_path / "l.db", str(path)).added == 3
    assert add(tmp_path / "l.db", str(path)) == Added(known=3)
    assert read == []
    with Ledger(tmp_path / "l.db") as ledger:
        assert list(ledger.view().readings()) == rows


def test_ready_made_readings_that_are_wrong_become_failures(tmp_path: Path) -> None:
    good = sample(1).to_dict()
    other_text, other_span, no_reading = (json.loads(json.dumps(good)) for _ in range(3))
    other_text["report"]["text"] += " More."
    other_span["statements"][0]["evidence"]["span"] = [0, 3]
    del no_reading["report"]["version"]
    later = {**good, "schema": 99}
    source = write(tmp_path / "r.jsonl", [good, other_text, other_span, no_reading, later])
    with Ledger(tmp_path / "l.db") as ledger:
        total = list(ingest(IngestJob(ReadJob((source,)), again=True), ledger))[-1].total
        assert (total.added, total.failures) == (1, 4)
        assert ledger.verify().clean


def test_published_records_are_added_with_their_texts(tmp_path: Path) -> None:
    one = sample(1)
    source = write(tmp_path / "p.jsonl", list(without_text([one])))
    texts = write(tmp_path / "texts.jsonl", [{"url": one.report.url, "text": one.report.text}])
    assert add(tmp_path / "l.db", source) == Added(failures=1)
    assert add(tmp_path / "l.db", source, texts=(texts,)).added == 1
    with Ledger(tmp_path / "l.db") as ledger:
        assert list(ledger.view().readings()) == [one]


def test_a_run_that_is_stopped_keeps_what_it_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> Iterator[Reading]:
        yield sample(1)
        yield sample(2)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_found", stopped)
    with Ledger(tmp_path / "l.db") as ledger:
        with pytest.raises(KeyboardInterrupt):
            list(ingest(IngestJob(ReadJob(("x",))), ledger))
        assert ledger.counts()["reports"] == 2
        assert ledger.runs()[0].ended_at is None


def test_how_much_there_is(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", ROWS)
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    assert count_reports((source, str(tmp_path / "a.txt"))) == 3
    assert count_reports((str(tmp_path),)) == 3
    assert count_reports(("-",)) is None
