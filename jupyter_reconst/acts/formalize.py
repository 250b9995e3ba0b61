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

from pydantic import ValidationError

from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.noting import Notes
from jupyter_reconst.acts.prove import proved
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.spending import paid
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.acts.verify import judged, shown, unjudged, verdict_on
from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.errors import (
    ModelGarbled,
    ModelIncomplete,
    NoModel,
    NoProver,
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

    Whether it is worth it is not even asked where nothing could judge it: NoProver.
    """
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    if request.weigh and (why := unjudged(ports)):
        raise NoProver(why)
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
    notes, found = Notes(ports), None
    try:
        async with aclosing(_drafted(notes.ports(), model, passage, weigh, anyway)) as events:
            async for event in events:
                found = event.model_copy(update={"calls": model.calls, "cost": model.cost})
                yield found
        call = await notes.kept(person, "argument", notebook=notebook, subject=None)
        if found:
            yield found.model_copy(update={"call": call})
    finally:
        with suppress(StoreError):
            await ports.journal.append(paid(ports, person, "formal", model, notebook=notebook))


async def _drafted(
    ports: Ports, model: Metered, passage: str, weigh: bool, anyway: bool
) -> AsyncGenerator[Formalized, None]:
    said = formal.worth((await asked(ports, model, _about("worth", passage), _WORTH)).text)
    worth, loss = said or (True, "The model did not say what would be lost.")
    found = Formalized(worth=worth, loss=loss, source=Source(by="model", name=model.info.model[:200]))
    yield found
    if weigh or not (worth or anyway):
        return
    argument = await _argument(ports, model, passage)
    found = found.model_copy(update=shown(argument))
    yield found
    doubts, verdict = await asyncio.gather(_doubts(ports, model, argument), verdict_on(ports, argument))
    if verdict.says == "not decided":
        verdict = await proved(ports, model, argument) or verdict
    yield found.model_copy(update={**shown(argument, doubts), **judged(verdict)})


async def _argument(ports: Ports, model: Metered, passage: str) -> Argument:
    """The draft. One that says nothing is sent back once, with what is wrong. Raises ModelGarbled."""
    messages = _about("formalize", passage)
    reply = (await asked(ports, model, messages, _DRAFT)).text
    try:
        return formal.argument(reply, passage)
    except formal.Unfit as error:
        wrong = f"This is not a well-formed argument. {error} Answer with the whole corrected JSON object."
    again = (*messages, Message(role="assistant", content=reply), Message(role="user", content=wrong))
    try:
        return formal.argument((await asked(ports, model, again, _DRAFT)).text, passage)
    except formal.Unfit as error:
        raise ModelGarbled(
            f"{model.info.model} wrote no well-formed argument. {error}",
            remedy="Try again, choose another model, or highlight fewer words.",
        ) from None


async def _doubts(ports: Ports, model: Metered, argument: Argument) -> dict[str, str]:
    """Why each sentence is doubtful, by name: the model reads our words back without seeing its formulas."""
    signature = argument.signature
    known = "\n".join(
        f"{one.name}({', '.join(one.takes)}): {one.gives}, “{one.words or one.name}”" for one in argument.symbols
    )
    said = "\n".join(f"{one.name}: {in_words(one.formula, signature)}" for one in argument.sentences)
    messages = conversation("reread", symbols=data("symbols", known), sentences=data("sentences", said))
    try:
        again = formal.formulas((await asked(ports, model, messages, _AGAIN)).text)
    except (ModelGarbled, ModelIncomplete, TooLong):
        again = {}
    named = argument.sentences
    doubts = await asyncio.gather(*(_doubt(ports, argument, one, again.get(one.name)) for one in named))
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
