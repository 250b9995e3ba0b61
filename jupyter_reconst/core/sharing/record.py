"""The record of a published file: JSON that says one thing, and no more than a file may hold."""

from __future__ import annotations

import json
import math
from typing import Any

from jupyter_reconst.core.errors import Malformed

MOST_BYTES = 2 * 1024 * 1024
"""Of a file, before anything of it is read."""
_MOST_LINES = 200_000
_DEEPEST = 32


def decoded(data: bytes) -> str:
    """The text of a file, its hidden characters as they are. Raises Malformed where it is too large or not UTF-8.

    A copy that Windows made (every line ends in CR LF) reads as the original.
    """
    if len(data) > MOST_BYTES:
        raise Malformed("It is larger than 2 MiB.")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Malformed(f"It is not UTF-8: byte {error.start} fits nothing.") from error
    lines = text.count("\n")
    if lines > _MOST_LINES:
        raise Malformed(f"It has more than {_MOST_LINES:,} lines.")
    return text.replace("\r\n", "\n") if lines and text.count("\r\n") == lines else text


def spelled_json(value: Any) -> str:
    """One line of JSON. Raises Malformed for what JSON or UTF-8 cannot say."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
        text.encode("utf-8")
        return text
    except (ValueError, RecursionError) as error:
        raise Malformed("Something in it cannot be written as JSON: not a number, or half a character.") from error


def strict_json(text: str) -> Any:
    """The value of a JSON text. Raises Malformed for names said twice, NaN, half characters, and depths beyond 32."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Malformed(f"Its JSON cannot be read: {str(error)[:100]}.") from error
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise Malformed(f"Its JSON is more than {_DEEPEST} deep.")
        level = [inner for outer in level for inner in _inside(outer)]
    return value


def _inside(value: Any) -> list[Any]:
    held = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [inner for inner in held if isinstance(inner, dict | list)]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is said twice")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value
