"""Servers on this machine's loopback for tests of the door to the network: they say what a test tells them to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_network

from diurna.sources.guard import Guard

LOOPBACK = Guard((ip_network("127.0.0.0/8"),))
Answer = Callable[[str, socket.socket], bytes | None]
"""From the path asked and the connection to the bytes of an answer; None where it sent what it wanted itself."""


@dataclass
class Server:
    """One under way; `asked` are the requests it got, whole."""

    port: int
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [one.split(" ")[1] for one in self.asked]


@contextmanager
def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server while the block runs; it answers one request a connection."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    server, ended = Server(listening.getsockname()[1]), threading.Event()

    def run() -> None:
        while not ended.is_set():
            with suppress(OSError):
                connection, _ = listening.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(20)
            spoken = tls.wrap_socket(connection, server_side=True) if tls else connection
            with spoken:
                data = b""
                while b"\r\n\r\n" not in data and (more := spoken.recv(65_536)):
                    data += more
                if not data:
                    return
                server.asked.append(data.decode("latin-1"))
                said = answer(server.paths[-1], spoken)
                if said is not None:
                    spoken.sendall(said)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        ended.set()
        thread.join()
        listening.close()


def http(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """An answer; underscores in names of headers stand for hyphens."""
    said = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body
