"""What a preview would take, before anybody is asked: it is begun with a model that says nothing.

What is on record is found there; every call that would be made is counted instead, at its most. Prompts that the model
would write are not known yet, so they are taken to be all that may be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

from jupyter_reconst.acts.answer import Composition
from jupyter_reconst.acts.begin import begin
from jupyter_reconst.acts.call import call_key
from jupyter_reconst.acts.compare import Laws, composed, stored
from jupyter_reconst.acts.measuring import SMALL_MOST
from jupyter_reconst.acts.meter import LENGTH
from jupyter_reconst.acts.probe import CONFLICT, probes
from jupyter_reconst.acts.run import Run
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.written import TWINS
from jupyter_reconst.core.errors import ModelIncomplete, NotebookUnknown
from jupyter_reconst.core.impact import Bin, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, ModelInfo, Piece, Ports
from jupyter_reconst.core.requests import Estimate, Planned, StartPreview
from jupyter_reconst.core.turns import Message, Parameters, Usage
from jupyter_reconst.prompts import replies

_BINS: tuple[Bin, ...] = ("source", "case", "own", "in", "conflict", "near", "out")


class Silent:
    """Answers nothing, and remembers what it was asked."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.asked: dict[str, tuple[int, int]] = {}
        self.schemas: dict[str, dict[str, Any] | None] = {}

    @property
    def info(self) -> ModelInfo:
        """What it stands for."""
        return self._model.info

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        return self._model.tokens(text)

    async def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        """Raises ModelIncomplete, always."""
        sent = sum(self.tokens(message.content) for message in messages)
        name = call_key(self._model, messages, parameters)
        self.asked[name] = (sent, parameters.max_tokens or LENGTH)
        self.schemas[name] = parameters.json_schema
        raise ModelIncomplete("Nobody is asked.")
        yield Piece()


@dataclass(slots=True)
class Bill:
    """Calls by the name they are recorded under: tokens sent, tokens written at most; and those that are recorded."""

    length: int
    due: dict[str, tuple[int, int]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    async def add(self, ports: Ports, model: Model, call: Composition, sample: int = 0) -> None:
        """Put a call on it."""
        name = call_key(model, call.messages, call.parameters, sample)
        if await ports.journal.cached(name):
            self.known.add(name)
        else:
            self.due[name] = (call.tokens, call.parameters.max_tokens or self.length)


async def estimate(ports: Ports, person: Person, request: StartPreview) -> Estimate:
    """Probes, calls, tokens and dollars at most. Raises what beginning the preview would raise."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    model = Silent(await chosen(ports, document))
    run = await begin(ports, person, request.model_copy(update={"budget": None}), model=model)
    run.choose(await probes(ports, person, model, run.wish))
    planned = run.probes or ()
    sources = [turn.usage.completion for turn in run.wish.sources if turn.usage]
    bill = Bill(length=max([*sources, LENGTH]))
    for place, probe in enumerate(planned):
        twice = not model.info.embedded or place < SMALL_MOST
        await add_pair(ports, person, model, run.laws, bill, probe, twice=twice)
    told = Counter(probe.bin for probe in planned)
    unknown = _unwritten(run, model)
    told.update(unknown)
    _guess(bill, 3 * sum(unknown.values()))
    calls, usage, cost = total(bill, model)
    return Estimate(
        model=model.info.model,
        bins=tuple(Planned(bin=bin, most=told[bin]) for bin in _BINS if told[bin]),
        probes=sum(told.values()),
        calls=calls,
        recorded=len(bill.known),
        prompt_tokens=usage.prompt,
        completion_tokens=usage.completion,
        cost=cost,
    )


def total(bill: Bill, model: Silent) -> tuple[int, Usage, float | None]:
    """Calls, tokens and dollars at most, of a bill and of what the model was asked besides."""
    due = [*bill.due.values(), *model.asked.values()]
    usage = Usage(prompt=sum(sent for sent, _ in due), completion=sum(written for _, written in due))
    free = model.info.embedded or model.info.recording
    return 0 if model.info.recording else len(due), usage, 0.0 if free or not due else model.info.cost(usage)


async def add_pair(
    ports: Ports, person: Person, model: Model, laws: Laws, bill: Bill, probe: Probe, *, twice: bool
) -> None:
    """The calls of one row: today's reply, the amended one, and today's once more."""
    old = await composed(ports, person, model, laws, laws.before, probe)
    new = await composed(ports, person, model, laws, laws.after, probe)
    if await stored(ports, person, model, old, probe):
        bill.known.add(probe.id)
    else:
        await bill.add(ports, model, old)
    if old.messages == new.messages:
        return
    await bill.add(ports, model, new)
    if twice:
        await bill.add(ports, model, old, sample=1)


def _unwritten(run: Run, model: Silent) -> Counter[Bin]:
    """How many prompts the model may write that are not on record."""
    asked = [schema for schema in model.schemas.values() if schema is not None]
    near = (replies.PROMPTS in asked) * run.wish.generate + (replies.TWINS in asked) * TWINS
    return Counter({"near": near, "conflict": min(CONFLICT, asked.count(replies.CLASH))})


def _guess(bill: Bill, calls: int) -> None:
    """Calls about prompts that are not known: as long as the longest of those that are."""
    sent = max((sent for sent, _ in bill.due.values()), default=LENGTH if calls else 0)
    bill.due |= {f"unwritten {number}": (sent, bill.length) for number in range(calls)}
