"""Known faults of what is locked, looked up without a network.

python -m tools.advisories PyPI.zip      every advisory that touches a version in requirements.lock; ends with 1 on any

The advisories are records of the Open Source Vulnerability format (ossf.github.io/osv-schema), in a folder or a
zip: what osv.dev hands out for PyPI, and the `vulns` of PyPA's advisory-database turned to JSON, are such.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tools.supply import locked


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A locked package an advisory speaks of."""

    package: str
    version: str
    advisory: str
    fixed: tuple[str, ...]
    summary: str

    def __str__(self) -> str:
        """One line."""
        way_out = f"fixed in {', '.join(self.fixed)}" if self.fixed else "no fixed version is named"
        return f"{self.package} {self.version}: {self.advisory}, {way_out}. {self.summary}".rstrip()


def main() -> int:
    """Look up what is locked."""
    parser = argparse.ArgumentParser(prog="python -m tools.advisories", description=__doc__)
    parser.add_argument("advisories", type=Path, help="a folder or a zip of OSV records")
    asked = parser.parse_args()
    if not asked.advisories.exists():
        parser.error(f"{asked.advisories} is not there; osv.dev hands out a PyPI zip")
    versions = {name: version for name, (version, _) in locked().items()}
    records = list(read(asked.advisories))
    if not records:
        parser.error(f"{asked.advisories} holds no OSV record (JSON with `id` and `affected`)")
    found = sorted(set(look_up(versions, records)))
    for one in found:
        print(one)
    print(
        f"{len(versions)} locked packages held against {len(records)} advisories: {len(found)} found", file=sys.stderr
    )
    return 1 if found else 0


def read(place: Path) -> Iterator[Mapping[str, Any]]:
    """The OSV records of a folder (with all below it) or of a zip; other JSON is passed over."""
    if place.is_dir():
        texts: Iterable[bytes] = (path.read_bytes() for path in sorted(place.rglob("*.json")))
    else:
        box = zipfile.ZipFile(place)
        texts = (box.read(name) for name in box.namelist() if name.endswith(".json"))
    for text in texts:
        record = json.loads(text)
        if isinstance(record, dict) and "id" in record and "affected" in record:
            yield record


def look_up(versions: Mapping[str, str], records: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """What the advisories, withdrawn ones left out, say of these versions of PyPI packages (by normalised name)."""
    for record in records:
        if record.get("withdrawn"):
            continue
        for touched in record["affected"]:
            package = touched.get("package", {})
            name = canonicalize_name(str(package.get("name", "")))
            if package.get("ecosystem") != "PyPI" or name not in versions or not _touches(touched, versions[name]):
                continue
            fixed = {str(event["fixed"]) for one in _ranges(touched) for event in one["events"] if "fixed" in event}
            summary = " ".join(str(record.get("summary") or record.get("details") or "").split())[:160]
            yield Finding(name, versions[name], str(record["id"]), tuple(sorted(fixed)), summary)


def _ranges(touched: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Ranges of versions; those of commits say nothing of a release."""
    return [one for one in touched.get("ranges", ()) if one.get("type") != "GIT"]


def _touches(touched: Mapping[str, Any], version: str) -> bool:
    return version in touched.get("versions", ()) or any(
        _within(Version(version), one["events"]) for one in _ranges(touched)
    )


def _within(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    """Whether a version is inside a range of OSV events; the schema's own algorithm."""
    touched = False
    for kind, at in sorted(((k, _version(v)) for event in events for k, v in event.items()), key=lambda one: one[1]):
        if kind == "introduced" and version >= at:
            touched = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            touched = False
    return touched


def _version(said: str) -> Version:
    """A version as PEP 440 has it; anything else sorts first, so that doubt counts as touched."""
    try:
        return Version(said)
    except InvalidVersion:
        return Version("0")


if __name__ == "__main__":
    sys.exit(main())
