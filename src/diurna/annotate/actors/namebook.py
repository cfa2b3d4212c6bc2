"""Names of one report put together: full and short forms, known names, acronyms and aliases the text gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from diurna.annotate.actors.entities import Clusters, Entity, agree
from diurna.annotate.actors.mention import NOBODY, Mention
from diurna.annotate.actors.metonymy import speaks
from diurna.annotate.actors.naming import alias_after, body_key, is_acronym_of, name_key, same_person
from diurna.annotate.actors.propernames import phrase_words
from diurna.annotate.parse import Parse
from diurna.lexicon import Table, faults_in_words, load, made_of
from diurna.model.record import ActorKind


def with_aliases(parse: Parse, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with those added that stand in brackets as another name but were no mention yet."""
    starts = {mention.first for mention in mentions} | {m.name_at[0] for m in mentions if m.name}
    added = []
    for mention in mentions:
        alias = alias_after(parse, mention) if mention.form == "name" else None
        if alias and alias[0] not in starts and _gives_alias(parse, mention, alias):
            first, last, _ = alias
            words = tuple(parse.words[first:last])
            added.append(
                replace(
                    mention,
                    first=first,
                    last=last,
                    head=last - 1,
                    name=words,
                    name_at=(first, last),
                    roles=(),
                    fact=None,
                )
            )
    return sorted([*mentions, *added], key=lambda m: (m.first, -m.last))


def _gives_alias(parse: Parse, mention: Mention, alias: tuple[int, int, bool]) -> bool:
    first, last, marked = alias
    return marked or (last == first + 1 and is_acronym_of(parse.words[first], mention.name))


def settled_kinds(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions with single names the recogniser was unsure of set right by full names elsewhere in the report."""
    rows = list(mentions)
    full = [key for m in rows if m.kind == "person" and m.form == "name" and len(key := name_key(m.name)) > 1]
    surnames = {key[first:] for key in full for first in range(1, len(key))}
    surnames |= {(word,) for key in full for word in key[1:-1] if len(word) > 3}
    surnames |= {key[:last] for key in full for last in range(2, len(key) + 1)}
    bodies = {body_key(m.name) for m in rows if m.kind in ("organisation", "group", "outlet") and m.form == "name"}
    usual = _usual_kinds(rows)
    return [_settled(usual.get(name_key(m.name), m.kind), m, surnames, bodies) for m in rows]


def _usual_kinds(mentions: Sequence[Mention]) -> dict[tuple[str, ...], ActorKind]:
    """For names of several words that the recogniser calls now a person, now a body: the kind it says more often."""
    said: dict[tuple[str, ...], Counter[ActorKind]] = {}
    for m in mentions:
        if m.form == "name" and m.fact is None and len(m.name) > 1 and m.kind != "unknown":
            said.setdefault(name_key(m.name), Counter())[m.kind] += 1
    return {key: max(kinds, key=lambda kind: (kinds[kind], kind)) for key, kinds in said.items() if len(kinds) > 1}


def _settled(
    kind: ActorKind, mention: Mention, surnames: set[tuple[str, ...]], bodies: set[tuple[str, ...]]
) -> Mention:
    if mention.form == "name" and mention.fact is None and len(mention.name) > 1 and kind != mention.kind:
        mention = replace(mention, kind=kind)
    if mention.form != "name" or mention.kind == "person":
        return mention
    key = name_key(mention.name)
    if key in surnames and (mention.fact is None or mention.fact.kind == "seat"):
        return replace(mention, kind="person", gender=None, fact=None, code=NOBODY if mention.fact else mention.code)
    if mention.fact is not None:
        return mention
    if mention.kind == "unknown":
        return replace(mention, kind="organisation" if body_key(mention.name) in bodies else "person")
    return mention


def without_strangers(parse: Parse, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, less the names nothing is known of that never do what only somebody does ("Brexit")."""
    doers = {name_key(m.name) for m in mentions if m.form == "name" and (m.kind != "unknown" or _acts(parse, m))}
    surnames = {key[-1] for key in doers}
    return [m for m in mentions if m.kind != "unknown" or m.form != "name" or name_key(m.name)[-1] in surnames]


def _acts(parse: Parse, mention: Mention) -> bool:
    if mention.roles or parse.child(mention.head, "appos") is not None:
        return True
    return speaks(parse, mention.head) and parse.lemmas[parse.heads[mention.head]] in phrase_words().human_verbs


def link_names(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
    """Put every name with the others that name the same, full names before single ones."""
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
    _join_shortened(clusters)


_BODIES = frozenset({"organisation", "group", "outlet"})
_LONGEST_BODY = 8
"""Words of a body's name looked through for shorter forms of it."""


def _join_shortened(clusters: Clusters) -> None:
    """Join a body's shortened name ("Security Council") with the only longer one in the report that holds it."""
    bodies = [entity for entity in clusters.living() if entity.kind in _BODIES]
    holders: dict[tuple[str, ...], list[Entity]] = {}
    for entity in bodies:
        runs = {run for label in entity.labels for run in _runs(body_key(label.name))}
        for run in sorted(runs):
            holders.setdefault(run, []).append(entity)
    for entity in bodies:
        keys = {body_key(label.name) for label in entity.labels}
        longer = [e for key in sorted(keys) for e in holders.get(key, ()) if e.merged is None and e is not entity]
        if entity.merged is None and len(longer) == 1 and agree(entity.country, longer[0].country):
            clusters.merge(longer[0], entity)


def _runs(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The runs of two words or more within a name, itself left out."""
    size = len(key)
    if size <= _LONGEST_BODY:
        for first in range(size - 1):
            for last in range(first + 2, size + 1):
                if last - first < size:
                    yield key[first:last]


@made_of("mentions")
def sorts_of_body() -> frozenset[str]:
    """Last words a body's name may come with or without ("Hentzau Watch", "the Hentzau Watch group")."""
    return frozenset(load("mentions", check=_faults)["bodies"]["generic"])


def _faults(table: Table) -> list[str]:
    return faults_in_words(table.get("bodies", {}), "generic")


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
        key = body_key(mention.name)
        keys: list[tuple[object, ...]] = [("body", *key)]
        if len(key) > 1 and mention.name[-1].lower() in sorts_of_body():
            keys.append(("body", *key[:-1]))
        if len(key) > 2:
            keys.append(("words", *sorted(word for word in key if word not in ("of", "for", "and"))))
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
        fits = [e for e in fits if agree(e.gender, mention.gender)]
        exact = [e for e in fits if key in e.names]
        if not fits and mention.fact is None:
            given = self.by_first.get(key[0], ())
            fits = [e for e in given if any(_begins(key, n) for n in e.names) and agree(e.gender, mention.gender)]
        return exact[0] if exact else fits[0] if len(fits) == 1 else None

    def _single(self, word: str, mention: Mention) -> Entity | None:
        for table in (self.by_last, self.by_first):
            fits = [e for e in table.get(word, ()) if agree(e.gender, mention.gender) and not _other_person(e, mention)]
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
        other = next(
            (
                k
                for k in range(number + 1, min(number + 5, len(mentions)))
                if mentions[k].form == "name" and mentions[k].name_at[0] == alias[0]
            ),
            None,
        )
        one, two = self.clusters.find(number), None if other is None else self.clusters.find(other)
        if one is not None and two is not None:
            self.clusters.merge(one, two)


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two names of several words begins the other ("John Amos", "John Amos Reed")."""
    short, long = sorted((one, other), key=len)
    return 1 < len(short) < len(long) and long[: len(short)] == short


def _other_person(entity: Entity, mention: Mention) -> bool:
    """Whether a well-known bearer of the bare surname is not the person of the report ("Ahmed Bush")."""
    if mention.fact is None or mention.fact.short:
        return False
    facts = {m.fact.name for m in entity.labels if m.fact is not None and not m.fact.short}
    return bool(facts) and mention.fact.name not in facts


def _latest(entities: Sequence[Entity], before: int) -> Entity | None:
    """The one mentioned last before token `before`; None where none was."""
    best, place = None, -1
    for entity in entities:
        last = max((m.first for m in entity.mentions if m.first < before), default=-1)
        if last > place:
            best, place = entity, last
    return best
