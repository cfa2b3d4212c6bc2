"""Documents that speak are nobody, and still one thing all through a report."""

from __future__ import annotations

from diurna.annotate.actors.documents import mentions_of_speakers
from diurna.model.span import Span
from tests.annotate.actors.test_behalf import MINISTRY, name, read
from tests.annotate.builders import parse_of

STUDY = "A|DT|det|3 new|JJ|amod|3 study|NN|nsubj|4 appeared|VBD|ROOT|0|appear .|.|punct|4"
REPORT = "The|DT|det|2 report|NN|nsubj|3 warns|VBZ|ROOT|0|warn of|IN|prep|3 dust|NN|pobj|4 .|.|punct|3"
IT = "It|PRP|nsubj|2 says|VBZ|ROOT|0|say more|RBR|advmod|2 .|.|punct|2"
OTHER = (
    "The|DT|det|2 report|NN|nsubj|6 by|IN|prep|2 a|DT|det|5 firm|NN|pobj|3 says|VBZ|ROOT|0|say "
    "nothing|NN|dobj|6 .|.|punct|6"
)
POSTS = "Two|CD|nummod|2 posts|NNS|nsubj|3 say|VBP|ROOT|0|say so|RB|advmod|3 .|.|punct|3"
POST = "A|DT|det|2 post|NN|nsubj|3 says|VBZ|ROOT|0|say so|RB|advmod|3 .|.|punct|3"


def mentions(sentences: list[tuple[str, str]], *speakers: str) -> list[list[str]]:
    """The mentions found of each speaker, who is looked for from behind."""
    text = " ".join(sentence for sentence, _ in sentences)
    parse = parse_of((text, [row for _, row in sentences]))
    spans = [Span(text.rindex(one), text.rindex(one) + len(one)) for one in speakers]
    return [[span.of(text) for span in found] for found in mentions_of_speakers(parse, spans, ())]


def test_a_document_is_taken_up_by_a_kindred_noun_and_by_it() -> None:
    told = [("A new study appeared.", STUDY), ("The report warns of dust.", REPORT), ("It says more.", IT)]
    assert mentions(told, "The report", "It") == [["A new study", "The report", "It"]] * 2


def test_a_document_by_somebody_new_is_another_one() -> None:
    told = [("The report warns of dust.", REPORT), ("The report by a firm says nothing.", OTHER)]
    assert mentions(told, "The report by a firm") == [["The report"]]


def test_what_comes_in_anew_starts_a_chain_of_its_own() -> None:
    told = [("A post says so.", POST), ("Two posts say so.", POSTS), ("A post says so.", POST)]
    assert mentions(told, "A post") == [["A post"]]


def test_nobody_is_looked_for_where_an_actor_speaks() -> None:
    parse = parse_of(("A post says so.", [POST]))
    assert mentions_of_speakers(parse, [None], ()) == [()]
    assert mentions_of_speakers(parse, [Span(0, 6)], {1}) == [()]


def test_the_letter_of_a_ministry_is_no_ministry_but_speaks_for_it() -> None:
    text = "The ministry met. The ministry's letter said “no fish”."
    row = (
        "The|DT|det|2 ministry|NN|poss|4 's|POS|case|2 letter|NN|nsubj|5 said|VBD|ROOT|0|say "
        "“|``|punct|8 no|DT|det|8 fish|NN|dobj|5 ”|''|punct|8 .|.|punct|5"
    )
    reading = read(parse_of((text, [MINISTRY, row])), "The ministry's letter", "said", "no fish", kind="document")
    speaker = reading.statements[0].speaker
    assert (speaker.actor, speaker.kind) == (None, "document")
    assert [span.of(text) for span in speaker.mentions] == ["The ministry's letter"]
    assert name(reading, speaker.on_behalf_of) == "The ministry"
