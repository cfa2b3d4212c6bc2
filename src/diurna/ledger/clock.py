"""Moments as the ledger writes them: UTC, to the microsecond, as text that sorts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from diurna.errors import UsageError

Clock = Callable[[], dt.datetime]
"""Says what time it is; tests bring their own."""


def now() -> dt.datetime:
    """The system's time."""
    return dt.datetime.now(dt.UTC)


def moment(time: dt.datetime) -> str:
    """`2025-12-28T09:30:00.000000Z`; a time without zone is taken for UTC."""
    utc = time.astimezone(dt.UTC) if time.tzinfo else time
    return utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if utc.year >= 1000 else utc.isoformat()


def parse_moment(said: str | dt.datetime | dt.date) -> str:
    """A moment as people write it; a day means its end, so that "as known on 28 December" has all of that day.

    Raises:
        UsageError: it is neither a day nor a moment.
    """
    if isinstance(said, dt.datetime):
        return moment(said)
    if isinstance(said, dt.date):
        return f"{said.isoformat()}T23:59:59.999999Z"
    try:
        if len(said) == 10:
            return f"{dt.date.fromisoformat(said).isoformat()}T23:59:59.999999Z"
        return moment(dt.datetime.fromisoformat(said))
    except ValueError:
        raise UsageError(f"{said!r} is no moment: write it as 2025-12-28 or 2025-12-28T09:30:00Z") from None
