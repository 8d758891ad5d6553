"""What a page says of itself: title, byline, publisher, address and day of publication with its basis.

Read from meta tags first, then JSON-LD (schema.org), then, for the day alone, by htmldate from the page. A day is
only taken where it can be trusted: never the day of capture where a page merely shows the date of today.
"""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import htmldate
from lxml.html import HtmlElement  # type: ignore[import-untyped]

__all__ = ["PageFacts", "page_facts"]

DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "publication_date",
    "publish_date",
    "publish-date",
    "published",
    "publishdate",
    "pubdate",
    "cxenseparse:recs:publishtime",
    "ptime",
)
DOUBTFUL_NAMES = ("date", "article.created", "created", "originalpublicationdate")  # some servers print today there
TITLE_NAMES = ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
BYLINE_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator")
SITE_NAMES = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name", "copyright-holder")
ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
ISO_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
OTHER_DAYS = (
    "%B %d, %Y",
    "%b %d, %Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d %B %Y",
    "%a, %d %b %Y",
    "%A, %B %d, %Y",
    "%b. %d, %Y",
)
BY = re.compile(r"^\s*(?:written\s+)?by[:\s]+", re.IGNORECASE)
CONTACT = re.compile(r"\S+@\S+|https?://\S+|\+?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}")
CHANGED = re.compile(r"modif|updated|last-?update|dateModified", re.IGNORECASE)
EARLIEST = "1990-01-01"  # no page on the web is older
LATEST = "2100-01-01"  # htmldate would else take the day of reading, and its answer would change with the clock


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself; None where it doesn't, or can't be trusted."""

    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    basis: str | None = None
    notes: tuple[str, ...] = ()


def page_facts(
    tree: HtmlElement, *, captured: str | None = None, dated: bool = False, url: str | None = None
) -> PageFacts:
    """The facts of a parsed page.

    ``captured`` is the day of capture: no page is published after it. With ``dated`` the day is known and not
    looked for, which saves half of the time.
    """
    meta = _meta(tree)
    article = _article(tree, _first(meta, TITLE_NAMES))
    address = _first(meta, ("og:url",)) or _text(next(iter(tree.xpath("//link[@rel='canonical']/@href")), None))
    publisher = _first(meta, SITE_NAMES) or _name(article.get("publisher"))
    published, basis, notes = (None, None, ()) if dated else _published(tree, meta, article, captured, url or address)
    return PageFacts(
        title=_title(tree, meta, article, publisher),
        publisher=publisher.lstrip("@") if publisher and not publisher.startswith("http") else None,
        byline=_byline(tree, meta, article),
        url=address if address and address.startswith("http") else None,
        published=published,
        basis=basis,
        notes=notes,
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), " ".join(content.split()))
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _article(tree: HtmlElement, title: str | None) -> dict[str, Any]:
    """The JSON-LD object that is this page's article; empty where there is none or it can't be told which."""
    articles: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script.strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        articles.extend(_articles(data))
    if title and len(articles) > 1:
        named = [node for node in articles if _text(node.get("headline") or node.get("name")) == title]
        articles = named or articles
    days = {_day(node.get("datePublished")) for node in articles}
    if not articles or (len(days) > 1 and len(articles) > 1 and not title):
        return {}
    return articles[0]


def _articles(data: object, level: int = 0) -> Iterator[dict[str, Any]]:
    if level > 4:
        return
    if isinstance(data, list):
        for item in data:
            yield from _articles(item, level + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and ARTICLE.search(name) for name in names):
            yield data
        for key in ("@graph", "mainEntity"):
            if key in data:
                yield from _articles(data[key], level + 1)


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(item) for item in value))) or None
    return _text(value.get("name") if isinstance(value, dict) else value)


def _title(tree: HtmlElement, meta: dict[str, str], article: dict[str, Any], publisher: str | None) -> str | None:
    heads = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    title = _first(meta, TITLE_NAMES) or _text(article.get("headline"))
    if not title and len([head for head in heads if head]) == 1:
        title = next(head for head in heads if head)
    title = title or _text(next(iter(tree.xpath("//title/text()")), None))
    if title and publisher:
        title = re.sub(rf"\s+[|\-–—:]\s+{re.escape(publisher)}$", "", title, flags=re.IGNORECASE)
    return title


def _byline(tree: HtmlElement, meta: dict[str, str], article: dict[str, Any]) -> str | None:
    byline = _name(article.get("author")) or _first(meta, BYLINE_NAMES)
    if not byline or byline.startswith("http"):
        found = tree.xpath("//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')]")
        byline = next((text for text in (" ".join(node.text_content().split()) for node in found) if text), None)
    if not byline or byline.startswith("http") or len(byline) > 150:
        return None
    return CONTACT.sub("", BY.sub("", byline)).strip(" ,|•·-") or None


def _day(value: object) -> str | None:
    """The ISO day of a timestamp as its writer printed it, None where it is none."""
    text = _text(value)
    if not text:
        return None
    match = ISO_DAY.match(text)
    try:
        if match:
            return datetime.date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None
    for form in OTHER_DAYS:
        for stretch in (text, text[:25], " ".join(text.split()[:3]), " ".join(text.split()[:4])):
            try:
                return datetime.datetime.strptime(stretch.strip(" ,"), form).date().isoformat()
            except ValueError:
                continue
    return None


def _published(
    tree: HtmlElement, meta: dict[str, str], article: dict[str, Any], captured: str | None, url: str | None
) -> tuple[str | None, str | None, tuple[str, ...]]:
    today = captured[:10] if captured else None
    stamps = [meta[name] for name in DATE_NAMES if name in meta]
    doubtful = [meta[name] for name in DOUBTFUL_NAMES if name in meta and _day(meta[name]) != today]
    stated = [(stamp, "meta tag") for stamp in stamps]
    stated += [(stamp, "JSON-LD") for stamp in [_text(article.get("datePublished"))] if stamp]
    stated += [(stamp, "meta tag") for stamp in doubtful]
    for stamp, basis in stated:
        day = _day(stamp)
        if day and EARLIEST < day <= (today or LATEST):
            local = _local_day(stamp, [other for other, _ in stated])
            return local or day, basis, () if local else _zone_note(stamp)
    try:
        day = htmldate.find_date(
            _without_changes(tree),
            extensive_search=False,
            original_date=True,
            url=url,
            min_date=EARLIEST,
            max_date=today or LATEST,
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, OverflowError):
        day = None  # htmldate fails on some damaged markup; then the day is simply unknown
    if not day or day == today or day.endswith("-01-01"):
        return None, None, ()  # today's date in a page's head, or a mere year in its foot
    return day, "htmldate", ()


def _without_changes(tree: HtmlElement) -> HtmlElement:
    """A copy of the page less what dates its last change: htmldate takes that where it finds nothing else."""
    bare = copy.deepcopy(tree)
    changed = [
        element
        for element in bare.iter("meta", "time", "span", "abbr", "p", "div", "script")
        if (element.tag == "script" and CHANGED.search(element.text or ""))
        or any(CHANGED.search(element.get(name) or "") for name in ("property", "name", "itemprop", "class"))
    ]
    for element in changed:
        if element.getparent() is not None:
            element.drop_tree()
    return bare


def _local_day(stamp: str, others: list[str]) -> str | None:
    """The day in the newsroom's zone where the same instant is also printed with its offset."""
    instant = _instant(stamp)
    if instant is None:
        return None
    for other in others:
        local = _instant(other)
        if local is not None and local.utcoffset() and abs(local - instant) < datetime.timedelta(minutes=2):
            return local.date().isoformat()
    return None


def _zone_note(stamp: str) -> tuple[str, ...]:
    instant = _instant(stamp)
    if (
        instant is not None
        and instant.utcoffset() == datetime.timedelta()
        and 0 < instant.hour * 60 + instant.minute < 600
    ):
        return (f"publication time is in UTC ({stamp}): the local day may be the one before",)
    return ()


def _instant(stamp: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
