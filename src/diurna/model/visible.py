"""Text made safe to look at: what would turn or hide what stands round it is written out."""

from __future__ import annotations

import unicodedata

_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def visible(text: str) -> str:
    """`text` with the characters that would turn or hide what stands round them written as their code points."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"[U+{ord(char):04X}]" if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    return ord(char) in _BIDI or (char not in "\n\t\r" and unicodedata.category(char) in ("Cc", "Cs"))
