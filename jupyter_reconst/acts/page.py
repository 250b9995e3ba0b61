"""Read one pack of the wiki, beside what is in force. Nothing of it is in the notebook, and nothing is sent."""

from __future__ import annotations

from jupyter_reconst.acts.browse import shelved, standing
from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.core.constitution import EMPTY
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports, Wiki
from jupyter_reconst.core.requests import Open, Page, Used
from jupyter_reconst.core.review import reviewed
from jupyter_reconst.core.sharing.adopting import adoption
from jupyter_reconst.core.sharing.pinning import copied, part_of


async def page(ports: Ports, person: Person, wiki: Wiki, request: Open) -> Page:
    """One pack, with what a reader should look at twice. Raises NotFound, Malformed."""
    pack = await wiki.pack(request.pack)
    document = await ports.documents.of_path(person.owner, request.path) if request.path else None
    law = await constitution_in_force(ports, person, document) if document else EMPTY
    held = document.reading if document else Reading()
    packs, uses = await wiki.packs(), await wiki.uses()
    parts = [pin.articles for pin, theirs in copied(held, packs) if theirs and theirs.name == pack.name]
    part = sorted({id for ids in parts for id in ids}) if all(parts) else []
    steps = adoption(held, part_of(pack.reading, part)).steps if document else ()
    return Page(
        pack=shelved(pack, standing(held, packs).get(pack.name, "")),
        review=reviewed(pack.reading.constitution, law),
        cases=pack.reading.cases,
        used=tuple(
            Used(article=article.id, where=use.where, same=use.article.draft == article.draft)
            for article in pack.reading.constitution.articles
            for use in uses.get(article.id, ())
            if use.where != pack.name
        ),
        copied=tuple(part),
        steps=tuple(step for step in steps if step.news != "same"),
    )
