"""A preview over the real journal: interrupted, taken up by a new process, nothing recorded asked again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from jupyter_reconst.acts.call import call_key
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import begun, preview_state
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Row, StartPreview, Watch
from jupyter_reconst.store.journal import SqlJournal
from tests.fakes import ANA, an_id, reconst
from tests.scenes import CORRECTION, PATH, adding, annotation, keep, opened, turn


async def test_a_preview_outlives_its_process(tmp_path: Path) -> None:
    fakes = reconst(lambda messages, parameters: f"{len(messages)}: {messages[-1].content}")
    source = turn()
    await keep(fakes, source, turn(11, "Who first described the halting problem?", "Turing did."))
    await opened(fakes)
    about = annotation(said=CORRECTION, about=source)
    request = StartPreview(id=an_id(70), path=PATH, amendment=adding(), annotations=(about,), prompts=("Mine?",))

    def ports(journal: SqlJournal) -> Ports:
        return Ports(journal, fakes.trust, fakes.documents, fakes.models, fakes.clock, fakes.scopes)

    first = SqlJournal(tmp_path)
    await first.append(*fakes.journal.lines)
    rows = 0
    stream = preview(ports(first), ANA, request, asyncio.Event())
    async for event in stream:
        rows += isinstance(event, Row)
        if rows == 4:
            break
    await stream.aclose()
    await first.close()
    paid = len(fakes.model.calls)

    second = SqlJournal(tmp_path)
    keys = [call_key(fakes.model, messages, parameters) for messages, parameters in fakes.model.calls]
    recorded = {key for key in keys if await second.cached(key)}
    state = await preview_state(ports(second), ANA, Watch(preview=request.id))
    assert (state.status, len(state.rows)) == ("running", 4) and len(recorded) >= 8
    again = await begun(ports(second), ANA, Watch(preview=request.id))
    async for _ in preview(ports(second), ANA, again, asyncio.Event()):
        pass
    done = await preview_state(ports(second), ANA, Watch(preview=request.id))
    await second.close()
    assert done.status == "done" and len(done.rows) == done.planned >= 10
    assert done.rows[:1] == state.rows[:1]
    assert {row.probe.bin for row in done.rows} >= {"source", "own", "out"}
    resent = {call_key(fakes.model, messages, parameters) for messages, parameters in fakes.model.calls[paid:]}
    assert not resent & recorded
