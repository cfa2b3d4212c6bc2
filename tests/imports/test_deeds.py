"""Deeds and commitments from elsewhere: every row a report with its evidence, marked, and bad rows survived."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from diurna.errors import SourceError
from diurna.export import acled as acled_out
from diurna.export import gdelt as gdelt_out
from diurna.export import polecat as polecat_out
from diurna.export.format import deeds
from diurna.export.formats import FORMATS
from diurna.flow.importing import READERS, import_readings
from diurna.flow.linking import link
from diurna.flow.openfile import lines_of
from diurna.imports import acled, commitments, gdelt, polecat
from diurna.imports.deeds import Found, Passed, reading_of
from diurna.imports.rows import BadRow, Row, table_rows
from diurna.ledger.asking import Ask
from diurna.ledger.linked import KeptCrossGap
from diurna.ledger.store import Ledger
from diurna.model.record import Reading, check_reading
from tests.export.samples import samples

POLECAT = {
    "Event ID": "20300105-1", "Event Date": "2030-01-05", "Event Type": "PROTEST", "Event Mode": "demo",
    "Contexts": "human_rights;legal", "Actor Name": "Dockers’ union", "Actor Country": "FRA",
    "Primary Actor Sector": "LAB", "Recipient Name": "Ministry of Mills", "Recipient Country": "FRA",
    "Primary Recipient Sector": "GOV", "Placename": "Lyon", "City": "Lyon", "Country": "FRA", "Latitude": "45.75",
    "Longitude": "4.85", "GeoNames ID": "2996944", "Source": "The Gazette", "Publication Date": "2030-01-06",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "FRA7", "event_date": "05 January 2030", "time_precision": "2", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Military Forces of Veldria", "inter1": "1", "actor2": "HFA",
    "inter2": "2", "iso": "250", "country": "France", "location": "Lyon", "latitude": "45.75", "longitude": "4.85",
    "geo_precision": "1", "source": "The Gazette; Radio Mill", "notes": "On 5 January, they clashed.",
    "fatalities": "3",
}  # fmt: skip


def tsv(header: tuple[str, ...] | list[str], *rows: dict[str, str]) -> list[str]:
    return ["\t".join(header), *("\t".join(row.get(column, "") for column in header) for row in rows)]


def csv_lines(header: tuple[str, ...], *rows: dict[str, str]) -> list[str]:
    def cell(text: str) -> str:
        return f'"{text}"' if set(text) & set(',"') else text

    return [",".join(header), *(",".join(cell(row.get(column, "")) for column in header) for row in rows)]


def only(found: Iterator[Found]) -> Reading:
    (one,) = found
    assert isinstance(one, Reading), one
    check_reading(one)
    return one


def test_polecat_rows_are_deeds_whose_evidence_is_the_row() -> None:
    one = only(polecat.read(tsv(polecat_out.HEADER, POLECAT)))
    (event,) = one.events
    text = one.report.text
    assert (one.report.outlet, one.report.source_id, one.report.url) == ("POLECAT", "20300105-1", None)
    assert event.evidence.rule == "import polecat"
    assert event.trigger.of(text) == "PROTEST"
    assert "Actor Name: Dockers’ union" in text
    assert (event.type, event.mode, event.contexts) == ("PROTEST", "demo", ("human_rights", "legal"))
    assert (event.realis, event.attributed_to) == ("actual", None)
    assert [(p.text, p.country, p.sector) for p in event.actors] == [("Dockers’ union", "FRA", "LAB")]
    assert event.actors[0].span is not None
    assert event.actors[0].span.of(text) == "Dockers’ union"
    assert event.place is not None
    assert (event.place.precision, event.place.lat, event.place.country) == ("city", 45.75, "FRA")
    assert event.happened_at is not None
    assert event.happened_at.earliest == "2030-01-05"
    assert one.report.published is not None
    assert one.report.published.earliest == "2030-01-06"


def test_polecats_known_faults_are_read() -> None:
    header = [*polecat_out.HEADER[:5], "Headline", *polecat_out.HEADER[5:]]
    lines = tsv(polecat_out.HEADER, POLECAT)
    assert only(polecat.read(["\t".join(header), f"{lines[1]}\t\t"])).events == only(polecat.read(lines)).events


def test_gdelt_rows_of_every_version() -> None:
    row = {
        "GLOBALEVENTID": "77", "SQLDATE": "20300105", "EventCode": "190", "Actor1Name": "VELDRIA",
        "Actor1CountryCode": "FRA",
        "Actor1Type1Code": "MIL", "Actor2Name": "REBEL", "Actor2Type1Code": "INS", "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Lyon, Rhone-Alpes, France", "ActionGeo_CountryCode": "FR", "ActionGeo_Lat": "45.75",
        "ActionGeo_Long": "4.85", "ActionGeo_FeatureID": "-1449947", "DATEADDED": "20300106121500",
        "SOURCEURL": "https://gazette.example/1",
    }  # fmt: skip
    for width in (61, 58, 57):
        line = "\t".join(row.get(column, "") for column in gdelt.columns(width))
        one = only(gdelt.read([line]))
        (event,) = one.events
        assert (event.type, event.cameo, event.evidence.rule) == ("ASSAULT", "190", "import gdelt")
        assert [p.sector for p in (*event.actors, *event.recipients)] == ["MIL", "REB"]
        assert event.place is not None
        assert (event.place.country, event.place.precision) == ("FRA", "city")
        assert one.report.url is None
        assert ("https://gazette.example/1" in one.report.text) == (width > 57)
    assert tuple(gdelt_out.COLUMNS) == gdelt.columns(61)
    spoken = "\t".join({**row, "EventCode": "010"}.get(column, "") for column in gdelt.columns(61))
    assert list(gdelt.read([spoken])) == [Passed(1, "CAMEO 01 is words and no deed")]
    named = [
        "\t".join(name.replace("SQLDATE", "Day") for name in gdelt.columns(61)),
        line.replace("77", "78") + "\t" * 4,
    ]
    assert isinstance(next(gdelt.read(named)), Reading)
    (bad,) = gdelt.read(["a\tb\tc"])
    assert isinstance(bad, BadRow)


def test_acled_rows_have_their_precision_and_their_dead() -> None:
    one = only(acled.read(csv_lines(acled_out.HEADER, ACLED)))
    (event,) = one.events
    assert (event.type, event.evidence.rule, one.report.outlet) == ("ASSAULT", "import acled", "ACLED")
    assert event.happened_at is not None
    assert (event.happened_at.earliest, event.happened_at.latest) == ("2029-12-31", "2030-01-06")
    assert event.happened_at.precision == "week"
    assert event.numbers.killed is not None
    assert (event.numbers.killed.low, event.numbers.killed.text) == (3, "3")
    assert [p.sector for p in (*event.actors, *event.recipients)] == ["MIL", "REB"]
    assert event.place is not None
    assert (event.place.country, event.place.precision) == ("FRA", "city")
    assert [block.span.of(one.report.text) for block in one.report.blocks if block.kind == "body"] == [ACLED["notes"]]
    month = only(acled.read(csv_lines(acled_out.HEADER, {**ACLED, "time_precision": "3", "fatalities": "0"})))
    assert month.events[0].happened_at is not None
    assert month.events[0].happened_at.precision == "month"
    assert month.events[0].numbers.killed is None
    passed = list(acled.read(csv_lines(acled_out.HEADER, {**ACLED, "sub_event_type": "Change to group/activity"})))
    assert isinstance(passed[0], Passed)


@pytest.mark.parametrize(("name", "read"), [("polecat", polecat.read), ("gdelt", gdelt.read), ("acled", acled.read)])
def test_what_we_export_comes_back(name: str, read: object) -> None:
    known = samples()[:-1]
    lines = b"".join(FORMATS[name].write(known)).decode().splitlines()
    back = [one for one in read(lines) if isinstance(one, Reading)]  # type: ignore[operator]
    assert back
    out = b"".join(FORMATS[name].write(back)).decode().splitlines()
    keep = {
        "polecat": (1, 2, 3, 7, 8, 10, 15, 16, 23, 27),
        "gdelt": (1, 26, 28, 29, 53),
        "acled": (1, 5, 6, 17, 21, 22),
    }[name]

    def columns(rows: list[str]) -> list[tuple[str, ...]]:
        import csv

        cells = csv.reader(rows, delimiter="," if name == "acled" else "\t")
        return sorted({tuple(row[at].upper() for at in keep) for row in cells})

    assert columns(out) == columns(lines)


def test_a_csv_of_commitments() -> None:
    lines = [
        "id,kind,by,to,what,date,due,condition,criteria,url",
        "1,promise,Ansa Brekke,the dockers,“The mill will open again”,2030-01-05,2030-06,if funds allow,open; hired,",
        "2,vow,Ansa Brekke,,something,2030-01-05,,,,",
        "3,threat,The Front,,to close the road,someday,,,,",
        "4,demand,,,\"to hand in, at once, the \"\"heavy\"\" arms\",,,,,",
        "5,promise,X,,,,,,,",
    ]  # fmt: skip
    found = list(commitments.read(lines, "promises.csv"))
    one, four = (each for each in found if isinstance(each, Reading))
    check_reading(one)
    (commitment,) = one.commitments
    (statement,) = one.statements
    assert (commitment.kind, commitment.act, commitment.condition) == (
        "promise",
        "“The mill will open again”",
        "if funds allow",
    )
    assert (commitment.criteria, commitment.opened_by) == (("open", "hired"), statement.id)
    assert commitment.due is not None
    assert (commitment.due.earliest, commitment.due.precision) == ("2030-06-01", "month")
    assert {actor.id: actor.name for actor in one.actors}[commitment.by or ""] == "Ansa Brekke"
    assert (statement.evidence.rule, one.report.outlet) == ("import commitments", "promises.csv")
    assert four.statements[0].content.text == 'to hand in, at once, the "heavy" arms'
    assert four.statements[0].speaker.kind == "document"
    bad = {each.line: each.reason for each in found if isinstance(each, BadRow)}
    assert set(bad) == {3, 4, 6}
    assert "vow" in bad[3]
    assert "someday" in bad[4]


def test_pa_x_agreements() -> None:
    header = "Con,Contp,PP,PPName,Reg,AgtId,Ver,Agt,Dat,Status,Lgt,Agtp,Stage,GCh,GDis"
    name = '"Agreement on the Valley, its Mills and Roads"'
    line = f"France,Government,9,Valley process,Europe,1234,1,{name},2030-01-05,Multiparty signed,3,Intra,SubPar,0,2"
    one = only(commitments.read_pax([header, line]))
    check_reading(one)
    (event,), (commitment,) = one.events, one.commitments
    assert (event.type, event.realis, event.evidence.rule) == ("AGREE", "actual", "import pax")
    assert commitment.act == "Agreement on the Valley, its Mills and Roads"
    assert (commitment.kind, commitment.opened_by, commitment.by) == ("agreement", event.id, None)
    assert event.place is not None
    assert (event.place.country, event.place.lat) == ("FRA", None)
    assert "GDis" not in one.report.text
    (bad,) = commitments.read_pax([header, line.replace("1234", "")])
    assert isinstance(bad, BadRow)


# --- rows


def test_one_bad_row_costs_no_other() -> None:
    lines = ["a,b", "1,2", '"never closed,3', "4,5", "6", ['"7', 'still 7",8'][0], 'still 7",8', "9,\x0010"]
    rows = list(table_rows(lines))
    good = [(row.line, row.cells) for row in rows if isinstance(row, Row)]
    assert [line for line, _ in good] == [2, 4, 6, 8]
    assert good[2][1] == {"a": "7\nstill 7", "b": "8"}
    assert [row.line for row in rows if isinstance(row, BadRow)] == [3, 5]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_parts_cells_is_told_by_the_header(mark: str) -> None:
    lines = ["name,kind".replace(",", mark), '"a, b; c",group'.replace(",g", f"{mark}g")]
    (row,) = table_rows(lines)
    assert isinstance(row, Row)
    assert row.cells == {"name": "a, b; c", "kind": "group"}


def test_files_are_unpacked_and_latin_1_is_survived(tmp_path: Path) -> None:
    plain = "x\ty\nLyonnais é\tb\n"
    (tmp_path / "a").write_text(plain, encoding="utf-8")
    (tmp_path / "b.gz").write_bytes(gzip.compress(plain.encode()))
    (tmp_path / "c").write_bytes(plain.encode("latin-1"))
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as pack:
        pack.writestr("inner.csv", plain)
    for name in ("a", "b.gz", "c", "d.zip"):
        assert list(lines_of(str(tmp_path / name))) == plain.splitlines(), name
    (tmp_path / "e.zip").write_bytes(b"PK\x03\x04broken")
    with pytest.raises(SourceError, match="cannot be read"):
        list(lines_of(str(tmp_path / "e.zip")))


# --- into a ledger


def test_they_are_kept_once_marked_and_a_changed_row_is_a_new_version(tmp_path: Path) -> None:
    path = tmp_path / "polecat.tsv"
    bad = {**POLECAT, "Event ID": "20300105-2", "Latitude": "north"}
    path.write_text("\n".join(tsv(polecat_out.HEADER, POLECAT, bad)), encoding="utf-8")
    with Ledger(tmp_path / "x.db") as ledger:
        *_, first = import_readings("polecat", [str(path)], ledger)
        assert (first.added.added, first.failed) == (1, 1)
        assert first.failures == [f"{path}, line 3: could not convert string to float: 'north'"]
        *_, again = import_readings("polecat", [str(path)], ledger)
        assert (again.added.added, again.added.known) == (0, 1)
        path.write_text("\n".join(tsv(polecat_out.HEADER, {**POLECAT, "Event Mode": "riot"})), encoding="utf-8")
        *_, edited = import_readings("polecat", [str(path)], ledger)
        assert edited.added.edited == 1
        (kept,) = ledger.events()
        assert (kept.record.mode, kept.record.evidence.rule, kept.report.outlet) == (
            "riot",
            "import polecat",
            "POLECAT",
        )
        assert ledger.verify().clean
        assert [one.place for one in ledger.failures()] == [f"{path}, line 3"]


def test_a_promise_from_a_csv_meets_a_deed_of_acled_and_rows_are_in_no_story(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(
        "by,what,date\nHarrow Front,The Harrow Front will not shell Stonebridge,2030-01-01\n", encoding="utf-8"
    )
    row = {
        **ACLED, "sub_event_type": "Shelling/artillery/missile attack", "time_precision": "1", "actor1": "Harrow Front",
        "actor2": "Stonebridge", "notes": "The Harrow Front shelled Stonebridge on 5 January.",
    }  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(csv_lines(acled_out.HEADER, row)), encoding="utf-8")
    with Ledger(tmp_path / "x.db") as ledger:
        *_, _ = import_readings("commitments", [str(tmp_path / "p.csv")], ledger)
        *_, _ = import_readings("acled", [str(tmp_path / "a.csv")], ledger)
        *_, done = link(ledger)
        assert (done.reports, done.stories) == (2, 0)
        *_, again = link(ledger)
        assert again.waiting == 0
        view = ledger.view()
        assert not list(view.stories(Ask()))
        found = [one for one in view.any_gaps(Ask(), ("gap",)) if isinstance(one, KeptCrossGap)]
        assert [(one.found.gap.kind, one.left.outlet, one.report.outlet) for one in found] == [
            ("promise_unkept", "p.csv", "ACLED")
        ]
        assert ledger.verify().clean


def test_every_reader_survives_what_is_none_of_its_kind() -> None:
    for name, read in READERS.items():
        for lines in ([], [""], ["\x00\x01"], ["<html>", "<p>"], [json.dumps({"a": 1})], ["a\tb"] * 3, ['"' * 7] * 5):
            assert not [one for one in read(lines, "x") if isinstance(one, Reading)], name


def test_a_deed_needs_a_type_and_rows_are_deeds_by_the_models_own_rule() -> None:
    one = only(polecat.read(tsv(polecat_out.HEADER, POLECAT)))
    assert deeds(one) == list(one.events)
    (bad,) = polecat.read(tsv(polecat_out.HEADER, {**POLECAT, "Event Type": "HUG"}))
    assert isinstance(bad, BadRow)
    assert callable(reading_of)
    assert replace(one) == one
