"""Noun phrases that may be about somebody: persons, offices, organisations, groups, states, and pronouns for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diurna.annotate.codes import NOBODY, code_of_tokens
from diurna.annotate.knowledge import Fact, Known, facts_between, gender_of
from diurna.annotate.parse import Parse
from diurna.annotate.roles import Role, honorific, role_at, roles_between, turns
from diurna.model.annotation import ActorCode
from diurna.model.record import ActorKind

Form = Literal["name", "nominal", "pronoun"]
Number = Literal["singular", "plural"]
Gender = Literal["male", "female", "neuter"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase about somebody.

    Attributes:
        first, last: its tokens, half-open, without what follows the head (but "Ministry of Defence" whole).
        head: the token it hangs on.
        form: a proper name (with or without title), a description, a pronoun.
        kind: what it seems to be about.
        name: the words of the proper name without title, case kept; empty for nominals and pronouns.
        name_at: token range of that name.
        roles: titles and roles it carries, singular, lower case, "former" kept.
        role: the role its head names, for nominals.
        number, gender: None where nothing tells.
        code: country and sector by its own words.
        fact: the known name it is, where it is one.
        definite: "the", "this", a possessor, or a name.
        modifiers: lower-case words before the head of a nominal that narrow it ("armed", "iraqi").
    """

    first: int
    last: int
    head: int
    form: Form
    kind: ActorKind
    name: tuple[str, ...] = ()
    name_at: tuple[int, int] = (0, 0)
    roles: tuple[str, ...] = ()
    role: Role | None = None
    number: Number | None = None
    gender: Gender | None = None
    code: ActorCode = NOBODY
    fact: Fact | None = None
    definite: bool = False
    modifiers: frozenset[str] = frozenset()


_INNER = frozenset({"compound", "nmod", "amod", "nummod", "quantmod", "flat", "punct", "det", "advmod", "npadvmod"})
_PRONOUNS: dict[str, tuple[Number | None, Gender | None]] = {
    "he": ("singular", "male"), "him": ("singular", "male"), "his": ("singular", "male"), "himself": ("singular", "male"),
    "she": ("singular", "female"), "her": ("singular", "female"), "hers": ("singular", "female"),
    "herself": ("singular", "female"), "it": ("singular", "neuter"), "its": ("singular", "neuter"),
    "itself": ("singular", "neuter"), "they": ("plural", None), "them": ("plural", None), "their": ("plural", None),
    "theirs": ("plural", None), "themselves": ("plural", None), "who": (None, None), "whom": (None, None),
    "whose": (None, None),
}  # fmt: skip
_NO_ACTOR_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "LANGUAGE", "LAW", "WORK_OF_ART", "EVENT"})
_CONNECTORS = frozenset({"al", "el", "bin", "ibn", "bint", "de", "von", "van", "der", "den", "la", "le", "di", "dos", "da", "del", "du", "-", "'", "’", "ul", "ur", "ad", "e", "of", "and", "&"})
_DEMONSTRATIVES = frozenset({"the", "this", "that", "these", "those"})
_QUANTIFIED = frozenset({"thousand", "hundred", "dozen", "million", "score", "number", "handful", "majority", "group", "crowd", "ten", "couple", "thousands", "hundreds", "dozens", "millions", "scores", "tens"})  # fmt: skip
_MASS = frozenset({"force", "party", "house", "service", "office", "order", "union", "command", "mission", "press", "industry", "network", "congress", "power", "business", "media", "school", "department", "side", "staff", "body", "council", "center", "centre", "front", "branch", "unit", "wing", "panel", "board", "community", "trust", "fund", "movement", "resistance", "assembly", "chamber", "patrol", "prosecution", "chain", "market", "bank", "division", "family", "public", "team", "head", "chief", "leader", "figure", "member", "guard", "pilot", "executive", "representative", "officer", "source", "author", "owner", "partner", "support", "regulator", "camp", "cell", "church", "court", "college", "hospital", "institution", "squad", "class", "club", "league", "society"})  # fmt: skip
_MAX_LEFT = 14
"""Tokens a phrase may reach left of its head."""


def find_mentions(parse: Parse) -> list[Mention]:
    """Every mention of the report, in text order of its first token; names inside larger phrases included."""
    known = facts_between(parse, 0, len(parse))
    by_token = {i: one for one in known for i in range(one.first, one.last)}
    finder = _Finder(parse, by_token)
    found = [mention for i in range(len(parse)) for mention in finder.at(i)]
    found.sort(key=lambda mention: (mention.first, -mention.last))
    return found


class _Finder:
    """Looks at one token after the other; holds the parse and the known names by token."""

    def __init__(self, parse: Parse, known: dict[int, Known]) -> None:
        self.parse, self.known = parse, known

    def at(self, i: int) -> Iterator[Mention]:
        """The mention headed by token `i`, if any."""
        parse = self.parse
        pos = parse.pos[i]
        if pos == "PRON":
            found = self._pronoun(i)
        elif pos in ("PROPN", "NOUN", "NUM", "ADJ", "X") or parse.tags[i] in ("NN", "NNS", "NNP", "NNPS"):
            found = self._phrase(i)
        else:
            found = None
        if found:
            yield found

    def _pronoun(self, i: int) -> Mention | None:
        parse = self.parse
        word = parse.lowers[i]
        if word in _PRONOUNS and parse.deps[i] != "expl":
            number, gender = _PRONOUNS[word]
            return Mention(i, i + 1, i, "pronoun", "unknown", number=number, gender=gender)
        if word in ("someone", "somebody", "everyone", "everybody", "others", "many", "some", "those") and parse.deps[i] != "det":
            return self._bare_people(i)
        return None

    def _bare_people(self, i: int) -> Mention | None:
        if self.parse.deps[i] not in ("nsubj", "nsubjpass", "pobj") or self.parse.lowers[i] in ("those", "some", "many"):
            return None
        return Mention(i, i + 1, i, "nominal", "group", number="plural", code=ActorCode(None, "CVL"))

    def _phrase(self, i: int) -> Mention | None:
        parse = self.parse
        known = self.known.get(i)
        if known is not None and known.fact.kind != "adjective":
            return self._known(i, known) if i == self._head_of(known) else None
        if parse.deps[i] in ("compound", "nmod", "amod", "nummod", "quantmod", "punct", "det") and self._inside_phrase(i):
            return None
        if parse.pos[i] in ("ADJ", "NUM", "X") and known is None and parse.tags[i] not in ("NNP", "NNPS"):
            return None
        first = self._left(i)
        if parse.lemmas[i] in _QUANTIFIED or parse.lowers[i] in _QUANTIFIED or parse.pos[i] == "NUM":
            return self._quantity(i, first)
        if self._is_name(i):
            return self._name(i, first)
        return self._nominal(i, first)

    def _inside_phrase(self, i: int) -> bool:
        head = self.parse.heads[i]
        return head > i and self.parse.pos[head] in ("PROPN", "NOUN", "NUM", "ADJ", "SYM")

    def _head_of(self, known: Known) -> int:
        inside = range(known.first, known.last)
        return next((i for i in inside if self.parse.heads[i] == i or self.parse.heads[i] not in inside), known.last - 1)

    def _left(self, head: int) -> int:
        """First token of the phrase: its modifiers, back to a verb, a quotation mark or a comma."""
        parse = self.parse
        low = max(parse.left_edge[head], head - _MAX_LEFT, parse.sentences[parse.sentence_of[head]][0])
        first = head
        for i in range(head - 1, low - 1, -1):
            if (parse.pos[i] in ("VERB", "AUX", "SCONJ") and parse.deps[i] not in ("amod", "compound")) or (
                parse.pos[i] == "PUNCT" and parse.words[i] not in ("-", "–", ".", "'", "’", "&")
            ):
                break
            first = i
        while first < head and (parse.pos[first] in ("CCONJ", "ADV", "PUNCT", "ADP", "INTJ", "SCONJ") or parse.words[first] in ("-", "–")):
            first += 1
        return first

    def _is_name(self, i: int) -> bool:
        parse = self.parse
        if not parse.words[i][:1].isupper():
            return False
        if parse.pos[i] == "PROPN":
            return True
        return parse.sentences[parse.sentence_of[i]][0] != i and role_at(parse, i, i + 1) is None and parse.pos[i] != "ADJ"

    # -- names we know -------------------------------------------------------------------------------------------

    def _known(self, i: int, known: Known) -> Mention | None:
        """The mention of a known name: a body, a person, a state; a place's name only where it may stand for people."""
        parse, fact = self.parse, known.fact
        if fact.kind == "region" or (fact.kind == "seat" and not speaks_for_state(parse, i, known)):
            return None
        inner = parse.deps[i] in _INNER and self._inside_phrase(i)
        if inner and not self._stands_alone(known):
            return None
        if fact.kind == "person":
            return self._person(i, known, inner)
        first, last = (known.first, known.last) if inner else (self._left(i), max(known.last, i + 1))
        roles = roles_between(parse, first, known.first)
        if fact.kind == "people":
            return self._people(i, first, last, known)
        return Mention(
            first if roles or inner else self._with_article(known.first, first), last, i, "name", fact.actor,
            name=tuple(parse.words[known.first : known.last]), name_at=(known.first, known.last),
            number="plural" if fact.actor == "group" else "singular", gender="neuter",
            code=ActorCode(fact.country, fact.sector), fact=fact, definite=True,
        )  # fmt: skip

    def _with_article(self, first: int, left: int) -> int:
        before = first - 1
        return before if before >= left and self.parse.lowers[before] == "the" else first

    def _stands_alone(self, known: Known) -> bool:
        """Whether a name inside a larger phrase is somebody: "Hamas leader", but not "Iraq" in "Iraq War Museum"."""
        head = self.parse.heads[known.last - 1]
        return not self.parse.words[head][:1].isupper() or role_at(self.parse, head, head + 1) is not None

    def _people(self, i: int, first: int, last: int, known: Known) -> Mention:
        parse = self.parse
        plural = parse.tags[i] in ("NNS", "NNPS") or parse.words[i].endswith(("s", "men"))
        return Mention(
            first, last, i, "nominal", "group" if plural else "person", number="plural" if plural else "singular",
            role=Role(known.fact.name.lower() + " people", "CVL", "people"), code=ActorCode(known.fact.country, "CVL"),
            definite=parse.lowers[first] in _DEMONSTRATIVES, modifiers=self._modifiers(first, known.first),
        )  # fmt: skip

    def _person(self, i: int, known: Known, inner: bool) -> Mention:
        first = known.first if inner else self._left(i)
        return self._person_mention(i, first, max(known.last, i + 1), known.first, known.fact)

    # -- names we do not know ------------------------------------------------------------------------------------

    def _name(self, i: int, left: int) -> Mention | None:
        """A capitalised phrase: titles in front taken off, what is left is the name."""
        parse = self.parse
        run = self._run_start(i, left)
        label = self._label(i)
        if label in _NO_ACTOR_LABELS:
            return None
        after_titles = self._skip_titles(run, i + 1)
        titles = roles_between(parse, left, after_titles)
        last = self._name_end(i)
        if after_titles > i:
            return self._nominal(i, left)
        body = role_at(parse, i, last)
        if body is None and parse.words[i].isupper() is False:
            body = self._role_ending(i, after_titles)
        if body is not None and body[1].kind == "organisation":
            return self._organisation(i, left, run, last, body[1])
        if body is not None and body[1].kind == "person" and i + 1 - after_titles > 1 and self._all_titles(after_titles, i + 1):
            return self._nominal(i, left)
        kind = self._kind(i, after_titles, label, titles)
        if kind == "person":
            return self._person_mention(i, left, last, after_titles, None)
        if kind is None:
            return None
        return self._other(i, left, last, run, kind, titles)

    def _run_start(self, i: int, left: int) -> int:
        """First token of the capitalised words that end at `i` (particles and hyphens between them count)."""
        parse = self.parse
        first = i
        for k in range(i - 1, left - 1, -1):
            if parse.words[k][:1].isupper() or parse.words[k][:1].isdigit() and first < i:
                first = k
            elif parse.lowers[k] not in _CONNECTORS or k == left:
                break
        return first

    def _skip_titles(self, first: int, end: int) -> int:
        """The first token after determiners, country adjectives, known bodies, roles and honorifics."""
        parse = self.parse
        i = first
        while i < end:
            hit = role_at(parse, i, end)
            known = self.known.get(i)
            if hit and (hit[1].kind == "person" or hit[0] < end) and not self._given(i, hit[0]):
                i = hit[0]
            elif known and known.first == i and known.fact.kind != "person" and known.last < end:
                i = known.last
            elif honorific(parse.lowers[i]) or parse.lowers[i] in ("the", "of", "for", "and", "'s", "’s", "-", ",", "to") or parse.lowers[i] in turns():
                i += 1
            elif i + 1 < end and parse.lowers[i + 1] in ("'s", "’s"):
                i += 2
            else:
                break
        return i

    def _given(self, i: int, last: int) -> bool:
        return last == i + 1 and gender_of(self.parse.words[i]) is not None

    def _all_titles(self, first: int, end: int) -> bool:
        return self._skip_titles(first, end) >= end

    def _role_ending(self, i: int, first: int) -> tuple[int, Role] | None:
        for k in range(max(first, i - 3), i + 1):
            hit = role_at(self.parse, k, i + 1)
            if hit and hit[0] == i + 1:
                return hit
        return None

    def _name_end(self, i: int) -> int:
        """One past the name: "of", "for" and capitalised words after an organisation's head belong to it."""
        parse = self.parse
        end = i + 1
        if role_at(parse, i, i + 1) is None and end < len(parse) and parse.words[end].rstrip(".") in ("Jr", "Sr", "II", "III", "IV"):
            return end + 1
        hit = role_at(parse, i, min(i + 1, len(parse)))
        if hit is None or hit[1].kind != "organisation":
            return end
        prep = next((c for c in parse.children[i] if c == end and parse.lowers[c] in ("of", "for")), None)
        noun = None if prep is None else parse.child(prep, "pobj")
        if noun is None or not parse.words[noun][:1].isupper():
            return end
        return max(end, noun + 1)

    def _label(self, i: int) -> str:
        number = self.parse.entity_of[i]
        return self.parse.entities[number].label if number >= 0 else ""

    def _kind(self, i: int, first: int, label: str, titles: list[tuple[int, int, Role]]) -> ActorKind | None:
        """What a name without a telling last word is: by title, given name, then the label of the recogniser."""
        parse = self.parse
        title = titles[-1] if titles else None
        if title and title[1] == first and title[2].kind == "person" and (parse.tags[title[1] - 1] not in ("NNS",)):
            return "person"
        if self._looks_given(first, i, label):
            return "person"
        if first > 0 and honorific(parse.lowers[first - 1]) is not None:
            return "person"
        word = parse.words[i]
        if word.isupper() and 2 <= len(word) <= 6 and word.isalpha():
            return "organisation" if label not in ("GPE", "LOC", "FAC", "PRODUCT") else None
        by_label: dict[str, ActorKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group"}
        if label in by_label:
            return by_label[label]
        if label in ("GPE", "LOC", "FAC", "PRODUCT", "CARDINAL"):
            return "place" if label == "GPE" and speaks(parse, i) else None
        agent = parse.deps[i] == "pobj" and parse.lowers[parse.heads[i]] in ("by", "with", "between")
        party = speaks(parse, i) or agent or parse.deps[i] in ("poss", "dobj", "dative") or self._appositive(i)
        return "unknown" if parse.pos[i] == "PROPN" and party and not label else None

    def _looks_given(self, first: int, i: int, label: str) -> bool:
        """Whether the name begins with a given name, and nothing says it is a place or a thing named after one."""
        parse = self.parse
        if gender_of(parse.words[first]) is None or label in ("GPE", "FAC", "LOC"):
            return False
        return i > first or label == "PERSON" or (first == 0 or parse.lowers[first - 1] != "the")

    def _appositive(self, i: int) -> bool:
        child = self.parse.child(i, "appos")
        return child is not None and role_at(self.parse, child, child + 1) is not None

    def _organisation(self, i: int, left: int, run: int, last: int, role: Role) -> Mention:
        parse = self.parse
        run = run + 1 if parse.lowers[run] in _DEMONSTRATIVES else run
        run = self._after_possessor(run, i)
        return Mention(
            left, last, i, "name", "outlet" if role.sector == "JRN" else "organisation",
            name=tuple(parse.words[run:last]), name_at=(run, last), role=role, number="singular", gender="neuter",
            code=code_of_tokens(parse, i, left, last), definite=True,
        )  # fmt: skip

    def _after_possessor(self, run: int, i: int) -> int:
        return next((k + 1 for k in range(i - 1, run, -1) if self.parse.tags[k] == "POS"), run)

    def _other(self, i: int, left: int, last: int, run: int, kind: ActorKind, titles: list[tuple[int, int, Role]]) -> Mention:
        parse = self.parse
        run = self._after_possessor(run, i)
        while run < i and parse.lowers[run] in _DEMONSTRATIVES:
            run += 1
        if kind in ("organisation", "unknown") and titles and titles[-1][1] <= i and titles[-1][2].kind == "person":
            run = max(run, titles[-1][1])
        plural = parse.tags[i] in ("NNPS", "NNS")
        return Mention(
            left, last, i, "name", kind, name=tuple(parse.words[run:last]), name_at=(run, last),
            roles=tuple(role.name for _, _, role in titles if role.kind == "person") if kind == "unknown" else (),
            number="plural" if plural else "singular", gender=None if kind in ("unknown", "group") else "neuter",
            code=code_of_tokens(parse, i, left, last), definite=True,
        )  # fmt: skip

    def _person_mention(self, i: int, left: int, last: int, first: int, fact: Fact | None) -> Mention:
        parse = self.parse
        titles = [role for role in roles_between(parse, left, first) if role[2].kind == "person"]
        gender = self._gender(first, left, [role for _, _, role in titles])
        code = code_of_tokens(parse, i, left, last)
        if fact is not None:
            code = ActorCode(code.country or fact.country, code.sector or fact.sector)
        return Mention(
            left, last, i, "name", "person", name=tuple(parse.words[first:last]), name_at=(first, last),
            roles=tuple(self._titled(start, end, role, left) for start, end, role in titles),
            number="singular", gender=gender, code=code, fact=fact, definite=True,
        )  # fmt: skip

    def _titled(self, first: int, last: int, role: Role, left: int) -> str:
        """The role with "former" where the text says so."""
        before = self.parse.lowers[max(left, first - 3) : first]
        return f"former {role.name}" if any(turns().get(word) == "former" for word in before) else role.name

    def _gender(self, first: int, left: int, titles: list[Role]) -> Gender | None:
        for i in range(left, first):
            said = honorific(self.parse.lowers[i])
            if said in ("male", "female"):
                return said  # type: ignore[return-value]
        shown = gender_of(self.parse.words[first])
        if shown in ("male", "female"):
            return shown  # type: ignore[return-value]
        return next((role.gender for role in titles if role.gender), None)

    # -- descriptions --------------------------------------------------------------------------------------------

    def _quantity(self, i: int, first: int) -> Mention | None:
        """"Thousands of gunmen": the phrase is about whom it counts."""
        parse = self.parse
        of = next((c for c in parse.children[i] if c > i and parse.lowers[c] == "of"), None)
        noun = None if of is None else parse.child(of, "pobj")
        if noun is None:
            return self._nominal(i, first)
        inner = self._phrase(noun)
        if inner is None or inner.last > noun + 2:
            return None if inner is None else self._nominal(i, first)
        number: Number = "plural"
        return Mention(
            first, inner.last, i, "nominal", "group", number=number, role=inner.role, definite=False,
            code=code_of_tokens(parse, i, first, inner.last), modifiers=inner.modifiers | {parse.lowers[i]},
        )  # fmt: skip

    def _nominal(self, i: int, first: int) -> Mention | None:
        """A phrase whose head is a role or a group noun."""
        parse = self.parse
        hit = self._head_role(i, first)
        if hit is None:
            return None
        role_first, last, role = hit
        if role.name in _MASS and not self._specific(i, first):
            return None
        if parse.deps[i] == "npadvmod" or self._label(i) in ("DATE", "TIME"):
            return None
        plural = role.kind == "people" or parse.tags[i] in ("NNS", "NNPS")
        if role.kind == "organisation":
            kind: ActorKind = "group" if plural or role.sector in ("REB", "UAF", "CVL", "CRM") else "organisation"
        elif plural:
            kind = "group"
        else:
            kind = "office" if role.office and self._is_definite(first, i) else "person"
        title = self._titled(role_first, last, role, first)
        return Mention(
            first, max(last, i + 1), i, "nominal", kind, roles=(title,) if role.kind == "person" else (), role=role,
            number="plural" if plural else "singular",
            gender=(role.gender if not plural else None) if role.kind == "person" else ("neuter" if not plural else None),
            code=code_of_tokens(parse, i, first, max(last, i + 1)), definite=self._is_definite(first, i),
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

    def _specific(self, i: int, first: int) -> bool:
        """Whether a noun that is often no party ("force", "house") is marked as one: article, possessor, adjective, plural."""
        parse = self.parse
        return first < i or parse.tags[i] in ("NNS", "NNPS")

    def _is_definite(self, first: int, i: int) -> bool:
        parse = self.parse
        return parse.lowers[first] in _DEMONSTRATIVES or any(parse.deps[c] == "poss" for c in parse.children[i])

    def _modifiers(self, first: int, role_first: int) -> frozenset[str]:
        parse = self.parse
        return frozenset(
            parse.lowers[k]
            for k in range(first, role_first)
            if parse.pos[k] in ("ADJ", "NOUN", "PROPN", "NUM", "VERB") and parse.words[k] != "-"
        )


_SPEAKING_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_GOVERNMENTAL = frozenset({"with", "between", "by", "against", "for"})
_PLACE_NOUNS = frozenset({"square", "street", "airport", "suburb", "outskirts", "mayor", "resident", "district", "neighborhood", "neighbourhood", "center", "centre", "capital", "police", "hospital", "university", "mosque", "hotel", "metro", "museum", "church", "road", "area", "skyline", "population", "palace", "market", "port", "stadium", "bureau", "correspondent"})  # fmt: skip
_MESSAGES = frozenset({"approach", "message", "response", "statement", "pressure", "threat", "demand", "support", "reaction", "criticism", "warning", "letter", "request", "signal", "comment", "word", "aid", "money", "weapon", "condemnation", "instruction", "order", "assurance", "call", "offer", "proposal", "objection", "denial", "help", "reply", "protest", "guarantee", "concession", "influence", "interference", "independence", "rapprochement", "tie", "policy", "position", "stance", "ally", "enemy", "government", "opponent"})  # fmt: skip
_NO_GOVERNMENT_VERBS = frozenset({"be", "have", "lie", "become", "host", "see", "wake"})


def speaks(parse: Parse, i: int) -> bool:
    """Whether token `i` is the subject of a verb."""
    return parse.deps[i] in _SPEAKING_SUBJECTS and parse.pos[parse.heads[i]] in ("VERB", "AUX")


def speaks_for_state(parse: Parse, i: int, known: Known) -> bool:
    """Whether a capital at token `i` stands for its government: it acts, owns a policy, or stands opposite somebody."""
    if known.first > 0 and parse.deps[known.first - 1] == "amod" and parse.heads[known.first - 1] == i:
        return False
    relation, head = parse.deps[i], parse.heads[i]
    if relation == "conj":
        return speaks_for_state(parse, head, known) if head < i and parse.deps[head] != "conj" else False
    if relation in _SPEAKING_SUBJECTS:
        return parse.lemmas[head] not in _NO_GOVERNMENT_VERBS
    if relation == "poss":
        return parse.lemmas[head] not in _PLACE_NOUNS and not parse.words[head][:1].isupper()
    if relation in ("dobj", "dative"):
        return parse.lemmas[head] in ("accuse", "urge", "warn", "pressure", "criticize", "criticise", "tell", "ask", "blame", "condemn", "force", "push", "press", "threaten", "support", "defy", "anger", "sanction", "assure")
    if relation != "pobj":
        return False
    word, governor = parse.lowers[head], parse.heads[head]
    if word in ("from", "of", "to", "on", "toward", "towards"):
        return parse.lemmas[governor] in _MESSAGES and parse.pos[governor] == "NOUN"
    return word in _GOVERNMENTAL or parse.deps[head] == "agent"
