"""Office holders: names that stand for the government or agency whose office they hold.

"Longmont Mayor Rosa Ruiz", "Mayor Rosa Ruiz of Longmont" and "Longmont's mayor, Rosa Ruiz," introduce her; "Ruiz signed
the order" is then Longmont's act. :func:`introduced` finds the introductions of a text, :func:`surnames` where a holder
is named again. All titles are data, ``language/definite.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from comity.model import Pair
from comity.vocabulary import language

__all__ = ["Introduction", "introduced", "surnames"]


class Introduction(NamedTuple):
    """A title and a name. ``kind`` is that of the offices that the title can mean, ``title`` and ``span`` are spans."""

    kind: str
    title: Pair
    span: Pair
    surname: str


_FIRST_NAMES = r"(?-i:[A-Z][\w’'-]+)(?: (?-i:[A-Z]\.))?"
_OTHER_NAME = re.compile(r"(?:([A-Z][\w’'-]+)|[A-Z]\.)\s$")
_ENDS_SENTENCE = (".", "”", '"', "!", "?", ":", ";", ")")


class _Words(NamedTuple):
    introduction: re.Pattern[str]
    titles: Mapping[str, str]
    unheld: re.Pattern[str]
    openers: frozenset[str]  # capitalised words before a name that are no part of it


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = {kind: " ".join(words.split()) for kind, words in language("definite")["holders"].items()}
    unheld, particles = data.pop("not"), data.pop("particles")
    titles = "|".join(f"(?P<{kind}>{words})" for kind, words in data.items())
    return _Words(
        re.compile(
            rf"(?<![\w-])(?:{titles}),? {_FIRST_NAMES}(?: (?:{particles}))? (?P<last>(?-i:[A-Z][\w’-]+))(?!\w)",
            re.IGNORECASE,
        ),
        data,
        re.compile(rf"\b(?:{unheld})[ -]$", re.IGNORECASE),
        frozenset(language("places")["sentence_openers"]),
    )


def introduced(text: str) -> list[Introduction]:
    """The office holders that a text introduces by title and full name, in the order of the text.

    A line that ends no sentence is a headline, in which capitals say nothing.
    """
    words, found = _words(), []
    for match in words.introduction.finditer(text):
        line_end = text.find("\n", match.end())
        line = text[match.end() : line_end if line_end >= 0 else len(text)].rstrip()
        if not line.endswith(_ENDS_SENTENCE) or words.unheld.search(text, max(0, match.start() - 20), match.start()):
            continue
        kind = next(name for name in words.titles if match[name])
        surname = match["last"].removesuffix("’s").removesuffix("'s")
        span = (match.start(), match.start("last") + len(surname))
        found.append(Introduction(kind, match.span(kind), span, surname))
    return found


def surnames(text: str, holders: Sequence[Introduction]) -> Iterator[tuple[str, Pair]]:
    """Where holders are named by surname alone, or by title and surname, with the surname.

    A surname that two of them share is nobody's.
    """
    full: dict[str, set[str]] = {}
    for holder in holders:
        full.setdefault(holder.surname, set()).add(text[holder.title[1] : holder.span[1]].lstrip(", "))
    known = sorted(name for name, printed in full.items() if len(printed) == 1)
    if not known:
        return
    titles = "|".join(_words().titles.values())
    pattern = re.compile(rf"(?<![\w’'-])(?:(?i:{titles}) )?(?P<last>{'|'.join(known)})(?![\w-])")
    for match in pattern.finditer(text):
        other = _OTHER_NAME.search(text, max(0, match.start() - 24), match.start())
        opens = other is not None and (other[1] or "").lower() in _words().openers
        if match.start() < match.start("last") or other is None or opens:
            yield match["last"], match.span()
