"""A small reading with one record of every kind, over a text of ours about an invented country."""

from diurna.model.record import (
    Actor,
    Channel,
    Commitment,
    Content,
    Cue,
    Event,
    Evidence,
    Failure,
    Gap,
    Number,
    Numbers,
    Party,
    Place,
    Reading,
    Relation,
    ScopeTest,
    Speaker,
    Statement,
    TimeExpression,
)
from diurna.model.report import Block, Report, content_hash, report_id
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue

TEXT = "Oren T. said on Friday that 20 Harrowmen had marched in Upper Harrow."


def span_of(part: str, text: str = TEXT) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def report(text: str = TEXT) -> Report:
    return Report(
        id=report_id(url=None, outlet="Northern Wire", source_id="7", title=None, text=text),
        source_id="7",
        version=content_hash("v", text),
        title=None,
        url=None,
        outlet="Northern Wire",
        author=None,
        published=None,
        language="en",
        text=text,
        blocks=(Block("body", Span(0, len(text))),),
    )


def full_reading() -> Reading:
    whole = Evidence(Span(0, len(TEXT)), TEXT, "test", 0.5)
    friday = TimeValue("2030-03-01", "2030-03-01", "day", "Friday")
    statement = Statement(
        id="st-1",
        speaker=Speaker(span_of("Oren T."), "Oren T.", "ac-1", "ac-2", "named"),
        cue=Cue((span_of("said"),), "say"),
        content=Content((span_of("that 20 Harrowmen had marched in Upper Harrow"),), "that 20 Harrowmen had marched"),
        manner="indirect",
        act="assert",
        addressee=Party(None, "reporters", None),
        channel=Channel(span_of("on"), "on"),
        said_at=friday,
        polarity="positive",
        certainty="certain",
        hedges=(span_of("had"),),
        parent=None,
        evidence=whole,
    )
    crowd = span_of("20 Harrowmen")
    event = Event(
        id="ev-1",
        trigger=span_of("marched"),
        type="PROTEST",
        mode=None,
        contexts=("political",),
        quad=4,
        cameo="141",
        actors=(Party(crowd, "20 Harrowmen", "ac-2", None, "CVL"),),
        recipients=(),
        place=Place(span_of("Upper Harrow"), "Upper Harrow", None, None, None, None, "unknown"),
        happened_at=friday,
        realis="actual",
        numbers=Numbers(participants=Number(20, 20, "20", span_of("20"))),
        attributed_to="st-1",
        evidence=whole,
    )
    return Reading(
        report=report(),
        anchor=friday,
        actors=(
            Actor("ac-1", "Oren T.", "person", None, None, ("deputy",), (), (span_of("Oren T."),)),
            Actor("ac-2", "Harrowmen", "group", None, "CVL", (), (), (crowd,)),
        ),
        statements=(statement,),
        events=(event,),
        relations=(Relation("re-1", "speaks_for", "ac-1", "ac-2", "positive", "st-1", whole),),
        commitments=(Commitment("cm-1", "promise", "ac-1", None, "march", None, ("peacefully",), friday, "st-1"),),
        gaps=(
            Gap(
                "gp-1",
                "denied_deed",
                "st-1",
                "ev-1",
                (ScopeTest("same actor", "pass", "both say so"),),
                0.7,
                "unsure",
                "Why.",
            ),
        ),
        times=(TimeExpression(span_of("Friday"), "Friday", friday),),
        failures=(Failure("link", "nothing"),),
    )
