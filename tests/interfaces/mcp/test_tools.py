"""The tools of ``comity mcp``, asked by the SDK's own client: nothing comes without the words that carry it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from typer.testing import CliRunner

from comity import __version__
from comity.interfaces.cli import app
from comity.interfaces.mcp.server import TOOLS, server
from comity.interfaces.web import Serving
from comity.interfaces.web.site import Site
from comity.register import Register
from tests.interfaces.web.conftest import ANCHORAGE, LIST

PUBLIC = "https://register.example"


@pytest.fixture(scope="module")
def site(sample: str) -> Iterator[Site]:
    made = Site(Serving(register=sample, address=PUBLIC))
    yield made
    made.registers.close()


def ask(site: Site, tool: str, **arguments: Any) -> tuple[bool, dict[str, Any]]:
    """Whether the answer is an error, and the answer; the text and the structure say the same."""

    async def asked() -> tuple[bool, dict[str, Any]]:
        async with Client(server(site, __version__)) as client:
            answer: Any = await client.call_tool(tool, arguments)
            assert json.loads(answer.content[0].text) == answer.structured_content
            return answer.is_error, answer.structured_content

    return asyncio.run(asked())


def told(site: Site, tool: str, **arguments: Any) -> dict[str, Any]:
    wrong, answer = ask(site, tool, **arguments)
    assert not wrong, answer
    return answer


def statements(answer: object) -> Iterator[dict[str, Any]]:
    """Everything in an answer that says something of somebody: what has a predicate or a stance, and a voice."""
    if isinstance(answer, dict):
        if "voice" in answer:
            yield answer
        for each in answer.values():
            yield from statements(each)
    elif isinstance(answer, list):
        for each in answer:
            yield from statements(each)


def test_the_tools_say_what_they_take(site: Site) -> None:
    async def listed() -> Any:
        async with Client(server(site, __version__)) as client:
            return await client.list_tools()

    tools = {each.name: each for each in asyncio.run(listed()).tools}
    assert list(tools) == ["search", "resolve", "dossier", "changes", "compare", "statement"]
    for tool in tools.values():
        assert tool.description and tool.annotations.read_only_hint
        assert tool.input_schema["type"] == "object" and tool.input_schema["additionalProperties"] is False
    assert tools["dossier"].input_schema["required"] == ["entity"]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("dossier", {"entity": "Anchorage, AK"}),
        ("dossier", {"entity": ANCHORAGE, "predicate": "designation", "statements": 50}),
        ("compare", {"entity": "Anchorage, AK"}),
    ],
)
def test_no_statement_comes_without_its_evidence(site: Site, tool: str, arguments: Mapping[str, Any]) -> None:
    found = list(statements(told(site, tool, **arguments)))
    assert found
    for each in found:
        words = each["exact"] if tool == "compare" else each["evidence"].get("exact") or each["evidence"].get("cells")
        identity = each["statement"] if tool == "compare" else each["id"]
        assert words
        assert each["review"] in ("machine", "accepted", "corrected")
        assert each["address"] == f"{PUBLIC}/statement/{identity}"
        if tool == "dossier":
            assert each["source"]["publisher"] and each["source"]["address"].startswith(f"{PUBLIC}/document/")


def test_a_dossier_has_its_lines_and_says_what_it_leaves_out(site: Site) -> None:
    answer = told(site, "dossier", entity="Anchorage, AK", statements=1)
    assert answer["entity"]["id"] == ANCHORAGE
    designation = next(each for each in answer["matters"] if each["predicate"] == "designation")
    assert designation["line"].startswith("Listed among sanctuary jurisdictions")
    assert len(designation["statements"]) == 1 and designation["more"] > 0
    before = told(site, "dossier", entity="Anchorage, AK", as_of="2020-01-01")
    assert before["matters"] == []


def test_an_entity_is_found_and_a_name_resolved_or_not(site: Site) -> None:
    first = told(site, "search", text="anchorage", limit=1)["entities"][0]
    assert (first["id"], first["on_register"], first["address"]) == (ANCHORAGE, True, f"{PUBLIC}/entity/{ANCHORAGE}")
    assert first["statements"] > 0
    unsure = told(site, "resolve", name="Martinsville County", state="VA")
    assert (unsure["outcome"], unsure["id"]) == ("kind_disputed", None)
    assert unsure["candidates"][0]["name"] == "Martinsville, VA"


def test_changes_have_the_words_that_show_them(site: Site) -> None:
    answer = told(site, "changes", entity="Anchorage, AK", limit=100)
    assert answer["changes"]
    for each in answer["changes"]:
        assert each["evidence"] and all(one["exact"] and one["source"]["publisher"] for one in each["evidence"])
        assert each["statements"] and all(one["review"] for one in each["statements"])


def test_a_row_of_a_list_is_evidence_too(listed: str) -> None:
    site = Site(Serving(register=listed))
    (joined,) = told(site, "changes", list=LIST)["changes"]
    assert joined["kind"] == "joined"
    (row,) = joined["evidence"]
    assert row["cells"]["SIGNED"] == "6/18/2025" and row["row"] > 300
    (matter,) = told(site, "dossier", entity="Wood County Sheriff's Office, OH")["matters"]
    (one,) = matter["statements"]
    assert one["evidence"]["cells"] == row["cells"] and one["source"]["publisher"]
    assert [each["id"] for each in joined["statements"]] == [one["id"]]


def test_one_statement_has_all_that_it_rests_on(site: Site) -> None:
    one = next(statements(told(site, "dossier", entity="Anchorage, AK")))
    whole = told(site, "statement", id=one["id"])["statement"]
    assert whole["evidence"]["exact"] == one["evidence"]["exact"]
    assert whole["support"] is not None and whole["reader"].startswith("rules")
    assert len(whole["evidence"]["prefix"]) <= 32 and len(whole["evidence"]["suffix"]) <= 32


def test_without_a_public_site_the_id_stands_alone(sample: str) -> None:
    one = next(statements(told(Site(Serving(register=sample)), "dossier", entity="Anchorage, AK")))
    assert one["id"].startswith("st-") and one["address"] is None


def test_a_private_person_is_masked_and_a_sealed_text_is_not_shown(tmp_path: Path) -> None:
    text = (
        "The city council of Toledo, Ohio, adopted an ordinance on Monday that bars police from asking about "
        "immigration status, said resident Dora Quillfeather, whose number is 419-555-0134."
    )
    (tmp_path / "story.txt").write_text(text, encoding="utf-8")
    at = str(tmp_path / "own.db")
    given = ["--register", at, "--published", "2025-06-03", "--publisher", "Sample Ledger"]
    assert CliRunner().invoke(app, ["add", str(tmp_path / "story.txt"), *given]).exit_code == 0
    with Register.open(at, read_only=True) as register:
        (paper,) = register.documents()
        name = next(iter(register.by_entity()))[0].statement.id
    site = Site(Serving(register=at))
    for tool, arguments in (("dossier", {"entity": "Toledo, OH"}), ("statement", {"id": name}), ("changes", {}),
                            ("compare", {"entity": "Toledo, OH"})):  # fmt: skip
        answer = json.dumps(told(site, tool, **arguments))
        assert "Toledo" in answer and "Quillfeather" not in answer and "555-0134" not in answer
        assert str(tmp_path) not in answer
    sealed = ["seal", paper.id, "--ground", "court", "--reason", "order", "--register", at]
    assert CliRunner().invoke(app, sealed).exit_code == 0
    site = Site(Serving(register=at))
    assert "ordinance" not in json.dumps(told(site, "dossier", entity="Toledo, OH"))
    assert ask(site, "statement", id=name)[0]


WRONG = [
    ("dossier", {}, "usage"),
    ("dossier", {"entity": "Anchorage"}, "entity_not_found"),
    ("dossier", {"entity": "Anchorage, AK", "as_of": "soon"}, "usage"),
    ("dossier", {"entity": "Anchorage, AK", "mayor": 1}, "usage"),
    ("search", {"text": ""}, "usage"),
    ("search", {"text": "a", "limit": 1000}, "usage"),
    ("resolve", {"name": "Toledo", "kind": "city"}, "usage"),
    ("statement", {"id": "st-0000"}, "not_found"),
    ("changes", {"since": "2025-13-45"}, "usage"),
    ("forget", {}, "usage"),
]


@pytest.mark.parametrize(("tool", "arguments", "code"), WRONG)
def test_what_is_wrong_is_one_error_object(site: Site, tool: str, arguments: Mapping[str, Any], code: str) -> None:
    wrong, answer = ask(site, tool, **arguments)
    assert wrong
    assert list(answer) == ["error"]
    assert (answer["error"]["code"], "\n" in answer["error"]["message"]) == (code, False)


def test_a_client_talks_to_the_command_over_standard_input(sample: str) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from comity.interfaces.cli import main; main()", "mcp", "--register", sample],
    )

    async def asked() -> Any:
        async with Client(stdio_client(command)) as client:
            return await client.call_tool("search", {"text": "anchorage", "limit": 1})

    assert asyncio.run(asked()).structured_content["entities"][0]["id"] == ANCHORAGE


def test_what_is_missing_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = CliRunner().invoke(app, ["mcp", "--register", str(tmp_path / "none.db")])
    assert (missing.exit_code, missing.output.count("\n")) == (1, 1)
    assert "no such register" in missing.output
    for name in [
        each for each in sys.modules if each.split(".")[0] == "mcp" or each.startswith("comity.interfaces.mcp")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    without = CliRunner().invoke(app, ["mcp", "--register", str(tmp_path / "none.db")])
    assert (without.exit_code, without.output.count("\n")) == (2, 1)
    assert "pip install 'comity[mcp]'" in without.output


def test_every_tool_is_in_the_docs() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "programs.md").read_text(encoding="utf-8")
    assert [name for name in TOOLS if f"| `{name}`" not in text] == []
