"""Readings for ledgers: the one built by hand, with other ids, days and words."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from diurna.model.codec import reading_from_dict, reading_to_dict
from diurna.model.record import Reading
from diurna.model.report import content_hash, report_id
from diurna.model.timevalue import TimeValue
from tests import readings

_ID = re.compile(r'"(st|ev|ac|cm|gp)-(\w+)"')


def sample(number: int = 1, edit: int = 0, *, outlet: str = "Northern Wire", day: str | None = None) -> Reading:
    """Reading `number`; every `edit` of it is another version of the same report."""
    url = f"https://northernwire.example/{outlet}/{number}".replace(" ", "-")
    more = f" Edition {edit} adds word{edit}." if edit else ""
    row = json.dumps(reading_to_dict(replace(readings.reading(), failures=())))
    one = reading_from_dict(json.loads(_ID.sub(rf'"\1-\2-{number}-{edit}-{outlet[:1]}"', row)))
    text = f"{one.report.text} Item{number} closes.{more}"
    published = TimeValue(day, day, "day", day) if day else one.report.published
    report = replace(
        one.report,
        id=report_id(url=url, outlet=outlet, source_id=None, title=None, text=""),
        version=content_hash("vs", text),
        url=url,
        outlet=outlet,
        source_id=f"h-{number}",
        text=text,
        published=published,
    )
    return replace(one, report=report)
