"""Which addresses may be reached: the rules for an endpoint, and the one lookup that a connection is made with.

A name is looked up once, every address it has is judged, and the connection goes to a judged address, so nothing can
change between the check and the use. What a name first led to (the internet, a private network, this machine) it must
lead to afterwards: a name that moves inwards is being rebound. Link-local addresses, where clouds keep their
credentials, are refused unless the operator allows them.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal
from urllib.parse import urlsplit

from jupyter_reconst.core.errors import BadInput, ModelUnreachable

Reach = Literal["public", "private", "loopback", "link-local", "none"]
"""How far away an address is; `none` is no address of a single machine."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

_KEPT = 300.0
"""Seconds that a judged lookup is used for: a lookup before every call would cost up to 0.1 s."""

_METADATA = frozenset(ipaddress.ip_address(a) for a in ("100.100.100.200", "168.63.129.16", "fd00:ec2::254"))
"""Credential services of clouds that are not link-local (Alibaba, Azure, AWS over IPv6)."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SHARED = ipaddress.ip_network("100.64.0.0/10")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator permits. An empty `allow` permits every host; patterns match `host` or `host:port`."""

    allow: tuple[str, ...] = ()
    link_local: bool = False

    def check(self, url: str, *, configured: bool = False) -> str:
        """The endpoint's address in one spelling. Raises BadInput for one that may not be used.

        `configured` addresses come from the operator, so the list of allowed hosts does not apply to them.
        """
        text = url.strip().rstrip("/")
        try:
            parts = urlsplit(text)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise BadInput("This is not an address.") from None
        if parts.scheme not in ("http", "https") or not host or any(c.isspace() or ord(c) < 32 for c in text):
            raise BadInput("The address must begin with https:// or http:// and name a host.")
        if parts.username is not None or parts.password is not None:
            raise BadInput("The address must not contain a name or password. Put the key into its own field.")
        if parts.query or parts.fragment or "?" in text or "#" in text or "\\" in text:
            raise BadInput("The address must end with its path, such as https://api.example.org/v1.")
        named = (host, f"{host}:{port or (443 if parts.scheme == 'https' else 80)}")
        if self.allow and not configured and not any(fnmatchcase(n, p.lower()) for n in named for p in self.allow):
            raise BadInput("The operator of this server does not allow this host.")
        literal = _literal(host)
        if literal is not None:
            self.judge(host, reach(literal))
        return text

    def judge(self, host: str, found: Reach) -> None:
        """Raise BadInput for an address that no endpoint may have."""
        if found == "none" or (found == "link-local" and not self.link_local):
            raise BadInput(
                f"{host} is an address that only this machine's surroundings should use, so nothing was sent.",
                remedy="Use the endpoint's own address; an operator can allow link-local ones.",
            )


@dataclass(slots=True)
class Lookup:
    """The addresses of one host, judged. `resolve` is a real lookup except in tests."""

    rules: Rules
    resolve: Resolver | None = None
    reach: Reach | None = None
    _found: tuple[float, str, tuple[str, ...]] | None = field(default=None, repr=False)

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Addresses that may be connected to, in the resolver's order. Raises BadInput or ModelUnreachable."""
        literal = _literal(host)
        if literal is not None:
            self.rules.judge(host, reach(literal))
            return (str(literal),)
        if self._found is not None and self._found[1] == host and time.monotonic() - self._found[0] < _KEPT:
            return self._found[2]
        failed = False
        found: Sequence[str] = ()
        try:
            found = await (self.resolve or _resolve)(host, port)
        except (OSError, UnicodeError):
            failed = True
        if failed or not found:
            raise ModelUnreachable(f"The name {host} leads nowhere.")
        reaches = {reach(ipaddress.ip_address(address.split("%")[0])) for address in found}
        for one in reaches:
            self.rules.judge(host, one)
        if len(reaches) > 1 or (self.reach is not None and reaches != {self.reach}):
            raise ModelUnreachable(
                f"The name {host} now leads to another kind of address than before, so nothing was sent.",
                remedy="If the endpoint has moved, connect it again.",
            )
        self.reach = reaches.pop()
        self._found = (time.monotonic(), host, tuple(found))
        return self._found[2]


def reach(address: Address) -> Reach:
    """How far away an address is. An IPv4 address inside an IPv6 one counts as itself."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return reach(inner)
    if address.is_link_local or address in _METADATA:
        return "link-local"
    if address.is_loopback:
        return "loopback"
    if address.is_multicast or address.is_unspecified or (address.is_reserved and not address.is_private):
        return "none"
    if address.is_private or (address.version == 4 and address in _SHARED):
        return "private"
    return "public"


def near(host: str) -> bool:
    """Whether a host is, by its name alone, this machine."""
    literal = _literal(host)
    return host == "localhost" or (literal is not None and reach(literal) == "loopback")


def warning(url: str) -> str:
    """What a person should know before sending to this address; empty when there is nothing."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "http" and host and not near(host):
        return "This address is not encrypted: whoever is on the way can read your prompts and your key."
    return ""


def display(url: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        pass
    try:  # Old spellings (0x7f.1, 2130706433) that a resolver would take for an address.
        return ipaddress.ip_address(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, ValueError):
        return None


async def _resolve(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
