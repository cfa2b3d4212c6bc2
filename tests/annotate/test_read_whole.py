"""Sentences read by the whole pipeline, parse and all: mistakes that no single stage makes alone."""

from __future__ import annotations

from functools import cache

import pytest

from diurna.annotate.pipeline import AnnotateOptions, Annotator, Engine, load_tagger
from diurna.model.record import Reading
from diurna.sources.reader import report_from_text

ENGINES = [
    "rules",
    pytest.param("auto", marks=pytest.mark.skipif(load_tagger() is None, reason="the learned tagger is not installed")),
]


@cache
def annotator(engine: Engine) -> Annotator:
    return Annotator(AnnotateOptions(engine=engine))


def read(text: str, engine: Engine) -> Reading:
    return annotator(engine).annotate(report_from_text(text, published="2031-03-03", outlet="Quay News"))


@pytest.mark.parametrize("engine", ENGINES)
def test_us_in_capitals_is_a_state_and_nobodys_pronoun(engine: Engine) -> None:
    text = (
        "US announces restrictions on flying to Norrow.\n\nJan Brakel, the foreign minister of Norrow, answered: “I "
        "reject the US blockade that bans US airlines. They will not get anything from us.”"
    )
    reading = read(text, engine)
    (announced, *_) = [one for one in reading.statements if one.act == "announce"]
    names = {one.id: one.name for one in reading.actors}
    assert (announced.speaker.kind, names[announced.speaker.actor or ""]) == ("named", "United States")
    said = {party.text: names.get(party.actor or "") for event in reading.events for party in event.recipients}
    assert said.get("US", "United States") == "United States"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_offer_is_made_by_whoever_it_belongs_to(engine: Engine) -> None:
    text = "Yesterday, President Ola Brandt declined Prime Minister Jan Brakel's offer to resign after the leak."
    (offer,) = [one for one in read(text, engine).statements if one.act in ("promise", "propose")]
    assert "Brakel" in (offer.speaker.text or "")
    assert "Brandt" not in (offer.speaker.text or "")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("storm", ["Hurricane Lorena", "Typhoon Mika", "The storm"])
def test_a_storm_attacks_nobody(engine: Engine, storm: str) -> None:
    reading = read(f"{storm} hit the islands on Monday. Norrow's army attacked the village of Ketta.", engine)
    assert [one.trigger.of(reading.report.text) for one in reading.events] == ["attacked"]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_asked_for_in_a_list_has_not_happened_and_may_is_a_month(engine: Engine) -> None:
    text = (
        "We call for the regime of Norrow to cooperate fully with the inquiry into the events of May 23rd; immediately "
        "release all political prisoners; and pay the men."
    )
    reading = read(text, engine)
    assert {one.realis for one in reading.events if one.type == "RETREAT"} == {"planned"}
    assert {one.certainty for one in reading.statements} == {"certain"}


@pytest.mark.parametrize("engine", ENGINES)
def test_to_when_something_is_extended_is_not_when_that_was_done(engine: Engine) -> None:
    text = "On Thursday, Sergei Sobyan, the mayor of Karo City, extended the city lockdown to May 1."
    (extended,) = read(text, engine).events
    assert extended.happened_at is not None
    assert extended.happened_at.earliest == "2031-02-27"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TVN24 reported that two lorries had collided.", "report"),
        ("The paper El Heraldo was bought. El Heraldo said that four people were hurt.", "report"),
        ("According to Velt Bulletin, the driver fled.", "report"),
        ("CNN's projections showed that the Reform Party had won.", "report"),
        ("A report by Reuters said that the camp was empty.", "report"),
        ("A report by the institute said that the camp was empty.", "document"),
        ("Another co-author, civil engineering professor Julia Marten, said that the air was bad.", "named"),
        ("The general manager of Orlan Media, Dr Ali Tamin, said that the rebels were to blame.", "named"),
        ("Two Reform deputies, Colin Petar and Jef Drewan, said that the bill was bad.", "named"),
        ("Prime Minister Ana Ruel and President Jan Brakel said that talks had begun.", "named"),
        ("President Ana Ruel's office said that talks had begun.", "group"),
        ("The Deputy Secretary and the President-Elect said that talks had begun.", "group"),
        ("Ruel and her supporters said that the vote was stolen.", "group"),
        ("The Ruel Administration said that it would act.", "group"),
        ("The city of Calabar said that it would act.", "named"),
        ("It was reported that he was in a coma.", "report"),
        ("It was agreed that the talks would go on.", "anonymous"),
        ('The club released a statement. It read, "We regret the conduct of the player."', "document"),
        ("The palace said that the king was well.", "group"),
        ("Reports said that 116 people had died.", "report"),
    ],
)
def test_the_kind_of_source_is_how_the_text_gives_it(text: str, kind: str) -> None:
    assert kind in {one.speaker.kind for one in read(text, "rules").statements}
