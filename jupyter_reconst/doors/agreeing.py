"""`jupyter reconst show`: who must agree, what is proposed and who said what of it, and what is short of its votes."""

from __future__ import annotations

from collections.abc import Iterator

from jupyter_reconst.core.agreeing import Agreement, Ballot, agreements, in_words, named
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.visible import spelled

_VOID = {
    "": "",
    "wording": " (to other words: not counted)",
    "outsider": " (has no vote here)",
    "unknown": " (not cast by the person whose name it bears)",
}


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
    count = f", {agreement.agree} of {agreement.needs} agree" if agreement.needs else f", {agreement.agree} agree"
    yield f"proposal, {agreement.state}{count}: {named(proposal)}{_by(proposal.provenance.author)}"
    draft = proposal.amendment and proposal.amendment.draft
    if draft:
        yield draft.clauses
    for ballot in agreement.ballots:
        yield f"   {_vote(ballot)}"


def _vote(ballot: Ballot) -> str:
    vote = ballot.vote
    why = f": {vote.why}" if vote.why else ""
    tried = f"\n      try: {vote.provocation}" if vote.provocation else ""
    return f"{vote.answer}{_by(vote.author)}{_VOID[ballot.void]}{why}{tried}"


def _by(author: str) -> str:
    return f" by {author} (as claimed)" if author else ""
