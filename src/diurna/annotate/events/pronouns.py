"""Whom a pronoun or a relative word in a deed stands for, by the clause round it."""

from __future__ import annotations

from diurna.annotate.events.parties import Nouns
from diurna.annotate.events.voice import RELATIVES, Voice
from diurna.annotate.parse import Parse

_THIRD = frozenset({"it", "its", "he", "she", "his", "her", "they", "their"})
_CLAUSAL = frozenset({"ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "conj", "parataxis"})
_MAX_CLIMB = 8


class Pronouns:
    """Pronouns over one parse; the report's chains (`annotate.actors`) know more, but only of actors."""

    def __init__(self, nouns: Nouns, voice: Voice) -> None:
        self.nouns = nouns
        self.voice = voice
        self.grammar = nouns.lexicon.grammar
        self.parse: Parse = nouns.parse

    def antecedent(self, token: int, verb: int) -> int:
        """The noun a relative word in the clause of `verb` stands for; else the token itself."""
        parse = self.parse
        if parse.lowers[token] in RELATIVES and parse.tags[token] in ("WP", "WDT", "IN", "DT"):
            node = verb
            for _ in range(_MAX_CLIMB):
                if parse.deps[node] == "relcl":
                    return parse.heads[node]
                if parse.deps[node] not in ("conj", "ccomp", "xcomp") or parse.heads[node] == node:
                    break
                node = parse.heads[node]
        return token

    def resolve(self, token: int) -> int:
        """Who pays for what is called a pronoun's, or the subject of the clause round it; else the token itself."""
        parse = self.parse
        if parse.deps[token] not in ("nsubj", "nsubjpass", "poss"):
            return token
        word = self._own_country(token) or token
        if parse.lowers[word] not in _THIRD:
            return token
        blamed = self._blamed_for(token)
        if blamed is not None and self._agree(word, blamed, said=False):
            return blamed
        return self._subject_round(token, word)

    def _subject_round(self, token: int, word: int) -> int:
        """The subject of the clause round that of `token`, where it agrees with `word`; else the token itself."""
        parse = self.parse
        verb = parse.heads[token]
        for _ in range(_MAX_CLIMB):
            head = parse.heads[verb]
            if head == verb:
                return token
            if parse.deps[verb] in _CLAUSAL:
                candidates = [c for c in self.voice.own_subject(head) if c != token]
                if candidates:
                    found = self.antecedent(candidates[-1], head)
                    said = parse.deps[verb] == "ccomp"
                    if self._agree(word, found, said=said):
                        return found
                    state = self._spoken_for(found) if said and parse.lowers[token] == "it" else None
                    return token if state is None else state
            verb = head
        return token

    def _blamed_for(self, owner: int) -> int | None:
        """Who is made to pay for what is called his ("impose costs on *Norland* for its war"); None where nobody is."""
        parse, deed = self.parse, self.parse.heads[owner]
        preposition = parse.heads[deed]
        hostile = any(entry.type == "ASSAULT" for entry in self.nouns.lexicon.nouns.get(parse.lemmas[deed], ()))
        if not hostile or (parse.deps[owner], parse.deps[deed], parse.lowers[preposition]) != ("poss", "pobj", "for"):
            return None
        governor = parse.heads[preposition]
        if "STATE" in self.nouns.kinds(governor) and governor < preposition:
            return governor
        things = (governor, *parse.children_by(governor, "dobj"))
        below = [c for one in things for p in parse.children_by(one, "prep") for c in parse.children_by(p, "pobj")]
        aimed = [t for t in below if parse.lowers[parse.heads[t]] in ("on", "against") and t < preposition]
        return next((t for t in aimed if "STATE" in self.nouns.kinds(t)), None)

    def _spoken_for(self, speaker: int) -> int | None:
        """The state whose officer tells what "it" does ("*Norland's* president says it will ...")."""
        parse = self.parse
        if "ROLE" not in self.nouns.kinds(speaker):
            return None
        owners = parse.children_by(speaker, "poss", "amod", "compound", "nmod")
        return next((t for t in owners if "STATE" in self.nouns.kinds(t)), None)

    def _own_country(self, token: int) -> int | None:
        """The "his" of "*his* country", whose doing a speaker tells of as his own; None for any other noun phrase."""
        if self.parse.lemmas[token] not in self.grammar.homelands:
            return None
        owner = self.parse.child(token, "poss")
        return owner if owner is not None and self.parse.tags[owner] == "PRP$" else None

    def _agree(self, pronoun: int, noun: int, *, said: bool) -> bool:
        """Whether a pronoun can stand for a noun; `said`: in what the noun says."""
        parse = self.parse
        word, kinds = parse.lowers[pronoun], self.nouns.kinds(noun)
        if "PRONOUN" in kinds or "PARTY" not in kinds:
            return False
        kinds = kinds - {"PERSON"} if "STATE" in kinds and "ROLE" not in kinds else kinds  # "*Norland* says it ..."
        named = parse.tags[noun].startswith("NNP") and "PERSON" not in kinds  # "the Armed *Forces* ... it"
        counted = self.nouns.counted(noun)
        plural = parse.tags[counted] in ("NNS", "NNPS") or len(self.nouns.group(noun)) > 1
        if word in ("he", "she", "his", "her"):
            return not plural and not kinds.isdisjoint({"PERSON", "ROLE"})
        if word in ("they", "their"):
            return plural or (said and self._speaks_for_many(noun))
        return (named or not plural) and "PERSON" not in kinds

    def _speaks_for_many(self, noun: int) -> bool:
        """Whether "they" can be said of one noun: a body, a named group, whoever speaks for one."""
        parse, kinds = self.parse, self.nouns.kinds(noun)
        body = parse.lemmas[noun] in self.nouns.lexicon.parties.bodies
        titles = (noun, *parse.children_by(noun, "compound", "appos", "nmod"))
        return body or "PERSON" not in kinds or any(parse.lemmas[t] in self.grammar.mouthpieces for t in titles)
