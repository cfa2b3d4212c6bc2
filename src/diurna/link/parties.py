"""Do two parties of one report stand for the same side? Answers name their ground."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from diurna.link.matters import lexicon, stem
from diurna.model.record import Actor, Event, Party, Reading, RelationKind, Speaker, TestResult
from diurna.model.span import Span

BINDING: frozenset[RelationKind] = frozenset({"member_of", "leads", "speaks_for", "part_of", "controls"})
"""Relations by which one party's word can bind another."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_PRONOUNS = frozenset(
    ("he", "she", "they", "it", "we", "i", "who", "which", "that", "this", "them", "him", "her", "you")
)
_NAMED = ("person", "organisation", "state", "place", "outlet")
_PLAIN = re.compile(r"\b[a-z]{3,24}\b")
_ROLE_END = re.compile(r"\s(?:of|for|to|in|at|from|with|who|that)\s|,")
_GATHERING_REACH = 120
"""Characters after a trigger in which the gathering is named ("poured into the square for a rally")."""

_HEAD_WORDS = 8
"""Words of a party's text looked at: the phrase's head and its near modifiers."""


@dataclass(frozen=True, slots=True)
class Side:
    """One party as a comparison sees it.

    Attributes:
        actor: id within the report, or None.
        text: as it stands; start: its first character in the report, -1 where it is not written.
        names: words of its proper names; kinds: kinds of party its words tell ("armed groups").
        name: the actor's name, where it is known; roles: nouns it is described by ("deputy"), by their stems.
    """

    actor: str | None
    text: str
    start: int
    names: frozenset[str]
    kinds: frozenset[str]
    country: str | None
    sector: str | None
    named: bool
    anonymous: bool = False
    state: bool = False
    name: str = ""
    roles: frozenset[str] = frozenset()
    person: bool = False

    @property
    def label(self) -> str:
        """How a sentence names the party: as it stands, or by its name where a pronoun stands."""
        return self.name if self.name and self.text.lower() in _PRONOUNS else self.text


@dataclass(frozen=True, slots=True)
class Kinship:
    """Whether two sides speak for one another, and the ground in one sentence."""

    result: TestResult
    why: str
    close: bool = False


@dataclass(slots=True)
class Parties:
    """Everybody one report speaks of, and the ties it states between them.

    Build it once a reading with `parties_of`.
    """

    actors: dict[str, Actor]
    ties: dict[tuple[str, str], str] = field(default_factory=dict)
    gatherings: tuple[tuple[str, tuple[Side, ...]], ...] = ()
    plain: frozenset[str] = frozenset()

    def of_speaker(self, speaker: Speaker) -> Side:
        """The side a statement's speaker stands for."""
        return self._side(speaker.actor, speaker.text, speaker.span, anonymous=speaker.kind == "anonymous")

    def of_party(self, party: Party) -> Side:
        """The side of an event's actor or recipient, or of an addressee."""
        side = self._side(party.actor, party.text, party.span)
        if side.country or not party.country:
            return side
        return Side(
            side.actor, side.text, side.start, side.names, side.kinds, party.country, side.sector or party.sector,
            side.named, side.anonymous, side.state, side.name, side.roles, side.person,
        )  # fmt: skip

    def of_actor(self, actor_id: str, span: Span | None = None) -> Side:
        """The side of a known actor."""
        return self._side(actor_id, self.actors[actor_id].name, span)

    def _side(self, actor_id: str | None, text: str, span: Span | None, *, anonymous: bool = False) -> Side:
        known = self.actors.get(actor_id or "")
        own = [text, *((known.name, *known.aliases) if known else ())]
        described = [*own, *(known.roles if known else ())]
        return Side(
            actor=actor_id if known else None,
            text=text or (known.name if known else ""),
            start=span.start if span else -1,
            names=frozenset(name for one in own for name in self._proper_names(one)),
            kinds=frozenset().union(*map(kinds_told, described), _sector_kind(known.sector if known else None)),
            country=known.country if known else None,
            sector=known.sector if known else None,
            named=bool(known and known.kind in _NAMED),
            anonymous=anonymous,
            state=bool(known and known.kind in ("state", "place")),
            name=known.name if known else "",
            person=bool(known and known.kind == "person"),
            roles=_role_nouns([text, *(known.roles if known else ())]),
        )

    def _proper_names(self, text: str) -> list[str]:
        """Stems of the capitalised words of `text`, but for those the report also writes small."""
        words = _WORD.findall(text)[:_HEAD_WORDS]
        return [
            stem(word.lower())
            for number, word in enumerate(words)
            if word[0].isupper()
            and len(word) > 1
            and word not in lexicon().titles
            and (number > 0 or word.lower() not in self.plain)
        ]

    def kin(self, one: Side, other: Side) -> Kinship:
        """Whether the word of `one` can be held against `other`."""
        if one.actor and one.actor == other.actor:
            return Kinship("pass", f"both are {_name(self.actors[one.actor].name)}", close=True)
        tie = self._tie(one, other)
        if tie:
            return Kinship("pass", tie, close=True)
        return self._at_gathering(one, other) or self._one_of(one, other) or self._by_kind(one, other)

    def _tie(self, one: Side, other: Side) -> str | None:
        if one.actor and other.actor:
            for pair in ((one.actor, other.actor), (other.actor, one.actor)):
                if pair in self.ties:
                    return self.ties[pair]
        for inner, outer in ((one, other), (other, one)):
            if _speaks_of(inner, outer):
                return f"{_name(inner.label)} is named after {_name(outer.label)}"
        if one.country and one.country == other.country and _one_government(one, other):
            return f"{_name(one.label)} and {_name(other.label)} both speak for the same government"
        return None

    def _at_gathering(self, one: Side, other: Side) -> Kinship | None:
        """Whether one of the two speaks at a gathering of the other's side ("speakers at the rally")."""
        for here, there in ((one, other), (other, one)):
            for trigger, crowd in self.gatherings:
                if here.named or not _mentions(here.text, trigger):
                    continue
                for member in crowd:
                    found = self._tie(member, there) or _like(member, there)
                    if found or (member.actor and member.actor == there.actor):
                        ground = found or f"both are {_name(member.label)}"
                        return Kinship(
                            "pass", f"{_name(here.label)} spoke at the {trigger} of {_name(member.label)}, and {ground}"
                        )
        return None

    def _one_of(self, one: Side, other: Side) -> Kinship | None:
        """Whether one of the two is one of those the other's group is made of ("a deputy": "the deputies of ...")."""
        for person, group in ((one, other), (other, one)):
            if not person.roles or group.named or person.text.lower() == group.text.lower():
                continue
            shared = person.roles & group.roles
            if shared and not _distinct_names(person, group):
                why = f"{_name(person.label)} is described as one of those the report calls {_name(group.label)}"
                return Kinship("pass", why)
        return None

    def _by_kind(self, one: Side, other: Side) -> Kinship:
        like = _like(one, other)
        if like:
            return Kinship("pass", like)
        if one.text and one.text.lower() == other.text.lower() and not _vague(one):
            return Kinship("pass", f"both are called {_name(one.label)}, with no name that sets them apart")
        if not one.text or not other.text or _vague(one) or _vague(other):
            return Kinship("unknown", "the report does not say who one of the two is")
        if one.anonymous or other.anonymous:
            return Kinship("unknown", "one of the two is not named in the report")
        apart = f"{_name(one.label)} and {_name(other.label)}"
        if _distinct(one, other):
            return Kinship("fail", f"{apart} are different parties")
        return Kinship("unknown", f"the report does not say how {apart} stand to each other")


def parties_of(reading: Reading) -> Parties:
    """The parties of one report with the ties its relations state."""
    actors = {actor.id: actor for actor in reading.actors}
    parties = Parties(actors, plain=frozenset(_PLAIN.findall(reading.report.text)))
    for relation in reading.relations:
        if relation.kind in BINDING and relation.polarity == "positive" and relation.attributed_to is None:
            source, target = actors.get(relation.source), actors.get(relation.target)
            if source and target:
                words = _RELATION_WORDS[relation.kind]
                parties.ties[(source.id, target.id)] = (
                    f"the report says {_name(source.name)} {words} {_name(target.name)}"
                )
    for statement in reading.statements:
        speaker = statement.speaker
        if speaker.actor in actors and speaker.on_behalf_of in actors and speaker.actor and speaker.on_behalf_of:
            pair = (speaker.actor, speaker.on_behalf_of)
            names = [_name(actors[a].name) for a in pair]
            parties.ties.setdefault(pair, f"{names[0]} speaks for {names[1]}")
    parties.gatherings = tuple(_gatherings(reading, parties))
    return parties


_RELATION_WORDS: dict[RelationKind, str] = {
    "member_of": "belongs to",
    "leads": "leads",
    "speaks_for": "speaks for",
    "part_of": "is part of",
    "controls": "controls",
}


def _gatherings(reading: Reading, parties: Parties) -> list[tuple[str, tuple[Side, ...]]]:
    text = reading.report.text
    found = []
    for event in reading.events:
        if event.type in ("PROTEST", "CONSULT", "MOBILIZE") and event.realis == "actual" and event.actors:
            crowd = tuple(parties.of_party(actor) for actor in event.actors)
            found += [(noun, crowd) for noun in _gathering_nouns(event, text)]
    return found


def _gathering_nouns(event: Event, text: str) -> list[str]:
    """Nouns for the gathering in the sentence of its trigger."""
    start = min(event.evidence.span.start, event.trigger.start)
    words = re.split(r"[.!?\n]", text[start : event.trigger.end + _GATHERING_REACH])[0]
    return sorted({w.lower() for w in _WORD.findall(words)} & lexicon().gatherings)


def _mentions(text: str, noun: str) -> bool:
    return noun in (w.lower() for w in _WORD.findall(text))


def _role_nouns(texts: list[str]) -> frozenset[str]:
    """Stems of the nouns that describe a party: the last word before "of", "for" or a comma."""
    found = set()
    for text in texts:
        words = _WORD.findall(_ROLE_END.split(text, maxsplit=1)[0])
        if words and len(words[-1]) > 4:
            found.add(stem(words[-1].lower()))
    return frozenset(found) - lexicon().anybody


def _sector_kind(sector: str | None) -> frozenset[str]:
    kind = lexicon().sector_kinds.get(sector or "")
    return frozenset({kind}) if kind else frozenset()


@lru_cache(maxsize=4_096)
def kinds_told(text: str) -> frozenset[str]:
    """The kinds of party the first words of `text` tell: "gunmen", "prime minister"."""
    stems = [stem(word.lower()) for word in _WORD.findall(text)[:_HEAD_WORDS]]
    phrases = (*stems, *(f"{a} {b}" for a, b in pairwise(stems)))
    known = lexicon().party_kinds
    return frozenset(known[phrase] for phrase in phrases if phrase in known)


def _speaks_of(inner: Side, outer: Side) -> bool:
    """Whether `inner` is described by the name of `outer`: "leaders of the Harrow Front", "the Front's deputies"."""
    if not outer.names or outer.state or inner.actor == outer.actor or not outer.named:
        return False
    shared = inner.names & outer.names
    return bool(shared) and (len(shared) == len(outer.names) or len(shared) >= 2)


def _governs(side: Side) -> bool:
    executive = side.state or side.sector in ("GOV", "MIL", "SPY") or "the government" in side.kinds
    return executive and side.sector not in ("LEG", "JUD")


def _one_government(one: Side, other: Side) -> bool:
    """Whether both are of the executive; two people of one government may well be opponents."""
    return _governs(one) and _governs(other) and not (one.person and other.person)


def _like(one: Side, other: Side) -> str | None:
    """The ground on which two parties of one kind may be one side, where neither bears another's name."""
    shared = one.kinds & other.kinds
    if not shared or _distinct_names(one, other) or (one.country and other.country and one.country != other.country):
        return None
    kind = sorted(shared)[0]
    if kind in ("the government", "parliament", "the court") and not (one.country and one.country == other.country):
        return None
    if one.named and other.named:
        return None
    return f"{_name(one.label)} and {_name(other.label)} are both reported as {kind}, with no name that sets them apart"


def _distinct_names(one: Side, other: Side) -> bool:
    return bool(one.names and other.names and not one.names & other.names)


def _distinct(one: Side, other: Side) -> bool:
    if one.country and other.country and one.country != other.country:
        return True
    if one.named and other.named:
        return True
    return _distinct_names(one, other) or bool(one.kinds and other.kinds and not one.kinds & other.kinds)


def _vague(side: Side) -> bool:
    return side.actor is None and side.text.lower() in _PRONOUNS


def _name(text: str) -> str:
    short = " ".join(text.split())
    return f"“{short if len(short) <= 60 else short[:57] + '…'}”"
