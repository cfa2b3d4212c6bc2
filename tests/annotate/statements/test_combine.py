"""The tagger's statements and the rules' laid over each other, on hand-built parses."""

from __future__ import annotations

import json

import pytest

from diurna.annotate.statements.attribution import find_statements
from diurna.annotate.statements.combine import Agreement, Tagged
from diurna.model.annotation import StatementDraft, TaggedStatement
from diurna.model.span import Span
from tests.annotate.builders import parse_of

EVEN = Agreement(0.0, 1.0, 0.5, 1.0, 1.0, -1.0, 0.3)
TOLD = parse_of(
    (
        "Mara Tel asserted that the camps are empty.",
        ["Mara|NNP|compound|2 Tel|NNP|nsubj|3 asserted|VBD|ROOT|0|assert that|IN|mark|7 the|DT|det|6 "
         "camps|NNS|nsubj|7|camp are|VBP|ccomp|3 empty|JJ|acomp|7 .|.|punct|3"],
    )
)  # fmt: skip
NAMED = parse_of(
    (
        "The envoy lauded the truce.",
        ["The|DT|det|2 envoy|NN|nsubj|3 lauded|VBD|ROOT|0|xlaud the|DT|det|5 truce|NN|dobj|3 .|.|punct|3"],
    )
)


def at(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def tagged(text: str, cue: str, source: str | None, content: str, confidence: float = 0.8) -> TaggedStatement:
    sources = (at(text, source),) if source else ()
    return TaggedStatement((at(text, cue),), sources, (at(text, content),), confidence)


def contents(text: str, drafts: list[StatementDraft]) -> list[str]:
    return [" | ".join(span.of(text) for span in one.content) for one in drafts]


def test_what_both_found_is_one_statement_surer_than_either() -> None:
    one = tagged(TOLD.text, "asserted", "Mara Tel", "that the camps are empty")
    (found,) = find_statements(TOLD, Tagged([one], EVEN))
    assert found.rule == "tagger+verb:that"
    assert found.confidence == pytest.approx(EVEN.confidence(0.8, "verb:that", doubtful=False))
    assert found.confidence > 0.8
    assert (found.stance.act, found.form) == ("assert", "clause")


def test_a_source_the_tagger_missed_is_the_rules() -> None:
    (found,) = find_statements(TOLD, Tagged([tagged(TOLD.text, "asserted", None, "the camps are empty")], EVEN))
    assert found.speaker == at(TOLD.text, "Mara Tel")


def test_what_only_the_tagger_found_is_a_statement_of_its_own() -> None:
    assert find_statements(NAMED) == []
    (found,) = find_statements(NAMED, Tagged([tagged(NAMED.text, "lauded", "The envoy", "the truce")], EVEN))
    assert (found.rule, found.cue_lemma, found.form) == ("tagger:doubtful", "xlaud", "phrase")
    assert found.speaker == at(NAMED.text, "The envoy")


def test_what_is_too_doubtful_is_left_out_and_the_rule_no_longer_trusted() -> None:
    one = tagged(NAMED.text, "lauded", "The envoy", "the truce", confidence=0.2)
    assert find_statements(NAMED, Tagged([one], EVEN)) == []
    assert find_statements(TOLD, Tagged([], EVEN)) == []
    assert contents(TOLD.text, find_statements(TOLD)) == ["that the camps are empty"]


def test_a_quotation_is_content_to_its_ends() -> None:
    parse = parse_of(
        (
            "“We stay,” the envoy said.",
            ["“|``|punct|3 We|PRP|nsubj|3 stay|VBP|ccomp|8 ,|,|punct|8 ”|''|punct|8 the|DT|det|7 envoy|NN|nsubj|8 "
             "said|VBD|ROOT|0|say .|.|punct|8"],
        )
    )  # fmt: skip
    (found,) = find_statements(parse, Tagged([tagged(parse.text, "said", "the envoy", "We stay")], EVEN))
    assert contents(parse.text, [found]) == ["“We stay,”"]
    assert found.manner == "direct"


def test_what_is_told_inside_a_statement_is_kept_from_the_rules() -> None:
    parse = parse_of(
        (
            "Mara Tel asserted that Oda claimed that the camps are empty.",
            ["Mara|NNP|compound|2 Tel|NNP|nsubj|3 asserted|VBD|ROOT|0|assert that|IN|mark|6 Oda|NNP|nsubj|6 "
             "claimed|VBD|ccomp|3|claim that|IN|mark|10 the|DT|det|9 camps|NNS|nsubj|10|camp are|VBP|ccomp|6 "
             "empty|JJ|acomp|10 .|.|punct|3"],
        )
    )  # fmt: skip
    one = tagged(parse.text, "asserted", "Mara Tel", "that Oda claimed that the camps are empty")
    outer, inner = find_statements(parse, Tagged([one], EVEN))
    assert (outer.parent, inner.parent) == (None, 0)
    assert inner.speaker == at(parse.text, "Oda")


def test_a_dateline_is_no_part_of_a_source() -> None:
    parse = parse_of(
        ("dateline", "ORLA", ["ORLA|NNP|ROOT|0"]),
        (
            "body",
            "The envoy asserted that it ended.",
            ["The|DT|det|2 envoy|NN|nsubj|3 asserted|VBD|ROOT|0|assert that|IN|mark|6 it|PRP|nsubj|6 "
             "ended|VBD|ccomp|3|end .|.|punct|3"],
        ),
    )  # fmt: skip
    one = TaggedStatement(
        (at(parse.text, "asserted"),),
        (Span(0, parse.text.index(" asserted")),),
        (at(parse.text, "that it ended"),),
        0.9,
    )
    (found,) = find_statements(parse, Tagged([one], EVEN))
    assert found.speaker == at(parse.text, "The envoy")


def test_agreement_is_read_from_its_file_and_never_certain(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "agreement.json"
    row = {"constant": 0, "tagger": 1, "surer": 0.5, "quotation": 1, "other": 0.5, "doubtful": -1, "threshold": 0.3}
    path.write_text(json.dumps(row), encoding="utf-8")
    agreement = Agreement.load(path)

    def sure(tagger: float, rule: str | None = None, *, doubtful: bool = False) -> float:
        return agreement.confidence(tagger, rule, doubtful=doubtful)

    assert 0 < sure(0.0) < sure(1.0) < 1
    assert sure(0.5, "quote:after") > sure(0.5, "verb:that") > sure(0.5) > sure(0.5, doubtful=True)


def only_tagger(text: str, sentence: str, cue: str, source: str | None, content: str) -> list[StatementDraft]:
    parse = parse_of((text, [sentence]))
    return find_statements(parse, Tagged([tagged(text, cue, source, content)], EVEN))


def test_deeds_are_not_taken_for_words() -> None:
    signed = "The|DT|det|2 envoy|NN|nsubj|3 signed|VBD|ROOT|0|sign the|DT|det|5 bill|NN|dobj|3 .|.|punct|3"
    assert only_tagger("The envoy signed the bill.", signed, "signed", "The envoy", "the bill") == []
    backed = signed.replace("signed|VBD|ROOT|0|sign", "backed|VBD|ROOT|0|back")
    (found,) = only_tagger("The envoy backed the bill.", backed, "backed", "The envoy", "the bill")
    assert found.rule == "tagger:verb"


def test_an_unknown_verb_is_doubtful_and_less_sure() -> None:
    (found,) = find_statements(NAMED, Tagged([tagged(NAMED.text, "lauded", "The envoy", "the truce")], EVEN))
    assert found.confidence == pytest.approx(EVEN.confidence(0.8, None, doubtful=True))


def test_what_a_thing_is_called_is_nobodys_word() -> None:
    sentence = (
        "The|DT|det|2 force|NN|nsubj|8 ,|,|punct|2 known|VBN|acl|2|know as|IN|prep|4 Vesna|NNP|pobj|5 ,|,|punct|2 "
        "left|VBD|ROOT|0|leave .|.|punct|8"
    )
    assert only_tagger("The force, known as Vesna, left.", sentence, "known as", "The force", "Vesna") == []


def test_what_seems_so_has_no_speaker() -> None:
    sentence = "Talks|NNS|nsubj|2 appeared|VBD|ROOT|0|appear close|JJ|acomp|2 .|.|punct|2"
    assert only_tagger("Talks appeared close.", sentence, "appeared", "Talks", "close") == []


def test_a_second_verb_of_the_same_subject_is_no_content() -> None:
    text = "The envoy supports the truce but faces critics."
    sentence = (
        "The|DT|det|2 envoy|NN|nsubj|3 supports|VBZ|ROOT|0|support the|DT|det|5 truce|NN|dobj|3 but|CC|cc|3 "
        "faces|VBZ|conj|3|face critics|NNS|dobj|7 .|.|punct|3"
    )
    found = only_tagger(text, sentence, "supports", "The envoy", "the truce but faces critics")
    assert contents(text, found) == ["the truce"]


def test_a_relative_pronoun_is_given_with_whom_it_stands_for() -> None:
    text = "A group that backs the truce met."
    sentence = (
        "A|DT|det|2 group|NN|nsubj|7 that|WDT|nsubj|4 backs|VBZ|relcl|2|back the|DT|det|6 truce|NN|dobj|4 "
        "met|VBD|ROOT|0|meet .|.|punct|7"
    )
    (found,) = only_tagger(text, sentence, "backs", "that", "the truce")
    assert found.speaker == at(text, "A group that")


TURNS = parse_of(
    *(
        (f"{words}.", [f"{label}{said} .|.|punct|{end}"])
        for words, label, said, end in (
            ("TEL: We go", "TEL|NNP|dep|4 :|:|punct|4 ", "We|PRP|nsubj|4 go|VBP|ROOT|0", 4),
            ("I wait", "", "I|PRP|nsubj|2 wait|VBP|ROOT|0", 2),
            ("OSS: We stay", "OSS|NNP|dep|4 :|:|punct|4 ", "We|PRP|nsubj|4 stay|VBP|ROOT|0", 4),
            ("TEL: We rest", "TEL|NNP|dep|4 :|:|punct|4 ", "We|PRP|nsubj|4 rest|VBP|ROOT|0", 4),
        )
    )
)


def test_a_turn_is_followed_further_than_the_tagger_sees() -> None:
    text = TURNS.text
    one = TaggedStatement((Span(3, 4),), (Span(0, 3),), (at(text, "We go"),), 0.8)
    found = find_statements(TURNS, Tagged([one], EVEN))
    assert contents(text, found) == ["We go | I wait", "We stay", "We rest"]
    assert {statement.manner for statement in found} == {"direct"}


def test_who_is_told_does_not_speak() -> None:
    parse = parse_of(
        (
            "The envoy was told that camps exist.",
            ["The|DT|det|2 envoy|NN|nsubjpass|4 was|VBD|auxpass|4 told|VBN|ROOT|0|tell that|IN|mark|7 "
             "camps|NNS|nsubj|7|camp exist|VBP|ccomp|4 .|.|punct|4"],
        )
    )  # fmt: skip
    (found,) = find_statements(parse, Tagged([tagged(parse.text, "told", "The envoy", "that camps exist")], EVEN))
    assert (found.speaker, found.speaker_kind) == (None, "anonymous")
    assert found.addressee == at(parse.text, "The envoy")
