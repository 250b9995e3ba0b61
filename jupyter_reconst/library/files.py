"""The files of a library: found below the folders that a person named, without following a link, and handed on."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.library import Entry, File, Portion, Readable
from jupyter_reconst.library.process import Failed, Process
from jupyter_reconst.library.words import MISSING

SUFFIXES = (".md", ".markdown", ".ipynb", ".pdf", ".bib")
"""What is read of a folder; a CSL-JSON file is named itself, or called `.csl.json`: folders are full of other JSON."""

MOST_BYTES = 64 * 2**20
MOST_FILES = 20_000


class Files:
    """The port `Reader`, below a server's folder, or anywhere without a server."""

    def __init__(self, root: Path | None, process: Process | None = None) -> None:
        self._root = root
        self._process = process or Process()

    async def located(self, path: str) -> str:
        """The absolute path of a file or folder, all links resolved."""
        return await asyncio.to_thread(self._located, path)

    async def files(self, source: str) -> tuple[File, ...] | None:
        """Its files by path; bounded, and those beyond the bound are said to be."""
        return await asyncio.to_thread(_files, Path(source))

    async def read(self, file: File, digest: str = "") -> Readable | None:
        """What a file says."""
        try:
            data = await asyncio.to_thread(_bytes, Path(file.path))
        except OSError as error:
            return _again(file, f"It cannot be opened: {error.strerror}.")
        found = sha256(data).hexdigest()
        if found == digest:
            return None
        if len(data) > MOST_BYTES:
            return Readable(file, found, why=f"It is larger than {MOST_BYTES // 2**20} MB.")
        try:
            said, why = await self._process.read(file.path, data)
            entries = [Entry.model_validate(one["entry"]) for one in said if "entry" in one]
            portions = tuple(Portion(one["portion"], one["locator"], one["text"]) for one in said if "text" in one)
        except Failed as error:
            return _again(file, str(error))
        except ValidationError:
            return Readable(file, found, why="What it says of a work is out of bounds.")
        if why == MISSING:
            return _again(file, why)
        return Readable(file, found, tuple(_filed(entry, file.path) for entry in entries), portions, why[:200])

    async def rest(self) -> None:
        """Let go of the process that reads."""
        await self._process.rest()

    def _located(self, path: str) -> str:
        said = path.removeprefix("RTC:")
        given = Path(said).expanduser() if self._root is None else self._root / said.lstrip("/")
        try:
            found = given.resolve(strict=True)
            root = self._root.resolve() if self._root else None
        except (OSError, RuntimeError, ValueError) as error:
            raise BadInput(
                "There is no such file or folder.", remedy="Look at its path in the file browser."
            ) from error
        if root is not None and not found.is_relative_to(root):
            remedy = "Add it on the command line instead: jupyter reconst library add FOLDER"
            raise BadInput("This is not below the folder that the server shows.", remedy=remedy)
        if found.is_file() and not _wanted(found, alone=True):
            known = ", ".join((*SUFFIXES, ".json"))
            raise BadInput("This is no file that a library reads.", remedy=f"It reads {known}, and folders of them.")
        return str(found)


def _wanted(path: Path, *, alone: bool = False) -> bool:
    name = path.name.lower()
    return name.endswith((*SUFFIXES, ".csl.json")) or (alone and name.endswith(".json"))


def _files(source: Path) -> tuple[File, ...] | None:
    if source.is_symlink() or not source.exists():
        return None
    if source.is_file():
        return (_file(source),)
    found: list[File] = []
    for path in _walked(source):
        if len(found) == MOST_FILES:
            found[-1] = File(str(source), 0, 0, f"It holds more than {MOST_FILES:,} files; the others are left out.")
            break
        found.append(_file(path))
    return tuple(found)


def _walked(source: Path) -> Iterator[Path]:
    """In order. What is hidden is passed over, so is what a link leads to."""
    for folder, folders, names in os.walk(source):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "node_modules", "__pycache__")))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and _wanted(path):
                yield path


def _file(path: Path) -> File:
    try:
        seen = path.lstat()
        str(path).encode()
    except (OSError, UnicodeEncodeError):
        return File(str(path).encode("utf-8", "replace").decode(), 0, 0, "Its name cannot be written down.")
    if stat.S_ISLNK(seen.st_mode):
        return File(str(path), 0, seen.st_mtime_ns, "It is a link; links are not followed.")
    if not stat.S_ISREG(seen.st_mode):
        return File(str(path), 0, seen.st_mtime_ns, "It is no file.")
    return File(str(path), seen.st_size, seen.st_mtime_ns)


def _bytes(path: Path) -> bytes:
    """Its bytes, and one more than the bound where it is larger. A link that took its place meanwhile is refused."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is no file")
        return file.read(MOST_BYTES + 1)


def _again(file: File, why: str) -> Readable:
    """A file that was not read, and is tried again the next time: it has no date yet."""
    return Readable(File(file.path, file.size, 0), "", why=why[:200])


def _filed(entry: Entry, path: str) -> Entry:
    """An entry with the path of its document: of the file itself, or the one that the bibliography names beside it."""
    if entry.type == "file":
        return entry.model_copy(update={"file": path})
    if not entry.file:
        return entry
    return entry.model_copy(update={"file": os.path.normpath(Path(path).parent / entry.file)[:4_096]})
