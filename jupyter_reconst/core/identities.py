"""Which notebook is where: the memory that tells a copy from a rename."""

from __future__ import annotations

from typing import Protocol

from pydantic import Field

from jupyter_reconst.core.nouns import Id, Noun


class Known(Noun):
    """What is known of the notebook at a place. `identified`: its own metadata has carried this id."""

    notebook: Id
    origin: Id | None = None
    identified: bool = False
    cells: tuple[str, ...] = Field(default=(), description="Some of its cells' ids, to know it again by")


class Identities(Protocol):
    """The memory of places; outlives the process."""

    def at(self, place: str) -> Known | None:
        """What is known of the notebook at a place."""
        ...

    def places(self, notebook: str) -> list[str]:
        """Where an id was seen, latest last."""
        ...

    def remember(self, place: str, known: Known, *, instead: str | None = None) -> None:
        """Note a notebook's place; `instead` is the place that it has left. Raises StoreError."""
        ...
