"""The main tasks in a real browser: paste, judge, undo, follow, search, merge, go back in time, export, by keys."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diurna.web.accounts import Accounts
from diurna.web.room import RoomOptions
from tests.web.serving import CHROMIUM, PHONE, WIDE, browser, open_room, pages_of

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium"),
    pytest.mark.skipif(
        importlib.util.find_spec("playwright") is None, reason="Playwright is missing: pip install '.[dev]'"
    ),
]

WANTED = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary"
)].filter((one) => one.checkVisibility({visibilityProperty: true})).length"""
REACHED = """() => {
  const at = document.activeElement;
  at.dataset.seen ??= Math.random();
  return at.matches("a, button, input, select, textarea, summary") ? at.dataset.seen : "";
}"""
UNREACHED = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
)].filter((one) => one.checkVisibility({visibilityProperty: true})).filter((one) => {
  one.focus({focusVisible: true});
  const look = getComputedStyle(one);
  return one !== document.activeElement || one.tabIndex < 0 || look.outlineStyle === "none";
}).map((one) => one.outerHTML.slice(0, 120))"""
PASSWORD = "a long password"  # noqa: S105 - of the tests' own accounts


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.fixture
def room(ledger: Path) -> Iterator[str]:
    with open_room(RoomOptions(str(ledger), by="ana", engine="rules")) as address:
        yield address


@pytest.fixture
def page(chromium: Any, room: str) -> Iterator[Any]:
    context = chromium.new_context(base_url=room, viewport=WIDE)
    found = context.new_page()
    faults: list[str] = []
    found.on("pageerror", lambda fault: faults.append(str(fault)))
    found.on(
        "console", lambda said: faults.append(said.text) if said.type == "error" and "404" not in said.text else None
    )
    yield found
    context.close()
    assert not faults


def press(page: Any, key: str, *, leads: bool = False) -> None:
    """Press a key where the page listens to keys; wait for the page it leads to."""
    page.wait_for_selector("html[data-keys]", state="attached")
    if leads:
        with page.expect_navigation():
            page.keyboard.press(key)
        page.wait_for_selector("html[data-keys]", state="attached")
    else:
        page.keyboard.press(key)


def follow(page: Any, what: Any) -> None:
    """Click what leads to another page, and be there."""
    with page.expect_navigation():
        what.click()


def test_a_report_is_pasted_seen_and_kept(page: Any) -> None:
    page.goto("/")
    page.get_by_label("Paste a report").fill(
        "Mara Venn said on Monday that the ferry would sail.\n\nThe guard shelled the quay."
    )
    follow(page, page.get_by_role("button", name="Read", exact=True))
    assert page.locator(".kicker").first.inner_text().lower().startswith("read, not kept")
    assert page.locator(".note.word .who", has_text="Mara Venn").count() == 1
    follow(page, page.get_by_role("button", name="Keep this report"))
    assert "/reports/rp-" in page.url
    page.goto("/actors/Mara%20Venn")
    assert page.locator("h1").inner_text() == "Mara Venn"


def test_a_gap_is_found_judged_and_undone_by_keys_alone(page: Any) -> None:
    page.goto("/")
    press(page, "g", leads=True)
    assert page.url.endswith("/gaps")
    press(page, "j")
    press(page, "Enter", leads=True)
    gap = page.url
    assert "/gaps/" in gap
    for key, shown in (("a", 1), ("u", 0)):
        press(page, key, leads=True)
        assert page.locator(".tag.accepted").count() == shown
        assert page.url == gap
    press(page, "r", leads=True)
    assert page.locator(".tag.rejected").count() == 1
    press(page, "n", leads=True)
    assert "/gaps/" in page.url
    assert page.url != gap
    press(page, "p", leads=True)
    assert page.url == gap


def test_an_actor_is_followed_from_a_report(page: Any) -> None:
    page.goto("/reports")
    follow(page, page.locator(".rows a").first)
    follow(page, page.locator(".names a", has_text="Oren Tal"))
    assert page.locator("h1").inner_text() == "Oren Tal"
    follow(page, page.get_by_role("link", name="in the report").first)
    target = page.evaluate("document.querySelector(':target') !== null")
    assert target


def test_search_from_the_masthead_by_key(page: Any) -> None:
    page.goto("/charts")
    press(page, "/")
    page.keyboard.type("weapons")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=weapons*")
    assert page.locator("mark.hit").count() > 3
    before = page.locator(".rows > li").count()
    follow(page, page.locator("aside .counted a").first)
    assert 0 < page.locator(".rows > li").count() < before


def test_two_actors_are_merged_and_split(page: Any) -> None:
    page.goto("/actors/Harrow%20Front")
    follow(page, page.get_by_role("link", name="compare").first)
    follow(page, page.get_by_role("button", name="They are one"))
    page.wait_for_url("**/actors/Harrow%20Front")
    follow(page, page.get_by_role("link", name="split"))
    follow(page, page.get_by_role("button", name="Split them"))
    page.wait_for_url("**/actors/Harrow%20Front")
    assert page.get_by_role("link", name="split").count() == 0


def test_the_whole_room_is_set_back_to_a_day_and_forward_again(page: Any) -> None:
    page.goto("/gaps")
    page.locator(".asof summary").click()
    page.get_by_label("Show everything as it was known").fill("2020-01-01")
    follow(page, page.get_by_role("button", name="Set back"))
    assert page.locator(".rows > li").count() == 0
    follow(page, page.get_by_role("link", name="Reports", exact=True).first)
    assert "as=2020-01-01" in page.url
    follow(page, page.get_by_role("link", name="Back to now"))
    assert page.locator(".rows > li").count() > 5


def test_a_chart_is_exported_as_svg_csv_and_png(page: Any, tmp_path: Path) -> None:
    page.goto("/charts")
    figure = page.locator("figure").first
    for name, begins in (("SVG", b"<svg"), ("CSV", b"day,words,deeds"), ("PNG", b"\x89PNG")):
        with page.expect_download() as got:
            figure.get_by_role("link", name=name, exact=True).click()
        got.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_records_and_notes_light_up_together(page: Any) -> None:
    page.goto("/reports")
    follow(page, page.locator(".rows a").first)
    press(page, "j")
    assert page.locator(".note.lit").count() == 1
    assert page.locator(".p.lit").count() > 0
    first = page.locator(".note.lit").get_attribute("data-n")
    page.keyboard.press("j")
    assert page.locator(".note.lit").get_attribute("data-n") != first


def test_layers_are_switched_off_and_on(page: Any) -> None:
    page.goto("/reports")
    follow(page, page.locator(".rows a").first)
    notes = page.locator(".note.word")
    assert notes.first.is_visible()
    page.locator("#layer-word").uncheck()
    assert not notes.first.is_visible()
    page.locator("#layer-word").check()
    assert notes.first.is_visible()


def test_the_help_sheet_opens_and_closes(page: Any) -> None:
    page.goto("/gaps")
    press(page, "?")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")


def test_keys_do_nothing_while_one_writes(page: Any) -> None:
    page.goto("/")
    page.get_by_label("Paste a report").click()
    page.keyboard.type("grab ?/ajn")
    assert page.get_by_label("Paste a report").input_value() == "grab ?/ajn"
    assert page.url.endswith("/")


def test_every_page_reads_without_script(chromium: Any, room: str, ledger: Path) -> None:
    context = chromium.new_context(base_url=room, java_script_enabled=False)
    page = context.new_page()
    for name, path in pages_of(room, ledger):
        page.goto(path)
        assert page.locator("h1").first.is_visible(), name
    page.goto(dict(pages_of(room, ledger))["gap"])
    follow(page, page.locator("button[value=accept]"))
    assert page.locator(".tag.accepted").count() == 1
    context.close()


def test_each_role_logs_in(chromium: Any, ledger: Path, tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    for role in ("reader", "reviewer", "keeper"):
        accounts.put(role, role, PASSWORD, "tests")  # type: ignore[arg-type]
    with open_room(RoomOptions(str(ledger), users=accounts.path)) as address:
        for role, judges, keeps in (("reader", 0, 0), ("reviewer", 1, 0), ("keeper", 1, 1)):
            context = chromium.new_context(base_url=address)
            page = context.new_page()
            page.goto("/gaps")
            page.get_by_label("Name").fill(role)
            page.get_by_label("Password").fill(PASSWORD)
            follow(page, page.get_by_role("button", name="Log in"))
            page.wait_for_url("**/gaps")
            follow(page, page.locator(".rows .line a").first)
            assert page.locator("button[value=accept]").count() == judges
            page.goto("/")
            assert page.get_by_role("button", name="Read and keep").count() == keeps
            follow(page, page.get_by_role("button", name="Log out"))
            page.wait_for_url("**/login")
            context.close()


def test_nothing_is_asked_of_another_host_and_nothing_is_wider_than_the_phone(
    chromium: Any, room: str, ledger: Path
) -> None:
    context = chromium.new_context(base_url=room, viewport=PHONE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name, path in pages_of(room, ledger):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], (name, wide)
    assert {url.split("/")[2] for url in asked} == {room.split("/")[2]}
    context.close()


def test_everything_on_every_page_takes_the_focus_and_shows_it(page: Any, room: str, ledger: Path) -> None:
    for name, path in pages_of(room, ledger):
        page.goto(path)
        assert page.evaluate(UNREACHED) == [], name


def test_two_actors_are_merged_and_the_room_set_back_by_keys_alone(page: Any) -> None:
    page.goto("/actors/Harrow%20Front")
    for name in ("compare", "They are one"):
        found = page.get_by_role("link" if name == "compare" else "button", name=name).first
        reach(page, found)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.get_by_role("link", name="split").count() == 1
    reach(page, page.locator(".asof summary"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("01012020")
    reach(page, page.get_by_role("button", name="Set back"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "as=2020-01-01" in page.url


def test_a_chart_is_saved_by_keys_alone(page: Any, tmp_path: Path) -> None:
    page.goto("/charts")
    press(page, "t")
    reach(page, page.get_by_role("link", name="PNG", exact=True).first)
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    got.value.save_as(tmp_path / "png")
    assert (tmp_path / "png").read_bytes().startswith(b"\x89PNG")


def reach(page: Any, what: Any, most: int = 400) -> None:
    """Go on by Tab until it has the focus."""
    what.wait_for()
    for _ in range(most):
        if what.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached by Tab")


def test_everything_that_can_be_done_is_reached_by_tab(page: Any, room: str, ledger: Path) -> None:
    for name in ("front", "gap", "merge", "report", "review"):
        page.goto(dict(pages_of(room, ledger))[name])
        wanted = page.evaluate(WANTED)
        seen = set()
        for _ in range(wanted + 40):
            page.keyboard.press("Tab")
            seen.add(page.evaluate(REACHED))
        assert len(seen - {""}) >= wanted, name


@pytest.mark.skipif(
    importlib.util.find_spec("axe_playwright_python") is None, reason="axe is missing: pip install '.[dev]'"
)
@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_nothing_on_any_page(chromium: Any, room: str, ledger: Path, light: str, size: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(base_url=room, viewport=WIDE if size == "desktop" else PHONE, color_scheme=light)
    page = context.new_page()
    axe, found = Axe(), []
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for name, path in pages_of(room, ledger):
        page.goto(path)
        told = axe.run(page, options={"runOnly": {"type": "tag", "values": tags}}).response
        found += [
            (name, fault["id"], fault["nodes"][0]["html"][:160], len(fault["nodes"])) for fault in told["violations"]
        ]
    context.close()
    assert not found, json.dumps(found, indent=1)
