"""Scores: each figure on small examples of ours, and ours equal to the shared scorers' where those are at hand."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from diurna.errors import RecordError, UsageError
from diurna.flow.evaluate import EvalJob, Figure, Scores, evaluate, load_floors, load_gold, score
from diurna.model.record import Content, Event, Party, Reading, Statement, TimeExpression
from diurna.model.report import Block
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue
from diurna.sources.reader import SourceFailure
from tests import readings

SHARED = Path(__file__).resolve().parents[2] / "shared"
TEXT = "Oren Tal said that the trucks left. An aide denied it. Soldiers closed the road on 3 March 2024 in Harrow."


def span(part: str) -> list[int]:
    start = TEXT.index(part)
    return [start, start + len(part)]


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def reading(text: str = TEXT, source_id: str = "g-1", **records: Any) -> Reading:
    report = readings.report(text, source_id=source_id, title=None, blocks=(Block("body", Span(0, len(text))),))
    return Reading(report, **records)


def statement(key: str, source: str | None, content: list[int], parent: str | None = None) -> Statement:
    base = readings.statements()[0]
    where = Span(*span(source)) if source else None
    speaker = dataclasses.replace(base.speaker, span=where, text=source or "", actor=None)
    return dataclasses.replace(
        base, id=key, speaker=speaker, content=Content((Span(*content),), ""), parent=parent, addressee=None
    )


def event(kind: Any, actors: str, recipients: str, realis: Any = "actual", country: str | None = None) -> Event:
    return dataclasses.replace(
        readings.events()[0],
        type=kind,
        realis=realis,
        actors=(Party(None, actors, None, country),) if actors else (),
        recipients=(Party(None, recipients, None),) if recipients else (),
    )


def time(part: str, first: str | None, last: str | None) -> TimeExpression:
    return TimeExpression(Span(*span(part)), part, TimeValue(first, last, "day", part))


STATEMENT_GOLD = {
    "id": "g-1",
    "text": TEXT,
    "statements": [
        {"source": [span("Oren Tal")], "content": [span("that the trucks left")], "type": "indirect"},
        {"source": None, "content": [span("it")], "type": "indirect"},
        {"source": [span("An aide")], "content": [span("Soldiers closed the road")], "type": "direct"},
    ],
}
EVENT_GOLD = {
    "id": "g-1",
    "text": TEXT,
    "events": [
        {
            "code": "COERCE",
            "source_text": "the soldiers",
            "target_text": "the road",
            "source": "XAAMIL",
            "target": None,
        },
        {"code": "RETREAT", "source_text": "trucks", "target_text": None, "source": "XBA", "target": "XC"},
    ],
}
TIME_GOLD = {
    "id": "g-1",
    "text": TEXT,
    "timexes": [
        {
            "start": span("3 March 2024")[0],
            "end": span("3 March 2024")[1],
            "type": "DATE",
            "iso": ["2024-03-03", "2024-03-03"],
        },
        {"start": span("left")[0], "end": span("left")[1], "type": "DURATION", "iso": None},
        {"start": span("closed")[0], "end": span("closed")[1], "type": "DATE", "iso": None},
    ],
}


def scored(tmp_path: Path, gold: dict[str, Any], *found: Reading | SourceFailure) -> Scores:
    return score(load_gold(write(tmp_path / "gold.jsonl", gold)), found)


# --- statements


def test_a_statement_is_right_with_half_its_words_and_a_word_of_its_source(tmp_path: Path) -> None:
    found = reading(statements=(statement("a", "Tal", span("the trucks left.")), statement("b", None, span("it"))))
    scores = scored(tmp_path, STATEMENT_GOLD, found)
    assert scores.value("joint.R") == pytest.approx(66.7)
    assert scores.value("joint.P") == 100
    assert scores.value("source_accuracy") == 100
    assert scores.value("content_exact.R") == pytest.approx(33.3)
    assert scores.value("recall_by_type.indirect.joint") == 100


def test_the_wrong_source_spoils_joint_but_not_content(tmp_path: Path) -> None:
    scores = scored(
        tmp_path, STATEMENT_GOLD, reading(statements=(statement("a", "An aide", span("that the trucks left")),))
    )
    assert scores.value("content_iou50.P") == 100
    assert scores.value("joint.P") == 0
    assert scores.value("source_accuracy") == 0


def test_the_other_layer_of_a_nested_statement_is_not_held_against_precision(tmp_path: Path) -> None:
    child = statement("b", "Oren Tal", span("that the trucks left"), parent="a")
    parent = statement("a", None, span("Oren Tal said that the trucks left. An aide denied it"))
    assert scored(tmp_path, STATEMENT_GOLD, reading(statements=(parent, child))).value("predicted") == 1
    loose = dataclasses.replace(child, parent=None)
    assert scored(tmp_path, STATEMENT_GOLD, reading(statements=(parent, loose))).value("predicted") == 2


def test_another_text_is_refused_since_offsets_would_mean_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not the gold's"):
        scored(tmp_path, STATEMENT_GOLD, reading("Another text."))


# --- events


def test_the_event_that_covers_the_pair_is_taken(tmp_path: Path) -> None:
    found = reading(
        events=(event("RETREAT", "Trucks", "", country="XBA"), event("COERCE", "Soldiers", "a road", country="XAA"))
    )
    scores = scored(tmp_path, EVENT_GOLD, found)
    assert scores.value("type_accuracy") == 100
    assert scores.value("full") == 100
    assert scores.value("country") == 100
    assert scores.value("per_sentence") == 2


def test_sides_the_wrong_way_round_are_seen(tmp_path: Path) -> None:
    scores = scored(tmp_path, EVENT_GOLD, reading(events=(event("COERCE", "the road", "soldiers"),)))
    assert scores.value("swapped") == 1
    assert scores.value("actor") == 0


def test_the_set_with_fifteen_types_folds_two_into_one(tmp_path: Path) -> None:
    folded = {**EVENT_GOLD, "events": [{"code": "YIELD", "code_system": "PLV15", "source_text": "trucks"}]}
    assert scored(tmp_path, folded, reading(events=(event("CONCEDE", "trucks", ""),))).value("type_accuracy") == 100


def test_only_an_actual_event_is_a_false_alarm(tmp_path: Path) -> None:
    nothing = {**EVENT_GOLD, "events": []}
    assert scored(tmp_path, nothing, reading(events=(event("COERCE", "a", "b", "denied"),))).value("false_alarm") == 0
    assert scored(tmp_path, nothing, reading(events=(event("COERCE", "a", "b"),))).value("false_alarm") == 100


# --- times


def test_times_are_found_by_overlap_and_right_by_both_days(tmp_path: Path) -> None:
    found = reading(times=(time("on 3 March 2024", "2024-03-03", "2024-03-03"), time("left", None, None)))
    scores = scored(tmp_path, TIME_GOLD, found)
    assert scores.value("predicted") == 1
    assert scores.value("detection.R") == 50
    assert scores.value("value") == 100
    assert scores.value("value_f1") == 100


def test_a_time_that_only_overlaps_in_value_is_not_right(tmp_path: Path) -> None:
    scores = scored(tmp_path, TIME_GOLD, reading(times=(time("March 2024", "2024-03-01", "2024-03-31"),)))
    assert (scores.value("value"), scores.value("overlap")) == (0, 100)


# --- misses, files, floors


def test_a_report_that_fails_is_a_miss(tmp_path: Path) -> None:
    scores = scored(tmp_path, STATEMENT_GOLD, SourceFailure("gold.jsonl:1", "annotate", "it broke"))
    assert scores.value("missing") == 1
    assert scores.value("joint.R") == 0
    assert scores.missed[0].reason == "it broke"


def test_readings_are_found_by_text_where_ids_differ(tmp_path: Path) -> None:
    found = reading(source_id="other", statements=(statement("b", None, span("it")),))
    assert scored(tmp_path, STATEMENT_GOLD, found).value("missing") == 0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "no scorer"),
        ('{"id": 1, "text": "x", "mentions": []}', "no scorer"),
        ("{", "is no JSON"),
        ('{"statements": []}', "no id and text"),
        ('{"id": 1, "text": "x", "statements": [{"content": 7}]}', "not as gold of statements"),
    ],
)
def test_a_file_that_is_no_gold_is_refused_with_its_reason(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=fault):
        load_gold(path)


def test_kept_records_are_scored_as_fresh_ones(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", STATEMENT_GOLD)
    found = reading(statements=(statement("a", "Oren Tal", span("that the trucks left")),))
    records = write(tmp_path / "records.jsonl", found.to_dict())
    assert evaluate(EvalJob(gold, records)) == score(load_gold(gold), [found])
    records.write_text('{"schema": 99}\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"records\.jsonl:1"):
        evaluate(EvalJob(gold, records))


def test_floors_and_ceilings_are_held(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(
        '{"events/g.jsonl": {"at_least": {"full": 50, "gone": 1}, "at_most": {"false_alarm": 20}}}', encoding="utf-8"
    )
    floors = load_floors(path)
    scores = Scores("g.jsonl", "events", (Figure("full", 50.0), Figure("false_alarm", 20.1)))
    broken = floors.breaches(tmp_path / "events" / "g.jsonl", scores)
    assert [(one.figure, one.value, one.rule) for one in broken] == [
        ("gone", None, "at least"),
        ("false_alarm", 20.1, "at most"),
    ]
    assert floors.breaches(tmp_path / "elsewhere" / "g.jsonl", scores) == ()


def test_a_floors_file_with_faults_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"a.jsonl": {"above": {}}, "b.jsonl": 3}', encoding="utf-8")
    with pytest.raises(UsageError, match="above is neither at_least nor at_most"):
        load_floors(path)


# --- ours against the shared scorers


def shared_scorer(name: str) -> ModuleType:
    path = SHARED / "score" / f"{name}.py"
    if not path.is_file():
        pytest.skip("the shared scorers are not beside this project")
    spec = importlib.util.spec_from_file_location(f"shared_{name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shared_figures(name: str, gold: Path, records: Path) -> dict[str, Any]:
    module = shared_scorer(name)
    if name == "statements":
        return flat(module.score(module.load(gold)[0], module.load(records)))
    predicted = module.load_predicted(records)
    folded = "PLV15" in gold.read_text(encoding="utf-8")
    return flat(
        module.score(gold, predicted, 15 if folded else 16) if name == "events" else module.score(gold, predicted)
    )


def flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for key, value in table.items():
        rows |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return rows


def ours(gold: Path, records: Path) -> dict[str, Any]:
    return {figure.name: figure.value for figure in evaluate(EvalJob(gold, records)).figures}


def noisy_statements(row: dict[str, Any], dice: random.Random) -> Reading:
    """Statements near the gold ones: cut, shifted, lost, doubled, nested."""
    found: list[Statement] = []
    for one in row["statements"]:
        if dice.random() < 0.3:
            continue
        start, end = one["content"][0]
        content = [max(0, start + dice.randrange(-9, 9)), min(len(row["text"]), end + dice.randrange(-9, 9))]
        source = dice.choice([one["source"][0] if one["source"] else None, None, [0, 8]])
        parent = found[-1].id if found and dice.random() < 0.4 else None
        made = statement(f"s{len(found)}", None, content if content[0] < content[1] else [start, end], parent)
        speaker = dataclasses.replace(made.speaker, span=Span(*source) if source else None)
        found += [dataclasses.replace(made, speaker=speaker)] * dice.choice([1, 1, 2])
    return reading(row["text"], str(row["id"]), statements=tuple(found))


def noisy_events(row: dict[str, Any], dice: random.Random) -> Reading:
    """Events near the gold ones: other types, sides swapped, parties lost."""
    found = []
    for one in row["events"] or [{"source_text": "x", "target_text": "y"}]:
        sides = [one.get("source_text") or "", one.get("target_text") or ""]
        dice.shuffle(sides)
        kind = dice.choice([one.get("code", "AID"), "COERCE", "RETREAT"])
        kind = "CONCEDE" if kind == "YIELD" else kind
        code = (one.get("source") or "")[:3] or None
        found += [event(kind, *sides, dice.choice(["actual", "denied"]), code)] * dice.choice([0, 1, 2])
    return reading(row["text"], str(row["id"]), events=tuple(found))


def noisy_times(row: dict[str, Any], dice: random.Random) -> Reading:
    """Times near the gold ones: shifted, with other values or none."""
    found = []
    for one in row["timexes"]:
        days = one.get("iso") or ["2020-01-01", "2020-01-31"]
        value = dice.choice(
            [TimeValue(*days, "day", ""), TimeValue(days[0], None, "day", ""), TimeValue(None, None, "day", "")]
        )
        where = Span(max(0, one["start"] - dice.randrange(4)), one["end"] + dice.randrange(-2, 3))
        found += [TimeExpression(where, "", value)] * dice.choice([0, 1, 1, 2])
    return reading(row["text"], str(row["id"]), times=tuple(found))


NOISE = {"statements": noisy_statements, "events": noisy_events, "times": noisy_times}
SMALL_GOLD = {"statements": STATEMENT_GOLD, "events": EVENT_GOLD, "times": TIME_GOLD}
GOLD_FILES = (
    ("statements", "statements/gum_news_dev.jsonl"),
    ("statements", "statements/polnear_dev.jsonl"),
    ("events", "events/plover_gsr.jsonl"),
    ("events", "events/plv_dev.jsonl"),
    ("times", "times/gum.jsonl"),
)


@pytest.mark.parametrize("kind", SMALL_GOLD)
@pytest.mark.parametrize("seed", range(5))
def test_our_figures_are_the_shared_scorers_on_small_examples(tmp_path: Path, kind: str, seed: int) -> None:
    rows = [SMALL_GOLD[kind], {**SMALL_GOLD[kind], "id": "g-2", "text": TEXT + " End."}]
    gold = write(tmp_path / "gold.jsonl", *rows)
    dice = random.Random(seed)
    records = write(tmp_path / "records.jsonl", *(NOISE[kind](row, dice).to_dict() for row in rows[: 1 + seed % 2]))
    assert ours(gold, records) == shared_figures(kind, gold, records)


@pytest.mark.gold
@pytest.mark.parametrize(("kind", "name"), GOLD_FILES)
def test_our_figures_are_the_shared_scorers_on_whole_gold_files(tmp_path: Path, kind: str, name: str) -> None:
    gold = SHARED / "gold" / name
    if not gold.is_file():
        pytest.skip(f"the gold file {name} is not beside this project")
    dice = random.Random(7)
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    records = write(tmp_path / "records.jsonl", *(NOISE[kind](row, dice).to_dict() for row in rows))
    assert ours(gold, records) == shared_figures(kind, gold, records)
