"""Pages of beliefs, names by number, the head of the log, and registers that are open for reading alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import NotARegister, RegisterError, RegisterReadOnly
from comity.register import Register
from tests.register.samples import ALDER, BIRCH, RULES, Ticking, day, document, edition, reading, statement


def filled(register: Register) -> list[str]:
    """Seven stories and an edition of three rows; the ids of their statements."""
    ids: list[str] = []
    for number in range(7):
        home = document(f"Story {number}. Alder Falls was listed on Wednesday.")
        ids += register.record(home, reading(home, statement(home)), home.text.encode()).added
    listed, home = edition([(f"{name} PD", "task_force", "2025-01-02") for name in ("Ash", "Elm", "Oak")], "2025-02-01")
    register.record_edition(listed, home, data=home.text.encode())
    return ids


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 10, 100])
def test_pages_are_all_beliefs_each_once(register: Register, limit: int) -> None:
    filled(register)
    seen: list[str] = []
    after: int | None = 0
    while after is not None:
        found, after = register.page(after=after, limit=limit)
        assert len(found) <= limit
        seen += [each.statement.id for each in found]
    assert seen == [each.statement.id for each in register.beliefs()]
    assert len(seen) == 10


def test_a_page_is_narrowed_as_beliefs_are(register: Register) -> None:
    ids = filled(register)
    found, more = register.page(entity=ALDER, limit=100)
    assert ([each.statement.id for each in found], more) == (ids, None)
    found, _ = register.page(list_name="partners", limit=2)
    assert [each.statement.predicate for each in found] == ["agreement", "agreement"]


def test_pages_of_one_moment_don_t_see_what_comes_meanwhile(register: Register) -> None:
    filled(register)
    moment = register.log()[-1].at
    first, more = register.page(limit=6, known=moment)
    late = document("Late. Alder Falls was listed on Wednesday.")
    register.record(late, reading(late, statement(late)), late.text.encode())
    assert more is not None
    rest, _ = register.page(after=more, limit=100, known=moment)
    assert len(first) + len(rest) == 10


@pytest.mark.parametrize("few", [1, 2, 100])
def test_entities_of_which_accounts_may_differ_come_page_by_page(register: Register, few: int) -> None:
    told = {ALDER: ("2025-05-28", "2025-05-29"), BIRCH: ("2025-05-28",), "ori:ASH": (None, None),
            "ori:ELM": ("2025-05-28",), "ori:OAK": ("2025-05-29",)}  # fmt: skip
    for entity, days in told.items():
        for number, told_on in enumerate(days):
            home = document(f"Story {number} of {entity}. Alder Falls was listed on Wednesday.")
            time = day("Wednesday", told_on) if told_on else None
            said = statement(home, "Alder Falls was listed on Wednesday", subject=("Alder Falls", entity), time=time)
            register.record(home, reading(home, said), home.text.encode())
    register.decide("same", "ori:OAK", other="ori:ELM", author="A clerk", reason="one office")
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        groups, after = register.at_odds(after, few)
        seen += [group[0].facet.split("|")[1] for group in groups]
        assert all(len(group) > 1 for group in groups)
    assert seen == [ALDER, "ori:ELM"]  # the second by way of what is the same


def test_names_come_once_and_are_counted(register: Register) -> None:
    filled(register)
    names = register.names()
    assert [identity for _, identity in names] == [ALDER, "ori:ASH", "ori:ELM", "ori:OAK"]
    assert register.names(after=names[-1][0]) == ()
    assert register.counted([ALDER, "ori:ELM", "ori:NONE"]) == {ALDER: 7, "ori:ELM": 1}


def test_documents_come_in_pages(register: Register) -> None:
    filled(register)
    every = [each.id for each in register.documents()]
    assert [each.id for start in (0, 3, 6) for each in register.documents(after=start, most=3)] == every


def test_open_for_reading_alone_it_answers_and_takes_nothing(where: str, tmp_path: Path) -> None:
    with pytest.raises((RegisterError, NotARegister)):
        Register.open(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()
    with Register.open(where, rules=RULES, clock=Ticking(), captures=tmp_path / "captures") as writer:
        ids = filled(writer)
        with Register.open(where, rules=RULES, clock=Ticking(), read_only=True) as reader:
            assert reader.statement(ids[0]).statement.id == ids[0]
            late = document("Late. Alder Falls was listed on Wednesday.")
            with pytest.raises(RegisterReadOnly):
                reader.record(late, reading(late, statement(late)), late.text.encode())
            assert len(writer.record(late, reading(late, statement(late)), late.text.encode()).added) == 1
            assert len(reader.beliefs(entity=ALDER)) == 8  # what comes meanwhile is seen
