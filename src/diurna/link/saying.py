"""What the words somebody says show: who is to do it, whether it is done, and where a second deed begins."""

from __future__ import annotations

import re

from diurna.link.forces import of_his_body, one_name, sided, speaks_for, unless, word_given, would_harm
from diurna.link.matters import stem
from diurna.link.partynames import Party
from diurna.link.subjects import PASSIVE, WORD, Subject
from diurna.link.telling import Force, Real, Telling
from diurna.link.tellingwords import telling_words
from diurna.link.wording import wording
from diurna.model.record import Statement

FIRST = re.compile(r"\b(?:we|i|our|ours|us|my)\b|\bI\b", re.IGNORECASE)


_WOULD = re.compile(r"\b(?:would|should)\b")


AND_WILL = re.compile(
    r",?\s+(?:and|but)\s+(?=(?:will|would|shall|must|won[’']t|is|are|was|were|has|have|had|did|does|never)\s)"
)
"""Where a second verb of the same subject begins."""


AND_DID = re.compile(
    r",?\s+and\s+(?:then\s+|also\s+|later\s+)?(?=(?:[a-z]+ed|cut|sent|put|shut|set|made|gave|took|paid|sold|built|held|sank|broke"
    r"|withdrew|brought|left|struck|shot|began|let)\s+(?:(?:over|back|down|up|out|off|in|away)\s+(?:of\s+)?)?"
    r"(?:the|its|their|his|her|an?|all|some|most|\d[\d,]*|it|them|[A-Z][\w-]+[’']s?)\s)"
)
"""Where a second deed of the same subject begins: a past form with what it governs."""


REJECTED_CLAIM = re.compile(
    r"\b(?:rejected|denied|dismissed|refuted|disputed|rejects|denies|dismisses)\s+(?:(?:as \w+|the|all|any|such)\s+)*"
    r"(?:claims?|allegations?|accusations?|reports?|suggestions?|charges?|rumours?)\s+(?:(?:by|from)\s+[^,;.]{2,50}?\s+)?(?:that|of)?\s*(?:that\s+)?$"
)
"""What stands before a claim that is rejected."""


def takes_pointer(made: Telling) -> bool:
    """Whether the verb is done to what a pointer stands for ("hand it back to civilians")."""
    return _VERB_IT.search(made.place.quote) is not None


_VERB_IT = re.compile(r"\b(?:will|would|shall|must|not|to|never)\s+[a-z]+\s+(?:it|them|this|these|those|one)\b")


NOBODY_FROM_US = re.compile(r"\W*(?:nobody|no one|no-one|none)\b.*\b(?:us|our|me|my)\b", re.IGNORECASE | re.DOTALL)
"""A refusal that names nobody ("nobody will take our rifles from us")."""


def decided_by(subject: Subject, rest: str, teller: Party) -> bool:
    """Whether an office-holder says what will be done to somebody, and not by whom ("he will not be released")."""
    decides = teller.office or _BODY.search(teller.text) is not None
    return decides and not sided(teller) and bool(PASSIVE.match(rest)) and not subject.party.office


_WILL_GET = re.compile(
    r"\W*(?:will|would|shall|['’]ll)\s+(?:all\s+|now\s+|soon\s+)*(?:have|get|receive"
    r"|be (?:given|paid|offered|granted))\s+(?!to\b|been\b|\w+ed\b|\w+en\b|used\b)"
)


def will_get(rest: str, teller: Party) -> bool:
    """Whether who can see to it says what others will have or get ("every hospital would have clean water")."""
    decides = teller.office or _BODY.search(teller.text) is not None
    return decides and not sided(teller) and _WILL_GET.match(rest) is not None


_BODY = re.compile(
    r"\b(?:company|firm|operator|utility|authority|authorities|city|bank|airline|railway|university|club|regulator|port"
    r"|carrier|broadcaster|developer|builder|manufacturer|maker|board|parliament|court|police|army|navy|commission)\b",
    re.IGNORECASE,
)
"""Bodies that decide on what is theirs."""


_STAYING = re.compile(
    r"\W*(?:that\s+)?(?:we|i)(?:\s+are|\s+am|['’]re|['’]m)\s+(?:(?:staying|keeping|remaining|holding on)\b"
    r"|(?:not|never)\s+(?:leaving|going|giving|handing|moving|backing|withdrawing|resigning|signing)\b)",
    re.IGNORECASE,
)
"""A word given in the present ("we are staying", "I am not resigning")."""


def is_future(one: Statement, content: str) -> bool:
    """Whether a statement is about what is yet to be done."""
    if telling_words().future.search(content) or _STAYING.match(content):
        return True
    if not _WOULD.search(content):
        return False
    if _hangs(content):
        said = one.act != "predict" or (one.cue.lemma in telling_words().saying and _OF_THEIRS.match(content))
        binds = one.act in _BINDING and _OF_THEIRS.match(content) is not None
        return bool(said) and (would_harm(content) or one.cue.lemma == "warn" or unless(content) or binds)
    said = one.act != "predict" or one.cue.lemma in telling_words().saying
    said = said or one.cue.lemma in telling_words().opens["promise"] or word_given(one)
    return said and one.cue.lemma not in telling_words().doubtful


_BINDING = ("promise", "agree", "threaten")


def _hangs(content: str) -> bool:
    """Whether words hang on a condition; "until" a time is none."""
    at = wording(content).condition
    return at is not None and not content[at : at + 5].lower().startswith("until")


LEADING_IF = re.compile(
    r"\W*(?:that\s+)?(?:(?:if|once|when)\s+(?:(?:re-?)?(?:elected|appointed|confirmed|chosen)|in office|necessary"
    r"|needed),?\s+|(?P<if>(?:if|unless|should)\b[^,;.:]{4,120}),\s+(?=\w+\s+\w))",
    re.IGNORECASE,
)
"""A condition before what is said to be done on it ("if the border is crossed, we will ..."); "if elected" is none:
whoever does the thing was elected."""
_OF_THEIRS = re.compile(r"\W*(?:that\s+)?(?:we|i|it|they|he|she|(?:its|their|our)\s+\w+)\s+would\b", re.IGNORECASE)
"""What the speaker or his own people would do ("its members would walk out")."""


_OF_THE_STATE = re.compile(
    r"(?:the|our|its|his|her)\s+(?:army|police|navy|air force|government|ministry|cabinet|state|administration"
    r"|authorities|city|council|party|military|treasury|central bank|coast guard|armed forces)",
    re.IGNORECASE,
)


def is_own(one: Statement, doer: Party, teller: Party, *, future: bool) -> bool:
    """Whether a speaker's words are about his own doing, though he does not say "we"."""
    if (
        (future and not doer.text and (teller.office or _BODY.search(teller.text)))
        or one_name(doer, teller)
        or speaks_for(teller, doer)
    ):
        return True
    if of_his_body(doer, teller):
        return True
    if future and teller.office and not doer.ids and not sided(teller):
        return True
    if future and teller.office and not sided(teller) and _OF_THE_STATE.fullmatch(doer.text.strip()):
        return True
    return one.act == "threaten" or (one.cue.lemma in telling_words().opens["threat"] and one.cue.lemma != "warn")


_NAMED = re.compile(
    r"\b(?:the|an?|its|his|her|their|this|that|[\w-]+['’]s?|\w+ing|peace|budget|rescue|new)\s+(?:[\w-]+\s+)?"
    r"(?:plans?|fears?|hopes?)\b(?!\s+(?:to|is|are)\b)"
    r"|\b(?:the|an?|its|his|her|their)\s+(?:[\w-]+\s+)?(?:planned|threatened|expected|intended)\s+(?=[a-z])",
    re.IGNORECASE,
)
"""Nouns that look like verbs of what may be ("the spending plan"), and words that only describe one."""


def realis(content: str, force: Force, one: Statement | None = None) -> Real:
    """Whether what is said is told as having happened, as yet to be done, or as possible only."""
    words = telling_words()
    if words.possible.search(_NAMED.sub(" ", content)) or (one is not None and one.certainty == "possible"):
        binds = force in ("promise", "agreement", "threat", "refusal", "demand")
        reported = binds and ("would" in content or words.future.search(content) is not None)
        return "future" if reported else "possible"
    return "future" if words.future.search(content) else "actual"


FIRST_SINCE = re.compile(
    r"\bfirst\s+(?P<what>[a-z][a-z -]{2,40}?)?(?:\s+(?:between|from|to|of|on|in|at|through|across|since)\s"
    r"[^,;.]{0,60}?)?\s*\b(?:(?:in|for)\s+(?:more than\s+|over\s+|nearly\s+|almost\s+|about\s+)?[\w-]+\s+"
    r"(?:and a half\s+)?(?:years?|months?|weeks?|decades?|days?)\b|since\b)"
)
"""The first of its kind for long: no beginning, but that a thing is done again ("for the first time in six years")."""


def head_of(text: str) -> str:
    """The key of the first word that tells what is done."""
    words = wording(text)
    first = next((t for t in words.terms if t.kind in ("thing", "word", "sign", "common")), None)
    sign = next((s for s in words.signs if s.kind in ("less", "more")), None)
    if sign and (first is None or sign.start < first.start):
        found = WORD.match(words.text, sign.start)
        return stem(found.group().lower()) if found else ""
    return first.key if first else ""
