from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.annotate.parse import Parse
from diurna.annotate.statements.attribution import find_statements
from diurna.model.annotation import StatementDraft
from diurna.model.report import Block
from diurna.model.span import Span
from tests.annotate.builders import parse_of


def told(parse: Parse) -> list[tuple[str | None, str, str]]:
    """Speaker, cue lemma and content of every statement, as text."""
    return [
        (one.speaker.of(parse.text) if one.speaker else None, one.cue_lemma, content(parse, one))
        for one in find_statements(parse)
    ]


def content(parse: Parse, statement: StatementDraft) -> str:
    return " | ".join(span.of(parse.text) for span in statement.content)


def test_a_that_clause_is_content_with_its_that() -> None:
    parse = parse_of(
        (
            "Mara Tel, the envoy, asserted that the camps are empty.",
            ["Mara|NNP|compound|2 Tel|NNP|nsubj|7 ,|,|punct|2 the|DT|det|5 envoy|NN|appos|2 ,|,|punct|2 "
             "asserted|VBD|ROOT|0|assert "
             "that|IN|mark|11 the|DT|det|10 camps|NNS|nsubj|11|camp are|VBP|ccomp|7 empty|JJ|acomp|11 .|.|punct|7"],
        )
    )  # fmt: skip
    assert told(parse) == [("Mara Tel, the envoy", "assert", "that the camps are empty")]
    (statement,) = find_statements(parse)
    assert (statement.manner, statement.stance.act, statement.rule) == ("indirect", "assert", "verb:that")


def test_a_quotation_split_by_its_cue_is_one_statement() -> None:
    parse = parse_of(
        (
            "“We will not pay,” said Tel, “not ever.”",
            ["“|``|punct|8 We|PRP|nsubj|5 will|MD|aux|5 not|RB|neg|5 pay|VB|ccomp|8 ,|,|punct|8 ”|''|punct|8 "
             "said|VBD|ROOT|0|say "
             "Tel|NNP|nsubj|8 ,|,|punct|8 “|``|punct|8 not|RB|neg|13 ever|RB|advmod|8 .|.|punct|8 ”|''|punct|8"],
        )
    )  # fmt: skip
    assert told(parse) == [("Tel", "say", "“We will not pay,” | “not ever.”")]
    (statement,) = find_statements(parse)
    assert (statement.manner, statement.stance.act, statement.stance.polarity) == ("direct", "refuse", "negative")


def test_a_sentence_quoted_behind_the_cue_goes_on_the_same_statement() -> None:
    parse = parse_of(
        (
            "“We go,” Tel said. “We go today, friends.”",
            ["“|``|punct|7 We|PRP|nsubj|3 go|VBP|ccomp|7 ,|,|punct|7 ”|''|punct|7 Tel|NNP|nsubj|7 "
             "said|VBD|ROOT|0|say .|.|punct|7",
             "“|``|punct|3 We|PRP|nsubj|3 go|VBP|ROOT|0 today|NN|npadvmod|3 ,|,|punct|3 friends|NNS|npadvmod|3 "
             ".|.|punct|3 ”|''|punct|3"],
        )
    )  # fmt: skip
    assert told(parse) == [("Tel", "say", "“We go,” | “We go today, friends.”")]


def test_quoted_paragraphs_after_a_colon_belong_to_the_verb_before_it() -> None:
    quote = "“|``|punct|3 We|PRP|nsubj|3 stay|VBP|ROOT|0 here|RB|advmod|3 .|.|punct|3"
    parse = parse_of(
        ("Tel continued:", ["Tel|NNP|nsubj|2 continued|VBD|ROOT|0|continue :|:|punct|2"]),
        ("“We stay here.", [quote]),
        ("“We stay here.”", [quote + " ”|''|punct|3"]),
    )
    assert told(parse) == [("Tel", "continue", "“We stay here. | “We stay here.”")]


def test_a_denied_gerund_keeps_what_is_denied() -> None:
    parse = parse_of(
        (
            "Norland denies arming rebels.",
            ["Norland|NNP|nsubj|2 denies|VBZ|ROOT|0|deny arming|VBG|xcomp|2|arm rebels|NNS|dobj|3|rebel .|.|punct|2"],
        )
    )
    assert told(parse) == [("Norland", "deny", "arming rebels")]
    assert find_statements(parse)[0].stance.act == "deny"


def test_an_accusation_takes_the_accused_and_the_charge() -> None:
    parse = parse_of(
        (
            "Tel accused Norland of lying.",
            [
                "Tel|NNP|nsubj|2 accused|VBD|ROOT|0|accuse Norland|NNP|dobj|2 of|IN|prep|2 "
                "lying|VBG|pcomp|4|lie .|.|punct|2"
            ],
        )
    )
    assert told(parse) == [("Tel", "accuse", "Norland of lying")]
    assert find_statements(parse)[0].stance.act == "accuse"


def test_a_demand_takes_whom_and_what() -> None:
    parse = parse_of(
        (
            "Tel urged Norland to withdraw.",
            ["Tel|NNP|nsubj|2 urged|VBD|ROOT|0|urge Norland|NNP|dobj|2 to|TO|aux|5 withdraw|VB|xcomp|2 .|.|punct|2"],
        )
    )
    assert told(parse) == [("Tel", "urge", "Norland to withdraw")]
    (statement,) = find_statements(parse)
    assert statement.stance.act == "demand"


def test_according_to_holds_the_statement_told_inside_it() -> None:
    parse = parse_of(
        (
            "According to Oss, Tel stressed that it ends.",
            ["According|VBG|prep|6|accord to|IN|prep|1 Oss|NNP|pobj|2 ,|,|punct|6 Tel|NNP|nsubj|6 "
             "stressed|VBD|ROOT|0|stress "
             "that|IN|mark|9 it|PRP|nsubj|9 ends|VBZ|ccomp|6|end .|.|punct|6"],
        )
    )  # fmt: skip
    assert told(parse) == [("Oss", "according to", "Tel stressed that it ends"), ("Tel", "stress", "that it ends")]
    outer, inner = find_statements(parse)
    assert (outer.parent, inner.parent) == (None, 0)


def test_a_participle_speaks_for_the_subject_of_its_sentence() -> None:
    parse = parse_of(
        (
            "Tel left, adding that talks failed.",
            ["Tel|NNP|nsubj|2 left|VBD|ROOT|0|leave ,|,|punct|2 adding|VBG|advcl|2|add that|IN|mark|7 "
             "talks|NNS|nsubj|7|talk "
             "failed|VBD|ccomp|4|fail .|.|punct|2"],
        )
    )  # fmt: skip
    assert told(parse) == [("Tel", "add", "that talks failed")]


def test_a_second_participle_ends_the_first_content() -> None:
    parse = parse_of(
        (
            "Tel said talks failed, adding that war looms.",
            ["Tel|NNP|nsubj|2 said|VBD|ROOT|0|say talks|NNS|nsubj|4|talk failed|VBD|ccomp|2|fail ,|,|punct|4 "
             "adding|VBG|advcl|4|add "
             "that|IN|mark|9 war|NN|nsubj|9 looms|VBZ|ccomp|6|loom .|.|punct|2"],
        )
    )  # fmt: skip
    assert ("Tel", "say", "talks failed, adding that war looms") in told(parse)  # the parse gives "adding" to "talks"
    parse.heads[5] = 1
    parse.close()
    assert told(parse) == [("Tel", "say", "talks failed"), ("Tel", "add", "that war looms")]


def test_a_passive_without_agent_has_no_speaker() -> None:
    parse = parse_of(
        (
            "The plan was described as dead.",
            [
                "The|DT|det|2 plan|NN|nsubjpass|4 was|VBD|auxpass|4 described|VBN|ROOT|0|describe as|IN|prep|4 "
                "dead|JJ|amod|5 .|.|punct|4"
            ],
        )
    )
    assert told(parse) == [(None, "describe", "The plan | as dead")]
    assert find_statements(parse)[0].speaker_kind == "anonymous"


def test_a_document_may_speak() -> None:
    parse = parse_of(
        (
            "The message stipulated that arms must go.",
            ["The|DT|det|2 message|NN|nsubj|3 stipulated|VBD|ROOT|0|stipulate that|IN|mark|7 "
             "arms|NNS|nsubj|7|arm must|MD|aux|7 "
             "go|VB|ccomp|3 .|.|punct|3"],
        )
    )  # fmt: skip
    (statement,) = find_statements(parse)
    assert (statement.speaker_kind, statement.stance.act) == ("document", "demand")


def test_a_noun_cue_takes_its_clause_and_its_owner() -> None:
    parse = parse_of(
        (
            "Tel repeated the claim that camps exist.",
            ["Tel|NNP|nsubj|2 repeated|VBD|ROOT|0|repeat the|DT|det|4 claim|NN|dobj|2 that|IN|mark|7 "
             "camps|NNS|nsubj|7|camp "
             "exist|VBP|acl|4 .|.|punct|2"],
        )
    )  # fmt: skip
    assert ("Tel", "claim", "that camps exist") in told(parse)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tel|NNP|nsubj|4 did|VBD|aux|4 not|RB|neg|4 say|VB|ROOT|0 that|IN|mark|7 camps|NNS|nsubj|7|camp "
        "exist|VBP|ccomp|4 .|.|punct|4",
        "Nobody|NN|nsubj|2 says|VBZ|ROOT|0|say that|IN|mark|5 camps|NNS|nsubj|5|camp exist|VBP|ccomp|2 .|.|punct|2",
        "If|IN|mark|3 Tel|NNP|nsubj|3 says|VBZ|advcl|7|say camps|NNS|nsubj|5|camp exist|VBP|ccomp|3 "
        "we|PRP|nsubj|7 go|VBP|ROOT|0",
        "Tel|NNP|nsubj|3 could|MD|aux|3 say|VB|ROOT|0 that|IN|mark|6 camps|NNS|nsubj|6|camp exist|VBP|ccomp|3 "
        ".|.|punct|3",
        "Does|VBZ|aux|3|do Tel|NNP|nsubj|3 say|VB|ROOT|0 camps|NNS|nsubj|5|camp exist|VBP|ccomp|3 ?|.|punct|3",
        "You|PRP|nsubj|2 think|VBP|ROOT|0 camps|NNS|nsubj|4|camp exist|VBP|ccomp|2 .|.|punct|2",
    ],
)
def test_what_was_not_said_is_no_statement(sentence: str) -> None:
    text = " ".join(token.split("|")[0] for token in sentence.split())
    assert told(parse_of((text, [sentence]))) == []


def test_a_negated_belief_is_a_statement_of_the_other_sign() -> None:
    parse = parse_of(
        (
            "Tel does not believe that camps exist.",
            ["Tel|NNP|nsubj|4 does|VBZ|aux|4 not|RB|neg|4 believe|VB|ROOT|0 that|IN|mark|7 "
             "camps|NNS|nsubj|7|camp exist|VBP|ccomp|4 .|.|punct|4"],
        )
    )  # fmt: skip
    (statement,) = find_statements(parse)
    assert (statement.stance.polarity, statement.stance.certainty) == ("negative", "probable")


def test_a_headline_is_read_by_the_form_of_its_verb() -> None:
    parse = parse_of(
        ("headline", "Norland Says Talks Have Failed",
         ["Norland|NNP|compound|5 Says|NNPS|compound|5 Talks|NNPS|compound|5 Have|NNP|compound|5 Failed|VBD|ROOT|0"]),
    )  # fmt: skip
    assert told(parse) == [("Norland", "say", "Talks Have Failed")]


def test_a_state_whose_name_ends_like_a_verb_does_not_speak() -> None:
    parse = parse_of(
        ("headline", "United States Lists New Envoys",
         ["United|NNP|compound|5||GPE States|NNPS|compound|5||GPE Lists|NNPS|compound|5 New|NNP|compound|5 "
          "Envoys|NNPS|ROOT|0"]),
    )  # fmt: skip
    parse.entities[:] = [type(parse.entities[0])(0, 2, "GPE")]
    parse.close()
    assert all(cue != "state" for _, cue, _ in told(parse))


def test_a_headline_with_a_colon_names_its_speaker() -> None:
    parse = parse_of(
        ("headline", "Minister: Talks have failed",
         ["Minister|NNP|ROOT|0 :|:|punct|1 Talks|NNS|nsubj|5 have|VBP|aux|5 failed|VBN|appos|1"]),
    )  # fmt: skip
    assert told(parse) == [("Minister", ":", "Talks have failed")]


def test_a_transcript_gives_each_turn_to_its_label() -> None:
    def turn(label: str, word: str) -> tuple[str, list[str]]:
        return f"{label}: We {word}.", [f"{label}|NNP|dep|4 :|:|punct|4 We|PRP|nsubj|4 {word}|VBP|ROOT|0 .|.|punct|4"]

    parse = parse_of(turn("TEL", "go"), turn("OSS", "stay"), turn("TEL", "wait"))
    assert told(parse) == [("TEL", ":", "We go"), ("OSS", ":", "We stay"), ("TEL", ":", "We wait")]


def test_reportedly_puts_a_clause_into_nobodys_mouth() -> None:
    parse = parse_of(
        ("The news reportedly stunned Norland.",
         ["The|DT|det|2 news|NN|nsubj|4 reportedly|RB|advmod|4 stunned|VBD|ROOT|0|stun Norland|NNP|dobj|4 "
          ".|.|punct|4"]),
    )  # fmt: skip
    (statement,) = find_statements(parse)
    assert (statement.speaker, statement.speaker_kind, statement.rule) == (None, "report", "hearsay")


def test_a_dateline_is_no_part_of_the_speaker() -> None:
    parse = parse_of(
        ("OSSA – Tel said camps exist.",
         ["OSSA|NNP|nmod|3 –|:|punct|3 Tel|NNP|nsubj|4 said|VBD|ROOT|0|say camps|NNS|nsubj|6|camp "
          "exist|VBP|ccomp|4 .|.|punct|4"]),
    )  # fmt: skip
    assert told(parse) == [("Tel", "say", "camps exist")]


def test_hearer_channel_and_time_stand_beside_the_cue() -> None:
    parse = parse_of(
        ("Tel told reporters in a statement on Friday that camps exist.",
         ["Tel|NNP|nsubj|2 told|VBD|ROOT|0|tell reporters|NNS|dobj|2|reporter in|IN|prep|2 a|DT|det|6 "
          "statement|NN|pobj|4 on|IN|prep|2 "
          "Friday|NNP|pobj|7|friday|DATE that|IN|mark|11 camps|NNS|nsubj|11|camp exist|VBP|ccomp|2 .|.|punct|2"]),
    )  # fmt: skip
    (statement,) = find_statements(parse)
    spans = (statement.addressee, statement.channel, statement.time)
    assert [span.of(parse.text) if span else None for span in spans] == ["reporters", "a statement", "Friday"]


_TAGS = st.sampled_from(
    ["NN", "NNP", "VBD", "VBG", "VBN", "VB", "IN", "DT", ",", ".", "``", "''", "TO", "MD", "JJ", "RB", ":"]
)
_RELATIONS = st.sampled_from(
    [
        "nsubj",
        "dobj",
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "relcl",
        "prep",
        "pobj",
        "punct",
        "aux",
        "mark",
        "conj",
        "agent",
        "oprd",
    ]
)
_TOKEN_WORDS = st.sampled_from(
    [
        "said",
        "that",
        "“",
        "”",
        '"',
        ",",
        ".",
        "Tel",
        "according",
        "to",
        "claims",
        "denied",
        ":",
        "as",
        "reportedly",
        "😀",
        "\u200b",
        "plan",
        "?",
    ]
)


@st.composite
def broken_parses(draw: st.DrawFn) -> Parse:
    """Parses whose tags, relations and heads mean nothing, circles among the heads included."""
    words = draw(st.lists(_TOKEN_WORDS, max_size=24))
    count = len(words)
    parse = Parse(" ".join(words), (Block("body", Span(0, len(" ".join(words)))),) if words else ())
    at = 0
    for word in words:
        parse.words.append(word)
        parse.lowers.append(word.lower())
        parse.lemmas.append({"said": "say", "claims": "claim", "denied": "deny"}.get(word, word.lower()))
        parse.tags.append(draw(_TAGS))
        parse.pos.append(draw(st.sampled_from(["VERB", "NOUN", "PROPN", "ADJ", "ADP", "PUNCT", "AUX", "ADV"])))
        parse.deps.append(draw(_RELATIONS))
        parse.heads.append(draw(st.integers(0, count - 1)))
        parse.starts.append(at)
        parse.ends.append(at + len(word))
        parse.block_of.append(0)
        at += len(word) + 1
    cut = draw(st.integers(0, count))
    parse.sentences = [(a, b) for a, b in ((0, cut), (cut, count)) if a < b]
    parse.close()
    return parse


@settings(max_examples=300, deadline=None)
@given(broken_parses())
def test_broken_parses_give_statements_inside_the_text_or_none(parse: Parse) -> None:
    statements = find_statements(parse)
    size = len(parse.text)
    for number, one in enumerate(statements):
        spans = [
            *one.cue,
            *one.content,
            *one.stance.hedges,
            *(s for s in (one.speaker, one.addressee, one.channel, one.time) if s),
        ]
        assert one.content
        assert all(0 <= span.start < span.end <= size for span in spans)
        assert one.parent is None or 0 <= one.parent < len(statements)
        assert one.parent != number
    assert statements == find_statements(parse)


def test_an_empty_report_has_no_statements() -> None:
    assert find_statements(Parse("", ())) == []


def test_time_grows_with_length_only() -> None:
    sentence = (
        "“|``|punct|5 We|PRP|nsubj|5 said|VBD|ccomp|5|say ,|,|punct|5 said|VBD|ROOT|0|say Tel|NNP|nsubj|5 "
        "that|IN|mark|9 it|PRP|nsubj|9 is|VBZ|ccomp|5"
    )
    words = " ".join(token.split("|")[0] for token in sentence.split())
    parse = parse_of((" ".join([words] * 4_000), [sentence] * 4_000))
    start = time.process_time()
    find_statements(parse)
    assert time.process_time() - start < 60


def test_what_a_headline_says_goes_on_meanwhile_is_the_reporters() -> None:
    text = "Envoy Says Camps Are Empty as Army Seeks Talks"
    line = (
        "Envoy|NNP|nsubj|2 Says|NNPS|ROOT|0|says Camps|NNPS|compound|4 Are|VBP|dep|2|be Empty|JJ|acomp|4 as|IN|prep|4 "
        "Army|NNP|compound|8 Seeks|NNPS|pobj|6 Talks|NNS|dobj|8"
    )
    (found,) = find_statements(parse_of(("headline", text, [line])))
    assert found.rule == "headline:form"
    assert found.content[0].of(text) == "Camps Are Empty"
