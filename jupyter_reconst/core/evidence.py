"""What the rows of a preview add up to: did anything change, is it what was wanted, and what does it cost elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_reconst.core.impact import Bin, Evidence, Impact, JudgeScore, OnTarget, Share, SideEffects
from jupyter_reconst.core.judging import judged_by
from jupyter_reconst.core.saying import said
from jupyter_reconst.core.statistics import (
    ALPHA,
    anytime,
    interval,
    log_ratio,
    mcnemar,
    more_to_agree,
    more_to_decide,
    set_evidence,
    standing,
)

FOR: tuple[Bin, ...] = ("source", "in")
"""Turns that a wording is for."""

LEAVE: tuple[Bin, ...] = ("near", "out")
"""Turns that it should leave alone. Cases and clashes have verdicts of their own, and one's own prompts are neither."""

_BINS: tuple[Bin, ...] = (*FOR, *LEAVE, "case", "conflict", "own")


def evidence_of(rows: Iterable[Impact], judge: JudgeScore | None = None, planned: bool = False) -> Evidence:
    """The evidence of some rows. Failed ones count for nothing, and a change that the person wants is no harm.

    A judge whose word counts fills rows that the wording is for; it never takes a side effect away. `planned`: these
    are all the rows that were planned before the first one was seen. Otherwise a run may end because of what it shows.
    """
    rows = list(rows)
    score = judged_by(judge, rows) if judge else None
    counts = score is not None and score.standing == "counts"
    tried: dict[Bin, list[Impact]] = {}
    measured: list[Impact] = []
    for row in rows:
        if row.verdict == "failed":
            continue
        tried.setdefault(row.probe.bin, []).append(row)
        if row.noise is not None:
            measured.append(row)
    value = set_evidence(row.distance - (row.noise or 0.0) for row in measured)
    found = Evidence(
        measured=len(measured),
        differing=sum(bool(row.noise) for row in measured),
        value=round(min(value, 1e9), 3),
        changed=value >= 1 / ALPHA,
        target=_target([row for bin in FOR for row in tried.get(bin, ())], counts, planned),
        side=_side([row for bin in LEAVE for row in tried.get(bin, ())], measured),
        shares=tuple(_share(bin, tried[bin]) for bin in _BINS if bin in tried),
        judge=score,
    )
    stands = [(row.probe.bin, (row.judged if counts else None) or row.standing) for row in rows]
    harm = [bin for bin, stand in stands if stand in ("regression", "unintended")]
    undone = stands.count(("case", "regression"))
    return found.model_copy(update={"said": said(found, sum(map(len, tried.values())), len(harm), undone)})


def _target(rows: list[Impact], counts: bool, planned: bool) -> OnTarget:
    """McNemar's test is for one look at the end; what is read again and again, or goes on, needs one that allows it."""
    moved = [row for row in rows if row.changed]
    judged = [row.judged for row in moved if counts and row.judged]
    stands = [row.standing for row in moved] + judged
    fixed, broken = stands.count("intended"), stands.count("regression")
    p = mcnemar(fixed, broken) if planned else anytime(fixed, broken)
    return OnTarget(
        tried=len(rows),
        fixed=fixed,
        broken=broken,
        judged=len(judged),
        p=round(p, 4),
        exact=planned,
        more=0 if p <= ALPHA else more_to_agree(fixed, broken, anytime),
    )


def _side(rows: list[Impact], measured: list[Impact]) -> SideEffects:
    """Where replies differ anyway, some rows lie beyond the largest noise by chance: so many are not called harm."""
    moved, tried = sum(row.changed and row.standing != "intended" for row in rows), len(rows)
    low, high = interval(moved, tried)
    stands, more = standing(moved, tried), more_to_decide(moved, tried)
    if stands == "harmful" and any(row.noise for row in measured):
        sure = max(0.0, moved - tried / (len(measured) + 1))
        if standing(sure, tried) != "harmful":
            stands, more = "open", more_to_decide(sure, tried)
    return SideEffects(
        tried=tried,
        changed=moved,
        low=round(low, 4),
        high=round(high, 4),
        standing=stands,
        ratio=round(log_ratio(moved, tried), 3),
        more=more,
    )


def _share(bin: Bin, rows: list[Impact]) -> Share:
    moved = sum(row.changed for row in rows)
    low, high = interval(moved, len(rows))
    return Share(bin=bin, changed=moved, tried=len(rows), low=round(low, 4), high=round(high, 4))
