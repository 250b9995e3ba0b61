"""Shelve: what a person's library is made of, and what of it could not be read."""

from __future__ import annotations

from jupyter_reconst.core.library import Embedded
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Embedder, Library, Ports
from jupyter_reconst.core.requests.collecting import Shelves


async def shelves(ports: Ports, person: Person) -> Shelves:
    """Its sources, and the files that were skipped."""
    library = ports.library
    if library is None:
        return Shelves()
    return Shelves(
        sources=await library.sources(person.owner),
        skipped=await library.skipped(person.owner),
        embedded=await _embedded(library, ports.embedder, person),
    )


async def _embedded(library: Library, embedder: Embedder | None, person: Person) -> Embedded | None:
    if embedder is None:
        return None
    done, of = await library.embedded(person.owner, embedder.name)
    return Embedded(done=done, of=of, missing=embedder.missing()) if of else None
