"""The words: statements grouped by who said them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from diurna.console.dates import dated
from diurna.console.desk import Desk
from diurna.console.ink import WORD_RAIL, Heading, Notes, Rail, ink
from diurna.model.record import Statement

_WORD = re.compile(r"\w+")
_LITTLE = frozenset({"the", "a", "an", "its", "of", "and", "s", "who"})


def words_part(desk: Desk) -> Iterator[RenderableType]:
    """The section of statements, speakers in the order in which they first speak."""
    statements = desk.reading.statements
    groups = _by_speaker(statements)
    yield Heading("WORDS", _count(len(statements), len(groups)), "word")
    for group in groups:
        yield Text("")
        yield _speaker_line(desk, group)
        for number, statement in enumerate(group):
            if number:
                yield Text("")
            yield Rail(Group(_content(desk, statement), _meta(desk, statement, group[0])), WORD_RAIL, "word")


def _count(statements: int, speakers: int) -> str:
    said = "1 statement" if statements == 1 else f"{statements} statements"
    return f"{said} by {speakers} {'speaker' if speakers == 1 else 'speakers'}" if statements else "none found"


def _by_speaker(statements: tuple[Statement, ...]) -> list[list[Statement]]:
    groups: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=lambda one: one.evidence.span):
        groups.setdefault(_speaker_key(statement), []).append(statement)
    return list(groups.values())


def _speaker_key(statement: Statement) -> str:
    speaker = statement.speaker
    return speaker.actor or f"{speaker.kind} {speaker.text.casefold()}"


def _speaker_line(desk: Desk, group: list[Statement]) -> Notes:
    speaker = group[0].speaker
    actor = desk.actor(speaker.actor)
    notes = [*actor.roles[:2], " ".join(code for code in (actor.country, actor.sector) if code)] if actor else []
    if actor is None and speaker.kind != "named":
        notes.append(speaker.kind)
    notes.append(_behalf(desk, group[0]))
    return Notes(notes, lead=ink(desk.speaker(group[0]), "strong"), indent=2)


def _behalf(desk: Desk, statement: Statement) -> str:
    behalf = statement.speaker.on_behalf_of
    return f"for {desk.name(behalf, 'another')}" if behalf else ""


def _content(desk: Desk, statement: Statement) -> Text:
    """The words as they stand, hedges underlined, an ellipsis where the cue splits them."""
    line = Text()
    for number, span in enumerate(statement.content.spans):
        if number:
            line.append(" … ", style="soft")
        at = span.start
        for hedge in sorted(h for h in statement.hedges if span.contains(h)):
            if hedge.start < at:
                continue
            line.append_text(ink(desk.text[at : hedge.start], "word"))
            line.append_text(ink(hedge.of(desk.text), "word underline"))
            at = hedge.end
        line.append_text(ink(desk.text[at : span.end], "word"))
    return line


def _meta(desk: Desk, statement: Statement, first: Statement) -> Notes:
    notes = [f"{statement.manner} speech", _hidden_source(desk, statement)]
    if statement.speaker.on_behalf_of != first.speaker.on_behalf_of:
        notes.append(_behalf(desk, statement))
    notes += [*_manner(desk, statement), *_circumstances(desk, statement), *_doubt(desk, statement)]
    return Notes([ink(statement.act, "strong"), *notes, desk.where(statement.evidence.span)])


def _hidden_source(desk: Desk, statement: Statement) -> str:
    """The kind of a source that is no person who stands up with a name, where the heading does not say so."""
    kind = statement.speaker.kind
    named_above = desk.actor(statement.speaker.actor) is not None
    return f"{kind} source" if named_above and kind in ("anonymous", "document", "report") else ""


def _manner(desk: Desk, statement: Statement) -> Iterator[str]:
    cue = " … ".join(span.of(desk.text) for span in statement.cue.spans)
    if cue:
        yield f"“{cue}”"
    if _says_more(desk, statement):
        yield f"as “{statement.speaker.text}”"
    chain = desk.chain(statement)
    if chain:
        yield "through " + ", through ".join(chain)


def _says_more(desk: Desk, statement: Statement) -> bool:
    """Whether what the text calls the speaker here has a word that the heading above has not."""
    actor = desk.actor(statement.speaker.actor)
    known = " ".join([desk.speaker(statement), *(actor.roles[:2] if actor else ())]).casefold()
    return bool({*_WORD.findall(statement.speaker.text.casefold())} - {*_WORD.findall(known)} - _LITTLE)


def _circumstances(desk: Desk, statement: Statement) -> Iterator[str]:
    if statement.addressee:
        yield f"to {desk.parties((statement.addressee,))}"
    if statement.channel:
        yield f"via {statement.channel.text}"
    if statement.said_at:
        yield dated(statement.said_at)


def _doubt(desk: Desk, statement: Statement) -> Iterator[str]:
    if statement.polarity == "negative":
        yield "negative"
    if statement.certainty in ("probable", "possible"):
        yield f"held {statement.certainty}"
    hedges = [span.of(desk.text) for span in statement.hedges]
    if hedges:
        yield "hedged: " + ", ".join(f"“{hedge}”" for hedge in hedges)
