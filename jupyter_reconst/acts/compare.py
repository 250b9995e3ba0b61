"""Before and after on one probe: the present constitution's reply beside the amended one's, and a verdict by code.

Both replies come through `acts.answer`, at temperature 0 and with a seed. Read from the top, the first line that fits
decides. *Floor* is the largest distance of two replies to one prompt under the present constitution (A/A).

| the replies | bin | verdict |
|---|---|---|
| the same messages would be sent | any | unchanged: the article is out of scope here |
| identical, or the same but for spacing | any | unchanged |
| no further apart than the floor | any | unchanged: within noise |
| the case's good change is undone: nearer to the reply that it replaced | case, kept as intended | regression |
| nearer to the reply that was right | case, kept as a bad change | intended |
| changed otherwise | case, kept as a bad change | regression |
| changed otherwise | case, kept as intended | unmarked |
| the defect is gone, or fixed words or brevity that THEN asks for | source, in, own, conflict, generated | intended |
| closer to the correction | source | intended |
| changed | near, out (not generated), unless the article means every reply | unintended: not marked yet |
| changed | source, in, own, conflict, generated | unmarked |

*Unintended* is the program's suspicion; only the person's mark makes it a finding.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.answer import Composition, compose, replied
from jupyter_reconst.acts.distance import distance
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.acts.trial import settled
from jupyter_reconst.core.constitution import Case, Constitution
from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.impact import Impact, Probe, Verdict
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.turns import Parameters, Reply


@dataclass(frozen=True, slots=True)
class Laws:
    """The old law and the new, and how replies are asked for under both."""

    before: Constitution
    after: Constitution
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Pair:
    """What was seen on one probe. `noise` is an A/A distance; `same` says that nothing different would be sent."""

    before: Reply
    after: Reply
    noise: float | None = None
    same: bool = False
    saved: int = 0
    problem: str = ""

    @property
    def distance(self) -> float:
        """How far apart the two replies are."""
        return distance(self.before.text, self.after.text)


async def compare(
    ports: Ports,
    person: Person,
    model: Model,
    laws: Laws,
    probe: Probe,
    aim: Aim,
    *,
    case: Case | None = None,
    floor: float | None = None,
    twice: bool = False,
) -> Impact:
    """The impact on one probe. A model's failure is a verdict, not an exception."""
    pair = await both(ports, person, model, laws, probe, twice=twice)
    return judged(probe, pair, aim, case=case, floor=floor)


async def both(ports: Ports, person: Person, model: Model, laws: Laws, probe: Probe, *, twice: bool = False) -> Pair:
    """Both replies, at once; `twice` also asks again under the present constitution, to measure noise."""
    try:
        old, new = await asyncio.gather(
            _composed(ports, person, model, laws, laws.before, probe),
            _composed(ports, person, model, laws, laws.after, probe),
        )
        calls = [_present(ports, person, model, old, probe)]
        same = old.messages == new.messages
        if not same:
            calls.append(replied(ports, model, new))
        if twice:
            calls.append(replied(ports, model, old, sample=1))
        answers = await asyncio.gather(*calls)
    except ReconstError as error:
        return Pair(before=Reply(text=""), after=Reply(text=""), problem=error.message)
    before = answers[0]
    after = before if same else answers[1]
    noise = distance(before.text, answers[-1].text) if twice else None
    return Pair(before, after, noise, same, saved=sum(answer.cached for answer in answers))


def judged(probe: Probe, pair: Pair, aim: Aim, *, case: Case | None = None, floor: float | None = None) -> Impact:
    """The row: where the two replies stand, and why."""
    verdict, why = _verdict(probe, pair, aim, case, max(floor or 0.0, pair.noise or 0.0))
    return Impact(
        probe=probe,
        before=pair.before,
        after=pair.after,
        verdict=verdict,
        why=why,
        distance=round(pair.distance, 4) if not pair.problem else 0,
        noise=None if pair.noise is None else round(pair.noise, 4),
    )


def _verdict(probe: Probe, pair: Pair, aim: Aim, case: Case | None, floor: float) -> tuple[Verdict, str]:
    if pair.problem:
        return "failed", pair.problem
    if pair.same:
        return "unchanged", "the article is out of scope here: the same is sent"
    apart = pair.distance
    if apart == 0:
        same = pair.before.text == pair.after.text
        return "unchanged", "identical" if same else "the same but for spacing"
    if apart <= floor:
        return "unchanged", f"within noise: two replies to one prompt differ as much ({floor:.0%})"
    before, after = pair.before.text, pair.after.text
    if case is not None:
        return kept(case, after)
    if probe.bin not in ("near", "out") or probe.generator:
        if reached := aim.reached(before, after, probe.prompt):
            return "intended", reached
        if probe.bin == "source" and aim.nearer(before, after):
            return "intended", "closer to your correction"
        return "unmarked", "changed; code cannot say whether as wanted"
    if aim.everywhere:
        return "unmarked", "changed; the article means every reply"
    if probe.bin == "near":
        return "unintended", "changed, though WHEN does not fire here"
    return "unintended", "changed, though it is about something else"


def kept(case: Case, after: str) -> tuple[Verdict, str]:
    """A case against what a person said it should show."""
    to_reply, to_without = distance(after, case.expects.reply), distance(after, case.expects.without)
    if case.expects.verdict == "intended":
        if to_without < to_reply:
            return "regression", "an earlier correction is undone: back towards the reply that it replaced"
        return "unmarked", "changed, but not back towards the reply that was corrected"
    if to_without < to_reply:
        return "intended", "back towards the reply that you had said was right"
    return "regression", "a case that was kept as it should be has changed"


async def _composed(
    ports: Ports, person: Person, model: Model, laws: Laws, constitution: Constitution, probe: Probe
) -> Composition:
    return await compose(
        ports,
        person,
        model,
        constitution,
        prompt=probe.prompt,
        history=probe.history,
        attachments=probe.attachments,
        parameters=settled(model, laws.parameters),
    )


async def _present(ports: Ports, person: Person, model: Model, composition: Composition, probe: Probe) -> Reply:
    """Today's reply: the turn's own where it was asked in exactly this way, otherwise a call or its record."""
    turn = await turn_of(ports, person, probe.turn)
    if (
        turn is not None
        and turn.status == "complete"
        and (turn.profile, turn.model) == (model.info.profile, model.info.model)
        and turn.messages == composition.messages
        and turn.parameters == composition.parameters
    ):
        return Reply(text=turn.reply, finish_reason="stop", usage=turn.usage, timings=turn.timings, cached=True)
    return await replied(ports, model, composition)
