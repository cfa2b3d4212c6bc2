"""Which nouns can be parties to a deed, what kind they are, and where their noun phrases begin and end."""

from __future__ import annotations

from diurna.annotate.actors.knowledge import facts_between
from diurna.annotate.events.event_lexicon import Choice, EventLexicon
from diurna.annotate.parse import Parse
from diurna.model.span import Span

_NOTHING: frozenset[str] = frozenset()
_BY_LABEL = {
    "PERSON": frozenset({"PERSON", "PARTY"}),
    "GPE": frozenset({"STATE", "PLACE", "PARTY"}),
    "NORP": frozenset({"STATE", "PARTY"}),
    "ORG": frozenset({"PARTY"}),
    "LOC": frozenset({"PLACE"}),
    "FAC": frozenset({"PLACE"}),
}
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"}
)

_BY_FACT = {
    "country": _BY_LABEL["GPE"],
    "seat": _BY_LABEL["GPE"],
    "adjective": _BY_LABEL["NORP"],
    "people": _BY_LABEL["NORP"],
    "body": _BY_LABEL["ORG"],
    "person": _BY_LABEL["PERSON"],
}
_PLURAL_PEOPLE = frozenset({"PEOPLE", "PARTY"})
_NOT_BY_NAME = frozenset({"GPE", "NORP", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
_LONGEST_NAME = 4
"""Tokens of a name before its last that are looked at."""

_AMOUNTS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_NO_PARTY_LABELS = _AMOUNTS | {"CARDINAL", "EVENT", "LAW", "LANGUAGE"}
_PERSONS = frozenset({"he", "she", "him", "her", "who", "whom", "i", "we"})
_STOPS = frozenset({"relcl", "acl", "appos", "conj", "cc", "advcl", "ccomp", "punct", "parataxis", "preconj"})
_PERSONAL = ("eer", "ist", "ian", "man", "woman", "men")
"""Endings of words for persons the lists need not hold."""

_MAX_COUNTING = 4
"""Words of counting that may stand on one another ("tens of thousands of members of ...")."""

_BEFORE = frozenset({"amod", "compound", "nmod", "poss"})
_MAX_NATIONS = 8

_MAX_FRONT = 6
"""Words of an attack's name before its last."""

_MAX_PHRASE = 30
"""Tokens a noun phrase may have; parses of lists and tables make longer ones that say nothing."""


class Nouns:
    """Looks at the noun phrases of one parse; every answer is worked out once."""

    def __init__(self, parse: Parse, lexicon: EventLexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self._kinds: dict[int, frozenset[str]] = {}
        self._lemmas: dict[int, frozenset[str]] = {}

    def kinds(self, token: int) -> frozenset[str]:
        """The kinds of `token`'s noun phrase (`event_lexicon.KINDS`)."""
        found = self._kinds.get(token)
        if found is None:
            self._kinds[token] = _NOTHING  # a broken parse may be a circle
            found = self._kinds[token] = self._find_kinds(token)
        return found

    def _find_kinds(self, token: int) -> frozenset[str]:
        parse, parties = self.parse, self.lexicon.parties
        lemma, tag = parse.lemmas[token], parse.tags[token]
        acronym = tag.startswith("NNP") and len(parse.words[token]) > 1 and parse.words[token].isupper()  # "*US* bid"
        if parse.lowers[token] in parties.pronouns and tag[:2] in ("PR", "WP", "DT", "NN") and not acronym:
            person = {"PRONOUN_PERSON"} if parse.lowers[token] in _PERSONS else set()
            return frozenset({"PRONOUN", "PARTY", *person})
        if parse.pos[token] not in ("NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET", "X"):
            return _NOTHING
        kinds = self._kinds_by_list(lemma) | {"NOUN"}
        if tag.startswith("NNP") and lemma.endswith("s"):
            kinds |= self._kinds_by_list(lemma[:-1])  # "Farmers" at the start of a sentence, taken for a name
        number = parse.entity_of[token]
        label = parse.entities[number].label if number >= 0 else ""
        if label not in _NOT_BY_NAME and parse.words[token][:1].isupper() and tag[:2] in ("NN", "JJ"):
            kinds |= self._kinds_by_name(token)
        if label in _BY_LABEL:
            kinds |= _BY_LABEL[label]
        elif label not in _NO_PARTY_LABELS and (tag.startswith("NNP") or self._looks_named(token)):
            kinds |= {"PARTY"}
        if parse.pos[token] == "NOUN" and lemma.endswith(_PERSONAL) and self._national(token):
            kinds |= {"PEOPLE", "PARTY"}
        if tag in ("NNS", "NNPS") and label == "NORP":
            kinds = (kinds - {"STATE"}) | {"PEOPLE"}  # "*Norlanders* marched": people, not their state
        if lemma in parties.things and tag.startswith("NNP"):
            return frozenset(kinds - {"PARTY", "PERSON", "STATE"})
        if ("SITE" in kinds and self._of_a_force(token)) or self._stands_for_people(token):
            kinds |= {"PARTY"}
        if self._counts(token):
            below = self._kinds_below(token)
            kinds = {"NOUN", *below} if below and lemma not in parties.roles else kinds | below
        return frozenset(kinds)

    def _kinds_by_name(self, token: int) -> frozenset[str]:
        """What a name the lexicons know is, whatever the pipeline takes it for ("*Vatican*" as a building)."""
        first = max(self.parse.sentences[self.parse.sentence_of[token]][0], token - _LONGEST_NAME)
        known = facts_between(self.parse, first, token + 1)
        if not known or known[-1].last != token + 1:
            return _NOTHING
        kind = known[-1].fact.kind
        if kind in ("adjective", "people") and self.parse.tags[token] in ("NNS", "NNPS"):
            return _PLURAL_PEOPLE
        return _BY_FACT.get(kind, _NOTHING)

    def _stands_for_people(self, token: int) -> bool:
        """Whether a number alone is the subject of a passive ("two people were killed and *three* injured")."""
        parse = self.parse
        alone = parse.pos[token] == "NUM" and parse.deps[token] == "nsubjpass"
        return alone and self.of(token) is None and parse.heads[token] > token

    def _of_a_force(self, token: int) -> bool:
        """Whether a force's name stands before what it uses or holds ("*rebel* positions", "*police* cars")."""
        parse, armed = self.parse, self.lexicon.parties.armed
        return any(parse.deps[c] in ("compound", "amod") and parse.lemmas[c] in armed for c in parse.children[token])

    def _national(self, token: int) -> bool:
        """Whether a nation's adjective stands before a common noun ("an *Italian* engineer")."""
        parse = self.parse
        return any(parse.deps[c] == "amod" and "STATE" in self.kinds(c) for c in parse.children[token])

    def _looks_named(self, token: int) -> bool:
        """An acronym, or a capital within a sentence."""
        parse = self.parse
        word = parse.words[token]
        first = parse.sentences[parse.sentence_of[token]][0]
        return (
            parse.pos[token] in ("NOUN", "X")
            and word[0].isupper()
            and (token > first or (len(word) > 1 and word.isupper()))
        )

    def _kinds_by_list(self, lemma: str) -> set[str]:
        parties = self.lexicon.parties
        kinds: set[str] = set()
        if lemma in parties.roles:
            kinds |= {"ROLE", "PERSON", "PARTY"}
        if lemma in parties.bodies:
            kinds |= {"PARTY"}
        if lemma in parties.armed:
            kinds |= {"ARMED", "PARTY"}
        if lemma in parties.people:
            kinds |= {"PEOPLE", "PARTY"}
        if lemma in parties.places:
            kinds |= {"PLACE"}
        if lemma in parties.sites:
            kinds |= {"SITE"}
        return kinds

    def _kinds_below(self, token: int) -> frozenset[str]:
        below = self.counted(token)
        return self.kinds(below) if below != token else _NOTHING

    def counted(self, token: int) -> int:
        """What a word that only counts speaks of ("hundreds of *workers*"); else the token itself."""
        for _ in range(_MAX_COUNTING):
            below = self.of(token) if self._counts(token) else None
            if below is None:
                break
            token = below
        return token

    def _counts(self, token: int) -> bool:
        parse, hollow = self.parse, self.lexicon.parties.hollow
        return parse.lemmas[token] in hollow or parse.lowers[token] in hollow or parse.pos[token] == "NUM"

    def of(self, token: int) -> int | None:
        """What stands after "of" (thousands of *workers*), or None."""
        parse = self.parse
        for child in parse.children[token]:
            if parse.deps[child] == "prep" and parse.lowers[child] == "of":
                return parse.child(child, "pobj")
        return None

    def is_party(self, token: int) -> bool:
        """Whether the noun phrase of `token` can be a party: a person, office, body, group, state or armed force."""
        return "PARTY" in self.kinds(token)

    def is_named_place(self, token: int) -> bool:
        """Whether `token` is a place, or a proper noun spaCy gave no name to."""
        plain = self.parse.tags[token].startswith("NNP") and self.parse.entity_of[token] < 0
        return plain or "PLACE" in self.kinds(token)

    def is_own(self, token: int) -> bool:
        """Whether the thing belongs to the one who acts ("*its* troops", "*their* borders"), so is no other party."""
        owner = self.parse.child(token, "poss")
        if owner is None or self.parse.tags[owner] != "PRP$":
            return False
        kinds = self.kinds(token)
        if "PEOPLE" in kinds and "ARMED" not in kinds:
            return False  # "its citizens", "her colleagues" are others than whoever has them
        return "ROLE" not in kinds and self.parse.lemmas[token] not in self.lexicon.parties.bodies

    def is_place_or_party(self, token: int) -> bool:
        """Whether the noun phrase of `token` is a party or a place."""
        return not self.kinds(token).isdisjoint({"PARTY", "PLACE"})

    def lemmas(self, token: int) -> frozenset[str]:
        """The words `token` counts as: its own, those it only counts or carries (*dozens* of, aid *package*)."""
        found = self._lemmas.get(token)
        if found is None:
            self._lemmas[token] = _NOTHING
            found = self._lemmas[token] = self._find_lemmas(token)
        return found

    def _find_lemmas(self, token: int) -> frozenset[str]:
        parse, parties = self.parse, self.lexicon.parties
        lemma = parse.lemmas[token]
        found = {lemma, parse.lowers[token], *self.hyphened(token)}
        if lemma.endswith("s") and parse.tags[token].startswith("NNP"):
            found.add(lemma[:-1])
        below = self.counted(token)
        if below != token:
            found |= self.lemmas(below)
        if lemma in parties.carriers:
            found.update(
                parse.lemmas[c] for c in parse.children[token] if parse.deps[c] in ("compound", "amod", "nmod")
            )
        return frozenset(found)

    def hyphened(self, token: int) -> tuple[str, ...]:
        """The whole word, with and without its hyphen, where a token is half of one ("cease-fire" is three tokens)."""
        parse = self.parse
        lowers, n = parse.lowers, len(parse.lowers)
        if token >= 2 and lowers[token - 1] == "-":
            left, right = lowers[token - 2], parse.lemmas[token]
        elif token + 2 < n and lowers[token + 1] == "-":
            left, right = lowers[token], lowers[token + 2]
        else:
            return ()
        return f"{left}-{right}", left + right

    def fits(self, token: int, choice: Choice) -> bool:
        """Whether the noun phrase of `token` is one the choice names."""
        return not self.lemmas(token).isdisjoint(choice.words) or not self.kinds(token).isdisjoint(choice.kinds)

    def is_itself(self, token: int, choice: Choice) -> bool:
        """`fits` without the words beside a carrier ("*official* talks" are no officials)."""
        words = {self.parse.lemmas[token], self.parse.lowers[token], *self.hyphened(token)}
        below = self.counted(token)
        if below != token:
            words |= self.lemmas(below)
        return not choice.words.isdisjoint(words) or not self.kinds(token).isdisjoint(choice.kinds)

    def group(self, token: int) -> list[int]:
        """`token` and what is coordinated with it (A, B and C), in text order."""
        parse, found, queue = self.parse, [token], [token]
        while queue and len(found) < 20:
            node = queue.pop()
            for child in parse.children[node]:
                if parse.deps[child] == "conj" and parse.pos[child] not in ("VERB", "AUX") and child not in found:
                    found.append(child)
                    queue.append(child)
        found += [c for one in tuple(found) for c in self._listed_beside(one) if c not in found]
        below = [c for one in found if (c := self.counted(one)) != one]
        found += [c for one in below for c in parse.children_by(one, "conj") if self._national(c) or self._is_nation(c)]
        return sorted(set(found).union(*(self.nations(one) for one in found)))

    def _listed_beside(self, token: int) -> list[int]:
        """Names in a list that the pipeline set beside the one before them ("A of N., *B* of S., and C of V.")."""
        parse = self.parse
        last = parse.child(token, "conj")
        if last is None or not parse.tags[token].startswith("NNP"):
            return []
        named = [c for c in parse.children_by(token, "appos") if token < c < last and parse.tags[c].startswith("NNP")]
        person = "PERSON" in self.kinds(token)
        return [c for c in named if person and "PERSON" in self.kinds(c) and self._entitled(c)]

    def _entitled(self, token: int) -> bool:
        """Whether a title of its own stands before a name, so that it is no other name of somebody."""
        parse, roles = self.parse, self.lexicon.parties.roles
        return (
            any(parse.lemmas[c] in roles for c in parse.children_by(token, "compound")) and self.of(token) is not None
        )

    def nations(self, token: int) -> tuple[int, ...]:
        """The further nations one noun phrase stands for: "*Norland* and Sudmark forces", "leaders of N. and *S.*"."""
        if not self.is_party(token):
            return ()
        before, after = self._nations_before(token), self._nations_after(token)
        return (*before[:-1], *after[1:])

    def _nations_before(self, token: int) -> list[int]:
        parse, token = self.parse, self.counted(token)
        firsts = (c for c in parse.children[token] if c < token and parse.deps[c] in _BEFORE and self._is_nation(c))
        first = next(firsts, None)
        if first is None or (parse.child(first, "conj") is None):
            return []
        whole = facts_between(parse, first, token)
        one = bool(whole) and whole[0].last > first + 2  # "*Trinidad and Tobago* police"
        return [] if one else [first, *self._joined(first, token)]

    def _nations_after(self, token: int) -> list[int]:
        parse = self.parse
        if parse.tags[token] not in ("NNS", "NNPS") or parse.lemmas[token] in self.lexicon.parties.places:
            return []
        for child in parse.children_by(token, "prep"):
            below = parse.child(child, "pobj")
            if parse.lowers[child] in ("of", "from") and below is not None and self._is_nation(below):
                return [below, *self._joined(below, None)]
        return []

    def _joined(self, nation: int, limit: int | None) -> list[int]:
        """Nations coordinated with one, before token `limit`."""
        parse = self.parse
        found: list[int] = []
        node: int | None = nation
        while node is not None and len(found) < _MAX_NATIONS:
            node = next((c for c in parse.children_by(node, "conj") if self._is_nation(c)), None)
            if node is None or (limit is not None and node >= limit):
                break
            found.append(node)
        return found

    def _is_nation(self, token: int) -> bool:
        return "STATE" in self.kinds(token) and self.parse.lemmas[token] not in self.lexicon.parties.bodies

    def holder(self, token: int) -> int | None:
        """Whose the thing is: its possessor, who it is by, from or of, or the nation it is called by; else None."""
        parse = self.parse
        owner = parse.child(token, "poss")
        if owner is not None:
            return None if self.is_time_or_amount(owner) else owner
        maker = self._left_or_made_by(token)
        if maker is not None:
            return maker
        for child in parse.children[token]:
            named = "STATE" in self.kinds(child) or ("PERSON" in self.kinds(child) and parse.tags[child] == "NNP")
            if parse.deps[child] in ("amod", "compound", "nmod") and named:
                return child
            if self._organisation(child, token) or self._crowd(child, token):
                return child
        below = self.of(token)
        if below is not None and self.is_party(below):
            return below
        return self.nation_in_front(token) if self.parse.lemmas[token] in self.lexicon.parties.weapons else None

    def _left_or_made_by(self, token: int) -> int | None:
        """Who is to go ("the removal *of the minister* from office"), or who it is by or from."""
        parse, below = self.parse, self.of(token)
        if below is not None and parse.lemmas[token] in self.lexicon.grammar.leaving and self.is_party(below):
            return below
        behind = [c for c in parse.children_by(token, "prep", "agent") if parse.lowers[c] in ("by", "from")]
        nouns = (t for c in behind if (t := parse.child(c, "pobj")) is not None)
        return next((maker for t in nouns if (maker := self._maker(t)) is not None), None)

    def _maker(self, token: int) -> int | None:
        """A party behind "by" or "from", or the nation whose weapons stand there ("a raid by *Norland* planes")."""
        if self.is_party(token):
            return token
        armed = self.parse.lemmas[token] in self.lexicon.parties.weapons
        return self.nation_in_front(token) if armed else None

    def nation_in_front(self, token: int) -> int | None:
        """The nation the parts of a weapon's or attack's name are called by ("*Norland* missile and drone raid")."""
        parse = self.parse
        first = parse.left_edge[token]
        if parse.deps[token] == "conj" and token - parse.heads[token] <= 3:
            first = min(first, parse.left_edge[parse.heads[token]])  # "*Norland* missile and drone attack"
        front = range(max(first, token - _MAX_FRONT), token)
        return next(
            (i for i in front if parse.deps[i] in ("amod", "compound", "nmod") and "STATE" in self.kinds(i)), None
        )

    def _organisation(self, child: int, noun: int) -> bool:
        """Whether an organisation's name stands before a noun that is no part of it ("the *UN* force")."""
        parse, number = self.parse, self.parse.entity_of[child]
        own = number >= 0 and parse.entities[number].label == "ORG" and parse.entity_of[noun] != number
        return own and parse.deps[child] in ("compound", "nmod") and self.is_party(child)

    def _crowd(self, child: int, noun: int) -> bool:
        """Whether a common noun for people or a body stands before what is theirs ("*opposition* demands")."""
        parse, parties = self.parse, self.lexicon.parties
        listed = parties.bodies | parties.people | parties.armed | {"opposition"}
        owns = parse.deps[child] == "compound" and parse.pos[child] == "NOUN" and parse.lemmas[child] in listed
        return owns and parse.lemmas[noun] in parties.owned

    def span(self, token: int) -> Span:
        """The noun phrase of `token`, without what is coordinated with it or said about it in a clause."""
        parse = self.parse
        first = parse.left_edge[token]
        while first < token and (parse.deps[first] in ("punct", "cc", "preconj") or parse.pos[first] == "PUNCT"):
            first += 1
        last = token + 1
        for child in parse.children[token]:
            if child < token or parse.deps[child] == "case":
                continue
            if parse.deps[child] in _STOPS and parse.lowers[child] != "-":
                break
            last = max(last, self._end(child))
        last = max(last, self._named_beside(token))
        first, last = self._of_one_nation(token, first, last)
        first, last = max(first, token - _MAX_PHRASE), min(last, token + _MAX_PHRASE)
        return parse.span(first, last)

    def _of_one_nation(self, token: int, first: int, last: int) -> tuple[int, int]:
        """The phrase cut to the one nation its head stays with, where it stands for several."""
        if not self.nations(token):
            return first, last
        before, after = self._nations_before(token), self._nations_after(token)
        start, end = (before[-1] if len(before) > 1 else first), (after[0] + 1 if len(after) > 1 else last)
        if start >= end:  # "members of the Norland, *Sudmark communities*": the nations stand behind the head
            end = self.counted(token) + 1
        return start, end

    def _named_beside(self, token: int) -> int:
        """One past the name set beside a description ("his counterpart, *Jan Novak*"); 0 where there is none."""
        parse = self.parse
        if parse.tags[token].startswith("NNP"):
            return 0
        for child in parse.children[token]:
            if (
                parse.deps[child] == "appos"
                and child - token <= 8
                and "PERSON" in self.kinds(child)
                and parse.tags[child] == "NNP"
            ):
                return child + 1
        return 0

    def is_time_or_amount(self, token: int) -> bool:
        """Whether spaCy named the phrase of `token` a date, a time of day, a sum or a share."""
        number = self.parse.entity_of[token]
        return number >= 0 and self.parse.entities[number].label in (
            "DATE",
            "TIME",
            "MONEY",
            "PERCENT",
            "QUANTITY",
            "ORDINAL",
        )

    def is_time(self, token: int) -> bool:
        """Whether a word is a day's name, which the pipeline takes for an object ("promised *Saturday* to ...")."""
        return self.parse.lowers[token] in _DAYS

    def _end(self, token: int) -> int:
        """One past the last token of a post-modifier, up to the first clause or comma in it."""
        parse = self.parse
        last = parse.right_edge[token] + 1
        for i in range(token, min(last, token + _MAX_PHRASE)):
            if parse.deps[i] in ("relcl", "acl", "appos", "advcl") or parse.lowers[i] in (",", "–", "—", ";", "("):
                return max(token + 1, min(i, parse.left_edge[i]))
        return last
