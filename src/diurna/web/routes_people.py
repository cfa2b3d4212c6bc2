"""Log-in, accounts, the journal; runs and failures; dossiers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from diurna.errors import UsageError
from diurna.flow.watchstate import followed
from diurna.web.accounts import ROLES, WAIT, TooManyTriesError
from diurna.web.contexts import DossiersPage, JournalPage, LoginPage, RunsPage
from diurna.web.respond import (
    COOKIE,
    ForbiddenError,
    NotFoundError,
    TooOftenError,
    answer,
    back_to,
    check_form,
    frame_of,
    html,
    moment_of,
    require,
    room_of,
    see_other,
    set_cookie,
    visitor,
)
from diurna.web.schemas import leads_on, shows

router = APIRouter()

_LAST = 300


@router.get("/login", summary="Log in", response_class=HTMLResponse)
def login_page(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name is the address's
    """The log-in; there is none where there are no accounts."""
    if room_of(request).accounts is None:
        raise NotFoundError("this room has one user and no log-in")
    return html(request, "login.html", frame_of(request, "", open_to_all=True), LoginPage(back_to(next), ""))


@router.post("/login", summary="Log in", status_code=303, responses=leads_on())
def login(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002 - the name is the form's
) -> Response:
    """Begin a session; its word is new, so that one known before is of no use."""
    room = room_of(request)
    if room.accounts is None:
        raise NotFoundError("this room has one user and no log-in")
    check_form(request, token)
    visitor = request.client.host if request.client else ""
    try:
        account = room.accounts.check(name.strip(), password, visitor)
    except TooManyTriesError as told:
        raise TooOftenError(str(told), WAIT) from None
    if account is None:
        frame = frame_of(request, "", open_to_all=True)
        page = LoginPage(back_to(next), "That name and password do not go together.")
        return html(request, "login.html", frame, page, status=403)
    room.sessions.end(request.cookies.get(COOKIE))
    answered = RedirectResponse(back_to(next), status_code=303)
    set_cookie(request, answered, room.sessions.begin(account.name))
    return answered


@router.post("/logout", summary="Log out", status_code=303, responses=leads_on())
def logout(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """End the session."""
    check_form(request, token)
    room_of(request).sessions.end(request.cookies.get(COOKIE))
    answered = RedirectResponse("/login" if room_of(request).accounts else "/", status_code=303)
    answered.delete_cookie(COOKIE, path="/")
    return answered


@router.get("/journal", summary="Who judged what, and who logged in", responses=shows(JournalPage))
def journal(request: Request) -> Response:
    """Judgements for all; log-ins and accounts for keepers."""
    _, role = visitor(request)
    room = room_of(request)
    given = room.view(moment_of(request)).judgements()[-_LAST:]
    lines: list[tuple[str, str, str, str]] = []
    accounts: list[tuple[str, str]] = []
    if room.accounts is not None and role == "keeper":
        lines = [(one["at"], one["who"], one["what"], one["more"]) for one in room.accounts.journal()]
        accounts = [(one.name, one.role) for one in room.accounts.all()]
    page = JournalPage(tuple(reversed(given)), tuple(lines), tuple(accounts))
    return answer(request, "journal.html", "journal", page)


@router.post("/accounts", summary="Add, change or take out an account", status_code=303, responses=leads_on())
def accounts(
    request: Request,
    name: Annotated[str, Form()],
    role: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    drop: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
) -> Response:
    """A keeper minds the accounts."""
    check_form(request, token)
    by = require(request, "keeper")
    room = room_of(request)
    if room.accounts is None:
        raise NotFoundError("this room has no accounts: open it with --users FILE")
    if drop:
        if name == by:
            raise ForbiddenError("a keeper cannot take out the account they are logged in with")
        room.accounts.drop(name, by)
        return see_other(request, "/journal")
    known = next((one for one in ROLES if one == role), None)
    if known is None:
        raise UsageError(f"there is no role {role!r} (there are {', '.join(ROLES)})")
    room.accounts.put(name, known, password, by)
    return see_other(request, "/journal")


@router.get("/runs", summary="Runs of `diurna add`, and what could not be read", responses=shows(RunsPage))
def runs(request: Request) -> Response:
    """The newest first."""
    visitor(request)
    ledger = room_of(request).ledger
    page = RunsPage(tuple(reversed(ledger.runs()[-_LAST:])), tuple(reversed(ledger.failures()[-_LAST:])))
    return answer(request, "runs.html", "runs", page)


@router.get("/dossiers", summary="Dossiers: matters that are followed", responses=shows(DossiersPage))
def dossiers(request: Request) -> Response:
    """What `diurna watch` follows, and how its feeds are; as it is now, whatever the moment asked for."""
    visitor(request)
    moment_of(request)
    page = DossiersPage(room_of(request).view(None).answer(followed))
    return answer(request, "dossiers.html", "dossiers", page)
