"""R10: whatever stands where ours is expected in a notebook, it is read, listed, stripped and saved all the same."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.acts.sync import sync
from jupyter_reconst.core.notebook import keys, ours, read, read_annotations
from jupyter_reconst.core.requests import Sync
from jupyter_reconst.core.travel import manifest, stripped
from jupyter_reconst.notebook.file import load, save
from tests.fakes import ANA, reconst
from tests.mangled import mangled, whole
from tests.scenes import PATH

PARSED, SYNCED, SAVED = 10_000, 300, 300


def test_fuzzed_metadata_are_read() -> None:
    """More than 1,000 a second on one core; none of them for long, and what could not be read is named."""
    chance, slowest, began = random.Random(10), 0.0, time.process_time()
    damaged = 0
    for _ in range(PARSED):
        notebook = mangled(chance)
        before = time.process_time()
        reading = read(notebook["metadata"])
        read_annotations(notebook["cells"][0]["metadata"])
        slowest = max(slowest, time.process_time() - before)
        known = keys(reading).keys()
        unread = {problem.split(" ")[0] for problem in reading.problems}
        rooms = ("article", "preamble", "import", "case")
        expected = {key for key in notebook["metadata"] if key.startswith("reconst:") and key.split(":")[1] in rooms}
        assert expected <= {*known, *unread}
        damaged += bool(unread)
    took = time.process_time() - began
    print(
        f"\n{PARSED} notebooks, {damaged} of them damaged: {PARSED / took:.0f} a second, the slowest in {slowest:.3f} s"
    )
    assert slowest < 1 and damaged > PARSED / 10


async def test_fuzzed_metadata_are_told_and_in_force() -> None:
    chance = random.Random(11)
    for _ in range(SYNCED):
        notebook = mangled(chance)
        try:
            request = Sync.model_validate_json(json.dumps({"path": PATH, "metadata": notebook["metadata"]}))
        except ValueError:
            continue  # Half a character, or too deep: the server refuses the request.
        fakes = reconst()
        told = await sync(fakes.ports, ANA, request)
        assert json.loads(told.model_dump_json())["digest"] == told.digest


def test_fuzzed_notebooks_are_listed_and_stripped() -> None:
    chance = random.Random(12)
    for _ in range(SAVED):
        notebook = mangled(chance)
        assert all(item.says for item in manifest(notebook).items)
        bare = stripped(notebook)
        assert not manifest(bare).items and bare["metadata"].keys() == notebook["metadata"].keys() - ours(
            notebook["metadata"]
        )


def test_no_unknown_key_is_lost_on_save(tmp_path: Path) -> None:
    chance, kept = random.Random(13), 0
    for _ in range(SAVED):
        notebook = mangled(chance)
        path = tmp_path / "n.ipynb"
        try:
            save(path, notebook)
        except (ValueError, RecursionError):
            continue  # Half a character fits into no file.
        assert _same(load(path), notebook)
        kept += 1
    assert kept > SAVED / 2


def _same(one: Any, other: Any) -> bool:
    """Equal, NaN and all."""
    return repr(json.loads(json.dumps(one))) == repr(json.loads(json.dumps(other, sort_keys=True)))


def test_what_is_mangled_was_whole() -> None:
    assert not read(whole()["metadata"]).problems and len(manifest(whole()).items) == 9


@pytest.mark.parametrize("value", ["\ud800", float("nan"), 2**70])
def test_what_json_cannot_say_has_no_effect(value: Any) -> None:
    notebook = whole()
    (key,) = (key for key in notebook["metadata"] if "case" in key)
    notebook["metadata"][key]["prompt"] = value
    reading = read(notebook["metadata"])
    assert value == "\ud800" or (reading.problems == (key,) and not reading.cases)
