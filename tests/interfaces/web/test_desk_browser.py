"""The desk as a person uses it: signing in, deciding by keyboard, undoing, two at once on one item; in Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.interfaces.web import waiting
from tests.interfaces.web.signed import PHRASE
from tests.interfaces.web.test_browser import Served, chromium, opened

__all__ = ["chromium"]  # a fixture


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A site on which something waits, for one test that decides."""
    with Served(waiting.recorded(tmp_path / "waiting.db")) as url:
        yield url


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site for those that only look."""
    with Served(waiting.recorded(tmp_path_factory.mktemp("shared") / "waiting.db")) as url:
        yield url


def signed_in(context: BrowserContext, address: str, name: str = "editor") -> Page:
    context.set_default_timeout(60_000)
    page = opened(context, address, "/sign-in")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password").fill(PHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    return page


def entered(page: Page, name: str) -> None:
    """To an item of the queue, until its keys are heard."""
    page.get_by_role("link", name=name).click()
    page.wait_for_url("**/review/item/*")


@pytest.fixture
def editor(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def test_a_queue_is_worked_off_by_keyboard_alone(editor: BrowserContext, address: str) -> None:
    page = signed_in(editor, address)
    page.keyboard.press("j")
    expect(page.locator("a[data-row]").first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cincinatty")
    page.wait_for_load_state()
    page.keyboard.press("1")
    expect(page.get_by_label("Because")).to_be_focused()
    page.keyboard.type("a misprint, jk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("18 statements at once")
    expect(page.locator("ol.entries > li")).to_have_count(waiting.MISPRINTS)
    expect(page.get_by_role("button", name="Decide all 18")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".note.done")).to_contain_text("“a misprint, jk”")
    expect(page.get_by_role("heading", level=1)).to_have_text("Monroe")
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Springfield")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text("Monroe")


def test_a_misclick_is_taken_back_by_keyboard(editor: BrowserContext, address: str) -> None:
    page = signed_in(editor, address)
    entered(page, "Springfield")
    page.keyboard.press("1")
    page.keyboard.type("the paper is of that town")
    page.keyboard.press("Enter")
    expect(page.locator(".note.done")).to_contain_text("Recorded:")
    page.wait_for_load_state()
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    expect(page.locator(".note.done")).to_contain_text("Taken back:")
    page.wait_for_load_state()
    page.keyboard.press("q")
    expect(page.get_by_role("link", name="Springfield")).to_be_visible()


def test_another_entity_is_named_by_its_beginning(editor: BrowserContext, address: str) -> None:
    page = signed_in(editor, address)
    entered(page, "Springfield")
    page.keyboard.press("o")
    page.keyboard.type("springfield ill")
    names = page.get_by_role("listbox", name="Names").get_by_role("option")
    expect(names.first).to_contain_text("Springfield, IL", timeout=60_000)  # the index of names is made with the first
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name with its state, or id")).to_have_value(re.compile("state:il/place:springfield$"))
    page.get_by_label("Because").fill("the paper is of that town")
    page.keyboard.press("Enter")
    expect(page.locator(".note.done")).to_contain_text("corrected to Springfield, IL")


def test_two_editors_at_one_item_the_second_is_told_and_loses_nothing(
    chromium: Browser, editor: BrowserContext, address: str
) -> None:
    other = chromium.new_context()
    first, second = signed_in(editor, address), signed_in(other, address, "second")
    for page in (first, second):
        page.get_by_role("link", name="Springfield").click()
        page.get_by_role("radio").first.check()
    first.get_by_label("Because").fill("the first reason")
    second.get_by_label("Because").fill("the second reason")
    first.get_by_role("button", name="Decide").click()
    expect(first.locator(".note.done")).to_contain_text("Recorded:")
    second.get_by_role("button", name="Decide").click()
    expect(second.get_by_role("alert")).to_contain_text("Nothing of yours was recorded")
    expect(second.locator("main")).to_contain_text("E. Sample")
    expect(second.locator("main")).to_contain_text("the first reason")
    expect(second.locator("main")).to_contain_text("the second reason")
    second.get_by_role("link", name="Take it back").click()
    second.get_by_label("Because").fill("it is another Springfield")
    second.get_by_role("button", name="Take it back").click()
    expect(second.locator(".note.done")).to_contain_text("Taken back:")
    expect(second.get_by_role("link", name="Springfield")).to_be_visible()
    other.close()


def test_without_javascript_all_of_it_is_done_by_forms(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = signed_in(context, address)
    page.get_by_role("link", name="Monroe").click()
    page.get_by_label("Same: it is Monroe County, NY").check()
    page.get_by_label("Because").fill("the county is meant")
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("button", name="Decide all 2").click()
    expect(page.locator(".note.done")).to_contain_text("Recorded:")
    page.get_by_role("link", name="Log", exact=True).click()
    expect(page.locator("ol.log > li").first).to_contain_text("the county is meant")
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(address + "/review")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    context.close()


def test_who_is_signed_out_meanwhile_signs_in_and_goes_on_there(editor: BrowserContext, address: str) -> None:
    page = signed_in(editor, address)
    page.get_by_role("link", name="Springfield").click()
    here = page.url
    editor.clear_cookies()
    page.reload()
    page.get_by_label("Name", exact=True).fill("editor")
    page.get_by_label("Password").fill(PHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url(here)


def test_the_keys_can_be_turned_off(editor: BrowserContext, shared: str) -> None:
    page = signed_in(editor, shared)
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Keys are on, in this browser").uncheck()
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator("a[data-row]").first).not_to_be_focused()
    entered(page, "Springfield")
    page.keyboard.press("1")
    expect(page.get_by_role("radio").first).not_to_be_checked()
    page.get_by_text("Keys", exact=True).click()
    expect(page.get_by_label("Keys are on, in this browser")).not_to_be_checked()


def pages(page: Page, address: str) -> list[str]:
    """All pages of the desk: of the queue, of items of each kind, of a statement, of a text, of an undoing."""
    page.goto(address + "/review")
    found = [str(row.get_attribute("href")) for row in page.locator("a[data-row]").all()]
    page.goto(address + found[0])
    for name in ("Decide on this statement alone", "In the whole text"):
        found.append(str(page.get_by_role("link", name=name).first.get_attribute("href")))
    return ["/review", "/review?kind=entity", *found, "/log", "/log?all=yes", "/account", "/sign-in", "/"]


def test_on_a_phone_no_page_of_the_desk_is_wider_than_the_screen(chromium: Browser, shared: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = signed_in(context, shared)
    wide = {}
    for path in pages(page, shared):
        page.goto(shared + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[path] = width
    context.close()
    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_at_the_desk(chromium: Browser, shared: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = signed_in(context, shared)
    found = {}
    for path in [*pages(page, shared), "preview", "wrong"]:
        if path in ("preview", "wrong"):
            page.goto(shared + "/review")
            page.get_by_role("link", name="Cincinatty").click()
            page.get_by_role("radio").nth(0 if path == "preview" else 3).check()
            page.get_by_label("Because").fill("a misprint")
            page.get_by_role("button", name="Decide", exact=True).click()
            page.wait_for_load_state()
        else:
            page.goto(shared + path)
        for summary in page.locator("summary").all():
            summary.click()
        violations = Axe().run(page).response["violations"]
        told = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in violations]
        if told:
            found[path] = told
    context.close()
    assert found == {}
