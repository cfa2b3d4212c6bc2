"""Deeds as GDELT 2 events (61 columns) and mentions (16): tabs, no header; codes are text, so that leading zeros stay.

Goldstein scores and quad classes go by CAMEO code, never by event. What GDELT takes from a quarter hour's stream
(mentions, tone) is what this report alone gives: one mention, one source, one article, no tone. An event was added when
its report was published; where nobody says when, on the day the report speaks from, and last on the event's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from diurna.countrycodes import codes_of
from diurna.export.format import day_of, deeds, is_located
from diurna.export.lines import tab_line
from diurna.lexicon import load, made_of
from diurna.model.record import Event, Party, Reading
from diurna.model.report import content_hash

COLUMNS = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
]

MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip

_FROM_THE_WEB, _FROM_A_CITATION = 1, 2
_NOWHERE = {f"{who}Geo_Type": 0 for who in ("Actor1", "Actor2", "Action")}
_QUADS = ((5, 1), (9, 2), (14, 3), (20, 4))
"""Last CAMEO root of each quad class. Protests (14) are verbal conflict in GDELT, material in PLOVER."""

_PLACES = {"country": 1, "city": 4, "point": 4, "district": 5, "province": 5}
_DAYS_A_MONTH, _DAYS = 30, 365


def write(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The rows; an event without a day or without a CAMEO code cannot be GDELT's and is left out."""
    for reading in readings:
        for event in deeds(reading):
            day = day_of(event)
            if event.cameo and day:
                cells = _cells(reading, event, event.cameo, day)
                yield tab_line([cells.get(column) for column in COLUMNS])


def write_mentions(readings: Iterable[Reading]) -> Iterator[bytes]:
    """A row for every event of `write` in its report; offsets are into that report's text, which GDELT's never were.

    Sentences are not counted here and no tone is taken, so these two stay empty, as does the confidence of what was
    never calibrated.
    """
    for reading in readings:
        for event in deeds(reading):
            day = day_of(event)
            if event.cameo and day:
                cells = _mention(reading, event, day)
                yield tab_line([cells.get(column) for column in MENTIONS])


def _mention(reading: Reading, event: Event, day: str) -> dict[str, object]:
    report, confidence = reading.report, event.evidence.confidence
    sides = [
        next((party.span.start for party in side if party.span), None) for side in (event.actors, event.recipients)
    ]
    return {
        "GLOBALEVENTID": _number(event), "EventTimeDate": _added(reading, day), "MentionTimeDate": _added(reading, day),
        "MentionType": _FROM_THE_WEB if report.url else _FROM_A_CITATION,
        "MentionSourceName": _domain(report.url) or report.outlet,
        "MentionIdentifier": report.url or report.source_id or report.id,
        "Actor1CharOffset": -1 if sides[0] is None else sides[0],
        "Actor2CharOffset": -1 if sides[1] is None else sides[1], "ActionCharOffset": event.trigger.start,
        "InRawText": 1, "Confidence": None if confidence is None else round(100 * confidence),
        "MentionDocLen": len(report.text),
    }  # fmt: skip


def _number(event: Event) -> int:
    return int(content_hash("gd", event.id)[-12:], 16)


def _digits(moment: str) -> str:
    """YYYYMMDDHHMMSS of an ISO day or moment."""
    return "".join(c for c in moment if c.isdigit()).ljust(14, "0")[:14]


def _domain(url: str | None) -> str | None:
    """The host of a web address, as GDELT names sources."""
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _added(reading: Reading, day: str) -> str:
    """When GDELT would have seen the event first."""
    known = (one.earliest for one in (reading.report.published, reading.anchor) if one)
    return _digits(next((moment for moment in known if moment), day))


def quad_class(code: str) -> int:
    """The quad class of a CAMEO code in GDELT."""
    return next(quad for last, quad in _QUADS if int(code[:2]) <= last)


def _cells(reading: Reading, event: Event, code: str, day: str) -> dict[str, object]:
    year, month, date = day.split("-")
    return {
        "GLOBALEVENTID": _number(event),
        "SQLDATE": year + month + date, "MonthYear": year + month, "Year": year,
        "FractionDate": f"{int(year) + ((int(month) - 1) * _DAYS_A_MONTH + int(date)) / _DAYS:.4f}",
        **_actor(reading, event.actors, 1), **_actor(reading, event.recipients, 2),
        "IsRootEvent": int(_is_lead(reading, event)), "EventCode": code, "EventBaseCode": code[:3],
        "EventRootCode": code[:2], "QuadClass": quad_class(code), "GoldsteinScale": goldstein(code),
        "NumMentions": 1, "NumSources": 1, "NumArticles": 1, **_NOWHERE, **_place(event),
        "DATEADDED": _added(reading, day), "SOURCEURL": reading.report.url,
    }  # fmt: skip


def _actor(reading: Reading, parties: tuple[Party, ...], number: int) -> dict[str, object]:
    if not parties:
        return {}
    party = parties[0]
    known = reading.actor(party.actor)
    country, sector = party.country or "", party.sector or ""
    name = (known.name if known else party.text).upper().replace('"', "")  # GDELT's cells are never quoted
    return {
        f"Actor{number}Code": country + sector, f"Actor{number}Name": name,
        f"Actor{number}CountryCode": country, f"Actor{number}Type1Code": sector,
    }  # fmt: skip


def _is_lead(reading: Reading, event: Event) -> bool:
    """Whether the event stands in the first paragraph after the headline."""
    body = next((block.span for block in reading.report.blocks if block.kind == "body"), None)
    return body is None or event.trigger.start < body.end


def _place(event: Event) -> dict[str, object]:
    place = event.place
    if place is None or place.precision not in _PLACES:
        return {}
    lat, lon = (place.lat, place.lon) if is_located(event) else (None, None)
    codes = codes_of(place.country)
    return {
        "ActionGeo_Type": _PLACES[place.precision], "ActionGeo_FullName": place.text,
        "ActionGeo_CountryCode": codes.fips if codes else None, "ActionGeo_Lat": lat, "ActionGeo_Long": lon,
        "ActionGeo_FeatureID": place.geonames_id,
    }  # fmt: skip


def goldstein(code: str) -> float | None:
    """The Goldstein score of a CAMEO code, or of the nearest code above it; None where there is none."""
    scores = _scores()
    return next((scores[key] for key in (code, code[:3], f"{code[:2]}0") if key in scores), None)


@made_of("goldstein", language="")
def _scores() -> dict[str, float]:
    return {code: float(score) for score, codes in load("goldstein", "")["scores"].items() for code in codes}
