"""Every way in which an endpoint can fail, as one of our errors.

What an endpoint says is shown only after everything of the key that it echoes has been removed, and never for a
refused key. The errors made here know nothing of the exceptions they were made from.
"""

from __future__ import annotations

import email.utils
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from jupyter_reconst.core.errors import (
    ModelBusy,
    ModelError,
    ModelGarbled,
    ModelIncomplete,
    ModelRefused,
    ModelSlow,
    ModelUnreachable,
    ReconstError,
    TooLong,
)
from jupyter_reconst.models.keys import Key

_LONG = re.compile(
    r"context_length_exceeded|exceed_context_size|maximum context|context (length|size|window)"
    r"|prompt is too long|too many tokens|input is too long|reduce the length",
    re.IGNORECASE,
)
_SHOWN = 300
"""Characters of an endpoint's own words that are shown."""

_ECHO = 6
"""A run of this many characters of the key counts as the key."""


_OFTEN = 9
"""As many times as the limits allow."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure, and what may be done about it: how many times it is worth asking again, and `wait` in seconds.

    A connection that broke is tried once more only: the endpoint may have worked on it, and may bill it.
    """

    error: ReconstError
    again: int = 0
    wait: float | None = None
    said: str = ""
    status: int = 0

    @property
    def busy(self) -> bool:
        """Whether the endpoint is asked more than it can take."""
        return isinstance(self.error, ModelBusy)


def fault(error: Exception, key: Key, *, began: bool) -> Fault:
    """Name what went wrong. `began` says that text of the reply had already come."""
    status = getattr(error, "status_code", None)
    response = getattr(error, "response", None)
    if isinstance(status, int) and response is not None:
        return _refusal(status, response.headers, response.text, key)
    if "APIConnectionError" in _kinds(error) and isinstance(error.__cause__, Exception):
        error = error.__cause__  # The library's name for whatever happened below it.
    if isinstance(error, ReconstError):
        return Fault(error.with_traceback(None))
    kinds = _kinds(error)
    if began and ("RequestError" in kinds or isinstance(error, ValueError)):
        return Fault(ModelIncomplete("The reply was cut off."))
    if "TimeoutException" in kinds:
        return Fault(ModelUnreachable("The endpoint does not answer."))
    if "ConnectError" in kinds:
        return Fault(ModelUnreachable("No connection to the endpoint."), again=1)
    if "TransportError" in kinds:
        return Fault(ModelUnreachable("The endpoint closed the connection before it answered."), again=1)
    return Fault(ModelGarbled("The endpoint answered something that is not a reply."))


def _kinds(error: BaseException) -> set[str]:
    """The names of an error's classes: the client library is imported when it is used."""
    return {kind.__name__ for kind in type(error).__mro__}


def complaint(error: object, key: Key, *, began: bool) -> ReconstError:
    """An error that was told inside a stream."""
    said = _said(error, key)
    if began:
        return ModelIncomplete(f"The reply was cut off.{_quoted(said)}")
    if _LONG.search(said):
        return TooLong("The messages do not fit the model's context.")
    return ModelError(f"The endpoint gave up.{_quoted(said)}")


def slow(seconds: float) -> ReconstError:
    """The whole call took too long."""
    return ModelSlow(f"The model's reply was not there after {seconds:g} s.")


def stuck(seconds: float) -> ReconstError:
    """Nothing came for too long, in the middle of a reply."""
    return ModelSlow(f"The model stopped in the middle of its reply: nothing came for {seconds:g} s.")


def _refusal(status: int, headers: Mapping[str, str], body: str, key: Key) -> Fault:
    """An answer that is none: a redirect, a refusal, or a failure of the endpoint."""
    try:
        told: object = json.loads(body)
    except (ValueError, RecursionError):
        told = body
    said, wait = _said(told, key), _wait(headers)
    if 300 <= status < 400:
        return Fault(
            ModelUnreachable(
                "The endpoint redirects to another address; redirects are refused, so nothing was sent there.",
                remedy="Connect the address that the endpoint really has.",
            )
        )
    if status == 413 or (status in (400, 422, 500) and _LONG.search(said)):
        return Fault(TooLong("The messages do not fit the model's context."))
    if status in (401, 403):
        return Fault(ModelRefused(f"The endpoint refused the key ({status})."), status=status)
    if status == 404:
        return Fault(ModelRefused(f"The endpoint does not know this model or address (404).{_quoted(said)}"))
    if status in (429, 503, 529):
        words = "is asked too often" if status == 429 else "is overloaded"
        asks = f" It asks to wait {wait:.0f} s." if wait else ""
        return Fault(ModelBusy(f"The endpoint {words} ({status}).{asks}"), again=_OFTEN, wait=wait, status=status)
    if status >= 500 or status in (408, 409):
        failed: ReconstError = ModelError(f"The endpoint failed ({status}).{_quoted(said)}")
        return Fault(failed, again=_OFTEN, wait=wait, status=status)
    refused = ModelRefused(f"The endpoint did not accept the request ({status}).{_quoted(said)}")
    return Fault(refused, said=said, status=status)


def _said(body: object, key: Key) -> str:
    """The endpoint's own words, without the key, in one line."""
    if isinstance(body, dict):
        body = body.get("error", body)
    parts = [body.get(name) for name in ("message", "code", "type", "param")] if isinstance(body, dict) else [body]
    text = " ".join(str(part) for part in parts if isinstance(part, str | int))
    if isinstance(body, str) and "<" in body:
        text = ""  # A web page tells a reader nothing.
    line = "".join(c if c.isprintable() else " " for c in text[:4_000])
    return without(" ".join(line.split()), key)


def without(text: str, key: Key) -> str:
    """A text with every run of the key's characters replaced."""
    secret = key.reveal()
    if not secret:
        return text
    least = min(_ECHO, len(secret))
    runs = {secret[i : i + least] for i in range(len(secret) - least + 1)}
    hidden = bytearray(len(text))
    for i in range(len(text) - least + 1):
        if text[i : i + least] in runs:
            hidden[i : i + least] = b"\1" * least
    return re.sub("\0+", "•••", "".join("\0" if hide else char for char, hide in zip(text, hidden, strict=True)))


def _quoted(said: str) -> str:
    return f" It says: “{said[:_SHOWN]}”" if said else ""


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds from Retry-After (RFC 9110, 10.2.3), or the milliseconds that OpenAI sends beside it."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        if value.strip().replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
