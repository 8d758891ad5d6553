"""The pipeline: files in their order, one bad file refused alone, the same answers with any number of workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity import pipeline, vocabulary
from comity.errors import DocumentError
from comity.model import Publication, Reading
from comity.register import Register, rules_of

GIVEN = Publication(published="2025-03-05", home_state="OH")


def folder_of(tmp_path: Path, count: int) -> Path:
    for number in range(count):
        text = f"Toledo adopted ordinance {number} that bars police from asking about immigration status.\n"
        (tmp_path / f"story-{number:03}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    items = pipeline.inputs([str(folder_of(tmp_path, 3))], GIVEN)
    assert [Path(item.path).name for item in items] == ["story-000.txt", "story-001.txt", "story-002.txt"]


def test_any_number_of_workers_gives_the_same(tmp_path: Path) -> None:
    items = pipeline.inputs([str(folder_of(tmp_path, 60))], GIVEN)
    alone, together = (
        [item.reading for item in pipeline.read(items, "", workers=workers) if isinstance(item, pipeline.Read)]
        for workers in (1, 2)
    )
    assert len(alone) == 60
    assert alone == together


def test_a_bad_file_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder_of(tmp_path, 2)
    (tmp_path / "story-000a.txt").write_bytes(b"")
    results = list(pipeline.read(pipeline.inputs([str(tmp_path)], GIVEN), ""))
    kinds = [type(item).__name__ for item in results]
    assert kinds == ["Read", "Refused", "Read"]
    assert isinstance(results[1], pipeline.Refused)
    assert isinstance(results[1].error, DocumentError)


def test_a_manifest_gives_each_file_its_publication(tmp_path: Path) -> None:
    folder_of(tmp_path, 1)
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("path,publisher\nstory-000.txt,Sample Ledger\n", encoding="utf-8")
    (item,) = pipeline.inputs([], GIVEN, str(manifest))
    assert (item.publication.publisher, item.publication.published) == ("Sample Ledger", "2025-03-05")


def test_stopped_half_way_what_was_recorded_is_whole(tmp_path: Path) -> None:
    items = pipeline.inputs([str(folder_of(tmp_path, 3))], GIVEN)

    def stopped() -> Iterator[pipeline.Input]:
        yield items[0]
        raise KeyboardInterrupt

    rules = rules_of(vocabulary.load().predicates)
    with Register.open(tmp_path / "register.db", rules=rules) as register:
        with pytest.raises(KeyboardInterrupt):
            for item in stopped():
                list(pipeline.add(register, [item], ""))
        assert register.verify().ok
        outcomes = [
            item.outcome for item in pipeline.add(register, items, "") if not isinstance(item, pipeline.Refused)
        ]
    assert outcomes == ["repeated", "recorded", "recorded"]


def test_texts_are_read_again_in_batches_by_any_number_of_workers(tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    items = pipeline.inputs([str(folder_of(stories, 120))], GIVEN)
    readings = [item for item in pipeline.read(items, "") if isinstance(item, pipeline.Read)]
    found = []
    for workers in (1, 2):
        with Register.open(tmp_path / f"{workers}.db", rules=rules_of(vocabulary.load().predicates)) as register:
            register.record_all((each.document, Reading(each.document.id, ()), None) for each in readings)
            told = list(pipeline.reread(register, "", workers=workers, record=False))
            assert not register.beliefs()
            done = list(pipeline.reread(register, "", workers=workers))
            assert done == told
            assert sum(len(each.gained) for each in done) == len(register.beliefs()) >= 120
            entries = len(register.log())
            assert not any(each.changes for each in pipeline.reread(register, "", workers=workers))
            assert len(register.log()) == entries
            assert register.verify().ok
            found.append([each.gained for each in done])
    assert found[0] == found[1]


def test_reading_again_stopped_half_way_leaves_whole_batches_and_goes_on(tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    items = pipeline.inputs([str(folder_of(stories, 70))], GIVEN)
    with Register.open(tmp_path / "register.db", rules=rules_of(vocabulary.load().predicates)) as register:
        register.record_all(
            (each.document, Reading(each.document.id, ()), None)
            for each in pipeline.read(items, "")
            if isinstance(each, pipeline.Read)
        )
        assert next(pipeline.reread(register, "")).gained
        assert len(register.documents()) == 70
        first = len({each.statement.evidence.document for each in register.beliefs()})
        assert first == 50
        list(pipeline.reread(register, ""))
        assert len({each.statement.evidence.document for each in register.beliefs()}) == 70
        assert register.verify().ok
