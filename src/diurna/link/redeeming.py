"""How a sentence itself says that a deed keeps somebody's word, or goes against it ("making good on a promise")."""

from __future__ import annotations

import re
from typing import Literal

from diurna.model.span import Span

Standing = Literal["", "kept", "broken"]
"""What a sentence says that a deed does to a word given before: "" where it says nothing."""

_WORD = (
    r"(?:an?|the|its|his|her|their|[A-Z][\w-]*['’]s)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:promises?|pledges?|vows?|commitments?|undertakings?|word|threats?|ultimatums?|assurances?|demands?)\b"
)
_KEPT = re.compile(
    rf"\b(?:making good on|made good on|fulfill?(?:ing|s|ed)|honou?r(?:ing|s|ed)|keeping|kept|delivering on"
    rf"|delivered on|redeem(?:ing|ed)|carrying out|carried out|following through on"
    rf"|in (?:line|keeping) with|in fulfill?ment of)\s+{_WORD}"
    r"|\bas (?:promised|pledged|agreed|threatened|demanded|requested)\b"
    r"|\bas (?:he|she|it|they|[A-Z][\w-]+) (?:had |has |have )?(?:promised|pledged|vowed|agreed|threatened|demanded)\b"
)
_BROKEN = re.compile(
    rf"\b(?:breaking|broke|has broken|reneging on|reneged on|going back on|went back on"
    rf"|in (?:breach|violation) of|violating|despite|in spite of|contrary to|notwithstanding)\s+{_WORD}"
    r"|\b(?:though|although|even though) (?:he|she|it|they|[A-Z][\w-]+) had (?:promised|pledged|vowed|agreed|sworn)\b"
)
_STOP = re.compile(r"[.!?](?=\s|$)|\n")
_REACH = 220
"""Characters from the beginning of a clause in which its sentence may say so."""


def standing(text: str, clause: Span) -> Standing:
    """What the sentence of a clause says, from the clause on, that its deed does to a word given before."""
    stop = _STOP.search(text, clause.end - 1, clause.end + _REACH)
    end = stop.start() if stop else min(len(text), clause.end + _REACH)
    if _BROKEN.search(text, clause.start, end):
        return "broken"
    return "kept" if _KEPT.search(text, clause.start, end) else ""
