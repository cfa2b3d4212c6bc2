"""Descriptions and who they stand for: appositives, predicates, and definite phrases like "the lawmaker"."""

from __future__ import annotations

from collections.abc import Sequence

from diurna.annotate.entities import Clusters, Entity, agree
from diurna.annotate.mention import PERSONAL, Mention
from diurna.annotate.parse import Parse
from diurna.annotate.roles import broader

_FAR = 12
"""Sentences a description looks back for its antecedent."""

_KEPT = 40
"""Actors of late looked through for a description: keeps the work linear in the length of the text."""


def link_appositives(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
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
    if other.form == "pronoun" or one.first <= other.head < one.last or not agree(one.number, other.number):
        return False
    if one.form == "name" and other.form == "name":
        return False
    if (one.kind in PERSONAL) != (other.kind in PERSONAL) or not agree(one.gender, other.gender):
        return False
    return not (one.code.country and other.code.country and one.code.country != other.code.country)


def _predicate(parse: Parse, mention: Mention, by_head: dict[int, int]) -> int | None:
    verb = parse.heads[mention.head]
    if (
        parse.deps[mention.head] != "nsubj"
        or parse.lemmas[verb] != "be"
        or any(parse.deps[c] == "neg" for c in parse.children[verb])
    ):
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


def link_descriptions(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
    """Find the antecedents of definite descriptions, in text order; what finds none starts an entity."""
    holders = _role_holders(clusters)
    recent: list[Entity] = []
    for k, mention in enumerate(mentions):
        entity = clusters.find(k)
        if entity is None and mention.form == "nominal":
            antecedent = _antecedent(parse, mention, recent, holders)
            entity = clusters.join(k, mention, antecedent) if antecedent else clusters.start(k, mention)
        if entity is not None:
            entity.seen = parse.sentence_of[mention.first]
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
        if entity.named and entity.kind in PERSONAL:
            for role in sorted(entity.roles):
                holders.setdefault(role, []).append(entity)
    return holders


def _antecedent(
    parse: Parse, mention: Mention, recent: Sequence[Entity], holders: dict[str, list[Entity]]
) -> Entity | None:
    role = mention.role
    if role is None:
        return None
    if mention.kind in PERSONAL and mention.number == "singular":
        return _person_antecedent(parse, mention, recent, holders)
    if mention.number == "plural":
        return _group_antecedent(parse, mention, recent)
    return _body_antecedent(parse, mention, recent)


def _person_antecedent(
    parse: Parse, mention: Mention, recent: Sequence[Entity], holders: dict[str, list[Entity]]
) -> Entity | None:
    """The person a role stands for: the only one of that role (and country) here, else the nearest that fits."""
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
    return role in entity.roles or any(
        known.endswith(" " + role) and not known.startswith("former") for known in entity.roles
    )


def _compatible(entity: Entity, mention: Mention) -> bool:
    if not agree(entity.gender, mention.gender) or entity.kind not in PERSONAL or entity.number == "plural":
        return False
    return not (entity.country and mention.code.country and entity.country != mention.code.country)


def _near(parse: Parse, entity: Entity, mention: Mention, sentences: int) -> bool:
    """Whether the entity was mentioned before, at most so many sentences ago."""
    return entity.seen >= 0 and parse.sentence_of[mention.first] - entity.seen <= sentences


def _only_or_nearest(parse: Parse, entities: Sequence[Entity], mention: Mention) -> Entity | None:
    """The only candidate, or one of the last sentences where all others are further off; else None."""
    if len(entities) == 1:
        return entities[0]
    here = parse.sentence_of[mention.first]
    ages = sorted((here - entity.seen, number) for number, entity in enumerate(entities))
    return entities[ages[0][1]] if ages[0][0] + 1 < ages[1][0] and ages[0][0] <= 2 else None


def _group_antecedent(parse: Parse, mention: Mention, recent: Sequence[Entity]) -> Entity | None:
    """An earlier group of the same head noun that the modifiers of this one do not tell apart."""
    if not mention.definite or mention.role is None:
        return None
    for entity in reversed(recent):
        other = next((m for m in reversed(entity.described) if m.number == "plural" and m.role is not None), None)
        if other is None or other.role is None or _last(other.role.name) != _last(mention.role.name):
            continue
        if _modified_alike(mention, other) and _near(parse, entity, mention, _FAR):
            return entity
    return None


def _last(words: str) -> str:
    return words.rsplit(" ", 1)[-1]


def _modified_alike(mention: Mention, other: Mention) -> bool:
    if mention.code.country and other.code.country and mention.code.country != other.code.country:
        return False
    return mention.modifiers <= other.modifiers or (not mention.modifiers)


def _body_antecedent(parse: Parse, mention: Mention, recent: Sequence[Entity]) -> Entity | None:
    """The body taken up again: "the ministry" for "the Ministry of Defence", "the Iraqi government" for the same."""
    bare = mention.last == mention.first + 1  # "parliament", "police"
    if mention.role is None or not (mention.definite or mention.code.country or bare):
        return None
    fits = []
    for entity in reversed(recent):
        if entity.kind in PERSONAL or not _near(parse, entity, mention, _FAR):
            continue
        if any(_same_body(mention, other) for other in (*entity.labels[:6], *entity.described[-4:])):
            fits.append(entity)
    if mention.code.country is None and len({e.country for e in fits if e.country}) > 1:
        return _only_or_nearest(parse, fits, mention)
    return fits[0] if fits else None


def _name_words(mention: Mention) -> set[str]:
    """The words of a body's name, and of the countries it may be called by."""
    country = mention.fact.name.lower() if mention.fact is not None else ""
    return {word.lower() for word in mention.name} | {country}


def _same_body(mention: Mention, other: Mention) -> bool:
    if mention.code.country and other.code.country != mention.code.country:
        return False
    if mention.role is None or other.number == "plural" or other.form == "pronoun":
        return False
    if other.role is not None:
        return _last(other.role.name) == _last(
            mention.role.name
        ) and mention.modifiers <= other.modifiers | _name_words(other)
    last = other.name[-1].lower() if other.name else ""
    return bool(last) and last == mention.role.name.split()[-1] and other.kind in ("organisation", "group", "outlet")
