"""Drafts become records: parents, first persons, the words a deed rests on, times of saying."""

from __future__ import annotations

from diurna.annotate.assemble import Drafts, assemble
from diurna.annotate.indexes import ContentIndex
from diurna.model.annotation import ActorCode, ActorDraft, EventDraft, Stance, StatementDraft
from diurna.model.record import Reading, TimeExpression
from diurna.model.report import Block, Report
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue
from tests.annotate.builders import parse_of

TEXT = "Kors said the envoy warned: We will march."
GRAMMAR = (
    "Kors|NNP|nsubj|2 said|VBD|ROOT|0 the|DT|det|4 envoy|NN|nsubj|5 warned|VBD|ccomp|2 :|:|punct|5 "
    "We|PRP|nsubj|9 will|MD|aux|9 march|VB|ccomp|5 .|.|punct|2"
)


def at(part: str) -> Span:
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


def statement(speaker: str, cue: str, content: str) -> StatementDraft:
    stance = Stance("assert", "positive", "certain")
    return StatementDraft(at(speaker), None, (at(cue),), cue, (at(content),), "indirect", stance, "test")


OUTER = statement("Kors", "said", "the envoy warned: We will march")
INNER = statement("the envoy", "warned", "We will march")
PLAN = statement("We", "will", "march")


def read(*statements: StatementDraft) -> Reading:
    actors = [
        ActorDraft("Kors", "person", None, "GOV", (), (), (at("Kors"),)),
        ActorDraft("the envoy", "person", None, None, (), (), (at("the envoy"),)),
    ]
    event = EventDraft(at("march"), "PROTEST", None, (), None, (at("We"),), (), "planned", "test", at("We will march"))
    report = Report("rp-1", None, "v-1", None, None, None, None, None, "en", TEXT, (Block("body", Span(0, len(TEXT))),))
    drafts = Drafts(None, (), actors, statements, [event], ())
    return assemble(report, parse_of((TEXT, [GRAMMAR])), drafts, lambda _parse, _span: ActorCode(None, None))


def test_the_parent_is_the_narrowest_statement_around_cue_and_content() -> None:
    outer, inner, plan = read(OUTER, INNER, PLAN).statements
    assert (outer.parent, inner.parent, plan.parent) == (None, outer.id, inner.id)


def test_we_are_whoever_speaks_around_it() -> None:
    reading = read(OUTER, INNER, PLAN)
    envoy = next(actor.id for actor in reading.actors if actor.name == "the envoy")
    assert reading.statements[2].speaker.actor == envoy
    assert reading.events[0].actors[0].actor == envoy


def test_we_alone_are_nobody_known() -> None:
    assert read(PLAN).statements[0].speaker.actor is None


def test_a_deed_rests_on_the_narrowest_words_around_it() -> None:
    reading = read(OUTER, INNER)
    assert reading.events[0].attributed_to == reading.statements[1].id
    assert read().events[0].attributed_to is None


def test_the_order_of_drafts_changes_no_record() -> None:
    forward, backward = read(OUTER, INNER, PLAN), read(PLAN, INNER, OUTER)
    assert set(forward.statements) == set(backward.statements)


def test_a_name_is_named_and_a_common_noun_is_a_role() -> None:
    outer, inner = read(OUTER, INNER).statements
    assert (outer.speaker.kind, inner.speaker.kind) == ("named", "role")


def test_equal_contents_have_no_parent() -> None:
    index = ContentIndex([OUTER, OUTER])
    assert [index.parent_of(0), index.parent_of(1)] == [None, None]


def said_at(text: str, row: str, content: str, time: str) -> str | None:
    """The time of saying that is read for one statement with the cue "said"."""

    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    stance = Stance("assert", "positive", "certain")
    draft = StatementDraft(span("Kors"), None, (span("said"),), "say", (span(content),), "indirect", stance, "test")
    value = TimeValue("2030-03-04", "2030-03-04", "day", time)
    report = Report("rp-1", None, "v-1", None, None, None, None, None, "en", text, (Block("body", Span(0, len(text))),))
    drafts = Drafts(None, (TimeExpression(span(time), time, value),), (), [draft], (), ())
    found = assemble(report, parse_of((text, [row])), drafts, lambda _parse, _span: ActorCode(None, None))
    when = found.statements[0].said_at
    return None if when is None else when.text


def test_said_at_is_a_time_of_the_cue() -> None:
    row = (
        "Kors|NNP|nsubj|2 said|VBD|ROOT|0|say on|IN|prep|2 Monday|NNP|pobj|3 that|IN|mark|7 ships|NNS|nsubj|7 "
        "sank|VBD|ccomp|2 .|.|punct|2"
    )
    assert said_at("Kors said on Monday that ships sank.", row, "that ships sank", "Monday") == "Monday"


def test_said_at_is_no_time_of_something_else_beside_the_cue() -> None:
    row = (
        "Kors|NNP|nsubj|2 said|VBD|ROOT|0|say after|IN|prep|2 Monday|NNP|poss|6 's|POS|case|4 vote|NN|pobj|3 "
        "ships|NNS|nsubj|8 sank|VBD|ccomp|2 .|.|punct|2"
    )
    assert said_at("Kors said after Monday's vote ships sank.", row, "ships sank", "Monday") is None


def test_said_at_is_no_time_behind_a_content_that_may_be_cut_short() -> None:
    row = (
        "Kors|NNP|nsubj|2 said|VBD|ROOT|0|say ships|NNS|nsubj|4 sank|VBD|ccomp|2 on|IN|prep|2 Monday|NNP|pobj|5 "
        ".|.|punct|2"
    )
    assert said_at("Kors said ships sank on Monday.", row, "ships sank", "Monday") is None


def test_a_deed_dated_by_one_end_of_a_range_has_the_whole_range() -> None:
    text = "They marched from May 4 to May 6."
    row = (
        "They|PRP|nsubj|2 marched|VBD|ROOT|0|march from|IN|prep|2 May|NNP|pobj|3 4|CD|nummod|4 to|IN|prep|3 "
        "May|NNP|pobj|6 6|CD|nummod|7 .|.|punct|2"
    )
    start = TimeExpression(Span(18, 23), "May 4", TimeValue("2030-05-04", "2030-05-04", "day", "May 4"))
    value = TimeValue("2030-05-04", "2030-05-06", "range", "May 4 to May 6")
    whole = TimeExpression(Span(18, 32), "May 4 to May 6", value)
    they, march = Span(0, 4), Span(5, 12)
    event = EventDraft(march, "PROTEST", None, (), None, (they,), (), "actual", "test", Span(0, 32), time=start.span)
    report = Report("rp-1", None, "v-1", None, None, None, None, None, "en", text, (Block("body", Span(0, len(text))),))
    drafts = Drafts(None, (start,), (), (), [event], (), (whole,))
    found = assemble(report, parse_of((text, [row])), drafts, lambda _parse, _span: ActorCode(None, None))
    assert found.events[0].happened_at == value
    assert found.times == (start, whole)
