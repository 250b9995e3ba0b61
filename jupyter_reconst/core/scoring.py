"""Does a WHEN clause fire where the person says that the rule belongs? Pure counts, no judgement of a model's."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from jupyter_reconst.core.nouns import Id, Noun
from jupyter_reconst.core.statistics import matthews


class WhenScore(Noun):
    """The scope decisions on record for one clause against the person's own marks. A figure over nothing is none."""

    article: Id
    hits: int = Field(default=0, ge=0, description="It fired, and should")
    false_alarms: int = Field(default=0, ge=0, description="It fired, and should not")
    misses: int = Field(default=0, ge=0, description="It did not fire, and should")
    passes: int = Field(default=0, ge=0, description="It did not fire, and should not")
    n: int = Field(default=0, ge=0, description="Marks with a decision on record")
    mcc: float | None = Field(default=None, ge=-1, le=1, description="Matthews' correlation")
    precision: float | None = Field(default=None, ge=0, le=1)
    recall: float | None = Field(default=None, ge=0, le=1)


def scored(article: str, marks: Iterable[tuple[bool, bool]]) -> WhenScore:
    """Score a clause: whether it fired, and whether the person says that it should have, for each marked prompt."""
    seen = list(marks)
    hits, false_alarms = seen.count((True, True)), seen.count((True, False))
    misses, passes = seen.count((False, True)), seen.count((False, False))
    mcc = matthews(hits, false_alarms, misses, passes)
    return WhenScore(
        article=article,
        hits=hits,
        false_alarms=false_alarms,
        misses=misses,
        passes=passes,
        n=len(seen),
        mcc=None if mcc is None else round(mcc, 4),
        precision=_share(hits, false_alarms),
        recall=_share(hits, misses),
    )


def _share(right: int, wrong: int) -> float | None:
    return round(right / (right + wrong), 4) if right + wrong else None
