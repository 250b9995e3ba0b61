"""T9 at the server: whatever path or id is said to any route, nothing outside the root is read or written."""

from __future__ import annotations

import json
import random
from pathlib import Path

from jupyter_reconst.core.notebook import Head, Reading, keys
from jupyter_reconst.doors.server.routes import ROUTES
from tests.command_line import written
from tests.fakes import an_id
from tests.hostile import SECRET, Saying
from tests.scenes import article
from tests.server.conftest import BASE, TOKEN, Lab, Starting

RUNS = 300
"""5,000 in `tests/soak`."""


def outside(folder: Path) -> Path:
    """A notebook and a published file beside the root, and a link to them from within it."""
    law = Reading(head=Head(id=an_id(77)), revisions=(article(1, "always", SECRET, title=SECRET),))
    (folder / "outside.md").write_text(f"# {SECRET}\n\n- {SECRET}\n", "utf-8")
    (folder / "root" / "link").symlink_to(folder)
    return written(folder / "outside.ipynb", SECRET, metadata=keys(law))


def files(folder: Path) -> dict[str, bytes]:
    """Everything beside the root and the server's own folders."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


async def test_path_fuzz(start: Starting, tmp_path: Path) -> None:
    await nothing_leads_out(start, tmp_path, RUNS)


async def nothing_leads_out(start: Starting, folder: Path, runs: int) -> None:
    """Fuzz a server; nothing beside its root is told or touched, and every refusal has its code."""
    lab = await start()
    secret = outside(folder)
    before = files(folder)
    await lab.good("sync", {"path": "open.ipynb", "metadata": {}, "cells": [{"cell": "one"}]})
    statuses = await fuzzed(lab, Saying(random.Random(9), str(secret)), runs)
    assert files(folder) == before
    assert {path.name for path in (folder / "root").iterdir()} == {"link"}
    assert statuses.keys() <= {200, 400, 404, 409, 413, 502} and statuses[200] > runs / 30, statuses
    print(f"\n{runs} requests over {len(ROUTES)} routes: {dict(sorted(statuses.items()))}")


async def fuzzed(lab: Lab, saying: Saying, runs: int) -> dict[int, int]:
    """Say each way out to every route, then so many things at random; how often each status came."""
    statuses: dict[int, int] = {}
    taking = [route for route in ROUTES if route.request]
    taking.sort(key=lambda route: route.verb == "sync")  # What a page tells of a path counts, whatever file is there.
    asked = [(route, way) for way in (saying.outside, "../outside.ipynb", "link/outside.ipynb") for route in taking]
    for route, way in [*asked, *((taking[number % len(taking)], "") for number in range(runs))]:
        saying.only = way
        body = json.dumps(saying.request(route)).encode()
        path = f"{BASE}reconst/{route.verb}"
        status, _, said = await lab.send("POST", path, body, {"Authorization": f"token {TOKEN}"})
        statuses[status] = statuses.get(status, 0) + 1
        assert status != 500, (route.verb, body[:2_000], said)
        assert SECRET.encode() not in said, (route.verb, body[:2_000])
        if status >= 400:
            assert set(json.loads(said)) >= {"code", "message", "remedy"}, (route.verb, said)
    return statuses
