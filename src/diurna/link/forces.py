"""What is done by saying something: promised, threatened, denied, ...; and for whom a speaker speaks."""

from __future__ import annotations

import re
from functools import cache

from diurna.link.matters import lexicon, stem
from diurna.link.partynames import Party, shared_name
from diurna.link.subjects import WORD
from diurna.link.telling import Force
from diurna.link.tellingwords import telling_words
from diurna.link.wording import wording
from diurna.model.record import CommitmentKind, Statement

_ANSWERING = ("dismiss", "reject", "rebuff", "spurn", "brush")
_CLAIMS = re.compile(
    r"\W*(?:(?:the|all|any|such|as false|as untrue)\s+)*"
    r"(?:claims?|allegations?|accusations?|reports?|suggestions?|charges?|rumours?|assertions?)"
    r"\s+(?:(?:by|from|in)\s+[^,;.]{2,50}?\s+)?(?:that|of)\s+",
    re.IGNORECASE,
)
"""The claims that are rejected, before what they say ("rejected claims that ...")."""
_CONTRACT = re.compile(r"\b(?:accord|agreement|treaty|truce|deal|pact|text|communiqué|communique)\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"\W*(?:(?:the|a|an|any|all|new|renewed|repeated|fresh)\s+)*(?:[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3}[’']s?\s+)?"
    r"(?:calls?|demands?|requests?|appeals?|pleas?)\s+(?:(?:by|from)\s+[^,;.]{2,50}?\s+)?(?:for\s+|(?=to\s+[a-z]))"
)
"""The request that is turned down, before what it asks for ("dismissed Norrow's call for a withdrawal of ...")."""
_PLANNED = re.compile(
    r"\W*(?:that\s+)?(?:\w+\s+){0,6}?(?:about to|(?:was|were|is|are|had|has) (?:planning|going|preparing|intending) to"
    r"|plan(?:s|ned)? to|intend(?:s|ed)? to|would)\b",
    re.IGNORECASE,
)
"""What is denied is yet to be done: the denial is a word to be kept."""
_MUST = re.compile(r"\b(?:must|has to|have to|should|be\s+\w+ed)\b")
_BARE_MUST = re.compile(r"\bmust\b")


def speaks(one: Statement) -> bool:
    """Whether a statement says something, and is no deed taken for one ("dismissed the minister")."""
    if one.content.form == "clause" and one.act != "deny":
        return True
    words, lemma = telling_words(), one.cue.lemma
    if lemma in ("oblige", "require", "bind", "compel", "commit") and _CONTRACT.search(one.speaker.text):
        return False
    if lemma in ("charge", "indict") and one.content.form != "clause":
        return False
    if lemma == "drop" and one.content.form != "clause":
        return False
    if lemma in ("dismiss", "release") and not wording(one.content.text).keys & _answerable():
        return False
    first = lemma.split(" ", 1)[0]
    said = lemma in words.saying or any(lemma in opening for opening in words.opens.values())
    said = said or first in words.opens["demand"]
    said = said or one.act in ("accuse", "condemn") or _answers(one)
    return said or lemma in ("deny", "dispute", "refute", "dismiss", "reject") or one.content.form == "clause"


def _answers(one: Statement) -> bool:
    """Whether words are answered by whatever verb ("turned down the demand to ...", "gave in to it")."""
    answering = one.act in ("refuse", "deny", "agree") or gives_in(one)
    return answering and bool(wording(one.content.text).keys & _answerable())


def gives_in(one: Statement) -> bool:
    """Whether a verb tells that what was asked will be done ("bowed to Norrow's demand to ...")."""
    return one.cue.lemma in _GIVING_IN


_GIVING_IN = ("give in to", "bow to", "yield to", "cave in to", "bend to", "accede to", "agree to", "consent to")


@cache
def _answerable() -> frozenset[str]:
    return lexicon().claim | lexicon().asked | frozenset(("talk", "idea", "suggest"))


def force_of(one: Statement, content: str, *, own: bool, future: bool, selfish: bool) -> Force:
    """What is done by saying `content`.

    Args:
        own: the speaker speaks of his own doing; selfish: the words themselves show it ("we", "to ...").
        future: it is yet to be done.
    """
    opens, lemma, act = telling_words().opens, one.cue.lemma, one.act
    answered = _denying_force(one, content, own=own) or _asked_force(one, content)
    if answered:
        return answered
    if act == "threaten" or (lemma in opens["threat"] and lemma != "warn"):
        return "threat"
    if lemma == "warn" or act == "warn":
        return "threat" if own and (future or selfish) else "assert"
    if lemma in opens["agreement"] or act == "agree" or (future and _TERMS.search(_before(one))):
        return "agreement"
    binding = _own_force(one, content, future=future, selfish=selfish) if own else None
    return binding or _claim_force(one, content, own=own, future=future, selfish=selfish)


def _denying_force(one: Statement, content: str, *, own: bool) -> Force | None:
    """The force of words that turn something down: a claim, what was asked, or what is yet to be done."""
    lemma, act = one.cue.lemma, one.act
    if act == "deny" and lemma in _ANSWERING and wording(content).keys & lexicon().asked:
        return "refusal"
    if act == "refuse" and claims_denied(content):
        return "deny"
    if act == "deny" or lemma in ("deny", "dispute", "refute"):
        return "refusal" if own and _PLANNED.match(content) else "deny"
    return None


def _asked_force(one: Statement, content: str) -> Force | None:
    """The force of words that tell what another is to do, or that it will be done as he was asked."""
    if demanded(one, content):
        return "demand"
    return "agreement" if gives_in(one) else None


def demanded(one: Statement, content: str) -> bool:
    """Whether what is asked is for another to do: "Norrow's demand to open the strait", "demanding that it open"."""
    if one.act == "demand" and one.content.form == "clause":
        return _THAT_IT.match(content) is not None and one.cue.lemma in ("demand", "insist", "order", "urge", "request")
    phrase = one.content.form == "phrase" and one.cue.lemma in (
        "demand",
        "call",
        "appeal",
        "request",
        "plea",
        "ultimatum",
    )
    return one.act == "demand" and phrase and _TO_DO.match(content) is not None


_TO_DO = re.compile(r"\W*(?:not\s+)?to\s+(?!be\b|join\b|enter\b|meet\b|see\b|speak\b|visit\b)[a-z]")
_THAT_IT = re.compile(
    r"\W*that\s+(?:it|they|he|she)\s+(?:not\s+)?(?!be\b|have\b|is\b|was\b|had\b)[a-z]+(?<!ed)(?<!s)\s"
)
_WORD_GIVEN = re.compile(
    r"\b(?:g[ia]ve[ns]?|giving|stak(?:e[sd]?|ing))\s+(?:(?:his|her|its|their|the|a|an|my|our)\s+)(?:\w+\s+)?"
    r"(?:word|assurances?|guarantees?|name|honou?r|reputation|oath|promise|pledge|undertaking)\b",
    re.IGNORECASE,
)
"""Words by which somebody binds himself without a verb for it ("gave her word that ...")."""


def word_given(one: Statement) -> bool:
    """Whether what stands before the content gives somebody's word for it."""
    return _WORD_GIVEN.search(_before(one)) is not None


def _before(one: Statement) -> str:
    """The words of a statement's evidence that stand before its content."""
    return one.evidence.quote[: max(0, one.content.spans[0].start - one.evidence.span.start)]


_TERMS = re.compile(
    r"\b(?:c[ao]me|coming)\s+to\s+terms\b|\b(?:struck|strike|reached|sealed|signed|clinched|cut)\s+an?\s+(?:[\w-]+\s+)?"
    r"(?:deal|agreement|accord|pact|compromise|settlement|bargain)\b",
    re.IGNORECASE,
)
"""Words that tell of an agreement, before its terms ("came to terms: salaries will rise")."""


def _own_force(one: Statement, content: str, *, future: bool, selfish: bool) -> Force | None:
    """The force of words by which a speaker binds himself."""
    opens, lemma, act = telling_words().opens, one.cue.lemma, one.act
    conditional = wording(content).condition is not None
    if future and unless(content) and (act not in ("promise", "agree") or lemma == "say"):
        return "threat"
    if future and would_harm(content) and (conditional or (lemma in ("vow", "swear") and not _mild(content))):
        return "threat"
    if (selfish or future) and (act == "refuse" or lemma in opens["refusal"]):
        return "refusal"
    if future and (act != "predict" or lemma in telling_words().saying):
        return "agreement" if lemma in ("agreement", "accord", "treaty") else "promise"
    return None


def _claim_force(one: Statement, content: str, *, own: bool, future: bool, selfish: bool) -> Force:
    """The force of words about what others do, or about what is."""
    opens, lemma, act = telling_words().opens, one.cue.lemma, one.act
    if act == "refuse":
        return "refusal"
    if (act == "demand" or lemma in opens["demand"]) and not (own and selfish):
        return "demand"
    if (act == "promise" or lemma in opens["promise"] or word_given(one)) and future:
        return "promise"
    if lemma in telling_words().admitting or act == "admit":
        return "admit"
    asked = act in ("assert", "express") and not own and _MUST.search(content) and _BARE_MUST.search(content)
    return "demand" if asked else "assert"


def _mild(content: str) -> bool:
    """Whether all that is announced may be to somebody's good as well ("would leave the town")."""
    keys = {term.key for term in wording(content).terms} & telling_words().harm
    return keys <= telling_words().mild


def claims_denied(content: str) -> int:
    """Characters after which a rejected claim says what it says; 0 where what is rejected is no claim."""
    found = _CLAIMS.match(content)
    return found.end() if found else 0


def request_named(content: str) -> int:
    """Characters after which a request that is turned down says what it asks for; 0 where none is named."""
    found = _REQUEST.match(content)
    return found.end() if found else 0


def asked_for(content: str) -> bool:
    """Whether a phrase names what was asked ("the appeal of Ilmara")."""
    return bool(wording(content).keys & lexicon().asked)


def unless(content: str) -> bool:
    """Whether something is announced for the case that another does not do as he is told ("unless it is repealed")."""
    return _UNLESS.search(content) is not None


_UNLESS = re.compile(r"\w\s+unless\b", re.IGNORECASE)


def would_harm(content: str) -> bool:
    """Whether what is announced would hurt whom it concerns, and nothing in it says it will not be done."""
    words = wording(content)
    end = len(words.text) if words.condition is None or words.condition == 0 else words.condition
    harm = any(term.key in telling_words().harm for term in words.terms)
    return harm and not any(sign.kind == "negation" and sign.start < end for sign in words.signs)


def opened_kind(word: str) -> CommitmentKind | None:
    """The kind of commitment a verb or noun opens."""
    low = stem(word)
    for kind, keys in telling_words().opening_keys.items():
        if low in keys:
            return kind
    return None


def one_name(doer: Party, teller: Party) -> bool:
    """Whether two parties of one report share an actor or a name."""
    return bool(doer.ids & teller.ids) or shared_name(doer.names, teller.names) is not None


def speaks_for(teller: Party, doer: Party) -> bool:
    """Whether an office-holder whose state is not named can be taken to speak for what his words are about."""
    if sided(teller) or not teller.office:
        return False
    places = [name for name in teller.names if not (len(name) >= 2 or teller.persons)]
    bare = [w for w in doer.text.split() if w[:1].islower() and w not in ("the", "of", "and", "government")]
    return not places and not bare


def own_thing(doer: Party, teller: Party) -> bool:
    """Whether the subject is a thing an office-holder decides on ("the Lakeside hospital would stay open")."""
    words = doer.text.split()
    small = [w for w in words if w.islower() and len(w) > 3]
    named = doer.office or doer.kinds or doer.persons or one_name(doer, teller)
    opens = words and (words[0].lower() in ("the", "a", "an", "this", "that", "all", "no") or words[0].isalpha())
    return bool(teller.office and small and not named and not doer.names and opens)


_OFFICERS = frozenset(
    ("general", "colonel", "commander", "marshal", "admiral", "captain", "major", "brigadier", "lieutenant")
)


def of_his_body(doer: Party, teller: Party) -> bool:
    """Whether what is spoken of is the speaker's own body by its kind ("the army", by a general; "its ambassador")."""
    said = {w.lower() for w in WORD.findall(teller.text)}
    theirs = teller.text.split(" ", 1)[0].lower() in ("its", "their")
    if theirs and teller.office and doer.text:
        return True
    return not doer.names and "the army" in doer.kinds and bool(said & _OFFICERS)


def sided(teller: Party) -> bool:
    """Whether a speaker is called an adversary ("opposition leader")."""
    return bool({w.lower() for w in WORD.findall(teller.text)} & telling_words().adverse)


def is_pronoun(text: str) -> bool:
    """Whether a subject is a pronoun alone, or begins with one."""
    words = text.lower().split()
    first = words[0].strip("“\"'") if words else ""
    return first in telling_words().pronouns and (len(words) == 1 or first not in ("the", "both", "each"))
