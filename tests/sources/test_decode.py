from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.errors import SourceError
from diurna.sources.decode import declared_charset, decode
from tests.texts import SENTENCES

TEXT = "\n".join(SENTENCES) + "\nZoë Ångström’s café — “naïve” e\u0301 \u00a0 🕊️\n"
WESTERN = "\n".join(SENTENCES) + "\nZoë Ångström’s café — “naïve”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_unmarked_unicode(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks_are_believed_and_left_out(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == TEXT


def test_windows_1252_is_the_last_resort() -> None:
    assert decode(WESTERN.encode("cp1252")) == WESTERN
    assert decode(WESTERN.encode("cp1252"), "iso-8859-1") == WESTERN


def test_a_declared_character_set_is_believed_when_it_fits() -> None:
    assert decode("Гарроуленд вышел из долины".encode("koi8-r"), "koi8-r") == "Гарроуленд вышел из долины"
    assert decode(TEXT.encode(), "koi8-r") == TEXT
    assert decode(TEXT.encode(), "no-such-set") == TEXT
    assert decode(TEXT.encode(), "rot13") == TEXT


def test_damaged_utf8_stays_utf8() -> None:
    data = bytearray((TEXT * 3).encode())
    del data[data.index("—".encode()) + 1]
    assert decode(bytes(data)).count("\ufffd") >= 1
    assert "“naïve”" in decode(bytes(data))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 abc", "PDF"),
        (b"PK\x03\x04abc", "zip"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(256)) * 20, "binary"),
        (b"text\x00text\x00" * 5, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(data: bytes, word: str) -> None:
    with pytest.raises(SourceError, match=word):
        decode(data)


def test_pages_name_their_character_set() -> None:
    assert declared_charset(b'<html><head><meta charset="koi8-r">') == "koi8-r"
    assert (
        declared_charset(b'<meta http-equiv=Content-Type content="text/html; charset=windows-1251">') == "windows-1251"
    )
    assert declared_charset(b'<?xml version="1.0" encoding="iso-8859-2"?><html>') == "iso-8859-2"
    assert declared_charset(b"<html>") is None


@given(
    st.binary(max_size=400),
    st.one_of(st.none(), st.sampled_from(["utf-8", "koi8-r", "utf-16", "x", "cp932", "hex", "idna"])),
)
def test_any_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except SourceError:
        return
    assert len(text) <= len(data)
