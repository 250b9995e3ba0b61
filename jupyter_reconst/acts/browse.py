"""Browse the wiki: the packs that there are, and the articles that hold some words. Nothing is sent by looking."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports, Wiki
from jupyter_reconst.core.requests import Browse, Browsed, Hit, Shelved
from jupyter_reconst.core.sharing.pinning import copied, moved_on
from jupyter_reconst.core.sharing.wiki import Pack, found

MOST_HITS = 200


async def browse(ports: Ports, person: Person, wiki: Wiki, request: Browse) -> Browsed:
    """The packs, and the articles that hold the words."""
    packs = await wiki.packs()
    document = await ports.documents.of_path(person.owner, request.path) if request.path else None
    known = standing(document.reading if document else Reading(), packs)
    hits = found(request.words, packs)
    return Browsed(
        packs=tuple(shelved(pack, known.get(pack.name, "")) for pack in packs),
        hits=tuple(
            Hit(
                pack=pack.name,
                article=article.id,
                title=article.title,
                then=shorten(article.then, 160, placeholder=" …"),
                kind=article.kind,
            )
            for pack, article in hits[:MOST_HITS]
        ),
        more=max(0, len(hits) - MOST_HITS),
    )


def shelved(pack: Pack, standing: str = "") -> Shelved:
    """A pack as a list shows it."""
    said = pack.published
    if said is None:
        return Shelved(name=pack.name, source=pack.source, problem=pack.problem)
    front, law = said.front, said.reading.constitution
    return Shelved.model_validate(
        {
            "name": pack.name,
            "title": pack.title,
            "source": pack.source,
            "digest": law.digest,
            "articles": len(law.articles),
            "cases": len(said.reading.cases),
            "standing": standing,
            **front.model_dump(include={"version", "authors", "licence"}),
        }
    )


def standing(held: Reading, packs: Iterable[Pack]) -> dict[str, str]:
    """Of the packs that a notebook has copied: whether one reads otherwise now."""
    known: dict[str, str] = {}
    for pin, pack in copied(held, packs):
        if pack is not None and known.get(pack.name) != "update":
            known[pack.name] = "update" if moved_on(pin, pack) else "adopted"
    return known
