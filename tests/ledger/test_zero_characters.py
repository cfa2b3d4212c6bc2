"""Characters that databases cannot hold, in every place people or sources can put them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diurna.errors import UsageError
from diurna.ledger.asking import Ask
from diurna.ledger.store import Ledger
from diurna.ledger.writer import Fault
from diurna.model.codec import reading_from_dict, reading_to_dict
from diurna.model.record import Failure, Reading
from diurna.model.report import content_hash
from tests.ledger.sample import sample

ODD = "zero \x00 half \ud800 end"


def with_odd_text(one: Reading) -> Reading:
    """The reading of a report whose text has such characters inside what was quoted."""
    row = reading_to_dict(one)
    text = one.report.text
    odd = text.replace("valley", "val\x00ey").replace("river", "riv\ud800r")
    assert odd != text
    assert len(odd) == len(text)

    def change(value: object) -> object:
        if isinstance(value, str):
            return value.replace("valley", "val\x00ey").replace("river", "riv\ud800r")
        if isinstance(value, list):
            return [change(part) for part in value]
        return {key: change(part) for key, part in value.items()} if isinstance(value, dict) else value

    changed = reading_from_dict(change(row))  # type: ignore[arg-type]
    return replace(changed, report=replace(changed.report, text=odd, version=content_hash("vs", odd)))


def test_a_text_with_them_comes_back_whole_and_is_searched(ledger: Ledger) -> None:
    odd = with_odd_text(sample())
    ledger.add([odd, sample(2)])
    assert ledger.view().reading(odd.report.id) == odd
    assert ledger.view().versions(odd.report.id)[0][1] == odd.report.text
    assert ledger.verify().clean
    assert {hit.report.id for hit in ledger.search("ey", "reports")} == {odd.report.id}
    assert all(hit.text in odd.report.text for hit in ledger.search("ey", "reports"))


def test_every_column_a_source_fills(ledger: Ledger) -> None:
    one = sample()
    report = replace(one.report, source_id=ODD, title=ODD, url=ODD, outlet=ODD, author=ODD, language="e\x00")
    odd = replace(one, report=report, failures=(Failure("link", ODD),))
    ledger.add_batch([odd], [Fault(ODD, "decode", ODD)])
    assert ledger.view().reading(one.report.id) == odd
    assert len(list(ledger.statements(outlet=ODD))) == 4
    assert ledger.verify().clean
    with ledger.run(ODD) as running:
        running.store([sample(2)])
    assert len(ledger.runs()) == 1


def test_a_judgement_and_a_removal_with_them(ledger: Ledger) -> None:
    one = sample()
    key = one.statements[0].id
    ledger.add([one])
    for _ in range(2):
        ledger.judge(key, "reject", by=ODD, why=ODD, person=False)
    assert len(ledger.view().judgements()) == 1  # a rule that says the same again adds nothing
    ledger.remove(one.report.id, by=ODD, why=ODD)
    assert ledger.verify().clean


@pytest.mark.parametrize("name", ["actor", "speaker", "outlet", "report", "kinds", "realis"])
def test_questions_with_them_find_nothing_and_break_nothing(ledger: Ledger, name: str) -> None:
    ledger.add([sample()])
    ask = Ask(**{name: (ODD,) if name in ("kinds", "realis") else ODD})
    view = ledger.view()
    assert list(view.events(ask)) == []
    assert name == "realis" or list(view.statements(ask)) == []
    assert name == "realis" or list(view.search("valley", "statements", ask)) == []
    assert name in ("kinds", "realis", "speaker") or list(view.reports(ask)) == []


def test_ids_with_them_name_nothing(ledger: Ledger) -> None:
    ledger.add([sample()])
    assert ledger.view().reading(ODD) is None
    assert ledger.view().judgements(ODD) == []
    assert ledger.known([(ODD, ODD)]) == set()
    with pytest.raises(UsageError, match="no record"):
        ledger.judge(ODD, "accept", by="me")
    with pytest.raises(UsageError, match="no report"):
        ledger.remove(ODD, by="me")
    with pytest.raises(UsageError, match="was removed"):
        ledger.lift(ODD)
