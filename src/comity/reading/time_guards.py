"""Whether words that look like a time expression are one where they stand: names, counts, citations, ages aside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from comity.reading.time_tense import direction
from comity.reading.time_words import Word
from comity.vocabulary import language

__all__ = ["stands"]

_KEYS = (
    "ambiguous_months", "year_blockers_before", "counted_nouns", "approximators", "street_words", "decade_possessives",
    "given_name_titles", "month_openers", "month_articles", "month_not_before", "year_in_short_before",
    "weekday_abbreviations", "month_abbreviations", "season_openers", "weekend_openers", "bare_day_before",
    "bare_day_after", "recurring_before", "weekday_openers", "capital_month_openers", "circa", "named_periods",
    "period_openers",
)  # fmt: skip


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    data = language("time")
    return {key: frozenset(str(name) for name in data[key]) for key in _KEYS}


def _low(word: Word | None) -> str:
    return "" if word is None else word.text.lower()


def _is_word(word: Word | None) -> bool:
    return word is not None and word.text[0].isalpha()


def stands(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether the tokens ``[first, last)`` are a date here, by what stands around them."""
    lists = _lists()
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    letters = "".join(word.letter for word in words[first:last])
    if letters == "Y":
        return _is_year(text, words[first], before, after)
    if letters == "I" and words[first].value in lists["named_periods"]:
        ahead = " " + " ".join(text[max(0, words[first].start - 30) : words[first].start].lower().split())
        return ahead.removesuffix(" the").endswith(tuple(f" {opener}" for opener in lists["period_openers"]))
    if letters == "M":
        return _is_month(words[first], before, after)
    if letters in ("W", "WP"):
        return _is_weekday(text, words[first], before, after)
    if letters in ("C", "D", "TC", "TD"):
        return _is_decade(words[first:last], before)
    if letters in ("S", "TS"):
        named = after is not None and after.letter == "x" and after.text[0].isupper()
        return _low(before) in lists["season_openers"] and not named
    if letters == "q":
        return _low(before) in lists["year_in_short_before"]
    if letters == "To":
        return _low(before) in lists["bare_day_before"] and (
            not _is_word(after) or _low(after) in lists["bare_day_after"]
        )
    if letters[0] == "i":
        return direction(text, (words[first].start, words[last - 1].end)) == "future"
    if letters == "TU":
        return _low(before) in lists["weekend_openers"]
    if letters[:2] == "Y-":
        return _low(before) not in lists["year_blockers_before"] and not _numbered(text, words[first].start)
    if letters == "V":
        return not (before is not None and before.letter == "x" and before.text[0].isupper() and _given(text, before))
    return True


def _given(text: str, before: Word) -> bool:
    """Whether a capitalised word before a holiday is a given name ("Johnnie Christmas"): inside a sentence."""
    return (
        before.text.isalpha()
        and not before.text.isupper()
        and before.start > 1
        and text[before.start - 2] not in ".!?\n"
    )


def _is_decade(words: Sequence[Word], before: Word | None) -> bool:
    """A decade, not an age or a temperature: "the '90s" and "the 90s", "in the 1990s", not "her 40s", "the 50s"."""
    if _low(before) in _lists()["decade_possessives"]:
        return False
    word = words[-1]
    if word.letter == "D" or word.text[0] in "’'‘" or len(word.text) > 4:
        return word.letter != "D" or words[0].letter == "T"
    return words[0].letter == "T" and word.text[0] in "6789"


def _is_year(text: str, word: Word, before: Word | None, after: Word | None) -> bool:
    """A four-digit number is a year unless something counts, numbers or prices with it."""
    lists = _lists()
    previous = text[word.start - 1] if word.start else " "
    following = text[word.end : word.end + 2]
    if previous in "$€£#:.@/%" or previous.isalnum() or following[:1] in ("%", "°"):
        return False
    if following[:1] in "-/:" and following[1:].isalnum():
        return False
    if before is not None and before.letter == "-" and before.end == word.start and text[before.start - 1].isalnum():
        return False
    if word.value < 1500 and not (before is not None and (before.letter in "isyuzw" or before.text == "(")):
        return False
    if word.value > 2100 or (before is not None and _low(before) in lists["year_blockers_before"]):
        return False
    if _low(before) == "." and _numbered(text, word.start):
        return False
    if _low(before) in lists["approximators"] and _is_word(after) and after is not None and after.text[0].islower():
        return after.letter not in "x" or word.value < 1500
    if after is not None:
        if after.text in lists["counted_nouns"] or _low(after) in lists["counted_nouns"]:
            return False
        if after.text[0].isupper() and _street(text, after.start):
            return False
    return not (
        before is not None
        and before.letter == "c"
        and after is not None
        and after.letter == "c"
        and _address(text, word)
    )


def _address(text: str, word: Word) -> bool:
    """Whether a number between commas is a postal code: "University, 2100, Balanga City"."""
    left = text[max(0, word.start - 3) : word.start]
    return (
        left.endswith(", ")
        and text[word.end : word.end + 2] == ", "
        and text[word.end + 2 : word.end + 3].isupper()
        and (not text[max(0, word.start - 4) : word.start - 2].strip().isdigit())
    )


def _numbered(text: str, at: int) -> bool:
    """Whether an abbreviation like "No." or "C.F.R." stands before a position."""
    end = at
    while end and text[end - 1] in " .":
        end -= 1
    start = end
    while start and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    return text[start:end].lower() in _lists()["year_blockers_before"]


def _street(text: str, at: int) -> bool:
    """Whether a street's name follows: "1900 North Main Street"."""
    for name in text[at : at + 48].replace(",", " ,").split()[:4]:
        if name.rstrip(".") in _lists()["street_words"]:
            return True
        if not name[0].isupper():
            return False
    return False


def _is_month(word: Word, before: Word | None, after: Word | None) -> bool:
    """A bare month: not a modal, a march or a person."""
    lists = _lists()
    low = _low(before)
    abbreviated = word.text in lists["month_abbreviations"] or word.text.title() in lists["month_abbreviations"]
    if abbreviated and word.end - word.start == len(word.text) and len(word.text) < 4:
        return False
    if before is not None and before.text in lists["given_name_titles"]:
        return False
    follows = _is_word(after) and after is not None and after.letter == "x"
    if low in lists["month_articles"]:
        return follows and after is not None and after.text[0].islower() and after.text not in lists["month_not_before"]
    if follows and after is not None and after.text[0].isupper() and low not in lists["capital_month_openers"]:
        return False
    if word.text.title() in lists["ambiguous_months"]:
        return low in lists["month_openers"]
    return not (
        before is not None and before.letter == "x" and before.text[0].isupper() and before.end + 1 == word.start
    )


def _is_weekday(text: str, word: Word, before: Word | None, after: Word | None) -> bool:
    """A weekday, not an abbreviation that is a word, nor a part of a name."""
    lists = _lists()
    if word.text in lists["weekday_abbreviations"] or word.text.title() in lists["weekday_abbreviations"]:
        return text[word.end - 1] == "." and _is_word(after) and after is not None and after.text[0].islower()
    if _low(before) in lists["recurring_before"]:
        return False
    if after is not None and after.letter == "x" and after.text[0].isupper() and after.start == word.end + 1:
        return _low(before) in lists["weekday_openers"]
    return True
