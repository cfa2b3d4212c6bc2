"""Whether a text is English, by its function words: cheap, and enough to say "this is not for these rules"."""

from __future__ import annotations

import re

from diurna.lexicon import load, made_of

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000
_FEWEST_WORDS = 20


def guess_language(text: str) -> str | None:
    """`en`, the ISO 639-1 code of another language, `und` where it is plainly not English, None when too short to say.

    Only the first 4,000 characters are looked at.
    """
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _FEWEST_WORDS:
        return "und" if _is_foreign_script(sample) else None
    shares = {code: sum(word in known for word in words) / len(words) for code, known in _function_words().items()}
    english = shares.pop("en")
    best = max(shares, key=lambda code: (shares[code], code))
    if english >= 0.25 or (english >= 0.12 and english > shares[best]):
        return "en"
    if shares[best] >= 0.12 and shares[best] > english:
        return best
    return "und" if english < 0.04 and len(words) >= 2 * _FEWEST_WORDS else None


@made_of("languages", language="")
def _function_words() -> dict[str, frozenset[str]]:
    """Words that tell each language from English; what both write alike ("a", "in", "die") counts for English only."""
    table = load("languages", "")["function_words"]
    english = frozenset(table["en"].split())
    return {code: english if code == "en" else frozenset(words.split()) - english for code, words in table.items()}


def _is_foreign_script(text: str) -> bool:
    """Whether most letters are beyond Latin, Latin Extended included."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 12 and sum(c > "\u024f" for c in letters) > 0.6 * len(letters)
