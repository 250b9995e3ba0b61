"""The search for clashes: pairs of articles, and articles that are left out, each looked at by itself, as many at once
as the model takes. What the budget does not reach is left. Where there is a prover, it looks at all pairs at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from itertools import combinations

from jupyter_reconst.acts.answer import Composition, compose, replied
from jupyter_reconst.acts.call import recorded
from jupyter_reconst.acts.deadweight import Leaving, dead_weight, leaving, left_to_ask
from jupyter_reconst.acts.inforce import ratified_cases
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.oppose import opposable, oppose, written
from jupyter_reconst.acts.pairs import clauses, nearness, witness, witnessed
from jupyter_reconst.acts.silence import Silence
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.acts.spending import paid
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.acts.style import worn
from jupyter_reconst.acts.trial import settled
from jupyter_reconst.core.constitution import Article, Constitution
from jupyter_reconst.core.errors import (
    BudgetSpent,
    ModelGarbled,
    ModelIncomplete,
    NoModel,
    RecordingOnly,
    StoreError,
    TooLong,
)
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.requests import Clash, ClashEvent, DeadWeight, Failed, Opposed, Searched, Side
from jupyter_reconst.core.styles import Pick
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.prompts import replies
from jupyter_reconst.prompts.asking import conversation, data

PAIRS = 30
_FOLLOWED = Parameters(temperature=0, max_tokens=200, json_schema=replies.FOLLOWED)
_SHOWN = 8_000

PROVING = -1

Pair = tuple[Article, Article]
Finding = Clash | Opposed | DeadWeight


@dataclass(slots=True)
class Search:
    """One search: what is looked at, by place the pairs and then the articles, and which of it is left.

    At the place `PROVING` are all pairs at once, for the prover.
    """

    ports: Ports
    person: Person
    model: Metered
    law: Constitution
    style: Pick | None
    pairs: list[Pair]
    leavings: list[Leaving]
    left: set[int]
    state: Searched

    def stand(self, **changes: object) -> Searched:
        """How it stands now."""
        told = {"calls": self.model.calls, "cost": self.model.cost}
        self.state = self.state.model_copy(update={**told, **changes})
        return self.state


async def begun(
    ports: Ports, person: Person, document: Document, law: Constitution, new: Article | None, model: Metered
) -> Search:
    """What there is to look at. Raises RecordingOnly for a sample, NoModel for one that is too small."""
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
    leavings = await leaving(ports, person, model, document, law, standing, cases)
    state = Searched(status="running", pairs=len(pairs), articles=len(leavings), expected=0)
    left = {*range(len(pairs) + len(leavings)), *([PROVING] if opposable(ports, pairs) else [])}
    return Search(ports, person, model, law, document.reading.style, pairs, leavings, left, state)


async def run(
    search: Search, document: Document, stop: asyncio.Event, id: str, *, estimate: bool
) -> AsyncGenerator[ClashEvent, None]:
    """Search, and keep what it cost. An estimate finds what is on record, and says what the rest would take."""
    if estimate:
        async for event in _searched(search, stop):
            if isinstance(event, Finding):
                yield event
        status = "estimated" if search.left else "done"
        yield search.stand(status=status, expected=await _expected(search))
        return
    yield search.stand(expected=await _expected(search))
    try:
        status = "done"
        async for event in _searched(search, stop):
            yield event
            status = "failed" if isinstance(event, Failed) else status
        yield search.stand(status="stopped" if search.left and status == "done" else status)
    finally:
        line = paid(search.ports, search.person, "clashes", search.model, id=id, notebook=document.notebook)
        with suppress(StoreError):
            await search.ports.journal.append(line)


async def _expected(search: Search) -> int:
    """About how many calls what is left takes."""
    pairs = [pair for place, pair in enumerate(search.pairs) if place in search.left]
    first = len(search.pairs)
    leavings = [one for place, one in enumerate(search.leavings, first) if place in search.left]
    calls = await asyncio.gather(*(_unasked(search, pair) for pair in pairs))
    proving = PROVING in search.left and not await written(search.ports, search.model, search.pairs)
    return sum(calls) + proving + await left_to_ask(search.ports, search.person, search.model, leavings)


async def _unasked(search: Search, pair: Pair) -> int:
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
    reply = await recorded(ports, model, call.messages, call.parameters)
    if reply is None:
        return 3
    judged = [_question(article, said.prompt, reply.text) for article in pair]
    return sum([await recorded(ports, model, messages, _FOLLOWED) is None for messages in judged])


async def _composed(search: Search, prompt: str, *, judge: bool = True) -> Composition:
    law, parameters = worn(search.law, search.style).law, settled(search.model, Parameters())
    return await compose(
        search.ports, search.person, search.model, law, prompt=prompt, parameters=parameters, judge=judge
    )


def paired(law: Constitution, new: Article | None) -> list[Pair]:
    """The pairs to compare, those that share most words first; with a new article, its own. A repealed one has none."""
    if new is None:
        all = list(combinations(law.effective, 2))
    else:
        here = any(article.id == new.id for article in law.effective)
        all = [(new, other) for other in law.effective if other.id != new.id] if here else []
    return sorted(all, key=lambda pair: -nearness(*pair))[:PAIRS]


async def _searched(search: Search, stop: asyncio.Event) -> AsyncGenerator[ClashEvent, None]:
    """Everything that is found, as it is found. The first failure of the model's side ends the search."""
    writers = {place: _writer(search, place) for place in sorted(search.left)}
    silence = Silence(search.ports.clock, search.model)
    events = merged(writers, stop, search.ports.clock, at_once=search.model.info.at_once)
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Failed):
                yield Failed(problem=event.problem)
                return
            if isinstance(event, Finding | Searched):
                yield event
            elif (waiting := silence.said()) is not None:
                yield waiting


def _writer(search: Search, place: int) -> Writer[Finding | Searched]:
    """Look at a pair or an article; what the budget does not reach is left."""

    async def write(emit: Emit[Finding | Searched]) -> None:
        unread = False
        try:
            found = await _looked(search, place)
        except BudgetSpent:
            return
        except (ModelGarbled, ModelIncomplete, TooLong):
            found, unread = (), True
        search.left.discard(place)
        for one in found:
            emit(one)
        done = len(search.pairs) + len(search.leavings) - len(search.left - {PROVING})
        emit(search.stand(done=done, unread=search.state.unread + unread))

    return write


async def _looked(search: Search, place: int) -> tuple[Finding, ...]:
    """What one pair or article shows, or all pairs at once. Raises ModelGarbled for an answer that cannot be read."""
    ports, model = search.ports, search.model
    if place == PROVING:
        return await oppose(ports, model, search.pairs)
    if place >= len(search.pairs):
        dead = await dead_weight(ports, search.person, model, search.leavings[place - len(search.pairs)])
        return (dead,) if dead else ()
    pair = search.pairs[place]
    said = await witness(ports, model, *pair)
    if said is None:
        raise ModelGarbled(f"{model.info.model} did not say whether two articles clash.")
    acted = await _acted(search, pair, said.why, said.prompt) if said.clash else None
    return (acted,) if acted else ()


async def _acted(search: Search, pair: Pair, why: str, prompt: str) -> Clash | None:
    """What the model does where both should apply; None where one of them is not even sent there."""
    composition = await _composed(search, prompt)
    sent = {entry.article for entry in composition.applied if entry.sent}
    if not {article.id for article in pair} <= sent:
        return None
    reply = (await replied(search.ports, search.model, composition)).text
    one, other = await asyncio.gather(*(_side(search, article, prompt, reply) for article in pair))
    return Clash(sides=(one, other), why=why, prompt=prompt, reply=reply[:64_000])


async def _side(search: Search, article: Article, prompt: str, reply: str) -> Side:
    """Whether a reply follows one article. The call holds nothing of the other, so neither colours the judgement."""
    messages = _question(article, prompt, reply)
    try:
        followed = replies.followed((await asked(search.ports, search.model, messages, _FOLLOWED)).text)
    except (ModelGarbled, ModelIncomplete, TooLong):
        followed = None
    return Side(article=article.id, title=article.title, followed=followed)


def _question(article: Article, prompt: str, reply: str) -> tuple[Message, ...]:
    return conversation(
        "followed",
        rule=data("rule", clauses(article)),
        prompt=data("question", prompt),
        reply=data("reply", reply[:_SHOWN]),
    )
