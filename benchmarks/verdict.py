"""Probes to a verdict on side effects: the sequential test against the smallest fixed design with the same errors.

Simulated turns, over true shares of 0, 5, 10, 20 and 40 % in equal numbers; both designs see the same turns.
"""

from __future__ import annotations

import math
import os
import random
from statistics import mean

from _measure import close

from jupyter_reconst.core.statistics import ALPHA, HARMFUL, HARMLESS, standing

SHARES = (0.0, 0.05, 0.10, 0.20, 0.40)
RUNS = int(os.environ.get("RUNS", "4000"))
"""Simulated previews for each share."""


def fixed() -> tuple[int, int]:
    """The smallest n, and the changed turns from which it says harmful, with errors of at most 5 % both ways."""

    def at_most(k: int, n: int, share: float) -> float:
        return sum(math.comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1))

    for n in range(10, 200):
        for limit in range(1, n):
            if 1 - at_most(limit - 1, n, HARMLESS) <= ALPHA and at_most(limit - 1, n, HARMFUL) <= ALPHA:
                return n, limit
    raise SystemExit("no fixed design found")


def main() -> None:
    chance, (size, limit) = random.Random(2026), fixed()
    table: dict[str, dict[str, float]] = {}
    calls: list[int] = []
    for share in SHARES:
        used, said, agreed = [], 0, 0
        for _ in range(RUNS):
            changed = tried = 0
            turns = [chance.random() < share for _ in range(size)]
            while (verdict := standing(changed, tried)) == "open":
                changed += turns[tried] if tried < size else chance.random() < share
                tried += 1
            used.append(tried)
            said += verdict == "harmful"
            agreed += (verdict == "harmful") == (sum(turns) >= limit)
        calls += used
        table[f"{share:.0%}"] = {
            "probes": round(mean(used), 1),
            "called_harmful": round(said / RUNS, 3),
            "agrees_with_fixed": round(agreed / RUNS, 3),
        }
    figures = {"by_true_share": table, "fixed_probes": size, "fixed_limit": limit, "mean_probes": round(mean(calls), 2)}
    goals = {
        "share_of_fixed_probes": (mean(calls) / size, 0.60),
        "false_alarms_at_5_percent": (table["5%"]["called_harmful"], ALPHA),
        "misses_at_20_percent": (1 - table["20%"]["called_harmful"], ALPHA),
    }
    close("verdict", figures, goals)


if __name__ == "__main__":
    main()
