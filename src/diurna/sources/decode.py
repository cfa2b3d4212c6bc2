"""Bytes to characters: byte-order marks, UTF-8, UTF-16, a declared character set, else windows-1252."""

from __future__ import annotations

import codecs
import re

from diurna.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other."""

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")

_FOREIGN = (
    (b"%PDF", "a PDF file: save its text or the page first"),
    (b"PK\x03\x04", "a zip archive or office document: unpack it or save its text first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, sound or video"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document: save its text first"),
    (b"{\\rtf", "a rich text document: save its text first"),
    (b"SQLite format 3", "a database"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ", "an xz archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive: unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
)
"""First bytes of files that hold no plain text, and what to tell their owner."""

_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 26, 27}
_MOST_CONTROLS = 0.02
"""Share of control characters above which bytes are no text; a clean text has none."""

_MOST_REPAIRS = 0.02
"""Share of the non-ASCII bytes that may be wrong in what is still taken for damaged UTF-8; plus three (a cut end)."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in `data`, without its byte-order mark.

    Args:
        declared: a character set somebody names; believed when the bytes agree with it.

    Raises:
        SourceError: the bytes are no text; the reason says what they seem to be.
    """
    name, mark = wide_encoding_of(data)
    if name or mark:
        return _fit(data[len(mark) :].decode(name or "utf-8", "replace"))
    foreign = foreign_kind(data)
    if foreign:
        raise SourceError(f"{foreign}, not text")
    return _fit(data.decode(encoding_of(data, declared), "replace"))


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """The name of the encoding of `data`, which has no byte-order mark and is not wide.

    Raises:
        SourceError: the bytes are no text in any encoding known here.
    """
    sample = data[:100_000]
    if b"\x00" in sample or sum(sample.count(c) for c in _CONTROLS) > _MOST_CONTROLS * len(sample):
        raise SourceError("binary data, not text")
    for name in ("utf-8", _known(declared)):
        if name and _is_valid(data, name):
            return name
    if _is_damaged_utf8(data):
        return "utf-8"
    known = _known(declared)
    return known if known and not known.startswith(("utf", "ascii")) else "cp1252"


def wide_encoding_of(head: bytes) -> tuple[str | None, bytes]:
    """The UTF-16 or UTF-32 encoding of what begins with `head`, None when it is neither, and its byte-order mark."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return (None if name == "utf-8" else name), mark
    return _wide_encoding(head), b""


def foreign_kind(data: bytes) -> str | None:
    """What a file that begins with `data` is when it is a well-known format without text, else None."""
    return next((kind for magic, kind in _FOREIGN if data.startswith(magic)), None)


def declared_charset(page: bytes) -> str | None:
    """The character set an HTML or XML page names in its first 4,096 bytes."""
    match = _XML_ENCODING.search(page[:256]) or _META_CHARSET.search(page[:4096])
    return match[1].decode("ascii") if match else None


def _known(name: str | None) -> str | None:
    """The codec of a character set by the name pages give it; Latin-1 means windows-1252, as in browsers."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip())
        b"\xff".decode(codec.name, "replace")
    except (LookupError, ValueError):
        return None  # no character set, or one that is no encoding of whole texts ("idna", "hex")
    return "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name


def _is_valid(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeError, ValueError):
        return False
    return True


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark, told by where its zero bytes stand in Western text."""
    sample = data[:2_000]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8 but for a few bytes: at least one good sequence for each bad byte."""
    beyond = sum(byte > 127 for byte in data[:200_000])
    faults = data[:200_000].decode("utf-8", "replace").count("\ufffd")
    good = sum(c > "\x7f" for c in data[:200_000].decode("utf-8", "ignore"))
    return faults <= _MOST_REPAIRS * beyond + 3 and good > faults


def _fit(text: str) -> str:
    """`text` when its control characters are few.

    Raises:
        SourceError: they are not: the bytes are no text after all.
    """
    sample = text[:100_000]
    odd = sum(sample.count(chr(c)) for c in _CONTROLS)
    if odd > _MOST_CONTROLS * len(sample) + (1 if len(sample) > 20 else 0):
        raise SourceError("binary data, not text")
    return text
