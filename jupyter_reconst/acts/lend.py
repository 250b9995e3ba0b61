"""Lend a pack of the wiki, or some of its articles alone, as a file to be reviewed like any other."""

from __future__ import annotations

from jupyter_reconst.core.errors import BadInput, Stale
from jupyter_reconst.core.ports import Wiki
from jupyter_reconst.core.requests import Lend, Lent
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.pinning import part_of
from jupyter_reconst.core.sharing.published import dump


async def lend(wiki: Wiki, request: Lend) -> Lent:
    """The file of what was read. Raises NotFound, Malformed, Stale where the pack reads otherwise now."""
    pack = await wiki.pack(request.pack)
    if pack.reading.constitution.digest != request.digest:
        raise Stale(f"“{pack.title}” has changed since you read it.", remedy="Read it again, then adopt it.")
    part = part_of(pack.reading, request.articles)
    if {article.id for article in part.constitution.articles} < set(request.articles):
        raise BadInput(f"“{pack.title}” has no such article.")
    front = pack.published.front if pack.published else Front()
    name = f"{pack.name.replace('/', ' ')}.md"
    return Lent(name=name, text=dump(front, part), part=bool(request.articles))
