"""Which part of `diurna add` is storing: reading and storing timed in one run.

python benchmarks/ledger_share.py REPORTS.jsonl...
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from diurna.flow.ingest import IngestJob, ingest
from diurna.flow.reading import ReadJob
from diurna.ledger.store import Ledger


class Timed(Ledger):
    """A ledger that counts the seconds it is at work."""

    spent = 0.0

    def add_batch(self, *asked, **named):  # type: ignore[no-untyped-def]
        """As the ledger, timed."""
        began = time.process_time()
        try:
            return super().add_batch(*asked, **named)
        finally:
            Timed.spent += time.process_time() - began

    def known(self, versions):  # type: ignore[no-untyped-def]
        """As the ledger, timed."""
        began = time.process_time()
        try:
            return super().known(versions)
        finally:
            Timed.spent += time.process_time() - began


def main() -> None:
    """Add, print."""
    demo = Path(__file__).resolve().parents[1] / "src" / "diurna" / "demo" / "reports.jsonl"
    sources = tuple(sys.argv[1:]) or (str(demo),)
    with tempfile.TemporaryDirectory() as folder, Timed(Path(folder) / "share.db") as ledger:
        ledger.make()
        began = time.process_time()
        steps = list(ingest(IngestJob(ReadJob(sources, engine="rules")), ledger))
        took = time.process_time() - began
        share = round(Timed.spent / took, 3)
        print(json.dumps({"reports": steps[-1].total.added, "CPU seconds": round(took, 1), "of it storing": share}))


if __name__ == "__main__":
    main()
