"""The shapes of time expressions, over the classes of :mod:`comity.reading.time_words`.

:func:`match` gives the longest expression that begins at a token, as a :class:`~comity.reading.time_meanings.Spec`
still to be resolved against a publication day (:mod:`comity.reading.time_resolve`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from comity.reading import time_meanings as meanings
from comity.reading.time_meanings import Spec
from comity.reading.time_words import Word

__all__ = ["match", "upcoming"]

_Builder = Callable[[Sequence[Word]], "Spec | None"]


def _part(words: Sequence[Word]) -> Spec | None:
    """Of the form: early June, mid-2022, late last year, early Wednesday."""
    part = words[0] if words[0].letter == "E" else words[1]
    rest = words[list(words).index(part) + 1 :]
    rest = [word for word in rest if word.letter not in "-i"]
    inner = _simple(rest)
    if inner is None:
        return None
    if inner.kind in ("weekday", "date") or (inner.kind == "unit" and inner.unit == "week"):
        return inner
    return Spec("part", part=part.value, inner=inner)


def _simple(words: Sequence[Word]) -> Spec | None:
    """The expression that covers exactly these tokens."""
    letters = "".join(word.letter for word in words)
    for pattern, builder in _PATTERNS:
        if pattern.fullmatch(letters):
            spec = builder(words)
            if spec is not None:
                return spec
    if letters == "TU":
        return Spec("unit", unit=words[1].value, shift=0)
    return None


def _ending(words: Sequence[Word]) -> Spec | None:
    """Of the form: the end of May, the beginning of the year, year's end."""
    begins = next(i for i, word in enumerate(words) if word.letter == "B")
    if begins == len(words) - 1:
        inner: Spec | None = Spec("unit", unit=words[0].value, shift=0)
        if words[0].value not in ("year", "month") or words[begins].value != "end":
            return None
    else:
        inner = _simple(words[begins + 2 :])
    if inner is None or inner.unit == "day":
        return None
    return Spec("part", part=words[begins].value, inner=inner)


_SHAPES: tuple[tuple[str, _Builder], ...] = (
    (r"(?:WP?c?)?Mc?[do](?:c?Y)?", meanings.read_month_day),
    (r"(?:WP?c?)?Mc?[do]c?f?[lXH]U", meanings.read_month_day),
    (r"H?Mc?f?[lXH]U", meanings.read_month),
    (r"M[do](?:-|t|u|&)[do](?:c?Y)?", meanings.read_month_day),
    (r"[do](?:-|t|u|&)[do]M(?:c?Y)?", meanings.read_month_day),
    (r"(?:Wc?)?T?[do](?:U?f)?Mc?Y", meanings.read_month_day),
    (r"(?:Wc?)?T?[do](?:U?f)?M", meanings.read_month_day),
    (r"H?[lXGpH]?M[fi]?c?Y", meanings.read_month),
    (r"H?[lXGpH]?M", meanings.read_month),
    (r"I", meanings.read_iso),
    (r"K", meanings.read_slash),
    (r"T?E?-?[CD]", meanings.read_decade),
    (r"T?o-?U", meanings.read_century),
    (r"T?o[tu&-]T?o-?U", meanings.read_centuries),
    (r"T?Sf?c?Y", meanings.read_season),
    (r"T?H?[lXGpHT]?S", meanings.read_season),
    (r"T?E-?i?(?:[lXH]?M(?:f?c?Y)?|Y|Sf?Y|[lX]S|[lXH]U|WP?)", _part),
    (r"T?B[fi](?:M(?:f?c?Y)?|Y|TU|[lXH]U|[lXH]S|C|TC)", _ending),
    (r"U['-]?B", _ending),
    (r"Q(?:f|i|c)?Y?", meanings.read_quarter),
    (r"T?OU(?:f|i)?Y?", meanings.read_quarter),
    (r"F", meanings.read_fiscal),
    (r"T?gU?Y", meanings.read_fiscal),
    (r"T?YgU", meanings.read_fiscal),
    (r"T?H?[lXGpH]?WP?", meanings.read_weekday),
    (r"RP?", meanings.read_relative),
    (r"HP", meanings.read_relative),
    (r"lP", meanings.read_relative),
    (r"[lX]U", meanings.read_unit),
    (r"H[pG]?U", meanings.read_unit),
    (r"e[H]U", meanings.read_unit),
    (r"e[H]S", meanings.read_season_so_far),
    (r"TU", meanings.read_unit),
    (r"T?[lpXG][dn#]U", meanings.read_window),
    (r"T[lp]U", meanings.read_window),
    (r"pU", meanings.read_window),
    (r"T?rU", meanings.read_plural),
    (r"T?[lpXG]a?vf?U", meanings.read_vague),
    (r"TGU", meanings.read_plural),
    (r"GU", meanings.read_plural),
    (r"[dn#a]UA", meanings.read_ago),
    (r"a?vf?UA", meanings.read_ago),
    (r"UA", meanings.read_ago),
    (r"[dna]U&aUA", meanings.read_plain_vague),
    (r"[dn]&aUUA", meanings.read_plain_vague),
    (r"T?[PU]f(?:Wc?)?M[do](?:c?Y)?", meanings.read_of_day),
    (r"[dn#a]Ue", meanings.read_later),
    (r"TU[zw]R", meanings.read_beside),
    (r"a?vUe", meanings.read_vague),
    (r"T?hh?U", meanings.read_same),
    (r"T[jX]U", meanings.read_next_to),
    (r"T[jX]P", meanings.read_next_to),
    (r"hh?P", meanings.read_same),
    (r"Mc?T?hh?U", meanings.read_same),
    (r"[lXGH]?V(?:c?Y)?U?", meanings.read_holiday),
    (r"T?[Ol]UfM(?:f?c?Y)?", meanings.read_nth),
    (r"T?[Ol]W[if]M(?:f?c?Y)?", meanings.read_nth),
    (r"To", meanings.read_of_month),
    (r"i[dna]U", meanings.read_in_units),
    (r"Y", meanings.read_year),
    (r"Y-[Yd#]", meanings.read_years),
    (r"T?Y-[Yd#]kU", meanings.read_years),
    (r"q", meanings.read_short_year),
)  # fmt: skip
_PATTERNS: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple((re.compile(shape), build) for shape, build in _SHAPES)


_ANY = re.compile("|".join(f"(?:{shape})" for shape, _ in _SHAPES))


def upcoming(letters: str, at: int) -> int:
    """The next token at which any expression may begin, or -1."""
    found = _ANY.search(letters, at)
    return -1 if found is None else found.start()


def match(words: Sequence[Word], letters: str, at: int) -> tuple[int, Spec] | None:
    """The longest expression that begins at a token: the token after it, and what it means."""
    found: list[tuple[int, int, _Builder]] = []
    for order, (pattern, builder) in enumerate(_PATTERNS):
        matched = pattern.match(letters, at)
        if matched is not None and matched.end() > at:
            found.append((-matched.end(), order, builder))
    for end, _, builder in sorted(found, key=lambda item: item[:2]):
        spec = builder(words[at:-end])
        if spec is not None:
            return -end, spec
    return None
