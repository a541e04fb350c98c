"""Which held document a citation means among those of its number."""

import datetime as dt

import pytest

from index.resolution import meant_document
from ingest.model import Metadata, Reference, Span

NAM = Metadata(
    code="88/QĐ-UBND",
    doc_type="Quyết định",
    issuer="UBND tỉnh Hà Nam",
    issued_on=dt.date(2024, 3, 1),
)
GIANG = Metadata(
    code="88/QĐ-UBND",
    doc_type="Quyết định",
    issuer="UBND tỉnh Bắc Giang",
    issued_on=dt.date(2024, 5, 2),
)
LATER = Metadata(
    code="88/QĐ-UBND",
    doc_type="Quyết định",
    issuer="UBND tỉnh Hà Nam",
    issued_on=dt.date(2025, 3, 1),
)


def cite(code="88/QĐ-UBND", doc_type="Quyết định", issuer=None, date=None):
    return Reference(
        path="1",
        surface=code,
        code=code,
        doc_type=doc_type,
        issuer=issuer,
        date=date,
        relation="basis",
        confidence=0.98,
        span=Span(0, len(code)),
    )


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        pytest.param(cite(issuer="UBND tỉnh Bắc Giang"), GIANG, id="the-issuer-decides"),
        pytest.param(
            cite(issuer="Chủ tịch UBND tỉnh Hà Nam", date=dt.date(2025, 3, 1)),
            LATER,
            id="numbers-begin-anew-each-year",
        ),
        pytest.param(
            cite(issuer="UBND tỉnh Hà Nam", date=dt.date(2024, 3, 10)), NAM, id="a-slip-in-the-day"
        ),
        pytest.param(cite(issuer="UBND tỉnh Thanh Hóa"), None, id="another-province"),
        pytest.param(cite(date=dt.date(2019, 3, 1)), None, id="another-year"),
        pytest.param(cite(doc_type="Kế hoạch"), None, id="another-type"),
        pytest.param(cite(), NAM, id="nothing-told-is-the-first"),
    ],
)
def test_year_issuer_and_type_tell_equal_numbers_apart(reference, meant):
    held = [(paper, paper) for paper in (NAM, GIANG, LATER)]
    assert meant_document(reference, held) is meant


def test_a_number_with_its_year_outweighs_a_misprinted_date():
    decree = Metadata(
        code="116/2021/NĐ-CP",
        doc_type="Nghị định",
        issuer="Chính phủ",
        issued_on=dt.date(2021, 12, 21),
    )
    told = cite("116/2021/NĐ-CP", "Nghị định", "Chính phủ", dt.date(2022, 12, 21))
    assert meant_document(told, [(decree, decree)]) is decree
