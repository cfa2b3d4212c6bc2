"""Reading whole archives into a lake, for `diurna read --lake`."""

from __future__ import annotations

from pathlib import Path

from diurna import console
from diurna.cli_shell import DONE, FAILURES, KEPT, STOPPED, consoles, write_lines
from diurna.console.progress import AddingProgress
from diurna.flow.many import ManyJob, partitions, read_many
from diurna.flow.reading import ReadJob
from diurna.settings import Settings


def run_many(job: ReadJob, folder: Path, ray: str | None, settings: Settings, *, as_json: bool, quiet: bool) -> int:
    """Read into the lake and say what came of it; the exit code."""
    _, err = consoles(settings)
    many = ManyJob(job, folder, ray)
    reports = failed = done = 0
    reasons: list[str] = []
    stopped = False
    with AddingProgress(err, wanted=not as_json and not quiet) as progress:
        try:
            for one in read_many(many):
                done, reports, failed = done + 1, reports + one.reports, failed + one.failures
                reasons = [*reasons, *one.reasons][:KEPT]
                progress.show(reports)
        except KeyboardInterrupt:
            stopped = True
    console.print_failures(reasons, failed, err)
    row = {"to": str(folder), "partitions": done, "of": len(partitions(many)), "reports": reports, "failures": failed}
    if as_json:
        write_lines([row])
    elif not quiet:
        err.print(f"{reports:,} reports in {folder}: ask them with diurna.Lake", soft_wrap=True)
    if stopped:
        err.print("Stopped; partitions that were done are kept. The same command goes on from there.", soft_wrap=True)
        return STOPPED
    return FAILURES if failed else DONE
