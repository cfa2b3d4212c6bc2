"""Lives of commitments told in other words: answers in two words, a word given, times set apart, second deeds."""

from __future__ import annotations

import pytest

from diurna.link.lives import lives_of
from diurna.link.partynames import normalised_name
from diurna.link.telling import Telling
from diurna.link.tellings import tellings_of
from diurna.model.commitment_life import CommitmentLife
from tests.link.test_across import read

ASKED = ("2031-03-03", "Norrow called on Ostrava on Monday to hand over the smuggler Dov Arne.")


def lives(*rows: tuple[str, str]) -> list[CommitmentLife]:
    return list(lives_of([read(*row) for row in rows]))


def told(text: str) -> list[Telling]:
    return list(tellings_of(read("2031-03-03", text), normalised_name))


def state(kind: str, day: str, *rows: tuple[str, str]) -> str:
    return next(one for one in lives(*rows) if one.kind == kind).on(day).state


@pytest.mark.parametrize(
    "answer",
    [
        "Ostrava turned down Norrow's demand to hand over the smuggler Dov Arne.",
        "Ostrava threw out Norrow's demand to hand over the smuggler Dov Arne.",
        "Ostrava shot down Norrow's request to hand over the smuggler Dov Arne.",
        "Ostrava brushed off the appeal to hand over the smuggler Dov Arne.",
        "Ostrava waved aside Norrow's appeal to hand over the smuggler Dov Arne.",
        "Ostrava said no to Norrow's demand to hand over the smuggler Dov Arne.",
    ],
)
def test_a_demand_is_refused_by_verbs_of_two_words(answer: str) -> None:
    assert state("demand", "2031-03-12", ASKED, ("2031-03-11", answer)) == "refused"


@pytest.mark.parametrize("verb", ["bowed to", "yielded to", "caved in to", "gave in to"])
def test_who_gives_in_has_not_refused(verb: str) -> None:
    answer = f"Ostrava {verb} Norrow's demand to hand over the smuggler Dov Arne."
    assert state("demand", "2031-03-12", ASKED, ("2031-03-11", answer)) in ("open", "progressing")


def test_what_is_demanded_by_a_noun_is_no_promise_of_who_demands() -> None:
    for text in ("Ostrava turned down Norrow's demand to close the port.", "Norrow's demand to close the port stands."):
        assert not [one for one in told(text) if one.force == "promise"]
        assert not [one for one in lives(("2031-03-03", text)) if one.kind == "promise"]


def test_it_in_what_is_demanded_is_not_who_demands() -> None:
    (one,) = [t for t in told("Norrow gave Ostrava ten days on Monday, demanding that it free the judge Ana Creel.")
              if t.force == "demand"]  # fmt: skip
    assert (one.doer.text, str(one.due_day)) == ("Ostrava", "2031-03-13")


@pytest.mark.parametrize(
    ("front", "due"),
    [
        ("Giving the junta a fortnight, ", "2031-03-17"),
        ("Giving Ostrava until 20 March, ", "2031-03-20"),
        ("With a deadline of ten days, ", "2031-03-13"),
        ("Setting a two-week deadline, ", "2031-03-17"),
        ("Giving no reason, ", None),
        ("Giving the floor to others, ", None),
    ],
)
def test_a_time_that_stands_ahead_of_the_demand_is_its_deadline(front: str, due: str | None) -> None:
    text = f"{front}Norrow demanded on Monday that Ostrava free the judge Ana Creel."
    (one,) = [life for life in lives(("2031-03-03", text)) if life.kind == "demand"]
    assert one.due == due


@pytest.mark.parametrize("word", ["gave her word", "gave an assurance", "staked her name", "gave her solemn promise"])
def test_a_word_given_on_what_will_happen_to_a_thing_is_a_promise(word: str) -> None:
    text = f"Health Minister Tove Lind of Norrow {word} on Monday that the Aster hospital would open in May."
    assert [one.kind for one in lives(("2031-03-03", text))] == ["promise"]
    past = f"Health Minister Tove Lind of Norrow {word} on Monday that the Aster hospital had opened in May."
    assert not lives(("2031-03-03", past))


def test_terms_after_a_colon_are_agreed_on() -> None:
    for cue in ("came to terms", "struck a deal", "reached a wage agreement"):
        text = f"Norrow's government and the teachers' union {cue} on Tuesday: salaries will rise by 12 percent."
        assert [one.kind for one in lives(("2031-03-03", text))] == ["agreement"]


def test_an_agreement_with_a_last_day_needs_no_named_thing() -> None:
    text = "Norrow and the rebels of the Northern Front agreed on Monday to merge their forces by 1 June."
    assert [one.due for one in lives(("2031-03-03", text))] == ["2031-06-01"]


PLEDGE = ("2031-03-03", "Premier Orla Quist promised on Monday to scrap the bread levy.")


def test_it_stands_for_what_the_clause_before_it_names() -> None:
    gone = ("2031-05-05", "The bread levy is gone: Premier Orla Quist scrapped it on Monday.")
    other = ("2031-05-05", "The salt levy is gone: Premier Orla Quist scrapped it on Monday.")
    assert state("promise", "2031-05-06", PLEDGE, gone) == "kept"
    assert state("promise", "2031-05-06", PLEDGE, other) == "open"


def test_the_second_deed_of_one_subject_is_told_as_well() -> None:
    two = ("2031-05-05", "Premier Orla Quist received the bakers and scrapped the bread levy on Monday.")
    assert state("promise", "2031-05-06", PLEDGE, two) == "kept"
    nouns = told("Norrow freed the fishermen and detained sailors on Monday.")
    assert len([one for one in nouns if one.force == "tell"]) == 1


LONG_AGO = ("2031-03-03", "President Ola Brandt of Norrow promised on Monday to abolish the bread levy.")


@pytest.mark.parametrize(
    ("deed", "now"),
    [
        ("President Ola Brandt of Norrow abolished the bread levy on Tuesday.", "kept"),
        ("President Ola Brandt of Norrow abolished the salt levy on Tuesday.", "open"),
        ("President Ola Brandt of Norrow abolished a levy on Tuesday.", "open"),
        ("President Tor Vane of Norrow abolished the bread levy on Tuesday.", "open"),
        ("Ostrava abolished the bread levy on Tuesday.", "open"),
        ("President Ola Brandt of Norrow abolished the bread levy on the island of Harl on Tuesday.", "open"),
        ("President Ola Brandt of Norrow raised the bread levy on Tuesday.", "open"),
        ("President Ola Brandt of Norrow abolished the bread subsidy on Tuesday.", "open"),
    ],
)
def test_after_years_only_the_same_promiser_and_the_very_matter_move_a_promise(deed: str, now: str) -> None:
    assert state("promise", "2034-06-07", LONG_AGO, ("2034-06-06", deed)) == now
