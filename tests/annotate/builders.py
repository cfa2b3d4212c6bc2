"""Hand-built parses, so that rules are tested on known grammar and no statistical parser's exact output is "
"relied on."""

from __future__ import annotations

from collections.abc import Sequence

from diurna.annotate.parse import Entity, Parse
from diurna.model.report import Block, BlockKind
from diurna.model.span import Span

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "WP": "PRON", "WDT": "PRON",
    "EX": "PRON", "DT": "DET", "PRP$": "PRON", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV",
    "WRB": "SCONJ", "IN": "ADP", "TO": "PART", "POS": "PART", "RP": "ADP", "CC": "CCONJ", "CD": "NUM", "MD": "AUX",
    "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "UH": "INTJ",
}  # fmt: skip
_BE = {
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "been": "be",
    "be": "be",
    "has": "have",
    "had": "have",
    "did": "do",
}

Paragraph = tuple[str, Sequence[str]]


def parse_of(*paragraphs: Paragraph | tuple[BlockKind, str, Sequence[str]]) -> Parse:
    """A parse of paragraphs, each `(text, sentences)` or `(kind, text, sentences)`.

    A sentence is a line of tokens `word|TAG|relation|head`, with `|lemma` and `|ENTITY` where they matter; heads count
    from 1 within the sentence, 0 is the root. Words must stand in the text in this order.
    """
    rows = [p if len(p) == 3 else ("body", *p) for p in paragraphs]
    parse = Parse("\n\n".join(text for _, text, _ in rows), ())
    blocks: list[Block] = []
    offset = 0
    for number, (kind, text, sentences) in enumerate(rows):
        blocks.append(Block(kind, Span(offset, offset + len(text))))
        at = offset
        for sentence in sentences:
            at = _add_sentence(parse, sentence, at, number)
        offset += len(text) + 2
    parse.blocks = tuple(blocks)
    parse.close()
    return parse


def _add_sentence(parse: Parse, sentence: str, at: int, block: int) -> int:
    base = len(parse.words)
    for item in sentence.split():
        word, tag, relation, head, *rest = item.split("|")
        start = parse.text.index(word, at)
        at = start + len(word)
        token = len(parse.words)
        parse.words.append(word)
        parse.lowers.append(word.lower())
        parse.lemmas.append(rest[0] if rest and rest[0] else _BE.get(word.lower(), word.lower()))
        parse.tags.append(tag)
        parse.pos.append("AUX" if relation in ("aux", "auxpass") else _POS.get(tag, "PUNCT"))
        parse.deps.append(relation)
        parse.heads.append(token if head == "0" else base + int(head) - 1)
        parse.starts.append(start)
        parse.ends.append(at)
        parse.block_of.append(block)
        if len(rest) > 1:
            parse.entities.append(Entity(token, token + 1, rest[1]))
    parse.sentences.append((base, len(parse.words)))
    return at
