"""The real tasks in a real browser: by typing, by keyboard alone, on a phone's width, without JavaScript.

Needs Chromium (``apt-get install chromium``); without it these tests are skipped and say so. Nothing leaves the
machine.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from comity.interfaces.web import Serving, create_app
from tests.interfaces.web import hostile
from tests.interfaces.web.conftest import ANCHORAGE, LIST, UNBOUND

DOSSIER = f"/entity/{ANCHORAGE}"
PAGES = [
    "/", "/search?q=anchorage", DOSSIER, "/statements", "/documents", "/lists", f"/list/{LIST}",
    f"/list/{LIST}/changes", f"/list/{LIST}/compare", f"/list/{LIST}/edition/participatingAgencies06202025am.csv",
    "/changes", "/conflicts", "/bodies", "/compare", f"/compare?about={ANCHORAGE}", "/about", "/api", "/nowhere",
]  # fmt: skip


class Served:
    """A site on a port of its own, in a thread."""

    def __init__(self, register: str) -> None:
        config = uvicorn.Config(
            create_app(Serving(register=register, bounds=UNBOUND)), port=0, log_level="error", lifespan="on"
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        while not self.server.started and self.thread.is_alive():
            self.thread.join(0.02)
        return f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def __exit__(self, *error: object) -> None:
        self.server.should_exit = True
        self.thread.join(5)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    expect.set_options(timeout=60_000)  # a busy machine may take its time
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(listed: str) -> Iterator[str]:
    with Served(listed) as url:
        yield url


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Served(hostile.recorded(tmp_path_factory.mktemp("hostile") / "hostile.db")) as url:
        yield url


def opened(context: BrowserContext, address: str, path: str) -> Page:
    """A page that has loaded without a complaint of the browser and without asking another host."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(address) else None)
    page.goto(address + path)
    assert [each for each in complaints if "404" not in each] == []
    return page


@pytest.fixture
def desk(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    yield context
    context.close()


def test_anchorage_is_found_by_keyboard_alone(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    search = page.get_by_role("combobox", name="Find a state, county, city, school district or agency")
    expect(search).to_be_focused()
    page.keyboard.type("anchor")
    names = page.get_by_role("listbox", name="Names").get_by_role("option")
    expect(names.first).to_contain_text("Anchorage, AK")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/place:anchorage")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anchorage, AK")


def test_who_says_what_is_read_and_the_evidence_opened(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, DOSSIER)
    matter = page.locator("article").filter(has_text="Listed among sanctuary jurisdictions").first
    if matter.locator("details:not([open])").count():
        matter.locator("summary").click()
    expect(matter.locator("blockquote").first).to_contain_text("published a list of sanctuary jurisdictions")
    expect(matter.locator(".facts").first).to_contain_text("Chugach Sample Ledger")
    matter.get_by_role("link", name="The statement").first.click()
    expect(page.get_by_role("heading", name="The words that carry it")).to_be_visible()
    expect(page.locator("mark")).to_contain_text("Anchorage is on it")
    expect(page.get_by_role("heading", name="How to check it")).to_be_visible()


def test_a_date_is_set_and_the_view_has_an_address(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, DOSSIER)
    page.get_by_label("As of").fill("2025-05-01")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"as_of=2025-05-01"))
    expect(page.get_by_text("The world as of 2025-05-01")).to_be_visible()
    expect(page.get_by_text("Listed among sanctuary jurisdictions")).to_have_count(0)
    page.get_by_role("link", name="Back to now").click()
    expect(page.get_by_text("Listed among sanctuary jurisdictions").first).to_be_visible()


def test_two_accounts_are_compared(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, "/compare")
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 accounts compared")
    expect(page.get_by_role("heading", name="What one alone has")).to_be_visible()


def test_what_changed_on_a_list_between_two_editions_is_seen(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, "/")
    page.get_by_role("navigation").get_by_role("link", name="Lists").click()
    page.get_by_role("link", name="Agencies that take part in the 287(g) program").click()
    page.get_by_role("link", name="Compare two editions").click()
    expect(page.get_by_text("From 2025-06-17 to 2025-06-20: 1 joined.")).to_be_visible()
    page.get_by_role("link", name="Wood County Sheriff's Office").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wood County Sheriff's Office, OH")


def test_a_feed_is_found_and_answers(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, DOSSIER)
    announced = page.locator('link[rel="alternate"][type="application/atom+xml"]').get_attribute("href")
    answer = page.request.get(address + str(announced))
    assert answer.ok and "<feed" in answer.text() and "Anchorage" in answer.text()


def test_a_feed_of_a_list_is_subscribed_to_from_its_page(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, f"/list/{LIST}")
    link = page.get_by_role("link", name="Atom").get_attribute("href")
    announced = page.locator('link[rel="alternate"][type="application/atom+xml"]').get_attribute("href")
    assert link == announced
    answer = page.request.get(address + str(link))
    assert answer.ok and "Wood County Sheriff" in answer.text()


def test_the_map_leads_to_the_bodies_of_a_state(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, "/?matter=agreement:signed")
    page.locator(".map a", has=page.locator("title", has_text="Georgia")).click(position={"x": 40, "y": 40})
    expect(page).to_have_url(re.compile(r"/bodies\?.*state=ga"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Georgia")


def test_a_sentence_marks_who_says_it_and_the_cue(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, DOSSIER)
    cue = page.locator("blockquote .cue").first
    expect(cue).to_have_css("text-decoration-style", "dotted")
    expect(page.locator("blockquote .source").first).to_have_css("text-decoration-line", "underline")


def test_on_a_phone_anchorage_is_found_and_a_sentence_opened(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(60_000)
    page = opened(context, address, "/")
    page.get_by_role("combobox", name="Find a state, county, city, school district or agency").tap()
    page.keyboard.type("anchor")
    page.get_by_role("listbox", name="Names").get_by_role("option").first.tap()
    page.wait_for_url("**/place:anchorage")
    page.locator("article").filter(has_text="Listed among sanctuary jurisdictions").locator("summary").first.tap()
    page.get_by_role("link", name="The statement").first.tap()
    expect(page.get_by_role("heading", name="How to check it")).to_be_visible()
    context.close()


def test_without_javascript_everything_is_reached(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = opened(context, address, "/")
    page.get_by_label("Find a state, county, city, school district or agency").fill("anchorage")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Anchorage, AK").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anchorage, AK")
    expect(page.locator(".timeline svg").first).to_be_visible()
    context.close()


def test_on_a_phone_no_page_is_wider_than_the_screen(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    wide = {}
    for path in PAGES:
        page = opened(context, address, path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[path] = width
        page.close()
    context.close()
    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_page(chromium: Browser, address: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    found = {}
    for path in PAGES:
        page = opened(context, address, path)
        violations = Axe().run(page).response["violations"]
        told = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in violations]
        if told:
            found[path] = told
        page.close()
    context.close()
    assert found == {}


def test_hostile_texts_and_names_are_inert(chromium: Browser, harmful: str) -> None:
    context = chromium.new_context()
    context.set_default_timeout(60_000)
    for path in ("/", f"/entity/{hostile.TOLEDO}", "/statements", "/documents", "/changes", "/compare"):
        page = opened(context, harmful, path)
        assert page.evaluate("window.harmed") is None, path
        assert page.locator("h1").count() == 1 and page.locator("main script, main img").count() == 0
        assert page.locator('a[href^="javascript:"]').count() == 0
        text = page.locator("main").inner_text()
        assert "\u202e" not in text and "\x1b" not in text and len(text) < 200_000
        page.close()
    page = opened(context, harmful, f"/entity/{hostile.TOLEDO}")
    everything = page.content()
    assert "&lt;script&gt;window.harmed=1&lt;/script&gt;" in everything
    assert "U+202E" in everything
    context.close()


def test_the_first_page_is_light_and_soon_there(desk: BrowserContext, address: str, tmp_path: Path) -> None:
    sizes: list[int] = []
    page = desk.new_page()
    page.on("response", lambda response: sizes.append(len(response.body())) if response.ok else None)
    page.goto(address + "/")
    expect(page.get_by_role("heading", name="Who stands where")).to_be_visible()
    assert sum(sizes) < 300_000
