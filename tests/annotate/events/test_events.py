"""Deeds: the rules on hand-built grammar, the lexicon on short sentences, the laws on anything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.annotate.events.event_lexicon import check_events, event_lexicon
from diurna.annotate.events.events import find_events
from diurna.annotate.parse import Parse
from diurna.lexicon import load
from diurna.model.record import Place, TimeExpression
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue
from tests.annotate.builders import parse_of
from tests.annotate.event_builders import Told, in_words, parsed, told

# ------------------------------------------------------------------ sides, on hand-built grammar


def test_active_clause_goes_from_subject_to_object() -> None:
    parse = parse_of(
        (
            "Norland accused Sudmark of treason.",
            [
                "Norland|NNP|nsubj|2||GPE accused|VBD|ROOT|0|accuse Sudmark|NNP|dobj|2||GPE "
                "of|IN|prep|2 treason|NN|pobj|4 .|.|punct|2"
            ],
        )
    )
    assert told(parse) == [Told("ACCUSE", ["Norland"], ["Sudmark"], "actual")]


def test_passive_clause_turns_the_sides_round() -> None:
    parse = parse_of(
        (
            "Sudmark was attacked by Norland.",
            [
                "Sudmark|NNP|nsubjpass|3||GPE was|VBD|auxpass|3 attacked|VBN|ROOT|0|attack "
                "by|IN|agent|3 Norland|NNP|pobj|4||GPE .|.|punct|3"
            ],
        )
    )
    assert told(parse) == [Told("ASSAULT", ["Norland"], ["Sudmark"], "actual")]


def test_passive_without_its_doer_leaves_the_actor_open() -> None:
    parse = parse_of(
        (
            "Sudmark was attacked.",
            ["Sudmark|NNP|nsubjpass|3||GPE was|VBD|auxpass|3 attacked|VBN|ROOT|0|attack .|.|punct|3"],
        )
    )
    assert told(parse) == [Told("ASSAULT", [], ["Sudmark"], "actual")]


def test_relative_clause_acts_for_its_noun() -> None:
    parse = parse_of(
        (
            "The rebels who attacked Norland fled.",
            [
                "The|DT|det|2 rebels|NNS|nsubj|6|rebel who|WP|nsubj|4 attacked|VBD|relcl|2|attack "
                "Norland|NNP|dobj|4||GPE fled|VBD|ROOT|0|flee .|.|punct|6"
            ],
        )
    )
    assert Told("ASSAULT", ["The rebels"], ["Norland"], "actual") in told(parse)


def test_coordinated_parties_come_one_by_one() -> None:
    parse = parse_of(
        (
            "Norland and Ostria condemned Sudmark.",
            [
                "Norland|NNP|nsubj|4||GPE and|CC|cc|1 Ostria|NNP|conj|1||GPE condemned|VBD|ROOT|0|condemn "
                "Sudmark|NNP|dobj|4||GPE .|.|punct|4"
            ],
        )
    )
    assert told(parse) == [Told("ACCUSE", ["Norland", "Ostria"], ["Sudmark"], "actual")]


def test_second_verb_takes_the_subject_of_the_first() -> None:
    parse = parse_of(
        (
            "Norland condemned Sudmark and praised Ostria.",
            [
                "Norland|NNP|nsubj|2||GPE condemned|VBD|ROOT|0|condemn Sudmark|NNP|dobj|2||GPE and|CC|cc|2 "
                "praised|VBD|conj|2|praise Ostria|NNP|dobj|5||GPE .|.|punct|2"
            ],
        )
    )
    assert Told("SUPPORT", ["Norland"], ["Ostria"], "actual") in told(parse)


def test_reciprocal_deed_has_all_parties_on_both_sides() -> None:
    parse = parse_of(
        (
            "Norland met Sudmark.",
            ["Norland|NNP|nsubj|2||GPE met|VBD|ROOT|0|meet Sudmark|NNP|dobj|2||GPE .|.|punct|2"],
        )
    )
    assert told(parse) == [Told("CONSULT", ["Norland", "Sudmark"], ["Norland", "Sudmark"], "actual")]


def test_noun_brings_its_own_sides() -> None:
    parse = parse_of(
        (
            "The Norland raid on Sudmark failed.",
            [
                "The|DT|det|3 Norland|NNP|compound|3||GPE raid|NN|nsubj|6 on|IN|prep|3 Sudmark|NNP|pobj|4||GPE "
                "failed|VBD|ROOT|0|fail .|.|punct|6"
            ],
        )
    )
    assert told(parse) == [Told("ASSAULT", ["Norland"], ["Sudmark"], "actual")]


def test_light_verb_lends_its_subject_to_the_noun() -> None:
    parse = parse_of(
        (
            "Norland launched an attack on Sudmark.",
            [
                "Norland|NNP|nsubj|2||GPE launched|VBD|ROOT|0|launch an|DT|det|4 attack|NN|dobj|2 on|IN|prep|4 "
                "Sudmark|NNP|pobj|5||GPE .|.|punct|2"
            ],
        )
    )
    (event,) = find_events(parse, [], [])
    assert in_words(parse, event) == Told("ASSAULT", ["Norland"], ["Sudmark"], "actual")
    assert event.rule == "event:light-verb"


def test_object_decides_what_a_verb_means() -> None:
    sides = "Norland|NNP|nsubj|2||GPE lifted|VBD|ROOT|0|lift {} on|IN|prep|3 Sudmark|NNP|pobj|4||GPE .|.|punct|2"
    sanctions = parse_of(("Norland lifted sanctions on Sudmark.", [sides.format("sanctions|NNS|dobj|2|sanction")]))
    crates = parse_of(("Norland lifted crates on Sudmark.", [sides.format("crates|NNS|dobj|2|crate")]))
    assert told(sanctions) == [Told("RETREAT", ["Norland"], ["Sudmark"], "actual")]
    assert told(crates) == []


def test_agreement_to_do_is_done_and_the_deed_is_planned() -> None:
    parse = parse_of(
        (
            "Norland agreed to release prisoners.",
            [
                "Norland|NNP|nsubj|2||GPE agreed|VBD|ROOT|0|agree to|TO|aux|4 release|VB|xcomp|2 "
                "prisoners|NNS|dobj|4|prisoner .|.|punct|2"
            ],
        )
    )
    assert told(parse) == [
        Told("AGREE", ["Norland"], ["prisoners"], "actual"),
        Told("RETREAT", ["Norland"], ["prisoners"], "planned"),
    ]


def test_storms_and_crowds_of_pronouns_do_no_political_deeds() -> None:
    storm = parse_of(
        (
            "The storm killed villagers.",
            ["The|DT|det|2 storm|NN|nsubj|3 killed|VBD|ROOT|0|kill villagers|NNS|dobj|3|villager .|.|punct|3"],
        )
    )
    you = parse_of(
        ("You attacked it.", ["You|PRP|nsubj|2 attacked|VBD|ROOT|0|attack it|PRP|dobj|2 .|.|punct|2"]),
    )
    assert told(storm) == []
    assert told(you) == []


# ------------------------------------------------------------------ time, place, evidence


def _meeting() -> Parse:
    return parse_of(
        (
            "On Friday Norland met Sudmark in Qarn.",
            [
                "On|IN|prep|4 Friday|NNP|pobj|1||DATE Norland|NNP|nsubj|4||GPE met|VBD|ROOT|0|meet "
                "Sudmark|NNP|dobj|4||GPE in|IN|prep|4 Qarn|NNP|pobj|6||GPE .|.|punct|4"
            ],
        )
    )


def test_time_and_place_of_the_clause_come_with_the_deed() -> None:
    parse = _meeting()
    friday = TimeExpression(Span(3, 9), "Friday", TimeValue(None, None, "unknown", "Friday"))
    qarn = Place(Span(33, 37), "Qarn", None, None, None, None, "city")
    (event,) = find_events(parse, [friday], [qarn])
    assert event.time == friday.span
    assert event.place == qarn
    assert event.span.contains(friday.span)
    assert event.span.contains(qarn.span)


def test_town_is_preferred_to_its_country() -> None:
    parse = _meeting()
    qarn = Place(Span(33, 37), "Qarn", None, None, None, None, "country")
    town = replace(qarn, precision="city", text="Qarn city")
    (event,) = find_events(parse, [], [qarn, town])
    assert event.place == town


def test_finer_contexts_follow_the_words_of_the_clause() -> None:
    parse = parse_of(
        (
            "Norland bombed a hospital in Sudmark.",
            [
                "Norland|NNP|nsubj|2||GPE bombed|VBD|ROOT|0|bomb a|DT|det|4 hospital|NN|dobj|2 in|IN|prep|4 "
                "Sudmark|NNP|pobj|5||GPE .|.|punct|2"
            ],
        )
    )
    (event,) = find_events(parse, [], [])
    assert event.mode == "aerial"
    assert "health" in event.contexts


# ------------------------------------------------------------------ the lexicon, on short sentences

SHORT = [
    ("AGREE", "Norland agreed to withdraw its troops from Sudmark."),
    ("AGREE", "The rebels accepted a proposal for peace talks with the government."),
    ("AGREE", "Norland will send food to Sudmark, its minister said."),
    ("CONSULT", "The president of Norland met the king of Sudmark on Monday."),
    ("CONSULT", "The foreign minister spoke by telephone with the prime minister of Sudmark."),
    ("CONSULT", "The two ministers held talks in the capital."),
    ("SUPPORT", "Norland and Sudmark signed a trade agreement."),
    ("SUPPORT", "The minister praised the government of Sudmark."),
    ("CONCEDE", "The government apologized to the families of the victims."),
    ("CONCEDE", "The king granted amnesty to the rebels."),
    ("COOPERATE", "Norland and Sudmark held joint military exercises."),
    ("COOPERATE", "Norland shared intelligence with Sudmark."),
    ("AID", "The government sent food aid to Sudmark."),
    ("AID", "Norland granted asylum to the journalist."),
    ("RETREAT", "The rebels released four hostages."),
    ("RETREAT", "The army withdrew its troops from the border town."),
    ("RETREAT", "The prime minister resigned on Tuesday."),
    ("RETREAT", "The two sides declared a ceasefire."),
    ("REQUEST", "The opposition demanded the resignation of the president."),
    ("REQUEST", "The minister urged Sudmark to free the prisoners."),
    ("REQUEST", "Norland said Sudmark must leave the island."),
    ("ACCUSE", "The president condemned the attack on the embassy."),
    ("ACCUSE", "Prosecutors opened an investigation into the minister."),
    ("REJECT", "The government rejected the proposal of the rebels."),
    ("REJECT", "The rebels refused to lay down their weapons."),
    ("REJECT", "The minister said the government will not release the prisoners."),
    ("THREATEN", "Norland threatened to bomb the capital of Sudmark."),
    ("THREATEN", "The union threatened to strike."),
    ("PROTEST", "Thousands of people demonstrated against the government."),
    ("PROTEST", "Teachers went on strike on Monday."),
    ("PROTEST", "Thousands of supporters poured into the square for a rally."),
    ("SANCTION", "Norland expelled two diplomats from Sudmark."),
    ("SANCTION", "The government cut off aid to Sudmark."),
    ("SANCTION", "Norland recalled its ambassador from Sudmark."),
    ("MOBILIZE", "The government deployed troops along the border with Sudmark."),
    ("MOBILIZE", "The army was placed on high alert."),
    ("COERCE", "Police arrested 40 opposition activists."),
    ("COERCE", "The government imposed a curfew in the capital."),
    ("COERCE", "The court sentenced the journalist to five years in prison."),
    ("ASSAULT", "Gunmen kidnapped a foreign aid worker."),
    ("ASSAULT", "Soldiers opened fire on the protesters."),
    ("ASSAULT", "The rebels shelled the town overnight."),
    ("ASSAULT", "A bomb killed five soldiers near the town."),
]
QUIET = [
    "The committee published its annual report on Tuesday.",
    "Storms killed four people in the north of the country.",
    "The team beat its rivals in the final match.",
    "Prices hit a record high last week.",
    "The minister was born in a small town in the south.",
    "Scientists are fighting the disease with a new vaccine.",
    "The museum attracted thousands of visitors.",
    "The company met its target for the year.",
]


@pytest.mark.parametrize(("kind", "sentence"), SHORT)
def test_first_event_of_a_short_sentence(kind: str, sentence: str) -> None:
    events = told(parsed(*[s for _, s in SHORT], *QUIET)[sentence])
    assert events, sentence
    assert events[0].type == kind, events


@pytest.mark.parametrize("sentence", QUIET)
def test_sentences_without_a_political_deed_raise_none(sentence: str) -> None:
    assert told(parsed(*[s for _, s in SHORT], *QUIET)[sentence]) == []


# ------------------------------------------------------------------ the lexicon as data


def test_lexicon_is_large_and_covers_all_types() -> None:
    lexicon = event_lexicon()
    entries = [entry for group in (lexicon.verbs, lexicon.nouns) for rows in group.values() for entry in rows]
    assert len(entries) > 900
    assert len({entry.type for entry in entries}) == 16


def test_faults_are_named_all_at_once() -> None:
    table = dict(load("events"))
    table["verb"] = [
        {"type": "SHOUT", "words": ["yell", "yell"], "colour": "red"},
        {"type": "AID", "words": [], "object": ["@nothing"]},
    ]
    faults = check_events(table)
    assert len(faults) == 5
    assert any("@nothing" in fault for fault in faults)
    assert any("SHOUT" in fault for fault in faults)
    assert any("colour" in fault for fault in faults)


# ------------------------------------------------------------------ laws

WORDS = ["attack", "Norland", "the", "to", "will", "not", "by", "troops", "agreed", "talks", ",", "-", "🙂", "\u200b"]
TAGS = ["NN", "NNP", "VBD", "VB", "VBN", "IN", "TO", "MD", "CD", ".", "JJ", "NNS", "WDT"]
DEPS = ["nsubj", "nsubjpass", "dobj", "prep", "pobj", "xcomp", "ccomp", "aux", "conj", "relcl", "acl", "advcl", "amod"]


@st.composite
def odd_parses(draw: st.DrawFn) -> Parse:
    n = draw(st.integers(1, 14))
    words = draw(st.lists(st.sampled_from(WORDS), min_size=n, max_size=n))
    heads = [draw(st.integers(0, max(0, i - 1))) if i else 0 for i in range(n)]
    tags = draw(st.lists(st.sampled_from(TAGS), min_size=n, max_size=n))
    deps = ["ROOT", *draw(st.lists(st.sampled_from(DEPS), min_size=n - 1, max_size=n - 1))]
    rows = [f"{word}|{tags[i]}|{deps[i]}|{heads[i] + 1 if i else 0}" for i, word in enumerate(words)]
    return parse_of((" ".join(words), [" ".join(rows)]))


@given(odd_parses())
@settings(max_examples=150, deadline=None)
def test_any_tree_gives_events_inside_the_text(parse: Parse) -> None:
    for event in find_events(parse, [], []):
        for span in (event.trigger, *event.actors, *event.recipients):
            assert 0 <= span.start < span.end <= len(parse.text)
        assert event.span.contains(event.trigger)


@given(odd_parses())
@settings(max_examples=50, deadline=None)
def test_same_parse_gives_the_same_events(parse: Parse) -> None:
    assert find_events(parse, [], []) == find_events(parse, [], [])


def test_empty_parse_has_no_events() -> None:
    assert find_events(Parse("", ()), [], []) == []


def test_long_chain_of_participles_does_not_exhaust_the_stack() -> None:
    n = 3000
    rows = ["attacked|VBN|ROOT|0|attack", *(f"attacked|VBN|conj|{i}|attack" for i in range(1, n))]
    parse = parse_of((" ".join(["attacked"] * n), [" ".join(rows)]))
    assert find_events(parse, [], []) == []


@pytest.mark.parametrize("sentence", ["Norland announces that the ceasefire with Sudmark will be extended to May."])
def test_a_trigger_is_never_turned_round(sentence: str) -> None:
    parse = parsed(sentence)[sentence]
    events = find_events(parse, [], [])
    assert events
    assert all(event.trigger.start < event.trigger.end for event in events)
