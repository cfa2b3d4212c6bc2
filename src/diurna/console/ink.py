"""The two inks, the rails beside them, and text of others made harmless before it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

THEME = Theme(
    {
        # middle tones: each reaches a contrast of 3.5 : 1 on black and on white
        "word": "#3d7fc4",
        "deed": "#c25a44",
        "gap": "#9562b0",
        "soft": "dim",
        "strong": "bold",
        "title": "bold",
    },
    inherit=False,
)

WORD_RAIL, DEED_RAIL, UNSURE_RAIL, GAP_RAIL = "┆", "┃", "┊", "║"
"""Dashed for words, solid for deeds, dotted for what is no deed, double for gaps: they differ without colour."""

MARGIN = 3
"""Columns a rail takes: two blanks would be a gutter too many at 80 columns."""

_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """`text` on one line with nothing in it that could steer a terminal or turn the reading direction round."""
    return _ODD.sub(_harmless, text)


def _harmless(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    if char in "\t\n\r\x0b\x0c\u2028\u2029":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if 0x7F <= code <= 0x9F or char in _TURNING:
        return f"⟨U+{code:04X}⟩"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else ""


def ink(text: str, style: str = "") -> Text:
    """Text of a report or of ours, made harmless; rich markup in it is plain characters."""
    return Text(clean(text), style=style)


class PageConsole(Console):
    """A console that tells its caller when nobody reads any more, instead of leaving the program."""

    def on_broken_pipe(self) -> None:
        """Hand the error on."""
        raise BrokenPipeError


def make_console(
    file: TextIO | None = None, *, width: int | None = None, color: bool = True, stderr: bool = False
) -> Console:
    """A console for pages: no markup, no emoji codes, no highlighting; no codes at all where `color` is False."""
    return PageConsole(
        file=file,
        stderr=stderr,
        width=width,
        theme=THEME,
        markup=False,
        emoji=False,
        highlight=False,
        color_system="auto" if color else None,
    )


class Notes:
    """Short notes joined by middle dots; lines break between notes, so that none begins with a dot."""

    def __init__(self, parts: Iterable[Text | str], lead: Text | None = None, indent: int = 0) -> None:
        inked = (ink(part, "soft") if isinstance(part, str) else part for part in parts)
        self.parts = [part for part in inked if part.plain]
        self.lead, self.indent = lead, indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines; all but the first are indented."""
        room = max(10, options.max_width - self.indent)
        rows = (row for line in self._lines(console, room) for row in line.wrap(console, room))
        for number, row in enumerate(rows):
            row.rstrip()
            yield Text(" " * self.indent) + row if number else row

    def _lines(self, console: Console, room: int) -> Iterator[Text]:
        line = self.lead.copy() if self.lead else Text()
        joint = "  " if self.lead else ""
        for part in self.parts:
            # a note longer than half a line is let run on, else its forerunner would stand alone
            used = line.cell_len if line.cell_len <= room else line.wrap(console, room)[-1].cell_len
            if used and used + len(joint) + part.cell_len > room and part.cell_len <= room // 2:
                yield line
                line, joint = Text(), ""
            line = line + Text(joint, style="soft") + part
            joint = " · "
        if line.plain:
            yield line


class Rail:
    """A renderable with a rail down its left side, repeated on every line it wraps to."""

    def __init__(self, inner: ConsoleRenderable, mark: str, style: str) -> None:
        self.inner, self.mark, self.style = inner, mark, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The inner lines, each behind the rail."""
        room = options.update_width(max(20, options.max_width - MARGIN))
        edge = Segment(f" {self.mark} ", console.get_style(self.style, default=Style.null()))
        for line in console.render_lines(self.inner, room, pad=False):
            yield edge
            yield from without_trailing_space(line)
            yield Segment.line()


def without_trailing_space(line: list[Segment]) -> list[Segment]:
    """The line without the blanks rich pads and wraps with: they end up in files and in what people copy."""
    while line and not line[-1].text.strip():
        line = line[:-1]
    return [*line[:-1], Segment(line[-1].text.rstrip(), line[-1].style)] if line else []


class Trimmed:
    """A renderable without blanks at the ends of its lines."""

    def __init__(self, inner: RenderableType) -> None:
        self.inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The inner lines, trimmed."""
        for line in console.render_lines(self.inner, options, pad=False):
            yield from without_trailing_space(line)
            yield Segment.line()


class Heading:
    """A section's name, a rule to the right margin, and what it holds."""

    def __init__(self, name: str, note: str, style: str) -> None:
        self.name, self.note, self.style = name, note, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """One line, or two where the note finds no room."""
        room = options.max_width - len(self.name) - len(self.note) - 2
        yield Text("")
        line = Text(self.name, style=f"{self.style} bold")
        if room < 3:
            yield line
            yield Text(self.note, style="soft")
            return
        yield line + Text(f" {'─' * room}" + (f" {self.note}" if self.note else "─"), style="soft")
