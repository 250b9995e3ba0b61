"""From a profile's name to a model that can be asked."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from jupyter_reconst.core.errors import NoModel, NotFound
from jupyter_reconst.core.ports import Models
from jupyter_reconst.core.requests import Connect, Probing, Profile
from jupyter_reconst.core.turns import Parameters, Usage
from jupyter_reconst.models import reading
from jupyter_reconst.models.local import Embedded
from jupyter_reconst.models.profiles import Profiles
from jupyter_reconst.models.registry import Registry
from tests.adapter.models import QUESTION, REPLY, outcome
from tests.faulty import Faulty


async def connected(
    tmp_path: Path, url: str, *, model: str = "", key: str = "sk-1", context: int | None = 8_000
) -> Profiles:
    profiles = Profiles(tmp_path)
    profile = Profile(name="mine", base_url=url, model=model, context=context)
    request = Connect(profile=profile, key=SecretStr(key))
    await profiles.connect(request)
    return profiles


async def test_nothing_connected(tmp_path: Path) -> None:
    registry: Models = Registry(Profiles(tmp_path), {}, tmp_path, None)
    with pytest.raises(NoModel):
        await registry.model()
    with pytest.raises(NotFound):
        await registry.model("mine")


async def test_a_model_knows_its_price_and_its_context(tmp_path: Path) -> None:
    configured = [{"name": "house", "base_url": "https://llm.example.org/v1", "model": "big-2", "context": 8_000}]
    registry = Registry(Profiles(tmp_path, configured), {"big-*": (2.0, 8.0), "small": [1, 1]}, tmp_path, None)
    info = (await registry.model()).info
    assert (info.profile, info.model, info.endpoint, info.context) == (
        "house",
        "big-2",
        "https://llm.example.org",
        8_000,
    )
    assert info.cost(Usage(prompt=1_000_000, completion=500_000)) == pytest.approx(6.0)
    other = (await registry.model("house", "unknown")).info
    assert other.model == "unknown" and other.cost(Usage(prompt=1)) is None
    await registry.close()


LISTED = ({"id": "m", "max_model_len": 4_096}, {"id": "other", "context_length": 128_000}, "untold")


async def test_an_endpoint_is_asked_once_after_the_first_reply_what_its_models_take(tmp_path: Path) -> None:
    async with Faulty(REPLY, models=LISTED) as server:
        registry = Registry(await connected(tmp_path, server.url, model="m", context=None), {}, tmp_path, None)
        first = await registry.model()
        assert first.info.context is None and server.listed == 0
        for _ in range(3):
            assert (await outcome(first)).text == REPLY
        while (await registry.model()).info.context is None:
            await asyncio.sleep(0.01)
        known = [(await registry.model(name=name)).info.context for name in ("m", "other", "untold")]
        assert known == [4_096, 128_000, None] and server.listed == 1
        await registry.close()


async def test_an_endpoint_that_tells_nothing_is_asked_once_all_the_same(tmp_path: Path) -> None:
    async with Faulty(REPLY) as server:
        registry = Registry(await connected(tmp_path, server.url, model="m", context=None), {}, tmp_path, None)
        for _ in range(3):
            assert (await outcome(await registry.model())).text == REPLY
            await asyncio.sleep(0.05)
        assert server.listed == 1
        await registry.close()


async def test_trying_an_endpoint_tells_what_its_models_take_and_the_profile_has_the_last_word(tmp_path: Path) -> None:
    async with Faulty(REPLY, models=LISTED) as server:
        profiles = await connected(tmp_path, server.url, model="m", context=None)
        registry = Registry(profiles, {}, tmp_path, None)
        assert (await profiles.probe(Probing(base_url=server.url))).ok
        assert (await registry.model()).info.context == 4_096
        mine = Profile(name="mine", base_url=server.url, model="m", context=2_048)
        await profiles.connect(Connect(profile=mine))
        assert (await registry.model()).info.context == 2_048
        await registry.close()


@pytest.mark.parametrize(
    ("listed", "length"),
    [
        ({"max_model_len": 32_768}, 32_768),
        ({"context_length": 8_192}, 8_192),
        ({"context_window": 131_072}, 131_072),
        ({"max_context_length": 32_768}, 32_768),
        ({"meta": {"n_ctx": 512, "n_ctx_train": 8_192}}, 512),
        ({"meta": {"n_ctx_train": 8_192}}, 8_192),
        ({}, None),
        ({"meta": None, "max_model_len": None}, None),
        ({"context_length": "many"}, None),
        ({"context_length": True, "max_model_len": -1}, None),
    ],
)
def test_what_a_model_takes_is_read_where_it_is_told(listed: dict[str, Any], length: int | None) -> None:
    assert reading.context({"id": "m", **listed}) == length


async def test_one_client_serves_a_profile_until_it_changes(tmp_path: Path) -> None:
    async with Faulty(REPLY) as server:
        profiles = await connected(tmp_path, server.url, model="m")
        registry = Registry(profiles, {}, tmp_path, None)
        first, second = await registry.model(), await registry.model(name="other")
        assert (await outcome(first)).text == (await outcome(second)).text == REPLY
        assert len(server._tasks) == 1, "one connection"
        running = first.stream(QUESTION, Parameters())
        await running.__anext__()
        await connected(tmp_path, server.url, model="m", key="sk-2")
        assert (await outcome(await registry.model())).text == REPLY
        rest = "".join([piece.text async for piece in running])
        assert rest and REPLY.endswith(rest), "a change does not cut off a running call"
        keys = {request.headers["authorization"] for request in server.requests}
        assert keys == {"Bearer sk-1", "Bearer sk-2"}
        await registry.close()


async def test_the_only_model_of_an_endpoint_needs_no_choice(tmp_path: Path) -> None:
    async with Faulty(REPLY, models=["only"]) as server:
        registry = Registry(await connected(tmp_path, server.url), {}, tmp_path, None)
        assert (await registry.model()).info.model == "only"
        await registry.close()
    async with Faulty(REPLY, models=["a", "b"]) as server:
        registry = Registry(await connected(tmp_path, server.url), {}, tmp_path, None)
        with pytest.raises(NoModel, match="it has 2"):
            await registry.model()
        await registry.close()


async def test_warming_makes_the_client_and_starts_nothing(tmp_path: Path) -> None:
    async with Faulty(REPLY) as server:
        registry = Registry(await connected(tmp_path, server.url, model="m"), {}, tmp_path, None)
        registry.warm()
        assert server.requests == [] and (await outcome(await registry.model())).text == REPLY
        await registry.close()
    embedded = Embedded()
    registry = Registry(Profiles(tmp_path / "empty", embedded=embedded), {}, tmp_path, embedded)
    registry.warm()
    assert embedded.pid is None


async def test_a_sample_is_played(tmp_path: Path) -> None:
    sample = {"id": "s", "title": "S", "model": "recorded", "turns": [{"prompt": "Why?", "without": "A", "with": "B"}]}
    (tmp_path / "s.json").write_text(json.dumps(sample))
    (tmp_path / "bad.json").write_text("{}")
    registry = Registry(Profiles(tmp_path / "data"), {}, tmp_path, None)
    model = await registry.recording("s")
    assert model.info.recording and model.sample.turns[0].with_ == "B"
    for unknown in ("other", "../s", "bad", "", "data/../s"):
        with pytest.raises(NotFound):
            await registry.recording(unknown)
