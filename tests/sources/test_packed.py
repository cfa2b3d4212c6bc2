"""Zstandard as archives and tables come in it: many frames, a dictionary before them, cut, damaged and swollen data."""

from __future__ import annotations

import io
import json
import struct
from pathlib import Path

import pytest
import zstandard

from diurna.errors import SourceError, TooLargeError
from diurna.model.report import Report
from diurna.sources.reader import read_sources
from diurna.sources.streams import open_stream
from tests.sources.test_warc import archive

ROWS = b"".join(
    json.dumps({"id": str(n), "text": f"The council of Orla met for the {n}th time."}).encode() + b"\n"
    for n in range(400)
)


def pack(data: bytes, words: zstandard.ZstdCompressionDict | None = None) -> bytes:
    return zstandard.ZstdCompressor(dict_data=words).compress(data)


def unpack(data: bytes) -> bytes:
    return b"".join(open_stream(io.BytesIO(data)).chunks)


def test_one_frame_and_many_are_opened() -> None:
    assert unpack(pack(ROWS)) == ROWS
    assert unpack(b"".join(pack(line) for line in ROWS.splitlines(keepends=True))) == ROWS


def test_what_is_to_be_skipped_is_skipped() -> None:
    skipped = struct.pack("<II", 0x184D2A53, 5) + b"notes"
    assert unpack(skipped + pack(ROWS) + skipped + pack(ROWS)) == ROWS + ROWS


@pytest.mark.parametrize("packed", [False, True])
def test_the_dictionary_of_an_archive_is_used(packed: bool) -> None:
    words = zstandard.train_dictionary(2_000, [line for line in ROWS.splitlines() for _ in range(5)])
    raw = pack(words.as_bytes()) if packed else words.as_bytes()
    frames = b"".join(pack(line, words) for line in ROWS.splitlines(keepends=True))
    assert unpack(struct.pack("<II", 0x184D2A5D, len(raw)) + raw + frames) == ROWS


def test_tables_and_archives_are_read_from_it(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl.zst").write_bytes(pack(ROWS))
    (tmp_path / "a.warc.zst").write_bytes(pack(archive(packed=False)))
    assert len([one for one in read_sources([tmp_path / "rows.jsonl.zst"]) if isinstance(one, Report)]) == 400
    found = list(read_sources([tmp_path / "a.warc.zst"]))
    assert [one.url for one in found if isinstance(one, Report)] == ["https://orla.example/0", "https://orla.example/1"]


def test_cut_and_damaged_data_give_what_came_before_and_say_so() -> None:
    with pytest.raises(SourceError, match="cut"):
        unpack(pack(ROWS)[:-9])
    with pytest.raises(SourceError, match="damaged Zstandard"):
        unpack(pack(ROWS) + b"\x28\xb5\x2f\xfd" + b"\xff" * 90)
    with pytest.raises(SourceError, match="inside its dictionary"):
        unpack(struct.pack("<II", 0x184D2A5D, 500) + b"x" * 20)
    with pytest.raises(TooLargeError):
        unpack(struct.pack("<II", 0x184D2A5D, 2_000_000_000) + b"x" * 20)


def test_a_bomb_is_refused_before_it_is_large() -> None:
    bomb = pack(b"\0" * 400_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(TooLargeError, match=r"hold more than \d\d,\d{3},\d{3}:"):
        unpack(bomb)
