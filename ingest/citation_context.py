"""CITATIONS -> CITATIONS: what one of them leaves out and another one, or the sentence, says.

"Nghị quyết số 57" after "Nghị quyết số 57-NQ/TW" is that one; "các Nghị quyết số 18, 19-NQ/TW"
print the symbol once, "số 1280/TTr-CP và số 1281/TTr-CP ngày … của Chính phủ" date and issuer.

Source: Decree 30/2020/NĐ-CP, Annex I: the first citation is full, later ones type and number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.agencies import find_agencies
from ingest.citation_chains import Cited
from ingest.citation_codes import COMPLETED, COMPLETED_BY_LIST, mend_code, same_code
from ingest.citation_identity import Identity, named_body
from ingest.issuing_bodies import issuing_body_end
from ingest.places import Context

_LISTED = re.compile(r"(?:, | và |; |, và )(?:các )?")
_PROMULGATED = re.compile(r" (?:đã |vừa |cũng )*(?:ký )?(?:ban hành|ký|có|gửi)(?: các)? $")
_PROPOSED = re.compile(
    r"(?: \(?)?(?:tại|trong)(?: các)? (?:[Cc]ông văn|[Vv]ăn bản|[Tt]ờ trình)?[: ]*$"
)
_BY = re.compile(r",? (?:được |đã |đang )*do (?=[^\n]{3,120} ban hành)")
# "Ngày 12/3/2025, Bộ Y tế có Công văn số …", "tại cuộc họp ngày …" apart: the day of what follows.
_DAY_BEFORE = re.compile(
    r"(?<!\w)[Nn]gày (?P<day>\d{1,2}) ?(?:[/.-]|tháng) ?(?P<month>\d{1,2}) ?(?:[/.-]|năm) ?"
    r"(?P<year>(?:19|20)\d\d),? (?P<who>[^;.:\d]{2,90}?)"
    r"(?: (?:đã |vừa |cũng )*(?:ký )?(?:ban hành|ký|có|gửi)(?: các)?) $"
)
_REACH = 140


def with_full_numbers(found: Sequence[Cited]) -> list[Cited]:
    """Return the citations, the short numbers among them with what the full ones say."""
    whole = []
    for place, cited in enumerate(found):
        identity = cited.identity
        if cited.label == "listed-number":
            after = (o.identity for o in found[place + 1 :] if o.label == "code")
            identity = _with_symbol(identity, next(after, None))
        elif cited.label == "short-number":
            full = [o.identity for o in found if _is_short_for(identity, o.identity)]
            if len({one.code for one in full}) == 1:
                identity = _completed(identity, full[0])
        whole.append(replace(cited, identity=identity))
    return whole


def with_shared_facts(text: str, found: Sequence[Cited], context: Context) -> list[Cited]:
    """Return the citations with the date and issuer that a list or the sentence gives them."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        shared[place] = _from_next(text, shared[place], shared[place + 1])
    shared = [_from_sentence(text, _dated_before(text, cited), context) for cited in shared]
    return [_from_first(cited, shared) for cited in shared]


def _from_next(text: str, cited: Cited, after: Cited) -> Cited:
    """Return *cited* with what is printed once at the end of the list that it begins."""
    own, following = cited.identity, after.identity
    gap = text[cited.span.end : max(after.span.start, cited.span.end)]
    if not own.code or not following.code or own.date or not _LISTED.fullmatch(gap):
        return cited
    if own.doc_type != following.doc_type or re.match(r"[^\W\d]+ ", after.surface) is None:
        return cited
    if not after.surface.startswith(("số", "Số")) or own.code.partition("/")[2] == "":
        return cited
    date = following.date if " và " in gap else None
    return replace(cited, identity=replace(own, date=date, issuer=own.issuer or following.issuer))


def _from_sentence(text: str, cited: Cited, context: Context) -> Cited:
    """Return *cited* with the issuer before it ("Chính phủ ban hành Nghị quyết số …")."""
    identity = cited.identity
    if identity.issuer:
        return cited
    if by := _BY.match(text, cited.span.end):  # "… do Bộ Y tế ban hành"
        end = issuing_body_end(text[by.end() : by.end() + _REACH].partition("\n")[0], 0)
        named = named_body(text[by.end() : by.end() + end], context) if end else None
        return replace(cited, identity=replace(identity, issuer=named))
    if not (identity.code or identity.printed):
        return cited
    line = text.rfind("\n", 0, cited.span.start) + 1
    before = text[max(line, cited.span.start - _REACH) : cited.span.start]
    link = _PROMULGATED.search(before) or _PROPOSED.search(before)
    if link is None:
        return cited
    ending = [found for found in find_agencies(before) if found[1] == link.start()]
    if not ending or ending[-1][2] == "collective":
        return cited
    issuer = named_body(before[ending[-1][0] : ending[-1][1]], context)
    return replace(cited, identity=replace(identity, issuer=issuer))


def _dated_before(text: str, cited: Cited) -> Cited:
    """Return *cited* with the day that opens its sentence ("Ngày …, Thủ tướng ban hành …")."""
    identity = cited.identity
    if identity.date or not (identity.code or identity.printed):
        return cited
    line = text.rfind("\n", 0, cited.span.start) + 1
    found = _DAY_BEFORE.search(text[max(line, cited.span.start - _REACH) : cited.span.start])
    if found is None or not any(start == 0 for start, *_ in find_agencies(found["who"])):
        return cited
    try:
        day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return cited
    if mended := mend_code(identity.printed or "", date=day):  # the day may restore the year
        repair = "; ".join(mended.repairs) or identity.repair
        identity = replace(identity, code=mended.code, repair=repair)
    return replace(cited, identity=replace(identity, date=day))


def _from_first(cited: Cited, found: Sequence[Cited]) -> Cited:
    """Return a repeated number with the date and issuer that its full citation gives."""
    own = cited.identity
    if own.code is None or (own.date and own.issuer):
        return cited
    alike = [
        other.identity
        for other in found
        if same_code(other.identity.code, own.code) and other.identity.doc_type == own.doc_type
    ]
    dates = {other.date for other in alike if other.date}
    issuers = {other.issuer for other in alike if other.issuer}
    if len(dates) > 1 or (own.issuer and issuers != {own.issuer}):
        return cited  # two documents of one number
    date = own.date or next(iter(dates), None)
    issuer = own.issuer or (next(iter(issuers)) if len(issuers) == 1 else None)
    return replace(cited, identity=replace(own, date=date, issuer=issuer))


def _completed(short: Identity, full: Identity) -> Identity:
    """Return a short citation ("Nghị quyết số 57") with what the full one before it said."""
    return Identity(
        code=full.code,
        printed=short.printed,
        doc_type=short.doc_type,
        date=short.date or full.date,
        issuer=short.issuer or full.issuer,
        repair=COMPLETED,
        confidence=0.85,
    )


def _with_symbol(listed: Identity, full: Identity | None) -> Identity:
    """Return a number of a list ("số 18, 19-NQ/TW") with the symbol that the list prints once."""
    if full is None or full.code is None or full.printed is None:
        return listed
    number = re.match(r"[\d.]+[a-zđ]?", full.code)
    if number is None:
        return listed
    return Identity(
        code=f"{listed.printed}{full.code[number.end() :]}",
        printed=listed.printed,
        doc_type=listed.doc_type or full.doc_type,
        date=listed.date,
        issuer=listed.issuer or full.issuer,
        repair=COMPLETED_BY_LIST,
        confidence=0.9,
    )


def _is_short_for(short: Identity, full: Identity) -> bool:
    """Tell whether *short* may name the document of *full* by its number alone."""
    if not full.code or not short.printed or short.doc_type != full.doc_type:
        return False
    number = re.match(r"\w+", full.code)
    return bool(number) and number[0].lstrip("0") == short.printed.lstrip("0")  # type: ignore[index]
