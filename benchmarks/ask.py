"""Questions with gold, a library -> how well the question box answers them.

Run: .venv/bin/python benchmarks/ask.py --questions FILE --library DIR [--show] [--json]

An answer is right when its quotation lies in a gold passage of the right document: most of the
smaller text's word trigrams lie in the other, and the quotation is no more than thrice as long, as
in `../shared/eval/score_answers.py`. The gold names lines of our own transcripts
(`corpus/truth`), or the first words of a paragraph of a law page, whose transcript is made here.
A question with `nothing` is right with no answer at all, or with a note that says so. Every
question is asked as typed and once more without accents. What is held out is never listed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from pydantic import TypeAdapter

from index.library import Library
from index.replies import Reply
from web.opening import open_library

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(SHARED / "eval"), str(Path(__file__).parent / "questions")]

from common import between, grams, overlap, same_name  # noqa: E402
from transcripts import PAGES, read_pages, transcript  # noqa: E402

Item = Mapping[str, Any]
CORPUS = ROOT / "corpus" / "truth"
DEPTH = 10
LENGTH = 3  # a quotation may be this many times as long as the passage
SHORTEST = 8  # trigrams that any passage counts for
HELD_OUT = "heldout"
REPLY = TypeAdapter(Reply)


def main() -> None:
    """Ask, score, print."""
    args = _arguments()
    if args.show and HELD_OUT in args.questions.name and not args.open:
        sys.exit("these questions are held out: --show needs --open")
    questions = json.loads(args.questions.read_text(encoding="utf-8"))
    passages = Passages(questions, args.pages)
    library = open_library(args.library)
    if absent := passages.names - {Path(d.source).stem for d in library.documents()}:
        print(f"not in the library, so never right: {sorted(absent)}", file=sys.stderr)
    for title, fold in (("as typed", False), ("without accents", True)):
        replies = [
            _as_data(library, strip(q["question"]) if fold else q["question"]) for q in questions
        ]
        scores = [score(q, r, passages) for q, r in zip(questions, replies, strict=True)]
        print_scores(title, questions, scores, as_json=args.json)
        if degraded := replies[0]["degraded"]:
            print(degraded, file=sys.stderr)
        if args.show and not fold:
            print_misses(questions, replies, scores)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--pages", type=Path, default=PAGES, help="saved law pages")
    parser.add_argument("--show", action="store_true", help="list the questions missed at first")
    parser.add_argument("--open", action="store_true", help="list them even if held out")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _as_data(library: Library, question: str) -> Item:
    """The reply in the form that the command line prints."""
    reply: Item = REPLY.dump_python(library.ask(question, limit=DEPTH), mode="json")
    return reply


def strip(text: str) -> str:
    """The text as typed without accents."""
    letters = normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in letters if not combining(c))


class Passages:
    """The texts that the gold names."""

    def __init__(self, questions: Sequence[Item], pages: Path) -> None:
        self._lines: dict[str, list[str]] = {}
        named = {a["file"] for q in questions for a in (*q["answers"], *q["acceptable"])}
        for name in named:
            if name.endswith(".txt"):
                text = (CORPUS / name).read_text(encoding="utf-8-sig")
                self._lines[name] = text.split("\n")
        for name, page in read_pages(pages, frozenset(named)):
            self._lines[name] = transcript(page)

    @property
    def names(self) -> set[str]:
        """The documents that the gold is in, without their endings."""
        return {Path(name).stem for name in self._lines}

    def text(self, gold: Item) -> str:
        """The passage of one gold answer."""
        lines = self._lines[gold["file"]]
        if "first" in gold:
            return str(between(lines, dict(gold)))
        found = {line for line in lines if gold["says"] in line}  # a text may repeat a line
        if len(found) != 1:
            raise ValueError(f"{gold['file']}: {len(found)} lines say {gold['says']!r}")
        return found.pop()


def quotes(item: Item, gold: Item, passages: Passages) -> bool:
    """Whether an answer quotes a passage of the right document."""
    if Path(gold["file"]).stem != Path(item.get("source") or "").stem:
        return False
    passage, quote = passages.text(gold), item.get("quote") or ""
    longest = LENGTH * max(len(grams(passage)), SHORTEST)
    return overlap(quote, passage)[0] >= 0.5 and len(grams(quote)) <= longest  # noqa: PLR2004


def score(question: Item, reply: Item, passages: Passages) -> dict[str, float]:
    """Each measure that applies to the question; "rank" is that of the first right answer, or 0."""
    answers = reply.get("answers", [])[:DEPTH]
    if question.get("nothing"):
        right = not answers or bool(reply.get("note"))
        return {"nothing found": float(right), "rank": float(right)}
    first, rank, found = _first_right(question, answers, passages)
    gold = question["answers"]
    needed = {n for n, a in enumerate(gold) if not a.get("optional")} or set(range(len(gold)))
    out = {
        "rank": float(rank),
        "success@1": float(rank == 1),
        "success@5": float(1 <= rank <= 5),  # noqa: PLR2004
        "MRR@10": 1 / rank if rank else 0.0,
        "recall@10": len(found & needed) / min(len(needed), DEPTH),
        "intent": float(reply.get("intent") == question["intent"]),
    }
    names = [name for a in gold for name in a.get("agencies") or ()]
    if question["intent"] == "who" and names:
        out["agency@1"] = float(rank == 1 and _names(first, names))
    dates = {day for a in gold for day in _gold_days(a.get("deadline"))}
    if question["intent"] == "when" and dates:
        out["date@1"] = float(rank == 1 and bool(dates & _days(first)))
    return out


def _first_right(
    question: Item, answers: Sequence[Item], passages: Passages
) -> tuple[Item, int, set[int]]:
    """The first right answer, its rank and which gold answers were found.

    An acceptable answer is neither right nor wrong: it takes no rank.
    """
    first: Item = {}
    rank = first_rank = 0
    found: set[int] = set()
    for item in answers:
        right = {n for n, a in enumerate(question["answers"]) if quotes(item, a, passages)}
        if not right and any(quotes(item, a, passages) for a in question["acceptable"]):
            continue
        rank += 1
        if right and not first_rank:
            first, first_rank = item, rank
        found |= right
    return first, first_rank, found


def _names(item: Item, names: Sequence[str]) -> bool:
    """Whether an answer names one of the bodies."""
    got = [a.get("agency") or a.get("surface") or "" for a in item.get("actors", ())]
    return any(same_name(name, body) for name in names for body in got)


def _days(item: Item) -> set[str]:
    """Every date, bound, yearly day and recurrence of an answer's deadlines."""
    keys = ("date", "from", "to", "recurrence")
    deadlines = item.get("deadlines", ())
    days = {str(d[k]) for d in deadlines for k in keys if d.get(k)}
    return days | {str(day) for d in deadlines for day in d.get("dates") or ()}


def _gold_days(stated: str | Sequence[str] | None) -> Iterable[str]:
    """The same of a gold answer: "2026-06-30", "2026-01-01/2026-03-31", ["yearly", "12-15"]."""
    parts = [stated] if isinstance(stated, str) else stated or ()
    return (day for part in parts for day in part.split("/") if day and day != "..")


def print_scores(
    title: str, questions: Sequence[Item], scores: Sequence[Mapping[str, float]], *, as_json: bool
) -> None:
    """Means of all, of the corpus' and of the law's questions."""
    table: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for question, measures in zip(questions, scores, strict=True):
        for name, value in measures.items():
            if name != "rank":
                table[name]["all"].append(value)
                table[name][question["scope"]].append(value)
    means = {m: {s: sum(v) / len(v) for s, v in by.items()} for m, by in table.items()}
    if as_json:
        print(json.dumps({"asked": title, **means}, ensure_ascii=False))
        return
    print(f"\n{title}: {len(questions)} questions")
    for name, by in means.items():
        parts = "  ".join(f"{s} {v:.3f} ({len(table[name][s])})" for s, v in by.items())
        print(f"  {name:<14} {parts}")


def print_misses(
    questions: Sequence[Item], replies: Sequence[Item], scores: Sequence[Mapping[str, float]]
) -> None:
    """Questions that are wrong at the first answer, in their intent, body or date."""
    kinds: Counter[str] = Counter()
    for question, reply, measures in zip(questions, replies, scores, strict=True):
        failed = [
            m
            for m in ("success@1", "intent", "agency@1", "date@1", "nothing found")
            if measures.get(m) == 0
        ]
        if not failed:
            continue
        kinds.update(failed)
        print(
            f"\n{question['id']} {','.join(failed)} rank {measures['rank']:.0f}: "
            f"{question['question']}"
        )
        for gold in question["answers"][:2]:
            print(f"   gold {gold['file'][:34]} {gold.get('first') or gold['says'][:60]}")
        for item in reply.get("answers", [])[:2]:
            print(f"   got  {(item.get('source') or '')[:34]} {(item.get('quote') or '')[:90]!r}")
    print(dict(kinds))


if __name__ == "__main__":
    main()
