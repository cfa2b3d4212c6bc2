"""Short hand-built parses for actors: a phrase alone, and what the annotators make of a text."""

from __future__ import annotations

from diurna.annotate.actors.codes import code_of
from diurna.annotate.actors.mentions import find_actors
from diurna.annotate.parse import Parse
from diurna.model.annotation import ActorDraft
from tests.annotate.builders import parse_of

_TAGS = {
    "of": "IN",
    "to": "IN",
    "in": "IN",
    "from": "IN",
    "for": "IN",
    "the": "DT",
    "a": "DT",
    "-": "HYPH",
    "'s": "POS",
}


def phrase(text: str, *rows: str) -> Parse:
    """A phrase alone, by rows of `word|TAG|relation|head`; without rows all words hang on the last."""
    if not rows:
        words = text.replace("'s", " 's").replace("-", " - ").split()
        rows = tuple(
            f"{word}|{_tag(word)}|{'ROOT' if k == len(words) else 'compound'}|{0 if k == len(words) else len(words)}"
            for k, word in enumerate(words, 1)
        )
    return parse_of((text, [" ".join(rows)]))


def _tag(word: str) -> str:
    if word.lower() in _TAGS:
        return _TAGS[word.lower()]
    return "NNP" if word[:1].isupper() else "NNS" if word.endswith("s") else "NN"


def code(text: str, *rows: str) -> tuple[str | None, str | None]:
    """Country and sector of a whole phrase."""
    parse = phrase(text, *rows)
    found = code_of(parse, parse.span(0, len(parse)))
    return found.country, found.sector


def actors(parse: Parse) -> dict[str, ActorDraft]:
    """The actors by name."""
    return {draft.name: draft for draft in find_actors(parse)}


def words(parse: Parse, draft: ActorDraft) -> list[str]:
    """The mentions of an actor as text."""
    return [span.of(parse.text) for span in draft.mentions]
