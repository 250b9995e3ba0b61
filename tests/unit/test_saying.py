"""The evidence in sentences: each says what is decided, or how far it is from that, and claims nothing of one turn."""

from __future__ import annotations

import pytest

from jupyter_reconst.core.impact import Evidence, JudgeScore, OnTarget, Said, SideEffects
from jupyter_reconst.core.saying import percent, said

TARGET = OnTarget(tried=10, fixed=9, broken=0, p=0.0039, exact=True, more=0)
SIDE = SideEffects(tried=15, changed=2, low=0.0137, high=0.4999, standing="open", ratio=0.539, more=68)
EVIDENCE = Evidence(measured=18, differing=1, value=31.5, changed=True, target=TARGET, side=SIDE)
JUDGE = JudgeScore(
    key="a" * 64,
    model="lab-70b",
    texts=100,
    moved=2,
    hits=8,
    false_alarms=1,
    misses=1,
    passes=6,
    n=16,
    mcc=0.746,
    asked=4,
    agreed=3,
    filled=2,
    standing="counts",
)


def told(**patch: object) -> Said:
    return said(EVIDENCE.model_copy(update=patch), 26)


def test_first_what_was_won_before_and_is_lost() -> None:
    lost, kept = said(EVIDENCE, 26, harm=2, undone=1), told()
    assert (lost.stand, lost.breaks) == ("Look at what it breaks.", "It undoes 1 earlier correction.")
    assert (kept.stand, kept.breaks) == ("Yours to decide.", "")


def test_whether_anything_changed_is_said_only_against_the_noise() -> None:
    assert told().changed == "The replies differ by more than the model’s own noise."
    assert told(changed=False).changed.startswith("Cannot tell yet whether the replies differ")
    assert told(changed=False, measured=0).changed.endswith("has not been measured.")


def test_of_the_target_what_is_decided_and_otherwise_how_far_it_is_from_that() -> None:
    assert told().target == "Of 10 turns that it is for, it fixes 9 and breaks 0: decided, it does what it is for."
    open_ = OnTarget(tried=4, fixed=1, broken=3, judged=2, p=0.625, more=7)
    assert told(target=open_).target == (
        "Of 4 turns that it is for, it fixes 1 and breaks 3 (2 of these as judged): "
        "cannot tell yet, about 7 more probes would decide."
    )
    assert "does the opposite" in told(target=open_.model_copy(update={"more": 0})).target
    assert "about 1 more probe would decide" in told(target=open_.model_copy(update={"more": 1})).target
    assert "would not decide" in told(target=open_.model_copy(update={"more": None})).target


def test_of_side_effects_the_count_the_bounds_and_the_standing() -> None:
    assert told().side == (
        "Of 15 turns that it should leave alone, 2 changed, on turns like these between 1% and 50%: "
        "cannot tell yet, about 68 more probes would decide."
    )
    harmless = SIDE.model_copy(update={"standing": "harmless", "changed": 0, "low": 0.0, "high": 0.2333})
    assert "0 changed, on turns like these between 0% and 23%: decided, harmless" in told(side=harmless).side
    assert "decided, harmful" in told(side=SIDE.model_copy(update={"standing": "harmful"})).side


def test_the_way_there_in_words() -> None:
    assert told().course == (
        "After 15 turns that it should leave alone the log ratio is +0.539: "
        "between −2.944, harmless, and +2.944, harmful."
    )
    there = SIDE.model_copy(update={"standing": "harmless", "ratio": -3.093})
    assert told(side=there).course.endswith("−3.093: it has reached −2.944, harmless.")


def test_one_turn_claims_nothing() -> None:
    one = said(Evidence(target=OnTarget(tried=1, fixed=1, more=5)), 1)
    assert (one.changed, one.target, one.side) == ("One turn was tried: that shows nothing yet.", "", "")
    assert said(Evidence(), 0).changed == "Nothing has been compared yet."
    few = told(target=OnTarget(tried=1, fixed=1, more=5), side=SideEffects(more=18))
    assert few.target == "One turn that it is for was tried: that shows nothing yet."
    assert few.side == "No turn that it should leave alone has been tried yet."


def test_each_number_has_the_name_of_its_formula() -> None:
    figures = told().figures
    assert [figure.formula for figure in figures] == [
        "Sign-flip e-process of A/A/B",
        "McNemar’s exact test, two-sided",
        "Wald’s sequential test of 5% against 20%",
        "Beta-mixture confidence sequence, 95%",
    ]
    assert figures[0].values == "E = 31.50, decided from 20; 1 of 18 replies differ when asked twice"
    assert figures[1].values == "fixed 9, broken 0 of 10; p = 0.0039, decided up to 0.05"
    running = told(target=TARGET.model_copy(update={"exact": False}), value=1e9, judge=JUDGE).figures
    assert running[1].formula == "Beta-mixture e-process against even odds, p = 1/E"
    assert running[0].values.startswith("E > 10⁹")
    assert running[4].values == (
        "MCC 0.75 with 16 of your marks; better by both 8, by it alone 1, by you alone 1, by neither 6; "
        "it counts from 0.40"
    )


@pytest.mark.parametrize(
    ("patch", "ends"),
    [
        ({}, "2 rows that you have not marked stand as judged."),
        ({"filled": 1}, "1 row that you have not marked stands as judged."),
        ({"standing": "few", "more": 1, "mcc": None, "n": 1}, "before 1 more mark, with marks of both kinds."),
        ({"standing": "poor", "mcc": 0.2}, "MCC 0.20 with 16 of your marks, below 0.40. It gives no verdict."),
        ({"standing": "untested"}, "as “jupyter reconst persuade” does."),
        ({"standing": "moved", "moved": 9}, "9 of 100 texts in replies talked lab-70b over."),
    ],
)
def test_a_judge_is_told_by_what_its_word_is_worth(patch: dict[str, object], ends: str) -> None:
    words = told(judge=JUDGE.model_copy(update=patch)).judge
    assert words.endswith(ends)
    assert words.startswith("The judge is switched off" if "moved" in patch else "A judge, lab-70b, agrees with itself")


def test_nothing_between_is_told_as_all_or_none() -> None:
    assert [percent(share) for share in (0, 0.004, 0.125, 0.996, 1)] == ["0%", "< 1%", "13%", "> 99%", "100%"]
