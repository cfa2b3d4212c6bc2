"""What linking costs beside reading, from nothing and for what is new.

    python benchmarks/link_share.py REPORTS.jsonl READINGS.jsonl

REPORTS have texts, some of which are read to know what reading costs; READINGS is what `diurna read --json` made of as
many reports as are to be linked. Times are of the processor, so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.linking import link
from diurna.flow.reading import annotator_for, read_report
from diurna.ledger.store import Ledger
from diurna.model.codec import reading_from_dict
from diurna.model.record import Reading
from diurna.sources.reader import report_from_text


def readings_in(path: Path, count: int) -> Iterator[Reading]:
    """The first readings of a file."""
    with path.open(encoding="utf-8") as file:
        rows = (json.loads(line) for line in file)
        yield from (reading_from_dict(row) for row in islice((row for row in rows if "report" in row), count))


def reading_cost(path: Path, count: int) -> float:
    """Seconds to read one report, on average."""
    annotator = annotator_for(AnnotateOptions())
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, count + 1)]
    read_report(report_from_text(rows[0]["text"]), annotator)  # loads the models
    began = time.process_time()
    for row in rows[1:]:
        read_report(report_from_text(row["text"], published=row.get("published")), annotator)
    return (time.process_time() - began) / len(rows[1:])


def linking_cost(ledger: Ledger) -> float:
    """Seconds to link what is new."""
    began = time.process_time()
    for _ in link(ledger):
        pass
    return time.process_time() - began


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--count", type=int, default=10_000, help="readings to link from nothing")
    parser.add_argument("--new", type=int, default=100, help="readings that come after")
    parser.add_argument("--read", type=int, default=40, help="reports to read")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "links.db") as ledger:
        every = (said.count + said.new) // said.new  # what comes after is spread over all, so that it is as long
        numbered = list(enumerate(readings_in(said.readings, said.count + said.new)))
        ledger.add(one for number, one in numbered if number % every)
        whole = linking_cost(ledger)
        ledger.add(one for number, one in numbered if number % every == 0)
        fresh = linking_cost(ledger)
        counts = ledger.counts()
    one = reading_cost(said.reports, said.read)
    print(json.dumps({
        "reports": said.count, "new": said.new, "seconds to link from nothing": round(whole, 1),
        "seconds to read as many": round(one * said.count, 1),
        "linking by reading": round(whole / (one * said.count), 3),
        "new by whole": round(fresh / whole, 4), "blocks": counts["blocks"], "moves": counts["moves"],
        "gaps": counts["cross_gaps"],
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
