"""What the conventions of a set made for calendars cost: recognizers-text read by Diurna's rules and by the set's own.

    python benchmarks/time_conventions.py GOLD/times/recognizers.jsonl

The set ends a range the day before its last part begins, and gives "two weeks ago" as one day. Both are done to
Diurna's values here, by rules that see the text and never the gold, and the file is scored again. What cannot be right
at all is counted: times whose gold value is no date. Both halves are given, split by the hash of the text; only the
even one was looked at. Rows of the file that hold an expression without offsets are to be left out before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from diurna.annotate.times.timeunits import add
from diurna.annotate.times.timewords import time_words
from diurna.flow.evaluate import load_gold, score
from diurna.flow.evaluate.gold import GoldFile
from diurna.flow.reading import ReadJob, read_reports
from diurna.model.record import Reading, TimeExpression
from diurna.model.timevalue import range_value

DAY = dt.timedelta(days=1)
COUNTED = re.compile(
    r"(?:(?P<ahead>in) )?(?P<n>\w+) (?P<unit>week|fortnight|month|year)s?"
    r"(?P<back> ago)?(?P<on>['’]?s? time| from now)?",
    re.IGNORECASE,
)

Rule = Callable[[TimeExpression, Reading, dt.date], TimeExpression]


def ranges_end_before(time: TimeExpression, reading: Reading, today: dt.date) -> TimeExpression:
    """A range, ended the day before its last part begins."""
    parts = [one for one in reading.times if one.span != time.span and time.span.contains(one.span)]
    if time.value.precision != "range" or not parts:
        return time
    end = max(parts, key=lambda one: one.span)
    first_of_end = end.value.first_day if end.span.end == time.span.end else today
    return moved(time, time.value.first_day, first_of_end - DAY if first_of_end else None)


def counts_give_days(time: TimeExpression, _: Reading, today: dt.date) -> TimeExpression:
    """What counts weeks, months or years from today, as the very day."""
    found = COUNTED.fullmatch(time.text)
    if found is None or not (found["ahead"] or found["back"] or found["on"]):
        return time
    said = found["n"].lower()
    count = int(said) if said.isdecimal() else time_words().numbers.get(said)
    if count is None:
        return time
    day = add(today, -count if found["back"] else count, found["unit"].lower())
    return moved(time, day, day)


def moved(time: TimeExpression, first: dt.date | None, last: dt.date | None) -> TimeExpression:
    """`time` with other days; itself where one of them is not known or they run backwards."""
    if first is None or last is None or first > last:
        return time
    return replace(time, value=range_value(first, last, time.text))


RULES: tuple[Rule, ...] = (ranges_end_before, counts_give_days)


def by_rules(readings: Iterable[Reading], rules: tuple[Rule, ...]) -> list[Reading]:
    """The readings with their times put as the set puts them."""
    return [replace(one, times=tuple(_by(time, one, rules) for time in one.times)) for one in readings]


def _by(time: TimeExpression, reading: Reading, rules: tuple[Rule, ...]) -> TimeExpression:
    published = reading.report.published
    today = published.first_day if published else None
    for rule in rules:
        time = rule(time, reading, today) if today else time
    return time


def half(gold: GoldFile, odd: bool) -> GoldFile:
    """The reports whose text's hash is odd or even."""
    kept = [one for one in gold.reports if int(hashlib.sha256(one.text.encode()).hexdigest(), 16) % 2 == odd]
    return replace(gold, reports=tuple(kept))


def main(path: Path) -> None:
    """Print the value F1 for one convention more at a time."""
    gold = load_gold(path)
    readings = [one for one in read_reports(ReadJob((str(path),), engine="rules")) if isinstance(one, Reading)]
    values = [days for report in gold.reports for one in report.times if one.scored and (days := one.days)]
    print(f"{len(values)} values, of which no dates: {sum(not days[0][:4].isdecimal() for days in values)}")
    parts = {"all": gold, "looked at": half(gold, odd=False), "not looked at": half(gold, odd=True)}
    for number in range(len(RULES) + 1):
        put = by_rules(readings, RULES[:number])
        figures = ", ".join(f"{name} {score(part, put).value('value_f1')}" for name, part in parts.items())
        print(f"{RULES[number - 1].__name__ if number else 'as read'}: {figures}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
