"""Every format read back by a tool that is not ours, and what comes back is what went in."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diurna.export import acled, gdelt, polecat
from diurna.export.claimreview import claims
from diurna.export.format import day_of, deeds, is_located
from diurna.export.ftm import entities
from diurna.export.tables import COLUMNS
from diurna.model.codec import reading_from_dict
from diurna.model.jsonschema import reading_schema
from diurna.model.record import Event
from tests.export.samples import SCHEMA, samples, written

ALL = samples()
RECORDS = sum(len(one.statements) + len(one.events) for one in ALL)
DEEDS = [(one, event) for one in ALL for event in deeds(one)]


CRATE = "https://gazette.example/crate/"
DCT = "http://purl.org/dc/terms/"


def named(needle: str) -> Any:
    return pytest.importorskip(needle, reason=f"{needle} is not installed: pip install 'diurna[neighbours]'")


def file_of(name: str, folder: Path) -> Path:
    path = folder / f"out.{name}"
    path.write_bytes(written(name))
    return path


def rows_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# --- tables


@pytest.mark.parametrize(("name", "options"), [
    ("csv", {}), ("tsv", {"sep": "\t"}), ("excel", {"encoding": "utf-8-sig"}),
])  # fmt: skip
def test_pandas_reads_the_tables(name: str, options: dict[str, Any]) -> None:
    frame = named("pandas").read_csv(io.BytesIO(written(name)), keep_default_na=False, **options)
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == RECORDS
    texts = {one.report.version: one.report.text for one in ALL}
    for row in frame.to_dict("records"):
        found = texts[row["text_version"]][int(row["char_start"]) : int(row["char_end"])]
        assert row["quote"].lstrip("'").split() == found.lstrip("'").split()


@pytest.mark.parametrize(("name", "ending"), [("csv", "csv"), ("tsv", "tsv"), ("parquet", "parquet")])
def test_duckdb_asks_the_tables(name: str, ending: str, tmp_path: Path) -> None:
    duckdb = named("duckdb")
    path = tmp_path / f"records.{ending}"
    path.write_bytes(written(name))
    ((count, events),) = (
        duckdb.connect()
        .execute(
            f"SELECT count(*), count(*) FILTER (kind = 'event') FROM '{path}'"  # noqa: S608 - our own path
        )
        .fetchall()
    )
    assert (count, events) == (RECORDS, sum(len(one.events) for one in ALL))


def test_pandas_reads_polecat_and_gdelt_and_acled() -> None:
    pandas = named("pandas")
    frame = pandas.read_csv(io.BytesIO(written("polecat")), sep="\t", dtype=str, keep_default_na=False)
    assert tuple(frame.columns) == polecat.HEADER
    assert set(frame["Event ID"]) >= {event.id for _, event in DEEDS}
    assert frame["Event ID"].is_unique
    coded = [event for _, event in DEEDS if event.cameo and day_of(event)]
    assert coded
    for name, columns in (("gdelt", gdelt.COLUMNS), ("gdeltmentions", gdelt.MENTIONS)):
        frame = pandas.read_csv(
            io.BytesIO(written(name)), sep="\t", header=None, names=list(columns), dtype=str, keep_default_na=False
        )
        assert len(frame) == len(coded)
    frame = pandas.read_csv(io.BytesIO(written("acled")), parse_dates=["event_date"])
    assert tuple(frame.columns) == acled.HEADER
    assert frame["event_id_cnty"].is_unique
    assert len(frame)
    assert set(frame["time_precision"]) <= {1, 2, 3}


def test_gdelt_mentions_point_at_the_trigger() -> None:
    texts = {one.report.url or one.report.source_id: one.report.text for one in ALL}
    triggers = {event.trigger.of(one.report.text) for one, event in DEEDS}
    rows = [
        dict(zip(gdelt.MENTIONS, row.split("\t"), strict=True))
        for row in written("gdeltmentions").decode().splitlines()
    ]
    ids = {row.split("\t")[0] for row in written("gdelt").decode().splitlines()}
    assert rows
    assert {row["GLOBALEVENTID"] for row in rows} == ids
    for row in rows:
        at = int(row["ActionCharOffset"])
        assert any(texts[row["MentionIdentifier"]].startswith(word, at) for word in triggers)


# --- records


def test_jsonschema_accepts_every_line_and_the_lines_give_the_same_readings() -> None:
    jsonschema = named("jsonschema")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    lines = rows_of(written("jsonl").decode())
    for line in lines:
        check.validate(line)
    assert [reading_from_dict(line) for line in lines] == ALL
    del lines[0]["statements"][0]["evidence"]["quote"]
    assert not check.is_valid(lines[0])
    assert schema == reading_schema()


PLOVER_TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
PLOVER = {
    "type": "object", "required": ["id", "date", "actor", "event"],
    "properties": {
        "event": {"enum": list(PLOVER_TYPES)}, "quad_code": {"enum": [1, 2, 3, 4]},
        "date": {"type": "string", "pattern": r"^(\d{4}-\d\d-\d\d)?$"},
        "actor": {"type": "array", "items": {"type": "object", "properties": {"code": {"type": "string"}}}},
        "text": {"type": "object", "required": ["start", "end", "text_story"]},
    },
}  # fmt: skip
CITRON_SPAN = {"type": "object", "required": ["start", "end", "text"]}
CITRON = {
    "type": "object", "required": ["text", "quotes", "coreference_groups"],
    "properties": {"quotes": {"items": {
        "required": ["cue", "sources", "contents", "coreferences", "confidence", "id"],
        "properties": {"sources": {"items": CITRON_SPAN}, "contents": {"items": CITRON_SPAN, "minItems": 1}},
    }}},
}  # fmt: skip
ANNOTATION = {
    "required": ["@context", "id", "type", "body", "target"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "type": {"const": "Annotation"},
        "target": {"required": ["source", "selector"], "properties": {"selector": {"minItems": 2, "maxItems": 2}}},
    },
}  # fmt: skip
SLIDES = {
    "required": ["events"],
    "properties": {"events": {"minItems": 1, "items": {
        "required": ["start_date", "text"],
        "properties": {"start_date": {"required": ["year"], "properties": {"month": {"maximum": 12}}},
                       "text": {"required": ["headline", "text"]}},
    }}},
}  # fmt: skip


@pytest.mark.parametrize(("name", "schema"), [
    ("plover", PLOVER), ("citron", CITRON), ("webannotation", ANNOTATION), ("timelinejs", SLIDES),
])  # fmt: skip
def test_jsonschema_finds_the_shapes_their_specifications_give(name: str, schema: dict[str, Any]) -> None:
    jsonschema = named("jsonschema")
    text = written(name).decode()
    rows = [json.loads(text)] if name == "timelinejs" else rows_of(text)
    assert rows
    for row in rows:
        jsonschema.validate(row, schema)


def test_langextract_loads_its_documents(tmp_path: Path) -> None:
    io_of = named("langextract.io")
    data = named("langextract.core.data")
    path = file_of("langextract", tmp_path)
    found = list(io_of.load_annotated_documents_jsonl(path, show_progress=False))
    assert [one.document_id for one in found] == [one.report.id for one in ALL]
    assert all(isinstance(one, data.AnnotatedDocument) for one in found)
    for one in found:
        for part in one.extractions or ():
            at = part.char_interval
            assert one.text[at.start_pos : at.end_pos] == part.extraction_text
            assert part.alignment_status is data.AlignmentStatus.MATCH_EXACT


# --- entities, bundles, linked data


def test_followthemoney_keeps_every_value() -> None:
    named("followthemoney")
    from followthemoney import model
    from followthemoney.proxy import EntityProxy

    rows = rows_of(written("ftm").decode())
    assert rows == [json.loads(json.dumps(row)) for one in ALL for row in entities(one)]
    assert len({row["id"] for row in rows}) == len(rows)
    known = {row["id"] for row in rows}
    for row in rows:
        model.get(row["schema"]).validate(row)
        proxy = EntityProxy.from_dict(row, cleaned=False)
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in row["properties"].items()}
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in known, (row["schema"], prop.name)


def test_stix2_parses_the_bundle_without_custom_content() -> None:
    stix2 = named("stix2")
    bundle = stix2.parse(written("stix").decode(), allow_custom=False)
    known = {one.id for one in bundle.objects}
    assert len(known) == len(bundle.objects)
    for one in bundle.objects:
        refs = [*one.get("object_refs", ()), *(one[key] for key in ("source_ref", "target_ref") if key in one)]
        assert set(refs) <= known, one.type
    kinds = [one.type for one in bundle.objects]
    assert kinds.count("report") == len(ALL)
    assert kinds.count("incident") == len(DEEDS)
    assert "opinion" not in kinds


def test_rdflib_reads_the_claims_and_finds_no_rating() -> None:
    rdflib = named("rdflib")
    row = json.loads(written("claimreview"))
    assert row["@context"][0] == "https://schema.org"
    row["@context"][0] = {"@vocab": "https://schema.org/"}  # as the context says, without the network
    graph = rdflib.Graph().parse(data=json.dumps(row), format="json-ld")
    so = rdflib.Namespace("https://schema.org/")
    drafts = set(graph.subjects(rdflib.RDF.type, so.ClaimReview))
    assert len(drafts) == sum(len(claims(one)) for one in ALL)
    assert not set(graph.subjects(so.reviewRating, None))
    assert {str(value) for value in graph.objects(None, so.creativeWorkStatus)} == {"Draft"}


def test_rdflib_reads_the_annotations_as_the_standard_s_terms() -> None:
    rdflib = named("rdflib")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    # the terms of the standard's own context that are used here, without the network
    context = {
        "oa": str(oa), "rdf": str(rdflib.RDF), "id": "@id", "type": "@type", "Annotation": "oa:Annotation",
        "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
        "TextualBody": "oa:TextualBody", "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"}, "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"}, "exact": "oa:exact", "prefix": "oa:prefix",
        "suffix": "oa:suffix", "start": "oa:start", "end": "oa:end", "value": "rdf:value",
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"}, "classifying": "oa:classifying",
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "format": "http://purl.org/dc/elements/1.1/format",
    }  # fmt: skip
    rows = [{**row, "@context": context} for row in rows_of(written("webannotation").decode())]
    graph = rdflib.Graph().parse(data=json.dumps(rows), format="json-ld")
    assert len(set(graph.subjects(rdflib.RDF.type, oa.Annotation))) == RECORDS
    for selector in ("TextQuoteSelector", "TextPositionSelector"):
        assert len(set(graph.subjects(rdflib.RDF.type, oa[selector]))) == RECORDS
    assert set(graph.objects(None, oa.motivatedBy)) == {oa.classifying}
    quotes = {event.evidence.quote for one in ALL for event in one.events}
    assert quotes <= {str(value) for value in graph.objects(None, oa.exact)}


# --- time, space, graphs, packages


def located() -> Iterator[Event]:
    return (event for _, event in DEEDS if is_located(event))


def test_gdal_reads_the_points(tmp_path: Path) -> None:
    raw = named("pyogrio.raw")
    path = file_of("geojson", tmp_path)
    meta, _, geometry, fields = raw.read(path)
    assert len(geometry) == len(list(located())) > 0
    assert meta["geometry_type"] == "Point"
    assert set(fields[list(meta["fields"]).index("geo_precision")]) <= {"point", "city", "district"}


@pytest.mark.parametrize(("name", "reader"), [("gexf", "read_gexf"), ("graphml", "read_graphml")])
def test_networkx_reads_the_graphs(name: str, reader: str, tmp_path: Path) -> None:
    nx = named("networkx")
    path = file_of(name, tmp_path)
    graph = getattr(nx, reader)(path)
    assert graph.number_of_edges() == sum(len(event.actors) * len(event.recipients) for _, event in DEEDS)


def test_frictionless_validates_the_package_and_the_crate_names_its_files(tmp_path: Path) -> None:
    frictionless = named("frictionless")
    target = tmp_path / "records.zip"
    target.write_bytes(written("datapackage"))
    package = frictionless.Package(str(target))
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])[:5]
    assert package.licenses == [{"name": "CC-BY-4.0"}]
    assert len(package.get_resource("records").read_rows()) == RECORDS
    rdflib = named("rdflib")
    with zipfile.ZipFile(target) as pack:
        document = json.loads(pack.read("ro-crate-metadata.json"))
        assert document["@context"] == "https://w3id.org/ro/crate/1.1/context"
        terms = {"@vocab": "https://schema.org/", "conformsTo": {"@id": "dct:conformsTo"}, "dct": DCT}
        graph = rdflib.Graph().parse(data=json.dumps({**document, "@context": terms}), format="json-ld", base=CRATE)
        crate = json.loads(pack.read("ro-crate-metadata.json"))["@graph"]
        root = next(one for one in crate if one["@id"] == "./")
        files = set(pack.namelist()) - {"ro-crate-metadata.json"}
        assert {one["@id"] for one in root["hasPart"]} == files
    so = rdflib.Namespace("https://schema.org/")
    (top,) = graph.objects(rdflib.URIRef(f"{CRATE}ro-crate-metadata.json"), so.about)
    assert {str(part).removeprefix(CRATE) for part in graph.objects(top, so.hasPart)} == files
    assert set(graph.subjects(rdflib.RDF.type, so.File)) == {rdflib.URIRef(f"{CRATE}{name}") for name in files}
