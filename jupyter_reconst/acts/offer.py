"""Offer an article of a notebook back to a pack, as a patch of the pack's file. Nothing is sent and nothing changed."""

from __future__ import annotations

import re

from jupyter_reconst.core.errors import BadInput, NotebookUnknown, NotFound
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports, Wiki
from jupyter_reconst.core.requests import Offer, Patch
from jupyter_reconst.core.sharing.patching import offered, patch


async def offer(ports: Ports, person: Person, wiki: Wiki, request: Offer) -> Patch:
    """The patch. Raises NotFound, BadInput where there is nothing to offer, Stale where the pack has changed it too."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    reading = document.reading
    article = reading.constitution.article(request.article)
    if article is None:
        raise NotFound("The notebook has no such article.")
    if any(conflict.article == article.id for conflict in reading.conflicts):
        raise BadInput(f"“{article.title}” has two versions.", remedy="Keep one of them in the sidebar, then offer it.")
    pack = await wiki.pack(request.pack)
    revisions = [one for one in reading.ratified if one.id == article.id]
    cases = [case for case in reading.cases if request.cases and case.article == article.id]
    before = await wiki.text(pack)
    after = offered(before, revisions, cases)
    verb = "Revise" if pack.reading.constitution.article(article.id) else "Add"
    text = patch(wiki.place(pack), before, after, f"{verb} “{article.title}” in {pack.title}")
    signed = [*(one.provenance for one in revisions), *(case.provenance for case in cases)]
    names = sorted({one.author for one in signed} - {""})
    words = sum(len(one.provenance.words) for one in revisions)
    said = f"{words} quotation{'s' if words != 1 else ''}, {len(cases)} kept cases, names: {', '.join(names) or 'none'}"
    name = re.sub(r"[^\w]+", "-", article.title.lower()).strip("-")[:60]
    return Patch(name=f"{name or 'article'}.patch", text=text.decode("utf-8"), says=said)
