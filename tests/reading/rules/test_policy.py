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
            "planned",
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


# --- families of wordings: each with whom it is told of, the kind and the polarity
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Dayton police officers may not inquire about anyone's immigration status.",
            [(DAYTON, "status_inquiry_limit", "affirmed")],
        ),
        (
            ("Under a 2019 ordinance, Dayton employees can't ask residents about their immigration status."),
            [(DAYTON, "status_inquiry_limit", "affirmed")],
        ),
        (
            "Dayton police do not check the immigration status of people they stop.",
            [(DAYTON, "status_inquiry_limit", "affirmed")],
        ),
        (
            ("In Dayton, officers are instructed not to question anyone about citizenship or immigration status."),
            [(DAYTON, "status_inquiry_limit", "affirmed")],
        ),
        ("It is Dayton's policy not to ask about immigration status.", [(DAYTON, "status_inquiry_limit", "affirmed")]),
        (
            "Columbus bars city workers from collecting information about immigration status.",
            [(COLUMBUS, "status_inquiry_limit", "affirmed")],
        ),
        ("Lucas County stopped honoring ICE detainers in 2014.", [(LUCAS, "detainer_limit", "affirmed")]),
        (
            (
                "The Lucas County jail won't hold inmates past their release dates for ICE without a "
                "warrant signed by a judge."
            ),
            [(LUCAS, "detainer_limit", "affirmed")],
        ),
        ("Lucas County ignores immigration detainers.", [(LUCAS, "detainer_limit", "affirmed")]),
        (
            "Lucas County honors detainers only when they come with a judicial warrant.",
            [(LUCAS, "detainer_limit", "affirmed")],
        ),
        ("Detainers are not honored in Lucas County.", [(LUCAS, "detainer_limit", "affirmed")]),
        (
            "Lucas County will not detain anyone solely on the basis of an immigration detainer.",
            [(LUCAS, "detainer_limit", "affirmed")],
        ),
        (
            "Lucas County has a longstanding policy against holding people for immigration agents.",
            [(LUCAS, "detainer_limit", "affirmed")],
        ),
        (
            "Lucas County refuses to keep inmates in custody at the request of ICE.",
            [(LUCAS, "detainer_limit", "affirmed")],
        ),
        (
            ("Lucas County adopted a rule that deputies shall not prolong a person's detention for ICE."),
            [(LUCAS, "detainer_limit", "affirmed")],
        ),
        (
            ("Columbus bars its police from sharing information with federal immigration authorities."),
            [(COLUMBUS, "information_sharing_limit", "affirmed")],
        ),
        (
            "Lucas County no longer tells ICE when inmates will be released.",
            [(LUCAS, "information_sharing_limit", "affirmed")],
        ),
        (
            "Lucas County does not notify immigration agents of release dates.",
            [(LUCAS, "information_sharing_limit", "affirmed")],
        ),
        (
            "Columbus will not give ICE access to its license plate reader data.",
            [(COLUMBUS, "information_sharing_limit", "affirmed")],
        ),
        (
            ("An ordinance prohibits Columbus from disclosing residents' immigration status to federal authorities."),
            [(COLUMBUS, "information_sharing_limit", "affirmed")],
        ),
        (
            (
                "Columbus does not allow federal immigration agents into nonpublic areas of city "
                "buildings without a judicial warrant."
            ),
            [(COLUMBUS, "facility_access_limit", "affirmed")],
        ),
        (
            (
                "The Cleveland Metropolitan School District requires ICE agents to show a warrant "
                "signed by a judge before they enter a school."
            ),
            [(CLEVELAND_SCHOOLS, "facility_access_limit", "affirmed")],
        ),
        (
            "Columbus Mayor Ann Roe signed an order keeping ICE off city property.",
            [(COLUMBUS, "facility_access_limit", "affirmed")],
        ),
        (
            "Columbus banned ICE from using city parking lots as staging areas.",
            [(COLUMBUS, "facility_access_limit", "affirmed")],
        ),
        (
            "ICE agents may not enter city buildings in Columbus without a judicial warrant.",
            [(COLUMBUS, "facility_access_limit", "affirmed")],
        ),
        ("Lucas County denies ICE access to its jail.", [(LUCAS, "jail_access_limit", "affirmed")]),
        ("Lucas County does not let immigration agents interview inmates.", [(LUCAS, "jail_access_limit", "affirmed")]),
        ("Lucas County will not transfer inmates to ICE custody.", [(LUCAS, "jail_access_limit", "affirmed")]),
        (
            "The Lucas County Sheriff's Office kicked ICE agents out of the jail.",
            [(SHERIFF, "jail_access_limit", "affirmed")],
        ),
        (
            "Columbus prohibits the use of city money to assist with immigration enforcement.",
            [(COLUMBUS, "resource_limit", "affirmed")],
        ),
        ("Columbus police do not enforce federal immigration law.", [(COLUMBUS, "resource_limit", "affirmed")]),
        ("Columbus officers won't take part in immigration raids.", [(COLUMBUS, "resource_limit", "affirmed")]),
        (
            "Columbus limits its cooperation with Immigration and Customs Enforcement.",
            [(COLUMBUS, "resource_limit", "affirmed")],
        ),
        (
            "The Columbus City Council passed an ordinance restricting how police work with ICE.",
            [(COLUMBUS, "resource_limit", "affirmed")],
        ),
        (
            "Columbus police will not assist ICE in civil immigration arrests.",
            [(COLUMBUS, "resource_limit", "affirmed")],
        ),
        (
            "Columbus has told its officers not to help federal agents with deportations.",
            [(COLUMBUS, "resource_limit", "affirmed")],
        ),
        (
            "Columbus police officers are not in the business of enforcing immigration law.",
            [(COLUMBUS, "resource_limit", "affirmed")],
        ),
        ("Lucas County honors all ICE detainers.", [(LUCAS, "detainer_mandate", "affirmed")]),
        (
            "The Lucas County jail notifies ICE whenever it books someone born abroad.",
            [(LUCAS, "information_sharing_mandate", "affirmed")],
        ),
        (
            "Ohio lawmakers passed a bill that would require sheriffs to hold inmates for ICE.",
            [(OHIO, "detainer_mandate", "affirmed")],
        ),
        (
            ("A new Ohio law requires local police to cooperate with federal immigration authorities."),
            [(OHIO, "cooperation_mandate", "affirmed")],
        ),
        (
            "A Florida law orders sheriffs to enter into 287(g) agreements.",
            [(FLORIDA, "agreement_mandate", "affirmed")],
        ),
        ("Ohio law does not require sheriffs to honor ICE detainers.", [(OHIO, "detainer_mandate", "negated")]),
        ("Lucas County cooperates fully with ICE, the sheriff said.", [(LUCAS, "cooperation_mandate", "affirmed")]),
        ("Florida bans sanctuary cities.", [(FLORIDA, "local_limit_ban", "affirmed")]),
        ("The Ohio House passed a measure outlawing sanctuary policies.", [(OHIO, "local_limit_ban", "affirmed")]),
        (
            ("A Florida statute forbids counties to adopt policies that limit immigration enforcement."),
            [(FLORIDA, "local_limit_ban", "affirmed")],
        ),
        ("Gov. Ann Rey of Ohio vetoed a bill to ban sanctuary cities.", [(OHIO, "local_limit_ban", "affirmed")]),
        (
            "An Ohio bill would strip state money from cities with sanctuary policies.",
            [(OHIO, "local_limit_ban", "affirmed")],
        ),
        ("Toledo rescinded its sanctuary policy.", [(TOLEDO, "other", "affirmed")]),
        (
            ("The Toledo City Council repealed the ordinance that kept police from asking about immigration status."),
            [(TOLEDO, "status_inquiry_limit", "affirmed")],
        ),
        ("The Toledo City Council tabled a resolution on immigration enforcement.", [(TOLEDO, "other", "affirmed")]),
        ("Toledo is considering a resolution against helping ICE.", [(TOLEDO, "resource_limit", "affirmed")]),
        ("Toledo has no policy on immigration enforcement.", [(TOLEDO, "other", "negated")]),
        ("Toledo never adopted a sanctuary ordinance.", [(TOLEDO, "other", "negated")]),
        ("Toledo has no plans to repeal its ordinance on immigration enforcement.", [(TOLEDO, "other", "negated")]),
        (
            ("Dayton's ordinance, adopted in 2017, bars police from asking about immigration status."),
            [(DAYTON, "status_inquiry_limit", "affirmed"), (DAYTON, "status_inquiry_limit", "affirmed")],
        ),
        ("Columbus cut ties with ICE in 2018.", [(COLUMBUS, "resource_limit", "affirmed")]),
        (
            "Lucas County ended its cooperation with federal immigration authorities.",
            [(LUCAS, "resource_limit", "affirmed")],
        ),
        ("Toledo ended its sanctuary status on immigration.", [(TOLEDO, "other", "affirmed")]),
        (
            "The Toledo City Council voted 7-2 to become a sanctuary city for immigrants.",
            [(TOLEDO, "other", "affirmed")],
        ),
        (
            "Lucas County does not hold people for ICE unless ICE presents a judicial warrant.",
            [(LUCAS, "detainer_limit", "affirmed")],
        ),
        ("Lucas County will not honor ICE detainers, the sheriff said.", [(LUCAS, "detainer_limit", "affirmed")]),
    ],
)
def test_a_wording_is_read(text: str, told: list[tuple[str, str, str]]) -> None:
    found = policies(text)
    assert sorted((str(item.subject.id), str(item.value["kind"]), item.polarity) for item in found) == sorted(told)


@pytest.mark.parametrize(
    "text",
    [
        "Should Dayton police ask about immigration status?",
        "Advocates called on Columbus to bar police from helping ICE.",
        "ICE agents refused to show a warrant at a Columbus school.",
        "Many sanctuary cities limit cooperation with ICE.",
        "The judge barred ICE from arresting people at the Columbus courthouse.",
        "Columbus police asked drivers about their speed; ICE was not involved.",
        "A Columbus man said he was not asked about his immigration status.",
        "Lucas County honored its veterans as ICE agents looked on.",
        "Activists urged Columbus to cut ties with ICE.",
    ],
)
def test_a_wording_of_something_else_is_passed_over(text: str) -> None:
    assert policies(text) == []


def test_a_kind_that_is_told_makes_no_second_statement_of_some_other_kind() -> None:
    text = "Lucas County adopted a comparable policy in 2013 that declines ICE detainers without a judicial warrant."
    assert [item.value["kind"] for item in policies(text)] == ["detainer_limit"]


@pytest.mark.parametrize(
    ("text", "kind", "action", "polarity", "modality"),
    [
        (
            "Ohio officers aren't barred from assisting federal immigration agents in an emergency.",
            "resource_limit",
            "in_force",
            "negated",
            "actual",
        ),
        (
            "The new Ohio law restricts the cooperation of sheriffs and police with federal immigration authorities.",
            "resource_limit",
            "in_force",
            "affirmed",
            "actual",
        ),
        (
            "Dayton is home to immigrants. Police would be directed not to ask them about their immigration status.",
            "status_inquiry_limit",
            "proposed",
            "affirmed",
            "actual",
        ),
        ("Ohio governor signs ban on 'sanctuary cities' into law", "local_limit_ban", "adopted", "affirmed", "actual"),
        (
            "Gov. Ann Roe of Ohio signed legislation that bans “sanctuary cities” in the state.",
            "local_limit_ban",
            "adopted",
            "affirmed",
            "actual",
        ),
    ],
)
def test_what_ordinary_news_says_of_a_rule(text: str, kind: str, action: str, polarity: str, modality: str) -> None:
    found = [item for item in policies(text) if item.value["kind"] == kind]
    assert [(item.value["action"], item.polarity, item.modality) for item in found] == [(action, polarity, modality)]


@pytest.mark.parametrize(
    ("text", "kind", "action"),
    [
        ("Ohio governor lets bill limiting police work with ICE become law", "resource_limit", "adopted"),
        (
            "Gov. Ann Roe of Ohio signed House Bill 26, which bars police from asking people about their immigration "
            "status.",
            "status_inquiry_limit",
            "adopted",
        ),
        (
            "Ohio Gov. Ann Roe on Monday signed Ohio's Safe Streets Act, which limits cooperation with ICE.",
            "resource_limit",
            "adopted",
        ),
        (
            "Toledo brought back a policy that bars police from asking about immigration status.",
            "status_inquiry_limit",
            "adopted",
        ),
        ("Toledo agreed Friday to honor ICE detainers.", "detainer_mandate", "adopted"),
        (
            "The Toledo City Council voted Monday to override the mayor's veto of a policy on immigration enforcement.",
            "other",
            "adopted",
        ),
        ("A resolution on immigrants in Toledo won the council's unanimous approval.", "other", "adopted"),
        (
            "Toledo council members gave preliminary approval Tuesday to an ordinance on immigration enforcement.",
            "other",
            "proposed",
        ),
        (
            "The Toledo City Council debated an ordinance on immigration enforcement. It would bar police from asking "
            "about immigration status.",
            "status_inquiry_limit",
            "proposed",
        ),
        (
            "The Toledo City Council rejected an ordinance on immigration enforcement. It also would have prohibited "
            "jail staff from honoring ICE detainers.",
            "detainer_limit",
            "rejected",
        ),
        (
            "The Toledo ordinance would have barred police from asking about immigration status.",
            "status_inquiry_limit",
            "rejected",
        ),
        (
            "Lucas County Sheriff Dana Poll said people on ICE holds will be freed once their local charges are "
            "settled.",
            "detainer_limit",
            "in_force",
        ),
        (
            "ICE agents came to a school. Toledo Public Schools lets nobody in without a warrant.",
            "facility_access_limit",
            "in_force",
        ),
        ("Toledo adopts limits on immigration holds", "detainer_limit", "adopted"),
        ("Under the rule of Toledo, ICE detainers are honored only for felons.", "detainer_limit", "in_force"),
        (
            "The resolution says Toledo may keep residents' information confidential, their immigration status "
            "included.",
            "information_sharing_limit",
            "in_force",
        ),
        ("The Lucas County Sheriff's Office cooperates closely with ICE.", "cooperation_mandate", "in_force"),
        ("A law in Ohio requires jails to comply with ICE.", "cooperation_mandate", "in_force"),
        (
            "Ohio passed an immigration bill. It also forbids local governments to discourage officers from enforcing "
            "immigration law.",
            "local_limit_ban",
            "in_force",
        ),
    ],
)
def test_what_is_done_with_a_rule_or_told_of_it(text: str, kind: str, action: str) -> None:
    found = [item for item in policies(text) if item.value["kind"] == kind]
    assert [(item.value["action"], item.polarity, item.modality) for item in found] == [(action, "affirmed", "actual")]


@pytest.mark.parametrize(
    "text",
    [
        "The letter says Toledo could lose money if it doesn't cooperate with immigration authorities.",
        "Toledo waits. An executive order directs the Justice Department to draw up rules on sanctuary cities.",
        "Toledo is small. Sanctuary towns are those that limit help to ICE.",
        "The council took part in a national debate on immigration policy in Toledo.",
        "Toledo weighed measures against Ohio's law on immigration.",
        "Advocates called for limits on ICE detainers in Toledo.",
        "A judge kept the records of the ICE arrest in Toledo secret.",
        'The Toledo mayor vetoed a plan that would have declared the city a "welcoming city" to immigrants.',
    ],
)
def test_what_is_nobodys_rule_is_passed_over(text: str) -> None:
    assert [item for item in policies(text) if item.value["action"] in ("adopted", "in_force", "proposed")] == []


def test_what_it_also_requires_is_told_of_the_state_whose_law_it_is() -> None:
    text = "Ohio passed an immigration bill. It also requires jails to comply with federal requests to hold people."
    found = [item for item in policies(text) if item.value["kind"] == "detainer_mandate"]
    assert [item.subject.id for item in found] == [OHIO]


def test_what_a_rule_forbids_is_no_duty() -> None:
    text = "Dayton told its officers not to ask people about their status, or help immigration agents make arrests."
    assert "cooperation_mandate" not in {item.value["kind"] for item in policies(text)}
