"""The tagger's statements and the rules', laid over each other.

The tagger says that something was said, by whom, and what; the rules give the cue's entry in the lexicon and the frame,
from which act and stance are read. Quotation marks are hard facts: content ends where its quotation ends. What only a
rule found is kept where rules of its kind were right often enough without the tagger.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon, CueWord
from diurna.annotate.statements.grammar import Tokens, subject_phrase, trimmed
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.speaking import speaks
from diurna.annotate.statements.stance import is_anybodys, load_stance
from diurna.annotate.statements.telling import Telling, telling
from diurna.annotate.statements.utterances import Passage
from diurna.model.annotation import TaggedStatement
from diurna.model.record import Act
from diurna.model.span import Span

_SAME = 0.5
"""Share of words two contents have in common from which they are one content."""

_LEAST = 0.01
"""Confidence of the tagger below which, or as near to 1, nothing more is told apart."""

SURE = 1.0
"""Log-odds of the tagger above which its confidence counts for more."""

_FIRST_AND_SECOND = frozenset({"i", "we", "you", "our", "my", "your"})

_TAKEN_UP = frozenset({"that", "which"})
_BEFORE_HEAD = frozenset({"det", "compound", "amod", "nummod"})
_BESIDE = 5
"""Tokens, marks and a few words, that may stand between words and the quotation they lead into."""

_NEAR_HEAD = 4
"""Tokens behind a cut phrase within which its head is looked for."""

_DOUBTFUL = "tagger:doubtful"
"""Rule name of what the tagger alone found where the cue may as well tell of a deed or a state."""

_CLEANER = ("verb:obj", "verb:as", "aside:")
"""Rules whose edges were closer to what people mark than the tagger's, where both found the same."""

_TRUSTED = frozenset({
    "quote:after", "quote:before", "quote:mixed", "quote:signature", "according", "headline:colon", "transcript",
    "verb:as", "verb:call", "verb:inf", "verb:obj", "verb:raise",
})  # fmt: skip
"""Rules believed where the tagger found nothing: in reports new to it they were then right half the time."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How sure a statement is, given the tagger's own confidence and whether a rule found it too.

    A logistic regression, fitted on reports the tagger was not trained on; kept beside its weights.

    Attributes:
        constant, tagger: of the tagger's log-odds.
        surer: added for each unit of log-odds above 1, where the tagger is right more often than it says.
        quotation, other: added where a rule about quotations, or another one, found the same.
        doubtful: added where no rule did and the cue may as well tell of a deed or a state.
        threshold: statements less sure than this are left out.
    """

    constant: float
    tagger: float
    surer: float
    quotation: float
    other: float
    doubtful: float
    threshold: float

    @classmethod
    def load(cls, path: Path) -> Agreement:
        """The agreement kept in a JSON file."""
        row = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{field.name: float(row[field.name]) for field in fields(cls)})

    def confidence(self, tagger: float, rule: str | None, *, doubtful: bool) -> float:
        """The probability, 0 to 1, that the statement is right; `rule` names the rule that found it too, if any."""
        sure = min(max(tagger, _LEAST), 1 - _LEAST)
        odds = math.log(sure / (1 - sure))
        score = self.constant + self.tagger * odds + self.surer * max(0.0, odds - SURE)
        if rule is not None:
            score += self.quotation if rule.startswith("quote:") else self.other
        elif doubtful:
            score += self.doubtful
        return 1 / (1 + math.exp(-score))


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the tagger found in a text, and how it is to be weighed against the rules."""

    statements: Sequence[TaggedStatement]
    agreement: Agreement


def combine(
    parse: Parse, cues: CueLexicon, rules: Sequence[Finding], tagged: Tagged, quoted: Sequence[Passage]
) -> list[Finding]:
    """The findings of both; those the tagger has a part in carry their confidence."""
    taken: set[int] = set()
    joined = []
    for one in tagged.statements:
        seen = _in_tokens(parse, one)
        number = None if seen is None else _partner(seen, rules, taken)
        rule = None if number is None else rules[number]
        if seen is None:
            continue
        found = _together(seen, rule, quoted) if rule else _alone(parse, cues, seen, quoted)
        told = _told(parse, cues, seen, found, quoted) if rule is None else _heard(seen, rule)
        sure = tagged.agreement.confidence(one.confidence, rule.rule if rule else None, doubtful=told == "doubtful")
        if told == "deed" or sure < tagged.agreement.threshold:
            continue
        if number is not None:
            taken.add(number)
        joined.append(replace(found, confidence=sure, rule=_DOUBTFUL if told == "doubtful" else found.rule))
    rest = [found for number, found in enumerate(rules) if number not in taken and _is_kept(parse, found, joined)]
    return [*joined, *rest]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A tagged statement in tokens."""

    cue: tuple[int, ...]
    anchor: int
    source: Tokens | None
    content: tuple[Tokens, ...]


def _in_tokens(parse: Parse, one: TaggedStatement) -> _Seen | None:
    """The statement in tokens; None where its cue or all its content lies in blocks that hold no records."""
    cue = tuple(i for span in one.cue for i in parse.tokens_in(span))
    content = tuple(piece for span in one.content if (piece := _range(parse, span)))
    if not cue or not content:
        return None
    anchor = _anchor(parse, cue)
    sources = [piece for span in one.source if (piece := _source(parse, span))]
    return _Seen(cue, anchor, _whole_source(parse, anchor, sources[0] if sources else None), content)


def _whole_source(parse: Parse, anchor: int, source: Tokens | None) -> Tokens | None:
    """The source; a lone relative pronoun with the noun it stands for ("two groups that"), as rules give it."""
    if source is None or source[1] - source[0] > 1 or parse.lowers[source[0]] not in ("that", "which", "who"):
        return source
    phrase = subject_phrase(parse, anchor) if parse.pos[anchor] in ("VERB", "AUX") else None
    return phrase if phrase and phrase[0] < source[0] < phrase[1] else source


def _range(parse: Parse, span: Span) -> Tokens | None:
    inside = parse.tokens_in(span)
    piece = trimmed(parse, (inside.start, inside.stop)) if inside else (0, 0)
    return piece if piece[0] < piece[1] else None


def _source(parse: Parse, span: Span) -> Tokens | None:
    """The source's tokens, without a dateline before them ("ERBIL (Agency) – The ambassador")."""
    piece = _range(parse, span)
    if piece is None:
        return None
    kinds = [parse.blocks[parse.block_of[i]].kind for i in range(*piece)]
    dated = [i for i, kind in zip(range(*piece), kinds, strict=True) if kind == "dateline"]
    if dated and dated[-1] + 1 < piece[1]:
        piece = trimmed(parse, (dated[-1] + 1, piece[1]))
    return _to_head(parse, piece)


def _to_head(parse: Parse, piece: Tokens) -> Tokens:
    """The phrase drawn out to its head where it was cut before it ("The" of "The Secretary", "the United")."""
    first, last = piece
    while parse.deps[last - 1] in _BEFORE_HEAD and 0 <= parse.heads[last - 1] - last < _NEAR_HEAD:
        last = parse.heads[last - 1] + 1
    return first, last


def _anchor(parse: Parse, cue: Sequence[int]) -> int:
    """The cue's head word: its last full verb, else the word the others hang on."""
    verbs = [i for i in cue if parse.pos[i] == "VERB" and parse.deps[i] not in ("aux", "auxpass")]
    if verbs:
        return verbs[-1]
    return next((i for i in cue if parse.heads[i] == i or parse.heads[i] not in cue), cue[0])


def _words(pieces: Sequence[Tokens]) -> set[int]:
    return {i for first, last in pieces for i in range(first, last)}


def _overlap(left: Sequence[Tokens], right: Sequence[Tokens]) -> float:
    mine, theirs = _words(left), _words(right)
    return len(mine & theirs) / len(mine | theirs)


def _partner(one: _Seen, rules: Sequence[Finding], taken: set[int]) -> int | None:
    """The rule's finding of the same statement: on the same cue, or the same content told by no other cue."""
    best, most = None, 0.0
    for number, rule in enumerate(rules):
        if number in taken:
            continue
        shared = _overlap(one.content, rule.content)
        same_cue = rule.anchor in one.cue or one.anchor in rule.cue
        worth = shared + (same_cue and shared > 0)
        if ((same_cue and shared > 0) or (shared >= _SAME and not rule.cue)) and worth > most:
            best, most = number, worth
    return best


def _says_nothing(parse: Parse, cues: CueLexicon, one: _Seen) -> bool:
    """Whether a statement of the tagger alone only points at words ("repeats it"), or is a speaker's own narrative.

    The tagger learnt from news; in speeches it takes "I have", "you build" for attribution.
    """
    tokens = [i for first, last in one.content for i in range(first, last)]
    bare = [i for i in tokens if parse.pos[i] not in ("PRON", "DET", "ADP", "PUNCT", "PART", "SCONJ")]
    if not bare or (
        len(bare) == 1 and parse.lemmas[bare[0]] in cues.resumptive and parse.lowers[tokens[-1]] in _TAKEN_UP
    ):
        return True
    if one.source is None or one.source[1] - one.source[0] > 1:
        return False
    own = parse.lowers[one.source[0]] in _FIRST_AND_SECOND
    return own and _entry(parse, cues, one)[0] is None


def _heard(one: _Seen, rule: Finding) -> Telling:
    """Words, as the rule has it; of hearsay ("reportedly") only where both take the same clause for its content."""
    return "deed" if rule.rule == "hearsay" and _overlap(one.content, rule.content) < _SAME else "words"


def _told(parse: Parse, cues: CueLexicon, one: _Seen, found: Finding, quoted: Sequence[Passage]) -> Telling:
    """What a finding of the tagger alone tells of; words of nobody in particular count for none."""
    in_quote = any(start <= found.anchor < end for start, end in _parts(quoted))
    if _says_nothing(parse, cues, one) or is_anybodys(parse, load_stance(), found, in_quote):
        return "deed"
    return telling(parse, cues, found)


def _together(one: _Seen, rule: Finding, quoted: Sequence[Passage]) -> Finding:
    """The tagger's reading with what the rule knows of the cue; quoted words the rule followed further stay."""
    if rule.rule == "hearsay":  # nobody's word: whom the tagger takes for its source is one the clause speaks of
        return replace(rule, rule=f"tagger+{rule.rule}")
    owned = rule.rule.startswith("noun:") and rule.source is not None and rule.anchor not in one.cue
    return replace(
        rule,
        rule=f"tagger+{rule.rule}",
        anchor=rule.anchor,
        cue=rule.cue if owned else tuple(sorted(one.cue)),
        source=rule.source if owned else one.source or rule.source,  # "declined *the minister's* offer to resign"
        content=_content(one, rule, quoted),
    )


def _content(one: _Seen, rule: Finding, quoted: Sequence[Passage]) -> tuple[Tokens, ...]:
    """The tagger's content; with the rule's where it is a quotation, which rules follow over paragraphs."""
    edges = _edges(one, quoted)
    if rule.rule.startswith("quote:"):
        near = [piece for piece in edges if _is_near(piece, rule.content)]
        return tuple(_merged(sorted([*near, *rule.content])))
    if rule.rule.startswith(("headline:", "transcript")):
        return rule.content
    if rule.rule.startswith(_CLEANER) and _overlap(edges, rule.content) >= _SAME:
        return rule.content
    if (
        rule.rule == "verb:that"
        and len(_words(rule.content)) > len(_words(edges))
        and _overlap(edges, rule.content) >= _SAME
    ):
        return rule.content  # the whole clause, where the tagger stopped at a comma
    return _without_cue(edges, rule)


def _is_near(piece: Tokens, content: Sequence[Tokens]) -> bool:
    """Whether a piece leads into what is quoted or goes on from it; farther off it is another thing spoken of."""
    return any(piece[0] <= last + _BESIDE and first <= piece[1] + _BESIDE for first, last in content)


def _without_cue(pieces: tuple[Tokens, ...], rule: Finding) -> tuple[Tokens, ...]:
    """The content without the noun that introduces it ("his view that ..."), which the rule knows for a cue."""
    first, last = pieces[0]
    start = rule.content[0][0]
    if first < start < last and any(first <= i < start for i in rule.cue):
        return ((start, last), *pieces[1:])
    return pieces


def _alone(parse: Parse, cues: CueLexicon, one: _Seen, quoted: Sequence[Passage]) -> Finding:
    """A statement only the tagger found, its act read from the lexicon or left a plain assertion."""
    content = _within(parse, one, _edges(one, quoted))
    frame = _frame(parse, one, quoted)
    word, kind = _entry(parse, cues, one)
    act, lemma = _act(word, frame), word.lemma if word else cues.lemma(parse, one.anchor)
    return Finding(f"tagger:{kind}", act, lemma, one.anchor, tuple(sorted(one.cue)), one.source, content, frame)


def _within(parse: Parse, one: _Seen, pieces: tuple[Tokens, ...]) -> tuple[Tokens, ...]:
    """The content without a second verb of the cue's subject at its end ("seeks a second term | but faces ...")."""
    first, last = pieces[-1]
    joined = [c for c in parse.children_by(one.anchor, "conj") if first < c < last and parse.pos[c] in ("VERB", "AUX")]
    if not joined or parse.pos[one.anchor] not in ("VERB", "AUX"):
        return pieces
    joint = max((c for c in parse.children_by(one.anchor, "cc") if first < c < joined[0]), default=joined[0])
    kept = trimmed(parse, (first, joint))
    return (*pieces[:-1], kept) if kept[0] < kept[1] else pieces


def _entry(parse: Parse, cues: CueLexicon, one: _Seen) -> tuple[CueWord | None, str]:
    """The cue's entry in the lexicon, and its part of speech."""
    lemma = cues.lemma(parse, one.anchor)
    if parse.pos[one.anchor] in ("VERB", "AUX"):
        matches = cues.verb_matches(parse, one.anchor)
        return (matches[0].word if matches else None), "verb"
    if parse.pos[one.anchor] in ("NOUN", "PROPN"):
        return cues.nouns.get(lemma), "noun"
    if parse.pos[one.anchor] == "ADJ":
        return cues.adjectives.get(lemma), "adjective"
    return None, "other"


def _act(word: CueWord | None, frame: str) -> Act:
    """What a cue does with this shape of content; with one the lexicon does not give it, what it mostly does.

    "Described" values somebody only with "as", and a mere object of a verb of the mind ("saw a chance") is no feeling.
    """
    if word is None:
        return "assert"
    usual = word.acts[0][1]
    return word.act(frame) or ("assert" if usual == "express" else usual)


def _frame(parse: Parse, one: _Seen, quoted: Sequence[Passage]) -> str:
    """The shape of the content: quoted, a clause, an infinitive, or an object."""
    first, last = one.content[0]
    if any(start <= first and last <= end for passage in quoted for start, end in passage.parts):
        return "quote"
    if parse.lowers[first] == "to" and parse.pos[first] == "PART":
        return "inf"
    return "that" if _is_clause(parse, one.content[0]) else "obj"


def _is_clause(parse: Parse, piece: Tokens) -> bool:
    first, last = piece
    if parse.lowers[first] in ("that", "whether", "if", "how", "why", "what"):
        return True
    head = parse.head_in(parse.span(first, last))
    return head is not None and parse.pos[head] in ("VERB", "AUX") and parse.tags[head] not in ("VB", "VBG", "VBN")


def _edges(one: _Seen, quoted: Sequence[Passage]) -> tuple[Tokens, ...]:
    """The content, drawn out to the ends of quotations it begins or stops in the middle of."""
    pieces = [_to_quotation(piece, one, quoted) for piece in one.content]
    return tuple(_merged(sorted(pieces)))


def _to_quotation(piece: Tokens, one: _Seen, quoted: Sequence[Passage]) -> Tokens:
    first, last = piece
    for start, end in _parts(quoted):
        if any(start <= i < end for i in one.cue):
            continue
        if start <= first < end and first - start <= 2:
            first = min(first, start)
        if start < last <= end and end - last <= 2:
            last = max(last, end)
    return first, last


def _parts(quoted: Sequence[Passage]) -> Iterator[Tokens]:
    for passage in quoted:
        yield from passage.parts


def _merged(pieces: Sequence[Tokens]) -> list[Tokens]:
    merged: list[Tokens] = []
    for first, last in pieces:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _is_kept(parse: Parse, rule: Finding, joined: Sequence[Finding]) -> bool:
    """Whether a finding of rules alone stands: trusted, or told inside another, which the tagger hardly ever marks."""
    if any(_is_inside(rule, other) for other in joined):
        return not any(rule.anchor in other.cue for other in joined)
    if rule.rule == "verb:obj" and not speaks(parse, rule.source):
        return False
    return rule.rule in _TRUSTED and all(_overlap(rule.content, other.content) < _SAME for other in joined)


def _is_inside(rule: Finding, other: Finding) -> bool:
    return any(
        first <= rule.anchor < last and first <= rule.content[0][0] and rule.content[-1][1] <= last
        for first, last in other.content
    )
