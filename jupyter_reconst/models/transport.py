"""The last step before the network: it adds the key, connects to a judged address, and bounds what comes back.

The key is put on here, below the client library, so no request, client or exception of that library ever holds it.
"""

from __future__ import annotations

import time
import urllib.request
from collections import deque
from collections.abc import AsyncIterator, Callable
from functools import cache
from typing import Any

from jupyter_reconst.core.errors import ModelGarbled
from jupyter_reconst.models.addresses import Lookup, near
from jupyter_reconst.models.keys import Key

_IDLE = 5.0
"""Seconds after which an unused connection is closed."""


class Transport:
    """Requests over connections that are kept open: a transport for whichever httpx the client library uses.

    Each connection is an httpx transport of its own, and the one used last is used next: a pool of httpx looks through
    all of its connections at the beginning and at the end of every request, so that 64 at once cost it ten times as
    much as their requests do.
    """

    def __init__(self, http: Any, base_url: str, lookup: Lookup, key: Key, *, most: int) -> None:
        url = http.URL(base_url)
        self._http = http
        self._lookup = lookup
        self._key = key
        self._most = most
        self._proxy = _proxy(url.scheme, url.host)
        # Reading the certificates takes about 0.1 s, for nothing where there is no encryption.
        self._secure = http.create_ssl_context(verify=url.scheme == "https")
        self._idle: deque[tuple[float, Any]] = deque()

    async def handle_async_request(self, request: Any) -> Any:
        """Send a copy of the request; raises what httpx raises, and BadInput for an address that may not be used."""
        host, port = request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80)
        addresses = await self._lookup.addresses(host, port) if self._proxy is None else (host,)
        headers = request.headers.copy()
        headers.pop("authorization", None)
        if self._key:
            headers["authorization"] = f"Bearer {self._key.reveal()}"
        if not host.endswith(".openai.com"):  # Whose account this is, is no business of any other endpoint.
            headers.pop("openai-organization", None)
            headers.pop("openai-project", None)
        for address in addresses:
            copy = self._http.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return await self._sent(copy)
            except (self._http.ConnectError, self._http.ConnectTimeout):
                if address == addresses[-1]:
                    raise
        raise self._http.ConnectError("no address")

    async def aclose(self) -> None:
        """Close the connections."""
        while self._idle:
            await self._idle.pop()[1].aclose()

    async def _sent(self, request: Any) -> Any:
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
        response.stream = _body(self._http)(response.stream, self._most, unused)
        return response

    def _connection(self) -> Any:
        one = self._http.Limits(max_connections=1)
        return self._http.AsyncHTTPTransport(verify=self._secure, proxy=self._proxy, limits=one)

    async def __aenter__(self) -> Transport:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()


@cache
def _body(http: Any) -> Any:
    """The body of a response, which stops at a number of bytes and says when it is closed; as a class of that httpx."""

    class Body(http.AsyncByteStream):  # type: ignore[misc]
        def __init__(self, stream: Any, most: int, closed: Callable[[], None]) -> None:
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

    return Body


def _proxy(scheme: str, host: str) -> str | None:
    """The environment's proxy for a host: it does its own lookups, so ours would judge nothing.

    What is on this machine is never reached through another one.
    """
    if near(host):
        return None
    proxies = urllib.request.getproxies()
    found = proxies.get(scheme) or proxies.get("all")
    return None if not found or urllib.request.proxy_bypass(host) else found
