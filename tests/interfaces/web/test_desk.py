"""The desk: what waits is decided with a reason, many at once after they were shown, and nobody's work is lost."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from comity import vocabulary
from comity.interfaces import reviewing
from comity.interfaces.web import Serving, create_app
from comity.interfaces.web.desk.queue import Queue
from comity.model import Decision
from comity.register import Question, Register, rules_of
from comity.views.worklist import Item
from tests.interfaces.web import waiting
from tests.interfaces.web.conftest import ANCHORAGE, UNBOUND
from tests.interfaces.web.signed import Browser

WHY = "the letterhead of the county says so"


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register on which something waits, to be copied by each test that decides."""
    return Path(waiting.recorded(tmp_path_factory.mktemp("waiting") / "waiting.db"))


@pytest.fixture
def register(stored: Path, tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    shutil.copy(stored, path)
    shutil.copytree(f"{stored}.captures", f"{path}.captures")
    return path


@pytest.fixture
def client(register: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Serving(register=str(register), bounds=UNBOUND))) as opened:
        yield opened


def opened(path: Path) -> Register:
    return Register.open(path, rules=rules_of(vocabulary.load().predicates), create=False)


def queue(path: Path) -> tuple[Item, ...]:
    with opened(path) as register:
        return reviewing.queue(register)


def named(path: Path, name: str) -> Item:
    return next(each for each in queue(path) if each.name == name)


def seqs(path: Path) -> int:
    with opened(path) as register:
        return register.head().seq


def hidden(page: httpx2.Response) -> dict[str, str]:
    """The fields that a page's form of a decision carries."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
    return {name: html.unescape(value) for name, value in found if name not in ("token", "decision", "back")}


def decides(browser: Browser, address: str, **form: Any) -> httpx2.Response:
    page = browser.get(address)
    assert page.status_code == 200
    return browser.send(address, {**hidden(page), "reason": WHY, **form})


def test_the_queue_is_the_one_that_the_command_line_shows(client: TestClient, register: Path) -> None:
    page = Browser(client, "editor").get("/review")
    ids = re.findall(r'href="/review/item/(q-[0-9a-f]+)" data-row', page.text)
    assert ids == [each.id for each in queue(register)]
    assert page.headers["cache-control"] == "no-store"


def test_an_item_shows_its_words_in_their_text_and_where_candidates_lie(client: TestClient, register: Path) -> None:
    page = Browser(client, "editor").get(f"/review/item/{named(register, 'Cincinatty').id}").text
    assert "It was a cold morning. </span><mark>The Justice Department listed Cincinatty" in page
    assert page.count("<mark>") == 3 and "And 15 more statements" in page
    assert "<strong><bdi>Cincinnati, OH</bdi></strong>" in page
    assert page.count("<circle") == 1 and 'aria-label="Map: A Cincinnati"' in page


def test_a_decision_on_one_statement_is_made_at_once(client: TestClient, register: Path) -> None:
    item = named(register, "Springfield")
    answer = decides(Browser(client, "editor"), f"/review/item/{item.id}", choice="0")
    assert (answer.status_code, answer.headers["location"].startswith("/review/item/q-")) == (303, True)
    with opened(register) as after:
        (made,) = after.decisions()
        assert (made.kind, made.author, made.reason, made.value) == ("correct", "E. Sample", WHY, item.candidates[0].id)
    assert item.id not in [each.id for each in queue(register)]


def test_one_misprint_is_decided_eighteen_times_once_all_were_listed(client: TestClient, register: Path) -> None:
    browser, before = Browser(client, "editor"), seqs(register)
    item = named(register, "Cincinatty")
    shown = decides(browser, f"/review/item/{item.id}", choice="0")
    assert shown.status_code == 200 and "18 statements at once" in shown.text
    assert shown.text.count('<li class="entry">') == waiting.MISPRINTS
    assert seqs(register) == before, "nothing is recorded by looking"
    done = browser.send(f"/review/item/{item.id}", hidden(shown))
    assert done.status_code == 303
    with opened(register) as after:
        assert seqs(register) == before + 1
        assert len(after.beliefs(entity=waiting.CINCINNATI)) == waiting.MISPRINTS
    notice = browser.get(done.headers["location"]).text
    assert "Recorded:" in notice and "cincinatty, oh is Cincinnati, OH" in notice


def test_what_was_shown_and_what_is_done_are_the_same(client: TestClient, register: Path) -> None:
    browser = Browser(client, "editor")
    item = named(register, "Cincinatty")
    shown = decides(browser, f"/review/item/{item.id}", choice="0")
    forged = browser.send(f"/review/item/{item.id}", {**hidden(shown), "choice": "1"})
    assert forged.status_code == 200 and "Nothing is recorded yet" in forged.text


def test_what_is_none_of_the_candidates_is_named(client: TestClient, register: Path) -> None:
    browser = Browser(client, "editor")
    address = f"/review/item/{named(register, 'Monroe').id}"
    shown = decides(browser, address, choice="named", named="Monroe, MI")
    assert browser.send(address, hidden(shown)).status_code == 303
    with opened(register) as after:
        assert after.decisions()[0].other == "ocd-division/country:us/state:mi/place:monroe"


def test_a_decision_is_taken_back_and_the_item_waits_again(client: TestClient, register: Path) -> None:
    browser = Browser(client, "editor")
    item = named(register, "Springfield")
    done = decides(browser, f"/review/item/{item.id}", choice="0").headers["location"].rpartition("done=")[2]
    back = browser.send("/review/undo", {"decision": done, "reason": "misclicked", "back": f"/review/item/{item.id}"})
    assert back.headers["location"].startswith(f"/review/item/{item.id}?done=d-")
    assert "Taken back:" in browser.get(back.headers["location"]).text
    again = browser.send("/review/undo", {"decision": done, "reason": "misclicked"})
    assert (again.status_code, "was undone already" in again.text) == (409, True)


def test_the_second_editor_is_told_what_the_first_decided(client: TestClient, register: Path) -> None:
    first, second = Browser(client, "editor"), Browser(client, "second")
    address = f"/review/item/{named(register, 'Springfield').id}"
    page = second.get(address)
    decides(first, address, choice="0")
    before = seqs(register)
    answer = second.send(address, {**hidden(page), "choice": "1", "reason": "I know the place"})
    assert answer.status_code == 409 and seqs(register) == before
    assert "Nothing of yours was recorded" in answer.text
    assert "E. Sample" in answer.text and WHY in answer.text, "what the first decided"
    assert "I know the place" in answer.text and "it is Springfield" in answer.text, "what the second was about to"


def test_the_second_editor_keeps_the_form_where_the_item_still_waits(client: TestClient, register: Path) -> None:
    first, second = Browser(client, "editor"), Browser(client, "second")
    item = next(each for each in queue(register) if each.kind == "conflict")
    address = f"/review/item/{item.id}"
    page = second.get(address)
    assert decides(first, f"/review/statement/{item.statements[0]}", kind="accept").status_code == 303
    answer = second.send(address, {**hidden(page), "choice": "0", "reason": "a figure of one source"})
    assert answer.status_code == 409 and "E. Sample" in answer.text
    assert "another one than you saw" in answer.text and 'value="a figure of one source"' in answer.text
    assert re.search(r'value="0"[^>]*checked', answer.text)
    again = second.send(address, {**hidden(answer), "choice": "0", "reason": "a figure of one source"})
    assert again.status_code == 303


def test_a_statement_is_corrected_and_all_that_are_alike(client: TestClient, register: Path) -> None:
    browser, before = Browser(client, "editor"), seqs(register)
    ids = named(register, "Cincinatty").statements
    address = f"/review/statement/{ids[0]}"
    shown = decides(browser, address, kind="correct", slot="status", value="removed", all_like="yes")
    assert "statements at once" in shown.text and seqs(register) == before
    assert browser.send(address, hidden(shown)).status_code == 303
    with opened(register) as after:
        said = {each: after.statement(each).statement for each in ids}
        assert {(each.value["status"], each.review) for each in said.values()} == {("removed", "corrected")}
        assert after.head().seq == before + 1


@pytest.mark.parametrize(
    ("form", "status", "told"),
    [
        ({"choice": "0", "reason": "  "}, 400, "a decision needs a reason"),
        ({"choice": "0", "reason": "x" * 1001}, 400, "is longer than 1,000 characters"),
        ({}, 400, "nothing was chosen"),
        ({"choice": "99"}, 400, "nothing was chosen"),
        ({"choice": "-1"}, 400, "nothing was chosen"),
        ({"choice": "named", "named": ""}, 400, "which entity?"),
        ({"choice": "named", "named": "Nowhere Town"}, 400, "Nowhere Town"),
        ({"choice": "0", "version": "0" * 24}, 409, "another one than you saw"),
    ],
)
def test_what_can_not_be_decided_is_said_and_what_was_typed_stays(
    client: TestClient, register: Path, form: dict[str, str], status: int, told: str
) -> None:
    before = seqs(register)
    answer = decides(Browser(client, "editor"), f"/review/item/{named(register, 'Springfield').id}", **form)
    assert (answer.status_code, told in answer.text, seqs(register)) == (status, True, before)
    assert "Nothing was recorded." in answer.text
    kept = " ".join(form.get("reason", WHY).split())
    assert f'value="{html.escape(kept)}"' in answer.text


@pytest.mark.parametrize(
    ("form", "status", "told"),
    [
        ({"kind": "correct", "slot": "colour", "value": "red"}, 400, "has no such slot"),
        ({"kind": "correct", "slot": "status", "value": "red"}, 400, "not a value of status"),
        ({"kind": "correct", "slot": "time", "value": "soon"}, 400, "not a date"),
        ({"kind": "undo"}, 400, "nothing was chosen"),
    ],
)
def test_what_a_statement_can_not_become(
    client: TestClient, register: Path, form: dict[str, str], status: int, told: str
) -> None:
    one = named(register, "Springfield").statements[0]
    answer = decides(Browser(client, "editor"), f"/review/statement/{one}", **form)
    assert (answer.status_code, told in answer.text) == (status, True), answer.text
    with opened(register) as after:
        assert after.decisions() == ()


def test_what_contradicts_an_earlier_decision_is_refused_and_that_one_shown(client: TestClient, register: Path) -> None:
    browser = Browser(client, "editor")
    item = named(register, "Cincinatty")
    with opened(register) as before:
        reviewing.decide(before, reviewing.Wanted("distinct", (item.about,), "R. Clerk", "another town", "Dayton, OH"))
    shown = decides(browser, f"/review/item/{item.id}", choice="named", named="Dayton, OH")
    answer = browser.send(f"/review/item/{item.id}", hidden(shown))
    assert (answer.status_code, "R. Clerk" in answer.text) == (409, True)
    assert "Nothing was recorded." in answer.text


def test_a_writer_that_comes_between_is_seen(client: TestClient, register: Path) -> None:
    """Whatever was written since the form was opened is looked at; a decision on something else is no hindrance."""
    browser = Browser(client, "editor")
    address = f"/review/item/{named(register, 'Springfield').id}"
    page = browser.get(address)
    with opened(register) as other:
        reviewing.decide(other, reviewing.Wanted("same", ("name:monroe, ny",), "A. Other", "r", "Monroe County, NY"))
    assert browser.send(address, {**hidden(page), "choice": "0", "reason": WHY}).status_code == 303


def test_a_question_shows_the_agency_that_it_is_about_and_what_was_printed_of_it(
    client: TestClient, register: Path
) -> None:
    with opened(register) as other:
        facet = next(each.facet for each in other.beliefs() if each.statement.subject.id == ANCHORAGE)
        told = "Anchorage is gone from us-287g-pending since 2025-05-23, and isn't on us-287g-participating"
        other.ask([Question("vanished", facet, {"list": "us-287g-pending", "detail": told})])
    browser = Browser(client, "editor")
    item = next(each for each in queue(register) if each.kind == "question" and each.about == facet)
    page = browser.get(f"/review/item/{item.id}").text
    assert "<h1><bdi>Anchorage, AK</bdi></h1>" in page and "<mark>" in page
    assert "gone from “Agencies whose 287(g) agreement is pending” since" in browser.get("/review").text


def test_the_whole_text_is_for_editors_alone(client: TestClient, register: Path) -> None:
    item = named(register, "Cincinatty")
    document, one = item.entries[0].statement.evidence.document, item.statements[0]
    page = Browser(client, "editor").get(f"/review/text/{document}?statement={one}")
    assert page.text.count("It was a cold morning.") == 40
    assert str(register.parent) not in page.text
    assert f'<span id="{one}"></span>' in page.text and page.headers["cache-control"] == "no-store"
    for role in (None, "reader"):
        assert "cold morning" not in Browser(client, role).get(f"/review/text/{document}").text
        assert Browser(client, role).get(f"/document/{document}").text.count("It was a cold morning.") <= 2


def test_the_log_says_who_decided_what_and_why_to_everyone(client: TestClient, register: Path) -> None:
    browser = Browser(client, "editor")
    decides(browser, f"/review/item/{named(register, 'Springfield').id}", choice="0")
    page = Browser(client).get("/log").text
    assert "E. Sample" in page and WHY in page
    assert "Take it back" not in page and "Take it back" in browser.get("/log").text
    assert ", record</span>" not in page and ", record</span>" in Browser(client).get("/log?all=yes").text
    made = re.findall(r"<code class=\"quiet\">(d-[0-9a-f]+)", page)[0]
    browser.send("/review/undo", {"decision": made, "reason": "misclicked"})
    undone = Browser(client).get("/log").text
    assert "stood until" in undone and "misclicked" in undone


def test_no_page_of_the_desk_has_inline_script_or_style(client: TestClient, register: Path) -> None:
    browser = Browser(client, "editor")
    item = named(register, "Monroe")
    document = item.entries[0].statement.evidence.document
    for address in ("/review", f"/review/item/{item.id}", f"/review/statement/{item.statements[0]}",
                    f"/review/text/{document}", "/log", "/account", "/sign-in"):  # fmt: skip
        text = browser.get(address).text
        assert "<style" not in text and " style=" not in text and not re.search(r" on\w+=", text), address
        assert text.count("<script") == text.count("<script src="), address


def test_public_pages_offer_editors_the_way_to_decide(client: TestClient, register: Path) -> None:
    one = named(register, "Springfield").statements[0]
    offered = f'href="/review/statement/{one}"'
    assert offered in Browser(client, "editor").get(f"/statement/{one}").text
    for role in (None, "reader"):
        assert offered not in Browser(client, role).get(f"/statement/{one}").text
    assert Browser(client, "editor").get(f"/entity/{ANCHORAGE}").status_code == 200


STEPS = st.lists(
    st.tuples(st.sampled_from(["choose", "reject", "accept", "undo", "join"]), st.integers(0, 40), st.integers(0, 6)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_queue_that_is_kept_is_the_queue(
    stored: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    """Whatever is decided and undone in whatever order: what is derived anew in part is what is derived as a whole."""
    path = tmp_path_factory.mktemp("kept") / "register.db"
    shutil.copy(stored, path)
    topic = vocabulary.load()
    with opened(path) as register:
        kept = Queue(topic)
        for what, one, other in steps:
            _step(register, kept.waiting(register).items, what, one, other)
            assert kept.waiting(register).items == reviewing.queue(register)


def _step(register: Register, items: tuple[Item, ...], what: str, one: int, other: int) -> None:
    """One decision, if there is anything to decide so; what is refused changes nothing."""
    from comity.errors import DecisionRefused

    made = [each for each in register.decisions() if each.kind != "undo"]
    beliefs = register.beliefs()
    try:
        if what == "undo" and made:
            register.decide("undo", made[one % len(made)].id, author="A", reason="r")
        elif what == "choose" and items:
            item = items[one % len(items)]
            choice = item.choices[other % len(item.choices)]
            wanted = reviewing.Wanted(choice.kind, choice.targets, "A", "r", choice.other, choice.field,
                                      None if choice.value is None else str(choice.value), choice.all_like)  # fmt: skip
            register.decide_all(reviewing.planned(register, wanted))
        elif what == "join":
            register.decide("same", "name:springfield", other=ANCHORAGE, author="A", reason="r")
        elif what in ("reject", "accept"):
            register.decide(what, beliefs[one % len(beliefs)].statement.id, author="A", reason="r")
    except DecisionRefused:
        pass


def test_decisions_upon_what_has_moved_are_not_made(register: Path) -> None:
    from comity.errors import RegisterMoved

    with opened(register) as one:
        seen = one.head().hash
        target = one.beliefs()[0].statement.id
        one.decide("accept", target, author="A", reason="r")
        wanted = Decision("", "reject", target, None, None, None, "B", "", "r")
        with pytest.raises(RegisterMoved):
            one.decide_all([wanted], upon=seen)
        assert [each.kind for each in one.decisions()] == ["accept"]
        one.decide_all([wanted], upon=one.head().hash)


def test_of_two_who_decide_at_the_same_moment_one_does(client: TestClient, register: Path) -> None:
    address = f"/review/item/{named(register, 'Springfield').id}"
    browsers = [Browser(client, name) for name in ("editor", "second")]
    forms = [{**hidden(browser.get(address)), "choice": str(number), "reason": WHY}
             for number, browser in enumerate(browsers)]  # fmt: skip
    before = seqs(register)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: pair[0].send(address, pair[1]), zip(browsers, forms, strict=True)))
    assert sorted(each.status_code for each in answers) == [303, 409]
    assert seqs(register) == before + 1
    with opened(register) as after:
        assert len(after.decisions()) == 1 and after.verify().ok
