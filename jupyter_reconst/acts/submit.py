"""Put a change before the others instead of ratifying it. Whoever proposes agrees.

As with ratifying, the act signs and answers with what to write, and a retry with the same id gives the same change.
Nothing comes into force by it.
"""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_reconst.acts.agreed import about, agreeing, done, keep, open_to, signed_by
from jupyter_reconst.acts.inforce import amendable, dumped
from jupyter_reconst.acts.ratify import previewed, quoted
from jupyter_reconst.core.amendments import Amendment, amended, sourced
from jupyter_reconst.core.constitution import Constitution, Provenance
from jupyter_reconst.core.errors import BadInput, InvisibleText, Stale
from jupyter_reconst.core.keeping import evidence
from jupyter_reconst.core.notebook import proposal_key, vote_key
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.proposals import Proposed, Terms, Vote, spelt
from jupyter_reconst.core.requests import Change, Submit
from jupyter_reconst.core.review import hidden
from jupyter_reconst.core.visible import unseen


async def submit(ports: Ports, person: Person, request: Submit) -> Change:
    """The proposal and its proposer's vote, to write. Raises BadInput, Stale, InvisibleText."""
    known = await done(ports, person, request.id, "proposal")
    if known is not None:
        return known
    document = await open_to(ports, person, request.path)
    reading, name, now = document.reading, signed_by(person), ports.clock.now()
    law, revisions = await amendable(ports, person, document)
    amendment, terms = request.amendment, request.terms
    agreed = await agreeing(ports, person, document)
    if amendment is not None:
        sourced(law, amendment)
        amendment = amendment.model_copy(update={"article": amendment.article or ports.clock.id()})
        _, article = amended(law, amendment, revisions=revisions)
        if spelled := hidden(Constitution(articles=(article,))):
            raise InvisibleText(f"Hidden characters in the article’s {spelled[0].where.rpartition(' ')[2]}.")
    elif terms is not None:
        acceptable(terms, agreed.terms)
    waiting = [one.proposal for one in agreed.proposals if one.state in ("open", "carried", "rejected")]
    if any(about(one, amendment or terms) for one in waiting):
        raise Stale("Exactly this is proposed already.", remedy="Vote on that proposal.")
    preview = await previewed(ports, person, request.preview, amendment) if amendment else None
    proposal = Proposed(
        id=later(ports.clock.id(), reading.ids),
        amendment=amendment,
        terms=terms,
        prompts=request.prompts,
        replaces=_replaced(waiting, amendment, name),
        provenance=Provenance(
            author=name,
            at=now,
            words=quoted(request.annotations),
            evidence=evidence(preview) if preview else "",
            note=request.note,
        ),
    )
    vote = Vote(
        id=later(ports.clock.id(), [*reading.ids, proposal.id]),
        proposal=proposal.id,
        of=proposal.digest,
        answer="agree",
        author=name,
        at=now,
    )
    writes = {proposal_key(proposal): dumped(proposal), vote_key(vote): dumped(vote)}
    return await keep(ports, person, document, request.id, "proposal", writes)


def acceptable(terms: Terms, now: Terms) -> None:
    """Raises BadInput for names that cannot be seen, and for terms that hold already."""
    if any(not spelt(name) or unseen(name) for name in terms.people):
        raise BadInput("A name in it is empty, or has characters that cannot be seen.")
    if terms == now:
        raise BadInput("That is the rule already.", remedy="Choose another one, or leave it.")


def _replaced(waiting: Iterable[Proposed], amendment: Amendment | None, name: str) -> str | None:
    """The person's own proposal of this amendment in other words, which this one takes the place of."""
    for one in waiting:
        same = amendment and one.amendment and one.amendment.id == amendment.id
        if same and spelt(one.provenance.author) == spelt(name):
            return one.id
    return None
