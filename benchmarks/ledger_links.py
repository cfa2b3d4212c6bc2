"""Links for a large ledger of copies: those of a few copies, linked for real, re-dated and renamed as the copies are.

    python benchmarks/ledger_links.py UNIT BIG [--copies 0-251]

BIG is a ledger of what `ledger_corpus.py` makes, without links. UNIT is its first copies (3, 6, 9, ..., for one name in
three copies stays), linked by `diurna link`. Report r in copy k of BIG gets what report r in copy k modulo UNIT's
copies got: its story, gaps between reports, commitments and their moves, sightings of actors. Every quote is cut anew
from the text of BIG and must stand there; ids are the hashes linking would give. Identities are made by linking's own
code of all sightings, those of one name in all copies together, and put into groups anew; pairs are UNIT's, renamed.

What it is not: nothing is held against anything of another batch of copies, so there are no gaps, stories or pairs
across batches. Gaps and moves between copy 0, where every name stays, and another are left out of later batches.
Shelves, blocks and counts of words, which only further linking reads, are not written.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ledger_corpus import mask_of, moved_by
from sqlalchemy import Row, Select, func, select, update

from diurna.flow import resolving
from diurna.ledger import identities, keeping
from diurna.ledger import schema as t
from diurna.ledger.identities import KeptSighting
from diurna.ledger.linked import FoundGap, FoundLife, FoundMove, KeptStory, LinkBatch, StoryChanges, StoryMarks
from diurna.ledger.schema import TELLINGS
from diurna.ledger.shelving import story_of
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.link.identities import with_sightings
from diurna.link.offices import Office
from diurna.link.sightings import Sighting, identity_id, kept_around
from diurna.model.across import CrossGap, Exhibited
from diurna.model.canon import Story, StoryReport, story_id
from diurna.model.codec import decode
from diurna.model.commitment_life import CommitmentLife, Move
from diurna.model.identity import Pair
from diurna.model.report import content_hash

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COPY = re.compile(r"\?copy=(\d+)$")
_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")
_SMALL = re.compile(r"\b[a-z]{4,}\b")
_FOLDED = re.compile(r"“[a-z ]+”")

At = tuple[str, int]
"""A report of the corpus: its address, and the number of its copy."""


@dataclass(frozen=True, slots=True)
class Place:
    """A reading in a ledger."""

    seq: int
    report: str
    version: str
    title: str | None
    day: str
    text: str


class Readings:
    """The readings of a ledger by where they are in the corpus."""

    def __init__(self, ledger: Ledger) -> None:
        with ledger.snapshot() as connection:
            r = t.readings.c
            asked = select(r.seq, t.reports.c.id, r.facts).join(t.reports, t.reports.c.seq == r.report)
            rows = connection.execute(asked.where(r.replaced_at.is_(None)).order_by(r.seq))
            self.of = {_at(json.loads(facts).get("url"), report): seq for seq, report, facts in rows}
        self.at = {seq: at for at, seq in self.of.items()}

    def places(self, connection: Connection, seqs: Iterable[int]) -> dict[int, Place]:
        """These readings."""
        snapshot, found = Snapshot(connection, None), {}
        wanted = sorted(seqs)
        snapshot.ahead(wanted)
        for seq in wanted:
            facts, text = snapshot.facts_of(seq)
            found[seq] = Place(seq, facts.id, facts.version, facts.title, facts.day, text)
        return found


def _at(url: str | None, report: str) -> At:
    url = url or f"https://example.org/{report}"
    found = _COPY.search(url)
    return (url[: found.start()], int(found[1])) if found else (url, 0)


@dataclass(frozen=True)
class Twin:
    """A reading of the unit, and the one of the big ledger that is its re-dated, renamed like."""

    here: Place
    there: Place
    copy: int
    to: int

    @cached_property
    def words(self) -> dict[str, str]:
        """What the names of the one are in the other; they are as long, so they stand at the same characters."""
        if len(self.here.text) != len(self.there.text):
            raise SystemExit(f"{self.there.report} is no copy of {self.here.report}: its text is longer or shorter")
        pairs = ((one[0], self.there.text[one.start() : one.end()]) for one in _WORD.finditer(self.here.text))
        found = {one: other for one, other in pairs if one != other}
        return found | {one.lower(): other.lower() for one, other in found.items()}

    def said(self, text: str) -> str:
        """A sentence about the one as it is about the other."""
        return self.day(_WORD.sub(lambda one: self.words.get(one[0], one[0]), text))

    def folded(self, text: str) -> str:
        """The same of folded words."""
        return _SMALL.sub(lambda one: self.words.get(one[0], one[0]), text)

    def day(self, text: str) -> str:
        """ISO days as many days earlier as the other report is."""
        return moved_by(text, self.to - self.copy)

    def record(self, key: str) -> str:
        """The id of the same record."""
        return f"{key[:3]}{int(key[3:], 16) ^ mask_of(self.copy) ^ mask_of(self.to):020x}"

    def exhibit(self, one: Exhibited) -> Exhibited:
        """The same characters."""
        if one.record.startswith("cl-"):
            record = content_hash("cl", self.there.report, self.there.version, *one.span)
        else:
            record = self.record(one.record)
        quote = one.span.of(self.there.text)
        return Exhibited(self.there.report, self.there.version, self.day(one.day), record, one.span, quote)


@dataclass(slots=True)
class Unit:
    """What linking made of the unit."""

    readings: Readings
    places: dict[int, Place]
    cards: dict[int, bytes]
    gaps: list[tuple[int, int, CrossGap]]
    lives: list[tuple[int, int, CommitmentLife]]
    moves: list[tuple[str, int, int, Move]]
    stories: list[tuple[KeptStory, list[int]]]
    sightings: dict[int, list[tuple[str, Sighting]]]
    pairs: list[Pair]
    marks: StoryMarks

    @property
    def copies(self) -> int:
        """Of how many copies it is."""
        return 1 + max(copy for _, copy in self.readings.of)


def unit_of(ledger: Ledger) -> Unit:
    """Read the unit whole."""
    readings = Readings(ledger)
    with ledger.snapshot() as connection:
        g, c, m, s = t.cross_gaps.c, t.lives.c, t.moves.c, t.stories.c
        of = dict(_rows(connection, select(t.reports.c.id, t.readings.c.seq).join(t.readings)))
        kept = [KeptStory(seq, story_of(body), touched, state) for seq, body, touched, state in _rows(
            connection, select(s.seq, s.body, s.touched, s.state).order_by(s.seq))]  # fmt: skip
        return Unit(
            readings,
            readings.places(connection, readings.at),
            dict(_rows(connection, select(t.cards.c.reading, t.cards.c.body))),
            [(one, other, decode(CrossGap, json.loads(body)))
             for one, other, body in _rows(connection, select(g.one, g.other, g.body).order_by(g.seq))],
            [(seq, telling, decode(CommitmentLife, {**json.loads(body), "moves": ()}))
             for seq, telling, body in _rows(connection, select(c.reading, c.telling, c.body).order_by(c.seq))],
            [(life, opened, seq, decode(Move, json.loads(body))) for life, opened, seq, body in _rows(
                connection, select(c.id, c.reading, m.reading, m.body).join(t.lives).order_by(m.seq))],
            [(one, [of[member.id] for member in one.story.reports]) for one in kept],
            _sightings(connection),
            _pairs(connection),
            StoryMarks(kept[-1].number, max(one.touched for one in kept), len(of)),
        )  # fmt: skip


def _rows(connection: Connection, asked: Select[Any]) -> list[Row[Any]]:
    return list(connection.execute(asked).all())


def _sightings(connection: Connection) -> dict[int, list[tuple[str, Sighting]]]:
    s, found = t.sightings.c, defaultdict[int, list[tuple[str, Sighting]]](list)
    asked = select(s.reading, t.identities.c.id, s.body).join(t.identities, t.identities.c.seq == s.identity)
    for reading, identity, body in connection.execute(asked.order_by(s.actor)):
        found[reading].append((identity, resolving._unpacked(body)))
    return found


def _pairs(connection: Connection) -> list[Pair]:
    p, one, other = t.identity_pairs.c, t.identities.alias(), t.identities.alias()
    asked = select(one.c.id, other.c.id, p.verdict, p.strength, p.body)
    asked = asked.join(one, one.c.seq == p.one).join(other, other.c.seq == p.other)
    rows = connection.execute(asked.order_by(p.one, p.other))
    return [Pair(*row[:4], grounds=identities.grounds_of(row[4])) for row in rows]


# --- what stands between reports


class Copied:
    """One batch of copies: the unit's links as those of its likes."""

    def __init__(self, unit: Unit, twins: Mapping[int, Twin]) -> None:
        self.unit, self.twins = unit, twins
        self._known = {one.id for _, _, one in unit.lives}

    def batch(self, marks: StoryMarks) -> LinkBatch:
        """All of it but actors."""
        lives = list(self._lives())
        stories = list(self._stories(marks))
        after = StoryMarks(
            marks.last + self.unit.marks.last,
            marks.touch + self.unit.marks.touch,
            marks.reports + sum(len(one.story.reports) for one in stories),
        )
        return LinkBatch(
            cards={twin.there.seq: self.unit.cards[seq] for seq, twin in self.twins.items() if seq in self.unit.cards},
            stories=StoryChanges(stories, before=marks, after=after),
            gaps=list(self._gaps()), lives=lives, moves=list(self._moves()),
        )  # fmt: skip

    def _both(self, one: int, other: int) -> tuple[Twin, Twin] | None:
        """Both ends where both are there and the same names are one in both."""
        left, right = self.twins.get(one), self.twins.get(other)
        if left is None or right is None:
            return None
        apart = (left.copy == 0) != (right.copy == 0) and left.to != left.copy
        return None if apart else (left, right)

    def _gaps(self) -> Iterator[FoundGap]:
        for one, other, found in self.unit.gaps:
            ends = self._both(one, other)
            if ends is None:
                continue
            left, right = ends[0].exhibit(found.left), ends[1].exhibit(found.right)
            said = lambda text, ends=ends: ends[0].day(_renamed(text, ends))  # noqa: E731
            tests = tuple(replace(test, why=said(test.why)) for test in found.gap.tests)
            key = content_hash("gp", "across", found.gap.kind, left.record, right.record)
            gap = replace(
                found.gap, id=key, left=left.record, right=right.record, tests=tests, reason=said(found.gap.reason)
            )
            yield FoundGap(CrossGap(gap, left, right), ends[0].there.seq, ends[1].there.seq)

    def _lives(self) -> Iterator[FoundLife]:
        for seq, telling, one in self.unit.lives:
            twin = self.twins.get(seq)
            if twin is None:
                continue
            opened = twin.exhibit(one.opened)
            life = replace(
                one, id=self._life(one, twin), act=opened.quote, by=twin.said(one.by), to=_maybe(twin.said, one.to),
                condition=_maybe(twin.said, one.condition), criteria=tuple(map(twin.said, one.criteria)),
                due=_maybe(twin.day, one.due), opened=opened,
            )  # fmt: skip
            yield FoundLife(life, twin.there.seq, twin.there.seq * TELLINGS + telling % TELLINGS)

    def _life(self, one: CommitmentLife, twin: Twin) -> str:
        """The id linking gives: that of the report's commitment, or a hash of the place."""
        place = one.opened
        own = content_hash("cm", "life", place.report, place.version, *place.span, place.record)
        there = twin.exhibit(place)
        if one.id == own:
            return content_hash("cm", "life", there.report, there.version, *there.span, there.record)
        return twin.record(one.id)

    def _moves(self) -> Iterator[FoundMove]:
        by_id = {one.id: one for _, _, one in self.unit.lives}
        for life, opened, seq, one in self.unit.moves:
            ends = self._both(opened, seq)
            if ends is None:
                continue
            by = ends[1].exhibit(one.by) if one.by else None
            move = replace(one, on=ends[1].day(one.on), why=ends[1].day(_renamed(one.why, ends)), by=by)
            yield FoundMove(self._life(by_id[life], ends[0]), ends[1].there.seq, move)

    def _stories(self, marks: StoryMarks) -> Iterator[KeptStory]:
        for kept, members in self.unit.stories:
            twins = [self.twins.get(seq) for seq in members]
            if twins[0] is None:
                continue
            here = {twin.here.report: twin for twin in twins if twin}
            rows = [_member(one, here) for one in kept.story.reports if one.id in here]
            days = sorted(one.day for one in rows if one.day)
            founder = twins[0].there
            title = founder.title or " ".join(founder.text.split())[:120]
            story = Story(
                story_id(founder.report), title, tuple(rows), days[0] if days else "", days[-1] if days else ""
            )
            yield KeptStory(marks.last + kept.number, story, marks.touch + kept.touched, kept.state)


def _member(one: StoryReport, here: Mapping[str, Twin]) -> StoryReport:
    twin = here[one.id]
    source = here.get(one.copy_of or "")
    return replace(
        one, id=twin.there.report, day=twin.day(one.day), why=twin.said(one.why),
        copy_of=source.there.report if source else None,
    )  # fmt: skip


def _renamed(text: str, ends: tuple[Twin, Twin]) -> str:
    """A sentence about both; what is quoted in it folded is renamed folded."""
    words = {**ends[1].words, **ends[0].words}
    there = lambda one: words.get(one[0], one[0])  # noqa: E731 - said once
    return _FOLDED.sub(lambda said: _SMALL.sub(there, said[0]), _WORD.sub(there, text))


def _maybe(how: Any, text: str | None) -> str | None:
    return None if text is None else how(text)


# --- actors


@dataclass(slots=True)
class People:
    """The actors of one batch of copies: sightings, and the pairs their identities are in."""

    seen: list[KeptSighting] = field(default_factory=list)
    by_key: dict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))
    became: dict[str, dict[int, tuple[str, Twin]]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, connection: Connection, unit: Unit, twins: Mapping[int, Twin]) -> None:
        """Note the sightings of all likes."""
        rows = _actors(connection, [twin.there.seq for twin in twins.values()])
        for seq, twin in twins.items():
            for identity, one in unit.sightings.get(seq, ()):
                at = rows.get((twin.there.seq, twin.record(one.actor)))
                if at is None:
                    continue
                number, name, spelled = at
                made = _sighting(one, twin, spelled)
                key = made.key
                self.by_key[key].append(made)
                own = identity_id(key)
                self.became[identity][twin.copy] = own, twin
                body = resolving._packed(made)
                self.seen.append(KeptSighting(made.actor, number, twin.there.seq, name, body, own))

    def pairs(self, some: Iterable[Pair], known: set[tuple[str, str]]) -> Iterator[Pair]:
        """The pairs of identities in each copy that has both, else in the last of either; none that is known yet."""
        for pair in some:
            one, other = self.became.get(pair.one), self.became.get(pair.other)
            if not one or not other:
                continue
            both = [(copy, copy) for copy in sorted(one.keys() & other.keys())] or [(max(one), max(other))]
            for here, there in both:
                (left, twin), (right, also) = one[here], other[there]
                ends = (min(left, right), max(left, right))
                if left != right and ends not in known:
                    known.add(ends)
                    grounds = tuple(replace(each, why=_renamed(each.why, (twin, also))) for each in pair.grounds)
                    yield replace(pair, one=left, other=right, grounds=grounds)


def _actors(connection: Connection, readings: list[int]) -> dict[tuple[int, str], tuple[int, int, str]]:
    a, n, found = t.actors.c, t.names.c, dict[tuple[int, str], tuple[int, int, str]]()
    for start in range(0, len(readings), 500):
        asked = select(a.reading, a.id, a.seq, n.seq, n.name).join(t.names, n.seq == a.name)
        for row in connection.execute(asked.where(a.reading.in_(readings[start : start + 500]))):
            found[row[0], row[1]] = (row[2], row[3], row[4])
    return found


def _sighting(one: Sighting, twin: Twin, name: str) -> Sighting:
    offices = tuple(sorted(_office(each, twin) for each in one.offices))
    return Sighting(
        twin.record(one.actor), twin.there.report, twin.there.day, name, one.kind, one.country,
        tuple(sorted(map(twin.said, one.names))), offices, kept_around(map(twin.folded, one.around)),
    )  # fmt: skip


def _office(one: Office, twin: Twin) -> Office:
    return replace(one, title=twin.folded(one.title), scope=tuple(map(twin.folded, one.scope)))


# --- the whole


def fill(unit: Unit, big: Ledger, first: int, last: int) -> None:
    """Give copies `first` to `last` of the big ledger the unit's links, one transaction a batch of copies."""
    readings = Readings(big)
    with big.snapshot() as connection:
        known = {(min(pair.one, pair.other), max(pair.one, pair.other)) for pair in _pairs(connection)}
    for start in range(first, last + 1, unit.copies):
        began = time.perf_counter()
        with big.writing() as (connection, stamp):
            wanted = {
                seq: (there, copy, copy + start)
                for seq, (report, copy) in unit.readings.at.items()
                if copy + start <= last and (there := readings.of.get((report, copy + start)))
            }
            places = readings.places(connection, [there for there, _, _ in wanted.values()])
            twins = {seq: Twin(unit.places[seq], places[there], copy, to) for seq, (there, copy, to) in wanted.items()}
            keeping.keep(connection, big.dialect, Copied(unit, twins).batch(_marks(connection)), stamp.moment)
            _keep_people(connection, big, unit, twins, known, stamp.moment)
        print(f"copies {start} to {start + unit.copies - 1}: {len(twins)} reports, "
              f"{time.perf_counter() - began:.1f} s", flush=True)  # fmt: skip


def _keep_people(
    connection: Connection, big: Ledger, unit: Unit, twins: Mapping[int, Twin], known: set[tuple[str, str]], moment: str
) -> None:
    people = People()
    people.take(connection, unit, twins)
    bodies = identities.bodies(connection, map(identity_id, people.by_key))
    before = {key: resolving._identity(body) for key, body in bodies.items()}
    after = [with_sightings(before.get(identity_id(key)), some) for key, some in people.by_key.items()]
    identities.keep_identities(connection, big.dialect, [resolving._kept(one) for one in after])
    resolved = [twin.there.seq for seq, twin in twins.items() if seq in unit.cards]
    identities.keep_sightings(connection, big.dialect, resolved, people.seen)
    identities.keep_pairs(connection, big.dialect, (), list(people.pairs(unit.pairs, known)), moment)


def group(big: Ledger) -> None:
    """Put all identities into their groups."""
    with big.writing() as (connection, _):
        ids = list(connection.execute(select(t.identities.c.id).order_by(t.identities.c.seq)).scalars())
        connection.execute(update(t.identities).values(grp=t.identities.c.seq, chief=1))
        for start in range(0, len(ids), 5000):
            identities.regroup(connection, ids[start : start + 5000])


def _marks(connection: Connection) -> StoryMarks:
    s = t.stories.c
    last, touch = connection.execute(select(func.max(s.seq), func.max(s.touched))).one()
    reports = connection.execute(select(func.count()).select_from(t.story_reports)).scalar()
    return StoryMarks(last or 0, touch or 0, reports or 0)


def main() -> None:
    """Read the unit, write its likes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unit")
    parser.add_argument("big")
    parser.add_argument("--copies", default="0-100000", help="first and last copy of BIG that get links")
    parser.add_argument("--loose", action="store_true", help="leave identities out of their groups: more copies come")
    asked = parser.parse_args()
    first, last = map(int, asked.copies.split("-"))
    with Ledger(asked.unit) as ledger:
        unit = unit_of(ledger)
    if unit.copies % 3 or first % 3:
        raise SystemExit("a unit is of 3, 6, 9, ... copies, and the first copy is a multiple of 3")
    with Ledger(asked.big) as big:
        fill(unit, big, first, min(last, max(copy for _, copy in Readings(big).of)))
        if not asked.loose:
            group(big)


if __name__ == "__main__":
    main()
