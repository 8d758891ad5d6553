"""Tokens of programs: shown once, kept as a hash, within scopes, for a time, until they are revoked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from comity.accounts import MARK, Accounts
from comity.errors import InputError, UsageError
from comity.register import Register
from comity.register.instants import DAY, instant
from tests.register.conftest import fresh, server, template, where

__all__ = ["fresh", "server", "template", "where"]  # fixtures

PHRASE = "three owls on a wire"


class Now:
    def __init__(self) -> None:
        self.at = instant("2026-01-01T00:00:00Z")

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def path(where: str) -> str:
    Register.open(where).close()
    return where


@pytest.fixture
def accounts(path: str, now: Now) -> Iterator[Accounts]:
    with Accounts.open(path, clock=now) as opened:
        opened.add("clerk", "editor", PHRASE, "R. Clerk")
        yield opened


def test_a_token_opens_until_it_is_revoked_or_over(accounts: Accounts, now: Now, path: str) -> None:
    opens, made = accounts.tokens.add("nightly", "clerk", ["upload", "read"], days=2)
    assert opens.startswith(MARK) and made.scopes == ("read", "upload")
    found = accounts.tokens.opened(opens)
    assert found is not None and (found[0].id, found[1].author) == (made.id, "R. Clerk")
    with Register.open(path) as register:
        rows = register._connection.execute(text("SELECT * FROM tokens")).all()
    assert len(rows) == 1 and opens not in repr(rows)
    now.at += 2 * DAY
    assert accounts.tokens.opened(opens) is None
    again, other = accounts.tokens.add("nightly", "clerk", ["read"], days=2)
    assert accounts.tokens.revoke(other.id).revoked is not None
    assert accounts.tokens.opened(again) is None
    assert accounts.tokens.revoke(other.id).revoked == accounts.tokens.all()[0].revoked


def test_with_its_account_it_ends(accounts: Accounts) -> None:
    opens, _ = accounts.tokens.add("x", "clerk", ["read"])
    accounts.disable("clerk")
    assert accounts.tokens.opened(opens) is None
    with pytest.raises(InputError):
        accounts.tokens.add("x", "clerk", ["read"])
    accounts.enable("clerk")
    assert accounts.tokens.opened(opens) is not None


def test_when_it_was_last_used_is_noted(accounts: Accounts, now: Now) -> None:
    opens, made = accounts.tokens.add("x", "clerk", ["read"])
    assert made.used is None
    accounts.tokens.opened(opens)
    assert accounts.tokens.all()[0].used == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("token", ["", "x", MARK, MARK + "0" * 43, "é" * 40, "\ud800"])
def test_what_is_no_token_opens_nothing(token: str, accounts: Accounts) -> None:
    assert accounts.tokens.opened(token) is None


@pytest.mark.parametrize(
    ("label", "account", "scopes", "days"),
    [("", "clerk", ["read"], 9), ("a\nb", "clerk", ["read"], 9), ("a", "clerk", [], 9), ("a", "clerk", ["all"], 9),
     ("a", "clerk", ["read"], 0), ("a", "clerk", ["read"], 400)],
)  # fmt: skip
def test_what_can_be_no_token(label: str, account: str, scopes: list[str], days: int, accounts: Accounts) -> None:
    with pytest.raises(UsageError):
        accounts.tokens.add(label, account, scopes, days)
    with pytest.raises(InputError):
        accounts.tokens.revoke("t-none")
