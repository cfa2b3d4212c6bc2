"""Score names of one text that are one: python benchmarks/actors/aliases.py alias_gum.jsonl [gum.jsonl] [-v].

Of every text the names of all bearers with two or more are given, with what they name (a person, or not), and the
text where the second file has it. Texts are in halves by the hash of their names; rules were tuned on half 0.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from diurna.link.within import Form, groups_within

Row = dict[str, Any]


def half_of(text: str) -> int:
    """Which half a text is in."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a JSONL file."""
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def forms_of(rows: Sequence[Row]) -> list[tuple[Form, str]]:
    """The names of one text, each with whose it is."""
    return [
        (Form(name, "person" if row["type"] == "person" else "body", count), row["wiki"])
        for row in rows
        for name, count in row["forms"].items()
    ]


def score(texts: Mapping[str, Sequence[Row]], words: Mapping[str, str], verbose: bool) -> Row:
    """Pairs of names of one bearer, those of them that are joined, and joined ones of two bearers."""
    there = right = wrong = 0
    for key, rows in texts.items():
        forms = forms_of(rows)
        groups = groups_within([form for form, _ in forms], words.get(key, ""))
        for (one, mine), (other, theirs) in combinations(forms, 2):
            joined, same = groups.root(one.id) == groups.root(other.id), mine == theirs
            there, right, wrong = there + same, right + (same and joined), wrong + (joined and not same)
            if verbose and joined != same:
                print(f"{key}: {'missed' if same else 'wrong'}: {one.text} | {other.text}", file=sys.stderr)
    return {
        "pairs": there, "joined": right, "wrong": wrong, "recall": round(100 * right / max(1, there), 1),
        "precision": round(100 * right / max(1, right + wrong), 1),
    }  # fmt: skip


def main() -> None:
    """Print the score of both halves and of all."""
    paths = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    texts: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(paths[0]):
        texts[row["doc"]].append(row)
    words = {row["id"]: " ".join(row["tokens"]) for row in rows_of(paths[1])} if len(paths) > 1 else {}
    for half in (0, 1):
        some = {key: rows for key, rows in texts.items() if half_of(key) == half}
        print(f"half {half}", json.dumps(score(some, words, "-v" in sys.argv and half == 0)))
    print("all", json.dumps(score(texts, words, verbose=False)))


if __name__ == "__main__":
    main()
