"""Records without the texts they rest on: spans and hashes that whoever has the same texts can attach again.

Whatever a record quotes is replaced by where it stands: `{"at": [[start, end]]}`, or a list in which the words that are
ours stand as they are and the report's as spans. `version` is the hash of the text, `digest` that of all records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from diurna.errors import RecordError
from diurna.ledger.pack import pack, unpack
from diurna.ledger.rows import Facts, report_of, rows_of
from diurna.model.codec import SCHEMA
from diurna.model.record import (
    Actor,
    Commitment,
    Event,
    Gap,
    Reading,
    Relation,
    Statement,
    TimeExpression,
    check_reading,
)
from diurna.model.report import content_hash

_GROUPS: dict[str, type[Any]] = {
    "actors": Actor,
    "statements": Statement,
    "events": Event,
    "relations": Relation,
    "commitments": Commitment,
    "gaps": Gap,
    "times": TimeExpression,
}
_PLAIN = frozenset(
    (
        *("id", "actor", "on_behalf_of", "parent", "attributed_to", "opened_by", "by", "to", "left", "right", "source"),
        *("target", "source_id", "url", "outlet", "author", "language", "kind", "rule", "lemma", "country", "sector"),
        *("manner", "polarity", "certainty", "type", "mode", "contexts", "cameo", "realis", "precision", "earliest"),
        *("latest", "result", "verdict", "review", "stage"),
    )
)
"""Fields whose values are ids, days, names of publications or words of our own lists."""

_WORDS = re.compile(r"\w+")
_SHORT = 3
"""Letters up to which a single word that stands in the report too is ours."""


def without_text(readings: Iterable[Reading]) -> Iterator[dict[str, object]]:
    """One object a reading, without its text."""
    for reading in readings:
        report = reading.report
        rows = rows_of(reading)
        known = {"id": report.id, "version": report.version, "characters": len(report.text)}
        records = {
            name: [_hide(json.loads(pack(one, report.text)), report.text) for one in getattr(reading, name)]
            for name in _GROUPS
        }
        facts = _hide(json.loads(rows.facts), report.text)
        yield {
            "schema": SCHEMA,
            "without_text": True,
            "report": known,
            "digest": rows.digest,
            "facts": facts,
            **records,
        }


def attach(row: dict[str, Any], text: str) -> Reading:
    """The reading a published object tells of, its text put back.

    Raises:
        RecordError: the text is another one, or the object was changed.
    """
    known = row["report"]
    if content_hash("vs", text) != known["version"]:
        raise RecordError(f"this is not the text of version {known['version']}")
    facts = unpack(Facts, json.dumps(_show(row["facts"], text)), text)
    groups = {
        name: tuple(unpack(kind, json.dumps(_show(one, text)), text) for one in row[name])
        for name, kind in _GROUPS.items()
    }
    report = report_of(known["id"], known["version"], text, facts)
    reading = Reading(report, facts.anchor, **groups, failures=facts.failures)
    check_reading(reading)
    if rows_of(reading).digest != row["digest"]:
        raise RecordError(f"{known['id']}: the records are not those that were published (the digest differs)")
    return reading


def _hide(value: Any, text: str, field: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _hide(one, text, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_hide(one, text, field) for one in value]
    if isinstance(value, str) and value and field not in _PLAIN:
        pieces = list(_pieces(value, text))
        return value if pieces == [value] else {"at": pieces}
    return value


def _pieces(value: str, text: str) -> Iterator[str | list[int]]:
    """`value` as spans of the text, and what is not of the text as it is."""
    found = text.find(value)
    if found >= 0:
        yield [found, found + len(value)]
        return
    words = [match.span() for match in _WORDS.finditer(value)]
    done = at = 0
    while at < len(words):
        run = _longest(value, words, at, text)
        if run is None:
            at += 1
            continue
        start, end = words[at][0], words[run][1]
        if done < start:
            yield value[done:start]
        place = text.find(value[start:end])
        yield [place, place + end - start]
        done, at = end, run + 1
    if done < len(value):
        yield value[done:]


def _longest(value: str, words: list[tuple[int, int]], at: int, text: str) -> int | None:
    """The last word of the longest run from word `at` on that stands in the text; None where there is none to hide."""
    last = at - 1
    while last + 1 < len(words) and value[words[at][0] : words[last + 1][1]] in text:
        last += 1
    return last if last > at or (last == at and words[at][1] - words[at][0] > _SHORT) else None


def _show(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"at"}:
            return "".join(one if isinstance(one, str) else text[one[0] : one[1]] for one in value["at"])
        return {key: _show(one, text) for key, one in value.items()}
    if isinstance(value, list):
        return [_show(one, text) for one in value]
    return value
