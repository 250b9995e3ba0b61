"""Compare a notebook's constitution: with how it was after a revision, or with what a file says."""

from __future__ import annotations

from jupyter_reconst.acts.sign import opened
from jupyter_reconst.core.comparing import compare
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Diff, Differs
from jupyter_reconst.core.sharing.received import received
from jupyter_reconst.core.versions import at, versions


async def diff(ports: Ports, person: Person, request: Diff) -> Differs:
    """What differs. Raises NotFound for an unknown revision, Malformed and BadInput for what cannot be read."""
    document = await opened(ports, person, request.path)
    now = document.reading
    problems = now.problems
    other: Reading | None = None
    pair: tuple[Reading, Reading] | None = None
    if request.file is not None:
        found = received(request.file.name, request.file.text)
        other = found.published.reading
        pair, problems = (now, other), (*problems, *found.unused)
    elif request.revision is not None:
        other = at(now, request.revision)
        pair = (other, now)
    return Differs(
        versions=versions(now)[::-1],
        comparison=compare(*pair) if pair else None,
        other=other.constitution if other else None,
        digest=other.constitution.digest if other else None,
        problems=problems,
    )
