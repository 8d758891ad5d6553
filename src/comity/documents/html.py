"""Web pages: the main text with its blocks, what the page says of itself, and where the text stands in the source."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Literal

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.utils import load_html

from comity.documents.content import Content, Source
from comity.documents.markup import align, depth, elements, visible
from comity.documents.metadata import page_facts
from comity.documents.text import decode
from comity.model import Block, Pair

__all__ = ["read_html"]

BlockKind = Literal["heading", "paragraph", "item", "quotation"]
KINDS: dict[str, BlockKind] = {"head": "heading", "quote": "quotation", "item": "item", "row": "item", "p": "paragraph"}
CONTAINERS = frozenset(("body", "list", "table", "div", "main", "comments", *KINDS))
CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)|<\?xml[^>]+encoding=[\"']([a-zA-Z0-9_.-]+)", re.IGNORECASE
)
SENTENCE = re.compile(r"\w+\W+\w+\W+\w+\W+\w+.*[.!?…][\"'”’)\]]*\s*$", re.DOTALL)
ONE_PAGE = "give the article's own page"
PARSED_DEPTH = 250  # libxml2 drops what is nested deeper than 256, without a word
NO_ARTICLE = ("no article on the page", ONE_PAGE)

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
for name in ("trafilatura", "htmldate"):
    logging.getLogger(name).propagate = False  # what it discards is our one clear line


def read_html(source: Source) -> Content:
    """The article of a page by trafilatura (fast mode), a block a paragraph, heading, item or quoted paragraph.

    Blocks are separated by an empty line. ``offsets`` map the text to the decoded page; what couldn't be found
    there again is noted. Raises DocumentError where the page is too large, too deep or holds no article.
    """
    limits = source.limits
    if len(source.data) > limits.page_size:
        raise source.refusal(f"a page of more than {limits.page_size // (1024 * 1024)} MiB", ONE_PAGE)
    declared = CHARSET.search(source.data[:4096])
    charset = (declared.group(1) or declared.group(2)).decode("ascii") if declared else None
    decoded = decode(source, charset)
    page = decoded.text
    markup = visible(page)
    if elements(markup) > limits.elements:
        raise source.refusal(f"a page of more than {limits.elements:,} elements", ONE_PAGE)
    if depth(markup, limits.depth) > limits.depth:
        raise source.refusal(f"markup nested deeper than {limits.depth:,} tags", ONE_PAGE)
    tree = _tree(source, page)
    if elements(markup) >= PARSED_DEPTH and tree.xpath(f"boolean(//*[count(ancestor::*) >= {PARSED_DEPTH}])"):
        raise source.refusal(f"markup nested deeper than {PARSED_DEPTH} tags", ONE_PAGE)
    publication = source.publication
    facts = page_facts(
        tree, captured=publication.captured, dated=publication.published is not None, url=publication.url
    )
    text, blocks = _joined(_lines(_body(source, tree)))
    if not any(SENTENCE.search(text, block.start, block.end) for block in blocks):
        raise source.refusal(*NO_ARTICLE)
    offsets, lost = align(text, [(block.start, block.end) for block in blocks], markup)
    notes = (*decoded.notes, *facts.notes, *_lost_note(text, lost))
    if decoded.mark:
        offsets = tuple(type(run)(run.clean, run.raw + decoded.mark, run.length) for run in offsets)
    return Content(
        text=text,
        blocks=blocks,
        offsets=offsets,
        title=facts.title,
        publisher=facts.publisher,
        byline=facts.byline,
        published=facts.published,
        published_basis=facts.basis,
        url=facts.url,
        notes=notes,
    )


def _tree(source: Source, page: str) -> HtmlElement:
    try:
        tree = load_html(page.replace("\0", ""))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise source.refusal("markup that can't be parsed", ONE_PAGE) from error
    if tree is None:
        raise source.refusal(*NO_ARTICLE)
    return tree


def _body(source: Source, tree: HtmlElement) -> etree._Element:
    try:
        extracted = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError) as error:
        raise source.refusal(*NO_ARTICLE) from error
    body = getattr(extracted, "body", None)
    if body is None:
        raise source.refusal(*NO_ARTICLE)
    return body


def _lines(body: etree._Element) -> Iterator[tuple[BlockKind, str]]:
    """The lines of the extracted tree with their kinds; a quotation's paragraphs are quotations."""
    parts: list[str] = []
    kinds: list[BlockKind] = ["paragraph"]

    def taken() -> Iterator[tuple[BlockKind, str]]:
        lines = "".join(parts).split("\n")
        parts.clear()
        for line in lines:
            if words := " ".join(line.split()):
                yield kinds[-1], words

    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            if tag in CONTAINERS:
                yield from taken()
                inner = KINDS.get(tag, kinds[-1])
                kinds.append("quotation" if kinds[-1] == "quotation" else "item" if kinds[-1] == "item" else inner)
            elif tag == "lb":
                parts.append("\n")
            elif tag == "cell" and parts and parts[-1] != "\n":
                parts.append(" ")
            parts.append(" ".join((element.text or "").split("\n")))
            continue
        if tag in CONTAINERS:
            yield from taken()
            kinds.pop()
        parts.append(" ".join((element.tail or "").split("\n")))
    yield from taken()


def _joined(lines: Iterator[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    parts: list[str] = []
    at = 0
    for kind, line in lines:
        blocks.append(Block(kind, at, at + len(line)))
        parts.append(line)
        at += len(line) + 2
    return "\n\n".join(parts), tuple(blocks)


def _lost_note(text: str, lost: tuple[Pair, ...]) -> tuple[str, ...]:
    if not lost:
        return ()
    count = sum(end - start for start, end in lost)
    return (f"{count} of {len(text)} characters have no place in the page's source",)
