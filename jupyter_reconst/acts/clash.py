"""Articles that clash, and dead weight: found before ratifying, or in what is in force. Everything is a proposal.

| step | calls |
|---|---|
| weigh the articles against the token budget | none |
| with a prover: write what all of them demand, and prove which pairs cannot be followed together (`oppose`) | one |
| ask of each pair whether both can apply and clash | one a pair, at most 30 pairs, nearest first |
| answer the witness prompt of a pair that clashes, under the law as it is or would be | one, and scope decisions |
| judge for each of the two articles, by itself, whether that reply follows it | two |
| leave out each article where it should matter (`deadweight`) | two a prompt, at most six prompts, often fewer |

With an amendment the pairs are those of its article. Nothing but what this person has accepted, and their draft, is
sent. Every answer is recorded, so the same search twice takes no call, an edit asks again only about the edited
article, and an estimate, which asks nobody, shows what was found before.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from shlex import quote

from jupyter_reconst.acts.gate import readable, stands, visible
from jupyter_reconst.acts.inforce import amendable, heaviest
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.search import begun, run
from jupyter_reconst.core.amendments import amended
from jupyter_reconst.core.constitution import Article, Constitution
from jupyter_reconst.core.errors import NotAccepted, NotebookUnknown, ReconstError
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.knowledge import looked_up
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Clashes, ClashEvent, Failed, Weighed, Weight
from jupyter_reconst.core.turns import estimated
from jupyter_reconst.prompts.compose import article_text, preface

_NOTHING = Budget(calls=0)


async def clashes(
    ports: Ports, person: Person, request: Clashes, stop: asyncio.Event, *, budget: int
) -> AsyncGenerator[ClashEvent, None]:
    """Weigh, then search. Raises NotebookUnknown, NotFound and Stale before the first event."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    law, revisions = await amendable(ports, person, document)
    new: Article | None = None
    if request.amendment is not None:
        law, new = amended(law, request.amendment, revisions=revisions)
    yield weighed(law, budget)
    try:
        model = Metered(await chosen(ports, document), _NOTHING if request.estimate else None)
        search = await begun(ports, person, document, law, new, model)
    except ReconstError as error:
        yield Failed(problem=error.problem())
        return
    async with aclosing(run(search, document, stop, request.id, estimate=request.estimate)) as events:
        async for event in events:
            yield event


async def carried_clashes(
    ports: Ports,
    person: Person,
    path: str,
    model: Metered,
    stop: asyncio.Event,
    *,
    accept: frozenset[str],
    budget: int,
    estimate: bool,
) -> AsyncGenerator[ClashEvent, None]:
    """The same of what a notebook carries, without a browser. `accept` holds for this run: it puts nothing in force.

    Raises BadInput, InvisibleText, NotAccepted and NoModel before anything is sent.
    """
    document = readable(await ports.documents.of_path(person.owner, path), path)
    law = document.carried
    visible(law, path)
    if law.digest not in accept and not await stands(ports, person, document):
        raise _unaccepted(path, law)
    search = await begun(ports, person, document, law, None, model)
    yield weighed(law, budget)
    async with aclosing(run(search, document, stop, ports.clock.id(), estimate=estimate)) as events:
        async for event in events:
            yield event


def _unaccepted(path: str, law: Constitution) -> NotAccepted:
    articles = len(law.effective)
    return NotAccepted(
        f"Nobody here has accepted the constitution that {Path(path).name} carries: "
        f"{articles} article{'s' if articles != 1 else ''}.",
        remedy=f"Read them (jupyter reconst show {quote(path)}), then say --accept {law.digest}",
    )


def weighed(law: Constitution, budget: int) -> Weighed:
    """The articles in their order, and which of them lie beyond the budget. Facts have room of their own."""
    spent = estimated(preface(law.preamble, ())) if law.preamble.strip() else 0
    weights = []
    for number, article in enumerate(law.effective, 1):
        tokens = estimated(article_text(number, article))
        spent += 0 if looked_up(article) else tokens
        beyond = spent > budget and not looked_up(article)
        weights.append(Weight(article=article.id, title=article.title, tokens=tokens, beyond=beyond))
    return Weighed(articles=tuple(weights), tokens=heaviest(law), budget=budget)
