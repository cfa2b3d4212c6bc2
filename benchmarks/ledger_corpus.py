"""A large corpus of ready readings: real ones again and again, each time re-dated and its actors renamed.

    python benchmarks/ledger_corpus.py READINGS.jsonl... --statements 200000 > corpus.jsonl

READINGS are output of `diurna read --json`; a reading that stands there twice counts once, as it does in a ledger.
Names become others of the same length, so that every span stays true.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from diurna.model.report import content_hash

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?!\d)")
_ID = re.compile(r"\b(st|ev|ac|re|cm|gp)-([0-9a-f]{20})\b")
_CAPITAL = re.compile(r"[A-Z][a-z]{3,}")
_BEGINS = r"(?:\b|(?<=\\[nrt]))"
"""Where a word of a line of JSON begins: also right after a line break, which is written `\\n` there."""

_STEP = 37
"""Days by which every copy is later than the one before."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def corpus(paths: Sequence[Path], statements: int, copy: int = 0) -> Iterator[str]:
    """Lines as `diurna read --json` writes them, until they hold so many statements; `copy` is the first copy."""
    lines = list(_distinct(paths))
    made = 0
    while made < statements:
        for line in lines:
            row = _copy(line, copy)
            made += row.count('"id": "st-')
            yield row
            if made >= statements:
                return
        copy += 1


def _distinct(paths: Sequence[Path]) -> Iterator[str]:
    """The lines of the files, each version of a report once."""
    seen: set[tuple[str, str]] = set()
    for path in paths:
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            report = json.loads(line)["report"]
            if (key := (report["id"], report["version"])) not in seen:
                seen.add(key)
                yield line


def _copy(line: str, number: int) -> str:
    if not number:
        return line
    line = moved_by(line, number)
    mask = mask_of(number)
    line = _ID.sub(lambda found: f"{found[1]}-{int(found[2], 16) ^ mask:020x}", line)
    names = {word for found in re.findall(r'"name": "([^"]+)"', line) for word in _CAPITAL.findall(found)}
    if names:
        known = re.compile(_BEGINS + "(?:" + "|".join(sorted(names)) + r")\b")
        line = known.sub(lambda found: _renamed(found[0], number), line)
    row = json.loads(line)
    report = row["report"]
    report["version"] = content_hash("vs", report["text"])
    report["url"] = f"{report['url'] or 'https://example.org/' + report['id']}?copy={number}"
    report["id"] = content_hash("rp", "url", report["url"])
    return json.dumps(row, ensure_ascii=False)


def moved_by(text: str, copies: int) -> str:
    """A text with its ISO days as many days earlier as copies are."""
    back = dt.timedelta(days=copies * _STEP)
    return _DAY.sub(lambda found: _moved(found, back), text)


@cache
def mask_of(number: int) -> int:
    """What the ids of records of a copy differ by; 0 of the first, which is as it was read."""
    return int(content_hash("x", number)[2:], 16) if number else 0


def _moved(found: re.Match[str], by: dt.timedelta) -> str:
    try:
        return (dt.date.fromisoformat(found[0]) - by).isoformat()
    except (ValueError, OverflowError):
        return found[0]


def _renamed(word: str, number: int) -> str:
    """Another name of the same length; one name in three copies stays, as the well-known do."""
    if (len(word) + number) % 3 == 0:
        return word
    return word[0] + "".join(_LETTERS[(ord(char) - 97 + number) % 26] for char in word[1:])


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readings", nargs="+", type=Path)
    parser.add_argument("--statements", type=int, default=200_000)
    asked = parser.parse_args()
    for line in corpus(asked.readings, asked.statements):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
