"""Adopt articles from a file: what it would bring is read first, and what was ticked is written and in force by it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from jupyter_reconst.acts.inforce import amendable, dumped
from jupyter_reconst.acts.sign import free, legible, opened, sign, signed
from jupyter_reconst.core.constitution import Constitution, Provenance
from jupyter_reconst.core.errors import BadInput, Stale
from jupyter_reconst.core.notebook import PREFIX
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.requests import Adopt, Bring, Brought, Change, Note, Rehearse, TextFile
from jupyter_reconst.core.review import reviewed
from jupyter_reconst.core.sharing import offering
from jupyter_reconst.core.sharing.offering import Offer
from jupyter_reconst.core.sharing.pinning import pin, pinned
from jupyter_reconst.core.sharing.published import Published
from jupyter_reconst.core.sharing.received import Received, received


async def bring(ports: Ports, person: Person, request: Bring) -> Brought:
    """What a file would bring, beside what is in force. Raises Malformed and BadInput for what cannot be read."""
    document = await opened(ports, person, request.path)
    law, _ = await amendable(ports, person, document)
    found, offer = _offered(document, request.file)
    return Brought(review=reviewed(offer.constitution, law), notes=tuple(_notes(found, offer)))


async def adopt(ports: Ports, person: Person, request: Adopt) -> Change:
    """What to write. Raises Stale where another constitution was read, VotesNeeded, InvisibleText, BadInput."""
    known = await signed(ports, person, request.id)
    if known is not None:
        return known
    document = await opened(ports, person, request.path)
    await free(ports, person, document)
    before, _ = await amendable(ports, person, document)
    found, offer = _offered(document, request.file)
    law = ticked(before, offer, request)
    note = f"From {request.file.name}"[:200]
    provenance = Provenance(author=person.name, at=ports.clock.now(), note=note)
    ids = {*document.reading.ids, *(article.revision for article in found.published.reading.revisions)}
    chosen = offering.settled(document.reading, offer, request.articles, provenance, later(ports.clock.id(), ids))
    for article in chosen:
        law = law.replaced(article)
    written = offering.writes(offer, request.articles, preamble=request.preamble) | offering.keyed(chosen)
    written |= _pinned(ports, document, found.published, request.articles, part=request.file.part)
    change = Change(id=request.id, writes=written, digest=law.digest)
    said = {"file": request.file.name, "articles": list(request.articles)}
    return await sign(ports, person, document, change, law, before, adopted=said)


def _notes(found: Received, offer: Offer) -> Iterator[Note]:
    """What else there is to know, the most important first."""
    cases, disputed = offer.adoption.cases, set(offer.disputed)
    if found.published.edited:
        yield Note(says="It says other words than those that it was published with: its digest is another.")
    both = tuple(article.title for article in offer.constitution.articles if article.id in disputed)
    kept = tuple(step.title for step in offer.rest if step.news in ("kept", "same"))
    left = tuple(step.title for step in offer.rest if step.news not in ("kept", "same"))
    for says, about in (
        ("You and the file have changed these: ticked, the file’s version applies; yours stays in the history.", both),
        ("Yours are newer, or you have repealed them: there is nothing to take.", kept),
        ("Repealed or switched off in the file: yours stay as they are.", left),
        ("These lines have no counterpart here, and are left.", found.unused),
    ):
        if about:
            yield Note(says=says, about=about)
    if offer.adoption.preamble == "kept":
        yield Note(says="The notebook keeps its own text before the articles.")
    if cases:
        yield Note(says=f"{cases} kept case{'s' if cases > 1 else ''} would come along, of the articles that you tick.")


def ticked(law: Constitution, offer: Offer, request: Adopt | Rehearse) -> Constitution:
    """What is in force with what was ticked. Raises Stale, BadInput, InvisibleText."""
    if offer.constitution.digest != request.digest:
        raise Stale("The notebook has changed since you read what the file brings.", remedy="Read it again.")
    unknown = set(request.articles) - {article.id for article in offer.constitution.articles}
    if unknown:
        raise BadInput(f"The file offers no article {min(unknown)}.")
    legible(
        Constitution(
            preamble=offer.constitution.preamble if request.preamble else "",
            articles=tuple(a for a in offer.constitution.articles if a.id in request.articles),
        )
    )
    return offering.with_ticked(law, offer, request.articles, preamble=request.preamble)


def offered(document: Document, file: TextFile) -> Offer:
    """What a file offers this notebook."""
    return _offered(document, file)[1]


def _offered(document: Document, file: TextFile) -> tuple[Received, Offer]:
    found = received(file.name, file.text)
    return found, offering.offer(document.reading, found.published.reading)


def _pinned(
    ports: Ports, document: Document, published: Published, ids: Collection[str], *, part: bool
) -> dict[str, Any]:
    """The pin of a named constitution, or of the part of it that was taken, unless it stands already."""
    reading, name = published.reading, published.front.name
    whole = not part and {article.id for article in reading.constitution.articles} <= set(ids)
    made = pin(ports.clock.id(), name, reading, () if whole else ids)
    return {f"{PREFIX}import:{made.id}": dumped(made)} if name and ids and not pinned(document.reading, made) else {}
