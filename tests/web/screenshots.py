"""Screenshots of every page, desktop and phone, light and dark: `python -m tests.web.screenshots FOLDER [NAME...]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from diurna.cli_serve import fill_demo
from diurna.settings import Settings
from diurna.web.room import RoomOptions
from tests.web.serving import PHONE, WIDE, browser, open_room, pages_of


def main(folder: str, *names: str) -> None:
    """Make them, all or those named."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        ledger = Path(place) / "demo.db"
        fill_demo(str(ledger), Settings())
        with open_room(RoomOptions(str(ledger))) as address, browser() as chromium:
            for size, viewport in (("desktop", WIDE), ("phone", PHONE)):
                for light in ("light", "dark"):
                    context = chromium.new_context(viewport=viewport, color_scheme=light, device_scale_factor=1)
                    page = context.new_page()
                    for name, path in pages_of(address, ledger):
                        if not names or name in names:
                            page.goto(address + path)
                            page.screenshot(path=target / f"{name}-{size}-{light}.png", full_page=True)
                    context.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
