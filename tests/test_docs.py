"""The documents hold: every command is described, every link resolves, every transcript is what is printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from scripts import write_cli_docs
from typer.testing import CliRunner

import comity
from comity.interfaces.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
SAMPLE = ROOT / "src" / "comity" / "data" / "sample"
CUT = "…"  # a line of a transcript that stands for lines left out


def fenced(page: Path, language: str = "") -> list[str]:
    """The blocks of a page that are marked with ``language``."""
    blocks = re.findall(r"^```([a-z]*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [block for marked, block in blocks if marked == language]


def printed(command: str, folder: Path) -> list[str]:
    words = shlex.split(command)
    assert words[0] == "comity"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(app, words[1:])
    return [line.rstrip() for line in result.output.splitlines() if line.strip()]


def test_the_page_of_the_command_line_is_what_the_commands_say() -> None:
    assert write_cli_docs.TARGET.read_text(encoding="utf-8") == write_cli_docs.page(), "run scripts/write_cli_docs.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_of_the_docs_is_linked_from_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"({page.name})" not in index + "(README.md)"] == []


def test_the_transcripts_of_the_readme_hold(tmp_path: Path) -> None:
    for sample in SAMPLE.iterdir():
        (tmp_path / sample.name).write_bytes(sample.read_bytes())
    transcripts = [block for block in fenced(ROOT / "README.md") if block.startswith("$ ")]
    assert len(transcripts) >= 2
    for block in transcripts:
        lines = [line.rstrip() for line in block.splitlines() if line.strip()]
        commands = [index for index, line in enumerate(lines) if line.startswith("$ ")]
        for begin, end in zip(commands, [*commands[1:], len(lines)], strict=True):
            output = printed(lines[begin][2:], tmp_path)
            missing = [line for line in lines[begin + 1 : end] if line != CUT and line not in output]
            assert missing == []


def test_the_example_of_the_python_page_prints_what_it_says(tmp_path: Path) -> None:
    page = ROOT / "docs" / "python.md"
    first, second = fenced(page, "python")
    ran = subprocess.run([sys.executable, "-c", first], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ran.stdout in fenced(page)
    story = "Toledo adopted an ordinance on Monday that bars police from asking about immigration status."
    (tmp_path / "ledger.txt").write_text(story, encoding="utf-8")
    script = "import comity\n" + second
    again = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert again.stdout.startswith("Policy adopted: limit on asking about immigration status")


def test_the_python_page_names_every_public_name() -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert [name for name in comity.__all__ if f"`{name}`" not in page] == []
