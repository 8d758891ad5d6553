"""Changes as feeds: JSON Feed 1.1 and Atom (RFC 4287). Ids are stable: the same change has the same id in every run.

Use :func:`json_feed` and :func:`atom` on what :func:`comity.views.changes.changes` gives. No clock is asked: a feed's
own date is that of its latest entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import msgspec

from comity.identity import canonical
from comity.model import Change, Evidence
from comity.views.wording import changed

__all__ = ["Feed", "Telling", "atom", "change_id", "json_feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_EPOCH = "1970-01-01T00:00:00Z"
_SENTENCES = 3  # how many an entry carries; the change itself names all its evidence
# What XML 1.0 can't carry at all, not even escaped.
_NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))


@dataclass(frozen=True, slots=True)
class Telling:
    """How one change is told to somebody who sees nothing else: a title, where it came from, and its page."""

    title: str
    source: str
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is called and where it stands; addresses are left out where they are None.

    ``tells`` words a change for its readers; without it they get the names of the vocabulary.
    """

    title: str = "Changes on the register"
    home: str | None = None
    address: str | None = None
    author: str = "Comity"
    tells: Callable[[Change], Telling] | None = None


def change_id(change: Change) -> str:
    """``ch-`` and 40 hex digits: the hash of what changed, not of when it is asked, nor of paths and URLs."""
    content = {
        "kind": change.kind,
        "facet": change.facet,
        "list": change.list,
        "edition": change.edition,
        "date": change.date,
        "field": change.field,
        "before": msgspec.to_builtins(change.before),
        "after": msgspec.to_builtins(change.after),
        "evidence": [[each.document, each.start, each.end, each.sheet, each.row] for each in change.evidence[:1]],
    }
    return "ch-" + hashlib.sha256(canonical(content)).hexdigest()[:40]


def json_feed(changes: Iterable[Change], feed: Feed = Feed()) -> dict[str, Any]:
    """A JSON Feed 1.1, newest first; ``_comity`` of an item is the change as ``comity changes --json`` prints it."""
    items = []
    for change in _newest_first(changes):
        told = _telling(change, feed)
        item: dict[str, Any] = {
            "id": change_id(change),
            **({"url": told.page} if told.page else {}),
            "title": told.title,
            "content_text": _content(change, told),
            "date_published": change.learned or _EPOCH,
            "tags": [change.kind],
        }
        address = next((each.url for each in change.evidence if each.url), None)
        if address:
            item["external_url"] = address
        item["_comity"] = msgspec.to_builtins(change)
        items.append(item)
    head: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    head |= {key: value for key, value in (("home_page_url", feed.home), ("feed_url", feed.address)) if value}
    return {**head, "authors": [{"name": feed.author}], "language": "en-US", "items": items}


def atom(changes: Iterable[Change], feed: Feed = Feed()) -> str:
    """An Atom feed as XML text, newest first."""
    ordered = _newest_first(changes)
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    name = feed.address or "urn:sha256:" + hashlib.sha256(feed.title.encode()).hexdigest()
    _put(root, "id", name)
    _put(root, "title", feed.title)
    _put(root, "updated", ordered[0].learned or _EPOCH if ordered else _EPOCH)
    _put(_put(root, "author"), "name", feed.author)
    for rel, address in (("self", feed.address), ("alternate", feed.home)):
        if address:
            _put(root, "link", rel=rel, href=address)
    for change in ordered:
        told = _telling(change, feed)
        entry = _put(root, "entry")
        _put(entry, "id", "urn:sha256:" + change_id(change).removeprefix("ch-"))
        _put(entry, "title", told.title)
        _put(entry, "updated", change.learned or _EPOCH)
        _put(entry, "category", term=change.kind)
        if told.page:
            _put(entry, "link", rel="alternate", href=told.page)
        for address in dict.fromkeys(each.url for each in change.evidence if each.url):
            _put(entry, "link", rel="via", href=address)
        _put(entry, "content", _content(change, told), type="text")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _newest_first(changes: Iterable[Change]) -> Sequence[Change]:
    return sorted(changes, key=lambda change: change.learned or "", reverse=True)


def _put(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", {k: _clean(v) for k, v in attributes.items()})
    element.text = None if text is None else _clean(text)
    return element


def _clean(text: str) -> str:
    return text.translate(_NO_XML)


def _telling(change: Change, feed: Feed) -> Telling:
    if feed.tells is not None:
        return feed.tells(change)
    source = f"{change.list}, edition of {change.date}" if change.list else f"Date: {change.date or 'unknown'}"
    return Telling(f"{change.kind.capitalize()}: {changed(change)}", source)


def _content(change: Change, told: Telling) -> str:
    sentences = list(dict.fromkeys(filter(None, map(_words, change.evidence))))
    more = len(sentences) - _SENTENCES
    rest = [f"and {more} more"] if more > 0 else []
    return "\n".join([told.source, *sentences[:_SENTENCES], *rest])


def _words(evidence: Evidence) -> str:
    if evidence.cells:
        return "row: " + " | ".join(text for text in evidence.cells.values() if text)
    return f"“{' '.join(evidence.exact.split())}”" if evidence.exact else ""
