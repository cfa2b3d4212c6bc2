"""Screenshots of every page, desktop and phone, light and dark: `python -m tests.web.screenshots FOLDER [NAME...]`.

They are WebP, which Chromium makes itself: a hundred pictures take 3 MB. With `png:FOLDER` they are PNG.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path
from typing import Any

from diurna.cli_serve import dress_demo, fill_demo
from diurna.settings import Settings
from diurna.web.room import RoomOptions
from tests.web.serving import PHONE, WIDE, browser, open_room, pages_of

MOST = 1300
"""Pixels of a page's height that are shown; longer pages go on in the same way."""


def main(folder: str, *names: str) -> None:
    """Make them, all or those named."""
    kind = "png" if folder.startswith("png:") else "webp"
    target = Path(folder.removeprefix("png:"))
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        ledger = Path(place) / "demo.db"
        fill_demo(str(ledger), Settings())
        dress_demo(str(ledger))
        with open_room(RoomOptions(str(ledger))) as address, browser() as chromium:
            darkroom = chromium.new_page()
            for size, viewport in (("desktop", WIDE), ("phone", PHONE)):
                for light in ("light", "dark"):
                    context = chromium.new_context(viewport=viewport, color_scheme=light, device_scale_factor=1)
                    page = context.new_page()
                    for name, path in pages_of(address, ledger):
                        if not names or name in names:
                            page.goto(address + path)
                            picture = target / f"{name}-{size}-{light}.{kind}"
                            high = min(page.evaluate("document.documentElement.scrollHeight"), MOST)
                            clip = {"x": 0, "y": 0, "width": viewport["width"], "height": high}
                            taken = page.screenshot(full_page=True, clip=clip)
                            picture.write_bytes(taken if kind == "png" else as_webp(darkroom, taken))
                    context.close()


def as_webp(page: Any, png: bytes) -> bytes:
    """The picture as the browser packs it."""
    packed: str = page.evaluate(
        """async (address) => {
          const image = new Image();
          image.src = address;
          await image.decode();
          const canvas = document.createElement("canvas");
          canvas.width = image.naturalWidth;
          canvas.height = image.naturalHeight;
          canvas.getContext("2d").drawImage(image, 0, 0);
          return canvas.toDataURL("image/webp", 0.4);
        }""",
        "data:image/png;base64," + base64.b64encode(png).decode(),
    )
    return base64.b64decode(packed.partition(",")[2])


if __name__ == "__main__":
    main(*sys.argv[1:])
