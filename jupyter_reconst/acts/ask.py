"""Ask: what is in force, the conversation above the cell and the prompt go to the model; the reply streams back.

An unchanged cell shows its recorded turn instead, at no cost. The turn is in the journal before the stream says that it
has ended, whatever ended it: the model, a failure, Cancel, or a client that went away.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jupyter_reconst.acts.answer import Composition, answer, compose, must_fit
from jupyter_reconst.acts.call import Gathering, recorded
from jupyter_reconst.acts.cite import counted
from jupyter_reconst.acts.fit import Fitted, fit
from jupyter_reconst.acts.forming import Forming, told
from jupyter_reconst.acts.given import NONE_NEAR, given
from jupyter_reconst.acts.recall import attached, conversation, named, parent, unchanged
from jupyter_reconst.acts.style import Styled, styled
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BadInput, NotebookUnknown, Outgrown, Problem, ReconstError, StoreError, TooLong
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import CellState, Document, Event, Model, Piece, Ports
from jupyter_reconst.core.requests import Ask, AskEvent, Began, Composed, Ended, Failed, Text, Waiting
from jupyter_reconst.core.turns import Given, Status, Turn, TurnRecord, Usage, asked

WAITING = 5.0
"""Seconds between two signs of life while there is no token yet."""

SETTLING = 0.3
"""Seconds for which the outputs of attached cells must not change before they are sent."""

_LOOKS = 10
_TICK, _STOP, _DONE = object(), object(), object()
_STREAMING = {"status": "streaming"}

_Composing = partial[Coroutine[Any, Any, Composition]]


async def ask(ports: Ports, person: Person, request: Ask, stop: asyncio.Event) -> AsyncGenerator[AskEvent, None]:
    """Stream a turn. What is wrong with the request is raised before the first event, and nothing is sent."""
    document = await _settled(ports, person, request)
    request = attached(document, request)
    rules = await styled(ports, person, document, request.style)
    choosable(rules.own, request)
    above, known = await _known(ports, person, document, request, rules)
    if known is not None:
        note = (
            "" if rules.law.digest == known.digest else "Asked under another constitution; --again asks with today's."
        )
        record = TurnRecord.of(known, replayed=True, note=note, references=await counted(known))
        await _placed(ports, person, request, known.id)
        yield Began(record=record)
        yield Ended(record=record)
        return
    model = await model_of(ports, request, document)
    composing, fitted = await fitted_of(ports, person, document, request, model, rules, above)
    must_fit(model, fitted.made)
    asking = _Asking(ports, person, request, document, model, rules, composing, fitted, above, ports.clock.id())
    async with aclosing(asking.events(stop)) as events:
        async for event in events:
            yield event


async def composed(ports: Ports, person: Person, request: Ask) -> Composed:
    """What asking would send. Nothing is sent, not even to judge scopes."""
    document = await _document(ports, person, request)
    request = attached(document, request)
    rules = await styled(ports, person, document, request.style)
    choosable(rules.own, request)
    above, known = await _known(ports, person, document, request, rules)
    model = await model_of(ports, request, document)
    left: tuple[str, ...] = ()
    problem: Problem | None = None
    try:
        _, fitted = await fitted_of(ports, person, document, request, model, rules, above)
        made, left = fitted.made, fitted.left
        must_fit(model, made)
    except Outgrown as error:
        problem = error.problem()
        made = await (await composing_of(ports, person, request, model, rules.law, above))(judge=False)
    except TooLong as error:
        problem = error.problem()
    return Composed(
        messages=made.messages,
        digest=made.digest,
        applied=rules.marked(made).applied,
        given=made.given,
        parent=above,
        style=rules.name,
        left=left,
        tokens=made.tokens,
        context=model.info.context,
        cost=model.info.cost(Usage(prompt=made.tokens)),
        problem=problem,
        recorded=known.id if known else None,
    )


async def _known(
    ports: Ports, person: Person, document: Document, request: Ask, rules: Styled
) -> tuple[str | None, Turn | None]:
    """The turn that is continued, and the one that an unchanged cell shows again.

    What the cell's own turn continued may not be known any more, as an input number after a restart: then it counts.
    """
    try:
        above = await parent(ports, person, document, request)
    except BadInput:
        known = await unchanged(ports, person, document, request, None, rules.law.digest)
        if known is None:
            raise
        return known.parent, known
    return above, await unchanged(ports, person, document, request, above, rules.law.digest)


async def fitted_of(
    ports: Ports,
    person: Person,
    document: Document,
    request: Ask,
    model: Model,
    rules: Styled,
    above: str | None,
    passages: tuple[Given, ...] | None = None,
) -> tuple[_Composing, Fitted]:
    """How the call is composed, and with how much of the conversation. What is given again is not searched for."""
    composing = await _composing(ports, person, request, model, rules.law, above, passages)
    keep = [
        name if name in ("first", "last") else await named(ports, person, document, request, name)
        for name in request.keep
    ]
    said = await conversation(ports, person, above)
    fitted = await fit(model, said, tuple(keep), lambda history: composing(history=history, judge=False))
    return partial(composing, history=fitted.history), fitted


async def _document(ports: Ports, person: Person, request: Ask) -> Document:
    document = await ports.documents.of_path(person.owner, request.path) if request.path else None
    if document is None:
        raise NotebookUnknown("Which notebook this cell belongs to cannot be known. Nothing was sent.")
    return document


async def _settled(ports: Ports, person: Person, request: Ask) -> Document:
    """The document once the cells to attach stand still: in a run of all cells one may have ended this very moment."""
    document = await _document(ports, person, request)
    for _ in range(_LOOKS if request.attach and document.live else 0):
        before = document
        await asyncio.sleep(SETTLING)
        document = await _document(ports, person, request)
        if _texts(document, request) == _texts(before, request):
            break
    return document


def _texts(document: Document, request: Ask) -> list[CellState]:
    return [cell for cell in document.cells if cell.cell in request.attach]


async def model_of(ports: Ports, request: Ask, document: Document) -> Model:
    """The person's model; in a sample's scratch notebook its recording, and nothing else."""
    sample = document.reading.head.sample if document.reading.head else None
    if sample:
        return await ports.models.recording(sample)
    return await ports.models.model(request.profile, request.model)


async def composing_of(
    ports: Ports, person: Person, request: Ask, model: Model, law: Constitution, above: str | None
) -> _Composing:
    """How the call is composed; with `judge=False` nobody is asked about scopes."""
    history = (await conversation(ports, person, above)).sent
    return partial(await _composing(ports, person, request, model, law, above), history=history)


async def _composing(
    ports: Ports,
    person: Person,
    request: Ask,
    model: Model,
    law: Constitution,
    above: str | None,
    passages: tuple[Given, ...] | None = None,
) -> _Composing:
    if passages is None:
        passages = await given(ports, person, model, request.prompt, above) if reads(request) else ()
    composing = partial(compose, ports, person, model, law, given=passages, form=request.form)
    return partial(composing, prompt=request.prompt, attachments=request.attachments, chosen=request.chosen)


def reads(request: Ask) -> bool:
    """Whether passages of the library go along. Only what the cells say is made an outline."""
    return request.library and not request.form


def choosable(law: Constitution, request: Ask) -> None:
    """Only what is in force can be put in or left out: nobody has accepted the words of anything else."""
    both = set(request.with_) & set(request.without)
    if both or not set(request.chosen) <= {article.id for article in law.effective}:
        raise BadInput(
            "An article cannot be put in and left out at once."
            if both
            else "Only an article that is in force can be put in or left out. Nothing was sent.",
            remedy="Use the numbers of articles that are switched on under Constitution.",
        )


async def _placed(ports: Ports, person: Person, request: Ask, turn: str) -> None:
    """Say at once which turn the cell shows: the next cell may ask before the frontend has told."""
    if request.path and request.cell:
        await ports.documents.shows(person.owner, request.path, request.cell, turn)


@dataclass(slots=True)
class _Asking:
    """One turn on its way. What it is composed of is final once its scopes are decided, which may take model calls."""

    ports: Ports
    person: Person
    request: Ask
    document: Document
    model: Model
    rules: Styled
    composing: _Composing
    fitted: Fitted
    parent: str | None
    turn: str
    sent: bool = False
    composition: Composition = field(init=False)
    forming: Forming | None = field(init=False)

    def __post_init__(self) -> None:
        self.composition = self.fitted.made
        self.forming = self.composition.formed.begin() if self.composition.formed else None

    async def events(self, stop: asyncio.Event) -> AsyncGenerator[AskEvent, None]:
        """The stream, from Began to Ended or Failed. Closing it early records what has arrived as cancelled."""
        now = self.ports.clock.monotonic
        gathering = Gathering(now())
        arrived: asyncio.Queue[object] = asyncio.Queue()
        tasks = [asyncio.create_task(work) for work in (self._pump(arrived), _watch(stop, arrived), _tick(arrived))]
        status: Status | None = None
        closing: Status = "cancelled"
        problem: Problem | None = None
        try:
            yield Began(record=TurnRecord.of(self._turn(gathering, "cancelled")).model_copy(update=_STREAMING))
            while status is None:
                item = _STOP if stop.is_set() else await arrived.get()
                if isinstance(item, Piece):
                    gathering.take(item, now())
                    text = self.forming.take(item.text) if self.forming else item.text
                    if text:
                        yield Text(text=text)
                elif item is _TICK:
                    if gathering.first is None:
                        waited = round(now() - gathering.started, 3)
                        yield Waiting(seconds=waited, still=waited >= self.model.info.timeout)
                elif item is _STOP or item is _DONE:
                    cut: Status = "cancelled" if item is _STOP else "incomplete"
                    status = "complete" if gathering.finish_reason else cut
                elif isinstance(item, ReconstError):
                    status, problem = "failed", item.problem()
                elif isinstance(item, BaseException):
                    closing = "failed"
                    raise item
        finally:
            await _end(tasks)
            if status is None:
                with suppress(StoreError):
                    await asyncio.shield(self._kept(self._turn(gathering, closing)))
        turn = self._turn(gathering, status)
        note = (
            problem.message
            if problem
            else " ".join(filter(None, (_note(gathering, status), self.rules.ignored, self._bare)))
        )
        record = TurnRecord.of(turn, note=note)
        try:
            await asyncio.shield(self._kept(turn))
        except StoreError as error:
            problem = error.problem()
            lost = {"status": "failed", "note": f"This turn could not be recorded. {problem.message}"}
            record = record.model_copy(update=lost)
        if status == "complete":  # Only now that it is kept: whoever leaves meanwhile loses nothing.
            record = record.model_copy(update={"references": await counted(turn)})
        yield Ended(record=record)
        if problem:
            yield Failed(problem=problem)

    @property
    def _bare(self) -> str:
        """That nothing of the library was sent, though it was asked for."""
        passages = any(given.kind == "passage" for given in self.composition.given)
        return NONE_NEAR if reads(self.request) and not passages else ""

    async def _pump(self, arrived: asyncio.Queue[object]) -> None:
        """Pieces into the queue, then how it ended. The same call as a recorded one is not made again."""
        try:
            if self.composition.undecided:
                self.composition = await self.composing()
            made, known = self.composition, None
            if not self.request.again:
                known = await recorded(self.ports, self.model, made.messages, made.parameters)
            if known:
                arrived.put_nowait(Piece(known.text, known.finish_reason, known.usage))
            else:
                self.sent = True
                async with aclosing(answer(self.ports, self.model, made, fresh=True)) as pieces:
                    async for piece in pieces:
                        arrived.put_nowait(piece)
            arrived.put_nowait(_DONE)
        except Exception as error:
            arrived.put_nowait(error)

    def _turn(self, gathering: Gathering, status: Status) -> Turn:
        made, info = self.composition, self.model.info
        reply = gathering.reply(self.model, made.messages, self.ports.clock.monotonic())
        unpaid = not self.sent or (status == "failed" and not reply.text)
        costs = [info.cost(Usage() if unpaid else reply.usage), info.cost(made.judging)]
        return Turn(
            id=self.turn,
            parent=self.parent,
            notebook=self.document.notebook,
            cell=self.request.cell,
            prompt=self.request.prompt,
            attachments=self.request.attachments,
            messages=made.messages,
            profile=info.profile,
            model=info.model,
            parameters=made.parameters,
            digest=made.digest,
            applied=self.rules.marked(made).applied,
            given=made.given,
            left=self.fitted.left,
            follows=next((c.cell for c in self.document.cells if self.parent and c.turn == self.parent), None),
            wish=self.request.wish,
            style=self.rules.name,
            style_digest=self.rules.digest,
            law=self.rules.beside,
            **told(self.forming, reply.text, status == "complete"),
            status=status,
            usage=reply.usage,
            timings=reply.timings,
            cost=None if None in costs else sum(cost or 0 for cost in costs),
            created=self.ports.clock.now(),
            recording=info.recording,
        )

    async def _kept(self, turn: Turn) -> None:
        """Into the journal, durably; then the document knows which turn the cell shows."""
        await self.ports.journal.append(
            Event(
                id=turn.id,
                owner=self.person.owner,
                notebook=turn.notebook,
                kind="turn",
                subject=asked(turn.prompt, turn.attachments),
                body=turn.model_dump(mode="json"),
                created=turn.created,
            )
        )
        await _placed(self.ports, self.person, self.request, turn.id)


async def _watch(stop: asyncio.Event, arrived: asyncio.Queue[object]) -> None:
    await stop.wait()
    arrived.put_nowait(_STOP)


async def _tick(arrived: asyncio.Queue[object]) -> None:
    while True:
        await asyncio.sleep(WAITING)
        arrived.put_nowait(_TICK)


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    """Stop the call and everything that waits for it; the model's stream is closed when this returns."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _note(gathering: Gathering, status: Status) -> str:
    if status == "incomplete":
        return "The reply was cut off before its end."
    return "The reply reached its length limit." if gathering.finish_reason == "length" else ""
