"""CANDIDATES' TEXT -> WHETHER IT SAYS WHAT IS ASKED: a day, a stretch of time, a figure, an effect.

Topic words alone bring the neighbours of the clause that answers: "có hiệu lực từ ngày nào" wants
the clause that says so, "trong mấy ngày" one with a number of days, "bao nhiêu" one with a number.
Only the best candidates are read for it.

Source: Decree 78/2025/NĐ-CP and Decree 30/2020/NĐ-CP, on how effect, time limits, and bases are
worded; Law 64/2025/QH15, Article 53, on effect.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from index.fold import fold

if TYPE_CHECKING:
    from index.query import Question

_NUMBER = r"\d[\d.,]*(?: ?\([^)]{1,30}\))?"
_EFFECT = re.compile(
    r"(?:^|[.;] ?)[^.;]{0,160}?\bnay,? (?:se |bat dau )?co hieu luc(?: thi hanh)?,? "
    r"(?:ke tu|tu|sau|vao|cho den|den|trong)\b"
)
_DAY = re.compile(
    r"\bngay (?:\d|mung|mong|cuoi|dau|lam viec (?:cuoi|dau))|\b\d{1,2}[/-]\d{1,2}\b"
    r"|\bthu (?:hai|ba|tu|nam|sau|bay) (?:hang|moi|tuan|cua)\b"
)
_TIME = re.compile(
    rf"{_DAY.pattern}|\bthang \d|\bqu[iy] [iv\d]|\bnam (?:19|20)\d\d|\bgiai doan \d"
    r"|\b\d{1,2}/(?:19|20)\d\d|\b(?:hang|moi|dinh k[iy]) (?:ngay|tuan|thang|qu[iy]|nam)\b"
)
_AGAIN = re.compile(r"\b(?:hang|moi) (?:tuan|thang|qu[iy]|nam)\b")
_SPELLED = r"(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
_LENGTH = re.compile(
    rf"(?:{_NUMBER}|\b{_SPELLED}) (?:ngay|thang|gio|tuan|nam|phut|qu[iy])(?! (?:\d|thu|ke tu))"
    rf"|{_NUMBER} ngay ke tu"
)
_CITED = re.compile(
    r"\d+(?:/\d+)*/[a-z]|\b(?:so|dieu|khoan|diem|chuong|muc|phu luc|mau|ngay|thang|nam|qui|quy) "
    r"(?:so )?\d[\d/.,-]*(?:(?:, | va )\d+)*"
)
_AMOUNT = re.compile(
    rf"{_NUMBER} ?(?:%|phan tram|dong|trieu|t[iy]|nghin|usd|lan|muc|he so|diem)"
    r"|/(?:nguoi|ho|thang)\b"
)
_PERCENT = re.compile(rf"{_NUMBER} ?(?:%|phan tram)")
_OFFICE = 2  # words that tell an office: "trưởng ban", "thường trực"
_UNIT_WORDS = 2  # behind "bao nhiêu": "bao nhiêu phó chủ tịch"
_NO_UNITS = frozenset({"la", "va", "thi", "trong", "khi", "den", "cho", "o", "tai", "theo", "de"})

_SAID = {"effect": 1.5, "length": 0.8, "day": 1.0, "time": 0.75, "figure": 0.6, "role": 0.9}
_UNSAID = {"effect": -0.3, "length": -0.45, "day": 0.0, "time": 0.0, "figure": -0.2, "role": 0.0}


@dataclass(frozen=True)
class Saying:
    """What a question wants to be said."""

    question: Question

    @cached_property
    def wanted(self) -> str | None:
        """Which fact a clause must state: None where any clause may answer."""
        question = self.question
        if question.intent == "when":
            for tag in ("effect", "length"):
                if tag in question.tags:
                    return tag
            return "day" if "date" in question.tags else "time"
        if question.intent in {"find", "what"} and question.tags & {"figure", "percent"}:
            return "figure"
        if question.intent == "who" and self._role:
            return "role"
        return None

    def worth(self, text: str, *, stated: bool) -> float:
        """Return what it counts that a clause says what is wanted, or does not.

        Args:
            text: Of the clause.
            stated: Whether its task is known to say when it is due: that has counted already.
        """
        if self.wanted is None or (stated and self.wanted in {"day", "time"}):
            return 0.0
        says = self._says[self.wanted](fold(text))
        return _SAID[self.wanted] if says else _UNSAID[self.wanted]

    @cached_property
    def again(self) -> bool:
        """Whether something is asked for that comes again: "ngày mấy hằng tháng"."""
        return bool(_AGAIN.search(" ".join(piece.folded for piece in self.question.pieces)))

    @cached_property
    def _says(self) -> dict[str, Callable[[str], object]]:
        return {
            "effect": _EFFECT.search,
            "length": _LENGTH.search,
            "day": _DAY.search,
            "time": _TIME.search,
            "figure": self._figure,
            "role": lambda text: self._role is not None and bool(self._role.search(text)),
        }

    def _figure(self, text: str) -> bool:
        if "percent" in self.question.tags:
            return bool(_PERCENT.search(text))
        plain = _CITED.sub(" ", text)
        if self._unit:
            return bool(self._unit.search(plain))
        return bool(_AMOUNT.search(plain))

    @cached_property
    def _unit(self) -> re.Pattern[str] | None:
        """What is counted: the words behind "bao nhiêu", in the question."""
        folded = [piece.folded for piece in self.question.pieces]
        for at in range(len(folded) - 1):
            if folded[at] == "may" or folded[at : at + 2] == ["bao", "nhieu"]:
                first = at + 1 if folded[at] == "may" else at + 2
                unit = folded[first : first + _UNIT_WORDS]
                if unit and not _NO_UNITS & set(unit):
                    words = r"\W+".join(map(re.escape, unit))
                    return re.compile(rf"{_NUMBER}\W+{words}\b")
        return None

    @cached_property
    def _role(self) -> re.Pattern[str] | None:
        """The office whose holder is asked for, as a list or a sentence names it.

        "Trưởng ban chỉ đạo … là ai": "Trưởng Ban: …". "Cơ quan nào là thường trực …": "… là Cơ
        quan Thường trực …".
        """
        folded = [piece.folded for piece in self.question.pieces]
        for at, word in enumerate(folded):
            if word != "la" or not at:
                continue
            ahead = folded[at + 1 : at + 1 + _OFFICE]
            if folded[at - 1] in {"ai", "nao"} and len(ahead) == _OFFICE:
                office = r"\W+".join(map(re.escape, ahead))
                return re.compile(rf"^\W*{office}\b[^:;.]{{0,60}}:|\bla (?:\w+ ){{0,2}}{office}\b")
            if ahead[:1] == ["ai"] or ahead == ["nguoi", "nao"]:
                office = r"\W+".join(map(re.escape, folded[:_OFFICE]))
                return re.compile(rf"^\W*{office}\b[^:;.]{{0,60}}:|\b(?:la|lam) {office}\b")
        return None
