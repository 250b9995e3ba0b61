"""What the tests of `jupyter reconst` do: a scripted endpoint in the caller's environment, notebook files, one run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.doors.cli import main
from tests.faulty import Faulty, Replies


@asynccontextmanager
async def caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replies: Replies) -> AsyncIterator[Faulty]:
    """A scripted endpoint in the caller's environment; nothing of whoever runs the tests."""
    async with Faulty(replies) as server:
        for name in ("DATA", "CONFIG", "RUNTIME"):
            monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name.lower()))
        (tmp_path / "runtime").mkdir()
        monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-caller")
        for name in ("RECONST_NOTEBOOK", "JPY_SESSION_NAME", "JPY_PARENT_PID", "JUPYTERHUB_SERVICE_URL"):
            monkeypatch.delenv(name, raising=False)
        yield server


def calls(endpoint: Faulty) -> list[Any]:
    return [asked for asked in endpoint.requests if asked.path.endswith("/chat/completions")]


def written(path: Path, *sources: str, metadata: dict[str, Any] | None = None) -> Path:
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": s, "outputs": [], "execution_count": None}
        for n, s in enumerate(sources)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {**kernel, **(metadata or {})}, "cells": cells}
    path.write_text(json.dumps(content), "utf-8")
    return path


async def run(*arguments: object) -> int:
    return await asyncio.to_thread(main, [str(argument) for argument in arguments])
