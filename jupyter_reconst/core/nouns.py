"""What every noun has in common: frozen, strict about its keys, and addressed by ULIDs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
"""A ULID (48 bits of milliseconds, 80 random bits), made by whoever makes the thing, so that retries are idempotent."""

CellId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[a-zA-Z0-9_-]+$")]
"""A notebook cell's id: nbformat's where the file has one, otherwise JupyterLab's for this session."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256, in hexadecimal."""

Line = Annotated[str, StringConstraints(max_length=200)]
Clause = Annotated[str, StringConstraints(max_length=4_000)]
Prose = Annotated[str, StringConstraints(max_length=64_000)]

Path = Annotated[str, Field(min_length=1, max_length=4_096, pattern=r"^[^\x00]+$")]
"""Where a notebook is: relative to the server's root, or any path without a server."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Noun(BaseModel):
    """A value that crosses a wall. Unknown keys are refused: they are somebody's mistake."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, json_schema_serialization_defaults_required=True
    )


class Kept(Noun):
    """A value that lives in a notebook file. Unknown keys are somebody's newer version: they are kept."""

    model_config = ConfigDict(extra="allow")


class Person(Noun):
    """Who acts. `owner` is the Hub user or the data directory's owner; `name` is only for display."""

    owner: str = Field(min_length=1, max_length=200)
    name: str = Field(default="", max_length=200)


def later(id: str, known: Iterable[str]) -> str:
    """This id, or, where a clock is behind, one a millisecond after all that are known: what is done later sorts later.

    It keeps its random bits: people who are behind the same clock at once never make the same id.
    """
    newest = max(known, default="")
    milliseconds = 1 + (_number(newest) >> 80)
    if id > newest or milliseconds >> 48:  # Nothing comes after the last millisecond of all.
        return id
    return ulid(milliseconds, (_number(id) & (2**80 - 1)).to_bytes(10, "big"))


def _number(id: str) -> int:
    return sum(_CROCKFORD.index(sign) << 5 * place for place, sign in enumerate(reversed(id)))


def ulid(milliseconds: int, random: bytes) -> str:
    """Spell a ULID from a time in milliseconds since 1970 and 10 random bytes."""
    number = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(random[:10], "big")
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))
