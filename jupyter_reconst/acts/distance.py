"""How far apart two texts are, in words. The only door to rapidfuzz (0.06 ms a pair; difflib takes 1.6 ms)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

_MOST = 400_000_000
"""The largest product of two lengths that are compared part by part: it takes 50 MB and a second at most."""


def plain(text: str) -> str:
    """A text without what no reader sees as a difference: compatibility forms and spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def distance(one: str, other: str) -> float:
    """Normalised word edit distance in [0, 1]; 0 for texts that read the same."""
    return float(Levenshtein.normalized_distance(plain(one).split(), plain(other).split()))


def edited(one: str, other: str) -> str:
    """Both texts in one, word by word: what only the first says as `[-…-]`, what only the second says as `{+…+}`."""
    before, after = plain(one).split(), plain(other).split()
    said: list[str] = []
    done, at = 0, 0
    for same in LCSseq.opcodes(before, after).as_matching_blocks():
        gone, come = before[done : same.a], after[at : same.b]
        said += [f"[-{' '.join(gone)}-]"] if gone else []
        said += [f"{{+{' '.join(come)}+}}"] if come else []
        done, at = same.a + same.size, same.b + same.size
        said += after[same.b : at]
    return " ".join(said)


def shared(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """The longest run of parts that both have in this order, as stretches: place in one, place in the other, size."""
    if len(one) * len(other) > _MOST:
        return []
    blocks = LCSseq.opcodes(list(one), list(other)).as_matching_blocks()
    return [(same.a, same.b, same.size) for same in blocks if same.size]


def closeness(correction: str, reply: str) -> float:
    """How much of a correction a reply says somewhere, in [0, 1]: the best matching stretch of the reply."""
    if not correction.strip() or not reply.strip():
        return 0.0
    return fuzz.partial_ratio(plain(correction).casefold(), plain(reply).casefold()) / 100


def says(quote: str, text: str) -> bool:
    """Whether a text holds these very words, up to spacing and case."""
    needle = plain(quote).casefold()
    return bool(needle) and needle in plain(text).casefold()


def similar(one: str, other: str) -> float:
    """How alike two titles or names are, in [0, 1]: a letter or two may differ, a word may not."""
    return fuzz.ratio(one, other) / 100
