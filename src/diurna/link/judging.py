"""Are two identities one actor? The grounds, for and against, and the verdict they give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from diurna.link.identities import Held, Identity
from diurna.link.names import NameMatch, alias_words, bag_of, bare, folded, match_names
from diurna.link.offices import same_root, same_title, scopes_meet
from diurna.model.identity import Ground, Pair, PairVerdict

_LIFE = 60
"""Years after which a name is somebody else's."""
_LONG = 25
"""Years over which a name alone is not enough."""
_TERM = 200
"""Days from a report that names the holder of an office within which its title is taken for the holder."""
_MANY_HOLD = frozenset(
    {
        *("spokesman", "official", "member", "deputy", "senator", "general", "colonel", "judge", "officer", "aide"),
        *("adviser", "diplomat", "lawyer", "candidate", "representative", "congressman", "delegate", "politician"),
        *("minister", "secretary"),
    }
)
"""Offices that many hold at a time, where nothing more is said of them."""


def compare(one: Identity, other: Identity) -> Pair | None:
    """The verdict on two identities with its grounds; None where not even the names go together.

    A pure function of the two, and symmetrical: `compare(a, b)` and `compare(b, a)` are one pair.
    """
    if one.id > other.id:
        one, other = other, one
    kinds = {one.kind, other.kind}
    if "description" in kinds:
        return None
    if kinds == {"person"}:
        return _persons(one, other)
    if kinds == {"office"}:
        return _offices(one, other)
    if kinds == {"office", "person"}:
        office, person = (one, other) if one.kind == "office" else (other, one)
        return _holder(office, person)
    if kinds <= {"body", "place"}:
        return _bodies(one, other)
    return None


def _pair(one: Identity, other: Identity, verdict: PairVerdict, strength: float, grounds: list[Ground]) -> Pair:
    grounds = sorted(grounds, key=lambda g: g.result != ("against" if verdict == "apart" else "for"))
    return Pair(one.id, other.id, verdict, round(strength), tuple(grounds))


# --- persons


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What else two identities have in common or what excludes that they are one; `strong`: an office and its place."""

    grounds: list[Ground]
    strong: bool
    some: bool
    weak: bool
    barred: bool
    doubt: bool


def _persons(one: Identity, other: Identity) -> Pair | None:
    match = _person_match(one, other)
    if match is None or match.ground == "given":
        return None
    seen = _evidence(one, other)
    grounds = [Ground("name", "for", match.why), *seen.grounds]
    fewest = min(len(one.words), len(other.words))
    if seen.barred and not seen.strong:
        return _pair(one, other, "apart", 95 if fewest > 1 else 80, grounds)
    if fewest > 1:
        return _full_names(one, other, match, seen, grounds)
    return _single_names(one, other, match, seen, grounds)


_FAMILY = 0.75
"""Strength from which a single name is the other's family name."""

_LONE = Ground("evidence", "open", "one name alone is not enough, and nothing else is told of both")
_RARE = Ground("evidence", "open", "the names differ, and nothing else is told of both")
_FREQUENT = Ground("frequency", "open", "the name is so frequent that it needs more than itself")


def _single_names(one: Identity, other: Identity, match: NameMatch, seen: _Evidence, grounds: list[Ground]) -> Pair:
    """One of the two has a single name, or both have; one that is only in the middle of the other wants an office."""
    short, long = sorted((one, other), key=lambda x: len(x.words))
    if (seen.doubt or (match.ground == "part" and match.strength < _FAMILY)) and not seen.strong:
        return _pair(one, other, "unsure", 30, grounds)
    if len(long.words) > 1:
        if seen.strong or seen.some or (seen.weak and not (_frequent(one) and _frequent(other))):
            return _pair(short, long, "part", 75 if seen.strong else 65 if seen.some else 55, grounds)
    elif seen.strong or seen.some:
        return _pair(one, other, "same", 70 if seen.strong else 60, grounds)
    return _pair(one, other, "unsure", 20, [*grounds, _LONE])


def _full_names(one: Identity, other: Identity, match: NameMatch, seen: _Evidence, grounds: list[Ground]) -> Pair:
    """Both have a given and a family name."""
    whole = match.ground in ("equal", "listed") or (match.ground == "spelling" and match.strength >= 0.8)
    if seen.strong:
        return _pair(one, other, "same", 98 if whole else 85, grounds)
    if seen.doubt:
        return _pair(one, other, "unsure", 40, grounds)
    if seen.some:
        return _pair(one, other, "same", 92 if whole else 72, grounds)
    if whole:
        return _name_alone(one, other, grounds)
    return _pair(one, other, "same", 60, grounds) if seen.weak else _pair(one, other, "unsure", 30, [*grounds, _RARE])


def _name_alone(one: Identity, other: Identity, grounds: list[Ground]) -> Pair:
    """Nothing but one full name speaks for the two."""
    if _frequent(one) and _frequent(other):
        return _pair(one, other, "unsure", 35, [*grounds, _FREQUENT])
    if _untold(one) == _untold(other):
        return _pair(one, other, "same", 85, grounds)
    short, long = (one, other) if _untold(one) else (other, one)
    why = f"nothing more is told of “{short.name}” where it stands alone"
    return _pair(short, long, "part", 80, [*grounds, Ground("evidence", "open", why)])


def _untold(one: Identity) -> bool:
    return not one.country and not one.field and not one.scopes


def _frequent(one: Identity) -> bool:
    return all(word in alias_words().frequent or len(word) == 1 for word in one.words)


def _person_match(one: Identity, other: Identity) -> NameMatch | None:
    found = match_names(one.name, other.name, person=True)
    if found:
        return found
    for left in (one.name, *one.names):
        for right in (other.name, *other.names):
            found = match_names(left, right, person=True)
            if found and found.ground in ("equal", "listed", "spelling") and len(bare(left, True)) > 1:
                return found
    return None


def _evidence(one: Identity, other: Identity) -> _Evidence:
    """Offices, places, walks of life, time, company."""
    grounds: list[Ground] = []
    strong = _shared_office(one, other, grounds)
    place = _shared_place(one, other, grounds)
    barred = _elsewhere(one, other, grounds) if not strong else False
    barred = _other_life(one, other, grounds) or barred
    doubt = _other_country(one, other, grounds, place or strong)
    years = _years_apart(one, other)
    if years is not None and years > _LIFE:
        grounds.append(Ground("time", "against", f"{years} years lie between the reports"))
        barred, strong = True, False
    elif years is not None and years > _LONG:
        grounds.append(Ground("time", "against", f"{years} years lie between the reports"))
        doubt = doubt or not place
    company = sorted(one.around & other.around)
    if company:
        grounds.append(Ground("company", "for", f"both stand beside {_listed(company)}"))
    titles = _shared_title(one, other)
    if titles and not strong:
        grounds.append(Ground("title", "for", f"both are called {titles}"))
    some = bool(place) or bool(titles and company) or len(company) >= 2
    return _Evidence(grounds, strong, some, bool(company or titles), barred, doubt)


def _listed(words: list[str]) -> str:
    return ", ".join(word.title() for word in words[:3])


def _shared_office(one: Identity, other: Identity, grounds: list[Ground]) -> bool:
    for a, b in _office_pairs(one, other):
        if a.office.field and same_title(a.office.title, b.office.title):
            where = scopes_meet(a.office.scope, b.office.scope)
            home = bool(one.country and one.country == other.country)
            if where or (where is None and home and a.office.level == 2):
                of = f" of {_listed(sorted(a.office.scope))}" if a.office.scope else ""
                grounds.append(Ground("office", "for", f"both are {a.office.title}{of}"))
                return True
    return False


def _shared_title(one: Identity, other: Identity) -> str:
    for a, b in _office_pairs(one, other):
        if (
            a.office.field
            and same_title(a.office.title, b.office.title)
            and (scopes_meet(a.office.scope, b.office.scope) is not False)
        ):
            return a.office.title
    return ""


def _office_pairs(one: Identity, other: Identity) -> Iterator[tuple[Held, Held]]:
    return ((a, b) for a in one.held for b in other.held)


def _shared_place(one: Identity, other: Identity, grounds: list[Ground]) -> bool:
    if one.country and one.country == other.country:
        grounds.append(Ground("country", "for", f"both are of {one.country}"))
        return True
    for mine, theirs in ((one.scopes, other.scopes), (one.scopes, other.around), (other.scopes, one.around)):
        found = next((a for a in sorted(mine) for b in sorted(theirs) if same_root(a, b)), None)
        if found:
            grounds.append(Ground("place", "for", f"both are told of with {found.title()}"))
            return True
    return False


def _elsewhere(one: Identity, other: Identity, grounds: list[Ground]) -> bool:
    """Whether offices of two states, or one office of two places, exclude each other."""
    for a, b in _office_pairs(one, other):
        if not a.office.scope or not b.office.scope or scopes_meet(a.office.scope, b.office.scope):
            continue
        if a.office.field != "public" or b.office.field != "public":
            continue
        national = a.office.level == b.office.level == 2
        if (national or same_title(a.office.title, b.office.title)) and not scopes_meet(one.scopes, other.scopes):
            said = (f"{h.office.title} of {_listed(list(h.office.scope))}" for h in (a, b))
            grounds.append(Ground("office", "against", f"the one is {next(said)}, the other {next(said)}"))
            return True
    public = one.field == other.field == "public"
    if public and one.scopes and other.scopes and not scopes_meet(one.scopes, other.scopes):
        told = f"the one is told of with {_listed(sorted(one.scopes))}, the other with {_listed(sorted(other.scopes))}"
        grounds.append(Ground("place", "against", told))
        return not (one.country and one.country == other.country)
    return False


def _other_life(one: Identity, other: Identity, grounds: list[Ground]) -> bool:
    if not one.field or not other.field or one.field == other.field:
        return False
    said = [next((h.office.title for h in x.held if h.office.field == x.field), x.field) for x in (one, other)]
    grounds.append(Ground("walk of life", "against", f"the one is {said[0]}, the other {said[1]}"))
    return True


def _other_country(one: Identity, other: Identity, grounds: list[Ground], shared: bool) -> bool:
    if not one.country or not other.country or one.country == other.country:
        return False
    grounds.append(Ground("country", "against", f"the one is of {one.country}, the other of {other.country}"))
    return not shared


def _years_apart(one: Identity, other: Identity) -> int | None:
    if not one.first or not other.first:
        return None
    gap = max(int(one.first[:4]) - int(other.last[:4]), int(other.first[:4]) - int(one.last[:4]))
    return max(0, gap)


# --- offices


def _offices(one: Identity, other: Identity) -> Pair | None:
    for a, b in _office_pairs(one, other):
        met = _same_office(one, other, a, b)
        if met and (_days(a, b) or 0) <= _TERM:
            when = Ground("time", "for", f"both are told of within {_TERM} days")
            return _pair(one, other, "same", 70, [Ground("office", "for", met), when])
        if met:
            when = Ground("time", "open", "the office may have changed hands between the reports")
            return _pair(one, other, "unsure", 20, [Ground("office", "for", met), when])
    return None


def _holder(office: Identity, person: Identity) -> Pair | None:
    """Whether a person is the holder of an office at the time it is told of."""
    for a, b in _office_pairs(office, person):
        met = _same_office(office, person, a, b)
        if not met or b.office.former:
            continue
        days = _days(a, b)
        if days is None or days > _TERM:
            why = "the office may have changed hands between the reports"
            return _pair(office, person, "unsure", 20, [Ground("office", "for", met), Ground("time", "open", why)])
        when = Ground("time", "for", f"“{person.name}” is called so within {_TERM} days")
        return _pair(office, person, "part", 70, [Ground("office", "for", met), when])
    return None


def _same_office(one: Identity, other: Identity, a: Held, b: Held) -> str:
    """Why two are called by one office, "" where they are not; an office many hold is nobody's."""
    if not a.office.level or not b.office.level or a.office.title != b.office.title or a.office.title in _MANY_HOLD:
        return ""
    if a.office.title.split()[-1] in _MANY_HOLD - {"minister", "secretary", "general", "representative"}:
        return ""
    where = scopes_meet(a.office.scope, b.office.scope)
    home = bool(one.country and one.country == other.country)
    if where is False or (where is None and not (home and a.office.level == 2)):
        return ""
    if one.country and other.country and not home:
        return ""
    of = f" of {_listed(sorted(a.office.scope or b.office.scope))}" if a.office.scope or b.office.scope else ""
    return f"both are the {a.office.title}{of}"


def _days(a: Held, b: Held) -> int | None:
    """Days between two spans of time; 0 where they overlap, None where one is undated."""
    if not a.first or not b.first:
        return None
    rows = [[dt.date.fromisoformat(day) for day in (h.first, h.last)] for h in (a, b)]
    return max(0, (rows[1][0] - rows[0][1]).days, (rows[0][0] - rows[1][1]).days)


# --- bodies and places


def _bodies(one: Identity, other: Identity) -> Pair | None:
    match = match_names(one.name, other.name, person=False)
    listed = match is not None and match.ground == "listed"
    match = match or _by_other_name(one, other)
    if match is None:
        return None
    grounds = [Ground("name", "for", match.why)]
    if one.country and other.country and one.country != other.country and not listed:
        grounds.append(Ground("country", "against", f"the one is of {one.country}, the other of {other.country}"))
        return _pair(one, other, "apart", 90, grounds)
    place = bool(one.country and one.country == other.country)
    if place:
        grounds.append(Ground("country", "for", f"both are of {one.country}"))
    company = sorted(one.around & other.around)
    if company:
        grounds.append(Ground("company", "for", f"both stand beside {_listed(company)}"))
    home = _named_after(one, other)
    if home and match.ground not in ("equal", "spelling"):
        grounds.append(Ground("place", "for", f"the name says {home.title()}, where the other is told of"))
    return _body_verdict(one, other, match, grounds, bool(place or company or home))


def _named_after(one: Identity, other: Identity) -> str:
    """A word of one's name that stands beside the other."""
    words = alias_words()
    for mine, theirs in ((one, other), (other, one)):
        for word in mine.words:
            if (
                len(word) > 3
                and word not in words.generic | words.everywhere | words.apart
                and any(same_root(word, near) for near in theirs.around)
            ):
                return word
    return ""


def _body_verdict(one: Identity, other: Identity, match: NameMatch, grounds: list[Ground], some: bool) -> Pair:
    short, long = sorted((one, other), key=lambda x: (len(x.words), x.id))
    if one.kind != other.kind and match.ground not in ("equal", "listed"):
        return _pair(
            one, other, "unsure", 20, [*grounds, Ground("kind", "open", "the one is a place, the other a body")]
        )
    if match.ground in ("equal", "spelling", "listed"):
        written = sorted(one.words) == sorted(other.words)
        if match.ground == "listed" or some or (written and not _everywhere(one)):
            return _pair(one, other, "same", 95 if some else 85, grounds)
        why = "many states have a body of this name" if written else "nothing else is told of both"
        return _pair(one, other, "unsure", 35, [*grounds, Ground("name", "open", why)])
    if match.ground == "initials":
        return _pair(short, long, "part" if some else "unsure", 70, grounds)
    if match.ground == "part" and not _everywhere(short) and not _people_of(short, long):
        return _pair(short, long, "part", 70 if some else 60, grounds)
    return _pair(one, other, "unsure", 30, [*grounds, Ground("name", "open", "the longer name may be another body's")])


def _people_of(short: Identity, long: Identity) -> bool:
    """Whether the one may be a people and the other its government or its army: "Tigrayan", "Tigrayan forces"."""
    extra = set(long.words) - set(short.words)
    return len(short.words) == 1 and extra <= _OF_STATES and folded(short.name) not in alias_words().listed


_OF_STATES = frozenset(("government", "regime", "force", "authoritie", "authorities", "military", "state", "republic"))
"""What is of a people or a state, in the singular as far as `bag_of` knows it."""


def _by_other_name(one: Identity, other: Identity) -> NameMatch | None:
    """Another full name or an abbreviation a report gives; never an abbreviation against another full name."""
    whole = [bool(len(x.words) > 1) for x in (one, other)]
    for left in (one.name, *one.names):
        for right in (other.name, *other.names):
            short = len(bag_of(bare(left, False))) == 1 or len(bag_of(bare(right, False))) == 1
            if (short and (all(whole) or not _abbreviated(left))) or _dull(left) or _dull(right):
                continue
            if folded(left) == folded(right) or (match_names(left, right, person=False) is not None and not short):
                why = f"a report calls “{one.name if left != one.name else other.name}” also “{right}”"
                return NameMatch("initials" if short else "listed", 0.9, why)
    return None


def _abbreviated(name: str) -> bool:
    return sum(letter.isupper() for letter in name) > 1


def _everywhere(one: Identity) -> bool:
    """Whether a body's name is of words that bodies of many states bear."""
    return _dull(one.name) and folded(one.name) not in alias_words().listed


def _dull(name: str) -> bool:
    words = alias_words()
    dull = words.generic | words.everywhere | words.apart
    return all(word in dull for word in bag_of(bare(name, False))) or folded(name) in words.listed
