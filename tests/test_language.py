"""What does not read as Vietnamese is said, not hidden."""

import pytest

from ingest.language import foreign_caution

VIETNAMESE = "Giao Công an tỉnh chủ trì, phối hợp với Sở Y tế rà soát người nghiện ma túy. " * 5


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        pytest.param(VIETNAMESE, False, id="vietnamese"),
        pytest.param("The quick brown fox jumps over the lazy dog. " * 10, True, id="english"),
        pytest.param("Giao Cong an tinh chu tri ra soat. " * 10, True, id="accents-lost"),
        pytest.param("C¸n bé, c«ng chøc thuéc quyÒn qu¶n lý cña tØnh. " * 10, True, id="old-font"),  # noqa: RUF001
        pytest.param(
            "Le préfet a décidé que l'été sera très animé à l'école. " * 8, True, id="french"
        ),
        pytest.param("STT | Jack | Jill", False, id="too-short-to-tell"),
    ],
)
def test_foreign(text, foreign):
    assert (foreign_caution(text) is not None) == foreign
