"""2,000 calls of 200 ms, 64 at once: `jupyter reconst check` beside promptfoo and Inspect, in one run.

All send one rule as the system message and hold every reply against the one that is expected. One round (`RUNS`).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from _measure import close, interleaved, interval
from _ours import article, check, notebook
from _peers import Peer, here
from _slow import endpoint

from jupyter_reconst.prompts.compose import preface

CALLS, AT_ONCE, SECONDS = 2_000, 64, 0.2
RUNS = int(os.environ.get("RUNS", "1"))


def main() -> None:
    peers, missing = here()
    with tempfile.TemporaryDirectory(prefix="reconst-peers-run-") as folder, endpoint(SECONDS) as url:
        home, runs = Path(folder), 0
        rule, questions = article(1, "be brief"), [f"Question {n}?" for n in range(CALLS)]
        accept = notebook(home / "cases.ipynb", [rule], questions)

        def fresh() -> Path:
            nonlocal runs
            runs += 1
            return home / f"run-{runs}"

        def ours() -> tuple[float, float]:
            return check(home / "cases.ipynb", accept, url, fresh(), AT_ONCE)

        def theirs(peer: Peer) -> tuple[float, float]:
            return peer.ask(fresh(), url, preface("", [rule]), questions, AT_ONCE)

        ways = {"ours": ours, **{peer.name: lambda peer=peer: theirs(peer) for peer in peers}}
        results = interleaved(ways, RUNS)
    figures = {
        name: {"wall_seconds": interval([w for w, _ in runs]), "cpu_seconds": interval([c for _, c in runs])}
        for name, runs in results.items()
    }
    goals = {
        f"{what}_beside_{peer.name}": (figures["ours"][what]["median"] / figures[peer.name][what]["median"], 1.0)
        for peer in peers
        for what in ("wall_seconds", "cpu_seconds")
    }
    close("peers", {**figures, "left_out": missing, "ideal_seconds": CALLS * SECONDS / AT_ONCE}, goals)


if __name__ == "__main__":
    main()
