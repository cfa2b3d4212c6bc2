"""Speakers that are no actor, chiefly documents and websites: where else the report mentions the same one.

A letter, a study or a website speaks and is nobody. It gets no actor; its mentions ("a new study ... the report")
are kept with the speaker, found by head noun, by what narrows it, and for "it" by what spoke or was told of last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.lexicon import Table, faults_in_tables, load, made_of
from diurna.model.span import Span

_FAR = 12
"""Sentences a bare sort of document ("the report") looks back for one told of by another noun ("a new study")."""

_KEPT = 40
"""Latest phrases of a noun looked through: keeps the work linear in the length of the text."""

_NEAR = 2
"""Sentences "it" looks back."""

_DETERMINED = frozenset({"the", "this", "that", "these", "those"})
_NUMBERED = {"NN": False, "NNS": True, "NNP": False, "NNPS": True}
_INNER = frozenset({"compound", "nmod", "amod", "npadvmod"})
_TELLING = ("ADJ", "NOUN", "PROPN", "NUM", "VERB")


@dataclass(slots=True)
class _Mention:
    """A noun phrase: its head, its first token, and the words that narrow it, before the head and in all.

    Attributes:
        new: whether somebody new comes in with it ("the post by an unknown author"), so that it is new itself.
    """

    head: int
    first: int
    plural: bool
    definite: bool
    before: frozenset[str]
    told: frozenset[str]
    new: bool
    chain: int = -1


def mentions_of_speakers(
    parse: Parse, speakers: Sequence[Span | None], taken: Collection[int]
) -> list[tuple[Span, ...]]:
    """All mentions of each speaker, itself among them, in text order; empty where no noun or "it" heads it.

    Args:
        speakers: the spans of speakers that are no actor; None for one that need not be looked at.
        taken: head tokens of the mentions of actors, which are nobody else's.
    """
    heads = [None if span is None else parse.head_in(span) for span in speakers]
    if all(head is None for head in heads):
        return [() for _ in speakers]
    chains = _Chains(parse, taken, {head for head in heads if head is not None})
    return [() if head is None else chains.of(head) for head in heads]


class _Chains:
    def __init__(self, parse: Parse, taken: Collection[int], speaking: Collection[int]) -> None:
        self.parse, self.speaking = parse, speaking
        self.mentions: list[_Mention] = []
        self.spans: dict[int, list[Span]] = {}
        self.chain_at: dict[int, int] = {}
        self.sorts: dict[str, list[_Mention]] = {}
        for head in range(len(parse)):
            if head in taken:
                continue
            if parse.lowers[head] == "it" and head in speaking:
                self._place(head, head, self._before(head))
            elif parse.tags[head] in _NUMBERED and parse.deps[head] not in _INNER:
                mention = _mention(parse, head)
                known = self._known(mention)
                self._place(head, mention.first, known)
                mention.chain = self.chain_at[head]
                self.mentions.append(mention)
                for sort in _sorts_of(parse, head):
                    self.sorts.setdefault(sort, []).append(mention)

    def of(self, head: int) -> tuple[Span, ...]:
        chain = self.chain_at.get(head)
        return () if chain is None else tuple(self.spans[chain])

    def _place(self, head: int, first: int, chain: int | None) -> None:
        number = len(self.spans) if chain is None else chain
        self.chain_at[head] = number
        self.spans.setdefault(number, []).append(self.parse.span(first, head + 1))

    def _known(self, mention: _Mention) -> int | None:
        """The chain a phrase goes on with: the same name, or the latest of its noun (or sort) that it may take up."""
        parse, word = self.parse, self.parse.lemmas[mention.head]
        same = self.sorts.get(word, [])[: -_KEPT - 1 : -1]
        if parse.pos[mention.head] == "PROPN":
            name = self._name(mention)
            return next((one.chain for one in same if self._name(one) == name), None)
        if mention.new or not mention.definite:
            return None
        alike = [one for one in same if one.plural == mention.plural and self._fits(mention, one)]
        for one in alike:
            if mention.before <= one.before | one.told:
                return one.chain
        if alike and len({one.chain for one in alike}) == 1 and not self._tells_apart(mention, alike[0]):
            return alike[0].chain
        return None if mention.before or mention.plural else self._of_sort(mention)

    def _name(self, mention: _Mention) -> tuple[str, ...]:
        return tuple(w for w in self.parse.lowers[mention.first : mention.head + 1] if w not in _DETERMINED)

    def _fits(self, mention: _Mention, other: _Mention) -> bool:
        """Whether what follows the nouns does not tell them apart ("the report by the council": "... by the bank")."""
        own, their = mention.told - mention.before, other.told - other.before
        return not own or not their or bool(own & their)

    def _tells_apart(self, mention: _Mention, other: _Mention) -> bool:
        """Whether both have names or numbers before the noun ("the UN report", "the council's report")."""
        return all(any(self.parse.pos[i] in ("PROPN", "NUM") for i in range(m.first, m.head)) for m in (mention, other))

    def _of_sort(self, mention: _Mention) -> int | None:
        """The latest document of a kindred noun, where "the report" has none of its own before it."""
        here = self.parse.sentence_of[mention.head]
        kindred = [
            one
            for sort in _kinds_at(self.parse, mention.head)
            for one in self.sorts.get("*" + sort, [])[-_KEPT:]
            if not one.plural and here - self.parse.sentence_of[one.head] <= _FAR
        ]
        return max(kindred, key=lambda one: one.head).chain if kindred else None

    def _before(self, head: int) -> int | None:
        """What "it" is that speaks: the last document before it that was the subject of its sentence, else the last."""
        here = self.parse.sentence_of[head]
        near = [
            one
            for one in reversed(self.mentions[-_KEPT:])
            if here - self.parse.sentence_of[one.head] <= _NEAR and not one.plural and _kinds_at(self.parse, one.head)
        ]
        subjects = [one for one in near if self.parse.deps[one.head] in ("nsubj", "nsubjpass")]
        chosen = next(iter(subjects or near), None)
        return None if chosen is None else chosen.chain


def _mention(parse: Parse, head: int) -> _Mention:
    first = max(parse.left_edge[head], parse.sentences[parse.sentence_of[head]][0])
    before = frozenset(parse.lowers[i] for i in range(first, head) if parse.pos[i] in _TELLING)
    after = frozenset(parse.lowers[i] for i in _told_after(parse, head) if parse.pos[i] in ("NOUN", "PROPN", "NUM"))
    owned = any(parse.deps[c] == "poss" for c in parse.children[head])
    determined = any(parse.lowers[c] in _DETERMINED for c in parse.children[head] if c < head)
    return _Mention(
        head,
        first,
        plural=_NUMBERED[parse.tags[head]],
        definite=determined or owned or parse.pos[head] == "PROPN",
        before=before,
        told=before | after,
        new=any(parse.lowers[i] in ("a", "an") for i in _told_after(parse, head)),
    )


def _told_after(parse: Parse, head: int) -> Iterator[int]:
    """The words of the "of", "by" and "from" phrases right of the head."""
    for child in parse.children_by(head, "prep"):
        if child > head and parse.lowers[child] in ("of", "by", "from", "on"):
            yield from range(child, min(parse.right_edge[child], child + 8) + 1)


def _sorts_of(parse: Parse, head: int) -> Iterator[str]:
    yield parse.lemmas[head]
    yield from ("*" + sort for sort in _kinds_at(parse, head))


def _kinds_at(parse: Parse, head: int) -> tuple[str, ...]:
    return _kindred().get(parse.lemmas[head], ())


@made_of("speakers")
def _kindred() -> dict[str, tuple[str, ...]]:
    """The sorts of document each noun may name."""
    found: dict[str, tuple[str, ...]] = {}
    for sort, words in load("speakers", "en", _faults)["kindred"].items():
        for word in words:
            found[word] = (*found.get(word, ()), sort)
    return found


def _faults(table: Table) -> list[str]:
    return faults_in_tables(table, "kindred")
