"""Files that nobody may leave here, each with the reason that is given."""

from tests.common.corpus import (
    EICAR,
    HTML,
    PDF,
    SCRIPT,
    SVG,
    archive,
    bomb,
    exif_with_place,
    locked,
    lying,
    pdf,
    pdf_that_is_an_archive,
    picture,
    png_flood,
    png_text_bomb,
    twice,
    with_two_names,
)
from tests.common.office import SHEET_TYPE, WORD_TYPE, docx_with, packed, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PROGRAM = b"MZ" + bytes(200)
LETTER = docx_with({})
BOMB = bomb(60_000_000)
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Relationships/>'
ORDER = '<w:instrText xml:space="preserve"> DDEAUTO c:\\windows\\cmd.exe "/k calc"</w:instrText>'
ORDER_IN_PIECES = (
    '<w:fldChar w:fldCharType="begin"/><w:instrText>&#68;D</w:instrText></w:r><w:r>'
    '<w:instrText>EAUTO c:\\windows\\cmd.exe</w:instrText><w:fldChar w:fldCharType="end"/>'
)
SIMPLE_ORDER = '<w:fldSimple w:instr=" DDE cmd calc"/>'
LINKED_ORDER = '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'


def letter(name: str, content: str | bytes, type_: str = "", relationship: str = "") -> bytes:
    """A letter with one part more."""
    return docx_with(
        {name: content},
        of_parts={name: type_} if type_ else {},
        targets=[(relationship, f"/{name}")] if relationship else [],
    )


# name of the case: (file name, content, announced type, code of the refusal)
REFUSED = {
    "SVG": ("map.svg", SVG, "image/svg+xml", "kind"),
    "SVG called PNG": ("map.png", SVG, "image/png", "kind"),
    "GIF with a script": ("x.gif", picture("GIF") + SCRIPT, "image/gif", "kind"),
    "GIF called PNG": ("x.png", picture("GIF"), "image/png", "kind"),
    "TIFF": ("x.tiff", picture("TIFF"), "image/tiff", "kind"),
    "bitmap": ("x.bmp", picture("BMP"), "image/bmp", "kind"),
    "PNG called HTML": ("x.html", picture("PNG"), "image/png", "claims"),
    "PNG announced as HTML": ("x.png", picture("PNG"), "text/html", "claims"),
    "JPEG called PDF": ("x.pdf", picture("JPEG"), "application/pdf", "claims"),
    "PNG without an ending": ("picture", picture("PNG"), "image/png", "claims"),
    "pixel flood": ("x.png", png_flood(), "image/png", "pixels"),
    "text bomb": ("x.png", png_text_bomb(), "image/png", "damaged"),
    "half a JPEG": ("x.jpg", picture("JPEG", (900, 900))[:2000], "image/jpeg", "damaged"),
    "half a WebP": ("x.webp", picture("WEBP")[:40], "image/webp", "damaged"),
    "three bytes of a JPEG": ("x.jpg", b"\xff\xd8\xff", "image/jpeg", "damaged"),
    "JPEG head, HTML body": ("x.jpg", b"\xff\xd8\xff" + HTML, "image/jpeg", "damaged"),
    "HTML called PDF": ("report.pdf", HTML, "application/pdf", "kind"),
    "HTML before a PDF": ("report.pdf", SCRIPT + PDF, "application/pdf", "kind"),
    "HTML behind a PDF": ("report.pdf", PDF + HTML, "application/pdf", "damaged"),
    "archive behind a PDF": ("report.pdf", PDF + archive(), "application/pdf", "damaged"),
    "PDF that is an archive": (
        "report.pdf", pdf_that_is_an_archive(), "application/pdf", "damaged"),
    "half a PDF": ("report.pdf", PDF[:40], "application/pdf", "damaged"),
    "PDF with a script": ("x.pdf", pdf(b"2 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj"),
        "application/pdf", "active"),
    "PDF with a script spelt by numbers": (
        "x.pdf", pdf(b"<</#53\n/J#61va#53cript /JS 3 0 R>>"), "application/pdf", "active"),
    "PDF with scripts by name": (
        "x.pdf", pdf(b"<</Names<</JavaScript 4 0 R>>>>"), "application/pdf", "active"),
    "PDF that starts a program": (
        "x.pdf", pdf(b"<</OpenAction<</S /Launch/F(cmd.exe)>>>>"), "application/pdf", "active"),
    "PDF with a file in it": (
        "x.pdf", pdf(b"<</Type/EmbeddedFile/Length 9>>stream"), "application/pdf", "active"),
    "PDF with files by name": (
        "x.pdf", pdf(b"<</Names<</EmbeddedFiles<</Names[]>>>>>>"), "application/pdf", "active"),
    "virus test file": ("report.pdf", EICAR, "application/pdf", "virus"),
    "virus test in a PDF": ("x.pdf", pdf(EICAR), "application/pdf", "virus"),
    "virus test behind a JPEG": ("x.jpg", picture("JPEG") + EICAR, "image/jpeg", "virus"),
    "virus test in a picture's place": (
        "x.jpg", picture("JPEG", exif=exif_with_place(), comment=EICAR), "image/jpeg", "virus"),
    "virus test in a letter": (
        "x.docx", letter("word/a.xml", b"<a>" + EICAR + b"</a>"), "", "virus"),
    "archive that leaves its folder": ("files.zip", archive(), "application/zip", "kind"),
    "archive called DOCX": ("x.docx", packed({"a.txt": b"text"}), "", "kind"),
    "bomb called ZIP": ("x.zip", BOMB, "application/zip", "kind"),
    "bomb": ("x.docx", BOMB, "", "unpacks"),
    "bomb that lies": ("x.docx", lying(BOMB), "", "damaged"),
    "bomb in a letter": ("x.docx", letter("word/embeddings/x.xlsx", BOMB), "", "unpacks"),
    "bomb of small parts": ("x.docx",
        docx_with({f"word/{number}.xml": bytes(900_000) for number in range(60)}), "", "unpacks"),
    "too many parts": (
        "x.docx", docx_with({f"word/{number}.xml": "<a/>" for number in range(1000)}), "",
        "unpacks"),
    "letter that leaves its folder": ("x.docx", letter("../../evil.xml", "<a/>"), "", "damaged"),
    "letter from the root": ("x.docx", letter("/etc/evil.xml", "<a/>"), "", "damaged"),
    "letter with backslashes": ("x.docx", letter("word\\..\\evil.xml", "<a/>"), "", "damaged"),
    "two parts of one name": ("x.docx", twice("word/document.xml"), "", "damaged"),
    "two parts but for capitals": ("x.docx", twice("word/Document.xml"), "", "damaged"),
    "two names of one part": ("x.docx", with_two_names(LETTER), "", "damaged"),
    "script before a letter": ("x.docx", SCRIPT + LETTER, "", "kind"),
    "archive before a letter": ("x.docx", archive() + LETTER, "", "damaged"),
    "script behind a letter": ("x.docx", LETTER + SCRIPT, "", "damaged"),
    "half a letter": ("x.docx", LETTER[:-100], "", "damaged"),
    "letter with a broken part": ("x.docx", LETTER.replace(b"PK\1\2", b"PK\1\3", 1), "", "damaged"),
    "letter part with a password": ("x.docx", locked(LETTER), "", "damaged"),
    "letter with entities": ("x.docx", letter("word/_rels/a.xml.rels", ENTITIES), "", "damaged"),
    "letter in sixteen bits": (
        "x.docx", letter("word/a.xml", "<a/>".encode("utf-16")), "", "damaged"),
    "old or locked letter": ("letter.doc", OLE, "application/msword", "locked"),
    "locked letter": ("letter.docx", OLE, "", "locked"),
    "letter with macros": ("letter.docm", docx_with({}, main=MACROS), "", "active"),
    "letter with macros called DOCX": ("letter.docx", docx_with({}, main=MACROS), "", "active"),
    "letter with a macro part": ("x.docx",
        letter("word/vbaProject.bin", OLE, "application/vnd.ms-office.vbaProject"), "", "active"),
    "letter with macros under another name": ("x.docx",
        letter("word/a.jpeg", b"x", relationship="vbaProject"), "", "active"),
    "letter with a control": ("x.docx",
        letter("word/activeX/activeX1.xml", "<a/>", relationship="control"), "", "active"),
    "letter with an object": ("x.docx",
        letter("word/embeddings/oleObject1.bin", OLE, relationship="oleObject"), "", "active"),
    "letter with a program as picture": (
        "x.docx", letter("word/media/image1.jpeg", PROGRAM), "", "active"),
    "letter with a PDF": ("x.docx", letter("word/media/image1.jpeg", PDF), "", "active"),
    "letter with an archive": (
        "x.docx", letter("word/embeddings/x.xlsx", packed({"a": b"a"})), "", "active"),
    "letter with a letter with a letter": ("x.docx", letter("word/embeddings/x.xlsx",
        letter("word/embeddings/x.xlsx", LETTER)), "", "active"),
    "letter with a page": (
        "x.docx", letter("word/a.html", HTML, relationship="aFChunk"), "", "active"),
    "letter with an order": ("x.docx", letter("word/a.xml", ORDER), "", "active"),
    "letter with an order in pieces":
        ("x.docx", letter("word/a.xml", ORDER_IN_PIECES), "", "active"),
    "letter with a short order": ("x.docx", letter("word/a.xml", SIMPLE_ORDER), "", "active"),
    "workbook with an order": ("x.docx", letter("word/a.xml", LINKED_ORDER), "", "active"),
    "workbook with old macros": ("x.docx", letter("xl/macrosheets/a.xml", "<a/>",
        "application/vnd.ms-excel.macrosheet+xml"), "", "active"),
    "template": ("x.dotx", docx_with({}, main=f"{WORD_TYPE}.template.main+xml"), "", "kind"),
    "slides": ("x.pptx", docx_with({}, main=SLIDES), "", "kind"),
    "letter called PDF": ("letter.pdf", LETTER, "application/pdf", "claims"),
    "letter called ZIP": ("letter.zip", LETTER, "application/zip", "claims"),
    "letter called XLSX": ("x.xlsx", LETTER, "", "claims"),
    "letter announced as HTML": ("x.docx", LETTER, "text/html", "claims"),
    "workbook called DOCX": ("x.docx", xlsx(), f"{SHEET_TYPE}.sheet", "claims"),
    "nothing": ("x.pdf", b"", "application/pdf", "empty"),
    "too large": ("x.pdf", PDF.ljust(21 * 1024 * 1024), "application/pdf", "size"),
}  # fmt: skip
