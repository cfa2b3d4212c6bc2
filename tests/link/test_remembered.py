"""What linking remembers while it runs is let go of at its end."""

from __future__ import annotations

from pathlib import Path

import diurna
from diurna.flow.linking import link
from diurna.link.names import alias_words, folded
from diurna.link.remembered import forget


def test_single_names_are_let_go_of_and_lexicons_stay() -> None:
    folded("Ana Vell")
    words = alias_words()
    assert folded.cache_info().currsize
    forget()
    assert not folded.cache_info().currsize
    assert alias_words() is words


def test_a_run_that_links_leaves_nothing_remembered(tmp_path: Path) -> None:
    found = diurna.read_reports(diurna.demo_reports(), engine="rules")
    with diurna.Ledger(tmp_path / "linked.db") as ledger:
        ledger.add([one for one in found if isinstance(one, diurna.Reading)])
        steps = link(ledger)
        next(steps)
        next(steps)
        assert folded.cache_info().currsize
        assert not list(steps)
    assert not folded.cache_info().currsize
