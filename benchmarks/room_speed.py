"""How fast the reading room answers over a large ledger, one reader alone and many at once.

    python benchmarks/room_speed.py big.db [--times 40] [--readers 50] [--seconds 60]

Every kind of page is asked for `times` different addresses (reports, actors, gaps, words, weeks, moments), so that
what the room remembers helps only where it would help readers too. Milliseconds: median, 99th percentile, first; beside
them the room's own processor time, which other work on the machine hardly changes (Linux only).
"""

from __future__ import annotations

import argparse
import http.client
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args
from urllib.parse import quote

from diurna.ledger.asking import Ask
from diurna.ledger.store import Ledger
from diurna.model.record import Verdict


def addresses(ledger: str, times: int) -> dict[str, list[str]]:
    """Addresses of every kind of page."""
    pick = random.Random(7)
    with Ledger(ledger) as kept:
        view = kept.view()
        reports = [one.id for one in view.report_page(Ask(), 3000)]
        gaps = [one.record.id for one in view.gap_page(Ask(review="any"), 2000)]
        across = [one.record.id for one in view.any_gap_page(Ask(review="any"), get_args(Verdict), 3000)]
        across = sorted(set(across) - set(gaps)) or gaps
        stories = [one.id for one in view.story_page(Ask(), 1, 2000)]
        told = [one.id for one in view.story_page(Ask(), 5, 300)] or stories
        known = [one.name for one in view.actor_page(None, "reports", 400)] + [
            one.name for one in view.actor_page(None, "name", 2000)
        ]
        said = [one.record for one in view.statement_page(Ask(), 2000)]
        days = sorted({one.day for one in view.report_page(Ask(), 3000) if one.day})
    words = sorted({word for one in said for word in one.content.text.split() if word.isalpha() and len(word) > 4})
    day = lambda: pick.choice(days)  # noqa: E731 - said once
    kinds = {
        "front": lambda: f"/?as={day()}" if pick.random() < 0.1 else "/",
        "reports": lambda: f"/reports?until={day()}",
        "report": lambda: f"/reports/{pick.choice(reports)}",
        "changes": lambda: f"/reports/{pick.choice(reports)}/changes",
        "gaps": lambda: pick.choice(["/gaps", "/gaps?state=all", "/gaps?state=unsure"]),
        "gap": lambda: f"/gaps/{pick.choice(gaps)}",
        "gap across": lambda: f"/gaps/{pick.choice(across)}",
        "commitments": lambda: (
            pick.choice(["/commitments", "/commitments?kind=promise", "/commitments?kind=demand"])
            if pick.random() < 0.7
            else f"/commitments?actor={quote(pick.choice(known))}"
        ),
        "actors": lambda: pick.choice(["/actors", "/actors?order=name", f"/actors?name={quote(pick.choice(known))}"]),
        "actor": lambda: f"/actors/{quote(pick.choice(known), safe='')}",
        "actor much told": lambda: f"/actors/{quote(pick.choice(known[:30]), safe='')}",
        "who joins": lambda: (
            f"/actors/{quote(pick.choice(known[:200]), safe='')}/merge?other={quote(pick.choice(known[200:]))}"
        ),
        "stories": lambda: "/stories",
        "story": lambda: f"/stories/{pick.choice(stories)}",
        "story of many": lambda: f"/stories/{pick.choice(told)}",
        "timeline": lambda: f"/timeline?until={day()}",
        "network": lambda: f"/network?until={day()}",
        "map": lambda: f"/map?until={day()}",
        "charts": lambda: f"/charts?until={day()}",
        "chart file": lambda: f"/charts/{pick.choice(['weeks', 'matrix', 'gaps', 'kinds'])}.svg?until={day()}",
        "search": lambda: f"/search?q={quote(pick.choice(words))}",
        "search events": lambda: f"/search?where=events&q={quote(pick.choice(words))}",
        "search reports": lambda: f"/search?where=reports&q={quote(pick.choice(words))}",
        "review": lambda: "/review",
        "dossiers": lambda: "/dossiers",
        "runs": lambda: "/runs",
        "journal": lambda: "/journal",
        "cite": lambda: f"/cite/{pick.choice(said).id}",
        "help": lambda: "/help",
    }
    return {kind: [make() for _ in range(times)] for kind, make in kinds.items()}


@contextmanager
def served(ledger: str) -> Iterator[tuple[int, int]]:
    """A room in a process of its own; its port and number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "diurna", "serve", "--ledger", ledger, "--port", str(port)]
    if subprocess.run([sys.executable, "-c", "import diurna.__main__"], capture_output=True, check=False).returncode:
        command[1:3] = ["-c", "from diurna.cli import main; main()"]
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            time.sleep(0.1)
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, float]:
    """Status and milliseconds."""
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status, 1000 * (time.perf_counter() - began)


def spent_by(pid: int) -> float:
    """Processor time of a process so far, in milliseconds; see clock_getcpuclockid(3)."""
    return 1000 * time.clock_gettime((~pid << 3) | 2) if sys.platform == "linux" else 0.0


def edge(values: list[float]) -> float:
    """The 99th percentile."""
    return sorted(values)[max(0, round(0.99 * len(values)) - 1)]


def alone(port: int, pid: int, paths: dict[str, list[str]]) -> None:
    """One reader, page by page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for kind, some in paths.items():
        bad, took, worked = 0, [], []
        for path in some:
            before = spent_by(pid)
            status, spent = ask(connection, path)
            worked.append(spent_by(pid) - before)
            took.append(spent)
            bad += status != 200
        row = f"{statistics.median(took):8.1f} {edge(took):8.1f} {took[0]:8.1f}"
        print(f"{kind:16} {row} {statistics.median(worked):8.1f} {edge(worked):8.1f} {bad or ''}", flush=True)


def together(port: int, paths: dict[str, list[str]], readers: int, seconds: float) -> None:
    """Many readers, each asking again as soon as it has been answered."""
    every = [path for some in paths.values() for path in some]
    spent: list[float] = []
    faults: list[str] = []
    end = time.monotonic() + seconds

    def read(seed: int) -> None:
        pick = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.monotonic() < end:
            path = pick.choice(every)
            try:
                status, took = ask(connection, path)
            except OSError as fault:
                faults.append(f"{path}: {fault}")
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
                continue
            spent.append(took)
            if status != 200:
                faults.append(f"{path}: {status}")

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(spent)
    print(
        f"{readers} readers, {seconds:.0f} s: {len(spent)} pages, {len(faults)} faults, "
        f"median {statistics.median(ordered):.0f} ms, 99th {ordered[round(0.99 * len(ordered)) - 1]:.0f} ms"
    )
    print("\n".join(faults[:5]))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger")
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--settle", type=float, default=5, help="seconds before the first page is asked")
    said = parser.parse_args()
    paths = addresses(said.ledger, said.times)
    with served(said.ledger) as (port, pid):
        time.sleep(said.settle)
        print(f"{'page':16} {'median':>8} {'99th':>8} {'first':>8} {'cpu':>8} {'cpu 99th':>8}")
        alone(port, pid, paths)
        if said.readers:
            together(port, paths, said.readers, said.seconds)


if __name__ == "__main__":
    main()
