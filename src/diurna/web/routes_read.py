"""A text, a file or an address that is handed in: read at once, shown, and kept where a keeper wants it kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response

from diurna.errors import UsageError
from diurna.ledger.asking import ReportFacts
from diurna.model.record import Reading
from diurna.sources.reader import report_from_text
from diurna.web.contexts import ReportPage
from diurna.web.respond import answer, asked_day, check_form, require, room_of, see_other, visitor
from diurna.web.room import Room
from diurna.web.routes import report_page
from diurna.web.schemas import leads_on

router = APIRouter()

_TITLE = 500


@router.post(
    "/read",
    summary="Read a text, a file or an address that is handed in",
    status_code=303,
    responses=leads_on(ReportPage),
)
def read(
    request: Request,
    token: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    keep: Annotated[str, Form()] = "",
    address: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """The records of a report, shown and not kept; with `keep` it is kept. Keeping and fetching want a keeper."""
    visitor(request)
    check_form(request, token)
    if keep or address.strip():
        require(request, "keeper")
    room, day = room_of(request), asked_day(published, "published")
    handed = text.replace("\r\n", "\n")
    if handed.strip():
        _within(handed, room)
        found: Sequence[Reading] = [
            room.read(report_from_text(handed, title=title.strip()[:_TITLE] or None, published=day))
        ]
    elif address.strip():
        found = room.fetched(address.strip(), day)
    elif file is not None and file.size:
        found = room.handed(file.file, file.filename or "the file", day)
    else:
        raise UsageError("there is no text: paste one, choose a file, or name an address")
    if keep:
        room.ledger.add(found)
        return see_other(request, f"/reports/{found[0].report.id}" if len(found) == 1 else "/reports")
    if len(found) > 1:
        raise UsageError(f"this holds {len(found)} reports: keep them all, or hand in one to look at")
    page = report_page(facts_of(found[0]), found[0], kept=False, address=address.strip())
    return answer(request, "report.html", "front", page)


def _within(text: str, room: Room) -> None:
    if len(text) > room.options.paste:
        raise UsageError(f"{len(text):,} characters are over the limit of {room.options.paste:,}: use `diurna add`")


def facts_of(reading: Reading) -> ReportFacts:
    """The facts of a text that is not kept."""
    one = reading.report
    when = one.published or reading.anchor
    day = (when.earliest or "")[:10] if when else ""
    return ReportFacts(
        one.id, one.version, 1, one.source_id, one.title, one.url, one.outlet, one.author, one.published,
        reading.anchor, one.language, day, "", None, len(one.text),
    )  # fmt: skip
