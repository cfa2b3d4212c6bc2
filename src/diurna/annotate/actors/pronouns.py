"""Antecedents of pronouns, by number, gender, nearness and grammatical function (after Lappin and Leass, 1994)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from diurna.annotate.actors.entities import Clusters, Entity
from diurna.annotate.actors.mention import Mention
from diurna.annotate.actors.propernames import phrase_words
from diurna.annotate.parse import Parse

_BACK = 3
"""Sentences a pronoun looks back."""

_BACK_TO_SPEAKER = 8
"""Sentences a pronoun that speaks looks back for whoever spoke last, where nobody nearer fits."""

_LOOKED_AT = 120
"""Mentions looked at on the way."""

_WEIGHT = {
    "nsubj": 80.0,
    "nsubjpass": 75.0,
    "dobj": 50.0,
    "dative": 40.0,
    "agent": 45.0,
    "pobj": 35.0,
    "poss": 45.0,
    "attr": 40.0,
    "appos": 45.0,
}
_OTHER_WEIGHT = 30.0
_HERE = 100.0
"""Salience of standing in the pronoun's own sentence; halved with every sentence back."""

_MARGIN = 1.02
"""How much better than the next the best candidate must be."""

_TOPIC = 6.0
"""What each doubling of an actor's mentions so far adds: reports have a main person."""

_SPEAKING = 25.0
"""What it adds that both pronoun and candidate are subjects of a verb of saying."""

_OPENING, _CLOSING = frozenset({"“", "``"}), frozenset({"”", "''"})
_EITHER = frozenset({'"'})

_FIRST_PERSON_KINDS = frozenset({"person", "office", "unknown"})


def link_pronouns(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
    """Put each pronoun that has one clear antecedent with it; the others stay out of every entity."""
    finder = _Antecedents(parse, mentions, clusters)
    for k, mention in enumerate(mentions):
        if mention.form != "pronoun":
            continue
        entity = (
            finder.relative(mention)
            if parse.lowers[mention.first] in ("who", "whom", "whose")
            else finder.personal(k, mention)
        )
        if entity is not None:
            clusters.join(k, mention, entity)


class _Antecedents:
    """Looks for antecedents among the mentions before a pronoun."""

    def __init__(self, parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
        self.parse, self.mentions, self.clusters = parse, mentions, clusters
        self.by_head: dict[int, int] = {}
        for k, mention in enumerate(mentions):
            self.by_head.setdefault(mention.head, k)
        self.things = _things(parse, self.by_head)
        self.quoted = _quoted(parse)

    def relative(self, mention: Mention) -> Entity | None:
        """The head noun of the relative clause a "who" opens."""
        verb = mention.head
        for _ in range(4):
            verb = self.parse.heads[verb]
            if self.parse.deps[verb] == "relcl":
                number = self.by_head.get(self.parse.heads[verb])
                return None if number is None else self.clusters.find(number)
        return None

    def personal(self, number: int, mention: Mention) -> Entity | None:
        """The clearly best candidate for he, she, it or they."""
        scores: dict[int, float] = {}
        entities: dict[int, Entity] = {}
        before = self._before(number, mention)
        quoting = self._quoting(mention, before)
        for k, other in before:
            entity = self.clusters.find(k)
            if entity is None or entity is quoting or not _agrees(mention, entity) or self._barred(mention, other):
                continue
            score = self._score(mention, other)
            if mention.gender == "neuter" and entity.kind not in ("organisation", "state", "outlet", "group"):
                continue
            key = id(entity)
            if key not in entities:
                entities[key] = entity
                score += _TOPIC * math.log2(1 + _mentions_before(entity, mention.first))
            scores[key] = max(scores.get(key, 0.0), score) + (4.0 if key in scores else 0.0)
        if not scores and self._says(mention.head) and mention.gender != "neuter":
            return self._last_speaker(number, mention)
        return self._best(mention, scores, entities)

    def _quoting(self, mention: Mention, before: Sequence[tuple[int, Mention]]) -> Entity | None:
        """Who says the quoted words a pronoun stands in, where the sentence told before it: he calls himself "I"."""
        if not self.quoted[mention.first]:
            return None
        here = self.parse.sentence_of[mention.first]
        for k, other in before:
            same = self.parse.sentence_of[other.first] == here
            if same and not self.quoted[other.head] and self._says(other.head):
                return self.clusters.find(k)
        return None

    def _last_speaker(self, number: int, mention: Mention) -> Entity | None:
        """Who spoke last before a pronoun that speaks, and fits it."""
        here = self.parse.sentence_of[mention.first]
        for k in range(number - 1, max(-1, number - _LOOKED_AT), -1):
            other = self.mentions[k]
            if here - self.parse.sentence_of[other.first] > _BACK_TO_SPEAKER:
                return None
            entity = self.clusters.find(k) if self._says(other.head) else None
            if entity is not None and _agrees(mention, entity):
                return entity
        return None

    def _before(self, number: int, mention: Mention) -> list[tuple[int, Mention]]:
        here = self.parse.sentence_of[mention.first]
        found = []
        for k in range(number - 1, max(-1, number - 60), -1):
            other = self.mentions[k]
            if here - self.parse.sentence_of[other.first] > _BACK:
                break
            if other.last <= mention.first:
                found.append((k, other))
        return found

    def _score(self, mention: Mention, other: Mention) -> float:
        parse = self.parse
        back = parse.sentence_of[mention.first] - parse.sentence_of[other.first]
        function = parse.deps[other.head]
        weight = _WEIGHT.get(function, _OTHER_WEIGHT)
        if function == "conj":
            weight = _WEIGHT.get(parse.deps[parse.heads[other.head]], _OTHER_WEIGHT) - 10.0
        if function in ("poss", "compound", "nmod") and mention.form == "pronoun":
            weight -= 10.0
        nearness = 12.0 / (1.0 + 0.02 * (mention.first - other.first))
        named = 12.0 if other.form == "name" else 4.0 if other.form == "pronoun" else 0.0
        same = 15.0 if function == parse.deps[mention.head] else 0.0
        said = _SPEAKING if self._says(mention.head) and self._says(other.head) else 0.0
        return (_HERE + weight + named + same + said + nearness) * 0.5**back

    def _says(self, head: int) -> bool:
        verb = self.parse.heads[head]
        return self.parse.deps[head] == "nsubj" and self.parse.lemmas[verb] in phrase_words().human_verbs

    def _speaks(self, head: int) -> bool:
        """Whether it says something, so that it cannot be things."""
        verb = self.parse.heads[head]
        return self._says(head) or (
            self.parse.deps[head] == "nsubj" and self.parse.lemmas[verb] in phrase_words().speech
        )

    def _barred(self, mention: Mention, other: Mention) -> bool:
        """Whether grammar forbids it: "he praised him", "his brother Tom", a phrase the pronoun is part of."""
        parse = self.parse
        if parse.left_edge[other.head] <= mention.first <= other.head:
            return True
        pronoun_head, other_head = parse.heads[mention.head], parse.heads[other.head]
        if parse.deps[mention.head] == "poss":
            return other.head == pronoun_head or (parse.deps[other.head] == "appos" and other_head == pronoun_head)
        if parse.lowers[mention.first].endswith(("self", "selves")):
            return False
        if pronoun_head == other_head and parse.deps[other.head] in ("nsubj", "nsubjpass", "dobj"):
            return True
        return (
            parse.deps[pronoun_head] == "prep"
            and parse.heads[pronoun_head] == other_head
            and parse.deps[other.head] == "nsubj"
        )

    def _best(self, mention: Mention, scores: dict[int, float], entities: dict[int, Entity]) -> Entity | None:
        if not scores:
            return None
        ranked = sorted(scores, key=lambda key: -scores[key])
        best = ranked[0]
        if len(ranked) > 1 and scores[best] < scores[ranked[1]] * _MARGIN:
            return None
        if mention.gender in ("male", "female") or (mention.number == "plural" and self._speaks(mention.head)):
            return entities[best]
        return entities[best] if scores[best] > self._best_thing(mention) else None

    def _best_thing(self, mention: Mention) -> float:
        """The score of the best noun before the pronoun that is no actor: "it" and "they" may be about things."""
        parse, best = self.parse, 0.0
        first = parse.sentences[max(0, parse.sentence_of[mention.first] - 1)][0]
        plural = mention.number == "plural"
        for i in range(first, mention.first):
            if self.things[i] and self.things[i] == (2 if plural else 1):
                thing = Mention(i, i + 1, i, "nominal", "unknown")
                if not self._barred(mention, thing):
                    best = max(best, self._score(mention, thing))
        return best


def _things(parse: Parse, by_head: dict[int, int]) -> list[int]:
    """Per token: 1 a singular thing, 2 plural things, 0 neither."""
    kinds = {"NN": 1, "NNS": 2}
    return [
        kinds.get(tag, 0)
        if i not in by_head and parse.deps[i] in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj")
        else 0
        for i, tag in enumerate(parse.tags)
    ]


def _quoted(parse: Parse) -> list[bool]:
    """Per token whether it stands between quotation marks of its block; a mark left open reaches to the block's end."""
    inside, found = False, []
    for i, word in enumerate(parse.words):
        if i == 0 or parse.block_of[i] != parse.block_of[i - 1]:
            inside = False
        if word in _OPENING:
            inside = True
        elif word in _CLOSING:
            inside = False
        elif word in _EITHER:
            inside = not inside
        found.append(inside)
    return found


def _mentions_before(entity: Entity, token: int) -> int:
    return sum(m.first < token and m.form != "pronoun" for m in entity.mentions[:_COUNTED])


_COUNTED = 16
"""Mentions of an actor counted, so that long texts stay linear."""


def _agrees(mention: Mention, entity: Entity) -> bool:
    """Whether number and gender allow it."""
    if mention.number == "plural":
        return entity.number == "plural" or entity.kind in ("group", "organisation", "outlet")
    if mention.gender == "neuter":
        return entity.number != "plural"
    return entity.kind in _FIRST_PERSON_KINDS and entity.number != "plural" and entity.gender in (None, mention.gender)
