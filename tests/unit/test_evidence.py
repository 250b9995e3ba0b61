"""What rows add up to, and what they leave open."""

from __future__ import annotations

from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.impact import Bin, Impact, Mark, Probe, Verdict
from jupyter_reconst.core.turns import Reply
from tests.fakes import an_id


def row(
    n: int, bin: Bin, verdict: Verdict, *, distance: float = 0.5, noise: float | None = None, mark: Mark | None = None
) -> Impact:
    return Impact(
        probe=Probe(id=an_id(n), bin=bin, prompt=f"Question {n}"),
        before=Reply(text="a"),
        after=Reply(text="b"),
        verdict=verdict,
        distance=0 if verdict in ("unchanged", "failed") else distance,
        noise=noise,
        mark=mark,
    )


def test_nothing_tried_claims_nothing() -> None:
    found = evidence_of([])
    assert (found.measured, found.value, found.changed, found.shares) == (0, 1, False, ())
    assert (found.side.low, found.side.high, found.side.standing, found.side.more) == (0, 1, "open", 18)
    assert (found.target.p, found.target.exact, found.target.more) == (1, False, 7)
    one = evidence_of([row(1, "source", "intended", noise=0)])
    assert not one.changed and one.target.p == 1 and one.target.more == 6


def test_the_target_is_tested_and_the_rest_is_bounded() -> None:
    rows = [row(n, "in", "intended", noise=0) for n in range(6)]
    rows += [row(10 + n, "out", "unchanged", noise=0) for n in range(17)]
    rows += [row(40, "near", "unintended", noise=0), row(41, "out", "failed"), row(42, "own", "unmarked")]
    found = evidence_of(rows, planned=True)
    assert found.changed and found.measured == 24 and found.differing == 0
    assert (found.target.fixed, found.target.broken, found.target.p, found.target.more) == (6, 0, 0.0312, 0)
    assert (found.side.changed, found.side.tried, found.side.standing) == (1, 18, "open")
    assert found.side.low < 1 / 18 < found.side.high and found.side.more > 0
    assert [(s.bin, s.changed, s.tried) for s in found.shares] == [
        ("in", 6, 6),
        ("near", 1, 1),
        ("out", 0, 17),
        ("own", 1, 1),
    ]


def test_a_mark_says_what_a_change_is() -> None:
    wanted = evidence_of([row(1, "near", "unintended", mark="intended"), row(2, "in", "unmarked", mark="regression")])
    assert (wanted.side.changed, wanted.shares[1].changed) == (0, 1)
    assert (wanted.target.fixed, wanted.target.broken) == (0, 1)


def test_a_defect_that_came_is_broken_and_a_pin_is_no_fix() -> None:
    rows = [row(n, "in", "intended") for n in range(4)] + [row(8, "in", "regression")]
    rows += [row(9, "source", "unchanged", mark="intended")]
    found = evidence_of(rows, planned=True).target
    assert (found.tried, found.fixed, found.broken, found.p) == (6, 4, 1, 0.375)


def test_what_is_read_while_rows_come_is_decided_by_a_test_that_may_be() -> None:
    six, seven = ([row(n, "in", "intended") for n in range(count)] for count in (6, 7))
    now, end = evidence_of(six).target, evidence_of(six, planned=True).target
    assert (now.exact, now.p, now.more) == (False, 0.0693, 1)
    assert (end.exact, end.p, end.more) == (True, 0.0312, 0)
    assert evidence_of(seven).target.more == 0
    open_ = evidence_of(six[:5], planned=True).target
    assert (open_.p, open_.more) == (0.0625, 2), "what goes on is no longer the plan"


def test_eighteen_that_stayed_decide_and_three_of_three_that_changed_do_too() -> None:
    stayed = evidence_of([row(n, "out", "unchanged") for n in range(18)]).side
    moved = evidence_of([row(n, "out", "unintended") for n in range(3)]).side
    assert (stayed.standing, stayed.more, moved.standing, moved.more) == ("harmless", 0, "harmful", 0)


def test_what_noise_may_show_by_chance_is_not_called_harm() -> None:
    noisy = [row(n, "own", "unchanged", noise=0.4 if n == 0 else 0) for n in range(20)]
    rows = [row(20 + n, "out", "unintended" if n < 4 else "unchanged", noise=0) for n in range(12)]
    still, loud = evidence_of(rows).side, evidence_of([*noisy[:1], *rows]).side
    assert still.standing == "harmful" and loud.ratio == still.ratio > 2.944
    assert (loud.standing, loud.more) == ("open", 1), "one of thirteen lies beyond the other twelve by chance"
    assert evidence_of([*noisy, *rows]).side.standing == "harmful", "the more noise is known, the fewer lie beyond it"


def test_harm_is_told_as_it_stands_and_a_judge_whose_word_counts_is_heard() -> None:
    rows = [row(1, "case", "regression"), row(2, "out", "unintended", mark="intended"), row(3, "in", "unchanged")]
    assert evidence_of(rows).said.breaks == "It undoes 1 earlier correction."
    assert evidence_of(rows[1:]).said.stand == "Yours to decide."
    assert evidence_of([row(1, "near", "unintended"), rows[2]]).said.stand == "Look at what it breaks."
