"""Proofs hold with nothing but their file and the captured bytes; whatever is changed in them is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import documents
from comity.errors import DecisionRefused, InputError
from comity.model import Document
from comity.register import Register, log
from comity.register.proofs import Checked, check
from tests.register.samples import RULES, Ticking, document, edition, reading, said, statement

HOME = document(publisher="Alder Ledger")
FIRST = said(HOME)


def fill(register: Register) -> None:
    register.record(HOME, reading(HOME, FIRST, statement(HOME, "Birch County was not")), HOME.text.encode())
    dated = document(published="2025-05-28")
    register.record(dated, reading(dated, FIRST), dated.text.encode())
    register.decide("accept", FIRST.id, author="A. Clerk", reason="read it")
    register.decide("reject", statement(HOME, "Birch County was not").id, author="A. Clerk", reason="another county")


@lru_cache(maxsize=1)
def made() -> bytes:
    with (
        TemporaryDirectory() as folder,
        Register.open(Path(folder) / "register.db", rules=RULES, clock=Ticking()) as register,
    ):
        fill(register)
        return msgspec.json.encode(register.proof(FIRST.id))


def parse(data: bytes, media_type: str) -> Document:
    return documents.parse(data, media_type=media_type)


def checked(proof: bytes, captured: bytes = HOME.text.encode()) -> Checked:
    return check(proof, captured, parse)


def test_a_proof_shows_the_words_the_decisions_and_the_head_of_the_log(register: Register) -> None:
    fill(register)
    found = checked(msgspec.json.encode(register.proof(FIRST.id[:12])))
    assert found.words == "Alder Falls was listed on Wednesday, the agency said"
    assert (found.statement.id, found.believed) == (FIRST.id, True)
    assert [(each["kind"], each["author"]) for each in found.decisions] == [("accept", "A. Clerk")]
    assert found.head == (register.head().seq, register.head().hash)


def test_what_was_rejected_or_taken_back_is_not_shown_as_believed(register: Register) -> None:
    fill(register)
    other = statement(HOME, "Birch County was not").id
    assert checked(msgspec.json.encode(register.proof(other))).believed is False
    register.retract(FIRST.id, reason="taken back")
    assert checked(msgspec.json.encode(register.proof(FIRST.id))).believed is False


def test_a_row_of_a_list_is_proved_by_its_table(register: Register) -> None:
    text = "AGENCY,MODEL,SIGNED\nOak County Sheriff,task_force,2025-02-01\n"
    sheet = documents.parse(text.encode(), path="a.csv")
    first, _ = edition([("Oak County Sheriff", "task_force", "2025-02-01")], "2025-05-01")
    entry = first.entries[0]
    assert entry.statement is not None
    evidence = replace(entry.statement.evidence, document=sheet.id)
    entry = replace(entry, statement=replace(entry.statement, evidence=evidence))
    whole = replace(first, document=sheet.id, entries=(entry,))
    register.record_edition(whole, sheet, data=text.encode())
    assert entry.statement is not None
    found = checked(msgspec.json.encode(register.proof(entry.statement.id)), text.encode())
    assert found.words == "Oak County Sheriff | task_force | 2025-02-01"


def test_other_bytes_are_refused() -> None:
    with pytest.raises(InputError, match="not those that were captured"):
        checked(made(), HOME.text.encode() + b" ")


def test_an_unknown_statement_is_refused(register: Register) -> None:
    with pytest.raises(DecisionRefused):
        register.proof("st-0000")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all plain values in a JSON value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*path, index))
    else:
        yield path


@given(st.data())
def test_any_value_that_is_changed_is_found(data: st.DataObject) -> None:
    proof = json.loads(made())
    path = data.draw(st.sampled_from(list(places(proof))))
    at = proof
    for step in path[:-1]:
        at = at[step]
    old = at[path[-1]]
    new = data.draw(
        st.one_of(st.integers(0, 3), st.text(max_size=3), st.none(), st.sampled_from([f"{old} ", f"{old}0"]))
    )
    if new == old:
        return
    at[path[-1]] = new
    with pytest.raises(InputError):
        checked(json.dumps(proof).encode())


@given(st.lists(st.binary(min_size=1, max_size=8), min_size=1, max_size=40), st.data())
def test_every_leaf_leads_to_the_root_and_no_other_does(rows: list[bytes], data: st.DataObject) -> None:
    leaves = [hashlib.sha256(b"\x00" + row).digest() for row in rows]
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = log.merkle_path(leaves, index)
    assert log.root_of(leaves[index], path) == log.merkle_root(leaves)
    assert log.root_of(hashlib.sha256(b"other").digest(), path) != log.merkle_root(leaves)
