"""What recording a document changes, and what it doesn't."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.errors import RegisterError
from comity.model import Time
from comity.register import Register
from tests.register.samples import ALDER, BIRCH, day, document, reading, said, statement


def test_a_statement_comes_back_as_it_went_in(register: Register) -> None:
    home = document(publisher="Alder Ledger", published="2025-05-29", path="a.txt", url="https://ledger.example/a")
    one = said(home)
    done = register.record(home, reading(home, one), home.text.encode())
    (belief,) = register.beliefs()
    assert done.outcome == "recorded"
    assert done.added == (one.id,)
    assert belief.statement == one
    assert belief.facet == f"designation|{ALDER}|list=cooperation list"
    assert (belief.valid_from, belief.valid_to, belief.since_known) == ("2025-05-28T00:00:00Z", None, True)
    assert (belief.known_from, belief.known_to) == ("2026-01-01T01:00:00Z", None)
    assert (belief.observed, belief.attested) == ("2025-05-29T00:00:00Z", "2025-05-29T00:00:00Z")
    assert (belief.publisher, belief.sightings, belief.synthetic) == ("Alder Ledger", 1, False)


def test_the_same_file_again_changes_nothing(register: Register) -> None:
    home = document(published="2025-05-29")
    first = register.record(home, reading(home, said(home)), home.text.encode())
    again = register.record(home, reading(home, said(home)), home.text.encode())
    assert again.outcome == "repeated"
    assert again.repeated == first.added
    assert len(register.log()) == 1
    assert register.changes(learned_since="2026-01-01T02:00:00Z") == ()


def test_the_same_text_in_other_bytes_is_a_sighting(register: Register) -> None:
    home = document(published="2025-05-29")
    register.record(home, reading(home, said(home)), home.text.encode())
    page = b"<p>" + home.text.encode() + b"</p>"
    copy = document(data=page, published="2025-05-29", url="https://mirror.example/a")
    done = register.record(copy, reading(copy, replace(said(home), evidence=said(copy).evidence)), page)
    (belief,) = register.beliefs()
    assert done.outcome == "corrected"  # the address is news
    assert belief.sightings == 2
    assert [each.learned for each in register.sightings(belief.statement.id)] == [
        "2026-01-01T01:00:00Z",
        "2026-01-01T02:00:00Z",
    ]
    assert len(register.documents()) == 1


def test_another_publisher_of_the_same_text_is_a_sighting_and_no_correction(register: Register) -> None:
    home = document(published="2025-05-29", publisher="Alder Ledger")
    register.record(home, reading(home, said(home)), home.text.encode())
    page = b"<p>" + home.text.encode() + b"</p>"
    copy = document(data=page, published="2025-06-01", publisher="Birch Post")
    assert register.record(copy, reading(copy, said(copy)), page).outcome == "sighted"
    assert [each.publisher for each in register.documents()] == ["Alder Ledger"]


def test_new_publication_data_of_a_known_text_is_a_correction(register: Register) -> None:
    home = document()
    unknown = statement(home, time=None)
    register.record(home, reading(home, unknown), home.text.encode())
    dated = document(published="2025-05-28")
    done = register.record(dated, reading(dated, unknown), dated.text.encode())
    assert done.outcome == "corrected"
    assert done.corrected == (unknown.id,)
    assert [each.published for each in register.documents()] == ["2025-05-28"]
    (now,) = register.beliefs()
    (then,) = register.beliefs(known="2026-01-01T01:30:00Z")
    assert (then.observed, now.observed) == ("2026-01-01T01:00:00Z", "2025-05-28T00:00:00Z")
    assert then.known_to == now.known_from == "2026-01-01T02:00:00Z"


def test_a_new_publication_date_resolves_the_words_of_time_anew(register: Register) -> None:
    wrong, right = document(published="2025-06-05"), document(published="2025-05-29")
    before = statement(wrong, time=day("Wednesday", "2025-06-04"))
    after = statement(right, time=day("Wednesday", "2025-05-28"))
    assert before.id == after.id
    register.record(wrong, reading(wrong, before), wrong.text.encode())
    register.record(right, reading(right, after), right.text.encode())
    assert [each.valid_from for each in register.beliefs()] == ["2025-05-28T00:00:00Z"]
    assert [each.valid_from for each in register.beliefs(known="2026-01-01T01:00:00Z")] == ["2025-06-04T00:00:00Z"]
    assert [(each.kind, each.field, each.before, each.after) for each in register.changes()] == [
        ("began", "status", None, "listed"),
        ("corrected", "time", "2025-06-04", "2025-05-28"),
    ]
    assert register.verify().ok


def test_a_reading_without_the_date_does_not_replace_one_with_it(register: Register) -> None:
    dated, bare = document(published="2025-05-29"), document()
    register.record(dated, reading(dated, statement(dated, time=day("Wednesday", "2025-05-28"))), dated.text.encode())
    unresolved = statement(bare, time=Time("Wednesday", None, None, None, None))
    done = register.record(bare, reading(bare, unresolved), bare.text.encode())
    assert done.outcome == "repeated"
    assert [each.valid_from for each in register.beliefs()] == ["2025-05-28T00:00:00Z"]


def test_what_does_not_hold_against_its_text_is_refused_and_counted(register: Register) -> None:
    home = document()
    good = statement(home)
    moved = replace(good, evidence=replace(good.evidence, start=1, end=36))
    renamed = replace(good, id="st-" + "0" * 40)
    done = register.record(home, reading(home, good, moved, renamed), home.text.encode())
    assert done.added == (good.id,)
    assert [each.why for each in done.refused] == [
        "its evidence is not at its span",
        "its id is not that of its content",
    ]


def test_bytes_that_are_not_the_captured_ones_are_refused(register: Register) -> None:
    home = document()
    with pytest.raises(RegisterError, match="not those that were read"):
        register.record(home, reading(home), b"others")
    assert register.documents() == ()


def test_a_batch_lands_whole_or_not_at_all(register: Register) -> None:
    one, two = document("One town."), document("Two towns.")
    with pytest.raises(RegisterError):
        register.record_all([(one, reading(one), one.text.encode()), (two, reading(two), b"others")])
    assert register.documents() == ()
    assert register.log() == ()
    assert register.verify().ok


def test_one_batch_may_hold_the_same_document_twice(register: Register) -> None:
    first, second = document(), document(published="2025-05-28")
    done = register.record_all([(each, reading(each, statement(each)), each.text.encode()) for each in (first, second)])
    assert [each.outcome for each in done] == ["recorded", "corrected"]
    assert [each.observed for each in register.beliefs()] == ["2025-05-28T00:00:00Z"]
    assert register.verify().ok


def test_beliefs_are_found_by_what_they_are_about(register: Register) -> None:
    home = document()
    register.record(
        home,
        reading(
            home,
            statement(home),
            statement(home, "Birch County was not", subject=("Birch County", BIRCH)),
            statement(home, "A march drew 200 people", predicate="protest", subject=("Alder Falls", None), value={}),
        ),
        home.text.encode(),
    )
    facets = [each.facet for each in register.beliefs()]
    assert facets == [
        f"designation|{ALDER}|list=cooperation list",
        f"designation|{BIRCH}|list=cooperation list",
        "protest|name:alder falls",
    ]
    assert [each.facet for each in register.beliefs(entity=BIRCH)] == facets[1:2]
    assert [each.facet for each in register.beliefs(facet=facets[2])] == facets[2:]
    assert [each.facet for each in register.beliefs(predicate="designation")] == facets[:2]
    assert len(register.beliefs(document=home.id)) == 3
    assert register.entities() == (("name:alder falls", 1), (BIRCH, 1), (ALDER, 1))
    assert register.entities("name:") == (("name:alder falls", 1),)
