"""R5 for checking an argument: each way in which an endpoint fails ends in an error with a name, in seconds."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.requests import Formalize
from tests.adapter.models import asking, closing
from tests.adapter.test_acts_faults import FAULTS, MODES
from tests.fakes import reconst
from tests.faulty import Faulty
from tests.scenes import PATH, opened
from tests.unit.test_cli_formalize import drafts
from tests.unit.test_formalize import PASSAGE, Says, ended


@pytest.mark.parametrize("mode", MODES)
async def test_every_fault_ends_in_an_error_with_a_name(mode: str) -> None:
    total = 0.4 if FAULTS.get(mode) == "model_slow" else 10
    async with Faulty(drafts, mode=mode) as server:
        fakes, model, prover = reconst(), asking(server.url, total=total, patience=0.2), Says("follows")
        fakes.models.default = model  # type: ignore[assignment]
        await opened(fakes)
        began = time.monotonic()
        act = ended(replace(fakes.ports, prover=prover), Formalize(path=PATH, passage=PASSAGE))
        if mode in FAULTS:
            with pytest.raises(ReconstError) as refused:
                await asyncio.wait_for(act, 20)
            assert refused.value.code == FAULTS[mode]
            assert fakes.journal.replies == {} and prover.asked == [], "nothing of it is kept, or judged"
        else:
            found = await asyncio.wait_for(act, 20)
            assert found.verdict and found.verdict.says == "follows" and "INTRUDER" not in found.model_dump_json()
        assert time.monotonic() - began < 10
        await closing(model)
