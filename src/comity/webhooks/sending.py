"""One message of a webhook sent: signed as Standard Webhooks asks, to the address that was looked up, no further.

https://github.com/standard-webhooks/standard-webhooks: ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``,
HMAC-SHA256 over ``id.timestamp.body`` with the secret's bytes. No redirect is followed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from comity.errors import InputError
from comity.webhooks.addresses import Network, Place, Resolve, resolved

__all__ = ["Answer", "Line", "send", "signature"]

_SECRET = "whsec_"  # noqa: S105 - what every secret begins with
_PATIENCE = 10.0  # seconds for each step of one message
_READ = 1024  # bytes that are read of an answer, and thrown away


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a message: the HTTP status (None: nothing answered), and one line on it."""

    status: int | None
    told: str

    @property
    def taken(self) -> bool:
        """Whether it was taken."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Line:
    """How messages are sent: networks that are allowed although they are private, and the seams of tests."""

    allowed: Sequence[Network] = ()
    resolve: Resolve | None = None
    patience: float = _PATIENCE


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked up before, under the host's name."""

    def __init__(self, where: Place, address: str, patience: float) -> None:
        super().__init__(where.host, where.port, timeout=patience)
        self._where, self._address = where, address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self._where.port), self.timeout)
        if self._where.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._where.host)


def signature(secret: str, identity: str, timestamp: int, body: bytes) -> str:
    """The value of ``webhook-signature``. A receiver computes the same and compares."""
    key = base64.b64decode(secret.removeprefix(_SECRET))
    signed = f"{identity}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def send(where: Place, secret: str, identity: str, timestamp: int, body: bytes, line: Line = Line()) -> Answer:
    """Send one message and say what came of it. Raises nothing of what may go wrong on the way."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Comity webhooks",
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, identity, timestamp, body),
    }
    try:
        connection = _Pinned(where, resolved(where, line.allowed, line.resolve), line.patience)
    except InputError as error:
        return Answer(None, error.message)
    try:
        connection.request("POST", where.path, body, headers)
        answer = connection.getresponse()
        answer.read(_READ)
    except (OSError, http.client.HTTPException) as error:
        return Answer(None, f"no answer: {type(error).__name__}")
    finally:
        connection.close()
    if 300 <= answer.status < 400:
        return Answer(answer.status, "a redirect, which is not followed")
    return Answer(answer.status, f"answered {answer.status}")
