from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from diurna.errors import UsageError
from diurna.model.report import Report
from diurna.sources.incoming import Limits
from diurna.sources.reader import Incoming, ReadOptions, SourceFailure, read_incoming, read_sources, report_from_text
from tests.sources.laws import check_blocks
from tests.texts import SENTENCES

BODY = " ".join(SENTENCES)
ROW = {
    "id": "a1",
    "title": "Talks in the valley",
    "text": BODY,
    "url": "https://valley.example/a1",
    "outlet": "Valley Post",
    "author": "Oren Tal",
    "published": "2030-03-03",
    "language": "en",
}

ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab .\n\r\t\u00a0\u200b\u202e\ufeff“”‘’—\u0301ملф🕊\"'\\,;<>{}[]"),
        st.characters(exclude_characters="\x00"),
    ),
    max_size=200,
)


def received(text: str) -> str:
    """Law 2, said once more and differently."""
    lines = text.replace("\r\n", "\n").split("\r")
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in "\n".join(lines))


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return path


def read(*sources: str | Path, **options) -> list[Report | SourceFailure]:
    return list(read_sources(sources, ReadOptions(**options)))


def reports(*sources: str | Path) -> list[Report]:
    found = read(*sources)
    assert all(isinstance(one, Report) for one in found), found
    return found


def failure(*sources: str | Path, **options) -> SourceFailure:
    (found,) = read(*sources, **options)
    assert isinstance(found, SourceFailure)
    return found


@given(ODD)
@settings(max_examples=200)
def test_a_text_file_keeps_every_character(tmp_path_factory, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode().lstrip("\ufeff")
    path = write(tmp_path_factory.getbasetemp(), "odd.txt", text)
    (found,) = read(path)
    if isinstance(found, SourceFailure):
        assert not text.strip() or "binary" in found.reason
    else:
        assert found.text == received(text)
        check_blocks(found.text, found.blocks)


@given(ODD, st.one_of(st.none(), ODD))
@settings(max_examples=300)
def test_a_json_row_gives_title_blank_line_text(tmp_path_factory, text: str, title: str | None) -> None:
    path = write(tmp_path_factory.getbasetemp(), "odd.jsonl", json.dumps({"text": text, "title": title}))
    (found,) = read(path)
    if not text.strip():
        assert isinstance(found, SourceFailure)
        return
    assert isinstance(found, Report)
    head, body = received(title or ""), received(text)
    expected = body if not head.strip() or body.startswith(head) else f"{head}\n\n{body}"
    assert found.text == expected
    check_blocks(found.text, found.blocks)


def test_halves_of_surrogate_pairs_become_replacement_characters(tmp_path: Path) -> None:
    (found,) = reports(write(tmp_path, "a.jsonl", '{"text": "broken \\ud83d here, whole \\ud83d\\ude00 there"}'))
    assert found.text == "broken \ufffd here, whole 😀 there"


def test_a_paragraph_in_another_language_is_not_read(tmp_path: Path) -> None:
    english = (
        "The minister of Ruritania said on Monday that the talks in the capital would go on until the end of the week."
    )
    french = (
        "Le ministre a dit que les pourparlers se poursuivront dans la capitale jusqu'à la fin de la semaine, et que "
        "le gouvernement n'est pas pour une pause avec les rebelles qui sont dans le nord."
    )
    path = tmp_path / "mixed.txt"
    path.write_text(f"{english}\n\n{french}\n\n{english[:-1]}, he said.\n", encoding="utf-8")
    (report,) = read_sources([path])
    assert isinstance(report, Report)
    assert [block.kind for block in report.blocks if block.span.of(report.text) == french] == ["other"]
    assert sum(block.kind == "body" for block in report.blocks) == 2
    path.write_text(f"{french}\n\n{french[:-1]}, a-t-il dit.\n", encoding="utf-8")
    (whole,) = read_sources([path])
    assert isinstance(whole, Report)
    assert (whole.language, {block.kind for block in whole.blocks}) == ("fr", {"body"})


def test_all_formats_give_the_same_report(tmp_path: Path) -> None:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(ROW))
    writer.writeheader()
    writer.writerow(ROW)
    parquet.write_table(pa.Table.from_pylist([ROW]), tmp_path / "a.parquet")
    line = json.dumps(ROW)
    paths = [
        write(tmp_path, "a.jsonl", line),
        write(tmp_path, "a.jsonl.gz", gzip.compress(line.encode())),
        write(tmp_path, "list.json", json.dumps([ROW], indent=2)),
        write(tmp_path, "one.json", json.dumps(ROW, indent=2)),
        write(tmp_path, "reply.json", json.dumps({"articles": {"results": [ROW], "page": 1}})),
        write(tmp_path, "a.csv", table.getvalue()),
        write(tmp_path, "bom.csv", "\ufeff" + table.getvalue()),
        write(tmp_path, "wide.csv", table.getvalue().encode("utf-16")),
        write(tmp_path, "a.tsv", "\t".join(ROW) + "\n" + "\t".join(ROW.values()) + "\n"),
        write(tmp_path, "semicolons.csv", ";".join(ROW) + "\n" + ";".join(ROW.values()) + "\n"),
        write(tmp_path, "nameless-lines", line),
        write(tmp_path, "nameless-list", json.dumps([ROW])),
        write(tmp_path, "nameless-table", table.getvalue()),
        tmp_path / "a.parquet",
        write(tmp_path, "a.parquet.gz", gzip.compress((tmp_path / "a.parquet").read_bytes())),
    ]
    found = reports(*paths)
    assert len(found) == len(paths)
    assert all(one == found[0] for one in found)
    assert found[0].text == f"{ROW['title']}\n\n{BODY}"
    assert found[0].published is not None
    assert found[0].published.earliest == "2030-03-03"
    assert (found[0].source_id, found[0].outlet, found[0].author, found[0].url) == (
        "a1",
        "Valley Post",
        "Oren Tal",
        ROW["url"],
    )


def test_standard_input_is_told_by_its_first_bytes() -> None:
    for data in (BODY, json.dumps(ROW), json.dumps([ROW]), gzip.compress(BODY.encode())):
        raw = data if isinstance(data, bytes) else data.encode()
        (found,) = read_sources(["-"], standard_input=io.BytesIO(raw))
        assert isinstance(found, Report)
        assert BODY in found.text


def test_folders_are_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b" / ".git").mkdir(parents=True)
    for name in ("b/two.txt", "b/.hidden.txt", "b/.git/x.txt", "a.txt", "c.txt", "b/style.css"):
        write(tmp_path, name, f"{name} {BODY}")
    assert [one.text.split()[0] for one in reports(tmp_path)] == ["a.txt", "c.txt", "b/two.txt"]


def test_patterns(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        write(tmp_path, name, f"{name} {BODY}")
    assert [one.text.split()[0] for one in reports(f"{tmp_path}/*.txt")] == ["a.txt", "b.txt"]
    assert "no file matches" in failure(f"{tmp_path}/*.html").reason


def test_a_name_with_brackets_is_a_file_first(tmp_path: Path) -> None:
    assert reports(write(tmp_path, "a[1].txt", BODY))[0].text == BODY


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("nowhere.txt", "no such file"),
        ("ftp://valley.example/a", "only http"),
        ("nothing/*.txt", "no file matches"),
        ("a\x00b", "zero"),
    ],
)
def test_what_is_not_there_is_a_failure(source: str, word: str) -> None:
    found = failure(source)
    assert found.stage == "open"
    assert word in found.reason


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.jsonl", b"", "no rows"),
        ("a.json", b"[]", "no rows"),
        ("a.csv", b"", "no column"),
        ("a.csv", b"id,date\n1,2\n", "no column"),
        ("a.csv", b"\rid,text\n1,2\n", "names no columns"),
        ("a.pdf", b"%PDF-1.4", "PDF"),
        ("a.docx", b"PK\x03\x04", "zip"),
        ("a.warc", b"WARC/1.0\r\n", "WARC"),
        ("a.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "the feed has no entries"),
        ("a.parquet", b"PAR1 broken PAR1", "Parquet"),
        ("a.html", b"<html><body></body></html>", "no main text"),
        ("a.txt", b"\x1f\x8b\x08\x00", "gzip"),
    ],
)
def test_what_cannot_be_read_is_a_failure_that_says_why(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    assert word in failure(write(tmp_path, name, data)).reason


def test_bad_rows_do_not_stop_the_others(tmp_path: Path) -> None:
    good = json.dumps(ROW)
    bad = [
        "{broken",
        "[1, 2]",
        '"text"',
        "{}",
        '{"text": ""}',
        '{"text": 7}',
        '{"text": null, "title": "A"}',
        '{"text": ["a"]}',
        "\x00",
    ]
    found = read(write(tmp_path, "a.jsonl", "\n".join([good, *bad, "", good])))
    assert [type(one).__name__ for one in found] == ["Report", *["SourceFailure"] * len(bad), "Report"]
    assert [one.where.rpartition(", ")[2] for one in found[1:-1]] == [f"line {n}" for n in range(2, len(bad) + 2)]


def test_a_file_of_bad_rows_is_given_up(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", "x\n" * 500)
    found = read(path, limits=Limits(bad_rows=20))
    assert len(found) == 21
    assert "given up" in found[-1].reason


def test_rows_before_damage_are_read(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({**ROW, "id": str(n), "text": f"{n} {BODY}"}) for n in range(2_000))
    data = gzip.compress(rows.encode())
    found = read(write(tmp_path, "a.jsonl.gz", data[: len(data) // 2]))
    assert sum(isinstance(one, Report) for one in found) > 500
    assert isinstance(found[-1], SourceFailure)
    assert "cut" in found[-1].reason


def test_limits_are_failures(tmp_path: Path) -> None:
    small = Limits(text=100, file=5_000, page=100, row=5_000)
    assert "more than 100" in failure(write(tmp_path, "a.txt", BODY), limits=small).reason
    assert "larger" in failure(write(tmp_path, "b.txt", BODY * 10), limits=small).reason
    assert "larger" in failure(write(tmp_path, "c.html", f"<html>{BODY}</html>"), limits=small).reason
    assert "more than 100" in failure(write(tmp_path, "d.jsonl", json.dumps(ROW)), limits=small).reason
    huge, tiny = json.dumps({"text": BODY * 20}), '{"text": "Short."}'
    found = read(write(tmp_path, "e.jsonl", f"{huge}\n{tiny}\n"), limits=small)
    assert [type(one).__name__ for one in found] == ["SourceFailure", "Report"]
    assert "larger" in failure(write(tmp_path, "f.json", f"[{huge}]"), limits=small).reason


def test_tables_with_odd_shapes(tmp_path: Path) -> None:
    long = "word " * 60_000
    rows = (
        'id,Text,TEXT,date\n1,"two\nlines, one comma",x,2030-01-01\n2,short\n'
        f'3,"{long}",,\n\n4,a,b,2030-01-01,moved,here\n5,"say ""no""",,\n'
    )
    found = read(write(tmp_path, "a.csv", rows))
    assert [one.text if isinstance(one, Report) else "failed" for one in found] == [
        "two\nlines, one comma",
        "short",
        long,
        "failed",
        'say "no"',
    ]


def test_a_quotation_mark_that_is_never_closed_is_a_failure(tmp_path: Path) -> None:
    found = read(write(tmp_path, "a.csv", 'id,text\n1,"whole"\n2,"open\n3,more\n4,end\n'))
    assert [type(one).__name__ for one in found] == ["Report", "SourceFailure"]
    assert "never closed" in found[1].reason


def test_quotation_marks_in_tab_separated_tables_are_text(tmp_path: Path) -> None:
    (plain,) = reports(write(tmp_path, "a.tsv", 'id\ttext\n1\t"No," he said.\n'))
    assert plain.text == '"No," he said.'
    (quoted,) = reports(write(tmp_path, "b.tsv", 'id\ttext\n1\t"two\nlines"\n'))
    assert quoted.text == "two\nlines"


def test_a_page_is_a_page_whatever_its_name(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body><article><p>{BODY}</p></article></body></html>"
    assert "<p>" not in reports(write(tmp_path, "a.txt", page))[0].text


def test_the_caller_outranks_the_source(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", json.dumps(ROW))
    (found,) = read(path, published="2031-01-01", outlet="Harrow Times", language="de")
    assert isinstance(found, Report)
    assert (found.published.earliest, found.outlet, found.language) == ("2031-01-01", "Harrow Times", "de")
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        read_incoming([path], ReadOptions(published="yesterday"))


def test_a_date_nobody_can_read_is_noted_and_the_report_is_read(tmp_path: Path) -> None:
    (found,) = read_incoming([write(tmp_path, "a.jsonl", json.dumps({**ROW, "published": "some time in spring"}))])
    assert isinstance(found, Incoming)
    assert found.report.published is None
    assert "some time in spring" in found.notes[0].reason


def test_the_same_text_has_the_same_id_whatever_file_it_came_from(tmp_path: Path) -> None:
    one, two = reports(write(tmp_path, "a.txt", BODY), write(tmp_path, "b.txt", BODY.replace(" ", " ")))
    assert (one.id, one.version) == (two.id, two.version)
    edited = report_from_text(BODY + " More.", url="https://valley.example/a1")
    assert edited.id == report_from_text(BODY, url="https://valley.example/a1").id
    assert edited.version != one.version


def test_report_from_text_takes_what_is_known() -> None:
    found = report_from_text("Line one.\r\nLine two.", title="A title", published="2030-03-03", outlet="Valley Post")
    assert found.text == "A title\n\nLine one.\nLine two."
    assert (found.title, found.outlet) == ("A title", "Valley Post")
    with pytest.raises(UsageError):
        report_from_text("Text.", published="no day")


def test_the_language_is_guessed_where_nobody_gives_it() -> None:
    assert report_from_text(BODY).language == "en"
    german = (
        "Der Rat hat am Freitag erklärt, dass die Truppen das Tal verlassen haben und nicht mehr in der Stadt sind. "
    )
    assert report_from_text(german * 3).language == "de"
    assert report_from_text("Short.").language is None
    assert report_from_text("أعلن المجلس يوم الجمعة أن القوات غادرت الوادي").language == "und"
