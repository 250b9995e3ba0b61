"""2,000 replayed calls of 200 ms, 64 at once: `jupyter reconst check` against the bare openai client in its defaults.

Cache, store, diffs and progress are on; each way runs in a process of its own, and its CPU-seconds are those that the
system counted. Medians of five interleaved runs (`RUNS`). Then the same check once more: nothing is asked again.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from _measure import ROOT, close, interleaved, interval
from _slow import REPLY

from jupyter_reconst.core.checks import accepted_by
from jupyter_reconst.core.constitution import Article, Case, Constitution, Expectation, Provenance
from jupyter_reconst.core.notebook import HEAD, Head, article_key

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


@contextmanager
def endpoint() -> Iterator[str]:
    """The slow endpoint, in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("_slow.py")), str(SECONDS)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def notebook(path: Path) -> str:
    """A notebook with as many kept cases as calls; what accepts it for a check."""

    def number(n: int) -> str:
        return f"01J{n:023d}"

    signed = Provenance(at=datetime(2026, 1, 1, tzinfo=timezone.utc))
    article = Article(
        id=number(1), revision=number(2), order="V", title="Brief", when="always", then="be brief", provenance=signed
    )
    law = Constitution(articles=(article,))
    shown = Expectation(verdict="intended", reply=REPLY, without="A long reply that was corrected once.")
    cases = tuple(
        Case(id=number(10 + n), article=article.id, prompt=f"Question {n}?", bin="in", expects=shown, provenance=signed)
        for n in range(CALLS)
    )
    metadata = {
        HEAD: Head(id=number(3)).model_dump(mode="json"),
        article_key(article): article.model_dump(mode="json"),
        **{f"reconst:case:{case.id}": case.model_dump(mode="json") for case in cases},
    }
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": []}), "utf-8")
    return accepted_by(law, cases)


def measured(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Wall and CPU-seconds of a process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="reconst-replay-") as folder, endpoint() as url:
        home = Path(folder)
        accept = notebook(home / "cases.ipynb")
        profile = {"name": "slow", "base_url": url, "model": "slow", "api_key": "sk-bench", "at_once": AT_ONCE}
        config = f"c = get_config()\nc.Reconst.profiles = [{profile!r}]\nc.Reconst.default_profile = 'slow'\n"
        runs = 0

        def checking(data: Path) -> tuple[float, float]:
            (data / "config").mkdir(parents=True, exist_ok=True)
            (data / "config" / "jupyter_reconst_config.py").write_text(config, "utf-8")
            env = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
            env |= {"JUPYTER_DATA_DIR": str(data), "JUPYTER_CONFIG_DIR": str(data / "config")}
            command = [sys.executable, "-m", "jupyter_reconst.doors.cli", "check", str(home / "cases.ipynb")]
            return measured([*command, "--accept", accept], env)

        def ours() -> tuple[float, float]:
            nonlocal runs
            runs += 1
            return checking(home / f"data-{runs}")

        def bare() -> tuple[float, float]:
            return measured([sys.executable, "-c", BARE.format(calls=CALLS, at_once=AT_ONCE), url], dict(os.environ))

        results = interleaved({"ours": ours, "bare": bare}, RUNS)
        again = checking(home / "data-1")
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
