"""The open documents: what browsers said of them, else what the file says. The port `Documents` for every door.

A running cell's output is empty for a moment, and a cleared one for good: a cell keeps the turn that it last showed
for as long as it stays in the document.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.identities import Identities
from jupyter_reconst.core.notebook import TURN_MIME, keys, ours, read
from jupyter_reconst.core.ports import CellState, Document
from jupyter_reconst.core.turns import CellKind
from jupyter_reconst.notebook.file import load
from jupyter_reconst.notebook.identity import Identity
from jupyter_reconst.notebook.places import Place, place
from jupyter_reconst.notebook.scopes import ScopeFiles

_FILES = 32
"""Parsed files kept, by path and time of change."""


class OpenDocuments:
    """Documents by owner and path. `root` is the server's; without one, paths are files'.

    With `scopes`, each comes with the files of the farther scopes around it; a sample's scratch notebook has none.
    """

    def __init__(
        self,
        identities: Identities,
        fresh: Callable[[], str],
        root: Path | None = None,
        scopes: ScopeFiles | None = None,
    ) -> None:
        self._root = root
        self._scopes = scopes
        self._lock = threading.RLock()
        self._live: dict[tuple[str, str], Document] = {}
        self._turns: dict[tuple[str, str], dict[str, str]] = {}
        self._files: dict[Path, tuple[tuple[int, int], Document]] = {}
        self._identity = Identity(identities, fresh, self._head_at)

    async def of_path(self, owner: str, path: str) -> Document | None:
        """The document at a path relative to the server's root (or any path, headless)."""
        return await asyncio.to_thread(self._of_path, owner, path)

    async def of_notebook(self, owner: str, notebook: str) -> Document | None:
        """The document with this notebook id."""
        return await asyncio.to_thread(self._of_notebook, owner, notebook)

    async def tell(self, owner: str, document: Document) -> Document:
        """Take what the frontend says of an open document; a copy gets an id of its own.

        Raises BadInput for a path outside the server's root.
        """
        return await asyncio.to_thread(self._tell, owner, document)

    async def shows(self, owner: str, path: str, cell: str, turn: str) -> None:
        """A cell shows this turn from now on."""
        where = place(path, self._root)
        if where is None:
            return
        with self._lock:
            key = (owner, where.name)
            self._turns.setdefault(key, {})[cell] = turn
            live = self._live.get(key)
            if live is not None:
                self._live[key] = live.model_copy(update={"cells": _showing(live, {cell: turn})})

    async def close(self, owner: str, path: str) -> None:
        """The browser has let go of it."""
        where = place(path, self._root)
        if where is not None:
            with self._lock:
                self._live.pop((owner, where.name), None)
                self._turns.pop((owner, where.name), None)

    async def opened(self, path: str) -> bool:
        """Whether a page of anybody holds the notebook open."""
        where = place(path, self._root)
        with self._lock:
            return where is not None and any(name == where.name for _, name in self._live)

    async def content(self, owner: str, path: str) -> dict[str, Any]:
        """The notebook: its cells as saved, its metadata of ours as last told. Raises BadInput."""
        where = place(path, self._root)
        if where is None or where.file is None:
            raise BadInput("This notebook lies outside the server's folder.")
        content = await asyncio.to_thread(load, where.file)
        live = self._live.get((owner, where.name))
        if live is not None:
            saved = _metadata(content)
            # What this version cannot read travels too; the live document does not hold it.
            understood = keys(read(ours(saved)))
            rest = {key: value for key, value in saved.items() if key not in understood}
            content["metadata"] = rest | keys(live.reading)
        return content

    def _of_path(self, owner: str, path: str) -> Document | None:
        where = place(path, self._root)
        if where is None:
            return None
        with self._lock:
            key = (owner, where.name)
            found = self._live.get(key) or self._read(where)
            asked = self._turns.get(key, {})
        if found is None:
            return None
        if asked and not found.live:
            found = found.model_copy(update={"cells": _showing(found, asked)})
        return self._within(owner, found, where.file)

    def _within(self, owner: str, document: Document, file: Path | None) -> Document:
        sample = document.reading.head.sample if document.reading.head else None
        around = self._scopes.around(owner, file) if self._scopes and not sample else ()
        return document.model_copy(update={"around": around}) if around else document

    def _of_notebook(self, owner: str, notebook: str) -> Document | None:
        with self._lock:
            live = [name for (who, name), d in self._live.items() if who == owner and d.notebook == notebook]
        if live:
            return self._of_path(owner, live[-1])
        for name in self._identity.places(notebook):
            found = self._of_path(owner, name)
            if found is not None and found.notebook == notebook:
                return found
        return None

    def _tell(self, owner: str, document: Document) -> Document:
        where = place(document.path, self._root)
        if where is None:
            raise BadInput("This notebook lies outside the server's folder.")
        with self._lock:
            key = (owner, where.name)
            self._follow(owner, where, document)
            before = self._turns.get(key, {})
            cells = tuple(c.model_copy(update={"turn": c.turn or before.get(c.cell)}) for c in document.cells)
            self._turns[key] = {cell.cell: cell.turn for cell in cells if cell.turn}
            notebook, identified = self._identity.of(where.name, document.reading, cells)
            self._live.pop(key, None)
            self._live[key] = kept = document.model_copy(
                update={
                    "path": where.path,
                    "notebook": notebook,
                    "identified": identified,
                    "cells": cells,
                    "live": True,
                }
            )
        return self._within(owner, kept, where.file)

    def _follow(self, owner: str, where: Place, document: Document) -> None:
        """After a rename the document is told at its new path: what was known at the old one goes with it."""
        head = document.reading.head
        if head is None or (owner, where.name) in self._live:
            return
        for (who, name), other in list(self._live.items()):
            if who == owner and other.notebook == head.id and not Path(name).exists():
                del self._live[who, name]
                self._turns[owner, where.name] = self._turns.pop((who, name), {})

    def _read(self, where: Place) -> Document | None:
        if where.file is None:
            return None
        try:
            stat = where.file.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            known = self._files.get(where.file)
            if known is None or known[0] != stamp:
                known = (stamp, _from_file(where, load(where.file)))
                self._files.pop(where.file, None)
                self._files[where.file] = known
                while len(self._files) > _FILES:
                    del self._files[next(iter(self._files))]
        except (OSError, BadInput):
            return None
        document = known[1]
        notebook, identified = self._identity.of(where.name, document.reading, document.cells)
        return document.model_copy(update={"notebook": notebook, "identified": identified, "path": where.path})

    def _head_at(self, name: str) -> str | None:
        """The id that the notebook at a place carries now, if it is still there."""
        file = Path(name)
        if not file.is_file():
            return None
        for (_, where), document in self._live.items():
            if where == name and document.reading.head:
                return document.reading.head.id
        try:
            head = read(ours(_metadata(load(file)))).head
        except BadInput:
            return None
        return head.id if head else None


_NOBODY = "0" * 26


def _from_file(where: Place, content: dict[str, Any]) -> Document:
    cells = (_cell(number, cell) for number, cell in enumerate(content["cells"]) if isinstance(cell, dict))
    reading = read(ours(_metadata(content)))
    return Document(path=where.path, notebook=_NOBODY, reading=reading, cells=tuple(cells))


def _showing(document: Document, turns: dict[str, str]) -> tuple[CellState, ...]:
    return tuple(c.model_copy(update={"turn": turns.get(c.cell, c.turn)}) for c in document.cells)


def _metadata(content: dict[str, Any]) -> dict[str, Any]:
    metadata = content.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _cell(number: int, cell: dict[str, Any]) -> CellState:
    """A cell's id (its place, where the file has none) and the turn that its output records."""
    turn = None
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        data = output.get("data") if isinstance(output, dict) else None
        record = data.get(TURN_MIME) if isinstance(data, dict) else None
        turn = record.get("turn") if isinstance(record, dict) else turn
    kind = cell.get("cell_type")
    text = {
        "label": f"Cell {number + 1}",
        "kind": kind if kind in get_args(CellKind) else "code",
        "source": _joined(cell.get("source")),
        "output": _output(outputs),
    }
    attempts = ({"cell": cell.get("id"), "turn": turn}, {"cell": f"cell-{number}", "turn": turn})
    for attempt in (attempts[0] | text, attempts[1] | text, *attempts):
        try:
            return CellState.model_validate(attempt)
        except ValidationError:
            continue
    return CellState(cell=f"cell-{number}")


def _output(outputs: Any) -> str:
    """What a person reads below a cell: streams, plain text, tracebacks."""
    texts = []
    for output in outputs if isinstance(outputs, list) else []:
        if isinstance(output, dict):
            data = output.get("data")
            plain = data.get("text/plain") if isinstance(data, dict) else None
            texts.append(_joined(output.get("text") or plain or output.get("traceback")))
    return "\n".join(text for text in texts if text)


def _joined(text: Any) -> str:
    """nbformat keeps text as one string or as lines."""
    lines = text if isinstance(text, list) else [text]
    return "".join(line for line in lines if isinstance(line, str))
