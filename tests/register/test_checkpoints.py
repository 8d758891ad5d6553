"""Where a list was left: given back only as it was kept, of the same version and of all its editions."""

from __future__ import annotations

import zlib

import pytest
from sqlalchemy import update

from comity.register import Checkpoint, ListChanges, Register
from comity.register.tables import table
from tests.register.samples import edition

NAMES = ("partners",)


@pytest.fixture
def kept(register: Register) -> Register:
    assert register.keep_checkpoint(NAMES, Checkpoint("1", 0, 0, b'{"left":[]}'))
    return register


def test_it_is_given_back_as_it_was_kept(kept: Register) -> None:
    assert kept.checkpoint(NAMES, "1") == b'{"left":[]}'
    assert kept.checkpoint(NAMES, "2") is None
    assert kept.checkpoint(("others",), "1") is None


def test_one_that_is_behind_is_not_given(kept: Register) -> None:
    made, home = edition([("Oak County Sheriff", "task_force", "")], "2025-05-01")
    kept.record_edition(made, home, ListChanges(), home.text.encode())
    assert kept.checkpoint(NAMES, "1") is None


@pytest.mark.parametrize("body", [zlib.compress(b'{"left":[1]}'), b"\x00", b""])
def test_one_that_was_changed_behind_the_registers_back_is_not_given(kept: Register, body: bytes) -> None:
    with kept._engine.begin() as connection:
        connection.execute(update(table("checkpoints")).values(body=body))
    assert kept.checkpoint(NAMES, "1") is None
