"""Before a page: the name asked for, the size sent, `.json` taken off. After it: safe headers. Around it: faults."""

from __future__ import annotations

import logging
import traceback

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from diurna.web.contexts import ErrorPage
from diurna.web.plain import Json, plain

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
MOST_BODY = 4_000_000
"""Bytes of a form."""

TITLES = {
    400: "That cannot be asked",
    401: "Log in first",
    403: "Not allowed",
    404: "Nothing is kept under this address",
    405: "This address does not take that",
    413: "Too much at once",
    421: "Wrong name",
    429: "Too often",
    500: "Something in Diurna went wrong",
    503: "The ledger does not answer",
}
_LOG = logging.getLogger("diurna.web")


class Porch:
    """What every request comes in by and every answer goes out by."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        given = Giving(send, is_static=scope["path"].startswith("/static/"), bare=scope["method"] == "HEAD")
        host = headers.get(b"host", b"").decode("latin-1")
        said = headers.get(b"content-length", b"0")
        if bare_host(host) not in self._hosts and "*" not in self._hosts:
            await _refuse(scope, receive, given, 421, f"this reading room does not answer to {host[:200]!r}")
        elif not said.isdigit():
            await _refuse(scope, receive, given, 400, "the length of what was sent is no number")
        elif int(said[:20]) > MOST_BODY:
            await _refuse(scope, receive, given, 413, f"at most {MOST_BODY:,} bytes at once")
        else:
            _take_json_off(scope)
            if scope["method"] == "HEAD":
                scope["method"] = "GET"
            await self._inside(scope, receive, given)

    async def _inside(self, scope: Scope, receive: Receive, given: Giving) -> None:
        try:
            await self._app(scope, _Limited(receive), given)
        except Exception as fault:  # whatever it was, no page shows its inside
            if given.begun:
                raise
            _LOG.error("%s at %s", type(fault).__name__, _place(fault))  # its message may hold texts; logs hold none
            await _refuse(scope, receive, given, 500, "it is noted in the log; the ledger is as it was before")


class Giving:
    """Sends an answer with the safe headers; to HEAD without its body."""

    def __init__(self, send: Send, *, is_static: bool, bare: bool) -> None:
        self._send, self._cache = send, b"max-age=3600" if is_static else b"private, no-cache"
        self._bare = bare
        self.begun = False

    async def __call__(self, message: Message) -> None:
        """Send one part of it."""
        if message["type"] == "http.response.start":
            self.begun = True
            named = {key.lower() for key, _ in message["headers"]}
            more = [pair for pair in (*HEADERS, (b"cache-control", self._cache)) if pair[0] not in named]
            message = {**message, "headers": [*message["headers"], *more]}
        elif self._bare and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)


class _Limited:
    """Receives a body, and stops where it grows too large without having said so."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._had = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._had += len(message.get("body", b""))
        if self._had > MOST_BODY:
            raise HTTPException(413, f"at most {MOST_BODY:,} bytes at once")
        return message


def bare_host(host: str) -> str:
    """A host without its port, in small letters."""
    if host.startswith("["):
        return host[1:].split("]", maxsplit=1)[0].lower()
    return (host.rsplit(":", 1)[0] if host.count(":") == 1 else host).lower()


def _take_json_off(scope: Scope) -> None:
    path: str = scope["path"]
    if path.endswith(".json") and path != "/openapi.json" and not path.startswith("/static/"):
        scope["path"] = path.removesuffix(".json").removesuffix("/index") or "/"
        scope["diurna_json"] = True


def _place(fault: BaseException) -> str:
    """The innermost line a fault came from."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{last.filename}:{last.lineno} in {last.name}"


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    page = ErrorPage(status, TITLES[status], why)
    await Json(plain(page), status_code=status)(scope, receive, send)
