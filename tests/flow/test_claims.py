"""The claims of a ledger's stories: voices with their parts, evidence that stands where it says, flat rows."""

from __future__ import annotations

from pathlib import Path

from diurna.flow.claims import claims_of
from diurna.flow.linking import link
from diurna.ledger.asking import Ask
from diurna.ledger.store import Ledger
from tests.link.story_builders import FIRE, TALKS, VOTE
from tests.link.test_across import read
from tests.link.test_claims import AGAIN, FIRST, NOT_SO

OTHERS = [("2032-03-03", text) for text in (FIRE, TALKS, VOTE)]


def test_a_claim_has_its_first_voice_and_those_who_repeat_and_dispute_it(tmp_path: Path) -> None:
    with Ledger(tmp_path / "claims.db") as ledger:
        ledger.add(
            [read(*FIRST), read(*AGAIN, "Valley Post"), read(*NOT_SO, "Hill Radio"), *(read(*row) for row in OTHERS)]
        )
        list(link(ledger))
        view = ledger.view()
        (one, *rest) = claims_of(view, view.stories(Ask(), 2))
        texts = {voice.report: view.reading(voice.report) for voice in one.voices}
    assert rest == []
    assert [(voice.part, voice.outlet) for voice in one.voices] == [
        ("first", "Quay News"), ("repeats", "Valley Post"), ("disputes", "Hill Radio"),
    ]  # fmt: skip
    assert (one.speakers, one.disputed) == (2, True)
    for voice in one.voices:
        reading = texts[voice.report]
        assert reading
        assert voice.span.of(reading.report.text) == voice.quote
        assert reading.record(voice.statement)
    assert [row["part"] for row in one.cells()] == ["first", "repeats", "disputes"]
    assert one.to_dict()["id"] == one.id
