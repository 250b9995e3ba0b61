"""Say what one thinks of a proposal, as it was read: agree, pass, or disagree, with a line why and a prompt to try.

The last vote of a person counts, and only for the words that it was about. Nothing comes into force by a vote: once
there are enough, a person ratifies.
"""

from __future__ import annotations

from jupyter_reconst.acts.agreed import agreeing, done, keep, open_to, signed_by
from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.core.errors import InvisibleText, NotFound, Stale
from jupyter_reconst.core.notebook import vote_key
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.proposals import Proposed, Vote
from jupyter_reconst.core.requests import Cast, Change
from jupyter_reconst.core.visible import unseen


async def vote(ports: Ports, person: Person, request: Cast) -> Change:
    """The vote, to write. Raises NotFound, Stale where it reads otherwise now, InvisibleText for hidden characters."""
    known = await done(ports, person, request.id, "vote")
    if known is not None:
        return known
    document = await open_to(ports, person, request.path)
    reading, name = document.reading, signed_by(person)
    agreed = await agreeing(ports, person, document)
    found = next((one for one in agreed.proposals if one.proposal.id == request.proposal), None)
    if found is None:
        raise NotFound("There is no such proposal in this notebook.")
    if found.digest != request.of:
        raise Stale("The proposal has changed since you read it.")
    if found.state in ("ratified", "overtaken"):
        raise Stale(f"This proposal is {found.state}: there is nothing left to vote on.")
    if request.answer == "agree" and _hides(found.proposal):
        raise InvisibleText("Hidden characters stand in what is proposed.")
    cast = Vote(
        id=later(ports.clock.id(), reading.ids),
        proposal=request.proposal,
        of=request.of,
        answer=request.answer,
        why=request.why.strip(),
        provocation=request.provocation.strip(),
        author=name,
        at=ports.clock.now(),
    )
    return await keep(ports, person, document, request.id, "vote", {vote_key(cast): dumped(cast)})


def _hides(proposal: Proposed) -> bool:
    """Whether a reader cannot see all of what is proposed."""
    draft = proposal.amendment.draft if proposal.amendment else None
    texts = (draft.title, draft.when, draft.then, draft.source, draft.why) if draft else ()
    return any(unseen(text) for text in (*texts, *(proposal.terms.people if proposal.terms else ())))
