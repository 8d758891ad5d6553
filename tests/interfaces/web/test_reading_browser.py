"""Pages as they are read: on paper, on the narrowest phone, folded and opened, and after a session that ended; in
Chromium."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

from comity.accounts import Accounts
from tests.interfaces.web import waiting
from tests.interfaces.web.conftest import LIST
from tests.interfaces.web.signed import PHRASE
from tests.interfaces.web.test_browser import DOSSIER, PAGES, Served, address, chromium, desk, opened
from tests.interfaces.web.test_desk_browser import signed_in

__all__ = ["address", "chromium", "desk"]  # fixtures

NARROW = 320
TITLE = "Agencies that take part in the 287(g) program"


def test_what_came_with_an_edition_is_one_entry_that_opens(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, f"/changes?list={LIST}")
    entry = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=TITLE))
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("edition of 2025-06-20")
    expect(entry.get_by_role("link", name="Wood County Sheriff's Office")).to_be_visible()


def test_the_stories_of_the_first_page_open_by_keyboard(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, "/")
    folded = page.locator(".groups details").first
    sentence = folded.locator("blockquote").first
    expect(sentence).to_be_hidden()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(sentence).to_be_visible()
    assert Axe().run(page).response["violations"] == []


def test_on_paper_there_is_no_navigation_and_no_table_is_cut(desk: BrowserContext, address: str) -> None:
    edition = f"/list/{LIST}/edition/participatingAgencies06202025am.csv"
    for path in (DOSSIER, f"/list/{LIST}", edition, f"/compare?about={DOSSIER.removeprefix('/entity/')}"):
        page = opened(desk, address, path)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 700, "height": 900})
        for gone in ("nav", "form", "footer"):
            assert page.locator(gone).evaluate_all("all => all.filter((each) => each.offsetParent !== null)") == []
        cut = "all => all.filter((each) => getComputedStyle(each).overflowX !== 'visible').length"
        assert page.locator(".scroll").evaluate_all(cut) == 0
        assert page.locator(".only-print").last.is_visible()
        page.close()


def test_on_paper_a_permanent_address_is_printed(desk: BrowserContext, address: str) -> None:
    page = opened(desk, address, DOSSIER)
    permanent = page.get_by_role("link", name="its permanent address").get_attribute("href")
    page.emulate_media(media="print")
    assert permanent is not None and "known=" in permanent
    expect(page.get_by_text(address + permanent)).to_be_visible()


def test_on_the_narrowest_phone_no_page_is_wider_than_the_screen(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": NARROW, "height": 640}, has_touch=True, is_mobile=True)
    wide = {}
    for path in PAGES:
        page = opened(context, address, path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW:
            wide[path] = width
        page.close()
    context.close()
    assert wide == {}


def statement_of(page: Page, address: str) -> str:
    found: str = page.request.get(address + "/api/v1/statements?limit=1").json()["statements"][0]["id"]
    return found


def test_what_was_typed_outlives_the_session(desk: BrowserContext, tmp_path: Path) -> None:
    register = waiting.recorded(tmp_path / "typed.db")
    with Served(register) as url:
        page = signed_in(desk, url)
        statement = statement_of(page, url)
        page.goto(f"{url}/review/statement/{statement}")
        page.get_by_label("accept").check()
        page.get_by_label("Because").fill("the letterhead says so")
        with Accounts.open(register) as accounts:
            accounts.passwd("editor", PHRASE)  # all its sessions are over
        page.get_by_role("button", name="Decide", exact=True).click()
        expect(page.get_by_text("nothing that you typed is lost")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        page.get_by_label("Name", exact=True).fill("editor")
        page.get_by_label("Password").fill(PHRASE)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What you typed is kept")
        expect(page.get_by_text("the letterhead says so")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("button", name="Send it").click()
        expect(page.locator(".note.done")).to_contain_text("the letterhead says so")
