"""Fuzzing the times: expressions lie in the text, in order; their days are an interval; the same twice."""

from __future__ import annotations

import datetime as dt
from functools import cache

from hypothesis import strategies as st

from diurna.annotate.parse import Parser
from diurna.annotate.times.times import TimesFound, find_times
from diurna.model.report import Block, Report
from diurna.model.timevalue import TimeValue, day_value
from diurna.sources.layout import paragraphs
from tests.annotate.plain import parse_of as plain_parse
from tests.fuzz.texts import any_text, dated, days

cases = st.tuples(st.one_of(dated, dated, any_text), days, st.sampled_from(("past", "ahead", "none", "parser")))


@cache
def _parser() -> Parser:
    return Parser()


def prepare() -> None:
    """Load what is loaded once."""
    _parser()


def check(case: tuple[str, str | None, str]) -> None:
    """Find the times in a text of one day, by a parse made by hand or by the parser."""
    text, published, tense = case
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    day = day_value(dt.date.fromisoformat(published), published) if published else None
    blocks = tuple(Block("body", span) for span in paragraphs(text))
    report = Report("rp-1", None, "v", None, None, None, None, day, "en", text, blocks)
    parse = _parser().parse(report) if tense == "parser" else plain_parse(report, tense)
    found = find_times(parse, report)
    check_times(text, found)
    assert found == find_times(parse, report)


def check_times(text: str, found: TimesFound) -> None:
    """The laws of what was found."""
    end = 0
    for one in found.times:
        assert end <= one.span.start < one.span.end <= len(text)
        assert text[one.span.start : one.span.end] == one.text
        end = one.span.end
        check_value(one.value)
    for one in found.ranges:
        check_value(one.value)
    if found.anchor:
        check_value(found.anchor)
    for relative in found.relative:
        assert 0 <= relative.index < len(found.times)
        assert relative.first <= relative.last


def check_value(value: TimeValue) -> None:
    """An interval with a precision (law 4)."""
    for moment in (value.earliest, value.latest):
        if moment is not None:
            dt.date.fromisoformat(moment[:10])
    if value.earliest and value.latest:
        assert value.earliest[:10] <= value.latest[:10], value
