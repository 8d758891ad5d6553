"""Suits, rulings, appeals: who sues, who is sued, what the court does.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement


def found(text: str) -> list[Statement]:
    return statements(text, "legal_action")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        ("The Justice Department sued Dayton on Monday over its sanctuary policies.", "Dayton", {"action": "filed"}),
        (
            "The U.S. Department of Justice filed a lawsuit against the city of Toledo, "
            "alleging its ordinance obstructs immigration enforcement.",
            "Toledo",
            {"action": "filed"},
        ),
        (
            "Columbus sued the Department of Homeland Security over immigration conditions on grants.",
            "Columbus",
            {"action": "filed"},
        ),
        ("Lucas County is being sued over a policy on immigration detainers.", "Lucas County", {"action": "filed"}),
        (
            "A federal judge blocked the Justice Department from withholding grants from Dayton over immigration.",
            "Dayton",
            {"action": "enjoined"},
        ),
        (
            "A judge dismissed the Justice Department's lawsuit against Toledo over its immigration ordinance.",
            "Toledo",
            {"action": "dismissed"},
        ),
        ("Dayton appealed the ruling on its immigration ordinance.", "Dayton", {"action": "appealed"}),
        (
            "Lucas County settled a lawsuit brought by a man held on an immigration detainer.",
            "Lucas County",
            {"action": "settled"},
        ),
        (
            "Columbus is among a dozen cities suing the Trump administration over immigration grant conditions.",
            "Columbus",
            {"action": "filed"},
        ),
        (
            "Columbus won a preliminary injunction against the immigration grant conditions.",
            "Columbus",
            {"action": "enjoined"},
        ),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object]) -> None:
    named = [item for item in found(text) if item.subject.name == subject]
    assert any(item.value.get(slot) == given for item in named for slot, given in value.items()), found(text)
    assert all(item.value.get(slot) == given for item in named[:1] for slot, given in value.items()), named


@pytest.mark.parametrize(
    "text",
    [
        "A court in Lucas County heard a case about immigration on Monday.",
        "Dayton police said a man was sued over a car crash; immigration agents were not involved.",
    ],
)
def test_a_sentence_states_nothing(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # whom a suit names
        (
            "The Lake County sheriff is named in the union's suit over ICE, along with Dayton and Toledo.",
            ["Dayton filed actual", "Lake County filed actual", "Toledo filed actual"],
        ),
        ("The lawsuit is aimed at Dayton and Lake County.", ["Dayton filed actual", "Lake County filed actual"]),
        ("His refusal got Lake County sued over ICE detainers.", ["Lake County filed actual"]),
        ("The lawsuit names Lake County resident Ann Roe.", []),
        # who sues
        (
            "A group of 16 cities, including Dayton and Toledo, is contesting the order in court.",
            ["Dayton filed actual", "Toledo filed actual"],
        ),
        ("Dayton became party to the department's lawsuit.", ["Dayton filed actual"]),
        (
            "This year 14 of the league's cities have joined lawsuits over grants, including Dayton and Toledo.",
            ["Dayton filed actual", "Toledo filed actual"],
        ),
        (
            "The ruling keeps an injunction won last year by Dayton and Toledo.",
            ["Dayton enjoined actual", "Toledo enjoined actual"],
        ),
        # what may come
        ("The department warned of legal action against Dayton.", ["Dayton filed possible"]),
        ("The order may expose Lake County to lawsuits.", ["Lake County filed possible"]),
        ("Lake County is weighing an appeal.", ["Lake County appealed possible"]),
        # courts
        ("The department asked a court to enforce subpoenas served on Dayton.", ["Dayton filed actual"]),
        ("A judge's ruling that Lake County broke the law stands.", ["Lake County ruled actual"]),
        (
            "A judge threw out a lawsuit over immigration policies in Dayton and Lake County.",
            ["Dayton dismissed actual", "Lake County dismissed actual"],
        ),
        # what a suit argues is no suit of its own, a brief none either
        ("The lawsuit argues that Dayton broke the law.", []),
        ("A lawsuit argues that Dayton broke the law.", ["Dayton filed actual"]),
        ("The suit filed Monday says that Lake County held people without warrants.", ["Lake County filed actual"]),
        ("The brief in the lawsuit was joined by Michigan and Indiana.", []),
    ],
)
def test_parties_prospects_and_retellings(text: str, told: list[str]) -> None:
    found = statements(f"The matter is immigration enforcement. {text}", "legal_action")
    assert sorted(f"{item.subject.name} {item.value['action']} {item.modality}" for item in found) == told
