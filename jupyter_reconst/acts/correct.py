"""Candidate corrections for a highlight: from the curated library at once, from the model as it writes them.

Three rows, fixed before the first word. The library takes one or two of them when its detectors are sure, the model the
rest, each from another angle. A reply that was cut off is never a candidate. Beside them the model may argue that the
words were right. Highlighted words and everything around them are data for the model, never instructions.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from jupyter_reconst.acts.distance import plain
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.noting import Notes
from jupyter_reconst.acts.sampled import recorded_correction, recorded_objection, sample_of, typed
from jupyter_reconst.acts.scene import WINDOW, Scene, scene
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.acts.structured import asked, unfolded
from jupyter_reconst.core import failures
from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.errors import ModelError, ModelGarbled, StoreError
from jupyter_reconst.core.failures import Finding
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, ModelInfo, Ports
from jupyter_reconst.core.requests import Candidate, Correct, CorrectEvent, Disagrees, Failed, Finished, Slot, Text
from jupyter_reconst.core.samples import Sample
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.prompts import replies
from jupyter_reconst.prompts.asking import around, conversation, data, listed, pointed

SLOTS = 3
SURE = 0.5
"""A library finding from this score on takes a second row."""
FAIR = 0.15
"""Below this score a finding is a guess: the model is asked instead."""
SEEN = 6_000
"""Characters of the reply that the model is shown."""

_OBJECTION = -1

_Keep = Callable[[Notes], Awaitable[str | None]]


@dataclass(slots=True)
class _Card:
    """What has been written so far."""

    rows: dict[int, Candidate] = field(default_factory=dict)
    disagrees: Disagrees | None = None

    def repeats(self, text: str, quote: str) -> bool:
        """Whether a text is the highlighted words again, or another row's."""
        others = [quote, *(row.text for row in self.rows.values())]
        return plain(text).casefold() in [plain(other).casefold() for other in others]


async def correct(
    ports: Ports, person: Person, request: Correct, stop: asyncio.Event
) -> AsyncGenerator[CorrectEvent, None]:
    """Open the rows, then fill them. What was offered is kept in the journal, also when the person leaves."""
    here = await scene(ports, person, request.path, (request.annotation,))
    meter = Metered(here.model) if here.model else None
    target = request.annotation.target
    reading = request.reading[:WINDOW] or (here.turn.reply if here.turn else target.quote)
    prompt = here.turn.prompt if here.turn else ""
    found = _shelf(failures.rank(target.quote, reading, prompt, target.part), meter.info if meter else None)
    card = _Card()
    try:
        for slot in range(SLOTS):
            if slot < len(found):
                yield Slot(slot=slot, source=_library(found[slot]), failure=found[slot].kind)
            else:
                yield Slot(slot=slot, source=Source(by="model", name=meter.info.model[:200] if meter else ""))
        for slot, finding in enumerate(found):
            card.rows[slot] = _candidate(slot, finding)
            yield card.rows[slot]
        if meter is None:
            for slot in range(len(found), SLOTS):
                if here.problem is not None:
                    yield Failed(problem=here.problem, slot=slot)
        else:
            sample = sample_of(here.model)
            writers = (
                _playing(sample, meter, request, card, len(found))
                if sample
                else _writers(ports, meter, request, reading, prompt, card, len(found), _keeping(person, request, here))
            )
            at_once = 1 if meter.info.embedded else SLOTS + 1
            async for written in merged(writers, stop, ports.clock, at_once=at_once):
                yield written
        yield Finished(cost=meter.cost if meter else 0.0)
    finally:
        with suppress(StoreError):  # A store that cannot be written to must not take the candidates away.
            await ports.journal.append(_kept(ports, person, request, here, card, meter))


def _shelf(findings: list[Finding], info: ModelInfo | None) -> list[Finding]:
    """The findings that get a row: two where they are sure or the model is none or a toy, otherwise one or none."""
    best = findings[: SLOTS - 1]
    if info is None or info.embedded:
        return best
    if len(best) > 1 and best[1].score >= SURE:
        return best
    return [finding for finding in best[:1] if finding.score >= FAIR]


def _library(finding: Finding) -> Source:
    return Source(by="library", name=finding.name)


def _candidate(slot: int, finding: Finding) -> Candidate:
    return Candidate(
        slot=slot, text=finding.correction, source=_library(finding), failure=finding.kind, why=finding.why
    )


def _keeping(person: Person, request: Correct, here: Scene) -> _Keep:
    """Keep what was sent for a row; it is forgotten with the highlight and its turn."""
    about = request.annotation
    return partial(
        Notes.kept,
        person=person,
        what="correction",
        notebook=here.notebook,
        subject=about.id,
        about=(about.id, about.target.turn),
    )


def _writers(
    ports: Ports, model: Metered, request: Correct, reading: str, prompt: str, card: _Card, taken: int, keep: _Keep
) -> dict[int, Writer[Text | Candidate | Disagrees]]:
    writers: dict[int, Writer[Text | Candidate | Disagrees]] = {}
    for angle, slot in zip(listed("angles"), range(taken, SLOTS), strict=False):
        messages = _asking(request, reading, prompt, angle, model.info.embedded)
        writers[slot] = _row(ports, model, messages, request.annotation.target.quote, card, slot, keep)
    if not model.info.embedded:
        writers[_OBJECTION] = _objection(ports, model, request, reading, prompt, card, keep)
    return writers


def _playing(
    sample: Sample, model: Metered, request: Correct, card: _Card, taken: int
) -> dict[int, Writer[Text | Candidate | Disagrees]]:
    """A recording plays what it holds about these words."""
    quote = request.annotation.target.quote
    source = Source(by="model", name=model.info.model[:200])

    def row(slot: int) -> Writer[Text | Candidate | Disagrees]:
        async def write(emit: Emit[Text | Candidate | Disagrees]) -> None:
            said = recorded_correction(sample, quote, slot - taken)
            async for word in typed(said.text):
                emit(Text(slot=slot, text=word))
            card.rows[slot] = Candidate(slot=slot, text=said.text, source=source, why=said.why)
            emit(card.rows[slot])

        return write

    async def object_(emit: Emit[Text | Candidate | Disagrees]) -> None:
        reason = recorded_objection(sample, quote)
        if reason:
            card.disagrees = Disagrees(text=reason, source=source)
            emit(card.disagrees)

    return {**{slot: row(slot) for slot in range(taken, SLOTS)}, _OBJECTION: object_}


def _asking(request: Correct, reading: str, prompt: str, angle: str, embedded: bool) -> tuple[Message, ...]:
    target = request.annotation.target
    if embedded:
        words = data("words", pointed(target)[:400], embedded=True)
        return conversation("correction-small", prompt=data("question", prompt[:300], embedded=True), words=words)
    parts = dict(line.split(": ", 1) for line in listed("parts"))
    return conversation("correction", angle=angle, part=parts[target.part], **_shown(request, reading, prompt))


def _shown(request: Correct, reading: str, prompt: str) -> dict[str, str]:
    target = request.annotation.target
    return {
        "prompt": data("question", prompt[:SEEN]),
        "reading": data("reply", around(reading, target, SEEN)),
        "words": data("highlighted words", pointed(target)[:SEEN]),
    }


def _row(
    ports: Ports, model: Metered, messages: tuple[Message, ...], quote: str, card: _Card, slot: int, keep: _Keep
) -> Writer[Text | Candidate | Disagrees]:
    async def write(emit: Emit[Text | Candidate | Disagrees]) -> None:
        small = model.info.embedded
        parameters = Parameters(
            temperature=0 if small else None, max_tokens=120 if small else 800, json_schema=replies.CORRECTION
        )
        reply, notes = "", Notes(ports)
        async for so_far, more in unfolded(notes.ports(), model, messages, parameters, key="correction"):
            reply = so_far
            if more:
                emit(Text(slot=slot, text=more))
        said = replies.correction(reply)
        if said is None:
            raise ModelGarbled(f"{model.info.model} did not write a correction.", remedy="Write your own words.")
        if card.repeats(said[0], quote):
            raise ModelGarbled(f"{model.info.model} only repeated words.", remedy="Write your own words.")
        source = Source(by="model", name=model.info.model[:200])
        call = await keep(notes)
        card.rows[slot] = Candidate(slot=slot, text=said[0], source=source, why=said[1], call=call)
        emit(card.rows[slot])

    return write


def _objection(
    ports: Ports, model: Metered, request: Correct, reading: str, prompt: str, card: _Card, keep: _Keep
) -> Writer[Text | Candidate | Disagrees]:
    """One small call that may argue against the correction. Silence is agreement, and so is failure."""

    async def write(emit: Emit[Text | Candidate | Disagrees]) -> None:
        messages = conversation("objection", **_shown(request, reading, prompt))
        parameters = Parameters(temperature=0, max_tokens=400, json_schema=replies.OBJECTION)
        notes = Notes(ports)
        with suppress(ModelError):
            reason = replies.objection((await asked(notes.ports(), model, messages, parameters)).text)
            if reason:
                source = Source(by="model", name=model.info.model[:200])
                card.disagrees = Disagrees(text=reason, source=source, call=await keep(notes))
                emit(card.disagrees)

    return write


def _kept(ports: Ports, person: Person, request: Correct, here: Scene, card: _Card, meter: Metered | None) -> Event:
    return Event(
        id=request.id,
        owner=person.owner,
        notebook=here.notebook,
        kind="candidates",
        subject=request.annotation.id,
        created=ports.clock.now(),
        body={
            "candidates": [row.model_dump(mode="json") for _, row in sorted(card.rows.items())],
            "disagrees": card.disagrees.model_dump(mode="json") if card.disagrees else None,
            "model": meter.info.model if meter else "",
            "calls": meter.calls if meter else 0,
            "cost": meter.cost if meter else 0.0,
        },
    )
