"""Acts and kinds of source, as a reader marked them in free texts that stay outside the project."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from typing import get_args

import pytest

from diurna.annotate.pipeline import Engine, load_act_head, load_tagger
from diurna.model.record import Act, Certainty, Polarity, SpeakerKind
from diurna.model.span import Span
from tests.gold.acts import HERE, INPUT, MARKS, Figures, Part, figures_of, load_marks, pairs_of, reports_of

LIMITS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
FLOORS = LIMITS["statement_acts"]["at_least"]
WITH_HEAD = LIMITS["statement_acts auto"]["at_least"]
FILES = sorted({one.file for one in load_marks()})

pytestmark = pytest.mark.gold
needs_texts = pytest.mark.skipif(
    not all((INPUT / file).is_file() for file in FILES), reason=f"../shared/input lacks one of {', '.join(FILES)}"
)


@cache
def figures(part: Part, engine: Engine) -> Figures:
    return figures_of(pairs_of(part, engine))


@needs_texts
@pytest.mark.parametrize("limit", sorted(FLOORS))
def test_no_figure_is_under_its_floor(limit: str) -> None:
    part, name = limit.split(".")
    assert getattr(figures(part, "rules"), name) >= FLOORS[limit]  # type: ignore[arg-type]


@needs_texts
@pytest.mark.skipif(load_act_head() is None or load_tagger() is None, reason="the learned parts are not installed")
@pytest.mark.parametrize("limit", sorted(WITH_HEAD))
def test_no_figure_of_the_default_engine_is_under_its_floor(limit: str) -> None:
    part, name = limit.split(".")
    assert getattr(figures(part, "auto"), name) >= WITH_HEAD[limit]  # type: ignore[arg-type]


@needs_texts
def test_the_texts_are_those_that_were_marked() -> None:
    for marked, report in reports_of(load_marks()):
        spans = [span for mark in marked.marks for span in (*mark.cue, *mark.content, mark.speaker) if span]
        assert all(span.of(report.text).strip() for span in spans), marked.id
        assert hashlib.sha256(report.text.encode()).hexdigest() == marked.text_sha256


def test_the_set_is_large_and_speaks_the_contracts_words() -> None:
    rows = [row for line in MARKS[0].read_text(encoding="utf-8").splitlines() for row in json.loads(line)["statements"]]
    assert len(rows) >= 300
    assert {row["act"] for row in rows} == set(get_args(Act))
    assert {row["kind"] for row in rows} == set(get_args(SpeakerKind))
    assert {row["polarity"] for row in rows} <= set(get_args(Polarity))
    assert {row["certainty"] for row in rows} <= set(get_args(Certainty))


def test_the_halves_are_whole_reports_of_like_size() -> None:
    marked = load_marks()
    sizes = Counter({part: sum(len(one.marks) for one in marked if one.part == part) for part in ("dev", "test")})
    assert len({(one.file, one.id) for one in marked}) == len(marked)
    assert min(sizes.values()) > 0.8 * max(sizes.values())
    assert all(isinstance(span, Span) for one in marked for mark in one.marks for span in mark.content)
