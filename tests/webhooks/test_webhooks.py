"""Webhooks: signed, told once, sent again until they arrive, and never to an address inside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import msgspec
import pytest

from comity.errors import InputError, UsageError
from comity.register import Register
from comity.views import published
from comity.views.feeds import change_id
from comity.webhooks import Courier, Line, Webhooks, signature
from comity.webhooks.addresses import place, resolved
from comity.webhooks.sending import send
from comity.webhooks.store import BACK_OFF
from tests.register.conftest import fresh, server, template, where
from tests.register.samples import RULES, Ticking, document, reading, said

__all__ = ["fresh", "server", "template", "where"]  # fixtures

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


class Receiver:
    """A server on loopback that keeps what it gets, and answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        receiver = self

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), body))
                status, headers = receiver.answers.pop(0) if receiver.answers else (200, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Taking)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?x=1"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


class Now:
    def __init__(self, clock: Ticking) -> None:
        self.at = clock.now

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def path(where: str, tmp_path: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)  # where PostgreSQL's registers keep captured bytes
    Register.open(where, rules=RULES).close()
    return where


@pytest.fixture
def now() -> Now:
    return Now(Ticking("2026-02-01"))


@pytest.fixture
def webhooks(path: str, now: Now) -> Iterator[Webhooks]:
    opened = Webhooks.open(path, clock=now)
    yield opened
    opened.close()


@pytest.fixture
def courier(webhooks: Webhooks, path: str) -> Courier:
    return Courier(webhooks, lambda: Register.open(path, rules=RULES), published.change, Line(LOOPBACK, patience=2))


Note = Callable[[], int]


@pytest.fixture
def note(webhooks: Webhooks, path: str) -> Note:
    def noted() -> int:
        with Register.open(path, rules=RULES, clock=Ticking()) as register:
            return webhooks.note(register, published.change)

    return noted


def told(path: str) -> None:
    """Something changes on the register."""
    home = document(published="2025-05-28", publisher="Alder Ledger")
    with Register.open(path, rules=RULES, clock=Ticking()) as register:
        register.record(home, reading(home, said(home)), home.text.encode())


def test_a_change_is_told_once_signed_and_as_the_feeds_have_it(
    webhooks: Webhooks, receiver: Receiver, courier: Courier, note: Note, path: str
) -> None:
    hook, secret = webhooks.add(receiver.url, 0, {})
    told(path)
    assert (note(), note()) == (1, 0)
    assert courier.round() == 1 and courier.round() == 0
    ((address, headers, body),) = receiver.got
    assert address == "/hook?x=1"
    with Register.open(path, rules=RULES) as register:
        (change,) = map(published.change, register.changes())
    assert json.loads(body) == json.loads(msgspec.json.encode(change))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    assert secret not in repr(webhooks.all()) and [each.waiting for each in webhooks.all()] == [0]
    assert change_id(change) and hook.disabled is None


def test_the_signature_is_the_one_of_the_standards_example() -> None:
    """The example of the specification of Standard Webhooks."""
    body = b'{"test": 2432232314}'
    made = signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_came_before_a_webhook_is_not_told_to_it(webhooks: Webhooks, note: Note, path: str) -> None:
    told(path)
    with Register.open(path, rules=RULES) as register:
        webhooks.add("https://example.org/", register.head().at, {})
    assert note() == 0


def test_it_is_told_only_what_it_asked_for(webhooks: Webhooks, note: Note, path: str) -> None:
    webhooks.add("https://example.org/", 0, {"predicate": "protest"})
    told(path)
    assert note() == 0


def test_a_message_is_sent_again_later_and_later_then_given_up(
    webhooks: Webhooks, receiver: Receiver, courier: Courier, note: Note, path: str, now: Now
) -> None:
    webhooks.add(receiver.url, 0, {})
    told(path)
    note()
    receiver.answers = [(500, {})] * (len(BACK_OFF) + 1)
    for wait in BACK_OFF:
        assert courier.round() == 1
        now.at += (wait - 1) * 1_000_000
        assert courier.round() == 0
        now.at += 1_000_000
    assert webhooks.all()[0].disabled is None
    assert courier.round() == 1
    assert (webhooks.all()[0].disabled, webhooks.all()[0].waiting) == ("gave up: answered 500", 0)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1


def test_it_arrives_at_last_and_the_rest_waits_no_more(
    webhooks: Webhooks, receiver: Receiver, courier: Courier, note: Note, path: str, now: Now
) -> None:
    webhooks.add(receiver.url, 0, {})
    told(path)
    note()
    receiver.answers = [(503, {}), (204, {})]
    courier.round()
    now.at += BACK_OFF[0] * 1_000_000
    assert (courier.round(), courier.round(), webhooks.all()[0].waiting) == (1, 0, 0)


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/", "/again", "file:///etc/passwd"]
)
def test_no_redirect_is_followed(
    to: str, webhooks: Webhooks, receiver: Receiver, courier: Courier, note: Note, path: str
) -> None:
    webhooks.add(receiver.url, 0, {})
    told(path)
    note()
    receiver.answers = [(307, {"Location": to})]
    courier.round()
    assert len(receiver.got) == 1 and webhooks.all()[0].waiting == 1


def test_a_host_that_says_gone_is_told_nothing_more(
    webhooks: Webhooks, receiver: Receiver, courier: Courier, note: Note, path: str
) -> None:
    hook, _ = webhooks.add(receiver.url, 0, {})
    told(path)
    note()
    receiver.answers = [(410, {})]
    courier.round()
    assert webhooks.all()[0].disabled == "its host says it is gone"
    webhooks.remove(hook.id)
    assert webhooks.all() == ()
    with pytest.raises(InputError):
        webhooks.remove(hook.id)


INSIDE = [
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1", "192.0.2.1", "198.18.0.1",
]  # fmt: skip


def named(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    return lambda *_: addresses


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused_however_it_is_written(address: str) -> None:
    with pytest.raises(InputError) as caught:
        resolved(place("https://inside.example/"), (), named(address))
    assert "private network or of this machine" in caught.value.message
    with pytest.raises(InputError):
        resolved(place("https://mixed.example/"), (), named("93.184.216.34", address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_address_is_kept_to(address: str) -> None:
    assert resolved(place("https://example.org/"), (), named(address)) == address


def test_a_name_is_looked_up_once_for_each_message() -> None:
    """A name that means a public address when it is looked at, and loopback when it is connected to: no second go."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["192.0.2.1"]

    answer = send(place("http://rebinding.example:9/"), "whsec_AAAA", "m", 1, b"{}", Line((), rebinding, 0.2))
    assert answer.status is None and asked == ["rebinding.example"]


@pytest.mark.parametrize("host", ["0x7f000001", "2130706433", "127.1", "localhost"])
def test_other_ways_to_write_this_machine(host: str) -> None:
    answer = send(place(f"http://{host}:9/"), "whsec_AAAA", "m", 1, b"{}")
    assert answer.status is None


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "example.org", "https://", "https://u:p@example.org/", "https://example.org/#x",
     "https://exam ple.org/", "https://example.org/\r\nX: y", "https://example.org:99999/", "file:///etc/passwd",
     "https://[::1", "https://é.example/", "https://example.org/" + "x" * 3000],
)  # fmt: skip
def test_what_is_no_address_of_a_webhook(url: str, webhooks: Webhooks) -> None:
    with pytest.raises(UsageError):
        webhooks.add(url, 0, {})


def test_nobody_there_is_told_in_a_line(receiver: Receiver) -> None:
    receiver.close()
    answer = send(place(receiver.url), "whsec_AAAA", "m", 1, b"{}", Line(LOOPBACK, patience=0.5))
    assert (answer.status, answer.told) == (None, "no answer: ConnectionRefusedError")


def test_the_courier_tells_by_itself(webhooks: Webhooks, receiver: Receiver, courier: Courier, path: str) -> None:
    webhooks.add(receiver.url, 0, {})
    told(path)
    courier.start()
    while not receiver.got:
        pass
    courier.close()
    assert len(receiver.got) == 1
