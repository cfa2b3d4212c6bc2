"""Does a watch that runs for long stay small, let go of what it opens, and keep every item once?

    python benchmarks/watch_soak.py REPORTS.jsonl... [--hours 24] [--minutes 30] [--pages 2] [--feeds 12]

A server on the loopback has feeds that grow by an item each half hour, edit every seventh item an hour later, say when
they are unchanged, and go through what servers go through: busy (503), broken XML, connections cut, nothing (404). The
watch follows them by a clock that runs `hours` in `minutes`, reading by rules. A line a round is printed; the last ones
say what memory, handles and threads did, whether every item and edit is there once, and what `verify` finds.

A new ledger's pages fill SQLite's caches, which are bounded, but not full within a day: `--pages` bounds them to so
many MiB, so that a few reports fill them and whatever grows afterwards is something else.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import socket
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from ipaddress import ip_network
from pathlib import Path
from threading import Event

from reading_memory import DEMO, resident_mb

from diurna.flow.dossier import Dossier
from diurna.flow.reading import ReadJob
from diurna.flow.watch import Round, WatchJob, watch
from diurna.ledger import dialects
from diurna.ledger.store import Ledger
from diurna.model.report import Report
from diurna.sources.fetch import Fetcher
from diurna.sources.guard import Guard
from diurna.sources.politeness import PoliteFetcher
from diurna.sources.reader import read_sources

_BETWEEN_ITEMS, _UNTIL_EDIT, _SHOWN, _EVERY = 1_800, 3_600, 20, 900
_TROUBLE = {(1, 3): "busy", (1, 4): "busy", (2, 6): "broken", (3, 8): "cut", (4, 10): "absent", (2, 15): "cut"}
"""(feed, hour of the day): what is wrong with it then."""


@dataclass(slots=True)
class FastClock:
    """Time that runs `speed` times as fast."""

    speed: float
    began: float = field(default_factory=time.monotonic)

    def now(self) -> float:
        """Seconds since the beginning, as the watch sees them."""
        return 1_000_000.0 + (time.monotonic() - self.began) * self.speed

    def sleep(self, seconds: float) -> None:
        """Wait so many of them."""
        time.sleep(max(0.0, seconds) / self.speed)


class FastStop(Event):
    """A stop that is waited for by the fast clock."""

    def __init__(self, clock: FastClock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        """As `Event.wait`."""
        return super().wait(None if timeout is None else timeout / self._clock.speed)


@dataclass(slots=True)
class World:
    """What the feeds say at a time; `sent` are the texts that were sent of each item."""

    texts: list[str]
    clock: FastClock
    sent: dict[str, set[str]] = field(default_factory=dict)

    def items(self, feed: int) -> list[tuple[int, str]]:
        """Number and text of what the feed shows now, the newest first."""
        gone = self.clock.now() - 1_000_000.0
        newest = int(gone // _BETWEEN_ITEMS)
        return [(n, self._text(feed, n, gone)) for n in range(newest, max(-1, newest - _SHOWN), -1)]

    def _text(self, feed: int, number: int, gone: float) -> str:
        text = self.texts[(feed * 131 + number) % len(self.texts)]
        is_edited = number % 7 == 3 and gone - number * _BETWEEN_ITEMS > _UNTIL_EDIT
        return f"{text}\n\nItem {number} of feed {feed}." + (" This item was corrected." if is_edited else "")

    def answer(self, feed: int, seen: str) -> bytes | None:
        """The bytes of an answer; None for a connection that is cut."""
        hour = int((self.clock.now() - 1_000_000.0) // 3_600) % 24
        trouble = _TROUBLE.get((feed, hour))
        if trouble == "cut":
            return None
        if trouble in ("busy", "absent"):
            return http(b"", "503 Busy" if trouble == "busy" else "404 Not Found", "Retry-After: 600\r\n")
        items = self.items(feed)
        body = "".join(
            f"<item><guid>https://orla.example/{feed}/{n}</guid><link>https://orla.example/{feed}/{n}</link>"
            f"<title>Item {n} of {feed}</title><description>{escape(text)}</description></item>"
            for n, text in items
        )
        whole = f"<rss version='2.0'><channel><title>Feed {feed}</title>{body}</channel></rss>".encode()
        if trouble == "broken":
            return http(b"\x00<<" + whole[:40])
        for n, text in items:
            self.sent.setdefault(f"https://orla.example/{feed}/{n}", set()).add(text)
        tag = hashlib.sha256(whole).hexdigest()[:16]
        return http(b"", "304 Not Modified") if f'"{tag}"' in seen else http(whole, "200 OK", f'ETag: "{tag}"\r\n')


def http(body: bytes, status: str = "200 OK", more: str = "") -> bytes:
    """An answer."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


def serve(world: World) -> tuple[int, socket.socket]:
    """Answer on a port of the loopback until the socket is closed."""
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with suppress(OSError, ValueError), connection:
                    connection.settimeout(10)
                    asked = connection.recv(65_536).decode("latin-1")
                    path = asked.split(" ")[1]
                    said = http(b"", "404 Not Found") if "robots" in path else world.answer(int(path[1:]), asked)
                    connection.sendall(said or b"")

    threading.Thread(target=run, daemon=True).start()
    return listening.getsockname()[1], listening


def texts_of(paths: list[str]) -> list[str]:
    """Texts for items: the first 1,500 characters of reports."""
    found = [one.text[:1_500] for one in read_sources(paths) if isinstance(one, Report) and len(one.text) > 300]
    if not found:
        raise SystemExit("no reports to make items of")
    return found


def handles() -> int:
    """Files, sockets and the like this process has open; 0 where nobody says."""
    with suppress(OSError):
        return sum(1 for _ in Path("/proc/self/fd").iterdir())
    return 0


def memory() -> tuple[float, float]:
    """MiB of memory of our own, and of files that are mapped: the kernel takes those back when it wants."""
    with suppress(OSError):
        said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return int(said["RssAnon"].split()[0]) / 1024, int(said["RssFile"].split()[0]) / 1024
    return resident_mb(), 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """What a round left behind."""

    memory: float
    mapped: float
    handles: int
    threads: int


def soak(args: argparse.Namespace, place: Path) -> tuple[list[Round], list[Mark], World]:
    """Watch for as long as is asked."""
    clock = FastClock(args.hours * 60 / args.minutes)
    world = World(texts_of(args.paths), clock)
    port, listening = serve(world)
    stop, began = FastStop(clock), clock.now()
    dossier = Dossier("soak", tuple(f"http://127.0.0.1:{port}/{n}" for n in range(args.feeds)), every=_EVERY)
    fetch = PoliteFetcher(Fetcher(guard=Guard((ip_network("127.0.0.0/8"),))), clock.now, clock.sleep)
    rounds: list[Round] = []
    marks: list[Mark] = []
    with Ledger(place) as ledger:
        for one in watch(WatchJob(dossier, ReadJob((), engine="rules")), ledger, fetch, stop, now=clock.now):
            gc.collect()
            rounds.append(one)
            marks.append(Mark(*memory(), handles(), threading.active_count()))
            hour = (clock.now() - began) / 3_600
            print(f"{hour:5.1f} h  round {len(rounds):4d}  {one.feeds:3d} feeds, {one.unchanged} unchanged, "
                  f"{one.failed} failed; {one.added.added} new, {one.added.edited} edited; {marks[-1].memory:.1f} + "
                  f"{marks[-1].mapped:.1f} MiB, {marks[-1].handles} handles, {marks[-1].threads} threads",
                  flush=True)  # fmt: skip
            if hour >= args.hours:
                stop.set()
    listening.close()
    return rounds, marks, world


def judge(rounds: list[Round], marks: list[Mark], world: World, place: Path) -> dict[str, object]:
    """The figures."""
    quarter = max(1, len(marks) // 4)
    with Ledger(place) as ledger:
        kept = {one.url: one.number for one in ledger.reports()}
        verified, stored = ledger.verify(), ledger.counts()["readings"]
    return {
        "rounds": len(rounds),
        "reports": len(kept),
        "versions": stored,
        "items sent": len(world.sent),
        "items sent and not kept, or kept and not sent": len(world.sent.keys() ^ kept.keys()),
        "texts sent": sum(map(len, world.sent.values())),
        "failed looks": sum(one.failed for one in rounds),
        "unchanged looks": sum(one.unchanged for one in rounds),
        "MiB of our own, highest of quarters": [
            round(max(m.memory for m in marks[i : i + quarter]), 1) for i in range(0, 4 * quarter, quarter)
        ],
        "MiB of mapped files, highest of quarters": [
            round(max(m.mapped for m in marks[i : i + quarter]), 1) for i in range(0, 4 * quarter, quarter)
        ],
        "handles, first and last quarter": [
            max(m.handles for m in marks[:quarter]), max(m.handles for m in marks[-quarter:])
        ],
        "threads, highest": max(m.threads for m in marks),
        "verify clean": verified.clean,
    }  # fmt: skip


def main() -> None:
    """Read the arguments, watch, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(DEMO)])
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--feeds", type=int, default=12)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--pages", type=int, help="MiB of SQLite's caches, nothing mapped; usual ones if not given")
    args = parser.parse_args()
    if args.pages is not None:
        dialects.WRITERS_CACHE = dialects.READERS_CACHE = args.pages
        dialects.MAPPED = 0
    with tempfile.TemporaryDirectory() as folder:
        place = args.ledger or Path(folder) / "soak.db"
        rounds, marks, world = soak(args, place)
        print(json.dumps(judge(rounds, marks, world, place), indent=1))


if __name__ == "__main__":
    main()
