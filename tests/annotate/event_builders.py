"""What the tests of deeds share: events as plain texts, and short sentences of our own parsed in one go."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from diurna.annotate.events.events import find_events
from diurna.annotate.parse import Parse, Parser
from diurna.model.annotation import EventDraft
from diurna.model.report import Block, Report
from diurna.model.span import Span


class Told(NamedTuple):
    """One event in words."""

    type: str
    actors: list[str]
    recipients: list[str]
    realis: str


def told(parse: Parse) -> list[Told]:
    """The events of a parse in words, in the order they were found."""
    return [in_words(parse, event) for event in find_events(parse, [], [])]


def in_words(parse: Parse, event: EventDraft) -> Told:
    """One event in words."""
    texts = [[span.of(parse.text) for span in side] for side in (event.actors, event.recipients)]
    return Told(event.type, texts[0], texts[1], event.realis)


@cache
def parsed(*sentences: str) -> dict[str, Parse]:
    """The parse of each sentence by itself."""
    parser = Parser()
    return {sentence: parser.parse(_report(sentence)) for sentence in sentences}


def _report(text: str) -> Report:
    return Report("r", None, "v", None, None, None, None, None, "en", text, (Block("body", Span(0, len(text))),))
