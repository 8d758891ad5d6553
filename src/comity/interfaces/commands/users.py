"""``comity user …``: the accounts of those who sign in to a register's site."""

from __future__ import annotations

import getpass
import sys

from comity.accounts import Accounts, User
from comity.errors import UsageError
from comity.interfaces import output
from comity.settings import Settings

__all__ = ["add", "appoint", "disable", "enable", "listed", "passwd"]


def add(*, as_json: bool, name: str, role: str, author: str, settings: Settings) -> int:
    """Makes an account and prints it."""
    with Accounts.open(settings.register) as accounts:
        _print(accounts.add(name, role, _password(name), author), as_json)
    return 0


def passwd(*, as_json: bool, name: str, settings: Settings) -> int:
    """Sets another password."""
    with Accounts.open(settings.register) as accounts:
        _print(accounts.passwd(name, _password(name)), as_json)
    if not as_json:
        print("its sessions are over: sign in again")
    return 0


def appoint(*, as_json: bool, name: str, role: str, settings: Settings) -> int:
    """Gives an account another role."""
    with Accounts.open(settings.register) as accounts:
        _print(accounts.appoint(name, role), as_json)
        _warn(accounts, as_json)
    return 0


def disable(*, as_json: bool, name: str, settings: Settings) -> int:
    """Ends an account."""
    with Accounts.open(settings.register) as accounts:
        _print(accounts.disable(name), as_json)
        _warn(accounts, as_json)
    return 0


def enable(*, as_json: bool, name: str, settings: Settings) -> int:
    """Lets an account be used again."""
    with Accounts.open(settings.register) as accounts:
        _print(accounts.enable(name), as_json)
    return 0


def listed(*, as_json: bool, settings: Settings) -> int:
    """Prints all accounts."""
    with Accounts.open(settings.register) as accounts:
        found = accounts.users()
    for each in found:
        _print(each, as_json)
    if not found and not as_json:
        print("no accounts; comity user add makes one")
    return 0


def _password(name: str) -> str:
    """The password: typed twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise UsageError("no password came", where="standard input", hint="send it as one line")
        return line
    typed = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("The same again: ") != typed:
        raise UsageError("the two are not the same", where="password", hint="run the command again")
    return typed


def _warn(accounts: Accounts, as_json: bool) -> None:
    if not as_json and not accounts.administered():
        print("there is no administrator now: the site will be served on this machine alone")


def _print(user: User, as_json: bool) -> None:
    if as_json:
        output.line(user)
        return
    ended = f", disabled since {user.disabled[:10]}" if user.disabled else ""
    print(f"{user.name}  {user.role}  decides as {user.author}, since {user.since[:10]}{ended}")
