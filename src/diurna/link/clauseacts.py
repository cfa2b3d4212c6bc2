"""What a clause says is done: its verb, which way it turns a thing, whether it is denied, and the thing itself."""

from __future__ import annotations

import re
from dataclasses import replace

from diurna.link.acts import EXISTS, REJECTED, STATE, Act
from diurna.link.deeds import deed_names, deeds, thing_key, verb_of_phrase, way_of
from diurna.link.matters import stem
from diurna.link.tellingwords import telling_words
from diurna.link.verbs import (
    WORD,
    first_word,
    governs,
    negations_of,
    object_of,
    own_verb,
    rejecting,
    things_in,
    way_of_sign,
)
from diurna.link.wording import Sign, Wording

_THERE = re.compile(r"\W*(?:that\s+)?there(?:\s+(?:\w+\s+){0,2}?(?:is|are|was|were|be|been)\b|['’]s\b)", re.IGNORECASE)


Found = tuple[str, Sign | None, int]
"""The key of a clause's own verb, its sign, and its place."""


def act_of(words: Wording, subject_end: int, *, turned: bool = False, passive: bool = False) -> Act:
    """The act of one clause.

    Args:
        subject_end: characters into the clause at which its verb may begin.
        turned: the cue turns the content round ("denied that").
        passive: what stands as subject is what it is done to.
    """
    end = words.condition if words.condition is not None else len(words.text)
    turned_down = rejecting(words, subject_end, end)
    if turned_down is not None:
        things = things_in(words, turned_down, end, after=turned_down)
        return Act(REJECTED, 0, turned, things, False, object_of(words, turned_down, end, things))
    found = own_verb(words, subject_end, end)
    negations = [s for s in negations_of(words, end) if s.start <= found[2] or governs(words, found[2], s)]
    denied = bool(len(negations) % 2)
    if turned and not negations:
        denied = not denied
    there = _THERE.match(words.text)
    if there:
        return _there_is(words, there.end(), end, denied=denied)
    act = _of_state(words, subject_end, end, denied=denied) or _of_noun(
        words, subject_end, found, end, denied=denied, passive=passive
    )
    return (
        act
        or _unchanged(words, subject_end, found, end, denied=denied, passive=passive)
        or _plain(words, found, end, denied=denied, passive=passive)
    )


def _of_state(words: Wording, subject_end: int, end: int, *, denied: bool) -> Act | None:
    """The act of a clause that tells where a thing is, or that it is still undone."""
    if _IS_IN.match(words.text, subject_end):
        things = things_in(words, 0, subject_end, after=-1)
        return Act(EXISTS, 1, denied, things, False, object_of(words, 0, subject_end, things) or things)
    if _IS_BACK.match(words.text, subject_end):
        things = things_in(words, 0, subject_end, after=-1)
        return Act(_RETURN, way_of(_RETURN), denied, things, False, object_of(words, 0, subject_end, things) or things)
    undone = _undone_state(words, subject_end, end)
    if undone is None:
        return None
    things = things_in(words, 0, end, after=-1)
    return Act(undone, way_of(undone), not denied, things, False, object_of(words, 0, subject_end, things))


def _of_noun(words: Wording, subject_end: int, found: Found, end: int, *, denied: bool, passive: bool) -> Act | None:
    """The act of a clause whose deed is named by a noun, its verb only starting, stopping or carrying it."""
    verb, sign, place = found
    stopped = None if passive else _stopped_deed(words, found, end)
    if stopped:
        at, back = stopped
        way = _noun_way(words, at)
        return _named(words, at, end, -way if back else way, denied=denied if way else denied != back)
    finished = None if passive else _finished_deed(words, found, end)
    if finished is not None:
        act = _named(words, finished, end, _noun_way(words, finished), denied=denied)
        return replace(act, object=frozenset())
    noun = None if passive else _turning_noun(words, place, end)
    if noun is not None:
        return _named(words, noun.start, end, (way_of_sign(sign) or 1) * way_of_sign(noun), denied=denied)
    carried = _carried(words, subject_end, verb, sign)
    if carried is None:
        return None
    at, back = carried
    act = _named(words, at, subject_end, _noun_way(words, at), denied=denied != back)
    return replace(act, verb=verb, way=way_of(verb)) if act.verb == _WORK else act


_ITS_DEED = re.compile(
    r"[\w-]+\s+(?:its|their|his|her|the|an?)\s+(?:[\w-]+\s+)?(?P<noun>[\w-]+)"
    r"(?=\s+(?:from|to|on|at|into|for|by|against|in)\b|\s*$|\s*[,.;])"
)


def _finished_deed(words: Wording, found: Found, end: int) -> int | None:
    """Where the verb only says that the deed its noun names was begun or done ("completed their pullback from ...")."""
    if found[0] not in deeds().carrying:
        return None
    named = _ITS_DEED.match(words.text, found[2], end)
    return named.start("noun") if named and deed_names(stem(named["noun"].lower())) else None


def _named(words: Wording, at: int, end: int, way: int, *, denied: bool) -> Act:
    """The act that the noun at a place names; what stands after it is what it is done to."""
    deed = first_word(words, at)
    things = things_in(words, at, end, after=at)
    return Act(stem(deed.lower()), way, denied, things, False, object_of(words, at + len(deed), end, things))


_WORK = "work"
"""The key of a noun for any deed ("work on the line has not been completed")."""


def _unchanged(words: Wording, subject_end: int, found: Found, end: int, *, denied: bool, passive: bool) -> Act | None:
    """The act of a clause that tells that a thing was left as it was."""
    _, sign, place = found
    unchanged = telling_words().unchanged.search(words.text, 0, end)
    if unchanged is None or (denied and _NOT_DONE.search(words.text, subject_end, end)):
        return None
    if not (sign is None or sign.kind == "more" or passive or place < unchanged.start()):
        return None
    first = first_word(words, place).lower()
    if verb_of_phrase(words.text, place, end, stem(telling_words().light.get(first, first))) in deeds().poles:
        return None
    fixed = sign if sign is not None and sign.kind != "negation" else None
    way = way_of_sign(fixed) if fixed else 1
    things = things_in(words, 0, end, after=-1)
    return Act(STATE, way, denied, things, False, object_of(words, 0, end, things))


def _plain(words: Wording, found: tuple[str, Sign | None, int], end: int, *, denied: bool, passive: bool) -> Act:
    """The act of a clause whose own verb tells what is done."""
    verb, sign, place = found
    first = first_word(words, place)
    phrase = verb_of_phrase(words.text, place, end, stem(telling_words().light.get(first.lower(), first.lower())))
    after = place + len(first)
    things = things_in(words, 0 if passive else place, end, after=place)
    if phrase:
        verb, things = phrase, things - {thing_key(word) for word in phrase.split()[1:]}
    cover = stem(verb) in telling_words().covers or verb in telling_words().covers
    own = {verb} if sign and sign.kind == "thing" else set()
    with_it = phrase is not None and phrase.endswith(" with")
    ahead = with_it or not passive
    governed = object_of(words, after if ahead else 0, end if ahead else place, things)
    way = way_of(verb) if phrase else way_of_sign(sign) or way_of(verb)
    if not governed and passive:
        governed = object_of(words, after, end, things)
    elif verb in deeds().itself or (
        way and (not governed or (verb in OF_ITSELF and _NO_OBJECT.match(words.text, after)))
    ):
        subject = things_in(words, 0, place, after=-1)
        governed = object_of(words, 0, place, subject)
        governed, things = governed or object_of(words, after, end, things), things | governed
    elif verb in deeds().either and not passive:
        subject = things_in(words, 0, place, after=-1)
        governed, things = governed | object_of(words, 0, place, subject), things | subject
    return Act(verb, way, denied, things | own, cover, governed | own)


OF_ITSELF = frozenset(stem(word) for word in ("open", "reopen", "close", "shut", "resume", "restart"))
"""Verbs whose subject is what it is done to where nothing follows that they could govern ("reopened to traffic")."""
_NO_OBJECT = re.compile(r"\s+(?:again\s+)?(?:to|for|at|in|on|after|with|since|under|fully|partly)\b")


def _there_is(words: Wording, start: int, end: int, *, denied: bool) -> Act:
    """The act of a clause that says there is something; of a deed named by a noun, that it is done ("no cuts")."""
    noun = next((t for t in words.terms if t.start >= start and t.kind != "number"), None)
    if noun is not None and noun.start < end and _OF.match(words.text, noun.start):
        way = _noun_way(words, noun.start)
        verb, after = stem(first_word(words, noun.start).lower()), noun.start + len(noun.text)
        things = things_in(words, after, end, after=noun.start)
        governed = object_of(words, after, end, things)
        if governed and (way or deed_names(verb)):
            return Act(verb, way, denied, things, False, governed)
    things = things_in(words, start, end, after=0)
    return Act(EXISTS, 1, denied, things, False, object_of(words, start, end, things))


def act_of_noun(words: Wording, *, turned: bool) -> Act | None:
    """The act of a phrase that names a deed without a verb ("ruled out a public inquiry into the sinking")."""
    noun = next(
        (t for t in words.terms if t.kind not in ("number", "name") and _HEAD_ENDS.match(words.text, t.start)), None
    )
    if noun is None:
        return None
    verb, after = stem(_last(noun.text).lower()), noun.start + len(noun.text)
    verb = noun.key if noun.kind == "thing" and not deed_names(verb) else verb
    end = len(words.text) if words.condition is None else words.condition
    things = things_in(words, after, end, after=noun.start)
    denied = bool(len(negations_of(words, end)) % 2) != turned
    return Act(verb, _noun_way(words, noun.start), denied, things, False, object_of(words, after, end, things))


_HEAD_ENDS = re.compile(r"[\w’'-]+(?:\s+(?:to|of|in|on|for|into|from|at|with|by|over|against)\b|\s*[^\w\s]|\s*$)")


def _last(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1]


def _noun_way(words: Wording, place: int) -> int:
    sign = next((s for s in words.signs if s.start == place and s.kind in ("less", "more")), None)
    return way_of_sign(sign) or way_of(stem(first_word(words, place).lower()))


_CARRYING = re.compile(
    r"\W*(?:(?:has|have|had|is|are|was|were)\s+)?(?:now\s+|finally\s+|also\s+)?"
    r"(?:(?:got|gets?|gotten)\s+)?(?:under ?way|took place|takes place|taken place|went ahead|goes ahead|gone ahead"
    r"|took effect|takes effect|came into (?:force|effect)|been carried out)\b"
)
"""Verbs of several words that only say that the deed their subject names was done."""


def _carried(words: Wording, subject_end: int, verb: str, sign: Sign | None) -> tuple[int, bool] | None:
    """Where the subject names the deed and the verb only says that it was done or not ("the release was completed").

    Returns:
        Characters to the noun, and whether the verb turns it back; None where the verb tells what is done.
    """
    noun = next((t for t in words.terms if t.start < subject_end and t.kind != "number"), None)
    if noun is None or not _OF.match(words.text, noun.start):
        return None
    deed = stem(first_word(words, noun.start).lower())
    if not (_noun_way(words, noun.start) or deed_names(deed) or deed == _WORK):
        return None
    if verb in deeds().carrying or _CARRYING.match(words.text, subject_end):
        return noun.start, False
    turns = sign is not None and sign.kind == "less"
    return (noun.start, True) if turns else None


_OF = re.compile(r"[\w-]+\s+(?:to(?=\s+(?:the|an?|its|his|her|their|all|any|[A-Z]|\w+s\b))|of|in|on|for)\b")


_UN = re.compile(
    r"\b(?!un(?:loaded|veiled|ited|blocked|sealed|covered|earthed|leashed|harmed|armed|locked)\b)(?:un(?P<verb>\w+ed|built|paid|sold|met|sent|written)|(?P<less>incomplete))\b"
)


def _undone_state(words: Wording, start: int, end: int) -> str | None:
    """The verb whose doing a state shows not to be done ("is still unfinished"); None where it shows none."""
    if not _COPULA.match(words.text, start):
        return None
    found = _UN.search(words.text, start, end)
    if found is None or found.start() - start > 30:
        return None
    return stem("complete") if found["less"] else stem(found["verb"])


_NOT_DONE = re.compile(
    r"\b(?:has|have|had|is|are|was|were)\s+(?:still\s+|yet\s+)?(?:not|never)\s+(?:yet\s+|been\s+)*(?:\w+ly\s+)?"
    r"(?!in\b|out\b|the\b|an?\b)\w+(?:ed|en|wn|lt|nt|ld|id|et|ut|ng|un|ught)\b"
)
"""A deed told as not done, though "still" stands with it ("has still not granted")."""


_IS_IN = re.compile(
    r"\W*(?:is|are|was|were|(?:has|have|had)\s+(?:\w+ly\s+|never\s+|not\s+)?been)\s+(?:not\s+|still\s+|now\s+|already\s+)*"
    r"(?:in|inside|on)\s+(?:the\s+)?[A-Z]"
)
"""A clause that says of a thing that it is somewhere ("soldiers have been in Elmland")."""


_IS_BACK = re.compile(
    r"\W*(?:is|are|was|were|(?:has|have|had)\s+been)\s+(?:not\s+|now\s+|finally\s+|already\s+)*"
    r"back\s+(?:in\s+(?!business\b|service\b|power\b|office\b)|at\s+|home\b|on\s+(?:\w+\s+)?soil)"
)
"""A clause that says of a thing that it has come back ("the statue is back in Salmar")."""
_RETURN = "return"


_COPULA = re.compile(r"\W*(?:has|have|had|is|are|was|were|remains?|remained|stays?|stands?|lies|lay)\b", re.IGNORECASE)


def _turning_noun(words: Wording, place: int, end: int) -> Sign | None:
    """A noun of turning that the verb governs ("resume the release of ..."), which tells the way together with it."""
    for sign in words.signs:
        if sign.kind in ("less", "more") and place < sign.start < end:
            between = WORD.findall(words.text[place : sign.start])
            after = words.text[sign.start :].split()[1:2]
            if len(between) <= 3 and after == ["of"] and not {"to", "with", "after", "without"} & set(between):
                return sign
    return None


def _stopped_deed(words: Wording, found: tuple[str, Sign | None, int], end: int) -> tuple[int, bool] | None:
    """Where the verb starts or stops a deed that a noun names ("cut off the supply of gas"), and which."""
    verb, sign, place = found
    phrase = verb_of_phrase(words.text, place, end, verb)
    way = way_of(phrase or verb) or way_of_sign(sign)
    if not way or sign is None:
        return None
    for term in words.terms:
        if place < term.start < min(end, place + 45) and re.match(r"\w+\s+of\b", words.text[term.start :]):
            named = stem(first_word(words, term.start).lower())
            of_kind = any(s.start == term.start and s.kind in ("less", "more") for s in words.signs)
            if deed_names(named) and not of_kind and named != verb:
                return term.start, way < 0
    return None
