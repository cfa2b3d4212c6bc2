"""Recipients a deed names further off: within its object, or in the clause that carries it.

Only asked where the usual places hold none; the side stays open where it is unsure. It makes a deed only of what is
done to somebody's words or doings ("condemned the remarks made by *Norland*").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from diurna.annotate.events.frames import Frames
from diurna.annotate.events.parties import Nouns
from diurna.annotate.events.triggers import Hit

_TELLING = frozenset({"THREATEN", "REQUEST", "ACCUSE", "REJECT", "SUPPORT"})
"""Types done by words, which the clause round them may address to somebody ("wrote to *Norland*, threatening ...")."""

ASKED_OF = frozenset({"REJECT", "ACCUSE", "SUPPORT", "CONCEDE"})
"""Types done to whoever made what they are done to ("dismissed an appeal by *the union*")."""

_GIVING = frozenset({"AID", "COOPERATE", "RETREAT"})
"""Types by which something passes to somebody."""

_GIVERS = frozenset({"SUPPORT", "AID"})
"""Types whose object belongs to whoever gives it."""

_GOING = frozenset({"go", "lead", "belong", "relate", "respond", "travel", "link", "say", "return", "come", "amount"})
"""Verbs with a "to" of their own."""

_HELD_IN = frozenset({"CONCEDE", "RETREAT", "SANCTION", "COERCE"})
"""Types done to a country by what they do there ("ended its mediation in *Norland*")."""

_DOWN = frozenset(
    {"prep", "pobj", "pcomp", "acl", "relcl", "dobj", "dative", "agent", "poss", "amod", "compound", "nmod"}
)
_CLAIMED = frozenset({"ccomp", "nsubj", "nsubjpass"})
_BEFORE = frozenset({"amod", "compound", "nmod"})
_PLACING = frozenset({"in", "at", "near", "inside", "across", "throughout", "within"})
_ASIDE = frozenset(
    {
        "after",
        "before",
        "since",
        "until",
        "during",
        "despite",
        "amid",
        "following",
        "ahead",
        "than",
        "like",
        "as",
        "from",
        "including",
    }
)
"""Prepositions before what is no side of the deed."""

_BY_VERB = frozenset({"event:verb", "event:phrasal-verb"})
_VICTIMS = frozenset({"on", "against", "in", "at", "near", "of"})
_MATTERS = frozenset({"on", "over", "about"})

_OWN_LAND = frozenset({"country", "nation", "homeland"})
_MAX_DEPTH = 7
_MAX_AWAY = 30
"""Tokens between the deed and a recipient looked for within its object."""


class Reach:
    """Looks for far recipients in one parse."""

    def __init__(self, nouns: Nouns, frames: Frames) -> None:
        self.nouns = nouns
        self.frames = frames
        self.parse = nouns.parse
        self.lexicon = nouns.lexicon

    def recipients(self, hit: Hit, actors: tuple[int, ...], *, things: bool = False) -> tuple[int, ...]:
        """The parties a deed without a recipient is done to; empty where the text does not say.

        Args:
            things: whether it is done to a thing, whose own maker or holder alone is then looked for.
        """
        if hit.entry.reciprocal or hit.entry.type == "MOBILIZE":
            return ()
        actor_words = {self.parse.lowers[t] for t in actors}
        for token in (*self._addressed(hit), *self._receiving(hit), *self._within(hit, things)):
            if token not in actors and self.parse.lowers[token] not in actor_words:
                return (token,)
        return ()

    def _addressed(self, hit: Hit) -> list[int]:
        """Whom the clause round a deed of words speaks to."""
        parse = self.parse
        deed = hit.token if hit.light is None else hit.light
        if hit.entry.type not in _TELLING or parse.deps[deed] not in ("advcl", "acl", "xcomp"):
            return []
        governor = parse.heads[deed]
        if parse.deps[governor] in ("dobj", "pobj"):
            governor = self._clause_of(governor)
        if parse.pos[governor] != "VERB":
            return []
        frame = self.frames.of(governor)
        return [t for t in (*frame.given, *frame.after("to")) if self._is_side(t) and t < deed]

    def _receiving(self, hit: Hit) -> list[int]:
        """Who is given something, kept apart from it by what is told of it ("gave data of owners *to Norland*")."""
        parse, deed = self.parse, hit.token if hit.light is None else hit.light
        if hit.entry.type not in _GIVING or "to" not in hit.entry.recipient or parse.pos[deed] != "VERB":
            return []
        last = min(parse.right_edge[deed] + 1, deed + _MAX_AWAY)
        found = []
        for i in range(deed + 1, last):
            below = parse.child(i, "pobj") if parse.lowers[i] == "to" and parse.deps[i] in ("prep", "dative") else None
            if below is not None and self._is_side(below) and self._told_with(i, deed):
                found.append(below)
        return found

    def _told_with(self, preposition: int, deed: int) -> bool:
        """Whether a phrase hangs on the deed with no clause between but one that tells of the thing given."""
        parse, crossed = self.parse, 0
        for node in islice(parse.ancestors(preposition), _MAX_DEPTH):
            if node == deed:
                return True
            if parse.deps[node] == "prep" and parse.lowers[node] not in ("of", "with", "for"):
                return False
            if parse.pos[node] in ("VERB", "AUX"):
                crossed += 1
                if crossed > 1 or parse.deps[node] not in ("acl", "relcl") or parse.lemmas[node] in _GOING:
                    return False
            elif parse.pos[node] == "NOUN" and self.nouns.is_party(node):
                return False  # "an envoy to Norland"
        return False

    def _clause_of(self, noun: int) -> int:
        """The verb a noun hangs on, through one preposition."""
        head = self.parse.heads[noun]
        return self.parse.heads[head] if self.parse.deps[noun] == "pobj" else head

    def _within(self, hit: Hit, things: bool) -> Iterator[int]:
        """Parties inside what the deed is done to, in text order."""
        roots = [hit.token] if hit.rule not in _BY_VERB or not hit.objects else list(hit.objects)
        if hit.rule == "event:phrasal-verb" and hit.objects:
            roots.append(hit.token)
        found: list[int] = []
        for root in roots:
            self._gather(root, hit, found, 0, things)
        yield from sorted(t for t in found if abs(t - hit.token) <= _MAX_AWAY)

    def _gather(self, node: int, hit: Hit, found: list[int], depth: int, things: bool) -> None:
        parse = self.parse
        if depth > _MAX_DEPTH:
            return
        for child in parse.children[node]:
            dep = parse.deps[child]
            if dep not in _DOWN and not (hit.entry.type == "ACCUSE" and dep in _CLAIMED and depth > 0):
                continue
            if self._bars(child, hit) or (dep == "dobj" and self._told_of_subject(node)):
                continue
            if things and self._in_clause(child):
                continue
            if dep in _BEFORE | {"poss"} and self._gives(node, dep, hit):
                continue  # "*Norland's* support for ..."
            if self._counts(child, hit):
                found.append(child)
            else:
                self._gather(child, hit, found, depth + 1, things)

    def _gives(self, noun: int, dep: str, hit: Hit) -> bool:
        """Whether what stands before an object gives it: its possessor, or the nation whose support it is."""
        if hit.entry.type not in _GIVERS or noun not in hit.objects:
            return False
        return dep == "poss" or self.parse.lemmas[noun] in self.lexicon.grammar.backing

    def _in_clause(self, child: int) -> bool:
        """Whether a clause with doings of its own hangs here, not only a participle ("threats *made* by ...")."""
        dep = self.parse.deps[child]
        return dep in ("relcl", "pcomp") or (dep == "acl" and self.parse.tags[child] not in ("VBN", "VBD"))

    def _bars(self, child: int, hit: Hit) -> bool:
        """Whether what hangs below is no side: a time, a place where it is but told, a maker of something else."""
        parse = self.parse
        if parse.deps[child] == "agent" or parse.lowers[child] == "by":
            return hit.entry.type not in ASKED_OF or hit.frame.passive
        if parse.deps[child] != "prep":
            return False
        word = parse.lowers[child]
        if hit.entry.type in ("ACCUSE", "REJECT") and word in self._against(parse.heads[child]):
            return True
        return word in _ASIDE or (word in _PLACING and hit.entry.type not in _HELD_IN)

    def _against(self, noun: int) -> frozenset[str]:
        """Prepositions before those who suffer what is condemned or refused ("condemned the attack *on* a church")."""
        entries = self.lexicon.nouns.get(self.parse.lemmas[noun], ())
        if any(entry.type in ("ASSAULT", "COERCE") for entry in entries):
            return _VICTIMS
        return _MATTERS if self.parse.lemmas[noun] in self.lexicon.parties.owned else frozenset()

    def _told_of_subject(self, verb: int) -> bool:
        """Whether a clause has a doer of its own, so that what it does to others is no part of this deed."""
        subject = self.parse.child(verb, "nsubj")
        return subject is not None and self.parse.tags[subject] not in ("WDT", "WP")

    def _counts(self, child: int, hit: Hit) -> bool:
        if self.parse.deps[child] in _BEFORE:
            return "STATE" in self.nouns.kinds(child) and hit.rule in _BY_VERB
        return self.parse.deps[child] in ("pobj", "poss", "dobj", "nsubj", "nsubjpass") and self._is_side(child)

    def _is_side(self, token: int) -> bool:
        nouns = self.nouns
        owner = self.parse.child(token, "poss")
        if owner is not None and self.parse.tags[owner] == "PRP$" and "ROLE" not in nouns.kinds(token):
            return False
        if "PRONOUN" in nouns.kinds(token) or nouns.is_own(token) or nouns.is_time_or_amount(token):
            return False
        if self.parse.lemmas[token] in _OWN_LAND or (
            self.parse.tags[token].startswith("NNP") and self.parse.entity_of[token] < 0
        ):
            return False  # the actor's own country, or a capital within some other name
        return nouns.is_party(token) or "STATE" in nouns.kinds(token)
