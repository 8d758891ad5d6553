"""Sentences: a table of texts, each sentence between bars."""

from __future__ import annotations

import itertools

import pytest

from comity.reading.sentences import paragraphs, split

# A bar stands where one sentence ends and the next begins.
TABLE = [
    # abbreviations and titles
    "Mr. Ruiz met Gov. Ana Cole on Monday.|She agreed.",
    "“Mr. Ruiz can stay,” the mayor said.|He left.",
    "The U.S. Senate met in Washington, D.C., on Friday.|Nothing passed.",
    "He lives in Washington, D.C.|She moved to Ohio.",
    "The meeting began at 9 a.m. Tuesday and ended at 4 p.m.|Nobody spoke.",
    "Peoria, Ill., joined in 2017.|So did Gary, Ind., a year later.",
    "Ordinance No. 24-117 passed.|No. 2 on the list is Dayton.",
    "J. R. Doe signed for the county.|So did M. Lopez.",
    "Dr. Lee of St. Louis and Sgt. Kim testified.",
    "The firm, Hale & Co., sued.|Its lawyer, Roe Jr., spoke.",
    "See Smith v. Jones, 5 U.S. 137.|It holds.",
    "They asked, e.g., Dayton and Toledo.",
    "He earned a Ph.D. from Ohio State.",
    "DOVER, Del. — The attorney general sued.|It was late.",
    "SALEM, N.H. -- Two more towns signed.",
    "It costs approx. $2 million a year.",
    "1:10 p.m.|Hobart says he would sign.",
    "7:05 p.m. — The board meets.",
    # quotations stay with their said clause
    "“Are you sure?” she asked.|“Yes!” he said.",
    "“Is it final?” Mayor Ortiz asked.|Nobody knew.",
    "“We will appeal.” The mayor left.".replace("” The", "”|The"),
    "“Stop. Listen to us,” he said.".replace("“Stop. ", "“Stop.|"),
    "''It is final,'' said Lopez.|''We are done.''",
    "She said, “We won.”|Then she left.",
    "'Nobody asked us,' the clerk said.|'Nobody.'",
    # ellipses, lists, marks
    "We waited... and waited.|Then it came.",
    "We waited...|Then it came.",
    "Who knew?|Not the council!|Not the clerk.",
    "The list (all 400 names) was wrong.|It was withdrawn.",
    "It costs $3.2 million.|The vote was 5-4.",
    "Read it at example.org.|It is short.",
]


@pytest.mark.parametrize("table", TABLE)
def test_sentences_end_where_a_reader_would_end_them(table: str) -> None:
    expected = table.split("|")
    text = " ".join(expected)
    assert [text[start:end] for start, end in split(text)] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The town left the program.The vote was close.", 2),
        ("“It works.”The council said so.“We voted,” Roe said.", 3),
        ("See example.Com/news, the U.S.Code and 3.Five a.m.The end", 1),
    ],
)
def test_sentences_may_be_set_without_a_blank_between_them(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_a_sentence_never_crosses_a_paragraph() -> None:
    text = "City will not sign\n\nThe mayor said so on Monday\nA second line without a stop\n\n“We will not,” she said."
    assert [text[start:end] for start, end in split(text)] == [
        "City will not sign",
        "The mayor said so on Monday",
        "A second line without a stop",
        "“We will not,” she said.",
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The council voted on Tuesday night to end the agreement with the\n"
        "county jail, after two hours of testimony from residents of the east\n"
        "side and a letter from the sheriff. The vote was five to four, and\n"
        "nobody spoke against it.\n\nThe mayor will sign it."
    )
    assert len(paragraphs(text)) == 2
    assert len(split(text)) == 3


@pytest.mark.parametrize("text", ["", " \n\n ", "\n", "…", "”"])
def test_nothing_to_split_gives_nothing_that_is_blank(text: str) -> None:
    assert all(text[start:end].strip() for start, end in split(text))


def test_spans_are_in_order_and_hold_every_word() -> None:
    text = "A. B. said “x.” Y? ... ‘Z’ 3.5 U.S. a.m. Mr.\n\n\tNext — line."
    spans = split(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == "".join(text.split())
