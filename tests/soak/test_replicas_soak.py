"""2,000 runs of two or three people in one shared document. `RECONST_SOAK_REPLICAS` says how many."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

pytest.importorskip("jupyter_ydoc", reason="jupyter-ydoc is not installed")

from tests.replicas import Shared

pytestmark = pytest.mark.soak

RUNS = int(os.environ.get("RECONST_SOAK_REPLICAS", "2000"))


class TestShared(Shared.TestCase):  # type: ignore[name-defined,misc]
    settings = settings(
        max_examples=RUNS, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
