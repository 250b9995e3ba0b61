"""Statistics against brute force: enumeration where there are few cases, simulation where there are many."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import product
from statistics import mean, median

import pytest

from jupyter_reconst.core.statistics import (
    anytime,
    holm,
    interval,
    log_ratio,
    matthews,
    mcnemar,
    more_to_agree,
    more_to_decide,
    repeats,
    set_evidence,
    standing,
)


def test_mcnemar_is_what_enumeration_says() -> None:
    for fixed, broken in product(range(9), repeat=2):
        n = fixed + broken
        # Every way in which n fair coins may fall, and how many are at least as lopsided.
        lopsided = sum(abs(sum(ways) - n / 2) >= abs(fixed - n / 2) for ways in product((0, 1), repeat=n))
        assert mcnemar(fixed, broken) == pytest.approx(lopsided / 2**n)
    assert (mcnemar(5, 0), mcnemar(6, 0)) == (0.0625, 0.03125)


def test_how_many_more_probes_would_agree() -> None:
    assert (more_to_agree(6, 0), more_to_agree(5, 0), more_to_agree(0, 0)) == (0, 1, 6)
    assert more_to_agree(3, 3) is None
    for fixed, broken in ((4, 1), (1, 0), (7, 2)):
        more = more_to_agree(fixed, broken)
        assert more is not None
        won = round(more * fixed / (fixed + broken))
        assert mcnemar(fixed + won, broken + more - won) <= 0.05


def _ever(test: Callable[[int, int], float], runs: int, length: int = 100) -> float:
    """The share of runs without effect that a test calls decided at some look, when it looks after each probe."""
    chance = random.Random(5)
    decides = {(k, n) for n in range(length + 1) for k in range(n + 1) if test(k, n - k) <= 0.05}
    called = 0
    for _ in range(runs):
        fixed = 0
        for n in range(1, length + 1):
            fixed += chance.getrandbits(1)
            if (fixed, n) in decides:
                called += 1
                break
    return called / runs


def test_of_runs_without_effect_that_are_read_after_each_probe_one_in_twenty_is_called_decided() -> None:
    assert _ever(anytime, 20_000) <= 0.05
    assert _ever(mcnemar, 2_000) > 0.1, "the exact test is for one look"


def test_what_the_anytime_test_has_decided_stays_decided_at_the_end_of_the_plan() -> None:
    pairs = [(k, n - k) for n in range(200) for k in range(n + 1)]
    assert all(mcnemar(*pair) <= anytime(*pair) or anytime(*pair) > 0.05 for pair in pairs)
    assert (anytime(0, 0), anytime(6, 0) > 0.05, anytime(7, 0) <= 0.05) == (1.0, True, True)
    assert anytime(3, 9) == anytime(9, 3)
    assert (more_to_agree(5, 0, anytime), more_to_agree(7, 0, anytime), more_to_agree(3, 3, anytime)) == (2, 0, None)


def _sprt(chance: random.Random, share: float) -> tuple[str, int]:
    changed = tried = 0
    while (said := standing(changed, tried)) == "open":
        tried += 1
        changed += chance.random() < share
    return said, tried


def test_the_sequential_test_errs_as_rarely_and_stops_as_early_as_it_should() -> None:
    chance = random.Random(11)
    runs = 20_000
    harmless = [_sprt(chance, 0.05) for _ in range(runs)]
    harmful = [_sprt(chance, 0.20) for _ in range(runs)]
    false_alarms = sum(said == "harmful" for said, _ in harmless) / runs
    misses = sum(said == "harmless" for said, _ in harmful) / runs
    sizes = mean(n for _, n in harmless), mean(n for _, n in harmful)
    print(f"\nSPRT, {runs} runs each: false alarms {false_alarms:.1%}, misses {misses:.1%}, stops at {sizes}")
    assert false_alarms <= 0.05 and misses <= 0.05
    assert 28 <= sizes[0] <= 32 and 20 <= sizes[1] <= 24
    assert log_ratio(2, 10) == pytest.approx(2 * math.log(4) + 8 * math.log(0.8 / 0.95))
    assert (more_to_decide(0, 0), more_to_decide(0, 12), more_to_decide(0, 18), more_to_decide(3, 3)) == (18, 6, 0, 0)


def test_the_interval_holds_whenever_the_run_is_stopped() -> None:
    chance = random.Random(12)
    for share in (0.0, 0.05, 0.2, 0.4, 0.9):
        missed, runs = 0, 200
        for _ in range(runs):
            changed = 0
            for tried in range(1, 81):
                changed += chance.random() < share
                if tried % 4 == 0:  # Looked at twenty times: one look outside is a miss.
                    low, high = interval(changed, tried)
                    assert 0 <= low <= changed / tried <= high <= 1
                    if not low <= share <= high:
                        missed += 1
                        break
        assert missed / runs <= 0.05, share
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(0, 10)[1] > 1 - 0.05 ** (1 / 10)  # Wider than a bound for one look.


def _differences(chance: random.Random, share: float, n: int, *, grain: bool) -> list[float]:
    """A/A/B on n probes of a noisy model, where the amendment moves a share of the replies."""
    found = []
    for _ in range(n):
        again, amended = (chance.betavariate(2, 10) for _ in range(2))
        if grain:  # Many replies come back word for word.
            again, amended = (0.0 if chance.random() < 0.7 else x for x in (again, amended))
        if chance.random() < share:
            amended = min(1.0, amended + chance.uniform(0.2, 0.6))
        found.append(amended - again)
    return found


def test_a_change_of_nothing_is_rarely_called_one_and_a_real_one_is_found() -> None:
    chance = random.Random(13)

    def found(share: float) -> tuple[float, float]:
        stops: list[int] = []
        runs = 2_000
        for run in range(runs):
            seen: list[float] = []
            for difference in _differences(chance, share, 60, grain=run % 2 == 0):
                seen.append(difference)
                if set_evidence(seen) >= 20:  # Looked at after every probe.
                    stops.append(len(seen))
                    break
        return len(stops) / runs, median(stops) if stops else math.inf

    nothing, effect = found(0.0), found(0.4)
    print(
        f"\n2000 previews: nothing called a change {nothing[0]:.1%}, 40 % found {effect[0]:.1%}, median {effect[1]:g}"
    )
    assert nothing[0] <= 0.05
    assert effect[0] >= 0.90


def test_the_set_verdict_needs_more_than_a_few_rows() -> None:
    assert set_evidence([]) == 1
    assert set_evidence([0.0] * 50) == pytest.approx(1)
    assert set_evidence([1.0] * 4) < 20 <= set_evidence([1.0] * 5)
    assert set_evidence([-1.0] * 50) < 0.05


def test_the_set_verdict_outlives_a_few_replies_that_were_wholly_anew() -> None:
    assert set_evidence([0.5] * 16 + [-1.0] * 3) >= 20
    assert set_evidence([0.5] * 16 + [-1.0] * 16) < 1


def test_repeats_decide_a_row_only_where_the_halves_lie_apart() -> None:
    size = 12

    def matrix(inside: float, across: float) -> list[list[float]]:
        return [[0.0 if i == j else inside if (i < 6) == (j < 6) else across for j in range(size)] for i in range(size)]

    assert repeats(matrix(0.0, 0.4)) == pytest.approx(1 / 462)
    assert repeats(matrix(0.0, 0.0)) == 1
    chance = random.Random(14)
    alarms = 0
    for _ in range(200):
        at = [chance.random() for _ in range(8)]
        alarms += repeats([[abs(one - other) for other in at] for one in at]) <= 0.05
    assert alarms / 200 <= 0.08


def test_holm_and_matthews() -> None:
    assert holm([0.01, 0.04, 0.03]) == (True, False, False)
    assert holm([0.001, 0.02, 0.04]) == (True, True, True)
    assert holm([]) == ()
    assert matthews(5, 0, 0, 5) == 1 and matthews(0, 5, 5, 0) == -1
    assert matthews(5, 0, 0, 0) is None
    assert matthews(6, 2, 1, 3) == pytest.approx((18 - 2) / math.sqrt(8 * 7 * 5 * 4))
