"""Writes docs/cli.md from the command line itself: `python scripts/write_cli_docs.py`. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from comity.interfaces.cli import app

TARGET = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
INTRODUCTION = """\
# The command line

Written by `scripts/write_cli_docs.py` from the commands themselves; a test compares the two.

The register is `--register PATH-or-URL`, else `COMITY_REGISTER`, else `comity.db` in the current folder. A topic is
`--topic`, else `COMITY_TOPIC`, else the first one. `COMITY_WORKERS` says how many processes read, else one a core.
Answers go to standard output; errors, one line each (what, where, what to do), to standard error. With `--json` each
answer is one object a line, and each error is `{"error": {"code", "message", "where", "hint"}}`.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | done, but an input was refused, and said which; or the register doesn't hold |
| 2 | wrong use |
| 130 | stopped by the keyboard; what was recorded before is whole |
"""


def commands(group: TyperGroup, prefix: str = "comity") -> Iterator[tuple[str, TyperCommand]]:
    """Every command with the words that call it, in the order of ``--help``."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{prefix} {name}")
        elif isinstance(command, TyperCommand):
            yield f"{prefix} {name}", command


def call(words: str, command: TyperCommand) -> str:
    """How a command is called: its words, then its arguments."""
    arguments = [argument(each) for each in command.params if isinstance(each, TyperArgument)]
    return " ".join([words, *arguments, "[OPTIONS]"])


def argument(parameter: TyperArgument) -> str:
    """An argument as it stands in a call: ``NAME``, ``[PATHS]...``."""
    name = parameter.metavar or str(parameter.name).upper()
    return f"{name if parameter.required else f'[{name}]'}{'...' if parameter.nargs == -1 else ''}"


def row(parameter: TyperArgument | TyperOption) -> str:
    """One option or argument as a row of a table."""
    if isinstance(parameter, TyperOption):
        name = " ".join(f"`{each}`" for each in parameter.opts)
        return f"| {name}{' (needed)' if parameter.required else ''} | {parameter.help} |"
    return f"| `{argument(parameter)}` | {parameter.help} |"


def section(words: str, command: TyperCommand) -> str:
    """One command: what it does, how it is called, its options, an example."""
    rows = [row(each) for each in command.params if isinstance(each, TyperArgument | TyperOption)]
    table = ["", "| | |", "|---|---|", *rows] if rows else []
    parts = [f"## {words}", str(command.help), "", "```", call(words, command), "```", *table, "", str(command.epilog)]
    return "\n".join(parts) + "\n"


def page() -> str:
    """The whole page."""
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    return "\n".join([INTRODUCTION, *(section(words, command) for words, command in commands(root))])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
