"""All that a ledger holds, in order, but for the moments and runs in which it came."""

from __future__ import annotations

from sqlalchemy import select, text

from diurna.ledger import schema as t
from diurna.ledger.store import Ledger
from diurna.ledger.words import Phrase

_OF_THE_RUN = frozenset({"recorded_at", "replaced_at", "run"})


def dump(ledger: Ledger) -> list[str]:
    """A line a row."""
    lines = []
    with ledger.snapshot() as connection:
        for table in t.metadata.sorted_tables:
            if table is t.runs:
                continue
            kept = [column for column in table.c if column.name not in _OF_THE_RUN]
            rows = connection.execute(select(*kept).order_by(*table.primary_key.columns))
            lines += [f"{table.name} {tuple(row)!r}" for row in rows]
        for name in t.SEARCHED:
            for word in ("valley", "_m202403"):
                asked = {"words": ledger._dialect.expression(Phrase((word,)))}
                found = connection.execute(text(ledger._dialect.matching(name)), asked)
                lines.append(f"search_{name} {word} {sorted(row[0] for row in found)}")
    return lines
