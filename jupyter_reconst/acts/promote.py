"""Move an article from the notebook to a farther scope: into its file, and out of the notebook.

The file is written here, the notebook by whoever has it open. Where only the first has happened both say the same, so
nothing is lost and nothing changes. The person has read what they promote; anything else in the file stays as accepted
or unaccepted as it was.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Any

from jupyter_reconst.acts.agreed import allowed
from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.acts.parts import keep, parts_in_force
from jupyter_reconst.acts.sign import legible, opened, signed
from jupyter_reconst.core.amendments import Amendment, amended
from jupyter_reconst.core.chain import seals
from jupyter_reconst.core.constitution import EMPTY, SCOPES, Article, Constitution, Provenance, after, heads
from jupyter_reconst.core.errors import BadInput, NotFound, Stale
from jupyter_reconst.core.notebook import Reading, article_key, understood
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.ports import Document, Event, Ports
from jupyter_reconst.core.requests import Change, Promote
from jupyter_reconst.core.scopes import Layer, laid
from jupyter_reconst.core.sharing.published import dump


async def promote(ports: Ports, person: Person, request: Promote) -> Change:
    """What to write into the notebook, once the file is written.

    Raises NotFound, Stale where the article or the file has changed, VotesNeeded, InvisibleText, and BadInput where
    the file cannot be read or written.
    """
    known = await signed(ports, person, request.id)
    if known is not None:
        return known
    document = await opened(ports, person, request.path)
    parts = dict(await parts_in_force(ports, person, document))
    article = _own(document, parts["notebook"], request.article)
    layer = await layer_of(ports, person, document, request.to)
    amendment = Amendment(id=request.id, action="repeal", article=article.id, base=article.revision)
    await allowed(ports, person, document, amendment)
    signature = Provenance(author=person.name, at=ports.clock.now(), note=f"Promoted: {request.to}")
    moved = _moved(article, layer.reading, signature, later(ports.clock.id(), document.reading.ids))
    text = dump(layer.front, _with(layer.reading, moved))
    rest, repealed = amended(
        parts["notebook"],
        amendment,
        revisions=document.reading.ratified,
        revision=later(ports.clock.id(), (*document.reading.ids, moved.revision)),
        provenance=signature,
    )
    before = await ports.scopes.write(layer, text)
    stood = parts.get(request.to, EMPTY)
    parts |= {request.to: stood.replaced(moved), "notebook": rest}
    promoted = {
        "scope": request.to,
        "place": layer.place,
        "before": before,
        "after": hashlib.sha256(text.encode()).hexdigest(),
        "stood": stood.digest,
    }
    writes = {article_key(repealed): dumped(repealed)}
    change = Change(id=request.id, article=repealed, writes=writes, digest=laid(parts.items()).digest)
    return await moved_by(ports, person, document, change, amendment, parts, promoted=promoted)


async def layer_of(ports: Ports, person: Person, document: Document, scope: Any) -> Layer:
    """The file of a scope that a notebook's article may move to or from. Raises BadInput."""
    head = understood(document.reading, PurePosixPath(document.path).name).head
    if head and head.sample:
        raise BadInput("This notebook plays a recording.", remedy="Promote an article of a notebook of yours.")
    layer = await ports.scopes.layer(person.owner, document.path, scope)
    if layer.problem:
        raise BadInput(f"{layer.place} cannot be read: {layer.problem}", remedy="Mend it, or move it away.")
    return layer


async def moved_by(
    ports: Ports,
    person: Person,
    document: Document,
    change: Change,
    amendment: Amendment,
    parts: dict[Any, Constitution],
    **said: Any,
) -> Change:
    """Put these parts in force, and keep what was done and what the notebook is still to be written."""
    now = ports.clock.now()
    document = await opened(ports, person, document.path)
    scopes = [layer.scope for layer in document.around]
    ranked = [(scope, parts.get(scope, EMPTY)) for scope in SCOPES if scope in (*scopes, "notebook")]
    await keep(ports, person, document, ranked, now, "ratified")
    body = {
        "amendment": amendment.model_dump(mode="json"),
        "change": change.model_dump(mode="json"),
        "own": parts["notebook"].digest,
        **said,
    }
    event = Event(
        id=change.id,
        owner=person.owner,
        notebook=document.notebook,
        kind="ratification",
        subject=amendment.article,
        body=body,
        created=now,
    )
    await ports.journal.append(event)
    return await signed(ports, person, change.id) or change


def _own(document: Document, own: Constitution, id: str) -> Article:
    """The article as this person has accepted it and the notebook says it."""
    article = own.article(id)
    if article is None:
        raise NotFound("This notebook has no such article of its own in force.")
    if [head.revision for head in heads(document.reading.ratified).get(id, [])] != [article.revision]:
        raise Stale(f"“{article.title}” is not the only version in this notebook.", remedy="Choose one of them first.")
    legible(Constitution(articles=(article,)))
    return article


def _moved(article: Article, file: Reading, signature: Provenance, revision: str) -> Article:
    """The revision for the file: after what the notebook and the file said of it, in its place there or last."""
    held = [head for head in heads(file.revisions).get(article.id, []) if head.revision != article.revision]
    there = file.constitution.article(article.id)
    last = file.constitution.articles[-1:]
    before = article.provenance
    update = {
        "revision": revision,
        "parents": tuple(parent.revision for parent in (article, *held)),
        "seals": seals((article, *held)),
        "order": there.order if there else after(last[0].order if last else ""),
        "provenance": signature.model_copy(update={"words": before.words, "evidence": before.evidence}),
    }
    return article.model_copy(update=update)


def _with(file: Reading, moved: Article) -> Reading:
    """What the file says with the article. It holds one revision of each, so that a person can take a section out."""
    others = (a for a in file.revisions if a.id != moved.id)
    return file.model_copy(update={"revisions": (*others, moved)})
