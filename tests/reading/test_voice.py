"""Whose words: the right mouth, or an honest "uncertain"; never the outlet's own by mistake."""

from __future__ import annotations

import pytest

from comity.reading import attribution, quotations
from comity.reading.voice import hear


def heard(text: str, head: str) -> tuple[str, list[str | None]]:
    start = text.index(head)
    answer = hear(text, attribution.find(text), quotations.find(text), (start, start + len(head)), (0, len(text)))
    return answer.voice, [link.source for link in answer.attribution]


@pytest.mark.parametrize(
    ("text", "voice", "sources"),
    [
        ("Toledo signed the deal.", "own", []),
        ("Toledo signed the deal, Mayor Ana Ruiz said.", "attributed", ["Mayor Ana Ruiz"]),
        ("Mayor Ana Ruiz said Toledo signed the deal.", "attributed", ["Mayor Ana Ruiz"]),
        ("According to the sheriff, Toledo signed the deal.", "attributed", ["the sheriff"]),
        ("“Toledo signed the deal,” Mayor Ana Ruiz said.", "attributed", ["Mayor Ana Ruiz"]),
        ("The suit filed Monday says Toledo signed it.", "attributed", ["The suit filed Monday"]),
        ("The mayor must respond to the claim that Toledo signed it.", "attributed", ["The mayor", None]),
        ("The board has ten days to reply to the suit over what Toledo signed.", "own", []),
        ("The mayor responded to the letter, which Toledo signed for.", "own", []),
        ("The mayor responded to the suit saying Toledo signed nothing.", "attributed", ["The mayor"]),
    ],
)
def test_a_claim_is_in_the_mouth_that_made_it(text: str, voice: str, sources: list[str]) -> None:
    assert heard(text, "signed") == (voice, sources)


@pytest.mark.parametrize(
    "text",
    [
        "Toledo reportedly signed the deal.",
        "Rumor has it that Toledo signed the deal.",
        "Sheriff: Toledo signed the deal.",
        "A posting of unknown origin alleged, among other things and at some length, that Toledo signed the deal.",
        "The flyer read “Toledo signed the deal” and nothing else.",
    ],
)
def test_what_shows_that_somebody_says_so_is_not_the_outlets_own(text: str) -> None:
    voice, _ = heard(text, "signed")
    assert voice != "own"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # in the middle of the claim, with a listener, a relative clause, a verb that looks like a noun
        ("Toledo, Chief Ana Ruiz told the board, signed nothing.", "Chief Ana Ruiz"),
        ("Toledo, according to three clerks who work there, signed nothing.", "three clerks"),
        ("Toledo, critics say, signed at a loss.", "critics"),
        # whose view it is
        ("To critics, Toledo signed too soon.", "critics"),
        ("To Ana Ruiz, who runs the bar, Toledo signed too soon.", "Ana Ruiz"),
        ("In her account, Toledo signed too soon.", "her account"),
        ("There is a belief among some in town that Toledo signed.", "some in town"),
        ("Her concern is that Toledo signed too soon.", "Her"),
        # what is told of an example that somebody gives
        ("Ruiz pointed to Toledo, which signed in 2019.", "Ruiz"),
        ("As an example he cited Toledo, where the council signed.", "he"),
        # a headline's speaker at its end
        ("Toledo signed a bad deal: DHS", "DHS"),
        ("Toledo signed without a vote — lawsuit", "lawsuit"),
        # turns of an interview; time and place before the speaker
        ("Will Toledo sign?\n\nRuiz: Yes. We signed on Friday.", "Ruiz"),
        ("7:40 p.m. From the floor, a retired teacher: Toledo signed too soon.", "a retired teacher"),
        # papers, and people of a bill or plan
        ("The county claims in its motion that Toledo signed.", "The county"),
        ("Emails sent to the Herald under the law show Toledo signed.", "Emails sent to the Herald under the law"),
        ("Supporters of the bill point out that Toledo signed.", "Supporters of the bill"),
        ("According to records the group obtained, Toledo signed.", "records the group obtained"),
        ("Two people familiar with the talks said Toledo signed.", "Two people familiar with the talks"),
        ("A clerk was told by the county's lawyer that Toledo signed.", "the county's lawyer"),
        ("As first reported by the Herald, Toledo signed in May.", "the Herald"),
        ("The sheriff maintains, and the lawyers agree, that Toledo signed.", "The sheriff"),
        ("A judge blocked the order, finding that Toledo signed in time.", "A judge"),
        ("The suit describes how Toledo signed.", "The suit"),
        ("The chief was clear that Toledo signed.", "The chief"),
        ("The mayor's recollection is that Toledo signed.", "The mayor's"),
        ("The deal, as Ruiz read it, shows Toledo signed.", "Ruiz"),
        # what goes on after the speaker with another tense
        ("Akron will hide nothing, she wrote, and has signed the deal.", "she"),
        # what an order finds to be so is the court's; what a rule says is not
        ("The order says the city has signed.", "The order"),
    ],
)
def test_claims_without_a_plain_said_have_their_speaker(text: str, source: str) -> None:
    assert heard(text, "signed") == ("attributed", [source])


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Ruiz was furious. Toledo signed a bad deal.", "uncertain"),
        ("Ruiz sees it differently. Toledo signed a bad deal.", "uncertain"),
        ("For Ruiz the matter is simple. Toledo signed a bad deal.", "uncertain"),
        ("Ruiz shrugged off the question. What was there to say? Toledo signed in May.", "uncertain"),
        ("Ruiz gave three reasons. Toledo signed in haste.", "uncertain"),
        ("Ruiz was blunter still. Toledo signed in haste.", "uncertain"),
        ("Ruiz said the deal was bad. Toledo had signed it blind.", "uncertain"),
        ("Ruiz said the deal was bad. The bill would have signed it away.", "own"),
        ("Ruiz said the deal was bad. Toledo signed it in May.", "own"),
        ("Ruiz was furious.\n\nToledo signed a bad deal.", "own"),
    ],
)
def test_thoughts_of_whom_the_sentences_before_show_are_not_the_outlets_own(text: str, voice: str) -> None:
    at = text.index("signed")
    start = max(text.rfind(mark, 0, at) for mark in (". ", "? ", "\n")) + 1
    head, sentence = (at, at + 6), (start + (text[start] == " "), len(text))
    assert hear(text, attribution.find(text), quotations.find(text), head, sentence).voice == voice


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The complaint says Akron hides files. It also signed the deal.", "uncertain"),
        ("The mayor said Akron hides files. Toledo signed the deal. He said it was old.", "uncertain"),
        ("The mayor said Akron hides files. Toledo signed the deal.", "own"),
        ("“We hide nothing,” the mayor said. Toledo signed the deal. He called it old.", "own"),
        ("The mayor said Akron hides files.\n\nToledo also signed the deal.", "own"),
    ],
)
def test_a_report_may_go_on_unmarked_into_the_next_sentence(text: str, voice: str) -> None:
    start, at = (
        text.rindex(". ", 0, text.index("signed")) + 2 if "\n" not in text else text.index("\n") + 2,
        text.index("signed"),
    )
    end = text.index(".", at) + 1
    answer = hear(text, attribution.find(text), quotations.find(text), (at, at + 6), (start, end))
    assert answer.voice == voice


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Akron is aware that Toledo signed.", "signed"),
        ("Toledo does not call itself a sanctuary.", "itself"),
        ("Toledo trustees voted Tuesday to sign a deal with the county.", "sign a deal with the county"),
        ("Toledo, whose chief says it “has enough to do,” has signed.", "signed"),
        ("That rule, which Toledo passed that night, bars agents.", "bars"),
    ],
)
def test_acts_and_what_is_known_are_told_by_the_outlet(text: str, head: str) -> None:
    assert heard(text, head)[0] in ("own", "uncertain")


def test_what_stands_beside_a_claim_is_the_outlets_own() -> None:
    assert heard("Mayor Ana Ruiz said it rained, but Toledo signed the deal.", "signed") == ("own", [])


@pytest.mark.parametrize(
    "text",
    [
        # what somebody says of the things told of
        "Toledo signed a deal with 12 cities, towns and counties that it says are partners.",
        # whose claim ends before, with its quotation
        'Toledo, whose chief says his department "has enough to do," signed nothing.',
    ],
)
def test_a_claim_beside_it_takes_nothing_from_the_outlet(text: str) -> None:
    assert heard(text, "signed") == ("own", [])
