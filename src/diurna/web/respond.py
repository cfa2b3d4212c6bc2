"""Answering: who asks, what moment, HTML or JSON; the one place where pages are rendered."""

from __future__ import annotations

from typing import Any, Literal, cast
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from diurna.errors import UsageError
from diurna.ledger.clock import parse_moment
from diurna.web import wording
from diurna.web.accounts import Role, form_token, is_form_token
from diurna.web.contexts import Frame
from diurna.web.plain import Json, plain
from diurna.web.room import Room

COOKIE = "diurna"
_KEPT = ("as",)


class NotFoundError(Exception):
    """There is no such page or record."""


class ForbiddenError(Exception):
    """The visitor's role does not allow it, or the form was not ours."""


class LogInError(Exception):
    """The visitor must log in first."""


class TooOftenError(Exception):
    """Too much was asked at once, or too many log-ins failed; `seconds` is how long to wait."""

    def __init__(self, why: str, seconds: int) -> None:
        super().__init__(why)
        self.seconds = seconds


def environment() -> Environment:
    """The templates; everything they print is escaped, and shows what would hide or turn text."""
    made = Environment(
        loader=PackageLoader("diurna.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=wording.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = (
        "clipped", "folded", "weblink", "segment", "day", "time_words", "title_of", "speaker", "doers", "others",
        "committed", "is_deed",
    )  # fmt: skip
    made.filters.update({name: getattr(wording, name) for name in names})
    return made


def room_of(request: Request) -> Room:
    """The room a request came into."""
    return cast("Room", request.app.state.room)


def moment_of(request: Request) -> str | None:
    """The moment the visitor wants the page as known on.

    Raises:
        UsageError: it is neither a day nor a moment.
    """
    said = request.query_params.get("as", "").strip()
    if said:
        parse_moment(said)
    return said or None


def visitor(request: Request) -> tuple[str, Role]:
    """Who asks.

    Raises:
        LogInError: there are accounts, and nobody is logged in.
    """
    room = room_of(request)
    if room.accounts is None:
        return room.options.by, "keeper"
    name = room.sessions.user(request.cookies.get(COOKIE))
    account = room.accounts.get(name) if name else None
    if account is None:
        raise LogInError
    return account.name, account.role


def frame_of(request: Request, here: str, *, open_to_all: bool = False) -> Frame:
    """What stands round a page."""
    room = room_of(request)
    nobody: tuple[str, Role] = ("", "reader")
    user, role = nobody if open_to_all else visitor(request)
    session = session_of(request)
    query = tuple((key, value) for key, value in request.query_params.multi_items() if key not in _KEPT)
    return Frame(
        request.url.path, query, None if open_to_all else moment_of(request), user, role,
        room.accounts is not None, form_token(room.secret, session), here,
    )  # fmt: skip


def session_of(request: Request) -> str:
    """The visitor's session: that of the cookie, or one begun for this answer."""
    found = getattr(request.state, "session", None)
    if found is None:
        found = request.cookies.get(COOKIE) or room_of(request).sessions.begin(None)
        request.state.session = found
    return cast("str", found)


def check_form(request: Request, said: str) -> None:
    """See that a form is ours: its word is the session's, and it was not sent by another site.

    Raises:
        ForbiddenError: it is not.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    known = is_form_token(room_of(request).secret, request.cookies.get(COOKIE), said)
    if not known or site not in ("same-origin", "none"):
        raise ForbiddenError(
            "this form was not sent by this page, or is too old: go back, load the page again and retry"
        )


def require(request: Request, role: Role) -> str:
    """The visitor's name, where the role is enough.

    Raises:
        ForbiddenError: it is not.
    """
    name, has = visitor(request)
    order: tuple[Role, ...] = ("reader", "reviewer", "keeper")
    if order.index(has) < order.index(role):
        raise ForbiddenError(f"this needs the role {role}; {name} is a {has}")
    return name


def wants_json(request: Request) -> bool:
    """Whether JSON was asked for: by `.json` at the end of the address or by the Accept header."""
    if request.scope.get("diurna_json"):
        return True
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def answer(request: Request, template: str, here: str, page: Any, *, status: int = 200) -> Response:
    """A page as HTML, or as JSON where that was asked for."""
    if wants_json(request):
        visitor(request)
        moment = request.query_params.get("as") or None
        return Json({"as_known_on": moment, **plain(page)}, status_code=status)
    return html(request, template, frame_of(request, here), page, status=status)


def html(request: Request, template: str, frame: Frame, page: Any, *, status: int = 200) -> Response:
    """A page as HTML."""
    kind: Environment = request.app.state.templates

    def url(path: str, **params: Any) -> str:
        """An address in the room, at the moment this page is of."""
        return address(path, frame.known_on, **params)

    body = kind.get_template(template).render(page=page, frame=frame, url=url)
    return with_session(request, HTMLResponse(body.encode("utf-8", "replace"), status_code=status))


def with_session(request: Request, response: Response) -> Response:
    """The response, with the session's cookie where the visitor has none."""
    if request.cookies.get(COOKIE) != session_of(request):
        set_cookie(request, response, session_of(request))
    return response


def set_cookie(request: Request, response: Response, word: str) -> None:
    """Hand out a session's word; scripts cannot read it, other sites cannot send it."""
    strict: Literal["strict"] = "strict"
    response.set_cookie(COOKIE, word, httponly=True, samesite=strict, secure=request.url.scheme == "https", path="/")


def address(path: str, known_on: str | None, **params: Any) -> str:
    """A path with its parameters, empty ones left out, at a moment."""
    head, _, anchor = path.partition("#")
    said = {key.rstrip("_"): value for key, value in params.items() if value not in (None, "")}
    if known_on:
        said["as"] = known_on
    return head + (f"?{urlencode(said)}" if said else "") + (f"#{anchor}" if anchor else "")


def back_to(said: str, otherwise: str = "/") -> str:
    """`said` where it is an address in this room, else `otherwise`: a form cannot lead elsewhere."""
    fine = said.startswith("/") and not said.startswith("//") and "\\" not in said and said.isprintable()
    return said if fine else otherwise


def see_other(request: Request, said: str) -> Response:
    """On to another page of the room, after a form."""
    return with_session(request, RedirectResponse(back_to(said), status_code=303))


def asked_day(said: str | None, name: str) -> str | None:
    """A day from a form; None where it was left empty.

    Raises:
        UsageError: it is no day.
    """
    import datetime as dt

    if not said or not said.strip():
        return None
    try:
        return dt.date.fromisoformat(said.strip()).isoformat()
    except ValueError:
        raise UsageError(f"{name} {said!r} is no day: write it as 2025-12-28") from None
