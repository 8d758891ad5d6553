"""What all pages and answers of a site share: its registers, topic, gazetteer, templates and figures."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from starlette.requests import Request

from comity import gazetteer, vocabulary
from comity.accounts import Accounts
from comity.gazetteer.gazetteer import Gazetteer
from comity.interfaces.web import publishing
from comity.interfaces.web.desk.queue import Queue
from comity.interfaces.web.guard import Rates
from comity.interfaces.web.kept import Answers, Kept
from comity.interfaces.web.names import Names
from comity.interfaces.web.registers import Registers
from comity.interfaces.web.serving import Bounds, Serving
from comity.interfaces.web.stood import Stood
from comity.interfaces.web.throttle import Throttle
from comity.model import Entity
from comity.register import Register, rules_of
from comity.register.instants import iso
from comity.register.rules import Rules
from comity.replies import Replies
from comity.uploads import Uploads, Worker
from comity.vocabulary import Vocabulary
from comity.webhooks import Courier, Line, Webhooks

__all__ = ["Site", "last_commit", "site_of"]


_EXPORTS = 2  # at a time: each reads the whole register
_REPLIES = 5  # of one address in an hour
_KEPT = 64_000_000  # bytes of answers
_COMPARED = 2  # passwords at a time: each takes 64 MiB


class Site:
    """One site. Made by the app; pages reach it with :func:`site_of`."""

    def __init__(self, serving: Serving, *, alone: bool = False) -> None:
        """``alone``: one request is worked on at a time, and nobody waits meanwhile."""
        self.serving = serving
        self.alone = alone
        self.topic: Vocabulary = vocabulary.load(serving.topic)
        self.rules: Rules = rules_of(self.topic.predicates)
        self.accounts = Accounts.open(serving.register)
        self.throttle = Throttle()
        self.comparing = threading.BoundedSemaphore(_COMPARED)
        self.token_throttle = Throttle()
        self.registers = Registers(serving.register, self.rules)
        self.uploads = Uploads.open(serving.register)
        self.replies = Replies.open(serving.register)
        self.replying = Rates(Bounds(rate=_REPLIES / 3600, burst=_REPLIES))
        self.worker = Worker(self.uploads, serving.register, serving.topic)
        self.webhooks = Webhooks.open(serving.register)
        self.courier = Courier(self.webhooks, self._read_only, publishing.change, Line(serving.networks))
        self._one_writes = threading.Lock()
        self.names = Names()
        self.kept = Kept()
        self.stood = Stood()
        self.queue = Queue(self.topic)
        self.answers: Answers[tuple[bytes, str]] = Answers(0 if alone else _KEPT)  # who stands before it keeps them
        self.exporting = threading.BoundedSemaphore(_EXPORTS)

    def start(self) -> None:
        """Begin what goes on beside the requests."""
        self.worker.start()
        self.courier.start()

    def close(self) -> None:
        """End that, and let go of the register and what lies beside it."""
        self.courier.close()
        self.worker.close()
        self.registers.close()
        self.accounts.close()
        self.uploads.close()
        self.replies.close()
        self.webhooks.close()

    def _read_only(self) -> Register:
        return Register.open(self.serving.register, rules=self.rules, read_only=True)

    @contextmanager
    def writing(self) -> Iterator[Register]:
        """The register open for writing, for one at a time: others of this site wait for their turn."""
        with self._one_writes, Register.open(self.serving.register, rules=self.rules, create=False) as register:
            yield register

    def head(self) -> str:
        """The hash of the register's last commit."""
        with self.registers.borrowed() as register:
            return register.head().hash

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer of this process."""
        return gazetteer.load()

    def entity(self, identity: str) -> Entity | None:
        """The entity of an id; of a name that resolved to none (``name:…``) one that says so."""
        found = self.gazetteer.entity(identity)
        if found is None and identity.startswith("name:") and len(identity) > len("name:"):
            return Entity(identity, identity.removeprefix("name:"), "other", type="unresolved name")
        return found

    def label(self, identity: str | None) -> str:
        """What an entity is called, with its state; of an unknown id the id."""
        entity = self.entity(identity) if identity else None
        if entity is None:
            return identity or ""
        whole = entity.kind in ("state", "district") or entity.state is None
        return entity.name if whole or entity.name.endswith(f", {entity.state}") else f"{entity.name}, {entity.state}"


def last_commit(register: Register) -> str | None:
    """The instant of the register's last commit: what is known then stays answered alike. None before the first."""
    head = register.head()
    return iso(head.at) if head.seq else None


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    found: Site = request.app.state.site
    return found
