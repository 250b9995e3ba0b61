"""Shelve: what a person's library is made of, and what of it could not be read."""

from __future__ import annotations

from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests.collecting import Shelves


async def shelves(ports: Ports, person: Person) -> Shelves:
    """Its sources, and the files that were skipped."""
    library = ports.library
    if library is None:
        return Shelves()
    return Shelves(sources=await library.sources(person.owner), skipped=await library.skipped(person.owner))
