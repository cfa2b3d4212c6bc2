"""Fuzz by hand: `python -m tests.fuzz reader --seconds 1200`; without names all targets, as many at once as cores."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.fuzz.running import TARGETS, fuzz


def main() -> int:
    """Run the targets; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each")
    parser.add_argument("--seed", type=int, default=0, help="of the first round; the same seed gives the same examples")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="targets at once")
    asked = parser.parse_args()
    unknown = sorted(set(asked.targets) - set(TARGETS))
    if unknown:
        parser.error(f"there is no target {unknown[0]}: there are {', '.join(TARGETS)}")
    names = asked.targets or list(TARGETS)
    if len(names) == 1:
        return _fuzz(names[0], asked.seconds, asked.seed)
    more = ["--seconds", str(asked.seconds), "--seed", str(asked.seed)]
    with ThreadPoolExecutor(asked.jobs) as crew:
        return max(crew.map(lambda name: subprocess.call([sys.executable, "-m", "tests.fuzz", name, *more]), names))


def _fuzz(name: str, seconds: float, seed: int) -> int:
    count = fuzz(name, seconds, seed)
    for place, told in count.found.items():
        print(f"--- {name}: {place}\n{told}")
    said = f"{count.examples:,} examples, the slowest {count.slowest:.2f} s, {len(count.found)} findings"
    print(f"{name}: {said}", flush=True)
    return 1 if count.found else 0


if __name__ == "__main__":
    sys.exit(main())
