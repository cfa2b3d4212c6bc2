"""A clock for tests."""

from __future__ import annotations

import datetime as dt


class Ticking:
    """Goes a minute on whenever it is asked, from the first second of 2030."""

    def __init__(self) -> None:
        self.time = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.time += dt.timedelta(minutes=1)
        return self.time
