"""T7: the key is with the endpoint and in its file, and nowhere else."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import pytest
from pydantic import SecretStr

from jupyter_reconst.core.requests import Connect, Probing, Profile
from jupyter_reconst.models.addresses import Lookup, Rules
from jupyter_reconst.models.faults import without
from jupyter_reconst.models.keys import Key
from jupyter_reconst.models.openai import Limits
from jupyter_reconst.models.profiles import Profiles
from jupyter_reconst.models.registry import Registry
from tests.adapter.models import CANARY, REPLY, asking, closing, everything, outcome
from tests.faulty import MODES, Faulty

FAST = ("429", "drip", "hang", "huge", "huge-json")


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode not in FAST])
async def test_canary_key_nowhere(mode: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Every fault, with the loudest logs: the endpoint gets the key, the error and the logs do not."""
    caplog.set_level(logging.DEBUG)
    async with Faulty(REPLY, mode=mode) as server:
        profiles = Profiles(tmp_path)
        request = Connect(profile=Profile(name="mine", base_url=server.url, model="m"), key=SecretStr(CANARY))
        said = [repr(await profiles.connect(request))]
        registry = Registry(profiles, {}, tmp_path, None, limits=Limits(between=0.5))
        model = await registry.model()
        found = await outcome(model)
        said += [repr(model), repr(vars(model)), model.info.model_dump_json(), everything(found.error), repr(found)]
        if found.error is not None:
            said += traceback.format_exception(found.error)
        said.append(repr(await profiles.probe(Probing(base_url=server.url, profile="mine"))))
        await registry.close()
        if mode != "reset":
            assert {r.headers.get("authorization") for r in server.requests} == {f"Bearer {CANARY}"}
    said += [record.getMessage() + repr(record.args) for record in caplog.records]
    assert CANARY not in "\n".join(said) and CANARY[:12] not in "\n".join(said)
    assert [path.name for path in tmp_path.rglob("*") if CANARY.encode() in path.read_bytes()] == ["keys.json"]


async def test_the_library_never_holds_the_key() -> None:
    async with Faulty(REPLY) as server:
        model = asking(server.url)
        client = model._endpoint.client()
        await outcome(model)
        assert client.api_key != CANARY and CANARY not in repr(vars(client)) + repr(client.default_headers)
        assert server.requests[0].headers["authorization"] == f"Bearer {CANARY}"
        await closing(model)


async def test_without_a_key_no_key_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-canary")
    async with Faulty(REPLY) as server:
        model = asking(server.url, key="")
        await outcome(model)
        headers = server.requests[0].headers
        assert "authorization" not in headers and CANARY not in str(headers) and "org-canary" not in str(headers)
        await closing(model)


async def test_the_account_is_named_to_openai_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setenv("OPENAI_ORG_ID", "org-canary")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    named = {}
    async with Faulty(REPLY) as server:
        for host in ("api.openai.com", "api.notopenai.com"):
            model = asking(f"http://{host}:{server.port}/v1")
            model._endpoint.lookup = Lookup(Rules(), here)
            await outcome(model)
            named[host] = server.requests[-1].headers.get("openai-organization")
            await closing(model)
    assert named == {"api.openai.com": "org-canary", "api.notopenai.com": None}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"key {CANARY} is bad", "key ••• is bad"),
        (f"it begins {CANARY[:8]}…", "it begins •••…"),
        (f"it ends …{CANARY[-7:]}", "it ends …•••"),
        (f"{CANARY}{CANARY}", "•••"),
        ("nothing of it", "nothing of it"),
    ],
)
def test_what_an_endpoint_echoes_of_a_key_is_hidden(text: str, left: str) -> None:
    assert without(text, Key(CANARY)) == left
    assert without(text, Key("")) == text


def test_a_key_does_not_show_itself() -> None:
    key = Key(CANARY)
    assert CANARY not in f"{key!r} {key} {[key]} {getattr(key, '__dict__', '')}" and key and not Key("")
