"""The annotators in their order: one report in, its records out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast

from diurna.annotate.actors.mentions import code_of, find_actors
from diurna.annotate.actors.own import OwnActors, load_own
from diurna.annotate.actors.places import find_places
from diurna.annotate.assemble import Drafts, assemble
from diurna.annotate.events.events import find_events
from diurna.annotate.matrices import one_thread
from diurna.annotate.parse import DEFAULT_PIPELINE, Parse, Parser
from diurna.annotate.relations import find_relations
from diurna.annotate.statements.attribution import find_statements
from diurna.annotate.statements.combine import Agreement, Tagged
from diurna.annotate.times.times import find_times
from diurna.budget import USUAL_BUDGET, within
from diurna.errors import MissingPartError
from diurna.model.record import Reading
from diurna.model.report import Report
from diurna.plugins import load_plugin

if TYPE_CHECKING:
    from diurna.annotate.events.typehead import TypeHead
    from diurna.annotate.statements.acthead import ActHead
    from diurna.annotate.tagger.tagger import Encoded, Tagger
    from diurna.model.annotation import EventDraft, StatementDraft

Engine = Literal["auto", "rules"]

TAGGER = Path(__file__).parent.parent / "weights" / "tagger"
"""Where the learned tagger of statements lies."""

TYPE_HEAD = Path(__file__).parent.parent / "weights" / "events"
"""Where the learned head for the types of deeds lies."""

ACT_HEAD = Path(__file__).parent.parent / "weights" / "acts"
"""Where the learned head for the acts of statements lies."""


@dataclass(frozen=True, slots=True)
class AnnotateOptions:
    """How to annotate.

    Attributes:
        engine: "rules" uses no learned model of ours; "auto" uses the tagger of statements, and the heads
            that look again at acts and at the types of deeds, where they are installed.
        pipeline: the spaCy pipeline that parses.
        annotators: names of plug-ins (entry points in `diurna.annotators`) that go over what was found, in order.
        budget: processor seconds each stage may take over one report; None is without end.
        actors: file of actors people brought along (`diurna actors import`), or None.
    """

    engine: Engine = "auto"
    pipeline: str = DEFAULT_PIPELINE
    annotators: tuple[str, ...] = ()
    budget: float | None = USUAL_BUDGET
    actors: str | None = None


class Annotator:
    """Reads reports one at a time; the same text gives the same records in every run.

    Raises:
        LexiconError: the file of own actors cannot be read or has faults.
        MissingPartError: the spaCy pipeline, or a plug-in that is named, is not installed.
    """

    def __init__(self, options: AnnotateOptions | None = None) -> None:
        self.options = options or AnnotateOptions()
        self._parser = Parser(self.options.pipeline)
        self._own = load_own(self.options.actors) if self.options.actors else None
        self._plugins = tuple(_plugin(name) for name in self.options.annotators)

    def annotate(self, report: Report) -> Reading:
        """All records of one report, without the judgements that `link` adds.

        Raises:
            OverBudgetError: a stage took too long.
        """
        budget, engine = self.options.budget, self.options.engine
        with one_thread():
            learned = engine == "auto" and load_tagger() is not None
            tagging = _Beside("tagger", lambda: _read(report, "auto")) if learned else None
            with within(budget, "parse"):
                parse = self._parser.parse(report)
            reading = annotate_parse(report, parse, engine, budget, self._own, tagging)
        for name, plugin in zip(self.options.annotators, self._plugins, strict=True):
            with within(budget, name):
                reading = plugin(reading)
        return reading


Plugin = Callable[[Reading], Reading]


def _plugin(name: str) -> Plugin:
    found = load_plugin("diurna.annotators", name, callable, "function from a Reading to a Reading")
    return cast("Plugin", found)


def annotate_parse(
    report: Report,
    parse: Parse,
    engine: Engine,
    budget: float | None = None,
    own: OwnActors | None = None,
    tagging: Callable[[], tuple[Tagged | None, list[Encoded]]] | None = None,
) -> Reading:
    """All records of one parsed report, without plug-ins' and without the judgements that `link` adds.

    Args:
        budget: processor seconds each stage may take.
        own: actors people brought along, taken as they were on the day the report is of.
        tagging: what the tagger finds in the report, where it is at it already.

    Raises:
        OverBudgetError: a stage took too long.
    """
    with within(budget, "times"):
        found = find_times(parse, report)
    if own is not None:
        day = report.published or found.anchor
        parse.own = own.on(day.earliest[:10] if day and day.earliest else None)
    with within(budget, "places"):
        places = find_places(parse)
    with within(budget, "actors"):
        actors = find_actors(parse)
    with within(budget, "statements"):
        tagged, encoded = tagging() if tagging else _read(report, engine)
        told = _reacted(find_statements(parse, tagged), encoded)
    with within(budget, "events"):
        events = _retyped(parse, find_events(parse, found.times, places), encoded)
    with within(budget, "relations"):
        relations = find_relations(parse)
    with within(budget, "statements"):
        statements = told()
    drafts = Drafts(found.anchor, found.times, actors, statements, events, relations, found.ranges, places)
    with within(budget, "assemble"):
        return assemble(report, parse, drafts, code_of)


_Found = TypeVar("_Found")


class _Beside(Generic[_Found]):
    """Work in a thread of its own that lets go of the GIL: the learned networks, while the parse or the rules go on.

    Called, it waits for what the work gives, and raises what it raised. The stage that waits counts the time; a watch
    of its own would hold the work up at every start.
    """

    def __init__(self, name: str, work: Callable[[], _Found]) -> None:
        self._work = work
        self._found: _Found | None = None
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=f"diurna-{name}", daemon=True)
        self._thread.start()

    def __call__(self) -> _Found:
        self._thread.join()
        if self._fault is not None:
            raise self._fault
        return cast("_Found", self._found)

    def _run(self) -> None:
        try:
            self._found = self._work()
        except Exception as fault:  # it is raised where it is waited for
            self._fault = fault


def _read(report: Report, engine: Engine) -> tuple[Tagged | None, list[Encoded]]:
    """What the tagger finds, and the encoding it made; None and nothing where reading goes by rules alone."""
    tagger = load_tagger() if engine == "auto" else None
    if tagger is None:
        return None, []
    told, encoded = tagger.read(report.text)
    return Tagged(told, _agreement()), encoded


def _reacted(statements: list[StatementDraft], encoded: list[Encoded]) -> Callable[[], list[StatementDraft]]:
    """The statements with the acts the learned network is sure of; as they are without an encoding or the network."""
    head = load_act_head() if encoded else None
    if head is None:
        return lambda: statements
    from diurna.annotate.statements.acthead import Reaction

    reaction = Reaction(statements, encoded, head)
    halves = [_Beside(f"acts-{k}", partial(reaction.of, range(k, len(statements), 2))) for k in range(2)]

    def whole() -> list[StatementDraft]:
        found = dict(pair for half in halves for pair in half())
        return [found[i] for i in range(len(statements))]

    return whole


def _retyped(parse: Parse, events: list[EventDraft], encoded: list[Encoded]) -> list[EventDraft]:
    """The deeds with the types the learned head is sure of; as they are without an encoding or the head."""
    head = load_type_head() if encoded else None
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
def load_act_head() -> ActHead | None:
    """The learned head for the acts of statements, loaded once a process; None where it is not installed."""
    try:
        from diurna.annotate.statements.acthead import ActHead

        return ActHead(ACT_HEAD)
    except (ImportError, MissingPartError):
        return None


@cache
def _agreement() -> Agreement:
    return Agreement.load(TAGGER / "agreement.json")
