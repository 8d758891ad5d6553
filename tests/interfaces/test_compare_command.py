"""``comity compare`` as people use it: text, one HTML file, from the register; and every bad input in one line."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.interfaces.test_cli import Ran

ONE = (
    "Toledo adopted an ordinance that bars police from asking about immigration status.\n\n"
    "About 200 people rallied against ICE in Toledo on Monday.\n"
)
OTHER = (
    "A Toledo ordinance bars police from asking about immigration status, the mayor said.\n\n"
    "About 90 people rallied against ICE in Toledo on Monday.\n"
)
THIRD = "Toledo police don't ask about immigration status, <b>Officials</b> & neighbors said.\n"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    rows = ["path,publisher,published,home_state"]
    for number, text in enumerate((ONE, OTHER, THIRD), start=1):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{number}.txt,Sample <i>Outlet</i> {number},2025-03-0{4 + number},OH")
    path = tmp_path / "manifest.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def register(manifest: Path, tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    assert Ran("add", "--manifest", manifest, "--register", path).code == 0
    return path


def test_the_matrix_stands_first_and_the_figures_side_by_side(manifest: Path) -> None:
    out = Ran("compare", "--manifest", manifest).out
    matrix = out[out.index("At a glance") : out.index("Where they differ")]
    assert re.search(r"Toledo: protest, held, size 90, 2025-03-03 +o +s +·", matrix)
    assert re.search(r"Toledo: protest, held, size 200, 2025-03-03 +s +o +·", matrix)
    figures = out[out.index("Figures side by side") :]
    assert figures.index("size 90: 2.") < figures.index("size 200: 1.")


class Links(HTMLParser):
    """What a page would load, and the tags that it holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "a":
            self.loads += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data", "action")]


def test_the_html_file_asks_no_host_for_anything_and_escapes_what_it_quotes(manifest: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    ran = Ran("compare", "--manifest", manifest, "--html", file)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(str(file))
    page = file.read_text(encoding="utf-8")
    found = Links(page)
    assert found.loads == []
    assert not found.tags & {"script", "link", "img", "iframe", "form", "i", "b"}
    assert "url(" not in page
    assert "@import" not in page
    assert "Sample &lt;i&gt;Outlet&lt;/i&gt; 1" in page
    assert "“About 90 people rallied against ICE in Toledo on Monday.”" in page


def test_what_is_recorded_of_an_entity_is_compared_account_by_account(register: Path) -> None:
    (answer,) = Ran("compare", "--about", "Toledo, OH", "--register", register, "--json").objects
    accounts = answer["accounts"]
    assert isinstance(accounts, list)
    assert [each["published"] for each in accounts] == ["2025-03-05", "2025-03-06", "2025-03-07"]
    facts = answer["facts"]
    assert isinstance(facts, list)
    assert {fact["entity"] for fact in facts} == {"ocd-division/country:us/state:oh/place:toledo"}
    assert all(fact["why"] for fact in facts)


def test_since_leaves_out_what_was_published_before(register: Path) -> None:
    arguments = ("compare", "--about", "Toledo, OH", "--register", register)
    (answer,) = Ran(*arguments, "--since", "2025-03-06", "--json").objects
    accounts = answer["accounts"]
    assert isinstance(accounts, list)
    assert [each["published"] for each in accounts] == ["2025-03-06", "2025-03-07"]
    assert "holds no account of Toledo since 2030-01-01" in Ran(*arguments, "--since", "2030-01-01").out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--since", "2025-01-01"), 2, "--since: goes with --about"),
        (("--about", "Toledo, OH", "1.txt"), 2, "not both"),
        (("--about", "Toledo, OH", "--since", "soon"), 2, "is no date"),
        (("--about", "Nowhereville, OH"), 1, "Nowhereville"),
        (("--about", "Toledo, OH", "--register", "none.db"), 1, "none.db"),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(arguments: tuple[str, ...], code: int, told: str) -> None:
    ran = Ran("compare", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_page_that_cannot_be_written_is_one_line(manifest: Path, tmp_path: Path) -> None:
    ran = Ran("compare", "--manifest", manifest, "--html", tmp_path / "no" / "folder.html")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "folder.html" in ran.err


@pytest.mark.parametrize(
    ("names", "note"),
    [
        (("1.txt",), "There is one account"),
        (("1.txt", "1.txt"), "The same text was given more than once"),
        (("1.txt", "county.txt"), "The accounts have no fact in common"),
    ],
)
def test_accounts_that_leave_little_to_compare_are_answered_plainly(
    manifest: Path, names: tuple[str, ...], note: str
) -> None:
    county = manifest.parent / "county.txt"
    county.write_text("Lucas County has signed a 287(g) agreement.\n", encoding="utf-8")
    ran = Ran("compare", *(manifest.parent / name for name in names), "--home-state", "OH")
    assert ran.code == 0
    assert note in ran.out


def test_an_empty_file_is_refused_and_the_others_are_compared(manifest: Path) -> None:
    empty = manifest.parent / "empty.txt"
    empty.write_text("", encoding="utf-8")
    ran = Ran("compare", manifest.parent / "1.txt", manifest.parent / "2.txt", empty, "--home-state", "OH")
    assert ran.code == 1
    assert "empty.txt" in ran.err
    assert "2 accounts compared" in ran.out
