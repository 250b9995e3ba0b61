"""200 merges by the real git with our driver. `RECONST_SOAK_MERGES` says how many."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.git import merges_lose_nothing, needs_git

pytestmark = [pytest.mark.soak, needs_git]

MERGES = int(os.environ.get("RECONST_SOAK_MERGES", "200"))
PORTION = 20


def test_merges_by_git_lose_no_article_and_no_edit(tmp_path: Path) -> None:
    total: dict[str, int] = {}
    for seed in range(MERGES // PORTION):
        seen = merges_lose_nothing(tmp_path / str(seed), seed, PORTION)
        total = {name: total.get(name, 0) + count for name, count in seen.items()}
    print("\n" + json.dumps(total))
    assert total["merges"] == MERGES // PORTION * PORTION and total["lost"] == 0
