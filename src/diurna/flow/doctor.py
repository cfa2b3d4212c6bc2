"""Is everything there that reading needs, does it work, and what to do where it does not."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping

from diurna.annotate.parse import DEFAULT_PIPELINE
from diurna.annotate.pipeline import AnnotateOptions, load_tagger
from diurna.errors import DiurnaError
from diurna.flow import inventory
from diurna.flow.inventory import Finding, version_of
from diurna.flow.reading import annotator_for, read_report
from diurna.settings import Settings, unknown_variables
from diurna.sources.reader import report_from_text

__all__ = ["Finding", "examine"]

_OLDEST_PYTHON, _NEWEST_PYTHON = (3, 11), (3, 13)
_LEARNED = ("onnxruntime", "tokenizers")

_SENTENCE = "The ministry said on Friday that soldiers had left the valley."
"""A statement about a deed: reading it takes every part of the machine."""


def examine(settings: Settings, environ: Mapping[str, str]) -> tuple[Finding, ...]:
    """Everything the doctor looks at, in order; nothing here touches the network."""
    return (
        _python(),
        *inventory.needed_packages(),
        *inventory.inside(),
        _pipeline(settings.pipeline or DEFAULT_PIPELINE),
        _learned_parts(),
        *inventory.extras(),
        *inventory.plugins(),
        _settings(settings, environ),
        inventory.ledger(settings.ledger),
        _trial(settings),
    )


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < _OLDEST_PYTHON:
        return Finding("Python", "bad", version, "Diurna needs Python 3.11 or newer")
    if sys.version_info[:2] > _NEWEST_PYTHON:
        return Finding(
            "Python", "optional", f"{version} is newer than what Diurna is tried on", "3.13 is the newest tried"
        )
    return Finding("Python", "good", version)


def _pipeline(name: str) -> Finding:
    label = "spaCy pipeline"
    if importlib.util.find_spec(name) is None:
        return Finding(label, "bad", f"{name} is not installed", f"python -m pip install {name.replace('_', '-')}")
    version = version_of(name) or version_of(name.replace("_", "-"))
    return Finding(label, "good", " ".join(part for part in (name, version) if part))


def _learned_parts() -> Finding:
    label = "learned tagger"
    missing = [name for name in _LEARNED if importlib.util.find_spec(name) is None]
    if missing:
        remedy = f"python -m pip install {' '.join(missing)}"
        return Finding(label, "optional", f"no {' and no '.join(missing)}: reading goes by rules alone", remedy)
    if load_tagger() is None:
        return Finding(label, "optional", "its weights are not there: reading goes by rules alone", inventory.AGAIN)
    return Finding(label, "good", ", ".join(f"{name} {version_of(name)}" for name in _LEARNED))


def _settings(settings: Settings, environ: Mapping[str, str]) -> Finding:
    said = f"engine {settings.engine}, pipeline {settings.pipeline or DEFAULT_PIPELINE}"
    if settings.annotators:
        said += f", annotators {', '.join(settings.annotators)}"
    unknown = unknown_variables(environ)
    said += f", own actors {settings.actors}" if settings.actors else ""
    if unknown:
        return Finding("settings", "optional", said, f"no setting answers to {', '.join(unknown)}")
    return Finding("settings", "good", said)


def _trial(settings: Settings) -> Finding:
    label = "a trial reading"
    try:
        options = AnnotateOptions(
            settings.engine, settings.pipeline or DEFAULT_PIPELINE, settings.annotators, actors=settings.actors
        )
        reading = read_report(report_from_text(_SENTENCE, title=None, published="2024-03-29"), annotator_for(options))
    except (DiurnaError, ImportError, OSError) as fault:
        return Finding(label, "bad", f"{type(fault).__name__}: {fault}")
    faults = list(_trial_faults(len(reading.statements), [f"{f.stage}: {f.reason}" for f in reading.failures]))
    if faults:
        return Finding(label, "bad", "; ".join(faults), "report this with the lines above")
    return Finding(label, "good", "one sentence read, its words found where they stand")


def _trial_faults(statements: int, failures: list[str]) -> Iterator[str]:
    yield from failures
    if not statements:
        yield "the statement in a plain sentence was not found"
