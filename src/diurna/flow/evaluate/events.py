"""Who did what to whom, scored a gold event at a time against the predicted event that best covers its two parties.

The first predicted event stands in where none covers them; no predicted event counts as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from diurna.flow.evaluate.figures import percent
from diurna.flow.evaluate.gold import Figure, GoldEvent, GoldReport
from diurna.model.record import QUAD, Event, Party, Reading

_SMALL = frozenset({"the", "a", "an", "of", "and", "in", "to", "for", "on", "s"})
_WORD = re.compile(r"\w+")
_YIELD = "YIELD"
"""The type one set folds CONCEDE and RETREAT into."""

_QUADS = {str(kind): str(number) for kind, number in QUAD.items()} | {_YIELD: "2"}

Pair = tuple[str, str | None]


@dataclass(slots=True)
class _Counts:
    """Sums over sentences; `pairs` are gold and predicted types."""

    pairs: list[Pair] = field(default_factory=list)
    negatives: int = 0
    alarms: int = 0
    sentences: int = 0
    predicted: int = 0
    actors: int = 0
    actors_right: int = 0
    recipients: int = 0
    recipients_right: int = 0
    countries: int = 0
    countries_right: int = 0
    swapped: int = 0
    full: int = 0


def score_events(pairs: Iterable[tuple[GoldReport, Reading | None]]) -> tuple[Figure, ...]:
    """The figures over gold sentences and what was read from them (None: nothing was, which counts as empty)."""
    counts = _Counts()
    for gold, reading in pairs:
        events = reading.events if reading else ()
        if not gold.events:
            counts.negatives += 1
            counts.alarms += any(event.realis == "actual" for event in events)
            continue
        counts.sentences += 1
        counts.predicted += len(events)
        for one in gold.events:
            _count_event(counts, one, events)
    return tuple(_figures(counts))


def _count_event(counts: _Counts, gold: GoldEvent, events: tuple[Event, ...]) -> None:
    source, target = _words(gold.source_text), _words(gold.target_text)
    best = max(
        events,
        key=lambda event: len(source & _side(event.actors)) + len(target & _side(event.recipients)),
        default=None,
    )
    wanted = _folded(gold.code, gold.folded)
    found = _folded(best.type, gold.folded) if best else None
    counts.pairs.append((wanted, found))
    right_actor = bool(best and source & _side(best.actors))
    right_recipient = bool(best and target & _side(best.recipients))
    counts.actors += bool(source)
    counts.actors_right += right_actor
    counts.recipients += bool(target)
    counts.recipients_right += right_recipient
    if best and not right_actor and not right_recipient:
        counts.swapped += bool(source & _side(best.recipients) and target & _side(best.actors))
    counts.full += found == wanted and (right_actor or not source) and (right_recipient or not target)
    _count_countries(counts, gold.source, best.actors if best else ())
    _count_countries(counts, gold.target, best.recipients if best else ())


def _count_countries(counts: _Counts, codes: str, parties: tuple[Party, ...]) -> None:
    found = {party.country for party in parties}
    for code in codes.split(";"):
        if len(code) >= 3:
            counts.countries += 1
            counts.countries_right += code[:3] in found


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if word not in _SMALL}


def _side(parties: tuple[Party, ...]) -> set[str]:
    return _words(" ".join(party.text for party in parties))


def _folded(code: str, fold: bool) -> str:
    return _YIELD if fold and code in ("CONCEDE", "RETREAT") else code


def _quad(code: str | None) -> str | None:
    return _QUADS.get(code) if code else None


def _macro_f1(pairs: list[tuple[str | None, str | None]]) -> float | None:
    labels = {gold for gold, _ in pairs}
    total = 0.0
    for label in sorted(labels, key=str):
        both = sum(gold == found == label for gold, found in pairs)
        marked = sum(gold == label for gold, _ in pairs) + sum(found == label for _, found in pairs)
        total += 2 * both / marked if marked else 0.0
    return round(100 * total / len(labels), 1) if labels else None


def _figures(counts: _Counts) -> Iterator[Figure]:
    number = len(counts.pairs)
    yield Figure("events", number)
    yield Figure("found_any", percent(sum(found is not None for _, found in counts.pairs), number))
    yield Figure("type_accuracy", percent(sum(gold == found for gold, found in counts.pairs), number))
    yield Figure("type_macro_f1", _macro_f1(list(counts.pairs)))
    yield Figure("quad_macro_f1", _macro_f1([(_quad(gold), _quad(found)) for gold, found in counts.pairs]))
    yield Figure("actor", percent(counts.actors_right, counts.actors))
    yield Figure("recipient", percent(counts.recipients_right, counts.recipients))
    yield Figure("country", percent(counts.countries_right, counts.countries))
    yield Figure("full", percent(counts.full, number))
    yield Figure("swapped", counts.swapped)
    yield Figure("false_alarm", percent(counts.alarms, counts.negatives))
    yield Figure("per_sentence", round(counts.predicted / counts.sentences, 2) if counts.sentences else None)
