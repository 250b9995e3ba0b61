"""Embeddings: texts as directions, near to each other where texts mean alike; and how two rankings become one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_RANK = 60
"""How little the first places count for more than the next: Cormack, Clarke and Büttcher 2009 found 60 to do well."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """A text as one model sees it: its direction in signed bytes, whatever its length. Other models have other ones."""

    model: str
    vector: bytes


def fused(*rankings: Sequence[int]) -> list[int]:
    """Several rankings as one (reciprocal rank fusion): only places count. Of equals, the first ranking's is first."""
    grades: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for place, one in enumerate(ranking):
            grades[one] += 1 / (_RANK + place)
    return sorted(grades, key=lambda one: -grades[one])
