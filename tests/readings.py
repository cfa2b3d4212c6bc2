"""A reading with records of every kind, built by hand over a text of ours about an invented country."""

from __future__ import annotations

import datetime as dt

from diurna.model.record import (
    Act,
    Actor,
    Channel,
    Commitment,
    Content,
    Cue,
    Event,
    EventType,
    Evidence,
    Failure,
    Gap,
    Number,
    Numbers,
    Party,
    Place,
    Reading,
    Realis,
    ScopeTest,
    Speaker,
    Statement,
    TimeExpression,
)
from diurna.model.report import Block, Report, content_hash, report_id
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue, day_value, month_value

HEADLINE = "Trucks leave the valley empty"
PARAGRAPHS = (
    "UPPER HARROW – Deputies sent the collection trucks back empty on Tuesday, before a crowd of 1,400.",
    "“Not one barrel,” Oren Tal, the deputy for the eastern villages, told the crowd, “leaves this valley.”",
    "According to an official briefed on the talks, the envoy warned on Valley Radio that the escort force could "
    "probably enter the valley before the end of March.",
    "The Council’s chair, Maren Oskeld, announced on Thursday that the commanders had agreed to hand in their weapons. "
    "The army denied that it had shelled Stonebridge in the autumn.",
)
TEXT = "\n\n".join((HEADLINE, *PARAGRAPHS))
TUESDAY = TimeValue("2024-03-26", "2024-03-26", "day", "Tuesday")
THURSDAY = TimeValue("2024-03-21", "2024-03-21", "day", "Thursday")
MARCH = month_value(2024, 3, "before the end of March")


def span(part: str, text: str = TEXT) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def evidence(part: str, rule: str = "by hand", text: str = TEXT) -> Evidence:
    return Evidence(span(part, text), part, rule, None)


def report(text: str = TEXT, **fields: object) -> Report:
    blocks, start = [], 0
    for number, part in enumerate(text.split("\n\n")):
        blocks.append(Block("body" if number else "headline", Span(start, start + len(part))))
        start += len(part) + 2
    known: dict[str, object] = {
        "id": report_id(url=None, outlet=None, source_id=None, title=None, text=text),
        "source_id": "h-7",
        "version": content_hash("v", text),
        "title": HEADLINE,
        "url": "https://northernwire.example/trucks",
        "outlet": "Northern Wire",
        "author": "A. Writer",
        "published": day_value(dt.date(2024, 3, 27), "2024-03-27"),
        "language": "en",
        "text": text,
        "blocks": tuple(blocks),
    }
    return Report(**(known | fields))  # type: ignore[arg-type]


def party(part: str, actor: str | None = None) -> Party:
    return Party(span(part), part, actor)


def statement(key: str, speaker: Speaker, cue: str, act: Act, *parts: str, **fields: object) -> Statement:
    spans = tuple(span(part) for part in parts)
    whole = hull([*spans, *([speaker.span] if speaker.span else [])])
    known: dict[str, object] = {
        "id": f"st-{key}",
        "speaker": speaker,
        "cue": Cue((span(cue),) if cue else (), cue),
        "content": Content(spans, " … ".join(parts)),
        "manner": "direct" if parts[0].startswith("“") else "indirect",
        "act": act,
        "addressee": None,
        "channel": None,
        "said_at": None,
        "polarity": "positive",
        "certainty": "certain",
        "hedges": (),
        "parent": None,
        "evidence": Evidence(whole, whole.of(TEXT), "by hand", None),
    }
    return Statement(**(known | fields))  # type: ignore[arg-type]


def event(key: str, trigger: str, kind: EventType, realis: Realis, sentence: str, **fields: object) -> Event:
    known: dict[str, object] = {
        "id": f"ev-{key}",
        "trigger": span(trigger),
        "type": kind,
        "mode": None,
        "contexts": (),
        "quad": 3,
        "cameo": None,
        "actors": (),
        "recipients": (),
        "place": None,
        "happened_at": None,
        "realis": realis,
        "numbers": Numbers(),
        "attributed_to": None,
        "evidence": evidence(sentence),
    }
    return Event(**(known | fields))  # type: ignore[arg-type]


def actors() -> tuple[Actor, ...]:
    return (
        Actor(
            "ac-tal",
            "Oren Tal",
            "person",
            None,
            "REB",
            ("deputy for the eastern villages",),
            ("Tal",),
            (span("Oren Tal"),),
        ),
        Actor("ac-chair", "Maren Oskeld", "person", None, None, ("chair",), (), (span("Maren Oskeld"),)),
        Actor("ac-dep", "Deputies", "group", None, "REB", (), (), (span("Deputies"),)),
        Actor("ac-com", "the commanders", "group", None, "REB", (), (), (span("the commanders"),)),
    )


def statements() -> tuple[Statement, ...]:
    tal = Speaker(span("Oren Tal"), "Oren Tal", "ac-tal", None, "named")
    official = Speaker(
        span("an official briefed on the talks"), "an official briefed on the talks", None, None, "anonymous"
    )
    envoy = Speaker(span("the envoy"), "the envoy", None, None, "role")
    chair = Speaker(span("The Council’s chair"), "The Council’s chair", "ac-chair", "ac-com", "named")
    warned = "the escort force could probably enter the valley before the end of March"
    return (
        statement(
            "tal", tal, "told", "refuse", "“Not one barrel,”", "“leaves this valley.”", addressee=party("the crowd")
        ),
        statement("official", official, "According to", "assert", f"the envoy warned on Valley Radio that {warned}"),
        statement(
            "envoy",
            envoy,
            "warned",
            "warn",
            warned,
            parent="st-official",
            certainty="probable",
            hedges=(span("probably"),),
            channel=Channel(span("Valley Radio"), "Valley Radio"),
        ),
        statement(
            "chair",
            chair,
            "announced",
            "announce",
            "the commanders had agreed to hand in their weapons",
            said_at=THURSDAY,
        ),
    )


def events() -> tuple[Event, ...]:
    crowd = Number(1400, 1400, "1,400", span("1,400"))
    place = Place(span("UPPER HARROW"), "UPPER HARROW", None, None, None, None, "unknown")
    return (
        event(
            "back",
            "sent",
            "REJECT",
            "actual",
            PARAGRAPHS[0],
            actors=(party("Deputies", "ac-dep"),),
            place=place,
            happened_at=TUESDAY,
            numbers=Numbers(participants=crowd),
        ),
        event("agree", "agreed", "AGREE", "actual", PARAGRAPHS[3].split(". ")[0] + ".", attributed_to="st-chair"),
        event("enter", "enter", "MOBILIZE", "possible", PARAGRAPHS[2], attributed_to="st-envoy", happened_at=MARCH),
        event("shell", "shelled", "ASSAULT", "denied", PARAGRAPHS[3].split(". ")[1], actors=(party("The army"),)),
    )


def reading() -> Reading:
    tests = (
        ScopeTest("same actor", "unknown", "deputies may be part of the commanders"),
        ScopeTest("same matter", "pass", "“weapons” and “barrel”"),
        ScopeTest("same time", "fail", "a test that failed"),
    )
    promise = Commitment(
        "cm-1",
        "agreement",
        "ac-com",
        None,
        "hand in their weapons",
        "they are safe",
        ("registered",),
        MARCH,
        "st-chair",
    )
    refusal = Commitment("cm-2", "refusal", "ac-tal", None, "no barrel leaves", None, (), None, "st-tal")
    return Reading(
        report=report(),
        anchor=None,
        actors=actors(),
        statements=statements(),
        events=events(),
        commitments=(promise, refusal),
        gaps=(
            Gap(
                "gp-1",
                "agreement_refused",
                "cm-1",
                "ev-back",
                tests,
                0.86,
                "gap",
                "They agreed, and the trucks went back empty.",
            ),
            Gap(
                "gp-2", "agreement_refused", "st-chair", "cm-2", tests[:1], 0.5, "unsure", "A refusal by another actor."
            ),
        ),
        times=(
            TimeExpression(span("in the autumn"), "in the autumn", TimeValue(None, None, "season", "in the autumn")),
        ),
        failures=(Failure("link", "nothing to worry about"),),
    )
