"""Rankings that become one, and the nearest of many vectors."""

from __future__ import annotations

import sqlite3

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.core.embedding import Embedding, fused
from jupyter_reconst.store import embeddings
from jupyter_reconst.store.embeddings import ALIKE, SCHEMA, Embeddings
from tests.vectors import cosine

rankings = st.lists(st.lists(st.integers(0, 30), unique=True), max_size=4)
vectors = st.binary(min_size=384, max_size=384).filter(any)


@given(rankings)
def test_a_fused_ranking_has_each_one_once(some: list[list[int]]) -> None:
    whole = fused(*some)
    assert sorted(whole) == sorted({one for ranking in some for one in ranking})


@given(st.lists(st.integers(0, 30), unique=True))
def test_one_ranking_or_the_same_twice_stays_as_it_is(ranking: list[int]) -> None:
    assert fused(ranking) == fused(ranking, []) == fused(ranking, ranking) == ranking


@given(rankings)
def test_what_is_before_in_every_ranking_stays_before(some: list[list[int]]) -> None:
    place = {one: number for number, one in enumerate(fused(*some))}
    common = set.intersection(*map(set, some)) if some else set()
    for one in common:
        for other in common:
            if all(ranking.index(one) < ranking.index(other) for ranking in some):
                assert place[one] < place[other]


def test_what_both_rankings_have_comes_before_what_one_has() -> None:
    assert fused([1, 2, 3], [4, 2, 5])[0] == 2


def test_of_equals_the_first_ranking_is_first() -> None:
    assert fused([1], [2]) == [1, 2]


def held(made: list[bytes]) -> Embeddings:
    """Passages 1, 2, … with these vectors."""
    sql = sqlite3.connect(":memory:")
    sql.execute("CREATE TABLE passage (id INTEGER PRIMARY KEY, key TEXT, text TEXT)")
    for statement in SCHEMA.split(";")[:-1]:
        sql.execute(statement)
    sql.executemany("INSERT INTO passage VALUES (?, ?, '')", [(n, str(n)) for n in range(1, len(made) + 1)])
    found = Embeddings(sql)
    found.put("m", {str(number): vector for number, vector in enumerate(made, 1)})
    return found


def mixed(near: bytes, far: bytes, share: float) -> bytes:
    a, b = (numpy.frombuffer(vector, numpy.int8).astype(float) for vector in (near, far))
    return (a * share + b * (1 - share)).round().astype(numpy.int8).tobytes()


@given(vectors, st.lists(st.tuples(vectors, st.floats(0, 1)), min_size=1, max_size=12), st.integers(1, 12))
def test_the_nearest_are_those_of_the_highest_cosine(to: bytes, others: list[tuple[bytes, float]], limit: int) -> None:
    made = [mixed(to, other, share) for other, share in others]
    made = [vector for vector in made if any(vector)] or [to]
    found = held(made).nearest(Embedding("m", to), limit)
    grades = [cosine(to, vector) for vector in made]
    best = sorted((grade for grade in grades if grade >= ALIKE), reverse=True)[:limit]
    assert [grades[number - 1] for number in found] == pytest.approx(best, abs=1e-5)


def test_signs_find_the_near_ones_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = numpy.random.default_rng(1)
    to = chance.integers(-127, 128, 384, numpy.int8).tobytes()
    far = [chance.integers(-127, 128, 384, numpy.int8).tobytes() for _ in range(500)]
    monkeypatch.setattr(embeddings, "ROUGH", 10)
    near = [mixed(to, far[number], share) for number, share in enumerate((0.6, 0.7, 0.8))]
    assert held([*far, *near]).nearest(Embedding("m", to), 10) == [503, 502, 501]


def test_what_cannot_be_compared_is_not_near() -> None:
    to = bytes(range(1, 129)) * 3
    assert held([b"", to[:64]]).nearest(Embedding("m", to), 10) == []
    assert held([to]).nearest(Embedding("another model", to), 10) == []
    assert held([b"", to]).nearest(Embedding("m", to), 10) == [2]
