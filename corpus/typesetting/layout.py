"""Source -> lines: the words of a document in reading order, one paragraph a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from typesetting.markup import Block, Source

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or table row of a document."""

    text: str
    kind: str  # "task"
    block: Block | None = None  # None: of the letterhead, the title or the end


def is_letter(source: Source) -> bool:
    """Whether the document is a công văn, which has no title but a V/v line."""
    return source.head["type"] == "Công văn"


def is_stub(source: Source) -> bool:
    """Whether this is a page about a document and not the document."""
    return "stub" in source.head


def number_line(source: Source) -> str:
    """`Số: 12/KH-UBND`, or with a blank where the number is not yet given."""
    code = source.head.get("code")
    return f"Số: {code}" if code else f"Số:        /{source.head['symbol']}"


def place_line(source: Source) -> str:
    """`Lam Giang, ngày 05 tháng 02 năm 2026`, as Decree 30/2020/NĐ-CP writes dates."""
    if "dateline" in source.head:
        return source.head["dateline"]
    day = date.fromisoformat(source.head["date"])
    month = f"{day.month:02d}" if day.month in {1, 2} else str(day.month)
    return f"{source.head['place']}, ngày {day.day:02d} tháng {month} năm {day.year}"


def properties(source: Source) -> list[tuple[str, str]]:
    """What a page about a document says of it, label and value."""
    head, signature = source.head, source.parts("sign")
    day = date.fromisoformat(head["date"]).strftime("%d/%m/%Y")
    rows = [
        ("Số hiệu", head["code"]),
        ("Loại văn bản", head["type"]),
        ("Cơ quan ban hành", head.get("portal issuer", head["issuer"])),
        ("Người ký", signature[-1] if signature else ""),
        ("Ngày ban hành", day),
        ("Ngày có hiệu lực", head.get("effective", "" if is_stub(source) else day)),
        ("Lĩnh vực", head["field"]),
        ("Tình trạng", head.get("status", "Còn hiệu lực")),
    ]
    return [(label, value) for label, value in rows if value]


def letterhead(source: Source) -> list[str]:
    """The lines above the title, the issuer's before the nation's."""
    if is_stub(source):
        return [*source.parts("org"), *(f"{label}: {value}" for label, value in properties(source))]
    subject = [source.head["title"]] if is_letter(source) else []
    return [
        *source.parts("draft"),
        *source.parts("parent"),
        *source.parts("org"),
        number_line(source),
        *subject,
        NATION,
        MOTTO,
        place_line(source),
    ]


def title(source: Source) -> list[str]:
    """The type and the trích yếu; for a công văn whom it is addressed to."""
    if is_letter(source):
        return []
    return [source.head["type"].upper(), source.head["title"]]


def addressees(source: Source) -> list[str]:
    """The Kính gửi lines; [] when there are none."""
    bodies = source.parts("kính gửi", ";")
    if len(bodies) == 1:
        return [f"Kính gửi: {bodies[0]}."]
    return ["Kính gửi:", *_listed(bodies)] if bodies else []


def recipients(source: Source) -> list[str]:
    """The Nơi nhận lines; [] when the document has none."""
    bodies = source.parts("to", ";")
    return ["Nơi nhận:", *_listed(bodies)] if bodies else []


def _listed(bodies: list[str]) -> list[str]:
    return [*(f"- {body};" for body in bodies[:-1]), f"- {bodies[-1]}."]


def lines(source: Source) -> list[Line]:
    """All lines of *source* in reading order."""
    top = [Line(text, "letterhead") for text in letterhead(source)]
    top += [Line(text, "title") for text in title(source)]
    top += [Line(text, "preamble") for text in addressees(source)]
    end = [Line(text, "recipients") for text in recipients(source)]
    end += [Line(text, "signature") for text in source.parts("sign")]
    body: list[Line] = []
    for block in source.blocks:
        if block.mark == "$sign":
            body += end
            end = []
        elif block.mark != "$page":
            body.append(Line(block.text, block.kind, block))
    return top + body + end
