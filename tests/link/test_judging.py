"""Two identities laid side by side: the verdict, its grounds, and groups of many pairs in any order."""

from __future__ import annotations

import importlib.util
import itertools
import json
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.link.identities import filed_under, looks_under, with_sightings
from diurna.link.judging import compare
from diurna.link.sightings import Sighting, sighting
from diurna.link.within import Form, groups_within
from diurna.model.identity import Pair, grouped
from diurna.model.record import Actor
from diurna.model.span import Span

DAY = "2031-03-04"
FOLDER = Path(__file__).parents[2] / "benchmarks" / "actors"


def _score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("actor_score", FOLDER / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seen(name: str, text: str, kind: str = "person", country: str | None = None, day: str = DAY) -> Sighting:
    at = text.index(name)
    actor = Actor(f"ac-{name}{day}", name, kind, country, None, (), (), (Span(at, at + len(name)),))  # type: ignore[arg-type]
    return sighting(actor, f"rp-{text}", day, text)


def verdict(one: Sighting, other: Sighting) -> str | None:
    left, right = (with_sightings(None, [x]) for x in (one, other))
    found, turned = compare(left, right), compare(right, left)
    assert found == turned
    if found is not None:
        assert filed_under(left) & looks_under(right), "what may be one must find each other"
    return found.verdict if found else None


MINISTER = seen("Oren Tal", "Oren Tal, the oil minister of Kharsa, spoke.")
CASES = [
    ("same", seen("Orin Tall", "Kharsa's oil minister, Orin Tall, spoke.", day="2031-06-01")),
    ("apart", seen("Oren Tal", "Oren Tal, a goalkeeper for Norrow United, fell.")),
    ("apart", seen("Oren Tal", "Oren Tal, the finance minister of Tesh, spoke.")),
    ("part", seen("Tal", "Tal, the oil minister of Kharsa, spoke.")),
    ("part", seen("oil minister of Kharsa", "The oil minister of Kharsa spoke.", "office")),
    ("unsure", seen("oil minister of Kharsa", "The oil minister of Kharsa spoke.", "office", day="2041-01-01")),
    ("unsure", seen("Tal", "Tal spoke.")),
    (None, seen("Mira Tal", "Mira Tal, the oil minister of Kharsa, spoke.")),
    (None, seen("Tal", "Tal is a town in Kharsa.", "place")),
]


@pytest.mark.parametrize(("wanted", "other"), CASES)
def test_a_minister_and_others(wanted: str | None, other: Sighting) -> None:
    assert verdict(MINISTER, other) == wanted


def test_every_pair_says_why() -> None:
    for _, other in CASES:
        found = compare(*(with_sightings(None, [x]) for x in (MINISTER, other)))
        assert found is None or all(ground.why for ground in found.grounds)


def test_what_bodies_of_many_states_are_called_is_not_enough() -> None:
    one = seen("Democratic Party", "The Democratic Party met.", "organisation", "USA")
    assert verdict(one, seen("Democratic Party", "The Democratic Party met.", "organisation", "ITA")) == "apart"
    assert verdict(one, seen("the Democratic Party", "So the Democratic Party met.", "organisation")) == "unsure"


VERDICTS = st.sampled_from(["same", "part", "apart", "unsure"])
PAIRS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), VERDICTS, st.integers(0, 100), st.booleans()),
    max_size=12,
)


@given(PAIRS, st.randoms(use_true_random=False))
def test_groups_are_the_same_in_any_order_and_keep_what_is_apart(
    drawn: list[tuple[str, str, str, int, bool]], chance: object
) -> None:
    pairs = list({frozenset(x[:2]): Pair(x[0], x[1], x[2], x[3], (), x[4]) for x in drawn if x[0] != x[1]}.values())  # type: ignore[arg-type]
    weights = {one: n for n, one in enumerate("abcdef", start=1)}
    first = grouped(weights, pairs)
    mixed = list(pairs)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert grouped(weights, mixed).together() == first.together()
    assert sorted(itertools.chain(*first.together())) == sorted(weights)
    for pair in pairs:
        if pair.verdict == "apart" and pair.person:
            assert first.root(pair.one) != first.root(pair.other)


def test_in_one_text_a_short_name_is_that_of_the_one_it_can_be() -> None:
    text = "Foreign Minister Ola Brandt spoke . The National Salvation Front ( NSF ) listened ."
    names = [("Ola Brandt", "person"), ("Brandt", "person"), ("Foreign Minister", "person"), ("Mari Holm", "person"),
             ("National Salvation Front", "body"), ("NSF", "body"), ("Front", "body")]  # fmt: skip
    groups = groups_within([Form(name, kind) for name, kind in names], text)  # type: ignore[arg-type]
    assert sorted(map(len, groups.together())) == [1, 3, 3]


def test_names_of_one_text_are_one_where_it_says_so_or_they_are_short_and_long() -> None:
    text = (
        "Ola Brandt , better known as Lady Heron , left . The Bureau of Wrecks , formerly the Salvage Office , stayed ."
    )
    people = ["Ola Brandt", "Lady Heron", "Natsu Holm", "Holm Natsuko", "Mari Holm"]
    bodies = ["Bureau of Wrecks", "Salvage Office", "State of Norrow", "Norrow"]
    forms = [Form(name, "person") for name in people] + [Form(name, "body") for name in bodies]
    together = {frozenset(one.split("|")[1] for one in row) for row in groups_within(forms, text).together()}
    assert {frozenset(("Ola Brandt", "Lady Heron")), frozenset(("Natsu Holm", "Holm Natsuko"))} <= together
    assert {frozenset(("Bureau of Wrecks", "Salvage Office")), frozenset(("State of Norrow", "Norrow"))} <= together


def together(people: tuple[str, ...] = (), bodies: tuple[str, ...] = (), text: str = "") -> set[frozenset[str]]:
    """The names of one text that are taken for one, each group of two or more."""
    forms = [Form(name, "person") for name in people] + [Form(name, "body") for name in bodies]
    rows = ({one.split("|")[1] for one in row} for row in groups_within(forms, text).together())
    return {frozenset(row) for row in rows if len(row) > 1}


def test_in_one_text_lexicons_tell_states_peoples_and_bodies_under_other_names() -> None:
    assert together(bodies=("Belgium", "the Belgians", "Belgrade")) == {frozenset(("Belgium", "the Belgians"))}
    assert together(bodies=("World Food Programme", "WFP", "UN")) == {frozenset(("World Food Programme", "WFP"))}
    assert together(bodies=("Burma", "Myanmar", "Iran")) == {frozenset(("Burma", "Myanmar"))}


def test_in_one_text_initials_short_given_names_and_families_are_told() -> None:
    assert together(("Ola Mari Brandt", "OMB", "Tor Holm")) == {frozenset(("Ola Mari Brandt", "OMB"))}
    assert together(("Theodore Brandt", "Ted", "Tor Holm")) == {frozenset(("Theodore Brandt", "Ted"))}
    assert together(("Ola and Tor Brandt", "the Brandts", "Mari Holm")) == {
        frozenset(("Ola and Tor Brandt", "the Brandts"))
    }


def test_in_one_text_a_body_is_told_by_its_last_word() -> None:
    assert together(bodies=("Norrow Herons", "Herons", "Port Selm")) == {frozenset(("Norrow Herons", "Herons"))}
    assert together(bodies=("NWSA", "Administration", "Norrow")) == {frozenset(("NWSA", "Administration"))}
    assert together(bodies=("NWSC", "Administration", "Norrow")) == set()


def test_in_one_text_a_rank_is_its_one_subjects_and_a_peerage_nobodys() -> None:
    forms = [
        Form("Ola Brandt", "person", 9),
        Form("Tor Holm", "person", 2),
        Form("Fellow of the Norrow Society", "person"),
    ]
    assert [len(row) for row in groups_within(forms).together()] == [2, 1]
    rivals = [Form("Ola Brandt", "person", 3), *forms[1:]]
    assert [len(row) for row in groups_within(rivals).together()] == [1, 1, 1]
    peer = [*forms[:2], Form("2nd Earl of Norrow", "person")]
    assert [len(row) for row in groups_within(peer).together()] == [1, 1, 1]


def test_the_open_half_of_the_hard_pairs_is_told_right() -> None:
    score = _score()
    pairs = [json.loads(line) for line in (FOLDER / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    told = [score.one_actor(*(score.given(pair[side], side) for side in ("left", "right")))[0] for pair in pairs]
    assert sum(one == pair["same"] for one, pair in zip(told, pairs, strict=True)) >= 0.97 * len(pairs)


def test_at_least_half_of_the_hard_pairs_are_two_actors_and_no_text_stands_in_both_halves() -> None:
    halves = [
        [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
        for name in ("dev.jsonl", "heldout.jsonl")
    ]
    assert sum(map(len, halves)) == 150
    assert sum(not pair["same"] for half in halves for pair in half) >= 75
    texts = [{pair[side]["text"] for pair in half for side in ("left", "right")} for half in halves]
    assert not texts[0] & texts[1]
