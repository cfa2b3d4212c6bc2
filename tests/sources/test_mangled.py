"""Law 8: whatever the bytes are, they give reports or recorded failures; never a crash, never a hang."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from diurna.model.report import Report
from diurna.sources.blocks import find_blocks
from diurna.sources.reader import Incoming, SourceFailure, read_incoming
from tests.sources.laws import check_blocks
from tests.texts import SENTENCES, sample_texts

ROWS = [
    {"id": str(n), "title": f"Report {n}", "text": text, "published": "2030-03-03", "authors": ["A. Reporter"]}
    for n, text in enumerate(sample_texts()[:6])
]
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Harrowland talks - The Valley Post</title></head><body>"
    "<nav><a href='/'>Home</a></nav><article><h1>Harrowland talks</h1>"
    + "".join(f"<p>{sentence} {sentence}</p><blockquote>{sentence}</blockquote>" for sentence in SENTENCES)
    + "<figure><img src='x.png'><figcaption>The valley. (Photo: The Valley Post)</figcaption></figure>"
    + "</article></body></html>"
)

HANG = 60
"""Seconds after which a test says that something hangs; no measure of speed."""


def seeds() -> dict[str, bytes]:
    """Sound files of every format, by name."""
    jsonl = "\n".join(json.dumps(row) for row in ROWS).encode()
    csv = "id;title;text\n" + "".join(
        f'{r["id"]};"{r["title"]}";"{r["text"].replace(chr(34), chr(39))}"\n' for r in ROWS
    )
    table = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(ROWS), table)
    return {
        "a.txt": sample_texts()[0].encode(),
        "a.html": PAGE.encode(),
        "a.jsonl": jsonl,
        "a.json": json.dumps(ROWS).encode(),
        "a.csv": csv.encode(),
        "a.parquet": table.getvalue(),
        "a.jsonl.gz": gzip.compress(jsonl, mtime=0),
        "a.txt.gz": gzip.compress(sample_texts()[1].encode(), mtime=0),
        "noname": sample_texts()[2].encode(),
    }


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def with_noise(data: bytes, chance: random.Random) -> bytes:
    noisy = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, 300))):
        noisy[chance.randrange(len(noisy))] = chance.randrange(256)
    return bytes(noisy)


def without_a_part(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 400) :]


def with_a_part_again(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    part = data[start : start + chance.randrange(1, 200)]
    return data[:start] + part * chance.randrange(2, 12) + data[start:]


def in_another_encoding(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "koi8-r")), "replace")


def with_odd_characters(data: bytes, chance: random.Random) -> bytes:
    odd = (
        "\u200b",
        "\u202e",
        "\ufeff",
        "\x00",
        "\x85",
        "\u2028",
        "\r",
        "\r\n",
        "“",
        '"',
        "{",
        "<",
        "\\",
        "🕊️",
        "e\u0301",
        "\ud800",
    )
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.randrange(1, 40)):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(odd) * chance.choice((1, 1, 1, 60)) + text[place:]
    return text.encode("utf-8", "surrogatepass" if chance.random() < 0.1 else "replace")


MANGLERS = (cut, with_noise, without_a_part, with_a_part_again, in_another_encoding, with_odd_characters)


def read_all(path: Path) -> list[Incoming | SourceFailure]:
    found = list(read_incoming([path]))
    for one in found:
        if isinstance(one, SourceFailure):
            assert one.reason
            assert str(path) in one.where
        else:
            check_report(one.report)
    return found


def check_report(report: Report) -> None:
    assert "\r" not in report.text
    assert report.text.encode("utf-8")
    check_blocks(report.text, report.blocks)


def test_the_sound_files_give_reports_only(tmp_path: Path) -> None:
    for name, data in seeds().items():
        path = tmp_path / name
        path.write_bytes(data)
        found = read_all(path)
        assert found, name
        assert [one for one in found if isinstance(one, SourceFailure)] == [], name


@pytest.mark.parametrize("mangle", MANGLERS, ids=lambda mangle: mangle.__name__)
def test_a_thousand_mangled_files_give_reports_or_failures(tmp_path: Path, mangle) -> None:
    chance = random.Random(f"diurna {mangle.__name__}")
    started = time.monotonic()
    for name, data in seeds().items():
        for number in range(12 if name == "a.html" else 21):
            path = tmp_path / f"{number}-{name}"
            path.write_bytes(mangle(data, chance))
            read_all(path)
            path.unlink()
    assert time.monotonic() - started < 2 * HANG


HUGE = {
    "line.txt": b"word " * 1_000_000,
    "unbroken.txt": b"x" * 5_000_000,
    "quotes.txt": "“".encode() * 1_000_000,
    "line.jsonl": b'{"text": "' + b"word " * 1_000_000 + b'"}',
    "open.jsonl": b'{"text": "' + b"word " * 1_000_000,
    "deep.jsonl": b'{"text":' + b"[" * 2_000_000,
    "deep.json": b'[{"text":' + b'{"a":' * 500_000,
    "brackets.json": b"[" * 5_000_000,
    "line.csv": b'id,text\n1,"' + b"word " * 1_000_000,
    "quotes.csv": b"id,text\n" + b'1,"a\n' * 15_000,
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"text",
    "line.html": b"<html><body><p>" + b"word " * 300_000,
    "tags.html": b"<html><body><article>" + b"<p>The envoy spoke.</p><b>" * 6_000,
    "blank.txt": b"\n" * 5_000_000,
    "short.txt": b"a\n" * 150_000,
    "bomb.txt.gz": gzip.compress(b"\x20" * 80_000_000, mtime=0),
    "bomb.jsonl.gz": gzip.compress(b"a" * 80_000_000, mtime=0),
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_and_deep_files_give_reports_or_failures_soon(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HUGE[name])
    started = time.monotonic()
    assert read_all(path)
    assert time.monotonic() - started < HANG


@pytest.mark.parametrize(
    "piece", ["“He said so” -- (", "By ", "A\n", "A - ", "(Photo: ", "WASHINGTON, ", "Jan 1 2020 "]
)
def test_blocks_of_a_long_odd_text_do_not_hang(piece: str) -> None:
    started = time.process_time()
    assert find_blocks(piece * 40_000)
    assert time.process_time() - started < HANG
