"""Where a text tells of a deed: verbs, phrasal verbs, nouns, light verbs with their nouns, idioms, by lexicon."""

from __future__ import annotations

from dataclasses import dataclass

from diurna.annotate.events.event_lexicon import Choice, Entry, EventLexicon
from diurna.annotate.events.frames import Frame, Frames
from diurna.annotate.events.parties import Nouns
from diurna.annotate.parse import Parse

_OURSELVES = frozenset({"us", "me", "'s", "’s"})
_PARTICLE_DEPS = frozenset({"prt", "prep", "advmod", "oprd", "acomp", "dative", "ccomp", "agent"})
_PREDICATE_DEPS = frozenset({"oprd", "acomp", "attr", "ccomp", "xcomp"})
_QUOTES = frozenset("\"'“”‘’«»„")
_CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
_NEAR = 30
"""Tokens after a trigger in which a word that narrows its meaning is looked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that tells of a deed.

    Attributes:
        token: the verb or noun.
        last: one past the last token of the trigger ("carry out": the particle's).
        objects: what the entry takes as object: the verb's, or what follows its preposition.
        light: the verb that carries an event noun ("launched an attack"), or None.
    """

    token: int
    last: int
    entry: Entry
    frame: Frame
    objects: tuple[int, ...]
    rule: str
    light: int | None = None


class Triggers:
    """Looks words up in the lexicon of deeds, in the grammar of one parse."""

    def __init__(self, lexicon: EventLexicon, nouns: Nouns, frames: Frames) -> None:
        self.lexicon = lexicon
        self.nouns = nouns
        self.frames = frames
        self.parse: Parse = nouns.parse

    # ------------------------------------------------------------- verbs

    def verb(self, token: int) -> Hit | None:
        """The deed a verb tells of, by the entry that asks for most; None where no entry fits."""
        entries = self.entries(token)
        if not entries or self._is_hortative(token):
            return None
        frame = self.frames.of(token)
        for entry in entries:
            last = self._particle(token, entry.particle)
            if last is None:
                continue
            objects = self._objects(frame, entry, last)
            if objects is not None and self._fits(entry, frame, objects):
                rule = "event:phrasal-verb" if entry.particle else "event:verb"
                end = last if last == token + len(entry.particle.split()) else token
                return Hit(token, end + 1, entry, frame, objects, rule)
        return None

    def _is_hortative(self, token: int) -> bool:
        """Whether a verb is the "let" of "let us ...", "let me ...", which lets nobody do anything."""
        parse = self.parse
        follows = parse.lowers[token + 1] if token + 1 < len(parse) else ""
        return parse.lowers[token] == "let" and follows in _OURSELVES and parse.child(token, "nsubj") is None

    def lemma(self, token: int) -> str:
        """The dictionary form of a verb, with the pipeline's known slips put right."""
        lemma = self.parse.lemmas[token]
        return self.lexicon.lemmas.get(lemma, lemma)

    def entries(self, token: int) -> tuple[Entry, ...]:
        """The entries for a verb; "test-fired", three tokens, is looked up as one word first."""
        parse = self.parse
        lemma = self.lemma(token)
        if token >= 2 and parse.lowers[token - 1] == "-":
            whole = self.lexicon.verbs.get(f"{parse.lowers[token - 2]}-{lemma}")
            if whole:
                return whole
        return self.lexicon.verbs.get(lemma, ())

    def _particle(self, verb: int, particle: str) -> int | None:
        """The last token of the particle; the verb itself where the entry has none; None where it is not there."""
        if not particle:
            return verb
        parse, words = self.parse, particle.split()
        n = len(words)
        if parse.lowers[verb + 1 : verb + 1 + n] == words:
            return verb + n
        children = (c for c in parse.children[verb] if c > verb and parse.deps[c] in _PARTICLE_DEPS)
        return next((c + n - 1 for c in children if parse.lowers[c : c + n] == words), None)

    def _objects(self, frame: Frame, entry: Entry, last: int) -> tuple[int, ...] | None:
        """What the entry takes as object; None where the verb has an object of its own before the preposition's."""
        if entry.particle:
            below = self.parse.children_by(last, "pobj")
            if below and frame.objects and self.parse.deps[last] == "prep":
                return None
            if below and self.nouns.is_time_or_amount(below[0]) and self.parse.lowers[last] == "on":
                return None  # "called the king *on Saturday*"
            if below:
                return tuple(one for token in below for one in self.nouns.group(token))
        return frame.objects

    def _fits(self, entry: Entry, frame: Frame, objects: tuple[int, ...]) -> bool:
        return (
            self._object_fits(entry, objects)
            and self._subject_fits(entry, frame)
            and self._prepositions_fit(entry, frame)
            and (not entry.complement or self._takes_infinitive(frame))
            and not (entry.no_complement and self._says_more(frame, objects))
            and (not entry.oprd or self._predicate_fits(entry.oprd, frame.verb))
            and (not entry.near or self._stands_near(entry.near, frame.verb))
            and not (entry.not_near and self._stands_near(entry.not_near, frame.verb))
        )

    def _object_fits(self, entry: Entry, objects: tuple[int, ...]) -> bool:
        if objects and entry.not_object and all(self.nouns.is_itself(token, entry.not_object) for token in objects):
            return False
        if not entry.object:
            return True
        if not objects:
            return "NONE" in entry.object.kinds
        if not any(self.nouns.fits(token, entry.object) for token in objects):
            return False
        return not entry.object_modifier or any(self._modified(token, entry.object_modifier) for token in objects)

    def _modified(self, noun: int, choice: Choice) -> bool:
        parse = self.parse
        if any(parse.lemmas[c] in choice.words or parse.lowers[c] in choice.words for c in parse.children[noun]):
            return True
        below = self.nouns.counted(noun)
        return below != noun and any(parse.lemmas[c] in choice.words for c in parse.children[below])

    def _subject_fits(self, entry: Entry, frame: Frame) -> bool:
        if entry.not_subject and any(self.nouns.fits(token, entry.not_subject) for token in frame.subjects):
            return False
        return not entry.subject or any(self.nouns.fits(token, entry.subject) for token in frame.subjects)

    def _prepositions_fit(self, entry: Entry, frame: Frame) -> bool:
        if not entry.prepositions:
            return not (entry.not_pobj and any(self.nouns.fits(t, entry.not_pobj) for _, t in frame.preps))
        tokens = frame.after(*entry.prepositions)
        if not tokens or (entry.not_pobj and any(self.nouns.fits(t, entry.not_pobj) for t in tokens)):
            return False
        return not entry.pobj or any(self.nouns.fits(t, entry.pobj) for t in tokens)

    def _takes_infinitive(self, frame: Frame) -> bool:
        inner, parse = frame.complement, self.parse
        return inner is not None and (
            self.frames.to_infinitive(inner)
            or (
                parse.tags[inner] == "VB"
                and parse.child(inner, "aux") is None
                and parse.lemmas[frame.verb] not in ("tell", "ask")
            )
        )

    def _says_more(self, frame: Frame, objects: tuple[int, ...]) -> bool:
        """Whether a clause, a predicate or a quotation follows ("demonstrated that ...", "called him 'humble'")."""
        parse = self.parse
        after = max((parse.right_edge[token] + 1 for token in objects), default=len(parse))
        quoted = after < len(parse) and parse.words[after] in _QUOTES
        return quoted or frame.complement is not None or parse.child(frame.verb, "oprd", "acomp") is not None

    def _predicate_fits(self, choice: Choice, verb: int) -> bool:
        parse = self.parse
        named = [c for c in parse.children[verb] if parse.deps[c] in _PREDICATE_DEPS]
        below = [c for c in parse.children[verb] if parse.deps[c] == "prep" and parse.lowers[c] == "as"]
        named += [one for c in below for one in parse.children[c]]
        return any(parse.lemmas[c] in choice.words or parse.lowers[c] in choice.words for c in named)

    def _stands_near(self, choice: Choice, token: int) -> bool:
        parse = self.parse
        first = max(parse.left_edge[token], token - _NEAR)
        last = min(parse.right_edge[token] + 1, token + _NEAR)
        return any(parse.lemmas[i] in choice.words for i in range(first, last) if i != token)

    # ------------------------------------------------------------- nouns

    def noun(self, token: int) -> Hit | None:
        """The deed a noun tells of, with the light verb that carries it; None where no entry fits."""
        for lemma in sorted(self.nouns.lemmas(token) & self.lexicon.nouns.keys()):
            if lemma != self.parse.lemmas[token] and lemma not in self.nouns.hyphened(token):
                continue
            for entry in self.lexicon.nouns[lemma]:
                if self._noun_fits(entry, token):
                    light = self._light(token)
                    frame = self.frames.of(token if light is None else light)
                    rule = "event:noun" if light is None else "event:light-verb"
                    return Hit(token, token + 1, entry, frame, (), rule, light)
        return None

    def _noun_fits(self, entry: Entry, token: int) -> bool:
        parse = self.parse
        if parse.deps[token] in ("compound", "amod", "nmod") or self._in_a_name(token):
            return False
        if any(parse.lemmas[i] in entry.not_near.words for i in range(parse.left_edge[token], token)):
            return False
        return (
            (not entry.object_modifier or self._noun_narrowed(entry, token))
            and (bool(entry.object_modifier) or not entry.prepositions or self._linked(entry, token))
            and (not entry.subject or self._noun_subject_fits(entry, token))
            and (not entry.of_class or self._complement_fits(entry, token))
        )

    def _in_a_name(self, noun: int) -> bool:
        """Whether a capital makes the noun part of a name, outside headlines ("the Karo *Massacre*")."""
        parse = self.parse
        first, last = parse.sentences[parse.sentence_of[noun]]
        if noun == first or not parse.words[noun][0].isupper():
            return False
        return any(parse.pos[i] in _CONTENT and parse.words[i][0].islower() for i in range(first, last))

    def _complement_fits(self, entry: Entry, noun: int) -> bool:
        """Whether what the noun is "of", or whose it is, is what the entry asks for ("the release of *prisoners*")."""
        both = (self.nouns.of(noun), self.parse.child(noun, "poss"))
        return any(token is not None and self.nouns.fits(token, entry.of_class) for token in both)

    def _noun_narrowed(self, entry: Entry, noun: int) -> bool:
        """Whether a word before the noun or a preposition after it settles what kind of deed it is ("air *strike*")."""
        parse = self.parse
        if self._modified(noun, entry.object_modifier):
            return True
        light = self._light(noun)
        if light is not None and self.frames.of(light).after(*entry.prepositions):
            return True
        return any(
            (parse.deps[c] == "prep" and parse.lowers[c] in entry.prepositions)
            or (parse.deps[c] in ("poss", "amod", "compound") and "STATE" in self.nouns.kinds(c))
            for c in parse.children[noun]
        )

    def _linked(self, entry: Entry, noun: int) -> bool:
        parse = self.parse
        return any(parse.lowers[c] in entry.prepositions for c in parse.children_by(noun, "prep"))

    def _noun_subject_fits(self, entry: Entry, noun: int) -> bool:
        light = self._light(noun)
        tokens = [
            *(self.frames.of(light).subjects if light is not None else ()),
            *self.parse.children_by(noun, "poss", "compound"),
        ]
        return any(self.nouns.fits(token, entry.subject) for token in tokens)

    def _light(self, noun: int) -> int | None:
        """The light verb a noun is the object of ("carried out *a raid*", "*a raid* was carried out"), or None."""
        parse, token = self.parse, noun
        for _ in range(3):
            head, dep = parse.heads[token], parse.deps[token]
            if parse.pos[head] in ("VERB", "AUX"):
                return head if self._carries(head, dep) else None
            if dep == "pobj":
                governor = parse.heads[head]
                part = parse.child(governor, "dobj") if parse.lemmas[governor] == "take" else None
                if part is not None and parse.lemmas[part] == "part" and parse.lowers[head] == "in":
                    return governor  # "took part *in exercises*"
                if f"{parse.lemmas[governor]} {parse.lowers[head]}" in self.lexicon.light:
                    return governor if parse.pos[governor] in ("VERB", "AUX") else None
                counted = parse.lowers[head] == "of" and parse.lemmas[governor] in self.lexicon.parties.hollow
                token = governor if counted else token
            elif dep == "conj":
                token = head
            else:
                return None
        return None

    def _carries(self, verb: int, dep: str) -> bool:
        fit = dep in ("dobj", "nsubjpass", "attr") or (dep == "nsubj" and self.parse.deps[verb] == "relcl")
        return fit and self.light_verb(verb)

    def light_verb(self, verb: int) -> bool:
        """Whether a verb leaves the deed to the noun it takes."""
        parse, light = self.parse, self.lexicon.light
        lemma = self.lemma(verb)
        if lemma in light:
            return True
        return any(
            f"{lemma} {parse.lowers[c]}" in light for c in parse.children[verb] if parse.deps[c] in _PARTICLE_DEPS
        )
