"""What this person has accepted of each scope, and what that makes when it is laid over each other.

Each part is accepted by its own content, so the file of a project is read once and holds in all its notebooks. A part
that has changed since stays as it was accepted. A nearer part takes words of a farther one out of force only where the
result was accepted: ids are not sent, so no digest covers which words another scope's words stand for.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from jupyter_reconst.core.constitution import EMPTY, Constitution, Scope
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Accepted, Document, Ports
from jupyter_reconst.core.scopes import Part, laid, yielding

How = Literal["read", "ratified", "headless"]


async def parts_in_force(ports: Ports, person: Person, document: Document) -> list[Part]:
    """The accepted part of each scope, the farthest first, as far as it may be laid over those before it."""
    parts: list[Part] = []
    for scope, key in keys(document).items():
        part = await _part(ports, person, document, scope, key)
        gentle = yielding(parts, part)
        if len(gentle.articles) < len(part.articles):
            together = laid([*parts, (scope, part)])
            part = part if await _accepted(ports, person, together, key) else gentle
        parts.append((scope, part))
    return parts


def keys(document: Document) -> dict[Scope, str]:
    """What the accepted part of each scope is kept under, the farthest first."""
    return {**{layer.scope: layer.key for layer in document.around}, "notebook": document.notebook}


async def keep(ports: Ports, person: Person, document: Document, parts: list[Part], at: datetime, how: How) -> None:
    """Put these parts in force: each by itself, and each on top of those before it."""
    under = keys(document)
    for number, (scope, part) in enumerate(parts, 1):
        for law in (part, laid(parts[:number])):
            await record(ports, person, law, at, how)
        await ports.trust.stand(person.owner, under[scope], part.digest)


async def record(ports: Ports, person: Person, law: Constitution, at: datetime, how: How) -> None:
    """Remember that this person has accepted a constitution, and with it what of it is the notebook's own."""
    for one in (law, law.own):
        await ports.trust.accept(person.owner, Accepted(digest=one.digest, constitution=one, at=at, how=how))
        if law.own is law:
            return


def split(document: Document, law: Constitution) -> list[Part]:
    """The parts of a constitution that was chosen from what these scopes carry."""

    def said(carried: Constitution) -> Constitution:
        stands = {article.id: article for article in law.articles}
        articles = (a for a in carried.articles if a.id in stands and a.reads_as(stands[a.id]))
        return Constitution(preamble=carried.preamble if law.preamble else "", articles=tuple(articles))

    outer: list[Part] = [(layer.scope, said(layer.reading.constitution)) for layer in document.around]
    return [*outer, ("notebook", said(document.reading.constitution))]


async def _part(ports: Ports, person: Person, document: Document, scope: Scope, key: str) -> Constitution:
    """What a scope carries, where that is accepted; otherwise what stood."""
    layer = next((layer for layer in document.around if layer.scope == scope), None)
    carried = (layer or document).reading.constitution
    if carried.digest != EMPTY.digest:
        if await ports.trust.accepted(person.owner, carried.digest):
            return carried
    elif layer is None and not document.bare:
        return carried
    standing = await ports.trust.standing(person.owner, key)
    law = standing.constitution if standing else EMPTY
    # The same words may have been accepted where they came from several scopes; here they are of one.
    return Constitution(preamble=law.preamble, articles=law.articles)


async def _accepted(ports: Ports, person: Person, together: Constitution, key: str) -> bool:
    """Whether this was accepted; that nothing applies at all, which many have accepted somewhere: whether here."""
    if together.digest != EMPTY.digest:
        return await ports.trust.accepted(person.owner, together.digest) is not None
    standing = await ports.trust.standing(person.owner, key)
    return standing is not None and standing.digest == EMPTY.digest
