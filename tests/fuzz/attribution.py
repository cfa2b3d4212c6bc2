"""Fuzzing attribution and all that reads with it: no failure, no span outside the text, whatever the grammar says."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hypothesis import strategies as st

from diurna.annotate.parse import Parse
from diurna.annotate.pipeline import AnnotateOptions, Annotator
from diurna.flow.reading import annotator_for, read_report
from diurna.model.codec import reading_from_dict, reading_to_dict
from diurna.model.record import Reading, check_reading
from diurna.model.report import Report
from diurna.sources.reader import report_from_text
from tests.fuzz.texts import any_text, days, news

TAGS = (
    "NN",
    "NNS",
    "NNP",
    "VBD",
    "VB",
    "VBZ",
    "VBG",
    "VBN",
    "IN",
    "DT",
    "PRP",
    "PRP$",
    "CD",
    "JJ",
    "RB",
    "WP",
    "TO",
    "MD",
    "``",
    "''",
    ",",
    ".",
    "SYM",
)
POS = (
    "NOUN",
    "PROPN",
    "VERB",
    "AUX",
    "ADP",
    "DET",
    "PRON",
    "NUM",
    "ADJ",
    "ADV",
    "PART",
    "PUNCT",
    "CCONJ",
    "SCONJ",
    "X",
)
DEPS = (
    "nsubj", "nsubjpass", "dobj", "pobj", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "cc", "prep", "agent",
    "appos",
    "compound", "amod", "poss", "neg", "aux", "auxpass", "mark", "advmod", "attr", "parataxis", "dep", "punct",
    "pcomp", "dative",
    "nummod", "quantmod", "npadvmod", "intj", "csubj", "expl", "oprd", "case", "det", "prt",
)  # fmt: skip
LABELS = ("PERSON", "ORG", "GPE", "NORP", "DATE", "LOC", "FAC", "EVENT", "CARDINAL", "WORK_OF_ART", "")


class TwistedParser:
    """A parser whose grammar has been turned wrong in places: a statistical parser may give any tree."""

    def __init__(self, inner: Any, twists: list[tuple[int, str, int]]) -> None:
        self._inner, self._twists = inner, twists

    def parse(self, report: Report) -> Parse:
        """The parse, twisted: always a tree inside its sentences."""
        parse: Parse = self._inner.parse(report)
        for at, what, choice in self._twists:
            if not len(parse):
                break
            token = at % len(parse)
            if what == "tag":
                parse.tags[token] = TAGS[choice % len(TAGS)]
            elif what == "pos":
                parse.pos[token] = POS[choice % len(POS)]
            elif what == "dep":
                parse.deps[token] = DEPS[choice % len(DEPS)]
            elif what == "lemma":
                parse.lemmas[token] = parse.lemmas[choice % len(parse)]
            elif what == "head":
                _hang(parse, token, choice)
        parse.children, parse.left_edge, parse.right_edge = [], [], []
        parse.close()
        return parse


def _hang(parse: Parse, token: int, choice: int) -> None:
    """Hang a token on another of its sentence, where that makes no circle."""
    first, last = parse.sentences[parse.sentence_of[token]]
    new = first + choice % (last - first)
    up = new
    while parse.heads[up] != up:
        if up == token:
            return
        up = parse.heads[up]
    if up != token and parse.heads[token] != token:
        parse.heads[token] = new


twists = st.lists(
    st.tuples(
        st.integers(0, 400), st.sampled_from(("tag", "pos", "dep", "head", "head", "lemma")), st.integers(0, 400)
    ),
    max_size=40,
)
cases = st.one_of(
    st.tuples(any_text, days, st.sampled_from(("auto", "rules")), st.just([])),
    st.tuples(news, days, st.just("rules"), twists),
)


@cache
def _annotator(engine: Any) -> Annotator:
    return annotator_for(AnnotateOptions(engine=engine))


def prepare() -> None:
    """Load what is loaded once."""
    _annotator("auto")
    _annotator("rules")


def check(case: tuple[str, str | None, str, list[tuple[int, str, int]]]) -> None:
    """Read it, check every law a single reading has, and read it again."""
    text, day, engine, turned = case
    report = report_from_text(text, published=day)
    first, second = _read(report, engine, turned), _read(report, engine, turned)
    row = reading_to_dict(first)
    assert json.dumps(row) == json.dumps(reading_to_dict(second)), "the same text was read in two ways"
    assert reading_from_dict(json.loads(json.dumps(row))) == first
    for group in ("actors", "statements", "events", "relations", "commitments", "gaps"):
        ids = [one["id"] for one in row[group]]
        assert len(ids) == len(set(ids)), f"two {group} have one id"
    _check_references(row)


def _read(report: Report, engine: str, turned: list[tuple[int, str, int]]) -> Reading:
    annotator = _annotator(engine)
    inner = annotator._parser
    if turned:
        annotator._parser = TwistedParser(inner, turned)  # type: ignore[assignment]
    try:
        reading = read_report(report, annotator)
    finally:
        annotator._parser = inner
    assert not [one for one in reading.failures if one.stage not in ("language", "size")], reading.failures
    check_reading(reading)
    return reading


def _check_references(row: dict[str, Any]) -> None:
    """What records point at is there, and parents form no circle."""
    actors = {one["id"] for one in row["actors"]}
    parents = {one["id"]: one["parent"] for one in row["statements"]}
    for one in row["statements"]:
        assert one["speaker"]["actor"] is None or one["speaker"]["actor"] in actors
        up, steps = one["parent"], 0
        while up is not None:
            assert up in parents
            up, steps = parents[up], steps + 1
            assert steps <= len(parents), "parents form a circle"
    for one in row["events"]:
        assert one["attributed_to"] is None or one["attributed_to"] in parents
        for party in (*one["actors"], *one["recipients"]):
            assert party["actor"] is None or party["actor"] in actors
    for one in row["relations"]:
        assert {one["from"], one["to"]} <= actors
