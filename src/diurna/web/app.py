"""The reading room as a web application: a factory, its headers, one table of errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from diurna import __version__
from diurna.errors import DiurnaError, LedgerError, UsageError
from diurna.web import routes, routes_actors, routes_charts, routes_judge, routes_people, routes_stories, routes_time
from diurna.web.contexts import ErrorPage, Frame
from diurna.web.plain import plain
from diurna.web.respond import ForbiddenError, LogInError, NotFoundError, environment, frame_of, html, wants_json
from diurna.web.room import Room, RoomOptions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_MOST_BODY = 4_000_000
_TITLES = {
    400: "That cannot be asked",
    403: "Not allowed",
    404: "Nothing is kept under this address",
    405: "This address does not take that",
    413: "Too much at once",
    421: "Wrong name",
    422: "That cannot be asked",
    503: "The ledger does not answer",
}


def create_app(options: RoomOptions) -> FastAPI:
    """The application; it opens its ledger, and makes it where there is none, when it starts."""
    room = Room(options)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        room.open()
        yield
        room.close()

    app = FastAPI(
        title="Diurna", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        description="The ledger of words and deeds. Every page is also JSON: `Accept: application/json`, or `.json`.",
    )  # fmt: skip
    app.state.room, app.state.templates = room, environment()
    static = resources.files("diurna.web").joinpath("static")
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    for part in (routes, routes_actors, routes_time, routes_charts, routes_judge, routes_people, routes_stories):
        app.include_router(part.router)
    for kind in (UsageError, DiurnaError, NotFoundError, ForbiddenError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _fault)
    app.add_exception_handler(LogInError, _log_in)
    app.add_middleware(_Porch, hosts=frozenset(options.hosts))
    return app


def _status(fault: Exception) -> tuple[int, str]:
    """What an error is to a browser: the one table."""
    if isinstance(fault, NotFoundError):
        return 404, str(fault)
    if isinstance(fault, ForbiddenError):
        return 403, str(fault)
    if isinstance(fault, HTTPException):
        return fault.status_code, "" if fault.status_code == 404 else str(fault.detail)
    if isinstance(fault, RequestValidationError):
        return 400, "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in fault.errors())[:600]
    if isinstance(fault, LedgerError):
        return 503, str(fault)
    return 400, str(fault)


async def _fault(request: Request, fault: Exception) -> Response:
    status, detail = _status(fault)
    page = ErrorPage(status, _TITLES.get(status, "That went wrong"), detail)
    if wants_json(request):
        return JSONResponse(plain(page), status_code=status)
    try:
        frame = frame_of(request, "")
    except (UsageError, LogInError):
        frame = Frame(request.url.path, (), None, "", "reader", True, "", "")
    return html(request, "error.html", frame, page, status=status)


async def _log_in(request: Request, fault: Exception) -> Response:
    if wants_json(request):
        return JSONResponse(plain(ErrorPage(401, "Log in first", str(fault))), status_code=401)
    from urllib.parse import quote

    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(here)}" if request.method == "GET" else "/login", status_code=303)


class _Porch:
    """Before every page: the name asked for, the size sent, `.json` taken off; after it: the safe headers."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        given = Giving(send, "static" if scope["path"].startswith("/static/") else "page")
        host = headers.get(b"host", b"").decode("latin-1")
        if _bare(host) not in self._hosts and "*" not in self._hosts:
            await _refuse(scope, receive, given, 421, f"this reading room does not answer to {host!r}")
        elif int(headers.get(b"content-length", b"0") or 0) > _MOST_BODY:
            await _refuse(scope, receive, given, 413, f"at most {_MOST_BODY:,} bytes at once")
        else:
            _take_json_off(scope)
            await self._app(scope, _Limited(receive), given)


class Giving:
    """Sends an answer with the safe headers."""

    def __init__(self, send: Send, kind: str) -> None:
        self._send, self._kind = send, kind

    async def __call__(self, message: Message) -> None:
        """Send one part of it."""
        if message["type"] == "http.response.start":
            cache = b"max-age=3600" if self._kind == "static" else b"private, no-cache"
            named = {key.lower() for key, _ in message["headers"]}
            more = [pair for pair in (*_HEADERS, (b"cache-control", cache)) if pair[0] not in named]
            message = {**message, "headers": [*message["headers"], *more]}
        await self._send(message)


class _Limited:
    """Receives a body, and stops where it grows too large without having said so."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._had = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._had += len(message.get("body", b""))
        if self._had > _MOST_BODY:
            raise HTTPException(413, f"at most {_MOST_BODY:,} bytes at once")
        return message


def _bare(host: str) -> str:
    """A host without its port."""
    if host.startswith("["):
        return host[1:].split("]", maxsplit=1)[0]
    return host.rsplit(":", 1)[0] if host.count(":") == 1 else host


def _take_json_off(scope: Scope) -> None:
    path: str = scope["path"]
    if path.endswith(".json") and path != "/openapi.json" and not path.startswith("/static/"):
        scope["path"] = path.removesuffix(".json").removesuffix("/index") or "/"
        scope["diurna_json"] = True


async def _refuse(scope: Scope, receive: Receive, send: Any, status: int, why: str) -> None:
    page = ErrorPage(status, _TITLES[status], why)
    await JSONResponse(plain(page), status_code=status)(scope, receive, send)
