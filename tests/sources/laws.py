"""What must hold for every report, checked in one place."""

from __future__ import annotations

from diurna.model.report import Block


def check_blocks(text: str, blocks: tuple[Block, ...]) -> None:
    """Every non-white character of `text` is in exactly one block; blocks are in order and trimmed."""
    end = 0
    for block in blocks:
        start = block.span.start
        assert end <= start < block.span.end <= len(text)
        assert not text[end:start].strip(), f"left out: {text[end:start]!r}"
        assert block.span.of(text) == block.span.of(text).strip()
        end = block.span.end
    assert not text[end:].strip(), f"left out: {text[end:]!r}"
