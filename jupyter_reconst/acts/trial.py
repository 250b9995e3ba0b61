"""A candidate amendment is tried before it is shown: does WHEN fire on the highlighted turn, does THEN move its words?

| what was seen | status |
|---|---|
| WHEN does not fit the highlighted turn | rejected |
| in force for that turn, the defect is still found, or the words still stand | rejected |
| the reply is no closer to the correction than a plain rerun is | rejected |
| a plain rerun lost the defect too, so nothing is shown either way | untested |
| no turn, no model, the model failed, or the calls set aside are used up | untested |
| otherwise | passed |

The kind's own detector decides where there is one, then fixed words or brevity that THEN asks for, then the distance
to the correction. A rejected candidate stays visible and usable under its reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.answer import compose, replied
from jupyter_reconst.acts.call import recorded
from jupyter_reconst.acts.distance import says
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.acts.style import style_of, worn
from jupyter_reconst.core.amendments import Amendment, amended
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.knowledge import fits, looked_up
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.requests import Trial
from jupyter_reconst.core.turns import Message, Parameters, Reply, Turn
from jupyter_reconst.prompts import replies
from jupyter_reconst.prompts.asking import conversation, data
from jupyter_reconst.prompts.compose import JUDGING, scope_answer, scope_question

SEED = 1
SMALL = 200
"""Tokens that the embedded model may write in a trial: it is slow, and repeats itself soon."""
_SHOWN = 4_000
_FIRING = Parameters(temperature=0, max_tokens=200, json_schema=replies.FIRES)


@dataclass(frozen=True, slots=True)
class Ground:
    """What candidates are tried on: a turn of this person, under what is in force."""

    ports: Ports
    person: Person
    model: Metered
    constitution: Constitution
    turn: Turn
    budget: int
    once: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def spent(self) -> bool:
        """Whether the calls set aside for trials are used up."""
        return self.model.calls >= self.budget


def settled(model: Model, parameters: Parameters) -> Parameters:
    """How a reply is asked for when two are to be compared: temperature 0 and a seed, otherwise as the turn was."""
    update: dict[str, object] = {"temperature": 0.0, "seed": SEED}
    if model.info.embedded:
        update["max_tokens"] = min(parameters.max_tokens or SMALL, SMALL)
    return parameters.model_copy(update=update)


def prefix(turn: Turn) -> tuple[Message, ...]:
    """The stored conversation before a turn's prompt, without the constitution that was in force then."""
    return tuple(message for message in turn.messages[:-1] if message.role != "system")


async def fires(ports: Ports, model: Model, when: str, *, prompt: str, reply: str, words: str = "") -> bool | None:
    """Whether a condition is met by a reply; None where nobody can say.

    The embedded model is not asked: measured in four few-shot forms on twelve labelled pairs, it answered *no* to all
    but one of them.
    """
    if model.info.embedded:
        return None
    messages = _firing(when, prompt, reply, words)
    return replies.fires((await asked(ports, model, messages, _FIRING)).text)


async def fired(ports: Ports, model: Model, when: str, *, prompt: str, reply: str) -> bool | None:
    """What is recorded of a condition and a reply, from a scope decision or from a trial; None where nothing is."""
    scope = await recorded(ports, model, scope_question(when, prompt), JUDGING)
    if scope is not None and (fits := scope_answer(scope.text)) is not None:
        return fits
    trial = await recorded(ports, model, _firing(when, prompt, reply), _FIRING)
    return replies.fires(trial.text) if trial is not None else None


async def tried(ground: Ground, amendment: Amendment, aim: Aim) -> AsyncGenerator[Trial, None]:
    """Try one candidate. Yields the trial as it moves on; the last one is its result. Never raises a ReconstError."""
    if ground.spent:
        yield Trial(status="untested", why=f"The {ground.budget} calls set aside for trials are used up.")
        return
    yield Trial(status="running")
    try:
        fired = await _fired(ground, amendment, aim)
        if fired is False:
            why = "Its WHEN does not fit the words that you highlighted."
            if amendment.draft and looked_up(amendment.draft):
                why = "Its title and WHEN share too few words with the question, so it would not be sent."
            yield Trial(status="rejected", fires=False, why=why)
            return
        yield Trial(status="running", fires=fired)
        rerun, after = await asyncio.gather(_rerun(ground), _amended(ground, amendment))
        turn = ground.turn
        trial = judged(aim, turn.reply, rerun.text, after.text, fired, turn.prompt)
        _, caveat = style_of(turn)
        yield trial.model_copy(update={"why": f"{trial.why} ({caveat})"}) if caveat else trial
    except ReconstError as error:
        yield Trial(status="untested", why=f"It could not be tried: {error.message}")


def judged(aim: Aim, stored: str, rerun: str, after: str, fired: bool | None, prompt: str = "") -> Trial:
    """What three replies to one prompt show: the highlighted one, a plain rerun, and one under the amendment."""

    def found(status: str, moved: bool | None, why: str) -> Trial:
        return Trial.model_validate({"status": status, "fires": fired, "moved": moved, "why": why})

    kind = aim.kind.replace("_", " ")
    if aim.defect(stored, prompt):
        if aim.defect(after, prompt):
            return found("rejected", False, f"With it, the reply still shows the same defect ({kind}).")
        if not aim.defect(rerun, prompt):
            return found("untested", None, "A plain rerun lost the defect too, so this shows nothing.")
        return found("passed", True, f"With it, the defect ({kind}) is gone from the reply.")
    if aim.literals:
        if not aim.literal(after):
            return found("rejected", False, "With it, the reply does not hold the words that it asks for.")
        if aim.literal(rerun):
            return found("untested", None, "A plain rerun holds the same words, so this shows nothing.")
        return found("passed", True, "With it, the reply holds the words that it asks for.")
    if aim.brief:
        if aim.shorter(stored, after) and aim.shorter(rerun, after):
            return found("passed", True, "With it, the reply is much shorter, as it asks.")
        return found("rejected", False, "With it, the reply is not much shorter, though it asks for that.")
    if aim.praise:
        if aim.nearness(after) >= aim.nearness(rerun):
            return found("passed", True, "With it, the reply keeps what you praised.")
        return found("rejected", False, "With it, the reply keeps less of what you praised than a plain rerun does.")
    if any(says(quote, after) for quote in aim.quotes):
        return found("rejected", False, "With it, the reply still says the highlighted words.")
    if not aim.corrections:
        return found("untested", None, "There is no correction to compare the reply with.")
    if aim.nearer(rerun, after) and aim.nearer(stored, after):
        return found("passed", True, "With it, the reply is closer to your correction.")
    return found("rejected", False, "With it, the reply is no closer to your correction than a plain rerun is.")


async def _fired(ground: Ground, amendment: Amendment, aim: Aim) -> bool | None:
    """A repeal has no WHEN. The kind's detector and the person's own words, made from this turn, need no call."""
    draft = amendment.draft
    if amendment.action == "repeal" or draft is None:
        return None
    if looked_up(draft):
        return fits(draft, ground.turn.prompt)
    if aim.everywhere or amendment.source.by == "person" or any(says(quote, draft.when) for quote in aim.quotes):
        return True
    words = "\n".join(aim.quotes)
    if aim.kind and (amendment.source.by == "library" or ground.model.info.recording):
        return any(aim.defect(text, ground.turn.prompt) for text in (words, ground.turn.reply))
    return await fires(
        ground.ports, ground.model, draft.when, prompt=ground.turn.prompt, reply=ground.turn.reply, words=words
    )


async def _rerun(ground: Ground) -> Reply:
    """Another reply under what is in force: how much a reply moves without any amendment."""
    async with ground.once:  # Candidates share one rerun: the first pays for it, the others read the record.
        return await _replied(ground, ground.constitution, sample=1)


async def _amended(ground: Ground, amendment: Amendment) -> Reply:
    return await _replied(ground, amended(ground.constitution, amendment)[0], sample=0)


async def _replied(ground: Ground, constitution: Constitution, *, sample: int) -> Reply:
    turn = ground.turn
    composition = await compose(
        ground.ports,
        ground.person,
        ground.model,
        worn(constitution, style_of(turn)[0]).law,
        prompt=turn.prompt,
        history=prefix(turn),
        attachments=turn.attachments,
        given=turn.passages,
        form=turn.wish.form,
        parameters=settled(ground.model, turn.parameters),
    )
    return await replied(ground.ports, ground.model, composition, sample=sample)


def _firing(when: str, prompt: str, reply: str, words: str = "") -> tuple[Message, ...]:
    return conversation(
        "fires",
        when=data("condition", when),
        prompt=data("question", prompt[:_SHOWN]),
        reply=data("reply", reply[:_SHOWN]),
        words=data("words in question", words[:_SHOWN]) if words else "",
    )
