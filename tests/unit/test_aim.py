"""What code can check of an amendment: fixed words that THEN asks for, and a WHEN that means every reply."""

from __future__ import annotations

import pytest

from jupyter_reconst.acts.aim import Aim, aim_of, everywhere, literals
from tests.scenes import adding


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ('end the reply with the line "Checked."', ("Checked.",)),
        ("begin with “In short:” and end with “Done”", ("In short:", "Done")),
        ('never write "obviously"', ()),
        ('write "not known" instead of "obviously"', ("not known",)),
        ("say which “prior” is meant", ()),
        ("avoid “clearly”. Add “citation needed”", ("citation needed",)),
        ("name the source", ()),
    ],
)
def test_literals(then: str, expected: tuple[str, ...]) -> None:
    assert literals(then) == expected


@pytest.mark.parametrize(
    "when", ["any reply is written", "every reply", "always", "", "a reply is written", "you answer"]
)
def test_everywhere(when: str) -> None:
    assert everywhere(when)


@pytest.mark.parametrize("when", ["any reply names a paper", "a reply is about statistics", "the reply praises"])
def test_not_everywhere(when: str) -> None:
    assert not everywhere(when)


def test_reached_needs_a_difference() -> None:
    aim = Aim(literals=("Checked.",))
    assert aim.reached("A.", "A. Checked.")
    assert not aim.reached("Checked. A.", "A. Checked.")


@pytest.mark.parametrize(
    ("then", "brief"),
    [
        ("answer in one short sentence", True),
        ("be concise", True),
        ("use at most two sentences", True),
        ("do not be brief", False),
        ("name the source", False),
    ],
)
def test_brevity_is_a_thing_that_code_can_check(then: str, brief: bool) -> None:
    aim = aim_of(adding("any reply is written", then), (), adding("any reply is written", then).draft)
    assert (aim.brief, aim.everywhere) == (brief, True)
    assert bool(aim.reached("a b c d e f", "a b c")) is brief
    assert not aim.reached("a b c d e f", "a b c d e") and not aim.reached("a b", "")
