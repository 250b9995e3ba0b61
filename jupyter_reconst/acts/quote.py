"""Quote: one passage of the library, as it stands there."""

from __future__ import annotations

from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.library import Passage
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests.collecting import Quote


async def quote(ports: Ports, person: Person, request: Quote) -> Passage:
    """The passage. Raises NotFound where the library does not have it any more."""
    found = await ports.library.passage(person.owner, request.id) if ports.library else None
    if found is None:
        remedy = "Update the library: the file has changed, or is not in it any more."
        raise NotFound("The library does not have this passage.", remedy=remedy)
    return found
