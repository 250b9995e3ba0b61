"""One GET to one fixed host: https only, no redirect, a limit on time and bytes, and no more often than it likes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from jupyter_reconst.core.errors import RegistryFailed

SECONDS, MEGABYTES = 15.0, 2
"""Longest wait for a whole answer, and its largest size."""


class Fetcher:
    """A client of one service. `base` is `https://` and a host; tests give another one with `insecure`."""

    def __init__(self, name: str, base: str, *, mail: str, pause: float, insecure: bool = False) -> None:
        if not base.startswith("https://") and not insecure:
            raise ValueError("https only")
        self._name = name
        self._base = base
        self._agent = f"jupyter_reconst ({f'mailto:{mail}' if mail else 'no contact given'})"
        self._pause = pause
        self._turn = asyncio.Lock()
        self._next = 0.0
        self._client: Any = None

    async def get(self, path: str, query: Mapping[str, str]) -> bytes | None:
        """The body of an answer; none where the service knows no such thing. Raises RegistryFailed."""
        import httpx

        async with self._turn:
            await asyncio.sleep(max(0.0, self._next - time.monotonic()))
            self._next = time.monotonic() + self._pause
            try:
                return await asyncio.wait_for(self._got(httpx, path, query), SECONDS)
            except asyncio.TimeoutError:
                raise RegistryFailed(f"{self._name} did not answer in {SECONDS:.0f} seconds.") from None
            except httpx.HTTPError:
                raise RegistryFailed(f"{self._name} cannot be reached.") from None

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _got(self, httpx: Any, path: str, query: Mapping[str, str]) -> bytes | None:
        if self._client is None:
            self._client = httpx.AsyncClient(
                follow_redirects=False, timeout=SECONDS, headers={"User-Agent": self._agent}
            )
        async with self._client.stream("GET", self._base + path, params=dict(query)) as answer:
            if answer.status_code == 404:
                return None
            if answer.status_code != 200:
                raise RegistryFailed(f"{self._name} answered {answer.status_code}.")
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > MEGABYTES * 2**20:
                    raise RegistryFailed(f"{self._name} sent more than {MEGABYTES} MB.")
            return bytes(body)
