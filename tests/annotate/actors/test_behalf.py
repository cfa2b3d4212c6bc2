"""For whom spokespersons speak, and who becomes an actor by speaking."""

from __future__ import annotations

import pytest

from diurna.annotate.actors.mentions import code_of, find_actors
from diurna.annotate.assemble import Drafts, assemble
from diurna.annotate.parse import Parse
from diurna.annotate.relations import find_relations
from diurna.model.annotation import Stance, StatementDraft
from diurna.model.record import Reading, SpeakerKind
from diurna.model.report import Report
from diurna.model.span import Span
from tests.annotate.builders import parse_of

MINISTRY = "The|DT|det|2 ministry|NN|nsubj|3 met|VBD|ROOT|0|meet .|.|punct|3"


def read(parse: Parse, speaker: str, cue: str, content: str, kind: SpeakerKind | None = None) -> Reading:
    def at(part: str) -> Span:
        start = parse.text.index(part)
        return Span(start, start + len(part))

    stance = Stance("assert", "positive", "certain")
    draft = StatementDraft(at(speaker), kind, (at(cue),), cue, (at(content),), "direct", stance, "test")
    report = Report("rp-1", None, "v-1", None, None, None, None, None, "en", parse.text, parse.blocks)
    drafts = Drafts(None, (), find_actors(parse), [draft], (), find_relations(parse))
    return assemble(report, parse, drafts, code_of)


def name(reading: Reading, actor: str | None) -> str | None:
    found = reading.actor(actor)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "speaker", "row"),
    [
        (
            "The ministry met. A spokesperson for the ministry said “no fish”.",
            "A spokesperson for the ministry",
            "A|DT|det|2 spokesperson|NN|nsubj|6 for|IN|prep|2 the|DT|det|5 ministry|NN|pobj|3 said|VBD|ROOT|0|say "
            "“|``|punct|9 no|DT|det|9 fish|NN|dobj|6 ”|''|punct|9 .|.|punct|6",
        ),
        (
            "The ministry met. The ministry's spokesman said “no fish”.",
            "The ministry's spokesman",
            "The|DT|det|2 ministry|NN|poss|4 's|POS|case|2 spokesman|NN|nsubj|5 said|VBD|ROOT|0|say "
            "“|``|punct|8 no|DT|det|8 fish|NN|dobj|5 ”|''|punct|8 .|.|punct|5",
        ),
        (
            "The ministry met. Its spokesman said “no fish”.",
            "Its spokesman",
            "Its|PRP$|poss|2 spokesman|NN|nsubj|3 said|VBD|ROOT|0|say "
            "“|``|punct|6 no|DT|det|6 fish|NN|dobj|3 ”|''|punct|6 .|.|punct|3",
        ),
    ],
)
def test_a_spokesperson_speaks_for_the_body_the_phrase_names(text: str, speaker: str, row: str) -> None:
    reading = read(parse_of((text, [MINISTRY, row])), speaker, "said", "no fish")
    assert name(reading, reading.statements[0].speaker.on_behalf_of) == "The ministry"


def test_an_envoy_for_a_country_does_not_speak_for_it() -> None:
    text = "The envoy for Kenya said “no fish”."
    row = (
        "The|DT|det|2 envoy|NN|nsubj|5 for|IN|prep|2 Kenya|NNP|pobj|3||GPE said|VBD|ROOT|0|say "
        "“|``|punct|8 no|DT|det|8 fish|NN|dobj|5 ”|''|punct|8 .|.|punct|5"
    )
    assert (
        read(parse_of((text, [row])), "The envoy for Kenya", "said", "no fish").statements[0].speaker.on_behalf_of
        is None
    )


def test_a_name_nothing_is_known_of_becomes_an_actor_by_speaking() -> None:
    text = "Zendafire said “no fish”."
    row = (
        "Zendafire|NNP|nsubj|2||PRODUCT said|VBD|ROOT|0|say “|``|punct|5 no|DT|det|5 fish|NN|dobj|2 "
        "”|''|punct|5 .|.|punct|2"
    )
    reading = read(parse_of((text, [row])), "Zendafire", "said", "no fish")
    assert name(reading, reading.statements[0].speaker.actor) == "Zendafire"
    assert reading.statements[0].speaker.kind == "named"


def test_the_i_of_quoted_words_is_the_speakers() -> None:
    text = "“I saw fish,” Peter Hentzau said."
    row = (
        "“|``|punct|3 I|PRP|nsubj|3 saw|VBD|ccomp|9|see fish|NN|dobj|3 ,|,|punct|9 ”|''|punct|9 Peter|NNP|compound|8 "
        "Hentzau|NNP|nsubj|9||PERSON said|VBD|ROOT|0|say .|.|punct|9"
    )
    reading = read(parse_of((text, [row])), "Peter Hentzau", "said", "I saw fish")
    (actor,) = reading.actors
    assert [span.of(text) for span in actor.mentions] == ["I", "Peter Hentzau"]
