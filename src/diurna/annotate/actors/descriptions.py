"""Descriptions and who they stand for: definite phrases like "the lawmaker", "the ministry", "the country"."""

from __future__ import annotations

from collections.abc import Sequence

from diurna.annotate.actors.entities import Clusters, Entity, agree
from diurna.annotate.actors.knowledge import facts_between
from diurna.annotate.actors.mention import PERSONAL, Mention
from diurna.annotate.actors.metonymy import is_government, speaks
from diurna.annotate.actors.namebook import sorts_of_body
from diurna.annotate.actors.roles import broader, offices_held, states, territories
from diurna.annotate.parse import Parse

_FAR = 12
"""Sentences a description looks back for its antecedent."""

_ALL = 1_000
"""The same for a body that says whose it is ("the Iraqi government"): it is the same one all through a report."""

_KEPT = 40
"""Actors of late looked through for a description: keeps the work linear in the length of the text."""


def link_called(mentions: Sequence[Mention], clusters: Clusters) -> None:
    """Join "the Hentzau Watch group" with Hentzau Watch: a bare sort of body and the name right before it."""
    by_end = {m.last: k for k, m in enumerate(mentions) if m.form == "name" and m.kind in _NAMED_BODIES}
    for k, mention in enumerate(mentions):
        if mention.form != "nominal" or mention.role is None or mention.number == "plural" or clusters.find(k):
            continue
        name = by_end.get(mention.last - len(mention.role.name.split()))
        if name is not None and mentions[name].first >= mention.first and mention.role.name in sorts_of_body():
            entity = clusters.find(name)
            if entity is not None:
                clusters.join(k, mention, entity)


_NAMED_BODIES = frozenset({"organisation", "group", "outlet"})


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
        return _only_or_nearest(parse, exact, mention) or _same_unnamed(exact, mention)
    if len(bearers) == 1:
        return bearers[0]
    holders_known = [e for e in recent if _has_held(e, role) and _compatible(e, mention) and not bearers]
    if holders_known:
        return _only_or_nearest(parse, holders_known, mention)
    narrower = broader().get(role, frozenset())
    wide = [e for e in recent if narrower & e.roles and _compatible(e, mention) and _near(parse, e, mention, 3)]
    return _only_or_nearest(parse, wide, mention) if wide else None


_LESSER = frozenset({"former", "vice", "deputy", "assistant", "under", "associate"})
"""First words of a title that is another one than its last word's."""


def _has_role(entity: Entity, role: str) -> bool:
    return role in entity.roles or any(
        known.endswith(" " + role) and known.split()[0] not in _LESSER for known in entity.roles
    )


def _same_unnamed(entities: Sequence[Entity], mention: Mention) -> Entity | None:
    """The latest unnamed holder of the very same bare office, where it is open which of the named ones is meant."""
    if mention.role is None or not mention.role.office or mention.modifiers:
        return None
    return next((e for e in reversed(entities) if not e.named and not e.described[-1].modifiers), None)


def _has_held(entity: Entity, role: str) -> bool:
    """Whether the person is known to have held the office, the report giving no other title."""
    return any(m.fact is not None and m.fact.name in offices_held().get(role, ()) for m in entity.labels)


def _compatible(entity: Entity, mention: Mention) -> bool:
    if not agree(entity.gender, mention.gender) or entity.kind not in PERSONAL or entity.number == "plural":
        return False
    if not entity.named and entity.described and mention.modifiers:
        told = entity.described[-1].modifiers
        if told - mention.modifiers and mention.modifiers - told:
            return False  # "the north's leader", "the south's leader"
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
    if not agree(mention.code.sector, other.code.sector):
        return False
    if mention.code.country and other.code.country and mention.code.country != other.code.country:
        return False
    return mention.modifiers <= other.modifiers or (not mention.modifiers)


def _body_antecedent(parse: Parse, mention: Mention, recent: Sequence[Entity]) -> Entity | None:
    """The body taken up again: "the ministry" for "the Ministry of Defence", "the Iraqi government" for the same."""
    bare = mention.last == mention.first + 1  # "parliament", "police"
    if mention.role is None or not (mention.definite or mention.code.country or bare):
        return None
    if mention.role.name in states():
        return _state_antecedent(parse, mention, recent)
    fits = []
    for entity in reversed(recent):
        if entity.kind in PERSONAL or not _near(parse, entity, mention, _FAR if mention.code.country is None else _ALL):
            continue
        if any(_same_body(mention, other) for other in (*entity.labels[:6], *entity.described[-4:])):
            fits.append(entity)
    if mention.code.country is None and len({e.country for e in fits if e.country}) > 1:
        return _only_or_nearest(parse, fits, mention)
    if not fits and mention.definite and not mention.modifiers:
        fits = [e for e in recent if _is_kindred(e, mention) and _near(parse, e, mention, _KINDRED)]
        return fits[0] if len(fits) == 1 else None
    return fits[0] if fits else None


_KINDRED = 2
"""Sentences a body's bare sort ("the company") looks back for the only body of that sort."""

_SORTS = {"MNC": "BUS"}


def _is_kindred(entity: Entity, mention: Mention) -> bool:
    """Whether a named body is of the sort a bare noun says: "the company", "the newspaper", "the party"."""
    if mention.role is None or mention.role.sector is None or not entity.named:
        return False
    if entity.kind not in ("organisation", "outlet", "group") or entity.number == "plural":
        return False
    if entity.sector is None:
        return mention.role.sector == "BUS"  # most names of firms say nothing of what they are
    return _SORTS.get(entity.sector, entity.sector) == mention.role.sector and mention.role.sector in _SORTED


_SORTED = frozenset({"BUS", "JRN", "PTY", "EDU", "SOC", "REB", "SPY", "MED", "REL", "COP"})
"""Sectors whose bodies are few enough in one report for their sort alone to name one."""


def _state_antecedent(parse: Parse, mention: Mention, recent: Sequence[Entity]) -> Entity | None:
    """The state that "the country" is: the only one the two sentences before and this one have named so far."""
    here = parse.sentence_of[mention.first]
    first = parse.sentences[max(0, here - 2)][0]
    near = {k.fact.country for k in facts_between(parse, first, mention.first) if k.fact.country}
    if len(near) != 1:
        near = {
            k.fact.country
            for k in facts_between(parse, parse.sentences[here][0], mention.first)
            if k.fact.country and k.fact.kind in ("country", "seat")
        }
    return next((e for e in reversed(recent) if e.kind == "state" and near == {e.country}), None)


def without_idle_territories(parse: Parse, groups: Sequence[list[Mention]]) -> list[list[Mention]]:
    """The actors, less the countries and towns never named that do not speak or act ("in the city")."""
    return [group for group in groups if not all(_is_idle(parse, mention) for mention in group)]


def _is_idle(parse: Parse, mention: Mention) -> bool:
    if mention.form == "pronoun":
        return True
    if mention.form == "name" or mention.role is None or mention.role.name not in territories():
        return False
    return not (speaks(parse, mention.head) and is_government(parse, mention.head, mention.first))


def _narrows(mention: Mention, other: Mention) -> bool:
    """Whether a description only adds to an earlier one of the same country ("the six-member team": "the team")."""
    return other.form == "nominal" and other.modifiers <= mention.modifiers


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
        told = other.modifiers | _name_words(other) | set(other.role.name.split())
        if not set(mention.role.name.split()[:-1]) <= told:
            return False
        return _last(other.role.name) == _last(mention.role.name) and (
            mention.modifiers <= told or (mention.definite and bool(mention.code.country) and _narrows(mention, other))
        )
    last = other.name[-1].lower() if other.name else ""
    return bool(last) and last == mention.role.name.split()[-1] and other.kind in ("organisation", "group", "outlet")
