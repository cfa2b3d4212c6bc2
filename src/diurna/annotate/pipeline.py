"""The annotators in their order: one report in, its records out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from diurna.annotate.actors.mentions import code_of, find_actors
from diurna.annotate.actors.places import find_places
from diurna.annotate.assemble import Drafts, assemble
from diurna.annotate.events.events import find_events
from diurna.annotate.parse import DEFAULT_PIPELINE, Parse, Parser
from diurna.annotate.relations import find_relations
from diurna.annotate.statements.attribution import find_statements
from diurna.annotate.statements.combine import Agreement, Tagged
from diurna.annotate.times.times import find_times
from diurna.errors import MissingPartError
from diurna.model.record import Reading
from diurna.model.report import Report

if TYPE_CHECKING:
    from diurna.annotate.events.typehead import TypeHead
    from diurna.annotate.tagger.tagger import Encoded, Tagger
    from diurna.model.annotation import EventDraft

Engine = Literal["auto", "rules"]

TAGGER = Path(__file__).parent.parent / "weights" / "tagger"
"""Where the learned tagger of statements lies."""

TYPE_HEAD = Path(__file__).parent.parent / "weights" / "events"
"""Where the learned head for the types of deeds lies."""


@dataclass(frozen=True, slots=True)
class AnnotateOptions:
    """How to annotate.

    Attributes:
        engine: "rules" uses no learned model of ours; "auto" uses the tagger of statements, and the head
            that looks again at the types of deeds, where they are installed.
        pipeline: the spaCy pipeline that parses.
    """

    engine: Engine = "auto"
    pipeline: str = DEFAULT_PIPELINE


class Annotator:
    """Reads reports one at a time; the same text gives the same records in every run.

    Raises:
        MissingPartError: the spaCy pipeline is not installed.
    """

    def __init__(self, options: AnnotateOptions | None = None) -> None:
        self.options = options or AnnotateOptions()
        self._parser = Parser(self.options.pipeline)
        self._tagger = load_tagger() if self.options.engine == "auto" else None

    def annotate(self, report: Report) -> Reading:
        """All records of one report, without the judgements that `link` adds."""
        parse = self._parser.parse(report)
        found = find_times(parse, report)
        places = find_places(parse)
        events = find_events(parse, found.times, places)
        tagged: Tagged | None = None
        if self._tagger is not None:
            told, encoded = self._tagger.read(report.text)
            tagged = Tagged(told, _agreement())
            events = self._retyped(parse, events, encoded)
        drafts = Drafts(
            anchor=found.anchor,
            times=found.times,
            actors=find_actors(parse),
            statements=find_statements(parse, tagged),
            events=events,
            relations=find_relations(parse),
        )
        return assemble(report, parse, drafts, code_of)

    def _retyped(self, parse: Parse, events: list[EventDraft], encoded: list[Encoded]) -> list[EventDraft]:
        """The deeds with the types the learned head is sure of; as they are where it is not installed."""
        head = load_type_head()
        if head is None:
            return events
        from diurna.annotate.events.typehead import retype

        return retype(events, encoded, [parse.sentence_around(one.trigger) for one in events], head)


@cache
def load_tagger() -> Tagger | None:
    """The learned tagger, loaded once a process; None where its libraries or its weights are not installed."""
    try:
        from diurna.annotate.tagger.tagger import Tagger

        return Tagger(TAGGER)
    except (ImportError, MissingPartError):
        return None


@cache
def load_type_head() -> TypeHead | None:
    """The learned head for the types of deeds, loaded once a process; None where it is not installed."""
    try:
        from diurna.annotate.events.typehead import TypeHead

        return TypeHead(TYPE_HEAD)
    except (ImportError, MissingPartError):
        return None


@cache
def _agreement() -> Agreement:
    return Agreement.load(TAGGER / "agreement.json")
