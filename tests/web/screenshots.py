"""Screenshots of every page, desktop and phone, light and dark: `python -m tests.web.screenshots FOLDER [NAME...]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from diurna.cli_serve import dress_demo, fill_demo
from diurna.settings import Settings
from diurna.web.room import RoomOptions
from tests.web.serving import PHONE, WIDE, browser, open_room, pages_of

MOST = 1700
"""Pixels of a page's height that are shown; longer pages go on in the same way."""


def main(folder: str, *names: str) -> None:
    """Make them, all or those named."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        ledger = Path(place) / "demo.db"
        fill_demo(str(ledger), Settings())
        dress_demo(str(ledger))
        with open_room(RoomOptions(str(ledger))) as address, browser() as chromium:
            for size, viewport in (("desktop", WIDE), ("phone", PHONE)):
                for light in ("light", "dark"):
                    context = chromium.new_context(viewport=viewport, color_scheme=light, device_scale_factor=1)
                    page = context.new_page()
                    for name, path in pages_of(address, ledger):
                        if not names or name in names:
                            page.goto(address + path)
                            picture = target / f"{name}-{size}-{light}.png"
                            high = min(page.evaluate("document.documentElement.scrollHeight"), MOST)
                            clip = {"x": 0, "y": 0, "width": viewport["width"], "height": high}
                            page.screenshot(path=picture, full_page=True, clip=clip)
                    context.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
