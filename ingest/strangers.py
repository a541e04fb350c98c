"""CLAUSES, BODIES -> MORE BODIES: those that no table knows, told by the place where they stand.

No register holds every division, company or post. But "3. Tổ Hậu cần lễ hội" among the headings of
"Tổ chức thực hiện", what stands before the colon of "Ban nề nếp: trực cổng trường", before
"chủ trì" and after "Giao" or "Đơn vị phối hợp:" is somebody, when it begins with a noun that names
bodies or posts (`knowledge/body_nouns.csv`). Elsewhere such a noun names nobody.

Source: forms of plans under Decree 30/2020/NĐ-CP, whose last part gives work to each body in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.actors import Mention
from ingest.body_nouns import actions, is_noun, noun_kind
from ingest.cues import cue_of, is_cue, read_cues
from ingest.model import Clause, Span
from ingest.norms import gives_duties
from ingest.predicates import first_verb
from ingest.role_words import begins_with_action
from ingest.sections import force_of, rules, section_kind
from ingest.sentences import split_sentences, split_units
from ingest.tones import fold_tones

_WORDS = 60  # of a list of bodies before its verb
_TAIL = 9  # words that a collective may have after its noun: "các cơ quan | thông tin đại chúng"
_GIVES = re.compile(
    r"(?:(?:(?:cơ bản )?thống nhất|đồng ý),? )?(?:giao|đề nghị|yêu cầu|phân công|ủy quyền)"
    r"(?: nhiệm vụ| trách nhiệm)?(?: cho)?:?\s+"
    r"|(?:trách nhiệm|nhiệm vụ)(?: cụ thể)?(?: của)?\s+|đối với\s+|riêng\s+"
)
_ENDS = re.compile(
    r"[\s:.;]*(?:,?\s*(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì|phối hợp|như sau))*"
    r"[\s:.;,]*$"
)
_GLOSS = re.compile(r"\s*\([^)]*\)")
_SEPARATOR = re.compile(r"\s*(?:[,;/]\s*(?:và\s+)?|\s+và\s+|\s+cùng(?: với)?\s+|\s+hoặc\s+)")
_PARTNERS = re.compile(
    r"(?:phối hợp|hợp đồng)(?:,? [^\W\d_]+ [^\W\d_]+)?,?\s+(?:với|cùng(?: với)?)\s+"
)
_LINK = re.compile(r"(?:[,;]\s*|(?:^|\s)và\s+)+(?:(?:các|những)\s+)?$")
_MORE = re.compile(
    r"(?:và )?(?:trực thuộc|thuộc|có liên quan|liên quan|khác|nêu trên|trên địa bàn)\b"
)
_PREPOSITIONS = {"trong", "về", "tại", "với", "theo", "khi", "để", "đến", "từ", "năm", "giai", "có"}
_STRONG = re.compile(r"chủ trì|phối hợp|trách nhiệm|nhiệm vụ|thực hiện|tổ chức|tăng cường|tiếp tục")
_HOLDS = re.compile(r"\s*[–-]\s+")  # "Thầy An – Phó Hiệu trưởng"
_TERM = re.compile(
    r"(?:trong|khi|trường hợp|nếu|căn cứ|trên cơ sở|sau khi|định kỳ|hằng năm|hàng năm|chậm nhất"
    r"|trước ngày|kể từ)(?!\w)"
)
# As a noun, not the verb of "tổ chức hội nghị".
_ORGANISATION = re.compile(
    r"tổ chức (?!hội|cuộc|lễ|lớp|việc|các|đoàn|phiên|họp|thẩm|kiểm|đánh|thực|triển|xây|lại|làm)"
)
_COMMA = re.compile(r",\s+")
_TITLE = re.compile(r"(?:các )?(?:thầy|cô|ông|bà|đồng chí|đ/c)(?!\w)")
_OFFICE = re.compile(r"\s*[,–-]\s*")
_PARTS_OF = (
    (r"(?:vụ|cục|tổng cục|thanh tra|văn phòng)", r"bộ"),
    (r"(?:phòng|chi cục|trung tâm|thanh tra|văn phòng)", r"(?:sở|công an tỉnh|bộ)"),
    (r"(?:phòng|khoa|bộ môn)", r"(?:trường|học viện)"),
)
_WHO = {"lead", "coordinate"}
_MANY = re.compile(r"(?:các|những|toàn thể|mọi|tất cả)\s")
_CLOSED = re.compile(r" (?:có )?liên quan$")  # "các bộ, ngành liên quan" asks for no more
_CHOSEN = 20  # characters
_CHOOSES = re.compile(r"(?:phân công|bố trí|cử|lựa chọn)(?: \d+)? $")
_STAFF = re.compile(r"(?:cán bộ|công chức|viên chức|đảng viên|nhân viên)(?!\w)")
_ONE_OF_MANY = re.compile(r"(?:các|những|toàn thể|mọi|tất cả|người đứng đầu|thủ trưởng|lãnh đạo)\s")


def find_strangers(
    text: str, clauses: Sequence[Clause], mentions: Sequence[Mention], *, doc_type: str | None
) -> tuple[Mention, ...]:
    """Return *mentions* and the bodies that only their place tells, in the order of the text.

    Args:
        text: The document's text.
        clauses: As `split_clauses` gives them.
        mentions: The bodies that the register knows; a stranger that goes on over one takes its
            place ("Tổ giúp việc Ban Chỉ đạo 35 tỉnh").
        doc_type: Its type; a law gives no work but under a heading that says so.
    """
    by_path = {clause.path: clause for clause in clauses}
    encloses = {clause.parent for clause in clauses}
    found = list(mentions)
    force, norms = force_of(doc_type), rules(doc_type, clauses)
    allowed = {"task"} if force in {"rules", "reports"} else {"task", None}
    for clause in clauses:
        if clause.kind not in {"heading", "narrative"}:
            continue
        section = section_kind(clause, by_path)
        law = norms and (clause.kind == "narrative" or gives_duties(clause.text))
        closed = section not in allowed or (section is None and clause.label is None)
        if closed and not law:
            continue
        inside = [mention for mention in mentions if clause.span.holds(mention.span)]
        for place in _places(text, clause, inside, encloses=clause.path in encloses):
            named = _of_a_kind(text, clause, place, encloses=clause.path in encloses) or _named(
                text, place, inside, only=law or _only_names(text, clause, place)
            )
            found = [m for m in found if not any(_overlap(m.span, n.span) for n in named)] + named
    return tuple(_joined(text, sorted(found, key=lambda mention: mention.span)))


def _joined(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Join a body to the one whose it is, where nothing parts them: "Ban Tôn giáo | Chính phủ"."""
    last: Mention | None = None
    for mention in mentions:
        gap = text[last.span.end : mention.span.start] if last else ""
        if last and (
            (gap == " " and _may_own(text, mention))
            or (gap == ", " and _is_part_of(last.span.of(text), mention.span.of(text)))
        ):
            last = Mention(Span(last.span.start, mention.span.end), last.label)
            continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def _is_part_of(name: str, other: str) -> bool:
    """Tell "Vụ Pháp chế, | Bộ Nội vụ": the body named next is the one that the first is of."""
    first, second = fold_tones(name.lower()), fold_tones(other.lower())
    return any(
        re.match(rf"{part} \w", first) and re.match(rf"{whole} \w", second)
        for part, whole in _PARTS_OF
    )


def _may_own(text: str, mention: Mention) -> bool:
    return "|" not in mention.label and noun_kind(mention.span.of(text)) != "person"


def _places(
    text: str, clause: Clause, inside: Sequence[Mention], *, encloses: bool
) -> Iterator[Span]:
    """Yield the stretches of a clause where bodies are to be named."""
    body = Span(clause.span.end - len(clause.text), clause.span.end)
    if cue_of(clause):
        yield from (part.span for part in read_cues(text, body) if part.says in _WHO)
        return
    few = len(clause.text.split()) <= _WORDS
    if encloses and few and (clause.kind == "heading" or not _sentence(text, body, inside)):
        yield _opened(text, body)
        return
    for sentence in split_sentences(text, body):
        for unit in split_units(text, sentence):
            yield from _subjects(text, unit, inside, first=unit.start == sentence.start)


def _sentence(text: str, body: Span, inside: Sequence[Mention]) -> bool:
    """Tell whether a clause that others hang under says itself what is to be done."""
    verb = first_verb(text, body.start, body.end, _spans(inside))
    return verb is not None and not body.of(text).endswith(":")


def _opened(text: str, span: Span) -> Span:
    """Return *span* without the words that give and the verb that leads in."""
    folded = fold_tones(span.of(text).lower())
    gives = _GIVES.match(folded)
    end = _ENDS.search(folded)
    start = gives.end() if gives else 0
    stop = end.start() if end else len(folded)
    return Span(span.start + start, span.start + max(start, stop))


def _subjects(text: str, unit: Span, inside: Sequence[Mention], *, first: bool) -> Iterator[Span]:
    """Yield where the subject of *unit*, whom it orders, and the partners stand."""
    folded = fold_tones(unit.of(text).lower())
    gives = _GIVES.match(folded)
    start = unit.start + (gives.end() if gives else 0)
    verb = first_verb(text, start, unit.end, _spans(inside)) if gives or first else None
    bare = verb is not None and fold_tones(text[start:verb].lower()).strip(" ,") in actions()
    if verb is not None and verb > start and not bare and not is_cue(text[start:verb]):
        yield Span(start, verb)
    if first and _TERM.match(folded):
        yield from _after_term(text, unit, inside)
    for partners in _PARTNERS.finditer(folded):
        begin = unit.start + partners.end()
        stop = first_verb(text, begin, unit.end, _spans(inside))
        yield Span(begin, stop if stop is not None else unit.end)


def _after_term(text: str, unit: Span, inside: Sequence[Mention]) -> Iterator[Span]:
    """Yield the subject after the adverbial of a procedure: "Trong thời hạn …, | Sở X | gửi"."""
    for comma in _COMMA.finditer(text, unit.start, unit.end):
        start = comma.end()
        words = fold_tones(text[start : unit.end].lower())
        if noun_kind(words) is None and not _ORGANISATION.match(words):
            continue
        verb = first_verb(text, start, unit.end, _spans(inside))
        if verb is None or "," in text[start:verb].rstrip(" ,"):
            continue
        if not any(m.span.start < start < m.span.end and m.span.end + 1 >= verb for m in inside):
            yield Span(start, verb)
            return


def _of_a_kind(text: str, clause: Clause, place: Span, *, encloses: bool) -> list[Mention]:
    """Return a heading over duties that tells all of a kind by what they do, as one collective.

    "7. Các cơ sở chăn nuôi, giết mổ, kinh doanh lợn": its verbs say which ones.
    """
    words = fold_tones(place.of(text).lower())
    whole = encloses and clause.kind == "heading" and _MANY.match(words)
    if not whole or noun_kind(words) is None or _STRONG.search(words):
        return []
    doing = first_verb(text, place.start, place.end, ())
    return [Mention(place, "collective")] if doing is not None else []


def _only_names(text: str, clause: Clause, place: Span) -> bool:
    """Tell whether nothing but names stands at *place*: a heading, or words before a colon."""
    return clause.kind == "heading" or text[place.end : place.end + 1] == ":"


def _named(text: str, place: Span, inside: Sequence[Mention], *, only: bool) -> list[Mention]:
    """Return the bodies that the register does not know in a list of bodies; [] when it is none."""
    if len(place.of(text).split()) > _WORDS:
        return []
    known = [mention for mention in inside if place.holds(mention.span)]
    named: list[Mention] = []
    last: Mention | None = None
    for mention in [*known, None]:
        start = last.span.end if last else place.start
        gap = _gap(text, start, mention.span.start if mention else place.end)
        items = list(_items(text, gap))
        if last and items and _goes_on(text, last, items[0]):
            items = list(_whole(text, [Span(last.span.start, items[0].end), *items[1:]]))
            named += _grown(text, last, items.pop(0), any_body=only)
        if last is None and items and not _is_body(text, items[0]):
            return []
        for item in _whole(text, items):
            named += _stranger(text, item, mention, inside)
        last = mention
    return named


def _gap(text: str, start: int, end: int) -> Span:
    """Return what stands before a known body, without what links it: "…, các | hiệp hội"."""
    link = _LINK.search(text[start:end])
    return Span(start, start + link.start() if link else end)


def _stranger(
    text: str, item: Span, following: Mention | None, inside: Sequence[Mention]
) -> list[Mention]:
    """Return an item of a list as a body, with the known one that it goes on into; or []."""
    kind = noun_kind(item.of(text))
    if kind is None or _heads_a_list(text, item, inside) or _anybody(text, item):
        return []
    office = _HOLDS.search(item.of(text)) if kind == "person" else None
    if office and noun_kind(item.of(text)[office.end() :]):
        item = Span(item.start + office.end(), item.end)
    named = _TITLE.match(fold_tones(item.of(text).lower()))
    if following and named and _OFFICE.fullmatch(text[item.end : following.span.start]):
        return []  # "Thầy An – Phó Hiệu trưởng": his office stands for him
    if following is None or item.end + 1 < following.span.start:
        return [Mention(item, _label(text, item))]
    if kind == "person":
        return []  # "Lãnh đạo Sở Y tế": an office counts as its body
    return [Mention(Span(item.start, following.span.end), _label(text, item))]


def _anybody(text: str, item: Span) -> bool:
    """Tell persons in general whom a body is to choose: "Phân công | cán bộ làm công tác …"."""
    before = fold_tones(text[max(0, item.start - _CHOSEN) : item.start].lower())
    words = fold_tones(item.of(text).lower())
    return _CHOOSES.search(before) is not None and _STAFF.match(words) is not None


def _heads_a_list(text: str, item: Span, inside: Sequence[Mention]) -> bool:
    """Tell "các ngành" of "các ngành: Y tế, Tư pháp", whose bodies follow the colon."""
    return text[item.end : item.end + 1] == ":" and any(
        mention.span.start == item.end + 2 for mention in inside
    )


def _items(text: str, span: Span) -> Iterator[Span]:
    """Yield the items of a list; "và" and commas inside a name part nothing."""
    place = span.start
    for gap in _SEPARATOR.finditer(text, span.start, span.end):
        if gap.end() >= span.end or _is_body(text, Span(gap.end(), span.end)):
            yield from _trimmed(text, place, gap.start())
            place = gap.end()
    yield from _trimmed(text, place, span.end)


def _whole(text: str, items: Sequence[Span]) -> Iterator[Span]:
    """Yield the items of a list; what only names further kinds of the same goes with its first.

    "Các cục, vụ, đơn vị trực thuộc", "người đứng đầu cơ quan, đơn vị" are one.
    """
    last: Span | None = None
    for item in items:
        words = fold_tones(item.of(text).lower())
        further = _is_body(text, item) and (
            is_noun(words) or (item.of(text)[0].islower() and not _MANY.match(words))
        )
        if last and further and _ONE_OF_MANY.match(fold_tones(last.of(text).lower())):
            last = Span(last.start, item.end)
            continue
        if last:
            yield last
        last = item
    if last:
        yield last


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    gloss = _GLOSS.search(part)
    part = part[: gloss.start()] if gloss else part
    verb = first_verb(text, start, start + len(part), ())
    if verb is not None and text[verb] != ":" and not is_noun(text[start:verb].strip()):
        part = part[: verb - start]
    left = len(part) - len(part.lstrip(" ,;:.-–"))
    kept = part.strip(" ,;:.-–")
    if kept:
        yield Span(start + left, start + left + len(kept))


def _goes_on(text: str, last: Mention, item: Span) -> bool:
    """Tell whether *item* says more of the body before it: "các đơn vị thuộc, | trực thuộc Bộ"."""
    between = text[last.span.end : item.start]
    return _MORE.match(item.of(text)) is not None or not re.search(
        r"[,;:(/.]|(?:^|\s)và\s", between
    )


def _grown(text: str, mention: Mention, whole: Span, *, any_body: bool) -> list[Mention]:
    """Return a body with the words that say which one it is: "Tổ Hậu cần | lễ hội"; or []."""
    tail = text[mention.span.end : whole.end].split()
    if not (any_body or mention.label == "collective") or "|" in mention.label:
        return []
    if _CLOSED.search(fold_tones(mention.span.of(text).lower())):
        return []
    if not 0 < len(tail) <= _TAIL or tail[0][0] == "(" or tail[0] in _PREPOSITIONS:
        return []
    if tail[0][0] in "–-" and not _second_half(tail[1:]):
        return []
    return [Mention(whole, mention.label)]


def _second_half(words: Sequence[str]) -> bool:
    """Tell the rest of "Phòng Đào tạo – | Khảo thí" from an office or a role after the dash."""
    rest = " ".join(words)
    return rest[:1].isupper() and noun_kind(rest) is None and not begins_with_action(rest)


def _is_body(text: str, span: Span) -> bool:
    return noun_kind(span.of(text)) is not None


def _label(text: str, span: Span) -> str:
    many = _MANY.match(fold_tones(span.of(text).lower()))
    return "collective" if many else "body"


def _spans(mentions: Sequence[Mention]) -> list[Span]:
    return [mention.span for mention in mentions]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
