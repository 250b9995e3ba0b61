"""Which notebook is this? An id of its own for every notebook, also before its file carries one.

A notebook at a new path whose id is still carried at the old one is a copy: it gets a new id. One whose old path is
gone was renamed. One that has lost our keys is known again by its path and its cells, so that it can be restored; a new
notebook that merely took a deleted one's name shares no cell with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jupyter_reconst.core.errors import StoreError
from jupyter_reconst.core.identities import Identities, Known
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.ports import CellState

_CELLS = 16
"""Cells remembered of a notebook."""


class Identity:
    """Gives every notebook its id. `head_at` says which id the notebook at a place carries now, if it is there."""

    def __init__(self, identities: Identities, fresh: Callable[[], str], head_at: Callable[[str], str | None]) -> None:
        self._identities = identities
        self._fresh = fresh
        self._head_at = head_at
        self._unkept: dict[str, Known] = {}

    def of(self, place: str, reading: Reading, cells: Sequence[CellState]) -> tuple[str, bool]:
        """The id, and whether the notebook's own metadata carries it."""
        known = self._unkept.get(place) or self._identities.at(place)
        names = tuple(cell.cell for cell in cells[:_CELLS])
        if reading.head is None:
            return self._unnamed(place, known, names), False
        return self._named(place, known, names, reading.head.id)

    def places(self, notebook: str) -> list[str]:
        """Where an id was seen, latest first."""
        unkept = [place for place, known in self._unkept.items() if known.notebook == notebook]
        return unkept + self._identities.places(notebook)[::-1]

    def _unnamed(self, place: str, known: Known | None, names: tuple[str, ...]) -> str:
        if known and (not known.identified or not known.cells or not names or set(known.cells) & set(names)):
            return known.notebook
        notebook = self._fresh()
        self._remember(place, Known(notebook=notebook, cells=names))
        return notebook

    def _named(self, place: str, known: Known | None, names: tuple[str, ...], id: str) -> tuple[str, bool]:
        if known and known.origin == id and not known.identified:
            return known.notebook, False
        now = Known(notebook=id, origin=known.origin if known else None, identified=True, cells=names)
        if known and known.notebook == id:
            kept = set(known.cells) & set(names)
            if not known.identified or (names and 2 * len(kept) < len(known.cells) + 1):
                self._remember(place, now)
            return id, True
        others = [other for other in self.places(id) if other != place]
        if any(self._head_at(other) == id for other in others):
            copy = Known(notebook=self._fresh(), origin=id, cells=names)
            self._remember(place, copy)
            return copy.notebook, False
        self._remember(place, now, instead=others[0] if others else None)
        return id, True

    def _remember(self, place: str, known: Known, *, instead: str | None = None) -> None:
        """A data directory that cannot be written costs the memory after a restart, never an answer now."""
        self._unkept.pop(place, None)
        try:
            self._identities.remember(place, known, instead=instead)
        except StoreError:
            self._unkept[place] = known
