"""One report out of a text and what is known about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from diurna.model.report import Block, Report, content_hash, report_id
from diurna.model.timevalue import TimeValue
from diurna.sources.blocks import find_blocks
from diurna.sources.language import guess_language

_READ = frozenset({"body", "quote", "caption", "deck"})
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Details:
    """What is known about a text besides the text: all of it may be missing."""

    source_id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: TimeValue | None = None
    language: str | None = None


def compose(text: str, details: Details, blocks: tuple[Block, ...] | None = None) -> Report:
    """The report of `text` as law 2 has it: title, blank line, text, unless the text begins with its title.

    Args:
        blocks: blocks already known, e.g. from a page's tags; they count characters of `text`, which then holds its
            title already.
    """
    body = received(text)
    title = received(details.title) if details.title and details.title.strip() else None
    if title and blocks is None and not body.startswith(title):
        body = f"{title}\n\n{body}"
    if blocks is None:
        blocks = find_blocks(body, title)
    language = details.language or guess_language(body)
    if language in (None, "en"):
        blocks = tuple(_understood(body, block) for block in blocks)
    return Report(
        id=report_id(url=details.url, outlet=details.outlet, source_id=details.source_id, title=title, text=body),
        source_id=details.source_id,
        version=content_hash("vs", body),
        title=title or _headline(body, blocks),
        url=details.url,
        outlet=details.outlet,
        author=details.author,
        published=details.published,
        language=language,
        text=body,
        blocks=blocks,
    )


def _understood(text: str, block: Block) -> Block:
    """The block; a paragraph of an English report that is written in another language is no part of what is read."""
    if block.kind not in _READ or guess_language(block.span.of(text)) in (None, "en", "und"):
        return block
    return replace(block, kind="other")


def received(text: str) -> str:
    r"""`text` with line ends `\n`, and U+FFFD for every half of a surrogate pair, which no encoding can carry."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", text)


def _headline(text: str, blocks: tuple[Block, ...]) -> str | None:
    if blocks and blocks[0].kind == "headline":
        return " ".join(blocks[0].span.of(text).split())
    return None
