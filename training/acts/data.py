"""Marked statements as examples for the head of acts: offsets and labels from here, texts from `../shared`."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from diurna.annotate.statements.acthead import ACTS, Ints, Marked, Words, mark
from diurna.annotate.tagger.tagger import Encoded, load_tokenizer
from diurna.annotate.tagger.windows import windows
from diurna.model.annotation import Stance, StatementDraft
from diurna.model.report import Report
from diurna.model.span import Span
from diurna.sources.reader import read_sources


@dataclass(frozen=True, slots=True)
class Example:
    """A marked statement, `ids` its word pieces; `report` is what it stands in, `found` the rules' act."""

    marked: Marked
    ids: Ints
    act: int
    found: int
    report: str
    drawn: str


def texts(folders: list[Path], wanted: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    """File, id and text of each wanted report, found in one of the folders."""
    for name, ids in sorted(wanted.items()):
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is None:
            raise FileNotFoundError(f"{name}: in none of {', '.join(map(str, folders))}")
        for report in read_sources([path]):
            if isinstance(report, Report) and report.source_id in ids:
                yield name, report.source_id or "", report.text


def examples(marks: Path, folders: list[Path], tagger: Path, limit: int | None = None) -> Iterator[Example]:
    """The marked statements that are statements, as word pieces; of `limit` reports only, if that is given.

    Raises:
        FileNotFoundError: a file of texts is in none of the folders.
        ValueError: a text is not the one that was marked.
    """
    tokenizer = load_tokenizer(tagger / "tokenizer.json")
    rows = [json.loads(line) for line in marks.read_text(encoding="utf8").splitlines()][:limit]
    by_report = {(row["file"], row["id"]): row for row in rows}
    wanted: dict[str, set[str]] = {}
    for file, one in by_report:
        wanted.setdefault(file, set()).add(one)
    for file, one, text in texts(folders, wanted):
        row = by_report[file, one]
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != row["text_sha256"]:
            raise ValueError(f"{file}: {one} is not the text that was marked")
        none = np.zeros((0, 0), dtype=np.float16)
        words = Words([Encoded(one.words, none, one.firsts, one.ids) for one in windows(text, tokenizer)])
        for statement in row["statements"]:
            found = mark(words, draft(statement)) if statement["act"] else None
            if found is not None:
                read = statement["read"]["act"]
                ids = words.ids[found.pieces]
                yield Example(
                    found, ids, ACTS.index(statement["act"]), ACTS.index(read), f"{file} {one}", statement["drawn"]
                )


def draft(row: dict[str, Any]) -> StatementDraft:
    """A marked statement as reading had drafted it when it was marked."""
    read = row["read"]
    return StatementDraft(
        speaker=Span(*row["speaker"]) if row["speaker"] else None,
        speaker_kind=None,
        cue=tuple(Span(*one) for one in row["cue"]),
        cue_lemma="",
        content=tuple(Span(*one) for one in row["content"]),
        manner=read["manner"],
        stance=Stance(read["act"], read["polarity"], read["certainty"]),
        rule=read["rule"],
        parent=0 if read["nested"] else None,
        form=read["form"],
    )
