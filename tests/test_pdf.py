"""PDF -> SHEET: what the readers of PDF pages see."""

import io

from ingest.readers.file import read_data
from ingest.readers.pdf_fields import read_fields

Field = tuple[str, str, tuple[int, int, int, int]]  # kind, words, rectangle from the page's bottom


def written(*objects: bytes) -> bytes:
    """Return a PDF of *objects*, the first of which is its catalogue."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    starts = []
    for number, item in enumerate(objects, start=1):
        starts.append(b"%010d 00000 n \n" % out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, item))
    table = out.tell()
    size = len(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(starts)))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, table))
    return out.getvalue()


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def words(text: str) -> bytes:
    return b"BT /F 13 Tf 70 700 Td (%s) Tj ET" % text.encode()


def form(content: bytes, *fields: Field) -> bytes:
    """Return a page with *content* and *fields* laid over it."""
    fonts = b"/Resources << /Font << /F 5 0 R >> >>"
    names = b" ".join(b"%d 0 R" % (6 + 2 * index) for index in range(len(fields)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> >>" % names,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s /Annots [%s] >>"
        % (fonts, names),
        stream(b"", content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    for number, (kind, shown, (x0, y0, x1, y1)) in enumerate(fields):
        look = b"BT /F 13 Tf 1 3 Td (%s) Tj ET" % shown.encode()
        box = b"/BBox [0 0 %d %d] %s" % (x1 - x0, y1 - y0, fonts)
        objects += [
            b"<< /Type /Annot /Subtype /Widget /FT /%s /T (field%d) /Rect [%d %d %d %d] /P 3 0 R "
            b"/F 4 /AP << /N %d 0 R >> >>"
            % (kind.encode(), number, x0, y0, x1, y1, 7 + 2 * number),
            stream(b"/Type /XObject /Subtype /Form " + box, look),
        ]
    return written(*objects)


def test_the_number_that_was_stamped_in_as_a_field_stands_in_its_line():
    data = form(
        words("So:         /KH-UBND cua Uy ban nhan dan"), ("Sig", "362", (90, 696, 120, 714))
    )
    [line] = read_data(data, name="ke_hoach.pdf").lines
    assert line.text == "So: 362 /KH-UBND cua Uy ban nhan dan"


def test_what_a_signature_shows_of_itself_is_no_text_but_a_filled_in_form_is():
    data = form(
        words("Uy ban nhan dan xa lap ke hoach"),
        ("Sig", "Signed by: the People", (300, 600, 500, 620)),
        ("Tx", "noi dung dien vao mau", (70, 650, 300, 668)),
    )
    lines = read_data(data, name="mau.pdf").lines
    assert [line.text for line in lines] == [
        "Uy ban nhan dan xa lap ke hoach",
        "noi dung dien vao mau",
    ]


def test_fields_of_a_broken_file_are_none():
    data = form(words("Uy ban"), ("Sig", "362", (90, 696, 120, 714)))
    assert [read_fields(data[:end]) for end in (0, 9, 300)] == [{}, {}, {}]


def test_white_patches_behind_words_are_no_table():
    patches = (
        b"1 1 1 rg 70 680 100 14 re f 170 680 100 14 re f 70 666 100 14 re f 170 666 100 14 re f"
    )
    shown = b"0 g BT /F 12 Tf 70 684 Td (Uy ban nhan dan tinh lap) Tj 0 -14 Td (ke hoach nay) Tj ET"
    lines = read_data(form(patches + b" " + shown), name="luat.pdf").lines
    assert [line.cells for line in lines] == [(), ()]
