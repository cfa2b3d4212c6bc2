"""Own actors into the file that reading looks into."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from diurna import console
from diurna.cli_shell import DONE, FAILURES, KEPT, consoles, write_lines
from diurna.settings import ACTORS_FILE, Settings


def run_actors(
    files: Sequence[str], settings: Settings, kind: str | None, output: Path | None, *, as_json: bool, quiet: bool
) -> int:
    """Add actors to the file of own actors; the exit code."""
    from diurna.flow.ownactors import import_actors

    err = consoles(settings)[1]
    to = output or Path(settings.actors or ACTORS_FILE)
    found = import_actors(files, to, kind)
    console.print_failures(found.failures[:KEPT], len(found.failures), err)
    if as_json:
        write_lines([{"to": str(to), "actors": found.actors, "added": found.added, "failures": len(found.failures)}])
    elif not quiet:
        err.print(f"{found.added:,} actors added; {to} has {found.actors:,} now.", soft_wrap=True)
        if output is not None and str(output) != (settings.actors or ACTORS_FILE):
            err.print(f'Reading looks into it with actors = "{output}" in diurna.toml.', soft_wrap=True)
    return FAILURES if found.failures else DONE
