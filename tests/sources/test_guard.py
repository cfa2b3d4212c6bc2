"""Attacks on the door to the network, by address: every one a machine nearby, or what two programs read differently."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.errors import RefusedAddressError
from diurna.sources.guard import Guard

GUARD = Guard()

REFUSED = [
    # what is no web address
    "file:///etc/passwd", "ftp://orla.example/a", "gopher://orla.example/1", "dict://orla.example:11211/stat",
    "data:text/html,x", "javascript:alert(1)", "jar:http://orla.example!/", "unix:///var/run/docker.sock",
    "http+unix://socket/", "ldap://orla.example", "//orla.example/a", "orla.example/a", "", "http:", "http://",
    "http:///etc/passwd", "https:orla.example", "http:/orla.example", "http://?a", "http://#a", "http://:80/",
    # this machine
    "http://localhost/", "http://LOCALHOST./", "http://127.0.0.1/", "http://127.8.9.10:8080/", "http://0.0.0.0/",
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://a.localhost/", "http://localhost.localdomain/",
    # this machine, otherwise written
    "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
    "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://127.0.0.01/", "http://0/", "http://00/",
    "http://0x/", "http://999.999.999.999/", "http://127.0.0.1.5/", "http://%31%32%37.0.0.1/", "http://127.0.0.1%2f/",
    "http://１２７.０.０.１/", "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    # IPv4 in IPv6
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::1]/",
    "http://[2002:c0a8:101::1]/", "http://[2001:0:7f00:1::1]/", "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    # machines nearby
    "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://100.64.0.1/",
    "http://192.0.0.192/", "http://198.18.0.1/", "http://192.0.2.1/", "http://198.51.100.1/", "http://203.0.113.1/",
    "http://192.88.99.1/", "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/", "http://255.255.255.255/",
    "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[fec0::1]/",
    "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[100::1]/", "http://[3fff::1]/", "http://[5f00::1]/",
    "http://intranet/", "http://router.local/", "http://wiki.corp/", "http://nas.home.arpa/", "http://db.internal:8080/",
    # metadata of clouds
    "http://169.254.169.254/latest/meta-data/", "http://169.254.170.2/v2/credentials", "http://[fd00:ec2::254]/",
    "http://metadata.google.internal/computeMetadata/v1/", "http://100.100.100.200/latest/", "http://168.63.129.16/",
    "http://2852039166/", "http://0xa9fea9fe/", "http://metadata/", "http://[::ffff:169.254.169.254]/",
    # passwords, and names that hide another
    "http://me:secret@orla.example/", "http://me@orla.example/", "http://orla.example@127.0.0.1/", "http://@orla.example/",
    "http://orla.example:80@127.0.0.1/", "http://127.0.0.1\\@orla.example/", "http://orla.example\\.evil.example/",
    "http://orla.example\t/", "http://orla.example\r\nHost: evil/", "http://orla.example/\r\nX: y",
    "http://orla .example/",
    "http://orla.example/\x00", "http://orla.example\x7f/", "http://<orla.example>/", "http://orla.example/a b",
    # ports of other services
    "http://orla.example:22/", "http://orla.example:25/", "http://orla.example:6379/", "http://orla.example:5432/",
    "https://orla.example:9200/", "http://orla.example:0/", "http://orla.example:65536/", "http://orla.example:-1/",
    "http://orla.example:8o/", "http://8.8.8.8:53/",
    # broken or endless
    "http://[::1", "http://::1/", "http://[v1.a]/", "http://[1.2.3.4]/", "http://a..example/", "http://.example/",
    "http://-.example/", "http://" + "a" * 64 + ".example/", "http://orla.example/" + "a" * 2_100, "http://xn--/",
    "http://*.example/", "http://orla.example,evil.example/", "http://orla.example;evil/",
]  # fmt: skip

TAKEN = {
    "http://orla.example/a?b=c#d": "http://orla.example/a?b=c",
    "HTTPS://Orla.Example:443/A": "https://orla.example/A",
    " https://orla.example ": "https://orla.example",
    "https://bücher.example/ä": "https://xn--bcher-kva.example/%C3%A4",
    "http://orla.example:8080/feed": "http://orla.example:8080/feed",
    "http://8.8.8.8/": "http://8.8.8.8/",
    "http://[2606:4700:4700::1111]/": "http://[2606:4700:4700::1111]/",
    "https://orla.example/@me/a:b@c": "https://orla.example/@me/a:b@c",
    "https://a_b.orla.example/": "https://a_b.orla.example/",
}


@pytest.mark.parametrize("address", REFUSED)
def test_these_are_never_fetched(address: str) -> None:
    with pytest.raises(RefusedAddressError) as caught:
        GUARD.check_url(address)
    assert "secret" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_there_are_more_than_sixty_of_them() -> None:
    assert len(set(REFUSED)) == len(REFUSED) > 120


@pytest.mark.parametrize("address", TAKEN)
def test_these_are(address: str) -> None:
    url = GUARD.check_url(address)
    assert str(url).replace("xn--bcher-kva", url.raw_host.decode().split(".")[0]) == str(url)
    assert (
        str(url.copy_with(raw_path=url.raw_path)).rstrip("/").lower()
        == str(GUARD.check_url(TAKEN[address])).rstrip("/").lower()
    )


@given(st.ip_addresses())
def test_a_number_let_through_is_public_whatever_it_is_wrapped_in(number: ipaddress.IPv4Address) -> None:
    if number.is_private or number.is_loopback or number.is_link_local or number.is_multicast or number.is_reserved:
        inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
        if inner is None and number not in ipaddress.ip_network("64:ff9b::/96"):
            with pytest.raises(RefusedAddressError):
                GUARD.check_number(number)
    if isinstance(number, ipaddress.IPv4Address):
        wrapped = [
            ipaddress.IPv6Address(f"::ffff:{number}"),
            ipaddress.IPv6Address(f"64:ff9b::{number}"),
            ipaddress.IPv6Address((0x2002 << 112) | (int(number) << 80) | 1),
        ]
        assert {passes(one) for one in wrapped} == {passes(number)}
        assert not passes(ipaddress.IPv6Address(int(number)))


def passes(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        GUARD.check_number(number)
    except RefusedAddressError:
        return False
    return True


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for address in (text, f"http://{text}/", f"http://orla.example{text}", f"https://{text}@x.example"):
        try:
            url = GUARD.check_url(address)
        except RefusedAddressError:
            continue
        assert url.scheme in ("http", "https")
        assert not url.userinfo
        assert url.raw_host.isascii()


def test_a_desks_own_network_can_be_let_in() -> None:
    guard = Guard((ipaddress.ip_network("10.1.0.0/16"),))
    assert guard.check_url("http://10.1.2.3:9999/").port == 9999
    for address in ("http://10.2.0.1/", "http://127.0.0.1/", "http://orla.example:9999/"):
        with pytest.raises(RefusedAddressError):
            guard.check_url(address)
