"""Parses made by hand for the rules of time: every word hangs on one verb whose tense the test chooses."""

from __future__ import annotations

import datetime as dt
import re

from diurna.annotate.parse import Parse
from diurna.annotate.times.times import TimesFound, find_times
from diurna.model.report import Block, BlockKind, Report
from diurna.model.span import Span
from diurna.model.timevalue import day_value

_WORD = re.compile(r"'\d\d|\d+(?:[:.,/]\d+)*[a-z]*|[^\W\d_]+(?:\.[^\W\d_]\.)*|[^\w\s]")
_TAGS = {"past": "VBD", "ahead": "VB", "none": "VBZ"}


def report_of(text: str, published: str | None = None, kinds: tuple[BlockKind, ...] = ()) -> Report:
    """A report whose paragraphs are blocks, all "body" unless `kinds` says otherwise."""
    spans = [Span(*found.span()) for found in re.finditer(r"\S[^\n]*", text)]
    blocks = tuple(Block(kinds[n] if n < len(kinds) else "body", span) for n, span in enumerate(spans))
    day = day_value(dt.date.fromisoformat(published), published) if published else None
    return Report("rp-1", None, "v", None, None, None, None, day, "en", text, blocks)


def parse_of(report: Report, tense: str = "past") -> Parse:
    """One sentence a block; its verb comes from outside the text: the first word stands for it."""
    parse = Parse(report.text, report.blocks)
    for number, block in enumerate(report.blocks):
        first = len(parse)
        for found in _WORD.finditer(report.text, *block.span):
            _add(parse, found.group(), found.start(), number, first)
        if len(parse) > first:
            parse.tags[first], parse.pos[first] = _TAGS[tense], "VERB"
            parse.sentences.append((first, len(parse)))
            if tense == "ahead" and len(parse) > first + 1:
                parse.deps[first + 1], parse.lowers[first + 1] = "aux", "will"
    parse.close()
    return parse


def _add(parse: Parse, word: str, start: int, block: int, head: int) -> None:
    parse.words.append(word)
    parse.lowers.append(word.lower())
    parse.lemmas.append(word.lower())
    parse.tags.append("NN")
    parse.pos.append("NOUN")
    parse.deps.append("dep")
    parse.heads.append(head)
    parse.starts.append(start)
    parse.ends.append(start + len(word))
    parse.block_of.append(block)


def read(text: str, published: str | None = None, tense: str = "past") -> TimesFound:
    """The times of "Verb will " and `text`: two words that carry the tense stand before it."""
    report = report_of(f"Verb aux {text}", published)
    return find_times(parse_of(report, tense), report)
