"""Plain text: decoded unchanged, blocks, encodings that are known and those that aren't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.documents import parse, raw_offset
from comity.documents.text import blocks_of
from comity.errors import DocumentError

STORY = "Council keeps its rule\n\nThe vote was 5–2.\nThe “rule” stays."


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (STORY.encode(), STORY, ""),
        (STORY.replace("\n", "\r\n").encode(), STORY.replace("\n", "\r\n"), ""),
        (STORY.replace("\n", "\r").encode(), STORY.replace("\n", "\r"), ""),
        (b"\xef\xbb\xbf" + STORY.encode(), STORY, ""),
        (STORY.encode("utf-16"), STORY, ""),
        (b"\xfe\xff" + STORY.encode("utf-16-be"), STORY, ""),
        ("All plain letters here.".encode("utf-16-le"), "All plain letters here.", "guessed"),
        (STORY.encode("cp1252"), STORY, "Windows-1252"),
        ("Doña Ana County".encode("latin-1"), "Doña Ana County", "Windows-1252"),
        ("“Many” – “good” – “quotes” ".encode() * 3 + b"cut \xe2\x80", None, "damaged UTF-8"),
    ],
)
def test_text_is_the_decoded_text_unchanged(data: bytes, text: str | None, note: str) -> None:
    document = parse(data, path="story.txt")
    if text is not None:
        assert document.text == text
    assert (note in " ".join(document.notes)) if note else document.notes == ()


@pytest.mark.parametrize("data", ["Киев, Харьков и Львов".encode("cp1251"), "市議会は火曜日に".encode("shift-jis")])
def test_an_unknown_encoding_is_refused_and_not_guessed(data: bytes) -> None:
    with pytest.raises(DocumentError, match="encoding"):
        parse(data, path="story.txt")


@pytest.mark.parametrize(("data", "shift"), [(STORY.encode(), 0), (b"\xef\xbb\xbf" + STORY.encode(), 1)])
def test_offsets_hold_in_the_file_and_a_byte_order_mark_is_one_code_point(data: bytes, shift: int) -> None:
    document = parse(data, path="story.txt")
    decoded = data.decode("utf-8")
    for at in range(len(document.text)):
        assert decoded[raw_offset(document, at)] == document.text[at]
    assert raw_offset(document, len(document.text)) == len(document.text) + shift


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One line.", [("paragraph", "One line.")]),
        (
            "Head line\n\nFirst.\n\nSecond.",
            [("heading", "Head line"), ("paragraph", "First."), ("paragraph", "Second.")],
        ),
        ("First one.\nSecond one.", [("paragraph", "First one."), ("paragraph", "Second one.")]),
        ("First one.\r\nSecond one.\r\n", [("paragraph", "First one."), ("paragraph", "Second one.")]),
        ("  Blanks.  \n\n\n", [("paragraph", "Blanks.")]),
        ("It will:\n- build\n- repair", [("paragraph", "It will:"), ("item", "- build"), ("item", "- repair")]),
        (
            "The council voted on Tuesday to keep a rule on\nthe jail's records, which the sheriff asked it\n"
            "to change.\n\nA second paragraph begins here and goes on and\non.",
            [
                (
                    "paragraph",
                    "The council voted on Tuesday to keep a rule on\nthe jail's records, which the sheriff asked it\n"
                    "to change.",
                ),
                ("paragraph", "A second paragraph begins here and goes on and\non."),
            ],
        ),
    ],
)
def test_blocks(text: str, blocks: list[tuple[str, str]]) -> None:
    assert [(block.kind, text[block.start : block.end]) for block in blocks_of(text)] == blocks


@given(st.text())
def test_blocks_cover_the_words_of_any_text_in_order_and_nothing_twice(text: str) -> None:
    end = 0
    for block in blocks_of(text):
        assert end <= block.start < block.end <= len(text)
        assert text[end : block.start].strip() == ""
        end = block.end
    assert text[end:].strip() == ""


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_text_survives_utf_8(text: str) -> None:
    try:
        document = parse(text.encode(), path="story.txt")
    except DocumentError:
        return  # blank, or control characters as binary files have them
    assert document.text == text.removeprefix("\ufeff")
    assert document.id.startswith("sha256:")
