"""The tagger's statements and the rules', laid over each other.

The tagger says that something was said, by whom, and what; the rules give the cue's entry in the lexicon and the frame,
from which act and stance are read. Quotation marks are hard facts: content ends where its quotation ends. What only a
rule found is kept where rules of its kind were right often enough without the tagger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import NOUN_FRAMES, VERB_FRAMES, CueLexicon, CueWord
from diurna.annotate.statements.grammar import Tokens, trimmed
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.utterances import Passage
from diurna.model.annotation import TaggedStatement
from diurna.model.record import Act
from diurna.model.span import Span

_SAME = 0.5
"""Share of words two contents have in common from which they are one content."""

_TRUSTED = frozenset({"quote:after", "quote:before", "quote:mixed", "according", "transcript", "headline:colon"})
"""Rules believed where the tagger found nothing."""


def combine(
    parse: Parse,
    cues: CueLexicon,
    rules: Sequence[Finding],
    tagged: Sequence[TaggedStatement],
    quoted: Sequence[Passage],
) -> list[Finding]:
    """The findings of both; those the tagger has a part in carry its confidence."""
    seen = [found for one in tagged if (found := _in_tokens(parse, one)) is not None]
    taken: set[int] = set()
    joined = []
    for one in seen:
        number = _partner(one, rules, taken)
        if number is None:
            joined.append(_alone(parse, cues, one, quoted))
        else:
            taken.add(number)
            joined.append(_together(parse, one, rules[number], quoted))
    rest = [found for number, found in enumerate(rules) if number not in taken and _is_kept(found, joined)]
    return [*joined, *rest]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A tagged statement in tokens."""

    cue: tuple[int, ...]
    anchor: int
    source: Tokens | None
    content: tuple[Tokens, ...]
    confidence: float


def _in_tokens(parse: Parse, one: TaggedStatement) -> _Seen | None:
    """The statement in tokens; None where its cue or all its content lies in blocks that hold no records."""
    cue = tuple(i for span in one.cue for i in parse.tokens_in(span))
    content = tuple(piece for span in one.content if (piece := _range(parse, span)))
    if not cue or not content:
        return None
    sources = [piece for span in one.source if (piece := _range(parse, span))]
    return _Seen(cue, _anchor(parse, cue), sources[0] if sources else None, content, one.confidence)


def _range(parse: Parse, span: Span) -> Tokens | None:
    inside = parse.tokens_in(span)
    piece = trimmed(parse, (inside.start, inside.stop)) if inside else (0, 0)
    return piece if piece[0] < piece[1] else None


def _anchor(parse: Parse, cue: Sequence[int]) -> int:
    """The cue's head word: its last full verb, else the word the others hang on."""
    verbs = [i for i in cue if parse.pos[i] == "VERB" and parse.deps[i] not in ("aux", "auxpass")]
    if verbs:
        return verbs[-1]
    return next((i for i in cue if parse.heads[i] == i or parse.heads[i] not in cue), cue[0])


def _words(parse_pieces: Sequence[Tokens]) -> set[int]:
    return {i for first, last in parse_pieces for i in range(first, last)}


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
        worth = shared + 1.0 * (same_cue and shared > 0)
        if (same_cue and shared > 0 or shared >= _SAME and not rule.cue) and worth > most:
            best, most = number, worth
    return best


def _together(parse: Parse, one: _Seen, rule: Finding, quoted: Sequence[Passage]) -> Finding:
    """The tagger's reading with what the rule knows of the cue; quoted words the rule followed further stay."""
    return replace(
        rule,
        rule=f"tagger+{rule.rule}",
        anchor=rule.anchor,
        cue=tuple(sorted(one.cue)),
        source=one.source or rule.source,
        content=_edges(one, quoted),
        confidence=one.confidence,
    )


def _alone(parse: Parse, cues: CueLexicon, one: _Seen, quoted: Sequence[Passage]) -> Finding:
    """A statement only the tagger found, its act read from the lexicon or left a plain assertion."""
    content = _edges(one, quoted)
    frame = _frame(parse, one, quoted)
    word, kind = _entry(parse, cues, one)
    act, lemma = _act(word, frame), word.lemma if word else cues.lemma(parse, one.anchor)
    return Finding(
        f"tagger:{kind}", act, lemma, one.anchor, tuple(sorted(one.cue)), one.source, content, frame, one.confidence
    )


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
    if word is None:
        return "assert"
    return word.act(frame) or word.acts[0][1]


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


def _is_kept(rule: Finding, joined: Sequence[Finding]) -> bool:
    """Whether a finding of rules alone stands: its kind is trusted and no joined finding tells the same content."""
    if rule.rule not in _TRUSTED:
        return False
    return all(_overlap(rule.content, other.content) < _SAME for other in joined)
