"""The Model port for any OpenAI-compatible endpoint: OpenAI, vLLM, Ollama, llama.cpp, gateways.

One client per endpoint lives as long as the process. It follows no redirect and retries nothing by itself: a stream
cut by a closing server ends without an exception, a hidden retry is paid for twice, and a redirect would carry the
prompt to another host. What comes back is read by us (decision 0007). The library is imported at the first call, or
ahead of it by `warm`: it costs about a second.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import random
import secrets
import threading
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import anyio

from jupyter_reconst.core.errors import ModelError, ModelGarbled, ReconstError
from jupyter_reconst.core.ports import ModelInfo, Piece
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.models.addresses import Lookup, Rules
from jupyter_reconst.models.asking import Dialect
from jupyter_reconst.models.faults import Fault, complaint, fault, slow, stuck
from jupyter_reconst.models.keys import Key
from jupyter_reconst.models.pace import Pace
from jupyter_reconst.models.reading import context, events, piece
from jupyter_reconst.models.transport import Transport

_DONE = "[DONE]"
_TAIL = 0.1
"""Seconds for the end of a body after its last event: then its connection can be used again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts that bound a call.

    Before the first token only `total` ends it: the person sees that it is waiting, and may cancel.
    """

    connect: float = 10
    between: float = 15
    total: float = 900
    retries: int = 2
    patience: float = 20
    bytes: int = 10_000_000
    text: int = 64_000


def warm() -> None:
    """Import the client library, ahead of the first call; for a thread in the background."""
    importlib.import_module("openai")


def about(text: str) -> int:
    """About how many tokens a text has: four bytes each, which is near the truth for English, code and Chinese."""
    return -(-len(text.encode("utf-8", "surrogatepass")) // 4)


class Endpoint:
    """One address with one key, and its client. Belongs to one event loop.

    `contexts` are the context lengths of its models, as far as it has told them.
    """

    def __init__(
        self,
        base_url: str,
        key: Key,
        *,
        lookup: Lookup | None = None,
        limits: Limits = Limits(),
        contexts: dict[str, int] | None = None,
    ) -> None:
        self.base_url = base_url
        self.limits = limits
        self.key = key
        self.lookup = lookup or Lookup(Rules())
        self.dialects: dict[str, Dialect] = {}
        self.contexts = {} if contexts is None else contexts
        self.pace = Pace()
        self._client: Any = None
        self._making = threading.Lock()
        self._learning: asyncio.Task[None] | None = None

    def client(self) -> Any:
        """The client, made at its first use (or by `Registry.warm`, on a thread): it reads the certificates, 0.1 s."""
        with self._making:
            self._client = self._client or self._made()
        return self._client

    def _made(self) -> Any:
        import openai

        # The library builds on httpx or on its successor httpx2, depending on its version.
        http: Any = importlib.import_module(openai.DefaultAsyncHttpxClient.__mro__[1].__module__.split(".")[0])
        return openai.AsyncOpenAI(
            base_url=self.base_url,
            api_key="in-the-transport",
            max_retries=0,
            http_client=http.AsyncClient(
                transport=Transport(http, self.base_url, self.lookup, self.key, most=self.limits.bytes),
                follow_redirects=False,
                trust_env=False,
                timeout=http.Timeout(self.limits.total, connect=self.limits.connect),
            ),
        )

    async def models(self, seconds: float = 10) -> tuple[dict[str, Any], ...]:
        """What `/models` lists: objects with an `id`. Raises ModelError."""
        failed: ReconstError | None = None
        data: Any = None
        try:
            with anyio.fail_after(seconds):
                data = await self.client().get("/models", cast_to=object)
        except TimeoutError:
            failed = slow(seconds)
        except Exception as error:
            failed = fault(error, self.key, began=False).error
        if failed is not None:
            raise failed  # Outside the handler: an error must not remember the one it was made from.
        listed = data.get("data") if isinstance(data, dict) else None
        if not isinstance(listed, list):
            raise ModelGarbled("The endpoint answered something that is not a list of models.")
        found = tuple(entry for entry in listed if isinstance(entry, dict) and isinstance(entry.get("id"), str))
        self.contexts |= {entry["id"]: length for entry in found if (length := context(entry))}
        return found

    def learn(self) -> None:
        """Ask once, in the background, how much its models take: whoever asks next is told what is too long."""
        if self._learning is None:
            self._learning = asyncio.ensure_future(self._learn())

    async def _learn(self) -> None:
        with suppress(ReconstError):
            await self.models()

    async def close(self) -> None:
        """Close the connections."""
        if self._learning is not None:
            self._learning.cancel()
        if self._client is not None:
            client, self._client = self._client, None
            await client.close()


class OpenAIModel:
    """One model of an endpoint."""

    def __init__(self, endpoint: Endpoint, info: ModelInfo) -> None:
        self._endpoint = endpoint
        self._info = info

    @property
    def info(self) -> ModelInfo:
        """Name, context length, prices."""
        return self._info

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        return about(text)

    async def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        """Pieces as they come; see the port. Raises ModelError and its kinds, TooLong, BadInput."""
        call = _Call(self._endpoint, self._info.model, messages, parameters)
        try:
            await call.open()
            while (found := await call.next()) is not None:
                yield found
        finally:
            await call.close()
        if self._info.context is None:
            self._endpoint.learn()


class _Call:
    """One call: opened with retries, read piece by piece under the limits, closed at once."""

    def __init__(self, endpoint: Endpoint, model: str, messages: tuple[Message, ...], parameters: Parameters) -> None:
        self._endpoint = endpoint
        self._limits = endpoint.limits
        self._ask = (model, messages, parameters)
        self._deadline = asyncio.get_running_loop().time() + self._limits.total
        self._name = secrets.token_hex(16)
        self._stream: Any = None
        self._events: AsyncGenerator[str, None] | None = None
        self._placed = False
        self._whole: list[Piece] | None = None
        self._began = False
        self._finished = False
        self._room = self._limits.text

    async def open(self) -> None:
        """Send it, again where that may help, until the endpoint begins to answer."""
        tries, waited, model = 0, 0.0, self._ask[0]
        dialect = self._endpoint.dialects.get(model, Dialect())
        while True:
            body = dialect.body(*self._ask)
            round = await self._placed_in_turn()
            failed = await self._send(body)
            if failed is None:
                self._endpoint.dialects[model] = dialect
                return
            crowded = failed.busy and self._endpoint.pace.refused(round, failed.wait or 0.0) and failed.again > 0
            self._leave()
            simpler = dialect.after(body, failed.said) if failed.status in (400, 422) else None
            if simpler is not None:
                dialect = simpler
                continue
            pause = failed.wait if failed.wait is not None else 0.5 * 2**tries
            pause += random.uniform(0, 0.25 * pause + 0.05)
            tries += not crowded  # Fewer at once may be all that it takes.
            left = min(self._limits.patience - waited, self._left())
            if tries > min(failed.again, self._limits.retries) or pause > left:
                raise failed.error
            waited += pause
            await asyncio.sleep(pause)

    async def _placed_in_turn(self) -> int:
        """Wait for a place; that is not the endpoint's time. The round that it belongs to."""
        began = asyncio.get_running_loop().time()
        round = await self._endpoint.pace.enter()
        self._placed = True
        self._deadline += asyncio.get_running_loop().time() - began
        return round

    async def _send(self, body: dict[str, Any]) -> Fault | None:
        import openai

        try:
            # `object` instead of the library's types: shapes are read by `reading`, which trusts none.
            request = self._endpoint.client().post(
                "/chat/completions",
                cast_to=object,
                body=body,
                options={"headers": {"Idempotency-Key": self._name}},
                stream=True,
                stream_cls=openai.AsyncStream[object],
            )
            with anyio.fail_after(self._left()):
                self._stream = await request
                response = self._stream.response
                kind = response.headers.get("content-type", "")
                if "json" in kind or "html" in kind:  # Some endpoints do not stream: they answer with one object.
                    await response.aread()
                    self._whole = [piece(response.json())]
            self._events = events(response.aiter_bytes())
        except TimeoutError:
            return Fault(slow(self._limits.total))
        except Exception as error:
            return fault(error, self._endpoint.key, began=False)
        return None

    async def next(self) -> Piece | None:
        """The next piece that says something, or None at the end."""
        while True:
            found = await self._read()
            if found is None:
                if not self._began:
                    raise ModelGarbled("The model answered without a single word.")
                return None
            if len(found.text) > self._room:  # Cut off by us: without a finish reason, it counts as incomplete.
                found, self._whole = Piece(found.text[: self._room]), []
            self._room -= len(found.text)
            self._began = self._began or bool(found.text)
            self._finished = self._finished or found.finish_reason is not None
            if self._began and (found.text or found.finish_reason or found.usage):
                return found

    async def _read(self) -> Piece | None:
        if self._whole is not None:
            return self._whole.pop() if self._whole else None
        left, between = self._left(), self._limits.between
        waits = self._began and between < left
        try:
            with anyio.fail_after(between if waits else left):  # wait_for can lose a cancellation before Python 3.12.
                return await self._event()
        except TimeoutError:
            failed: ReconstError = stuck(between) if waits else slow(self._limits.total)
        except Exception as error:
            failed = fault(error, self._endpoint.key, began=self._began).error
        if self._finished and isinstance(failed, ModelError):
            return None  # The reply is whole; only its usage is missing.
        raise failed

    async def _event(self) -> Piece | None:
        """The next event; None after the last one."""
        assert self._events is not None
        said = await anext(self._events, _DONE)
        if said.startswith(_DONE):
            with anyio.move_on_after(_TAIL):
                await anext(self._events, None)
            return None
        data = json.loads(said)
        if isinstance(data, dict) and data.get("error"):
            raise complaint(data["error"], self._endpoint.key, began=self._began)
        return piece(data)

    def _left(self) -> float:
        return max(0.001, self._deadline - asyncio.get_running_loop().time())

    def _leave(self) -> None:
        if self._placed:
            self._placed = False
            self._endpoint.pace.leave(answered=self._finished)

    async def close(self) -> None:
        """Close the stream and its connection, so that the endpoint stops working on it."""
        self._leave()
        if self._events is not None:
            await self._events.aclose()
        if self._stream is not None:
            await self._stream.close()
