"""Which part of a report does what: headline, deck, dateline, byline, body, caption, quote, or none of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from diurna.model.report import Block, BlockKind
from diurna.model.span import Span, trim
from diurna.sources.datelines import dateline_length, is_date_line, is_place_line
from diurna.sources.layout import paragraphs
from diurna.sources.rules import BlockRules, block_rules, plain
from diurna.sources.shapes import (
    SENTENCE_END,
    is_boilerplate,
    is_byline,
    is_caption,
    is_deck_mark,
    looks_like_headline,
    opens_story,
)

Part = tuple[BlockKind | None, Span]
"""A paragraph and its kind, None where only its looks can tell."""

_LONGEST_DECK = 400
_GLANCE = 1_000
"""Characters of a paragraph that are looked at; all short kinds are shorter."""

_SHORTEST_REPEAT = 40
"""Characters; shorter paragraphs ("Thank you.", "(Applause.)") are said again, not printed again."""

_TURN = re.compile(r"[A-Z][A-Z .'’-]{1,40}:|Q\s|\(")
"""How a turn in a transcript begins: that is said again, too."""

_LONGEST_REPEAT = 2_000
"""Characters; longer paragraphs are not remembered, so that memory stays small."""


@dataclass(slots=True)
class _State:
    """What was read so far, as far as later paragraphs depend on it."""

    blocks: list[Block] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    story_open: bool = False
    deck_next: bool = False

    def add(self, kind: BlockKind, span: Span) -> None:
        self.blocks.append(Block(kind, span))


def find_blocks(text: str, title: str | None = None) -> tuple[Block, ...]:
    """The blocks of `text`, in order, not overlapping; every non-white character belongs to exactly one.

    Args:
        title: the headline, when somebody gives it; without it a headline is looked for.
    """
    return label(text, [(None, span) for span in paragraphs(text)], title)


def label(text: str, parts: Sequence[Part], title: str | None = None) -> tuple[Block, ...]:
    """Blocks of `parts`: trimmed paragraphs in order, whose kind is known where it is not None.

    A known kind stays, except that what was printed before becomes "other".
    """
    rules = block_rules()
    state = _State()
    rest = _take_headline(text, list(parts), title, rules, state)
    for number, (kind, span) in enumerate(rest):
        following = [s for _, s in rest[number + 1 : number + 5]]
        _place(text, kind, span, following, rules, state)
    return tuple(state.blocks)


def _take_headline(text: str, parts: list[Part], title: str | None, rules: BlockRules, state: _State) -> list[Part]:
    """What is left of `parts` when the headline, given or found, was taken from its front."""
    if not parts:
        return parts
    kind, first = parts[0]
    end = _given_headline_end(text, first.start, title)
    if not end and (kind == "headline" or (kind is None and not title and _is_headline(text, parts, rules))):
        end = first.end
    if not end:
        return parts
    state.add("headline", Span(first.start, end))
    state.seen.add(plain(text[first.start : end]))
    rest = [(k, trim(text, max(span.start, end), span.end)) for k, span in parts if span.end > end]
    return [(k, span) for k, span in rest if span.end > span.start]


def _given_headline_end(text: str, start: int, title: str | None) -> int:
    """Where the given title ends in `text`, 0 when the text does not begin with it or runs on in the same sentence."""
    wanted = title.strip() if title else ""
    if not wanted or not text.startswith(wanted, start):
        return 0
    end = start + len(wanted)
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)]
    if not after.strip():
        return end
    return end if after[0].isspace() and len(wanted.split()) > 3 and not after.lstrip()[0].islower() else 0


def _is_headline(text: str, parts: list[Part], rules: BlockRules) -> bool:
    if len(parts) < 2:
        return False
    return looks_like_headline(_glance(text, parts[0][1]), _glance(text, parts[1][1]), rules)


def _glance(text: str, span: Span) -> str:
    return text[span.start : min(span.end, span.start + _GLANCE)]


def _place(
    text: str, kind: BlockKind | None, span: Span, following: list[Span], rules: BlockRules, state: _State
) -> None:
    """Add the block or blocks of the paragraph at `span`."""
    line = _glance(text, span)
    found = _short_kind(line, rules, state) if kind in {None, "headline"} else kind
    if _is_repeated(text, span, found, state):
        found = "other"
    elif found is None and _is_deck(text, span, following, rules, state):
        found = "deck"
    state.deck_next = found == "other" and is_deck_mark(line, rules)
    if found in {None, "body", "quote"}:
        _add_body(text, span, "quote" if found == "quote" else "body", rules, state)
    elif found:
        state.add(found, span)


def _is_repeated(text: str, span: Span, kind: BlockKind | None, state: _State) -> bool:
    """Whether the same paragraph stood in the text before; remembers it."""
    if span.end - span.start > _LONGEST_REPEAT:
        return False
    mark = plain(span.of(text))
    before = mark in state.seen
    state.seen.add(mark)
    if kind is not None:
        return before
    return before and len(mark) >= _SHORTEST_REPEAT and mark[-1] not in ":?" and not _TURN.match(text, span.start)


def _add_body(text: str, span: Span, kind: BlockKind, rules: BlockRules, state: _State) -> None:
    length = dateline_length(_glance(text, span), rules, opening=not state.story_open)
    if length:
        state.add("dateline", Span(span.start, span.start + length))
    rest = trim(text, span.start + length, span.end)
    if rest.end > rest.start:
        state.add(kind, rest)
    state.story_open = True


def _short_kind(line: str, rules: BlockRules, state: _State) -> BlockKind | None:
    """The kind a paragraph shows by itself, None for ordinary text."""
    if line.startswith(">"):
        return "quote"
    if is_byline(line, rules):
        return "byline"
    if is_caption(line, rules):
        return "caption"
    if is_date_line(line, rules) or (not state.story_open and is_place_line(line, rules)):
        return "dateline"
    return "other" if is_boilerplate(line, rules) else None


def _is_deck(text: str, span: Span, following: list[Span], rules: BlockRules, state: _State) -> bool:
    """Whether the paragraph is a standfirst: short, next to the headline, and the story begins anew after it."""
    if state.deck_next:
        return True
    last = state.blocks[-1] if state.blocks else None
    if last is None or last.kind != "headline" or not 20 <= span.end - span.start <= _LONGEST_DECK:
        return False
    line = span.of(text)
    sentences = len(SENTENCE_END.findall(line))
    if line[-1] == ":" or len(line.split()) < 4 or sentences > 2 or dateline_length(line, rules, opening=True):
        return False
    if text[last.span.end - 1] == ";":
        return True
    if line[-1] not in ".!?\"'”’)":
        return bool(following) and following[0].end - following[0].start > len(line)
    return _story_begins(text, following, rules)


def _story_begins(text: str, following: list[Span], rules: BlockRules) -> bool:
    """Whether the next paragraph that is no caption is a dateline or a byline or opens with one."""
    for span in following:
        line = _glance(text, span)
        if not is_caption(line, rules) and not is_boilerplate(line, rules):
            return opens_story(line, rules)
    return False
