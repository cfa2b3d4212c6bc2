"""The actors of one report while their mentions are gathered: what each has been learnt to be, and merges of two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from diurna.annotate.actors.mention import Gender, Mention, Number
from diurna.annotate.actors.naming import name_key
from diurna.model.record import ActorKind


@dataclass(slots=True, eq=False)
class Entity:
    """One actor while its mentions are gathered.

    Attributes:
        names: the keys of its proper names, each once; labels: the first mention of each.
        described: its descriptions, latest last.
        seen: number of the sentence that mentioned it last, as far as the text has been gone through; -1 for none.
        merged: the entity that took it in.
    """

    mentions: list[Mention] = field(default_factory=list)
    kind: ActorKind = "unknown"
    names: list[tuple[str, ...]] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    country: str | None = None
    sector: str | None = None
    number: Number | None = None
    gender: Gender | None = None
    merged: Entity | None = None
    labels: list[Mention] = field(default_factory=list)
    described: list[Mention] = field(default_factory=list)
    seen: int = -1

    def add(self, mention: Mention) -> None:
        """Take a mention in and learn from it."""
        self.mentions.append(mention)
        if mention.form == "pronoun":
            self.gender = self.gender or mention.gender
            return
        if self.kind == "unknown" or (self.kind in ("office", "place") and mention.kind == "person"):
            self.kind = mention.kind
        if mention.name and mention.kind != "place":
            key = name_key(mention.name)
            if key not in self.names:
                self.names.append(key)
                self.labels.append(mention)
        if mention.form == "nominal":
            self.described.append(mention)
        self.roles.update(mention.roles)
        self.country = self.country or mention.code.country
        self.sector = self.sector or mention.code.sector
        self.number = self.number or mention.number
        self.gender = self.gender or mention.gender

    @property
    def named(self) -> bool:
        """Whether a proper name is among its mentions."""
        return bool(self.names)


class Clusters:
    """The entities of one report, and which one each mention belongs to."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.of: dict[int, Entity] = {}

    def start(self, number: int, mention: Mention) -> Entity:
        """A new entity with mention `number` as its first."""
        entity = Entity()
        self.entities.append(entity)
        return self.join(number, mention, entity)

    def join(self, number: int, mention: Mention, entity: Entity) -> Entity:
        """Put mention `number` into `entity`."""
        entity.add(mention)
        self.of[number] = entity
        return entity

    def find(self, number: int) -> Entity | None:
        """The entity of mention `number`, merges followed."""
        entity = self.of.get(number)
        while entity is not None and entity.merged is not None:
            entity = entity.merged
        return entity

    def merge(self, one: Entity, other: Entity) -> Entity:
        """Make two entities one; the one with a name (else the older) takes the other in."""
        if one is other:
            return one
        if other.named and not one.named:
            one, other = other, one
        for mention in other.mentions:
            one.add(mention)
        one.roles |= other.roles
        one.seen = max(one.seen, other.seen)
        other.merged, other.mentions = one, []
        return one

    def living(self) -> Iterator[Entity]:
        """The entities that were not merged into another."""
        return (entity for entity in self.entities if entity.merged is None and entity.mentions)


def agree(one: str | None, other: str | None) -> bool:
    """Whether two values do not contradict each other; None goes with everything."""
    return one is None or other is None or one == other
