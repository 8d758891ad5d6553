"""Accounts and sessions: who gets one, how long it lasts, and what ends it; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from comity.accounts import Accounts
from comity.accounts.store import IDLE, LASTS
from comity.errors import ComityError, InputError, UsageError
from comity.register import Register
from tests.register.conftest import fresh, server, template, where
from tests.register.samples import RULES, Ticking

__all__ = ["fresh", "server", "template", "where"]  # fixtures

PHRASE = "three owls on a wire"
OTHER = "four owls on a wire"
MINUTE = 60_000_000


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(where: str, clock: Clock) -> Iterator[Accounts]:
    """The accounts of an empty register, with one editor."""
    Register.open(where, rules=RULES).close()
    with Accounts.open(where, clock=clock) as opened:
        opened.add("Clerk", "editor", PHRASE, "R. Clerk")
        yield opened


def signed_in(accounts: Accounts, ended: str | None = None) -> str:
    token = accounts.sign_in("clerk", PHRASE, ended)
    assert token is not None
    return token


def test_a_session_says_who_is_signed_in(accounts: Accounts) -> None:
    session = accounts.session(signed_in(accounts))
    assert session is not None
    assert (session.user.name, session.user.role, session.user.author) == ("clerk", "editor", "R. Clerk")


@pytest.mark.parametrize(
    ("name", "password"), [("clerk", OTHER), ("nobody", PHRASE), ("", ""), ("clerk", PHRASE + "x" * 5000)]
)
def test_who_does_not_fit_gets_none(accounts: Accounts, name: str, password: str) -> None:
    assert accounts.sign_in(name, password) is None


def test_names_are_one_whatever_their_case(accounts: Accounts) -> None:
    assert accounts.sign_in(" CLERK ", PHRASE) is not None
    with pytest.raises(InputError, match="already"):
        accounts.add("CLERK", "editor", PHRASE)


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "a" * 43])
def test_a_token_of_nobody_opens_nothing(accounts: Accounts, token: str) -> None:
    assert accounts.session(token) is None


def test_no_token_and_no_password_stands_in_the_database(accounts: Accounts) -> None:
    token = signed_in(accounts)
    with accounts._engine.connect() as connection:
        rows = [*connection.execute(text("SELECT * FROM users")), *connection.execute(text("SELECT * FROM sessions"))]
    written = str(rows)
    assert token not in written and PHRASE not in written and "$argon2id$" in written


@pytest.mark.parametrize(
    ("steps", "holds"),
    [
        ([IDLE - 1], True),
        ([IDLE], False),
        ([IDLE - 1, IDLE - 1], True),
        ([IDLE - MINUTE] * (LASTS // (IDLE - MINUTE)), True),
        ([IDLE - MINUTE] * (LASTS // (IDLE - MINUTE) + 1), False),
    ],
)
def test_a_session_is_over_when_idle_and_when_its_time_is(
    accounts: Accounts, clock: Clock, steps: list[int], holds: bool
) -> None:
    token = signed_in(accounts)
    found = None
    for step in steps:
        clock.now += step
        found = accounts.session(token)
    assert (found is not None) is holds


@pytest.mark.parametrize("ends", ["sign out", "disable", "passwd", "role", "sign in again"])
def test_what_ends_a_session(accounts: Accounts, ends: str) -> None:
    token = signed_in(accounts)
    if ends == "sign out":
        accounts.sign_out(token)
    elif ends == "disable":
        accounts.disable("clerk")
    elif ends == "passwd":
        accounts.passwd("clerk", OTHER)
    elif ends == "role":
        accounts.appoint("clerk", "reader")
    else:
        assert accounts.session(signed_in(accounts, token)) is not None
    assert accounts.session(token) is None


def test_who_is_disabled_can_not_sign_in_until_enabled(accounts: Accounts) -> None:
    accounts.disable("clerk")
    assert accounts.sign_in("clerk", PHRASE) is None
    assert accounts.users()[0].disabled is not None
    accounts.enable("clerk")
    assert accounts.sign_in("clerk", PHRASE) is not None


def test_another_role_counts_from_the_next_sign_in(accounts: Accounts) -> None:
    accounts.appoint("clerk", "administrator")
    session = accounts.session(signed_in(accounts))
    assert session is not None and session.user.role == "administrator"
    assert accounts.administered()
    accounts.appoint("clerk", "reader")
    assert not accounts.administered()
    with pytest.raises(UsageError, match="is no role"):
        accounts.appoint("clerk", "king")
    with pytest.raises(InputError, match="no account of this name"):
        accounts.appoint("nobody", "editor")


def test_a_new_password_takes_the_place_of_the_old(accounts: Accounts) -> None:
    accounts.passwd("clerk", OTHER)
    assert (accounts.fits("clerk", PHRASE), accounts.fits("clerk", OTHER)) == (False, True)


def test_one_account_has_so_many_sessions_and_the_oldest_ends(accounts: Accounts, clock: Clock) -> None:
    tokens = []
    for _ in range(22):
        tokens.append(signed_in(accounts))
        clock.now += 1
    assert [accounts.session(token) is not None for token in tokens] == [False] * 2 + [True] * 20


@pytest.mark.parametrize(
    ("name", "role", "password", "author", "told"),
    [
        ("", "editor", PHRASE, "", "no name of an account"),
        ("a b", "editor", PHRASE, "", "no name of an account"),
        ("../x", "editor", PHRASE, "", "no name of an account"),
        ("x", "king", PHRASE, "", "is no role"),
        ("x", "editor", "short", "", "has 12 to"),
        ("x", "editor", "x" * 1025, "", "has 12 to"),
        ("x", "editor", "a" * 20, "", "guessed"),
        ("owner", "editor", "the owner of owls", "", "guessed"),
        ("x", "editor", PHRASE, "a\nb", "no name of an author"),
    ],
)
def test_what_can_be_no_account(
    accounts: Accounts, name: str, role: str, password: str, author: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        accounts.add(name, role, password, author)
    assert password not in str(caught.value)
    assert [each.name for each in accounts.users()] == ["clerk"]


def test_no_two_decide_under_one_name(accounts: Accounts) -> None:
    with pytest.raises(InputError, match="somebody decides under this name"):
        accounts.add("other", "editor", PHRASE, "r. clerk")
    assert len(accounts.users()) == 1


@pytest.mark.parametrize("verb", ["disable", "enable"])
def test_an_account_that_is_not_there_is_named(accounts: Accounts, verb: str) -> None:
    with pytest.raises(InputError, match="no account of this name"):
        getattr(accounts, verb)("nobody")


def test_an_administrator_counts_while_enabled(accounts: Accounts) -> None:
    assert not accounts.administered()
    accounts.add("head", "administrator", PHRASE)
    assert accounts.administered()
    accounts.disable("head")
    assert not accounts.administered()


def test_the_register_and_its_log_know_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with Register.open(path, rules=RULES, clock=Ticking()) as register, Accounts.open(path) as accounts:
        head = register.head()
        accounts.add("clerk", "editor", PHRASE)
        signed_in(accounts)
        assert register.head() == head and register.verify().ok


def test_a_backup_has_the_accounts_and_nobody_signed_in(tmp_path: Path) -> None:
    path, copy = tmp_path / "register.db", tmp_path / "copy.db"
    with Register.open(path, rules=RULES, clock=Ticking()) as register, Accounts.open(path) as accounts:
        accounts.add("clerk", "editor", PHRASE)
        token = signed_in(accounts)
        register.backup(copy)
    with Accounts.open(copy) as accounts:
        assert accounts.session(token) is None
        assert accounts.fits("clerk", PHRASE)


def test_no_register_is_made_for_accounts(tmp_path: Path) -> None:
    with pytest.raises(ComityError, match="no such register"):
        Accounts.open(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []
