"""Signed agreements: made-up ones in the standard wordings, and what the six real ones say when looked at by eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents.samples import pdf

from comity.documents import load, parse
from comity.model import Document
from comity.reading.forms import Form, read_form

PARTIES = (
    "This Memorandum of Agreement (MOA) constitutes an agreement between U.S. Immigration and Customs Enforcement "
    "(ICE), a component of the Department of Homeland Security (DHS), and {agency} pursuant to which ICE delegates to "
    "trained personnel the authority to perform certain functions. The LEA and ICE enter into this MOA in good faith."
)
AUTHORITY = "Section 287(g) of the Act authorizes agreements, and this MOA constitutes such a written agreement."
EFFECTIVE = "This MOA becomes effective upon signature of both parties and will remain in effect until ended."
MILL = "Mill County Sheriff’s Office"
SIGNING = "By signing this MOA, each party represents it is fully authorized to enter into this MOA."


def agreement(agency: str, signed: str, head: str = "287(g) Task Force Model", more: str = "") -> Document:
    parts = (
        "MEMORANDUM OF AGREEMENT",
        head,
        PARTIES.format(agency=agency),
        AUTHORITY,
        more,
        EFFECTIVE,
        SIGNING,
        signed,
    )
    return parse("\n".join(parts).encode(), path="moa.txt")


def read(document: Document) -> Form:
    form = read_form(document)
    assert form is not None
    for words in (form.agency, form.program_words, form.evidence, form.model_words, form.state):
        assert words is None or document.text[words.start : words.end] == words.exact
    for support in form.support:
        assert document.text[support.start : support.end] == support.exact
    return form


def days(form: Form) -> dict[str, str | None]:
    return {signature.side: signature.date.edtf if signature.date else None for signature in form.signatures}


TWO = "For the LEA:                         For ICE:\nDate: March 6, 2025                  Date: March 10, 2025"


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        ("the Mill County Sheriff's Office (MCSO),", "Mill County Sheriff's Office"),
        (
            "the Mill County Sheriff’s Office, hereinafter the law enforcement agency (LEA),",
            "Mill County Sheriff’s Office",
        ),
        ("Mill County Sheriffs Office, hereinafter the law enforcement agency (LEA),", "Mill County Sheriffs Office"),
        ("the Mill Creek Dept. of Public Safety,", "Mill Creek Dept. of Public Safety"),
        ("the Sheriff of Mill County, Ohio,", "Sheriff of Mill County, Ohio"),
        ("the Ohio Bureau of Records (OBR), under the jurisdiction of the Governor,", "Ohio Bureau of Records"),
    ],
)
def test_the_party_is_taken_as_printed(printed: str, agency: str) -> None:
    form = read(agreement(printed, TWO))
    assert form.agency.exact == agency
    assert form.evidence.exact.startswith("This Memorandum of Agreement (MOA) constitutes")
    assert form.evidence.exact.endswith("certain functions.")


@pytest.mark.parametrize(
    ("head", "more", "model"),
    [
        ("287(g) Task Force Model", "", "task_force"),
        ("287(g) Jail Enforcement Model", "", "jail_enforcement"),
        ("Warrant Service Officer Program", "", "warrant_service"),
        (
            "",
            "It serves by facilitating the custodial transfer of specific aliens to ICE.",
            "warrant_service",
        ),
        ("", "They identify removable aliens who have been arrested and booked into the jail.", "jail_enforcement"),
        ("", "They are assigned to various units, teams, or task forces designated by ICE.", "task_force"),
        ("", "", None),
        ("Jail Enforcement Model and Task Force Model", "", None),
    ],
)
def test_the_model_by_title_then_by_wording_and_never_by_guess(head: str, more: str, model: str | None) -> None:
    assert read(agreement("the Mill County Sheriff's Office,", TWO, head, more)).model == model


ICE_BLOCK = "Pat Doe\nExecutive Associate Director\nEnforcement and Removal Operations"
STAMP = "Date: DOE PAT   Digitally signed by\n                DOE PAT\n                Date: 2020.06.08 10:05:20\n"


@pytest.mark.parametrize(
    ("signed", "sides", "whole"),
    [
        (TWO, {"agency": "2025-03-06", "federal": "2025-03-10"}, "2025-03-10"),
        (TWO.replace("     ", " ").replace("  ", " "), {"agency": "2025-03-06", "federal": "2025-03-10"}, "2025-03-10"),
        (
            "For the LEA:                         For ICE:\n    March 06th, 2025                       March 10, 2025\n"
            "Date:                                Date:\nTitle: Sheriff                      Title: Director",
            {"agency": "2025-03-06", "federal": "2025-03-10"},
            "2025-03-10",
        ),
        (
            f"Date: OCT 1 5 2019\n{ICE_BLOCK}\nDate: 6/4/19\nLee Roe\nSheriff, Mill County",
            {"federal": "2019-10-15", "agency": "2019-06-04"},
            "2019-10-15",
        ),
        (
            f"Date: OCT 1 5 2019\n{ICE_BLOCK}\nDate: --Le .. \\,-- Y 9\nLee Roe\nSheriff, Mill County",
            {"federal": "2019-10-15", "agency": None},
            "2019-10-15/..",
        ),
        (
            "Date: DOE PAT   Digitally signed by\n                DOE PAT\n                Date: 2020.06.08 10:05:20\n"
            + ICE_BLOCK,
            {"federal": "2020-06-08"},
            "2020-06-08/..",
        ),
        (
            "Date: 7/16/20\nLee Roe\nCommissioner\nMill County Sheriff's Office\nDate: \n" + ICE_BLOCK,
            {"agency": "2020-07-16", "federal": None},
            "2020-07-16/..",
        ),
        ("Date: 13/45/20\nSheriff\nDate: May 1984\n" + ICE_BLOCK, {"agency": None, "federal": None}, None),
        ("Signed by hand.", {}, None),
    ],
)
def test_days_of_signing_by_side(signed: str, sides: dict[str, str | None], whole: str | None) -> None:
    form = read(agreement("the Mill County Sheriff's Office,", signed))
    assert days(form) == sides
    assert (form.signed.edtf if form.signed else None) == whole
    assert (form.effective.edtf if form.effective else None) == whole


def test_an_explicit_effective_day_is_taken() -> None:
    document = agreement("the Mill County Sheriff's Office,", TWO)
    text = document.text.replace(EFFECTIVE, "This MOA shall become effective on April 1, 2025, and will remain so.")
    form = read(parse(text.encode()))
    assert form.effective is not None
    assert form.effective.edtf == "2025-04-01"


@pytest.mark.parametrize(
    "text",
    [
        "The sheriff signed a 287(g) memorandum of agreement with ICE on Tuesday, the county said.",
        "By signing this MOA the county agrees to share a radio tower. This MOA becomes effective upon signature.",
        "A council voted. It was long.",
    ],
)
def test_a_text_that_is_no_such_agreement(text: str) -> None:
    assert read_form(parse(text.encode())) is None


def test_where_the_page_with_the_parties_is_an_image_other_pages_tell() -> None:
    later = [
        "Nothing herein limits participating personnel as members of the Mill County Sheriff's Office.",
        "Notice of termination or suspension by the Mill County Sheriff's Office shall be given.",
        "Functions under section 287(g) are those of Appendix A.",
        "This MOA becomes effective upon signature of both parties.",
        "By signing this MOA, each party agrees to be bound.",
    ]
    pages = [[], [(72, 700 - 30 * at, line) for at, line in enumerate(later)], []]
    document = parse(pdf(pages), path="moa.pdf")
    form = read(document)
    assert form.agency.exact == "Mill County Sheriff's Office"
    assert form.signed is None
    assert document.notes == ("pages 1 and 3 are images without text",)


# Looked at page by page. Days written by hand (Bradford's and Franklin's sheriffs, Knox's) and the digital stamp of
# Alaska's federal side are not in the text, and so unknown here.
REAL = {
    "287gWSO_BradfordCoFl2019-10-15": (
        "Bradford County Sheriff's Office", "warrant_service",
        {"federal": "2019-10-15", "agency": None}, "2019-10-15/..",
    ),
    "287gWSO_DeptOfCorrectionsAK_07-24-2020": (
        "Alaska Department of Corrections", "warrant_service",
        {"federal": None, "agency": "2020-07-16"}, "2020-07-16/..",
    ),
    "287gWSO_FranklinCoFl2019-10-15": (
        "Franklin County Sheriff's Office", "warrant_service", {"federal": "2019-10-15"}, "2019-10-15/..",
    ),
    "287g_JEM_Knox_6-8-2020": (
        "Knox County Sheriffs Office", "jail_enforcement", {"federal": "2020-06-08"}, "2020-06-08/..",
    ),
    "KansasBureauOfInv_TFM_MOA_02182025": (
        "Kansas Bureau of Investigation", "task_force",
        {"agency": "2025-02-17", "federal": "2025-02-18", "other": "2025-02-17"}, "2025-02-18",
    ),
    "daytonaBeachShoresPoliceDeptFL_TFM_MOA_03.07.25": (
        "Daytona Beach Shores Dept. of Public Safety", "task_force",
        {"agency": "2025-03-06", "federal": "2025-03-10"}, "2025-03-10",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_the_real_agreements(shared: Path, name: str) -> None:
    agency, model, sides, signed = REAL[name]
    form = read(load(shared / "data" / "moa" / f"{name}.pdf"))
    assert (form.agency.exact, form.model, days(form)) == (agency, model, sides)
    assert form.signed is not None
    assert form.signed.edtf == signed


def test_no_contact_details_are_taken_over(shared: Path) -> None:
    for file in sorted((shared / "data" / "moa").glob("*.pdf")):
        form = read(load(file))
        assert "@" not in repr(form)
