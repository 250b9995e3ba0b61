"""Discard: take a source out of the library. Its files stay where they are; only what was read from them goes."""

from __future__ import annotations

from jupyter_reconst.acts.shelve import shelves
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests.collecting import Discard, Shelves


async def discard(ports: Ports, person: Person, request: Discard) -> Shelves:
    """What is left. Raises NotFound."""
    if ports.library is None or not await ports.library.remove(person.owner, request.path):
        raise NotFound("This is not in the library.")
    return await shelves(ports, person)
