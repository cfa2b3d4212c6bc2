"""How the parties of a report stand to each other: who leads, speaks for, backs, controls, belongs to or opposes whom.

Read from grammar: role nouns ("the head of Y", "Y's envoy", "Y leader X"), verbs ("X controls Y"), compounds
("Y-backed militias") and nouns of command ("under Y's orders"). The words are in `lexicons/en/relations.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from diurna.annotate.parse import Parse
from diurna.lexicon import Table, load, made_of
from diurna.model.annotation import RelationDraft
from diurna.model.record import Polarity, RelationKind
from diurna.model.span import Span, hull

_MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "det", "flat", "quantmod"})
_OBJECTS = ("dobj", "obj")
_SUBJECTS = ("nsubj", "nsubjpass")
_NOUNS = frozenset({"NOUN", "PROPN"})
_NO_PARTY = frozenset(
    {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
_HYPHENS = frozenset({"-", "‑", "–"})


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a listed word says: the relation, the prepositions that lead to the other party, the direction.

    `named`: the other party may also stand as a name before the word ("Y envoy X").
    """

    kind: RelationKind
    preps: frozenset[str] = frozenset()
    turned: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Lexicon:
    hyphen: dict[str, _Sense]
    noun: dict[str, tuple[_Sense, ...]]
    verb: dict[str, _Sense]
    linked: dict[str, _Sense]
    command: dict[str, _Sense]
    bond: frozenset[str]
    bond_kinds: dict[str, RelationKind]
    denying: frozenset[str]
    nobody: frozenset[str]


def find_relations(parse: Parse) -> list[RelationDraft]:
    """Every relation the grammar states between two parties of the report, in text order, each once."""
    words = _lexicon()
    found: dict[tuple[RelationKind, Span, Span], RelationDraft] = {}
    for token, lemma in enumerate(parse.lemmas):
        for draft in _at(parse, token, lemma, words):
            found.setdefault((draft.kind, draft.source, draft.target), draft)
    return list(found.values())


def _at(parse: Parse, token: int, lemma: str, words: _Lexicon) -> Iterator[RelationDraft]:
    lower = parse.lowers[token]
    if lower in words.hyphen and token >= 2 and parse.lowers[token - 1] in _HYPHENS:
        yield from _hyphenated(parse, token, words)
    elif "-" in lower and lower.rpartition("-")[2] in words.hyphen:
        yield from _one_word(parse, token, words)
    elif lemma in words.noun and parse.pos[token] in _NOUNS:
        yield from _role(parse, token, words.noun[lemma])
    elif lemma in words.verb and parse.pos[token] == "VERB":
        yield from _verb(parse, token, words.verb[lemma], words)
    if lemma in words.linked:
        yield from _linked(parse, token, words.linked[lemma], words)
    if lemma in words.command and parse.deps[token] == "pobj":
        yield from _under_command(parse, token, words.command[lemma], words)
    elif lemma in words.command and parse.deps[token] == "dobj":
        yield from _taking_orders(parse, token, words.command[lemma], words)
    if lemma in words.bond and parse.pos[token] == "NOUN":
        yield from _bond(parse, token, words)


def _hyphenated(parse: Parse, token: int, words: _Lexicon) -> Iterator[RelationDraft]:
    """As in "Iran-backed militias": the name before the hyphen and the noun the compound describes."""
    name, noun = token - 2, parse.heads[token]
    if noun > token and parse.words[name][:1].isupper() and parse.pos[noun] in _NOUNS:
        source = parse.span(_name_start(parse, name), name + 1)
        yield from _draft(parse, words.hyphen[parse.lowers[token]], source, noun, "hyphen")


def _one_word(parse: Parse, token: int, words: _Lexicon) -> Iterator[RelationDraft]:
    """The same where the tokenizer keeps "U.S.-led" whole."""
    noun, (name, _, last) = parse.heads[token], parse.words[token].rpartition("-")
    if noun > token and name[:1].isupper() and parse.pos[noun] in _NOUNS:
        source = Span(parse.starts[token], parse.starts[token] + len(name))
        yield from _draft(parse, words.hyphen[last.lower()], source, noun, "hyphen")


def _name_start(parse: Parse, token: int) -> int:
    number = parse.entity_of[token]
    return parse.entities[number].first if number >= 0 else token


def _draft(
    parse: Parse,
    sense: _Sense,
    first: Span | int,
    second: Span | int,
    rule: str,
    *,
    denied: bool = False,
) -> Iterator[RelationDraft]:
    """One relation between two parties, each a span or the head token of its phrase; none where one is no party."""
    spans = [_party(parse, one, _lexicon()) if isinstance(one, int) else one for one in (first, second)]
    source, target = reversed(spans) if sense.turned else spans
    if source is None or target is None or source.overlaps(target):
        return
    polarity: Polarity = "negative" if denied else "positive"
    yield RelationDraft(sense.kind, source, target, polarity, hull((source, target)), f"relation:{rule}")


def _party(parse: Parse, head: int, words: _Lexicon) -> Span | None:
    """The noun phrase at `head` without its possessor and what follows it; None where it can be no party."""
    if parse.pos[head] == "PRON" and parse.tags[head] in ("PRP", "PRP$", "WP"):
        return None if parse.lowers[head] in words.nobody else parse.span(head, head + 1)
    if parse.pos[head] not in _NOUNS or parse.lemmas[head] in words.nobody:
        return None
    number = parse.entity_of[head]
    if number >= 0 and parse.entities[number].label in _NO_PARTY:
        return None
    if number >= 0 and parse.pos[head] == "PROPN":
        return parse.span(parse.entities[number].first, parse.entities[number].last)
    first = head
    while first > 0 and parse.deps[first - 1] in _MODIFIERS and head >= parse.heads[first - 1] >= first:
        if "-" in parse.lowers[first - 1] or (first > 1 and parse.lowers[first - 2] in _HYPHENS):
            break
        first -= 1
    return parse.span(first, head + 1)


def _role(parse: Parse, token: int, senses: tuple[_Sense, ...]) -> Iterator[RelationDraft]:
    """Role nouns: the other party by preposition, as possessor, or as the name before the role."""
    holders = _holders(parse, token)
    for sense in senses:
        targets = list(_targets(parse, token, sense))
        for holder in holders:
            for target in targets:
                if holder != target:
                    yield from _draft(parse, sense, holder, target, "role")


def _holders(parse: Parse, token: int) -> list[int]:
    """Who has the role: the name it stands beside, the subject it is said of, else the role noun itself."""
    head, relation = parse.heads[token], parse.deps[token]
    if relation in ("appos", "compound", "nmod") and parse.pos[head] == "PROPN" and head != token:
        return [head]
    beside = [c for c in parse.children[token] if parse.deps[c] == "appos" and parse.pos[c] == "PROPN"]
    if beside:
        return beside[:1]
    if relation == "attr" and parse.lemmas[head] in ("be", "become", "remain"):
        subject = parse.child(head, *_SUBJECTS)
        if subject is not None and parse.pos[subject] in _NOUNS:
            return [subject]
    return [token]


def _targets(parse: Parse, token: int, sense: _Sense) -> Iterator[int]:
    for child in parse.children[token]:
        if parse.deps[child] == "prep" and parse.lowers[child] in sense.preps:
            yield from _objects(parse, child)
            return
    owner = parse.child(token, "poss")
    if owner is not None and parse.pos[owner] == "PROPN":
        yield owner
        return
    if not sense.named:
        return
    before = token - 1
    while before >= 0 and parse.deps[before] in ("compound", "nmod", "amod") and not _names_party(parse, before):
        before -= 1
    if before >= 0 and _names_party(parse, before) and parse.heads[before] in (token, parse.heads[token]):
        yield before


def _names_party(parse: Parse, token: int) -> bool:
    number = parse.entity_of[token]
    return number >= 0 and parse.entities[number].label in ("ORG", "GPE", "NORP") and parse.words[token][:1].isupper()


def _objects(parse: Parse, prep: int) -> Iterator[int]:
    """The object of a preposition and what is joined to it, at most four."""
    node = parse.child(prep, "pobj")
    for _ in range(4):
        if node is None:
            return
        yield node
        node = parse.child(node, "conj")


def _verb(parse: Parse, token: int, sense: _Sense, words: _Lexicon) -> Iterator[RelationDraft]:
    """As in "X controls Y", "Y, controlled by X", "X denies controlling Y"."""
    agent = parse.child(token, "agent")
    denied = _denied(parse, token, words)
    if agent is not None:
        patient = parse.child(token, "nsubjpass")
        if patient is None and parse.deps[token] in ("acl", "amod"):
            patient = parse.heads[token]
        source = parse.child(agent, "pobj")
    else:
        patient, source = parse.child(token, *_OBJECTS), _subject(parse, token)
    if patient is not None and source is not None:
        patient = _through_of(parse, patient)
        source = _antecedent(parse, source)
        yield from _draft(parse, sense, source, patient, "verb", denied=denied)


def _through_of(parse: Parse, token: int) -> int:
    """The noun behind a quantity: in "most of the valley": the valley."""
    if parse.pos[token] in _NOUNS and parse.lemmas[token] not in ("part", "number", "group"):
        return token
    prep = parse.child(token, "prep")
    inner = parse.child(prep, "pobj") if prep is not None and parse.lowers[prep] == "of" else None
    return token if inner is None else inner


def _subject(parse: Parse, token: int) -> int | None:
    """The subject of a verb, its own or the one it shares with the verb above."""
    node = token
    for _ in range(4):
        subject = parse.child(node, "nsubj")
        if subject is not None:
            return subject
        if parse.child(node, "nsubjpass") is not None or parse.deps[node] not in ("xcomp", "conj", "pcomp", "advcl"):
            return None
        up = parse.heads[node]
        node = parse.heads[up] if parse.deps[up] == "prep" else up
        if parse.pos[node] not in ("VERB", "AUX"):
            return None
    return None


def _antecedent(parse: Parse, token: int) -> int:
    """The noun a relative pronoun stands for; any other word itself."""
    if parse.tags[token] in ("WDT", "WP"):
        verb = parse.heads[token]
        for node in (verb, parse.heads[verb]):
            if parse.deps[node] == "relcl":
                return parse.heads[node]
    return token


def _denied(parse: Parse, token: int, words: _Lexicon) -> bool:
    """Whether the clause of `token` is negated, or hangs on a verb that denies it; two of them cancel out."""
    count, node = 0, token
    for _ in range(3):
        count += any(parse.deps[c] == "neg" for c in parse.children[node])
        if parse.deps[node] not in ("xcomp", "ccomp", "pcomp", "acomp", "attr", "prep", "pobj"):
            break
        node = parse.heads[node]
        count += parse.lemmas[node] in words.denying
    return count % 2 == 1


def _linked(parse: Parse, token: int, sense: _Sense, words: _Lexicon) -> Iterator[RelationDraft]:
    """As in "belongs to Y", "loyal to Y", "not answerable to Y"."""
    prep = next((c for c in parse.children[token] if parse.deps[c] == "prep" and parse.lowers[c] in sense.preps), None)
    party = None if prep is None else parse.child(prep, "pobj")
    holder = _bearer(parse, token)
    if party is not None and holder is not None and parse.lemmas[party] not in words.command:
        yield from _draft(parse, sense, holder, party, "linked", denied=_denied(parse, token, words))


def _bearer(parse: Parse, token: int) -> int | None:
    """Of whom a verb or adjective is said."""
    relation, head = parse.deps[token], parse.heads[token]
    if relation in ("amod", "acl") and parse.pos[head] in _NOUNS:
        return head
    holder = _subject(parse, token) or parse.child(token, "nsubjpass")
    if holder is None and relation in ("acomp", "oprd", "attr"):
        holder = _subject(parse, head)
    return None if holder is None else _antecedent(parse, holder)


def _under_command(parse: Parse, token: int, sense: _Sense, words: _Lexicon) -> Iterator[RelationDraft]:
    """As in "work under Y's orders", "under the command of Y", "not subject to Y's instruction": Y and who works."""
    prep = parse.heads[token]
    if parse.lowers[prep] not in sense.preps:
        return
    party = parse.child(token, "poss")
    if party is None:
        inner = parse.child(token, "prep")
        party = parse.child(inner, "pobj") if inner is not None and parse.lowers[inner] == "of" else None
    verb = parse.heads[prep]
    holder = _bearer(parse, verb) if parse.pos[verb] not in _NOUNS else verb
    if party is not None and holder is not None and party != holder:
        yield from _draft(parse, sense, party, holder, "command", denied=_denied(parse, verb, words))


def _taking_orders(parse: Parse, token: int, sense: _Sense, words: _Lexicon) -> Iterator[RelationDraft]:
    """As in "the fighters take orders from Y"."""
    verb = parse.heads[token]
    prep = next((c for n in (token, verb) for c in parse.children[n] if parse.lowers[c] == "from"), None)
    party = None if prep is None else parse.child(prep, "pobj")
    holder = _subject(parse, verb)
    if party is not None and holder is not None:
        yield from _draft(parse, sense, party, holder, "command", denied=_denied(parse, verb, words))


def _bond(parse: Parse, token: int, words: _Lexicon) -> Iterator[RelationDraft]:
    """As in "the relationship between X and Y was one of alliance rather than subordination"."""
    prep = next((c for c in parse.children[token] if parse.lowers[c] == "between"), None)
    ends = list(_objects(parse, prep)) if prep is not None else []
    if len(ends) != 2:
        return
    _, last = parse.sentences[parse.sentence_of[token]]
    for i in range(ends[1] + 1, min(last, ends[1] + 16)):
        turned_down = bool({"not", "than", "no"} & set(parse.lowers[max(token, i - 3) : i]))
        kind = words.bond_kinds.get(parse.lemmas[i])
        if kind:
            for draft in _draft(parse, _Sense(kind), ends[0], ends[1], "bond", denied=turned_down):
                yield replace(draft, span=hull((draft.span, parse.span(i, i + 1))))


@made_of("relations")
def _lexicon() -> _Lexicon:
    table = load("relations", check=_faults)
    return _Lexicon(
        hyphen={word: sense for word, (sense, *_) in _senses(table["hyphen"]).items()},
        noun=_senses(table["noun"]),
        verb={word: sense for word, (sense, *_) in _senses(table["verb"]).items()},
        linked={word: sense for word, (sense, *_) in _senses(table["linked"]).items()},
        command={word: sense for word, (sense, *_) in _senses([table["command"]]).items()},
        bond=frozenset(table["bond"]["words"]),
        bond_kinds={word: kind for kind in ("allied_with", "controls") for word in table["bond"][kind]},
        denying=frozenset(table["denying"]["words"]),
        nobody=frozenset(table["nobody"]["words"]),
    )


def _senses(groups: list[dict[str, Any]]) -> dict[str, tuple[_Sense, ...]]:
    found: dict[str, tuple[_Sense, ...]] = {}
    for group in groups:
        sense = _Sense(
            group["kind"], frozenset(group.get("preps", ())), bool(group.get("turned", False)), group.get("named", True)
        )
        for word in group["words"]:
            found[word] = (*found.get(word, ()), sense)
    return found


_KINDS = frozenset(RelationKind.__args__)  # type: ignore[attr-defined]


_GROUPS = ("hyphen", "noun", "verb", "linked", "command", "bond", "denying", "nobody")
_PLAIN = ("bond", "denying", "nobody")


def _faults(table: Table) -> list[str]:
    """A sentence for every group without words or with a kind that does not exist."""
    faults = [f"{key} is missing" for key in _GROUPS if key not in table]
    for key, groups in table.items():
        for number, group in enumerate(groups if isinstance(groups, list) else [groups]):
            if not group.get("words"):
                faults.append(f"{key} {number} has no words")
            if key not in _PLAIN and group.get("kind") not in _KINDS:
                faults.append(f"{key} {number} has kind {group.get('kind')!r}, which does not exist")
    return faults
