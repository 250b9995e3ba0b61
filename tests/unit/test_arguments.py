"""Sixty arguments from the literature, each with the verdict that is known of it, judged without a model."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from jupyter_reconst.provers.solvers import Solvers
from tests.arguments import SUITE, argument

pytest.importorskip("z3")

DECIDED, SECONDS = 54, 5.0


def test_the_suite_is_what_it_says() -> None:
    assert len(SUITE) == 60 and len({entry["id"] for entry in SUITE}) == 60
    assert all(entry["source"] for entry in SUITE)
    looked_up = Counter(how for entry in SUITE for how, where in entry["seen"].items() if where)
    assert looked_up.total() == len(SUITE) and looked_up["stated"] >= 45 and set(looked_up) == {"stated", "cited"}
    assert {entry["says"] for entry in SUITE} == {"follows", "does not follow", "premises inconsistent"}
    assert min(Counter(entry["kind"] for entry in SUITE).values()) >= 3


async def test_a_second_solver_agrees() -> None:
    pytest.importorskip("cvc5")
    solvers = Solvers(seconds=SECONDS)
    for entry in SUITE[::8]:
        verdict = await solvers.judge(argument(entry))
        assert verdict.says == entry["says"], entry["id"]
        assert "Z3" in verdict.by[0]


async def test_known_arguments_are_decided_and_every_decided_one_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    solvers = Solvers(seconds=SECONDS, second=False)
    wrong, undecided, slowest = [], [], 0.0
    found: Counter[str] = Counter()
    for entry in SUITE:
        started = time.monotonic()
        verdict = await solvers.judge(argument(entry))
        took = time.monotonic() - started
        if not verdict.checked or took > SECONDS:
            undecided.append(f"{entry['id']} ({verdict.says}, {took:.1f} s)")
            continue
        slowest = max(slowest, took)
        found[verdict.says] += 1
        if verdict.says != entry["says"]:
            wrong.append(f"{entry['id']}: {verdict.says}, not {entry['says']}")
        if verdict.says == "does not follow":
            assert verdict.words, entry["id"]
        if verdict.says == "premises inconsistent":
            assert set(verdict.core) <= set(entry["premises"]) and verdict.core, entry["id"]
    with capsys.disabled():
        decided = sum(found.values())
        print(f"\n{decided} of {len(SUITE)} decided within {SECONDS:.0f} s (slowest {slowest:.1f} s): {dict(found)}")
        print(f"wrong: {wrong or 'none'}; not decided: {', '.join(undecided) or 'none'}")
    assert not wrong
    assert decided >= DECIDED
