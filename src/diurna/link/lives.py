"""The lives of commitments: opened by one report, moved by later ones, with the state on any day.

Moves are found by the same tests as gaps (`sameness`, `acts`), so that what cannot be told moves nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from diurna.link.across import _keeps
from diurna.link.acts import EXISTS, STATE, Act, act_of, relation
from diurna.link.commitments import criteria_of
from diurna.link.matching import short
from diurna.link.matters import stem
from diurna.link.partynames import CanonicalId, Party, normalised_name
from diurna.link.sameness import one_party, same_doer, same_thing
from diurna.link.tellings import Telling, tellings_of
from diurna.link.tellingwords import telling_words
from diurna.link.wording import wording
from diurna.model.commitment_life import CommitmentState, CommitmentStateName, Move, MoveKind
from diurna.model.record import CommitmentKind, Reading

_OPENING = ("promise", "agreement", "demand", "threat")
_AND_TO = re.compile(r",?\s+and\s+to\s+")
_NUMBER = re.compile(
    r"\b(\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|forty|fifty|sixty|hundred)\b\s+(?:\w+\s+)?(?=\w)"
)
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
          "twelve": 12, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}  # fmt: skip
_ALL = re.compile(r"\b(?:all|every|each|whole|entire)\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|no more than|just)\s+\d", re.IGNORECASE)
_REACH = 550
"""Days after which a telling moves a commitment no more."""


@dataclass(frozen=True, slots=True)
class Life:
    """One commitment with all that moved it, the oldest first."""

    opening: Telling
    kind: CommitmentKind
    criteria: tuple[str, ...]
    moves: tuple[Move, ...]

    def on(self, day: dt.date) -> CommitmentState:
        """The state on the evening of `day`, from what was published up to it."""
        moves = [m for m in self.moves if m.on <= day.isoformat()]
        parts: dict[int, CommitmentStateName] = dict.fromkeys(range(len(self.criteria)), "open")
        for move in moves:
            if move.criterion is not None:
                parts[move.criterion] = move.to
        return CommitmentState(
            commitment=self.opening.id,
            kind=self.kind,
            act=self.opening.place.quote,
            on=day.isoformat(),
            state=_state(self, moves, day),
            due=self.opening.due_day.isoformat() if self.opening.due_day else None,
            criteria=tuple((text, parts[number]) for number, text in enumerate(self.criteria)),
            moves=tuple(moves),
        )


def lives_of(readings: Iterable[Reading], *, who: CanonicalId = normalised_name) -> tuple[Life, ...]:
    """The life of every commitment the readings open, in the order they were made.

    Args:
        who: the canonical id of an actor of a report; by default its normalised name.
    """
    tellings = sorted(
        (t for reading in readings for t in tellings_of(reading, who) if t.day is not None),
        key=lambda t: (t.day or dt.date.min, t.place.report, t.place.span),
    )
    openings = [t for n, t in enumerate(tellings) if _opens(t) and not _within(t, tellings[:n])]
    by_thing: dict[str, list[int]] = {}
    for number, one in enumerate(tellings):
        for key in {*one.act.things, "=" + one.act.verb, *(w[:4] for name in one.names for w in name)}:
            by_thing.setdefault(key, []).append(number)
    return tuple(_life(one, [tellings[n] for n in _near(one, by_thing)]) for one in openings)


def due_between(lives: Iterable[Life], first: dt.date, last: dt.date) -> tuple[CommitmentState, ...]:
    """States on `last` of commitments that fall due in these days and are not yet kept, the next due first."""
    found = [life.on(last) for life in lives if life.opening.due_day and first <= life.opening.due_day <= last]
    waiting = [state for state in found if state.state in ("open", "progressing", "overdue", "refused", "contested")]
    return tuple(sorted(waiting, key=lambda state: (state.due or "", state.commitment)))


def _opens(one: Telling) -> bool:
    return one.force in _OPENING and bool(one.act.verb) and one.act.verb != EXISTS


def _within(one: Telling, before: Sequence[Telling]) -> bool:
    """Whether the same words opened a commitment already (the second half of one clause)."""
    return any(
        o.place.report == one.place.report and _opens(o) and o.place.span.contains(one.place.span) for o in before
    )


def _near(one: Telling, rows: dict[str, list[int]]) -> list[int]:
    keys = {*one.act.things, "=" + one.act.verb, *(t.key for t in one.words.terms if t.kind in ("thing", "word"))}
    keys |= {w[:4] for name in one.names for w in name}
    return sorted({n for key in keys for n in rows.get(key, ())})


def _life(opening: Telling, tellings: Sequence[Telling]) -> Life:
    start = opening.day or dt.date.min
    criteria = _criteria(opening)
    opened = Move(start.isoformat(), "opened", "open", f"opened by {short(opening.place.quote)}", opening.place)
    moves, seen = [opened], set()
    due = opening.due_day
    rows = [t for t in tellings if t.place.report != opening.place.report and t.day and t.day >= start]
    for one in rows:
        if one.day and (one.day - start).days <= _REACH and (due is None or one.day <= due or True):
            for move in _moves(opening, one, criteria):
                if (move.on, move.kind, move.criterion) not in seen:
                    seen.add((move.on, move.kind, move.criterion))
                    moves.append(move)
    if due is not None:
        after = due + dt.timedelta(days=1)
        moves.append(Move(after.isoformat(), "due passed", "overdue", f"the day named, {due.isoformat()}, passed"))
    kind: CommitmentKind = opening.force if opening.force in _OPENING else "promise"  # type: ignore[assignment]
    moves.sort(key=lambda m: (m.on, _ORDER.index(m.kind)))
    return Life(opening, kind, criteria, tuple(moves))


_ORDER: tuple[MoveKind, ...] = (
    "opened", "due passed", "step", "part", "kept", "not done", "broken", "refused", "withdrawn", "denied",
)  # fmt: skip


def _criteria(opening: Telling) -> tuple[str, ...]:
    """The separate things promised: those a list names, or two deeds joined by "and to"."""
    quote = " ".join(opening.words.text.split()).strip(' .,”"“')
    two = _AND_TO.split(quote)
    if len(two) == 2:
        return tuple(part.removeprefix("to ") for part in two)
    found = criteria_of(quote if quote.startswith("to ") else f"to {quote}")
    return found if len(found) > 1 else ()


def _moves(opening: Telling, one: Telling, criteria: tuple[str, ...]) -> Iterator[Move]:
    """What one later telling does to a commitment."""
    assert one.day is not None
    if _withdraws(opening, one):
        yield _move(one, "withdrawn", "withdrawn", f"taken back: {short(one.place.quote)}")
        return
    if criteria and one.real == "actual" and one.force in ("tell", "assert", "admit"):
        found = list(_criterion_moves(opening, one, criteria))
        if found:
            yield from found
            return
    how = relation(opening.act, one.act)
    if how == "none":
        return
    thing = same_thing(opening, one)
    doer = same_doer(opening, one, thing)
    if thing.test.result == "fail" or (thing.test.result == "unknown" and not _close(opening, one)):
        return
    if one.force in ("refusal", "promise") and one.own:
        if how == "opposite" and _by_bound(opening, one) and one.condition is None:
            yield _move(one, "refused", "refused", f"refused: {short(one.place.quote)}")
        return
    if one.force == "deny":
        if opening.force != "threat":
            yield _move(
                one,
                "denied",
                "contested",
                f"denied by {short(one.teller.text if one.teller else '')}: {short(one.place.quote)}",
            )
        return
    if one.real != "actual" or one.force not in ("tell", "assert", "admit") or doer.result == "fail":
        return
    step = telling_words().beginning.search(one.place.quote) is not None
    if doer.result != "pass" and not (step and thing.names):
        return
    if how == "same":
        yield _done(opening, one)
    else:
        yield _undone(opening, one)


def _move(one: Telling, kind: MoveKind, to: CommitmentStateName, why: str, criterion: int | None = None) -> Move:
    return Move((one.day or dt.date.min).isoformat(), kind, to, why, one.place, criterion)


def _close(opening: Telling, one: Telling) -> bool:
    """Whether a short telling has the verb and the thing of the commitment, and names nothing else."""
    return opening.act.verb == one.act.verb and bool(opening.act.object & one.act.object)


def _by_bound(opening: Telling, one: Telling) -> bool:
    bound = (
        opening.target
        if opening.force == "demand" and opening.target.names
        else opening.doer.with_names(opening.teller or opening.doer)
    )
    speaker = one.doer.with_names(one.teller) if one.teller else one.doer
    if one_party(bound, speaker):
        return True
    return not bound.names and bool(bound.kinds & speaker.kinds or not bound.text)


def _withdraws(opening: Telling, one: Telling) -> bool:
    """Whether the maker takes this word back by name ("withdrew its pledge to ...")."""
    if one.force != "withdraw":
        return False
    maker = (opening.teller or opening.doer).with_names(opening.doer if opening.force != "demand" else Party(""))
    speaker = one.doer.with_names(one.teller) if one.teller else one.doer
    same = relation(replace(opening.act, denied=False), replace(one.act, denied=False)) != "none"
    return same and one_party(maker, speaker) is not None


def _done(opening: Telling, one: Telling) -> Move:
    quote = one.place.quote
    words = telling_words()
    if words.beginning.search(quote) and not words.finishing.search(quote):
        return _move(one, "step", "progressing", f"a step: {short(quote)}")
    asked, given = _number(opening.words.text), _number(one.words.text)
    finishing = words.finishing.search(quote) is not None
    whole = asked is None and _ALL.search(opening.place.quote) is not None
    if _ONLY.search(quote):
        return _move(one, "not done", "open", f"no more than this: {short(quote)}")
    if not finishing and given is not None and (whole or (asked is not None and given < asked)):
        return _move(one, "part", "progressing", f"a part of it: {short(quote)}")
    return _move(one, "kept", "kept", f"done: {short(quote)}")


def _undone(opening: Telling, one: Telling) -> Move:
    negative = one.act.denied or one.act.verb == STATE
    if negative and not opening.act.denied and not _keeps(opening):
        return _move(one, "not done", "open", f"not done: {short(one.place.quote)}")
    return _move(one, "broken", "broken", f"done the other way: {short(one.place.quote)}")


def _number(text: str) -> int | None:
    found = _NUMBER.search(text)
    if not found:
        return None
    word = found[1].lower().replace(",", "")
    return _WORDS.get(word) or (int(word) if word.isdigit() else None)


def _criterion_moves(opening: Telling, one: Telling, criteria: tuple[str, ...]) -> Iterator[Move]:
    """What a telling does to single criteria: those it names by a word no other criterion has."""
    acts = [_criterion_act(text) for text in criteria]
    keys = [_tokens(text) for text in criteria]
    told = _tokens(one.words.text)
    doer = same_doer(opening, one, same_thing(opening, one))
    for number, (text, act) in enumerate(zip(criteria, acts, strict=True)):
        others = frozenset().union(*(k for n, k in enumerate(keys) if n != number))
        own = keys[number] - others
        if not own & told or (doer.result == "fail" and not _of_itself(own, one)):
            continue
        if one.act.denied and not act.denied:
            yield _move(one, "not done", "open", f"not done: “{text}”: {short(one.place.quote)}", number)
        elif not one.act.denied:
            how = relation(act, one.act)
            if how != "opposite":
                yield _move(one, "kept", "kept", f"done: “{text}”: {short(one.place.quote)}", number)


def _of_itself(own: frozenset[str], one: Telling) -> bool:
    """Whether the criterion's thing is the telling's own subject ("no school has a nurse")."""
    return not one.doer.names or bool(own & _tokens(one.doer.text))


def _tokens(text: str) -> frozenset[str]:
    """Stems of the words of a text, but for the smallest."""
    return frozenset(stem(w) for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in _SMALL)


_SMALL = frozenset(
    ("with", "that", "this", "from", "have", "been", "will", "every", "their", "them", "they", "none", "into")
)


def _criterion_act(text: str) -> Act:
    return act_of(wording(text), 0)


def _state(life: Life, moves: Sequence[Move], day: dt.date) -> CommitmentStateName:
    """The state after these moves; each is looked at in its turn."""
    state: CommitmentStateName = "open"
    parts: dict[int, bool] = {}
    some = False
    due = life.opening.due_day
    over = False
    for move in moves:
        if move.kind == "due passed":
            over = True
        if move.criterion is not None:
            parts[move.criterion] = move.kind == "kept"
            state = _by_parts(life, parts, state, over=over or due is None)
            continue
        state, some = _after(state, move, some=some, over=over or (due is None and move.kind == "not done"))
    del day
    return state


def _by_parts(life: Life, parts: dict[int, bool], state: CommitmentStateName, *, over: bool) -> CommitmentStateName:
    kept = sum(parts.values())
    if kept == len(life.criteria):
        return "kept"
    if (kept and (len(parts) == len(life.criteria) or False)) or (kept and over and kept < len(parts)):
        return "partly kept"
    return "progressing" if kept else state


def _after(state: CommitmentStateName, move: Move, *, some: bool, over: bool) -> tuple[CommitmentStateName, bool]:
    if move.kind == "due passed":
        if state == "progressing":
            return ("overdue" if not some else "partly kept"), some
        return ("overdue" if state == "open" else state), some
    if move.kind == "not done":
        if some and over:
            return "partly kept", some
        return state, some
    if move.kind in ("step", "part"):
        settled = state in ("kept", "broken", "withdrawn")
        return (state if settled else "progressing"), some or move.kind == "part"
    if move.kind == "denied":
        return ("contested" if state in ("kept", "broken", "partly kept") else state), some
    return move.to, some
