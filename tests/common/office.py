"""DOCX and XLSX files as Office writes them, with a person's name wherever Office puts one."""

import io
import zipfile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

PERSON = "Anna Example"
ACCOUNT = "anna@example.org"
TRACES = [PERSON, ACCOUNT, "AE", "TelephoneModel", "Users\\anna", "Harbour Printer", "Intranet"]

OPEN = "http://schemas.openxmlformats.org"
OFFICE = f"{OPEN}/officeDocument/2006/relationships"
PACKAGE = f"{OPEN}/package/2006"
WORD = f"{OPEN}/wordprocessingml/2006/main"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LETTER_TYPE = f"{WORD_TYPE}.document.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def types(overrides: dict[str, str]) -> str:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml", "jpeg": "image/jpeg",
        "bin": "application/vnd.openxmlformats-officedocument.oleObject",
        "xlsx": f"{SHEET_TYPE}.sheet", "html": "text/html",
    }  # fmt: skip
    lines = [f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in defaults.items()]
    lines += [f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in overrides.items()]
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(lines)}</Types>'


def links(*targets: tuple[str, str]) -> str:
    """A part of relationships; targets with a colon lead out of the file."""
    lines = []
    for number, (kind, target) in enumerate(targets, 1):
        type_ = kind if "//" in kind else f"{OFFICE}/{kind}"
        mode = ' TargetMode="External"' if ":" in target else ""
        lines.append(f'<Relationship Id="rId{number}" Type="{type_}" Target="{target}"{mode}/>')
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


CORE = f"{PACKAGE}/relationships/metadata/core-properties"
# A letter with a tracked change, a comment, links, a photo and a template.
PARTS = {
    "[Content_Types].xml": types({
        "word/document.xml": LETTER_TYPE,
        "word/settings.xml": f"{WORD_TYPE}.settings+xml",
        "word/comments.xml": f"{WORD_TYPE}.comments+xml",
        "word/people.xml": f"{WORD_TYPE}.people+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml":
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }),
    "_rels/.rels": links(
        ("officeDocument", "word/document.xml"), (CORE, "docProps/core.xml"),
        ("extended-properties", "docProps/app.xml"),
    ),
    "word/document.xml": (
        f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body><w:p>'
        f'<w:ins w:id="1" w:author="{PERSON}"><w:r><w:t>Text with "quotes"</w:t></w:r></w:ins>'
        f'<w:del w:id="2" w:author="Someone"><w:r><w:delText>old</w:delText></w:r></w:del>'
        '<w:hyperlink r:id="rId2"><w:r><w:t>link</w:t></w:r></w:hyperlink>'
        "</w:p></w:body></w:document>"
    ),
    "word/_rels/document.xml.rels": links(
        ("settings", "settings.xml"), ("hyperlink", "https://example.org/page"),
        ("comments", "comments.xml"), ("people", "people.xml"),
        ("image", "media/image1.jpeg"), ("customXml", "../customXml/item1.xml"),
        ("hyperlink", "file:///C:\\Users\\anna\\letter.docx"),
        ("image", "https://tracker.example.org/pixel.png"),
    ),
    "word/settings.xml": (
        f'{HEAD}<w:settings xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:attachedTemplate '
        f'r:id="rId1"/><w:docVars><w:docVar w:name="who" w:val="{PERSON}"/></w:docVars>'
        "</w:settings>"
    ),
    "word/_rels/settings.xml.rels": links(
        ("attachedTemplate", "file:///C:\\Users\\anna\\letter.dotm")
    ),
    "word/comments.xml": (
        f'{HEAD}<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author="{PERSON}" '
        'w:initials="AE"><w:p/></w:comment></w:comments>'
    ),
    "word/people.xml": (
        f'{HEAD}<w15:people xmlns:w15="x"><w15:person w15:author="{PERSON}"><w15:presenceInfo '
        f'w15:providerId="AD" w15:userId="S::{ACCOUNT}::1"/></w15:person></w15:people>'
    ),
    "customXml/item1.xml": f"<p><UserInfo><DisplayName>{PERSON}</DisplayName></UserInfo></p>",
    "docProps/core.xml": f"<core><creator>{PERSON}</creator></core>",
    "docProps/app.xml": "<Properties><Company>Intranet</Company></Properties>",
}  # fmt: skip


def docx_parts(photo: bytes = b"") -> dict[str, str | bytes]:
    """The parts of a letter in which a person's name stands wherever Word puts one."""
    return PARTS | {"word/media/image1.jpeg": photo}


def docx_with(
    parts: dict[str, str | bytes],
    *,
    main: str = LETTER_TYPE,
    of_parts: dict[str, str] | None = None,
    targets: list[tuple[str, str]] = (),
) -> bytes:
    """A short letter with further `parts`, their types, and what the letter refers to."""
    return packed({
        "[Content_Types].xml": types({"word/document.xml": main} | (of_parts or {})),
        "_rels/.rels": links(("officeDocument", "word/document.xml")),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body/></w:document>',
        "word/_rels/document.xml.rels": links(*targets),
    } | parts)  # fmt: skip


def xlsx() -> bytes:
    """A workbook with a formula, a chart and a comment, as openpyxl writes it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in range(1, 6):
        sheet.append([f"مدينة {row}", row])
    sheet["C1"] = "=SUM(B1:B5)"
    sheet["A1"].comment = Comment("a remark", PERSON)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=5))
    sheet.add_chart(chart, "E2")
    workbook.properties.creator = workbook.properties.lastModifiedBy = PERSON
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


# What Excel adds: part, before which text, what.
ADDED_BY_EXCEL = [
    ("[Content_Types].xml", "</Types>",
     ('<Override PartName="/xl/persons/person.xml" '
     'ContentType="application/vnd.ms-excel.person+xml"/>'
     f'<Override PartName="/xl/connections.xml" ContentType="{SHEET_TYPE}.connections+xml"/>'
     f'<Default Extension="bin" ContentType="{SHEET_TYPE}.printerSettings"/>')),
    ("xl/_rels/workbook.xml.rels", "</Relationships>",
     (f'<Relationship Id="p" Type="{OFFICE}/person" Target="persons/person.xml"/>'
     f'<Relationship Id="c" Type="{OFFICE}/connections" Target="connections.xml"/>')),
    ("xl/workbook.xml", "<sheets>", '<x15ac:absPath xmlns:x15ac="x" url="C:\\Users\\anna\\"/>'),
    ("xl/worksheets/sheet1.xml", "<drawing",
     f'<pageSetup xmlns:r="{OFFICE}" orientation="landscape" r:id="printer"/>'),
    ("xl/worksheets/_rels/sheet1.xml.rels", "</Relationships>",
     (f'<Relationship Id="printer" Type="{OFFICE}/printerSettings" '
     'Target="../printerSettings/printerSettings1.bin"/>')),
]  # fmt: skip
PARTS_OF_EXCEL = {
    "xl/printerSettings/printerSettings1.bin": b"\0Harbour Printer",
    "xl/persons/person.xml": f'<personList><person displayName="{PERSON}" id="{{1}}" '
    f'userId="S::{ACCOUNT}::1"/></personList>',
    "xl/connections.xml": '<connections><connection id="1" sourceFile="C:\\Users\\anna\\x.odc">'
    '<dbPr connection="Data Source=Intranet"/></connection></connections>',
}


def xlsx_of_excel() -> bytes:
    """The same with people, a printer, a folder and a connection."""
    parts = {name: content.decode() for name, content in unpacked(xlsx()).items()}
    for name, before, added in ADDED_BY_EXCEL:
        assert before in parts[name]
        parts[name] = parts[name].replace(before, added + before)
    return packed(parts | PARTS_OF_EXCEL)
