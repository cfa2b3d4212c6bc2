"""Which addresses may be fetched: http(s) without credentials, and only of machines anybody can reach.

Pure: what is decided about a name is decided about the numbers it stands for, each time it is connected to (`door`).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import httpx

from diurna.errors import RefusedAddressError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_LONGEST = 2_048
_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8081, 8443, 8888})
"""Ports pages are served at; at others are mail servers, databases and the like, which HTTP can talk into things."""

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"`{}|^]")
"""Characters programs read differently: what one takes for the host, another takes for the path."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\.?")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".home.arpa",
                ".localdomain", ".onion", ".i2p", ".test", ".invalid")  # fmt: skip
"""Names that mean a machine nearby, or none (RFC 6761, RFC 6762, RFC 8375, ICANN's list of collisions)."""

_NOT_PUBLIC: tuple[Network, ...] = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        "2001::/23", "2001:db8::/32", "3fff::/20",
    )
)  # fmt: skip
"""IANA's registries of special-purpose addresses; Python's own list differs between its versions. 168.63.129.16 is
public by its number, and what machines in Azure know their host by."""
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""The only IPv6 numbers that are given to machines of the public network (RFC 4291)."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be fetched.

    Attributes:
        allowed: networks that are let through although they are not public, at any port; for tests and for desks that
            read from their own servers.
    """

    allowed: tuple[Network, ...] = ()

    def check_url(self, address: str) -> httpx.URL:
        """The address taken apart, its host in small ASCII letters or numbers.

        Raises:
            RefusedAddressError: it is none that is fetched; the reason says why.
        """
        url = _taken_apart(address)
        number = self._number(url, address)
        if number is None and not _NAME.fullmatch(url.host_ascii):
            raise RefusedAddressError(f"{url.host_ascii[:80]!r} is no public machine's name", _shown(address))
        if number is None and url.host_ascii.rstrip(".").endswith(_LOCAL_NAMES):
            raise RefusedAddressError(f"{url.host_ascii[:80]!r} is a local name", _shown(address))
        if number is not None:
            self.check_number(number, address)
        is_ours = number is not None and self._is_allowed(number)
        if url.port is not None and url.port not in _PORTS and not is_ours:
            raise RefusedAddressError(f"port {url.port} is none that pages are served at", _shown(address))
        return url.httpx

    def _number(self, url: _Parts, address: str) -> Address | None:
        """The host's number where the address gives one.

        Raises:
            RefusedAddressError: it gives one in a way only some programs understand, such as 2130706433 or 0177.0.0.1.
        """
        host = url.host_ascii
        if host.startswith("[") or ":" in host:
            return _ipv6(host.strip("[]"), address)
        last = host.rstrip(".").rpartition(".")[2]
        if not (last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last)):
            return None
        try:
            return IPv4Address(host)
        except ValueError:
            raise RefusedAddressError(f"{host[:80]!r} is a number written oddly", _shown(address)) from None

    def check_number(self, number: Address, address: str = "") -> None:
        """Let a public machine's number through.

        Raises:
            RefusedAddressError: it is not public, whatever it is wrapped in.
        """
        inner = _unwrapped(number)
        if self._is_allowed(inner):
            return
        is_special = any(inner in network for network in _NOT_PUBLIC if network.version == inner.version)
        if is_special or not inner.is_global or (inner.version == 6 and inner not in _GLOBAL_UNICAST):
            raise RefusedAddressError(f"{number} is not a public machine's address", _shown(address))

    def _is_allowed(self, number: Address) -> bool:
        return any(number in network for network in self.allowed if network.version == number.version)


@dataclass(frozen=True, slots=True)
class _Parts:
    httpx: httpx.URL
    host_ascii: str
    port: int | None


def _taken_apart(address: str) -> _Parts:
    text = address.strip(" \t\r\n")
    if len(text) > _LONGEST:
        raise RefusedAddressError(f"an address of more than {_LONGEST:,} characters", _shown(address))
    if _FORBIDDEN.search(text):
        raise RefusedAddressError("it holds characters no address has", _shown(address))
    scheme = _SCHEME.match(text)
    if not scheme or scheme[0].lower() not in ("http:", "https:"):
        raise RefusedAddressError("only http:// and https:// are fetched", _shown(address))
    if not re.match(r"https?://[^/?#]", text, re.IGNORECASE):
        raise RefusedAddressError("it names no machine", _shown(address))
    if "@" in re.split(r"[/?#]", text[scheme.end() + 2 :], maxsplit=1)[0]:
        raise RefusedAddressError("it holds a name or password; those are never sent", _shown(address))
    try:
        url = httpx.URL(text).copy_with(fragment=None)
        host, port = url.raw_host.decode("ascii").lower(), url.port
    except (httpx.InvalidURL, UnicodeError, ValueError) as fault:
        raise RefusedAddressError(f"it cannot be understood ({fault})", _shown(address)) from None
    if not host:
        raise RefusedAddressError("it names no machine", _shown(address))
    if port == 0:
        raise RefusedAddressError("port 0 is none that pages are served at", _shown(address))
    return _Parts(url, host, port)


def _ipv6(host: str, address: str) -> IPv6Address:
    try:
        number = IPv6Address(host)
    except ValueError:
        raise RefusedAddressError(f"{host[:80]!r} is no IPv6 address", _shown(address)) from None
    if number.scope_id:
        raise RefusedAddressError(f"{host[:80]!r} names a network card of this machine", _shown(address))
    return number


def _unwrapped(number: Address) -> Address:
    """The IPv4 address inside one of the IPv6 addresses that only carry it."""
    if isinstance(number, IPv4Address):
        return number
    if number.ipv4_mapped is not None:
        return number.ipv4_mapped
    if number in _NAT64:
        return IPv4Address(int(number) & 0xFFFFFFFF)
    if number in _SIX_TO_FOUR:
        return IPv4Address((int(number) >> 80) & 0xFFFFFFFF)
    return number


def _shown(address: str) -> str:
    """The address for a message: without what may be a password, and not endless."""
    return re.sub(r"//[^/@]*@", "//…@", address.strip())[:200]
