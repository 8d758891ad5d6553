"""``comity user …``: names, flags and help; the work is in ``interfaces/commands/users.py``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from comity.interfaces.running import Json, Register, run
from comity.settings import build

__all__ = ["user"]

user = typer.Typer(no_args_is_help=True, help="Accounts of those who sign in to the site: editors and administrators.")

Name = Annotated[str, typer.Argument(help="The account's name: letters a to z, digits, dot, dash, @ and _.")]


@user.command("add", epilog="Example: `comity user add clerk --role editor --author 'R. Clerk'`")
def add(
    name: Name,
    role: Annotated[
        str, typer.Option("--role", help="reader (of a private site), editor or administrator.")
    ] = "editor",
    author: Annotated[
        str, typer.Option("--author", help="The name under which decisions stand, for all to see. Else the account's.")
    ] = "",
    register: Register = None,
    json: Json = False,
) -> None:
    """Make an account. Its password is asked for, or read as one line of standard input."""
    _run("add", register, json, name=name, role=role, author=author)


@user.command("role", epilog="Example: `comity user role clerk administrator`")
def role(
    name: Name,
    role: Annotated[str, typer.Argument(help="reader (of a private site), editor or administrator.")],
    register: Register = None,
    json: Json = False,
) -> None:
    """Give an account another role; ends all its sessions. What was decided with it stays."""
    _run("appoint", register, json, name=name, role=role)


@user.command("passwd", epilog="Example: `comity user passwd clerk`")
def passwd(name: Name, register: Register = None, json: Json = False) -> None:
    """Set another password, asked for or read as one line of standard input; ends all sessions of the account."""
    _run("passwd", register, json, name=name)


@user.command("disable", epilog="Example: `comity user disable clerk`")
def disable(name: Name, register: Register = None, json: Json = False) -> None:
    """Let nobody sign in with it any more, and end its sessions. What was decided with it stays."""
    _run("disable", register, json, name=name)


@user.command("enable", epilog="Example: `comity user enable clerk`")
def enable(name: Name, register: Register = None, json: Json = False) -> None:
    """Let it be used again, with the password that it had."""
    _run("enable", register, json, name=name)


@user.command("list", epilog="Example: `comity user list`")
def listed(register: Register = None, json: Json = False) -> None:
    """List the accounts: name, role, author, since when."""
    _run("listed", register, json)


def _run(command: str, register: str | None, json: bool, **given: Any) -> None:
    run(f"users:{command}", json, settings=build(register), **given)
