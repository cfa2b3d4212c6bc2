"""Following feeds: against a server on the loopback, by a clock that moves only when the watch waits."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from lxml import etree, html  # type: ignore[import-untyped]
from typer.testing import CliRunner

from diurna import cli
from diurna.flow import ingest as ingesting
from diurna.flow import watch as watching
from diurna.flow.dossier import Dossier
from diurna.flow.reading import ReadJob
from diurna.flow.watch import Round, WatchJob, watch
from diurna.flow.watchstate import FeedState, matter_of
from diurna.ledger.store import Ledger
from diurna.ledger.watched import note_watched, watched
from diurna.model.record import Reading
from diurna.sources import fetch as fetching
from diurna.sources.fetch import Fetcher
from diurna.sources.incoming import Incoming
from diurna.sources.politeness import PoliteFetcher
from tests.sources.servers import LOOPBACK, Server, http, serving

REPLAY = Path(__file__).resolve().parents[3] / "shared/input/feeds"
BODIES = ("description", "{http://purl.org/rss/1.0/modules/content/}encoded")
NOTHING = http(status="404 Not Found")


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of the reports that were read, in order; reading finds nothing."""
    titles: list[str] = []

    def reads(one: Incoming) -> Reading:
        titles.append(one.report.title or "")
        return Reading(one.report)

    monkeypatch.setattr(ingesting, "load_reader", lambda options: reads)
    return titles


def rss(*items: tuple[str, str]) -> bytes:
    """A feed of invented items: (address's end, text)."""
    entries = "".join(
        f"<item><guid>https://orla.example/{name}</guid><link>https://orla.example/{name}</link>"
        f"<title>Item {name}</title><description>{text}</description></item>"
        for name, text in items
    )
    return f"<rss version='2.0'><channel><title>Orla</title>{entries}</channel></rss>".encode()


@dataclass
class Desk:
    """A ledger, the pages a server has by path, and a time that stands still unless somebody waits."""

    place: Path
    server: Server
    pages: dict[str, bytes] = field(default_factory=dict)
    time: float = 1_000_000.0
    stop: Event = field(default_factory=Event)

    def dossier(self, *paths: str, words: tuple[str, ...] = (), pages: bool = False) -> Dossier:
        return Dossier("matter", tuple(f"{self.server.url}{path}" for path in paths), words, pages)

    def fetcher(self) -> PoliteFetcher:
        return PoliteFetcher(Fetcher(guard=LOOPBACK), lambda: self.time, self.sleep)

    def sleep(self, seconds: float) -> None:
        self.time += seconds

    def look(self, dossier: Dossier) -> Round:
        """One round with nothing remembered but what the ledger holds."""
        job = WatchJob(dossier, ReadJob(()))
        with Ledger(self.place) as ledger:
            (one,) = watch(job, ledger, self.fetcher(), self.stop, once=True, now=lambda: self.time)
        return one

    def rounds(self, dossier: Dossier, between: Callable[[int, Round], None], most: int) -> list[Round]:
        """Rounds of one watch, the time between them gone at once."""
        found: list[Round] = []

        class Skipping(Event):
            def wait(skipping, timeout: float | None = None) -> bool:  # noqa: N805
                self.time += timeout or 0.0
                return skipping.is_set()

        stop = Skipping()
        job = WatchJob(dossier, ReadJob(()))
        with Ledger(self.place) as ledger:
            for one in watch(job, ledger, self.fetcher(), stop, now=lambda: self.time):
                found.append(one)
                between(len(found), one)
                if len(found) == most:
                    stop.set()
        return found

    def versions(self) -> list[tuple[str | None, int]]:
        """Titles of reports, and which version of them stands."""
        with Ledger(self.place) as ledger:
            return sorted((one.title, one.number) for one in ledger.reports())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    pages: dict[str, bytes] = {}
    with serving(lambda path, _: pages.get(path, NOTHING)) as server:
        yield Desk(tmp_path / "l.db", server, pages)


def test_deliveries_again_add_nothing_and_edits_become_versions(desk: Desk, read: list[str]) -> None:
    dossier = desk.dossier("/feed")
    desk.pages["/feed"] = http(rss(("1", "Oren Tal spoke."), ("2", "Rain fell.")))
    first = desk.look(dossier)
    assert (first.feeds, first.entries, first.added.added) == (1, 2, 2)
    again = desk.look(dossier)
    assert (again.entries, again.added.stored, again.added.known) == (2, 0, 2)
    desk.pages["/feed"] = http(rss(("3", "New."), ("1", "Oren Tal spoke again.")))
    edited = desk.look(dossier)
    assert (edited.added.added, edited.added.edited) == (1, 1)
    assert read == ["Item 1", "Item 2", "Item 3", "Item 1"]
    assert desk.versions() == [("Item 1", 2), ("Item 2", 1), ("Item 3", 1)]
    with Ledger(desk.place) as ledger:
        assert ledger.verify().clean


def test_a_feed_that_says_it_is_unchanged_is_not_sent_again(desk: Desk) -> None:
    dossier = desk.dossier("/feed")
    desk.pages["/feed"] = http(rss(("1", "x")), ETag='"a"', Last_Modified="Tue, 01 Jan 2030 10:00:00 GMT")
    desk.look(dossier)
    desk.pages["/feed"] = http(status="304 Not Modified")
    assert desk.look(dossier).unchanged == 1
    asked = [one for one in desk.server.asked if one.startswith("GET /feed")]
    assert "if-none-match" not in asked[0].lower()
    assert 'if-none-match: "a"' in asked[1].lower()
    assert "if-modified-since: tue, 01 jan 2030" in asked[1].lower()


def test_other_words_make_what_a_feed_had_for_long_new(desk: Desk) -> None:
    desk.pages["/feed"] = http(rss(("1", "Oren Tal spoke."), ("2", "Rain fell.")), ETag='"a"')
    one = desk.look(desk.dossier("/feed", words=("Tal",)))
    assert (one.added.added, one.left_out) == (1, 1)
    assert matter_of(desk.dossier(words=("Tal",))) == matter_of(desk.dossier(words=("tal",)))
    two = desk.look(desk.dossier("/feed", words=("rain",)))
    assert (two.unchanged, two.added.added, two.left_out) == (0, 1, 1)


def test_trouble_with_one_feed_stays_with_it_and_it_is_asked_ever_more_seldom(desk: Desk) -> None:
    dossier = desk.dossier("/bad", "/odd", "/good")
    desk.pages.update({"/bad": NOTHING, "/odd": http(b"<html>no feed</html>"), "/good": http(rss(("1", "x")))})
    rests: list[float] = []

    def between(number: int, one: Round) -> None:
        rests.append(one.rest)
        if number == 9:
            desk.pages["/bad"] = http(rss(("2", "y")))

    found = desk.rounds(dossier, between, 30)
    assert found[0].failed == 2
    assert found[0].added.added == 1
    assert sum("/bad" in text for one in found for text in one.failures) <= 4
    assert max(rests) <= 900 + 10
    assert ("Item 2", 1) in desk.versions()
    with Ledger(desk.place) as ledger:
        assert len(ledger.failures()) == 2
        states = {url: FeedState(**json.loads(one)) for url, one in watched(ledger, matter_of(dossier)).items()}
    assert states[dossier.feeds[0]].failures == 0
    assert states[dossier.feeds[1]].failures >= 3


@pytest.mark.parametrize(
    ("answer", "least"),
    [
        (http(status="503 Busy", Retry_After="40000"), 39_000),
        (http(status="410 Gone"), 600_000),
        (http(status="404 Not Found"), 1_700),
    ],
)
def test_what_a_server_asks_for_is_kept(desk: Desk, answer: bytes, least: float) -> None:
    desk.pages["/feed"] = answer
    assert desk.look(desk.dossier("/feed")).rest >= least


def test_a_fault_in_our_own_code_is_a_failure_of_that_feed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.pages.update({"/one": http(rss(("1", "x"))), "/two": http(rss(("2", "x")))})
    real, calls = watching.read_fetched, []

    def breaks(found: object, options: object) -> object:
        calls.append(found)
        if len(calls) == 1:
            raise ZeroDivisionError("a bug")
        return real(found, options)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "read_fetched", breaks)
    one = desk.look(desk.dossier("/one", "/two"))
    assert (one.failed, one.added.added) == (1, 1)
    assert "a bug" in one.failures[0]


def test_robots_are_heeded(desk: Desk) -> None:
    desk.pages.update({"/robots.txt": http(b"User-agent: *\nDisallow: /feed"), "/feed": http(rss(("1", "x")))})
    one = desk.look(desk.dossier("/feed"))
    assert one.failed == 1
    assert "robots.txt" in one.failures[0]
    assert desk.server.paths == ["/robots.txt"]


def test_a_feed_that_moved_for_good_is_asked_at_its_new_place(desk: Desk) -> None:
    dossier = desk.dossier("/old")
    desk.pages["/old"] = http(status="301 Moved", Location=f"{desk.server.url}/new")
    desk.pages["/new"] = http(rss(("1", "x")))
    desk.look(dossier)
    desk.look(dossier)
    assert [path for path in desk.server.paths if path != "/robots.txt"] == ["/old", "/new", "/new"]


def page(text: str) -> bytes:
    body = f"<html><head><title>T</title></head><body><article><h1>{text}</h1>" + f"<p>{text} said so.</p>" * 8
    return http(body.encode() + b"</article></body></html>", Content_Type="text/html")


def sitemap(desk: Desk, *names: str, changed: str = "2030-01-01") -> bytes:
    rows = "".join(f"<url><loc>{desk.server.url}/{name}</loc><lastmod>{changed}</lastmod></url>" for name in names)
    return http(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode())


def test_pages_of_sitemaps_are_fetched_once_until_they_change(desk: Desk) -> None:
    dossier = desk.dossier("/index.xml")
    inner = f"<sitemap><loc>{desk.server.url}/map.xml</loc></sitemap>"
    desk.pages["/index.xml"] = http(f"<sitemapindex>{inner}</sitemapindex>".encode())
    desk.pages["/map.xml"] = sitemap(desk, "a", "b")
    desk.pages.update({"/a": page("Oren Tal"), "/b": page("Mira Senn")})
    assert desk.look(dossier).added.added == 2
    assert desk.look(dossier).added.stored == 0
    assert desk.server.paths.count("/a") == 1
    desk.pages["/map.xml"] = sitemap(desk, "a", "b", changed="2030-01-02")
    desk.pages["/a"] = page("Oren Tal, the minister,")
    assert desk.look(dossier).added.edited == 1
    assert desk.server.paths.count("/a") == 2


def test_a_page_that_fails_is_tried_three_times_though_the_feed_is_unchanged(desk: Desk) -> None:
    dossier = desk.dossier("/feed", pages=True)
    link = f"{desk.server.url}/gone"
    body = f"<rss version='2.0'><channel><item><link>{link}</link><title>x</title></item></channel></rss>"
    desk.pages["/feed"] = http(body.encode(), ETag='"a"')
    for _ in range(5):
        desk.look(dossier)
    assert desk.server.paths.count("/gone") == 3
    asked = [one.lower() for one in desk.server.asked if one.startswith("GET /feed")]
    assert ["if-none-match" in one for one in asked] == [False, False, False, True, True]


def test_a_stop_between_feeds_loses_nothing_and_doubles_nothing(desk: Desk, read: list[str]) -> None:
    paths = [f"/{number}" for number in range(5)]
    desk.pages.update({path: http(rss((path[1:], "x")), ETag='"a"') for path in paths})
    dossier = desk.dossier(*paths)
    real = desk.fetcher()

    def stops(address: str, seen: object = None) -> object:
        if address.endswith("/2"):
            desk.stop.set()
        return real(address, seen)  # type: ignore[arg-type]

    job = WatchJob(dossier, ReadJob(()))
    with Ledger(desk.place) as ledger:
        (one,) = watch(job, ledger, stops, desk.stop, now=lambda: desk.time)  # type: ignore[arg-type]
    assert not one.is_whole
    desk.stop.clear()
    rest = desk.look(dossier)
    assert rest.added.added + one.added.added == 5
    assert sorted(read) == [f"Item {number}" for number in range(5)]


def test_what_is_remembered_of_a_feed_is_bounded() -> None:
    state = FeedState()
    for number in range(5_000):
        state.note(str(number), "x")
    assert len(state.seen) == 2_000
    assert "4999" in state.seen


def test_a_state_another_version_wrote_is_as_good_as_none(desk: Desk) -> None:
    dossier = desk.dossier("/feed")
    desk.pages["/feed"] = http(rss(("1", "x")))
    with Ledger(desk.place) as ledger:
        ledger.make()
        note_watched(ledger, matter_of(dossier), {dossier.feeds[0]: '{"colour": 1}'})
    assert desk.look(dossier).added.added == 1


# --- the command


@pytest.fixture
def open_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "Fetcher", lambda: Fetcher(guard=LOOPBACK))


@pytest.mark.usefixtures("open_guard")
def test_the_command_says_what_came(desk: Desk) -> None:
    desk.pages["/feed"] = http(rss(("1", "Oren Tal spoke."), ("2", "y")))
    args = ["watch", f"{desk.server.url}/feed", "--ledger", str(desk.place), "--once"]
    said = CliRunner().invoke(cli.app, args)
    assert said.exit_code == 0, said.stderr
    assert "1 feed · 2 entries, 2 new · next in 15 min" in said.stderr
    row = json.loads(CliRunner().invoke(cli.app, [*args, "--json"]).stdout)
    assert (row["feeds"], row["entries"], row["added"]["added"], row["failures"]) == (1, 2, 0, [])
    desk.pages.clear()
    failed = CliRunner().invoke(cli.app, args)
    assert failed.exit_code == 1
    assert "/feed" in failed.stderr


def test_the_command_refuses_what_it_cannot_follow(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli.app, ["watch", str(tmp_path / "no.toml")]).exit_code == 2
    assert CliRunner().invoke(cli.app, ["watch", "https://a.example/feed", "--every", "1 s"]).exit_code == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(desk: Desk, number: signal.Signals) -> None:
    desk.pages["/feed"] = http(rss(("1", "x")))
    code = (
        "import sys; from diurna import cli; from diurna.sources import fetch as f; from diurna.flow import ingest\n"
        "from tests.sources.servers import LOOPBACK; from diurna.model.record import Reading\n"
        "real = f.Fetcher; f.Fetcher = lambda: real(guard=LOOPBACK)\n"
        "ingest.load_reader = lambda options: lambda one: Reading(one.report)\n"
        "cli.app(sys.argv[1:])"
    )
    args = ["watch", f"{desk.server.url}/feed", "--ledger", str(desk.place)]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *args], stderr=subprocess.PIPE, text=True, cwd=root, env=dict(os.environ)
    )
    assert process.stderr is not None
    assert "1 new" in process.stderr.readline()
    time.sleep(0.2)
    process.send_signal(number)
    assert process.wait(timeout=20) == 130
    assert "Stopped" in process.stderr.read()
    process.stderr.close()
    assert desk.versions() == [("Item 1", 1)]


# --- a real feed, as it was polled for seven weeks


def spoken(feed: bytes) -> set[tuple[str, ...]]:
    """What each item says, its markup and white space left out: by another way than the reader's."""
    found = set()
    for item in etree.fromstring(feed).iter("item"):
        texts = [item.findtext("link"), item.findtext("title"), *(item.findtext(name) for name in BODIES)]
        plain = (html.fragment_fromstring(one or "-", create_parent="p").text_content() for one in texts)
        found.add(tuple(re.sub(r"\s+", "", one) for one in plain))
    return found


@pytest.mark.gold
@pytest.mark.slow
def test_replay_of_a_real_feed_gives_every_item_once_and_every_edit(desk: Desk) -> None:
    if not REPLAY.is_dir():
        pytest.skip(f"the polls are not here ({REPLAY})")
    polls = json.loads((REPLAY / "state_replay_manifest.json").read_text(encoding="utf-8"))["versions"]
    assert len(polls) == 527
    dossier, said = desk.dossier("/feed"), set()
    sent: set[bytes] = set()
    with Ledger(desk.place) as ledger:
        for number, poll in enumerate(polls):
            data = gzip.decompress((REPLAY / poll["file"]).read_bytes())
            said |= spoken(data)
            sent |= {etree.tostring(item) for item in etree.fromstring(data).iter("item")}
            desk.pages["/feed"] = http(data, ETag=f'"{number}"')
            job = WatchJob(dossier, ReadJob(()))
            (one,) = watch(job, ledger, desk.fetcher(), desk.stop, once=True, now=lambda: desk.time)
            assert (one.failures, one.entries, one.added.added) == ((), poll["items"], poll["new"]), poll
        reports = list(ledger.reports())
        stored = ledger.counts()["readings"]
        assert ledger.verify().clean
    assert len({one.id for one in reports}) == len(reports) == 456
    assert stored == sum(one.number for one in reports)
    assert len(said) <= stored <= len(sent)  # some edits change only the layout, some only the markup
