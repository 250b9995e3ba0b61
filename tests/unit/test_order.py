"""Sort keys of articles: a key between any two, wherever there is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.core.constitution import between

KEYS = st.text("01Vz", max_size=6)
"""Keys near the edges: the lowest digit, the next one, the middle, the highest."""


@given(KEYS, KEYS)
def test_a_key_lies_between_any_two_that_are_not_neighbours(one: str, other: str) -> None:
    before, after = sorted((one, other))
    if after and (before == after or after == f"{before}0"):
        with pytest.raises(ValueError, match="no sort key"):
            between(before, after)
    else:
        key = between(before, after)
        assert key and before < key and (not after or key < after)


@given(KEYS)
def test_a_key_lies_after_any(key: str) -> None:
    assert between(key, "") > key


def test_nothing_lies_before_the_lowest_key() -> None:
    with pytest.raises(ValueError, match="no sort key"):
        between("", "0")
    assert between("", "00") == "0"
