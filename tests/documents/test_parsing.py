"""The one door: formats told from bytes and names, files that can't be read, and no error but Comity's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.documents.samples import page, pdf, workbook

import comity.documents
from comity.documents import load, parse
from comity.errors import ComityError, DocumentError
from comity.model import Publication

ROW = '<sheetData><row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" s="1"><v>45785</v></c></row></sheetData>'
SAMPLES = (
    page(),
    pdf([[(72, 700, "The council met.")]], compressed=True),
    workbook({"S": ROW}),
    b"a,b\n1,2\n",
    b"Text.",
)


@pytest.mark.parametrize(
    ("data", "path", "given_type", "media_type"),
    [
        (SAMPLES[0], "story.html", None, "text/html"),
        (SAMPLES[0], None, None, "text/html"),
        (SAMPLES[0], "story", "text/html; charset=utf-8", "text/html"),
        (SAMPLES[1], "moa.bin", None, "application/pdf"),
        (SAMPLES[2], "list.dat", None, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (SAMPLES[3], "list.csv", None, "text/csv"),
        (SAMPLES[3], "list", "text/csv", "text/csv"),
        (SAMPLES[4], "story.txt", None, "text/plain"),
        (SAMPLES[4], None, None, "text/plain"),
        (SAMPLES[1], "story.txt", "text/plain", "application/pdf"),
    ],
)
def test_media_type_by_bytes_first_and_name_second(
    data: bytes, path: str | None, given_type: str | None, media_type: str
) -> None:
    assert parse(data, path=path, media_type=given_type).capture.media_type == media_type


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n \r\n", "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "PNG image"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x7fELF" + bytes(60), "program"),
        (b"A text\0 with a NUL in it.", "NUL"),
        (b"\x1f\x8b\x08" + bytes(20), "gzip"),
        (b"\x01\x02\x03\x04\x05\x06" * 50, "binary"),
    ],
)
def test_refused_bytes_say_what_where_and_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        parse(data, path="given.txt")
    assert (caught.value.where, bool(caught.value.hint)) == ("given.txt", True)
    assert "\n" not in str(caught.value)


def test_missing_files_directories_and_impossible_paths_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        load(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="a directory"):
        load(tmp_path)
    with pytest.raises(DocumentError, match="can't be read"):
        load("nul\0byte.txt")
    with pytest.raises(DocumentError, match="can't be read"):
        load(str(tmp_path / ("x" * 300)))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("The council met.")
    file.chmod(0)
    with pytest.raises(DocumentError, match="no permission"):
        load(file)


def test_what_is_given_is_carried(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(b"The council met.\r\n")
    known = Publication("https://x.example/s", "Sandhill Courier", "2025-05-28", "OH", "2025-06-01T00:00:00Z")
    document = load(file, known)
    assert document.text == "The council met.\r\n"
    assert (document.url, document.publisher, document.published) == known_fields(known)
    assert (document.published_basis, document.home_state) == ("given", "OH")
    assert (document.capture.retrieved, document.capture.size) == ("2025-06-01T00:00:00Z", 18)
    assert document == parse(b"The council met.\r\n", path=str(file), publication=known)


def known_fields(known: Publication) -> tuple[str | None, str | None, str | None]:
    return known.url, known.publisher, known.published


def test_the_id_is_of_the_text_and_the_capture_of_the_bytes() -> None:
    plain, marked = parse(b"Text."), parse(b"\xef\xbb\xbfText.")
    assert plain.id == marked.id
    assert plain.capture.sha256 != marked.capture.sha256


def test_the_public_names_are_sorted() -> None:
    assert list(comity.documents.__all__) == sorted(comity.documents.__all__)


NAMES = st.sampled_from([None, "x.txt", "x.html", "x.pdf", "x.xlsx", "x.csv"])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), NAMES)
@example(b"PK\x03\x04", "x.xlsx")
@example(b"%PDF-", "x.pdf")
@example(b"<html", "x.html")
def test_random_bytes_give_a_document_or_one_error(data: bytes, path: str | None) -> None:
    try:
        document = parse(data, path=path)
    except ComityError as error:
        assert error.hint
    else:
        assert document.text


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 5000), st.binary(max_size=6), st.integers(0, 12), NAMES)
def test_damaged_files_give_a_document_or_one_error(
    data: bytes, at: int, put: bytes, dropped: int, path: str | None
) -> None:
    at %= len(data)
    try:
        parse(data[:at] + put + data[at + dropped :], path=path)
    except ComityError as error:
        assert "\n" not in str(error)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 200), st.text(max_size=6), st.integers(0, 12))
def test_damaged_sheets_give_a_document_or_one_error(at: int, put: str, dropped: int) -> None:
    damaged = ROW[:at] + put.encode("utf-8", "replace").decode() + ROW[at + dropped :]
    try:
        parse(workbook({"S": damaged}), path="list.xlsx")
    except ComityError as error:
        assert "\n" not in str(error)
