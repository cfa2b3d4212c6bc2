"""Readings the export tests write: four of the demo's reports, as they were read once, and one built by hand.

`python -m tests.export.samples` writes the golden files again; with `--read` it reads the reports anew first.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import replace
from importlib import resources
from pathlib import Path

from diurna.export.format import About
from diurna.export.formats import FORMATS
from diurna.model.codec import reading_from_dict
from diurna.model.jsonschema import reading_schema
from diurna.model.record import Place, Reading
from tests.readings import TUESDAY, reading

GOLDEN = Path(__file__).parent / "golden"
READINGS = GOLDEN / "readings.jsonl"
SCHEMA = Path(__file__).parents[2] / "docs" / "reading.schema.json"
ABOUT = About("The hand-over of the Harrow weapons", "CC-BY-4.0")
_CHOSEN = ("demo-02", "demo-06", "demo-10", "demo-13")


def placed() -> Reading:
    """The reading, its first event a deed with a day and a town, written down with marks that formats trip over."""
    one = reading()
    first = one.events[0]
    place = Place(first.evidence.span, "Upper Harrow", 45.5, 9.25, "XXA", 7, "city")
    deed = replace(first, realis="actual", attributed_to=None, happened_at=TUESDAY, place=place, cameo="141")
    return replace(one, events=(deed, *one.events[1:]))


def samples() -> list[Reading]:
    """All of them."""
    lines = READINGS.read_text(encoding="utf-8").splitlines()
    return [*(reading_from_dict(json.loads(line)) for line in lines), placed()]


def written(name: str, *readings: Reading) -> bytes:
    """The file of this format."""
    return b"".join(FORMATS[name].pieces(readings or samples(), ABOUT))


def shown(name: str, data: bytes) -> str:
    """A file as text: binary ones unpacked, since libraries may pack them otherwise tomorrow."""
    if name == "parquet":
        import pyarrow.parquet as pq

        table = pq.read_table(io.BytesIO(data))
        rows = (json.dumps(row, ensure_ascii=False) for row in table.to_pylist())
        return "\n".join([*(f"{one.name}: {one.type}" for one in table.schema), *rows, ""])
    if name == "datapackage":
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            return "".join(f"=== {one}\n{pack.read(one).decode()}" for one in pack.namelist())
    return data.decode("utf-8")


def _read_anew() -> None:
    from diurna.flow.reading import ReadJob, read_reports

    with resources.as_file(resources.files("diurna").joinpath("demo/reports.jsonl")) as path:
        found = [one for one in read_reports(ReadJob((str(path),))) if isinstance(one, Reading)]
    lines = [json.dumps(one.to_dict(), ensure_ascii=False) for one in found if one.report.source_id in _CHOSEN]
    READINGS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write the golden files."""
    if "--read" in sys.argv:
        _read_anew()
    for name in FORMATS:
        (GOLDEN / f"{name}.txt").write_text(shown(name, written(name)), encoding="utf-8", newline="")
    SCHEMA.write_text(json.dumps(reading_schema(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
