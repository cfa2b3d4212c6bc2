"""Actors of one report as the resolver sees them: names, kind, country, offices, and who they are beside."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from diurna.link.matters import lexicon
from diurna.link.names import alias_words, bare, folded
from diurna.link.offices import Field, Office, office_of, offices_beside
from diurna.link.tellingwords import telling_words
from diurna.model.record import Actor, ActorKind, Reading
from diurna.model.report import content_hash
from diurna.model.span import Span

IdentityKind = Literal["person", "office", "body", "place", "description"]
"""What can be one across reports; a description ("protesters") is nobody in particular and is never joined."""

_KINDS: dict[ActorKind, IdentityKind] = {
    "person": "person", "office": "office", "organisation": "body", "group": "body", "outlet": "body",
    "unknown": "body", "state": "place", "place": "place",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = re.compile(r"(?<![.!?:\"“]\s)(?<!^)\b[A-Z][\w'’-]{2,}")
_WINDOW = 200
_MENTIONS = 6
"""Mentions of an actor whose neighbourhood is read."""
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9.&-]{1,9}")
AROUND = 24
"""Names beside an actor that are kept: those with the lowest checksums, so that any order keeps the same."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """An actor of one report.

    Attributes:
        actor, report: ids; day: ISO, "" where unknown.
        split: the actor's id where a person told it from others of its name.
        names: other full names and abbreviations the report uses.
        offices: what it is called; around: folded names in the sentences that name it.
    """

    actor: str
    report: str
    day: str
    name: str
    kind: IdentityKind
    country: str | None
    names: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    around: frozenset[str] = frozenset()
    split: str = ""

    @property
    def field(self) -> Field:
        """The walk of life the offices tell, the public one first."""
        told: set[Field] = {one.field for one in self.offices}
        order: tuple[Field, ...] = ("public", "sport", "art", "everyday")
        return next((one for one in order if one in told), "")

    @property
    def key(self) -> str:
        """What sightings have in common that are one identity from the start: name, kind, country, office's place."""
        words = " ".join(bare(self.name, self.kind == "person")) or folded(self.name) or self.name
        scope = min((one.scope for one in self.offices if one.level == 2 and one.scope), default=())
        time = self.day[:4] if self.kind == "office" else ""
        parts = (self.kind, words, self.country or "", self.field, " ".join(scope), time)
        return "|".join((*parts, self.split) if self.split else parts)


def identity_id(key: str) -> str:
    """The id of the identity with this key."""
    return content_hash("id", key)


def sightings_of(reading: Reading, day: str) -> tuple[Sighting, ...]:
    """The actors of a reading, as they are compared across reports."""
    seen = _Text(reading.report.text)
    return tuple(sighting(actor, reading.report.id, day, seen) for actor in reading.actors)


class _Text:
    """A text with the places where its sentences end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends = [match.start() for match in re.finditer(r"[.!?](?=\s)|\n", text)]

    def sentence(self, span: Span) -> Span:
        """The sentence around a place, cut where it is very long."""
        at = bisect_left(self._ends, span.start)
        start = self._ends[at - 1] + 1 if at else 0
        after = bisect_left(self._ends, span.end)
        end = self._ends[after] if after < len(self._ends) else len(self.text)
        return Span(max(start, span.start - _WINDOW), min(end, span.end + _WINDOW))


def sighting(actor: Actor, report: str, day: str, seen: _Text | str) -> Sighting:
    """One actor, with what the words beside its mentions say of it."""
    text = seen if isinstance(seen, _Text) else _Text(seen)
    kind = _kind(actor)
    offices: dict[Office, None] = {}
    if kind in ("person", "office"):
        told = [actor.name] if kind == "office" else actor.roles
        offices.update(dict.fromkeys(office for said in told if (office := office_of(said))))
        for span in actor.mentions[:_MENTIONS] if kind == "person" else ():
            if _bears(span.of(text.text)):
                offices.update(dict.fromkeys(offices_beside(text.text, span)))
    around = _around(actor, text) if kind != "description" else frozenset()
    names = {*_names(actor, kind), *(_called(text.text, actor.mentions) if kind == "body" else ())} - {actor.name}
    return Sighting(
        actor.id, report, day, actor.name, kind, actor.country, tuple(sorted(names)), tuple(sorted(offices)), around
    )


_CALLED = re.compile(
    r"^\s*(?:,\s*(?:also\s+|better\s+|locally\s+)?(?:known|called|named)\s+(?:as\s+)?|,?\s*\(|,\s+or\s+)(?:the\s+)?[“\"]?"
    r"([A-Z][\w'’-]*(?:\s+(?:(?:al|el|of|the|for|and|as|ul)[\s-])*[A-Z][\w'’-]*){0,5})[”\"]?(?=\)|,|\.)"
)


def _called(text: str, mentions: Iterable[Span]) -> Iterator[str]:
    """Other names a text gives right after a name: "known as Quwat al-Fajr", "(PMF)"."""
    for span in mentions:
        found = _CALLED.match(text[span.end : span.end + _WINDOW])
        name = found.group(1) if found else ""
        if _ABBREVIATION.fullmatch(name) or " " in name:
            yield name


def _bears(mention: str) -> bool:
    """Whether a mention names somebody, and is no pronoun or description."""
    last = mention.split()[-1:]
    return bool(last) and _capital(last[0])


def _kind(actor: Actor) -> IdentityKind:
    """The kind of identity; a name without a proper word is a description, but for an office and a body of a place."""
    kind = _KINDS[actor.kind]
    words = [w for w in _WORD.findall(actor.name) if folded(w) not in ("the", "a", "an")]
    proper = [w for w in words if _capital(w) and folded(w) not in alias_words().particles]
    if kind == "office":
        return "office" if words and office_of(actor.name) else "description"
    if actor.name[:2].lower() in ("a ", "an") and actor.name.split()[0].lower() in ("a", "an"):
        return "description"
    if kind == "body" and _SOME_OF.match(actor.name):
        return "description"
    if kind == "person" and (not words or not _capital(words[-1]) or _only_titles(words)):
        return "description"
    if not proper or (actor.kind == "group" and words[0] == proper[0] and len(proper) == 1 and _common(proper[0])):
        return "description"
    return kind


_SOME_OF = re.compile(
    r"^(?:\d|(?:the\s+)?(?:\S+\s+){0,4}members?\s+of\b|(?:one|some|many|most|both|several)\b)", re.IGNORECASE
)
"""Some of a body, and no body: "220 members of the House"."""


def _only_titles(words: list[str]) -> bool:
    """Whether a person's name is a title alone ("Mr. President", "Member of Parliament")."""
    known = alias_words()
    said = [folded(word) for word in words]
    return all(word in known.titles or word in known.particles or word in known.everywhere for word in said) or (
        len(said) > 1 and office_of(" ".join(words)) is not None and said[0] in (*known.titles, "member")
    )


def _capital(word: str) -> bool:
    """Whether a word is a proper one: "Tal", "al-Tal", "d'Arc"."""
    return word[0].isupper() or any(part[:1].isupper() for part in re.split(r"[-'’]", word)[1:])


def _common(word: str) -> bool:
    """Whether a capital may only begin a sentence ("Protesters in Vantia")."""
    return word.lower().endswith(("ers", "ists", "ors", "ents", "men", "women", "people"))


def _names(actor: Actor, kind: IdentityKind) -> tuple[str, ...]:
    """Other names that are worth comparing: full ones of persons, full ones and abbreviations of bodies."""
    found = {one for one in actor.aliases if one != actor.name}
    if kind == "person":
        kept = [one for one in found if len(bare(one, True)) > 1 and one[:1].isupper()]
    elif kind in ("body", "place"):
        kept = [
            one for one in found if _ABBREVIATION.fullmatch(one) or (one[:1].isupper() and len(bare(one, False)) > 1)
        ]
    else:
        kept = []
    return tuple(sorted(kept)[:6])


def _around(actor: Actor, text: _Text) -> frozenset[str]:
    own = {w for one in (actor.name, *actor.aliases) for w in re.split(r"[\s-]", folded(one))}
    found: set[str] = set()
    for span in actor.mentions[:_MENTIONS]:
        place = text.sentence(span)
        said = text.text[place.start : span.start] + " \x00 " + text.text[span.end : place.end]
        found |= {folded(w) for w in _NAME.findall(said)}
    return kept_around(found - own - _said_of_many())


@lru_cache(maxsize=1)
def _said_of_many() -> frozenset[str]:
    """Capitalised words that stand beside anybody."""
    words = alias_words()
    return (
        words.titles | words.generic | words.particles | lexicon().stop | {folded(w) for w in telling_words().calendar}
    )


def kept_around(words: Iterable[str]) -> frozenset[str]:
    """Of names beside an actor those that are kept."""
    return frozenset(sorted((w for w in words if w), key=lambda w: (zlib.crc32(w.encode()), w))[:AROUND])


def names_of(one: Sighting) -> Iterator[str]:
    """Every name a sighting has."""
    yield one.name
    yield from one.names
