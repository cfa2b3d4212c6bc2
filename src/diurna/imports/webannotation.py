"""W3C Web Annotations as people's judgements: accepted or rejected, of which record, by whom and why.

Read are single annotations, lists, collections (`first.items`, `items`), one a line, and Hypothesis's export (`rows`).
A verdict is a word of its own in a tag or text (`accept`, `reject`, and a few others, below). The record is named by
its id (`urn:diurna:st-...`) or shown by selectors in a report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from diurna.imports.deeds import Passed
from diurna.imports.rows import BadRow
from diurna.model.span import Span

Verdict = Literal["accept", "reject"]
_VERDICTS: dict[str, Verdict] = {
    "accept": "accept", "accepted": "accept", "right": "accept", "correct": "accept", "agree": "accept",
    "reject": "reject", "rejected": "reject", "wrong": "reject", "incorrect": "reject", "disagree": "reject",
}  # fmt: skip
_FIRST = ("tagging", "assessing", "moderating", "classifying")
"""Purposes of bodies that carry the verdict; others comment on it."""

_RECORD = re.compile(r"urn:diurna:((?:st|ev|rl|cm|gp|ac)-[0-9a-z]+)")
_REPORT = re.compile(r"urn:diurna:(rp-[0-9a-z]+)")
_PERSON = re.compile(r"^acct:([^@]+)@.*$")


@dataclass(frozen=True, slots=True)
class Annotated:
    """What somebody said of a record.

    Attributes:
        number: of the annotation in its file, from 1.
        record: its id, where the annotation names it.
        source: the report's address or `rp-` id, where it is shown by selectors: `quote` with `prefix` and `suffix`
            around it, or `position` in the report's text.
    """

    number: int
    verdict: Verdict
    by: str | None
    why: str
    record: str | None
    source: str | None
    quote: str | None = None
    prefix: str = ""
    suffix: str = ""
    position: Span | None = None


def read(text: str) -> Iterator[Annotated | BadRow | Passed]:
    """What every annotation says; one without a verdict is passed over, one that is none is bad.

    Raises:
        ValueError: it is no JSON.
    """
    for number, row in enumerate(_annotations(text), start=1):
        if not isinstance(row, dict):
            yield BadRow(number, "no annotation: it is no object")
            continue
        try:
            yield _annotation(row, number)
        except (TypeError, ValueError, AttributeError, KeyError) as fault:
            yield BadRow(number, f"no annotation we understand: {fault}")


def _annotations(text: str) -> Iterable[Any]:
    try:
        whole = json.loads(text)
    except ValueError:
        return [_loaded(line) for line in text.splitlines() if line.strip()]
    if isinstance(whole, list):
        return whole
    for path in (("first", "items"), ("items",), ("rows",)):
        inner: Any = whole
        for key in path:
            inner = inner.get(key) if isinstance(inner, dict) else None
        if isinstance(inner, list):
            return inner
    return [whole]


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _annotation(row: dict[str, Any], number: int) -> Annotated | BadRow | Passed:
    words = list(_words(row))
    verdict = next((_VERDICTS[word] for word in map(_first_word, words) if word in _VERDICTS), None)
    if verdict is None:
        return Passed(number, "no verdict: neither accept nor reject")
    target = next(iter(_listed(row.get("target") or row.get("uri"))), "")
    selectors = _listed(target.get("selector")) if isinstance(target, dict) else []
    source = str((target.get("source") or target.get("id") or "") if isinstance(target, dict) else target)
    said = row.get("created") or ""
    why = "; ".join(word for word in words if word.lower().strip() not in _VERDICTS)
    record = _RECORD.search(source) or _RECORD.search(" ".join(str(one) for one in _listed(row.get("references"))))
    report = _REPORT.search(source)
    found = Annotated(
        number, verdict, _person(row), " ".join(part for part in (why, f"(annotated {said})" if said else "") if part),
        record.group(1) if record else None, report.group(1) if report else source or None,
    )  # fmt: skip
    return _shown(found, selectors)


def _first_word(text: str) -> str:
    return next(iter(re.findall("[a-z]+", text.lower())), "")


def _shown(found: Annotated, selectors: list[Any]) -> Annotated | BadRow:
    quote: dict[str, Any] = next((one for one in selectors if one.get("type") == "TextQuoteSelector"), {})
    place: dict[str, Any] = next((one for one in selectors if one.get("type") == "TextPositionSelector"), {})
    if found.record is None and (found.source is None or not (quote.get("exact") or place)):
        return BadRow(found.number, "it names no record and shows none")
    return replace(
        found, quote=quote.get("exact"), prefix=quote.get("prefix") or "", suffix=quote.get("suffix") or "",
        position=Span(int(place["start"]), int(place["end"])) if place else None,
    )  # fmt: skip


def _words(row: dict[str, Any]) -> Iterator[str]:
    """Tags and texts of the annotation, tags first."""
    yield from (str(tag) for tag in _listed(row.get("tags")))
    bodies = [one for one in _listed(row.get("body")) if one]
    values = [str(one.get("value") or "") if isinstance(one, dict) else str(one) for one in bodies]
    purposes = [one.get("purpose") if isinstance(one, dict) else None for one in bodies]
    for first in (True, False):
        for value, purpose in zip(values, purposes, strict=True):
            if value and (purpose in _FIRST) is first:
                yield value
    if row.get("text"):
        yield str(row["text"])


def _person(row: dict[str, Any]) -> str | None:
    creator = next(iter(_listed(row.get("creator") or row.get("user"))), None)
    name = (creator.get("name") or creator.get("id")) if isinstance(creator, dict) else creator
    return _PERSON.sub(r"\1", str(name)) if name else None


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
