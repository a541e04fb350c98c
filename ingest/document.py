"""FILE -> DOCUMENT: the steps of reading, top to bottom."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.actors import Mention
from ingest.agencies import mark_agencies
from ingest.clarity import count_clarity
from ingest.confidence import Chance, measured, weigh
from ingest.deadlines import mark_deadlines, read_deadlines, year_of
from ingest.header import read_header
from ingest.heads import Findings, find_heads
from ingest.kinds import tell_kinds
from ingest.language import foreign_caution
from ingest.model import Caution, Clean, Document, Sheet, Source, Span
from ingest.objectives import read_objectives
from ingest.readers.file import read_bytes, read_data
from ingest.references import mark_references, read_citings
from ingest.repair import repair
from ingest.sections import force_of
from ingest.strangers import find_strangers
from ingest.structure import split_clauses
from ingest.targets import mark_targets, read_targets
from ingest.task_tables import read_columns
from ingest.tasks import read_tasks
from ingest.words import read_words

_BASES = {"basis", "implements"}  # what makes a duty one where the issuer is not known


def read_document(path: Path, *, name: str | None = None, chance: Chance = measured) -> Document:
    """Read one file as a document.

    Args:
        path: The file; it is not changed.
        name: What people call it, when that is not the path's name: a member of an archive.
        chance: What says how sure a finding is; benchmarks measure with their own.

    Raises:
        UnreadableFileError: No document can be had from it; its subclasses say why.
    """
    name = name or path.name
    data = read_bytes(path)
    sheet = read_data(data, name=name)
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(name=name, format=sheet.format, sha256=sha256, pages=sheet.pages)
    return understand(repair(sheet, name=name), sheet, source, chance=chance)


def understand(
    clean: Clean, sheet: Sheet, source: Source, *, chance: Chance = measured
) -> Document:
    """Say what a mended text means: its header, clauses, tasks and references."""
    header = read_header(clean)
    text, metadata = clean.text, header.metadata
    doc = read_words(text)
    known = [
        Mention(Span(span.start_char, span.end_char), span.label_) for span in mark_agencies(doc)
    ]
    mark_references(doc)
    mark_deadlines(doc)
    mark_targets(doc)
    clauses = split_clauses(clean, header.zones)
    mentions = find_strangers(text, clauses, known, doc_type=metadata.doc_type)
    findings = Findings(
        mentions=mentions,
        heads=find_heads(text, clauses, mentions),
        tables=read_columns(text, clean.paragraphs),
        deadlines=read_deadlines(
            doc,
            issued_on=metadata.issued_on,
            of_year=year_of(metadata.title, issued_on=metadata.issued_on),
        ),
        targets=read_targets(doc),
        law=force_of(metadata.doc_type) == "rules",
    )
    clauses = tell_kinds(text, clauses, findings, doc_type=metadata.doc_type)
    citings = read_citings(doc, clauses, metadata, context=header.context)
    bases = (r.code for r in citings.references if r.relation in _BASES)
    orders = metadata.issuer or next(filter(None, bases), None)
    tasks = read_tasks(text, clauses, findings, header.context, ordered_by=orders)
    found = Document(
        source=source,
        text=text,
        metadata=metadata,
        blocks=clauses,
        references=citings.references,
        short_forms=citings.short_forms,
        tasks=tasks,
        objectives=read_objectives(
            text, clauses, targets=findings.targets, deadlines=findings.deadlines
        ),
        clarity=count_clarity(tasks) if tasks else None,
        repairs=(*sheet.repairs, *clean.repairs),
        warnings=(*sheet.warnings, *clean.warnings, *header.cautions, *_foreign(text)),
        paragraphs=clean.paragraphs,
        places=clean.places,
    )
    return weigh(found, chance=chance)


def _foreign(text: str) -> tuple[Caution, ...]:
    caution = foreign_caution(text)
    return (caution,) if caution else ()
