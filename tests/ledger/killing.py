"""Runs of `add` killed at random moments; afterwards nothing may be half done, and the same run must end as ever.

    python -m tests.ledger.killing --times 200 [--server]

tests/ledger/test_killed.py does it a few times.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from diurna.flow.ingest import IngestJob, ingest
from diurna.flow.reading import ReadJob
from diurna.ledger.store import Ledger
from tests.ledger.dump import dump
from tests.ledger.sample import sample
from tests.ledger.server import find_binaries, make_database, running

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys
from diurna.flow import ingest
from diurna.flow.reading import ReadJob
from diurna.ledger.store import Ledger
ingest.BATCH_RECORDS = 120
print("begins", flush=True)
with Ledger(sys.argv[2]) as ledger:
    for step in ingest.ingest(ingest.IngestJob(ReadJob((sys.argv[1],))), ledger):
        print(step.total.stored + step.total.known, flush=True)
"""


def write_corpus(path: Path, reports: int = 120) -> Path:
    """Ready-made readings, some of them edited or repeated."""
    rows = []
    for number in range(reports):
        rows.append(sample(number))
        if number % 5 == 4:
            rows += [sample(number - 3, edit=1), sample(number - 2)]
    path.write_text("".join(json.dumps(one.to_dict()) + "\n" for one in rows) + "{broken\n", encoding="utf-8")
    return path


def start(corpus: Path, place: str, **more: object) -> subprocess.Popen[str]:
    """A process that adds the corpus in small batches and prints how far it is, once it is safe."""
    command = [sys.executable, "-c", PROGRAM, str(corpus), place]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload, no-any-return]


def run_through(corpus: Path, place: str) -> list[str]:
    """Add the corpus undisturbed; the dump of what there is then."""
    with Ledger(place) as ledger:
        for _ in ingest(IngestJob(ReadJob((str(corpus),))), ledger):
            pass
        return dump(ledger)


def kill_once(corpus: Path, place: str, after: float) -> tuple[int, list[str]]:
    """Kill a run `after` seconds after it began; how many reports it had reported safe, and what is wrong then."""
    process = start(corpus, place)
    assert process.stdout
    process.stdout.readline()
    time.sleep(after)
    process.kill()
    lines = process.communicate()[0].split()
    promised = int(lines[-1]) if lines else 0
    with Ledger(place) as ledger:
        ledger.make()
        found = ledger.verify()
        wrong = list(found.faults)
        versions = found.counts.get("versions", 0)
    stored = versions_of(corpus, promised)
    if versions < stored:
        wrong.append(f"{versions} versions are there, {stored} were reported safe")
    return versions, wrong


def versions_of(corpus: Path, lines: int) -> int:
    """How many versions the first lines of a corpus come to, or most of them: the broken one is not counted."""
    return len(set(corpus.read_text(encoding="utf-8").splitlines()[:lines]))


def time_once(corpus: Path, place: str) -> float:
    """Seconds a run takes from its first work to its end, undisturbed."""
    process = start(corpus, place)
    assert process.stdout
    process.stdout.readline()
    began = time.monotonic()
    process.communicate(timeout=300)
    assert process.returncode == 0
    return time.monotonic() - began


def kill_often(
    folder: Path, times: int, new_place: Callable[[], str], say: Callable[[str], None] = lambda _: None
) -> None:
    """Kill runs again and again; every ledger must be clean, and whole after one more run.

    Raises:
        AssertionError: one is not.
    """
    corpus = write_corpus(folder / "corpus.jsonl")
    expected = run_through(corpus, new_place())
    longest = time_once(corpus, new_place())
    chance, middle = random.Random(11), 0
    for number in range(times):
        place = new_place()
        versions = 0
        for _ in range(chance.choice((1, 1, 2))):  # now and then the second try is killed too
            versions, wrong = kill_once(corpus, place, chance.uniform(0, longest))
            assert not wrong, wrong
        middle += 0 < versions < 144
        assert run_through(corpus, place) == expected
        say(f"{number + 1}: killed at {versions} versions, clean, and whole after another run")
    say(f"{times} runs killed, {middle} of them in the middle")
    assert middle >= times // 10, "the kills came too early or too late to show anything"


def main() -> None:
    """Kill as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--server", action="store_true", help="on a PostgreSQL server of its own instead of in files")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _places(Path(folder), server=asked.server) as places:
        kill_often(Path(folder), asked.times, lambda: next(places), lambda said: print(said, flush=True))


@contextmanager
def _places(folder: Path, *, server: bool) -> Iterator[Iterator[str]]:
    """Addresses of new ledgers, each used once."""
    if not server:
        yield (str(folder / f"{number}.db") for number in itertools.count())
        return
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL's initdb is not installed here")
    with running(binaries) as address:
        yield (make_database(address, f"killed_{number}") for number in itertools.count())


if __name__ == "__main__":
    main()
