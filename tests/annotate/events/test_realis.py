"""Whether a deed happened, on hand-built grammar and short sentences of our own."""

from __future__ import annotations

import pytest

from diurna.annotate.events.realis import RealisFinder, check_realis, realis_lexicon
from diurna.lexicon import load
from tests.annotate.builders import parse_of
from tests.annotate.event_builders import parsed, told

ROOT = "Norland|NNP|nsubj|{n} {aux} {verb}|{tag}|ROOT|0|attack Sudmark|NNP|dobj|{n}"


@pytest.mark.parametrize(
    ("auxiliary", "verb", "tag", "expected"),
    [
        ("will|MD|aux|3", "attack", "VB", "planned"),
        ("could|MD|aux|3", "attack", "VB", "possible"),
        ("would|MD|aux|3", "attack", "VB", "hypothetical"),
        ("should|MD|aux|3", "attack", "VB", "hypothetical"),
        ("not|RB|neg|3", "attacked", "VBD", "denied"),
        ("never|RB|advmod|3", "attacked", "VBD", "denied"),
        ("perhaps|RB|advmod|3", "attacked", "VBD", "possible"),
        ("often|RB|advmod|3", "attacks", "VBZ", "generic"),
        ("often|RB|advmod|3", "attacked", "VBD", "actual"),
        ("has|VBZ|aux|3", "attacked", "VBN", "actual"),
    ],
)
def test_words_at_the_verb_decide(auxiliary: str, verb: str, tag: str, expected: str) -> None:
    word = auxiliary.split("|", maxsplit=1)[0]
    text = f"Norland {word} {verb} Sudmark"
    parse = parse_of((text, [ROOT.format(n=3, aux=auxiliary, verb=verb, tag=tag)]))
    assert RealisFinder(parse, realis_lexicon()).of(2) == expected


@pytest.mark.parametrize(
    ("governor", "lemma", "expected"),
    [
        ("planned", "plan", "planned"),
        ("refused", "refuse", "denied"),
        ("threatened", "threaten", "hypothetical"),
        ("tried", "try", "possible"),
        ("began", "begin", "actual"),
        ("managed", "manage", "actual"),
    ],
)
def test_verb_above_decides_for_its_infinitive(governor: str, lemma: str, expected: str) -> None:
    row = f"Norland|NNP|nsubj|2 {governor}|VBD|ROOT|0|{lemma} to|TO|aux|4 attack|VB|xcomp|2 Sudmark|NNP|dobj|4"
    parse = parse_of((f"Norland {governor} to attack Sudmark", [row]))
    assert RealisFinder(parse, realis_lexicon()).of(3) == expected


def test_two_denials_make_a_deed() -> None:
    row = (
        "Norland|NNP|nsubj|4 did|VBD|aux|4 not|RB|neg|4 fail|VB|ROOT|0 to|TO|aux|6 attack|VB|xcomp|4 Sudmark|NNP|dobj|6"
    )
    parse = parse_of(("Norland did not fail to attack Sudmark", [row]))
    assert RealisFinder(parse, realis_lexicon()).of(5) == "actual"


def test_condition_makes_it_hypothetical() -> None:
    row = "if|IN|mark|3 Norland|NNP|nsubj|3 attacks|VBZ|advcl|5|attack we|PRP|nsubj|5 leave|VBP|ROOT|0"
    parse = parse_of(("if Norland attacks we leave", [row]))
    assert RealisFinder(parse, realis_lexicon()).of(2) == "hypothetical"


def test_adjective_decides_for_its_noun() -> None:
    row = "the|DT|det|3 planned|JJ|amod|3 attack|NN|nsubj|4 worries|VBZ|ROOT|0|worry Norland|NNP|dobj|4"
    parse = parse_of(("the planned attack worries Norland", [row]))
    assert RealisFinder(parse, realis_lexicon()).of(2) == "planned"


def test_bare_plural_in_the_present_is_general() -> None:
    row = "Governments|NNS|nsubj|2 impose|VBP|ROOT|0 sanctions|NNS|dobj|2|sanction"
    parse = parse_of(("Governments impose sanctions", [row]))
    assert RealisFinder(parse, realis_lexicon()).of(1) == "generic"


NOT_DEEDS = [
    "The army could attack the town next week.",
    "Norland denied that its troops attacked the town.",
    "The rebels failed to seize the capital.",
    "The minister warned against attacking the town.",
    "If the rebels attack the town, the army will answer.",
    "No troops attacked the town.",
    "The general plans to bomb the town.",
    "The soldiers left without attacking the town.",
    "The attack on the town was cancelled.",
]
DEEDS = [
    "The army attacked the town on Friday.",
    "The army began shelling the town.",
    "Officials said the rebels attacked the town.",
    "The attack on the town killed five soldiers.",
]


@pytest.mark.parametrize("sentence", [*NOT_DEEDS, *DEEDS])
def test_only_deeds_come_out_actual(sentence: str) -> None:
    parse = parsed(*NOT_DEEDS, *DEEDS)[sentence]
    words = ("attack", "attacked", "attacking", "seize", "bomb", "shelling")
    token = next(i for i, word in enumerate(parse.lowers) if word in words)
    assert (RealisFinder(parse, realis_lexicon()).of(token) == "actual") == (sentence in DEEDS)


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Norland has yet to withdraw its troops from Sudmark.", "withdraw", "denied"),
        ("Norland did not shell or attack the town.", "attack", "denied"),
        ("Norland has withdrawn its troops from Sudmark.", "withdrawn", "actual"),
    ],
)
def test_what_is_still_to_come_or_shares_a_not_did_not_happen(sentence: str, verb: str, expected: str) -> None:
    parse = parsed(sentence)[sentence]
    assert RealisFinder(parse, realis_lexicon()).of(parse.lowers.index(verb)) == expected


def test_faults_are_named() -> None:
    table = {**load("realis"), "modals": {"sometimes": ["will"], "planned": ["will", "will"]}}
    assert len(check_realis(table)) == 2


REALIS_TOLD = {
    "The president spoke with the prime minister to thank him.": ("SUPPORT", "actual"),
    "I am pleased to welcome the president of Norland.": ("SUPPORT", "actual"),
    "France was the first state to recognize the council.": ("SUPPORT", "actual"),
    "The president created a commission to investigate the ministry.": ("ACCUSE", "planned"),
    "Gunmen attack a village near Paris.": ("ASSAULT", "actual"),
    "The minister forced the general to resign.": ("RETREAT", "actual"),
}


@pytest.mark.parametrize("sentence", sorted(REALIS_TOLD))
def test_what_an_infinitive_tells_depends_on_what_it_hangs_on(sentence: str) -> None:
    kind, realis = REALIS_TOLD[sentence]
    events = told(parsed(*sorted(REALIS_TOLD))[sentence])
    assert (kind, realis) in {(event.type, event.realis) for event in events}
