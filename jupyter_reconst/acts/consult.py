"""Consult: search the library. Nothing is sent by looking."""

from __future__ import annotations

from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests.collecting import Consult, Consulted


async def consult(ports: Ports, person: Person, request: Consult) -> Consulted:
    """The passages that are nearest to the words."""
    library = ports.library
    return Consulted(passages=await library.search(person.owner, request.words, request.limit) if library else ())
