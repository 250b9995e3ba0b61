"""Let other terms of ratification hold in a notebook, as far as the present ones allow it.

Where one person decides, whoever presses sets the rule; otherwise it takes a proposal with its votes, like any change.
"""

from __future__ import annotations

from jupyter_reconst.acts.agreed import agreeing, allowed, done, keep, open_to, signed_by
from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.acts.submit import acceptable
from jupyter_reconst.core.constitution import Provenance
from jupyter_reconst.core.notebook import rule_key
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.proposals import Rule
from jupyter_reconst.core.requests import Change, Govern


async def govern(ports: Ports, person: Person, request: Govern) -> Change:
    """The rule, to write. Raises BadInput for terms that hold already, VotesNeeded where others must agree."""
    known = await done(ports, person, request.id, "rule")
    if known is not None:
        return known
    document = await open_to(ports, person, request.path)
    reading, name = document.reading, signed_by(person)
    acceptable(request.terms, (await agreeing(ports, person, document)).terms)
    await allowed(ports, person, document, request.terms)
    rule = Rule(
        revision=later(ports.clock.id(), reading.ids),
        terms=request.terms,
        provenance=Provenance(author=name, at=ports.clock.now()),
    )
    return await keep(ports, person, document, request.id, "rule", {rule_key(rule): dumped(rule)})
