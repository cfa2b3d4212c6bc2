"""Which mentions of one report are the same actor: names first, then appositives, descriptions and pronouns.

Precision comes first: a description or pronoun with two equally good antecedents stays by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from diurna.annotate.naming import alias_after, body_key, is_acronym_of, name_key, same_person
from diurna.annotate.nounphrases import Gender, Mention, Number
from diurna.annotate.parse import Parse
from diurna.annotate.roles import broader
from diurna.model.record import ActorKind

_FAR = 12
"""Sentences a description looks back for its antecedent."""

_KEPT = 40
"""Actors of late looked through for a description or pronoun: keeps the work linear in the length of the text."""


@dataclass(slots=True, eq=False)
class Entity:
    """One actor while its mentions are gathered."""

    mentions: list[Mention] = field(default_factory=list)
    kind: ActorKind = "unknown"
    names: list[tuple[str, ...]] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    country: str | None = None
    sector: str | None = None
    number: Number | None = None
    gender: Gender | None = None
    merged: Entity | None = None

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
        other.merged, other.mentions = one, []
        return one

    def living(self) -> Iterator[Entity]:
        """The entities that were not merged into another."""
        return (entity for entity in self.entities if entity.merged is None and entity.mentions)


def cluster(parse: Parse, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions by actor, each in text order, actors in the order of their first mention."""
    from diurna.annotate.pronouns import link_pronouns

    mentions = with_aliases(parse, mentions)
    mentions = settled_kinds(mentions)
    clusters = Clusters()
    _cluster_names(parse, mentions, clusters)
    _link_appositives(parse, mentions, clusters)
    _link_descriptions(parse, mentions, clusters)
    link_pronouns(parse, mentions, clusters)
    groups = [sorted(entity.mentions, key=lambda m: (m.first, m.last)) for entity in clusters.living()]
    return sorted(groups, key=lambda group: (group[0].first, group[0].last))


# -- names -----------------------------------------------------------------------------------------------------------


def with_aliases(parse: Parse, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with those added that stand in brackets as another name but were no mention yet."""
    starts = {mention.first for mention in mentions} | {m.name_at[0] for m in mentions if m.name}
    added = []
    for mention in mentions:
        alias = alias_after(parse, mention) if mention.form == "name" else None
        if alias and alias[0] not in starts and _gives_alias(parse, mention, alias):
            first, last, _ = alias
            words = tuple(parse.words[first:last])
            added.append(replace(mention, first=first, last=last, head=last - 1, name=words, name_at=(first, last), roles=(), fact=None))
    return sorted([*mentions, *added], key=lambda m: (m.first, -m.last))


def _gives_alias(parse: Parse, mention: Mention, alias: tuple[int, int, bool]) -> bool:
    first, last, marked = alias
    return marked or (last == first + 1 and is_acronym_of(parse.words[first], mention.name))


def settled_kinds(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions with single names the recogniser was unsure of set right by full names elsewhere in the report."""
    rows = list(mentions)
    surnames = {name_key(m.name)[-1] for m in rows if m.kind == "person" and m.form == "name" and len(name_key(m.name)) > 1}
    bodies = {body_key(m.name) for m in rows if m.kind in ("organisation", "group", "outlet") and m.form == "name"}
    settled = []
    for m in rows:
        if m.form == "name" and m.fact is None and m.kind != "person" and len(name_key(m.name)) == 1 and name_key(m.name)[-1] in surnames:
            m = replace(m, kind="person", gender=None)
        elif m.kind == "unknown" and m.form == "name":
            m = replace(m, kind="organisation" if body_key(m.name) in bodies else "person")
        settled.append(m)
    return settled


def _cluster_names(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
    book = _NameBook(clusters)
    order = sorted(
        (k for k, m in enumerate(mentions) if m.form == "name"),
        key=lambda k: (mentions[k].kind == "person" and len(name_key(mentions[k].name)) == 1, k),
    )
    for k in order:
        book.place(k, mentions[k])
    for k, mention in enumerate(mentions):
        if mention.form == "name":
            book.learn_alias(parse, k, mention, mentions)


class _NameBook:
    """Looks names up among those seen so far."""

    def __init__(self, clusters: Clusters) -> None:
        self.clusters = clusters
        self.by_key: dict[tuple[object, ...], Entity] = {}
        self.by_last: dict[str, list[Entity]] = {}
        self.by_first: dict[str, list[Entity]] = {}
        self.acronyms: dict[str, Entity] = {}

    def place(self, number: int, mention: Mention) -> None:
        """Put a name with the entity that bears it, or start one."""
        if mention.kind == "person":
            self._place_person(number, mention)
            return
        keys = self._keys(mention)
        entity = next((self.by_key[key] for key in keys if key in self.by_key), None)
        if entity is None and len(mention.name) == 1:
            entity = self.acronyms.get(mention.name[0].replace(".", ""))
        if entity is not None:
            self.clusters.join(number, mention, entity)
        else:
            entity = self.clusters.start(number, mention)
        for key in keys:
            self.by_key.setdefault(key, entity)
        if len(mention.name) > 2:
            self._remember_initials(mention, entity)

    def _remember_initials(self, mention: Mention, entity: Entity) -> None:
        initials = "".join(w[0] for w in mention.name if w[0].isupper())
        if len(initials) > 2:
            self.acronyms.setdefault(initials, entity)

    def _keys(self, mention: Mention) -> list[tuple[object, ...]]:
        fact = mention.fact
        if fact is not None and fact.kind in ("country", "seat"):
            return [("state", fact.country)]
        keys: list[tuple[object, ...]] = [("body", *body_key(mention.name))]
        return [*keys, ("fact", fact.name, fact.country)] if fact is not None else keys

    def _place_person(self, number: int, mention: Mention) -> None:
        key = name_key(mention.name)
        found = self._full(key, mention) if len(key) > 1 else self._single(key[0], mention)
        if found is None and mention.fact is not None:
            found = self.by_key.get(("fact", mention.fact.name))
        entity = self.clusters.join(number, mention, found) if found else self.clusters.start(number, mention)
        self._remember(self.by_last, key[-1], entity)
        if len(key) > 1:
            for given in key[:-1]:
                self._remember(self.by_first, given, entity)
        if mention.fact is not None:
            self.by_key.setdefault(("fact", mention.fact.name), entity)

    @staticmethod
    def _remember(table: dict[str, list[Entity]], word: str, entity: Entity) -> None:
        rows = table.setdefault(word, [])
        if entity not in rows:
            rows.append(entity)

    def _full(self, key: tuple[str, ...], mention: Mention) -> Entity | None:
        fits = [e for e in self.by_last.get(key[-1], ()) if any(len(n) < 2 or same_person(key, n) for n in e.names)]
        fits = [e for e in fits if _agree(e.gender, mention.gender)]
        exact = [e for e in fits if key in e.names]
        return exact[0] if exact else fits[0] if len(fits) == 1 else None

    def _single(self, word: str, mention: Mention) -> Entity | None:
        for table in (self.by_last, self.by_first):
            fits = [e for e in table.get(word, ()) if _agree(e.gender, mention.gender) and not _other_person(e, mention)]
            if len(fits) == 1:
                return fits[0]
            if fits:
                return _latest(fits, mention.first)
        return None

    def learn_alias(self, parse: Parse, number: int, mention: Mention, mentions: Sequence[Mention]) -> None:
        """Join a name with the other name the text gives for it right after."""
        alias = alias_after(parse, mention)
        if alias is None or not _gives_alias(parse, mention, alias):
            return
        other = next((k for k in range(number + 1, min(number + 5, len(mentions))) if mentions[k].form == "name" and mentions[k].name_at[0] == alias[0]), None)
        one, two = self.clusters.find(number), None if other is None else self.clusters.find(other)
        if one is not None and two is not None:
            self.clusters.merge(one, two)


def _other_person(entity: Entity, mention: Mention) -> bool:
    """Whether a well-known bearer of the bare surname is not the person of the report ("Ahmed Bush")."""
    facts = {m.fact.name for m in entity.mentions if m.fact is not None and not m.fact.short}
    return mention.fact is not None and bool(facts) and mention.fact.name not in facts and not mention.fact.short


def _latest(entities: Sequence[Entity], before: int) -> Entity | None:
    """The one mentioned last before token `before`; None where none was."""
    best, place = None, -1
    for entity in entities:
        last = max((m.first for m in entity.mentions if m.first < before), default=-1)
        if last > place:
            best, place = entity, last
    return best


def _agree(one: Gender | Number | None, other: Gender | Number | None) -> bool:
    return one is None or other is None or one == other


# -- appositives and predicates --------------------------------------------------------------------------------------

_PERSONAL = frozenset({"person", "office", "unknown"})


def _link_appositives(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
    """Join "Tommy Pigott, Deputy Spokesperson for ..." and "X is the president"."""
    by_head: dict[int, int] = {}
    for k, mention in enumerate(mentions):
        by_head.setdefault(mention.head, k)
    for k, mention in enumerate(mentions):
        if mention.form == "pronoun":
            continue
        for child in parse.children[mention.head]:
            other = by_head.get(child)
            if parse.deps[child] == "appos" and other is not None and _may_be_one(mention, mentions[other]):
                _join(clusters, mentions, k, other)
        other = _predicate(parse, mention, by_head)
        if other is not None and mentions[other].definite and _may_be_one(mention, mentions[other]):
            _join(clusters, mentions, k, other)


def _may_be_one(one: Mention, other: Mention) -> bool:
    if other.form == "pronoun" or one.first <= other.head < one.last or not _agree(one.number, other.number):
        return False
    if one.form == "name" and other.form == "name":
        return False
    if (one.kind in _PERSONAL) != (other.kind in _PERSONAL) or not _agree(one.gender, other.gender):
        return False
    return not (one.code.country and other.code.country and one.code.country != other.code.country)


def _predicate(parse: Parse, mention: Mention, by_head: dict[int, int]) -> int | None:
    verb = parse.heads[mention.head]
    if parse.deps[mention.head] != "nsubj" or parse.lemmas[verb] != "be" or any(parse.deps[c] == "neg" for c in parse.children[verb]):
        return None
    attribute = parse.child(verb, "attr")
    return None if attribute is None else by_head.get(attribute)


def _join(clusters: Clusters, mentions: Sequence[Mention], one: int, other: int) -> None:
    first, second = clusters.find(one), clusters.find(other)
    if first is None:
        first = clusters.start(one, mentions[one])
    if second is None:
        clusters.join(other, mentions[other], first)
    elif not (first.named and second.named):
        clusters.merge(first, second)


# -- descriptions ----------------------------------------------------------------------------------------------------


def _link_descriptions(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
    """Find the antecedents of definite descriptions, in text order; what finds none starts an entity."""
    holders = _role_holders(clusters)
    recent: list[Entity] = []
    for k, mention in enumerate(mentions):
        entity = clusters.find(k)
        if entity is None and mention.form == "nominal":
            antecedent = _antecedent(parse, mention, recent, holders)
            entity = clusters.join(k, mention, antecedent) if antecedent else clusters.start(k, mention)
        if entity is not None:
            _touch(recent, entity)


def _touch(recent: list[Entity], entity: Entity) -> None:
    if entity in recent:
        recent.remove(entity)
    recent.append(entity)
    del recent[:-_KEPT]


def _role_holders(clusters: Clusters) -> dict[str, list[Entity]]:
    """The named persons of the report by each role they are given."""
    holders: dict[str, list[Entity]] = {}
    for entity in clusters.living():
        if entity.named and entity.kind in _PERSONAL:
            for role in sorted(entity.roles):
                holders.setdefault(role, []).append(entity)
    return holders


def _antecedent(parse: Parse, mention: Mention, recent: Sequence[Entity], holders: dict[str, list[Entity]]) -> Entity | None:
    role = mention.role
    if role is None:
        return None
    if mention.kind in _PERSONAL and mention.number == "singular":
        return _person_antecedent(parse, mention, recent, holders)
    if mention.number == "plural":
        return _group_antecedent(parse, mention, recent)
    return _body_antecedent(parse, mention, recent)


def _person_antecedent(parse: Parse, mention: Mention, recent: Sequence[Entity], holders: dict[str, list[Entity]]) -> Entity | None:
    """The person a role stands for: the only one of that role (and country) in the report, else the nearest that fits."""
    role = mention.roles[0] if mention.roles else mention.role.name if mention.role else ""
    bearers = [e for e in holders.get(role, ()) if _compatible(e, mention)]
    if mention.definite or mention.code.country:
        same = [e for e in bearers if mention.code.country and e.country == mention.code.country]
        if len(same) == 1:
            return same[0]
    if not mention.definite:
        return None
    exact = [e for e in recent if _has_role(e, role) and _compatible(e, mention) and _near(parse, e, mention, _FAR)]
    if exact:
        return _only_or_nearest(parse, exact, mention)
    if len(bearers) == 1:
        return bearers[0]
    narrower = broader().get(role, frozenset())
    wide = [e for e in recent if narrower & e.roles and _compatible(e, mention) and _near(parse, e, mention, 3)]
    return _only_or_nearest(parse, wide, mention) if wide else None


def _has_role(entity: Entity, role: str) -> bool:
    return role in entity.roles or any(known.endswith(" " + role) and not known.startswith("former") for known in entity.roles)


def _compatible(entity: Entity, mention: Mention) -> bool:
    if not _agree(entity.gender, mention.gender) or entity.kind not in _PERSONAL or entity.number == "plural":
        return False
    return not (entity.country and mention.code.country and entity.country != mention.code.country)


def _near(parse: Parse, entity: Entity, mention: Mention, sentences: int) -> bool:
    here = parse.sentence_of[mention.first]
    return any(0 <= here - parse.sentence_of[m.first] <= sentences and m.first < mention.first for m in reversed(entity.mentions))


def _only_or_nearest(parse: Parse, entities: Sequence[Entity], mention: Mention) -> Entity | None:
    """The only candidate, or the one in this or the last sentence where all others are further off; else None."""
    if len(entities) == 1:
        return entities[0]
    here = parse.sentence_of[mention.first]
    ages = sorted((min(here - parse.sentence_of[m.first] for m in e.mentions if m.first < mention.first), k) for k, e in enumerate(entities))
    return entities[ages[0][1]] if ages[0][0] + 1 < ages[1][0] and ages[0][0] <= 2 else None


def _group_antecedent(parse: Parse, mention: Mention, recent: Sequence[Entity]) -> Entity | None:
    """An earlier group of the same head noun that the modifiers of this one do not tell apart."""
    if not mention.definite or mention.role is None:
        return None
    for entity in reversed(recent):
        for other in reversed(entity.mentions):
            if other.form == "nominal" and other.number == "plural" and other.role is not None and other.first < mention.first:
                if _last(other.role.name) == _last(mention.role.name) and _modified_alike(mention, other):
                    return entity if _near(parse, entity, mention, _FAR) else None
                break
    return None


def _last(words: str) -> str:
    return words.rsplit(" ", 1)[-1]


def _modified_alike(mention: Mention, other: Mention) -> bool:
    if mention.code.country and other.code.country and mention.code.country != other.code.country:
        return False
    return mention.modifiers <= other.modifiers or (not mention.modifiers)


def _body_antecedent(parse: Parse, mention: Mention, recent: Sequence[Entity]) -> Entity | None:
    """"The ministry" for "the Ministry of Defence", "the Iraqi government" for the same again."""
    if mention.role is None or not (mention.definite or mention.code.country):
        return None
    fits = []
    for entity in reversed(recent):
        if entity.kind in _PERSONAL or not _near(parse, entity, mention, _FAR):
            continue
        if any(_same_body(mention, other) for other in entity.mentions[-8:] if other.first < mention.first):
            fits.append(entity)
    if mention.code.country is None and len({e.country for e in fits if e.country}) > 1:
        return _only_or_nearest(parse, fits, mention)
    return fits[0] if fits else None


def _same_body(mention: Mention, other: Mention) -> bool:
    if mention.code.country and other.code.country != mention.code.country:
        return False
    if mention.role is None or other.number == "plural" or other.form == "pronoun":
        return False
    if other.role is not None:
        return _last(other.role.name) == _last(mention.role.name) and (mention.modifiers <= other.modifiers or other.form == "name")
    last = other.name[-1].lower() if other.name else ""
    return bool(last) and last == mention.role.name.split()[-1] and other.kind in ("organisation", "group", "outlet")
