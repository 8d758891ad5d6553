"""Ways to reach or find somebody, as a table: what is withheld of a sentence, and what stays."""

from __future__ import annotations

import pytest

from comity.reading import contacts

TABLE = [
    ("Call (202) 555-0143 or 202.555.0199, ext. 12.", ["(202) 555-0143", "202.555.0199, ext. 12"]),
    ("Call 555-0143 after five.", ["555-0143"]),
    ("Write to a.roe@example.org, ana (at) example (dot) org.", ["a.roe@example.org", "ana (at) example (dot) org"]),
    ("He lives at 1408 N. Elm Street, Apt. 4B, in Dayton.", ["1408 N. Elm Street, Apt. 4B"]),
    ("It was in the 400 block of Maple Ave. on Friday.", ["the 400 block of Maple Ave."]),
    ("She moved to 12 Calle Ocho.", ["12 Calle Ocho"]),
    ("at 350 5th Avenue, 2100 Highway 35 and 77 Broadway", ["350 5th Avenue", "2100 Highway 35", "77 Broadway"]),
    ("Send it to P.O. Box 123.", ["P.O. Box 123"]),
    ("A van with license plate ABC-1234 left.", ["ABC-1234"]),
    ("Her file, A 203-456-789, and 123-45-6789 were read out.", ["A 203-456-789", "123-45-6789"]),
    ("Follow @janeroe_ or instagram.com/jane.roe for more.", ["@janeroe_", "instagram.com/jane.roe"]),
    ("He was born on May 3, 1988, in Lima.", ["May 3, 1988"]),
    ("DOB: 05/03/1988", ["05/03/1988"]),
    ("Ordinance 24-117 under 8 U.S.C. 1373, Case 2:25-cv-00123, Executive Order 14287, May 28, 2025.", []),
    ("The city spent $1,200,000 on 287(g) in 2025; Elm Street was closed.", []),
    ("In 2025 Supreme Court rulings and Section 287 Court papers were read.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), TABLE, ids=[text[:40] for text, _ in TABLE])
def test_what_is_withheld(text: str, found: list[str]) -> None:
    assert [text[item.start : item.end] for item in contacts.find(text)] == found
