"""How fast a large ledger takes in and answers, and how large it is.

    python benchmarks/ledger_speed.py LEDGER READINGS.jsonl... --statements 1000000

READINGS are output of `diurna read --json`; `ledger_corpus.py` makes a large corpus of them. LEDGER, a file or
postgresql://..., is filled when it is not there and only asked when it is; `--from-copy 193` fills one further that
holds copies 0 to 192. One line of JSON a measurement.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ledger_corpus import corpus

from diurna.errors import LedgerError
from diurna.ledger.asking import DEEDS, Ask
from diurna.ledger.outcome import Added
from diurna.ledger.store import BATCH_RECORDS, Ledger, weight
from diurna.ledger.view import View
from diurna.model.codec import reading_from_dict
from diurna.model.record import Reading

WORDS = ("weapons", "ceasefire", "government", "sanctions", "president", "peace", "nuclear", "election", "aid")
ACTS = ("promise", "deny", "accuse", "announce", "demand", "warn")
TYPES = ("PROTEST", "ASSAULT", "CONSULT", "SANCTION", "AID")


@dataclass(frozen=True, slots=True)
class Chance:
    """What questions are about, drawn by lot: the most reported names and rare ones, frequent and rare words."""

    draw: random.Random
    names: Sequence[str]
    outlets: Sequence[str]

    def name(self) -> str:
        """Somebody's name."""
        return self.draw.choice(self.names)

    def outlet(self) -> str:
        """An outlet."""
        return self.draw.choice(self.outlets)

    def word(self) -> str:
        """A word."""
        return self.draw.choice(WORDS)

    def two_words(self) -> str:
        """Two words, joined somehow."""
        one, two = self.draw.sample(WORDS, 2)
        return self.draw.choice((f"{one} {two}", f"{one} AND NOT {two}", f"{one} OR {two}"))

    def year(self) -> dict[str, str]:
        """A year."""
        year = self.draw.randint(2000, 2024)
        return {"since": f"{year}-01-01", "until": f"{year}-12-31"}


Question = Callable[[View, Chance], object]

QUESTIONS: dict[str, Question] = {
    "first page of statements": lambda view, _: view.statement_page(Ask()),
    "first page of deeds": lambda view, _: view.event_page(DEEDS),
    "first page of reports": lambda view, _: view.report_page(Ask()),
    "first page of actors": lambda view, _: view.actor_page(),
    "timeline of a year": lambda view, by: view.timeline_page(replace(DEEDS, **by.year())),
    "statements of a speaker": lambda view, by: view.statement_page(Ask(speaker=by.name())),
    "statements by act": lambda view, by: view.statement_page(Ask(kinds=(by.draw.choice(ACTS),))),
    "statements of a year": lambda view, by: view.statement_page(Ask(**by.year())),
    "statements of an outlet": lambda view, by: view.statement_page(Ask(outlet=by.outlet())),
    "statements of a speaker by act": lambda view, by: view.statement_page(
        Ask(speaker=by.name(), kinds=(by.draw.choice(ACTS),))
    ),
    "deeds of an actor": lambda view, by: view.event_page(replace(DEEDS, actor=by.name())),
    "deeds by type": lambda view, by: view.event_page(replace(DEEDS, kinds=(by.draw.choice(TYPES),))),
    "search a word": lambda view, by: view.search_page(by.word()),
    "search two words": lambda view, by: view.search_page(by.two_words()),
    "search a phrase": lambda view, by: view.search_page(f'"the {by.word()}"'),
    "search a beginning": lambda view, by: view.search_page(f"{by.word()[:4]}*"),
    "search within a year": lambda view, by: view.search_page(by.word(), ask=Ask(**by.year())),
    "search of a speaker": lambda view, by: view.search_page(by.word(), ask=Ask(speaker=by.name())),
    "search deeds": lambda view, by: view.search_page(by.word(), "events", DEEDS),
    "search reports": lambda view, by: view.search_page(by.word(), "reports"),
}


def chance_for(view: View) -> Chance:
    """Names and outlets this ledger has; the same ones on every run."""
    often = [one.name for one in view.actor_page(order="reports", size=20)]
    seldom = [one.name for one in view.actor_page(size=200)][::10]
    outlets = {one.outlet: None for one in view.report_page(Ask(), 500) if one.outlet}
    return Chance(random.Random(7), [*often, *seldom], list(outlets))


def fill(ledger: Ledger, lines: Iterator[str]) -> dict[str, object]:
    """Store the corpus; only storing is timed, not making and decoding it."""
    spent, total, characters = 0.0, Added(), 0
    slowest = 0.0
    for batch in _batches(lines):
        characters += sum(len(reading.report.text) for reading in batch)
        began = time.perf_counter()
        total = total.plus(ledger.add_batch(batch))
        took = time.perf_counter() - began
        spent += took
        slowest = max(slowest, took)
    return {
        "what": "ingest of ready records",
        "reports": total.added,
        "records": total.records,
        "seconds": round(spent, 1),
        "records a second": round(total.records / spent),
        "slowest batch, s": round(slowest, 2),
        "characters of text": characters,
    }


def _batches(lines: Iterator[str]) -> Iterator[list[Reading]]:
    batch, size = [], 0
    for line in lines:
        batch.append(reading_from_dict(json.loads(line)))
        size += weight(batch[-1])
        if size >= BATCH_RECORDS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def ask(view: View, by: Chance, name: str, question: Question, times: int) -> dict[str, object]:
    """Ask one kind of question again and again; the first answer is not counted."""
    question(view, by)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        question(view, by)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return {
        "what": name,
        "median, ms": round(statistics.median(took), 1),
        "99 %, ms": round(took[min(len(took) - 1, int(len(took) * 0.99))], 1),
    }


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger")
    parser.add_argument("readings", nargs="+", type=Path)
    parser.add_argument("--statements", type=int, default=200_000)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--from-copy", type=int, default=0)
    asked = parser.parse_args()
    with Ledger(asked.ledger) as ledger:
        try:
            filled = ledger.counts()["readings"] > 0
        except LedgerError:
            filled = False
        if asked.from_copy or not filled:
            missing = asked.statements - (ledger.counts()["statements"] if filled else 0)
            lines = corpus(asked.readings, missing, asked.from_copy)
            print(json.dumps(fill(ledger, lines)), flush=True)
        counts = ledger.counts()
        size = ledger.address.path.stat().st_size if ledger.address.kind == "sqlite" else 0
        print(json.dumps({"what": "rows", **counts, "bytes of the file": size}), flush=True)
        by = chance_for(ledger.view())
        for name, question in QUESTIONS.items():
            print(json.dumps(ask(ledger.view(), by, name, question, asked.times)), flush=True)


if __name__ == "__main__":
    main()
