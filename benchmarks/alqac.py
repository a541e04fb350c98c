"""ALQAC -> TABLE: how well articles of law are found, ours beside its rivals, in one run.

    python -m benchmarks.alqac ../shared/data/alqac/2022 ../shared/data/alqac/2023

The rivals are computed here in a few lines of numpy over the same parts, questions and vectors;
ours is the library itself, through `index.retrieval_bench`. With `--keep` vectors are kept in a
file, so that a second run embeds nothing. Weights were chosen on 2022; 2023 only measures.

What was tried on the clauses that the library brings and is not shipped, nDCG@10 (recall@1), on
2022 in five folds and then on 2023; what is shipped had 0.976 (0.954) and 0.943 (0.900) there, and
0.975 (0.952) and 0.942 (0.898) in the library itself:

- listwise logistic regression over BM25, pairs, cosine: 0.975 (0.950), 0.941 (0.896); over 24 signs
  (second-best parts, means, whole articles, runs of three and five words, headings, length): 0.978
  (0.958), 0.945 (0.900), mostly by what the article as a whole holds and by a sign that what stands
  in its heading counts *less*, which is how such statements were written, not how people search;
- pairwise logistic regression over the same: 0.972 (0.946), 0.933 (0.883) and 0.970, 0.940;
- LambdaMART (LightGBM) by itself: 0.975 (0.952), 0.938 (0.890); added to the sum, 0.05 of it: 0.976
  (0.952), 0.944 (0.902), no more than its noise on 2022;
- added to the sum, a tenth to a half: the second-best part, the mean of an article's cosines, the
  heading's cosine, how much of a heading the question has: each loses in both years.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embeddings import Encoder, load_encoder, text_key
from index.fold import accented_tokens, fold, folded_tokens, with_pairs
from index.retrieval_bench import Query, Text, bench_retrieval

Scores = NDArray[np.float64]  # (queries, articles)
_K1, _B = 1.2, 0.75
_PART = 600  # characters of the rivals' parts, about
_RRF = 60
_DEPTH = 10


class Kept:
    """An encoder whose vectors are kept in a file."""

    def __init__(self, encoder: Encoder, file: Path | None) -> None:
        self._encoder = encoder
        self._file = file
        held = np.load(file) if file and file.exists() else {}
        self._known: dict[str, NDArray[np.float32]] = {name: held[name] for name in held}
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.parts = encoder.parts

    def encode_passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return the vectors of passages."""
        return self._encode("p", texts, self._encoder.encode_passages)

    def encode_queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Return the vectors of questions."""
        return self._encode("q", texts, self._encoder.encode_queries)

    def _encode(
        self, kind: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Any]
    ) -> NDArray[np.float32]:
        keys = [f"{kind}{text_key(text)}" for text in texts]
        new = {k: text for k, text in zip(keys, texts, strict=True) if k not in self._known}
        if new:
            self._known |= dict(zip(new, encode(list(new.values())), strict=True))
        found = [self._known[key] for key in keys]
        return np.array(found, np.float32).reshape(len(texts), self.dimension)

    def save(self) -> None:
        """Write them."""
        if self._file:
            np.savez(self._file, **self._known)  # type: ignore[arg-type] # its stub knows no names


@dataclass(frozen=True)
class Unit:
    """What the rivals rank: texts, and which article each belongs to."""

    texts: list[str]
    article: NDArray[np.int64]

    def best(self, scores: Scores, articles: int) -> Scores:
        """Return the score of each article, that of its best text."""
        found = np.full((len(scores), articles), -np.inf)
        for row, given in zip(found, scores, strict=True):
            np.maximum.at(row, self.article, given)
        return found


def articles(rows: Sequence[Text]) -> Unit:
    """Return whole articles."""
    return Unit([f"{r['title']}\n{r['text']}" for r in rows], np.arange(len(rows)))


def parts(rows: Sequence[Text]) -> Unit:
    """Return articles as heading and parts of some 600 characters, paragraphs kept whole."""
    found = [(at, part) for at, row in enumerate(rows) for part in _parts(row["text"])]
    return Unit([part for _, part in found], np.array([at for at, _ in found]))


def _parts(text: str) -> Iterator[str]:
    heading, *paragraphs = filter(None, (line.strip() for line in text.split("\n")))
    yield heading
    part = ""
    for paragraph in paragraphs:
        if part and len(part) + len(paragraph) > _PART:
            yield part
            part = ""
        part = f"{part} {paragraph}".strip()
    if part:
        yield part


def bm25(
    unit: Unit, queries: Sequence[str], terms: Callable[[str], list[str]], size: int
) -> Scores:
    """Return BM25 of every query and article, the best text of an article counting."""
    counts = [Counter(terms(text)) for text in unit.texts]
    length = np.array([sum(found.values()) for found in counts], float)
    norm = _K1 * (1 - _B + _B * length / length.mean())
    postings: dict[str, list[tuple[int, float]]] = {}
    for at, found in enumerate(counts):
        for term, tf in found.items():
            postings.setdefault(term, []).append((at, tf * (_K1 + 1) / (tf + norm[at])))
    scores = np.zeros((len(queries), len(counts)))
    for row, query in zip(scores, queries, strict=True):
        for term in terms(query):
            places = postings.get(term, ())
            idf = math.log(1 + (len(counts) - len(places) + 0.5) / (len(places) + 0.5))
            for at, weight in places:
                row[at] += idf * weight
    return unit.best(scores, size)


def syllables(text: str) -> list[str]:
    """Return syllables, single and in pairs, with accents."""
    return with_pairs(accented_tokens(text))


def folded(text: str) -> list[str]:
    """Return syllables, single and in pairs, without accents."""
    return with_pairs(folded_tokens(text))


def words(text: str) -> list[str]:
    """Return the words that underthesea finds."""
    import underthesea  # noqa: PLC0415 - a rival, needed for nothing else

    return [word.lower() for word in underthesea.word_tokenize(text) if word[0].isalnum()]


def z(scores: Scores) -> Scores:
    """Return scores less their mean, in standard deviations, query by query."""
    found: Scores = (scores - scores.mean(1, keepdims=True)) / (scores.std(1, keepdims=True) + 1e-9)
    return found


def rrf(*rankings: Scores) -> Scores:
    """Return reciprocal-rank fusion."""
    ranks = [np.argsort(np.argsort(-scores, 1, kind="stable"), 1) for scores in rankings]
    found: Scores = np.sum([1 / (_RRF + 1 + rank) for rank in ranks], 0)
    return found


def measure(scores: Scores, relevant: Sequence[set[int]]) -> tuple[float, float]:
    """Return nDCG@10 and recall@1."""
    order = np.argsort(-scores, 1, kind="stable")[:, :_DEPTH].tolist()
    gains, firsts = [], []
    for found, wanted in zip(order, relevant, strict=True):
        gain = sum(1 / math.log2(at + 2) for at, article in enumerate(found) if article in wanted)
        best = sum(1 / math.log2(at + 2) for at in range(min(len(wanted), _DEPTH)))
        gains.append(gain / best)
        firsts.append(len(wanted & {found[0]}) / len(wanted))
    return float(np.mean(gains)), float(np.mean(firsts))


def rivals(
    rows: Sequence[Text], queries: Sequence[str], encoder: Kept
) -> Iterator[tuple[str, Scores]]:
    """Yield (name, scores) of each rival."""
    whole, cut, size = articles(rows), parts(rows), len(rows)

    def near(unit: Unit) -> Scores:
        cosines = encoder.encode_queries(queries) @ encoder.encode_passages(unit.texts).T
        return unit.best(cosines.astype(float), size)

    if importlib.util.find_spec("underthesea"):
        yield "BM25, underthesea words, articles", bm25(whole, queries, words, size)
    yield "BM25, syllable pairs, articles", bm25(whole, queries, syllables, size)
    lexical = bm25(cut, queries, syllables, size)
    yield "BM25, syllable pairs, best part", lexical
    plain = bm25(cut, queries, folded, size)
    yield "the same folded", plain
    yield "e5, articles", near(whole)
    meaning = near(cut)
    yield "e5, best part", meaning
    yield "RRF of BM25 parts and e5 parts", rrf(lexical, meaning)
    yield "z-score sum of the same", z(lexical) + z(meaning)
    yield "z-score sum, folded BM25", z(plain) + z(meaning)


def table(folder: Path, encoder: Kept, *, strip: bool) -> None:
    """Print the rows of one collection."""
    rows: list[Text] = list(_lines(folder / "corpus.jsonl"))
    asked: list[Query] = list(_lines(folder / "queries.jsonl"))
    if strip:
        asked = [{**query, "text": fold(query["text"])} for query in asked]
    place = {row["id"]: at for at, row in enumerate(rows)}
    relevant = [{place[id_] for id_ in query["relevant"]} for query in asked]
    title = f"{folder.name}{', without accents' if strip else ''}"
    print(f"\n{title}: {len(asked)} questions, {len(rows)} articles")
    print(f"{'':40}nDCG@10  recall@1")
    for name, scores in rivals(rows, [query["text"] for query in asked], encoder):
        _print(name, *measure(scores, relevant))
    with tempfile.TemporaryDirectory() as beside:
        queries = Path(beside) / "queries.jsonl"
        queries.write_text("\n".join(json.dumps(q) for q in asked), encoding="utf-8")
        for name, ours in (("ours", encoder), ("ours, words alone", None)):
            found: dict[str, Any] = bench_retrieval(folder / "corpus.jsonl", queries, encoder=ours)
            _print(name, found["ndcg@10"], found["recall@1"])
    encoder.save()


def _print(name: str, ndcg: float, first: float) -> None:
    print(f"{name:40}{ndcg:7.3f}  {first:8.3f}", flush=True)


def _lines(file: Path) -> Iterator[Any]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each collection."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path, help="with corpus.jsonl, queries.jsonl")
    parser.add_argument("--keep", type=Path, help="file (.npz) that vectors are kept in")
    parser.add_argument("--strip-accents", action="store_true", help="ask without accents too")
    given = parser.parse_args(arguments)
    encoder = Kept(load_encoder(), given.keep)
    for folder in given.folders:
        for strip in (False, True) if given.strip_accents else (False,):
            table(folder, encoder, strip=strip)
    return 0


if __name__ == "__main__":
    sys.exit(main())
