"""Figures as printed to numbers: "1,200", "two dozen", "$2.4 million", "twenty-five". What is no figure gives None."""

from __future__ import annotations

import re

from comity.vocabulary import language

__all__ = ["figure"]

_DIGITS = re.compile(r"\$?\s*(\d[\d,]*(?:\.\d+)?)")


def figure(text: str) -> int | float | None:
    """The number that ``text`` spells, or None where it spells none ("hundreds", "several")."""
    numbers = language("numbers")
    words: dict[str, int] = numbers["words"]
    multipliers: dict[str, int] = numbers["multipliers"]
    couples: dict[str, int] = numbers["couples"]
    lowered = re.sub(rf"\b({'|'.join(couples)}) of\b", r"\1", text.strip().casefold())
    digits = _DIGITS.match(lowered)
    rest = re.split(r"[\s-]+", (lowered[digits.end() :] if digits else lowered).strip())
    total: float | None = float(digits[1].replace(",", "")) if digits else None
    for word in filter(None, rest):
        if word in couples:
            total = couples[word]  # "a couple of dozen": the article counts nothing more
        elif word in words:
            total = (total or 0) + words[word]
        elif word in multipliers:
            total = (1 if total is None else total) * multipliers[word]
        elif word != "and":
            break
    if total is None:
        return None
    return int(total) if total == int(total) else total
