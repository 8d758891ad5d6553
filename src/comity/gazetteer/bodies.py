"""Agencies, federal bodies and school districts in running text.

A body is found by its own name (federal bodies and agencies that no place's name begins), by the words behind a place
("the Anchorage Police Department", "Texas Department of Public Safety", "Boston police"), by a school district's
words, or by an abbreviation that the text itself introduced ("the Anchorage School District (ASD)").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from comity.gazetteer import organisations
from comity.gazetteer.context import cues, state_printed
from comity.gazetteer.gazetteer import load, state_of
from comity.gazetteer.outcomes import OCD, Found
from comity.gazetteer.schools import district
from comity.gazetteer.states import lexicon
from comity.gazetteer.tables import AGENCY, Row
from comity.model import BodyMention, Kind, Pair, PlaceMention
from comity.vocabulary import language

if TYPE_CHECKING:
    from comity.gazetteer.gazetteer import Gazetteer

__all__ = ["find_bodies"]

CAPITALS = re.compile(r"\(\s*(?:the\s+)?[\"“]?([A-Z]{2,6})[\"”]?\s*\)")
POSSESSIVE = re.compile(r"(?<=\w)'s\s+(?=police|sheriff|jail|department|district|prosecutor|[A-Z])")
ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")
TYPES = ("city", "county")  # whose names a place's name begins


@dataclass(frozen=True, slots=True)
class _Misses:
    around: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Patterns:
    own: re.Pattern[str]
    state: re.Pattern[str]
    school: re.Pattern[str]
    of: re.Pattern[str]
    jail: re.Pattern[str]
    misses: dict[str, _Misses]
    named: ahocorasick_rs.AhoCorasick
    ids: tuple[str, ...]
    words: tuple[str, ...]


def find_bodies(
    text: str, home_state: str | None = None, places: Sequence[PlaceMention] = ()
) -> tuple[BodyMention, ...]:
    """The bodies of a text, left to right, not overlapping, each with ranked candidates.

    ``places`` are the text's places, as ``resolve_places`` gives them; without them only bodies known by a name of
    their own are found, and school districts. ``home_state`` is the outlet's; it decides where no place does.
    """
    gazetteer = load()
    flat = text.replace("’", "'").replace("\u00a0", " ").replace("\n", "|")
    home = home_state.lower() if home_state else None
    jails = list(_jails(gazetteer, flat, home))
    found = [
        *jails,
        *_named(gazetteer, flat, places),
        *_of_places(gazetteer, flat, places),
        *_schools(gazetteer, flat, places, home),
    ]
    kept: list[BodyMention] = []
    for mention in sorted(found, key=lambda one: (one.start, -one.end, one not in jails, one.id or "")):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    kept += _introduced(flat, kept)
    return tuple(sorted(kept, key=lambda one: one.start))


@lru_cache(maxsize=1)
def _patterns(gazetteer: Gazetteer) -> _Patterns:
    words = language("bodies")
    own = _either([*words["own_words"], *words["loose_words"], *(word.upper() for word in words["own_words"])])
    school = _either([*words["school_words"], *(word.upper() for word in words["school_words"])])
    others = _either(words["not_schools"])
    heads, joints = f"(?:{_either(words['heads'])})", f"(?:{_either(words['joints'])})"
    word = r"[A-Z][\w'-]*"
    names: dict[str, str] = {}
    for row in gazetteer.agencies_in(""):
        for name in (row[AGENCY["name"]], *row[AGENCY["names"]].split("~")):
            for printed in _printed(name):
                names.setdefault(printed, row[0])
    for row in gazetteer.agencies.values():
        if row[AGENCY["state"]] and row[AGENCY["type"]] not in TYPES:
            for name in (row[AGENCY["name"]], *row[AGENCY["names"]].split("~")):
                if name.count(" ") > 1 and "(" not in name and _own_name(row, name):
                    names[name] = row[0] if names.get(name, row[0]) == row[0] else ""
            for name in row[AGENCY["names"]].split("~"):
                if name.isupper() and len(name) > 3:
                    names.setdefault(name, row[0])
    listed = sorted(name for name, id in names.items() if id)
    return _Patterns(
        re.compile(rf"(?:'s)?\s+({own})(?!\w)"),
        re.compile(rf"\s+((?:{word}\s+)?{heads}(?:,?\s+(?:{joints}\s+)*{word}){{0,7}}|(?:(?:{joints}|{word})\s+){{0,6}}{heads})(?!\w)"),
        re.compile(rf"((?:{word}\s+){{1,4}})({school})(?!\w|\s+(?:{others}))(?:\s+(?:No\.\s*)?\d+)?"),
        re.compile(rf"(?:{_either(words['institutions'])})\s+of\s+(?:the\s+)?$"),
        re.compile(rf"\b(?!The\b)[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){{0,3}}\s+(?:{_either(words['shared_jails'])})(?!\w)"),
        {name: _misses(found) for name, found in words["near_misses"].items()},
        ahocorasick_rs.AhoCorasick(listed, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        tuple(names[name] for name in listed),
        tuple(listed),
    )  # fmt: skip


def _own_name(row: Row, name: str) -> bool:
    """Whether a name says whose it is: "Department of Corrections" of some state's table row doesn't."""
    if row[AGENCY["type"]] not in ("state police", "other state agency"):
        return True
    return lexicon()[row[AGENCY["state"]]].name in name


def _printed(name: str) -> Iterator[str]:
    """The ways in which a federal body's name is printed."""
    if not name:
        return
    yield name
    if name.startswith("US "):
        yield from ("U.S. " + name[3:], "United States " + name[3:], "U. S. " + name[3:])
    if " and " in name:
        yield name.replace(" and ", " & ")


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda one: (-len(one), one)))


def _mention(start: int, end: int, found: Found, kind: Kind) -> BodyMention:
    return BodyMention(start, end, found.id, found.candidates, kind, found.outcome)


def _named(gazetteer: Gazetteer, text: str, places: Sequence[PlaceMention]) -> Iterator[BodyMention]:
    """Bodies by their own names: federal ones, and agencies that are known by a name of their own."""
    patterns = _patterns(gazetteer)
    ends = {place.end for place in places}
    for number, start, end in patterns.named.find_matches_as_indexes(text):
        if _inside_word(text, start, end) or (text[start - 1 : start] == " " and start - 1 in ends):
            continue  # behind a place it is the place's own: "Montana Department of Justice"
        name, id = patterns.words[number], patterns.ids[number]
        if name.isupper() and _near_miss(text, start, end, name):
            continue
        if text[end : end + 1] == " " and text[end + 1 : end + 12].startswith(tuple(language("bodies")["not_before"])):
            continue
        kind: Kind = "federal" if gazetteer.agencies[id][AGENCY["kind"]] == "federal" else "agency"
        yield _mention(start, end, Found.resolved(gazetteer, id, 1.0, "by name"), kind)


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or after.isalnum() or (before == "-" and text[start - 2 : start - 1].isalpha())


def _near_miss(text: str, start: int, end: int, name: str) -> bool:
    """Whether an abbreviation means something else: an ICE train, ICE ON ROADS in a headline."""
    misses = _patterns(load()).misses.get(name)
    return misses is not None and bool(
        misses.after.match(text, end)
        or misses.before.search(text, max(0, start - 16), start)
        or misses.around.search(text[max(0, start - 60) : end + 60].lower())
    )


def _misses(words: Mapping[str, list[str]]) -> _Misses:
    return _Misses(
        re.compile(rf"\b(?:{_either(words['around'])})\b"),
        re.compile(rf"[\s-]+(?:{_either(words['after'])})\b"),
        re.compile(rf"\b(?:{_either(words['before'])})[\s-]+$"),
    )


def _of_places(gazetteer: Gazetteer, text: str, places: Sequence[PlaceMention]) -> Iterator[BodyMention]:
    """Bodies behind a place's name: the place's own, or a state's."""
    patterns = _patterns(gazetteer)
    for place in places:
        if patterns.of.search(text, max(0, place.start - 32), place.start):
            continue  # the University of Oklahoma's police are not Oklahoma's
        if place.kind in ("state", "district"):
            match = patterns.state.match(text, place.end) or patterns.own.match(text, place.end)
        else:
            match = patterns.own.match(text, place.end)
        if not match:
            continue
        stop = next((other.start for other in places if other.start >= place.end), len(text))
        ends = [end for end in _ends(text, match) if end <= stop]
        chosen = _best(gazetteer, text, place, ends)
        if chosen and place.kind == "state" and chosen[1].id not in gazetteer.agencies:
            named = text[match.start(1) : chosen[0]].lower()
            chosen = None if named in language("bodies")["no_states"] else chosen  # "a Michigan police department"
        if chosen:
            yield _mention(place.start, chosen[0], chosen[1], "agency")


def _best(gazetteer: Gazetteer, text: str, place: PlaceMention, ends: list[int]) -> tuple[int, Found] | None:
    """The longest name that the tables know; else the longest that holds one head word only ("Department")."""
    heads = {*language("bodies")["heads"]} - {*language("bodies")["tails"]}
    plausible: tuple[int, Found] | None = None
    for end in ends:
        name = POSSESSIVE.sub(" ", text[place.start : end])
        found = _resolve(gazetteer, name, place)
        if found is None:
            continue
        if found.id in gazetteer.agencies:
            return end, found
        if plausible is None and sum(word in heads for word in name.split()) < 2:
            plausible = end, found
    return plausible


def _ends(text: str, match: re.Match[str]) -> list[int]:
    """Where a body's name may end, the longest first: shortened word by word behind its head."""
    ends = [match.end(1)]
    while len(ends) < 8:
        blank = text.rfind(" ", match.start(1), ends[-1])
        if blank < 0:
            break
        ends.append(blank)
    joints = set(language("bodies")["joints"])
    return [end for end in ends if text[match.start(1) : end].rsplit(" ", 1)[-1].strip(",") not in joints]


def _resolve(gazetteer: Gazetteer, name: str, place: PlaceMention) -> Found | None:
    ids = [place.id] if place.id else [candidate.id for candidate in place.candidates]
    tried = [organisations.resolve(gazetteer, name, state_of(id.removeprefix(OCD))) for id in ids]
    good = [found for found in tried if found.outcome == "resolved"]
    if place.id:
        return good[0] if good else None
    if not good:
        return None
    candidates = tuple(found.candidates[0] for found in good)
    return Found("ambiguous", None, candidates, "the place isn't settled")


@lru_cache(maxsize=1)
def _before_names() -> frozenset[str]:
    """What may have a capital before a name and is no part of it; "North" may be."""
    words = language("places")
    return frozenset({*words["sentence_openers"], *words["days"]} - {*words["directions"]})


def _jails(gazetteer: Gazetteer, text: str, home: str | None) -> Iterator[BodyMention]:
    """Jails of several governments, which no place's name need begin.

    They are looked for in the state that is printed behind them, else in the outlet's.
    """
    for match in _patterns(gazetteer).jail.finditer(text):
        printed = cues().state_after.match(text, match.end())
        state = state_printed(printed["state"] or "") if printed else home
        words = match[0].split()
        while words[0].lower() in _before_names():
            words.pop(0)
        start = match.start() + match[0].index(words[0])
        found = organisations.resolve(gazetteer, text[start : match.end()], state) if state and len(words) > 2 else None
        if found is not None and found.outcome == "resolved":
            yield _mention(start, match.end(), found, "agency")


def _schools(
    gazetteer: Gazetteer, text: str, places: Sequence[PlaceMention], home: str | None
) -> Iterator[BodyMention]:
    """School districts by their words; the state is that of a place in the name, else the outlet's."""
    for match in _patterns(gazetteer).school.finditer(text):
        start = match.start(1)
        inside = [place for place in places if start <= place.start < match.end()]
        state = next((state_of(place.id.removeprefix(OCD)) for place in inside if place.id), home)
        words = match.group(1).split()
        if words[0] == "The":
            start = text.index(words[0], start) + len(words.pop(0))
        for number in range(len(words)):
            name = " ".join([*words[number:], match.group(2)])
            found = district(gazetteer, name, state)
            begin = text.index(words[number], start)
            if found.outcome == "resolved" or (found.outcome == "ambiguous" and number == len(words) - 1):
                yield _mention(begin, match.end(2), found, "school_district")
                break
            start = begin + len(words[number]) if number + 1 < len(words) else start


def _introduced(text: str, found: list[BodyMention]) -> list[BodyMention]:
    """Abbreviations that stand for a body named before: in brackets behind it, or its initials."""
    short: dict[str, BodyMention] = {}
    for mention in found:
        printed = text[mention.start : mention.end]
        match = CAPITALS.match(text, mention.end + (text[mention.end : mention.end + 1] == " "))
        initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", printed) if word[0].isupper())
        if match:
            short.setdefault(match[1], mention)
        if len(initials) > 2 and not printed.isupper():
            short.setdefault(initials, mention)
    spans: list[Pair] = [(mention.start, mention.end) for mention in found]
    result = []
    for match in ACRONYM.finditer(text):
        known = short.get(match.group())
        if known and match.start() >= known.end and not any(s <= match.start() < e for s, e in spans):
            result.append(
                BodyMention(match.start(), match.end(), known.id, known.candidates, known.kind, known.outcome)
            )
    return result
