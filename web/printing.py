"""ANSWERS -> TERMINAL TEXT: what the command prints when nobody asks for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from index.corrections import Logged
from index.duty_replies import Duties
from index.replies import Answer, Citation, Citations, Facet, Reading, Reply, Results
from index.review import ReviewList
from ingest.model import Actor, Deadline, Document, Task
from web import telling, wording
from web.now import DATA_NOTE, now_lines

_SHOWN_FACETS = 5
_SHOWN_OTHERS = 12


def document_lines(document: Document) -> Iterator[str]:
    """Tell what a file says: its components, then its tasks."""
    metadata = document.metadata
    yield document.source.name
    for label, value in (
        ("Số, ký hiệu", metadata.code),
        ("Loại", metadata.doc_type),
        ("Cơ quan ban hành", metadata.issuer),
        ("Ngày ban hành", wording.day(metadata.issued_on)),
        ("Trích yếu", metadata.title),
        ("Người ký", metadata.signer),
    ):
        yield f"  {label}: {value or wording.BLANK}"
    yield (
        f"  {len(document.blocks)} đoạn, {len(document.tasks)} nhiệm vụ, "
        f"{len(document.references)} viện dẫn"
    )
    if document.clarity:
        counts = (
            f"{name} {document.clarity[key].clear}/{document.clarity[key].of}"
            for key, name in wording.CLARITIES.items()
        )
        yield f"  Sáu rõ: {', '.join(counts)}"
    for task in document.tasks:
        yield ""
        yield from _task_lines(task)
    for caution in document.warnings:
        yield f"Lưu ý: {caution.message}"


def _task_lines(task: Task) -> Iterator[str]:
    yield f"[{task.path}] {_bodies(task.actors) or wording.BLANK}"
    yield f"  “{_flat(task.quote)}”"
    if task.deadlines:
        yield f"  Thời hạn: {_deadlines(task.deadlines)}"
    for lacking in wording.lacking(task):
        yield f"  Chưa rõ {lacking}"


def reply_lines(reply: Reply, *, now: bool = False) -> Iterator[str]:
    """Tell the answers to a question, best first; *now*: with who is responsible now."""
    yield f"Hiểu là hỏi: {wording.INTENTS[reply.intent]}. Có {reply.total} đoạn trả lời."
    yield from _remarks(reply.note, reply.degraded)
    yield from _choice_lines(reply.reading)
    for number, answer in enumerate(reply.answers, 1):
        yield ""
        yield from _answer_lines(number, answer, now=now)


def _choice_lines(reading: Reading) -> Iterator[str]:
    """Tell how the question was read, and in what other ways it can be."""
    parts = [part.label for part in reading.parts if part.kind != "intent"]
    if parts:
        yield f"Đã hiểu: {'; '.join(parts)}."
    for choice in reading.choices:
        yield f"Chưa chắc: {choice.about}"
        for option in choice.options:
            fixed = option.fixed
            flags = [f"--intent {fixed.intent}"] if fixed.intent else []
            flags += [f"--time {fixed.time}"] if fixed.time else []
            flags += ["--literal"] if fixed.literal else []
            mark = "*" if option.chosen else "-"
            yield f"  {mark} {option.label}: {' '.join([f'hỏi “{option.question}”', *flags])}"


def result_lines(results: Results, *, now: bool = False) -> Iterator[str]:
    """Tell what a search found, best first, and what it can be narrowed to."""
    yield f"Có {results.total} đoạn."
    yield from _remarks(results.note, results.degraded)
    for number, answer in enumerate(results.hits, 1):
        yield ""
        yield from _answer_lines(number, answer, now=now)
    if results.facets:
        yield ""
        yield from _facet_lines(results.facets)


def _facet_lines(facets: tuple[Facet, ...]) -> Iterator[str]:
    by_name: dict[str, list[str]] = {}
    for facet in facets:
        by_name.setdefault(facet.name, []).append(f"{facet.value} ({facet.count})")
    for name, values in by_name.items():
        yield f"{wording.FILTERS[name]}: {', '.join(values[:_SHOWN_FACETS])}"


def duty_lines(duties: Duties) -> Iterator[str]:
    """Tell every task of a body, by document."""
    yield f"{duties.agency}: {duties.total} nhiệm vụ trong {duties.documents} văn bản."
    if duties.shown != duties.total:
        yield f"Đang lọc: {duties.shown} nhiệm vụ."
    yield from _remarks(duties.note, None)
    if duties.now:
        yield DATA_NOTE
        yield from (f"Nay nhận nhiệm vụ của: {name}" for name in duties.predecessors)
    if duties.suggestions:
        yield f"Có phải là: {', '.join(duties.suggestions)}?"
    for group in duties.groups:
        yield ""
        metadata = group.entry.metadata
        yield _name(metadata.doc_type, metadata.code, metadata.title, group.entry.source)
        for answer in group.duties:
            yield f"  [{answer.path}] {_bodies(answer.actors)}"
            if duties.now:
                yield from (f"    {line}" for line in now_lines(answer))
            yield f"    “{_flat(answer.quote)}”"
            if answer.deadlines:
                yield f"    Thời hạn: {_deadlines(answer.deadlines)}"


def citation_lines(found: Citations) -> Iterator[str]:
    """Tell what a document cites and what cites it."""
    yield _name(found.doc_type, found.code, found.title, found.query)
    if found.entry is None:
        yield "Chưa có trong thư viện; chỉ biết qua văn bản viện dẫn đến."
    if found.others:
        yield f"Cũng có thể là: {', '.join(found.others[:_SHOWN_OTHERS])}"
    if found.part:
        yield f"Chỉ {found.part.name}" + (
            f": “{_flat(found.part.quote)}”" if found.part.quote else ""
        )
    if found.relations:
        counts = (f"{wording.RELATIONS[each.relation]} {each.count}" for each in found.relations)
        yield f"Được viện dẫn trong {found.citing_documents} văn bản: {', '.join(counts)}"
    for heading, total, citations in (
        ("Viện dẫn đến", found.cites_total, found.cites),
        ("Được viện dẫn ở", found.cited_total, found.cited_by),
    ):
        yield f"{heading} {total} chỗ"
        yield from map(_citation_line, citations)


def _citation_line(citation: Citation) -> str:
    relation = wording.relation(citation.reference)
    name = citation.code or citation.title or wording.BLANK
    place = citation.place
    return f"  {relation}: {name} [{place.source}, đoạn {place.path}] “{_flat(citation.surface)}”"


def review_lines(found: ReviewList) -> Iterator[str]:
    """Tell what a person should look at, the least sure first."""
    counts = ", ".join(f"{telling.NOUNS[noun]} {count}" for noun, count in found.nouns)
    yield f"Có {found.total} chỗ cần soát" + (f" ({counts})." if counts else ".")
    if found.outdated:
        yield f"{found.outdated} văn bản do bản cũ của chương trình đọc: chạy sauro reread."
    for item in found.items:
        finding = item.finding
        yield ""
        yield (
            f"{finding.confidence:.2f} {telling.NOUNS[finding.noun]}: {telling.understood(finding)}"
        )
        if finding.noun != "header":
            yield f"   “{_flat(finding.quote)}”"
        place = f"đoạn {finding.path}" if finding.path else "phần đầu"
        yield f"   {item.code or item.source}, {place} [{item.document} {finding.key}]"
        if finding.reason:
            yield f"   {finding.reason}"


def log_lines(log: Sequence[Logged], names: Mapping[str, str]) -> Iterator[str]:
    """Tell who corrected what, the oldest first."""
    for line in log:
        source = names.get(line.sha256[:12], line.sha256[:12])
        yield f"{line.made_at:%d/%m/%Y %H:%M} {line.made_by} [{source}] {telling.told_of(line)}"


def _answer_lines(number: int, answer: Answer, *, now: bool) -> Iterator[str]:
    yield f"{number}. {_bodies(answer.actors) or _name_of(answer)}"
    if now:
        yield from (f"   {line}" for line in now_lines(answer))
    yield f"   “{_flat(answer.quote)}”"
    if answer.deadlines:
        yield f"   Thời hạn: {_deadlines(answer.deadlines)}"
    page = f", trang {answer.page}" if answer.page else ""
    yield f"   {_name_of(answer)}, đoạn {answer.path}{page} [{answer.source}]"


def _remarks(*remarks: str | None) -> Iterator[str]:
    yield from (remark for remark in remarks if remark)


def _bodies(actors: tuple[Actor, ...]) -> str:
    named = dict.fromkeys(f"{actor.agency} ({wording.ROLES[actor.role]})" for actor in actors)
    return "; ".join(named)


def _deadlines(deadlines: tuple[Deadline, ...]) -> str:
    return "; ".join(map(wording.told, deadlines))


def _name_of(answer: Answer) -> str:
    return _name(answer.doc_type, answer.code, answer.title, answer.source)


def _name(doc_type: str | None, code: str | None, title: str | None, fallback: str) -> str:
    if code:
        return f"{doc_type or 'Văn bản'} số {code}" + (f": {title}" if title else "")
    return (f"{doc_type}: " if doc_type else "") + title if title else fallback


def _flat(text: str) -> str:
    return " ".join(text.split())
