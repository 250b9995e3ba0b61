"""R4, whole: a stream cut at every byte, in every framing."""

from __future__ import annotations

import pytest

from tests.adapter.test_models_faults import cut_everywhere


@pytest.mark.parametrize("framing", ["close", "chunked", "length"])
@pytest.mark.parametrize("mode", ["ok", "json"])
async def test_a_reply_cut_at_every_byte_is_never_taken_for_whole(mode: str, framing: str) -> None:
    assert await cut_everywhere(mode, framing, every=1) > 200
