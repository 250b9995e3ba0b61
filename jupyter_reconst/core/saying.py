"""What the evidence of a preview says, in plain sentences, and the numbers behind each of them."""

from __future__ import annotations

import math

from jupyter_reconst.core.impact import Evidence, Figure, JudgeScore, OnTarget, Said, SideEffects
from jupyter_reconst.core.statistics import ALPHA

_LIMIT = f"{math.log((1 - ALPHA) / ALPHA):.3f}"
"""Where the log ratio of the side effects is decided."""


def said(evidence: Evidence, tried: int, harm: int = 0, undone: int = 0) -> Said:
    """The sentences on evidence of so many rows that did not fail; of `harm`, `undone` undo an earlier correction.

    One row shows nothing, and nothing is guessed at.
    """
    judge = evidence.judge
    words = Said(
        stand="Look at what it breaks." if harm else "Yours to decide.",
        breaks=f"It undoes {_count(undone, 'earlier correction')}." if undone else "",
        course=_course(evidence.side),
        judge=_judge(judge) if judge else "",
        figures=_figures(evidence),
    )
    if tried < 2:
        changed = "One turn was tried: that shows nothing yet." if tried else "Nothing has been compared yet."
        return words.model_copy(update={"changed": changed})
    return words.model_copy(
        update={"changed": _changed(evidence), "target": _target(evidence.target), "side": _side(evidence.side)}
    )


def percent(share: float) -> str:
    """A share as people read it: whole percent, and never 0 % or 100 % for something between."""
    rounded = math.floor(100 * share + 0.5)
    if rounded == 0 and share > 0:
        return "< 1%"
    return "> 99%" if rounded == 100 and share < 1 else f"{rounded}%"


def dollars(amount: float) -> str:
    """US dollars as people read them: two digits, or as many as it takes to say something."""
    if amount == 0 or amount >= 0.01:
        return f"${amount:.2f}"
    return f"${amount:.1g}" if amount >= 0.0001 else "< $0.0001"


def _changed(evidence: Evidence) -> str:
    if evidence.measured == 0:
        return "Cannot tell yet whether anything changed: the model’s own noise has not been measured."
    if evidence.changed:
        return "The replies differ by more than the model’s own noise."
    return "Cannot tell yet whether the replies differ by more than the model’s own noise."


def _target(target: OnTarget) -> str:
    if target.tried < 2:
        return _few(target.tried, "that it is for")
    found = f"Of {target.tried} turns that it is for, it fixes {target.fixed} and breaks {target.broken}"
    found += f" ({target.judged} of these as judged)" if target.judged else ""
    if target.more is None:
        return f"{found}: cannot tell yet, and more probes like these would not decide."
    if target.more:
        return f"{found}: {_open(target.more)}"
    does = "it does what it is for" if target.fixed > target.broken else "it does the opposite of what it is for"
    return f"{found}: decided, {does}."


def _side(side: SideEffects) -> str:
    if side.tried < 2:
        return _few(side.tried, "that it should leave alone")
    found = (
        f"Of {side.tried} turns that it should leave alone, {side.changed} changed, on turns like these between "
        f"{percent(side.low)} and {percent(side.high)}"
    )
    stands = {
        "harmless": "decided, harmless: nearer to 5% than to 20%.",
        "harmful": "decided, harmful: nearer to 20% than to 5%.",
        "open": _open(side.more),
    }
    return f"{found}: {stands[side.standing]}"


def _few(tried: int, which: str) -> str:
    if tried:
        return f"One turn {which} was tried: that shows nothing yet."
    return f"No turn {which} has been tried yet."


def _open(more: int) -> str:
    return f"cannot tell yet, about {_count(more, 'more probe')} would decide."


def _course(side: SideEffects) -> str:
    found = f"After {_count(side.tried, 'turn')} that it should leave alone the log ratio is {_signed(side.ratio)}"
    stands = {
        "harmful": f"it has reached +{_LIMIT}, harmful.",
        "harmless": f"it has reached −{_LIMIT}, harmless.",
        "open": f"between −{_LIMIT}, harmless, and +{_LIMIT}, harmful.",
    }
    return f"{found}: {stands[side.standing]}"


def _judge(judge: JudgeScore) -> str:
    """Whether a judge's word counts, or what keeps it from that."""
    if judge.standing == "moved":
        return f"The judge is switched off: {judge.moved} of {judge.texts} texts in replies talked {judge.model} over."
    found = f"A judge, {judge.model}, agrees with itself on {judge.agreed} of {judge.asked} rows; {_measure(judge)}"
    stand = "row that you have not marked stands" if judge.filled == 1 else "rows that you have not marked stand"
    return {
        "untested": f"{found}. It gives no verdict: nobody has tested whether replies can talk it over, as "
        "“jupyter reconst persuade” does.",
        "few": f"{found}. It gives no verdict before {_count(judge.more, 'more mark')}, with marks of both kinds.",
        "poor": f"{found}, below 0.40. It gives no verdict.",
        "counts": f"{found}. {judge.filled} {stand} as judged.",
    }[judge.standing]


def _measure(judge: JudgeScore) -> str:
    """How far it agrees with the person."""
    if judge.mcc is None:
        return f"{judge.n} of your marks {'measures' if judge.n == 1 else 'measure'} it"
    return f"MCC {judge.mcc:.2f} with {judge.n} of your marks"


def _figures(evidence: Evidence) -> tuple[Figure, ...]:
    target, side, judge = evidence.target, evidence.side, evidence.judge
    value = f"= {evidence.value:.2f}" if evidence.value < 1e9 else "> 10⁹"
    p = "< 0.0001" if target.p < 0.0001 else f"= {target.p:.4f}"
    figures = [
        Figure(
            claim="Whether anything changed",
            formula="Sign-flip e-process of A/A/B",
            values=f"E {value}, decided from 20; {evidence.differing} of {evidence.measured} replies differ when asked "
            "twice",
        ),
        Figure(
            claim="Turns that it is for",
            formula="McNemar’s exact test, two-sided"
            if target.exact
            else "Beta-mixture e-process against even odds, p = 1/E",
            values=f"fixed {target.fixed}, broken {target.broken} of {target.tried}; p {p}, decided up to 0.05",
        ),
        Figure(
            claim="Turns that it should leave alone",
            formula="Wald’s sequential test of 5% against 20%",
            values=f"{side.changed} of {side.tried} changed; log ratio {_signed(side.ratio)}, decided at ±{_LIMIT}",
        ),
        Figure(
            claim="Between which shares the truth lies",
            formula="Beta-mixture confidence sequence, 95%",
            values=f"{percent(side.low)} to {percent(side.high)}, whenever it is stopped",
        ),
    ]
    if judge:
        values = f"better by both {judge.hits}, by it alone {judge.false_alarms}, by you alone {judge.misses}, by "
        values = f"{_measure(judge)}; {values}neither {judge.passes}; it counts from 0.40"
        figures.append(
            Figure(
                claim="What the judge’s word is worth", formula="Matthews’ correlation with your marks", values=values
            )
        )
    return tuple(figures)


def _signed(value: float) -> str:
    """With its sign, and a minus that reads as one."""
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return f"{sign}{abs(value):.3f}"


def _count(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
