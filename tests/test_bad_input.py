"""Bad input: each file that cannot be read is named with what is wrong, and the others go on."""

import io
import os
import time
import zipfile
from pathlib import Path
from shutil import which

import pytest

from ingest.errors import (
    EmptyFileError,
    EncryptedFileError,
    NotADocumentError,
    OversizeError,
    UnknownFormatError,
    UnreadableFileError,
)
from ingest.readers import archive
from ingest.readers.archive import iter_files
from ingest.readers.file import read_data, read_sheet
from ingest.repair import repair

PROSE = "Tăng cường công tác tuyên truyền, phổ biến, giáo dục pháp luật về phòng, chống ma túy"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return file.getvalue()


DOCX = zipped(
    {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": (
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body><w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p></w:body></w:document>"
        ).encode(),
    }
)
BINARY = b"ab\0\x01\xff\xfe\x80\0c"
BAD_XML = zipped({"word/document.xml": b"<a"})
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>'
)


def pdf(*contents: str, encrypt: str = "") -> bytes:
    """Return a PDF whose pages show *contents*, in drawing operators."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    ]
    pages = []
    for content in contents:
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {len(objects)} 0 R>>"
        )
        pages.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(pages)}]>>"
    file = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = f"<</Size {len(objects) + 1}/Root 1 0 R{encrypt}>>"
    return file + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode("latin-1")


TEXT_PDF = pdf("BT /F 13 Tf 70 700 Td (Ke hoach phong, chong ma tuy nam 2024) Tj ET")
LOCKED = "/Encrypt<</Filter/Standard/V 1/R 2/P -1/O({0})/U({0})>>/ID[(a)(a)]".format("x" * 32)


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        pytest.param("a.txt", b"", EmptyFileError, "rỗng", id="empty"),
        pytest.param("a.txt", b" \n\t\0", EmptyFileError, "rỗng", id="blank"),
        pytest.param("a.txt", "…—\n***".encode(), EmptyFileError, "không có chữ", id="no-letter"),
        pytest.param("a.html", b"<html><body></body>", EmptyFileError, "không có", id="empty-page"),
        pytest.param("a.pdf", pdf(""), UnreadableFileError, "bản quét", id="scan"),
        pytest.param("a.pdf", TEXT_PDF[:300], UnreadableFileError, "hỏng", id="cut-pdf"),
        pytest.param("a.pdf", b"%PDF-1.4 nothing", UnreadableFileError, "hỏng", id="no-pdf"),
        pytest.param(
            "a.pdf", pdf("BT", encrypt=LOCKED), EncryptedFileError, "mật khẩu", id="locked-pdf"
        ),
        pytest.param("a.docx", DOCX[:-40], UnreadableFileError, "cắt cụt", id="cut-docx"),
        pytest.param("a.docx", DOCX[:200], UnreadableFileError, "cắt cụt", id="docx-begun"),
        pytest.param(
            "a.docx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            EncryptedFileError,
            "mật khẩu",
            id="locked-docx",
        ),
        pytest.param("a.doc", OLE + b"?" * 600, UnknownFormatError, "Office cũ", id="ole"),
        pytest.param(
            "a.xlsx", zipped({"xl/workbook.xml": b""}), UnreadableFileError, "hỏng", id="broken-xlsx"
        ),
        pytest.param("a.txt", b"\xff\xd8\xff\xe0", UnknownFormatError, "ảnh", id="picture-as-text"),
        pytest.param("a.txt", BINARY, UnknownFormatError, "không phải", id="binary"),
        pytest.param("a.zip", zipped({"b.txt": b"x"}), UnknownFormatError, "ZIP", id="zip"),
        pytest.param("a.docx", BAD_XML, UnreadableFileError, "hỏng", id="bad-xml"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(name, data, error, words):
    with pytest.raises(error, match=f"^{name}: .*{words}") as raised:
        read_data(data, name=name)
    assert raised.value.path == name
    assert raised.value.reason.endswith(".")


WORD_97 = OLE + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(("name", "data"), [("a.doc", WORD_97), ("a.rtf", rb"{\rtf1 Ke hoach}")])
def test_without_libreoffice_an_old_word_file_is_refused_with_advice(
    name, data, monkeypatch, tmp_path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnknownFormatError, match="LibreOffice") as raised:
        read_data(data, name=name)
    assert "libreoffice-writer" in raised.value.advice


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice")
def test_a_broken_old_word_file_is_refused():
    with pytest.raises(UnreadableFileError, match="không mở được"):
        read_data(WORD_97 + b"?" * 600, name="a.doc")


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="needs LibreOffice")
def test_rich_text_is_read():
    sheet = read_data(rb"{\rtf1\ansi Ke hoach nam 2024\par 1. Ra soat\par}", name="a.rtf")
    assert sheet.format == "rtf"
    assert [line.text for line in sheet.lines if line.text] == ["Ke hoach nam 2024", "1. Ra soat"]


def test_a_digital_pdf_is_read():
    assert "Ke hoach phong" in read_data(TEXT_PDF, name="a.pdf").lines[0].text


def test_a_text_cut_within_its_last_letter_is_read():
    assert read_data("Kế hoạch ế".encode()[:-1], name="a.txt").lines[0].text == "Kế hoạch "


def test_fifty_megabytes_of_text_are_refused_in_no_time():
    data = f"{PROSE}.\n".encode() * 500_000
    start = time.process_time()
    with pytest.raises(OversizeError, match="ký tự"):
        read_data(data, name="dai.txt")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("form", ["docx", "html"])
def test_an_xml_bomb_does_no_harm(form):
    data = {
        "docx": zipped({"word/document.xml": f"{BOMB}<w>&f;</w>".encode()}),
        "html": f"<!DOCTYPE html>{BOMB}<p>{PROSE} &f;</p>".encode(),
    }[form]
    start = time.process_time()
    try:
        text = "".join(line.text for line in read_data(data, name=f"a.{form}").lines)
    except UnreadableFileError:
        text = ""
    assert len(text) < 10_000
    assert time.process_time() - start < 5


def test_a_word_file_that_unpacks_without_end_is_refused(monkeypatch):
    from ingest.readers import ooxml

    monkeypatch.setattr(ooxml, "MAX_PART", 100)
    with pytest.raises(OversizeError):
        read_data(DOCX, name="a.docx")


def test_html_nested_without_end_is_refused():
    data = f"<html>{'<div>' * 50_000}{PROSE}".encode()
    with pytest.raises(UnreadableFileError, match=r"a\.html"):
        read_data(data, name="a.html")


# Folders and archives


def outcome(paths: list[Path]) -> dict[str, str]:
    """Return for each file that is found what reading it gives."""
    results = {}
    for found in iter_files(paths):
        try:
            results[found.name] = f"{len(found.read())} byte"
        except UnreadableFileError as error:
            results[found.name] = type(error).__name__
    return results


def test_folders_are_walked_in_order_without_hidden_files(tmp_path):
    for name in ("b.txt", "a/c.txt", ".an", "~$b.docx", "a/Thumbs.db", "a/.git/x"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    found = list(iter_files([tmp_path]))
    assert [one.name for one in found] == ["c.txt", "b.txt"]
    assert len({one.key for one in found}) == 2
    assert [one.key for one in found] == [one.key for one in iter_files([tmp_path])]


def test_a_link_to_its_own_folder_is_not_followed_for_ever(tmp_path):
    (tmp_path / "a.txt").write_text("x", "utf-8")
    (tmp_path / "lap").symlink_to(tmp_path, target_is_directory=True)
    assert [found.name for found in iter_files([tmp_path])] == ["a.txt"]


def test_members_of_an_archive_are_found_by_their_paths(tmp_path):
    inner = zipped({"trong.txt": b"abc"})
    path = tmp_path / "kho.zip"
    path.write_bytes(
        zipped({"2025/kế hoạch.txt": b"ab", "a.docx": DOCX, "b.zip": inner, "__MACOSX/x": b"y"})
    )
    assert outcome([path]) == {
        "kho.zip/2025/kế hoạch.txt": "2 byte",
        "kho.zip/a.docx": f"{len(DOCX)} byte",
        "kho.zip/b.zip/trong.txt": "3 byte",
    }


def test_a_batch_goes_on_after_each_bad_file(tmp_path):
    locked = bytearray(zipped({"khoa.txt": b"abc"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + flags] |= 1
    damaged = bytearray(zipped({"hong.txt": b"abcdef" * 9}, zipfile.ZIP_STORED))
    damaged[damaged.index(b"abcdef")] ^= 0xFF
    files = {
        "1.zip": zipped({"tot.txt": b"abc", "bom.txt": bytes(30_000_000)}),
        "2.zip": bytes(locked),
        "3.zip": bytes(damaged),
        "4.zip": zipped({"../../ngoai.txt": b"abc", "/goc.txt": b"abc"}),
        "5.zip": zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": b"x"})})}),
        "6.zip": zipped({"a.txt": b"x"})[:-10],
        "7.txt": b"abc",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert outcome([tmp_path, tmp_path / "vang.txt"]) == {
        "1.zip/bom.txt": "OversizeError",
        "1.zip/tot.txt": "3 byte",
        "2.zip/khoa.txt": "EncryptedFileError",
        "3.zip/hong.txt": "UnreadableFileError",
        "4.zip/../../ngoai.txt": "UnreadableFileError",
        "4.zip//goc.txt": "UnreadableFileError",
        "5.zip/a.zip/b.zip": "OversizeError",
        "6.zip": "UnreadableFileError",
        "7.txt": "3 byte",
        "vang.txt": "UnreadableFileError",
    }


def test_an_archive_of_too_many_files_is_refused_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    path = tmp_path / "nhieu.zip"
    path.write_bytes(zipped({f"{n}.txt": b"x" for n in range(3)}))
    assert outcome([path]) == {"nhieu.zip": "OversizeError"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path):
    folder = tmp_path / "kin"
    folder.mkdir()
    (folder / "a.txt").write_text("x", "utf-8")
    folder.chmod(0)
    try:
        assert outcome([folder]) == {"kin": "UnreadableFileError"}
    finally:
        folder.chmod(0o700)


def test_a_folder_that_the_system_refuses_is_named(tmp_path, monkeypatch):
    (tmp_path / "b.txt").write_text("x", "utf-8")
    closed = tmp_path / "kin"
    closed.mkdir()
    listed = Path.iterdir

    def refuse(path):
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert outcome([tmp_path]) == {"b.txt": "1 byte", "kin": "UnreadableFileError"}


def test_a_file_that_vanishes_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"vang\.txt"):
        read_sheet(tmp_path / "vang.txt")


@pytest.mark.shared
@pytest.mark.parametrize("name", ["scans/05CT.pdf", "legacy_doc_mix/275.pdf"])
def test_real_scans_are_refused_with_advice(shared, name):
    with pytest.raises(UnreadableFileError, match="bản quét") as raised:
        read_sheet(shared / "data" / "documents" / name)
    assert raised.value.advice


def test_nothing_but_chrome_is_no_document():
    with pytest.raises(NotADocumentError):
        repair(read_data("Đăng nhập\nTrang chủ".encode(), name="a.txt"), name="a.txt")
