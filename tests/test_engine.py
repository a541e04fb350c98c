"""What any engine must do, whichever it is: the embedded one, and one spread over machines."""

import shutil
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.embedded import EmbeddedEngine
from index.engine import EVERY, FACETS, Wanted, WordsOf

DIMENSION = 32
WORDS = ("ma", "tuy", "cai", "nghien", "ho", "so", "dat", "dai", "ke", "hoach")
AGENCIES = ("Sở Y tế", "Công an tỉnh", "UBND xã")
TYPES = ("Kế hoạch", "Quyết định", None)

ENGINES = {"embedded": EmbeddedEngine}


class Rows:
    """The passages of a library, as an engine reads them."""

    def __init__(self):
        self.generation = 0
        self.passages = []
        self.removed = []

    def add(self, clause, vector):
        self.passages.append((len(self.passages) + 1, clause, vector.astype(np.float16).tobytes()))

    def remove(self, first, stop):
        self.generation += 1
        self.removed.append((self.generation, first, stop))
        self.passages = [each for each in self.passages if not first <= each[1] < stop]

    def removed_since(self, generation):
        return [(first, stop) for at, first, stop in self.removed if at > generation]

    def passages_after(self, passage):
        return iter([each for each in self.passages if each[0] > passage])

    def last_passage(self):
        return max((each[0] for each in self.passages), default=0)

    def count_passages(self):
        return len(self.passages)


@pytest.fixture(params=ENGINES)
def open_engine(request, tmp_path):
    """Return what opens the engine, the same each time."""
    opened = []

    def open_(folder=tmp_path):
        engine = ENGINES[request.param](folder, DIMENSION)
        opened.append(engine)
        return engine

    yield open_
    for engine in opened:
        engine.close()


def clause(number, text="ma tuy", **facts):
    words = text.split()
    terms = [*words, *(f"{left}_{right}" for left, right in pairwise(words))]
    due = facts.pop("due", ())
    return WordsOf(
        clause=number,
        terms={
            "body": " ".join(terms),
            "context": "",
            "title": (title := facts.pop("title", "")),
            EVERY: f"{text} {title}",
        },
        facts={
            name: value if isinstance(value, tuple) else (value,)
            for name, value in facts.items()
            if value is not None
        },
        due=due,
    )


def body(*words):
    return Wanted(terms=[("body", word, 1.0) for word in words])


def found(engine, *words):
    return set(engine.snapshot().words(body(*words), 100).clauses.tolist())


def vector(seed):
    made = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
    return made / np.linalg.norm(made)


def test_what_is_added_is_found_best_first(open_engine):
    engine = open_engine()
    engine.update((), [clause(1, "ma tuy"), clause(2, "cai nghien ma tuy ho so")], 1)
    hits = engine.snapshot().words(body("cai", "ma"), 10)
    assert hits.clauses.tolist() == [2, 1]
    assert hits.scores[0] > hits.scores[1] > 0
    assert (engine.generation, len(engine.snapshot())) == (1, 2)


def test_no_more_is_returned_than_is_wanted(open_engine):
    engine = open_engine()
    engine.update((), [clause(number) for number in range(1, 9)], 1)
    assert len(engine.snapshot().words(body("ma"), 3).clauses) == 3
    assert len(engine.snapshot().words(body("ma"), 0).clauses) == 0
    assert engine.snapshot().count(body("ma")) == 8


def test_what_is_removed_is_not_found(open_engine):
    engine = open_engine()
    engine.update((), [clause(number, kind="task") for number in range(1, 9)], 1)
    engine.update([(3, 6)], (), 2)
    snapshot = engine.snapshot()
    assert found(engine, "ma") == {1, 2, 6, 7, 8}
    assert snapshot.passing(Wanted(facts={"kind": frozenset({"task"})})).tolist() == [1, 2, 6, 7, 8]
    assert (len(snapshot), snapshot.count(body("ma"))) == (5, 5)


def test_a_document_that_is_replaced_is_found_as_it_is_now(open_engine):
    engine = open_engine()
    engine.update((), [clause(1, "ma tuy", year="2024")], 1)
    engine.update([(1, 2)], [clause(2, "dat dai", year="2025")], 2)
    assert (found(engine, "ma"), found(engine, "dai")) == (set(), {2})
    assert engine.snapshot().tally(Wanted()).facets["year"] == [("2025", 1)]


def test_an_update_that_is_played_again_changes_nothing(open_engine):
    engine = open_engine()
    some = [clause(1, agency=("A", "B"), due=(5,)), clause(2, "dat dai", agency=("B",))]
    engine.update([(1, 3)], some, 1)
    before = engine.snapshot().tally(Wanted())
    engine.update([(1, 3)], some, 2)
    assert engine.snapshot().tally(Wanted()) == before
    assert found(engine, "ma", "dai") == {1, 2}
    assert engine.snapshot().passing(Wanted(due_by=5)).tolist() == [1]


def test_what_was_written_is_there_when_opened_again(open_engine):
    engine = open_engine()
    for at in range(1, 30):  # so many that files are put together
        engine.update(
            [(max(at - 3, 0), max(at - 2, 0))], [clause(at, agency=f"Sở {at % 4}", due=(at,))], at
        )
    before = engine.snapshot().tally(Wanted())
    engine.close()
    again = open_engine()
    assert again.generation == 29
    assert again.snapshot().tally(Wanted()) == before
    assert again.snapshot().passing(Wanted(due_by=28)).tolist() == [27, 28]
    assert found(again, "ma") == {27, 28, 29}


def test_another_who_has_it_open_sees_what_was_written(open_engine):
    reader, writer = open_engine(), open_engine()
    writer.update((), [clause(1, year="2024")], 1)
    assert len(reader.snapshot()) == 0
    reader.refresh()
    assert (reader.generation, found(reader, "ma")) == (1, {1})
    assert reader.snapshot().tally(Wanted()).facets["year"] == [("2024", 1)]


@pytest.mark.parametrize("part", ["words", "columns"])
def test_killed_between_two_indexes_the_update_is_made_good(open_engine, tmp_path, part):
    """As if only the other index had been written when the process was killed."""
    engine = open_engine()
    engine.update((), [clause(1, year="2024"), clause(2, "dat dai")], 1)
    engine.close()
    shutil.copytree(tmp_path / part, tmp_path / "before")
    engine = open_engine()
    engine.update([(2, 3)], [clause(3, "ma tuy", year="2025")], 2)
    engine.close()
    shutil.rmtree(tmp_path / part)
    (tmp_path / "before").rename(tmp_path / part)

    engine = open_engine()
    assert engine.generation == 1
    engine.update([(2, 3), (3, 4)], [clause(3, "ma tuy", year="2025")], 2)
    assert engine.generation == 2
    assert found(engine, "ma", "dai") == {1, 3}
    years = {"year": frozenset({"2024", "2025"})}
    assert engine.snapshot().passing(Wanted(facts=years)).tolist() == [1, 3]


@pytest.mark.parametrize("damage", ["lost", "cut short", "nonsense"])
@pytest.mark.parametrize("part", ["words", "columns"])
def test_a_damaged_index_is_empty_and_can_be_written_again(open_engine, tmp_path, part, damage):
    engine = open_engine()
    engine.update((), [clause(1, year="2024")], 1)
    engine.close()
    if damage == "lost":
        shutil.rmtree(tmp_path / part)
    for file in (tmp_path / part).glob("*"):
        if file.name != ".tantivy-meta.lock":
            file.write_bytes(b"?" * 50 if damage == "nonsense" else file.read_bytes()[:20])
    engine = open_engine()
    assert engine.generation == 0
    engine.update([(1, 2)], [clause(1, year="2024")], 1)
    assert engine.generation == 1
    assert found(engine, "ma") == {1}
    assert engine.snapshot().tally(Wanted()).facets["year"] == [("2024", 1)]


def test_a_snapshot_stays_as_it_is_while_another_adds(open_engine):
    engine, rows = open_engine(), Rows()
    rows.add(1, vector(1))
    engine.update((), [clause(1, year="2024", agency="A")], 1)
    engine.catch_up(rows)
    before = engine.snapshot()
    for number in range(2, 20):
        engine.update([(number - 1, number)], [clause(number, year="2025", agency="B")], number)
        rows.add(number, vector(number))
        rows.remove(number - 1, number)
        engine.catch_up(rows)
    assert before.words(body("ma"), 10).clauses.tolist() == [1]
    assert before.tally(Wanted()).facets["agency"] == [("A", 1)]
    assert before.meaning(vector(1), 5).clauses.tolist() == [1]
    assert before.meaning(vector(1), 5, within=Wanted(facts={"year": frozenset({"2025"})})) \
        .clauses.tolist() == []  # fmt: skip
    assert (before.generation, len(before), before.count(body("ma"))) == (1, 1, 1)
    assert found(engine, "ma") == {19}


def test_meaning_finds_the_nearest_that_pass(open_engine):
    engine, rows = open_engine(), Rows()
    engine.update((), [clause(n, kind="task" if n % 2 else "detail") for n in range(1, 40)], 1)
    for number in range(1, 40):
        rows.add(number, vector(number))
    engine.catch_up(rows, save=True)
    snapshot, asked = engine.snapshot(), vector(500)
    cosines = {number: float(vector(number) @ asked) for number in range(1, 40)}
    best = sorted(cosines, key=lambda number: -cosines[number])
    hits = snapshot.meaning(asked, 5)
    assert hits.clauses.tolist() == best[:5]
    assert hits.scores.tolist() == pytest.approx([cosines[n] for n in best[:5]], abs=2e-3)
    tasks = Wanted(facts={"kind": frozenset({"task"})})
    assert (
        snapshot.meaning(asked, 5, within=tasks).clauses.tolist()
        == [number for number in best if number % 2][:5]
    )
    some = Wanted(among=[3, 4, 5])
    assert set(snapshot.meaning(asked, 5, within=some).clauses.tolist()) == {3, 4, 5}


def test_nothing_passes_a_value_that_no_clause_has(open_engine):
    engine = open_engine()
    engine.update((), [clause(1, agency="A")], 1)
    for name in FACETS:
        wanted = Wanted(terms=[("body", "ma", 1.0)], facts={name: frozenset({"?"})})
        assert engine.snapshot().words(wanted, 5).clauses.tolist() == []
        assert engine.snapshot().passing(wanted).tolist() == []
        assert engine.snapshot().count(wanted) == 0


def test_what_is_counted_has_all_words_or_as_many_of_the_rarer_as_stand_together(open_engine):
    engine = open_engine()
    texts = ["ma tuy", "ma tuy cai", "ma dat", "ma ke", "ma ke tuy cai"]
    engine.update((), [clause(at, text) for at, text in enumerate(texts, 1)], 1)
    snapshot = engine.snapshot()

    def count(*words):
        return snapshot.count(Wanted(counted=[frozenset(word.split("|")) for word in words]))

    assert count("ma") == 5
    assert count("ma", "tuy") == 3
    assert count("ma", "tuy", "cai|dat") == 2
    assert count("ma", "tuy", "dat") == 1, "no clause has all: the rarest, dat, and one more"
    assert count("ma", "hoach") == 5, "what stands nowhere is left out"
    assert count("hoach") == 0


def test_terms_of_fields_are_told_apart_and_weighed(open_engine):
    engine = open_engine()
    engine.update((), [clause(1, "ma tuy", title="dat dai"), clause(2, "dat dai")], 1)
    snapshot = engine.snapshot()
    assert snapshot.words(Wanted(terms=[("title", "dai", 1.0)]), 5).clauses.tolist() == [1]
    heavy = Wanted(terms=[("title", "dai", 9.0), ("body", "dai", 1.0)])
    assert snapshot.words(heavy, 5).clauses.tolist() == [1, 2]
    assert (snapshot.frequency("dai"), snapshot.frequency("dai", name="title")) == (1, 1)
    assert dict(snapshot.completions("da")) == {"dat": 1, "dai": 1, "dat_dai": 1}


def test_the_best_stay_the_best_where_the_commonest_terms_are_left_out(open_engine):
    engine = open_engine()
    chance = np.random.default_rng(5)
    texts = [" ".join(chance.choice(WORDS, 12)) for _ in range(40_000)]
    texts += ["ma tuy quy hiem", "quy hiem", "ma tuy ho so hiem"] * 7
    engine.update((), (clause(at, text) for at, text in enumerate(texts, 1)), 1)
    terms = [("body", word, 1.0) for word in (*WORDS, "quy", "hiem")]
    hits = engine.snapshot().words(Wanted(terms=terms), 21)
    assert set(hits.clauses.tolist()) == set(range(40_001, 40_022))
    alone = engine.snapshot().words(Wanted(terms=terms, among=hits.clauses.tolist()), 21)
    assert hits.scores.tolist() == pytest.approx(alone.scores.tolist(), rel=1e-4)


CLAUSES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
        st.sets(st.sampled_from(AGENCIES)),
        st.sampled_from(TYPES),
        st.sampled_from(["2023", "2024", "2025", None]),
        st.one_of(st.none(), st.integers(700_000, 700_010)),
    ),
    min_size=1,
    max_size=25,
)


ASKED = st.tuples(
    st.sets(st.sampled_from(WORDS), max_size=3),
    st.dictionaries(
        st.sampled_from(["agency", "doc_type", "year"]),
        st.frozensets(st.sampled_from([*AGENCIES, *TYPES[:2], "2023", "2024"]), min_size=1),
        max_size=2,
    ),
    st.one_of(st.none(), st.integers(700_000, 700_010)),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    CLAUSES,
    st.lists(st.tuples(st.integers(1, 25), st.integers(0, 6)), max_size=3),
    ASKED,
)
def test_filters_counts_and_facets_equal_what_is_counted_by_hand(
    open_engine, tmp_path_factory, made, gone, asked
):
    words, facts, due_by = asked
    engine = open_engine(tmp_path_factory.mktemp("engine"))
    clauses = {
        number: clause(
            number, " ".join(text), agency=tuple(sorted(agencies)), doc_type=kind, year=year,
            due=() if due is None else (due,),
        )
        for number, (text, agencies, kind, year, due) in enumerate(made, 1)
    }  # fmt: skip
    half = len(clauses) // 2
    engine.update((), [each for n, each in clauses.items() if n <= half], 1)
    engine.update((), [each for n, each in clauses.items() if n > half], 2)
    ranges = [(first, first + length) for first, length in gone]
    engine.update(ranges, (), 3)
    left = [
        each
        for number, each in clauses.items()
        if not any(first <= number < stop for first, stop in ranges)
    ]
    passing = [
        each
        for each in left
        if all(set(each.facts.get(name, ())) & values for name, values in facts.items())
        and (due_by is None or any(day <= due_by for day in each.due))
    ]
    matching = [e for e in passing if not words or words & set(e.terms["body"].split())]

    wanted = Wanted(terms=[("body", w, 1.0) for w in sorted(words)], facts=facts, due_by=due_by)
    snapshot = engine.snapshot()
    assert len(snapshot) == len(left)
    assert snapshot.passing(wanted).tolist() == [each.clause for each in passing]
    assert set(snapshot.words(wanted, 50).clauses.tolist()) == {each.clause for each in matching}
    assert snapshot.count(wanted) == len(matching)
    tally = snapshot.tally(wanted)
    assert tally.total == len(matching)
    for name in ("agency", "doc_type", "year"):
        counts = Counter(value for each in matching for value in each.facts.get(name, ()))
        assert dict(tally.facets[name]) == dict(counts)
