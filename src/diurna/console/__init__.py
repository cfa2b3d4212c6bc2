"""Readings as pages for people: calm, wrapped, told apart by shape and word as well as by ink."""

from diurna.console.ink import make_console
from diurna.console.lists import (
    print_breaches,
    print_failures,
    print_findings,
    print_next_steps,
    print_scores,
    print_summary,
)
from diurna.console.page import print_reading
from diurna.console.progress import AddingProgress, LinkingProgress, ReadingProgress, WritingProgress

__all__ = [
    "AddingProgress",
    "LinkingProgress",
    "ReadingProgress",
    "WritingProgress",
    "make_console",
    "print_breaches",
    "print_failures",
    "print_findings",
    "print_next_steps",
    "print_reading",
    "print_scores",
    "print_summary",
]
