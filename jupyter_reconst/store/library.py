"""The port `Library`: one shelf for each person, in a file that only its owner can read. None is made by looking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from jupyter_reconst.core.embedding import Embedding
from jupyter_reconst.core.library import Entry, File, Held, Passage, Readable, Skipped, Work

if TYPE_CHECKING:
    from jupyter_reconst.store.shelf import Shelf

_T = TypeVar("_T")


class SqlLibrary:
    """Everybody's libraries below a data directory. What an entry says of its file is below `root`, or nothing.

    Searching has a thread and a connection of its own, so that it never waits for what is being read in.
    """

    def __init__(self, directory: Path, root: Path | None = None) -> None:
        self._folder = directory / "library"
        self._root = (root or Path.cwd()).resolve()
        self._looking = _Shelves("reconst-search")
        self._writing = _Shelves("reconst-index")

    async def search(
        self, owner: str, words: str, limit: int = 10, like: Embedding | None = None
    ) -> tuple[Passage, ...]:
        """The passages nearest to some words, best first."""
        return tuple(map(self._passage, await self._look(owner, lambda shelf: shelf.search(words, limit, like)) or ()))

    async def find(self, owner: str, work: Work, limit: int = 5) -> tuple[Entry, ...]:
        """The entries that may be this work, best first."""
        return tuple(map(self._entry, await self._look(owner, lambda shelf: shelf.find(work, limit)) or ()))

    async def passage(self, owner: str, id: str) -> Passage | None:
        """One passage."""
        found = await self._look(owner, lambda shelf: shelf.passage(id))
        return self._passage(found) if found else None

    async def sources(self, owner: str) -> tuple[Held, ...]:
        """What was added, by path."""
        found = await self._look(owner, lambda shelf: shelf.sources()) or ()
        return tuple(one.model_copy(update={"shown": self._below(one.path) or one.path}) for one in found)

    async def skipped(self, owner: str, limit: int = 200) -> tuple[Skipped, ...]:
        """Files that could not be read, or not all of them, and why."""
        found = await self._look(owner, lambda shelf: shelf.skipped(limit)) or ()
        return tuple(Skipped(path=self._below(one.path) or one.path, why=one.why) for one in found)

    async def known(self, owner: str) -> dict[str, tuple[File, str]]:
        """Every file that was read, as it was then, and the digest of its bytes."""
        return await self._look(owner, lambda shelf: shelf.known()) or {}

    async def add(self, owner: str, path: str) -> None:
        """Add a source."""
        await self._write(owner, lambda shelf: shelf.add(path))

    async def remove(self, owner: str, path: str) -> bool:
        """Take a source out."""
        return await self._write(owner, lambda shelf: shelf.remove(path))

    async def put(self, owner: str, document: Readable) -> None:
        """Let a document say this from now on."""
        await self._write(owner, lambda shelf: shelf.put(document))

    async def touch(self, owner: str, file: File) -> None:
        """Say that a file has another date and the same bytes."""
        await self._write(owner, lambda shelf: shelf.touch(file))

    async def drop(self, owner: str, paths: Collection[str]) -> None:
        """Forget documents that are gone."""
        await self._write(owner, lambda shelf: shelf.drop(paths))

    async def settle(self, owner: str, at: datetime) -> None:
        """Say that everything was gone through."""
        await self._write(owner, lambda shelf: shelf.settle(at))

    async def unembedded(self, owner: str, model: str, after: int, limit: int) -> tuple[tuple[int, str, str], ...]:
        """The next passages that a model has not embedded."""
        return tuple(await self._look(owner, lambda shelf: shelf.unembedded(model, after, limit)) or ())

    async def embed(self, owner: str, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep what a model made of passages."""
        await self._write(owner, lambda shelf: shelf.embed(model, vectors))

    async def embedded(self, owner: str, model: str) -> tuple[int, int]:
        """How many passages a model has embedded, and of how many."""
        return await self._look(owner, lambda shelf: shelf.embedded(model)) or (0, 0)

    async def close(self) -> None:
        """Finish what is being written, and let go."""
        for shelves in (self._looking, self._writing):
            await asyncio.to_thread(shelves.close)

    async def _look(self, owner: str, ask: Callable[[Shelf], _T]) -> _T | None:
        path = self._path(owner)
        return await self._looking.do(path, ask) if await asyncio.to_thread(path.exists) else None

    async def _write(self, owner: str, act: Callable[[Shelf], _T]) -> _T:
        return await self._writing.do(self._path(owner), act)

    def _path(self, owner: str) -> Path:
        return self._folder / f"{sha256(owner.encode()).hexdigest()[:32]}.sqlite3"

    def _passage(self, passage: Passage) -> Passage:
        return passage.model_copy(update={"entry": self._entry(passage.entry)})

    def _entry(self, entry: Entry) -> Entry:
        """Where a file is, for a person who sees the server's folder; never a path of this machine."""
        return entry.model_copy(update={"file": self._below(entry.file) if entry.file else ""})

    def _below(self, path: str) -> str:
        """A path below the root; empty for one elsewhere."""
        return Path(path).relative_to(self._root).as_posix() if Path(path).is_relative_to(self._root) else ""


class _Shelves:
    """Open shelves, and the one thread that uses them."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._open: dict[Path, Shelf] = {}

    async def do(self, path: Path, act: Callable[[Shelf], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: act(self._shelf(path)))

    def close(self) -> None:
        self._thread.shutdown()
        for shelf in self._open.values():
            shelf.close()
        self._open.clear()

    def _shelf(self, path: Path) -> Shelf:
        from jupyter_reconst.store.shelf import Shelf

        if path not in self._open:
            self._open[path] = Shelf(path)
        return self._open[path]
