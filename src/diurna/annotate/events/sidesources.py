"""The parties where a deed's other side may stand in a frame: objects, holders, complements, prepositions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diurna.annotate.events.clues import Clues
from diurna.annotate.events.event_lexicon import EventLexicon
from diurna.annotate.events.frames import Frame, Frames
from diurna.annotate.events.parties import Nouns

_GENERIC = ("to", "with", "from", "against", "on", "of", "for", "in", "into", "at", "between", "by")
_WEAK = ("holder", "dative", "complement-subject", "for", "on", "to", "against", "with", "from")
"""Sources whose noun phrase may stand as recipient though it is no party ("support for *the plan*")."""

SHALLOW = 3
"""A depth from which no clause within the clause is looked into."""

_REFLEXIVE = ("self", "selves")


def unique(tokens: Iterable[int]) -> tuple[int, ...]:
    """The tokens, each once."""
    return tuple(dict.fromkeys(tokens))


@dataclass(frozen=True, slots=True)
class Sides:
    """Head tokens of the parties on each side."""

    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()

    def both(self) -> Sides:
        """All parties on both sides."""
        everyone = unique((*self.actors, *self.recipients))
        return Sides(everyone, everyone)


class SideSources:
    """Finds parties by where they stand in one parse."""

    def __init__(self, lexicon: EventLexicon, nouns: Nouns, frames: Frames) -> None:
        self.lexicon = lexicon
        self.nouns = nouns
        self.frames = frames
        self.clues = Clues(lexicon, nouns, frames)

    def recipients(
        self,
        sources: Sequence[str],
        frame: Frame,
        objects: Sequence[int],
        strict: bool,
        own: Sequence[int] = (),
    ) -> tuple[int, ...]:
        """The parties at the first source that has any; else, unless `strict`, the first noun phrases found.

        Args:
            own: objects that tell of the deed itself ("issued a *pardon*") and suffer nothing.
        """
        weak: tuple[int, ...] = ()
        for source in sources:
            tokens = [token for token in self._at(source, frame, objects) if not self._idle(token)]
            parties = tuple(token for token in tokens if self.nouns.is_place_or_party(token))
            if parties:
                return unique(self.frames.pronouns.resolve(token) for token in parties)
            suffering = tuple(token for token in tokens if token not in own)
            if suffering and source == "object" and not strict:
                return suffering
            if source in _WEAK:
                weak = weak or tuple(tokens)
        return () if strict else weak

    def _idle(self, token: int) -> bool:
        """Whether a noun phrase names no other side: the actor's own thing, a relative word left unresolved."""
        parse = self.frames.parse
        return self.nouns.is_own(token) or parse.tags[token] == "WDT" or parse.lowers[token].endswith(_REFLEXIVE)

    def _at(self, source: str, frame: Frame, objects: Sequence[int]) -> list[int]:
        if source in ("object", "holder", "party"):
            return self._at_object(source, objects)
        if source == "dative":
            return list(frame.given)
        if source == "complement-subject":
            return self._complement_subject(frame, objects)
        if source == "complement":
            clauses = [c for o in objects for c in self.frames.parse.children_by(o, "acl")]
            clauses = clauses if frame.complement is None else [frame.complement]
            return [token for clause in clauses for token in self.generic(clause)]
        if source in ("imposed", "taken"):
            return self.clues.borne_by(objects) if source == "imposed" else self.clues.robbed(objects)
        found = frame.after(source) or (self._between(frame.verb) if source == "between" else [])
        return [self.suffering(token) for token in found]

    def _at_object(self, source: str, objects: Sequence[int]) -> list[int]:
        if source == "party":
            return [token for token in objects if self.nouns.is_party(token)]
        if source == "holder":
            return [h for token in objects if (h := self._other_holder(token)) is not None]
        return [self.suffering(token) for token in objects]

    def _between(self, verb: int) -> list[int]:
        """Those between whom something is, anywhere in what hangs on the verb."""
        parse = self.frames.parse
        for i in range(verb + 1, min(parse.right_edge[verb] + 1, verb + 30)):
            if parse.lowers[i] == "between" and not self._in_clause(i, verb):
                below = parse.child(i, "pobj")
                return [] if below is None else self.nouns.group(below)
        return []

    def _in_clause(self, token: int, verb: int) -> bool:
        """Whether a clause that tells of something else stands between a word and the verb it hangs on."""
        parse = self.frames.parse
        for node in parse.ancestors(token):
            if node == verb:
                return False
            if parse.deps[node] in ("relcl", "ccomp", "advcl", "parataxis"):
                return True
        return True

    def _other_holder(self, token: int) -> int | None:
        """Whose the thing is, unless it is the actor's own ("its")."""
        holder = self.nouns.holder(token)
        return None if holder is None or self.frames.parse.tags[holder] == "PRP$" else holder

    def suffering(self, token: int) -> int:
        """Whom a deed against a thing strikes: its holder ("rejected *Norland's* demand"), else the thing itself."""
        if self.nouns.is_place_or_party(token):
            return token
        holder = self._other_holder(token)
        if holder is None:
            holder = self.clues.keeper(token)
        return token if holder is None else holder

    def _complement_subject(self, frame: Frame, objects: Sequence[int]) -> list[int]:
        """The subject of the clause a verb takes, or its object takes ("its demand that *Norland* ...")."""
        parse = self.frames.parse
        clauses = [] if frame.complement is None else [frame.complement]
        clauses += [c for o in objects for c in parse.children_by(o, "acl", "ccomp", "relcl")]
        clauses += [c for c in parse.children_by(frame.verb, "advcl") if self._for_clause(c)]
        own = [t for clause in clauses for t in parse.children_by(clause, "nsubj", "nsubjpass")]
        named = [one for token in own if parse.tags[token] not in ("WDT", "WP") for one in self.nouns.group(token)]
        return [self.suffering(token) for token in named]

    def _for_clause(self, verb: int) -> bool:
        """Whether the clause is "for *somebody* to do something"."""
        parse = self.frames.parse
        mark = parse.child(verb, "mark")
        return mark is not None and parse.lowers[mark] == "for" and self.frames.to_infinitive(verb)

    def generic(self, verb: int, depth: int = 0) -> tuple[int, ...]:
        """Parties a verb without an entry is done to: its object, else what hangs on it by the usual prepositions."""
        frame = self.frames.of(verb)
        founded = self.frames.parse.lemmas[verb] in self.lexicon.grammar.founding  # what is founded is nobody yet
        sources = ("dative", "with", "in", "at") if founded else ("dative", "object", *_GENERIC)
        found = self.recipients(sources, frame, frame.objects, strict=True)
        if not found and self.frames.parse.lemmas[verb] in ("allow", "permit", "let"):
            found = self.recipients(("complement-subject",), frame, frame.objects, strict=True)
        inner = frame.complement if frame.complement is not None else self.frames.purpose(verb)
        if not found and inner is not None and depth < SHALLOW:
            found = self.generic(inner, depth + 1)
        return found
