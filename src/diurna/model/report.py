"""One published text, as it was received."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from diurna.model.span import Span
from diurna.model.timevalue import TimeValue

NO_LANGUAGE = "zxx"
"""The language (ISO 639-2) of a report that is a row of data and no text: it is no account of its own of any story."""

BlockKind = Literal["headline", "deck", "dateline", "byline", "body", "caption", "quote", "other"]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a report with one function, such as its headline or a caption."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One version of one published text.

    Attributes:
        id: the same for every version of the report (see `report_id`).
        source_id: the id its input row gave it, or None.
        version: hash of the text, so an edited text is another version.
        text: as received, decoded, line ends made newlines, nothing else changed (law 2).
        published: when it was published, or None when nobody says so.
        blocks: in order, not overlapping, white space between them left out.
    """

    id: str
    source_id: str | None
    version: str
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    published: TimeValue | None
    language: str | None
    text: str
    blocks: tuple[Block, ...]

    def _repr_html_(self) -> str:
        from diurna.model.markup import report_html

        return report_html(self)


def content_hash(kind: str, *parts: object) -> str:
    """An id made of content: `kind`, a dash and 20 hex digits; equal parts give equal ids on every machine."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass"))
    return f"{kind}-{digest.hexdigest()[:20]}"


def report_id(*, url: str | None, outlet: str | None, source_id: str | None, title: str | None, text: str) -> str:
    """The id all versions of one report share.

    The address decides where there is one, else outlet and source id together, else the outlet and the text itself:
    a bare row number is no identity, since two files may both have a row 1.
    """
    if url:
        return content_hash("rp", "url", url)
    if outlet and source_id:
        return content_hash("rp", "outlet", outlet, source_id)
    return content_hash("rp", "text", outlet or "", title or "", text)
