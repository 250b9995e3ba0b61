"""R5: every way in which an endpoint fails, met by every act that asks it; R4: nothing cut passes for whole.

The acts run over the real adapter and a server that fails for real. Each case ends in a state with a name, in seconds,
and leaves nothing behind that could pass for an answer.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from jupyter_reconst.acts.correct import correct
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.acts.propose import propose
from jupyter_reconst.core.requests import (
    Candidate,
    Correct,
    Disagrees,
    Failed,
    Finished,
    Progress,
    Proposal,
    Propose,
    Row,
    Slot,
    StartPreview,
    Watch,
)
from jupyter_reconst.core.turns import Parameters
from tests.adapter.models import asking, closing, outcome
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.faulty import Asked, Faulty
from tests.scenes import CORRECTION, PATH, REPLY, adding, annotation, keep, opened, said, turn

FAULTS = {
    "429": "model_busy",
    "500": "model_error",
    "503": "model_busy",
    "401": "model_refused",
    "404": "model_refused",
    "reset": "model_unreachable",
    "hang": "model_slow",
    "drip": "model_slow",
    "garbage": "model_garbled",
    "html": "model_garbled",
    "empty-choices": "model_garbled",
    "null-content": "model_garbled",
    "huge": "model_incomplete",
    "tool-call": "model_garbled",
    "wrong-shape": "model_garbled",
}
"""What each fault is called. The sixteenth, choices that nobody asked for, is one that an endpoint may have: they are
ignored, and the reply is whole without them."""

MODES = (*FAULTS, "wrong-n")
ONE = turn()
ABOUT = annotation(said=CORRECTION, about=ONE)
Act = Callable[[Fakes, asyncio.Event], AsyncGenerator[Any, None]]


def correcting(fakes: Fakes, stop: asyncio.Event) -> AsyncGenerator[Any, None]:
    return correct(fakes.ports, ANA, Correct(id=an_id(40), path=PATH, annotation=annotation(about=ONE)), stop)


def proposing(fakes: Fakes, stop: asyncio.Event) -> AsyncGenerator[Any, None]:
    return propose(fakes.ports, ANA, Propose(id=an_id(50), path=PATH, annotations=(ABOUT,), reading=REPLY), stop)


def previewing(fakes: Fakes, stop: asyncio.Event) -> AsyncGenerator[Any, None]:
    request = StartPreview(id=an_id(70), path=PATH, amendment=adding(), annotations=(ABOUT,), generate=2)
    return preview(fakes.ports, ANA, request, stop)


def answers(asked: Asked) -> str:
    """What a model would say that can do all that it is asked for."""
    if "response_format" not in asked.body:
        return CORRECTION if "THEN" in asked.system else REPLY
    article = {"title": "Sources", "when": "a result is stated", "then": "cite a paper"}
    return said(correction=f"Number {asked.number}", fires=True, right=True, reason="", prompts=["Why?"], **article)


@asynccontextmanager
async def asked_over(mode: str, **limits: Any) -> AsyncIterator[tuple[Fakes, Faulty]]:
    """A notebook with one turn, and a model behind an endpoint that fails in this way."""
    async with Faulty(answers, mode=mode) as server:
        fakes, model = reconst(), asking(server.url, **limits)
        fakes.models.default = model  # type: ignore[assignment]
        await keep(fakes, ONE, turn(11, "Who first described the halting problem?", "Turing did (1936)."))
        await opened(fakes)
        yield fakes, server
        await closing(model)


async def heard(act: Act, fakes: Fakes) -> list[Any]:
    return [event async for event in act(fakes, asyncio.Event())]


def of(events: list[Any], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


CASES = [(mode, act) for mode in MODES for act in (correcting, proposing, previewing)]


@pytest.mark.parametrize(("mode", "act"), CASES, ids=[f"{mode}-{act.__name__}" for mode, act in CASES])
async def test_every_fault_ends_every_act_in_a_named_state(mode: str, act: Act) -> None:
    total = 0.4 if FAULTS.get(mode) == "model_slow" else 10
    async with asked_over(mode, total=total, patience=0.2) as (fakes, _):
        began = time.monotonic()
        events = await asyncio.wait_for(heard(act, fakes), 20)
        assert time.monotonic() - began < 10
        if mode in FAULTS:
            assert fakes.journal.replies == {}, "nothing of it is kept as an answer"
            await CHECKS[act](fakes, events, FAULTS[mode])
        else:
            assert "INTRUDER" not in f"{events}{fakes.journal.lines}{fakes.journal.replies}"
            assert not of(events, Failed) and not [row for row in of(events, Row) if row.row.verdict == "failed"]


async def no_candidate(fakes: Fakes, events: list[Any], code: str) -> None:
    """Each of the model's rows has failed under this name; the library's stay."""
    rows = {slot.slot: slot.source.by for slot in of(events, Slot)}
    failed = {event.slot: event.problem.code for event in of(events, Failed)}
    assert failed == {slot: code for slot, by in rows.items() if by == "model"} and failed
    assert isinstance(events[-1], Finished) and not of(events, Disagrees)
    line = await fakes.journal.get("ana", an_id(40))
    kept = [Candidate.model_validate(candidate) for candidate in line.body["candidates"]] if line else []
    assert kept == of(events, Candidate) and {candidate.source.by for candidate in kept} == {"library"}


async def no_proposal(fakes: Fakes, events: list[Any], code: str) -> None:
    """Each of the model's rows has failed under this name; the others could not be tried, and say so."""
    rows = {slot.slot: slot.source.by for slot in of(events, Slot)}
    failed = {event.slot: event.problem.code for event in of(events, Failed)}
    assert failed == {slot: code for slot, by in rows.items() if by == "model"} and failed
    assert isinstance(events[-1], Finished)
    line = await fakes.journal.get("ana", an_id(50))
    kept = [Proposal.model_validate(proposal) for proposal in line.body["proposals"]] if line else []
    assert {proposal.slot for proposal in kept} == set(rows) - set(failed)
    assert {proposal.trial.status for proposal in kept} == {"untested"}
    assert all(proposal.trial.why.startswith("It could not be tried: ") for proposal in kept)


async def no_impact(fakes: Fakes, events: list[Any], code: str) -> None:
    """Each row has failed and says why, and so has the run."""
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert state.status == of(events, Progress)[-1].preview.status == "failed" and state.problem
    assert len(state.rows) == state.planned > 0
    assert {(row.verdict, row.before.text, row.after.text) for row in state.rows} == {("failed", "", "")}
    assert all(row.why for row in state.rows)


CHECKS = {correcting: no_candidate, proposing: no_proposal, previewing: no_impact}


def test_the_matrix_is_whole() -> None:
    print(f"R5: {len(CASES)} cases, {len(MODES)} faults met by {len(CHECKS)} acts")
    assert len(CASES) == 16 * 3


@pytest.mark.parametrize("act", CHECKS, ids=[act.__name__ for act in CHECKS])
@pytest.mark.parametrize("mode", ["hang", "drip"])
async def test_stopping_ends_it_and_hangs_up_within_a_second(mode: str, act: Act) -> None:
    async with asked_over(mode, total=60) as (fakes, server):
        stop = asyncio.Event()
        task = asyncio.create_task(_all(act(fakes, stop)))
        while not server.requests:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        stopped = time.monotonic()
        stop.set()
        events = await task
        assert time.monotonic() - stopped < 1
        assert isinstance(events[-1], Finished) or events[-1].preview.status == "stopped"
        while not all(request.gone for request in server.requests):
            await asyncio.sleep(0.01)
            assert time.monotonic() - stopped < 1
        assert fakes.journal.replies == {}


@pytest.mark.parametrize("framing", ["close", "chunked"])
async def test_a_proposal_cut_anywhere_is_no_proposal(framing: str) -> None:
    """What is proposed is whole, and what is kept as an answer too, wherever the endpoint stops."""
    async with asked_over("ok") as (fakes, server):
        server.framing = framing
        await outcome(fakes.model, Parameters(json_schema={"type": "object"}))
        cuts, without = range(0, server.size, server.size // 20), 0
        for server.cut in cuts:
            fakes.journal.replies.clear()
            events = await asyncio.wait_for(heard(proposing, fakes), 20)
            drafts = [row.amendment.draft for row in of(events, Proposal) if row.amendment.source.by == "model"]
            assert all(draft and (draft.title, draft.then) == ("Sources", "cite a paper") for draft in drafts)
            whole = [reply.text for reply in fakes.journal.replies.values()]
            assert all(text in (REPLY, CORRECTION) or json.loads(text)["then"] == "cite a paper" for text in whole)
            without += not drafts
    print(f"R4: {len(cuts)} cuts, {framing}; no proposal after {without} of them")
    assert without > len(cuts) / 2


async def _all(events: AsyncGenerator[Any, None]) -> list[Any]:
    return [event async for event in events]
