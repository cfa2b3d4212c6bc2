"""Files that are none, lead elsewhere, grow when opened, or mix encodings: refused with a reason, never waited for."""

from __future__ import annotations

import gzip
import io
import os
import socket
import threading
import zipfile
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from diurna.model.report import Report
from diurna.sources.incoming import Limits, ReadOptions, SourceFailure
from diurna.sources.reader import read_sources
from tests.fuzz.running import no_hang
from tests.texts import SENTENCES

TEXT = " ".join(SENTENCES[:3])


def read(*sources: Path | str, **limits: int) -> list[Report | SourceFailure]:
    with no_hang(60):
        return list(read_sources(sources, ReadOptions(limits=Limits(**limits))))


def reason(source: Path | str, **limits: int) -> str:
    (one,) = read(source, **limits)
    assert isinstance(one, SourceFailure), one
    return one.reason


def write(path: Path, data: bytes | str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# --- what is no file, and what leads elsewhere


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path / "b.txt")
    os.mkfifo(tmp_path / "a.txt")
    for source in (tmp_path, tmp_path / "*.txt"):
        first, second = read(source)
        assert isinstance(first, SourceFailure)
        assert "a pipe, not a file" in first.reason
        assert isinstance(second, Report)


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    thread = threading.Thread(target=lambda: pipe.write_bytes(TEXT.encode()))
    thread.start()
    (one,) = read(pipe)
    thread.join()
    assert isinstance(one, Report)
    assert one.text == TEXT


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("a.sock")
        assert "a socket, not a file" in reason("a.sock")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/full"])
def test_devices_that_never_end_are_refused(device: str, tmp_path: Path) -> None:
    if not Path(device).exists():
        pytest.skip("no such device here")
    assert "a device, not a file" in reason(device)
    (tmp_path / "a.txt").symlink_to(device)
    assert "a device, not a file" in reason(tmp_path)
    assert "a device, not a file" in reason(tmp_path / "a.txt")


def test_nothing_is_empty() -> None:
    assert "empty" in reason("/dev/null")


def test_links_within_a_folder_are_followed_and_those_out_of_it_are_not(tmp_path: Path) -> None:
    inside, outside = write(tmp_path / "in" / "real.txt"), write(tmp_path / "secret" / "key.txt", "a secret " * 9)
    (tmp_path / "in" / "link.txt").symlink_to(inside)
    (tmp_path / "in" / "out.txt").symlink_to(outside)
    (tmp_path / "in" / "up.txt").symlink_to("../secret/key.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "secret")
    for source in (tmp_path / "in", tmp_path / "in" / "*.txt"):
        found = read(source)
        assert [isinstance(one, Report) for one in found] == [True, False, True, False]
        assert all("leads out of the folder" in one.reason for one in found if isinstance(one, SourceFailure))
    assert isinstance(read(tmp_path / "in" / "out.txt")[0], Report), "a link that is named is followed"


def test_a_folder_that_is_itself_a_link_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    (tmp_path / "here").symlink_to(tmp_path / "in")
    assert isinstance(read(tmp_path / "here")[0], Report)


def test_links_in_a_ring_end(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "x.txt").symlink_to("y.txt")
    (tmp_path / "in" / "y.txt").symlink_to("x.txt")
    (tmp_path / "in" / "z.txt").symlink_to("nowhere.txt")
    found = read(tmp_path / "in")
    assert [isinstance(one, Report) for one in found] == [True, False, False, False]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/shadow/", "a" * 300, "a/" * 3_000, "\udcff.txt", "con\n.txt"]
)
def test_names_nobody_has_are_failures(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert reason(name)


def test_a_path_in_a_row_or_page_opens_nothing(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "xyzzy " * 40)
    page = f"<html><body><p>{TEXT}</p><iframe src='{secret}'></iframe><xi:include href='{secret}'/></body></html>"
    row = '{"text": "' + SENTENCES[0] + '", "url": "' + str(secret) + '", "file": "' + str(secret) + '"}'
    item = f"<item><title>&x; {TEXT}</title></item>"
    entity = f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]><rss version='2.0'><channel>{item}</channel></rss>"
    for name, data in (("a.html", page), ("a.jsonl", row), ("a.rss", entity)):
        for one in read(write(tmp_path / name, data)):
            assert "xyzzy" not in (one.reason if isinstance(one, SourceFailure) else one.text)


# --- what grows when it is opened


def test_gzip_in_gzip_is_not_opened_twice(tmp_path: Path) -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    assert "not text" in reason(write(tmp_path / "a.txt.gz", bomb))


@cache
def bomb(kind: str) -> bytes:
    """So many letters that no text is as large, packed."""
    letters = b"a" * 66_000_000
    return gzip.compress(letters, 1) if kind == "gz" else zstandard.compress(letters)


@pytest.mark.parametrize(
    "name",
    ["a.txt.gz", "a.html.zst", "a.jsonl.zst", "a.csv.zst", "a.rss.zst", "a.parquet.gz", "a.warc.gz", "a.warc.zst"],
)
def test_a_bomb_of_any_format_is_a_failure(name: str, tmp_path: Path) -> None:
    assert reason(write(tmp_path / name, bomb("gz" if name.endswith("gz") else "zst")))


def test_zip_archives_and_office_documents_are_not_opened(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../climbs.txt", "a" * 10_000_000)
    for name in ("a.zip", "a.docx", "a.txt", "noname"):
        assert "zip archive or office document" in reason(write(tmp_path / name, file.getvalue()))
    assert not (tmp_path.parent / "climbs.txt").exists()


def test_a_table_whose_few_bytes_hold_huge_values_is_a_failure(tmp_path: Path) -> None:
    huge = pa.table({"text": ["a" * 15_000_000]})
    parquet.write_table(huge, tmp_path / "a.parquet", compression="zstd")
    assert (tmp_path / "a.parquet").stat().st_size < 100_000
    assert "rows have more than" in reason(tmp_path / "a.parquet", row=1_000_000)


def test_one_large_value_that_many_rows_share_is_taken_a_few_at_a_time(tmp_path: Path) -> None:
    shared = pa.array(["a b " * 2_500_000] * 30).dictionary_encode()
    parquet.write_table(pa.table({"text": shared}), tmp_path / "a.parquet", compression="zstd")
    found = read(tmp_path / "a.parquet", row=1_000_000)
    assert len(found) == 30
    assert all(isinstance(one, SourceFailure) for one in found)


def test_a_packed_page_in_an_archive_is_limited(tmp_path: Path) -> None:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    body = gzip.compress(b"<p>" + b"a" * 40_000_000)
    writer.write_record(
        writer.create_warc_record("https://wire.example/", "response", payload=io.BytesIO(body), http_headers=headers)
    )
    assert "larger than" in reason(write(tmp_path / "a.warc.gz", file.getvalue()))


# --- what is too deep, too long, or has no end


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.jsonl", b'{"text":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
        ("a.json", b"[" + b'{"text":' * 50_000 + b"1" + b"}" * 50_000 + b"]", "nested too deeply"),
        ("a.jsonl", b'{"text":"' + b"a" * 1_100_000 + b'"}', "larger than 1,000,000 bytes"),
        ("a.csv", b"id,text\n1," + b"a" * 1_100_000 + b"\n", "more than 1,000,000 bytes"),
        ("a.html", b"<div>" * 3_000 + TEXT.encode(), "deep"),
        ("a.html", b"<table><tr><td>" * 400 + TEXT.encode(), "deep"),
        ("a.jsonl", b'{"text": ' + b"9" * 5_000 + b"}", "row"),
    ],
)  # fmt: skip
def test_what_is_deep_or_endless_is_a_failure_that_says_so(name: str, data: bytes, word: str, tmp_path: Path) -> None:
    (one,) = read(write(tmp_path / name, data), row=1_000_000)
    assert isinstance(one, SourceFailure)
    assert word in one.reason or word == one.stage


# --- encodings


@pytest.mark.parametrize(
    "encoding", ["cp1252", "utf-16", "utf-16-le", "utf-32", "koi8-r", "shift_jis", "cp037", "utf-7"]
)
def test_other_encodings_are_text_or_refused_and_never_a_crash(encoding: str, tmp_path: Path) -> None:
    (one,) = read(write(tmp_path / "a.txt", f"{TEXT} é“".encode(encoding, "replace")))
    if encoding in ("cp1252", "utf-16", "utf-16-le", "utf-32"):
        assert isinstance(one, Report)
        assert one.text == f"{TEXT} é“"


def test_rows_of_one_table_may_be_of_several_encodings(tmp_path: Path) -> None:
    rows = [f'{{"text": "{SENTENCES[1]} – é"}}'.encode(), f'{{"text": "{SENTENCES[1]} – é"}}'.encode("cp1252")]
    found = read(write(tmp_path / "a.jsonl", b"\n".join(rows)))
    assert [one.text for one in found if isinstance(one, Report)] == [f"{SENTENCES[1]} – é"] * 2


def test_an_encoding_that_changes_in_the_middle_loses_no_report(tmp_path: Path) -> None:
    data = f"{TEXT} – “é” ".encode() * 20 + "Ende – “é”".encode("cp1252")
    (one,) = read(write(tmp_path / "a.txt", data))
    assert isinstance(one, Report)
    assert one.text.count("– “é”") == 20


# --- what is said while reading


def test_nothing_of_a_damaged_text_is_printed_or_logged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    secret = "xyzzy secret words " * 30
    warc = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/xyzzy y\r\nContent-Length: 9\r\n\r\n"
    for name, data in {
        "a.warc": warc + secret.encode() + b"\r\n" + secret.encode(), "a.html": f"<p>{secret}<table><tr>",
        "a.rss": f"<rss>{secret}", "a.jsonl": f'{{"text": "{secret}', "a.csv": f'id,text\n1,"{secret}',
        "a.parquet": f"PAR1{secret}PAR1", "b.jsonl": f'{{"text": "{secret}", "published": "{secret}"}}',
        "c.jsonl": f'{{"{secret}": {{"{secret}": 1}}}}',
    }.items():  # fmt: skip
        for one in read(write(tmp_path / name, data)):
            assert not isinstance(one, SourceFailure) or "xyzzy" not in one.reason
    said = capfd.readouterr()
    assert "xyzzy" not in said.out + said.err + caplog.text
