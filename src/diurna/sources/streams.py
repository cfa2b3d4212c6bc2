"""Bytes of files, pipes and standard input in pieces: unpacked, wide encodings turned to UTF-8, lines limited."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO

from diurna.errors import SourceError, TooLargeError
from diurna.sources.decode import wide_encoding_of
from diurna.sources.packed import LONGEST_MAGIC, unpacked

_CHUNK = 262_144
_HEAD = 65_536
"""Bytes looked at to tell formats and encodings apart."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that can be read once: `head`, the first of them, to look at; `chunks`, all of them."""

    head: bytes
    chunks: Iterator[bytes]

    def read(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            TooLargeError: there are more than `limit`.
            SourceError: they are damaged.
        """
        parts, size = [], 0
        for chunk in self.chunks:
            size += len(chunk)
            if size > limit:
                raise TooLargeError(f"larger than {limit:,} bytes: split it or raise the limit")
            parts.append(chunk)
        return b"".join(parts)


def open_stream(file: IO[bytes]) -> Stream:
    """The bytes of an open file, decompressed when they are gzip or Zstandard.

    Raises:
        SourceError: the first bytes cannot be read; later ones raise when they are reached.
    """
    plain = _with_head(_pieces(file), LONGEST_MAGIC)
    return _with_head(unpacked(plain.head, plain.chunks), _HEAD)


def in_utf8(stream: Stream) -> Iterator[bytes]:
    """The chunks of `stream`; UTF-16 and UTF-32 become UTF-8, a byte-order mark is left out, lone CR becomes LF."""
    wide, mark = wide_encoding_of(stream.head)
    chunks = _without(stream.chunks, len(mark))
    if wide:
        chunks = _recoded(chunks, wide)
    if b"\r" in stream.head and b"\n" not in stream.head:
        return (chunk.replace(b"\r", b"\n") for chunk in chunks)
    return chunks


def lines(chunks: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """The lines of `chunks` without their line ends; None for one of more than `limit` bytes."""
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        pieces = chunk.split(b"\n")
        for piece in pieces[:-1]:
            size += len(piece)
            yield _line([*parts, piece]) if size <= limit else None
            parts, size = [], 0
        size += len(pieces[-1])
        parts = [*parts, pieces[-1]] if size <= limit else []
    if size > limit:
        yield None
    elif size:
        yield _line(parts)


def _line(parts: list[bytes]) -> bytes:
    return b"".join(parts).rstrip(b"\r")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    read = getattr(file, "read1", file.read)
    while True:
        try:
            data = read(_CHUNK)
        except OSError as fault:
            raise SourceError(f"cannot be read: {fault.strerror or fault}") from fault
        if not data:
            return
        yield data


def _with_head(chunks: Iterator[bytes], size: int) -> Stream:
    """A stream whose head has at least `size` bytes, where there are so many.

    A fault among the first bytes is kept until the good bytes before it were handed on.
    """
    first: list[bytes] = []
    fault: SourceError | None = None
    try:
        while sum(map(len, first)) < size:
            first.append(next(chunks))
    except StopIteration:
        pass
    except SourceError as raised:
        fault = raised
        if not any(first):
            raise
    rest = _raising(fault) if fault else chunks
    return Stream(b"".join(first)[:_HEAD], chain(first, rest))


def _raising(fault: SourceError) -> Iterator[bytes]:
    yield b""
    raise fault


def _without(chunks: Iterator[bytes], count: int) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk[count:]
        count = max(0, count - len(chunk))


def _recoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", True).encode("utf-8", "replace")
