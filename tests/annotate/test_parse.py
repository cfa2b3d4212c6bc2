"""The parse as plain lists: offsets hold, white space is no token, blocks are parsed apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.annotate.parse import Parse, Parser
from diurna.errors import MissingPartError
from diurna.model.report import Block, Report
from diurna.model.span import Span

PARSER = Parser()


def report(*paragraphs: str) -> Report:
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("body", Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    return Report("rp-x", None, "v", None, None, None, None, None, "en", text, tuple(blocks))


def parse(*paragraphs: str) -> Parse:
    return PARSER.parse(report(*paragraphs))


def test_tokens_are_what_stands_at_their_offsets_even_with_odd_spaces() -> None:
    found = parse("The minister\u00a0said\u2009no.", "Harrow\u2019s\nriver  rose.")
    assert found.words == ["The", "minister", "said", "no", ".", "Harrow", "’s", "river", "rose", "."]
    assert [found.text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == found.words


def test_no_sentence_runs_over_the_end_of_a_block() -> None:
    found = parse("Council meets in Harrow", "It met on Friday. It rose at noon.")
    assert len(found.sentences) >= 3
    assert all(found.block_of[first] == found.block_of[last - 1] for first, last in found.sentences)


def test_silent_blocks_are_not_parsed() -> None:
    one = report("Sign up here.", "The council met.")
    silent = Report(*[getattr(one, f) for f in one.__slots__[:-1]], (Block("other", one.blocks[0].span), one.blocks[1]))
    assert PARSER.parse(silent).words == ["The", "council", "met", "."]


def test_a_span_is_found_again_from_its_tokens() -> None:
    found = parse("The old council of Upper Harrow met the envoy.")
    verb = found.words.index("met")
    subject = found.child(verb, "nsubj")
    assert subject is not None
    assert found.subtree_span(subject).of(found.text) == "The old council of Upper Harrow"
    assert found.head_in(found.subtree_span(subject)) == subject
    assert [found.words[i] for i in found.tokens_in(Span(4, 15))] == ["old", "council"]


def test_an_absent_pipeline_is_named_with_the_way_to_get_one() -> None:
    with pytest.raises(MissingPartError, match="pip install"):
        Parser("no_such_pipeline_here")


def test_a_long_block_is_cut_at_white_space_and_loses_nothing() -> None:
    found = parse("harrow " * 3000)
    assert len(found) == 3000


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_text_gives_a_tree_whose_offsets_hold(text: str) -> None:
    found = parse(text)
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == found.words
    assert all(0 <= head < len(found) for head in found.heads)
    assert all(
        len(list(zip(found.ancestors(i), range(len(found) + 1), strict=False))) <= len(found) for i in range(len(found))
    )
    assert [i for first, last in found.sentences for i in range(first, last)] == list(range(len(found)))
