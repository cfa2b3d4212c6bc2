"""Do two records speak of the same matter, time, place and quantity? Each answer is a test that gives its ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from diurna.link.wording import Term, Wording, direction, shared_terms
from diurna.model.record import Number, Place, ScopeTest
from diurna.model.timevalue import TimeValue

ENOUGH = 1.3
"""Weight two texts must share to be of one matter: one listed thing, or one uncommon word and a common one."""

_COVER = 0.2
"""Share of the lighter text's weight that must be common to both."""

_QUOTE = 90

_INNER = str.maketrans("“”„«»", "‘’‘‘’")


@dataclass(frozen=True, slots=True)
class Matter:
    """What two texts share, and how surely it is one matter.

    Attributes:
        keys: shared term keys, heaviest first.
        weight: their summed weight; cover: their share of the lighter text's weight, 0..1.
        through: words of the surroundings a pointer ("them") was read through, or "".
        deeds: the shared keys that can name a deed: neither names nor commonplaces.
        likeness: share of all solid keys of both texts that they have in common, 0..1.
    """

    test: ScopeTest
    keys: tuple[str, ...]
    weight: float
    cover: float
    through: str = ""
    deeds: frozenset[str] = frozenset()
    likeness: float = 0.0


def same_matter(one: Wording, other: Wording, apart: frozenset[str] = frozenset()) -> Matter:
    """Whether two texts are of one matter.

    Args:
        apart: term keys that do not count, such as names of the parties.
    """
    pairs = [pair for pair in shared_terms(one, other) if pair[0].key not in apart]
    weight = sum(a.weight for a, _ in pairs)
    lighter = min(_weight(one, apart), _weight(other, apart))
    cover = weight / lighter if lighter else 0.0
    keys = tuple(a.key for a, _ in pairs)
    solid = frozenset(a.key for a, _ in pairs if a.kind in ("thing", "word"))
    if weight >= ENOUGH and cover >= _COVER and solid:
        likeness = len(solid) / max(1, len((_solid(one) | _solid(other)) - apart))
        deeds = frozenset(a.key for a, _ in pairs if a.kind in ("thing", "word", "sign"))
        return Matter(_test("same matter", "pass", _shared(pairs)), keys, weight, cover, "", deeds, likeness)
    if weight == 0:
        return Matter(_test("same matter", "fail", "the two share no word that tells a matter"), keys, 0.0, 0.0)
    return Matter(_test("same matter", "fail", f"all they share is {_listed(pairs)}"), keys, weight, cover)


def matter_through(one: Wording, other: Wording, context: Wording, apart: frozenset[str] = frozenset()) -> Matter:
    """`same_matter` where `one` names its matter only by a pointer ("them"), read from the text around it."""
    near = same_matter(one, other, apart)
    if near.test.result == "pass" or not one.pointers:
        return near
    pairs = [pair for pair in shared_terms(context, other) if pair[0].key not in apart and pair[0].kind == "thing"]
    if not pairs or (len(_solid(one)) > 2):
        return near
    weight = sum(a.weight for a, _ in pairs[:1]) * 0.8 + near.weight
    key = pairs[0][0].key
    words = max((t for t in context.terms if t.key == key), key=lambda t: t.start).text
    why = (
        f"“{one.pointers[0]}” stands for something said before; the sentences around speak of “{words}”, "
        f"the other side of “{pairs[0][1].text}”"
    )
    keys = (*near.keys, pairs[0][0].key)
    return Matter(_test("same matter", "pass", why), keys, weight, max(near.cover, 0.5), words, frozenset({key}))


def _solid(words: Wording) -> frozenset[str]:
    return frozenset(t.key for t in words.main if t.kind in ("thing", "word"))


def _weight(words: Wording, apart: frozenset[str]) -> float:
    return sum({t.key: t.weight for t in words.main if t.key not in apart}.values())


def _shared(pairs: Iterable[tuple[Term, Term]]) -> str:
    rows = [(a, b) for a, b in pairs if a.kind in ("thing", "word")][:3]
    return "both speak of " + ", ".join(_both(a, b) for a, b in rows)


def _both(one: Term, other: Term) -> str:
    if one.text.lower() == other.text.lower():
        return f"“{one.text}”"
    return f"“{one.text}” / “{other.text}”"


def _listed(pairs: Iterable[tuple[Term, Term]]) -> str:
    return ", ".join(f"“{a.text}”" for a, _ in list(pairs)[:3])


def opposite(
    one: Wording, other: Wording, keys: Iterable[str], turned: tuple[bool, bool] = (False, False)
) -> ScopeTest:
    """Whether two texts of one matter point opposite ways.

    Args:
        keys: what they share.
        turned: for each, whether its cue already turns it round ("refused to ...").
    """
    focus = tuple(keys)
    ways = tuple(_way(words, focus, turn) for words, turn in zip((one, other), turned, strict=True))
    quotes = (short(one.text), short(other.text))
    if 0 in ways:
        unclear = quotes[ways.index(0)]
        return _test("opposite polarity", "unknown", f"{unclear} points both ways")
    if ways[0] != ways[1]:
        what = next((f"“{term.text}”" for term in one.terms if term.key in focus[:1]), "it")
        why = f"{quotes[0]} {_WAYS[ways[0]]} {what}, {quotes[1]} {_WAYS[ways[1]]} it"
        return _test("opposite polarity", "pass", why)
    return _test("opposite polarity", "fail", f"{quotes[0]} and {quotes[1]} point the same way")


_WAYS = {1: "holds to", -1: "turns from"}


def _way(words: Wording, focus: tuple[str, ...], turned: bool) -> int:
    found = direction(words, focus)
    if turned and not any(sign.kind == "negation" for sign in words.signs):
        return -found
    return found


def same_time(one: TimeValue | None, other: TimeValue | None) -> ScopeTest:
    """Whether two times can be one: their intervals touch."""
    if one is None or other is None or not (one.earliest or one.latest) or not (other.earliest or other.latest):
        return _test("same time", "unknown", "at least one of the two has no known time")
    if _touch(one, other):
        return _test("same time", "pass", f"“{one.text}” and “{other.text}” can be the same time")
    return _test("same time", "fail", f"“{one.text}” and “{other.text}” are different times")


def not_before(one: TimeValue | None, other: TimeValue | None) -> ScopeTest:
    """Whether `other` comes after `one`, or at least not before it."""
    first = (one.first_day if one else None) or (one.last_day if one else None)
    last = (other.last_day if other else None) or (other.first_day if other else None)
    if one is None or other is None or first is None or last is None:
        return _test("same time", "unknown", "the report does not date both, so which came first is open")
    if last >= first:
        return _test("same time", "pass", f"“{other.text}” is not before “{one.text}”")
    return _test("same time", "fail", f"“{other.text}” lies before “{one.text}”")


def _touch(one: TimeValue, other: TimeValue) -> bool:
    return _first(one) <= _last(other) and _first(other) <= _last(one)


def _first(value: TimeValue) -> dt.date:
    return value.first_day or dt.date.min


def _last(value: TimeValue) -> dt.date:
    return value.last_day or dt.date.max


def same_place(one: Place | None, other: Place | None) -> ScopeTest:
    """Whether two places can be one: equal, or one the country of the other."""
    if one is None or other is None:
        return _test("same place", "unknown", "at least one of the two names no place")
    if one.text.lower() == other.text.lower() or (one.geonames_id and one.geonames_id == other.geonames_id):
        return _test("same place", "pass", f"both are in “{one.text}”")
    if one.country and other.country and one.country != other.country:
        return _test("same place", "fail", f"“{one.text}” and “{other.text}” lie in different countries")
    if "country" in (one.precision, other.precision) and one.country and one.country == other.country:
        return _test("same place", "pass", f"“{one.text}” and “{other.text}” lie in one country")
    if "region" in (one.precision, other.precision) or "unknown" in (one.precision, other.precision):
        return _test("same place", "unknown", f"it is not known how “{one.text}” and “{other.text}” lie to each other")
    return _test("same place", "fail", f"“{one.text}” and “{other.text}” are different places")


def same_quantity(one: Number, other: Number) -> ScopeTest:
    """Whether two counts can both hold: "at least 5" and "12" can."""
    low = max(one.low or 0, other.low or 0)
    high = min((n.high for n in (one, other) if n.high is not None), default=None)
    if high is None or low <= high:
        return _test("same quantity", "pass", f"“{one.text}” and “{other.text}” can both hold")
    return _test("same quantity", "fail", f"“{one.text}” and “{other.text}” cannot both hold")


def same_condition(one: str | None, other: str | None) -> ScopeTest:
    """Whether both hold under the same condition; a condition on one side only leaves the pair open."""
    if one is None and other is None:
        return _test("same condition", "pass", "neither hangs on a condition")
    if one is not None and other is not None:
        return _test("same condition", "unknown", f"both are conditional: “{one}” and “{other}”")
    return _test(
        "same condition",
        "unknown",
        f"one side is conditional: “{one or other}”; the report does not say whether it is met",
    )


def short(text: str, most: int = _QUOTE) -> str:
    """`text` on one line, in quotation marks, cut at a word to at most `most` characters."""
    plain = " ".join(text.split()).strip("“”\"‘’'.,;: ")
    plain = plain.removeprefix("that ") if plain.count(" ") > 2 else plain
    plain = (
        plain.translate(_INNER).removeprefix("‘") if plain.count("“") != plain.count("”") else plain.translate(_INNER)
    )
    if len(plain) > most:
        plain = plain[:most].rsplit(" ", 1)[0].rstrip(",;:.“”") + " …"
    return f"“{plain}”"


def _test(name: str, result: str, why: str) -> ScopeTest:
    return ScopeTest(name, result, why)  # type: ignore[arg-type]
