"""Disks that fill up or turn read-only at random moments of `add`; nothing may be half done, nothing safe be lost.

    python -m tests.ledger.failing_disks --times 100 [--turning]

Needs root and Linux. A full disk is a small one in memory, of random size, made larger afterwards. One that turns
read-only in the middle of a run is a file system of its own that is told it has failed: what had not been written out
by then is gone, as after a fault of the disk, and its journal is played back before the ledger is opened again.
tests/ledger/test_killed.py does both a few times.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from diurna.errors import LedgerAccessError, NotALedgerError
from diurna.ledger.store import Ledger
from tests.ledger.killing import run_through, start, time_once, versions_of, write_corpus
from tests.ledger.sample import sample

VERSIONS = 144  # in the corpus
ROOMY = 96_000_000  # bytes, more than enough for it
WORD = "run the same command again"


class NoDiskError(Exception):
    """No disk can be mounted on this machine."""


def mount(*args: object) -> bool:
    """Call mount; whether it did it."""
    return not subprocess.run(["mount", *map(str, args)], capture_output=True, check=False).returncode


def may_mount() -> bool:
    """Can this machine mount disks?"""
    return os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk in memory of `size` bytes at `folder`, which must be there.

    Raises:
        NoDiskError: it cannot be mounted here.
    """
    if not may_mount() or not mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder):
        raise NoDiskError("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def ends_with_a_word(process: subprocess.Popen[str], corpus: Path, place: str, needed: bool = True) -> int:
    """Wait for a run; it must say what happened, and what it reported safe must be there. How many versions are."""
    out, err = process.communicate(timeout=120)
    lines = out.split()
    if needed or process.returncode:
        assert process.returncode == 1, (process.returncode, err)
        assert "LedgerAccessError" in err, err
        assert WORD in err, err
    return _look(corpus, place, int(lines[-1]) if lines[1:] else 0)


def _look(corpus: Path, place: str, promised: int) -> int:
    """Verify the ledger; how many versions it has. One that could not be made yet has none."""
    try:
        with Ledger(place) as ledger:
            found = ledger.verify()
    except NotALedgerError as no:
        if "is empty, no ledger yet" not in str(no):
            raise
        assert not promised, f"{promised} reported safe are gone, with the ledger"
        return 0
    assert found.clean, found.faults
    versions = found.counts.get("versions", 0)
    assert versions >= versions_of(corpus, promised), f"{versions} versions are there of {promised} reported safe"
    return versions


def fill_often(folder: Path, times: int, say: Callable[[str], None] = lambda _: None) -> None:
    """Let a disk be full at another moment each time; with more room the same run must end as ever.

    Raises:
        AssertionError: it does not.
        NoDiskError: no disk can be mounted here.
    """
    corpus = write_corpus(folder / "corpus.jsonl")
    expected = run_through(corpus, str(folder / "other.db"))
    disk, chance, middle = folder / "disk", random.Random(13), 0
    disk.mkdir()
    for number in range(times):
        size = int(chance.uniform(0.3, 2.6) * 1e6)
        with small_disk(disk, size):
            place = str(disk / "full.db")
            versions = ends_with_a_word(start(corpus, place), corpus, place, needed=False)
            middle += 0 < versions < VERSIONS
            assert mount("-o", f"remount,size={ROOMY}", disk)
            assert run_through(corpus, place) == expected
        say(f"{number + 1}: full at {versions} versions, clean, and whole after another run")
    say(f"{times} disks filled, {middle} of them in the middle of a run")
    assert middle >= times // 10, "the disks were too small or too large to show anything"


def turn_often(folder: Path, times: int, say: Callable[[str], None] = lambda _: None) -> None:
    """Let a disk turn read-only at a random moment; once it can be written again the same run must end as ever.

    Raises:
        AssertionError: it does not.
        NoDiskError: no disk can be mounted here.
    """
    corpus = write_corpus(folder / "corpus.jsonl")
    expected = run_through(corpus, str(folder / "other.db"))
    longest = time_once(corpus, str(folder / "timed.db"))
    disk, image, chance, middle = folder / "disk", folder / "disk.img", random.Random(17), 0
    disk.mkdir()
    for number in range(times):
        with image.open("wb") as file:
            file.truncate(64_000_000)
        subprocess.run(["mkfs.ext4", "-q", image], check=True)
        place = str(disk / "turned.db")
        with _mounted(image, disk):
            process = start(corpus, place)
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0, longest))
            with _halted(process):
                assert mount("-o", "remount,abort", disk), "the disk cannot be told that it failed"
            out, err = process.communicate(timeout=120)
            assert not process.returncode or ("LedgerAccessError" in err and WORD in err), err
        subprocess.run(["e2fsck", "-p", image], capture_output=True, check=False)
        lines = out.split()
        with _mounted(image, disk):
            versions, promised = 0, int(lines[-1]) if lines else 0
            if Path(place).exists():
                versions = _look(corpus, place, promised)
            assert versions or not promised, "what was reported safe is gone, with the ledger"
            if versions:
                _asked_read_only(disk, place)
            middle += 0 < versions < VERSIONS
            assert run_through(corpus, place) == expected
        say(f"{number + 1}: read-only at {versions} versions, clean, and whole after another run")
    say(f"{times} disks turned, {middle} of them in the middle of a run")
    assert middle >= times // 10, "the disks turned too early or too late to show anything"


@contextmanager
def _halted(process: subprocess.Popen[str]) -> Iterator[None]:
    """Let the process wait between two calls: one under way when a disk is told to fail may be answered wrongly."""
    process.send_signal(signal.SIGSTOP)
    if process.returncode is None:
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


@contextmanager
def _mounted(image: Path, disk: Path) -> Iterator[None]:
    if not may_mount() or not mount("-o", "loop,errors=remount-ro", image, disk):
        raise NoDiskError("no file can be mounted as a disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", disk], check=True)


def _asked_read_only(disk: Path, place: str) -> None:
    """On a disk that may only be read the ledger still verifies, and says that it may not be written."""
    assert mount("-o", "remount,ro", disk)
    with Ledger(place) as ledger:
        assert ledger.verify().clean
        try:
            ledger.add([sample(9999)])
        except LedgerAccessError:
            pass
        else:
            raise AssertionError("a report was added to a disk that may only be read")
    assert mount("-o", "remount,rw", disk)


def main() -> None:
    """Let disks fail as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--turning", action="store_true", help="read-only in mid-run instead of full")
    asked = parser.parse_args()
    often = turn_often if asked.turning else fill_often
    with tempfile.TemporaryDirectory() as folder:
        often(Path(folder), asked.times, lambda said: print(said, flush=True))


if __name__ == "__main__":
    main()
