"""The matters of a dossier as markup: each with its line and the sentences that carry it, or the sides that differ.

Made here and not in a template, as :mod:`comity.interfaces.web.evidence` is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from comity.interfaces.web.evidence import entry, made_safe, reply, unbroken
from comity.interfaces.web.quality import precision
from comity.interfaces.web.spans import DIFFERS
from comity.interfaces.web.words import address, counted
from comity.model import Belief
from comity.views.dossier import Entry, Facet
from comity.vocabulary import Vocabulary

__all__ = ["Matter", "Side", "matter"]

_ANSWERED = ' <span class="tag differs">answered by an office</span>'
_BOTH = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a disputed matter with the statements that give it."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """A facet as the page shows it: the few statements that carry it, or the sides where accounts differ."""

    number: int
    facet: Facet
    shown: tuple[Entry, ...]
    sides: tuple[Side, ...]
    publishers: tuple[str, ...]
    replies: tuple[Belief, ...]  # of offices, to statements of it


def matter(of: Matter, open: bool, as_of: str | None, known: str | None, topic: Vocabulary) -> Markup:
    """A matter of the dossier at these two instants; ``open``: its sentences are shown at once."""
    facet, number = of.facet, of.number
    tags = f"{DIFFERS if facet.disputed else ''}{_ANSWERED if of.replies else ''}"
    replies = "".join(reply(each, topic) for each in of.replies)
    made = [
        f'<article class="matter" id="m{number}" aria-labelledby="l{number}">',
        f'<h3 id="l{number}"><bdi>{unbroken(facet.line)}</bdi>{tags}</h3>',
        f'<ul class="entries">{replies}</ul>' if replies else "",
        _sides(of) if of.sides else _carried(of, open, as_of, known),
        "</article>",
    ]
    return Markup("\n".join(made))  # noqa: S704 - of what is safe already


def _sides(of: Matter) -> str:
    told = (
        f'<section aria-label="Side {number}: {made_safe(side.title)}"><h4>{made_safe(side.title.capitalize())}</h4>\n'
        f'<ul class="entries">{_entries(side.entries, of.facet)}</ul></section>'
        for number, side in enumerate(of.sides, start=1)
    )
    return f'<div class="sides">\n{"".join(told)}\n</div>'


def _carried(of: Matter, open: bool, as_of: str | None, known: str | None) -> str:
    many = len(of.facet.statements)
    rest = ""
    if many > len(of.shown):
        at = escape(address("/statements", facet=of.facet.facet, as_of=as_of, known=known))
        said = "Both statements" if many == _BOTH else f"All {counted(many, 'statement')}"
        rest = f'<p><a href="{at}">{said} of this matter</a></p>\n'
    head = f"{counted(many, 'statement')}, from {made_safe('; '.join(of.publishers))}"
    return (
        f"<details{' open' if open else ''}><summary>{head}</summary>\n"
        f'<ul class="entries">{_entries(of.shown, of.facet)}</ul>\n{rest}</details>'
    )


def _entries(entries: Iterable[Entry], facet: Facet) -> str:
    lasts = facet.nature == "state"
    return "".join(entry(each, precision(each.statement), lasts) for each in entries)
