"""Web pages: text and blocks, what the page says of itself, offsets into the source, and pages that are refused."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.samples import ARTICLE, page

from comity.documents import load, parse, raw_offset
from comity.errors import DocumentError, InputError
from comity.model import Publication

PARAGRAPH = "<p>The council voted on Tuesday to keep the rule, officials of the county said.</p>"


def test_an_article_keeps_its_paragraphs_headings_quotations_and_quotation_marks() -> None:
    document = parse(page())
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("heading", "Council keeps its rule"),
        (
            "paragraph",
            "MILL CREEK — The City Council voted 5–2 on Tuesday to keep a rule on jail records, officials said.",
        ),
        ("paragraph", "“We won’t change course,” the council’s president said & left the room."),
        ("quotation", "The rule stays as it is, and the county is free to disagree with it in public."),
        ("heading", "What happens next"),
        ("item", "The clerk sends the rule to the county."),
        ("item", "The sheriff answers within thirty days."),
        ("paragraph", "A spokeswoman for the sheriff did not answer two calls on Wednesday morning."),
        ("paragraph", "The county jail holds 212 people."),
    ]


def test_every_letter_has_its_place_in_the_source() -> None:
    data = page()
    document = parse(data)
    source = data.decode()
    assert document.notes == ()
    for at, letter in enumerate(document.text):
        if not letter.isspace():
            place = source[raw_offset(document, at) :]
            assert html.unescape(place[:8]).startswith(letter)


def test_a_byte_order_mark_shifts_the_places_in_the_source() -> None:
    plain, marked = parse(page()), parse(b"\xef\xbb\xbf" + page())
    assert plain.text == marked.text
    assert [run.raw + 1 for run in plain.offsets] == [run.raw for run in marked.offsets]


def test_declared_charset_is_believed() -> None:
    data = page(ARTICLE, '<meta charset="iso-8859-1">').replace(b"MILL", "PEÑASCO".encode("latin-1"))
    document = parse(data)
    assert "PEÑASCO CREEK" in document.text
    assert document.notes == ()


LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "published", "basis"),
    [
        ('<meta property="article:published_time" content="2025-05-28T16:00:00-08:00">', "2025-05-28", "meta tag"),
        ('<meta name="DC.date.issued" content="May 28, 2025">', "2025-05-28", "meta tag"),
        (LD.format('{"@type":"NewsArticle","datePublished":"2025-05-28"}'), "2025-05-28", "JSON-LD"),
        (
            LD.format('{"@graph":[{"@type":["Thing"]},{"@type":"Report","datePublished":"2025-05-28"}]}'),
            "2025-05-28",
            "JSON-LD",
        ),
        ('<link rel="canonical" href="https://x.example/2025/05/28/council-keeps-its-rule">', "2025-05-28", "htmldate"),
        ('<meta property="article:modified_time" content="2025-05-28T16:00:00Z">', None, None),
        ('<meta property="article:published_time" content="2025-13-45">', None, None),
        ('<meta property="article:published_time" content="2031-01-02">', None, None),
        ('<meta name="date" content="2025-06-20">', None, None),
        ("", None, None),
        (LD.format('{"@type":"NewsArticle","datePublished":'), None, None),
        (
            '<meta property="article:published_time" content="2025-05-29T02:00:00Z">'
            + LD.format('{"@type":"NewsArticle","datePublished":"2025-05-28T18:00:00-08:00"}'),
            "2025-05-28",
            "meta tag",
        ),
    ],
)
def test_day_of_publication_and_its_basis(head: str, published: str | None, basis: str | None) -> None:
    document = parse(page(ARTICLE, head), publication=Publication(captured="2025-06-20T12:00:00Z"))
    assert (document.published, document.published_basis) == (published, basis)


def test_a_given_day_goes_before_all() -> None:
    head = '<meta property="article:published_time" content="2025-05-28">'
    document = parse(
        page(ARTICLE, head), publication=Publication(published="2025-05", publisher="Given", home_state="OH")
    )
    assert (document.published, document.published_basis) == ("2025-05", "given")
    assert (document.publisher, document.home_state) == ("Given", "OH")


def test_the_date_of_today_in_a_page_is_not_its_day_of_publication() -> None:
    body = '<div class="date">June 20, 2025</div>' + ARTICLE
    document = parse(page(body), publication=Publication(captured="2025-06-20T12:00:00Z"))
    assert document.published is None


def test_what_a_page_says_of_itself() -> None:
    head = (
        "<title>Council keeps its rule | Sandhill Courier</title>"
        '<meta property="og:site_name" content="Sandhill Courier">'
        '<meta name="author" content="By Dana Reyes, dreyes@courier.example">'
        '<meta property="og:url" content="https://courier.example/rule">'
        '<meta property="og:title" content="Council keeps its rule - Sandhill Courier">'
    )
    document = parse(page(ARTICLE, head))
    assert document.title == "Council keeps its rule"
    assert document.publisher == "Sandhill Courier"
    assert document.byline == "Dana Reyes"
    assert document.url == "https://courier.example/rule"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html><head><title>x</title></head><body></body></html>", "no article"),
        (page("<ul><li><a href='/a'>Home</a></li><li><a href='/b'>News</a></li></ul>"), "no article"),
        (b"<html>" + b"<", "no article"),
        (page(PARAGRAPH * 140_000), "more than 10 MiB"),
        (page("<div>" * 100_000 + PARAGRAPH + "</div>" * 100_000), "elements|deeper"),
        (page("<div>" * 20_000 + PARAGRAPH), "deeper"),
        (page("<span><b>" * 10_000 + PARAGRAPH), "deeper"),
        (page("<div>" * 400 + PARAGRAPH + "</div>" * 400), "deeper"),
        (page("<b>x</b>" * 40_000 + PARAGRAPH), "elements"),
    ],
)
def test_refused_pages(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        parse(data, path="page.html")
    assert str(caught.value).startswith("page.html: ")
    assert caught.value.hint


def test_a_page_of_50_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(page(PARAGRAPH * 620_000))
    with pytest.raises(DocumentError, match="more than 40 MiB"):
        load(file)


def test_tags_that_needn_t_be_closed_are_not_depth() -> None:
    assert "officials" in parse(page(PARAGRAPH.replace("</p>", "") * 1_000)).text


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "</b>",
            "<b>",
            "&amp;",
            "&ldquo;",
            "<br>",
            "word ",
            "The council met. ",
            "<!-- x",
            "-->",
            "<script>",
            "</script>",
            "é",
            "&#x41;",
            "<",
        ]
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(MARKUP)
def test_offsets_ascend_and_stay_within_text_and_source(parts: list[str]) -> None:
    data = page(PARAGRAPH + "".join(parts) + PARAGRAPH)
    try:
        document = parse(data)
    except DocumentError:
        return
    source = data.decode()
    end = 0
    for run in document.offsets:
        assert end <= run.clean < run.clean + run.length <= len(document.text)
        assert 0 <= run.raw < run.raw + run.length <= len(source)
        if source[run.raw] != "&":
            assert source[run.raw : run.raw + run.length] == document.text[run.clean : run.clean + run.length]
        end = run.clean + run.length


def test_text_that_is_not_in_the_source_has_no_place() -> None:
    with pytest.raises(InputError, match="no place"):
        raw_offset(parse(b"a,b\n1,2\n", path="list.csv"), 0)
