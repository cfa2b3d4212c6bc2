"""Manners towards servers: robots.txt, pauses, being left alone; by a clock that only moves when somebody waits."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from diurna.errors import FetchError, RefusedAddressError, TooLargeError
from diurna.sources.fetch import Fetched, Seen
from diurna.sources.politeness import PoliteFetcher

PAGE = "https://orla.example/news/1"
ROBOTS = "https://orla.example/robots.txt"


@dataclass
class World:
    """Servers and the time: what every address answers, and when it was asked."""

    answers: dict[str, bytes | Exception] = field(default_factory=dict)
    time: float = 1_000.0
    asked: list[tuple[float, str]] = field(default_factory=list)

    def fetch(self, address: str, seen: Seen | None = None) -> Fetched:
        self.asked.append((self.time, address))
        one = self.answers.get(address, FetchError("nothing", address, status=404))
        if isinstance(one, Exception):
            raise one
        return Fetched(address, one)

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.time += seconds

    def fetcher(self) -> PoliteFetcher:
        return PoliteFetcher(self.fetch, lambda: self.time, self.sleep)

    @property
    def addresses(self) -> list[str]:
        return [address for _, address in self.asked]


def test_robots_rules_are_read_once_a_day_and_kept() -> None:
    rules = b"User-agent: *\nDisallow: /private/\n\nUser-agent: diurna\nDisallow: /news/secret\nAllow: /\n"
    world = World({ROBOTS: rules, PAGE: b"x", "https://orla.example/private/1": b"x"})
    fetch = world.fetcher()
    assert fetch(PAGE).data == b"x"
    assert fetch("https://orla.example/private/1").data == b"x"
    with pytest.raises(FetchError, match=r"robots\.txt asks"):
        fetch("https://orla.example/news/secret/2")
    assert world.addresses.count(ROBOTS) == 1
    world.time += 90_000
    fetch(PAGE)
    assert world.addresses.count(ROBOTS) == 2


def test_every_server_has_its_own_rules() -> None:
    world = World({"https://a.example/robots.txt": b"User-agent: *\nDisallow: /", "https://b.example/1": b"x"})
    fetch = world.fetcher()
    with pytest.raises(FetchError, match="robots"):
        fetch("https://a.example/1")
    assert fetch("https://b.example/1").data == b"x"
    assert "https://a.example/1" not in world.addresses


def test_no_rules_allow_all_and_rules_that_cannot_be_had_forbid_all_for_a_while() -> None:
    world = World({PAGE: b"x"})
    assert world.fetcher()(PAGE).data == b"x"
    for trouble in (
        FetchError("busy", status=503),
        FetchError("it did not answer in time"),
        FetchError("slow", status=429),
    ):
        world = World({ROBOTS: trouble, PAGE: b"x"})
        fetch = world.fetcher()
        for _ in range(3):
            with pytest.raises(FetchError, match=r"robots\.txt cannot be read") as caught:
                fetch(PAGE)
        assert world.addresses == [ROBOTS]
        assert caught.value.retry_after is not None
        world.time += caught.value.retry_after + 1
        world.answers[ROBOTS] = b""
        assert fetch(PAGE).data == b"x"


def test_nonsense_and_endless_rules_forbid_nothing() -> None:
    for rules in (b"\xff\x00<html>", b"Disallow", b"User-agent: *\nCrawl-delay: soon\n", b"#" * 600_000):
        world = World({ROBOTS: rules, PAGE: b"x"})
        assert world.fetcher()(PAGE).data == b"x"
    world = World({ROBOTS: TooLargeError("larger"), PAGE: b"x"})
    assert world.fetcher()(PAGE).data == b"x"


@pytest.mark.parametrize(
    ("rules", "pause"),
    [(b"", 1.0), (b"User-agent: *\nCrawl-delay: 7", 7.0), (b"User-agent: *\nCrawl-delay: 9999", 60.0)],
)
def test_a_server_is_given_time_between_two_requests(rules: bytes, pause: float) -> None:
    world = World({ROBOTS: rules, PAGE: b"x", "https://other.example/1": b"x"})
    fetch = world.fetcher()
    fetch(PAGE)
    fetch("https://other.example/1")
    fetch(PAGE)
    first, second = (moment for moment, address in world.asked if address == PAGE)
    assert second - first == pytest.approx(pause)
    elsewhere = next(moment for moment, address in world.asked if address == "https://other.example/1")
    assert elsewhere == first


def test_a_server_in_trouble_is_left_alone_twice_as_long_each_time() -> None:
    world = World({PAGE: FetchError("busy", status=503)})
    fetch = world.fetcher()
    rests = []
    for _ in range(14):
        with pytest.raises(FetchError, match="busy"):
            fetch(PAGE)
        before = len(world.asked)
        with pytest.raises(FetchError) as caught:
            fetch(PAGE)
        if caught.value.reason == "busy":  # it was worth waiting for
            rests.append(0.0)
            continue
        assert "left alone" in caught.value.reason
        assert len(world.asked) == before
        rests.append(caught.value.retry_after or 0.0)
        world.time += rests[-1]
    assert rests == sorted(rests)
    assert rests[-1] == 86_400
    world.answers[PAGE] = b"x"
    assert fetch(PAGE).data == b"x"
    world.answers[PAGE] = FetchError("busy", status=503)
    with pytest.raises(FetchError, match="busy"):
        fetch(PAGE)
    world.time += 61
    with pytest.raises(FetchError, match="busy"):
        fetch(PAGE)


def test_what_a_server_asks_for_outranks_our_own_pause() -> None:
    world = World({PAGE: FetchError("slow down", status=429, retry_after=3_600)})
    fetch = world.fetcher()
    with pytest.raises(FetchError, match="slow down"):
        fetch(PAGE)
    with pytest.raises(FetchError, match="left alone") as caught:
        fetch(PAGE)
    assert caught.value.retry_after == pytest.approx(3_600)


def test_addresses_that_are_never_fetched_are_named_as_such_and_cost_no_time() -> None:
    refused = RefusedAddressError("not public", "http://10.0.0.1/")
    world = World({"http://10.0.0.1/robots.txt": refused, "http://10.0.0.1/": refused})
    with pytest.raises(RefusedAddressError, match="not public"):
        world.fetcher()("http://10.0.0.1/")
    assert world.time == 1_000.0
    for address in ("nothing", "http://", "http://[", "//a"):
        with pytest.raises(FetchError):
            world.fetcher()(address)


def test_memory_of_servers_is_bounded() -> None:
    world = World()
    fetch = world.fetcher()
    for number in range(2_300):
        with pytest.raises(FetchError):
            fetch(f"https://h{number}.example/")
    assert len(fetch._hosts) == 2_000
