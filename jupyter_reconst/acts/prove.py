"""A proof where no solver decides: the model drafts it, a proof assistant judges it."""

from __future__ import annotations

from jupyter_reconst.acts.structured import asked
from jupyter_reconst.core.errors import ModelGarbled, ModelIncomplete, TooLong
from jupyter_reconst.core.formal.argument import Argument
from jupyter_reconst.core.formal.verdicts import DOUBT, Verdict
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.turns import Parameters
from jupyter_reconst.prompts import formal
from jupyter_reconst.prompts.asking import conversation, data

_PROOF = Parameters(temperature=0, max_tokens=6_000, json_schema=formal.PROOF)


async def proved(ports: Ports, model: Model, argument: Argument) -> Verdict | None:
    """*Follows* where a draft was accepted; None where there is no assistant, no draft, or the draft is no proof."""
    assistant = ports.assistant
    statement = assistant.statement(argument) if assistant else ""
    if assistant is None or not statement:
        return None
    messages = conversation("prove", assistant=assistant.name, statement=data("statement", statement))
    try:
        draft = formal.proof((await asked(ports, model, messages, _PROOF)).text)
    except (ModelGarbled, ModelIncomplete, TooLong):
        return None
    verdict = await assistant.judge(argument, draft)
    # A proof says nothing of whether the premises are consistent, and no solver has either.
    return verdict.model_copy(update={"why": DOUBT}) if verdict.says == "follows" else None
