"""Attributions: a table of invented sentences, with who says what by which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.model import AttributionMention, Pair
from comity.reading.attribution import chain, find, unclaimed
from comity.reading.sentences import paragraphs

STORIES = sorted((Path(__file__).resolve().parents[1] / "golden" / "stories").glob("*.txt"))

Row = tuple[str, str, str]  # source, cue, content; pieces joined by " … "


def said(text: str, spans: tuple[Pair, ...]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def rows(text: str) -> list[Row]:
    return [(said(text, m.source), said(text, m.cue), said(text, m.content)) for m in find(text)]


def only(text: str) -> AttributionMention:
    mentions = find(text)
    assert len(mentions) == 1, rows(text)
    return mentions[0]


TABLE: list[tuple[str, list[Row]]] = [
    # a speaker before, after and in the middle of a quotation
    ("“We will not sign,” Mayor Ana Ruiz said.", [("Mayor Ana Ruiz", "said", "“We will not sign,”")]),
    ("“We will not sign,” said Mayor Ana Ruiz.", [("Mayor Ana Ruiz", "said", "“We will not sign,”")]),
    ("Mayor Ana Ruiz said, “We will not sign.”", [("Mayor Ana Ruiz", "said", "“We will not sign.”")]),
    ("“We will not,” she said, “sign anything.”", [("she", "said", "“We will not,” … “sign anything.”")]),
    ("“We will not,” she said. “Not this year.”", [("she", "said", "“We will not,” … “Not this year.”")]),
    ("“Is it final?” the clerk asked.", [("the clerk", "asked", "“Is it final?”")]),
    ('"We are done," said Holt, the sheriff.', [("Holt, the sheriff", "said", '"We are done,"')]),
    ("'We are done,' said the sheriff.", [("the sheriff", "said", "'We are done,'")]),
    (
        "“Nobody asked us,” said Lee Park, a deputy who runs the jail.",
        [("Lee Park, a deputy who runs the jail", "said", "“Nobody asked us,”")],
    ),
    # reported speech
    ("The sheriff said the county would appeal.", [("The sheriff", "said", "the county would appeal")]),
    # a paper is filed and files nothing: whatever court is named behind it says nothing
    (
        "The complaint filed late Tuesday in federal court in Tulsa says the county broke the law.",
        [("The complaint filed late Tuesday in federal court in Tulsa", "says", "the county broke the law")],
    ),
    (
        "The suit, filed Friday in U.S. District Court in Denver, says the city must pay.",
        [("The suit, filed Friday in U.S. District Court in Denver,", "says", "the city must pay")],
    ),
    (
        "A petition filed this week alleges that the town hid its records.",
        [("A petition filed this week", "alleges", "that the town hid its records")],
    ),
    (
        "The motion filed by the state on Friday in Clark County Court argues that the city must pay.",
        [("The motion filed by the state on Friday in Clark County Court", "argues", "that the city must pay")],
    ),
    (
        "The state filed Monday in Lane County Court and said the sheriff must stop.",
        [("The state", "said", "the sheriff must stop")],
    ),
    (
        "Those rules limit cooperation and harm the work of agents, the complaint states.",
        [("the complaint", "states", "Those rules limit cooperation and harm the work of agents")],
    ),
    ("“We will not sign,” read the letter.", [("the letter", "read", "“We will not sign,”")]),
    ("Talbot's said that he had signed.", [("Talbot's", "said", "that he had signed")]),
    (
        "The attorney general has told Adams, Carroll and Cecil counties that a law voids it.",
        [("The attorney general", "has told", "that a law voids it")],
    ),
    ("Dayton was on the list, officials there said.", [("officials there", "said", "Dayton was on the list")]),
    (
        "The agreement is void, the judge wrote in a 27-page opinion issued on Friday.",
        [("the judge", "wrote", "The agreement is void")],
    ),
    (
        "The letter, approved 5-2, says that the city may lose money.",
        [("The letter, approved 5-2,", "says", "that the city may lose money")],
    ),
    (
        "The county was listed nowhere, said Councilman Emil Radaker, who waited.",
        [("Councilman Emil Radaker, who waited", "said", "The county was listed nowhere")],
    ),
    (
        "The mayor said plainly that, with this vote, officers will be kept out.",
        [("The mayor", "said", "that, with this vote, officers will be kept out")],
    ),
    (
        "Dayton signed up last year, its lawyer reminded reporters.",
        [("its lawyer", "reminded", "Dayton signed up last year")],
    ),
    (
        "Renfrow, a Democrat, has said that he follows that law, and that the county has no agreement.",
        [("Renfrow, a Democrat,", "has said", "that he follows that law, and that the county has no agreement")],
    ),
    (
        "A spokeswoman for the department, Tia Marsh, confirmed the visit.",
        [("A spokeswoman for the department, Tia Marsh,", "confirmed", "the visit")],
    ),
    ("Long said the county would appeal.", [("Long", "said", "the county would appeal")]),
    ("The county would appeal, Hope said.", [("Hope", "said", "The county would appeal")]),
    ("Fleming said the county would appeal.", [("Fleming", "said", "the county would appeal")]),
    ("Harding told the board that it ended.", [("Harding", "told", "that it ended")]),
    (
        "She said the city turns down detainers; that its police do not ask; and that its jails are closed to ICE.",
        [
            (
                "She",
                "said",
                "the city turns down detainers; that its police do not ask; and that its jails are closed to ICE",
            )
        ],
    ),
    (
        "The reply itself, released by her office, says the city “will not alter” its rule.",
        [("The reply itself, released by her office,", "says", "the city “will not alter” its rule")],
    ),
    ("The sheriff said that the county would appeal.", [("The sheriff", "said", "that the county would appeal")]),
    ("The county would appeal, the sheriff said.", [("the sheriff", "said", "The county would appeal")]),
    ("The county, the sheriff said, would appeal.", [("the sheriff", "said", "The county … would appeal")]),
    ("The county would appeal, said Sheriff Dana Holt.", [("Sheriff Dana Holt", "said", "The county would appeal")]),
    ("The mayor told reporters the list was wrong.", [("The mayor", "told", "the list was wrong")]),
    ("The mayor told the council that the list was wrong.", [("The mayor", "told", "that the list was wrong")]),
    ("Officials have not said whether they will sign.", [("Officials", "have not said", "whether they will sign")]),
    ("The clerk asked if the list was final.", [("The clerk", "asked", "if the list was final")]),
    ("The city vowed to appeal.", [("The city", "vowed", "to appeal")]),
    ("Lopez called for an end to the agreement.", [("Lopez", "called for", "an end to the agreement")]),
    ("The union urged the city to sign.", [("The union", "urged", "the city to sign")]),
    ("The governor rejected the list.", [("The governor", "rejected", "the list")]),
    ("As the mayor said, the list was wrong.", [("the mayor", "said", "the list was wrong")]),
    (
        "The mayor said on Tuesday in an interview that the list was wrong.",
        [("The mayor", "said", "that the list was wrong")],
    ),
    (
        "The mayor said in a statement that the list was wrong.",
        [("The mayor", "said in a statement", "that the list was wrong")],
    ),
    (
        "Ana Ruiz, the mayor, said the list was wrong, adding that she would write to the department.",
        [
            ("Ana Ruiz, the mayor,", "said", "the list was wrong"),
            ("Ana Ruiz, the mayor,", "adding", "that she would write to the department"),
        ],
    ),
    (
        "The sheriff says the jail is full and warns the county will lose money.",
        [
            ("The sheriff", "says", "the jail is full"),
            ("The sheriff", "warns", "the county will lose money"),
        ],
    ),
    # according to, nouns, adjectives, thought
    ("According to the county, 40 people are held.", [("the county", "According to", "40 people are held")]),
    (
        "According to court files, the two men tried to pay bail, but the jail refused.",
        [("court files", "According to", "the two men tried to pay bail")],
    ),
    (
        "According to Lee Park, a deputy who came to run the jail, forty people are held.",
        [("Lee Park, a deputy who came to run the jail,", "According to", "forty people are held")],
    ),
    (
        "The county joined in May, the press release said.",
        [("the press release", "said", "The county joined in May")],
    ),
    (
        "Instead, Park said, suits against Dover, Salem and Troy moved him to leave.",
        [("Park", "said", "Instead … suits against Dover, Salem and Troy moved him to leave")],
    ),
    ("Forty people are held, according to the county.", [("the county", "according to", "Forty people are held")]),
    (
        "The department’s claim that the jail refused is old.",
        [("The department’s", "claim", "that the jail refused")],
    ),
    ("The mayor is confident that the city will win.", [("The mayor", "is confident", "that the city will win")]),
    ("The council believes the order is void.", [("The council", "believes", "the order is void")]),
    ("Residents fear that the money will stop.", [("Residents", "fear", "that the money will stop")]),
    # nobody named
    ("The county reportedly ignored three letters.", [("", "reportedly", "The county … ignored three letters")]),
    ("Trustees were told that the state might sue.", [("", "were told", "that the state might sue")]),
    ("The list is expected to grow.", [("", "is expected", "The list … to grow")]),
    ("The plan was rejected by the council.", [("the council", "was rejected", "The plan")]),
    # headlines
    ("Mayor: city will not comply", [("Mayor", ":", "city will not comply")]),
    ("City will not comply, mayor says", [("mayor", "says", "City will not comply")]),
    ("Sheriff Says He Will Not Sign Agreement", [("Sheriff", "Says", "He Will Not Sign Agreement")]),
    # nested
    (
        "The sheriff said ICE had told him that the list was final.",
        [
            ("The sheriff", "said", "ICE had told him that the list was final"),
            ("ICE", "had told", "that the list was final"),
        ],
    ),
    (
        "DHS's claim that the city hid files is false, Mayor Ana Ruiz said.",
        [
            ("DHS's", "claim", "that the city hid files"),
            ("Mayor Ana Ruiz", "said", "DHS's claim that the city hid files is false"),
        ],
    ),
    ("The sheriff was accused of lying.", [("", "was accused of", "lying")]),
    ("It is said that the county ignored the letter.", [("", "is said", "that the county ignored the letter")]),
    (
        "Park told Ruiz that the list, which the department published on Monday, was wrong.",
        [("Park", "told", "that the list, which the department published on Monday, was wrong")],
    ),
    # a participle, a title or a relative clause between the source and its verb
    (
        "Ana Ruiz, reached by phone, said the list was final.",
        [("Ana Ruiz, reached by phone,", "said", "the list was final")],
    ),
    (
        "The suit, filed on Monday, alleges that the list is wrong.",
        [("The suit, filed on Monday,", "alleges", "that the list is wrong")],
    ),
    (
        "The state attorney general confirmed that the list is old.",
        [("The state attorney general", "confirmed", "that the list is old")],
    ),
    ("Forrest said the list was final.", [("Forrest", "said", "the list was final")]),
    (
        "One clerk who knows the office's thinking said the list may grow.",
        [
            ("who", "knows", "the office's thinking"),
            ("One clerk who knows the office's thinking", "said", "the list may grow"),
        ],
    ),
    ("Last month Ruiz bragged to the board that the list was old.", [("Ruiz", "bragged", "that the list was old")]),
    # the speaker last
    ("The list was posted Monday, the Herald reports.", [("the Herald", "reports", "The list was posted Monday")]),
    ("The county must pay, a judge ruled on Tuesday.", [("a judge", "ruled", "The county must pay")]),
    # whose view or figure it is
    ("In the mayor's words, the list is old.", [("the mayor's words", "In", "the list is old")]),
    ("The city is a haven in the eyes of ICE.", [("ICE", "in the eyes of", "The city is a haven")]),
    ("The list, as ICE tells it, is final.", [("ICE", "tells it", "The list … is final")]),
    ("The list is final, per ICE.", [("ICE", "per", "The list is final")]),
    ("The list (per ICE) is final.", [("ICE", "per", "The list … is final")]),
    ("The county pays $100 per person.", []),
    ("The sheriff's position is that the list is old.", [("The sheriff's", "position is", "that the list is old")]),
    ("Organizers put the crowd at 600.", [("Organizers", "put", "the crowd at 600")]),
    ("The jail holds 29, by the sheriff's own count.", [("the sheriff's own count", "by", "The jail holds 29")]),
    # no attribution
    ("Fact check: No, the county has not signed", []),
    ("Public comment: Ann Holt spoke twice", []),
    ("8:15 p.m.: The council has adjourned", []),
    ("The so-called “sanctuary” list has 400 names.", []),
    ("The council met on Tuesday and voted 5-4.", []),
    ("The county has 400 beds.", []),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_who_says_what(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_quotation_goes_on_in_the_next_paragraph_until_it_is_closed() -> None:
    text = "“We asked twice,” Ruiz said. “Nobody answered.\n\n“So we went ahead.”\n\nThe jail is full."
    assert rows(text) == [("Ruiz", "said", "“We asked twice,” … “Nobody answered. … “So we went ahead.”")]


def test_an_announced_quotation_may_stand_in_its_own_paragraph() -> None:
    text = "In a letter on Monday, the mayor wrote:\n\n“We will not sign.”"
    assert rows(text) == [("the mayor", "wrote:", "“We will not sign.”")]


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("“No,” Police Chief Ana Ruiz said. The room was full.\n\n“Never,” she added.", "she", "Police Chief Ana Ruiz"),
        ("“No,” Police Chief Ana Ruiz said. “Never,” Ruiz added.", "Ruiz", "Police Chief Ana Ruiz"),
        ("Mayor Lee Park said the list was old. Later the mayor said it was wrong.", "the mayor", "Mayor Lee Park"),
        ("Officials said the list was final. They said it was old.", "They", "Officials"),
        ("It was Dana Holt who said the list was final.", "who", "Dana Holt"),
        ("The sheriff, who said the list was final, left.", "who", "The sheriff"),
        ("“No,” Sheriff Dana Holt said. Later Mr. Holt said the list was old.", "Mr. Holt", "Sheriff Dana Holt"),
        (
            "“No,” Mayor Lee Park said.\n\nSheriff Ana Ruiz took the floor. She said the list was old.",
            "She",
            "Sheriff Ana Ruiz",
        ),
        ("Mayor Lee Park — who said the list was old — left.", "who", "Mayor Lee Park"),
        ("The list is out, the Herald reported. It says the county is on it.", "It", "The list"),
        # the pronoun's own sentence begins with whom it means
        (
            "Towns defy orders: ‘No way’.\n\nUtah Gov. Ann Roe, a Democrat, posted a letter in which she wrote, “No.”",
            "she",
            "Utah Gov. Ann Roe",
        ),
        ("Holt said no. The county posted a letter in which he called the list old.", "he", "Holt"),
        ("Holt said no. In Mayor Lee Park's letter to the board, she said so.", "she", "Mayor Lee Park"),
        ("President Doe said so. It calls the rule unlawful.", "It", None),
        # another body with the same last word is another body
        ("Grayson County said it will sign. Polk County said it won't.", "Polk County", None),
        (
            "The Tulsa City Council said it agreed. The City Council said it was late.",
            "The City Council",
            "The Tulsa City Council",
        ),
        # not clear, so not given
        ("The jail is full. He said so himself, he said.", "he", None),
        ("Mr. Park said the list was final. She said it was old.", "She", None),
    ],
)
def test_the_speaker_behind_a_pronoun_is_given_where_it_is_clear(text: str, source: str, speaker: str | None) -> None:
    mention = [m for m in find(text) if said(text, m.source) == source][-1]
    assert (text[slice(*mention.speaker)] if mention.speaker else None) == speaker


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sheriff Dana Holt said the list was final.", True),
        ("ICE said the list was final.", True),
        ("The Denver Police Department said the list was final.", True),
        ("Officials in Denver said the list was final.", False),
        ("A teacher said the list was final.", False),
        ("The sheriff said the list was final.", False),
        ("A spokesman for the sheriff said the list was final.", False),
    ],
)
def test_named_tells_a_name_from_a_role(text: str, named: bool) -> None:
    assert only(text).named is named


def test_speech_is_told_from_thought_and_quoted_from_reported() -> None:
    assert only("The mayor said the list was wrong.").speech
    assert not only("The mayor believes the list is wrong.").speech
    assert only("“It is wrong,” the mayor said.").direct
    assert not only("The mayor said it was wrong.").direct


def test_the_chain_runs_from_the_outermost_source_inwards() -> None:
    text = "The sheriff said ICE had told him that the list was final."
    mentions = find(text)
    at = text.index("final")
    links = chain(mentions, at, at + 5)
    assert [said(text, mentions[index].source) for index in links] == ["The sheriff", "ICE"]
    assert mentions[1].parent == 0 and mentions[0].parent is None
    assert chain(mentions, 0, 3) == ()


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("A banner read “Free them all.” It rained.", "Free", False),  # an attribution without a source
        ("The “sanctuary” list is long.", "sanctuary", True),
        ("“They never answered.” Nobody knows who wrote it.", "never", True),
        ("“They never answered,” Ruiz said.", "never", False),
        ("The list is long.", "list", False),
    ],
)
def test_words_in_quotation_marks_without_a_speaker_are_unclaimed(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert unclaimed(text, find(text), start, start + len(word)) is expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The following agencies have 287(g) agreements:\n• Dayton\n• Toledo", False),
        ("The agencies that belong are:\n• Dayton\n• Toledo", False),
        ("The sheriff's office announced:\n• Dayton signed.\n• Toledo signed.", True),
    ],
)
def test_those_who_are_the_items_of_a_list_do_not_say_it(text: str, said: bool) -> None:
    assert bool(find(text)) == said


def test_signs_have_no_source() -> None:
    text = "A sign at the door read “Welcome, neighbors.”"
    assert [m.source for m in find(text)] == [()]


@pytest.mark.parametrize("text", ["", "\n\n", "“", "said", "“”", "said said said.", "According to", "'' ''", ": : :"])
def test_scraps_do_no_harm(text: str) -> None:
    for mention in find(text):
        spans = (*mention.source, *mention.cue, *mention.content)
        assert all(0 <= a < b <= len(text) for a, b in spans)


def test_a_statement_announced_is_of_whoever_released_it() -> None:
    text = "Mayor Ana Ruiz released the following statement on a bill that bars cities:\n\n“We signed nothing, ever.”"
    assert rows(text)[0][0] == "Mayor Ana Ruiz"


def test_the_same_text_gives_the_same_mentions() -> None:
    text = "\n\n".join(row[0] for row in TABLE)
    assert find(text) == find(text)
    assert [m.cue for m in find(text)] == sorted(m.cue for m in find(text))


@pytest.mark.parametrize("path", STORIES[::8], ids=lambda path: path.stem)
def test_what_is_found_up_to_a_paragraph_is_what_is_found_in_the_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    whole = find(text)
    for start, end in paragraphs(text):
        part = find(text, start)
        assert part == whole[: len(part)]
        assert all((mention.cue or mention.content)[0][0] >= end for mention in whole[len(part) :])


@pytest.mark.parametrize(
    "text",
    [
        "The complaint, filed Monday in county court, says that the city, as the mayor told the council, would not pay",
        "He said that. “We won't,” said Ann Roe, who is the sheriff, “sign that,” and according to her, sent it.",
        "ash: glad to hear that",
        "Polk County's contract: planned, announced, canceled, signed",
        "In a letter in which she wrote that the deal, the board says, was planned, Roe announced: “It is canceled.”",
    ],
)
def test_a_text_may_break_off_after_any_word(text: str) -> None:
    words = text.split(" ")
    for count in range(1, len(words) + 1):
        for end in ("", ".", ",", " —", "\n\n"):
            beginning = " ".join(words[:count]) + end
            heard = find(beginning)
            assert all(start < stop <= len(beginning) for one in heard for start, stop in (*one.cue, *one.content))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The agency sent the Polk County jail two subpoenas, including one that was answered, said aide Tina Roe.",
            [("aide Tina Roe", "said")],
        ),
        ("The deputies, led by Ann Roe, said nothing.", [("The deputies, led by Ann Roe,", "said")]),
        ("The law bars officers from asking about immigration status or aiding in arrests.", []),
        ("Nothing keeps the clerk from telling the agency that somebody is released.", []),
        ("Sheriff Ann Roe stands firm that her deputies won't help.", [("Sheriff Ann Roe", "stands firm")]),
        (
            "The suit claims the rule, passed in May after a long debate, violated state law.",
            [("The suit", "claims")],
        ),
    ],
)
def test_who_says_it_where_something_is_set_between(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(source, cue) for source, cue, _ in rows(text)] == expected


def test_what_is_claimed_goes_on_to_the_verb_behind_what_is_set_between() -> None:
    text = "The suit claims the rule, passed in May after a long debate, violated state law."
    assert rows(text)[0][2] == "the rule, passed in May after a long debate, violated state law"
