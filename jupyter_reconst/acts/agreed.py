"""What this notebook's people have agreed, as this person sees it, and whether a change may become law.

A vote in the person's own name that they did not cast here is shown as such and not counted: it is the one claim that
can be checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from jupyter_reconst.core.agreeing import Agreeing, Agreement, State, agreements, in_words
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.errors import BadInput, NotebookUnknown, Stale, VotesNeeded
from jupyter_reconst.core.notebook import understood, vote_key
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Event, EventKind, Ports
from jupyter_reconst.core.proposals import Proposed, Terms, spelt
from jupyter_reconst.core.requests import Change

_SIGNED: tuple[EventKind, ...] = ("proposal", "vote")
"""Lines of the journal that hold votes; who proposes agrees."""
_BEST: tuple[State, ...] = ("carried", "open", "rejected", "withdrawn", "overtaken", "ratified")
"""Of several proposals of one change, which one counts."""
_SETTLED = 10
"""Proposals that are no longer open and are still shown, newest first."""


async def agreeing(ports: Ports, person: Person, document: Document) -> Agreeing:
    """The terms that hold, where proposals stand, and what is short of votes."""
    reading = document.reading
    if not (reading.rules or reading.proposals):
        return Agreeing()
    went = reading.course
    standing = document.carried.articles
    disowned = await _disowned(ports, person, document)
    found = agreements(standing, reading.records, went, disowned)
    settled = [one.proposal.id for one in found if one.state not in ("open", "carried")][_SETTLED:]
    return Agreeing(
        terms=went.terms,
        voters=went.voters,
        proposals=tuple(_looked_at(one, person) for one in found if one.proposal.id not in settled),
        short=reading.short,
    )


def _looked_at(agreement: Agreement, person: Person) -> Agreement:
    """With what this person said."""
    own = (
        b.vote for b in agreement.ballots if b.void in ("", "outsider") and spelt(b.vote.author) == spelt(person.name)
    )
    vote = next(own, None)
    return agreement.model_copy(update={"mine": vote.answer}) if vote else agreement


async def allowed(ports: Ports, person: Person, document: Document, change: Amendment | Terms) -> Agreement | None:
    """The proposal by which a change may become law; none is needed where one person decides.

    Raises VotesNeeded, and Stale where the proposal of an amendment is over.
    """
    known = await agreeing(ports, person, document)
    told = [one for one in known.proposals if about(one.proposal, change)]
    found = min(told, key=lambda one: _BEST.index(one.state), default=None)
    if found and found.state == "carried":
        return found
    if known.terms.kind == "one":
        return None
    who = in_words(known.terms, known.voters)
    if found and found.state == "open":
        counted = f"{found.agree} of the {found.needs} votes it needs are there: {who} must agree."
        raise VotesNeeded(counted, remedy="Ratify it once the votes are there.")
    if found and isinstance(change, Amendment):
        over = f"This proposal is {found.state}: there is nothing to ratify."
        raise Stale(over, remedy="Propose it again if you want it.")
    raise VotesNeeded(f"In this notebook {who} must agree before anything becomes law.")


def about(proposal: Proposed, change: Amendment | Terms | None) -> bool:
    """Whether a proposal is about exactly this change. A new article may have its id from the proposal alone."""
    if isinstance(change, Terms):
        return proposal.terms == change
    put = proposal.amendment
    if change is None or put is None:
        return False
    named = change.article == put.article or (change.action == "add" and change.article is None)
    return named and all(getattr(change, name) == getattr(put, name) for name in ("action", "base", "draft", "order"))


def signed_by(person: Person) -> str:
    """The name that the server knows this person by. Raises BadInput where there is none: a vote needs a name."""
    if not spelt(person.name):
        raise BadInput("A proposal or a vote needs a name.", remedy="Say your name in the sidebar, then press again.")
    return person.name


async def open_to(ports: Ports, person: Person, path: str) -> Document:
    """The notebook that a person would say something in. Raises NotebookUnknown, BadInput for a newer format."""
    document = await ports.documents.of_path(person.owner, path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    understood(document.reading, PurePosixPath(path).name)
    return document


async def done(ports: Ports, person: Person, id: str, kind: EventKind) -> Change | None:
    """What was signed under this id before. Raises BadInput where it names something else."""
    line = await ports.journal.get(person.owner, id)
    if line is None:
        return None
    if line.kind != kind:
        raise BadInput("This id already names something else.")
    return Change.model_validate(line.body["change"])


async def keep(
    ports: Ports, person: Person, document: Document, id: str, kind: EventKind, writes: dict[str, Any]
) -> Change:
    """Keep what was said, and answer with what to write. It changes nothing that is in force."""
    change = Change(id=id, writes=writes, digest=document.reading.constitution.digest)
    event = Event(
        id=id,
        owner=person.owner,
        notebook=document.notebook,
        kind=kind,
        body={"change": change.model_dump(mode="json")},
        created=ports.clock.now(),
    )
    await ports.journal.append(event)
    # Two clicks may have come this far together; what the journal kept first is what both are told.
    return await done(ports, person, id, kind) or change


async def _disowned(ports: Ports, person: Person, document: Document) -> frozenset[str]:
    """The votes in this person's name that are in the notebook and not in their journal."""
    name = spelt(person.name)
    own = [vote for vote in document.reading.votes if name and spelt(vote.author) == name]
    if not own:
        return frozenset()
    cast = {key for kind in _SIGNED for key in await _written(ports, person, document, kind)}
    return frozenset(vote.id for vote in own if vote_key(vote) not in cast)


async def _written(ports: Ports, person: Person, document: Document, kind: EventKind) -> Iterable[str]:
    lines = await ports.journal.events(person.owner, kind=kind, notebook=document.notebook)
    return [key for line in lines for key in line.body["change"]["writes"]]
