"""The last step before the network: it adds the key, connects to a judged address, and bounds what comes back.

The key is put on here, below the client, so no request, client or exception of that library ever holds it. httpx is
imported with this module: at the first call, or ahead of it by `Registry.warm`.
"""

from __future__ import annotations

import os
import time
import urllib.request
from collections import deque
from collections.abc import AsyncIterator, Callable

import httpx

from jupyter_reconst.core.errors import ModelGarbled
from jupyter_reconst.models.addresses import Lookup, near
from jupyter_reconst.models.keys import Key

_ACCOUNT = {"openai-organization": "OPENAI_ORG_ID", "openai-project": "OPENAI_PROJECT_ID"}
"""Headers that say whose account is billed, and where the environment has them."""

_IDLE = 5.0
"""Seconds after which an unused connection is closed."""

_ONE = httpx.Limits(max_connections=1)


class Transport(httpx.AsyncBaseTransport):
    """Requests over connections that are kept open.

    Each connection is an httpx transport of its own, and the one used last is used next: a pool of httpx looks through
    all of its connections at the beginning and at the end of every request, so that 64 at once cost it ten times as
    much as their requests do.
    """

    def __init__(self, base_url: str, lookup: Lookup, key: Key, *, most: int) -> None:
        url = httpx.URL(base_url)
        self._lookup = lookup
        self._key = key
        self._most = most
        self._proxy = _proxy(url.scheme, url.host)
        # Reading the certificates takes about 0.1 s, for nothing where there is no encryption.
        self._secure = httpx.create_ssl_context(verify=url.scheme == "https")
        self._idle: deque[tuple[float, httpx.AsyncHTTPTransport]] = deque()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a copy of the request; raises what httpx raises, and BadInput for an address that may not be used."""
        host, port = request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80)
        addresses = await self._lookup.addresses(host, port) if self._proxy is None else (host,)
        headers = request.headers.copy()
        if self._key:
            headers["authorization"] = f"Bearer {self._key.reveal()}"
        if host.endswith(".openai.com"):  # Whose account this is, is no business of any other endpoint.
            headers.update({name: os.environ[place] for name, place in _ACCOUNT.items() if os.environ.get(place)})
        for address in addresses:
            copy = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return await self._sent(copy)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if address == addresses[-1]:
                    raise
        raise httpx.ConnectError("no address")

    async def aclose(self) -> None:
        """Close the connections."""
        while self._idle:
            await self._idle.pop()[1].aclose()

    async def _sent(self, request: httpx.Request) -> httpx.Response:
        while self._idle and self._idle[0][0] < time.monotonic() - _IDLE:
            await self._idle.popleft()[1].aclose()
        connection = self._idle.pop()[1] if self._idle else self._connection()

        def unused() -> None:
            self._idle.append((time.monotonic(), connection))

        try:
            response = await connection.handle_async_request(request)
        except BaseException:
            unused()  # What was broken has been closed; it connects anew.
            raise
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Body(response.stream, self._most, unused)
        return response

    def _connection(self) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(verify=self._secure, proxy=self._proxy, limits=_ONE)


class _Body(httpx.AsyncByteStream):
    """The body of a response, which stops at a number of bytes and says when it is closed."""

    def __init__(self, stream: httpx.AsyncByteStream, most: int, closed: Callable[[], None]) -> None:
        self._stream = stream
        self._most = most
        self._closed = closed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        count = 0
        async for chunk in self._stream:
            count += len(chunk)
            if count > self._most:
                raise ModelGarbled("The endpoint sent far more than a reply, so it was stopped.")
            yield chunk

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            self._closed()


def _proxy(scheme: str, host: str) -> str | None:
    """The environment's proxy for a host: it does its own lookups, so ours would judge nothing.

    What is on this machine is never reached through another one.
    """
    if near(host):
        return None
    proxies = urllib.request.getproxies()
    found = proxies.get(scheme) or proxies.get("all")
    return None if not found or urllib.request.proxy_bypass(host) else found
