"""Look references up where the operator allows it: after the reply, as an act of its own, until the person leaves.

An answer is kept with the model replies, so that nothing is asked twice; a place that fails is said to have failed.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator

from pydantic import TypeAdapter, ValidationError

from jupyter_reconst.acts.cite import marked, named, names, standing
from jupyter_reconst.acts.distance import similar
from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.errors import LookupsOff, RegistryFailed
from jupyter_reconst.core.library import Work
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports, Registries
from jupyter_reconst.core.references.matching import nearest
from jupyter_reconst.core.references.nouns import Looked, MarkedReference
from jupyter_reconst.core.requests import LookedUp, LookUp
from jupyter_reconst.core.turns import Reply

_WORKS = TypeAdapter(tuple[Work, ...])


async def lookup(ports: Ports, person: Person, request: LookUp) -> AsyncGenerator[LookedUp, None]:
    """Each reference that is not in the library, as it was looked up. Raises NotFound, LookupsOff."""
    turn = await named(ports, person, request.turn)
    async for one in looked_up(ports, await marked(ports, person, turn.reply)):
        yield LookedUp(marked=one)


async def looked_up(ports: Ports, some: tuple[MarkedReference, ...]) -> AsyncGenerator[MarkedReference, None]:
    """The same for references that are marked already. Raises LookupsOff."""
    if ports.registries is None or not names(ports):
        raise LookupsOff("The operator of this server lets no service be asked.")
    for one in some:
        if one.state == "in_library" or not worth(one):
            continue
        for where in names(ports):
            one = one.model_copy(update={"looked": (*one.looked, await _looked(ports, ports.registries, where, one))})
        yield standing(one)


def worth(one: MarkedReference) -> bool:
    """Whether a reference says enough to be looked up: “Lee (2019)” alone is hundreds of works."""
    said = one.reference
    return bool(said.doi or said.arxiv or said.title)


async def _looked(ports: Ports, registries: Registries, where: str, one: MarkedReference) -> Looked:
    said = Work(**{name: getattr(one.reference, name) for name in Work.model_fields})
    key = digest(["lookup", where, said.model_dump(mode="json")])
    works: tuple[Work, ...] | None = None
    if (kept := await ports.journal.cached(key)) is not None:
        try:
            works = _WORKS.validate_json(kept.text)
        except ValidationError:
            works = None
    if works is None:
        try:
            works = await registries.look(where, said)
        except RegistryFailed as error:
            return Looked(where=where, problem=error.message[:200])
        if works:  # What is not there today may be there tomorrow.
            await ports.journal.remember(key, Reply(text=_WORKS.dump_json(works).decode(), finish_reason="stop"))
    found = nearest(said, works, similar)
    return Looked(where=where, nearest=found, url=_address(found))


def _address(work: Work | None) -> str:
    if work is None:
        return ""
    if work.doi:
        return f"https://doi.org/{work.doi}"
    return f"https://arxiv.org/abs/{work.arxiv}" if work.arxiv else ""
