"""The way to an endpoint: encrypted to the name it has, at the address that was judged, through a proxy or not."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from jupyter_reconst.models.addresses import Lookup, Rules
from tests.adapter.models import CANARY, REPLY, asking, closing, outcome
from tests.faulty import Faulty


async def here(host: str, port: int) -> Sequence[str]:
    """Every name leads to this machine."""
    return ["127.0.0.1"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
async def test_the_certificate_is_checked_against_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=llm.test -addext subjectAltName=DNS:llm.test"
    subprocess.run(
        [*command.split(), "-keyout", "key.pem", "-out", "cert.pem"], cwd=tmp_path, check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    server = Faulty(REPLY)
    await server.start(secure=context)
    for name, code in {"llm.test": None, "other.test": "model_unreachable"}.items():
        model = asking(f"https://{name}:{server.port}/v1")
        model._endpoint.lookup = Lookup(Rules(), here)
        found = await outcome(model)
        await closing(model)
        assert (found.error.problem().code if found.error else None) == code  # type: ignore[attr-defined]
    assert [request.headers["host"] for request in server.requests] == [f"llm.test:{server.port}"]
    await server.close()


async def test_rebinding_between_two_connections() -> None:
    """A name that led to the internet and now leads to this machine: nothing arrives here."""
    answers = [["8.8.8.8"], ["127.0.0.1"]]

    async def resolve(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    async with Faulty(REPLY) as server:
        model = asking(f"http://rebinding.test:{server.port}/v1")
        lookup = model._endpoint.lookup = Lookup(Rules(), resolve)
        await lookup.addresses("rebinding.test", server.port)
        lookup._found = None
        found = await outcome(model)
        await closing(model)
        assert found.error is not None and found.error.problem().code == "model_unreachable"  # type: ignore[attr-defined]
        assert server.requests == [] and not answers


async def test_a_name_that_leads_to_a_cloud_s_credentials() -> None:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["169.254.169.254"]

    model = asking("http://metadata.test/v1")
    model._endpoint.lookup = Lookup(Rules(), resolve)
    found = await outcome(model)
    await closing(model)
    assert found.error is not None and "nothing was sent" in str(found.error)


async def test_the_next_address_is_tried() -> None:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.2", "127.0.0.1"]

    async with Faulty(REPLY) as server:
        model = asking(f"http://two.test:{server.port}/v1")
        model._endpoint.lookup = Lookup(Rules(), resolve)
        assert (await outcome(model)).text == REPLY
        await closing(model)


async def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Faulty(REPLY) as proxy, Faulty("from here") as server:
        for name in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        far, near = asking("http://llm.example.invalid/v1"), asking(server.url)
        assert (await outcome(far)).text == REPLY and (await outcome(near)).text == "from here"
        assert [request.path for request in proxy.requests] == ["http://llm.example.invalid/v1/chat/completions"]
        assert proxy.requests[0].headers["authorization"] == f"Bearer {CANARY}"
        await closing(far)
        await closing(near)
