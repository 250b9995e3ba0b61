"""What the word of a judge, a model that compares two replies, is worth. Pure counts: nobody is asked here.

| what is known | its word |
|---|---|
| some text of the corpus was not tried on it | does not count: whether a reply can talk it over is not known |
| more than 5 % of the texts moved it | does not count, and it is not asked any more |
| fewer than ten marks to measure it by, or all of one kind | does not count yet |
| its MCC against these marks is below 0.4 | does not count |
| otherwise | fills rows that neither code nor the person decides, as *judged* |

Only agreed answers are measured, and only they fill: a judge that finds neither reply better has said nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_reconst.core.impact import Choice, Impact, Judgement, JudgeScore, Mark, Probe
from jupyter_reconst.core.statistics import matthews

MOVED_MOST = 0.05
"""The part of the corpus that may move a judge."""
FEWEST = 10
"""Marks that a judge is measured by at least."""
LEAST = 0.4
"""The least MCC with which a judge's word counts."""
TEXTS = 100
"""Texts of the corpus."""


def judgement(probe: Probe, first: Choice, second: Choice) -> Judgement:
    """What both answers make of a row. On turns that a wording is for, a worse reply is what *regression* means."""
    says: Mark | None = None
    if first == second == "after":
        says = "intended"
    elif first == second == "before":
        says = "regression" if probe.bin in ("source", "in") else "unintended"
    return Judgement(first=first, second=second, says=says)


def pairs(rows: Iterable[Impact]) -> list[tuple[bool, bool]]:
    """Whether the judge and the person say that a change is for the better, for each row where both do."""
    return [
        (row.judgement.says == "intended", row.mark == "intended")
        for row in rows
        if row.changed and row.mark is not None and row.judgement is not None and row.judgement.says is not None
    ]


def measured(judge: JudgeScore, marks: Iterable[tuple[bool, bool]]) -> JudgeScore:
    """The judge with these marks added to those that it is known by."""
    seen = list(marks)
    hits = judge.hits + seen.count((True, True))
    false_alarms = judge.false_alarms + seen.count((True, False))
    misses = judge.misses + seen.count((False, True))
    passes = judge.passes + seen.count((False, False))
    n, mcc = hits + false_alarms + misses + passes, matthews(hits, false_alarms, misses, passes)
    counted = {
        "hits": hits,
        "false_alarms": false_alarms,
        "misses": misses,
        "passes": passes,
        "n": n,
        "more": max(FEWEST - n, 0 if mcc is not None else 1),
        "mcc": None if mcc is None else round(mcc, 4),
    }
    found = judge.model_copy(update=counted)
    return found.model_copy(update={"standing": _standing(found)})


def judged_by(judge: JudgeScore, rows: Iterable[Impact]) -> JudgeScore:
    """The judge against the marks of a preview's rows too, and what it said of them."""
    rows = list(rows)
    found = measured(judge, pairs(rows))
    said = [row for row in rows if row.changed and row.judgement is not None]
    told = {
        "asked": len(said),
        "agreed": sum(row.judgement.first == row.judgement.second != "unread" for row in said if row.judgement),
        "filled": sum(row.judged is not None for row in said) if found.standing == "counts" else 0,
    }
    return found.model_copy(update=told)


def talked_over(moved: int) -> bool:
    """Whether so many texts of the corpus switch a judge off."""
    return moved > MOVED_MOST * TEXTS


def _standing(judge: JudgeScore) -> str:
    if talked_over(judge.moved):
        return "moved"
    if judge.texts < TEXTS:
        return "untested"
    if judge.n < FEWEST or judge.mcc is None:
        return "few"
    return "counts" if judge.mcc >= LEAST else "poor"
