"""The library: putting files into it, taking them out, and searching it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.library import Embedded, Held, Indexed, Key, Passage, Skipped
from jupyter_reconst.core.nouns import Id, Noun, Path
from jupyter_reconst.core.requests.asking import Failed


class Collect(Noun):
    """Add files or folders, or none, then read what is new or changed in the whole library. Stopped by its id."""

    id: Id
    paths: tuple[Path, ...] = Field(default=(), max_length=100, description="Below the server's folder")


class Shelves(Noun):
    """What a library is made of."""

    sources: tuple[Held, ...] = ()
    skipped: tuple[Skipped, ...] = Field(default=(), description="The first two hundred")
    embedded: Embedded | None = Field(default=None, description="None where nothing is to be found by its meaning")


class Collected(Noun):
    """Everything was gone through, or it was stopped; what was read stays read."""

    type: Literal["collected"] = "collected"
    shelves: Shelves
    stopped: bool = False


CollectEvent = Annotated[Indexed | Collected | Failed, Field(discriminator="type")]


class Discard(Noun):
    """Take a source out of the library; its files stay where they are."""

    path: Path


class Consult(Noun):
    """Search the library."""

    words: str = Field(max_length=4_000)
    limit: int = Field(default=10, ge=1, le=50)


class Consulted(Noun):
    """The passages that are nearest, best first."""

    passages: tuple[Passage, ...] = ()
    note: str = Field(default="", max_length=300, description="What a person should know of how they were found")


class Quote(Noun):
    """One passage, by the id that a search or a turn gives."""

    id: Key
