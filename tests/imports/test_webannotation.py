"""People's annotations as judgements: whom they name, what they show, what they say; twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diurna.errors import UsageError
from diurna.export.formats import FORMATS
from diurna.flow.importing import Imported, import_judgements
from diurna.imports.deeds import Passed
from diurna.imports.rows import BadRow
from diurna.imports.webannotation import Annotated, read
from diurna.ledger.store import Ledger
from diurna.model.report import report_id
from tests.export.samples import samples

ONE = samples()[0]
URL = "https://gazette.example/rally"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    import dataclasses

    key = report_id(url=URL, outlet=None, source_id=None, title=None, text="")
    with Ledger(tmp_path / "x.db") as kept:
        kept.add([dataclasses.replace(ONE, report=dataclasses.replace(ONE.report, id=key, url=URL))])
        yield kept


def selectors(start: int, end: int) -> list[dict[str, Any]]:
    text = ONE.report.text
    return [
        {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - 20) : start],
         "suffix": text[end : end + 20]},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]  # fmt: skip


def annotation(target: object, verdict: str = "reject", **more: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "target": target,
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": verdict},
                 {"type": "TextualBody", "purpose": "commenting", "value": "another speaker"}],
        "creator": {"name": "A. Reader"}, "created": "2030-01-05T10:00:00Z", **more,
    }  # fmt: skip


def take(ledger: Ledger, tmp_path: Path, *rows: object, by: str | None = None) -> Imported:
    path = tmp_path / "annotations.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    *_, found = import_judgements([str(path)], ledger, by)
    return found


def test_a_record_named_by_its_id(ledger: Ledger, tmp_path: Path) -> None:
    record = ONE.statements[0].id
    row = annotation(f"urn:diurna:{record}")
    found = take(ledger, tmp_path, row)
    assert (found.judged, found.failed) == (1, 0)
    (judged,) = ledger.view().judgements(record)
    assert (judged.verdict, judged.by, judged.person) == ("reject", "A. Reader", True)
    assert judged.why == "another speaker (annotated 2030-01-05T10:00:00Z)"
    again = take(ledger, tmp_path, row)
    assert (again.judged, again.known) == (0, 1)
    assert len(ledger.view().judgements(record)) == 1


def test_a_record_shown_by_its_words_even_where_the_page_moved(ledger: Ledger, tmp_path: Path) -> None:
    one = ONE.statements[1]
    span = one.content.spans[0]
    target = {"source": f"{URL}#top", "selector": selectors(*span)}
    moved = {"source": URL, "selector": [selectors(*span)[0], {"type": "TextPositionSelector", "start": 1, "end": 5}]}
    event = ONE.events[0]
    shown = {"source": URL, "selector": selectors(*event.evidence.span)}
    found = take(ledger, tmp_path, annotation(target), annotation(moved, "accept: fine"), annotation(shown, "Right"))
    assert (found.judged, found.failed) == (3, 0)
    assert [each.verdict for each in ledger.view().judgements(one.id)] == ["reject", "accept"]
    assert [each.verdict for each in ledger.view().judgements(event.id)] == ["accept"]


def test_our_own_export_with_a_verdict_in_its_body(ledger: Ledger, tmp_path: Path) -> None:
    lines = b"".join(FORMATS["webannotation"].write(ledger.view().readings())).decode().splitlines()
    row = json.loads(lines[0])
    row |= {"body": [{"purpose": "assessing", "value": "accept"}], "creator": "mara"}
    found = take(ledger, tmp_path, row)
    assert (found.judged, found.failed) == (1, 0)
    assert [one.by for one in ledger.view().judgements()] == ["mara"]


def test_bad_ones_are_named_and_silent_ones_passed_over(ledger: Ledger, tmp_path: Path) -> None:
    nowhere = {"source": URL, "selector": [{"type": "TextQuoteSelector", "exact": "not in the text"}]}
    stranger = {"source": "https://elsewhere.example/", "selector": selectors(0, 10)}
    good = annotation(f"urn:diurna:{ONE.statements[0].id}")
    rows = (
        annotation(nowhere), annotation(stranger), annotation("urn:diurna:st-00000000000000000000"),
        annotation({"source": URL}), "text", annotation(f"urn:diurna:{ONE.statements[0].id}", "interesting"), good,
    )  # fmt: skip
    found = take(ledger, tmp_path, *rows)
    assert (found.judged, found.passed, found.failed) == (1, 1, 5)
    assert [failure.split(":")[0].rsplit(" ", 1)[-1] for failure in found.failures] == ["1", "2", "3", "4", "5"]


def test_somebody_must_decide(ledger: Ledger, tmp_path: Path) -> None:
    row = annotation(f"urn:diurna:{ONE.statements[0].id}", creator=None)
    with pytest.raises(UsageError, match="--by NAME"):
        take(ledger, tmp_path, row)
    assert take(ledger, tmp_path, row, by="the desk").judged == 1


WRAPS: tuple[Any, ...] = (
    json.dumps,
    lambda rows: "\n".join(map(json.dumps, rows)),
    lambda rows: json.dumps({"items": rows}),
    lambda rows: json.dumps({"type": "AnnotationCollection", "first": {"items": rows}}),
    lambda rows: json.dumps({"rows": rows}),
)


@pytest.mark.parametrize("wrap", WRAPS)
def test_lists_lines_and_collections_are_read(wrap: Any) -> None:
    rows = [annotation("urn:diurna:st-1"), annotation("urn:diurna:st-2", "accept")]
    assert [one.verdict for one in read(wrap(rows)) if isinstance(one, Annotated)] == ["reject", "accept"]


def test_hypothesis_rows_are_read() -> None:
    row = {"user": "acct:mara@hypothes.is", "text": "the speaker is another", "tags": ["wrong"], "uri": URL,
           "target": [{"source": URL, "selector": [{"type": "TextQuoteSelector", "exact": "x"}]}]}  # fmt: skip
    (one,) = read(json.dumps({"rows": [row]}))
    assert isinstance(one, Annotated)
    assert (one.verdict, one.by, one.why, one.quote, one.source) == (
        "reject",
        "mara",
        "the speaker is another",
        "x",
        URL,
    )


@pytest.mark.parametrize(
    "text", ["", "{", "[1, null]", '{"target": 7}', '[{"body": {"value": ["accept"]}, "target": [[]]}]']
)
def test_what_is_no_annotation_never_breaks_anything(text: str) -> None:
    assert all(isinstance(one, BadRow | Passed) for one in read(text))
