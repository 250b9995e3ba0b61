"""Notebooks and the files of the farther scopes around them."""

from __future__ import annotations

from typing import Protocol

from pydantic import Field

from jupyter_reconst.core.constitution import Constitution, Scope
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import CellId, Id, Noun, Prose
from jupyter_reconst.core.scopes import Layer, laid
from jupyter_reconst.core.turns import CellKind


class CellState(Noun):
    """What the server knows of a cell of an open document: its id, and the turn its output records.

    Its text is told only where a prompt attaches the cell.
    """

    cell: CellId
    turn: Id | None = None
    label: str = Field(default="", max_length=200)
    kind: CellKind = "code"
    source: Prose = ""
    output: Prose = ""


class Document(Noun):
    """An open notebook as last told by the frontend, or read from the file."""

    path: str
    notebook: Id
    reading: Reading
    cells: tuple[CellState, ...] = ()
    live: bool = Field(default=False, description="Whether a browser holds it open")
    identified: bool = Field(default=True, description="Whether the notebook's own metadata carries its id")
    around: tuple[Layer, ...] = Field(default=(), description="The files of the farther scopes, the farthest first")

    @property
    def bare(self) -> bool:
        """Whether the notebook has no law of its own, not even a repealed one: a new one, or one that lost its keys."""
        return not (self.reading.ratified or self.reading.preambles)

    @property
    def carried(self) -> Constitution:
        """What would be in force if this person had accepted all of it: every scope, the nearest on top."""
        outer = [(layer.scope, layer.reading.constitution) for layer in self.around]
        return laid([*outer, ("notebook", self.reading.constitution)])


class Documents(Protocol):
    """The notebooks that are open, and those that can be read."""

    async def of_path(self, owner: str, path: str) -> Document | None:
        """The document at a path relative to the server's root (or any path, headless)."""
        ...

    async def of_notebook(self, owner: str, notebook: str) -> Document | None:
        """The document with this notebook id."""
        ...

    async def tell(self, owner: str, document: Document) -> Document:
        """Take what the frontend says of an open document; it comes back as it is kept."""
        ...

    async def shows(self, owner: str, path: str, cell: str, turn: str) -> None:
        """A cell shows this turn from now on, whether or not the frontend has told."""
        ...

    async def close(self, owner: str, path: str) -> None:
        """The browser has let go of it."""
        ...


class Scopes(Protocol):
    """The files of the farther scopes: a project's, above its notebooks, and one of each person."""

    async def layer(self, owner: str, path: str, scope: Scope) -> Layer:
        """The file of a scope around a notebook, or where a new one belongs. Raises BadInput where none can be."""
        ...

    async def write(self, layer: Layer, text: str | None) -> str | None:
        """Replace the file, whole or not at all, or remove it (None); returns what it said before.

        Raises Stale where it is no longer as it was read, StoreError where it cannot be written. Then nothing changed.
        """
        ...
