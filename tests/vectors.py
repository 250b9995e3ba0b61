"""Vectors compared the plain way."""

from __future__ import annotations

import numpy


def cosine(one: bytes, other: bytes) -> float:
    """How alike two directions in signed bytes are."""
    a, b = (numpy.frombuffer(vector, numpy.int8).astype(float) for vector in (one, other))
    return float(a @ b / numpy.sqrt((a @ a) * (b @ b)))
