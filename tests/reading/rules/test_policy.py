"""Rules on cooperation, as news words them: whose, what they limit or demand, what is done with them.

Sentences, people and figures are invented.
"""

from __future__ import annotations

import pytest
from tests.reading.sample_reading import statements

from comity.model import Statement

CLEVELAND_SCHOOLS = "nces:3904378"
COLUMBUS = "ocd-division/country:us/state:oh/place:columbus"
COOK = "ocd-division/country:us/state:il/county:cook"
DAYTON = "ocd-division/country:us/state:oh/place:dayton"
FLORIDA = "ocd-division/country:us/state:fl"
GEORGIA = "ocd-division/country:us/state:ga"
LUCAS = "ocd-division/country:us/state:oh/county:lucas"
OHIO = "ocd-division/country:us/state:oh"
SHERIFF = "ori:OH0480000"
TOLEDO = "ocd-division/country:us/state:oh/place:toledo"


def policies(text: str, home_state: str = "OH") -> list[Statement]:
    return statements(text, "policy", home_state=home_state)


@pytest.mark.parametrize(
    ("text", "subject", "value", "polarity", "modality"),
    [
        (
            "The Dayton City Commission on Tuesday voted 4-1 to bar city police from asking people "
            "about their immigration status.",
            DAYTON,
            {"kind": "status_inquiry_limit", "action": "adopted"},
            "affirmed",
            "actual",
        ),
        (
            "The city of Dayton passed a resolution in 2017 declaring itself a welcoming city for immigrants.",
            DAYTON,
            {"kind": "other", "action": "adopted", "instrument": "resolution"},
            "affirmed",
            "actual",
        ),
        (
            "Columbus Mayor Ann Roe issued an executive order prohibiting the use of city resources "
            "for immigration enforcement.",
            COLUMBUS,
            {"kind": "resource_limit", "action": "adopted", "instrument": "executive order"},
            "affirmed",
            "actual",
        ),
        (
            "Lucas County does not honor ICE detainers without a judicial warrant.",
            LUCAS,
            {"kind": "detainer_limit", "action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "Cook County has a policy of declining ICE detainers.",
            COOK,
            {"kind": "detainer_limit", "action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "Lucas County Sheriff Dan Roe said his deputies do not ask about immigration status.",
            LUCAS,
            {"kind": "status_inquiry_limit", "action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "The Lucas County Sheriff's Office will no longer notify ICE when inmates are released.",
            SHERIFF,
            {"kind": "information_sharing_limit"},
            "affirmed",
            "actual",
        ),
        (
            "The Cleveland Metropolitan School District adopted a policy that prohibits ICE agents "
            "from entering schools without a judicial warrant.",
            CLEVELAND_SCHOOLS,
            {"kind": "facility_access_limit", "action": "adopted", "instrument": "policy"},
            "affirmed",
            "actual",
        ),
        (
            "The Toledo City Council will consider an ordinance next week that would limit cooperation with ICE.",
            TOLEDO,
            {"kind": "resource_limit", "action": "proposed"},
            "affirmed",
            "planned",
        ),
        (
            "The Toledo City Council voted down a proposal to limit cooperation with federal immigration agents.",
            TOLEDO,
            {"kind": "resource_limit", "action": "rejected"},
            "affirmed",
            "actual",
        ),
        (
            "Toledo is not a sanctuary city and has no sanctuary policy, the mayor said.",
            TOLEDO,
            {"kind": "other", "action": "in_force"},
            "negated",
            "actual",
        ),
        (
            "Under state law in Ohio, sheriffs must honor detainers from ICE.",
            OHIO,
            {"kind": "detainer_mandate", "action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "Ohio law bars cities from adopting sanctuary policies.",
            OHIO,
            {"kind": "local_limit_ban", "action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "A 2018 law forbids Ohio cities and counties from adopting sanctuary policies.",
            OHIO,
            {"kind": "local_limit_ban", "action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "A bill in the Ohio House would prohibit sanctuary cities.",
            OHIO,
            {"kind": "local_limit_ban", "action": "proposed", "instrument": "bill"},
            "affirmed",
            "actual",
        ),
        (
            "Gov. Ann Rey of Ohio signed a law Monday that requires sheriffs to enter into 287(g) agreements.",
            OHIO,
            {"kind": "agreement_mandate", "action": "adopted"},
            "affirmed",
            "actual",
        ),
        (
            "Florida law requires every county jail to sign a 287(g) agreement with ICE.",
            FLORIDA,
            {"kind": "agreement_mandate", "action": "in_force"},
            "affirmed",
            "actual",
        ),
        (
            "Georgia's House Bill 1105 requires sheriffs to check the immigration status of inmates.",
            GEORGIA,
            {"kind": "information_sharing_mandate", "citation": "House Bill 1105"},
            "affirmed",
            "actual",
        ),
    ],
)
def test_a_sentence_states(text: str, subject: str, value: dict[str, object], polarity: str, modality: str) -> None:
    found = policies(text)
    assert [item.subject.id for item in found] == [subject]
    assert {slot: found[0].value[slot] for slot in value} == value
    assert (found[0].polarity, found[0].modality) == (polarity, modality)


@pytest.mark.parametrize(
    "text",
    [
        "Does Lucas County tell its deputies not to ask about immigration status?",
        "Residents urged Lucas County not to honor ICE detainers.",
        "Federal law forbids Ohio cities only from restricting the exchange of information about status.",
        "Deputies in Lucas County will keep checking the immigration status of everyone who is booked.",
        "The Lucas County task force shared information with ICE about a drug case.",
    ],
)
def test_what_only_looks_like_one_states_nothing(text: str) -> None:
    assert policies(text) == []
