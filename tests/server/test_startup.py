"""The extension costs a server's start next to nothing, and says plainly what is wrong with its settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jupyter_reconst.config import Config
from jupyter_reconst.wiring import OWNER, build, headless
from tests.server.conftest import Starting

HEAVY = ("pydantic", "openai", "sqlalchemy", "alembic", "jupyter_reconst.core", "jupyter_reconst.wiring", "rapidfuzz")


def test_loading_the_extension_imports_nothing_heavy() -> None:
    code = f"import sys, jupyter_reconst.doors.server.extension; print([m for m in {HEAVY!r} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


async def test_settings_that_cannot_be_used_are_said_and_the_server_lives(start: Starting) -> None:
    lab = await start(ready=False, profiles=[{"name": "x", "base_url": "ftp://nowhere"}])
    status, said = await lab.call("status")
    assert (status, said["code"]) == (400, "bad_input") and "address" in said["message"]
    assert (await lab.send("GET", "/user/ana%40b/api", headers={}))[0] in (200, 403)


async def test_the_first_request_of_a_fresh_server_is_answered(start: Starting) -> None:
    lab = await start(ready=False)
    assert not lab.room.ready
    assert (await lab.good("status"))["store"] is None


async def test_other_settings_reach_the_adapters(start: Starting) -> None:
    given = [
        {"name": "Institute", "base_url": "https://llm.example.org/v1", "model": "large", "api_key": "sk-1234567890"}
    ]
    lab = await start(profiles=given, default_profile="Institute", allowed_endpoints=["*.example.org"])
    profiles = await lab.good("profiles", {})
    assert profiles["chosen"] == "Institute" and profiles["profiles"][0]["has_key"]
    refused = {"name": "mine", "base_url": "https://elsewhere.org/v1", "model": "m"}
    assert (await lab.call("connect", {"profile": refused}))[0] == 400


def test_headless_reads_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jupyter_server_config.py").write_text("c.Reconst.retention_days = 7\nc.Other.x = 1\n")
    (tmp_path / "jupyter_reconst_config.py").write_text(f"c.Reconst.data_dir = {str(tmp_path / 'd')!r}\n")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    config = headless()
    assert (config.retention_days, config.directory) == (7, tmp_path / "d")


def test_under_a_hub_everything_is_the_hub_user_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    assert build(Config(data_dir=str(tmp_path), embedded=False)).person.owner == OWNER
    monkeypatch.setenv("JUPYTERHUB_USER", "ana")
    assert build(Config(data_dir=str(tmp_path), embedded=False)).person.owner == "user:ana"
