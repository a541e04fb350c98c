"""CITATIONS -> RELATIONS: how the documents that a paragraph names hang together.

The first citation of a sentence or of a list item has the relation of the citing document; one
within its title is that document's ("Nghị quyết … ban hành Kế hoạch thực hiện Kết luận …"), one
after "được sửa đổi, bổ sung bởi" amends the one before, the next of a list shares with the last.

Source: Decree 30/2020/NĐ-CP, Annex I (bases, one a line, ended by ";"); Decree 78/2025/NĐ-CP on
bases that have been amended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.citation_cells import from_source_column
from ingest.citation_identity import Identity
from ingest.citations import Label
from ingest.model import Clause, Relation, Span
from ingest.relations import (
    begins_anew,
    carries_on,
    carries_out,
    ends_sentence,
    expired_list,
    expires,
    follows_up,
    is_sibling,
    names_bases,
    opening_act,
    opens_item,
    passive_relation,
    relation_of,
    relation_of_lead_in,
    relation_within_title,
    takes_effect,
)

_BRACKETS = re.compile(r"\([^()\n]*\)")
_ONLY_A_GAP = re.compile(r"[\s,;]*(?:và|hoặc|cùng)?\s*(?:các|tại|của)?\s*")
_SEMICOLON = re.compile(r"\s*;\s*(?:và )?")
_LONGEST_LIST = 3000
_LISTED = frozenset({"repeals", "replaces"})
_RUNNING_MARK = re.compile(r"\W*(?:\d{1,3}|[a-zđ])[.)] ")
_MARK = re.compile(r"^\W*(?:Điều )?(?:[IVX]+|[a-zđ]|[\d.]+[a-z]?)[.)]+ ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation with what it means and why it is there."""

    span: Span
    label: Label
    surface: str
    identity: Identity
    relation: Relation = "mentions"
    from_code: str | None = None  # of the document whose relation it is, where not the citing one
    to_code: str | None = None  # of the document that this one amends, where that is not the citing


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The document that the citations stand in."""

    text: str
    titles: Sequence[tuple[int, int]]  # where the titles after citations stand
    blocks: Sequence[Clause]
    doc_type: str | None = None


def relate(found: Sequence[Cited], setting: Setting) -> list[Cited]:
    """Return the citations with their relations, which run on in lists and across their lines."""
    lead_ins = {block.path: block for block in setting.blocks}
    holders = _holders(found, setting.blocks)
    related: list[Cited] = []
    chain: list[Cited] = []  # of the item: the outer document, then what its title names
    governing: Relation | None = None
    for cited, block in zip(found, holders, strict=True):
        last = related[-1].span if related else Span(0, 0)
        start = last.end if last.end <= cited.span.start else cited.span.start
        line = setting.text.rfind("\n", 0, cited.span.start) + 1
        if line > start:
            item = setting.text[line : cited.span.start]
            governing = _carried_over(setting.text[start:line], governing, item)
            if not opens_item(setting.text[line : cited.span.start]):
                governing = None  # a sentence of its own
            else:
                governing = governing or _led_in(block, lead_ins)
            chain, start = [], line
        place = _Place(between=setting.text[start : cited.span.start], governing=governing)
        told, chain, governing = _told(cited, chain, place, setting)
        related.append(told)
    return _expired(related, setting.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    between: str  # the words since the last citation of the line
    governing: Relation | None  # of the list that it may continue


def _told(
    cited: Cited, chain: list[Cited], place: _Place, setting: Setting
) -> tuple[Cited, list[Cited], Relation | None]:
    """Return *cited* with its relation, the chain that it ends, and what governs what follows."""
    between = _BRACKETS.sub(" ", place.between)
    if chain and (act := passive_relation(place.between)):
        told = _amending(cited, act, _amended(chain, cited))
        return told, [*chain, told], place.governing
    if chain and (_is_next_amending(between, cited, chain[-1]) or not begins_anew(between)):
        if is_sibling(between):
            return _joined(cited, chain, between, place.governing)
        in_title = any(start <= cited.span.start < end for start, end in setting.titles)
        relation = relation_within_title(between) if in_title else "basis"
        bases = [one for one in chain if one.to_code is None]
        if in_title and bases and len(bases) < len(chain):  # goes on after "được sửa đổi bởi …"
            return _joined(cited, bases, between, place.governing)
        if not in_title and carries_out(between):
            relation = "implements"
        if relation != "basis":  # "theo Nghị định …" goes on with the sentence, not with the title
            told = replace(cited, relation=relation, from_code=_name(chain[-1]))
            return told, [*chain, told], place.governing
    prose = between if chain else _MARK.sub("", between)  # the dot of "1." ends no sentence
    governing = None if ends_sentence(prose) else place.governing
    governing = relation_of(between) or governing if chain else _opened(between, governing)
    if from_source_column(setting.text, cited.span.start):
        governing = "basis"
    told = replace(cited, relation=_own_relation(cited, governing or "mentions", setting))
    return told, [told], governing


def _opened(between: str, governing: Relation | None) -> Relation | None:
    """Return what governs the first citation of a line: what its own words say, then the act."""
    own = relation_of(between)
    act = opening_act(between)
    if act and own in {None, "mentions", "attachment"}:
        return act
    return own or governing


def _joined(
    cited: Cited, chain: list[Cited], between: str, governing: Relation | None
) -> tuple[Cited, list[Cited], Relation | None]:
    """Return the next of a list: of the list that the last one is in, or of the outer one."""
    depth = len(chain) - 1
    while depth and _leaves(cited, chain[depth], chain[depth - 1], between):
        depth -= 1
    before = chain[depth]
    told = replace(cited, relation=before.relation, from_code=before.from_code)
    if before.to_code or (before.from_code and before.from_code == _name(before)):
        told = replace(told, from_code=_name(cited), to_code=before.to_code)
    return told, [*chain[:depth], told], governing


def _leaves(cited: Cited, inner: Cited, outer: Cited, between: str) -> bool:
    """Tell whether a citation after *inner* joins the list of *outer*.

    It does when the inner one's own title stands between, when it is cited in full and the inner
    one is not, and when it is of the outer one's type.
    """
    now, then, first = cited.identity, inner.identity, outer.identity
    if inner.to_code or inner.from_code == _name(inner):  # "được sửa đổi bởi Luật số A, Luật số B"
        return now.doc_type != then.doc_type or cited.label == "law-name"
    if not _ONLY_A_GAP.fullmatch(between):
        return True
    if now.date and not then.date and first.date:
        return True
    return now.doc_type == first.doc_type != then.doc_type


def _amended(chain: list[Cited], cited: Cited) -> Cited:
    """Return which document of *chain* the citation amends: the last one of its own type."""
    bases = [base for base in chain if not base.to_code] or chain
    alike = [base for base in bases if _rank(base) == _rank(cited)]
    return (alike or bases)[-1]


def _is_next_amending(between: str, cited: Cited, last: Cited) -> bool:
    """Tell whether a citation goes on a list: "được sửa đổi bởi: Luật số 1; Luật số 2; …"."""
    alike = cited.label == "code" == last.label and _rank(cited) == _rank(last)
    return alike and last.to_code is not None and _SEMICOLON.fullmatch(between) is not None


def _rank(cited: Cited) -> str | None:
    kind = cited.identity.doc_type
    return "Luật" if kind in {"Bộ luật", "Luật"} else kind


def _amending(cited: Cited, act: Relation, base: Cited) -> Cited:
    return replace(cited, relation=act, from_code=_name(cited), to_code=_name(base))


def _name(cited: Cited) -> str | None:
    identity = cited.identity
    return identity.code or identity.resolved or identity.title


def _own_relation(cited: Cited, relation: Relation, setting: Setting) -> Relation:
    """Return the citing document's relation, as the rest of the paragraph changes it."""
    line_end = setting.text.find("\n", cited.span.end)
    rest = setting.text[cited.span.end : line_end if line_end >= 0 else len(setting.text)]
    if takes_effect(rest) and relation in {"implements", "continues", "basis"}:
        return "mentions"
    if relation != "basis":
        return relation
    kind = cited.identity.doc_type
    opens = re.match(r"\W*[Cc]ăn cứ", _line_up_to(setting.text, cited.span.start)) is not None
    if follows_up(kind, rest) or (opens and carries_on(kind, setting.doc_type)):
        return "implements"
    return relation


def _line_up_to(text: str, end: int) -> str:
    return text[text.rfind("\n", 0, end) + 1 : end]


def _expired(related: list[Cited], text: str) -> list[Cited]:
    """Return the citations, those that a sentence says are out of force now as replaced.

    "Nghị định A; Nghị định B sửa đổi Nghị định A hết hiệu lực kể từ ngày Nghị định này có hiệu
    lực": A and B are replaced, the inner A is what B amends.
    """
    told = []
    for cited in related:
        line_end = text.find("\n", cited.span.end)
        rest = text[cited.span.end : line_end if line_end >= 0 else len(text)]
        subject = cited.from_code is None and cited.relation in {"mentions", "attachment"}
        told.append(replace(cited, relation="replaces") if subject and expires(rest) else cited)
    return told


def _carried_over(between: str, governing: Relation | None, item: str) -> Relation | None:
    """Return the relation that the lines before a list item hand down to it, or None.

    A list goes on while its lines end in ";" or ","; a line that ends in ":" begins it. What is
    repealed or replaced is often listed in sentences: there the numbers of the items carry on.
    """
    lines = between.rstrip()[-_LONGEST_LIST:].split("\n")
    for line in reversed(lines):
        words = line.rstrip()
        if words.endswith(":"):
            return relation_of_lead_in(words) or governing
        if not words.endswith((";", ",")):
            listed = governing in _LISTED and len(lines) == 1 and _RUNNING_MARK.match(item)
            return governing if listed else None
    return governing


def _led_in(block: Clause | None, blocks: dict[str, Clause]) -> Relation | None:
    """Return what the lead-in or the heading above gives an item that begins with a citation."""
    while block and (parent := blocks.get(block.parent or "")):
        words = parent.text.strip()
        if words.endswith(":"):
            return relation_of_lead_in(words)
        if act := opening_act(words) or expired_list(words):
            return act
        if parent.kind == "heading":
            return "basis" if names_bases(words) else None
        block = parent
    return None


def _holders(found: Sequence[Cited], blocks: Sequence[Clause]) -> list[Clause | None]:
    holders: list[Clause | None] = []
    place = 0
    for cited in found:
        while place < len(blocks) and blocks[place].span.end < cited.span.end:
            place += 1
        holds = place < len(blocks) and blocks[place].span.holds(cited.span)
        holders.append(blocks[place] if holds else None)
    return holders
