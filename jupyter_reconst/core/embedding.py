"""Embeddings: texts as directions, near to each other where texts mean alike; and how two rankings become one.

A component is a signed byte. The length of a vector says nothing, so each is scaled to use the whole byte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from operator import mul

_RANK = 60
"""How little the first places count for more than the next: Cormack, Clarke and Büttcher 2009 found 60 to do well."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """A text as one model sees it. Vectors of different models cannot be compared."""

    model: str
    vector: bytes


def quantized(values: Sequence[float]) -> bytes:
    """A direction in signed bytes; nothing for one that is none. Each component is off by 1/254 of the largest."""
    most = max(map(abs, values), default=0.0)
    if not 0 < most < float("inf") or any(value != value for value in values):
        return b""
    return bytes(round(value / most * 127) & 0xFF for value in values)


def signs(vector: bytes) -> bytes:
    """One bit of each component. Vectors that share most of them are near: a quick first look at very many."""
    held = 0
    for number, component in enumerate(vector):
        held |= (component < 0x80) << number
    return held.to_bytes(-(-len(vector) // 8), "little")


def cosine(one: bytes, other: bytes) -> float:
    """How alike two directions are, in [-1, 1]; 0 where they have not the same dimension, or none."""
    a, b = memoryview(one).cast("b"), memoryview(other).cast("b")
    lengths = sqrt(sum(map(mul, a, a)) * sum(map(mul, b, b)))
    return sum(map(mul, a, b)) / lengths if len(a) == len(b) and lengths else 0.0


def fused(*rankings: Sequence[int]) -> list[int]:
    """Several rankings as one (reciprocal rank fusion): only places count. Of equals, the first ranking's is first."""
    grades: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for place, one in enumerate(ranking):
            grades[one] += 1 / (_RANK + place)
    return sorted(grades, key=lambda one: -grades[one])
