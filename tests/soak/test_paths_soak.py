"""5,000 hostile requests and 5,000 hostile command lines. `RECONST_SOAK_PATHS` says how many."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.adapter.test_paths_cli import nothing_is_touched
from tests.server.conftest import Starting, start  # noqa: F401 - a fixture
from tests.server.test_paths import nothing_leads_out

pytestmark = pytest.mark.soak

RUNS = int(os.environ.get("RECONST_SOAK_PATHS", "5000"))


async def test_path_fuzz_of_every_route(start: Starting, tmp_path: Path) -> None:  # noqa: F811
    await nothing_leads_out(start, tmp_path, RUNS)


def test_path_fuzz_of_every_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_is_touched(tmp_path, monkeypatch, RUNS)
