"""Articles that clash, and dead weight: found before ratifying, or in what is in force. Everything is a proposal.

| step | calls |
|---|---|
| weigh the articles against the token budget | none |
| ask of each pair whether both can apply and clash | one a pair, at most 30 pairs, nearest first |
| answer the witness prompt of a pair that clashes, under the law as it is or would be | one, and scope decisions |
| judge for each of the two articles, by itself, whether that reply follows it | two |
| leave out each article where it should matter (`deadweight`) | two a prompt, at most six prompts, often fewer |

With an amendment the pairs are those of its article. Nothing but what this person has accepted is sent. Every answer is
recorded, so the same search twice takes no call, and an edit asks again only about the edited article.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from itertools import combinations

from jupyter_reconst.acts.answer import Composition, compose, replied
from jupyter_reconst.acts.call import recorded
from jupyter_reconst.acts.deadweight import Leaving, dead_weight, leaving, left_to_ask
from jupyter_reconst.acts.inforce import amendable, ratified_cases
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.pairs import clauses, nearness, witness, witnessed
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.silence import Silence
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.acts.spending import paid
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.acts.trial import settled
from jupyter_reconst.core.amendments import amended
from jupyter_reconst.core.constitution import Article, Constitution
from jupyter_reconst.core.errors import (
    ModelGarbled,
    ModelIncomplete,
    NoModel,
    NotebookUnknown,
    ReconstError,
    RecordingOnly,
    StoreError,
    TooLong,
)
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.requests import (
    Clash,
    Clashes,
    ClashEvent,
    DeadWeight,
    Failed,
    Searched,
    Side,
    Weighed,
    Weight,
)
from jupyter_reconst.core.turns import Parameters, estimated
from jupyter_reconst.prompts import replies
from jupyter_reconst.prompts.asking import conversation, data
from jupyter_reconst.prompts.compose import article_text, preface

PAIRS = 30
_FOLLOWED = Parameters(temperature=0, max_tokens=200, json_schema=replies.FOLLOWED)
_SHOWN = 8_000

Pair = tuple[Article, Article]


@dataclass(slots=True)
class _Search:
    """One search: what is looked at, and how far it has come."""

    ports: Ports
    person: Person
    model: Metered
    law: Constitution
    pairs: list[Pair]
    leavings: list[Leaving]
    state: Searched
    found: list[Clash | DeadWeight] = field(default_factory=list)

    def stand(self, **changes: object) -> Searched:
        """How it stands now."""
        told = {"calls": self.model.calls, "cost": self.model.cost}
        self.state = self.state.model_copy(update={**told, **changes})
        return self.state


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
        search = await _begun(ports, person, document, law, new)
    except ReconstError as error:
        yield Failed(problem=error.problem())
        return
    yield search.stand(status="estimated" if request.estimate else "running")
    if request.estimate:
        return
    try:
        async for event in _searched(search, stop):
            yield event
    finally:
        with suppress(StoreError):
            found = len(search.found)
            line = paid(ports, person, "clashes", search.model, id=request.id, notebook=document.notebook, found=found)
            await ports.journal.append(line)


def weighed(law: Constitution, budget: int) -> Weighed:
    """The articles in their order, and which of them lie beyond the budget."""
    spent = estimated(preface(law.preamble, ())) if law.preamble.strip() else 0
    weights = []
    for number, article in enumerate(law.effective, 1):
        tokens = estimated(article_text(number, article))
        spent += tokens
        weights.append(Weight(article=article.id, title=article.title, tokens=tokens, beyond=spent > budget))
    tokens = estimated(preface(law.preamble, law.effective))
    return Weighed(articles=tuple(weights), tokens=tokens, budget=budget)


async def _begun(ports: Ports, person: Person, document: Document, law: Constitution, new: Article | None) -> _Search:
    """What there is to look at. Raises NoModel and its like, RecordingOnly for a sample."""
    model = Metered(await chosen(ports, document))
    if model.info.recording:
        raise RecordingOnly("This is a recording: it cannot say whether articles clash.")
    if model.info.embedded:
        raise NoModel(
            "The small model inside cannot judge whether articles clash.",
            remedy="Connect a larger model; clashes are looked for with that one.",
        )
    pairs = paired(law, new)
    standing = tuple(article for article in law.effective if new is None or article.id != new.id)
    cases = await ratified_cases(ports, person, document, law)
    leavings = await leaving(ports, person, model, document.notebook, law, standing, cases)
    state = Searched(status="running", pairs=len(pairs), articles=len(leavings), expected=0)
    search = _Search(ports, person, model, law, pairs, leavings, state)
    calls = await asyncio.gather(*(_unasked(search, pair) for pair in pairs))
    search.stand(expected=sum(calls) + await left_to_ask(ports, person, model, leavings))
    return search


async def _unasked(search: _Search, pair: Pair) -> int:
    """The calls that a pair takes for certain: whether it clashes, and, where that is on record, what is done there."""
    ports, model = search.ports, search.model
    if not await witnessed(ports, model, *pair):
        return 1
    try:
        said = await witness(ports, model, *pair)
    except ModelIncomplete:
        return 0
    if said is None or not said.clash:
        return 0
    call = await _composed(search, said.prompt, judge=False)
    return 0 if await recorded(ports, model, call.messages, call.parameters) else 3


async def _composed(search: _Search, prompt: str, *, judge: bool = True) -> Composition:
    parameters = settled(search.model, Parameters())
    return await compose(
        search.ports, search.person, search.model, search.law, prompt=prompt, parameters=parameters, judge=judge
    )


def paired(law: Constitution, new: Article | None) -> list[Pair]:
    """The pairs to compare, those that share most words first; with a new article, its own. A repealed one has none."""
    if new is None:
        all = list(combinations(law.effective, 2))
    else:
        here = any(article.id == new.id for article in law.effective)
        all = [(new, other) for other in law.effective if other.id != new.id] if here else []
    return sorted(all, key=lambda pair: -nearness(*pair))[:PAIRS]


async def _searched(search: _Search, stop: asyncio.Event) -> AsyncGenerator[ClashEvent, None]:
    """Everything that is found, as it is found. The first failure of the model's side ends the search."""
    tasks = [_pair(search, pair) for pair in search.pairs] + [_left(search, one) for one in search.leavings]
    silence = Silence(search.ports.clock, search.model)
    status = "done"
    events = merged(dict(enumerate(tasks)), stop, search.ports.clock, at_once=search.model.info.at_once)
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Failed):
                yield Failed(problem=event.problem)
                status = "failed"
                break
            if isinstance(event, (Clash, DeadWeight, Searched)):
                yield event
            elif (waiting := silence.said()) is not None:
                yield waiting
    yield search.stand(status="stopped" if stop.is_set() and status == "done" else status)


def _pair(search: _Search, pair: Pair) -> Writer[Clash | DeadWeight | Searched]:
    async def write(emit: Emit[Clash | DeadWeight | Searched]) -> None:
        try:
            said = await witness(search.ports, search.model, *pair)
            found = await _acted(search, pair, said.why, said.prompt) if said is not None and said.clash else None
            unread = said is None
        except (ModelGarbled, ModelIncomplete, TooLong):
            found, unread = None, True
        _told(search, emit, found, unread)

    return write


def _left(search: _Search, one: Leaving) -> Writer[Clash | DeadWeight | Searched]:
    async def write(emit: Emit[Clash | DeadWeight | Searched]) -> None:
        _told(search, emit, await dead_weight(search.ports, search.person, search.model, one), False)

    return write


def _told(
    search: _Search, emit: Emit[Clash | DeadWeight | Searched], found: Clash | DeadWeight | None, unread: bool
) -> None:
    if found is not None:
        search.found.append(found)
        emit(found)
    emit(search.stand(done=search.state.done + 1, unread=search.state.unread + unread))


async def _acted(search: _Search, pair: Pair, why: str, prompt: str) -> Clash | None:
    """What the model does where both should apply; None where one of them is not even sent there."""
    composition = await _composed(search, prompt)
    sent = {entry.article for entry in composition.applied if entry.sent}
    if not {article.id for article in pair} <= sent:
        return None
    reply = (await replied(search.ports, search.model, composition)).text
    one, other = await asyncio.gather(*(_side(search, article, prompt, reply) for article in pair))
    return Clash(sides=(one, other), why=why, prompt=prompt, reply=reply[:64_000])


async def _side(search: _Search, article: Article, prompt: str, reply: str) -> Side:
    """Whether a reply follows one article. The call holds nothing of the other, so neither colours the judgement."""
    messages = conversation(
        "followed",
        rule=data("rule", clauses(article)),
        prompt=data("question", prompt),
        reply=data("reply", reply[:_SHOWN]),
    )
    try:
        followed = replies.followed((await asked(search.ports, search.model, messages, _FOLLOWED)).text)
    except (ModelGarbled, ModelIncomplete, TooLong):
        followed = None
    return Side(article=article.id, title=article.title, followed=followed)
