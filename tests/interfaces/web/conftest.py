"""Sites for the tests: the bundled sample, and whatever a test puts on a register of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from comity import gazetteer, pipeline, pipeline_editions, vocabulary
from comity.interfaces.commands.demo import recorded
from comity.interfaces.web import Bounds, Serving, create_app
from comity.model import Entity, Publication
from comity.register import Register, rules_of

LIST = "us-287g-participating"
JOINED = "OHIO,Wood County Sheriff's Office,County,Wood County,Task Force Model,6/18/2025,link pending"
UNBOUND = Bounds(rate=0)
ANCHORAGE = "ocd-division/country:us/state:ak/place:anchorage"

Visit = Callable[..., TestClient]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a register with the bundled sample on it."""
    path = str(tmp_path_factory.mktemp("sample") / "sample.db")
    recorded(path)
    return path


def offices() -> list[Entity]:
    """All sheriffs of one state: an invented list of real offices, long enough to be believed."""
    found = (gazetteer.load().entity(row[0]) for row in gazetteer.load().agencies_in("ga"))
    return [each for each in found if each is not None and each.name.endswith("County Sheriff's Office")]


@pytest.fixture(scope="session")
def listed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a register with the sample and two editions of a list, the second with an agency more."""
    folder = tmp_path_factory.mktemp("listed")
    path = str(folder / "listed.db")
    recorded(path)
    older, newer = (folder / f"participatingAgencies{day}am.csv" for day in ("06172025", "06202025"))
    rows = [",".join(("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA"))]
    for sheriff in offices():
        county = sheriff.name.removesuffix(" Sheriff's Office")
        rows.append(f"GEORGIA,{sheriff.name},County,{county},Task Force Model,3/4/2025,link pending")
        rows.append(f"GEORGIA,{sheriff.name},County,{county},Warrant Service Officer,3/4/2025,link pending")
    older.write_text("\n".join(rows), encoding="utf-8")
    newer.write_text("\n".join([*rows, JOINED]), encoding="utf-8")
    items = pipeline.inputs([str(older), str(newer)], Publication(), None)
    with Register.open(path, rules=rules_of(vocabulary.load().predicates)) as register:
        for added in pipeline_editions.add(register, LIST, items):
            assert isinstance(added, pipeline_editions.Added) and added.refused is None, added
    return path


@pytest.fixture(scope="session")
def lists_site(listed: str) -> Iterator[TestClient]:
    """The site of a register with a list."""
    with TestClient(create_app(Serving(register=listed, bounds=UNBOUND))) as client:
        yield client


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
