"""Distances in words: what a reader would not call a change is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.acts.distance import closeness, distance, says


def test_spacing_is_no_change_and_a_word_is() -> None:
    assert distance("The mean is 4.", "The  mean\nis 4.") == 0
    assert distance("The mean is 4.", "The mean is 5.") == 0.25
    assert distance("", "") == 0
    assert distance("a b", "") == 1


@given(st.text(max_size=80), st.text(max_size=80))
def test_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= distance(one, other) <= 1
    assert distance(one, other) == distance(other, one)
    assert distance(one, one) == 0


def test_a_reply_that_holds_the_correction_is_close_to_it() -> None:
    correction = "the source is not known"
    assert closeness(correction, f"First, some text. Here The source is not known, alas. {'More. ' * 50}") == 1
    assert closeness(correction, "It was proved by Smith (2011).") < 0.6
    assert says("Smith  (2011)", "by smith (2011).") and not says("", "anything")
