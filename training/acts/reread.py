#!/usr/bin/env python3
"""Write into the marks what the rules make of each marked statement today, so that the head is taught on it.

Run it when the rules for acts, polarity or certainty have changed, then `train.py`.

Example:
    python reread.py --texts ../../../shared/input ../../../shared/gold/statements ../../../shared/gold/links
"""

import argparse
import json
from pathlib import Path
from typing import Any

from data import texts

from diurna.annotate.parse import Parser
from diurna.annotate.pipeline import TAGGER
from diurna.annotate.statements.attribution import find_statements
from diurna.annotate.statements.combine import Agreement, Tagged
from diurna.annotate.tagger.tagger import Tagger
from diurna.model.annotation import StatementDraft
from diurna.model.report import Report
from diurna.sources.reader import read_sources


def as_read(draft: StatementDraft) -> dict[str, Any]:
    """What is kept of a reading beside a mark."""
    return {
        "act": draft.stance.act,
        "polarity": draft.stance.polarity,
        "certainty": draft.stance.certainty,
        "manner": draft.manner,
        "form": draft.form,
        "rule": draft.rule,
        "nested": draft.parent is not None,
    }


def key(cue: Any, content: Any) -> tuple[Any, ...]:
    """What tells one statement of a report from another: the characters of its cue and its content."""
    return tuple(map(tuple, cue)), tuple(map(tuple, content))


def refresh(row: dict[str, Any], drafts: list[StatementDraft]) -> int:
    """Put the readings of one report beside its marks; returns how many marks are no longer read as they stand."""
    found = {key(draft.cue, draft.content): draft for draft in drafts}
    gone = 0
    for mark in row["statements"]:
        draft = found.get(key(mark["cue"], mark["content"]))
        gone += draft is None
        if draft is not None:
            mark["read"] = as_read(draft)
    return gone


def main() -> None:
    """Read every marked report and write the marks anew, in their order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marks", type=Path, default=Path(__file__).with_name("marks.jsonl"))
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="folders the marked texts lie in")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.marks.read_text(encoding="utf8").splitlines()]
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row["file"], set()).add(row["id"])
    reports = reports_of(args.texts, wanted)
    tagger, parsed, agreement = Tagger(TAGGER), Parser(), Agreement.load(TAGGER / "agreement.json")
    gone = 0
    for row in rows:
        report = reports[row["file"], row["id"]]
        tagged = Tagged(tagger.read(report.text)[0], agreement)
        gone += refresh(row, find_statements(parsed.parse(report), tagged))
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    args.marks.write_text("".join(lines), encoding="utf8")
    print(len(rows), "reports;", gone, "marks are no longer read as they stand")


def reports_of(folders: list[Path], wanted: dict[str, set[str]]) -> dict[tuple[str, str], Report]:
    """The wanted reports by file and id."""
    texts_of = {(file, one) for file, one, _ in texts(folders, wanted)}
    found = {}
    for name in sorted(wanted):
        path = next(folder / name for folder in folders if (folder / name).is_file())
        for report in read_sources([path]):
            if isinstance(report, Report) and (name, report.source_id or "") in texts_of:
                found[name, report.source_id or ""] = report
    return found


if __name__ == "__main__":
    main()
