"""The reading room as a web application: a factory, and one table of errors."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from diurna import __version__
from diurna.annotate.actors.gazetteer import largest_towns
from diurna.errors import DiurnaError, LedgerError, UsageError
from diurna.web import (
    routes,
    routes_actors,
    routes_charts,
    routes_judge,
    routes_people,
    routes_read,
    routes_stories,
    routes_time,
)
from diurna.web.contexts import ErrorPage, Frame
from diurna.web.plain import Json, plain
from diurna.web.porch import TITLES, Porch
from diurna.web.respond import (
    ForbiddenError,
    LogInError,
    NotFoundError,
    TooOftenError,
    environment,
    frame_of,
    html,
    room_of,
    wants_json,
)
from diurna.web.room import Room, RoomOptions, TooBusyError
from diurna.web.schemas import describe

_LOG = logging.getLogger("diurna.web")


def create_app(options: RoomOptions) -> FastAPI:
    """The application; it opens its ledger, and makes it where there is none, when it starts."""
    room = Room(options)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        room.open()
        if room.is_large:
            room.answers.ahead(lambda: _dear(room))
        yield
        room.close()

    app = FastAPI(
        title="Diurna", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        description="The ledger of words and deeds. Every page is also JSON: `Accept: application/json`, or `.json`.",
        redirect_slashes=False,  # such an answer would name a host; pages have one address each
    )  # fmt: skip
    app.state.room, app.state.templates = room, environment()
    static = resources.files("diurna.web").joinpath("static")
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    for part in (
        routes,
        routes_actors,
        routes_time,
        routes_charts,
        routes_judge,
        routes_people,
        routes_stories,
        routes_read,
    ):
        app.include_router(part.router)
    for kind in (
        UsageError,
        DiurnaError,
        NotFoundError,
        ForbiddenError,
        TooOftenError,
        HTTPException,
        RequestValidationError,
    ):
        app.add_exception_handler(kind, _fault)
    app.add_exception_handler(LogInError, _log_in)
    app.add_exception_handler(TooBusyError, _busy)
    setattr(app, "openapi", lambda: describe(app))  # noqa: B010 - FastAPI's own way to give a description
    app.add_middleware(Porch, hosts=frozenset(one.lower() for one in options.hosts))
    return app


def _dear(room: Room) -> None:
    """Ask what many ask and what is long to find in a large ledger."""
    routes.front_news(room, None)
    routes_stories.known_stories(room, None)
    routes_actors.known_actors(room, None, "", "reports", None)
    largest_towns()


def _status(fault: Exception) -> tuple[int, str]:
    """What an error is to a browser: the one table."""
    if isinstance(fault, NotFoundError):
        return 404, str(fault)
    if isinstance(fault, ForbiddenError):
        return 403, str(fault)
    if isinstance(fault, TooOftenError):
        return 429, str(fault)
    if isinstance(fault, HTTPException):
        return fault.status_code, "" if fault.status_code == 404 else str(fault.detail)
    if isinstance(fault, RequestValidationError):
        return 400, "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in fault.errors())[:600]
    return (503 if isinstance(fault, LedgerError) else 400), str(fault)


async def _fault(request: Request, fault: Exception) -> Response:
    status, detail = _status(fault)
    if isinstance(fault, LedgerError) and room_of(request).accounts is not None:
        _LOG.error("%s", detail)
        detail = "who keeps this room finds the reason in its log"
    page = ErrorPage(status, TITLES.get(status, "That went wrong"), detail)
    more = dict(fault.headers or {}) if isinstance(fault, HTTPException) else {}
    if isinstance(fault, TooOftenError):
        more["Retry-After"] = str(fault.seconds)
    answered = _shown(request, page)
    answered.headers.update(more)
    return answered


async def _busy(request: Request, _: Exception) -> Response:
    return await _fault(request, TooOftenError("too many texts are being read: come again in half a minute", 30))


def _shown(request: Request, page: ErrorPage) -> Response:
    if wants_json(request):
        return Json(plain(page), status_code=page.status)
    try:
        frame = frame_of(request, "")
    except (UsageError, LogInError):
        frame = Frame(request.url.path, (), None, "", "reader", True, "", "")
    return html(request, "error.html", frame, page, status=page.status)


async def _log_in(request: Request, fault: Exception) -> Response:
    if wants_json(request):
        return Json(plain(ErrorPage(401, "Log in first", str(fault))), status_code=401)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(here)}" if request.method == "GET" else "/login", status_code=303)
