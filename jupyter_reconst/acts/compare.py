"""Before and after on one probe: the present constitution's reply beside the amended one's, and a verdict by code.

Both replies come through `acts.answer`, at temperature 0 and with a seed. Read from the top, the first line that fits
decides. *Floor* is the largest distance of two replies to one prompt under the present constitution (A/A).

A row that differs by more than the floor is *likely* a change: it becomes one, or stays as it was, by repeats alone.

| the replies | bin | verdict |
|---|---|---|
| the same messages would be sent | any | unchanged: the article is out of scope here |
| identical, or the same but for spacing | any | unchanged |
| no further apart than the floor | any | unchanged: within noise |
| changed in any way | case, pinned as it was | regression |
| the case's good change is undone: nearer to the reply that it replaced | case, kept as intended | regression |
| nearer to the reply that was right | case, kept as a bad change | intended |
| changed otherwise | case, kept as a bad change | regression |
| changed otherwise | case, kept as intended | unmarked |
| the defect is there, and was not before | source, in | regression |
| the defect is gone, or fixed words or brevity that THEN asks for | source, in, own, conflict, generated | intended |
| closer to the correction | source | intended |
| changed | near, out (not generated), unless the article means every reply | unintended: not marked yet |
| changed | source, in, own, conflict, generated | unmarked |

*Unintended* is the program's suspicion; only the person's mark makes it a finding. A wrong scope decision of a scoped
amendment has no verdict of its own: the row says why it was sent here, or was not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.answer import Composition, compose, replied
from jupyter_reconst.acts.distance import distance
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.acts.style import worn
from jupyter_reconst.acts.trial import settled
from jupyter_reconst.core.constitution import Case, Constitution
from jupyter_reconst.core.errors import BudgetSpent, ReconstError
from jupyter_reconst.core.evidence import FOR
from jupyter_reconst.core.impact import Certainty, Impact, Probe, Verdict
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.statistics import repeats
from jupyter_reconst.core.turns import Parameters, Reply

TIMES = 6
"""Replies under each law that decide a row: the least p is 1 in 462, so up to 23 changed rows stand after Holm."""

Twice = Callable[[], Awaitable[bool]]
"""Whether to ask again under the present constitution; it may take a while to know."""

T = TypeVar("T")


async def never() -> bool:
    """Ask once."""
    return False


async def always() -> bool:
    """Ask twice."""
    return True


@dataclass(frozen=True, slots=True)
class Laws:
    """The old law and the new, and how replies are asked for under both."""

    before: Constitution
    after: Constitution
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Pair:
    """What was seen on one probe. `noise` is an A/A distance; `same` says that nothing different would be sent.

    `sent` says whether a scoped amendment's WHEN was taken to fit; None where it has no say.
    """

    before: Reply
    after: Reply
    noise: float | None = None
    same: bool = False
    sent: bool | None = None
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
    pair = await both(ports, person, model, laws, probe, twice=always if twice else never)
    return judged(probe, pair, aim, case=case, floor=floor)


async def both(ports: Ports, person: Person, model: Model, laws: Laws, probe: Probe, *, twice: Twice = never) -> Pair:
    """Both replies, at once; `twice` also asks again under the present constitution, to measure noise.

    A model's failure is a problem of the pair. Raises BudgetSpent.
    """

    async def again() -> Reply | None:
        wanted = await twice()
        failed = any(one.done() and one.exception() for one in first)
        return await replied(ports, model, old, sample=1) if wanted and not failed else None

    try:
        old, new = await _under_both(ports, person, model, laws, probe)
        sent = _sent(laws, new)
        if old.messages == new.messages:
            reply = await _present(ports, person, model, old, probe)
            return Pair(reply, reply, same=True, sent=sent, saved=int(reply.cached))
        first = [
            asyncio.ensure_future(_present(ports, person, model, old, probe)),
            asyncio.ensure_future(replied(ports, model, new)),
        ]
        before, after, second = await _all(*first, again())
    except BudgetSpent:
        raise
    except ReconstError as error:
        return Pair(before=Reply(text=""), after=Reply(text=""), problem=error.message)
    assert before is not None and after is not None
    pair = Pair(before, after, sent=sent, saved=before.cached + after.cached)
    if second is None:
        return pair
    return replace(pair, noise=distance(before.text, second.text), saved=pair.saved + second.cached)


async def repeated(
    ports: Ports, person: Person, model: Model, laws: Laws, probe: Probe, times: int = TIMES
) -> tuple[float, int]:
    """The permutation p of so many replies under each law, and how many of them were on record.

    Raises what a model raises, and BudgetSpent.
    """
    old, new = await _under_both(ports, person, model, laws, probe)
    if old.messages == new.messages:
        return 1.0, 0
    said = await _all(
        _present(ports, person, model, old, probe),
        *(replied(ports, model, old, sample=sample) for sample in range(1, times)),
        *(replied(ports, model, new, sample=sample) for sample in range(times)),
    )
    texts = [reply.text for reply in said]
    within = [[distance(one, other) for other in texts] for one in texts]
    return repeats(within), sum(reply.cached for reply in said)


async def _all(*calls: Awaitable[T]) -> list[T]:
    """All of them, or the first failure once none is under way any more: what is paid for is recorded."""
    found: list[T] = []
    for one in await asyncio.gather(*calls, return_exceptions=True):
        if isinstance(one, BaseException):
            raise one
        found.append(one)
    return found


def judged(probe: Probe, pair: Pair, aim: Aim, *, case: Case | None = None, floor: float | None = None) -> Impact:
    """The row: where the two replies stand, and why."""
    verdict, why = _verdict(probe, pair, aim, case, max(floor or 0.0, pair.noise or 0.0))
    apart = 0.0 if pair.problem or pair.same else pair.distance
    certainty: Certainty = "none"
    if apart:
        certainty = "noise" if verdict == "unchanged" else "likely"
    return Impact(
        probe=probe,
        before=pair.before,
        after=pair.after,
        verdict=verdict,
        why=probe.told(why),
        distance=round(apart, 4),
        noise=None if pair.noise is None else round(pair.noise, 4),
        certainty=certainty,
        sent=pair.sent,
    )


def decided(row: Impact, aim: Aim, *, case: Case | None, p: float, stands: bool) -> Impact:
    """A row after its repeats: `stands` says that its p does among all that were decided."""
    verdict, why = _verdict(row.probe, Pair(row.before, row.after, sent=row.sent), aim, case, 0.0)
    certainty: Certainty = "changed"
    if not stands:
        verdict, why = "unchanged", f"within noise: {TIMES} repeats could not tell them apart"
        certainty = "noise"
    update = {"verdict": verdict, "why": row.probe.told(why), "certainty": certainty, "repeats": TIMES, "p": p}
    return row.model_copy(update=update)


def _verdict(probe: Probe, pair: Pair, aim: Aim, case: Case | None, floor: float) -> tuple[Verdict, str]:
    if pair.problem:
        return "failed", pair.problem
    verdict, why = _seen(probe, pair, aim, case, floor)
    if pair.sent is False and probe.bin in FOR:
        why = f"its WHEN was taken not to fit here; {why}"
    if pair.sent and probe.bin in ("near", "out") and verdict != "unchanged":
        why = f"its WHEN was taken to fit here; {why}"
    return verdict, why


def _seen(probe: Probe, pair: Pair, aim: Aim, case: Case | None, floor: float) -> tuple[Verdict, str]:
    """What the two replies show."""
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
    if probe.bin in FOR and aim.appeared(before, after, probe.prompt):
        return "regression", f"the defect ({aim.kind.replace('_', ' ')}) is there now, and was not before"
    if probe.bin not in ("near", "out") or probe.generator:
        if reached := aim.reached(before, after, probe.prompt):
            return "intended", reached
        if probe.bin == "source" and aim.nearer(before, after):
            return "intended", "closer to your correction"
        return "unmarked", "changed; code cannot say whether as wanted"
    if aim.everywhere:
        return "unmarked", "changed; the article means every reply"
    if probe.bin == "near":
        return "unintended", "changed, though WHEN should not fire here"
    return "unintended", "changed, though it is about something else"


def kept(case: Case, after: str) -> tuple[Verdict, str]:
    """A case against what a person said it should show."""
    to_reply, to_without = distance(after, case.expects.reply), distance(after, case.expects.without)
    if case.expects.verdict == "intended":
        if distance(case.expects.reply, case.expects.without) == 0:
            return "regression", "a reply that was pinned as it was has changed"
        if to_without < to_reply:
            return "regression", "an earlier correction is undone: back towards the reply that it replaced"
        return "unmarked", "changed, but not back towards the reply that was corrected"
    if to_without < to_reply:
        return "intended", "back towards the reply that you had said was right"
    return "regression", "a case that was kept as it should be has changed"


def _sent(laws: Laws, new: Composition) -> bool | None:
    """Whether a scoped article that the new law adds or revises goes with a probe; None where there is none."""
    known = {article.revision for article in laws.before.effective}
    scoped = {a.revision for a in laws.after.effective if not a.always} - known
    return next((entry.sent for entry in new.applied if entry.revision in scoped), None)


async def _under_both(
    ports: Ports, person: Person, model: Model, laws: Laws, probe: Probe
) -> tuple[Composition, Composition]:
    """What would be sent for a probe, under the old law and the new."""
    old, new = await _all(*(composed(ports, person, model, laws, law, probe) for law in (laws.before, laws.after)))
    return old, new


async def composed(
    ports: Ports,
    person: Person,
    model: Model,
    laws: Laws,
    constitution: Constitution,
    probe: Probe,
    *,
    judge: bool = True,
) -> Composition:
    """What would be sent for a probe under one law; without `judge`, by recorded scope decisions alone."""
    rules = worn(constitution, probe.style)
    made = await compose(
        ports,
        person,
        model,
        rules.law,
        prompt=probe.prompt,
        history=probe.history,
        attachments=probe.attachments,
        given=probe.given,
        form=probe.form,
        parameters=settled(model, laws.parameters),
        judge=judge,
    )
    return rules.marked(made)


async def _present(ports: Ports, person: Person, model: Model, composition: Composition, probe: Probe) -> Reply:
    """Today's reply: the turn's own where it was asked in exactly this way, otherwise a call or its record."""
    return await stored(ports, person, model, composition, probe) or await replied(ports, model, composition)


async def stored(ports: Ports, person: Person, model: Model, composition: Composition, probe: Probe) -> Reply | None:
    """The reply of the probe's own turn, where it was asked in exactly this way."""
    turn = await turn_of(ports, person, probe.turn)
    if (
        turn is not None
        and turn.status == "complete"
        and (turn.profile, turn.model) == (model.info.profile, model.info.model)
        and turn.messages == composition.messages
        and turn.parameters == composition.parameters
    ):
        return Reply(text=turn.reply, finish_reason="stop", usage=turn.usage, timings=turn.timings, cached=True)
    return None
