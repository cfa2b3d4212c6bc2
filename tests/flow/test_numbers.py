"""Numbers of one story side by side: who gives which, whether they compete, each said once."""

from __future__ import annotations

from pathlib import Path

from diurna.flow.linking import link
from diurna.flow.numbers import numbers_of
from diurna.ledger.asking import Ask
from diurna.ledger.store import Ledger
from tests.link.test_across import read

FIRST = (
    "2032-03-03",
    "A blast in the Kettle mine at Selm killed 14 miners on Tuesday. The blast killed 14 miners in Selm.",
)
SECOND = ("2032-03-04", "A blast in the Kettle mine at Selm killed 22 miners on Tuesday. The mine at Selm was shut.")


def test_numbers_that_cannot_both_hold_compete(tmp_path: Path) -> None:
    with Ledger(tmp_path / "numbers.db") as ledger:
        ledger.add([read(*FIRST), read(*SECOND, "Valley Post")])
        list(link(ledger))
        view = ledger.view()
        (one,) = [found for found in numbers_of(view, view.stories(Ask(), 2)) if found.what == "killed"]
    assert one.competing
    assert (one.lowest, one.highest) == (14, 22)
    assert [(given.low, given.day) for given in one.given] == [(14, "2032-03-03"), (22, "2032-03-04")]
