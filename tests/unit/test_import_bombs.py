"""T10: files that are made to cost time or memory are refused at once, with a code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bombs import BOMBS, ODD


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, Any]]:
    """What each cost in a process of its own."""
    command = [sys.executable, "-m", "tests.bombs"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    return {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", {**BOMBS, **ODD})
def test_import_bombs(name: str, told: dict[str, dict[str, Any]]) -> None:
    """Each takes less than a second and 50 MB."""
    line = told[name]
    assert line["code"] in (("malformed", "bad_input") if name in BOMBS else ("", "malformed"))
    assert line["length"] < 400 and line["seconds"] < 1 and line["megabytes"] < 50, line
