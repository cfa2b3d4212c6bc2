"""Records as lines on a page: who, what, when, where; filters the templates use."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote, urlsplit

from diurna.ledger.asking import Kept, ReportFacts
from diurna.model.record import Commitment, Event, Statement
from diurna.model.timevalue import TimeValue
from diurna.model.visible import visible
from diurna.web.typeset import day_words

_CLIPPED = 280
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def finalize(value: Any) -> Any:
    """What templates print: text with nothing hidden in it."""
    return visible(value) if type(value) is str else value


def clipped(text: str | None, most: int = _CLIPPED) -> str:
    """`text` on one line, cut between words where it is longer than `most` characters."""
    line = " ".join((text or "")[: 4 * most].split())
    if len(line) <= most:
        return line
    short = line[:most]
    return (short[: short.rfind(" ")] if " " in short[most // 2 :] else short) + "…"


def folded(text: str, ends: int = 180) -> str:
    """`text` with its middle left out, between words, where it is long: what did not change is shown in short."""
    if len(text) <= 2 * ends + 40:
        return text
    head, tail = text[:ends], text[-ends:]
    return f"{head[: head.rfind(' ')] if ' ' in head else head} [ … ] {tail[tail.find(' ') + 1 :]}"


def weblink(url: str | None) -> str | None:
    """`url` where it is an address a browser may be sent to; None for anything else."""
    if not url or any(ord(char) < 33 for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def segment(name: str) -> str:
    """`name` as one part of an address."""
    return quote(name.encode("utf-8", "replace"), safe="")


def day(said: str | None) -> str:
    """An ISO day as people write it: 28 March 2030."""
    if not said:
        return "undated"
    try:
        when = dt.date.fromisoformat(said[:10])
    except ValueError:
        return said
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def time_words(value: TimeValue | None) -> str:
    """A time as the text has it, with the days it means."""
    if value is None:
        return ""
    days = day_words(value)
    if not days:
        return value.text
    shown = day(days) if len(days) == 10 else days
    return shown if value.text == days or not value.text else f"{shown} (“{clipped(value.text, 60)}”)"


def title_of(facts: ReportFacts) -> str:
    """A report's title, or what stands for it."""
    return clipped(facts.title) or facts.source_id or "Untitled report"


def kept_name(one: Kept[Any], actor: str | None, said: str = "") -> str:
    """The name of an actor a record points at; as the text has it where nobody is known."""
    return dict(one.names).get(actor or "", "") or said


def speaker(one: Kept[Statement]) -> str:
    """Who speaks."""
    who = one.record.speaker
    return kept_name(one, who.actor, who.text) or "somebody not named"


def doers(one: Kept[Event]) -> str:
    """Who did it."""
    return ", ".join(kept_name(one, party.actor, party.text) for party in one.record.actors) or "somebody not named"


def others(one: Kept[Event]) -> str:
    """To whom it was done."""
    return ", ".join(kept_name(one, party.actor, party.text) for party in one.record.recipients)


def committed(one: Kept[Commitment]) -> str:
    """Who is bound, or who threatens."""
    return kept_name(one, one.record.by) or "somebody not named"


def is_deed(one: Kept[Event]) -> bool:
    """Whether it happened, in the report's own voice (law 7)."""
    return one.record.realis == "actual" and one.record.attributed_to is None
