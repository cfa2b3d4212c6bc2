"""Statements in headlines and transcripts, where form must do what grammar cannot: "Minister Says Talks Failed"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon, CueWord
from diurna.annotate.statements.grammar import Tokens, trimmed
from diurna.annotate.statements.reported import Finding
from diurna.model.record import Act

_TITLES = frozenset({"headline", "deck"})
_LONGEST_NAME = 8
"""Tokens a headline's speaker or a transcript's label may have."""
_LONGEST_TITLE = 40
_NAMELIKE = frozenset({"PROPN", "NOUN", "PRON"})
_SPEAKING = frozenset({"PERSON", "ORG"})
_STATES = frozenset({"GPE", "NORP"})
_OWN = frozenset({"we", "our", "i", "my", "us"})
_FRAMES = ("that", "inf", "obj")
_FEW_LABELS = 3
"""Labelled paragraphs that make a text a transcript."""

_LONGEST_TURN = 60
"""Paragraphs one speaker of a transcript is followed through."""
_SENTENCE_ENDS = (".", "!", "?", "—", "–", "…", "”", '"', ")")

Block = Tokens


def block_tokens(parse: Parse) -> list[tuple[int, Block]]:
    """Each block that has tokens: its number and its token range, in order."""
    found: list[tuple[int, Block]] = []
    start = 0
    while start < len(parse):
        number = parse.block_of[start]
        end = bisect_left(parse.block_of, number + 1, start)
        found.append((number, (start, end)))
        start = end
    return found


def find_in_headlines(
    parse: Parse, cues: CueLexicon, blocks: Sequence[tuple[int, Block]], taken: set[int]
) -> Iterator[Finding]:
    """Statements of headlines by the form of the cue, for headlines in which grammar found none.

    Args:
        blocks: as `block_tokens` gives them.
        taken: anchors of statements found already.
    """
    for number, (first, last) in blocks:
        if parse.blocks[number].kind not in _TITLES or last - first > _LONGEST_TITLE:
            continue
        if any(first <= anchor < last for anchor in taken):
            continue
        found = _by_colon(parse, cues, first, last) or _by_form(parse, cues, first, last)
        if found:
            yield found


def _by_colon(parse: Parse, cues: CueLexicon, first: int, last: int) -> Finding | None:
    """Both "Minister: No deal" and "No deal: Minister"."""
    colon = next((i for i in range(first + 1, last - 1) if parse.words[i] == ":"), None)
    if colon is None:
        return None
    before, after = trimmed(parse, (first, colon)), trimmed(parse, (colon + 1, last))
    own_words = any(parse.pronoun(i) in _OWN for i in range(*after))
    if _is_speaker(parse, cues, before, own_words) and after[1] - after[0] >= 3:
        return _spoken(colon, before, after)
    if _is_speaker(parse, cues, after, states=True) and after[1] - after[0] <= 4 and before[1] - before[0] >= 4:
        return _spoken(colon, after, before)
    return None


def _spoken(colon: int, source: Tokens, content: Tokens) -> Finding:
    return Finding("headline:colon", "assert", ":", colon, (colon,), source, (content,), "that")


def _is_speaker(parse: Parse, cues: CueLexicon, tokens: Tokens, states: bool) -> bool:
    """Whether a headline's part may name a speaker: a person, an organisation, a role or document.

    A state's name counts only where `states` says so: before a colon it is mostly the topic.
    """
    first, last = tokens
    if not 0 < last - first <= _LONGEST_NAME or any(parse.pos[i] in ("VERB", "AUX") for i in range(first, last)):
        return False
    labels = {parse.entities[parse.entity_of[i]].label for i in range(first, last) if parse.entity_of[i] >= 0}
    named = bool(labels & (_SPEAKING | _STATES if states else _SPEAKING)) and parse.entity_of[last - 1] >= 0
    return named or parse.lowers[last - 1] in cues.headline_speakers


def _by_form(parse: Parse, cues: CueLexicon, first: int, last: int) -> Finding | None:
    """A headline like "Minister Says Talks Failed": a cue by its third-person form, whatever the tagger thought."""
    for at in range(first + 1, min(last - 1, first + _LONGEST_NAME + 1)):
        word = _third_person(cues, parse.lowers[at])
        if word is None or not _may_speak(parse, at):
            continue
        frame, act = _frame(parse, word, at, last)
        content = trimmed(parse, (at + 1, _reporters_own(parse, at + 1, last)))
        if act and content[1] - content[0] >= 2:
            return Finding("headline:form", act, word.lemma, at, (at,), trimmed(parse, (first, at)), (content,), frame)
    return None


def _reporters_own(parse: Parse, first: int, last: int) -> int:
    """Where what was said ends and the reporter adds what went on meanwhile ("... as Neighbour Pushes for Talks")."""
    for at in range(first + 2, last - 2):
        subject = parse.pos[at + 1] in _NAMELIKE or parse.pos[at + 1] == "DET"
        if parse.lowers[at] in ("as", "while") and subject and _holds_verb(parse, at + 2, last):
            return at
        if parse.lowers[at] == "amid":
            return at
    return last


def _holds_verb(parse: Parse, first: int, last: int) -> bool:
    """Whether there is a verb, if only by its form in -s before what it may take ("Pushes Disarmament")."""
    return any(
        parse.tags[i] in ("VBZ", "VBP", "VBD")
        or (parse.lowers[i].endswith("s") and i + 1 < last and parse.pos[i] != "ADP" and parse.words[i].istitle())
        for i in range(first, last)
    )


def _may_speak(parse: Parse, verb: int) -> bool:
    """Whether a name or noun stands before `verb` and does not run through it ("the United States")."""
    inside_name = parse.entity_of[verb] >= 0 and parse.entity_of[verb] == parse.entity_of[verb - 1]
    return not inside_name and (parse.pos[verb - 1] in _NAMELIKE or parse.tags[verb - 1] == "CD")


def _frame(parse: Parse, word: CueWord, verb: int, last: int) -> tuple[str, Act | None]:
    if parse.lowers[verb + 1] == "to":
        return "inf", word.act("inf")
    if any(parse.tags[i] in ("VBZ", "VBD", "VBP", "MD") or parse.pos[i] == "VERB" for i in range(verb + 1, last)):
        return "that", word.act("that")
    return "obj", word.act("obj") or (word.act("that") if word.lemma == "say" else None)


def _third_person(cues: CueLexicon, word: str) -> CueWord | None:
    """The lexicon verb a form in -s belongs to, or None."""
    if not word.endswith("s") or len(word) < 4:
        return None
    stems = [word[:-1]]
    if word.endswith("es"):
        stems += [word[:-2], word[:-3] + "y"]
    for stem in stems:
        for entry in cues.verbs.get(stem, ()):
            if not entry.tail and any(entry.act(frame) for frame in _FRAMES):
                return entry
    return None


def find_in_transcripts(parse: Parse, blocks: Sequence[tuple[int, Block]], taken: set[int]) -> Iterator[Finding]:
    """What each labelled speaker of a transcript says ("CHAIR: ...", "Q: ..."), up to the next label."""
    labels = {
        place: colon
        for place, (number, block) in enumerate(blocks)
        if parse.blocks[number].kind not in _TITLES and (colon := _label(parse, block)) is not None
    }
    names = Counter(_name(parse, blocks[place][1][0], colon) for place, colon in labels.items())
    if len(labels) < _FEW_LABELS or max(names.values()) < 2:
        return  # the heads of a list are no speakers: nobody speaks twice
    places = sorted(labels)
    for place, following in zip(places, [*places[1:], None], strict=True):
        colon, (first, last) = labels[place], blocks[place][1]
        pieces = [trimmed(parse, (_past_aside(parse, colon + 1, last), last))]
        pieces += [trimmed(parse, block) for _, block in _goes_on(parse, blocks, place, following)]
        content = tuple(piece for piece in pieces if piece[0] < piece[1])
        if content and colon not in taken:
            yield Finding("transcript", "assert", ":", colon, (colon,), (first, colon), content, "quote")


def _past_aside(parse: Parse, start: int, last: int) -> int:
    """The first token behind a note of the writer's at the head of a turn: "(As interpreted.)"."""
    if start >= last or parse.words[start] != "(":
        return start
    closed = next((i for i in range(start, min(start + _LONGEST_NAME, last)) if parse.words[i] == ")"), None)
    return start if closed is None else closed + 1


def _goes_on(
    parse: Parse, blocks: Sequence[tuple[int, Block]], place: int, following: int | None
) -> Sequence[tuple[int, Block]]:
    """The paragraphs behind a label that its speaker goes on through; what ends a transcript (its hour) is none."""
    until = min(len(blocks) if following is None else following, place + _LONGEST_TURN)
    spoken = [k for k in range(place + 1, until) if _is_speech(parse, blocks[k])]
    if following is None:
        spoken = [k for number, k in enumerate(spoken) if k == place + 1 + number]
    return blocks[place + 1 : spoken[-1] + 1] if spoken else ()


def _is_speech(parse: Parse, numbered: tuple[int, Block]) -> bool:
    """Whether a paragraph goes on with what is spoken; the hour, a list's head or a rule line does not."""
    number, (_, last) = numbered
    return parse.blocks[number].kind not in _TITLES and parse.words[last - 1].endswith(_SENTENCE_ENDS)


def _label(parse: Parse, block: Block) -> int | None:
    """The colon behind a speaker's label at the head of a block, or None."""
    first, last = block
    colon = next((i for i in range(first + 1, min(first + 6, last - 1)) if parse.words[i] == ":"), None)
    if colon is None or not all(
        parse.words[i][0].isupper() or parse.words[i] in (".", "-") for i in range(first, colon)
    ):
        return None
    name = _name(parse, first, colon)
    if name in ("Q", "A") or name.isupper():
        return colon
    return colon if all(parse.pos[i] in ("PROPN", "PUNCT") for i in range(first, colon)) else None


def _name(parse: Parse, first: int, colon: int) -> str:
    return parse.text[parse.starts[first] : parse.ends[colon - 1]]
