"""`jupyter reconst vote`, and of `show`: who must agree, what is proposed and who said what of it, what lacks votes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from jupyter_reconst.core.agreeing import Agreement, Ballot, agreements, in_words, named
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.requests import Change
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.changing import carried_out

_NAME = 16
"""Digits of a digest that name a proposal: so many that nobody finds other words with the same ones."""

_VOID = {
    "": "",
    "wording": " (to other words: not counted)",
    "outsider": " (has no vote here)",
    "unknown": " (not cast by the person whose name it bears)",
}


def cast_vote(options: argparse.Namespace) -> int:
    """Vote on a proposal, named by the words that were read, and say how it stands then."""
    from jupyter_reconst.acts.agreed import agreeing
    from jupyter_reconst.acts.vote import vote
    from jupyter_reconst.core.requests import Cast

    async def act(ports: Ports, person: Person, document: Document) -> Change:
        found = _called((await agreeing(ports, person, document)).proposals, options.proposal)
        request = Cast(
            id=ports.clock.id(),
            path=document.path,
            proposal=found.proposal.id,
            of=found.digest,
            answer=options.answer,
            why=options.why,
            provocation=options.provocation,
        )
        return await vote(ports, person, request)

    async def said(ports: Ports, person: Person, document: Document, change: Change) -> str:
        found = _called((await agreeing(ports, person, document)).proposals, options.proposal)
        carried = "\nThe votes are there: one of you can ratify it." if found.state == "carried" else ""
        return f"You said {options.answer}: {_stands(found)}{carried}"

    return carried_out(options, act, said, name=options.name)


def _called(known: Iterable[Agreement], name: str) -> Agreement:
    """The proposal of these words, one that is open if there is. Raises NotFound where there is none any more."""
    said = name.strip("…").lower()
    found = [one for one in known if len(said) >= _NAME and one.digest.startswith(said)]
    if not found:
        raise NotFound(
            f"No proposal in this notebook is called {name}.",
            remedy="Read `jupyter reconst show` again: with other words a proposal has another name.",
        )
    return max(found, key=lambda one: (one.state in ("open", "carried"), one.proposal.id))


def show_agreeing(reading: Reading) -> None:
    """Print it, where there is something of it. Names in a file are claims."""
    if reading.rules or reading.proposals:
        for line in _lines(reading):
            print(spelled(line))


def _lines(reading: Reading) -> Iterator[str]:
    went = reading.course
    yield f"who ratifies: {in_words(went.terms, went.voters)}"
    for article in reading.short:
        yield f"not ratified: {article.title}{_by(article.provenance.author)}"
        yield "   (repealed)" if article.repealed else article.draft.clauses
    for agreement in agreements(reading.constitution.articles, reading.records, went):
        yield from _proposal(agreement)


def _proposal(agreement: Agreement) -> Iterator[str]:
    proposal = agreement.proposal
    yield _stands(agreement)
    draft = proposal.amendment and proposal.amendment.draft
    if draft:
        yield draft.clauses
    for ballot in agreement.ballots:
        yield f"   {_vote(ballot)}"


def _stands(agreement: Agreement) -> str:
    proposal = agreement.proposal
    count = f", {agreement.agree} of {agreement.needs} agree" if agreement.needs else f", {agreement.agree} agree"
    what = f"{named(proposal)}{_by(proposal.provenance.author)}"
    return f"proposal {agreement.digest[:_NAME]}, {agreement.state}{count}: {what}"


def _vote(ballot: Ballot) -> str:
    vote = ballot.vote
    why = f": {vote.why}" if vote.why else ""
    tried = f"\n      try: {vote.provocation}" if vote.provocation else ""
    return f"{vote.answer}{_by(vote.author)}{_VOID[ballot.void]}{why}{tried}"


def _by(author: str) -> str:
    return f" by {author} (as claimed)" if author else ""
