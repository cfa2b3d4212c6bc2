"""Web archives: pages and texts out of their records, damage survived, counts kept."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from diurna.model.report import Report
from diurna.sources.incoming import ReadOptions, SourceFailure
from diurna.sources.reader import read_sources
from diurna.sources.streams import open_stream
from diurna.sources.warc import WarcReader

ARCHIVES = Path(__file__).parents[3] / "shared/input/warc"
PAGE = (
    "<html lang='en'><head><title>Council meets</title></head><body><article><h1>Council meets</h1>"
    "<p>The council of Orla met on Friday and voted to reopen the harbour road, its chair said after the meeting.</p>"
    "<p>Two members voted against it. They said that the road was not safe and that nobody had asked the dockers.</p>"
    "</article></body></html>"
)


def record(
    writer: WARCWriter, url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK"
) -> None:
    headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))


def archive(*, packed: bool = True, pages: int = 2) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "test"}))
    for number in range(pages):
        record(writer, f"https://orla.example/{number}", PAGE.replace("Two", f"All {number + 2}").encode())
    record(writer, "https://orla.example/logo.png", b"\x89PNG", kind="image/png")
    record(writer, "https://orla.example/gone", PAGE.encode(), status="404 Not Found")
    return file.getvalue()


def read(path: Path, data: bytes) -> list[Report | SourceFailure]:
    path.write_bytes(data)
    return list(read_sources([path]))


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_reports_under_their_addresses(tmp_path: Path, packed: bool) -> None:
    found = read(tmp_path / ("a.warc.gz" if packed else "a.warc"), archive(packed=packed))
    assert [one.url for one in found if isinstance(one, Report)] == ["https://orla.example/0", "https://orla.example/1"]
    assert all("harbour road" in one.text for one in found if isinstance(one, Report))
    assert len(found) == 2


def test_counts_say_what_became_of_every_record() -> None:
    reader = WarcReader(open_stream(io.BytesIO(archive())), "a.warc.gz", ReadOptions())
    assert len(list(reader)) == 2
    assert (reader.counts["records"], reader.counts["response"], reader.counts["warcinfo"]) == (5, 4, 1)
    assert (reader.counts["read"], reader.counts["passed over"]) == (2, 2)


def test_extracted_text_is_a_report(tmp_path: Path) -> None:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    text = "Council meets\nThe council met on Friday.\n"
    writer.write_record(
        writer.create_warc_record(
            "https://orla.example/1", "conversion", payload=io.BytesIO(text.encode()), warc_content_type="text/plain"
        )
    )
    (found,) = read(tmp_path / "a.warc.wet.gz", file.getvalue())
    assert isinstance(found, Report)
    assert found.text == text


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_archive_is_read_to_its_break(tmp_path: Path, packed: bool, share: float) -> None:
    data = archive(packed=packed, pages=6)
    found = read(tmp_path / "a.warc", data[: int(len(data) * share)])
    reports = [one for one in found if isinstance(one, Report)]
    assert len(reports) < 7
    assert len(reports) >= int(6 * share) - 2
    assert all("Orla" in one.text for one in reports)


def test_a_large_page_is_a_failure_of_its_own(tmp_path: Path) -> None:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    record(writer, "https://orla.example/big", b"<html>" + b"x" * 9_000_000)
    record(writer, "https://orla.example/1", PAGE.encode())
    big, good = read(tmp_path / "a.warc.gz", file.getvalue())
    assert isinstance(big, SourceFailure)
    assert "larger than" in big.reason
    assert isinstance(good, Report)


@pytest.mark.parametrize(
    "data",
    [b"WARC/1.0\r\n", b"WARC/9 nonsense\n\n" * 3, gzip.compress(b"WARC/1.0\r\nX", mtime=0)],
    ids=["a line", "no version", "packed"],
)
def test_what_only_begins_like_an_archive_ends_in_a_failure(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path / "a.warc", data)
    assert all(isinstance(one, SourceFailure) for one in found)
    assert len(found) == 1


@pytest.mark.gold
@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="../shared/input/warc is not here")
@pytest.mark.parametrize(
    ("name", "records"),
    [("aut_example", 822), ("fastwarc_warcfile", 50), ("fastwarc_clueweb-quirk", 30), ("warcio_example", 6)],
)
def test_real_archives_are_read_to_their_end(name: str, records: int) -> None:
    with (ARCHIVES / f"{name}.warc.gz").open("rb") as file:
        reader = WarcReader(open_stream(file), name, ReadOptions())
        found = list(reader)
    assert reader.counts["records"] == records
    assert not [one for one in found if isinstance(one, SourceFailure) and one.stage != "page"]


def test_an_archive_without_pages_says_so(tmp_path: Path) -> None:
    head = b"WARC/1.0\r\nWARC-Type: request\r\nWARC-Target-URI: https://wire.example/\r\nContent-Length: 2\r\n\r\n"
    (failure,) = read(tmp_path / "requests.warc", head + b"GE\r\n\r\n")
    assert isinstance(failure, SourceFailure)
    assert failure.reason == "none of its 1 records is a page or text"
