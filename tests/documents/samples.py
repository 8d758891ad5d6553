"""Files written for the tests: pages, workbooks and PDFs, small and made up."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

__all__ = ["ARTICLE", "page", "pdf", "workbook"]

ARTICLE = """
<h1>Council keeps its rule</h1>
<p>MILL CREEK &mdash; The City Council voted 5&ndash;2 on Tuesday to keep a rule on jail records, officials said.</p>
<p>&ldquo;We won&rsquo;t change <em>course</em>,&rdquo; the council&#8217;s president said &amp; left the room.</p>
<blockquote><p>The rule stays as it is, and the county is free to disagree with it in public.</p></blockquote>
<h2>What happens next</h2>
<ul><li>The clerk sends the rule to the county.</li><li>The sheriff answers within thirty days.</li></ul>
<p>A spokeswoman for the sheriff did not answer two calls on Wednesday morning.<br><br>
The county jail holds 212 people.</p>
"""


def page(body: str = ARTICLE, head: str = "<title>Council keeps its rule</title>") -> bytes:
    """A news page around an article."""
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    foot = "<footer><p>&copy; 2019 Sandhill Courier</p></footer>"
    return f"<!doctype html><html><head>{head}</head><body>{menu}<article>{body}</article>{foot}</body></html>".encode()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="00000"/>'
    '<numFmt numFmtId="171" formatCode="[$-409]mmmm\\ d\\,\\ yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="9"/><xf numFmtId="171"/></cellXfs>'
    "</styleSheet>"
)


def workbook(
    sheets: Mapping[str, str],
    strings: Sequence[str] = (),
    links: Sequence[str] = (),
    hidden: Sequence[str] = (),
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook of sheets given as the XML inside <worksheet>; styles: 1 date, 2 five digits, 3 percent, 4 date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        states = {name: "hidden" if name in hidden else "visible" for name in sheets}
        entries = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{states[name]}"/>'
            for n, name in enumerate(sheets, start=1)
        )
        names = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
        archive.writestr("xl/workbook.xml", f"<workbook {names}><sheets>{entries}</sheets></workbook>")
        relations = "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>')
        archive.writestr("xl/styles.xml", STYLES)
        items = "".join(f"<si><t>{text}</t></si>" for text in strings)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
        targets = "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/hyperlink" Target="{link}" TargetMode="External"/>'
            for n, link in enumerate(links, start=1)
        )
        for n, xml in enumerate(sheets.values(), start=1):
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{xml}</worksheet>'
            )
            archive.writestr(
                f"xl/worksheets/_rels/sheet{n}.xml.rels", f'<Relationships xmlns="{PACKAGE}">{targets}</Relationships>'
            )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def pdf(pages: Sequence[Sequence[tuple[int, int, str]]], *, compressed: bool = False, padding: int = 0) -> bytes:
    """A PDF of pages, each a list of (x, y, text) in points from the lower left, in the order of its content."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for index, lines in enumerate(pages):
        content = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * index} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {content} >>".encode())
        shown = [f"BT /F1 11 Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, text in lines]
        stream = "\n".join(shown).encode("cp1252") + b" " * padding
        stream = zlib.compress(stream) if compressed else stream
        entry = " /Filter /FlateDecode" if compressed else ""
        objects.append(f"<< /Length {len(stream)}{entry} >>\nstream\n".encode() + stream + b"\nendstream")
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, data in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + data + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
