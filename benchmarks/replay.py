"""2,000 replayed calls of 200 ms, 64 at once: `jupyter reconst check` against the bare openai client in its defaults.

Cache, store, diffs and progress are on; each way runs in a process of its own, and its CPU-seconds are those that the
system counted. Medians of five interleaved runs (`RUNS`). Then the same check once more: nothing is asked again.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from _measure import close, interleaved, interval, measured
from _ours import article, check, notebook
from _slow import endpoint

CALLS, AT_ONCE, SECONDS = 2_000, 64, 0.2
RUNS = int(os.environ.get("RUNS", "5"))

BARE = """
import asyncio, sys
from openai import AsyncOpenAI

async def main():
    client = AsyncOpenAI(base_url=sys.argv[1], api_key="sk-bench")
    seats = asyncio.Semaphore({at_once})
    async def ask(number):
        async with seats:
            messages = [{{"role": "user", "content": f"Question {{number}}?"}}]
            return await client.chat.completions.create(model="slow", messages=messages)
    assert len(await asyncio.gather(*map(ask, range({calls})))) == {calls}

asyncio.run(main())
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="reconst-replay-") as folder, endpoint(SECONDS) as url:
        home, runs = Path(folder), 0
        cases = home / "cases.ipynb"
        accept = notebook(cases, [article(1, "be brief")], [f"Question {n}?" for n in range(CALLS)])

        def ours() -> tuple[float, float]:
            nonlocal runs
            runs += 1
            return check(cases, accept, url, home / f"data-{runs}", AT_ONCE)

        def bare() -> tuple[float, float]:
            return measured([sys.executable, "-c", BARE.format(calls=CALLS, at_once=AT_ONCE), url], dict(os.environ))

        results = interleaved({"ours": ours, "bare": bare}, RUNS)
        again = check(cases, accept, url, home / "data-1", AT_ONCE)
    wall = {name: interval([run[0] for run in found]) for name, found in results.items()}
    cpu = {name: interval([run[1] for run in found]) for name, found in results.items()}
    ratios = {
        "wall": interval([one[0] / other[0] for one, other in zip(results["ours"], results["bare"], strict=True)]),
        "cpu": interval([one[1] / other[1] for one, other in zip(results["ours"], results["bare"], strict=True)]),
    }
    figures = {
        "wall_seconds": wall,
        "cpu_seconds": cpu,
        "ratio_to_bare_client": ratios,
        "ideal_seconds": CALLS * SECONDS / AT_ONCE,
        "again_wall_seconds": round(again[0], 2),
        "again_cpu_seconds": round(again[1], 2),
    }
    goals = {"cpu_ratio": (ratios["cpu"]["median"], 1.5), "wall_ratio": (ratios["wall"]["median"], 1.3)}
    close("replay", figures, goals)


if __name__ == "__main__":
    main()
