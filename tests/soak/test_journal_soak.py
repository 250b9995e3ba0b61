"""R1 and R8 at length: `python3 run.py soak`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.adapter.test_journal_sqlite import at_once, killed

pytestmark = pytest.mark.soak


def test_500_kills(tmp_path: Path) -> None:
    acknowledged, lost = killed(tmp_path, 500, seed=2)
    print(json.dumps({"fault": "R1", "kills": 500, "acknowledged": acknowledged, "lost": lost}))
    assert lost == 0


def test_three_processes_of_500(tmp_path: Path) -> None:
    counted = at_once(tmp_path, 3, 500)
    print(json.dumps({"fault": "R8", "kept": sum(count for _, count in counted), "of": 1_500}))
    assert [count for _, count in counted] == [500, 500, 500]
