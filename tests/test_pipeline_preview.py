"""A preview says what adding files would do, and adding them does that; nothing of a preview stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity import pipeline, pipeline_editions, pipeline_preview, vocabulary
from comity.model import Publication
from comity.register import Register, rules_of

GIVEN = Publication(published="2025-03-05", home_state="OH", publisher="Sample Ledger")
TOLD = "Toledo adopted an ordinance on Monday that bars police from asking about immigration status.\n"
LONG = TOLD + "\n".join(
    f"In part {number} the Toledo council heard the clerk read item {number} of the agenda aloud."
    for number in range(9)
)
CLERKS = Path(__file__).parent / "golden" / "lists" / "clerk-register"
LIST, FIRST = str(CLERKS / "list.yml"), CLERKS / "register-31.03.2025.csv"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "comity.db", rules=rules_of(vocabulary.load().predicates)) as opened:
        yield opened


def stories(tmp_path: Path, **texts: str) -> list[pipeline.Input]:
    folder = tmp_path / "stories"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [pipeline.Input(str(folder / f"{name}.txt"), GIVEN) for name in texts]


def test_what_is_previewed_is_what_adding_does(register: Register, tmp_path: Path) -> None:
    items = stories(tmp_path, new=TOLD, empty="", same=TOLD, other="The council of Toledo met on Monday.\n")
    told = list(pipeline_preview.stories(register, items, ""))
    assert (register.beliefs(), register.log()) == ((), ())
    assert [each.outcome for each in told] == ["recorded", "refused", "repeated", "recorded"]
    assert told[1].refused == "the file is empty"
    done = list(pipeline.add(register, items, ""))
    recorded = [each for each in done if not isinstance(each, pipeline.Refused)]
    assert [each.outcome for each in recorded] == [each.outcome for each in told if each.refused is None]
    assert [each.added for each in recorded] == [
        tuple(statement.id for statement in each.statements) for each in told if each.refused is None
    ]
    foretold = [change for preview in told for change in preview.changes]
    assert [(each.kind, each.facet, each.after) for each in foretold] == [
        (each.kind, each.facet, each.after) for each in register.changes()
    ]


def test_again_it_says_that_nothing_is_new(register: Register, tmp_path: Path) -> None:
    items = stories(tmp_path, new=TOLD)
    list(pipeline.add(register, items, ""))
    (told,) = pipeline_preview.stories(register, items, "")
    assert (told.outcome, told.statements, told.repeated, told.changes) == ("repeated", (), 1, ())


def test_of_many_files_what_an_earlier_batch_told_is_remembered(register: Register, tmp_path: Path) -> None:
    texts = {f"story{number}": TOLD.replace("an ordinance", f"ordinance {number}") for number in range(60)}
    items = [*stories(tmp_path, **texts), *stories(tmp_path, again=texts["story0"])]
    told = list(pipeline_preview.stories(register, items, ""))
    assert [each.outcome for each in told] == ["recorded"] * 60 + ["repeated"]
    assert told[-1].statements == ()


def test_a_known_text_that_it_repeats_is_named(register: Register, tmp_path: Path) -> None:
    list(pipeline.add(register, stories(tmp_path, first=LONG), ""))
    (told,) = pipeline_preview.stories(register, stories(tmp_path, second=LONG.replace("Monday", "Tuesday")), "")
    (like,) = told.copies
    assert (like.publisher, like.kind) == ("Sample Ledger", "verbatim")
    assert 0.9 < like.share <= 1
    (other,) = pipeline_preview.stories(register, stories(tmp_path, third=TOLD.replace("Toledo", "Akron")), "")
    assert other.copies == ()


def test_of_an_edition_it_says_what_begins_changes_and_is_seen_again(register: Register, tmp_path: Path) -> None:
    later = tmp_path / "register-30.06.2025.csv"
    text = FIRST.read_text(encoding="utf-8").replace("24-117,", "24-118,")
    later.write_text(text + "\nPolk County,Florida,honors all detainers,none,2/3/2025,\n", encoding="utf-8")
    first, second = (pipeline.Input(str(path), Publication()) for path in (FIRST, later))
    (told,) = pipeline_preview.edition(register, LIST, [first])
    assert (told.outcome, told.rows, told.opened, told.refused) == ("recorded", 3, 3, None)
    assert register.lists() == ()
    list(pipeline_editions.add(register, LIST, [first]))
    (told,) = pipeline_preview.edition(register, LIST, [second])
    assert [(each.kind, each.before, each.after) for each in told.changes] == [
        ("amended", "24-117", "24-118"), ("joined", None, None),
    ]  # fmt: skip
    assert told.edition is not None and all(check.ok for check in told.edition.checks)
    assert len(register.editions()) == 1
    (done,) = pipeline_editions.add(register, LIST, [second])
    assert isinstance(done, pipeline_editions.Added)
    assert (done.recorded.opened, done.changes) == (told.opened, told.changes)


def test_a_broken_twin_of_an_edition_is_refused_with_its_checks(register: Register, tmp_path: Path) -> None:
    twin = tmp_path / "register-30.06.2025.csv"
    twin.write_text("\n".join(row.partition(",")[2] for row in FIRST.read_text("utf-8").splitlines()), encoding="utf-8")
    (told,) = pipeline_preview.edition(register, LIST, [pipeline.Input(str(twin), Publication())])
    assert told.outcome == "refused" and told.refused
    assert told.edition is not None and [check.name for check in told.edition.checks if not check.ok]
    assert (register.refused(), register.lists()) == ((), ())
