"""corpus/sources/ -> corpus/documents/, truth/ and manifest.csv.

Run from anywhere: `python corpus/typeset.py [STEM…]`. Needs python-docx and, for PDF,
LibreOffice with the Liberation fonts. Nothing that is shipped runs this: the documents are
kept beside their sources.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from typesetting.gold import gold
from typesetting.html import as_html
from typesetting.layout import lines
from typesetting.markup import Source, read_source
from typesetting.plain import as_markdown, as_text
from typesetting.questions import write_questions
from typesetting.word import write_docx

HERE = Path(__file__).resolve().parent
SOURCES, DOCUMENTS, TRUTH = HERE / "sources", HERE / "documents", HERE / "truth"
COLUMNS = (
    "file",
    "code",
    "doc_type",
    "issuer",
    "level",
    "place",
    "issued_on",
    "title",
    "subject",
    "format",
    "relations",
    "n_tasks",
    "notes",
)
PDF_DAY = b"D:20260101000000"


def main(stems: list[str]) -> None:
    """Typeset the named sources, or all; the manifest and the truth are always of all."""
    sources = [read_source(path) for path in sorted(SOURCES.glob("*.txt"))]
    for source in sources:
        if not stems or source.stem in stems:
            typeset(source)
    write_manifest(sources)
    write_truth(sources)


def typeset(source: Source) -> None:
    """Write *source* in each of its formats."""
    for form in source.head["formats"].split():
        path = DOCUMENTS / f"{source.stem}.{form}"
        if form == "docx":
            write_docx(source, path)
        elif form == "pdf":
            write_pdf(source, path)
        else:
            render = {"txt": as_text, "md": as_markdown, "html": as_html}[form]
            path.write_text(render(source), "utf-8")


def write_pdf(source: Source, path: Path) -> None:
    """Write *source* as PDF by way of Word; its dates and id are made constant."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice is needed for PDF: apt-get install libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"{source.stem}.docx"
        write_docx(source, draft)
        order = [office, "--headless", "--convert-to", "pdf", "--outdir", folder, str(draft)]
        subprocess.run(order, check=True, capture_output=True, timeout=180)  # noqa: S603
        data = draft.with_suffix(".pdf").read_bytes()
    data = re.sub(rb"D:\d{14}", PDF_DAY, data)
    data = re.sub(rb"(?<=<)[0-9A-F]{32}(?=>)", b"0" * 32, data)
    path.write_bytes(re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, data))


def write_manifest(sources: list[Source]) -> None:
    """Write one row a file: what it is, what it rests on, how many tasks it has."""
    with (HERE / "manifest.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        for source in sources:
            for form in source.head["formats"].split():
                writer.writerow(_row(source, form))


def _row(source: Source, form: str) -> list[object]:
    head = source.head
    relations: dict[str, None] = {}
    for reference in gold(source, "", "")["references"]:
        named = reference["code"] or reference["surface"]
        relations.setdefault(f"{reference['relation']} {named}")
    tasks = sum(line.kind == "task" for line in lines(source))
    return [
        f"{source.stem}.{form}",
        head.get("code", ""),
        head["type"],
        head["issuer"],
        head["level"],
        head.get("place", ""),
        head.get("date", ""),
        head["title"],
        head["field"],
        form,
        "; ".join(relations),
        tasks,
        head.get("notes", ""),
    ]


def write_truth(sources: list[Source]) -> None:
    """Write the transcripts, the gold of the sources marked `gold`, and the questions."""
    for source in sources:
        text = "\n".join(line.text for line in lines(source)) + "\n"
        (TRUTH / f"{source.stem}.txt").write_text(text, "utf-8")
        if form := source.head.get("gold"):
            data = gold(source, f"{source.stem}.txt", f"{source.stem}.{form}")
            text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
            (TRUTH / f"{source.stem}.json").write_text(text, "utf-8")
    write_questions(HERE / "questions.txt", TRUTH)


if __name__ == "__main__":
    main(sys.argv[1:])
