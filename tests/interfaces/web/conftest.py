"""Sites for the tests: the bundled sample, and whatever a test puts on a register of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Bounds, Serving, create_app

UNBOUND = Bounds(rate=0)
ANCHORAGE = "ocd-division/country:us/state:ak/place:anchorage"

Visit = Callable[..., TestClient]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a register with the bundled sample on it."""
    path = str(tmp_path_factory.mktemp("sample") / "sample.db")
    recorded(path)
    return path


@pytest.fixture(scope="session")
def site(sample: str) -> Iterator[TestClient]:
    """The sample's site."""
    with TestClient(create_app(Serving(register=sample, bounds=UNBOUND))) as client:
        yield client


@pytest.fixture
def visit() -> Iterator[Visit]:
    """The site of any register: ``visit(path)``, with ``bounds`` where they are tested."""
    with ExitStack() as stack:

        def opened(register: str | Path, bounds: Bounds = UNBOUND, address: str = "") -> TestClient:
            app = create_app(Serving(register=str(register), bounds=bounds, address=address))
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield opened
