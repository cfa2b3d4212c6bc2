"""Records as a packed folder others can keep: tables, their schema, a licence; a Data Package and an RO-Crate in one.

The ZIP holds `records.csv` (words and deeds), `reports.csv`, `datapackage.json` (Frictionless, with a table schema) and
`ro-crate-metadata.json` (RO-Crate 1.1). Entries carry no clock, so that the same records give the same bytes.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from diurna.export.format import NOTHING_SAID, About
from diurna.export.lines import comma_lines
from diurna.export.sink import Sink
from diurna.export.tables import COLUMNS, COUNTS, MEANINGS, NUMBERS, rows_of
from diurna.model.record import Reading

REPORTS = (
    "report_id",
    "text_version",
    "source_id",
    "outlet",
    "author",
    "title",
    "url",
    "published",
    "language",
    "characters",
)
_MEANINGS = {
    "report_id": "the report, the same in all its versions",
    "text_version": "vs- and 20 hex digits of the SHA-256 of its text in UTF-8",
    "source_id": "the id its input row gave it", "outlet": "who published it", "author": "who wrote it",
    "title": "its headline", "url": "its address", "published": "ISO day or moment it was published",
    "language": "ISO 639-1", "characters": "Unicode code points of its text",
}  # fmt: skip
NO_LICENSE = "Licence not stated. Quotations belong to the publishers of the reports."
_DAY = (1980, 1, 1, 0, 0, 0)
_ROOM = 1 << 20
_TABLES = {"records.csv": "words and deeds, a row each", "reports.csv": "the reports they stand in, a row each"}


def write(readings: Iterable[Reading], about: About = NOTHING_SAID) -> Iterator[bytes]:
    """The ZIP's bytes as they come; the rows of reports wait in a temporary file until the records are through."""
    out = Sink()
    with tempfile.TemporaryFile() as waiting:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
            with pack.open(_entry("records.csv"), "w", force_zip64=True) as file:
                for line in comma_lines(COLUMNS, _noting(readings, waiting)):
                    file.write(line)
                    yield out.taken()
            waiting.seek(0)
            with pack.open(_entry("reports.csv"), "w", force_zip64=True) as file:
                while block := waiting.read(_ROOM):
                    file.write(block)
                    yield out.taken()
            pack.writestr(_entry("datapackage.json"), _json(_package(about)))
            pack.writestr(_entry("ro-crate-metadata.json"), _json(_crate(about)))
        yield out.taken()


def _noting(readings: Iterable[Reading], waiting: IO[bytes]) -> Iterator[tuple[object, ...]]:
    """The rows of records, while the reports they come from are written to `waiting`."""
    waiting.write(b"".join(comma_lines(REPORTS, ())))
    for reading in readings:
        one = reading.report
        published = one.published.earliest if one.published else None
        row = (
            one.id, one.version, one.source_id, one.outlet, one.author, one.title, one.url, published, one.language,
            len(one.text),
        )  # fmt: skip
        waiting.write(b"".join(comma_lines((), (row,))).removeprefix(b"\r\n"))
        yield from rows_of(reading)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _package(about: About) -> dict[str, object]:
    fields = {
        "records.csv": [{"name": n, "type": _type(n), "description": MEANINGS[n]} for n in COLUMNS],
        "reports.csv": [{"name": n, "type": _type(n), "description": _MEANINGS[n]} for n in REPORTS],
    }
    key = {"fields": "report_id", "reference": {"resource": "reports", "fields": "report_id"}}
    resources = [
        {
            "name": name.removesuffix(".csv"), "path": name, "title": says, "profile": "tabular-data-resource",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "schema": {"fields": fields[name], **({"foreignKeys": [key]} if name == "records.csv" else {})},
        }
        for name, says in _TABLES.items()
    ]  # fmt: skip
    row: dict[str, object] = {
        "name": "diurna-records", "title": about.title or "Words and deeds",
        "description": f"Written by Diurna. {_terms(about)}", "schema_version": 1, "resources": resources,
    }  # fmt: skip
    return {**row, "licenses": [_license(about.license)]} if about.license else row


def _license(said: str) -> dict[str, str]:
    return {"path": said} if said.startswith(("http://", "https://")) else {"name": said}


def _terms(about: About) -> str:
    return f"Licence: {about.license}." if about.license else NO_LICENSE


def _type(column: str) -> str:
    if column in NUMBERS:
        return "number"
    return "integer" if column in COUNTS or column == "characters" else "string"


def _crate(about: About) -> dict[str, object]:
    files = [
        {"@id": name, "@type": "File", "name": says, "encodingFormat": "text/csv"} for name, says in _TABLES.items()
    ]
    files.append({
        "@id": "datapackage.json", "@type": "File", "name": "schema of the tables",
        "encodingFormat": "application/json",
    })  # fmt: skip
    is_address = (about.license or "").startswith(("http://", "https://"))
    root: dict[str, object] = {
        "@id": "./", "@type": "Dataset", "name": about.title or "Words and deeds",
        "description": f"Written by Diurna. {_terms(about)}", "hasPart": [{"@id": one["@id"]} for one in files],
        "license": {"@id": about.license} if is_address else (about.license or NO_LICENSE),
    }  # fmt: skip
    head = {
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [head, root, *files]}
