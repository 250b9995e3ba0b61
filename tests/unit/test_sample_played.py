"""The shipped sample, played through the acts from the first question to the preview, as a newcomer would."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

import jupyter_reconst.acts.sampled as sampled
from jupyter_reconst.acts.ask import ask
from jupyter_reconst.acts.correct import correct
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.propose import propose
from jupyter_reconst.core.ports import CellState
from jupyter_reconst.core.requests import (
    Ask,
    Candidate,
    Correct,
    Disagrees,
    Ended,
    Progress,
    Proposal,
    Propose,
    Row,
    StartPreview,
)
from jupyter_reconst.models.recording import Recording, load
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import PATH, annotation, opened, turn

SAMPLES = Path(__file__).parents[2] / "jupyter_reconst" / "samples"
QUOTE = r"Marchetti and Osei (2018) prove that $\Delta > 0$ for every Boltzmann human with $\beta > 0$."


async def asked(fakes: Fakes) -> str:
    """The id of the recorded turn, asked in the scratch notebook."""
    recording = Recording(load(SAMPLES, "off-switch"), pace=0)
    fakes.models.samples["off-switch"] = recording  # type: ignore[assignment]
    document = await opened(fakes, sample="off-switch")
    await fakes.documents.tell(ANA.owner, document.model_copy(update={"cells": (CellState(cell="cell-1"),)}))
    request = Ask(path=PATH, cell="cell-1", prompt=recording.sample.turns[0].prompt)
    (ended,) = [e async for e in ask(fakes.ports, ANA, request, asyncio.Event()) if isinstance(e, Ended)]
    assert ended.record.recording and "Marchetti" in ended.record.reply
    return ended.record.turn


@pytest.mark.parametrize("reach", ["kind", "case"])
async def test_the_sample_can_be_played_to_its_preview(reach: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled, "PACE", 0)
    fakes, stop = reconst(), asyncio.Event()
    id = await asked(fakes)
    about = annotation(QUOTE, about=turn(10).model_copy(update={"id": id}))
    request = Correct(id=an_id(40), path=PATH, annotation=about)
    events: list[Any] = [e async for e in correct(fakes.ports, ANA, request, stop)]
    candidates = [e for e in events if isinstance(e, Candidate)]
    assert len(candidates) == 3 and candidates[0].failure == "invented_reference"
    assert {c.source.by for c in candidates} == {"library", "model"}
    assert [e for e in events if isinstance(e, Disagrees)]

    model = next(c for c in candidates if c.source.by == "model")
    corrected = annotation(QUOTE, model.text, about=turn(10).model_copy(update={"id": id}), by=model.source)
    proposing = Propose(id=an_id(41), path=PATH, annotations=(corrected,))
    proposals = {e.slot: e async for e in propose(fakes.ports, ANA, proposing, stop) if isinstance(e, Proposal)}
    passed = [p for p in proposals.values() if p.trial.status == "passed"]
    chosen = next(p for p in passed if p.amendment.source.by == "model" and p.amendment.reach == reach)
    assert any(p.amendment.source.by == "library" for p in passed)

    start = StartPreview(id=an_id(60), path=PATH, amendment=chosen.amendment, annotations=(corrected,), generate=0)
    rows: dict[str, Row] = {}
    async for event in preview(fakes.ports, ANA, start, stop):
        if isinstance(event, Row):
            rows[event.row.probe.id] = event
        elif isinstance(event, Progress):
            done = event.preview
    verdicts = [(row.row.probe.bin, row.row.verdict) for row in rows.values()]
    assert done.status == "done" and done.effect == "seen" and len(verdicts) == 18
    assert ("source", "intended") in verdicts and verdicts.count(("in", "intended")) == 5
    assert [verdict for _, verdict in verdicts].count("unintended") == 2
    assert [verdict for _, verdict in verdicts].count("unchanged") == 10
    assert fakes.model.calls == []


async def test_another_highlight_shows_no_rows_that_were_recorded_for_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled, "PACE", 0)
    fakes, stop = reconst(), asyncio.Event()
    id = await asked(fakes)
    about = turn(10).model_copy(update={"id": id})
    praise = annotation("What a brilliant and deeply insightful question!", "No: waiting can only lose.", about=about)
    proposing = Propose(id=an_id(41), path=PATH, annotations=(praise,))
    found = [e async for e in propose(fakes.ports, ANA, proposing, stop) if isinstance(e, Proposal)]
    assert {p.amendment.source.by for p in found} == {"library", "person"}
    chosen = next(p for p in found if p.trial.status == "passed" and p.amendment.source.by == "library")
    start = StartPreview(id=an_id(60), path=PATH, amendment=chosen.amendment, annotations=(praise,), generate=0)
    rows = [e.row async for e in preview(fakes.ports, ANA, start, stop) if isinstance(e, Row)]
    assert {(row.probe.bin, row.verdict) for row in rows} == {("source", "intended")}
