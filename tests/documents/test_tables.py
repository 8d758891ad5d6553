"""Workbooks and CSV files: cells as a person sees them, links, blanks, and files that are refused."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.samples import workbook

from comity.documents import Limits, load, parse
from comity.documents.tables import unwrapped
from comity.errors import DocumentError
from comity.model import Table

FAR = '<row><c r="XFD1"><v>1</v></c></row>'
SAFE = "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fice.example%2Fa.pdf&amp;data=05%7C02&amp;reserved=0"


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def cells(*parts: str) -> str:
    return f'<sheetData><row r="1">{"".join(parts)}</row></sheetData>'


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', "Mill Creek "),
        ('<c r="A1" t="inlineStr"><is><r><t>Mill </t></r><r><t>Creek</t></r></is></c>', "Mill Creek"),
        ('<c r="A1" t="str"><f>B1</f><v>Mill_x000A_Creek</v></c>', "Mill\nCreek"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" s="1"><v>45785</v></c>', "2025-05-08"),
        ('<c r="A1" s="4"><v>45785</v></c>', "2025-05-08"),
        ('<c r="A1" s="1"><v>45785.5</v></c>', "2025-05-08 12:00:00"),
        ('<c r="A1" t="inlineStr"><is><t>05/082025</t></is></c>', "05/082025"),
        ('<c r="A1"><v>45785</v></c>', "45785"),
        ('<c r="A1"><v>0.1</v></c>', "0.1"),
        ('<c r="A1" s="2"><v>2020</v></c>', "02020"),
        ('<c r="A1" s="3"><v>0.25</v></c>', "25%"),
        ("<c><v>7</v></c>", "7"),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(cell: str, text: str) -> None:
    document = parse(workbook({"S": cells(cell)}, ["Mill Creek "]), path="list.xlsx")
    assert texts(document.tables[0]) == [[text]]


def test_row_numbers_stay_and_trailing_blanks_go() -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="B2"/></row>'
        '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="G4" t="s"><v>2</v></c></row>'
    )
    table = parse(workbook({"S": f"<sheetData>{rows}</sheetData>"}, ["a", "b", "  "]), path="list.xlsx").tables[0]
    assert [row.number for row in table.rows] == [1, 4]
    assert texts(table) == [["a", "", "b"], ["a", "", ""]]


@pytest.mark.parametrize(
    ("xml", "links", "link"),
    [
        ('<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>', ["https://x.example/a"], "https://x.example/a"),
        (
            '<hyperlinks><hyperlink ref="A1:A3" r:id="rId1"/></hyperlinks>',
            ["https://x.example/a"],
            "https://x.example/a",
        ),
        ('<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>', [SAFE], "https://ice.example/a.pdf"),
        (
            '<hyperlinks><hyperlink ref="A1" r:id="rId1"/><hyperlink ref="A1" r:id="rId2"/></hyperlinks>',
            ["https://x.example/a", "https://x.example/b"],
            "https://x.example/a https://x.example/b",
        ),
        ('<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>', ["mailto:someone@x.example"], None),
        ('<hyperlinks><hyperlink ref="A1" location="S!B2"/></hyperlinks>', [], None),
        ("", [], None),
    ],
)
def test_links_of_a_cell(xml: str, links: list[str], link: str | None) -> None:
    document = parse(workbook({"S": cells('<c r="A1" t="s"><v>0</v></c>') + xml}, ["link"], links), path="list.xlsx")
    assert document.tables[0].rows[0].cells[0].link == link


def test_links_in_a_cells_text_and_formula_are_links() -> None:
    formula = '<c r="A1" t="str"><f>HYPERLINK("https://x.example/a","MOA")</f><v>MOA</v></c>'
    text = '<c r="B1" t="s"><v>0</v></c>'
    row = parse(workbook({"S": cells(formula, text)}, ["https://x.example/b, https://x.example/c"]), path="l.xlsx")
    assert [cell.link for cell in row.tables[0].rows[0].cells] == [
        "https://x.example/a",
        "https://x.example/b https://x.example/c",
    ]


def test_hidden_sheets_are_read_and_noted() -> None:
    sheets = {"Shown": cells('<c r="A1"><v>1</v></c>'), "Kept": cells('<c r="A1"><v>2</v></c>')}
    document = parse(workbook(sheets, hidden=["Kept"]), path="list.xlsx")
    assert [table.sheet for table in document.tables] == ["Shown", "Kept"]
    assert document.notes == ("sheet 'Kept' is hidden",)
    assert document.text == "[Shown]\n1\n[Kept]\n2\n"


def test_the_text_of_a_table_tells_all_its_cells_and_links() -> None:
    xml = cells('<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>')
    link = '<hyperlinks><hyperlink ref="B1" r:id="rId1"/></hyperlinks>'
    document = parse(workbook({"S": xml + link}, ["a\tb\nc\\", "MOA"], ["https://x.example/a"]), path="list.xlsx")
    assert document.text == "a\\tb\\nc\\\\\tMOA <https://x.example/a>\n"
    assert [document.text[block.start : block.end] for block in document.blocks] == [document.text[:-1]]


def test_a_workbook_by_openpyxl_reads_alike() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["STATE", "AGENCY", "SIGNED", "MOA"])
    sheet.append(["OHIO", "Mill County Sheriff’s Office ", datetime(2025, 5, 8), "link"])
    sheet["D2"].hyperlink = "https://x.example/mill.pdf"
    buffer = io.BytesIO()
    book.save(buffer)
    table = parse(buffer.getvalue(), path="list.xlsx").tables[0]
    assert texts(table)[1] == ["OHIO", "Mill County Sheriff’s Office ", "2025-05-08", "link"]
    assert table.rows[1].cells[3].link == "https://x.example/mill.pdf"


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b'state,name\nOH,"Mill, city of"\n', [["state", "name"], ["OH", "Mill, city of"]]),
        (b"\xef\xbb\xbfstate;name\r\nOH;Mill\r\n", [["state", "name"], ["OH", "Mill"]]),
        (b"state\tname\nOH\tMill\n\n", [["state", "name"], ["OH", "Mill"]]),
        ("state|name\nNM|Doña Ana\n".encode("cp1252"), [["state", "name"], ["NM", "Doña Ana"]]),
        (b"name\nMill\nCreek\n", [["name"], ["Mill"], ["Creek"]]),
        (b'name,note\nMill,"two\nlines",,\n', [["name", "note"], ["Mill", "two\nlines"]]),
    ],
)
def test_csv_files(data: bytes, rows: list[list[str]]) -> None:
    assert texts(parse(data, path="list.csv").tables[0]) == rows


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html><body><h1>404</h1></body></html>", "HTML page saved as a workbook"),
        (b"name,state\n", "not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted workbook or one in the old"),
        (workbook({"S": cells('<c r="A1"><v>1</v></c>')})[:-400], "damaged workbook"),
        (workbook({"S": "<sheetData/>"}), "holds no rows"),
        (workbook({"S": "<sheetData><row><c><v>1</v></c></row>"}), "can't|not a workbook"),
        (workbook({"S": cells('<c r="A1" t="s"><v>9</v></c>')}), "not a workbook that can be read"),
        (workbook({"S": cells('<c r="ZZZ1"><v>9</v></c>')}), "not a workbook that can be read"),
        (workbook({"S": "<a>" * 100_000 + "</a>" * 100_000}), "not a workbook that can be read"),
        (workbook({"S": "<sheetData/>"}, extra={"xl/media/zeros": bytes(250 << 20)}), "inflates to more than 200 MiB"),
        (workbook({"S": f"<sheetData>{FAR * 400}</sheetData>"}), "5,000,000 cells"),
        (b"PK\x03\x04" + bytes(50), "damaged workbook"),
    ],
)
def test_refused_workbooks(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        parse(data, path="list.xlsx")
    assert str(caught.value).startswith("list.xlsx: ")
    assert caught.value.hint


def test_a_sheet_of_more_rows_than_the_limit_is_refused() -> None:
    data = workbook({"S": f"<sheetData>{'<row><c><v>1</v></c></row>' * 20}</sheetData>"})
    with pytest.raises(DocumentError, match="more than 10 rows"):
        parse(data, path="list.xlsx", limits=Limits(rows=10))


@given(st.text(st.characters(codec="utf-8")))
def test_unwrapping_leaves_other_links_alone(link: str) -> None:
    assert unwrapped(link) == link or "safelinks" in link.lower()


def test_the_real_workbooks_read_as_openpyxl_reads_them(shared: Path) -> None:
    files = sorted((shared / "data" / "287g").glob("*/*.xlsx"))
    assert files
    for file in files[::6]:
        book = openpyxl.load_workbook(file)
        for sheet, table in zip(book.worksheets, load(file).tables, strict=True):
            rows = {row.number: row.cells for row in table.rows}
            for line in sheet.iter_rows():
                for at, cell in enumerate(line):
                    ours = rows.get(cell.row or 0, ())[at : at + 1]
                    value = cell.value
                    seen = value.date().isoformat() if isinstance(value, datetime) else str(value or "")
                    assert (ours[0].text if ours else "").strip() == seen.strip(), (file, cell.coordinate)
                    if cell.hyperlink is not None and cell.hyperlink.target:
                        assert unwrapped(cell.hyperlink.target) in (ours[0].link or ""), (file, cell.coordinate)
