"""The turns that answer one question in one place, and which of them a person kept."""

from __future__ import annotations

from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.turns import Turn
from jupyter_reconst.core.variants import root_of


async def family(ports: Ports, person: Person, turn: Turn) -> tuple[Turn, ...]:
    """The first turn, as long as it is not forgotten, and all that vary it, oldest first."""
    root = root_of(turn)
    lines = await ports.journal.events(person.owner, kind="variant", subject=root)
    ids = [root, *(line.body["turn"] for line in lines if line.body)]
    found = [await turn_of(ports, person, id) for id in dict.fromkeys(ids)]
    return tuple(one for one in found if one is not None)
