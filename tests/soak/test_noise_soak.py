"""2,000 whole previews of a noisy model over SQLite: a wording that does nothing, one that moves two replies of five.

And the confusion table of side effects. `RECONST_SOAK_PREVIEWS` says how many. Each processor has a process with a
store of its own, in memory (`/dev/shm`) where that is: whether a disk keeps its word is not asked here.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.store.journal import SqlJournal
from tests.noisy import MOST, NOISES, Noise, Seen, chance_of, previewed

pytestmark = pytest.mark.soak

PREVIEWS = int(os.environ.get("RECONST_SOAK_PREVIEWS", "2000"))
PORTION, AT_ONCE = 50, 10


def all_of(previews: list[dict[str, Any]]) -> list[Seen]:
    """Run them all, on every processor."""
    portions = [previews[at : at + PORTION] for at in range(0, len(previews), PORTION)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return [seen for some in pool.map(_portion, portions) for seen in some]


def _portion(previews: list[dict[str, Any]]) -> list[Seen]:
    """Some of them, in one event loop and one store."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as directory:
        return asyncio.run(_together(Path(directory), previews))


async def _together(directory: Path, previews: list[dict[str, Any]]) -> list[Seen]:
    journal, seats = SqlJournal(directory), asyncio.Semaphore(AT_ONCE)

    async def one(preview: dict[str, Any]) -> Seen:
        async with seats:
            return await previewed(**preview, journal=journal)

    seen = await asyncio.gather(*map(one, previews))
    await journal.close()
    return seen


def noise(seed: int, kinds: int = 2) -> Noise:
    return NOISES[seed % kinds]


def test_a_wording_that_does_nothing_is_called_a_change_in_one_of_twenty_at_most() -> None:
    kinds = [noise(seed, 3) for seed in range(PREVIEWS)]
    seen = all_of(
        [{"seed": seed, "share": 0, "noise": kind, "decide": seed % 10 == 0} for seed, kind in enumerate(kinds)]
    )
    assert all(one.final.planned <= MOST and one.final.evidence.differing for one in seen)
    false = Counter(kind for kind, one in zip(kinds, seen, strict=True) if one.ever_changed)
    decided = [any(row.certainty == "changed" for row in one.final.rows) for one in seen[::10]]
    harmful = sum(one.ever_harmful for one in seen)
    figures = {"previews": PREVIEWS, "called a change at any time": sum(false.values()), "by noise": false}
    figures |= {"called harmful at any time": harmful, "repeated": len(decided), "a row called changed": sum(decided)}
    print("\n" + json.dumps(figures))
    assert sum(false.values()) <= 0.05 * PREVIEWS and harmful <= 0.05 * PREVIEWS
    assert chance_of(sum(decided), len(decided), 0.05) >= 0.01


def test_an_effect_on_two_replies_of_five_is_found_in_nine_of_ten() -> None:
    seen = all_of([{"seed": seed, "share": 0.4, "noise": noise(seed)} for seed in range(PREVIEWS)])
    wild = all_of([{"seed": seed, "share": 0.4, "noise": "wild"} for seed in range(PREVIEWS // 10)])
    assert all(one.final.planned <= MOST for one in seen)
    found = [one.final.evidence.measured for one in seen if one.final.evidence.changed]
    figures = {"previews": PREVIEWS, "found": len(found), "probes until then, median": sorted(found)[len(found) // 2]}
    figures |= {"one of ten replies anew": len(wild), "found there": sum(o.final.evidence.changed for o in wild)}
    print("\n" + json.dumps(figures))
    assert len(found) >= 0.90 * PREVIEWS


def test_a_known_share_of_changes_gives_a_known_verdict_through_noise() -> None:
    """Changes of most of a reply, which this noise does not hide. Both errors are one of twenty."""
    previews, table = PREVIEWS // 10, {}
    shares = (0.0, 0.05, 0.10, 0.20, 0.40)
    seen = all_of(
        [
            {"seed": seed, "share": share, "noise": noise(seed), "part": (0.8, 1.0), "harder": True}
            for share in shares
            for seed in range(previews)
        ]
    )
    assert {one.final.ended for one in seen} <= {"decided", "budget"}
    for at, share in enumerate(shares):
        some = [one.final for one in seen[at * previews : (at + 1) * previews]]
        table[share] = Counter(one.evidence.side.standing for one in some)
        table[share]["something changed"] = sum(one.evidence.changed for one in some)
        table[share]["probes"] = round(sum(one.evidence.side.tried for one in some) / previews)
        table[share]["calls"] = round(sum(one.calls for one in some) / previews)
    print("\n" + json.dumps({"previews": previews, **{f"{share:.0%}": found for share, found in table.items()}}))
    for false in (table[0.0]["harmful"], table[0.05]["harmful"], table[0.20]["harmless"], table[0.40]["harmless"]):
        assert chance_of(false, previews, 0.05) >= 0.01
