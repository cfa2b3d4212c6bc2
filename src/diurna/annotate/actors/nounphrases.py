"""Noun phrases that may be about somebody: persons, offices, organisations, groups, states, and pronouns for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from diurna.annotate.actors.codes import code_of_tokens
from diurna.annotate.actors.knowledge import Fact, Known, facts_between, gender_of
from diurna.annotate.actors.mention import Gender, Mention, Number
from diurna.annotate.actors.metonymy import is_government, speaks
from diurna.annotate.actors.naming import name_key, same_person
from diurna.annotate.actors.phrases import words_of
from diurna.annotate.actors.propernames import (
    after_fields,
    after_possessor,
    after_titles,
    gender_shown,
    kind_of,
    name_end,
    personal_titles,
    phrase_words,
    run_start,
    titled,
)
from diurna.annotate.actors.roles import Role, honorific, role_at, territories, turns
from diurna.annotate.actors.secondlook import (
    INNER,
    is_inner,
    is_title_case,
    repeated,
    without_halves,
    without_headline_guesses,
    without_inner_names,
)
from diurna.annotate.parse import Parse
from diurna.model.annotation import ActorCode
from diurna.model.record import ActorKind

_PRONOUNS: dict[str, tuple[Number | None, Gender | None]] = {
    "he": ("singular", "male"), "him": ("singular", "male"), "his": ("singular", "male"),
    "himself": ("singular", "male"),
    "she": ("singular", "female"), "her": ("singular", "female"), "hers": ("singular", "female"),
    "herself": ("singular", "female"), "it": ("singular", "neuter"), "its": ("singular", "neuter"),
    "itself": ("singular", "neuter"), "they": ("plural", None), "them": ("plural", None), "their": ("plural", None),
    "theirs": ("plural", None), "themselves": ("plural", None), "who": (None, None), "whom": (None, None),
    "whose": (None, None),
}  # fmt: skip
_SOMEBODY = frozenset({"someone", "somebody", "everyone", "everybody", "others"})
_DETERMINED = frozenset({"the", "this", "that", "these", "those"})
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_WORD = re.compile(r"[\w.'’&+-]+")
_COLLECTIVE = frozenset({"police", "gendarmerie", "military", "opposition"})
_MAX_LEFT = 14
"""Tokens a phrase may reach left of its head."""


def find_mentions(parse: Parse) -> list[Mention]:
    """Every mention of the report, in text order of its first token; names inside larger phrases included."""
    known = facts_between(parse, 0, len(parse))
    finder = _Finder(parse, {i: one for one in known for i in range(one.first, one.last)})
    found = [mention for i in range(len(parse)) if (mention := finder.at(i)) is not None]
    found = without_halves(parse, without_inner_names(without_headline_guesses(parse, found)))
    found += repeated(parse, found)
    return sorted(found, key=lambda mention: (mention.first, -mention.last))


class _Finder:
    """Looks at one token after the other; holds the parse and the known names by token."""

    def __init__(self, parse: Parse, known: Mapping[int, Known]) -> None:
        self.parse, self.known = parse, known
        self.shouting = [is_title_case(parse, number) for number in range(len(parse.sentences))]

    def at(self, i: int) -> Mention | None:
        """The mention headed by token `i`, if any."""
        parse = self.parse
        if parse.pos[i] == "PRON" and i not in self.known:
            return self._pronoun(i)
        if parse.pos[i] in ("PROPN", "NOUN", "NUM", "X") or parse.tags[i] in _NOUN_TAGS or i in self.known:
            return self._phrase(i)
        return None

    def _pronoun(self, i: int) -> Mention | None:
        parse = self.parse
        word = parse.lowers[i]
        if word in _PRONOUNS and parse.deps[i] != "expl":
            number, gender = _PRONOUNS[word]
            return Mention(i, i + 1, i, "pronoun", "unknown", number=number, gender=gender)
        if word in _SOMEBODY and parse.deps[i] in ("nsubj", "nsubjpass", "pobj"):
            return Mention(i, i + 1, i, "nominal", "group", number="plural", code=ActorCode(None, "CVL"))
        return None

    def _phrase(self, i: int) -> Mention | None:
        parse = self.parse
        known = self.known.get(i)
        if known is not None and known.fact.kind != "adjective":
            return self._known(i, known) if i == _head_of(parse, known) else None
        if parse.deps[i] in INNER and is_inner(parse, i):
            return None
        if parse.tags[i] not in _NOUN_TAGS and known is None and parse.pos[i] != "NUM":
            return None
        first = _left(parse, i)
        words = phrase_words().quantities
        if parse.lemmas[i] in words or parse.lowers[i] in words or parse.pos[i] == "NUM":
            return self._quantity(i, first)
        if self._is_name(i):
            return self._name(i, first)
        return self._nominal(i, first)

    def _is_name(self, i: int) -> bool:
        """Whether token `i` heads a proper name: capitalised, and not only because all words here are."""
        parse = self.parse
        if not parse.words[i][:1].isupper() or not _WORD.fullmatch(parse.words[i]):
            return False
        if self.shouting[parse.sentence_of[i]] and role_at(parse, i, i + 1) is not None:
            return False
        if parse.pos[i] == "PROPN":
            return True
        return (
            parse.sentences[parse.sentence_of[i]][0] != i
            and role_at(parse, i, i + 1) is None
            and parse.pos[i] == "NOUN"
        )

    # -- names we know -------------------------------------------------------------------------------------------

    def _known(self, i: int, known: Known) -> Mention | None:
        """The mention of a known name: a body, a person, a state; a place's name only where it may stand for people."""
        parse, fact = self.parse, known.fact
        if fact.kind == "region" or (fact.kind == "seat" and not is_government(parse, i, known.first)):
            return None
        inner = parse.deps[i] in INNER and is_inner(parse, i)
        if inner and not _stands_alone(parse, known):
            return None
        left = known.first if inner else _left(parse, i)
        if fact.kind == "person":
            first = self._given_names(known, left) if fact.short else known.first
            own = fact if first == known.first or _is_person(parse.words[first : known.last], fact) else None
            return self._person(i, left, max(known.last, i + 1), first, own)
        if fact.kind == "people":
            return self._people(i, left, max(known.last, i + 1), known)
        before = known.first - 1
        return Mention(
            before if before >= left and parse.lowers[before] == "the" else known.first,
            max(known.last, i + 1), i, "name", fact.actor,
            name=tuple(parse.words[known.first : known.last]), name_at=(known.first, known.last),
            number="plural" if fact.actor == "group" else "singular", gender="neuter",
            code=ActorCode(fact.country, fact.sector), fact=fact, definite=True,
        )  # fmt: skip

    def _given_names(self, known: Known, left: int) -> int:
        """First token of the capitalised words right before a surname that are no title, country or body."""
        parse, first = self.parse, known.first
        titles = personal_titles(parse, left, first)
        low = titles[-1][1] if titles else left
        while first > low and first - 1 not in self.known and _is_given(parse, first - 1):
            first -= 1
        return first if parse.words[first][:1].isupper() and len(parse.words[first]) > 2 else known.first

    def _people(self, i: int, first: int, last: int, known: Known) -> Mention:
        plural = self.parse.tags[i] in ("NNS", "NNPS") or self.parse.words[i].endswith(("s", "men"))
        return Mention(
            first, last, i, "nominal", "group" if plural else "person", number="plural" if plural else "singular",
            role=Role(known.fact.name.lower() + " people", "CVL", "people"), code=ActorCode(known.fact.country, "CVL"),
            definite=self.parse.lowers[first] in _DETERMINED, modifiers=self._modifiers(first, known.first),
        )  # fmt: skip

    # -- names we do not know ------------------------------------------------------------------------------------

    def _name(self, i: int, left: int) -> Mention | None:
        """A capitalised phrase: titles in front taken off, what is left is the name."""
        parse = self.parse
        run = run_start(parse, i, left)
        if self._is_nobody(i, run):
            return None
        first, last = after_titles(parse, run, i + 1, self.known), name_end(parse, i)
        if first > i and last == i + 1 and not self._is_branch(i, run):
            return self._nominal(i, left)
        first = after_fields(parse, min(first, i), i)
        body = role_at(parse, i, last) or (self._role_ending(i, first) if not parse.words[i].isupper() else None)
        if body is not None and body[1].kind == "organisation":
            return self._organisation(i, left, run, last, body[1])
        if body is not None and first < i and parse.label(i) != "PERSON" and gender_of(parse.words[first]) is None:
            return self._nominal(i, left)  # "Chief Technology Officer"
        return self._bearer(i, left, run, first, last)

    def _is_nobody(self, i: int, run: int) -> bool:
        parse, words = self.parse, phrase_words()
        thing = parse.label(i) in words.things or parse.lowers[i] in words.nobody
        return thing or parse.lowers[run] == "operation"

    def _bearer(self, i: int, left: int, run: int, first: int, last: int) -> Mention | None:
        """Whoever bears the name at tokens `first` to `last`; None where it is nobody."""
        parse = self.parse
        titles = personal_titles(parse, left, first)
        kind = kind_of(parse, i, first, titles)
        if kind == "person":
            return self._person(i, left, last, first, None)
        if kind is None:
            return None
        start = max(after_possessor(parse, run, i), titles[-1][1] if titles and titles[-1][1] <= i else 0)
        return Mention(
            left, last, i, "name", kind, name=tuple(parse.words[start:last]), name_at=(start, last),
            roles=tuple(role.name for _, _, role in titles) if kind == "unknown" else (),
            number="plural" if parse.tags[i] in ("NNPS", "NNS") else "singular",
            gender=None if kind in ("unknown", "group") else "neuter",
            code=code_of_tokens(parse, i, left, last), definite=True,
        )  # fmt: skip

    def _is_branch(self, i: int, run: int) -> bool:
        """Whether a body's noun ends a name: a known body's ("RBN News") or a town's ("Hentzau University")."""
        known, hit = self.known.get(i - 1), role_at(self.parse, i, i + 1)
        if run == i or hit is None or hit[1].kind != "organisation" or role_at(self.parse, i - 1, i) is not None:
            return False
        before = self.parse.lowers[i - 1]
        return known.fact.kind in ("body", "seat") if known is not None else before not in turns() and before.isalpha()

    def _role_ending(self, i: int, first: int) -> tuple[int, Role] | None:
        for k in range(max(first, i - 3), i + 1):
            hit = role_at(self.parse, k, i + 1)
            if hit and hit[0] == i + 1:
                return hit
        return None

    def _organisation(self, i: int, left: int, run: int, last: int, role: Role) -> Mention | None:
        parse = self.parse
        run = after_possessor(parse, run, i)
        if run == i and last == i + 1 and role.sector != "JRN":
            short = self._nominal(i, left)  # "the Administration" is whichever was named
            return None if short is None else replace(short, definite=True)
        return Mention(
            left, last, i, "name", "outlet" if role.sector == "JRN" else "organisation",
            name=tuple(parse.words[run:last]), name_at=(run, last), role=role, number="singular", gender="neuter",
            code=code_of_tokens(parse, i, left, last), definite=True,
        )  # fmt: skip

    def _person(self, i: int, left: int, last: int, first: int, fact: Fact | None) -> Mention:
        parse = self.parse
        titles = personal_titles(parse, left, first)
        code = code_of_tokens(parse, i, left, last)
        if fact is not None:
            code = ActorCode(code.country or fact.country, code.sector or fact.sector)
        return Mention(
            left, last, i, "name", "person", name=tuple(parse.words[first:last]), name_at=(first, last),
            roles=tuple(titled(parse, placed, left) for placed in titles), number="singular",
            gender=gender_shown(parse, left, first, titles), code=code, fact=fact, definite=True,
        )  # fmt: skip

    # -- descriptions --------------------------------------------------------------------------------------------

    def _quantity(self, i: int, first: int) -> Mention | None:
        """A counted group ("thousands of gunmen"): the phrase is about whom it counts."""
        parse = self.parse
        joint = next((c for c in parse.children[i] if c > i and parse.lowers[c] == "of"), None)
        noun = None if joint is None else parse.child(joint, "pobj")
        counted = None if noun is None else self._phrase(noun)
        if noun is not None and parse.lowers[noun] in phrase_words().quantities:
            return None  # "hundreds of millions"
        if parse.lemmas[i] in ("number", "total") and parse.lowers[first] == "the":
            return None  # "the number of casualties" is a figure
        if counted is None or noun is None or counted.last > noun + 2:
            return self._nominal(i, first)
        return Mention(
            first, counted.last, i, "nominal", "group", number="plural", role=counted.role,
            code=code_of_tokens(parse, i, first, counted.last), modifiers=counted.modifiers | {parse.lowers[i]},
        )  # fmt: skip

    def _nominal(self, i: int, first: int) -> Mention | None:
        """A phrase whose head is a role or a group noun."""
        parse = self.parse
        hit = self._head_role(i, first) or self._territory(i, first)
        if hit is None or parse.deps[i] == "npadvmod" or parse.label(i) in ("DATE", "TIME"):
            return None
        role_first, last, role = hit
        last = max(last, i + 1)
        definite = parse.lowers[first] in _DETERMINED or any(parse.deps[c] == "poss" for c in parse.children[i])
        code = code_of_tokens(parse, i, first, last)
        plural = role.kind == "people" or (parse.tags[i] in ("NNS", "NNPS") and parse.lowers[i] not in _COLLECTIVE)
        bare = first == role_first and not (plural and (role.kind != "organisation" or speaks(parse, i)))
        own = any(parse.tags[c] == "PRP$" for c in parse.children[i] if parse.deps[c] == "poss")
        owned = own and role.name in phrase_words().inert and parse.tags[i] not in ("NNS", "NNPS")
        if role.name in phrase_words().speaking and not _is_source(parse, i):
            return None
        if _is_thing(role, definite and not owned, bare=bare, placed=self._names_country(first, i)):
            return None
        personal = role.kind == "person" and not plural
        if personal and first == role_first and role.office and _is_predicate(parse, i):
            return None
        return Mention(
            first, last, i, "nominal", _nominal_kind(role, plural=plural, definite=definite),
            roles=(titled(parse, hit, first),) if personal else (), role=role,
            number="plural" if plural else "singular",
            gender=None if plural else role.gender if personal else "neuter", code=code, definite=definite,
            modifiers=self._modifiers(first, role_first),
        )  # fmt: skip

    def _head_role(self, i: int, first: int) -> tuple[int, int, Role] | None:
        """The longest role that holds the head token: from the left, or running on from it ("minister of defence")."""
        parse = self.parse
        limit = min(len(parse), i + 5, parse.sentences[parse.sentence_of[i]][1])
        for k in range(max(first, i - 4), i + 1):
            hit = role_at(parse, k, limit)
            if hit and k <= i < hit[0]:
                return k, hit[0], hit[1]
        return None

    def _territory(self, i: int, first: int) -> tuple[int, int, Role] | None:
        """The noun of a state or town with a definite article: "the country"."""
        parse = self.parse
        if parse.lemmas[i] not in territories() or parse.tags[i] != "NN" or parse.lowers[first] not in _DETERMINED:
            return None
        return i, i + 1, Role(parse.lemmas[i], None, "organisation")

    def _names_country(self, first: int, i: int) -> bool:
        return any(k in self.known and self.known[k].fact.country for k in range(first, i))

    def _modifiers(self, first: int, role_first: int) -> frozenset[str]:
        parse = self.parse
        kept = ("ADJ", "NOUN", "PROPN", "NUM", "VERB")
        return frozenset(parse.lowers[k] for k in range(first, role_first) if parse.pos[k] in kept)


def _is_thing(role: Role, definite: bool, *, bare: bool, placed: bool) -> bool:
    """Whether a noun that is often no party ("force", "house") is not marked as one here."""
    words = phrase_words()
    if definite or placed:
        return False
    return role.name in words.inert or (bare and role.name in words.doubtful)


def _is_given(parse: Parse, i: int) -> bool:
    """Whether a word before a surname may be a given name or an initial."""
    word = parse.words[i]
    if parse.pos[i] != "PROPN" or parse.deps[i] not in INNER or not word[:1].isupper() or not word[:2].isalpha():
        return word[:1].isupper() and word[1:] == "." and parse.pos[i] == "PROPN"
    lower = parse.lowers[i]
    return role_at(parse, i, i + 1) is None and honorific(lower) is None and lower not in turns()


def _is_person(words: Sequence[str], fact: Fact) -> bool:
    return same_person(name_key(words), name_key(words_of(fact.name)))


def _is_source(parse: Parse, i: int) -> bool:
    """Whether a noun for both people and things ("source") is people here: it speaks, or something is by or from it."""
    return speaks(parse, i) or (parse.deps[i] == "pobj" and parse.lowers[parse.heads[i]] in ("by", "from", "to"))


def _is_predicate(parse: Parse, i: int) -> bool:
    """Whether a bare office is what somebody is, not somebody ("as prime minister", "elected president")."""
    while parse.deps[i] == "conj" and parse.heads[i] < i:
        i = parse.heads[i]
    as_ = parse.deps[i] == "pobj" and parse.lowers[parse.heads[i]] in ("as", "of", "for")
    return as_ or parse.deps[i] in ("attr", "oprd", "xcomp", "dep")


def _nominal_kind(role: Role, *, plural: bool, definite: bool) -> ActorKind:
    if role.kind == "organisation":
        return "group" if plural or role.sector in ("REB", "UAF", "CVL", "CRM") else "organisation"
    if plural:
        return "group"
    return "office" if role.office and definite else "person"


def _head_of(parse: Parse, known: Known) -> int:
    inside = range(known.first, known.last)
    return next((i for i in inside if parse.heads[i] == i or parse.heads[i] not in inside), known.last - 1)


def _stands_alone(parse: Parse, known: Known) -> bool:
    """Whether a name inside a larger phrase is somebody: "Hamas leader", but not "Iraq" in "Iraq War Museum"."""
    head = parse.heads[known.last - 1]
    joined = known.last < head and parse.lowers[known.last] in ("and", ",")
    if joined or not parse.words[head][:1].isupper():
        return True
    hit = role_at(parse, head, head + 1)
    return hit is not None and (hit[1].kind != "organisation" or known.fact.kind not in ("body", "person"))


def _left(parse: Parse, head: int) -> int:
    """First token of the phrase: its modifiers, back to a verb, a quotation mark or a comma."""
    low = max(parse.left_edge[head], head - _MAX_LEFT, parse.sentences[parse.sentence_of[head]][0])
    first = head
    for i in range(head - 1, low - 1, -1):
        verbal = parse.pos[i] in ("VERB", "AUX", "SCONJ") and parse.deps[i] not in ("amod", "compound")
        if verbal or (parse.pos[i] == "PUNCT" and parse.words[i] not in ("-", "–", ".", "'", "’", "&")):
            break
        first = i
    while first < head and parse.pos[first] in ("CCONJ", "ADV", "PUNCT", "ADP", "INTJ", "SCONJ", "PART"):
        first += 1
    return first
