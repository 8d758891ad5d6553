"""When an act was: which of a sentence's dates is its own.

A date elsewhere in the sentence dates something else as often as not: unknown is the better answer. So the act takes a
date of its own clause and its own speaker. A rule or an agreement, which holds since it was made, takes the date of its
making too: "the ordinance, adopted in 2019, bars", "has had a policy since 2016 that tells".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from comity.model import AttributionMention, DateMention, Modality, Pair, Time
from comity.reading import attribution
from comity.reading.clause_words import words
from comity.reading.clauses import governing, pieces
from comity.reading.voice import acts
from comity.vocabulary import language

__all__ = ["dated"]


def dated(
    text: str,
    sentence: Pair,
    act: tuple[Pair, Pair],
    dates: Sequence[DateMention],
    attributions: Sequence[AttributionMention],
    *,
    lasts: bool,
    modality: Modality,
) -> Time | None:
    """The time of an act: its head and clause are ``act``, the dates of the document that may be its ``dates``.

    ``lasts`` says that it is a state, which the date of its making dates too. Of "by June 30" the last day is that of
    what happened or is planned.
    """
    head, clause = act
    here = [date for date in dates if sentence[0] <= date.start and date.end <= sentence[1]]
    if not here:
        return None
    left_out = _told(text, attributions, head)
    spoken = set(attribution.chain(attributions, *head)) - left_out
    here = [each for each in here if set(attribution.chain(attributions, each.start, each.end)) - left_out == spoken]
    around = pieces(text, sentence, head[0]) or (clause,)
    own = [
        date
        for date in here
        if any(a <= date.start and date.end <= b for a, b in around)
        and not _foreign(text, date, head)
        and not (lasts and _signs()["against"].search(text, date.end, head[0]))
    ]
    if not own:
        above = governing(text, sentence, head[0])  # "has had a policy since 2016 that tells"
        since = [date for date in here if (date.edtf or "").endswith("/..")]
        own = [date for date in since if any(a <= date.start and date.end <= b for a, b in above)]
    if not own:
        own = [date for date in here if _when(text, date, around[0][0], head)]
    if not own and lasts:
        own = [date for date in here if _of_the_making(text, sentence, date, head)]
    if not own:
        return None
    nearest = min(own, key=lambda date: (max(date.start - head[1], head[0] - date.end, 0), date.start))
    return _time(text, nearest, modality)


def _told(text: str, attributions: Sequence[AttributionMention], head: Pair) -> frozenset[int]:
    """The attributions that say nothing of whose words a date is in: they tell an act, or their cue is the head."""
    cues = {at for at, one in enumerate(attributions) if _overlap(one.cue, head)}
    return acts(text, attributions, head) | cues


def _overlap(spans: Sequence[Pair], span: Pair) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _foreign(text: str, date: DateMention, head: Pair) -> bool:
    """Whether a date of the act's clause dates something else.

    A year that says which thing is meant ("a 2017 law"), what a paper is dated, the day of another's act ("the vote of
    June 30"), the span of a record ("the largest since 2019"), what stands on the other side of "over" or "after".
    """
    before = text[max(0, date.start - 40) : date.start]
    last = before.split()[-1:] or [""]
    follows = text[date.end + 1 : date.end + 2].islower()
    if text[date.start : date.end].isdigit() and last[0].lower() in words().determiners and follows:
        return True
    signs = _signs()
    inside = head[0] <= date.start < head[1]
    itself = head[1] <= date.start and signs["itself"].fullmatch(text, head[1], date.start)
    if not inside and not itself and (signs["others"].search(before) or signs["story"].match(text, date.end)):
        return True
    if signs["since"].match(text, date.start) and (
        signs["record"].search(before) or signs["done"].search(text, max(0, head[0] - len("have already ")), head[1])
    ):
        return True
    first, second = sorted(((date.start, date.end), head))
    return signs["apart"].search(text, first[1], second[0]) is not None


def _when(text: str, date: DateMention, clause_start: int, head: Pair) -> bool:
    """Whether a date dates the clause that begins behind it: "until January, when the sheriff withdrew it"."""
    joint = _signs()["when"].match(text, date.end)
    if joint is None or not date.end <= clause_start <= joint.end():
        return False
    return not _signs()["before_then"].search(text, joint.end(), head[1])


def _of_the_making(text: str, sentence: Pair, date: DateMention, head: Pair) -> bool:
    """Whether a date before the head says when the rule or agreement was made that the head tells of."""
    if date.end > head[0]:
        return False
    signs = _signs()
    begun = text[sentence[0] : date.start]
    between = text[date.end : head[0]]
    if ";" in between or signs["verb"].search(between):
        return False
    return signs["made"].search(begun) is not None or (
        signs["kept"].search(begun) is not None and signs["relative"].match(between) is not None
    )


def _time(text: str, date: DateMention, modality: Modality) -> Time | None:
    """The time as the statement has it: of "by June 30" the last day, where the act happened or will.

    A last day of what is merely demanded dates no act, and neither does one until which something goes on.
    """
    printed = text[date.start : date.end]
    if date.edtf is None or not date.edtf.startswith("../"):
        return Time(printed, date.edtf, date.earliest, date.latest, date.basis)
    bound = _signs()["bound"].match(printed)
    if bound is None or modality not in ("actual", "planned"):
        return None
    if date.edtf != f"../{date.latest}":
        open_ended = Time(printed, date.edtf, date.earliest, date.latest, date.basis)
        return open_ended if modality == "planned" else None
    return Time(printed[bound.end() :], date.latest, date.latest, date.latest, date.basis)


@lru_cache(maxsize=1)
def _signs() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in language("dating").items()}
