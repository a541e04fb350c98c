"""How often a finding that is shown as sure is right, by kind, on documents left out of the fit.

Run, with each folder of gold followed by its transcripts and its originals (the scorer lies in
../shared/eval):

    .venv/bin/python benchmarks/calibrate.py \
        --gold ../shared/eval/gold ../shared/seeds ../shared/seeds \
        --gold corpus/truth corpus/truth corpus/documents \
        --gold tests/gold tests/gold build/originals [--skip 08,… | --test 15,16,… | --write]

It prints for each kind of finding: how many there are, how many are right, the share shown as
sure (0.9 or more), how many of these are right, the expected calibration error, and, with `--bins`,
how often what is said with a chance was right. Each document is judged by a fit on the others; a
file in another format of the same document (`--twins 02=01`) is left out with it. `--test` judges
documents by a fit that saw none of them. `--write` fits all and writes
ingest/knowledge/confidence.csv. Documents are named by what stands before the "_" of their gold.

The fit is a logistic regression over the signs of `ingest.confidence`, every sign's worth pulled
towards nothing by a normal prior, and a document with many findings of one kind counts for less
than their number. What comes out is lowered until, on documents left out, the sure ones are right
as often as they should be, or too few would be left.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from judging import Judge
from numpy.typing import NDArray

from index.findings import NOUNS, SURE
from ingest.confidence import BASE, MOST, RULE, log_odds
from ingest.document import read_document
from ingest.errors import DirectiveError

TABLE = Path(__file__).parents[1] / "ingest" / "knowledge" / "confidence.csv"
SCORER = Path(__file__).parents[2] / "shared" / "eval"
PULL = 3.0  # how strongly a sign's worth is pulled towards nothing
DOUBT = (19.0, 1.5)  # findings taken as seen besides, right and wrong
AIM, KEPT = 0.98, 0.7  # of the sure ones right; of all shown as sure, at the least
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.001)

Worths = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding that was judged: its signs, and whether it is right."""

    document: str
    noun: str
    rule: float
    signs: tuple[str, ...]
    right: bool


# Documents -> what was seen


class Notes:
    """Notes what findings are judged by; stands in for what says how sure they are."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, float, tuple[str, ...]]] = []

    def __call__(self, noun: str, rule: float, signs: Sequence[str]) -> float:
        """Return the number of the note, which the judge hands back as the confidence."""
        self.noted.append((noun, rule, tuple(signs)))
        return len(self.noted) - 1.0


def observe(judge: Judge, gold: Path, docs: Path, sources: Path, *, skip: str) -> Iterator[Seen]:
    """Yield the judged findings of a folder of gold, with their signs; name what is not read."""
    for file in sorted(gold.glob("[0-9]*.json")):
        if name_of(file.stem) in skip.split(","):
            continue
        truth, notes = judge.gold(file, docs, sources), Notes()
        try:
            document = read_document(truth.path, chance=notes)
        except (DirectiveError, OSError) as error:
            print(f"{file.name}: {error}")
            continue
        for each in judge.judge(truth, document):
            noun, rule, signs = notes.noted[int(each.finding.confidence)]
            yield Seen(file.stem, noun, rule, signs, each.right)


def name_of(stem: str) -> str:
    """Return what a document is called on the command line: "15" of "15_lawbook_decision_html"."""
    return stem.partition("_")[0]


# The fit


def fit(seen: Sequence[Seen]) -> Worths:
    """Return what each sign is worth, in log odds."""
    names = [BASE, RULE, *sorted({sign for each in seen for sign in each.signs})]
    column = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(seen), len(names)))
    for row, each in enumerate(seen):
        table[row, [0, *(column[sign] for sign in each.signs)]] = 1
        table[row, 1] = log_odds(each.rule)
    right = np.array([float(each.right) for each in seen])
    counts = Counter(each.document for each in seen)
    weight = np.array([counts[each.document] ** -0.5 for each in seen])
    weight *= len(seen) / weight.sum()
    # Rules were made with these documents in view: some findings besides that went wrong.
    doubt = np.zeros((2, len(names)))
    doubt[:, 0], doubt[:, 1] = 1, log_odds(0.95)
    table, right = np.vstack([table, doubt]), np.append(right, [1.0, 0.0])
    solved = _solve(table, right, np.append(weight, DOUBT))
    return dict(zip(names, map(float, solved), strict=True))


def _solve(
    table: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the worths with the highest posterior, by Newton's method."""
    prior, pull = np.zeros(table.shape[1]), np.full(table.shape[1], PULL)
    prior[1] = 1.0  # a rule's word is taken as it is, until what was seen says otherwise
    pull[0] = 0.1

    def cost(worth: NDArray[np.float64]) -> float:
        odds = np.where(right > 0, 1, -1) * (table @ worth)
        return float(weight @ np.logaddexp(0, -odds) + pull @ (worth - prior) ** 2 / 2)

    worth = prior.copy()
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(table @ worth, -30, 30)))
        slope = table.T @ (weight * (right - chance)) - pull * (worth - prior)
        bend = (table * (weight * chance * (1 - chance))[:, None]).T @ table + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        while np.abs(step).max() > 1e-6 and cost(worth + step) > cost(worth):  # noqa: PLR2004
            step /= 2
        worth += step
        if np.abs(step).max() < 1e-6:  # noqa: PLR2004 - nothing moves any more
            break
    return worth


def chance_of(worths: Worths, each: Seen) -> float:
    """Return the chance that a finding is right, as the program will say it."""
    total = worths[BASE] + worths[RULE] * log_odds(each.rule)
    total += sum(worths.get(sign, 0.0) for sign in each.signs)
    return float(min(MOST, 1 / (1 + np.exp(-total))))


def cautious(seen: Sequence[Seen], twins: Mapping[str, str]) -> Worths:
    """Return a fit, moved by what documents left out of it show.

    As little as makes the sure ones right as often as is aimed at; where that leaves too few of
    them, as much as makes them right most often.
    """
    worths = fit(seen)
    out = [(chance, each.right) for chance, each in left_out(seen, twins, fit)]
    moves = sorted((step / 10 for step in range(-5, 21)), key=abs)
    shown = {move: [right for chance, right in out if _moved(chance, move) >= SURE]
             for move in moves}  # fmt: skip
    enough = [move for move in moves if len(shown[move]) >= KEPT * len(out)] or [0.0]
    hits = {move: sum(shown[move]) / max(1, len(shown[move])) for move in enough}
    reached = [move for move in enough if hits[move] >= AIM]
    chosen = reached[0] if reached else max(enough, key=lambda move: (hits[move], -abs(move)))
    return {**worths, BASE: worths[BASE] - chosen}


def _moved(chance: float, by: float) -> float:
    return float(1 / (1 + np.exp(by - log_odds(chance))))


def left_out(
    seen: Sequence[Seen], twins: Mapping[str, str], fitting: Callable[[Sequence[Seen]], Worths]
) -> Iterator[tuple[float, Seen]]:
    """Yield each finding with the chance that a fit on the other documents gives it."""
    doubles = {*twins, *twins.values()}
    groups: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        name = name_of(each.document)
        groups[twins.get(name, name) if name in doubles else each.document].append(each)
    for name, own in groups.items():
        others = [each for other, group in groups.items() if other != name for each in group]
        worths = fitting(others)
        yield from ((chance_of(worths, each), each) for each in own)


# The table

Said = tuple[float, bool]  # a chance, and what came of it


def print_table(title: str, said: Mapping[str, Sequence[Said]], *, bins: bool) -> None:
    """Print a line for each kind of finding, and for all."""
    print(f"\n{title}\n{'':<10} {'n':>5} {'right':>6} {'sure':>6} {'right of sure':>14} {'ECE':>6}")
    every = [each for own in said.values() for each in own]
    for noun, own in (*said.items(), ("all", every)):
        if not own:
            continue
        sure = [right for chance, right in own if chance >= SURE]
        right = sum(right for _, right in own) / len(own)
        of_sure = f"{sum(sure) / len(sure):>14.3f}" if sure else f"{'-':>14}"
        share = len(sure) / len(own)
        print(f"{noun:<10} {len(own):>5} {right:>6.3f} {share:>6.3f} {of_sure} {ece(own):>6.3f}")
        if bins:
            for low, high, count, mean, hit in reliability(own):
                print(
                    f"    {low:.2f}-{min(high, 1):.2f} n {count:>4}  said {mean:.3f} was {hit:.3f}"
                )


def reliability(said: Sequence[Said]) -> Iterator[tuple[float, float, int, float, float]]:
    """Yield (from, to, how many, mean chance, share right) of the bins that hold anything."""
    for low, high in pairwise(BINS):
        own = [each for each in said if low <= each[0] < high]
        if own:
            mean = sum(chance for chance, _ in own) / len(own)
            yield low, high, len(own), mean, sum(right for _, right in own) / len(own)


def ece(said: Sequence[Said]) -> float:
    """Return the expected calibration error over `BINS`."""
    return sum(n * abs(mean - hit) for _, _, n, mean, hit in reliability(said)) / len(said)


def write(worths: Mapping[str, Worths], seen: Iterable[Seen]) -> None:
    """Write the table that the program reads."""
    counts = Counter((each.noun, sign) for each in seen for sign in (BASE, RULE, *each.signs))
    documents = len({each.document for each in seen})
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["finding", "sign", "worth", "seen", "source"])
        for noun, own in worths.items():
            for sign, worth in own.items():
                row = [noun, sign, f"{worth:.3f}", counts[noun, sign]]
                out.writerow([*row, f"benchmarks/calibrate.py over {documents} documents"])


def main() -> None:
    """Measure, print, and with --write keep the fit."""
    arguments = _arguments()
    judge = Judge(arguments.scorer)
    twins = dict(pair.split("=") for pair in arguments.twins.split(",") if pair)
    seen = [
        each
        for folders in arguments.gold
        for each in observe(judge, *map(Path, folders), skip=arguments.skip)
    ]
    tested = set(filter(None, arguments.test.split(",")))
    known = [each for each in seen if name_of(each.document) not in tested]
    unknown = [each for each in seen if name_of(each.document) in tested]
    rules: dict[str, list[Said]] = {}
    fitted: dict[str, list[Said]] = {}
    worths: dict[str, Worths] = {}
    for noun in NOUNS:
        own = [each for each in known if each.noun == noun]
        judged = [each for each in unknown if each.noun == noun] if tested else own
        if not own:
            continue
        rules[noun] = [(each.rule, each.right) for each in judged]
        worths[noun] = cautious(own, twins)
        if tested:
            fitted[noun] = [(chance_of(worths[noun], each), each.right) for each in judged]
        else:
            out = left_out(own, twins, lambda others: cautious(others, twins))
            fitted[noun] = [(chance, each.right) for chance, each in out]
    print(f"{len({each.document for each in seen})} documents, {len(seen)} findings judged")
    print_table("As the rules say", rules, bins=False)
    print_table("As fitted, on documents left out", fitted, bins=arguments.bins)
    if arguments.write:
        write(worths, known)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("--gold", nargs=3, action="append", required=True)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--skip", default="")
    parser.add_argument("--test", default="")
    parser.add_argument("--twins", default="02=01")
    parser.add_argument("--bins", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


_Plain = argparse.RawDescriptionHelpFormatter


if __name__ == "__main__":
    main()
