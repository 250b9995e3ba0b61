"""From a passage to premises, a claim and a verdict. The model drafts, the prover judges, and everything is a proposal.

| step | calls |
|---|---|
| is it worth it, and what would be lost? | one |
| symbols, premises and claim, each with its words in the passage; once more where that is no argument | one or two |
| the formulas again, from our words for them alone | one |
| a proof, where no solver decides and the operator has turned a proof assistant on | one |
| are both readings equivalent? does the claim follow? | none: the prover |

A sentence whose two readings are not equivalent is doubtful: its words say something else than its formula.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

from pydantic import ValidationError

from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.prove import proved
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.spending import paid
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.acts.verify import shown, unjudged, verdict_on
from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.errors import (
    ModelGarbled,
    ModelIncomplete,
    NoModel,
    NotebookUnknown,
    RecordingOnly,
    StoreError,
    TooLong,
)
from jupyter_reconst.core.formal.argument import Argument, Sentence
from jupyter_reconst.core.formal.reading import in_words
from jupyter_reconst.core.formal.terms import Term
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Formalize, Formalized, FormalizeEvent
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.prompts import formal
from jupyter_reconst.prompts.asking import conversation, data

_WORTH = Parameters(temperature=0, max_tokens=300, json_schema=formal.WORTH)
_DRAFT = Parameters(temperature=0, max_tokens=6_000, json_schema=formal.ARGUMENT)
_AGAIN = Parameters(temperature=0, max_tokens=6_000, json_schema=formal.FORMULAS)

_CHANGED = "Read back from its words, it says something else: "
_UNREAD = "Whether its words say the same as its formula could not be found out."


async def formalize(ports: Ports, person: Person, request: Formalize) -> AsyncGenerator[FormalizeEvent, None]:
    """A passage of an open notebook, by the person's model. Raises NotebookUnknown, and what `formalized` does.

    Whether it is worth it is not even asked where nothing could judge it.
    """
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    if request.weigh and (missing := unjudged(ports)):
        yield Formalized(missing=missing)
        return
    model = Metered(await chosen(ports, document))
    passage, notebook = request.passage, document.notebook
    events = formalized(ports, person, model, passage, weigh=request.weigh, anyway=request.anyway, notebook=notebook)
    async with aclosing(events):
        async for found in events:
            yield found


async def formalized(
    ports: Ports,
    person: Person,
    model: Metered,
    passage: str,
    *,
    weigh: bool = False,
    anyway: bool = False,
    notebook: str | None = None,
) -> AsyncGenerator[Formalized, None]:
    """The same by a given model, of any text, as it comes. Raises NoModel, RecordingOnly, and errors of the model."""
    if model.info.recording:
        raise RecordingOnly("This is a recording: it cannot formalise anything.")
    if model.info.embedded:
        raise NoModel(
            "The small model inside is a toy at this: it cannot formalise an argument.",
            remedy="Connect a larger model, or write the formulas yourself.",
        )
    desk = _Desk(ports, model)
    try:
        async with aclosing(_drafted(desk, passage, weigh, anyway)) as events:
            async for found in events:
                yield found.model_copy(update={"sent": tuple(desk.sent), "calls": model.calls, "cost": model.cost})
    finally:
        with suppress(StoreError):
            await ports.journal.append(paid(ports, person, "formal", model, notebook=notebook))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the model is asked; what it was sent stays on it."""

    ports: Ports
    model: Metered
    sent: list[tuple[Message, ...]] = field(default_factory=list)

    async def asked(self, messages: tuple[Message, ...], parameters: Parameters) -> str:
        self.sent.append(messages)
        return (await asked(self.ports, self.model, messages, parameters)).text


async def _drafted(desk: _Desk, passage: str, weigh: bool, anyway: bool) -> AsyncGenerator[Formalized, None]:
    said = formal.worth(await desk.asked(_about("worth", passage), _WORTH))
    worth, loss = said or (True, "The model did not say what would be lost.")
    source = Source(by="model", name=desk.model.info.model[:200])
    found = Formalized(missing=unjudged(desk.ports), worth=worth, loss=loss, source=source)
    yield found
    if weigh or not (worth or anyway):
        return
    argument = await _argument(desk, passage)
    found = found.model_copy(update=shown(argument))
    yield found
    doubts, verdict = await asyncio.gather(_doubts(desk, argument), verdict_on(desk.ports, argument))
    if verdict.says == "not decided":
        verdict = await proved(desk.ports.assistant, desk.asked, argument) or verdict
    yield found.model_copy(update={**shown(argument, doubts), "verdict": verdict})


async def _argument(desk: _Desk, passage: str) -> Argument:
    """The draft. One that says nothing is sent back once, with what is wrong. Raises ModelGarbled."""
    messages = _about("formalize", passage)
    reply = await desk.asked(messages, _DRAFT)
    try:
        return formal.argument(reply, passage)
    except formal.Unfit as error:
        wrong = f"This is not a well-formed argument. {error} Answer with the whole corrected JSON object."
    again = (*messages, Message(role="assistant", content=reply), Message(role="user", content=wrong))
    try:
        return formal.argument(await desk.asked(again, _DRAFT), passage)
    except formal.Unfit as error:
        raise ModelGarbled(
            f"{desk.model.info.model} wrote no well-formed argument. {error}",
            remedy="Try again, choose another model, or highlight fewer words.",
        ) from None


async def _doubts(desk: _Desk, argument: Argument) -> dict[str, str]:
    """Why each sentence is doubtful, by name: the model reads our words back without seeing its formulas."""
    signature = argument.signature
    known = "\n".join(
        f"{one.name}({', '.join(one.takes)}): {one.gives}, “{one.words or one.name}”" for one in argument.symbols
    )
    said = "\n".join(f"{one.name}: {in_words(one.formula, signature)}" for one in argument.sentences)
    messages = conversation("reread", symbols=data("symbols", known), sentences=data("sentences", said))
    try:
        again = formal.formulas(await desk.asked(messages, _AGAIN))
    except (ModelGarbled, ModelIncomplete, TooLong):
        again = {}
    named = argument.sentences
    doubts = await asyncio.gather(*(_doubt(desk.ports, argument, one, again.get(one.name)) for one in named))
    return {one.name: doubt for one, doubt in zip(named, doubts, strict=True) if doubt}


async def _doubt(ports: Ports, argument: Argument, one: Sentence, again: Term | None) -> str:
    """Why a sentence is doubtful; empty where both readings are equivalent."""
    if again is None:
        return _UNREAD
    if again == one.formula:
        return ""
    same = Term(op="iff", args=(one.formula, again))
    try:
        both = Argument(
            symbols=argument.symbols, claim=Sentence(name="same", formula=same), frame=argument.frame or "K"
        )
    except ValidationError:
        return _UNREAD
    says = (await verdict_on(ports, both)).says
    if says == "follows":
        return ""
    return f"{_CHANGED}{in_words(again, argument.signature)}"[:4_000] if says == "does not follow" else _UNREAD


def _about(name: str, passage: str) -> tuple[Message, ...]:
    return conversation(name, passage=data("passage", passage))
