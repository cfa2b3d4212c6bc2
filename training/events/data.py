"""Marked sentences to teach the type head: the gold pairs, with the trigger the rules find for them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diurna.annotate.events.events import find_events
from diurna.annotate.events.typehead import TYPES, Marked, mark
from diurna.annotate.parse import Parser
from diurna.annotate.tagger.tagger import Encoded, Tagger
from diurna.model.annotation import EventDraft
from diurna.model.report import Block, Report
from diurna.model.span import Span

FOLD = {"YIELD": ("CONCEDE", "RETREAT")}
"""Gold types that stand for two of PLOVER's."""


@dataclass(frozen=True, slots=True)
class Example:
    """A marked sentence with the types it may be; `text` keeps sentences of one text in one fold.

    `found` is the type the rules give the same pair, None where they find no deed of it; `bare` has no trigger marked.
    """

    marked: Marked
    bare: Marked
    types: tuple[int, ...]
    text: str
    found: str | None = None


def report(text: str) -> Report:
    """A report of one body block."""
    return Report("rp", None, "v", None, None, None, None, None, "en", text, (Block("body", Span(0, len(text))),))


def types_of(code: str) -> tuple[int, ...]:
    """The numbers of the types a gold type stands for."""
    return tuple(TYPES.index(one) for one in TYPES if one in FOLD.get(code, (code,)))


def pairs(marked: str) -> tuple[str, dict[str, Span]]:
    """The text of a gold sentence and its spans `s` (actor) and `t` (recipient), the last of each."""
    text, spans, starts = "", {}, {}
    for part in re.split(r"(</?[st]>)", marked):
        if re.fullmatch(r"<[st]>", part):
            starts[part[1]] = len(text)
        elif re.fullmatch(r"</[st]>", part):
            spans[part[2]] = Span(starts[part[2]], len(text))
        else:
            text += part
    return text, spans


def _share(one: Span, others: tuple[Span, ...]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _best(events: list[EventDraft], actor: Span, recipient: Span) -> EventDraft | None:
    """The deed that covers the pair best; None where none covers any of it."""
    scores = [_share(actor, one.actors) + _share(recipient, one.recipients) for one in events]
    best = max(scores, default=0)
    return events[scores.index(best)] if best else None


def gold(path: Path, parser: Parser, tagger: Tagger) -> Iterator[Example]:
    """The gold pairs that name both sides; the trigger is the rules' where they find a deed of the pair."""
    for line in path.read_text(encoding="utf8").splitlines():
        event = json.loads(line)["events"][0]
        text, spans = pairs(event["other"]["marked"])
        if len(spans) < 2:
            continue
        encoded = _one(tagger, text)
        parse = parser.parse(report(text))
        best = _best(find_events(parse, [], []), spans["s"], spans["t"])
        trigger = best.trigger if best else None
        whole = Span(0, len(text))
        full = mark(encoded, whole, trigger, [spans["s"]], [spans["t"]])
        bare = mark(encoded, whole, None, [spans["s"]], [spans["t"]])
        if full is not None and bare is not None:
            yield Example(full, bare, types_of(event["code"]), text, best.type if best else None)


def _one(tagger: Tagger, text: str) -> Encoded:
    """The words of a short text as its first window has them."""
    return tagger.encode(text)[0]
