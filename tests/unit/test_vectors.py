"""Vectors in bytes, their signs, and rankings that become one."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.core.embedding import cosine, fused, quantized, signs

components = st.lists(st.floats(-1, 1), min_size=8, max_size=64).filter(lambda one: max(map(abs, one)) > 1e-6)
rankings = st.lists(st.lists(st.integers(0, 30), unique=True), max_size=4)


def exact(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / (math.hypot(*one) * math.hypot(*other))


@given(components, st.floats(0.01, 100))
def test_a_direction_keeps_its_length_out_of_it(values: list[float], longer: float) -> None:
    held = quantized(values)
    assert len(held) == len(values)
    assert cosine(held, held) > 0.999_999
    assert cosine(held, quantized([longer * value for value in values])) > 0.999
    assert cosine(held, quantized([-value for value in values])) < -0.999


@given(components, st.data())
def test_bytes_say_nearly_what_the_numbers_say(one: list[float], data: st.DataObject) -> None:
    other = data.draw(
        st.lists(st.floats(-1, 1), min_size=len(one), max_size=len(one)).filter(lambda all: max(map(abs, all)) > 1e-6)
    )
    assert abs(cosine(quantized(one), quantized(other)) - exact(one, other)) < 0.04


def test_what_has_no_direction_is_alike_to_nothing() -> None:
    for values in ([], [0.0, 0.0], [math.nan, 1.0], [math.inf, 1.0]):
        assert quantized(values) == b""
    some = quantized([1.0, 2.0])
    assert cosine(some, b"") == cosine(b"", b"") == cosine(some, quantized([1.0, 2.0, 3.0])) == 0.0


@given(components)
def test_signs_are_a_bit_for_each_component(values: list[float]) -> None:
    held = quantized(values)
    bits = int.from_bytes(signs(held), "little")
    assert [bits >> n & 1 for n in range(len(held))] == [int(byte < 128) for byte in held]


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
