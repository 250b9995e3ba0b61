"""What an update, or any file, would do to the kept cases, before it is adopted: for these calls alone.

Each case is asked as `acts.check` asks it, with the same rule for what its replies show, under what is in force and
under that with the ticked articles. A case that would be sent the same messages is asked once. Nobody has accepted the
ticked articles, and no digest of a constitution covers a case, so everything that would be sent has one digest of its
own: an estimate says it, and nothing is sent without it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from jupyter_reconst.acts import adopt as adopting
from jupyter_reconst.acts.accept import ticked
from jupyter_reconst.acts.answer import PLAIN
from jupyter_reconst.acts.check import TIMES, replayed
from jupyter_reconst.acts.compare import Laws, composed
from jupyter_reconst.acts.inforce import amendable
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.probe import case_probe
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.sign import opened
from jupyter_reconst.acts.silence import Silence
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.acts.spending import paid
from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.checks import Shown, accepted_by, in_force
from jupyter_reconst.core.constitution import Case, Constitution
from jupyter_reconst.core.errors import NoCases, NotAccepted, ReconstError, RecordingOnly, StoreError
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.knowledge import looked_up
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Model, Ports
from jupyter_reconst.core.requests import Foresee, ForeseeEvent, Foreseen, Foresight
from jupyter_reconst.core.requests.foreseeing import Effect
from jupyter_reconst.core.styles import Pick
from jupyter_reconst.core.visible import spelled


async def foresee(
    ports: Ports,
    person: Person,
    request: Foresee,
    stop: asyncio.Event,
    *,
    model: Model | None = None,
    carried: bool = False,
) -> AsyncGenerator[ForeseeEvent, None]:
    """What is sent; then, unless that was the question, each case as it is ready, and how it ended.

    `carried` compares with what the notebook carries, whoever has accepted it: its digest is in what is accepted here.
    Raises what ticking raises, NoModel, RecordingOnly, NoCases, and NotAccepted, before anything is sent.
    """
    document = await opened(ports, person, request.path)
    before, after = await _laws(ports, person, document, request, carried=carried)
    laws, style = Laws(before, after, PLAIN), document.reading.style
    cases = _cases(laws, document)
    if not cases:
        raise NoCases("This notebook keeps no case that this could be tried on.")
    model = model or await chosen(ports, document)
    if model.info.recording:
        raise RecordingOnly("This is a recording: it answers nothing that was not recorded.")
    stands = _foresight(laws, cases, model)
    if request.estimate:
        yield stands
        return
    if request.accept != stands.accept:
        raise NotAccepted("What would be sent is not what was accepted.", remedy="Look again at what would be sent.")
    bounds = request.budget
    calls = stands.most if bounds.calls is None else min(stands.most, bounds.calls)
    metered = Metered(model, Budget(calls=calls, dollars=bounds.dollars))
    stands = stands.model_copy(update={"status": "running"})
    yield stands
    left = len(cases)
    try:
        async with aclosing(_rows(ports, person, metered, laws, style, cases, stop)) as events:
            async for event in events:
                yield event
                if event.type == "foreseen":
                    left -= _decided(event)
                    yield stands.model_copy(update={"calls": metered.calls, "cost": metered.cost, "left": left})
    finally:
        with suppress(StoreError):
            await ports.journal.append(paid(ports, person, "check", metered, notebook=document.notebook))
    ended = {"status": "stopped" if stop.is_set() else "done", "left": left}
    yield stands.model_copy(update={**ended, "calls": metered.calls, "cost": metered.cost})


def effect(before: Shown, after: Shown) -> Effect:
    """What it does to a case."""
    if after.outcome == before.outcome and after.outcome in ("held", "regression"):
        return "unchanged"
    if after.outcome == "regression":
        return "regression" if before.outcome == "held" else "unsure"
    return "intended" if (before.outcome, after.outcome) == ("regression", "held") else "unsure"


async def _laws(
    ports: Ports, person: Person, document: Document, request: Foresee, *, carried: bool
) -> tuple[Constitution, Constitution]:
    """What is in force, and what would be."""
    law = document.carried if carried else (await amendable(ports, person, document))[0]
    if request.file is None:
        return law, ticked(document.carried, request)
    return law, adopting.ticked(law, adopting.offered(document, request.file), request)


def _cases(laws: Laws, document: Document) -> tuple[Case, ...]:
    """The kept cases of articles that are in force before or after."""
    some = {case.id for law in (laws.before, laws.after) for case in in_force(law, document.reading.cases)}
    return tuple(case for case in document.reading.cases if case.id in some)


def _foresight(laws: Laws, cases: tuple[Case, ...], model: Model) -> Foresight:
    known = {article.draft for article in laws.before.effective}
    articles = (*laws.before.effective, *laws.after.effective)
    scoped = sum(not (article.always or looked_up(article)) for article in articles)
    return Foresight(
        status="estimated",
        model=model.info.model,
        accept=digest([laws.before.content, accepted_by(laws.after, cases)]),
        articles=tuple(spelled(a.title) for a in laws.after.effective if a.draft not in known),
        prompts=tuple(spelled(case.prompt) for case in cases),
        most=len(cases) * (2 * TIMES + scoped),
    )


def _decided(found: Foreseen) -> bool:
    return not {found.before.outcome, found.after.outcome} & {"failed", "unasked"}


async def _rows(
    ports: Ports,
    person: Person,
    model: Metered,
    laws: Laws,
    style: Pick | None,
    cases: tuple[Case, ...],
    stop: asyncio.Event,
) -> AsyncGenerator[ForeseeEvent, None]:
    """Cases as they are decided, and that nothing comes."""
    silence = Silence(ports.clock, model)
    writers = {place: _writer(ports, person, model, laws, style, case) for place, case in enumerate(cases)}
    at_once = 1 if model.info.embedded else model.info.at_once
    async for event in merged(writers, stop, ports.clock, at_once=at_once):
        if isinstance(event, Foreseen):
            silence.broken()
            yield event
        elif (waiting := silence.said()) is not None:
            yield waiting


def _writer(
    ports: Ports, person: Person, model: Metered, laws: Laws, style: Pick | None, case: Case
) -> Writer[Foreseen]:
    async def write(emit: Emit[Foreseen]) -> None:
        before = await replayed(ports, person, laws.before, style, case, model, fresh=False)
        same = await _same(ports, person, model, laws, style, case)
        after = before if same else await replayed(ports, person, laws.after, style, case, model, fresh=False)
        article = laws.after.article(case.article) or laws.before.article(case.article)
        title = article.title if article else ""
        emit(Foreseen(case=case, article=title, before=before, after=after, effect=effect(before, after)))

    return write


async def _same(ports: Ports, person: Person, model: Metered, laws: Laws, style: Pick | None, case: Case) -> bool:
    """Whether the case is sent the same under both. What cannot be judged now is asked, and says so itself."""
    try:
        probe = await case_probe(ports, person, case, style)
        one, other = [await composed(ports, person, model, laws, law, probe) for law in (laws.before, laws.after)]
    except ReconstError:
        return False
    return one.messages == other.messages
