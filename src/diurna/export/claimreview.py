"""Statements as drafts of schema.org ClaimReviews, one JSON-LD document: what was claimed, by whom, where it stands.

A draft has no rating, no reviewer and no verdict: those are a fact-checker's. schema.org has no word for how two claims
relate, so where a statement stands in a gap, `diurna:gap` names the other record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diurna.export.lines import json_list
from diurna.model.record import Gap, Reading, Statement

_BEFORE = '{"@context": ["https://schema.org", {"diurna": "urn:diurna:term:"}], "@graph": ['
_CLAIMS = frozenset({"assert", "deny", "admit", "accuse", "announce", "predict", "warn"})
"""Acts by which somebody says how things are or will be; a question, a wish or praise is no claim to check."""

_KINDS = {"person": "Person", "organisation": "Organization", "group": "Organization", "state": "Organization"}


def write(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The document; claims by nobody that the text names are left out."""
    return json_list((_draft(reading, one) for reading in readings for one in claims(reading)), _BEFORE, "]}")


def claims(reading: Reading) -> list[Statement]:
    """The statements that say something of the world, in a clause, by somebody who is named."""
    return [
        one
        for one in reading.statements
        if one.act in _CLAIMS and one.content.form == "clause" and one.speaker.text and one.speaker.kind != "anonymous"
    ]


def _draft(reading: Reading, one: Statement) -> dict[str, object]:
    gaps = [_gap(gap, one.id) for gap in reading.gaps if gap.verdict == "gap" and one.id in (gap.left, gap.right)]
    row: dict[str, object] = {
        "@type": "ClaimReview", "@id": f"urn:diurna:review:{one.id}", "creativeWorkStatus": "Draft",
        "claimReviewed": _claimed(one), "itemReviewed": _claim(reading, one),
    }  # fmt: skip
    return {**row, "diurna:gap": gaps} if gaps else row


def _claimed(one: Statement) -> str:
    """What somebody claims: what was said; where it is denied in the report's words, the denial, not what is denied."""
    if one.manner != "direct" and (one.act == "deny" or one.polarity == "negative"):
        return one.evidence.quote
    return one.content.text.removeprefix("that ")


def _claim(reading: Reading, one: Statement) -> dict[str, object]:
    known = reading.actor(one.speaker.actor)
    kind = _KINDS.get(known.kind if known else "", "Thing")
    said = (
        one.said_at.earliest[:10] if one.said_at and one.said_at.earliest and one.said_at.precision == "day" else None
    )
    row = {
        "@type": "Claim", "@id": f"urn:diurna:{one.id}", "text": _claimed(one),
        "author": {"@type": kind, "name": known.name if known else one.speaker.text}, "datePublished": said,
        "appearance": _appearance(reading), "diurna:act": one.act, "diurna:quote": one.evidence.quote,
        "diurna:start": one.evidence.span.start, "diurna:end": one.evidence.span.end,
        "diurna:textVersion": reading.report.version,
    }  # fmt: skip
    return {key: value for key, value in row.items() if value is not None}


def _appearance(reading: Reading) -> dict[str, object]:
    report = reading.report
    row = {
        "@type": "NewsArticle", "url": report.url, "headline": report.title, "inLanguage": report.language,
        "datePublished": report.published.earliest if report.published else None,
        "publisher": {"@type": "Organization", "name": report.outlet} if report.outlet else None,
    }  # fmt: skip
    return {key: value for key, value in row.items() if value is not None}


def _gap(gap: Gap, own: str) -> dict[str, object]:
    other = gap.right if gap.left == own else gap.left
    return {"diurna:kind": gap.kind, "diurna:with": {"@id": f"urn:diurna:{other}"}, "diurna:reason": gap.reason}
