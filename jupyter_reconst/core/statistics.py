"""How sure the rows of a preview make us. Pure, and every bound on a screen holds whenever the run is stopped.

| question | method | source |
|---|---|---|
| did anything change at all (A/A/B)? | sign-flip e-process `∏(1 + s·tanh λD)`, mixed over s, λ | Ramdas et al. (2020) |
| how often does it change what it should leave alone? | Beta-mixture confidence sequence | Robbins (1970) |
| is that often enough to be harm? | sequential probability ratio test, 5 % against 20 % | Wald (1945) |
| is the defect fixed more often than it appears anew? | at the end of a plan: exact McNemar test | McNemar (1947) |
| the same, at any other time | Beta-mixture e-process against even odds | Robbins (1970) |
| which single rows changed? | permutation test of repeats, then Holm | Holm (1979) |
| does a clause fire where the person says so? | Matthews' correlation | Matthews (1975) |

Under no effect, the reply of the amended law and a second reply of the present one are exchangeable, so that each
difference `D = d(A, B) − d(A, A′)` is as likely to be negative: an e-process of it reaches 20 in at most one run of
twenty, however often it is looked at. It bets on D; who stakes half of what there is (s = ½) outlives the few replies
that a noisy model writes wholly anew, which ruin who stakes everything.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Literal

ALPHA = 0.05
"""Errors that are allowed: one of twenty."""

HARMLESS, HARMFUL = 0.05, 0.20
"""Shares of changed turns between which the sequential test decides."""

_BETS = ((0.3, 1.0, 3.0), (0.3, 1.0, 9.0), (0.2, 0.5, 3.0), (0.2, 0.5, 9.0))
"""Weight, stake s and scale λ of each bet of the sign-flip process. A fifth of the words is nearly all at λ = 9."""

_HALF = 0.5
"""Both parameters of the Beta mixture behind confidence sequences (Jeffreys)."""

Standing = Literal["harmless", "harmful", "open"]


def set_evidence(differences: Iterable[float]) -> float:
    """The e-value of `d(A, B) − d(A, A′)` over all measured rows; from 20 on something has changed."""
    logs = [0.0] * len(_BETS)
    for difference in differences:
        for at, gain in enumerate(_gains(difference)):
            logs[at] += gain
    return sum(weight * math.exp(min(log, 700.0)) for (weight, _, _), log in zip(_BETS, logs, strict=True))


@lru_cache(maxsize=4_096)
def _gains(difference: float) -> tuple[float, ...]:
    """What one difference adds to the logarithm of each bet: a long run is looked at anew after each of its rows."""
    return tuple(math.log1p(stake * math.tanh(scale * difference)) for _, stake, scale in _BETS)


@lru_cache(maxsize=4_096)
def interval(changed: int, tried: int, alpha: float = ALPHA) -> tuple[float, float]:
    """Shares in [0, 1] that `changed` of `tried` do not refute, under any rule for stopping."""
    if tried == 0:
        return 0.0, 1.0
    limit = math.log(1 / alpha)

    def refuted(share: float) -> bool:
        return _log_mixture(changed, tried, share) >= limit

    share = changed / tried
    low = 0.0 if changed == 0 else _edge(refuted, 0.0, share)
    high = 1.0 if changed == tried else _edge(refuted, 1.0, share)
    return low, high


def standing(changed: float, tried: int) -> Standing:
    """Wald's test of 5 % against 20 %, errors of 5 % both ways."""
    ratio, limit = log_ratio(changed, tried), math.log((1 - ALPHA) / ALPHA)
    if ratio <= -limit:
        return "harmless"
    return "harmful" if ratio >= limit else "open"


def log_ratio(changed: float, tried: int) -> float:
    """The log likelihood ratio of 20 % to 5 %; decided at ± 2.944."""
    kept = math.log((1 - HARMFUL) / (1 - HARMLESS))
    return changed * math.log(HARMFUL / HARMLESS) + (tried - changed) * kept


def more_to_decide(changed: float, tried: int) -> int:
    """About how many more probes the sequential test needs if they go on as the ones so far did; 0 once decided."""
    if standing(changed, tried) != "open":
        return 0
    share = changed / tried if tried else 0.0
    ratio, limit = log_ratio(changed, tried), math.log((1 - ALPHA) / ALPHA)
    step = log_ratio(1, 1) * share + log_ratio(0, 1) * (1 - share)
    left = (limit - ratio) / step if step > 0 else (-limit - ratio) / step
    return max(1, math.ceil(left))


def mcnemar(fixed: int, broken: int) -> float:
    """The exact two-sided p of `fixed` against `broken` among the turns that went one way."""
    n = fixed + broken
    tail: float = sum(math.comb(n, i) for i in range(min(fixed, broken) + 1)) / 2**n
    return min(1.0, 2 * tail)


def anytime(fixed: int, broken: int) -> float:
    """A two-sided p of the same that holds whenever it is read: one over the e-value of a Beta mixture."""
    return min(1.0, math.exp(-_log_mixture(fixed, fixed + broken, 0.5)))


def more_to_agree(fixed: int, broken: int, test: Callable[[int, int], float] = mcnemar) -> int | None:
    """About how many more probes would decide the test; 0 once decided, None where it leads nowhere."""
    if test(fixed, broken) <= ALPHA:
        return 0
    n = fixed + broken
    if n and fixed == broken:
        return None
    share = max(fixed, broken) / n if n else 1.0
    for more in range(1, 201):
        won = round(share * more)
        if test(max(fixed, broken) + won, min(fixed, broken) + more - won) <= ALPHA:
            return more
    return None


def repeats(within: Sequence[Sequence[float]]) -> float:
    """Permutation p of two equal samples of replies, from their matrix of distances: the first half before, then after.

    The statistic is the mean distance across the two halves less the mean within them; every split is tried.
    """
    size = len(within)
    half = size // 2

    def statistic(first: frozenset[int]) -> float:
        across = inside = 0.0
        for i, j in combinations(range(size), 2):
            if (i in first) == (j in first):
                inside += within[i][j]
            else:
                across += within[i][j]
        return across / (half * half) - inside / (half * (half - 1))

    seen = statistic(frozenset(range(half)))
    # The two halves may be named either way: the splits that hold the first reply are all of them.
    splits = [frozenset((0, *rest)) for rest in combinations(range(1, size), half - 1)]
    return sum(statistic(split) >= seen - 1e-12 for split in splits) / len(splits)


def holm(ps: Sequence[float], alpha: float = ALPHA) -> tuple[bool, ...]:
    """Which of several p-values stand, with the chance of any false one at most alpha."""
    ranked = sorted(range(len(ps)), key=lambda at: ps[at])
    stands = [False] * len(ps)
    for rank, at in enumerate(ranked):
        if ps[at] > alpha / (len(ps) - rank):
            break
        stands[at] = True
    return tuple(stands)


def matthews(hits: int, false_alarms: int, misses: int, passes: int) -> float | None:
    """Matthews' correlation in [-1, 1]; None where one side was never seen."""
    edges = (hits + false_alarms) * (hits + misses) * (passes + false_alarms) * (passes + misses)
    return (hits * passes - false_alarms * misses) / math.sqrt(edges) if edges else None


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _log_mixture(changed: int, tried: int, share: float) -> float:
    """Log e-value against a share, of a Beta mixture over all shares."""
    if (share <= 0 and changed) or (share >= 1 and changed < tried):
        return math.inf
    against = float(changed) * math.log(share) if changed else 0.0
    against += (tried - changed) * math.log1p(-share) if changed < tried else 0.0
    return _log_beta(_HALF + changed, _HALF + tried - changed) - _log_beta(_HALF, _HALF) - against


def _edge(refuted: Callable[[float], bool], outside: float, inside: float) -> float:
    """Where shares stop being refuted, between a refuted one and one that is not; by halving."""
    for _ in range(40):
        middle = (outside + inside) / 2
        if refuted(middle):
            outside = middle
        else:
            inside = middle
    return outside
