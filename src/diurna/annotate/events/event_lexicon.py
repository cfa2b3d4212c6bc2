"""The lexicon of deeds, read from `events.toml`: which words tell of which PLOVER type, and what they stand with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from diurna.lexicon import Table, load, made_of
from diurna.model.record import EventType

TYPES = frozenset(get_args(EventType))
KINDS = frozenset({
    "PARTY", "PLACE", "STATE", "PERSON", "ROLE", "ARMED", "PEOPLE", "PRONOUN", "PRONOUN_PERSON", "NOUN", "NONE",
    "SITE",
})  # fmt: skip
"""Kinds of noun phrase an entry may ask for, beside words; NONE stands for "no object at all"."""

_ENTRY_KEYS = frozenset({
    "type", "mode", "cameo", "contexts", "words", "object", "not_object", "subject", "not_subject", "with", "pobj",
    "not_pobj", "oprd", "near", "object_modifier", "recipient", "strict", "reciprocal", "complement",
    "needs_recipient", "no_complement", "poss", "of", "of_class", "needs_party", "needs_two", "not_near", "outranks",
})  # fmt: skip
_PARTS = (
    "classes", "verb", "noun", "light", "operator", "operator_nouns", "acts", "grammar", "lemmas",
    "contexts", "parties",
)  # fmt: skip
_WORD_KEYS = ("object", "not_object", "subject", "not_subject", "pobj", "not_pobj", "oprd", "near", "object_modifier",
              "of_class", "not_near")  # fmt: skip


_VIOLENT = frozenset(
    {"shoot", "bomb", "attack", "stab", "shell", "gunman", "militant", "terrorist", "gunfire", "behead"}
)
"""Words of violence beside event nouns and weapons."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a noun may be: one of some words, or of some kind."""

    words: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.kinds)

    @property
    def narrowness(self) -> int:
        """0 asks nothing, 1 for any noun or party, 2 for certain words or kinds."""
        return bool(self) + bool(self.words or self.kinds - {"PARTY", "NOUN", "NONE"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in which a word tells of a deed; the fields are those of `events.toml`, where they are explained."""

    type: EventType
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    particle: str
    object: Choice
    not_object: Choice
    subject: Choice
    not_subject: Choice
    prepositions: tuple[str, ...]
    pobj: Choice
    not_pobj: Choice
    oprd: Choice
    near: Choice
    not_near: Choice
    object_modifier: Choice
    of_class: Choice
    recipient: tuple[str, ...]
    strict: bool
    reciprocal: bool
    complement: bool
    no_complement: bool
    needs_recipient: bool
    needs_party: bool
    needs_two: bool
    outranks: bool
    poss: str
    of: str

    @property
    def demands(self) -> int:
        """How much the entry asks for: the more, the earlier it is tried."""
        wanted = (self.object, self.subject, self.pobj, self.oprd, self.near, self.object_modifier)
        narrow = sum(choice.narrowness for choice in wanted) + bool(self.subject.words)
        return 3 * len(self.particle.split()) + narrow + bool(self.prepositions) + self.complement


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that makes a deed of saying something about another deed."""

    kind: str
    recipient: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActKind:
    """What a kind of operator is: its type, and its code and mode by the type of the deed it is about."""

    type: EventType
    code: str
    codes: dict[str, str]
    modes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words of grammar the rules need; `events.toml` says what each list is for."""

    control: frozenset[str]
    located: frozenset[str]
    future: frozenset[str]
    duty: frozenset[str]
    conditions: frozenset[str]
    terms: frozenset[str]
    say: frozenset[str]
    begin: frozenset[str]
    vows: frozenset[str]
    infinitive_only: frozenset[str]
    that_request: frozenset[str]
    reach: frozenset[str]
    reached: frozenset[str]
    occasions: frozenset[str]
    somebody: frozenset[str]
    nobody: frozenset[str]
    thwarting: frozenset[str]
    giving: frozenset[str]
    blame: frozenset[str]
    misdeeds: frozenset[str]
    asides: frozenset[str]
    sources: frozenset[str]
    apart: frozenset[str]
    wishing: frozenset[str]
    homelands: frozenset[str]
    mouthpieces: frozenset[str]
    leading: frozenset[str]
    stative: frozenset[str]
    founding: frozenset[str]
    imposing: frozenset[str]
    taking: frozenset[str]
    ringing: frozenset[str]
    telling: frozenset[str]
    platforms: frozenset[str]
    answering: frozenset[str]
    backing: frozenset[str]
    having: frozenset[str]
    attempts: frozenset[str]
    freeing: frozenset[str]
    leaving: frozenset[str]
    holding: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parties:
    """Nouns that can act or be acted upon, by what they are."""

    roles: frozenset[str]
    bodies: frozenset[str]
    armed: frozenset[str]
    people: frozenset[str]
    pronouns: frozenset[str]
    places: frozenset[str]
    documents: frozenset[str]
    weapons: frozenset[str]
    blasts: frozenset[str]
    keeping: frozenset[str]
    hollow: frozenset[str]
    carriers: frozenset[str]
    things: frozenset[str]
    media: frozenset[str]
    sites: frozenset[str]
    protesters: frozenset[str]
    owned: frozenset[str]
    quarrels: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """All of `events.toml`, ready for look-up by dictionary form."""

    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    noun_words: frozenset[str]
    light: frozenset[str]
    passive_light: frozenset[str]
    onlookers: frozenset[str]
    planning: frozenset[str]
    operators: dict[str, tuple[Operator, ...]]
    operator_nouns: dict[str, Operator]
    lemmas: dict[str, str]
    acts: dict[str, ActKind]
    grammar: Grammar
    contexts: dict[str, tuple[str, ...]]
    parties: Parties
    accidents: frozenset[str]
    violence: frozenset[str]


@made_of("events")
def event_lexicon(language: str = "en") -> EventLexicon:
    """The lexicon of deeds of a language, checked and loaded once.

    Raises:
        LexiconError: `events.toml` is missing or has faults.
    """
    table = load("events", language, check_events)
    classes: dict[str, list[str]] = table["classes"]
    nouns = _index(table["noun"], classes)
    parties = Parties(**{key: frozenset(words) for key, words in table["parties"].items()})
    return EventLexicon(
        verbs=_index(table["verb"], classes),
        nouns=nouns,
        noun_words=_single_words(nouns) | frozenset(w for words in table["operator_nouns"].values() for w in words),
        light=frozenset(table["light"]["words"]),
        passive_light=frozenset(table["light"]["passive_like"]),
        onlookers=frozenset(table["light"]["onlookers"]),
        planning=frozenset(table["light"]["planned"]),
        operators=_operators(table["operator"]),
        operator_nouns={w: Operator(kind, ()) for kind, words in table["operator_nouns"].items() for w in words},
        lemmas=table["lemmas"],
        acts={kind: ActKind(**row) for kind, row in table["acts"].items()},
        grammar=Grammar(**{key: frozenset(words) for key, words in table["grammar"].items()}),
        contexts=_contexts(table["contexts"]),
        parties=parties,
        accidents=frozenset((*classes["nature"], *classes["vehicles"])),
        violence=parties.weapons | {word for word, rows in nouns.items() if rows[0].type == "ASSAULT"} | _VIOLENT,
    )


def _index(rows: list[Table], classes: dict[str, list[str]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for row in rows:
        for phrase in row["words"]:
            lemma, _, particle = phrase.partition(" ")
            found.setdefault(lemma, []).append(_entry(row, particle, classes))
    return {lemma: tuple(sorted(entries, key=lambda e: -e.demands)) for lemma, entries in found.items()}


def _single_words(nouns: dict[str, tuple[Entry, ...]]) -> frozenset[str]:
    """Every token by which an event noun can be met: "sit-in" comes as three tokens, its parts count too."""
    return frozenset(part for word in nouns for part in (word, *word.split("-")) if len(part) > 2)


def _entry(row: Table, particle: str, classes: dict[str, list[str]]) -> Entry:
    choice = {key: _choice(row.get(key, []), classes) for key in _WORD_KEYS}
    return Entry(
        type=row["type"],
        mode=row.get("mode"),
        cameo=row.get("cameo"),
        contexts=tuple(row.get("contexts", ())),
        particle=particle,
        prepositions=tuple(row.get("with", ())),
        recipient=tuple(row.get("recipient", ("object",))),
        strict=row.get("strict", False),
        reciprocal=row.get("reciprocal", False),
        complement=row.get("complement", False),
        no_complement=row.get("no_complement", False),
        needs_recipient=row.get("needs_recipient", False),
        needs_party=row.get("needs_party", False),
        needs_two=row.get("needs_two", False),
        outranks=row.get("outranks", False),
        poss=row.get("poss", "actor"),
        of=row.get("of", "recipient"),
        **choice,
    )


def _choice(names: list[str], classes: dict[str, list[str]]) -> Choice:
    words: set[str] = set()
    for name in names:
        words.update(classes[name[1:]] if name.startswith("@") else [name])
    return Choice(frozenset(w for w in words if w not in KINDS), frozenset(words & KINDS))


def _operators(rows: list[Table]) -> dict[str, tuple[Operator, ...]]:
    found: dict[str, list[Operator]] = {}
    for row in rows:
        for word in row["words"]:
            found.setdefault(word, []).append(Operator(row["kind"], tuple(row["recipient"])))
    return {word: tuple(operators) for word, operators in found.items()}


def _contexts(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for context, words in table.items():
        for word in words:
            found.setdefault(word, []).append(context)
    return {word: tuple(contexts) for word, contexts in found.items()}


def check_events(table: Table) -> list[str]:
    """A sentence for every fault in the table of deeds."""
    faults = [f"[{key}] is missing" for key in _PARTS if key not in table]
    classes = table.get("classes", {})
    for part in ("verb", "noun"):
        for row in table.get(part, []):
            faults += _faults_in_entry(part, row, classes)
    for name, words in classes.items():
        faults += [f"class {name} lists {word!r} twice" for word in sorted({w for w in words if words.count(w) > 1})]
    return faults


def _faults_in_entry(part: str, row: Table, classes: Table) -> list[str]:
    words = row.get("words", [])
    name = f"{part} {words[0] if words else '?'} ({row.get('type')})"
    faults = [f"{name}: {key!r} is no field" for key in sorted(set(row) - _ENTRY_KEYS)]
    if row.get("type") not in TYPES:
        faults.append(f"{name}: {row.get('type')!r} is no PLOVER type")
    if not words:
        faults.append(f"{name}: no words")
    asked = [word for key in _WORD_KEYS for word in row.get(key, [])]
    faults += [f"{name}: there is no class {w}" for w in asked if w.startswith("@") and w[1:] not in classes]
    faults += [f"{name}: lists {word!r} twice" for word in sorted({w for w in words if words.count(w) > 1})]
    return faults
