"""Actors people bring along: every format read, bad rows named, and reading knows them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from diurna.errors import LexiconError, SourceError, UsageError
from diurna.export.formats import FORMATS
from diurna.flow.ownactors import READERS, import_actors, joined, told
from diurna.flow.reading import ReadJob, annotator_for, read_report
from diurna.imports.actors import ftm, names, petrarch
from diurna.imports.rows import BadRow
from diurna.model.ownactor import Held, OwnActor
from diurna.model.record import Reading
from diurna.settings import ACTORS_FILE, Flags, load_settings
from diurna.sources.reader import report_from_text
from tests.export.samples import samples

TEXT = (
    "PORT ANSEL – Ansa Brekke, who was in the capital on Friday, said that the Harrow Front had shelled the mill. "
    "The Vale League condemned the attack."
)
CSV = """\
name,aliases,kind,country,sector,role,from,until
Harrow Front,HF; Front of the Harrow,group,VEL,REB,,,
Ansa Brekke,,person,VEL,GOV,minister,2023,2024-03
Ansa Brekke,A. Brekke,person,VEL,ELI,,2024-04-01,
,no name,person,VEL,GOV,,,
Vale League,,party,VEL,PTY,,,
Vale League,,organisation,Atlantis,PTY,,,
Vale League,,organisation,VEL,PTY,,31st of May,
"""
PETRARCH = """\
# our own dictionary of an invented country
VELDRIA_  [FRA]
+VELDRIAN_
+VELDRIANS
ANSA_BREKKE_  # CountryInfo.txt
+ANSA_MARIT_BREKKE_
\t[FRAELI 870101-030101]
\t[FRAGOV >030101]
\t[FRAELI]
HFA_ [FRAREB]
MINISTRY_OF_THE_MILL_ [FRAGOVAGR]
FARMER [~AGR]
LOST_NAME_
BROKEN_ [FRAGOV 031341-040101]
ODD_ [not a code]
+AFTER_ODD_
INTERNATIONAL_MILL_UNION_ [NGOLAB]
"""
FTM = [
    {"id": "p1", "schema": "Person", "properties": {"name": ["Ansa Brekke"], "alias": ["Brekke, Ansa"],
     "nationality": ["fr"], "position": ["Minister of Mills"], "topics": ["role.pep"]}},
    {"id": "b1", "schema": "PublicBody", "properties": {"name": ["Ministry of Mills"], "country": ["fr"]}},
    {"id": "d1", "schema": "Document", "properties": {"title": ["A paper"]}},
    {"id": "x1", "schema": "Person", "properties": {}},
    {"nothing": 1},
]  # fmt: skip

Reader = Callable[[Iterable[str], str], Iterator[OwnActor | BadRow]]


def read(reader: Reader, text: str) -> tuple[list[OwnActor], list[BadRow]]:
    found = list(reader(text.splitlines(), "ours"))
    return [x for x in found if isinstance(x, OwnActor)], [x for x in found if isinstance(x, BadRow)]


def test_a_csv_of_names() -> None:
    good, bad = read(names.read, CSV)
    assert [one.name for one in good] == ["Harrow Front", "Ansa Brekke", "Ansa Brekke"]
    assert good[0] == OwnActor(
        "Harrow Front", "group", ("HF", "Front of the Harrow"), (Held("VEL", "REB"),), "ours, line 2"
    )
    assert good[1].held == (Held("VEL", "GOV", "minister", "2023-01-01", "2024-03-31"),)
    assert [one.line for one in bad] == [5, 6, 7, 8]
    assert "no name" in bad[0].reason
    assert "party" in bad[1].reason
    assert "Atlantis" in bad[2].reason
    assert "31st of May" in bad[3].reason


def test_a_petrarch_dictionary() -> None:
    good, bad = read(petrarch.read, PETRARCH)
    known = {one.name: one for one in good}
    assert known["Veldria"].kind == "state"
    assert known["Veldria"].aliases == ("Veldrian", "Veldrians")
    brekke = known["Ansa Brekke"]
    assert (brekke.kind, brekke.aliases) == ("person", ("Ansa Marit Brekke",))
    assert brekke.held == (
        Held("FRA", "ELI", None, "1987-01-01", "2003-01-01"),
        Held("FRA", "GOV", None, "2003-01-01", None),
        Held("FRA", "ELI"),
    )
    assert brekke.on("1990-05-05").sector == brekke.on(None).sector == "ELI"
    assert brekke.on("2020-05-05").sector == "GOV"
    assert known["HFA"].held == (Held("FRA", "REB"),)
    assert known["Ministry of the Mill"].held == (Held("FRA", "GOV"),)
    assert known["International Mill Union"].held == (Held(None, "NGO"),)
    reasons = {one.line: one.reason for one in bad}
    assert "agent" in reasons[12]
    assert len([one for one in bad if one.line == 12]) == 1
    assert "has no code" in reasons[13]
    assert "no day" in reasons[14]
    assert "no code" in reasons[15]


def test_followthemoney_entities_and_our_own_export_of_them() -> None:
    good, bad = read(ftm.read, "\n".join(json.dumps(row) for row in FTM) + "\nbroken{\n")
    assert [(one.name, one.kind, one.aliases) for one in good] == [
        ("Ansa Brekke", "person", ("Brekke, Ansa",)), ("Ministry of Mills", "organisation", ()),
    ]  # fmt: skip
    assert good[0].held == (Held("FRA", "GOV", "Minister of Mills"),)
    assert good[1].held == (Held("FRA", "GOV"),)
    assert [one.line for one in bad] == [4, 5, 6]
    text = b"".join(FORMATS["ftm"].write(samples())).decode()
    back, faults = read(ftm.read, text)
    assert not faults
    named = {actor.name for one in samples() for actor in one.actors if actor.kind != "place" and len(actor.name) > 2}
    assert named <= {one.name for one in back}


@pytest.mark.parametrize(("kind", "text"), [("names", CSV), ("petrarch", PETRARCH), ("ftm", json.dumps(FTM[0]))])
def test_the_format_of_a_file_is_told_by_a_look(kind: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "some").write_text(text, encoding="utf-8")
    assert told(str(tmp_path / "some")) == kind
    assert kind in READERS


def imported(tmp_path: Path, text: str = CSV) -> Path:
    (tmp_path / "names.csv").write_text(text, encoding="utf-8")
    to = tmp_path / ACTORS_FILE
    found = import_actors([str(tmp_path / "names.csv")], to)
    assert (found.actors, found.added, len(found.failures)) == (2, 2, 4)
    assert found.failures[0].endswith("names.csv, line 5: no name")
    return to


def test_importing_twice_changes_nothing_and_times_of_one_name_come_together(tmp_path: Path) -> None:
    to = imported(tmp_path)
    once = to.read_bytes()
    again = import_actors([str(tmp_path / "names.csv")], to)
    assert (again.actors, again.added) == (2, 0)
    assert to.read_bytes() == once
    rows = {row["name"]: row for row in map(json.loads, once.decode().splitlines())}
    assert [held["sector"] for held in rows["Ansa Brekke"]["held"]] == ["GOV", "ELI"]
    assert rows["Ansa Brekke"]["aliases"] == ["A. Brekke"]


def reading(day: str, own: Path | None) -> Reading:
    job = ReadJob((), engine="rules", actors=str(own) if own else None)
    return read_report(report_from_text(TEXT, title=None, published=day), annotator_for(job.annotate_options))


def test_reading_knows_them_as_they_were_on_the_reports_day(tmp_path: Path) -> None:
    own = imported(tmp_path)
    before = {actor.name: (actor.country, actor.sector) for actor in reading("2024-03-08", None).actors}
    then = {actor.name: actor for actor in reading("2024-03-08", own).actors}
    later = {actor.name: actor for actor in reading("2024-06-08", own).actors}
    assert before["Ansa Brekke"] == (None, None)
    assert (then["Ansa Brekke"].country, then["Ansa Brekke"].sector) == ("VEL", "GOV")
    assert (later["Ansa Brekke"].country, later["Ansa Brekke"].sector) == ("VEL", "ELI")
    assert (then["Harrow Front"].kind, then["Harrow Front"].sector) == ("group", "REB")
    deed = next(event for event in reading("2024-03-08", own).events if event.type == "ASSAULT")
    assert [(party.country, party.sector) for party in deed.actors] == [("VEL", "REB")]


def test_a_state_of_ones_own_is_a_state(tmp_path: Path) -> None:
    to = tmp_path / "own.jsonl"
    (tmp_path / "states.csv").write_text("name,kind,country\nVeldria,state,VEL\n", encoding="utf-8")
    import_actors([str(tmp_path / "states.csv")], to)
    text = "Veldria accused Kestmark on Friday of arming the rebels, and Veldria closed its border."
    job = ReadJob((), engine="rules", actors=str(to))
    found = read_report(report_from_text(text, title=None, published=None), annotator_for(job.annotate_options))
    assert not found.failures
    state = next(actor for actor in found.actors if actor.name == "Veldria")
    assert (state.kind, state.country, len(state.mentions) >= 2) == ("state", "VEL", True)


def test_a_dictionarys_cities_are_not_taken_for_their_country(tmp_path: Path) -> None:
    (tmp_path / "countries.txt").write_text(
        "FRANCE_ [FRA]\n+LYON_\nDANA_PETRESCU_\n\t[ROMGOV >030101]\n", encoding="utf-8"
    )
    to = tmp_path / "own.jsonl"
    import_actors([str(tmp_path / "countries.txt")], to)
    text = "Lyon voted for the mill on Friday. Dana Petrescu, who was there, condemned the vote."
    job = ReadJob((), engine="rules", actors=str(to))
    found = read_report(report_from_text(text, title=None, published="2024-03-08"), annotator_for(job.annotate_options))
    assert not [actor for actor in found.actors if actor.kind == "state"]
    known = {actor.name: (actor.country, actor.sector) for actor in found.actors}
    assert known["Dana Petrescu"] == ("ROU", "GOV")


def test_they_are_found_by_settings_and_by_the_working_folder(tmp_path: Path) -> None:
    assert load_settings(Flags(), {}, tmp_path).actors is None
    own = imported(tmp_path)
    assert load_settings(Flags(), {}, tmp_path).actors == str(own)
    assert load_settings(Flags(), {"DIURNA_ACTORS": "mine.jsonl"}, tmp_path).actors == "mine.jsonl"


def test_a_file_that_is_not_there_or_broken_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read"):
        reading("2024-03-08", tmp_path / "none.jsonl")
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"name": "x"}\n[]\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"2 faults: line 1.*line 2"):
        reading("2024-03-08", broken)
    with pytest.raises(LexiconError, match="line 1 is no own actor"):
        import_actors([], broken)
    with pytest.raises(SourceError, match="cannot be read"):
        import_actors([str(tmp_path / "none.csv")], tmp_path / "to.jsonl")
    with pytest.raises(UsageError, match="cannot be written"):
        import_actors([], tmp_path / "no" / "folder.jsonl")


def test_joining_keeps_the_kind_that_says_more() -> None:
    one = OwnActor("X", "unknown", ("a",), (Held("FRA", None),))
    other = dataclasses.replace(one, kind="person", aliases=("b",))
    assert joined(one, other) == OwnActor("X", "person", ("a", "b"), (Held("FRA", None),))
