"""A conversation that has outgrown its model: which of its turns still fit. A person chooses; this only counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Keep = Literal["first", "last"]
"""last: the newest turns that fit. first: the first turn, and the newest of the others that fit beside it."""


def fitting(sizes: Sequence[int], room: int, keep: Keep = "last") -> tuple[int, ...]:
    """Which turns fit, by their places, in order. `sizes` and `room` are in tokens.

    The newest are kept without a gap. A first turn that does not fit is not kept.
    """
    kept: list[int] = []
    if keep == "first" and sizes and sizes[0] <= room:
        kept.append(0)
        room -= sizes[0]
    for place in range(len(sizes) - 1, -1 if not kept else 0, -1):
        if sizes[place] > room:
            break
        room -= sizes[place]
        kept.append(place)
    return tuple(sorted(kept))
