"""The country of a party whose own words name none but point at it: whose it is, where it is, whom it stands beside.

Each rule answers for one party of a deed, given the head token of its phrase; None where it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from diurna.annotate.actors.codes import code_of_tokens
from diurna.annotate.actors.knowledge import facts_between
from diurna.annotate.actors.roles import role_at
from diurna.annotate.parse import Parse
from diurna.model.span import Span

_LONGEST_NAME = 4
"""Words of one name in an address ("Zenda, Upper Hentzau Province, Ruritania")."""

_LONGEST_ADDRESS = 3
"""Names that follow the first one of an address."""

_MAX_LIST = 8
_MAX_CLIMB = 12
_RULERS = frozenset({"president", "premier", "prime", "king", "chancellor", "emir", "sultan", "queen", "chairman"})
_LANDS = frozenset({"country", "nation", "homeland"})

CountryAt = Callable[[int], str | None]
"""The country of the actor mentioned at a token, or None."""


def owners_country(parse: Parse, head: int, country_at: CountryAt) -> str | None:
    """The country of whoever the party belongs to ("*its* forces", "*Hentzau's* brother")."""
    owner = parse.child(head, "poss")
    if owner is None:
        return None
    if parse.deps[head] == "conj" and parse.heads[head] < head and parse.tags[owner] == "PRP$":
        beside = parse.heads[head]  # "the president and *his* wife"
        code = code_of_tokens(parse, beside, parse.left_edge[beside], beside + 1)
        return country_at(beside) or code.country
    return country_at(owner)


def address_country(parse: Parse, span: Span) -> str | None:
    """The country at the end of an address that begins with the party ("*Zenda*, Hentzau Province, Ruritania")."""
    tokens = parse.tokens_in(span)
    if not tokens or parse.pos[tokens[-1]] != "PROPN":
        return None
    at, end = tokens.stop, parse.sentences[parse.sentence_of[tokens[-1]]][1]
    for _ in range(_LONGEST_ADDRESS):
        first = at + 1
        if first >= end or parse.lowers[at] not in (",", "in"):
            return None
        at = first
        while at < end and at - first < _LONGEST_NAME and parse.words[at][:1].isupper():
            at += 1
        known = facts_between(parse, first, at)
        if known and known[-1].last == at and known[-1].fact.kind in ("country", "region", "seat"):
            return known[-1].fact.country
    return None


def lists_country(parse: Parse, head: int) -> str | None:
    """The country said once for a list of people of one sort ("*Ruritanian* ministers A and *B*")."""
    first = head
    for _ in range(_MAX_LIST):
        if parse.deps[first] not in ("conj", "appos") or parse.heads[first] >= first:
            break
        first = parse.heads[first]
    if first == head or not _titled(parse, head, first):
        return None
    code = code_of_tokens(parse, first, parse.left_edge[first], first + 1)
    own = code_of_tokens(parse, head, parse.left_edge[head], head + 1)
    return code.country if own.sector in (None, code.sector) else None


def lands_country(parse: Parse, head: int) -> str | None:
    """The country that "the country" is: that of whoever acts in the clause, or in the clauses round it.

    What is done to it ("struck the country", "a grant to the country") is mostly no deed of its own: the clauses round
    the deed tell.
    """
    plain = parse.lemmas[head] in _LANDS and parse.tags[head] == "NN"
    if not plain or any(c < head and parse.deps[c] != "det" for c in parse.children[head]):
        return None
    struck = _done_to(parse, head)
    for node in islice(parse.ancestors(head), _MAX_CLIMB):
        if node == struck:
            continue
        subject = parse.child(node, "nsubj", "nsubjpass")
        if subject is None or subject >= head:
            continue
        code = code_of_tokens(parse, subject, parse.left_edge[subject], parse.right_edge[subject] + 1)
        if code.country:
            return code.country
    return None


def _done_to(parse: Parse, head: int) -> int | None:
    """The verb whose deed is done to the token, by itself or by "to", "on", "against"; else None."""
    up = parse.heads[head]
    if parse.deps[head] == "pobj" and parse.lowers[up] in ("to", "on", "against"):
        return parse.heads[up]
    return up if parse.deps[head] in ("dobj", "dative") else None


def _titled(parse: Parse, head: int, first: int) -> bool:
    """Whether two names of a list go by a title of the same sort, or by one title in the plural before the first."""
    before = range(parse.left_edge[first], first)
    if any(parse.tags[i] in ("NNS", "NNPS") and role_at(parse, i, i + 1) for i in before):
        return True
    own = range(parse.left_edge[head], head + 1)
    if parse.tags[head] == "NNP" and any(parse.lemmas[i] in _RULERS for i in own):
        return False  # "Secretary A and President *B*" are of two countries as often as of one
    return any(role_at(parse, i, i + 1) for i in own) and any(role_at(parse, i, i + 1) for i in (*before, first))
