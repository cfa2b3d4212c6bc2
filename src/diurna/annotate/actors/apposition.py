"""Two phrases beside each other about one actor: appositives, predicates, and titles parted from their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diurna.annotate.actors.codes import code_of_tokens
from diurna.annotate.actors.entities import Clusters, agree
from diurna.annotate.actors.mention import PERSONAL, Mention
from diurna.annotate.actors.propernames import phrase_words
from diurna.annotate.parse import Parse

_FAR = 16
"""Tokens between a title and the name it stands before."""

_NEXT = 6
"""Mentions after a title looked through for the name."""

_JOINTS = frozenset({"of", "for", "to", "at", "in", "with", "on"})
_INSIDE = frozenset({"ADP", "DET", "PROPN", "NOUN", "ADJ", "CCONJ", "PART", "NUM"})
_MARKS = frozenset({"-", "–", "&", "'", "’"})


def with_titles_apart(parse: Parse, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, names beside a title made persons' and, after a long one, cut to the name.

    As in "the envoy to the Republic of Hentzau Anna Berg" and "the union's secretary, Cato Iver".
    """
    found = list(mentions)
    by_head = {mention.head: k for k, mention in reversed(list(enumerate(found)))}
    for k, title in enumerate(mentions):
        if not _is_title(title):
            continue
        other = _name_after(parse, found, k)
        if other is not None:
            found[other] = _bare_person(parse, found[other])
            continue
        beside = [c for c in parse.children[title.head] if parse.deps[c] == "appos"]
        beside += [parse.heads[title.head]] if parse.deps[title.head] == "appos" else []
        for other in (by_head[head] for head in beside if head in by_head):
            if _may_be_person(found[other]) and found[other].kind != "person":
                found[other] = replace(found[other], kind="person", gender=None)
    return found


def _bare_person(parse: Parse, name: Mention) -> Mention:
    first, last = name.name_at
    code = code_of_tokens(parse, name.head, first, last)
    gender = name.gender if name.kind == "person" else None
    return replace(name, first=first, kind="person", gender=gender, roles=(), code=code)


def _is_title(mention: Mention) -> bool:
    singular = mention.form == "nominal" and mention.number == "singular"
    return singular and mention.kind in PERSONAL and bool(mention.roles)


def _may_be_person(mention: Mention) -> bool:
    """Whether a name is a person's, or one nothing is known of that could be."""
    if mention.form != "name" or mention.number == "plural":
        return False
    if mention.kind == "person":
        return True
    words = mention.name
    named = mention.fact is None and mention.role is None and mention.kind in ("organisation", "unknown", "group")
    return named and len(words) <= _LONGEST_NAME and words[-1].isalpha() and not words[-1].isupper()


_LONGEST_NAME = 4


def _name_after(parse: Parse, mentions: Sequence[Mention], number: int) -> int | None:
    """The person's name that a title with a phrase of its own stands before."""
    title = mentions[number]
    if not _is_title(title) or title.last >= len(parse) or parse.lowers[title.last] not in _JOINTS:
        return None
    for other in range(number + 1, min(len(mentions), number + _NEXT)):
        name = mentions[other]
        if _may_be_person(name) and name.name_at[0] > title.last + 1:
            if _stands_before(parse, title, name):
                return other
            if name.kind == "person":
                return None
    return None


def _stands_before(parse: Parse, title: Mention, name: Mention) -> bool:
    """Whether only the title's own phrase lies between it and the name."""
    start = name.name_at[0]
    if start - title.last > _FAR or parse.sentence_of[start] != parse.sentence_of[title.head]:
        return False
    between = range(title.last, start)
    if parse.words[start - 1] == "," and _opens(parse, title, name):
        between = range(title.last, start - 1)
    elif parse.pos[start - 1] not in ("PROPN", "NOUN") or (
        name.kind != "person" and parse.lowers[start - 1] not in phrase_words().fields
    ):
        return False
    if any(parse.pos[i] not in _INSIDE and parse.words[i] not in _MARKS for i in between):
        return False
    if parse.deps[name.head] == "conj" and parse.lowers[start - 1] not in phrase_words().fields:
        return False
    return parse.deps[parse.heads[name.head]] not in ("relcl", "acl")


def _opens(parse: Parse, title: Mention, name: Mention) -> bool:
    """Whether a name between commas belongs to the title before it ("The head of the council, Anna Berg, said")."""
    closed = name.last < len(parse) and parse.words[name.last] in (",", ".", "”", '"')
    opens = title.first == 0 or parse.sentences[parse.sentence_of[title.head]][0] == title.first
    return (opens and not title.definite and name.kind == "person") or (closed and (opens or name.kind == "person"))


def link_appositives(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
    """Join "Anna Berg, deputy spokesperson for ...", "X is the president", "head of the council X"."""
    by_head: dict[int, int] = {}
    for k, mention in enumerate(mentions):
        by_head.setdefault(mention.head, k)
    for k, mention in enumerate(mentions):
        if mention.form == "pronoun":
            continue
        for other in _beside(parse, mention, by_head):
            if _may_be_one(mention, mentions[other]):
                _join(clusters, mentions, k, other)
        name = _name_after(parse, mentions, k)
        if name is not None and mentions[name].first == mentions[name].name_at[0]:
            _join(clusters, mentions, name, k)


def _beside(parse: Parse, mention: Mention, by_head: dict[int, int]) -> list[int]:
    """The mentions that stand as appositive or predicate to this one, second ones ("writer and editor") among them."""
    heads = [child for child in parse.children[mention.head] if parse.deps[child] == "appos"]
    predicate = _predicate(parse, mention)
    heads += [] if predicate is None else [predicate]
    for head in list(heads):
        heads += [c for c in parse.children[head] if parse.deps[c] == "conj"]
    return [by_head[head] for head in heads if head in by_head]


def link_predicates(parse: Parse, mentions: Sequence[Mention], clusters: Clusters) -> None:
    """Join what a pronoun is said to be ("he is a lawmaker") with the actor it stands for."""
    by_head = {mention.head: k for k, mention in reversed(list(enumerate(mentions)))}
    for k, mention in enumerate(mentions):
        holder = clusters.find(k) if mention.form == "pronoun" else None
        predicate = None if holder is None else _predicate(parse, mention)
        other = None if predicate is None else by_head.get(predicate)
        said = None if other is None else clusters.find(other)
        if holder is None or said is None or said is holder or said.named or len(said.mentions) > 1:
            continue
        if (holder.kind in PERSONAL) == (said.kind in PERSONAL) and agree(holder.gender, said.gender):
            clusters.merge(holder, said)


def _may_be_one(one: Mention, other: Mention) -> bool:
    if other.form == "pronoun" or one.first <= other.head < one.last or not agree(one.number, other.number):
        return False
    if one.form == "name" and other.form == "name":
        return False
    if (one.kind in PERSONAL) != (other.kind in PERSONAL) or not agree(one.gender, other.gender):
        return False
    return not (one.code.country and other.code.country and one.code.country != other.code.country)


def _predicate(parse: Parse, mention: Mention) -> int | None:
    """The noun that "is", "was" or "became" says the mention to be; none where it is denied or only may be."""
    verb = parse.heads[mention.head]
    if parse.deps[mention.head] != "nsubj" or parse.lemmas[verb] not in ("be", "become"):
        return None
    if any(parse.deps[c] == "neg" or parse.tags[c] == "MD" or parse.lowers[c] == "if" for c in parse.children[verb]):
        return None
    return parse.child(verb, "attr")


def _join(clusters: Clusters, mentions: Sequence[Mention], one: int, other: int) -> None:
    first, second = clusters.find(one), clusters.find(other)
    if first is None:
        first = clusters.start(one, mentions[one])
    if second is None:
        clusters.join(other, mentions[other], first)
    elif not (first.named and second.named):
        clusters.merge(first, second)
