"""The only door to the network: one address in, the bytes of its answer out, within limits.

Every address is checked (`guard`), those a server sends on to as well; every connection goes to a checked number within
a deadline (`door`). Nothing of the machine's is sent: no cookies, no passwords, no proxy's settings, no page come from.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import ssl
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import httpx

from diurna import __version__
from diurna.errors import FetchError, TooLargeError
from diurna.sources.door import FAULTS, Deadline, DoorTransport, spoken
from diurna.sources.guard import Guard

AGENT = f"Diurna/{__version__}"
"""What servers are told; robots.txt files may name `diurna`."""

_SENT_ON = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_PIECE = 65_536
_LONGEST_WAIT = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """The most one fetch may take.

    Attributes:
        size: bytes as they come over the network.
        unpacked: bytes after decompression.
        seconds: from the first name asked to the last byte, redirects included.
        redirects: times a server may send on.
    """

    size: int = 16_000_000
    unpacked: int = 32_000_000
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """What an earlier answer said of itself, so that only what changed is sent again."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer.

    Attributes:
        url: where it came from in the end.
        moved_to: the address to use from now on, None where the one asked is still right.
        data: its bytes, decompressed; empty where it is `unchanged`.
        kind: its content type, without parameters, in small letters.
        charset: the character set it names, or None.
        seen: to ask with the next time.
        unchanged: whether the server says nothing changed since `seen`.
    """

    url: str
    data: bytes
    kind: str = ""
    charset: str | None = None
    seen: Seen = Seen()
    unchanged: bool = False
    moved_to: str | None = None


class Fetch(Protocol):
    """What fetches an address."""

    def __call__(self, address: str, seen: Seen | None = None) -> Fetched:
        """The answer.

        Raises:
            FetchError: there is none that can be used.
        """
        ...


TransportFor = Callable[[Deadline], httpx.BaseTransport]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches addresses, one at a time.

    Attributes:
        transport: makes what carries requests out; for tests with recorded answers. None connects by `door`.
    """

    limits: FetchLimits = field(default_factory=FetchLimits)
    guard: Guard = field(default_factory=Guard)
    transport: TransportFor | None = None
    tls: ssl.SSLContext | None = None

    def __call__(self, address: str, seen: Seen | None = None) -> Fetched:
        """The answer, after at most so many redirects.

        Raises:
            RefusedAddressError: the address, or one it sends on to, is never fetched.
            TooLargeError: the answer is over a limit.
            FetchError: there is no answer, not in time, or it says that there is nothing.
        """
        deadline = Deadline(self.limits.seconds)
        url, moved = self.guard.check_url(address), True
        for _ in range(self.limits.redirects + 1):
            found = self._hop(url, deadline, seen or Seen())
            if isinstance(found, Fetched):
                is_new = moved and str(url) != str(self.guard.check_url(address))
                return _moved(found, str(url)) if is_new else found
            status, target = found
            moved = moved and status in _FOR_GOOD
            before, url = url, self._next(url, target)
            if url.host != before.host:
                seen = None  # a mark one machine gave is no other's business
        raise FetchError(f"it sends on more than {self.limits.redirects} times", address)

    def _next(self, url: httpx.URL, target: str) -> httpx.URL:
        try:
            joined = str(url.join(target.strip()))
        except (httpx.InvalidURL, ValueError) as fault:
            raise FetchError(f"it sends on to what is no address ({fault})", str(url)) from None
        checked = self.guard.check_url(joined)
        if url.scheme == "https" and checked.scheme == "http":
            raise FetchError("it sends on from an encrypted address to one that is not", str(url))
        return checked

    def _hop(self, url: httpx.URL, deadline: Deadline, seen: Seen) -> Fetched | tuple[int, str]:
        """One request's answer, or where it sends on to."""
        try:
            with self._client(deadline) as client, client.stream("GET", url, headers=_headers(seen)) as answer:
                return self._answer(answer, url, deadline)
        except FetchError as fault:
            raise (fault if fault.where else _placed(fault, url)) from None
        except TooLargeError as fault:
            raise TooLargeError(fault.reason, str(url)) from None
        except FAULTS as fault:
            raise FetchError(spoken(fault), str(url)) from None

    def _client(self, deadline: Deadline) -> httpx.Client:
        if self.transport is not None:
            carrier = self.transport(deadline)
        else:
            carrier = DoorTransport(self.guard, deadline, self.tls or _tls())
        return httpx.Client(transport=carrier, trust_env=False, follow_redirects=False)

    def _answer(self, answer: httpx.Response, url: httpx.URL, deadline: Deadline) -> Fetched | tuple[int, str]:
        status, headers = answer.status_code, answer.headers
        if status in _SENT_ON and headers.get("location"):
            return status, headers["location"]
        seen = Seen(_short(headers.get("etag")), _short(headers.get("last-modified")))
        if status == 304:
            return Fetched(str(url), b"", seen=seen, unchanged=True)
        if status != 200:
            raise FetchError(_refusal(status), str(url), status=status, retry_after=_retry_after(headers))
        kind, charset = _content_type(headers.get("content-type", ""))
        data = b"".join(self._body(answer, deadline))
        return Fetched(str(url), data, kind, charset, seen)

    def _body(self, answer: httpx.Response, deadline: Deadline) -> Iterator[bytes]:
        """The body's bytes, decompressed, both counted as they come."""
        announced = answer.headers.get("content-length", "")
        if announced.isdigit() and int(announced[:20]) > self.limits.size:
            raise TooLargeError(f"larger than {self.limits.size:,} bytes")
        unpack = _unpacker(answer.headers.get("content-encoding", ""))
        took = gave = 0
        for piece in answer.iter_raw():
            deadline.left()
            took += len(piece)
            if took > self.limits.size:
                raise TooLargeError(f"larger than {self.limits.size:,} bytes")
            for plain in unpack(piece):
                gave += len(plain)
                if gave > self.limits.unpacked:
                    raise TooLargeError(f"unpacked it is larger than {self.limits.unpacked:,} bytes")
                yield plain
        if isinstance(unpack, _Inflater) and not unpack.is_whole:
            raise FetchError("what it sent was cut")


def _tls() -> ssl.SSLContext:
    """Certificates and names checked, TLS 1.2 or newer; by the list that comes with httpx."""
    context = httpx.create_ssl_context(trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _headers(seen: Seen) -> dict[str, str]:
    said = {
        "User-Agent": AGENT,
        "Accept": "text/html, application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if seen.etag:
        said["If-None-Match"] = seen.etag
    if seen.modified:
        said["If-Modified-Since"] = seen.modified
    return said


def _moved(found: Fetched, to: str) -> Fetched:
    return Fetched(found.url, found.data, found.kind, found.charset, found.seen, found.unchanged, to)


def _placed(fault: FetchError, url: httpx.URL) -> FetchError:
    return type(fault)(fault.reason, str(url), status=fault.status, retry_after=fault.retry_after)


_REFUSALS = {
    401: "it wants a name and password",
    403: "it may not be read",
    404: "there is nothing at it",
    410: "what was there is gone for good",
    429: "it is asked too often",
    451: "it is closed for legal reasons",
}


def _refusal(status: int) -> str:
    return f"{_REFUSALS.get(status, 'it gives no page')} (HTTP {status})"


def _short(value: str | None) -> str | None:
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None


def _content_type(value: str) -> tuple[str, str | None]:
    kind, _, rest = value[:300].partition(";")
    named = [
        one.partition("=")[2].strip(" \"'") for one in rest.split(";") if one.strip().lower().startswith("charset")
    ]
    return kind.strip().lower(), (named[0] or None) if named else None


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds, given as such or as a moment."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) < 10:
        return min(float(said), _LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(said)
        left = (moment - dt.datetime.now(moment.tzinfo)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(left, 0.0), _LONGEST_WAIT)


def _unpacker(encoding: str) -> Callable[[bytes], Iterator[bytes]]:
    """What undoes a content encoding, giving small pieces however much is packed into few bytes.

    Raises:
        FetchError: it is none that was asked for.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return lambda piece: iter((piece,))
    if name in ("gzip", "x-gzip"):
        return _Inflater(31)
    if name == "deflate":
        return _Inflater(15)
    raise FetchError(f"it is packed in a way that was not asked for ({name[:40]})")


class _Inflater:
    """gzip or deflate, undone; deflate without its envelope too, as some servers send it."""

    def __init__(self, kind: int) -> None:
        self._kind = kind
        self._engine = zlib.decompressobj(kind)
        self._fresh = True
        self._took = False

    @property
    def is_whole(self) -> bool:
        """Whether all that was packed has come, or nothing at all."""
        return self._engine.eof or not self._took

    def __call__(self, piece: bytes) -> Iterator[bytes]:
        """The plain bytes in `piece`."""
        todo = piece
        self._took = self._took or bool(piece)
        while todo and not self._engine.eof:
            try:
                plain = self._engine.decompress(todo, _PIECE)
            except zlib.error as fault:
                if not self._fresh or self._kind != 15:
                    raise FetchError(f"what it sent is damaged ({fault})") from None
                self._engine, self._fresh = zlib.decompressobj(-15), False
                continue
            self._fresh = False
            yield plain
            todo = self._engine.unconsumed_tail
