"""Paths and ids as somebody hostile says them, in otherwise sensible requests: for every route, from its own schema.

A route that is added, or a field that a noun gains, is said too without a word here.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from jupyter_reconst.core import requests
from jupyter_reconst.doors.server.routes import Route
from tests.fakes import an_id

SECRET = "the-canary-outside-the-root"
STEPS = [
    *("..", "..", ".", "", "a", "open.ipynb", "link", "~", "~root", "é"),
    "%2e%2e",
    "..%2f..",
    "C:",
    "\\",
    "..\\..",
]
ENDS = [
    "",
    "outside.ipynb",
    "outside.md",
    "x" * 300,
    "\0.ipynb",
    ".ipynb",
    "con",
    "\u202eb.ipynb",
    "a\nb",
    "\U000e0041",
]
STARTS = ["", "/", "//", "RTC:", "RTC:/", "file:///", "C:\\", "C:/", "\\\\host\\", "%2f", "~/", "link/", "drive:"]


def path(chance: random.Random, outside: str) -> str:
    """A path that should not lead out; `outside` is an absolute one that holds the secret."""
    if chance.random() < 0.3:
        out = chance.choice([outside, "../outside.ipynb", "link/outside.ipynb", "a/../../outside.ipynb"])
        return chance.choice(
            [out, out, f"RTC:{out}", f"file://{out}", f"./{out}", out.replace("/", "\\"), f"a/..{out}"]
        )
    if chance.random() < 0.1:
        return "".join(chr(chance.randrange(0x3000)) for _ in range(chance.randrange(60)))
    steps = [chance.choice(STEPS) for _ in range(chance.randrange(8))]
    return chance.choice(STARTS) + "/".join([*steps, chance.choice(ENDS)])


@dataclass
class Saying:
    """Fills in nouns. So many of the paths, and a fifth as many of the ids, are hostile."""

    chance: random.Random
    outside: str
    share: float = 0.5
    only: str = ""
    """What is said wherever a path is asked for; where it is empty, anything."""

    def request(self, route: Route) -> Any:
        """A body for this route; None for one that takes none."""
        if route.request is None:
            return None
        schema = TypeAdapter(getattr(requests, route.request)).json_schema()
        return self.value(schema, schema.get("$defs", {}))

    def value(self, schema: dict[str, Any], known: dict[str, Any], name: str = "", depth: int = 0) -> Any:
        """Something that fits a JSON Schema, as far as it goes; `known` are its definitions."""
        chance = self.chance
        if "$ref" in schema:
            return self.value(known[schema["$ref"].rpartition("/")[2]], known, name, depth)
        for choice in ("anyOf", "oneOf"):
            if choice in schema:
                return self.value(chance.choice(schema[choice]), known, name, depth)
        if "enum" in schema or "const" in schema:
            return chance.choice(schema.get("enum", [schema.get("const")]))
        match schema.get("type"):
            case "object" if "properties" in schema:
                needed = schema.get("required", ())
                wanted = [key for key in schema["properties"] if key in needed or (depth < 6 and chance.random() < 0.5)]
                return {key: self.value(schema["properties"][key], known, key, depth + 1) for key in wanted}
            case "array":
                few = range(chance.randrange(3) if depth < 6 else 0)
                inner = schema.get("items") or (schema.get("prefixItems") or [{}])[0]
                return [self.value(inner, known, name, depth + 1) for _ in few]
            case "string":
                return self._text(schema, name)
            case "integer" | "number":
                low = schema.get("minimum", schema.get("exclusiveMinimum", 0))
                return chance.choice([low + 1, low + 1, 0, -1, 10**6])
            case "boolean":
                return chance.random() < 0.5
            case "null":
                return None
            case _:
                return {}

    def _text(self, schema: dict[str, Any], name: str) -> str:
        chance, pattern = self.chance, schema.get("pattern", "")
        if schema.get("format") == "date-time":
            return "2026-11-01T12:00:00Z"
        if pattern.startswith("^[0-7]"):  # A ULID.
            return path(chance, self.outside) if chance.random() < self.share / 5 else an_id(chance.randrange(9))
        if pattern.startswith("^[0-9a-f]"):
            return "0" * 64
        if pattern.startswith("^[a-zA-Z0-9_-]"):  # A cell's id.
            return path(chance, self.outside) if chance.random() < self.share / 5 else "one"
        if self.only and (name == "path" or schema.get("maxLength") == 4_096):
            return self.only
        if name == "path" or schema.get("maxLength") == 4_096 or chance.random() < 0.3:
            return path(chance, self.outside) if chance.random() < self.share else "open.ipynb"
        return "words"
