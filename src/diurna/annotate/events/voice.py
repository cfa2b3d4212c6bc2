"""The written sides of a verb: its subject, and whether that one does the deed or suffers it."""

from __future__ import annotations

from diurna.annotate.events.parties import Nouns
from diurna.annotate.parse import Parse

RELATIVES = frozenset({"who", "which", "that", "whom"})
_SUFFIXES = frozenset({"jr.", "sr.", "jr", "sr", "ii", "iii"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_MAX_CLIMB = 8


class Voice:
    """Active or passive, over one parse."""

    def __init__(self, nouns: Nouns) -> None:
        self.nouns = nouns
        self.grammar = nouns.lexicon.grammar
        self.parse: Parse = nouns.parse

    def is_passive(self, verb: int) -> bool:
        """Whether what is written as subject suffers the deed; "Backed by ..." and "attacks carried out by ..." too."""
        parse = self.parse
        if self._stray_root(verb) or self._stative(verb) or self.inverted(verb) is not None:
            return False
        bare = parse.deps[verb] == "acl" and parse.tags[verb] in (
            "VBN",
            "VBD",
        )  # "those *held* hostage" has an object and suffers
        for child in parse.children[verb]:
            if parse.deps[child] in ("auxpass", "nsubjpass"):
                return True
            if bare and parse.deps[child] == "dobj":
                continue
            if parse.deps[child] in ("nsubj", "aux", "dobj") and parse.lowers[child] not in RELATIVES:
                return False
        if parse.tags[verb] != "VBN" and not bare:
            return False
        if parse.deps[verb] in ("acl", "advcl", "relcl", "amod", "ROOT", "ccomp"):
            return True
        return self._found_so(verb) or (parse.deps[verb] == "conj" and self._after_participle(verb))

    def _found_so(self, verb: int) -> bool:
        """Whether a participle tells how somebody was found ("was found *shot* dead")."""
        head = self.parse.heads[verb]
        return self.parse.deps[verb] == "xcomp" and self.parse.lemmas[head] == "find" and self.is_passive(head)

    def inverted(self, verb: int) -> int | None:
        """The clause that somebody said to have said it ends ("Norland *breaks* the truce, the rebels protested").

        The pipeline takes such a speaker for a noun beside the clause, and what he does for a participle.
        """
        parse, speaker = self.parse, self.parse.heads[verb]
        if parse.deps[verb] != "acl" or parse.tags[verb] not in ("VBN", "VBD") or verb != speaker + 1:
            return None
        if parse.lemmas[verb] not in self.grammar.telling or parse.deps[speaker] not in (
            "appos",
            "conj",
            "dobj",
            "dep",
        ):
            return None
        first, last = parse.sentences[parse.sentence_of[verb]]
        before = parse.left_edge[speaker] - 1
        closes = parse.right_edge[verb] >= last - 2 and parse.child(verb, "agent", "dobj") is None
        root = next((i for i in range(first, before) if parse.heads[i] == i), None)
        spoken = closes and before > first and parse.lowers[before] == "," and self.nouns.is_party(speaker)
        return root if spoken and root is not None and parse.pos[root] in ("VERB", "AUX") else None

    def own_subject(self, verb: int) -> list[int]:
        """The written subject of a verb, without a "Jr." the pipeline took for one."""
        found = self.parse.children_by(verb, "nsubj", "nsubjpass")
        if len(found) > 1 and self.parse.lowers[found[-1]] in _SUFFIXES:
            return found[:-1]
        return found

    def agents(self, verb: int) -> list[int]:
        """Whoever a passive is done by; that of the participle after it where it names none itself."""
        parse = self.parse
        for _ in range(_MAX_CLIMB):
            for child in parse.children[verb]:
                if parse.lowers[child] == "by" and parse.deps[child] in ("agent", "prep"):
                    below = parse.child(child, "pobj")
                    if below is not None and parse.pos[below] != "VERB":
                        return [below]
            follower = parse.child(verb, "conj")
            if follower is None or parse.tags[follower] != "VBN" or self.own_subject(follower):
                break
            verb = follower
        return []

    def told_apart(self, verb: int) -> int | None:
        """The main verb a finite one goes with by its tense, where the pipeline set it beside a relative clause's.

        "Troops kill a rebel who *shot* two guards and *arrest* others": the verb, or None where it stands where it is.
        """
        parse = self.parse
        beside = parse.heads[verb]
        if parse.deps[verb] != "conj" or parse.deps[beside] != "relcl":
            return None
        main = next((t for t in parse.ancestors(parse.heads[beside]) if parse.pos[t] in ("VERB", "AUX")), None)
        own, other = self._finite(verb), self._finite(beside)
        if main is None or own is None or other is None or own == other:
            return None
        return main if self._finite(main) == own else None

    def _finite(self, verb: int) -> str | None:
        """The tag of a finite verb; a bare form without an auxiliary is the present tense of many."""
        tag = self.parse.tags[verb]
        bare = tag == "VB" and self.parse.child(verb, "aux") is None
        return "VBP" if bare else tag if tag in _FINITE else None

    def _stray_root(self, verb: int) -> bool:
        """Whether the pipeline took a main verb for its subject's participle ("Soldiers *seized* the radio")."""
        parse, head = self.parse, self.parse.heads[verb]
        if parse.deps[verb] != "acl" or parse.heads[head] != head or parse.child(verb, "agent") is not None:
            return False
        if parse.tags[verb] == "VBD" and parse.lemmas[head] in self.nouns.lexicon.parties.documents:
            return True
        if not self.nouns.is_party(head):
            return False
        return parse.tags[verb] == "VBD" or (verb == head + 1 and parse.child(verb, "dobj") is not None)

    def _stative(self, verb: int) -> bool:
        """Whether a participle tells what somebody does himself ("is *opposed* to the plan", "are *engaged* in")."""
        parse, stative = self.parse, self.grammar.stative
        if parse.tags[verb] != "VBN" or parse.child(verb, "agent") is not None or not self.own_subject(verb):
            return False
        return any(f"{parse.lemmas[verb]} {parse.lowers[c]}" in stative for c in parse.children_by(verb, "prep"))

    def _after_participle(self, verb: int) -> bool:
        """Whether a participle is coordinated with a passive before it ("was arrested and *charged*")."""
        parse = self.parse
        for _ in range(_MAX_CLIMB):
            head = parse.heads[verb]
            if head == verb or parse.tags[head] not in ("VBN", "VBD"):
                return False
            if parse.deps[head] != "conj":
                return self.is_passive(head)
            verb = head
        return False
