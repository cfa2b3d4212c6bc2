"""Sentences and clauses of a text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from diurna.model.span import Span

_SENTENCE = re.compile(r"(?<=[^\W\d][.!?])[”\"’']?\s+(?=[“\"‘]?[A-Z])|(?<=[\d)%][.!?])[”\"]?\s+(?=[“\"‘]?[A-Z])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|No|St|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_CLAUSE = re.compile(
    r"[;:]\s+|\s[–—]\s|,\s+(?:and|but|while|after|before|when|although|though|which|who|whose|as|where|since|because"
    r"|amid|despite|with|two|three|four|five|six|ten|\w+ days|\w+ months"
    r"|killing|freezing|calling|saying|adding|citing|leaving|accusing|warning|blaming|urging|angering|prompting|sparking"
    r"|drawing|ending|handing|giving|sending|describing|insisting|arguing|vowing|forcing|triggering|paving)\b"
    r"|\s(?:after(?! all\b)|while|when|although|because|amid|despite)\s"
    r"|\s(?:and|but)\s(?=(?:I|we|he|she|they|it)\s(?:will|would|shall|won|am|are|is|have|has|had|did|do|can)\b)"
)
_GOES_ON = re.compile(r",\s+(?:\w+ed|has|have|had|will|would|is|are|was|were|said|told)\b")
"""Behind a participle that only stands between a subject and its verb ("Vantia, accusing its neighbour, left")."""
_LEADING = re.compile(
    r"[“\"\s]*(?:[\w-]+\s+){0,5}?"
    r"(?:[Aa]fter|[Ww]hile|[Ww]hen|[Aa]lthough|[Bb]ecause|[Aa]mid|[Dd]espite|[Aa]head of|[Bb]efore|[Ii]nto|[Ss]ince"
    r"|[Dd]uring|[Ff]ollowing)\s[^,.;]{3,80},\s+"
)
"""What stands before the main clause."""


def sentences(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The sentences of some stretches of a text; an abbreviation ends none."""
    for span in spans:
        start = span.start
        for found in _SENTENCE.finditer(text, span.start, span.end):
            if _ABBREVIATION.search(text, max(start, found.start() - 5), found.start()):
                continue
            if found.start() > start:
                yield Span(start, found.start())
            start = found.end()
        if span.end > start:
            yield Span(start, span.end)


def clauses_aside(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence that tell, with a subject and a verb, after or while what it all happened."""
    found = []
    for cut in _CLAUSE_ASIDE.finditer(text, sentence.start + 1, sentence.end):
        if _LATER.search(text, max(sentence.start, cut.start() - 20), cut.start() + 1):
            continue
        stop = _NEXT.search(text, cut.end(), sentence.end)
        end = stop.start() if stop else sentence.end
        if end - cut.end() > 8:
            found.append(Span(cut.end(), end))
    return found


_CLAUSE_ASIDE = re.compile(r",?\s(?:after(?! all\b)|as|when)\s(?=(?:\w+\s+){1,8}?\w+)")
_LATER = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?|decades?|long|shortly|soon|just|even)\s$", re.IGNORECASE)
"""Before "after": that what follows lies back, or is only what it is reckoned from ("three years after ...")."""
_NEXT = re.compile(r"[,;:]\s|\s(?:after|as|when|while|although|because|amid|despite)\s")


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence; one that a conjunction of time or reason opens is left out."""
    found, start, keep = [], sentence.start, True
    lead = _LEADING.match(text, sentence.start, sentence.end)
    if lead:
        start = lead.end()
    for cut in _CLAUSE.finditer(text, start + 1, sentence.end):
        word = cut.group().strip(" ,;:–—")
        if keep and word in ("which", "who", "whose") and "," in text[cut.end() : sentence.end]:
            continue
        if keep and word.endswith("ing") and _GOES_ON.search(text, cut.end(), sentence.end):
            continue
        if keep and cut.start() - start > 8:
            found.append(Span(start, cut.start()))
        keep = word in ("", "and", "but")
        start = cut.end()
    if keep and sentence.end - start > 8:
        found.append(Span(start, sentence.end))
    return found
