"""A statement's words and what stands under them, as markup: what nearly every page shows, many times over.

Made here and not in a template, which takes five times as long (docs/benchmarks.md); a dossier has fifty of them.
Whatever is not written in this module goes through :func:`made_safe`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from comity.interfaces.web.marking import pieces
from comity.interfaces.web.quality import Precision
from comity.interfaces.web.words import counted, dated, day, inert, list_title, plain_words, slots, timed
from comity.model import Belief, Statement
from comity.views import wording
from comity.views.dossier import Entry
from comity.vocabulary import Vocabulary

__all__ = ["entry", "facts", "facts_here", "made_safe", "reply", "sentence", "trust", "unbroken", "words"]

_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_BRIEF = 11  # characters of a statement's id that are read out
_SEALED = '<p class="quiet">The words are sealed; their hash stays on the register.</p>'
_UNCHECKED = '<span class="tag">read by machine, unchecked</span>'
_CHECKED = '<span class="tag checked">checked and {}</span>'


def sentence(statement: Statement) -> Markup:
    """The evidence sentence, with its sources and cues marked."""
    if not statement.attribution:
        return _markup(made_safe(statement.evidence.exact or ""))
    parts = ((piece.role, made_safe(piece.text)) for piece in pieces(statement))
    return _markup("".join(f'<span class="{role}">{text}</span>' if role else text for role, text in parts))


@lru_cache(maxsize=1024)
def unbroken(line: str) -> Markup:
    """A line in which no day is broken over the end of a row."""
    return _markup(_DAY.sub(r'<span class="nowrap">\g<0></span>', made_safe(line)))


def words(statement: Statement) -> Markup:
    """The sentence or the row as printed; that it is sealed."""
    at = statement.evidence
    if at.cells is not None:
        pairs = ((_safe(name), made_safe(text)) for name, text in at.cells.items() if text)
        rows = "".join(f"<div><dt><bdi>{name}</bdi></dt><dd><bdi>{text}</bdi></dd></div>\n" for name, text in pairs)
        return _markup(f'<div class="row-printed" role="group" aria-label="Row as printed"><dl>\n{rows}</dl></div>')
    return _markup(f"<blockquote><p><bdi>“{sentence(statement)}”</bdi></p></blockquote>" if at.exact else _SEALED)


def trust(statement: Statement, precision: Precision | None) -> Markup:
    """Whether anybody checked it; where nobody did, how often such statements were right when measured."""
    if statement.review != "machine":
        return _markup(_CHECKED.format("accepted" if statement.review == "accepted" else "corrected"))
    return _markup(_UNCHECKED) if precision is None else _measured(statement.predicate, precision)


@lru_cache(maxsize=256)
def _measured(predicate: str, precision: Precision) -> Markup:
    measured = f"{precision.right} of {precision.found} like it right when measured"
    about = f'<span class="hidden">{_safe(plain_words(predicate))}: </span>'
    return _markup(f'{_UNCHECKED} <a class="quiet" href="/about#quality">{about}{measured}</a>')


def facts(
    statement: Statement,
    publisher: str | None,
    synthetic: bool,
    observed: str | None,
    sightings: int,
    precision: Precision | None,
    link: bool = True,
    until: str | None = None,
) -> Markup:
    """Who published it and when it was seen, whose words it is in, how firmly, since when, and whether it was checked.

    ``link`` adds the statement's address, ``until`` the day until which it held.
    """
    row = statement.evidence.cells is not None
    seen = f", {'captured' if row else 'seen'} <time>{_safe(day(observed))}</time>" if observed else ""
    tag = ' <span class="tag">synthetic</span>' if synthetic else ""
    outlet = f'<li class="outlet"><bdi>{_safe(publisher or "publisher unknown")}</bdi>{tag}{seen}</li>'
    rest = _rest(statement, sightings, precision, until)
    return _listed([outlet, _mouth(statement), *rest, *([_link(statement)] if link else [])])


def facts_here(belief: Belief, precision: Precision | None, until: str | None = None) -> Markup:
    """Likewise on the page of the document, which says who published it, and which list it is an edition of."""
    one = belief.statement
    mouth = [_mouth(one)] if one.evidence.cells is None else []
    return _listed([*mouth, *_rest(one, belief.sightings, precision, until), _link(one)])


def entry(of: Entry, precision: Precision | None, lasts: bool) -> Markup:
    """An entry of a dossier, or of a side where accounts differ; what ``lasts`` is a state, held until a day."""
    times, until = of.belief, of.belief.valid_to if lasts else None
    told = facts(of.statement, of.publisher, of.synthetic, times.observed, of.sightings, precision, until=until)
    return _markup(f'<li class="entry">\n{words(of.statement)}\n{told}\n</li>')


def reply(of: Belief, topic: Vocabulary) -> Markup:
    """What an office replied to a record, in its own words."""
    one, at = of.statement, made_safe(of.statement.id)
    told, office = made_safe(", ".join(value for _, value in slots(one, topic))), made_safe(one.subject.name)
    said = made_safe(one.evidence.exact or "The words are sealed.")
    return _markup(
        f'<li class="entry reply">\n<p class="what"><strong><bdi>{office}</bdi></strong> '
        f"{told} this record, "
        f"<time>{made_safe(timed(one.time))}</time></p>\n<blockquote><p><bdi>“{said}”</bdi></p></blockquote>\n"
        f'<p class="more"><a href="/statement/{at}">The reply<span class="hidden"> {at[:_BRIEF]} of {office}</span></a>'
        "</p>\n</li>"
    )


def _rest(statement: Statement, sightings: int, precision: Precision | None, until: str | None) -> Iterator[str]:
    """How firmly it is said, of when, until when it held, how often it was seen, and whether it was checked."""
    for word in wording.firmness(statement):
        yield f'<li class="firm">{_safe(word)}</li>'
    if statement.evidence.cells is None or statement.time:
        yield f"<li><bdi>{_safe(dated(statement.time))}</bdi></li>"
    if until:
        yield f'<li class="firm">held until {_safe(day(until))}</li>'
    if sightings > 1:
        yield f"<li>{counted(sightings, 'sighting')}</li>"
    yield f"<li>{trust(statement, precision)}</li>"


def _link(statement: Statement) -> str:
    of = f'<span class="hidden"> {made_safe(statement.id[:_BRIEF])} of {_safe(statement.subject.name)}</span>'
    return f'<li><a class="permanent" href="/statement/{made_safe(statement.id)}">The statement{of}</a></li>'


def _listed(found: Sequence[str]) -> Markup:
    return _markup('<ul class="facts">\n' + "\n".join(found) + "\n</ul>")


def _mouth(statement: Statement) -> str:
    """Whose words it is in: those of a list, whose name is told, or whose voice it is."""
    name = statement.vocabulary.partition("@")[0] if statement.evidence.cells is not None else ""
    title = list_title(name) if name else ""
    if title != name:
        return f'<li>as printed on the list <a class="quiet" href="/list/{_safe(name)}">{_safe(title)}</a></li>'
    return f'<li class="voice {_safe(statement.voice)}"><bdi>{_safe(wording.voice(statement))}</bdi></li>'


def made_safe(of: str) -> str:
    """Foreign text made inert, and no markup."""
    return str(escape(inert(of)))


_safe = lru_cache(maxsize=4096)(made_safe)  # of what is said again and again: names, days, voices


def _markup(made: str) -> Markup:
    """What this module wrote around what it made safe."""
    return Markup(made)  # noqa: S704 - its parts went through made_safe
