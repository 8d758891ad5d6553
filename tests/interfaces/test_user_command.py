"""``comity user``: accounts made and ended; a password comes by standard input and is printed nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.accounts import Accounts
from comity.interfaces.cli import app
from comity.register import Register

PHRASE = "three owls on a wire"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.db"
    Register.open(path).close()
    return path


def ran(register: Path, *words: str, sent: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["user", *words, "--register", str(register)], input=sent)
    return result.exit_code, result.stdout, result.stderr


def test_an_account_is_made_changed_and_ended(register: Path) -> None:
    code, out, _ = ran(register, "add", "clerk", "--author", "R. Clerk", sent=PHRASE + "\n")
    assert (code, out.split(", since")[0]) == (0, "clerk  editor  decides as R. Clerk")
    assert ran(register, "passwd", "clerk", sent="four owls on a wire\n")[0] == 0
    with Accounts.open(register) as accounts:
        assert accounts.fits("clerk", "four owls on a wire")
    assert ran(register, "role", "clerk", "reader")[1].startswith("clerk  reader  decides as R. Clerk")
    assert "disabled since" in ran(register, "disable", "clerk")[1]
    assert "disabled since" in ran(register, "list")[1]
    assert "disabled" not in ran(register, "enable", "clerk")[1]


def test_accounts_as_json(register: Path) -> None:
    ran(register, "add", "head", "--role", "administrator", sent=PHRASE + "\n")
    code, out, err = ran(register, "list", "--json")
    assert (code, err) == (0, "")
    made = json.loads(out)
    assert list(made) == ["name", "role", "author", "since", "disabled"]
    assert (made["name"], made["role"], made["author"], made["disabled"]) == ("head", "administrator", "head", None)


def test_the_last_administrator_is_not_lost_in_silence(register: Path) -> None:
    ran(register, "add", "head", "--role", "administrator", sent=PHRASE + "\n")
    assert "there is no administrator now" in ran(register, "role", "head", "editor")[1]
    assert "no administrator" not in ran(register, "role", "head", "administrator")[1]
    assert "there is no administrator now" in ran(register, "disable", "head")[1]


def test_without_accounts_it_says_so(register: Path) -> None:
    assert ran(register, "list")[1] == "no accounts; comity user add makes one\n"
    assert ran(register, "list", "--json")[1] == ""


@pytest.mark.parametrize(
    ("words", "sent", "code", "told"),
    [
        (("add", "clerk"), "", 2, "no password came"),
        (("add", "clerk"), "short\n", 2, "has 12 to 1,024 characters"),
        (("add", "a b"), PHRASE, 2, "no name of an account"),
        (("add", "clerk", "--role", "king"), PHRASE, 2, "is no role"),
        (("passwd", "nobody"), PHRASE, 1, "no account of this name"),
        (("disable", "nobody"), "", 1, "no account of this name"),
        (("role", "nobody", "editor"), "", 1, "no account of this name"),
        (("role", "nobody", "king"), "", 2, "is no role"),
    ],
)
def test_what_can_not_be_is_one_line_without_the_password(
    register: Path, words: tuple[str, ...], sent: str, code: int, told: str
) -> None:
    found, out, err = ran(register, *words, sent=sent)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert told in err and (not sent.strip() or sent.strip() not in err)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "register.example"])
def test_no_site_beyond_this_machine_without_an_administrator(register: Path, host: str) -> None:
    with Accounts.open(register) as accounts:
        accounts.add("clerk", "editor", PHRASE)
    result = CliRunner().invoke(app, ["serve", "--host", host, "--register", str(register)])
    assert result.exit_code == 2
    assert "there is no administrator" in result.stderr and "comity user add" in result.stderr
