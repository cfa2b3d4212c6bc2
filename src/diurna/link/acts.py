"""What a clause says is done: its verb, which way it turns a thing, whether it is denied, and the thing itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from diurna.link.deeds import deed_names, deeds, poles, thing_key, verb_of_phrase, way_of
from diurna.link.matters import stem
from diurna.link.tellingwords import telling_words
from diurna.link.wording import Sign, Term, Wording

Relation = Literal["same", "opposite", "none"]

_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*|[;:.!?]")
_THERE = re.compile(r"\W*(?:that\s+)?there(?:\s+(?:\w+\s+){0,2}?(?:is|are|was|were|be|been)\b|['’]s\b)", re.IGNORECASE)
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "am", "still", "yet", "never", "not"))
_OBJECT = 9
"""Words after the verb in which the thing is named."""

EXISTS = "there is"
"""The verb of a clause that only says there is something, or none."""

KEEPING = frozenset(("keep", "maintain", "stai", "remain", "preserv", "retain", "surviv"))
"""Verbs that promise no deed but that a thing stays."""

STATE = "is as it was"
"""The verb of a clause that tells that a thing was left as it is."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is done.

    Attributes:
        verb: key of the verb; EXISTS or STATE where there is none to name.
        way: +1 where the verb keeps, starts or widens a thing, -1 where it ends or lessens it, 0 where it does neither.
        denied: an odd number of negations stands with it.
        things: keys of the words for what it is done to, its subject's where it is passive; a verb of a matter too.
        object: of these, those of the first phrase the verb governs, which is what it is done to.
        cover: the verb is one that only carries a noun ("impose tariffs"), so that the noun may name the deed.
    """

    verb: str
    way: int
    denied: bool
    things: frozenset[str]
    cover: bool = False
    object: frozenset[str] = frozenset()

    @property
    def direction(self) -> int:
        """Towards the thing (+1), away from it (-1), or neither (0)."""
        return -self.way if self.denied else self.way


NO_ACT = Act("", 0, False, frozenset())


def act_of(words: Wording, subject_end: int, *, turned: bool = False, passive: bool = False) -> Act:
    """The act of one clause.

    Args:
        subject_end: characters into the clause at which its verb may begin.
        turned: the cue turns the content round ("denied that").
        passive: what stands as subject is what it is done to.
    """
    end = words.condition if words.condition is not None else len(words.text)
    rejecting = _rejecting(words, subject_end, end)
    if rejecting is not None:
        things = _things(words, rejecting, end, after=rejecting)
        return Act(_REJECTED, 0, turned, things, False, _object(words, rejecting, end, things))
    place = _verb(words, subject_end, end)[2]
    negations = [s for s in _negations(words, end) if s.start <= place or _governs(words, place, s)]
    denied = bool(len(negations) % 2)
    if turned and not negations:
        denied = not denied
    there = _THERE.match(words.text)
    if there:
        return _there_is(words, there.end(), end, denied=denied)
    unchanged = telling_words().unchanged.search(words.text, 0, end)
    verb, sign, place = _verb(words, subject_end, end)
    if _IS_IN.match(words.text, subject_end):
        things = _things(words, 0, subject_end, after=-1)
        return Act(EXISTS, 1, denied, things, False, _object(words, 0, subject_end, things) or things)
    undone = _undone_state(words, subject_end, end)
    if undone:
        things = _things(words, 0, end, after=-1)
        return Act(undone, way_of(undone), not denied, things, False, _object(words, 0, subject_end, things))
    stopped = _stopped_deed(words, (verb, sign, place), end) if not passive else None
    if stopped:
        at, back = stopped
        deed, after = stem(_first(words, at).lower()), at + len(_first(words, at))
        things = _things(words, after, end, after=at)
        governed = _object(words, after, end, things)
        way = _noun_way(words, at)
        turned_way = -way if back else way
        return Act(deed, turned_way, denied if way else denied != back, things, False, governed)
    noun = _turning_noun(words, place, end)
    if noun is not None and not passive:
        way = (_way(sign) or 1) * _way(noun)
        verb, place = stem(_first(words, noun.start).lower()), noun.start
        things = _things(words, place, end, after=place)
        return Act(verb, way, denied, things, False, _object(words, place + len(_first(words, place)), end, things))
    carried = _carried(words, subject_end, verb, sign)
    if carried:
        named, turned_back = carried
        things = _things(words, named, subject_end, after=named)
        deed, start = stem(_first(words, named).lower()), named + len(_first(words, named))
        governed = _object(words, start, subject_end, things)
        if deed == stem("work"):
            return Act(verb, way_of(verb), denied, things, False, governed)
        return Act(deed, _noun_way(words, named), denied != turned_back, things, False, governed)
    if unchanged and denied and _NOT_DONE.search(words.text, subject_end, end):
        unchanged = None
    if unchanged and (sign is None or sign.kind == "more" or passive or place < unchanged.start()):
        fixed = sign if sign is not None and sign.kind != "negation" else None
        way = _way(fixed) if fixed else 1
        things = _things(words, 0, end, after=-1)
        return Act(STATE, way, denied, things, False, _object(words, 0, end, things))
    return _plain(words, (verb, sign, place), end, denied=denied, passive=passive)


def without_names(act: Act, names: Iterable[tuple[str, ...]]) -> Act:
    """An act whose things are none of these names: a name that opens a sentence looks like any other word."""
    parts = {thing_key(stem(word)) for name in names for word in name}
    if not parts & act.things:
        return act
    return replace(act, things=act.things - parts, object=act.object - parts)


def _plain(words: Wording, found: tuple[str, Sign | None, int], end: int, *, denied: bool, passive: bool) -> Act:
    """The act of a clause whose own verb tells what is done."""
    verb, sign, place = found
    first = _first(words, place)
    phrase = verb_of_phrase(words.text, place, end, stem(telling_words().light.get(first.lower(), first.lower())))
    after = place + len(first)
    things = _things(words, 0 if passive else place, end, after=place)
    if phrase:
        verb, things = phrase, things - {thing_key(word) for word in phrase.split()[1:]}
    cover = stem(verb) in telling_words().covers or verb in telling_words().covers
    own = {verb} if sign and sign.kind == "thing" else set()
    with_it = phrase is not None and phrase.endswith(" with")
    ahead = with_it or not passive
    governed = _object(words, after if ahead else 0, end if ahead else place, things)
    way = way_of(verb) if phrase else _way(sign) or way_of(verb)
    if not governed and passive:
        governed = _object(words, after, end, things)
    elif verb in deeds().itself or (way and not governed):
        subject = _things(words, 0, place, after=-1)
        governed = _object(words, 0, place, subject)
        governed, things = governed or _object(words, after, end, things), things | governed
    return Act(verb, way, denied, things | own, cover, governed | own)


def _there_is(words: Wording, start: int, end: int, *, denied: bool) -> Act:
    """The act of a clause that says there is something: of a deed as a noun, that it is done ("no cuts to pensions")."""
    noun = next((t for t in words.terms if t.start >= start and t.kind != "number"), None)
    if noun is not None and noun.start < end and _OF.match(words.text, noun.start):
        way = _noun_way(words, noun.start)
        verb, after = stem(_first(words, noun.start).lower()), noun.start + len(noun.text)
        things = _things(words, after, end, after=noun.start)
        governed = _object(words, after, end, things)
        if governed and (way or deed_names(verb)):
            return Act(verb, way, denied, things, False, governed)
    things = _things(words, start, end, after=0)
    return Act(EXISTS, 1, denied, things, False, _object(words, start, end, things))


def act_of_noun(words: Wording, *, turned: bool) -> Act | None:
    """The act of a phrase that names a deed without a verb ("ruled out a public inquiry into the sinking")."""
    noun = next((t for t in words.terms if t.kind not in ("number", "name") and _HEAD_ENDS.match(words.text, t.start)), None)
    if noun is None:
        return None
    verb, after = stem(_last(noun.text).lower()), noun.start + len(noun.text)
    verb = noun.key if noun.kind == "thing" else verb
    end = len(words.text) if words.condition is None else words.condition
    things = _things(words, after, end, after=noun.start)
    denied = bool(len(_negations(words, end)) % 2) != turned
    return Act(verb, _noun_way(words, noun.start), denied, things, False, _object(words, after, end, things))


_HEAD_ENDS = re.compile(r"[\w’'-]+(?:\s+(?:to|of|in|on|for|into|from|at|with|by|over|against)\b|\s*[^\w\s]|\s*$)")


def _last(text: str) -> str:
    return text.split()[-1]


def _noun_way(words: Wording, place: int) -> int:
    sign = next((s for s in words.signs if s.start == place and s.kind in ("less", "more")), None)
    return _way(sign) or way_of(stem(_first(words, place).lower()))


def _carried(words: Wording, subject_end: int, verb: str, sign: Sign | None) -> tuple[int, bool]| None:
    """Where the subject names the deed and the verb only says that it was done or not ("the release was completed").

    Returns:
        Characters to the noun, and whether the verb turns it back; None where the verb tells what is done.
    """
    noun = next((t for t in words.terms if t.start < subject_end and t.kind != "number"), None)
    if noun is None or not _OF.match(words.text, noun.start):
        return None
    deed = stem(_first(words, noun.start).lower())
    if not (_noun_way(words, noun.start) or deed_names(deed) or deed == stem("work")):
        return None
    if verb in deeds().carrying:
        return noun.start, False
    turns = sign is not None and sign.kind == "less"
    return (noun.start, True) if turns else None


_OF = re.compile(r"[\w-]+\s+(?:to|of|in|on|for)\b")
_UN = re.compile(r"\b(?:un(?P<verb>\w+ed|built|paid|sold|met|sent|written)|(?P<less>incomplete))\b")


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
_COPULA = re.compile(r"\W*(?:has|have|had|is|are|was|were|remains?|remained|stays?|stands?|lies|lay)\b", re.IGNORECASE)


def _first(words: Wording, place: int) -> str:
    found = _WORD.match(words.text, place)
    return found.group() if found else ""


def _object(words: Wording, start: int, end: int, things: frozenset[str]) -> frozenset[str]:
    """Keys of the first phrase from `start` on that names one of `things`; it ends at a preposition."""
    found: set[str] = set()
    named = False
    by_start = {t.start: t for t in words.terms}
    for token in _TOKEN.finditer(words.text, start, end):
        word = token.group().lower()
        if start and word in ("and", "or"):
            break
        ends = word in telling_words().prepositions or word in ("and", "or", "that", "which", "who")
        if word == "of" and found and found <= deeds().measure:
            found.clear()
            continue
        if (found and (ends or not word[0].isalnum())) or (named and ends and not found):
            break
        if word in (";", ":", ".", "!", "?"):
            break
        term = by_start.get(token.start())
        named = named or (term is not None and term.kind == "name" and start > 0)
        if term and thing_key(term.key) in things:
            found.add(thing_key(term.key))
    return frozenset(found)


_BEGUN = re.compile(
    r"\W*(?:have|has|had)\s+(?:no\s+(?:other\s+)?(?:choice|option|alternative)|little\s+choice)\s+but\s+to\s+"
    r"|\W*(?:\w+\s+)?(?:begun|began|begins?|beginning|start(?:s|ed)?)\s+(?:to\s+|(?=\w+ing\b))"
)
"""A step into a deed is named after the deed."""

_REJECTED = "reject"
_TO = re.compile(r"\w+\s+(?:\w+\s+){0,2}?to\b")
_NOT_ONLY = re.compile(
    r"\w+\s+(?:only|just|merely|simply|long|yet)\b"
    r"|no\s+(?:other\s+)?(?:choice|option|alternative)\b|little\s+choice\b"
    r"|\w+\s+(?:an?|one)\s+\w+\s+(?:later|longer|more|less|earlier|sooner)\b"
    r"|\w+\s+(?:been\s+)?(?:more|less|better|greater|closer|stronger|higher|lower|worse|doubt)\b",
    re.IGNORECASE,
)
"""A "not" or "no" that denies no deed."""

_NOTHING_MORE = re.compile(r"not\W*$", re.IGNORECASE)
"""A "not" before a time that was blanked out ("not a day later")."""
_PRONE = frozenset(("reject", "oppos", "declin", "fail", "prevent", "avoid", "refus", "den", "deni"))


def _rejecting(words: Wording, start: int, end: int) -> int | None:
    """Where a clause's own verb turns a noun down ("rejected the proposal"), which denies no deed."""
    for sign in words.signs:
        if sign.kind == "negation" and start <= sign.start < min(end, start + 25):
            token = _first(words, sign.start).lower()
            if stem(token) in _PRONE and not _TO.match(words.text, sign.start):
                return sign.start + len(token)
    return None


def _turning_noun(words: Wording, place: int, end: int) -> Sign | None:
    """A noun of turning that the verb governs ("resume the release of ..."), which tells the way together with it."""
    for sign in words.signs:
        if sign.kind in ("less", "more") and place < sign.start < end:
            between = _WORD.findall(words.text[place : sign.start])
            after = words.text[sign.start :].split()[1:2]
            if len(between) <= 3 and after == ["of"] and "to" not in between:
                return sign
    return None


def _stopped_deed(words: Wording, found: tuple[str, Sign | None, int], end: int) -> tuple[int, bool] | None:
    """Where the verb starts or stops a deed that a noun names ("cut off the supply of gas"), and whether it stops it."""
    verb, sign, place = found
    phrase = verb_of_phrase(words.text, place, end, verb)
    way = way_of(phrase or verb) or _way(sign)
    if not way or sign is None:
        return None
    for term in words.terms:
        if place < term.start < min(end, place + 45) and re.match(r"\w+\s+of\b", words.text[term.start :]):
            named = stem(_first(words, term.start).lower())
            of_kind = any(s.start == term.start and s.kind in ("less", "more") for s in words.signs)
            if deed_names(named) and not of_kind and named != verb:
                return term.start, way < 0
    return None


def _governs(words: Wording, place: int, sign: Sign) -> bool:
    """Whether a negation behind the verb stands right at it ("share no herring", "free not a single prisoner")."""
    between = _WORD.findall(words.text[place : sign.start])
    return len(between) <= 2


def _way(sign: Sign | None) -> int:
    if sign is None:
        return 0
    return -1 if sign.turns else 1


def _negations(words: Wording, end: int) -> list[Sign]:
    """The negations of a clause; "neither ... nor" is one."""
    found: list[Sign] = []
    for sign in words.signs:
        if sign.kind == "negation" and sign.start < end:
            if _NOT_ONLY.match(words.text, sign.start) or _NOTHING_MORE.match(words.text, sign.start):
                continue
            if (
                found
                and sign.index - found[-1].index <= 5
                and any(i in words.joins for i in range(found[-1].index + 1, sign.index + 1))
            ):
                continue
            found.append(sign)
    return found


def _verb(words: Wording, start: int, end: int) -> tuple[str, Sign | None, int]:
    """Key, sign and place of the first word that tells what is done, from `start` on."""
    signs = {s.start: s for s in words.signs if s.kind != "negation"}
    begun = _BEGUN.match(words.text, start)
    if begun:
        start = begun.end()
    for token in _WORD.finditer(words.text, start, end):
        low = token.group().lower()
        if low in telling_words().light and token.start() not in signs:
            return telling_words().light[low], None, token.start()
        if token.start() not in signs and verb_of_phrase(words.text, token.start(), end, stem(low)):
            return stem(low), None, token.start()
        if low not in telling_words().auxiliary and low not in _BE:
            break
    terms = [t for t in words.terms if start <= t.start < end and t.kind in ("thing", "word", "sign", "common")]
    first = next((t for t in terms if t.key not in _skipped()), None)
    lone = min((s.start for s in signs.values() if start <= s.start < end), default=None)
    if lone is not None and (first is None or lone < first.start):
        found = _WORD.match(words.text, lone)
        return stem(found.group().lower()) if found else "", signs[lone], lone
    if first is None:
        return "", None, end
    return first.key, signs.get(first.start), first.start


def _skipped() -> frozenset[str]:
    return telling_words().adverbs


def _things(words: Wording, start: int, end: int, after: int) -> frozenset[str]:
    """Keys of what is named from `start` to a few words after `after`."""
    tokens = list(_WORD.finditer(words.text, after, end))
    stop = next((m.start() for m in tokens[1:] if not m.group()[0].isalnum()), end)
    reach = tokens[_OBJECT].start() if len(tokens) > _OBJECT else end
    limit = min(stop, reach)
    return frozenset(
        thing_key(t.key)
        for t in words.terms
        if start <= t.start < limit and t.start != after and t.kind in ("thing", "word", "common") and _noun(t)
    )


_TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*|[;:.!?,]")


def _noun(term: Term) -> bool:
    return term.key not in telling_words().loose_keys


def _stopped(act: Act) -> bool:
    """Whether what is told is that the deed was stopped: its way is turned round."""
    return bool(act.way) and act.way == -way_of(act.verb)


_LEVEL = "raise or lower"
"""The deed that a thing that stays as it was rules out both ways."""


def relation(left: Act, right: Act) -> Relation:
    """Whether two acts are one, each other's contrary, or have nothing to do with each other.

    What they are done to must be one as well, or the verb itself be the whole matter ("resign").
    """
    shared = left.object & right.object
    if shared and STATE in (left.verb, right.verb) and _LEVEL in deed_names(left.verb) | deed_names(right.verb):
        return "opposite" if left.denied == right.denied else "same"
    if left.verb == right.verb and left.verb:
        bare = (not left.object or not right.object) and left.verb not in (EXISTS, STATE, _REJECTED)
        bare = bare or (len(left.things & right.things) > 1 and left.verb not in (EXISTS, STATE))
        if not shared and not bare:
            return "none"
        if left.way != right.way:
            return "opposite" if left.direction * right.direction < 0 else "same"
        return "same" if left.denied == right.denied else "opposite"
    pole = poles(left.verb, right.verb)
    if pole and (shared or not left.object or not right.object or len(left.things & right.things) > 1):
        turned = (pole < 0) ^ left.denied ^ right.denied ^ _stopped(left) ^ _stopped(right)
        return "opposite" if turned else "same"
    if shared and left.direction and right.direction:
        return "same" if left.direction == right.direction else "opposite"
    if shared and EXISTS in (left.verb, right.verb) and (left.cover or right.cover):
        return "same" if left.denied == right.denied else "opposite"
    return _lifted(left, right)


def _lifted(left: Act, right: Act) -> Relation:
    """The relation where one side's verb only carries the noun for the other's deed ("strike": "began its strike")."""
    for one, other in ((left, right), (right, left)):
        carries = one.cover or one.verb == EXISTS
        if carries and other.verb in one.object and not (other.object and one.things and not other.object & one.things):
            turned = one.denied != (one.way < 0)
            return "same" if turned == other.denied else "opposite"
    return "none"
