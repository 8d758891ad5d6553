"""Which names in running text are places: typing by context.

A name is a place by what stands around it (a state, "County", "City of", a preposition, a government's word after it)
and isn't where it is part of a longer name, follows a title, or is the surname of a person named before. What the text
leaves open follows the other mentions of the same name, then the size of the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from comity.gazetteer.context import cues
from comity.gazetteer.finding import Hit
from comity.gazetteer.kinds import state_of
from comity.gazetteer.tables import GOVERNMENT
from comity.model import Pair
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["PARTY", "spans"]

KIND, POPULATION = GOVERNMENT["kind"], GOVERNMENT["population"]
NOT_WORD = re.compile(r"[^\w.'’&-]+")
OF = ("of", "the", "OF", "THE", "Of", "The")
AFTER = re.compile(r"(?:['’]s)?[ \u00a0]+(?:[\"“(]?)([\w'’]+(?:\.[\w]+)*)")
POSSESSIVE = re.compile(r"['’]s?$")
OWNS = re.compile(r"['’]s?\s")
PAIR = re.compile(r"[A-Z][\w'’-]+,? (?:and|or) $")  # what the other of the two is says more than "and"
PARTY = re.compile(r"\b[DRI]-$")  # before the town of a member of a legislature: "R-Lima"
WORDS = re.compile(r"[A-Za-z][\w'’]{3,}")
SURE, YES, MAYBE, NO = 3, 2, 1, 0
LARGE = 40_000
FAMOUS = 200_000  # a place so large is believed even where its name is a person's too
LEAST_AT_HOME = 2_000
LARGE_AT_HOME = 10_000
AT_HOME = 20  # a place of the outlet's state counts as so many times larger
DATELINE = re.compile(r"\s*(?:\([A-Z][\w ]+\)\s*)?(?:—|–|--+|-\s)")
SEVERAL = 100  # characters before a name in which the title of several persons may stand
ITEM_REACH = 80  # characters before a name in which that stands that parts it from the one before
ITEM = re.compile(r"(?:[—–:(]\s*|,\s+|\sand\s+)$")
PLURAL = re.compile(r"\s+[a-z]+s\b")
LIST = re.compile(r"(?:,|,? and|,? or)\s+$")


@dataclass(frozen=True, slots=True)
class _Words:
    titles: frozenset[str]
    person_after: frozenset[str]
    before: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]
    organisation: frozenset[str]
    government: frozenset[str]
    bodies: re.Pattern[str]
    rule: re.Pattern[str]
    owned: frozenset[str]
    openers: frozenset[str]
    apart: frozenset[str]
    never: frozenset[str]
    never_but_at_home: frozenset[str]
    governed: re.Pattern[str]
    common: frozenset[str]
    persons: frozenset[str]
    county_named_after: frozenset[str]
    unnamed_after: frozenset[str]
    several: re.Pattern[str]
    articles: frozenset[str]
    saints: tuple[str, ...]
    delegates: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    words = language("places")
    return _Words(
        frozenset(words["titles"]),
        frozenset(words["person_after"]),
        frozenset(words["place_before"]),
        frozenset(words["strong_before"]),
        frozenset(words["weak_before"]),
        frozenset(words["organisation_after"]) - frozenset(words["government_after"]),
        frozenset(words["government_after"]),
        re.compile(rf"\s+(?:{'|'.join(words['bodies_after'])})(?!\w)"),
        re.compile(rf"(?: [A-Z][\w’'-]*){{0,4}} (?:{'|'.join(word.title() for word in words['rules'])})\b"),
        frozenset(words["owned"]),
        frozenset(words["sentence_openers"]),
        frozenset([*words["days"], *words["law_openers"]]),
        frozenset(word.replace(" ", "") for word in [*words["never"], *words["phrases"]]),
        frozenset(words["never_but_at_home"]),
        re.compile(rf"(?:['’]s)?\s+(?:{'|'.join(words['governed'])})(?!\w)", re.IGNORECASE),
        frozenset(words["common"]),
        frozenset(words["persons"]),
        frozenset(words["county_named_after"]),
        frozenset(("a", "an", *words["directions"])),
        _persons_before(words["titles_of_several"], words["several"]),
        frozenset(words["articles"]),
        tuple(words["saints"]),
        frozenset(words["delegates"]),
    )


def _persons_before(titles: Sequence[str], counts: Sequence[str]) -> re.Pattern[str]:
    """What ends before a surname where several persons are named by their title: "commissioners Roe and"."""
    several = rf"(?:{'|'.join(titles)})"
    counted = rf"(?:{'|'.join(counts)}) (?:\w+ )?{several}, "
    name = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?"
    return re.compile(rf"\b(?i:{counted}|{several} )(?:{name}, )*(?:{name},? and )?(?:[A-Z][\w.’'-]+ )?$")


def spans(gazetteer: Gazetteer, text: str, home: str | None = None) -> list[Pair]:
    """Spans of the names that are read as places, left to right, with their kind words ("Cook County").

    ``home`` (two letters, lower case) is the outlet's state: its small places are believed more easily.
    """
    headlines = _headlines(text)
    judged: list[tuple[Hit, int, int]] = []
    surnames: set[str] = set()
    sure: set[str] = set()
    ours = _home(gazetteer, home)
    for hit in gazetteer.find(text):
        if _a_county_of(text, hit, headlines):
            judged.append((hit, YES, hit.end))
            continue
        verdict, end = _judge(text, hit, any(start <= hit.start < stop for start, stop in headlines), ours)
        if verdict == NO and _surname(text, hit):
            surnames.add(hit.key)
        elif verdict == SURE:
            sure.add(hit.key)
        judged.append((hit, verdict, end))
    known = {number: _believed(gazetteer, one, surnames, sure, home, text) for number, one in enumerate(judged)}
    _spread(text, judged, known, surnames, ours)
    found: list[Pair] = []
    for number, (hit, _, end) in enumerate(judged):
        if known[number] and (not found or hit.start >= found[-1][1]):
            found.append((hit.start, end))
    return found


def _believed(
    gazetteer: Gazetteer,
    judged: tuple[Hit, int, int],
    surnames: set[str],
    sure: set[str],
    home: str | None,
    text: str,
) -> bool:
    """Whether what the words around leave open is a place by its other mentions or its size."""
    hit, verdict, _ = judged
    words = _words()
    if verdict in (SURE, NO) or (hit.key in sure and not _goes_on(text, hit)):
        return verdict != NO
    if hit.key in surnames:
        return False
    if hit.key in words.common:
        return hit.key in _home(gazetteer, home).known - words.persons and _capital_tells(text, hit)
    if verdict == YES:
        return True
    size = _size(gazetteer, hit.key, home)
    if hit.key in words.persons:
        return size >= FAMOUS
    return size >= LARGE or " " in text[hit.start : hit.end]


@dataclass(frozen=True, slots=True)
class _Home:
    """What an outlet's state says of ordinary words.

    ``never`` are those that are no places in its papers either, ``known`` those that are a government of it.
    """

    never: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=128)
def _home(gazetteer: Gazetteer, state: str | None) -> _Home:
    words = _words()

    def at_home(key: str, least: int) -> bool:
        rows = (row for row in gazetteer.index.get(key, ()) if state and state_of(row) == state)
        return any(row[KIND] == "county" or int(row[POPULATION] or 0) >= least for row in rows)

    large = {key for key in words.never_but_at_home if at_home(key, LARGE_AT_HOME)}
    known = {key for key in words.never | words.common if at_home(key, LEAST_AT_HOME)}
    return _Home(words.never - large, frozenset(known))


def _goes_on(text: str, hit: Hit) -> bool:
    """Whether an ordinary word opens a sentence and takes an object: "Reading the bill took an hour"."""
    after = AFTER.match(text, hit.end)
    opens = hit.key in _words().common and _opens_sentence(text, hit.start)
    return opens and after is not None and after[1] in _words().articles


def _capital_tells(text: str, hit: Hit) -> bool:
    """Whether an ordinary word has its capital for no other reason than that it is a name."""
    before, gap = _before(text, hit.start)
    return (
        before.islower()
        and before not in _words().articles
        and not _opens_sentence(text, hit.start)
        and not gap.strip(" ,")
    )


def _spread(
    text: str, judged: list[tuple[Hit, int, int]], known: dict[int, bool], surnames: set[str], ours: _Home
) -> None:
    """In "Harwinton, Bantam and Litchfield" the one that is a place says that its neighbours are.

    Of ordinary words only those say so that are governments of the outlet's state: "Franklin, King and Yakima".
    """
    words = _words()
    forward = list(pairwise(range(len(judged))))
    for one, other in [*forward, *((last, first) for first, last in reversed(forward))]:
        hit, verdict, _ = judged[other]
        first, last = sorted((one, other))
        if not known[one] or known[other] or hit.key in surnames:
            continue
        ordinary = hit.key in words.common | words.never
        if (one < other and hit.key in ours.known) if ordinary else verdict == MAYBE:
            known[other] = LIST.fullmatch(text, judged[first][2], judged[last][0].start) is not None


def _is_state(key: str) -> bool:
    return key.startswith("=") or key in _state_keys()


@lru_cache(maxsize=1)
def _state_keys() -> frozenset[str]:
    return frozenset(key.replace(" ", "") for key in cues().exact)


def _size(gazetteer: Gazetteer, key: str, home: str | None) -> int:
    if key.startswith("="):
        return LARGE
    sizes = [
        int(row[POPULATION] or 0) * (AT_HOME if home and state_of(row) == home else 1)
        for row in gazetteer.index.get(key, ())
        if row[KIND] != "county" or (home and state_of(row) == home)
    ]
    return max(sizes, default=0)


def _headlines(text: str) -> list[Pair]:
    """Lines in which nearly every word has a capital: there a capital beside a name says nothing."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        words = WORDS.findall(match.group())
        closed = match.group().rstrip()[-1:] in ".!?”\"'"  # a sentence, not a headline
        if len(words) < 30 and words and not closed and sum(word[0].isupper() for word in words) >= 0.75 * len(words):
            found.append((match.start(), match.end()))
    return found


def _before(text: str, start: int) -> tuple[str, str]:
    """The word before a name, and what parts it from the name."""
    piece = text[max(0, start - 32) : start]
    bare = piece.rstrip(' \u00a0"“‘(')
    word = NOT_WORD.split(bare[-24:])[-1] if bare else ""
    return word, piece[len(bare) :]


def _a_county_of(text: str, hit: Hit, headlines: list[Pair]) -> bool:
    """Whether a state's name and "county" say where unnamed ones lie: "an Oregon county", "Texas county jails".

    Where the text names such a county elsewhere, that is meant. In a headline the capital of "County" says nothing.
    """
    said = cues()
    word = said.a_county_after.match(text, hit.end)
    if word is None or not _is_state(hit.key) or said.state_after.match(text, hit.end):
        return False
    before = _before(text, hit.start)[0].lower()
    if word[0].islower():
        if before in _words().county_named_after and not PLURAL.match(text, word.end()):
            return False
    elif not any(start <= hit.start < end for start, end in headlines) or before not in _words().unnamed_after:
        return False
    name = f"{text[hit.start : hit.end]} {word[0].strip().capitalize()}"
    named = (one.start() for one in re.finditer(rf"{re.escape(name)}(?!\w)", text))
    return all(any(start <= one < end for start, end in headlines) for one in named)


def _neighbours(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The word before, what parts it from the name, the word after."""
    word, gap = _before(text, start)
    right = AFTER.match(text, end)
    return word, gap, right[1] if right else ""


def _judge(text: str, hit: Hit, headline: bool, ours: _Home) -> tuple[int, int]:
    """Whether a hit is a place, and where its span ends (behind "County", "Parish", "Township")."""
    words, said = _words(), cues()
    start, end = hit.start, hit.end
    before, gap, after = _neighbours(text, start, end)
    tail = text[end : end + 60]
    if start and (text[start - 1] in "-/@#_" and not PARTY.search(text, max(0, start - 3), start)):
        return NO, end
    if text[start:end] in words.delegates and text[max(0, start - 2) : start].strip() not in (",", "("):
        return NO, end  # "Del. Ann Roe", unlike "Dover, Del."
    title = before.lower().strip(".") in words.titles and not gap.strip() and before[:1].isupper()
    kind_word = said.county_after.match(tail) or said.township_after.match(tail)
    plural = said.plural_after.match(tail) or (tail[:1] in ", " and said.counties_after.match(text, end))
    if (kind_word or plural) and not title:
        return SURE, end if plural or kind_word is None else end + kind_word.end()
    if said.county_after.search(text, start, end):
        return SURE, end  # "Orleans Parish" is a name of New Orleans
    if said.state_after.match(tail) and not title and (tail[:1] in ",(" or hit.key not in ours.never):
        return SURE, end
    if before in OF and said.kind_before.search(text, max(0, start - 40), start):
        return SURE, end
    if PARTY.search(text, max(0, start - 3), start):
        return SURE, end
    if (hit.key in words.common or hit.key in ours.known) and not title and words.governed.match(text, end):
        return SURE, end
    if hit.key in ours.never:
        return NO, end
    if DATELINE.match(text, end) and text[start:end].isupper() and _opens_sentence(text, start):
        return SURE, end
    if title or words.several.search(text, max(0, start - SEVERAL), start):
        return NO, end
    return _by_neighbours(text, hit, headline, before, gap, after), end


def _by_neighbours(text: str, hit: Hit, headline: bool, before: str, gap: str, after: str) -> int:
    words = _words()
    low, next_word = before.lower().strip("."), POSSESSIVE.sub("", after.lower().strip("."))
    capital_before = before[:1].isupper() and not gap.strip() and before[-1:] != "."
    capital_after = after[:1].isupper()
    if (
        capital_before
        and not headline
        and low not in words.openers
        and low not in words.apart
        and not _opens_sentence(text, hit.start - len(gap) - len(before))
    ):
        return NO
    initial = len(before) == 2 and before[0].isupper() and before[1] == "."
    if initial and not headline:
        return NO
    someone = hit.key in words.persons or text.startswith(words.saints, hit.start)
    if capital_after and not headline and (someone or not OWNS.match(text, hit.end)):
        verdict = _in_longer_name(text, hit, next_word)
        if verdict is not None:
            return verdict
    if next_word in words.person_after and not capital_after:
        return YES if _is_state(hit.key) else NO if hit.key in words.persons else MAYBE
    if cues().county_hint.search(text, max(0, hit.start - 80), hit.start):
        return SURE if hit.key in words.common and ITEM.search(text, max(0, hit.start - ITEM_REACH), hit.start) else YES
    if low in words.strong:
        return SURE if hit.key not in words.persons else YES
    if low == "to" and text[max(0, hit.start - 13) : hit.start].lower().startswith("according to"):
        return MAYBE
    if low in words.weak and not capital_before and hit.key not in words.persons:
        return MAYBE if PAIR.search(text, max(0, hit.start - 32), hit.start) else YES
    if next_word in words.owned:
        return YES
    if low in ("a", "an") and after[:1].islower():
        return YES
    if _is_state(hit.key) or (low in words.before and not capital_before):
        return YES
    return MAYBE


def _in_longer_name(text: str, hit: Hit, next_word: str) -> int | None:
    """What the capitalised word after a name says of it; None where it says nothing."""
    words = _words()
    if words.rule.match(text, hit.end):
        return YES if _is_state(hit.key) else MAYBE
    if next_word in words.organisation:
        return NO
    if next_word in words.government or next_word in words.openers or _is_state(hit.key):
        return None
    return None if words.bodies.match(text, hit.end) else NO


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a word at ``start`` opens a sentence or a line, where its capital says nothing."""
    left = text[max(0, start - 24) : start].rstrip(' \u00a0"“‘(')
    last = NOT_WORD.split(left[:-1])[-1] if left[-1:] == "." else ""
    if last[:1].isupper() and last.lower() in _words().titles:
        return False  # "Sen. Buck Ravenel"
    return not left or left[-1] in ".!?:\n—–"


def _surname(text: str, hit: Hit) -> bool:
    """Whether a rejected hit stands behind a capitalised word or a title, as a surname does."""
    before, gap = _before(text, hit.start)
    if gap.strip() or not before[:1].isupper():
        return False
    low = before.lower().strip(".")
    return low not in _words().openers | _words().apart and not _is_state(hit.key)
