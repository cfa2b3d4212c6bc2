"""A second look over the mentions found: parts of longer ones, headline guesses, names that stand elsewhere too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diurna.annotate.actors.mention import Mention
from diurna.annotate.actors.metonymy import speaks
from diurna.annotate.parse import Parse

INNER = frozenset({"compound", "nmod", "amod", "nummod", "quantmod", "punct", "det"})
"""Relations by which a word is part of a larger noun phrase."""

_NAMING = frozenset({"PROPN", "NOUN", "X", "ADJ"})


def is_inner(parse: Parse, i: int) -> bool:
    """Whether token `i`, standing in one of the `INNER` relations, belongs to a phrase whose head follows."""
    head = parse.heads[i]
    return head > i and parse.pos[head] in ("PROPN", "NOUN", "NUM", "ADJ", "SYM")


def without_inner_names(found: Sequence[Mention]) -> list[Mention]:
    """The mentions, less the unknown names within a longer name ("Finance" in "Ministry of Finance")."""
    names = sorted((m for m in found if m.form == "name" and len(m.name) > 1), key=lambda m: len(m.name))
    longer = {k: m.head for m in names for k in range(*m.name_at)}
    return [m for m in found if m.form != "name" or m.fact is not None or longer.get(m.head, m.head) == m.head]


def without_halves(parse: Parse, found: Sequence[Mention]) -> list[Mention]:
    """The mentions, less the halves that a hyphen makes of one title ("founder" in "co-founder")."""
    ends: dict[int, Mention] = {}
    for m in found:
        ends.setdefault(m.name_at[0] if m.form == "name" else m.last, m)
    halves = {m: whole for m in found if m.form == "nominal" and _is_half(parse, m, whole := ends[m.last])}
    widened = {whole: min(m.first, whole.first) for m, whole in halves.items() if whole.form == "name"}
    kept = [m for m in found if m not in halves]
    return [replace(m, first=widened[m]) if m in widened else m for m in kept]


def _is_half(parse: Parse, mention: Mention, whole: Mention) -> bool:
    if whole.head == mention.head or not (whole.form == "name" or whole.first <= mention.first):
        return False
    first = max(min(whole.first, mention.first), mention.first - 1)
    return any(parse.words[i] in ("-", "–") for i in range(first, mention.last))


_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})


def is_title_case(parse: Parse, number: int) -> bool:
    """Whether nearly all longer words of a sentence are capitalised, so that capitals tell nothing."""
    first, last = parse.sentences[number]
    if parse.words[last - 1] in (".", "!", "”", '"'):
        return False
    telling = [parse.words[i] for i in range(first, last) if parse.pos[i] in _TELLING and len(parse.words[i]) > 2]
    return len(telling) >= 3 and sum(word[0].isupper() for word in telling) >= 0.85 * len(telling)


def without_headline_guesses(parse: Parse, found: Sequence[Mention]) -> list[Mention]:
    """The mentions, less the unknown names in headline capitals that stand nowhere else in the report."""
    shouting = {number for number in range(len(parse.sentences)) if is_title_case(parse, number)}
    if not shouting:
        return list(found)
    said = {word for m in found if m.form == "name" and parse.sentence_of[m.head] not in shouting for word in m.name}
    return [m for m in found if not _is_guess(m, parse.sentence_of[m.head] in shouting, said)]


def _is_guess(mention: Mention, shouting: bool, said: set[str]) -> bool:
    if not shouting or mention.form != "name" or mention.fact is not None:
        return False
    if mention.kind == "person" and len(mention.name) > 1 and mention.gender is not None:
        return False
    return not set(mention.name) <= said


def repeated(parse: Parse, found: Sequence[Mention]) -> list[Mention]:
    """Mentions, inside other phrases, of names found elsewhere in the report ("the Ruritania Watch website")."""
    names: dict[str, list[Mention]] = {}
    for mention in found:
        if (
            mention.form == "name"
            and mention.fact is None
            and mention.kind in ("person", "organisation", "group", "outlet")
        ):
            _remember(names, mention)
    for mention in found:
        if mention.form == "name" and mention.kind == "person" and len(mention.name) > 1 and len(mention.name[-1]) > 2:
            _remember(names, replace(mention, name=mention.name[-1:]))
    covered = {i for m in found if m.form == "name" for i in range(*m.name_at)} | {m.head for m in found}
    added = []
    for i, word in enumerate(parse.words):
        if i in covered or word not in names or (parse.pos[i] not in _NAMING and word.islower()):
            continue
        for model in sorted(names[word], key=lambda m: -len(m.name)):
            last = i + len(model.name)
            if model.name_at[1] - model.name_at[0] != len(model.name) and not _stands_for_name(parse, i):
                continue
            if tuple(parse.words[i:last]) == model.name and not covered.intersection(range(i, last)):
                added.append(_again(model, i, last))
                covered.update(range(i, last))
                break
    return added


def _stands_for_name(parse: Parse, i: int) -> bool:
    """Whether the last word of somebody's name stands alone: a noun of its own, not in a longer name."""
    number = parse.entity_of[i]
    alone = number < 0 or parse.entities[number].last - parse.entities[number].first == 1
    starts = parse.sentences[parse.sentence_of[i]][0] == i
    noun = parse.pos[i] == "PROPN" or (parse.pos[i] == "NOUN" and (not starts or speaks(parse, i)))
    return alone and noun and not (parse.deps[i] in INNER and is_inner(parse, i))


def _remember(names: dict[str, list[Mention]], mention: Mention) -> None:
    rows = names.setdefault(mention.name[0], [])
    if all(row.name != mention.name for row in rows):
        rows.append(mention)


def _again(model: Mention, first: int, last: int) -> Mention:
    return replace(model, first=first, last=last, head=last - 1, name_at=(first, last), roles=(), role=None)
