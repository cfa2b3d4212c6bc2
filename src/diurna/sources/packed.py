"""Compressed bytes made plain, piece by piece: gzip and Zstandard, many members in a row, bombs refused."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from diurna.errors import SourceError, TooLargeError

if TYPE_CHECKING:
    import zstandard

LONGEST_MAGIC = 4
"""Bytes that tell how a file is packed."""

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPED = b"\x2a\x4d\x18"
"""The last three bytes of the mark of a Zstandard frame to be passed over; the first is 0x50 to 0x5f."""
_DICTIONARY = b"\x5d" + _SKIPPED
"""What web archives in Zstandard begin with when all their records share a dictionary (IIPC's WARC-Zstd 1.0)."""

_CHUNK = 262_144
_ZSTD_PIECE = 1_024
"""Bytes given to Zstandard at once: what can come out of so few stays under 40 MB, whatever they are."""
_WIDEST_WINDOW = 1 << 27
_LONGEST_DICTIONARY = 16_000_000

_BOMB_SIZE = 64_000_000
_BOMB_RATIO = 300
"""Text shrinks to a third or a tenth, rarely a fiftieth; what grows 300-fold past 64 MB is no text."""


def unpacked(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The plain bytes of `chunks`, which begin with `head`; the chunks themselves where they are not compressed.

    Raises (when they are reached):
        TooLargeError: they hold far more than any text would.
        SourceError: they are damaged or cut.
    """
    if head.startswith(_GZIP):
        return _gunzip(chunks)
    if head.startswith(_ZSTD) or (head[1:4] == _SKIPPED and 0x50 <= head[0] <= 0x5F):
        return _unzstd(chunks)
    return chunks


class _Sizes:
    """What went in and what came out."""

    def __init__(self) -> None:
        self.took = self.gave = 0

    def give(self, data: bytes) -> None:
        """Count what came out.

        Raises:
            TooLargeError: it is a bomb.
        """
        self.gave += len(data)
        if self.gave > _BOMB_SIZE and self.gave > _BOMB_RATIO * self.took:
            raise TooLargeError(f"{self.took:,} packed bytes hold more than {self.gave:,}: this is no text")


def _gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj(31)
    sizes = _Sizes()
    fresh = True
    for chunk in chunks:
        sizes.took += len(chunk)
        todo = chunk
        while todo:
            data = _inflate(engine, todo)
            sizes.give(data)
            if data:
                yield data
            todo = engine.unconsumed_tail
            if engine.eof:
                todo = engine.unused_data.lstrip(b"\x00")
                engine, fresh = zlib.decompressobj(31), not todo
            else:
                fresh = False
    if not fresh:
        yield from _last(engine)


def _inflate(engine: zlib._Decompress, data: bytes) -> bytes:
    try:
        return engine.decompress(data, _CHUNK)
    except zlib.error as fault:
        raise SourceError(f"damaged gzip data ({fault})") from fault


def _last(engine: zlib._Decompress) -> Iterator[bytes]:
    """What is still inside `engine`."""
    while data := _inflate(engine, b""):
        yield data
    if not engine.eof:
        raise SourceError("the gzip data ends early: the file was cut")


def _unzstd(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The frames in `chunks`, each begun anew, as `.warc.zst` files have one for every record."""
    import zstandard

    sizes = _Sizes()
    first, chunks = _dictionary(chunks)
    words = zstandard.ZstdCompressionDict(first) if first else None
    unpacker = zstandard.ZstdDecompressor(dict_data=words, max_window_size=_WIDEST_WINDOW)
    engine: zstandard.ZstdDecompressionObj | None = None
    for piece in _pieces(chunks):
        sizes.took += len(piece)
        todo = piece
        while todo:
            engine = engine or unpacker.decompressobj()
            data = _unwound(engine, todo)
            sizes.give(data)
            if data:
                yield data
            todo = engine.unused_data if engine.eof else b""
            engine = None if engine.eof else engine
    if engine is not None:
        raise SourceError("the Zstandard data ends early: the file was cut")


def _unwound(engine: zstandard.ZstdDecompressionObj, data: bytes) -> bytes:
    import zstandard

    try:
        return engine.decompress(data)
    except zstandard.ZstdError as fault:
        raise SourceError(f"damaged Zstandard data ({fault})") from fault


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _ZSTD_PIECE):
            yield chunk[start : start + _ZSTD_PIECE]


def _dictionary(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The dictionary that stands before the frames, empty where there is none, and the chunks after it.

    Raises:
        SourceError: it is cut, too large or damaged.
    """
    import zstandard

    chunks = iter(chunks)
    data = _at_least(8, b"", chunks)
    if not data.startswith(_DICTIONARY):
        return b"", _before(data, chunks)
    size = int.from_bytes(data[4:8], "little")
    if size > _LONGEST_DICTIONARY:
        raise TooLargeError(f"its Zstandard dictionary is larger than {_LONGEST_DICTIONARY:,} bytes")
    data = _at_least(8 + size, data, chunks)
    if len(data) < 8 + size:
        raise SourceError("the Zstandard data ends inside its dictionary: the file was cut")
    words = data[8 : 8 + size]
    if words.startswith(_ZSTD):
        try:
            words = zstandard.ZstdDecompressor().decompress(words, max_output_size=_LONGEST_DICTIONARY)
        except zstandard.ZstdError as fault:
            raise SourceError(f"damaged Zstandard dictionary ({fault})") from fault
    return words, _before(data[8 + size :], chunks)


def _at_least(size: int, data: bytes, chunks: Iterator[bytes]) -> bytes:
    while len(data) < size and (more := next(chunks, b"")):
        data += more
    return data


def _before(data: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield data
    yield from chunks
