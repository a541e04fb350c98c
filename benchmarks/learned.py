"""Whether a learned model tells duties, and the roles of bodies, better than the rules.

    .venv/bin/python benchmarks/learned.py \
        --gold ../shared/eval/gold ../shared/seeds ../shared/seeds \
        --gold corpus/truth corpus/truth corpus/documents \
        --gold tests/gold tests/gold build/originals [--skip 08,… | --test 15,16,…]

Each document is judged by a model that learnt from the others; a file in another format of the same
document (`--twins 02=01`) is left out with it. With `--test` the documents named are judged by a
model that saw none of them. Printed per document and for all, as F1: the rules alone, the model
alone, and the model where the rules say that nothing is to be done ("narrative") and it is
surer than `OVERRULES`; then the range in which nine in ten draws of documents see the gain over the
rules. A gain whose range holds 0 is none.

The model is the mean of two logistic regressions: over what stands around a clause (label, depth,
section, bodies, how it begins), and over that and its words, their pairs and the words of its
heading; the second is what spaCy's bag-of-words text categorizer computes. Neither is told what
the rules say: these were written with most of the gold in view, so whoever learns from their word
learns to trust it more than unknown documents bear out.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from calibrate import SCORER, name_of
from judging import Judge
from samples import NONE, WORDY, Sample, Seen, observe
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

OVERRULES = 0.6
_SEED, _DRAWS = 7, 2000


# The model


def learn(samples: Sequence[Sample], judged: Sequence[Sample]) -> list[dict[str, float]]:
    """Return, for each of *judged*, the chance of every label, as *samples* teach it."""
    plain, worded = (_fit(samples, judged, words=words) for words in (False, True))
    return [
        {label: (one[label] + two[label]) / 2 for label in one}
        for one, two in zip(plain, worded, strict=True)
    ]


def _fit(
    samples: Sequence[Sample], judged: Sequence[Sample], *, words: bool
) -> list[dict[str, float]]:
    table = DictVectorizer()
    rows = table.fit_transform([_row(each, words=words) for each in samples])
    counts = Counter(each.document for each in samples)
    weight = [counts[each.document] ** -0.5 for each in samples]
    mean = sum(weight) / len(weight)
    model = LogisticRegression(C=0.3, max_iter=400)
    model.fit(rows, [each.gold for each in samples], sample_weight=[w / mean for w in weight])
    chances = model.predict_proba(table.transform([_row(each, words=words) for each in judged]))
    return [dict(zip(model.classes_, map(float, row), strict=True)) for row in chances]


def _row(sample: Sample, *, words: bool) -> dict[str, float]:
    return {sign: 1.0 for sign in sample.signs if words or not sign.startswith(WORDY)}


# What came of it

Tally = tuple[int, int, int]  # right, found, in the gold
WAYS = ("rules", "model", "both")


def duties(seen: Seen, chances: Sequence[Mapping[str, float]]) -> dict[str, Tally]:
    """Return how many of a document's duties each way finds."""
    ways: dict[str, list[bool]] = {way: [] for way in WAYS}
    for each, chance in zip(seen.clauses, chances, strict=True):
        ruled, sure = each.rule == "task", chance["task"]
        ways["rules"].append(ruled)
        ways["model"].append(sure >= 0.5)  # noqa: PLR2004 - as likely as not
        ways["both"].append(ruled or (each.unsure and sure > OVERRULES))
    tallies = {}
    for way, found in ways.items():
        hits = [each for each, yes in zip(seen.clauses, found, strict=True) if yes]
        right = len({each.of for each in hits if each.gold == "task"})
        wrong = sum(each.gold != "task" for each in hits)
        tallies[way] = (right, right + wrong, seen.duties)
    return tallies


def roles(seen: Seen, chances: Sequence[Mapping[str, float]]) -> dict[str, Tally]:
    """Return how many of the bodies named in a document's duties each way gives their role."""
    guesses = [max(chance, key=lambda label: chance[label]) for chance in chances]
    ways = {"rules": [each.rule for each in seen.bodies], "model": guesses}
    real = sum(each.gold != NONE for each in seen.bodies)
    return {
        way: (
            sum(r == b.gold != NONE for r, b in zip(said, seen.bodies, strict=True)),
            sum(r != NONE for r in said),
            real,
        )
        for way, said in ways.items()
    }


def f1(tallies: Sequence[Tally]) -> float:
    """Return the F1 of all *tallies* together; 1 where there is nothing to find or found."""
    right, found, real = (sum(column) for column in zip(*tallies, strict=True))
    return 2 * right / (found + real) if found + real else 1.0


def print_ways(title: str, judged: Sequence[tuple[Seen, dict[str, Tally]]], than: str) -> None:
    """Print a line for each document and group, and how far *than* lies from the rules."""
    ways = list(judged[0][1])
    print(f"\n{title:<44}" + "".join(f"{way:>8}" for way in ways))
    groups: dict[str, list[dict[str, Tally]]] = defaultdict(list)
    for seen, tallies in judged:
        print(f"{seen.name[:42]:<44}" + "".join(f"{f1([tallies[way]]):>8.3f}" for way in ways))
        groups["that rule" if seen.force == "rules" else "that direct, and tables"].append(tallies)
        groups["all"].append(tallies)
    for group, own in groups.items():
        line = "".join(f"{f1([each[way] for each in own]):>8.3f}" for way in ways)
        print(f"* {group:<42}{line}  ({len(own)} documents)")
    low, high = _range(groups["all"], than)
    print(f"* {than} less rules, nine draws in ten: {low:+.3f} to {high:+.3f}")


def _range(documents: Sequence[dict[str, Tally]], than: str) -> tuple[float, float]:
    draw = random.Random(_SEED)  # noqa: S311 - which documents might have been annotated
    gains = []
    for _ in range(_DRAWS):
        some = draw.choices(documents, k=len(documents))
        gains.append(f1([each[than] for each in some]) - f1([each["rules"] for each in some]))
    gains.sort()
    return gains[_DRAWS // 20], gains[-_DRAWS // 20]


def main() -> None:
    """Judge every document, or those of --test, by models that have not seen it."""
    arguments = _arguments()
    judge = Judge(arguments.scorer)
    every = [
        seen
        for folders in arguments.gold
        for seen in observe(judge, *map(Path, folders), skip=arguments.skip)
    ]
    tested = set(filter(None, arguments.test.split(",")))
    twins = dict(pair.split("=") for pair in arguments.twins.split(",") if pair)
    doubles = {*twins, *twins.values()}

    def group(seen: Seen) -> str:
        name = name_of(seen.name)
        return twins.get(name, name) if name in doubles else seen.name

    told, played = [], []
    for seen in every:
        if tested and name_of(seen.name) not in tested:
            continue
        others = [
            each
            for each in every
            if name_of(each.name) not in tested and group(each) != group(seen)
        ]
        chances = learn([sample for each in others for sample in each.clauses], seen.clauses)
        told.append((seen, duties(seen, chances)))
        if seen.bodies:
            chances = learn([sample for each in others for sample in each.bodies], seen.bodies)
            played.append((seen, roles(seen, chances)))
    print_ways("duties", told, "both")
    print_ways("roles of bodies", played, "model")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", nargs=3, action="append", required=True)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--skip", default="")
    parser.add_argument("--test", default="")
    parser.add_argument("--twins", default="02=01")
    return parser.parse_args()


if __name__ == "__main__":
    main()
