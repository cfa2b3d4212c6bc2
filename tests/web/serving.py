"""A reading room on a free port in this process, a browser to look at it, and a ledger made by hand."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from diurna.web.app import create_app
from diurna.web.room import RoomOptions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@contextmanager
def open_room(options: RoomOptions) -> Iterator[str]:
    """The address of a room that is open while the block lasts."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(options), log_level="error"))
        thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the room did not open"
            thread.join(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield found
        finally:
            found.close()


def pages_of(address: str, ledger: Path) -> list[tuple[str, str]]:
    """Every kind of page with something worth looking at: (name, path)."""
    from diurna.flow.relink import find_stories
    from diurna.ledger.store import Ledger

    with Ledger(ledger) as kept:
        view = kept.view()
        gaps = [one.record for one in kept.gaps()]
        gap = next(one for one in gaps if one.verdict == "gap")
        home = next(one.report.id for one in kept.gaps() if one.record.id == gap.id)
        known = view.actor_page(None, "reports", 2).rows
        statement = next(iter(kept.statements())).record.id
        told = max(find_stories(view.readings()), key=lambda one: len(one.reports)).id
        edited = next((one.id for one in kept.reports() if one.number > 1), home)
    from urllib.parse import quote

    one, two = (quote(known[at].name, safe="") for at in (0, 1))
    return [
        ("front", "/"), ("reports", "/reports"), ("report", f"/reports/{home}"),
        ("changes", f"/reports/{edited}/changes"), ("gaps", "/gaps"), ("gap", f"/gaps/{gap.id}"),
        ("commitments", "/commitments"), ("actors", "/actors"), ("actor", f"/actors/{one}"),
        ("merge", f"/actors/{one}/merge?other={two}"), ("stories", "/stories"),
        ("story", f"/stories/{told}"), ("timeline", "/timeline"),
        ("network", "/network"), ("map", "/map"), ("charts", "/charts"), ("search", "/search?q=weapons"),
        ("review", "/review"), ("dossiers", "/dossiers"), ("runs", "/runs"), ("journal", "/journal"),
        ("cite", f"/cite/{statement}"), ("help", "/help"), ("past", "/?as=2020-01-01"), ("missing", "/nowhere"),
    ]  # fmt: skip
