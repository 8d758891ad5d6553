"""Who stands with what, put on from commit to commit: always the same as derived of the whole register."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import ComityError
from comity.interfaces.web.stood import Stood
from comity.register import Register
from comity.views.atlas import standing
from tests.register.samples import ALDER, BIRCH, RULES, Ticking, document, reading, statement

NAMES = {"Alder Falls": ALDER, "Birch County": BIRCH, "Cedar": None}
RECORD = st.tuples(st.just("record"), st.sampled_from(sorted(NAMES)), st.sampled_from(["listed", "removed"]))
DECIDE = st.tuples(st.sampled_from(["accept", "reject", "same", "undo"]), st.integers(0, 5), st.just(""))


def done(register: Register, number: int, step: tuple[str, str | int, str], decided: list[str]) -> None:
    """One step; what can't be decided is not."""
    kind, what, status = step
    if kind == "record":
        home = document(f"{what} was spoken of, in text {number}.", published=f"2025-05-{number + 1:02}")
        made = statement(
            home, str(what), subject=(str(what), NAMES[str(what)]), predicate="designation",
            value={"list": "a list", "status": status},
        )  # fmt: skip
        register.record(home, reading(home, made), home.text.encode())
        return
    believed = [each.statement.id for each in register.beliefs()]
    try:
        if kind == "same":
            decided.append(register.decide("same", "name:cedar", other=BIRCH, author="A", reason="r").id)
        elif kind == "undo" and decided:
            register.decide("undo", decided.pop(), author="A", reason="r")
        elif kind in ("accept", "reject") and believed:
            one = believed[int(what) % len(believed)]
            decided.append(register.decide(kind, one, author="A", reason="r").id)
    except ComityError:
        pass


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORD | DECIDE, min_size=2, max_size=8))
def test_it_is_what_the_whole_register_says(steps: list[tuple[str, str | int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        stood, decided = Stood(), list[str]()
        with Register.open(path, rules=RULES, clock=Ticking()) as register:
            for number, step in enumerate(steps):
                done(register, number, step, decided)
                found = stood.at_present(register, "designation", RULES)
                assert found == standing(register.held("designation"), "designation", RULES)
