"""The last step before the network: it adds the key, connects to a judged address, and bounds what comes back.

The key is put on here, below the client library, so no request, client or exception of that library ever holds it.
"""

from __future__ import annotations

import urllib.request
from collections.abc import AsyncIterator
from typing import Any

from jupyter_reconst.models.addresses import Lookup, near
from jupyter_reconst.models.keys import Key


class TooMuch(Exception):
    """More bytes than any reply has."""


class Transport:
    """An httpx transport (of whichever httpx the client library uses) around its ordinary one."""

    def __init__(self, http: Any, base_url: str, lookup: Lookup, key: Key, *, most: int) -> None:
        url = http.URL(base_url)
        self._http = http
        self._lookup = lookup
        self._key = key
        self._most = most
        self._proxy = _proxy(url.scheme, url.host)
        # Reading the certificates takes about 0.1 s, for nothing where there is no encryption.
        # httpx keeps 20 connections open: with more calls at once, every other one would be connected anew.
        limits = http.Limits(max_connections=1000, max_keepalive_connections=100)
        self._inner = http.AsyncHTTPTransport(verify=url.scheme == "https", proxy=self._proxy, limits=limits)

    async def handle_async_request(self, request: Any) -> Any:
        """Send a copy of the request; raises what httpx raises, and BadInput for an address that may not be used."""
        host, port = request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80)
        addresses = await self._lookup.addresses(host, port) if self._proxy is None else (host,)
        headers = request.headers.copy()
        headers.pop("authorization", None)
        if self._key:
            headers["authorization"] = f"Bearer {self._key.reveal()}"
        if not host.endswith("openai.com"):  # Whose account this is, is no business of any other endpoint.
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
                response = await self._inner.handle_async_request(copy)
            except (self._http.ConnectError, self._http.ConnectTimeout):
                if address == addresses[-1]:
                    raise
                continue
            response.stream = _bounded(self._http, response.stream, self._most)
            return response
        raise self._http.ConnectError("no address")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    async def __aenter__(self) -> Transport:
        await self._inner.__aenter__()
        return self

    async def __aexit__(self, *exc: Any) -> None:
        await self._inner.__aexit__(*exc)


def _bounded(http: Any, stream: Any, most: int) -> Any:
    """A response body that stops at a number of bytes; httpx insists on a class of its own."""

    class Bounded(http.AsyncByteStream):  # type: ignore[misc]
        async def __aiter__(self) -> AsyncIterator[bytes]:
            count = 0
            async for chunk in stream:
                count += len(chunk)
                if count > most:
                    raise TooMuch
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()


def _proxy(scheme: str, host: str) -> str | None:
    """The environment's proxy for a host: it does its own lookups, so ours would judge nothing.

    What is on this machine is never reached through another one.
    """
    if near(host):
        return None
    proxies = urllib.request.getproxies()
    found = proxies.get(scheme) or proxies.get("all")
    return None if not found or urllib.request.proxy_bypass(host) else found
