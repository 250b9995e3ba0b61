"""The files of the farther scopes, in the published format: a project's, found upwards from a notebook, and a person's.

Under a server nothing outside its root is looked at, after links are resolved. Without one the search ends with the
home directory, or with the top where the notebook lies elsewhere. A file of this name that is no published constitution
is somebody's for something else, and one that says nothing is no project: the search goes on above it.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

from jupyter_reconst.core.constitution import EMPTY, Scope
from jupyter_reconst.core.errors import BadInput, Malformed, Stale
from jupyter_reconst.core.scopes import Layer
from jupyter_reconst.core.sharing.front import Front, ours
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.record import MOST_BYTES, decoded
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.notebook.file import write
from jupyter_reconst.notebook.places import place

NAME = "constitution.md"
_PRIVATE = "constitutions"
_FILES = 64
"""Parsed files kept, by path, and by time of change."""


class ScopeFiles:
    """The port `Scopes`. `directory` is the data directory, `root` a server's folder of notebooks, if there is one."""

    def __init__(self, directory: Path, root: Path | None = None) -> None:
        self._directory = directory / _PRIVATE
        self._root = root.resolve() if root else None
        self._lock = threading.Lock()
        self._read: dict[Path, tuple[tuple[int, int, int], Layer | None]] = {}

    def around(self, owner: str, notebook: Path | None) -> tuple[Layer, ...]:
        """The files around a notebook that are there, the farthest first."""
        found = (self._layer("user", self._of(owner)), self._project(notebook) if notebook else None)
        return tuple(layer for layer in found if layer)

    async def layer(self, owner: str, path: str, scope: Scope) -> Layer:
        """The file of a scope, or where a new one belongs: a project's beside the notebook. Raises BadInput."""
        where = place(path, self._root)
        notebook = where.file if where else None
        inside = notebook is not None and (self._root is None or notebook.parent.is_relative_to(self._root))
        if scope == "project" and not inside:
            raise BadInput("This notebook lies outside the server's folder, so it has no project.")
        return await asyncio.to_thread(self._wanted, owner, None if scope == "user" else notebook)

    async def write(self, layer: Layer, text: str | None) -> str | None:
        """Replace the file, if it still is as it was read; returns its text before. Raises Stale, BadInput."""
        return await asyncio.to_thread(self._write, layer, text)

    def _wanted(self, owner: str, notebook: Path | None) -> Layer:
        """The project's file for a notebook, the person's without one."""
        if notebook is None:
            return self._layer("user", self._of(owner)) or self._new("user", self._of(owner), Front())
        file, front = notebook.parent / NAME, Front(name=notebook.parent.name[:200])
        return self._project(notebook) or self._layer("project", file) or self._new("project", file, front)

    def _new(self, scope: Scope, file: Path, front: Front) -> Layer:
        if file.exists() or file.is_symlink():
            raise BadInput(
                f"{self._said(file)} is there, and is no constitution of ours.", remedy="Move it, or rename it."
            )
        return Layer(scope=scope, key=self._key(scope, file), place=self._said(file), file=str(file), front=front)

    def _project(self, notebook: Path) -> Layer | None:
        for folder in self._above(notebook):
            layer = self._layer("project", folder / NAME)
            if layer is not None and (layer.problem or layer.reading.constitution != EMPTY):
                return layer
        return None

    def _above(self, notebook: Path) -> Iterator[Path]:
        top = self._root or (home if notebook.is_relative_to(home := Path.home()) else None)
        for folder in notebook.parents:
            if top and not folder.is_relative_to(top):
                return
            yield folder

    def _layer(self, scope: Scope, file: Path) -> Layer | None:
        """What a file says; None for no file, and for one that is not ours."""
        try:
            if not file.is_file():
                return None
            found = file.resolve(strict=True)
            if scope == "project" and self._root and not found.is_relative_to(self._root):
                return self._refused(scope, file, "It is a link that leads out of the server's folder.")
            stat = found.stat()
            stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            with self._lock:
                known = self._read.get(found)
            if known is None or known[0] != stamp:
                known = (stamp, self._parsed(scope, found))
                with self._lock:
                    self._read[found] = known
                    while len(self._read) > _FILES:
                        del self._read[next(iter(self._read))]
            return known[1]
        except (OSError, RuntimeError):
            return self._refused(scope, file, "It cannot be opened.")

    def _parsed(self, scope: Scope, file: Path) -> Layer | None:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if not ours(data[:64].decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")):
            return None
        layer = self._refused(scope, file, "")
        try:
            published = load(decoded(data))
        except Malformed as error:
            return layer.model_copy(update={"problem": spelled(error.message)})
        update = {"stamp": _stamp(data), "front": published.front, "reading": published.reading}
        return layer.model_copy(update=update)

    def _refused(self, scope: Scope, file: Path, problem: str) -> Layer:
        return Layer(scope=scope, key=self._key(scope, file), place=self._said(file), file=str(file), problem=problem)

    def _write(self, layer: Layer, text: str | None) -> str | None:
        file = Path(layer.file)
        with self._lock:
            try:
                before = file.read_bytes() if file.exists() else None
                if layer.problem or (_stamp(before) if before is not None else "") != layer.stamp:
                    raise Stale(f"{layer.place} has changed since it was read.", remedy="Look at it, then try again.")
                if text is None:
                    file.unlink(missing_ok=True)
                else:
                    private = layer.scope == "user"
                    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
                    write(file, text, mode=0o600 if private else 0o666)
            except OSError as error:
                raise BadInput(
                    f"{layer.place} cannot be written: {error.strerror}.", remedy="Nothing was changed."
                ) from error
        return before.decode("utf-8") if before is not None else None

    def _of(self, owner: str) -> Path:
        # Names of people may hold anything that a file name may not.
        return self._directory / f"{hashlib.sha256(owner.encode()).hexdigest()[:32]}.md"

    def _key(self, scope: Scope, file: Path) -> str:
        return scope if scope == "user" else f"{scope}:{file}"

    def _said(self, file: Path) -> str:
        if self._root and file.is_relative_to(self._root):
            return file.relative_to(self._root).as_posix()
        home = Path.home()
        return f"~/{file.relative_to(home).as_posix()}" if file.is_relative_to(home) else str(file)


def _stamp(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
