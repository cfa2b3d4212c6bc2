"""What is due to servers that are asked: their robots.txt, pauses between requests, being left alone in trouble."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from diurna.errors import FetchError, RefusedAddressError, SourceError
from diurna.sources.fetch import AGENT, Fetch, Fetched, Seen

_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_FIRST_REST, _LONGEST_REST = 60.0, 86_400.0
_LONGEST_SLEEP = 120.0
"""Seconds a fetch waits for its turn; what would take longer fails and says when to come again."""
_RULES_LAST = 86_400.0
_LONGEST_RULES = 512_000
"""Bytes of robots.txt that count (RFC 9309 asks for at least so many)."""
_MOST_HOSTS = 2_000


@dataclass(slots=True)
class _Host:
    """What is known of a server."""

    next_at: float = 0.0
    troubles: int = 0
    rules: Any = None  # what protego made of its robots.txt
    refused: str | None = None  # why nothing may be fetched at all
    rules_until: float = 0.0


@dataclass(slots=True)
class PoliteFetcher:
    """A fetcher that keeps what servers ask of robots, pauses between two requests to one, and rests one in trouble.

    Attributes:
        inner: what fetches.
        now, sleep: the clock, in seconds, and waiting by it; for tests.
    """

    inner: Fetch
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _hosts: OrderedDict[str, _Host] = field(default_factory=OrderedDict)

    def __call__(self, address: str, seen: Seen | None = None) -> Fetched:
        """The answer.

        Raises:
            FetchError: as the inner fetcher; or robots are not wanted there, or the server must be left alone for now.
        """
        place = _place(address)
        host = self._host(place)
        rest = host.next_at - self.now()
        if rest > _LONGEST_SLEEP:
            raise FetchError("its server is left alone for now, after trouble", address, retry_after=rest)
        self._learn_rules(place, host)
        if host.refused:
            raise FetchError(host.refused, address, retry_after=max(0.0, host.rules_until - self.now()))
        if host.rules is not None and not host.rules.can_fetch(address, AGENT):
            raise FetchError("its robots.txt asks robots not to read it", address)
        return self._ask(address, seen, host)

    def _ask(self, address: str, seen: Seen | None, host: _Host) -> Fetched:
        self.sleep(max(0.0, min(host.next_at - self.now(), _LONGEST_SLEEP)))
        try:
            found = self.inner(address, seen)
        except RefusedAddressError:
            raise  # nobody was asked anything
        except FetchError as fault:
            host.next_at = self.now() + self._pause(host)
            if fault.retry_after is not None or fault.status == 429 or (fault.status or 0) >= 500:
                host.troubles += 1
                wanted = min(_FIRST_REST * 2 ** (host.troubles - 1), _LONGEST_REST)
                host.next_at = self.now() + max(fault.retry_after or 0.0, wanted)
            raise
        host.troubles = 0
        host.next_at = self.now() + self._pause(host)
        return found

    def _pause(self, host: _Host) -> float:
        wanted = host.rules.crawl_delay(AGENT) if host.rules is not None else None
        return min(max(_PAUSE, float(wanted or 0.0)), _LONGEST_PAUSE)

    def _host(self, place: str) -> _Host:
        host = self._hosts.setdefault(place, _Host())
        self._hosts.move_to_end(place)
        while len(self._hosts) > _MOST_HOSTS:
            self._hosts.popitem(last=False)
        return host

    def _learn_rules(self, place: str, host: _Host) -> None:
        """Read the server's robots.txt, once a day (RFC 9309: none found allows all, trouble forbids all for now)."""
        from protego import Protego

        if self.now() < host.rules_until:
            return
        host.rules, host.refused = None, None
        try:
            found = self._ask(f"{place}/robots.txt", None, host)
            host.rules = Protego.parse(found.data[:_LONGEST_RULES].decode("utf-8", "replace"))
            host.rules_until, host.next_at = self.now() + _RULES_LAST, self.now()
        except RefusedAddressError:
            raise
        except FetchError as fault:
            host.rules_until, host.next_at = self.now() + _RULES_LAST, max(host.next_at - _PAUSE, self.now())
            if fault.status is None or fault.status >= 500 or fault.status == 429:
                host.rules_until = max(host.next_at, self.now() + _FIRST_REST)
                host.refused = f"its robots.txt cannot be read: {fault.reason}"
        except SourceError:  # larger than any page may be: nobody's rules
            host.rules_until = self.now() + _RULES_LAST


def _place(address: str) -> str:
    """Scheme, host and port: what a robots.txt is for.

    Raises:
        FetchError: it has none.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        raise FetchError("it cannot be understood", address[:200]) from None
    if not parts.scheme or not parts.netloc:
        raise FetchError("only http:// and https:// are fetched", address[:200])
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"
