"""Editors and offices in two browsers at once: an edition and its broken twin, a reply filed and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

from comity.interfaces.commands.demo import recorded
from comity.register import Register
from tests.interfaces.web.conftest import ANCHORAGE
from tests.interfaces.web.signed import PHRASE, peopled
from tests.interfaces.web.test_browser import Served, chromium, opened
from tests.interfaces.web.test_uploads import agencies, sheet

__all__ = ["chromium"]

BODY = "The municipality is not a sanctuary jurisdiction, and asked to be taken off the list."


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("desk") / "desk.db")
    recorded(path)
    peopled(path)
    return path


@pytest.fixture(scope="module")
def address(register: str) -> Iterator[str]:
    with Served(register) as url:
        yield url


def signed_in(chromium: Browser, address: str, *, script: bool = True) -> tuple[BrowserContext, Page]:
    context = chromium.new_context(java_script_enabled=script)
    context.set_default_timeout(120_000)
    page = opened(context, address, "/sign-in")
    page.get_by_role("textbox", name="Name").fill("editor")
    page.get_by_role("textbox", name="Password").fill(PHRASE)
    page.get_by_role("button", name="Sign in").click()
    return context, page


def clean(page: Page) -> list[object]:
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]]


def sent(page: Page, address: str, file: Path, what: str) -> None:
    page.goto(f"{address}/uploads")
    page.get_by_label("What it is").select_option(label=what)
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Send and preview").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_edition_is_uploaded_and_its_broken_twin_refused(
    chromium: Browser, address: str, tmp_path: Path, script: bool
) -> None:
    context, page = signed_in(chromium, address, script=script)
    what = "Editions of: Agencies that take part in the 287(g) program"
    rows = agencies() if script else agencies()[:-1]  # the same rows again would be a repeat
    name, data = sheet("06172025" if script else "06202025", rows)
    file, twin = tmp_path / name, tmp_path / "participatingAgencies07012025am.csv"
    file.write_bytes(data)
    twin.write_bytes(sheet("", [row.partition(",")[2] for row in agencies()])[1])
    sent(page, address, file, what)
    expect(page.get_by_role("heading", name="What recording it would do")).to_be_visible(timeout=120_000)
    if script:
        assert clean(page) == []
    page.get_by_label("Why").fill("fetched from the publisher today")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", name="What was recorded")).to_be_visible(timeout=120_000)
    sent(page, address, twin, what)
    expect(page.get_by_text("Refused:")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("heading", name="Checks")).to_be_visible()
    expect(page.get_by_role("button", name="Record it")).to_have_count(0)
    if script:
        assert clean(page) == []
        page.goto(f"{address}/uploads")
        assert clean(page) == []
    context.close()


def test_an_office_files_a_reply_and_an_editor_accepts_it(chromium: Browser, address: str, register: str) -> None:
    with Register.open(register) as held:
        statement = next(each.statement.id for each in held.beliefs(entity=ANCHORAGE, predicate="designation"))
    office = chromium.new_context()
    office.set_default_timeout(120_000)
    public = opened(office, address, f"/statement/{statement}")
    public.get_by_role("link", name="reply to this record").click()
    assert clean(public) == []
    public.get_by_role("textbox", name="The office (published)").fill("Office of the Mayor of Anchorage")
    public.get_by_label("Its reply").fill(BODY)
    public.get_by_label("Whom we can ask").fill("R. Clerk, 907-555-0100")
    public.get_by_label("How we can check").fill("the number on the city's own page")
    public.get_by_role("button", name="Send the reply").click()
    expect(public.get_by_text("Your reply has arrived")).to_be_visible()
    context, page = signed_in(chromium, address)
    page.get_by_role("link", name="Replies").click()
    assert clean(page) == []
    page.get_by_role("link", name="Office of the Mayor of Anchorage").click()
    expect(page.get_by_text("907-555-0100")).to_be_visible()
    assert clean(page) == []
    page.get_by_label("How it was verified").fill("called back on the published number")
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("called back on the published number")).to_be_visible()
    public.goto(f"{address}/statement/{statement}")
    expect(public.get_by_role("heading", name="What an office replied")).to_be_visible()
    expect(public.get_by_text(BODY)).to_be_visible()
    assert clean(public) == []
    public.goto(f"{address}/entity/{ANCHORAGE}")
    expect(public.get_by_text("answered by an office").first).to_be_visible()
    expect(public.get_by_text("907-555-0100")).to_have_count(0)
    context.close()
    office.close()
