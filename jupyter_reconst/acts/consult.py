"""Consult: search the library, by words and, where it is embedded, by meaning. Nothing is sent by looking."""

from __future__ import annotations

import asyncio

from jupyter_reconst.core.embedding import Embedding
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Embedder, Ports
from jupyter_reconst.core.requests.collecting import Consult, Consulted

WORDS_ALONE = "These were found by their words alone: what you wrote could not be compared by its meaning just now."
_PATIENCE = 5.0
"""Seconds for the model to say what some words mean, its start included; else they are searched for as they are."""


async def consult(ports: Ports, person: Person, request: Consult) -> Consulted:
    """The passages that are nearest to the words."""
    library, embedder = ports.library, ports.embedder
    if library is None:
        return Consulted()
    like, note = None, ""
    if embedder is not None and not embedder.missing() and (await library.embedded(person.owner, embedder.name))[0]:
        like = await _meant(embedder, request.words)
        note = "" if like else WORDS_ALONE
    return Consulted(passages=await library.search(person.owner, request.words, request.limit, like), note=note)


async def _meant(embedder: Embedder, words: str) -> Embedding | None:
    try:
        return await asyncio.wait_for(embedder.embed(words), _PATIENCE)
    except asyncio.TimeoutError:
        return None
