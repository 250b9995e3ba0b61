"""Which answers a person preferred to which, as pairs to learn from.

By default only pairs that nobody else can have put words into: both turns were asked by this person, under a
constitution that they have accepted, or under none. What a notebook merely claims is left out, and counted.
"""

from __future__ import annotations

from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.constitution import EMPTY
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.turns import Turn
from jupyter_reconst.core.variants import Pair, differs


async def pairs(ports: Ports, person: Person) -> list[Pair]:
    """Every pair, oldest first, with where it comes from. What was kept last counts; what was forgotten is gone."""
    last: dict[str | None, Event] = {}
    for line in await ports.journal.events(person.owner, kind="keep"):
        last.pop(line.subject, None)
        last[line.subject] = line
    found = []
    for line in last.values():
        chosen = await turn_of(ports, person, line.body.get("chosen"))
        for id in line.body.get("rejected", ()):
            rejected = await turn_of(ports, person, id)
            if chosen is not None and rejected is not None:
                found.append(await _pair(ports, person, line, chosen, rejected))
    return found


async def _pair(ports: Ports, person: Person, line: Event, chosen: Turn, rejected: Turn) -> Pair:
    both = (chosen, rejected)
    return Pair(
        turn=line.subject or chosen.id,
        at=line.created,
        prompt=chosen.prompt,
        messages=chosen.messages,
        chosen=chosen.reply,
        rejected=rejected.reply,
        chosen_model=chosen.model,
        rejected_model=rejected.model,
        differs=differs(chosen, rejected),
        other_messages=() if rejected.messages == chosen.messages else rejected.messages,
        chosen_digest=chosen.digest,
        rejected_digest=rejected.digest,
        own=not any(turn.claimed or turn.recording for turn in both),
        accepted=all([await _accepted(ports, person, turn.law or turn.digest) for turn in both]),
    )


async def _accepted(ports: Ports, person: Person, digest: str) -> bool:
    return digest == EMPTY.digest or await ports.trust.accepted(person.owner, digest) is not None
