"""The wiki's files: installed packs, and the folders that the settings name, with what lies below them.

A folder may be a checkout of a git repository. Published files in it are packs, other Markdown may hold curated
questions and answers, and notebooks show where an article is used. Only what the settings name is looked at, links are
followed nowhere, and what is read is bounded in number, depth and size. A file is read again when its time of change or
its size is another one.
"""

from __future__ import annotations

import asyncio
import json
import os
import stat
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import BadInput, Malformed, NotFound
from jupyter_reconst.core.notebook import ours as our_keys
from jupyter_reconst.core.notebook import read
from jupyter_reconst.core.sharing.answers import answers
from jupyter_reconst.core.sharing.front import ours
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import Published
from jupyter_reconst.core.sharing.record import MOST_BYTES
from jupyter_reconst.core.sharing.wiki import Pack, Use, texts_of
from jupyter_reconst.packs.shelf import shelf, text_of

MOST_FILES = 2_000
DEEPEST = 8
MOST_ALL = 64 * 2**20
"""Bytes of all files of the wiki that are read: beyond, a file is named and not read."""
_NOTEBOOK = 16 * 2**20
_MARK = b'"reconst:article:'


@dataclass(frozen=True, slots=True)
class _Held:
    """What a file said when it had this stamp: a pack, or a notebook's articles, or nothing of ours."""

    stamp: tuple[int, int]
    pack: Pack | None = None
    articles: tuple[Article, ...] = ()


class FolderWiki:
    """The wiki of one process. `folders` are the operator's; what is in them is untrusted text."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._folders = _named(folders)
        self._lock = threading.Lock()
        self._known: dict[str, _Held] = {}
        self._installed: list[Pack] | None = None

    async def packs(self) -> tuple[Pack, ...]:
        """Every pack, installed ones first. Those that cannot be read say why."""
        return await asyncio.to_thread(lambda: self._looked()[0])

    async def pack(self, name: str) -> Pack:
        """One pack that can be read. Raises NotFound, or Malformed for one that cannot."""
        found = next((pack for pack in await self.packs() if pack.name == name), None)
        if found is None:
            raise NotFound(f"There is no pack “{name[:100]}”.", remedy="Look at the list of packs again.")
        if found.published is None:
            raise Malformed(f"The pack “{name[:100]}” cannot be read. {found.problem}")
        return found

    async def uses(self) -> dict[str, tuple[Use, ...]]:
        """Where each article is used, by its id: packs by their names, notebooks by their places in their folder."""
        return await asyncio.to_thread(self._used)

    async def text(self, pack: Pack) -> bytes:
        """The bytes of a pack's file as they are now. Raises BadInput where it is gone or too large."""
        return await asyncio.to_thread(_bytes, pack.path)

    def place(self, pack: Pack) -> str:
        """Where a pack's file lies: in its git repository, else in its folder of the wiki, else by its name alone."""
        path = pack.path.resolve()
        top = next((folder for folder in path.parents if (folder / ".git").exists()), pack.top)
        return path.relative_to(top.resolve()).as_posix() if top else path.name

    def _looked(self) -> tuple[tuple[Pack, ...], list[tuple[str, _Held]]]:
        """Every pack, and every notebook with articles of ours."""
        with self._lock:
            if self._installed is None:  # Packages come and go with the process.
                self._installed = [replace(p, texts=texts_of(p.published) if p.published else ()) for p in shelf()]
            packs, notebooks = list(self._installed), []
            seen: dict[str, _Held] = {}
            left = MOST_ALL
            for name, folder in self._folders:
                if not folder.is_dir():
                    packs.append(Pack(name, str(folder), folder, None, "Its folder is not there."))
                for path, info in _files(folder):
                    left -= info.st_size
                    held = seen[path] = self._held(path, info, name, folder, left)
                    if held.pack:
                        packs.append(held.pack)
                    elif held.articles:
                        notebooks.append((f"{name}/{_inside(path, folder)}", held))
            self._known = seen
        return tuple({pack.name: pack for pack in reversed(packs)}.values())[::-1], notebooks

    def _held(self, path: str, info: os.stat_result, source: str, folder: Path, left: int) -> _Held:
        stamp = (info.st_mtime_ns, info.st_size)
        known = self._known.get(path)
        if known is not None and known.stamp == stamp:
            return known
        name = f"{source}:{_inside(path, folder).rpartition('.')[0]}"[:200]
        if left < 0:
            problem = f"The wiki's files are larger than {MOST_ALL // 2**20} MiB: it was not read."
            return _Held((0, -1), Pack(name, source, Path(path), None, problem, top=folder))
        if path.endswith(".ipynb"):
            return _Held(stamp, articles=_articles(path, info.st_size))
        published, problem = _markdown(Path(path))
        if not (published or problem):
            return _Held(stamp)
        texts = texts_of(published) if published else ()
        return _Held(stamp, Pack(name, source, Path(path), published, problem, top=folder, texts=texts))

    def _used(self) -> dict[str, tuple[Use, ...]]:
        packs, notebooks = self._looked()
        found: dict[str, list[Use]] = {}
        for pack in packs:
            for text in pack.texts:
                found.setdefault(text.article.id, []).append(Use(pack.name, text.article))
        for where, held in notebooks:
            for article in held.articles:
                found.setdefault(article.id, []).append(Use(where, article))
        return {article: tuple(uses) for article, uses in found.items()}


def _named(folders: Iterable[Path]) -> list[tuple[str, Path]]:
    """The folders by their last names, which nobody shares."""
    named: list[tuple[str, Path]] = []
    for folder in folders:
        name = folder.name or "wiki"
        same = sum(known.rpartition("-")[0] == name or known == name for known, _ in named)
        named.append((f"{name}-{same + 1}" if same else name, folder))
    return named


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The Markdown files and notebooks below a folder, in order. Links and hidden folders are left alone."""
    count = 0
    waiting = [(str(folder), 0)]
    while waiting and count < MOST_FILES:
        here, deep = waiting.pop()
        try:
            inside = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            continue
        below = []
        for entry in inside:
            try:
                if entry.name.startswith(".") or entry.is_symlink():
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below.append((entry.path, deep + 1))
                elif entry.name.endswith((".md", ".ipynb")) and count < MOST_FILES:
                    info = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(info.st_mode):
                        count += 1
                        yield entry.path, info
            except OSError:
                continue
        if deep < DEEPEST:
            waiting += reversed(below)


def _inside(path: str, folder: Path) -> str:
    """A place below a folder, between slashes."""
    return Path(path).relative_to(folder).as_posix()


def _markdown(path: Path) -> tuple[Published | None, str]:
    """A pack, questions with answers, or neither; and why a pack cannot be read."""
    try:
        text = text_of(path)
        return load(text) if ours(text) else answers(text, path.stem), ""
    except BadInput as error:  # Malformed is one.
        return None, error.message


def _articles(path: str, size: int) -> tuple[Article, ...]:
    """The articles that a notebook carries. One that cannot be read shows none: it is no pack."""
    try:
        data = Path(path).read_bytes() if size <= _NOTEBOOK else b""
        content = json.loads(data) if _MARK in data else None
    except (OSError, ValueError, RecursionError):
        return ()
    metadata = content.get("metadata") if isinstance(content, dict) else None
    return read(our_keys(metadata)).constitution.articles if isinstance(metadata, dict) else ()


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}.") from error
    if len(data) > MOST_BYTES:
        raise BadInput(f"{path.name} is larger than 2 MiB.")
    return data
