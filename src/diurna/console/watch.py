"""A line a round of a watch: what came, and whether all is well."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diurna.flow.watch import Round


def health_line(number: int, one: Round, now: dt.datetime) -> str:
    """The round in words."""
    looked = [f"{one.unchanged:,} unchanged"] if one.unchanged else []
    looked += [f"{one.failed:,} failed"] if one.failed else []
    came = [f"{one.entries:,} {'entry' if one.entries == 1 else 'entries'}"]
    came += [f"{one.added.added:,} new"] if one.added.added else []
    came += [f"{one.added.edited:,} edited"] if one.added.edited else []
    came += [f"{one.left_out:,} of other matters"] if one.left_out else []
    parts = [f"{one.feeds:,} {'feed' if one.feeds == 1 else 'feeds'}{': ' if looked else ''}{', '.join(looked)}"]
    parts += [", ".join(came), f"next in {_span(one.rest)}", f"{memory() / 1e6:,.0f} MB"]
    return f"{now:%d %b %H:%M} round {number:,} · {' · '.join(parts)}"


def health_row(number: int, one: Round) -> dict[str, object]:
    """The round as an object."""
    row = dataclasses.asdict(one)
    return {"round": number, **row, "failures": list(one.failures), "memory": memory()}


def memory() -> int:
    """Bytes this process has in memory; 0 where nobody says."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no path of the user's
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3_600:.1f} h"
