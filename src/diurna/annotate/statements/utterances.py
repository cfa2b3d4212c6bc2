"""Direct speech: finds for each quotation the words that say whose it is, before it, after it or in its middle."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon
from diurna.annotate.statements.grammar import Tokens, agent, is_passive, noun_phrase, trimmed, verb_group
from diurna.annotate.statements.quotes import Quotation
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.voices import source_of

_ENDS = frozenset(".?!") | {"...", "…", "...."}
_GLUE = frozenset(",:;—–-") | {"--", "..."}
_DASHES = frozenset("—–-") | {"--"}
_PART_OF_NAME = frozenset({"compound", "flat", "poss", "amod", "appos"})
_NAME_PARTS = 6
_LONGEST_LABEL = 8
_FAR = 40
"""Tokens a cue may stand away from its quotation."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBG"})
_SUBORDINATORS = frozenset({"when", "while", "after", "before", "if", "though", "although", "because", "as"})
_NAMELIKE = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation in tokens, its marks included, and how it sits in its sentence.

    Attributes:
        parts: one range a paragraph.
        opens: it begins where a sentence or a quoted clause may begin.
        ending: "," or "." (a full stop, question or exclamation mark) or "" (it runs on into the sentence).
        words: how many word tokens it has.
    """

    parts: tuple[Tokens, ...]
    opens: bool
    ending: str
    words: int

    @property
    def first(self) -> int:
        """Its first token."""
        return self.parts[0][0]

    @property
    def last(self) -> int:
        """One past its last token."""
        return self.parts[-1][1]


def passages(parse: Parse, quotations: Sequence[Quotation]) -> list[Passage]:
    """The quotations as token ranges; those without a token are left out."""
    found = []
    for quotation in quotations:
        parts = []
        for span in quotation.parts:
            inside = parse.tokens_in(span)
            if inside:
                parts.append((inside[0], inside[-1] + 1))
        if parts:
            found.append(_passage(parse, tuple(parts)))
    return found


def _passage(parse: Parse, parts: tuple[Tokens, ...]) -> Passage:
    first, last = parts[0][0], parts[-1][1]
    before = parse.words[first - 1] if first and parse.block_of[first - 1] == parse.block_of[first] else ""
    inner_first, inner_last = trimmed(parse, parts[-1])
    tail = parse.text[parse.ends[inner_last - 1] : parse.ends[last - 1]] if inner_last > inner_first else ""
    after = parse.words[last] if last < len(parse) and parse.block_of[last] == parse.block_of[last - 1] else ""
    ending = (
        "."
        if any(c in tail for c in ".?!…")
        else ","
        if "," in tail or after == "," or any(c in tail for c in "—–-")
        else ""
    )
    if ending == "" and (after in _ENDS or after == ""):
        ending = "."
    words = sum(1 for a, b in parts for i in range(a, b) if parse.words[i][0].isalnum())
    opens = before == "" or before[-1] in "\"”’»'“:,.?!;—–-…" or before in ("``", "''")
    return Passage(parts, opens, ending, words)


def find_utterances(parse: Parse, cues: CueLexicon, quoted: Sequence[Passage]) -> tuple[list[Finding], list[Passage]]:
    """A finding for every quotation with a cue, and the quotations that stand as sentences without one."""
    return _Speech(parse, cues, quoted).read()


def attach_floating(parse: Parse, findings: Sequence[Finding], floating: Sequence[Passage]) -> list[Finding]:
    """The findings, each floating quotation joined to the statement it goes on, or left out where none is near.

    A quotation goes on the last statement of its paragraph, or of the paragraph before where that ends in speech.
    """
    found = sorted(findings, key=_last_token)
    ends = [_last_token(f) for f in found]
    for passage in floating:
        place = bisect_right(ends, passage.first) - 1
        while place >= 0 and found[place].source is None:
            place -= 1
        if place < 0 or not _goes_on(parse, found[place], passage):
            continue
        longer = replace(found[place], content=(*found[place].content, *passage.parts))
        del found[place], ends[place]
        place = bisect_right(ends, passage.last)
        found.insert(place, longer)
        ends.insert(place, passage.last)
    return found


def _last_token(finding: Finding) -> int:
    return max(finding.content[-1][1], finding.anchor + 1)


def _goes_on(parse: Parse, finding: Finding, passage: Passage) -> bool:
    last = _last_token(finding) - 1
    between = range(last + 1, passage.first)
    stops = sum(parse.words[i] in _ENDS for i in between)
    if parse.block_of[last] == parse.block_of[passage.first]:
        return len(between) < _FAR and stops <= 1
    direct = finding.frame == "quote"
    return direct and parse.block_of[last] + 1 == parse.block_of[passage.first] and len(between) < _FAR and stops <= 1


@dataclass(slots=True)
class _Speech:
    """Walks through the quotations of one report, left to right."""

    parse: Parse
    cues: CueLexicon
    quoted: Sequence[Passage]

    def read(self) -> tuple[list[Finding], list[Passage]]:
        found: list[Finding] = []
        floating: list[Passage] = []
        by_anchor: dict[int, int] = {}
        for number, passage in enumerate(self.quoted):
            verb = self._cue_for(number, passage, by_anchor)
            if verb is not None and verb in by_anchor:
                place = by_anchor[verb]
                found[place] = replace(found[place], content=(*found[place].content, *passage.parts))
            elif verb is not None:
                by_anchor[verb] = len(found)
                found.append(self._finding(verb, passage))
            elif named := self._label(passage) or self._signature(passage):
                found.append(named)
            elif self._floats(passage):
                floating.append(passage)
        return found, floating

    def _cue_for(self, number: int, passage: Passage, taken: dict[int, int]) -> int | None:
        before = self._before(number, passage)
        after = self._after(number, passage) if passage.opens else None
        if before is not None and before in taken:
            word = self.parse.words[passage.first - 1]
            return before if word in _GLUE or after is None else after
        if before is not None and (
            after is None or self.parse.words[passage.first - 1] == ":" or passage.ending == "."
        ):
            return before
        return after if after is not None else before

    # --- cues before the quotation

    def _before(self, number: int, passage: Passage) -> int | None:
        parse, first = self.parse, passage.first
        low = self._low(number, passage)
        if first - 1 < low:
            return None
        previous = parse.words[first - 1]
        near = self.cues.verb_matches(parse, first - 1) if previous not in _GLUE else []
        if previous not in _GLUE and previous != "that" and not any(m.word.act("quote") for m in near):
            return None
        verbs = [i for i in range(low, first) if self._is_cue(i)]
        main = [i for i in verbs if parse.deps[i] != "relcl"]
        if previous == "that":
            return self._governing(first - 1, main) if passage.words > 3 else None
        if previous != ":" and verbs and passage.words < 3 and previous not in (",",) and passage.ending == "":
            return None
        chosen = (main or verbs)[-1] if verbs else None
        if chosen is None and previous == ":":
            return self._any_verb(low, first)
        return chosen

    def _governing(self, that: int, verbs: list[int]) -> int | None:
        """The verb a "that" before the quotation belongs to, unless a noun stands between ("his view that")."""
        near = next((i for i in reversed(verbs) if that - i <= 7), None)
        if near is None or self.parse.lemmas[that - 1] in self.cues.nouns:
            return None
        return near

    def _low(self, number: int, passage: Passage) -> int:
        """First token of the stretch before the quotation in which its cue may stand."""
        parse, first = self.parse, passage.first
        low = max(first - _FAR, self.quoted[number - 1].last if number else 0, 0)
        at = first - 1
        block = parse.block_of[at] if at >= 0 and parse.words[at] == ":" else parse.block_of[first]
        while at >= low and parse.block_of[at] == block:
            if parse.words[at] in _ENDS and at < first - 1:
                break
            at -= 1
        return at + 1

    def _any_verb(self, low: int, high: int) -> int | None:
        """The main verb of tokens `low` to `high`, for speech that a colon opens."""
        parse = self.parse
        verbs = [i for i in range(low, high) if parse.tags[i] in _FINITE and parse.pos[i] == "VERB"]
        return next((i for i in verbs if parse.deps[i] == "ROOT"), verbs[-1] if verbs else None)

    # --- cues after the quotation

    def _after(self, number: int, passage: Passage) -> int | None:
        parse, start = self.parse, passage.last
        high = self._high(number, passage)
        while start < high and parse.words[start] in _GLUE:
            start += 1
        if start >= high:
            return None
        if passage.ending == "" or (passage.ending == "." and not parse.words[start][0].islower()):
            limit = start + 4 if passage.ending == "." else start + (passage.words > 3)
            return next(
                (i for i in range(start, min(high, limit)) if self._is_cue(i) and self._plain_before(start, i)), None
            )
        if not passage.opens and passage.words < 4:
            return None
        for i in range(start, high):
            if parse.words[i] in (",", ";") and not self._apposition(start, i, high):
                break
            if parse.lowers[i] in _SUBORDINATORS or (parse.tags[i] == "VBG" and parse.pos[i] == "VERB"):
                return None  # "..., when asked", "..., adding ...": the next clause's own
            if self._is_cue(i) and (parse.deps[i] != "relcl" or self._follows_name(start, i)):
                return i
        return self._unlisted(start, high)

    def _plain_before(self, start: int, verb: int) -> bool:
        return all(self.parse.pos[i] in ("PROPN", "PRON", "NOUN", "DET", "ADJ") for i in range(start, verb))

    def _follows_name(self, start: int, verb: int) -> bool:
        return verb - start <= 2

    def _apposition(self, start: int, comma: int, high: int) -> bool:
        """Whether the comma may stand between a name and its apposition rather than end the clause."""
        parse = self.parse
        return (
            any(parse.pos[i] in _NAMELIKE for i in range(start, comma))
            and not any(parse.pos[i] == "VERB" for i in range(start, comma))
            and comma < high
        )

    def _unlisted(self, start: int, high: int) -> int | None:
        """A verb outside the lexicon right behind the quotation, with a subject of its own."""
        parse = self.parse
        for i in range(start, min(high, start + 8)):
            if (
                parse.pos[i] == "VERB"
                and parse.tags[i] in ("VBD", "VBZ")
                and any(parse.deps[c] == "nsubj" and start <= c < high for c in parse.children[i])
                and self._plain_before(start, i)
            ):
                return i
        return None

    def _high(self, number: int, passage: Passage) -> int:
        """One past the last token of the stretch behind the quotation in which its cue may stand."""
        parse, start = self.parse, passage.last
        block = parse.block_of[start - 1]
        limit = min(start + _FAR, len(parse))
        if number + 1 < len(self.quoted):
            limit = min(limit, max(self.quoted[number + 1].first, start))
        at = start
        while at < limit and parse.block_of[at] == block and parse.words[at] not in _ENDS:
            at += 1
        return at

    def _is_cue(self, token: int) -> bool:
        parse = self.parse
        if parse.pos[token] not in ("VERB", "AUX") and not (
            parse.pos[token] in ("NOUN", "PROPN", "ADJ") and parse.lowers[token] in self.cues.forms
        ):
            return False
        if parse.tags[token] == "VBN" and parse.deps[token] in ("acl", "amod") and agent(parse, token) is None:
            return False  # "a memo titled": nobody speaks
        return any(m.word.act("quote") for m in self.cues.verb_matches(parse, token))

    # --- names without a verb

    def _label(self, passage: Passage) -> Finding | None:
        """The speaker of "Minister: “...”": a name and a colon before the quotation, at the head of its paragraph."""
        parse, colon = self.parse, passage.first - 1
        if colon < 1 or parse.words[colon] != ":" or parse.block_of[colon] != parse.block_of[passage.first]:
            return None
        start = colon
        while start > 0 and colon - start < _LONGEST_LABEL and parse.block_of[start - 1] == parse.block_of[colon]:
            start -= 1
        at_head = start == 0 or parse.block_of[start - 1] != parse.block_of[colon]
        if not at_head or not self._is_name(start, colon):
            return None
        return self._named("quote:label", colon, (start, colon), passage)

    def _signature(self, passage: Passage) -> Finding | None:
        """The speaker of "“...” — Minister": a dash and a name behind the quotation, alone on the rest of the line."""
        parse, dash = self.parse, passage.last
        if (
            dash + 1 >= len(parse)
            or parse.words[dash] not in _DASHES
            or parse.block_of[dash] > parse.block_of[dash - 1] + 1
        ):
            return None
        end = dash + 1
        while end < len(parse) and end - dash <= _LONGEST_LABEL and parse.block_of[end] == parse.block_of[dash]:
            end += 1
        ends_block = end == len(parse) or parse.block_of[end] != parse.block_of[dash]
        name = trimmed(parse, (dash + 1, end))
        if not ends_block or not self._is_name(*name):
            return None
        return self._named("quote:signature", dash, name, passage)

    def _is_name(self, first: int, last: int) -> bool:
        parse = self.parse
        return (
            first < last
            and any(parse.pos[i] == "PROPN" for i in range(first, last))
            and not any(parse.pos[i] in ("VERB", "AUX") for i in range(first, last))
        )

    def _named(self, rule: str, cue: int, source: Tokens, passage: Passage) -> Finding:
        return Finding(rule, "assert", self.parse.words[cue], cue, (cue,), source, passage.parts, "quote")

    # --- quotations without a cue

    def _floats(self, passage: Passage) -> bool:
        """Whether the quotation is a sentence of its own that nobody is named for."""
        parse, first = self.parse, passage.first
        before = parse.words[first - 1] if first and parse.block_of[first - 1] == parse.block_of[first] else "."
        at_start = before in _ENDS or before[-1] in '”"’.?!' or before == "''"
        return at_start and passage.ending == "." and passage.words >= 3

    # --- the finding

    def _finding(self, verb: int, passage: Passage) -> Finding:
        parse = self.parse
        match = next((m for m in self.cues.verb_matches(parse, verb) if m.word.act("quote")), None)
        act = (match.word.act("quote") if match else None) or "assert"
        lemma = match.word.lemma if match else self.cues.lemma(parse, verb)
        cue = verb_group(parse, verb, match.tail if match else ())
        cue = tuple(i for i in cue if not passage.first <= i < passage.last)
        rule = "quote:before" if verb < passage.first else "quote:after"
        return Finding(rule, act, lemma, verb, cue or (verb,), self._source(verb, passage), passage.parts, "quote")

    def _source(self, verb: int, passage: Passage) -> Tokens | None:
        parse = self.parse
        if is_passive(parse, verb):
            return agent(parse, verb)
        phrase = source_of(parse, self.cues, verb)
        if phrase and not any(a <= phrase[0] < b for a, b in passage.parts):
            return self._outside(phrase, passage)
        return self._beside(verb, passage)

    def _outside(self, phrase: Tokens, passage: Passage) -> Tokens:
        first, last = phrase
        return trimmed(self.parse, (first, min(last, passage.first)) if first < passage.first else (first, last))

    def _beside(self, verb: int, passage: Passage) -> Tokens | None:
        """The noun phrase next to the verb, where the parse gives it no subject outside the quotation."""
        parse = self.parse
        for at in (*range(verb - 1, max(verb - 4, -1), -1), *range(verb + 1, min(verb + 4, len(parse)))):
            if passage.first <= at < passage.last or parse.block_of[at] != parse.block_of[verb]:
                continue
            if parse.pos[at] in _NAMELIKE and parse.deps[at] not in ("npadvmod",):
                top = self._top(at, verb)
                phrase = noun_phrase(
                    parse, top, stop=verb if top < verb else None, start=verb + 1 if top > verb else None
                )
                if phrase and not any(a < phrase[1] and phrase[0] < b for a, b in passage.parts):
                    return phrase
                return (at, at + 1)
        return None

    def _top(self, noun: int, verb: int) -> int:
        """The noun whose phrase `noun` is a part of."""
        parse = self.parse
        for _ in range(_NAME_PARTS):
            if parse.deps[noun] not in _PART_OF_NAME or parse.heads[noun] == verb:
                break
            noun = parse.heads[noun]
        return noun


def quotation_map(parse: Parse, quoted: Sequence[Passage]) -> list[int]:
    """For every token the index of the quotation that holds it, or -1."""
    held = [-1] * len(parse)
    for number, passage in enumerate(quoted):
        for first, last in passage.parts:
            held[first:last] = [number] * (last - first)
    return held
