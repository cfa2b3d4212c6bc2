"""All formats by name."""

from __future__ import annotations

from diurna.errors import UsageError
from diurna.export import (
    acled,
    annotation,
    claimreview,
    datapackage,
    ftm,
    gdelt,
    graph,
    plover,
    polecat,
    quotes,
    stix,
    tables,
    timeline,
)
from diurna.export.dossier import page
from diurna.export.format import Format
from diurna.plugins import installed, load_plugin

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("csv", "words and deeds, a row each, safe to open in a spreadsheet", tables.write_csv),
        Format("tsv", "the same table with tabs", tables.write_tsv),
        Format("excel", "the same CSV with a byte order mark, as Excel wants it", tables.write_excel),
        Format("parquet", "the same table as Parquet", tables.write_parquet),
        Format("jsonl", "all records, a report a line, as `diurna read --json` prints them", tables.write_jsonl),
        Format("polecat", "deeds in POLECAT's 40 columns", polecat.write),
        Format("gdelt", "deeds in the 61 columns of a GDELT 2 export", gdelt.write),
        Format("gdeltmentions", "the same deeds in the 16 columns of GDELT 2 mentions", gdelt.write_mentions),
        Format("plover", "deeds as PLOVER interchange JSON, an event a line", plover.write),
        Format("acled", "deeds that have a type there in ACLED's 31 columns", acled.write),
        Format("citron", "words as BBC Citron's JSON, a report a line", quotes.write_citron),
        Format("langextract", "words and deeds as LangExtract's JSONL", quotes.write_langextract),
        Format("webannotation", "words and deeds as W3C Web Annotations, one a line", annotation.write),
        Format("claimreview", "claims as schema.org ClaimReview drafts, no verdict", claimreview.write),
        Format("ftm", "reports, actors, words, deeds and relations as FollowTheMoney entities", ftm.write),
        Format("stix", "the same as a STIX 2.1 bundle", stix.write),
        Format("timelinejs", "deeds with a day as a TimelineJS object", timeline.write_timelinejs),
        Format("geojson", "deeds with a known place as GeoJSON points", timeline.write_geojson),
        Format("gexf", "who acts on whom, for Gephi, with days", graph.write_gexf, whole=True),
        Format("graphml", "who acts on whom as GraphML", graph.write_graphml, whole=True),
        Format(
            "datapackage",
            "tables, schema and licence as a Data Package and RO-Crate in one ZIP",
            datapackage.write,
            write_about=datapackage.write,
        ),
        Format("html", "a dossier to read offline or print", page.write, whole=True, write_about=page.write),
    )
}


def format_named(name: str) -> Format:
    """The format of this name, ours or a plug-in's; ours come first.

    Raises:
        UsageError: there is none.
        MissingPartError: it is a plug-in's that cannot be loaded.
    """
    if name in FORMATS:
        return FORMATS[name]
    if name in installed("diurna.exporters"):
        found = load_plugin("diurna.exporters", name, _fits, "diurna.export.format.Format")
        if isinstance(found, Format):
            return found
    known = (*FORMATS, *installed("diurna.exporters"))
    raise UsageError(f"no format {name!r}: it is one of {', '.join(known)}")


def _fits(found: object) -> bool:
    return isinstance(found, Format)
