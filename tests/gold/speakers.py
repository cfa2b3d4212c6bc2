"""Speakers and mentions against the chains of mentions that annotators marked in news reports.

The statements and the chains are read from `../shared/gold`. To see the figures and what is wrong:
`python -m tests.gold.speakers [--part dev|test] [--engine rules|auto] [--errors]`.
Every second report, in the order of their names, is `dev` (rules were tuned on them), the others are `test`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from diurna.annotate.actors.places import find_places
from diurna.annotate.parse import Parse, Parser
from diurna.annotate.pipeline import AnnotateOptions, Engine
from diurna.flow.reading import annotator_for, read_report
from diurna.model.record import Reading, Statement
from diurna.model.report import Report
from diurna.model.span import Span, hull
from diurna.sources.reader import read_sources
from tests.gold.chains import Tally, figures_of_chains

GOLD = Path(__file__).parents[3] / "shared" / "gold"
CHAINS = GOLD / "coreference" / "gum.jsonl"
STATEMENTS = tuple(GOLD / "statements" / f"gum_news_{split}.jsonl" for split in ("train", "dev", "test"))
SAME_CONTENT = 0.5
"""Least share of content words (in both / in either) at which two statements are the same one."""

PARTIES = frozenset({"person", "organization", "place"})
"""Types of gold mention that may be an actor's."""

UNMARKED = frozenset({"who", "whom", "whose"})
"""Words we keep as mentions of an actor and the gold leaves out."""

Part = Literal["dev", "test"]
Verdict = Literal["right", "unpaired", "no actor", "wrong actor", "not resolved"]
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A marked mention: its characters, type and chain (chains are numbered within a report)."""

    span: Span
    type: str
    chain: int


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A marked statement that has a source."""

    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One report with what was marked in it."""

    report: Report
    mentions: tuple[GoldMention, ...]
    statements: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold statement whose source is in a chain, the statement read for it, and whether its speaker is right.

    Attributes:
        party: whether the source is a person, an organisation or a place, not a document or a thing.
    """

    gold: GoldStatement
    party: bool
    found: Statement | None
    verdict: Verdict


# -- reading the gold ------------------------------------------------------------------------------------------------


def load_gold() -> dict[str, GoldReport]:
    """The marked reports by name, in the order of their names."""
    chains = {row["id"]: row for row in map(json.loads, CHAINS.read_text(encoding="utf-8").splitlines())}
    found = {}
    for path in STATEMENTS:
        rows = {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
        for report in read_sources([path]):
            if isinstance(report, Report) and report.source_id in chains:
                name = report.source_id
                found[name] = GoldReport(report, _mentions(report.text, chains[name]), _statements(rows[name]))
    return dict(sorted(found.items()))


def part_of(gold: dict[str, GoldReport], part: Part) -> list[GoldReport]:
    """Every second report for `dev`, the others for `test`."""
    return list(gold.values())[0 if part == "dev" else 1 :: 2]


def _mentions(text: str, row: dict[str, Any]) -> tuple[GoldMention, ...]:
    places, at = [], 0
    for word in row["tokens"]:
        at = text.index(word, at)
        places.append(Span(at, at + len(word)))
        at += len(word)
    return tuple(
        GoldMention(hull(places[m["start"] : m["end"]]), m["type"], m["chain"])
        for m in row["mentions"]
        if m["start"] < m["end"]
    )


def _statements(row: dict[str, Any]) -> tuple[GoldStatement, ...]:
    return tuple(
        GoldStatement(tuple(Span(*span) for span in one["source"]), tuple(Span(*span) for span in one["content"]))
        for one in row["statements"]
        if one["source"]
    )


# -- speakers --------------------------------------------------------------------------------------------------------


def judge_speakers(gold: GoldReport, parse: Parse, reading: Reading) -> list[Judged]:
    """Every gold statement whose source stands in a chain, with the verdict on its speaker.

    Right: most of the mentions of the speaker's actor that were marked are of the source's chain; where the source is
    no name and its chain has other mentions, the actor has one of these.
    """
    by_head = heads_of(parse, gold.mentions)
    sizes = Counter(mention.chain for mention in by_head.values())
    chains_of = {
        actor.id: [by_head[head].chain for span in actor.mentions if (head := head_of(parse, span)) in by_head]
        for actor in reading.actors
    }
    pairs = pair_up(reading, gold.statements)
    found = []
    for number, one in enumerate(gold.statements):
        head = head_of(parse, hull(one.source))
        marked = by_head.get(head) if head is not None else None
        if head is None or marked is None:
            continue
        alone = parse.pos[head] == "PROPN" or sizes[marked.chain] == 1
        statement = pairs.get(number)
        chains = None if statement is None else _chains_of_speaker(parse, statement, chains_of, by_head)
        verdict = _verdict(chains, marked.chain, alone=alone)
        found.append(Judged(one, marked.type in PARTIES, pairs.get(number), verdict))
    return found


def _chains_of_speaker(
    parse: Parse, found: Statement, chains_of: dict[str, list[int]], by_head: dict[int, GoldMention]
) -> list[int]:
    """The chains of the marked mentions of a speaker: of its actor's, or of its own where it is none."""
    if found.speaker.actor is not None:
        return chains_of.get(found.speaker.actor, [])
    return [by_head[head].chain for span in found.speaker.mentions if (head := head_of(parse, span)) in by_head]


def _verdict(chains: list[int] | None, chain: int, *, alone: bool) -> Verdict:
    if chains is None:
        return "unpaired"
    if not chains:
        return "no actor"
    if 2 * chains.count(chain) <= len(chains):
        return "wrong actor"
    return "right" if alone or chains.count(chain) > 1 else "not resolved"


def heads_of(parse: Parse, mentions: Iterable[GoldMention]) -> dict[int, GoldMention]:
    """The marked mentions by head token; where several share one, the one whose chain is longest, then the longest."""
    sizes = Counter(mention.chain for mention in mentions)
    by_head = {}
    for mention in sorted(mentions, key=lambda m: (sizes[m.chain], m.span.end - m.span.start)):
        head = head_of(parse, mention.span)
        if head is not None:
            by_head[head] = mention
    return by_head


def head_of(parse: Parse, span: Span) -> int | None:
    """The first noun or pronoun of the span that hangs on a word outside it, else its first such word."""
    inside = parse.tokens_in(span)
    heads = [i for i in inside if parse.heads[i] == i or parse.heads[i] not in inside]
    return next((i for i in heads if parse.pos[i] in _NOMINAL), heads[0] if heads else None)


def pair_up(reading: Reading, marked: Sequence[GoldStatement]) -> dict[int, Statement]:
    """The statement read for each marked one, best pairs first, each at most once (as the statements' scorer pairs)."""
    text = reading.report.text
    ours = [(_words(text, one.content.spans), one) for one in reading.statements]
    options = []
    for g, gold in enumerate(marked):
        content, source = _words(text, gold.content), _words(text, gold.source)
        for p, (words, one) in enumerate(ours):
            shared = len(content & words) / len(content | words) if content & words else 0.0
            if shared >= SAME_CONTENT:
                speaker = _words(text, (one.speaker.span,)) if one.speaker.span else set()
                options.append((-shared, not source & speaker, g, p))
    chosen: dict[int, int] = {}
    for _, _, g, p in sorted(options):
        if g not in chosen and p not in chosen.values():
            chosen[g] = p
    return {g: ours[p][1] for g, p in chosen.items()}


def _words(text: str, spans: Iterable[Span]) -> set[int]:
    return {match.start() for span in spans for match in _WORD.finditer(text, span.start, span.end)}


# -- mentions, end to end --------------------------------------------------------------------------------------------


def count_mentions(tally: Tally, gold: GoldReport, parse: Parse, reading: Reading) -> None:
    """Add one report's mentions to the tally; a read mention and a marked one are the same if they share the head.

    Read mentions are those of the actors and the places (a state's place is the state, as the gold has it).
    """
    key = {head: mention.chain for head, mention in heads_of(parse, gold.mentions).items() if mention.type in PARTIES}
    response: dict[int, Hashable] = {}
    states = {actor.country: actor.id for actor in reading.actors if actor.kind == "state"}
    for actor in reading.actors:
        for span in actor.mentions:
            head = head_of(parse, span)
            if head is not None and parse.lowers[head] not in UNMARKED:
                response.setdefault(head, actor.id)
    for place in find_places(parse):
        head = head_of(parse, place.span)
        if head is not None:
            country = states.get(place.country, place.country) if place.precision == "country" else None
            response.setdefault(head, country or place.geonames_id or place.text)
    tally.add(response, key)


# -- figures ---------------------------------------------------------------------------------------------------------


def figures_of(judged: Sequence[Judged], tally: Tally) -> dict[str, float]:
    """All figures in percent.

    `paired`: of the statements found, those with the right speaker; `parties`: of these, those whose source is no
    document or thing; `all`: of all marked statements. The rest are those of the chains.
    """
    found = [one for one in judged if one.verdict != "unpaired"]
    groups = {"paired": found, "parties": [one for one in found if one.party], "all": judged}
    shares = {name: _percent(sum(one.verdict == "right" for one in rows), len(rows)) for name, rows in groups.items()}
    return shares | figures_of_chains(tally)


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def measure(reports: Iterable[GoldReport], engine: Engine) -> tuple[list[tuple[GoldReport, Judged]], Tally]:
    """The verdict on every speaker and the counts of all mentions."""
    annotator, parser = annotator_for(AnnotateOptions(engine=engine)), Parser()
    judged: list[tuple[GoldReport, Judged]] = []
    tally = Tally()
    for gold in reports:
        parse, reading = parser.parse(gold.report), read_report(gold.report, annotator)
        judged += [(gold, one) for one in judge_speakers(gold, parse, reading)]
        count_mentions(tally, gold, parse, reading)
    return judged, tally


def main() -> None:
    """Print the figures of the parts asked for."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--part", choices=("dev", "test"), nargs="*", default=["dev", "test"])
    options.add_argument("--engine", choices=("rules", "auto"), default="rules")
    options.add_argument("--errors", action="store_true", help="print every wrong speaker of the dev part")
    asked = options.parse_args()
    gold = load_gold()
    for part in asked.part:
        judged, tally = measure(part_of(gold, part), asked.engine)
        print(part, len(judged), figures_of([one for _, one in judged], tally))
        print("  ", dict(Counter(one.verdict for _, one in judged)))
        if asked.errors and part == "dev":
            for where, one in judged:
                if one.found is not None and one.verdict != "right":
                    source = " ".join(span.of(where.report.text) for span in one.gold.source)
                    print(f"  {where.report.source_id}: {one.verdict}: [{source}] read [{one.found.speaker.text}]")


if __name__ == "__main__":
    main()
