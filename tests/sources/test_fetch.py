"""The door to the network: what servers try, and what is asked of them. All servers are on this machine."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import threading
import time
import warnings
import zlib
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
import trustme

from diurna.errors import FetchError, RefusedAddressError, TooLargeError
from diurna.sources.door import Deadline, DoorTransport
from diurna.sources.fetch import AGENT, Fetched, Fetcher, FetchLimits, Seen
from diurna.sources.guard import Guard
from tests.sources.servers import LOOPBACK, Server, http, serving

LIMITS = FetchLimits(size=200_000, unpacked=1_000_000, seconds=3.0)
DOOR = Fetcher(LIMITS, LOOPBACK)


def fetch(answer: bytes, seen: Seen | None = None) -> Fetched:
    with serving(lambda path, to: answer) as server:
        return DOOR(f"{server.url}/a", seen)


def refusal(answer: bytes) -> str:
    with pytest.raises((FetchError, TooLargeError)) as caught:
        fetch(answer)
    return caught.value.reason


# --- what comes through


def test_a_page_comes_with_its_kind_and_charset() -> None:
    found = fetch(http(b"<p>hi", Content_Type='Text/HTML; charset="ISO-8859-1"', ETag='"1"', Last_Modified="Fri"))
    assert (found.data, found.kind, found.charset) == (b"<p>hi", "text/html", "ISO-8859-1")
    assert found.seen == Seen('"1"', "Fri")
    assert not found.unchanged


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "raw deflate", "identity"])
def test_what_is_packed_is_unpacked(encoding: str) -> None:
    plain = b"words and deeds " * 500
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(plain), "x-gzip": gzip.compress(plain), "deflate": zlib.compress(plain),
        "raw deflate": raw.compress(plain) + raw.flush(), "identity": plain,
    }[encoding]  # fmt: skip
    assert fetch(http(packed, Content_Encoding=encoding.removeprefix("raw "))).data == plain


def test_chunks_and_answers_without_a_length_are_read_to_their_end() -> None:
    assert (
        fetch(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").data == b"abcde"
    )
    assert fetch(b"HTTP/1.0 200 OK\r\n\r\nabc").data == b"abc"
    assert fetch(http(b"")).data == b""


def test_nothing_of_this_machine_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    with serving(lambda path, to: http(b"x", Set_Cookie="a=b; Path=/")) as server:
        for _ in range(2):
            DOOR(f"{server.url}/a#part")
    for request in server.asked:
        names = {line.partition(":")[0].lower() for line in request.split("\r\n")[1:] if line}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert AGENT in request
        assert request.startswith("GET /a HTTP/1.1")


def test_only_what_changed_is_asked_for() -> None:
    with serving(lambda path, to: http(status="304 Not Modified", ETag='"2"')) as server:
        found = DOOR(server.url, Seen('"1"', "Fri, 01 Mar 2030 00:00:00 GMT"))
    assert found.unchanged
    assert found.seen.etag == '"2"'
    assert 'If-None-Match: "1"' in server.asked[0]
    assert "If-Modified-Since: Fri, 01 Mar 2030" in server.asked[0]


def test_marks_that_could_break_a_request_are_not_kept() -> None:
    found = fetch(http(b"x", ETag='"' + "a" * 600 + '"', Last_Modified="\xe9"))
    assert found.seen == Seen()


@pytest.mark.parametrize(
    ("status", "word"),
    [("404 No", "nothing"), ("410 Gone", "for good"), ("401 No", "password"), ("403 No", "may not"), ("500 Oh", "500"),
     ("204 None", "204"), ("206 Part", "206"), ("429 Slow", "too often"), ("302 Found", "302"), ("300 Many", "300")],
)  # fmt: skip
def test_what_is_no_page_is_a_failure_with_its_status(status: str, word: str) -> None:
    with pytest.raises(FetchError, match=word) as caught:
        fetch(http(b"x", status=status))
    assert caught.value.status == int(status[:3])


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [("120", 120, 120), ("9" * 9, 604_800, 604_800), ("Fri, 01 Mar 1999 00:00:00 GMT", 0, 0),
     ("Fri, 01 Mar 2999 00:00:00 GMT", 604_800, 604_800)],
)  # fmt: skip
def test_how_long_a_server_wants_to_be_left_alone_is_heard(said: str, least: float, most: float) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(http(status="503 Busy", Retry_After=said))
    assert caught.value.retry_after is not None
    assert least <= caught.value.retry_after <= most


@pytest.mark.parametrize("said", ["", "soon", "-5", "1e9", "٣", "9" * 400, "Fri, 99 Xyz"])
def test_nonsense_about_waiting_is_passed_over(said: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(http(status="503 Busy", Retry_After=said).decode("latin-1", "replace").encode("latin-1", "replace")
              if said.isascii() else http(status="503 Busy"))  # fmt: skip
    assert caught.value.retry_after is None


# --- servers that send on


def sending(*targets: str, status: str = "302 Found") -> tuple[int, str]:
    """Let a server send on to each of these in turn; how many requests it got, and the reason it ended with."""
    left = list(targets)

    def answer(path: str, to: socket.socket) -> bytes:
        return http(status=status, Location=left.pop(0)) if left else http(b"arrived")

    with serving(answer) as server:
        try:
            found = DOOR(f"{server.url}/start")
        except FetchError as fault:
            return len(server.asked), fault.reason
    return len(server.asked), found.data.decode()


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
        "http://localhost/", "http://2130706433/", "http://0x7f.1/", "//192.168.0.1/", "http://metadata.google.internal/",
        "file:///etc/passwd", "ftp://orla.example/", "gopher://orla.example/", "javascript:alert(1)", "data:,x",
        "http://me:secret@orla.example/", "http://orla.example:22/", "http://127.0.0.1\\@orla.example/", "\\\\host\\a",
        "http://[", "http://orla.example/" + "a" * 3_000,
    ],
)  # fmt: skip
def test_no_server_can_send_on_to_what_is_not_fetched(target: str) -> None:
    asked, reason = sending(target)
    assert asked == 1
    assert reason != "arrived"
    assert "secret" not in reason


def test_it_can_send_on_so_often() -> None:
    assert sending("/1", "2", "?3", "/4", "/5") == (6, "arrived")
    assert sending(*(f"/{n}" for n in range(6)))[1] == "it sends on more than 5 times"
    assert sending(*["/start"] * 9)[0] == 6


def test_a_header_hidden_in_a_target_goes_nowhere() -> None:
    def answer(path: str, to: socket.socket) -> bytes:
        return http(status="302 Found", Location="/a\tb HTTP/1.1") if "start" in path else http(b"x")

    with serving(answer) as server, pytest.raises(FetchError):
        DOOR(f"{server.url}/start")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "moved"), [("301 For good", True), ("308 For good", True), ("302 Now", False), ("307 Now", False)]
)
def test_only_a_move_for_good_is_remembered(status: str, moved: bool) -> None:
    with serving(lambda path, to: http(status=status, Location="/new") if path == "/old" else http(b"x")) as server:
        found = DOOR(f"{server.url}/old")
        assert found.moved_to == (f"{server.url}/new" if moved else None)
        assert found.url == f"{server.url}/new"


def test_marks_are_dropped_when_the_host_changes() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if request.url.host == "orla.example":
            return httpx.Response(302, headers={"Location": "https://other.example/"})
        return httpx.Response(200, stream=httpx.ByteStream(b"x"))

    Fetcher(transport=lambda deadline: httpx.MockTransport(answer))("https://orla.example/", Seen('"mine"'))
    assert [request.headers.get("if-none-match") for request in asked] == ['"mine"', None]


def test_encryption_is_not_given_up_on_the_way() -> None:
    answers = {"https://orla.example/": httpx.Response(302, headers={"Location": "http://orla.example/b"})}
    door = Fetcher(transport=lambda deadline: httpx.MockTransport(lambda request: answers[str(request.url)]))
    with pytest.raises(FetchError, match="encrypted"):
        door("https://orla.example/")


# --- names


def door_of(*answers: list[str] | Exception) -> tuple[Fetcher, list[str]]:
    """A door whose resolver gives these answers in turn, and the names it was asked."""
    left, asked = list(answers), list[str]()

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        one = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(one, Exception):
            raise one
        return one

    def transport(deadline: Deadline) -> httpx.BaseTransport:
        return DoorTransport(LOOPBACK, deadline, ssl.create_default_context(), resolve)

    return Fetcher(LIMITS, Guard(LOOPBACK.allowed), transport), asked


@pytest.mark.parametrize(
    "numbers",
    [["10.0.0.1"], ["169.254.169.254"], ["::1"], ["fe80::1%eth0"], ["::ffff:192.168.0.1"], ["0.0.0.0"],  # noqa: S104
     ["fd00:ec2::254"],
     ["93.184.216.34", "10.0.0.1"], ["127.0.0.1", "192.168.0.1"], ["100.100.100.200"], ["168.63.129.16"],
     ["64:ff9b::a00:1"],
     ["2002:a00:1::1"], ["224.0.0.1"], ["255.255.255.255"]],
    ids=lambda one: one[-1],
)  # fmt: skip
def test_a_name_that_stands_for_a_machine_nearby_is_refused(numbers: list[str]) -> None:
    door, asked = door_of(numbers)
    with pytest.raises(RefusedAddressError):
        door("http://orla.example/")
    assert asked == ["orla.example"]


def test_a_name_is_asked_once_and_the_number_that_was_checked_is_the_one_connected_to() -> None:
    answers, asked = [["127.0.0.1"], ["10.0.0.1"]], list[str]()

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    def ask() -> bytes:
        with DoorTransport(LOOPBACK, Deadline(3), ssl.create_default_context(), resolve) as door:
            return door.handle_request(httpx.Request("GET", f"http://orla.example:{server.port}/")).read()

    with serving(lambda path, to: http(b"checked")) as server:
        assert ask() == b"checked"
        assert asked == ["orla.example"]
        with pytest.raises(RefusedAddressError):
            ask()
    assert len(server.asked) == 1
    assert f"Host: orla.example:{server.port}" in server.asked[0]


def test_each_hop_asks_anew_and_is_checked_anew() -> None:
    """A name that was public when first asked, and this machine's neighbour when sent on to."""
    with serving(lambda path, to: http(status="302 Found", Location="http://orla.example/b")) as server:
        answers = iter([["10.0.0.9"]])

        def transport(deadline: Deadline) -> httpx.BaseTransport:
            return DoorTransport(LOOPBACK, deadline, ssl.create_default_context(), lambda host, port: next(answers))

        with pytest.raises(RefusedAddressError, match=r"10\.0\.0\.9"):
            Fetcher(LIMITS, LOOPBACK, transport)(f"{server.url}/a")


def test_a_name_nobody_has_and_one_nobody_answers_for() -> None:
    door, _ = door_of(socket.gaierror(-2, "Name or service not known"))
    with pytest.raises(FetchError, match="no machine named"):
        door("http://orla.example/")
    door, _ = door_of([])
    with pytest.raises(FetchError, match="no machine named"):
        door("http://orla.example/")

    def slow(host: str, port: int) -> list[str]:
        time.sleep(2)
        return ["127.0.0.1"]

    patient = FetchLimits(seconds=0.3)
    door = Fetcher(patient, LOOPBACK, lambda d: DoorTransport(LOOPBACK, d, ssl.create_default_context(), slow))
    began = time.monotonic()
    with pytest.raises(FetchError, match="in time"):
        door("http://orla.example/")
    assert time.monotonic() - began < 1.5


# --- too much, too long, broken


def test_more_than_the_limit_is_refused_whether_announced_or_not() -> None:
    assert "larger than 200,000 bytes" in refusal(b"HTTP/1.1 200 OK\r\nContent-Length: 200001\r\n\r\nx")
    assert "larger than 200,000 bytes" in refusal(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 18 + b"\r\n\r\nx")
    assert "larger than 200,000 bytes" in refusal(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 300_000)
    chunk = b"2710\r\n" + b"x" * 10_000 + b"\r\n"
    assert "larger than 200,000" in refusal(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 30)


@pytest.mark.parametrize("kind", ["gzip", "deflate"])
def test_a_bomb_is_refused_when_it_is_over_the_limit(kind: str) -> None:
    pack = gzip.compress if kind == "gzip" else zlib.compress
    assert "unpacked" in refusal(http(pack(b"\0" * 100_000_000), Content_Encoding=kind))


@pytest.mark.parametrize("kind", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "aes128gcm", "x" * 90])
def test_packing_that_was_not_asked_for_is_refused(kind: str) -> None:
    assert "not asked for" in refusal(http(gzip.compress(b"x"), Content_Encoding=kind))


@pytest.mark.parametrize("cut", [5, 11, -9, -1])
def test_packed_data_that_is_cut_or_damaged_is_no_page(cut: int) -> None:
    packed = gzip.compress(os.urandom(4_000))
    assert "cut" in refusal(http(packed[:cut], Content_Encoding="gzip"))
    assert "damaged" in refusal(http(packed[:20] + b"\xff" * 50 + packed[70:], Content_Encoding="gzip"))


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"\n", b"SSH-2.0-OpenSSH_9\r\n", b"220 mail ESMTP\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: x\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\nabc",
        b"HTTP/1.1 200 OK\r\nbad header\r\n\r\nabc", b"HTTP/1.1 200 OK\r\n" + b"A: " + b"b" * 300_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 60_000 + b"\r\n", b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\nabc",
        b"\x16\x03\x01\x02",
    ],
    ids=range(16),
)  # fmt: skip
def test_what_is_no_answer_is_a_failure(answer: bytes) -> None:
    assert "could not be fetched" in refusal(answer)


@pytest.mark.parametrize("where", ["before", "headers", "informing", "body", "chunks"])
def test_who_drips_is_left_at_the_deadline(where: str) -> None:
    begin = {
        "before": b"", "headers": b"HTTP/1.1 200 OK\r\nX: ", "informing": b"", "body": b"HTTP/1.0 200 OK\r\n\r\n",
        "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    }[where]  # fmt: skip
    drop = {"before": b"", "informing": b"HTTP/1.1 100 Continue\r\n\r\n", "chunks": b"1\r\nx\r\n"}.get(where, b"x")

    def drip(path: str, to: socket.socket) -> None:
        to.sendall(begin)
        for _ in range(60):
            time.sleep(0.05)
            to.sendall(drop)

    began = time.monotonic()
    with serving(drip) as server, pytest.raises(FetchError, match=r"in time|longer than"):
        Fetcher(FetchLimits(seconds=0.6), LOOPBACK)(server.url)
    assert time.monotonic() - began < 2.5


def test_nobody_listening_is_said() -> None:
    with serving(lambda path, to: b"") as server:
        pass
    with pytest.raises(FetchError, match="cannot be reached"):
        DOOR(server.url)


def test_a_server_that_hangs_up_at_once_is_a_failure() -> None:
    def hang_up(path: str, to: socket.socket) -> None:
        to.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        to.close()

    with serving(hang_up) as server, pytest.raises(FetchError):
        DOOR(server.url)


# --- certificates


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def encrypted(cert: trustme.LeafCert, newest: ssl.TLSVersion | None = None) -> AbstractContextManager[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    if newest:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, newest
    return serving(lambda path, to: http(b"sealed"), context)


def sealed(server: Server, context: ssl.SSLContext | None, name: str = "127.0.0.1") -> bytes:
    def transport(deadline: Deadline) -> httpx.BaseTransport:
        from diurna.sources.fetch import _tls

        return DoorTransport(LOOPBACK, deadline, context or _tls(), lambda host, port: ["127.0.0.1"])

    request = httpx.Request("GET", f"https://{name}:{server.port}/")
    with transport(Deadline(3)) as door:
        return door.handle_request(request).read()


def test_a_good_certificate_is_accepted_for_a_name_and_a_number(
    authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    with encrypted(authority.issue_cert("127.0.0.1", "orla.example")) as server:
        assert Fetcher(LIMITS, LOOPBACK, tls=trusting)(f"https://127.0.0.1:{server.port}/").data == b"sealed"
        assert sealed(server, trusting, "orla.example") == b"sealed"


def test_a_certificate_of_another_name_is_not(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with encrypted(authority.issue_cert("other.example")) as server:
        with pytest.raises(FetchError, match="not to be trusted"):
            Fetcher(LIMITS, LOOPBACK, tls=trusting)(f"https://127.0.0.1:{server.port}/")
        with pytest.raises(Exception, match="CERTIFICATE_VERIFY_FAILED"):
            sealed(server, trusting, "orla.example")


def test_one_nobody_known_signed_is_not_and_no_variable_makes_it_so(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with encrypted(authority.issue_cert("127.0.0.1")) as server, pytest.raises(FetchError, match="not to be trusted"):
        DOOR(f"https://127.0.0.1:{server.port}/")
    assert not server.asked


def test_old_encryption_and_none_are_refused(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    old = encrypted(authority.issue_cert("127.0.0.1"), ssl.TLSVersion.TLSv1_1)
    with old as server, pytest.raises(FetchError):
        Fetcher(LIMITS, LOOPBACK, tls=trusting)(f"https://127.0.0.1:{server.port}/")
    with serving(lambda path, to: http(b"x")) as server, pytest.raises(FetchError):
        Fetcher(FetchLimits(seconds=1.0), LOOPBACK, tls=trusting)(f"https://127.0.0.1:{server.port}/")


def test_fetches_leave_no_connection_behind() -> None:
    def handles() -> int:
        return len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0

    with serving(lambda path, to: http(b"x")) as server:
        DOOR(server.url)
        before = handles()
        for _ in range(30):
            DOOR(server.url)
        assert handles() <= before + 2
        assert threading.active_count() < 20
