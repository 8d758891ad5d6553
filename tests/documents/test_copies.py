"""Copies: syndicated, cut and spun texts are found with the words that show it; two reporters at one event are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.documents.copies import Copy, copies, originals

ORIGINAL = """Dayton council limits jail space for immigration holds

The Dayton City Commission voted 4-1 on Wednesday to cap at 35 the beds that the Montgomery County Jail may rent to U.S. Immigration and Customs Enforcement. Mayor Ines Calloway said the vote followed 3 hearings and 212 letters.

Commissioner Ravi Thornbury cast the only vote against. He argued that Dayton would lose $1.2 million a year that Montgomery County now shares with it.

Sheriff Lowell Brandt of Montgomery County told the Gem City Sampler that the jail held 41 people for ICE on Tuesday, and that the agency pays $98 a day for each. The contract with Washington runs until June 2027.

The Ohio Immigrant Table, a coalition in Columbus, praised Calloway. The Buckeye Sheriffs' League called the cap unlawful and promised to sue in Franklin County.
"""  # noqa: E501
SPUN = """Immigration detention capped by commissioners in Dayton

By 4 votes to 1, Dayton's City Commission decided Wednesday to restrict to 35 the number of places which Montgomery County Jail can let to the federal Immigration and Customs Enforcement. According to Mayor Ines Calloway, the decision came after 3 public sessions and 212 written messages.

The sole dissenter was Commissioner Ravi Thornbury, in whose view Dayton stands to forfeit $1.2 million annually which it gets from Montgomery County.

As Montgomery County's Sheriff Lowell Brandt informed the Gem City Sampler, 41 persons were being kept there for ICE on Tuesday, each of them bringing in $98 daily. The deal concluded with Washington expires in June 2027.

Praise for Calloway came from the Ohio Immigrant Table, based in Columbus. The Buckeye Sheriffs' League deems the limit illegal and vows a suit in Franklin County.
"""  # noqa: E501
INDEPENDENT = """Fewer beds for ICE

Sheriff Lowell Brandt will have to tell ICE to look elsewhere. Montgomery County's jail held 41 federal detainees the day before the Dayton City Commission capped that number at 35 on Wednesday.

Brandt had warned of the cost: at $98 a day, the county stands to lose more than $200,000 a year. Commissioner Ravi Thornbury agreed and voted no. Lucia Farrow of the Miami Valley Watch, who spoke against the contract at the hearing in Kettering in May, wept.

Mayor Ines Calloway was not surprised by the threat of a suit. "Let Columbus try," she said, meaning the Buckeye Sheriffs' League. The Ohio Immigrant Table had brought 60 people by bus from Cincinnati.
"""  # noqa: E501


def pair(*texts: str) -> Copy | None:
    found = copies({str(number): text for number, text in enumerate(texts)})
    return found[0] if found else None


def words_of(text: str, span: tuple[int, int]) -> list[str]:
    return text[slice(*span)].casefold().replace("’", "'").split()


def test_the_same_words_in_other_lines_and_quotation_marks_are_the_same_text() -> None:
    found = pair(ORIGINAL, ORIGINAL.replace("\n\n", "\n").replace("'", "’"))
    assert found is not None
    assert (found.kind, found.one_share, found.other_share) == ("same", 1.0, 1.0)


def test_a_text_cut_to_its_beginning_is_found_with_the_words_that_show_it() -> None:
    cut = ORIGINAL[: ORIGINAL.index("Sheriff Lowell")]
    found = pair(ORIGINAL, cut)
    assert found is not None
    assert found.kind == "verbatim"
    assert found.other_share == 1.0
    assert found.one_share < 0.6
    assert all(words_of(ORIGINAL, each.one) == words_of(cut, each.other) for each in found.passages)


def test_a_text_with_a_few_words_changed_is_found() -> None:
    changed = ORIGINAL.replace("voted 4-1 on Wednesday", "decided on Wednesday, 4-1,").replace("praised", "thanked")
    found = pair(ORIGINAL, changed)
    assert found is not None
    assert found.kind == "verbatim"
    assert len(found.passages) >= 2


def test_a_spun_copy_is_found_by_its_names_and_figures_in_their_order() -> None:
    found = pair(ORIGINAL, SPUN)
    assert found is not None
    assert found.kind == "reworded"
    assert any("41" in ORIGINAL[slice(*each.one)] and "41" in SPUN[slice(*each.other)] for each in found.passages)


def test_two_reporters_at_one_event_are_no_copies() -> None:
    assert pair(ORIGINAL, INDEPENDENT) is None
    assert pair(SPUN, INDEPENDENT) is None


def test_an_article_that_quotes_a_release_whole_is_no_copy_of_it() -> None:
    release = ORIGINAL[ORIGINAL.index("Commissioner Ravi") : ORIGINAL.index("The Ohio")]
    article = f"{release}\n{INDEPENDENT}"
    found = copies({"release": release, "article": article})
    assert originals(found, ["release", "article"]) == {}
    assert originals(found, ["article", "release"]) == {"release": "article"}


def test_a_few_words_in_common_make_no_copy_of_short_texts() -> None:
    short = "The Dayton City Commission voted 4-1 on Wednesday to cap the beds."
    assert pair(short + " Calloway was pleased.", short + " Brandt was not.") is None


def test_copies_of_copies_go_back_to_the_first() -> None:
    half = ORIGINAL[: len(ORIGINAL) // 2]
    found = copies({"a": ORIGINAL, "b": half + INDEPENDENT[:200], "c": half, "d": INDEPENDENT})
    assert originals(found, ["a", "b", "c", "d"]) == {"b": "a", "c": "a"}


def test_a_digest_of_two_accounts_does_not_make_them_one() -> None:
    found = copies({"one": ORIGINAL, "two": INDEPENDENT, "digest": f"{ORIGINAL}\n{INDEPENDENT}"})
    assert originals(found, ["one", "two", "digest"]) == {"digest": "one"}


def test_empty_and_very_short_texts_are_copies_only_of_the_same_words() -> None:
    found = copies({"empty": "", "blank": " \n", "a": "No comment.", "b": "No comment", "c": "A comment."})
    assert [(each.one, each.other, each.kind) for each in found] == [("a", "b", "same")]


def test_many_copies_of_one_text_are_joined_without_naming_every_pair() -> None:
    texts = {f"{number:03}": f"{ORIGINAL}\nEdition {number} of the Sampler.\n" for number in range(200)}
    found = copies(texts)
    assert set(originals(found, sorted(texts)).values()) == {"000"}
    assert len(found) < 2 * len(texts)


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_the_texts_makes_no_difference(order: list[str]) -> None:
    texts = {"a": ORIGINAL, "b": SPUN, "c": INDEPENDENT, "d": ORIGINAL[:900], "e": SPUN[:700]}
    assert copies({name: texts[name] for name in order}) == copies(texts)
