"""What others wrote: shared packs, a person's library, and the registries of works."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from jupyter_reconst.core.embedding import Embedding
from jupyter_reconst.core.library import Entry, File, Held, Passage, Readable, Skipped, Work
from jupyter_reconst.core.sharing.wiki import Pack, Use


class Wiki(Protocol):
    """Shared packs and answers: installed ones, and what lies in the folders that the settings name."""

    async def packs(self) -> tuple[Pack, ...]:
        """Every pack, installed ones first. Those that cannot be read say why."""
        ...

    async def pack(self, name: str) -> Pack:
        """One pack that can be read. Raises NotFound, or Malformed for one that cannot."""
        ...

    async def uses(self) -> dict[str, tuple[Use, ...]]:
        """Where each article is used, by its id."""
        ...

    async def text(self, pack: Pack) -> bytes:
        """The bytes of a pack's file as they are now. Raises BadInput where it is gone or too large."""
        ...

    def place(self, pack: Pack) -> str:
        """Where a pack's file lies in its git repository or its folder, between slashes."""
        ...


class Library(Protocol):
    """What each person brought to read: bibliographies, and folders of texts. Nobody sees another person's."""

    async def search(
        self, owner: str, words: str, limit: int = 10, like: Embedding | None = None
    ) -> tuple[Passage, ...]:
        """The passages nearest to some words (BM25), best first; empty where there is no library.

        With what the words mean (`like`), those that mean alike are among them.
        """
        ...

    async def find(self, owner: str, work: Work, limit: int = 5) -> tuple[Entry, ...]:
        """The entries that may be this work, best first: the same DOI or arXiv id, else by title, names and year."""
        ...

    async def passage(self, owner: str, id: str) -> Passage | None:
        """One passage."""
        ...

    async def sources(self, owner: str) -> tuple[Held, ...]:
        """What was added, by path."""
        ...

    async def skipped(self, owner: str, limit: int = 200) -> tuple[Skipped, ...]:
        """Files that could not be read, or not all of them, and why."""
        ...

    async def add(self, owner: str, path: str) -> None:
        """Add a source; nothing is read by it."""
        ...

    async def remove(self, owner: str, path: str) -> bool:
        """Take a source out, with all that was read from it alone; whether it was there."""
        ...

    async def known(self, owner: str) -> dict[str, tuple[File, str]]:
        """Every file that was read, as it was then, and the digest of its bytes; by path."""
        ...

    async def put(self, owner: str, document: Readable) -> None:
        """Let a document say this from now on: in one transaction, whole or not at all."""
        ...

    async def touch(self, owner: str, file: File) -> None:
        """Say that a file has another date, and the same bytes."""
        ...

    async def drop(self, owner: str, paths: Collection[str]) -> None:
        """Forget documents that are gone."""
        ...

    async def settle(self, owner: str, at: datetime) -> None:
        """Say that everything was gone through: what searching reads of the whole is made anew."""
        ...

    async def unembedded(self, owner: str, model: str, after: int, limit: int) -> tuple[tuple[int, str, str], ...]:
        """The next passages that a model has not embedded, by number: number, key and text of each."""
        ...

    async def embed(self, owner: str, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep what a model made of passages, by their keys; of one that it could not embed, an empty vector."""
        ...

    async def embedded(self, owner: str, model: str) -> tuple[int, int]:
        """How many passages a model has embedded, and of how many."""
        ...


class Embedder(Protocol):
    """A model on this machine that says what a text is about. Nothing is sent."""

    @property
    def name(self) -> str:
        """Which model it is."""
        ...

    def missing(self) -> str:
        """What is missing to run it, in a sentence; empty when nothing is."""
        ...

    async def embed(self, text: str) -> Embedding | None:
        """What a text is about, as far as the model reads it; None where it cannot be said. Never raises."""
        ...

    async def rest(self) -> None:
        """Nothing is embedded for now: let go of the process that does it."""
        ...


class Reader(Protocol):
    """The files that libraries are made of. What they hold is hostile until it was read."""

    async def located(self, path: str) -> str:
        """The absolute path of a source. Raises BadInput for what is not there, or not below the server's folder."""
        ...

    async def files(self, source: str) -> tuple[File, ...] | None:
        """The files of a source that can be read, and those that cannot (`why`); None where it is not there now."""
        ...

    async def read(self, file: File, digest: str = "") -> Readable | None:
        """What a file says; None where its bytes have this digest. Never raises: what goes wrong is its `why`."""
        ...

    async def rest(self) -> None:
        """Nothing is read for now: let go of the process that reads."""
        ...


class Registries(Protocol):
    """Public services that know which works there are; those that the operator allows."""

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called, in the order in which they are asked; empty where none may be."""
        ...

    async def look(self, where: str, work: Work) -> tuple[Work, ...]:
        """The works there that may be this one, by its own fields alone. Raises RegistryFailed."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
