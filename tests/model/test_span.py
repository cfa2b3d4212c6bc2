from hypothesis import given
from hypothesis import strategies as st

from diurna.model.span import Span, hull, trim

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: Span(min(ends), max(ends)))


def test_a_span_is_half_open() -> None:
    assert Span(1, 3).of("abcd") == "bc"
    assert not Span(0, 2).overlaps(Span(2, 4))
    assert Span(0, 2).distance(Span(5, 6)) == 3


@given(spans, spans)
def test_overlap_goes_both_ways_and_distance_is_zero_then(a: Span, b: Span) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    assert a.distance(b) == b.distance(a)
    if a.overlaps(b):
        assert a.distance(b) == 0


@given(st.lists(spans, min_size=1))
def test_the_hull_contains_every_span(rows: list[Span]) -> None:
    assert all(hull(rows).contains(one) for one in rows)


@given(st.text(max_size=30), spans)
def test_trimming_leaves_no_white_space_at_the_ends_and_nothing_else_out(text: str, span: Span) -> None:
    start, end = min(span.start, len(text)), min(span.end, len(text))
    assert trim(text, start, end).of(text) == text[start:end].strip()
