"""The connections behind `fetch`: to a checked number, within a deadline, encrypted with certificates checked.

A name is resolved once for a connection, every number it stands for is checked, and the connection goes to one of those
very numbers: a name that answers otherwise the next time changes nothing.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpcore
import httpx

from diurna.errors import FetchError
from diurna.sources.guard import Address, Guard

Resolve = Callable[[str, int], list[str]]

FAULTS = (
    httpx.HTTPError, httpx.InvalidURL, httpcore.ProtocolError, httpcore.NetworkError, httpcore.TimeoutException,
    httpcore.UnsupportedProtocol, OSError, ValueError,
)  # fmt: skip
"""What a connection or an answer that goes wrong raises."""

_MOST_NUMBERS = 4
"""Numbers of one name that are tried."""
_SLICE = 10.0
"""Seconds any single wait for the network may take."""


def spoken(fault: Exception) -> str:
    """One of `FAULTS` in words."""
    said = " ".join(str(fault).split())[:200]
    if isinstance(fault, httpcore.TimeoutException | httpx.TimeoutException):
        return "it did not answer in time"
    if isinstance(fault, ssl.SSLError) or "CERTIFICATE" in said.upper() or "SSL" in said.upper():
        return f"its encryption is not to be trusted ({said})"
    return f"it could not be fetched ({type(fault).__name__}{': ' + said if said else ''})"


@dataclass(slots=True)
class Deadline:
    """The moment by which everything about one fetch must be over."""

    seconds: float
    _ends: float = field(init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.seconds

    def left(self) -> float:
        """Seconds left, at most those of one wait.

        Raises:
            FetchError: there are none.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchError(f"it took longer than {self.seconds:g} seconds")
        return min(left, _SLICE)


def resolve(host: str, port: int) -> list[str]:
    """The numbers of a name, as the machine's resolver gives them."""
    return [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class DoorTransport(httpx.BaseTransport):
    """HTTP/1.1 over connections that were checked; one for each fetch, since its deadline is the fetch's."""

    def __init__(self, guard: Guard, deadline: Deadline, tls: ssl.SSLContext, resolve: Resolve = resolve) -> None:
        self._deadline = deadline
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=_Backend(guard, deadline, resolve),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; the answer's body is read as its stream is."""
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        answer = self._pool.handle_request(
            httpcore.Request(method=request.method, url=target, headers=request.headers.raw, content=b"")
        )
        assert isinstance(answer.stream, Iterable)  # noqa: S101 - it is, in a pool that is not asynchronous
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Let go of the connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    """Opens connections; the only place in the program that does."""

    def __init__(self, guard: Guard, deadline: Deadline, resolve: Resolve) -> None:
        self._guard, self._deadline, self._resolve = guard, deadline, resolve
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline outranks it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's numbers, all of which must be let through."""
        numbers = self._numbers(host, port)
        for number in numbers:
            self._guard.check_number(number, host)
        fault: Exception | None = None
        for number in numbers[:_MOST_NUMBERS]:
            try:
                stream = self._inner.connect_tcp(
                    str(number), port, self._deadline.left(), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as raised:
                fault = raised
                continue
            return _Stream(stream, self._deadline)
        raise FetchError(f"{host} cannot be reached ({fault})")

    def _numbers(self, host: str, port: int) -> list[Address]:
        """What the host's name stands for, asked within the deadline."""
        try:
            return [ipaddress.ip_address(host.strip("[]"))]
        except ValueError:
            pass
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()
        threading.Thread(target=self._ask, args=(host, port, answers), daemon=True).start()
        try:
            found = answers.get(timeout=self._deadline.left())
        except queue.Empty:
            raise FetchError(f"the name {host} was not resolved in time") from None
        if isinstance(found, Exception) or not found:
            raise FetchError(f"there is no machine named {host} ({found or 'no answer'})")
        return [ipaddress.ip_address(one.partition("%")[0]) for one in dict.fromkeys(found)]

    def _ask(self, host: str, port: int, answers: queue.SimpleQueue[list[str] | Exception]) -> None:
        try:
            answers.put(self._resolve(host, port))
        except Exception as fault:  # handed to whoever waits for the answer
            answers.put(fault)


class _Stream(httpcore.NetworkStream):
    """A connection every wait of which ends at the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
