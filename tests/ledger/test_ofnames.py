"""The words of somebody with many names come in order, page by page, as one query over all of them would give them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from diurna.flow.linking import link
from diurna.ledger import lookup, ofnames
from diurna.ledger import schema as t
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.ledger.who import who_is
from tests.ledger.sample import sample
from tests.ledger.test_actors import ROWS
from tests.link.test_across import read


def plain(snapshot: Snapshot, names: list[int], bearers: tuple[int, ...]) -> list[tuple[str, int]]:
    """The same by one query."""
    p, s, r = t.parties.c, t.sightings.c, t.readings.c
    asked = select(p.day, p.record, p.reading, p.name).join(t.readings, r.seq == p.reading)
    asked = asked.where(p.kind == "statement", p.role.in_(("speaker", "behalf")), p.name.in_(names))
    rows = snapshot.connection.execute(asked.where(*snapshot.moment.holds())).all()
    borne = snapshot.connection.execute(select(s.reading, s.name).where(s.identity.in_(bearers))).all()
    kept = {(row[0], row[1]) for row in rows if not bearers or (row[2], row[3]) in {tuple(one) for one in borne}}
    return sorted(kept, reverse=True)


@pytest.mark.parametrize(("step", "few"), [(1, 0), (1, 99), (2, 0), (2, 99), (100, 4)])
def test_words_of_many_names_come_in_order_and_none_is_lost(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, step: int, few: int
) -> None:
    monkeypatch.setattr(ofnames, "_STEP", step)
    monkeypatch.setattr(ofnames, "_FEW", few)
    rows = [(f"{2031 + year}{day[4:]}", f"{text} Item {year} closes.") for year in range(3) for day, text in ROWS]
    first = read(*rows[0])
    ledger.add([read(*row) for row in rows])
    ledger.add([first])
    for _ in link(ledger):
        pass

    def compare(snapshot: Snapshot) -> int:
        numbers = list(snapshot.connection.execute(select(t.names.c.seq)).scalars())
        (karim,) = lookup.names_called(snapshot, "Karim al-Sadeqi")
        (who,) = who_is(snapshot, [karim])
        assert who.identities
        seen = 0
        for names, bearers in ((numbers, ()), (list(who.names), who.identities), ([karim], ())):
            wanted, cursor, days = plain(snapshot, names, bearers), None, list[str]()
            while True:
                page = lookup.words_of_names(snapshot, names, ("speaker", "behalf"), 2, cursor, bearers)
                days += [one.report.day for one in page.rows]
                cursor = page.next
                if cursor is None:
                    break
            assert days == [day for day, _ in wanted]
            places = ofnames.records_of_names(snapshot, "statement", names, ("speaker", "behalf"), 99, None, bearers)
            assert places == [(record, day) for day, record in wanted]
            seen += len(wanted)
        return seen

    assert ledger.view().answer(compare) > 20


def test_reports_of_many_readings_stay_at_hand(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was fetched at once is not fetched again one by one, however much it is."""
    ledger.add([sample(number) for number in range(510)])

    def count(snapshot: Snapshot) -> int:
        numbers = list(snapshot.connection.execute(select(t.readings.c.seq)).scalars())
        assert len(numbers) > 500
        snapshot.ahead(numbers)
        asked = 0
        some = snapshot._some

        def counting(*given: object) -> object:
            nonlocal asked
            asked += 1
            return some(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(snapshot, "_some", counting)
        assert all(snapshot.facts_of(number)[1] for number in numbers)
        return asked

    assert ledger.view().answer(count) == 0
