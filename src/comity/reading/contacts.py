"""Ways to reach or find somebody: e-mail and street addresses, telephone and file numbers, accounts, plates.

Use :func:`find` on any text, whoever they belong to: none of them is needed to know what a government did. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from comity.model import Withheld, Withholding
from comity.vocabulary import language

__all__ = ["find"]

_SIGNS = re.compile(r"[@\d]|\bu/|\.(?:com|net|me)/")  # of which one stands in all that is looked for
_WORDS = r"(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][\w'’-]*\.?)"


class _Sought(NamedTuple):
    """A pattern of one kind; ``sign`` stands in every match, and is quickly looked for."""

    kind: Withholding
    pattern: re.Pattern[str]
    sign: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> tuple[_Sought, ...]:
    data = language("withheld")
    made: list[tuple[Withholding, re.Pattern[str]]] = [("address", pattern) for pattern in _addresses(data["address"])]
    made += [(kind, re.compile(" ".join(text.split()).replace(" |", "|"))) for kind, text in data["contacts"].items()]
    return tuple(_Sought(kind, pattern, re.compile(data["signs"].get(kind, ""))) for kind, pattern in made)


def _addresses(data: dict[str, str]) -> list[re.Pattern[str]]:
    """House number, compass point, name of the street and its kind; or a kind that stands first ("Calle Ocho")."""
    ways = "|".join(sorted(data["ways"].split(), key=len, reverse=True))
    point = r"(?:(?:North|South|East|West|Northeast|Northwest|Southeast|Southwest|[NSEW]|[NS][EW])\.?,?\s)"
    after = r"(?:\s(?:[NSEW]|[NS][EW]|North|South|East|West)\b\.?)?"
    street = rf"(?!(?:{data['unless']})\s){point}?(?:{_WORDS}\s){{1,4}}?(?:{ways})(?!\w){after}"
    plain = _WORDS.replace(r"\.?", "")
    named = rf"{point}?(?:{data['alone']}|(?:{data['named']})\s(?:{plain}|\d+|[A-Z])(?:\s{plain})?)(?!\w)"
    unit = rf"(?:,?\s(?:{data['unit']}))?"
    return [re.compile(rf"{data['number']}\s(?:{named}|{street}){unit}"), re.compile(data["box"])]


def find(text: str) -> tuple[Withheld, ...]:
    """The contact details of a text, in order and without overlap; what comes first in the data wins."""
    if not _SIGNS.search(text):
        return ()
    taken: list[Withheld] = []
    for kind, pattern, sign in _patterns():
        if not sign.search(text):
            continue
        for match in pattern.finditer(text):
            start, end = _span(match)
            if not any(start < other.end and other.start < end for other in taken):
                taken.append(Withheld(kind, start, end))
    return tuple(sorted(taken, key=lambda item: item.start))


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The group ``what`` (of whichever alternative), else the whole match."""
    named = [name for name in match.re.groupindex if match.group(name) is not None]
    return match.span(named[0]) if named else match.span()
