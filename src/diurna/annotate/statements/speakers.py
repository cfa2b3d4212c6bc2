"""Who speaks, in kind, and the circumstances beside the cue: to whom, through what, when."""

from __future__ import annotations

from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.annotate.statements.grammar import Tokens, agent, is_definite, noun_phrase, trimmed
from diurna.annotate.statements.outlets import is_outlet
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.speakerwords import SpeakerLexicon
from diurna.model.record import SpeakerKind
from diurna.model.span import Span

_HUMAN = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_FEW = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_REFLEXIVE = frozenset({"it", "this", "that", "itself", "himself", "herself", "themselves", "what", "which"})


def speaker_kind(parse: Parse, words: SpeakerLexicon, source: Tokens | None, in_quote: bool) -> SpeakerKind | None:
    """The kind the words alone show; None where the report's actors decide (most pronouns, a name or a role)."""
    if source is None:
        return "anonymous"
    head = parse.head_in(parse.span(*source))
    if head is None:
        return None
    if parse.pronoun(head) in words.first_persons:
        return None if in_quote else "self"
    return _kind_of_other(parse, words, source, head)


def _kind_of_other(parse: Parse, words: SpeakerLexicon, source: Tokens, head: int) -> SpeakerKind | None:
    if any(parse.lowers[i] in words.unnamed for i in range(*source)):
        return "anonymous"
    if is_outlet(parse, words, source, head) or _is_of_outlet(parse, words, head):
        return "report"
    if _gives_name(parse, words, source, head):
        return "named"
    if _joins_roles(parse, words, head) or _adds_followers(parse, head) or _is_authority(parse, words, head):
        return "group"
    if parse.pos[head] == "PROPN":
        return _kind_of_name(parse, words, head)
    return _kind_of_noun(parse, words, head)


def _gives_name(parse: Parse, words: SpeakerLexicon, source: Tokens, head: int) -> bool:
    """Whether a phrase names somebody beside the title or the office it has for its head."""
    beside = _adds_name(parse, source, head) or _ends_in_name(parse, source, head) or _joins_name(parse, head)
    return beside or _opens_with_titled_name(parse, words, source)


def _adds_name(parse: Parse, source: Tokens, head: int) -> bool:
    """Whether a person's name is set off after one title or office ("the mayor of Orla, Ana Ruel")."""
    if parse.pos[head] not in ("NOUN", "PROPN") or _is_person(parse, head):
        return False
    commas = [i for i in range(head + 1, source[1] - 1) if parse.words[i] == ","]
    if parse.tags[head] in ("NNS", "NNPS"):
        return any(_is_person(parse, i + 1) for i in commas) and any(
            parse.lowers[i] == "and" and _is_person(parse, i - 1) for i in range(head + 1, source[1])
        )
    return any(_opens_name(parse, (i + 1, source[1])) for i in commas)


def _opens_name(parse: Parse, part: Tokens) -> bool:
    """Whether a person's name stands first, or after a title, and nothing else before the next comma."""
    for i in range(*part):
        if _is_person(parse, i):
            return True
        if parse.words[i] == "," or parse.tags[i] not in ("NN", "NNP", "JJ", "HYPH", "."):
            return False
    return False


def _ends_in_name(parse: Parse, source: Tokens, head: int) -> bool:
    """Whether a person's name follows right on one title, whatever the parse made of it ("co-author Ana Ruel")."""
    if parse.pos[head] != "NOUN" or parse.tags[head] == "NNS":
        return False
    for i in range(source[0] + 1, source[1]):
        if parse.tags[i] in ("CC", "POS", "IN", ","):
            return False
        if i > head and _is_person(parse, i) and parse.tags[i] == "NNP":
            return True
    return False


def _opens_with_titled_name(parse: Parse, words: SpeakerLexicon, source: Tokens) -> bool:
    """Whether a title and its person's name stand first, whatever the parse made of it ("Under Secretary Ruel and")."""
    for i in range(source[0] + 1, source[1]):
        if _is_person(parse, i):
            end = parse.entities[parse.entity_of[i]].last
            owns = end < source[1] and parse.tags[end] == "POS"
            return parse.lowers[i - 1] in words.titles and not owns
        if parse.words[i].islower():
            return False
    return False


def _joins_name(parse: Parse, head: int) -> bool:
    """Whether a title is joined to somebody's or a body's name ("the President and Prime Minister Ruel")."""
    joined = parse.children_by(head, "conj")
    return parse.tags[head] in ("NN", "NNP") and any(
        parse.pos[c] == "PROPN" and parse.label(c) in ("PERSON", "ORG") for c in joined
    )


def _joins_roles(parse: Parse, words: SpeakerLexicon, head: int) -> bool:
    """Whether two offices are joined and neither is named ("the President and the Prime Minister")."""
    if parse.lowers[head] not in words.titles or parse.label(head) == "PERSON":
        return False
    offices = words.titles | {"leader", "leaders", "elect", "designate", "counterpart"}
    return any(parse.lowers[c] in offices for c in parse.children_by(head, "conj"))


def _adds_followers(parse: Parse, head: int) -> bool:
    """Whether one is joined to unnamed people of theirs ("Ruel and her supporters")."""
    joined = [c for c in parse.children_by(head, "conj") if parse.tags[c] == "NNS"]
    return parse.tags[head] in ("NN", "NNP") and any(parse.children_by(c, "poss") for c in joined)


def _is_authority(parse: Parse, words: SpeakerLexicon, head: int) -> bool:
    """Whether a body without a name of its own goes by whose it is ("the Ruel Administration")."""
    if parse.pos[head] != "PROPN" or parse.lowers[head] not in words.authorities or not is_definite(parse, head):
        return False
    return bool(parse.children_by(head, "compound", "amod", "nmod")) and not parse.children_by(head, "prep")


def _is_of_outlet(parse: Parse, words: SpeakerLexicon, head: int) -> bool:
    """Whether a report or a figure is a medium's ("a report by Reuters", "CNN's projections")."""
    if not {parse.lemmas[head], parse.lowers[head]} & (words.document | words.report):
        return False
    by = [c for c in parse.children_by(head, "prep") if parse.lowers[c] in ("by", "in", "from")]
    givers = [*parse.children_by(head, "poss"), *(p for c in by for p in parse.children_by(c, "pobj"))]
    return any(is_outlet(parse, words, noun_phrase(parse, one) or (one, one + 1), one) for one in givers)


def _is_person(parse: Parse, head: int) -> bool:
    return parse.label(head) == "PERSON"


def _kind_of_name(parse: Parse, words: SpeakerLexicon, head: int) -> SpeakerKind | None:
    if parse.tags[head] == "NNPS" and parse.label(head) in ("", "NORP", "CARDINAL"):
        return "group"
    if not _is_person(parse, head) and _is_counted(parse, head):
        return "anonymous"
    named = _is_person(parse, head) or any(parse.pos[c] == "PROPN" for c in parse.children_by(head, "appos"))
    if named:
        return None
    if parse.lowers[head] in words.document and parse.label(head) != "ORG":
        return "document"
    if parse.lemmas[head].lower() in words.report and not parse.label(head):
        return "report"
    return "role" if parse.lowers[head] in words.titles and is_definite(parse, head) else None


def _kind_of_noun(parse: Parse, words: SpeakerLexicon, head: int) -> SpeakerKind | None:
    nouns = {parse.lemmas[head], parse.lowers[head]}
    if nouns & words.report:
        return "document" if parse.lemmas[head] == "report" and _is_one_paper(parse, head) else "report"
    if nouns & words.document:
        return "document"
    if any(parse.pos[c] == "PROPN" for c in parse.children_by(head, "appos", "flat")):
        return None
    if parse.lowers[head] in words.places and _is_of_name(parse, head):
        return "named"
    if parse.pos[head] == "NOUN" and parse.words[head][0].isupper() and not _opens(parse, head):
        return "named"
    return _kind_of_people(parse, words, head)


def _is_of_name(parse: Parse, head: int) -> bool:
    """Whether a name follows with "of" ("the city of Orla")."""
    after = [
        p for c in parse.children_by(head, "prep") if parse.lowers[c] == "of" for p in parse.children_by(c, "pobj")
    ]
    return any(parse.pos[p] == "PROPN" for p in after)


def _kind_of_people(parse: Parse, words: SpeakerLexicon, head: int) -> SpeakerKind | None:
    if parse.lemmas[head] in words.bodies:
        return "group"
    if parse.lemmas[head] == "source":
        return "anonymous"
    if parse.tags[head] == "NNS" or parse.lowers[head] in words.crowds:
        return "anonymous" if _is_counted(parse, head) else "group"
    return _kind_of_one(parse, words, head)


def _is_one_paper(parse: Parse, head: int) -> bool:
    """Whether "report" is a paper with an issuer ("a UN report", "the reports by the institute"), not hearsay."""
    issued = any(parse.lowers[c] in ("by", "of", "from") for c in parse.children_by(head, "prep"))
    return issued or parse.tags[head] == "NN"


def _is_counted(parse: Parse, head: int) -> bool:
    """Whether a few people are counted off and left unnamed: "two officials", not "the two ministers"."""
    below = parse.children[head]
    few = any(parse.deps[c] == "nummod" and parse.lowers[c] in _FEW for c in below)
    return few and not is_definite(parse, head)


def _kind_of_one(parse: Parse, words: SpeakerLexicon, head: int) -> SpeakerKind | None:
    if parse.pos[head] == "NUM":
        return "group" if is_definite(parse, head) else "anonymous"
    if parse.lowers[head] == "they":
        return "group"
    if parse.pos[head] == "PRON":
        return "anonymous" if parse.lowers[head] in ("one", "another", "someone", "somebody") else None
    if is_definite(parse, head) or any(parse.deps[c] == "poss" for c in parse.children[head]):
        return None
    indefinite = any(parse.lowers[c] in ("a", "an", "one", "another") for c in parse.children[head])
    return "anonymous" if indefinite or parse.lemmas[head] in words.anonymous else None


def _opens(parse: Parse, token: int) -> bool:
    """Whether a capital says nothing here: first of its sentence, or after the words before it in a phrase."""
    return parse.sentences[parse.sentence_of[token]][0] == token or bool(parse.children[token])


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What stands beside a cue, each None where it is not written."""

    addressee: Span | None = None
    channel: Span | None = None
    time: Span | None = None


def circumstances(parse: Parse, words: SpeakerLexicon, found: Finding) -> Circumstances:
    """Whom it was said to, through what and when, as far as they hang on the cue's verb."""
    if not found.cue or found.shape == "according" or parse.pos[found.anchor] not in ("VERB", "AUX"):
        return Circumstances()
    addressee = channel = time = None
    for child in _beside(parse, words, found):
        addressee = addressee or _addressee(parse, words, found, child)
        channel = channel or _channel(parse, words, child)
        time = time or _time(parse, child) or _time_in_channel(parse, words, child)
    return Circumstances(
        *(parse.span(*_clipped(parse, found, part)) if part else None for part in (addressee, channel, time))
    )


def _beside(parse: Parse, words: SpeakerLexicon, found: Finding) -> list[int]:
    """What hangs on the cue's verb, then on a "speaking ..." or "writing ..." that opens or follows it."""
    own = [c for c in parse.children[found.anchor] if not _inside(found, c)]
    tellings = [c for c in own if parse.deps[c] == "advcl" and parse.lowers[c] in words.speaking]
    return own + [c for telling in tellings for c in parse.children[telling] if not _inside(found, c)]


def _time_in_channel(parse: Parse, words: SpeakerLexicon, child: int) -> Tokens | None:
    """The time that hangs on the channel or the hearer: "in a speech to parliament on Wednesday"."""
    noun = parse.child(child, "pobj")
    if noun is None or _channel(parse, words, child) is None:
        return None
    below = parse.children[noun]
    deeper = [
        c for n in below if parse.deps[n] == "prep" for p in parse.children_by(n, "pobj") for c in parse.children[p]
    ]
    timed = (c for c in (*below, *deeper) if parse.deps[c] == "prep" and parse.lowers[c] == "on")
    return next((time for c in timed if (time := _time(parse, c))), None)


def _inside(found: Finding, token: int) -> bool:
    return any(first <= token < last for first, last in found.content)


def _clipped(parse: Parse, found: Finding, part: Tokens) -> Tokens:
    """`part` without what belongs to the content."""
    first, last = part
    for start, end in found.content:
        if first < start < last:
            last = start
        elif first < end < last:
            first = end
    clipped = trimmed(parse, (first, last))
    return clipped if clipped[0] < clipped[1] else part


def _addressee(parse: Parse, words: SpeakerLexicon, found: Finding, child: int) -> Tokens | None:
    relation = parse.deps[child]
    if relation in ("dobj", "dative") and found.lemma in words.addressee_verbs and child > found.anchor:
        target = child if relation == "dobj" or parse.pos[child] != "ADP" else parse.child(child, "pobj")
    elif (
        relation in ("prep", "dative")
        and parse.lowers[child] in ("to", "with")
        and (found.frame in ("that", "quote") or parse.heads[child] != found.anchor)
    ):
        target = parse.child(child, "pobj")
        if target is not None and not _may_hear(parse, target):
            target = None
    elif relation == "nsubjpass" and found.lemma in words.addressee_verbs and found.frame != "raise":
        target = child
    else:
        return None
    if target is None or parse.lowers[target] in _REFLEXIVE or parse.pos[target] not in ("NOUN", "PROPN", "PRON"):
        return None
    return noun_phrase(parse, target)


def _may_hear(parse: Parse, token: int) -> bool:
    entity = parse.entity_of[token]
    return (
        parse.pos[token] in ("PROPN", "PRON")
        or (entity >= 0 and parse.entities[entity].label in _HUMAN)
        or parse.tags[token] == "NNS"
    )


def _channel(parse: Parse, words: SpeakerLexicon, child: int) -> Tokens | None:
    if parse.deps[child] not in ("prep", "agent") or parse.lowers[child] not in words.channel_prepositions:
        return None
    noun = parse.child(child, "pobj")
    if noun is None or (parse.lowers[noun] not in words.channels and parse.lemmas[noun] not in words.channels):
        return None
    carrier = next((c for c in parse.children[noun] if parse.deps[c] == "acl" and parse.tags[c] == "VBN"), None)
    carried_by = agent(parse, carrier) if carrier is not None else None
    return carried_by or noun_phrase(parse, noun)


def _time(parse: Parse, child: int) -> Tokens | None:
    noun: int | None = child
    if parse.deps[child] == "prep":
        noun = parse.child(child, "pobj")
    elif parse.deps[child] not in ("npadvmod", "advmod"):
        return None
    if noun is None or parse.entity_of[noun] < 0:
        return None
    entity = parse.entities[parse.entity_of[noun]]
    return (entity.first, entity.last) if entity.label in ("DATE", "TIME") else None
