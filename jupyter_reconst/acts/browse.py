"""Browse the wiki: find packs and articles, read one, take a copy. Looking sends nothing and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.core.constitution import EMPTY
from jupyter_reconst.core.errors import BadInput, Stale
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports, Wiki
from jupyter_reconst.core.requests import Browse, Browsed, Hit, Lend, Lent, Open, Page, Shelved, Used
from jupyter_reconst.core.review import reviewed
from jupyter_reconst.core.sharing.adopting import adoption
from jupyter_reconst.core.sharing.pinning import copied, moved_on, part_of
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.wiki import Pack, found

MOST_HITS = 200


async def browse(ports: Ports, person: Person, wiki: Wiki, request: Browse) -> Browsed:
    """The packs, and the articles that hold the words."""
    packs = await wiki.packs()
    standing = _standing(await _held(ports, person, request.path), packs)
    hits = found(request.words, packs)
    return Browsed(
        packs=tuple(shelved(pack, standing.get(pack.name, "")) for pack in packs),
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


async def page(ports: Ports, person: Person, wiki: Wiki, request: Open) -> Page:
    """One pack, with what a reader should look at twice. Raises NotFound, Malformed."""
    pack = await wiki.pack(request.pack)
    reading = pack.reading
    document = await ports.documents.of_path(person.owner, request.path) if request.path else None
    law = await constitution_in_force(ports, person, document) if document else EMPTY
    held = document.reading if document else Reading()
    uses = await wiki.uses()
    return Page(
        pack=shelved(pack, _standing(held, [pack]).get(pack.name, "")),
        review=reviewed(reading.constitution, law),
        cases=reading.cases,
        used=tuple(
            Used(article=article.id, where=use.where, same=use.article.draft == article.draft)
            for article in reading.constitution.articles
            for use in uses.get(article.id, ())
            if use.where != pack.name
        ),
        steps=tuple(step for step in adoption(held, reading).steps if step.news != "same") if document else (),
    )


async def lend(wiki: Wiki, request: Lend) -> Lent:
    """The file of what was read. Raises NotFound, Malformed, Stale where the pack reads otherwise now."""
    pack = await wiki.pack(request.pack)
    if pack.reading.constitution.digest != request.digest:
        raise Stale(f"“{pack.title}” has changed since you read it.", remedy="Read it again, then adopt it.")
    part = part_of(pack.reading, request.articles)
    if {article.id for article in part.constitution.articles} < set(request.articles):
        raise BadInput(f"“{pack.title}” has no such article.")
    assert pack.published is not None
    name = f"{pack.name.replace('/', ' ')}.md"
    return Lent(name=name, text=dump(pack.published.front, part), part=bool(request.articles))


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


async def _held(ports: Ports, person: Person, path: str | None) -> Reading:
    document = await ports.documents.of_path(person.owner, path) if path else None
    return document.reading if document else Reading()


def _standing(held: Reading, packs: Iterable[Pack]) -> dict[str, str]:
    """Of the packs that a notebook has copied: whether one reads otherwise now."""
    standing: dict[str, str] = {}
    for pin, pack in copied(held, packs):
        if pack is not None and standing.get(pack.name) != "update":
            standing[pack.name] = "update" if moved_on(pin, pack) else "adopted"
    return standing
