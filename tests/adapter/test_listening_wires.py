"""Listening over real wires: a compatible endpoint over HTTP, the embedded model, and runs without a browser."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.ports import Model, Piece
from jupyter_reconst.core.styles import Pick
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.models.local import Embedded
from jupyter_reconst.prompts.style import styles
from tests.adapter.models import asking, closing
from tests.command_line import caller, calls, run, written
from tests.fakes import reconst
from tests.faulty import Faulty
from tests.listening import ASKED, OPTIONS, QUESTION, listens, partner

TURN_MIME = "application/vnd.reconst.turn+json"
LOAD = "%load_ext jupyter_reconst"
PICK = Pick(name="listen", digest=styles()["listen"].law.digest).model_dump(mode="json")


async def test_the_machine_holds_behind_an_endpoint() -> None:
    async with Faulty(lambda asked: partner(asked.prompt), delay=0.002) as server:
        model, fakes = asking(server.url), reconst()
        fakes.models.default = model  # type: ignore[assignment]
        try:
            await listens(fakes)
        finally:
            await closing(model)


class Brief:
    """A model that is asked for few words."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.info, self.tokens = model.info, model.tokens

    def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncIterator[Piece]:
        return self._model.stream(messages, parameters.model_copy(update={"max_tokens": 12}))


@pytest.mark.skipif(bool(Embedded().missing()), reason=Embedded().missing() or "installed")
async def test_the_machine_holds_with_the_embedded_model() -> None:
    """Its states, and not its words."""
    embedded, fakes = Embedded(context=2048), reconst()
    fakes.models.default = Brief(embedded.model())  # type: ignore[assignment]
    try:
        await listens(fakes, scripted=False)
    finally:
        await embedded.close()


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, lambda asked: partner(asked.prompt)) as server:
        yield server


def shown(path: Path, cell: int) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))["cells"][cell]["outputs"][0]["data"]
    return data


async def test_restart_and_run_all_without_a_browser_takes_the_same_course(endpoint: Faulty, tmp_path: Path) -> None:
    sources = [LOAD, f"%%reconst\n{ASKED}", f"%%reconst\n{OPTIONS[0]}", f"%%reconst --from c1\n{OPTIONS[1]}"]
    notebook = written(tmp_path / "n.ipynb", *sources, metadata={"reconst:style": PICK})
    assert await run("run", notebook) == 0
    asks, one, two = (shown(notebook, n)[TURN_MIME] for n in (1, 2, 3))
    assert asks["question"]["options"] == list(OPTIONS) and asks["style"] == "listen"
    assert "".join(shown(notebook, 1)["text/plain"]).splitlines()[-1].startswith("Answer it in a cell below")
    assert one["parent"] == two["parent"] == asks["turn"] and two["follows"] == "c1"
    assert one["question"] is None and one["reply"] == "About that: The proof"
    sent = [[m["content"] for m in call.messages[1:]] for call in calls(endpoint)]
    assert sent == [[ASKED], [ASKED, QUESTION, OPTIONS[0]], [ASKED, QUESTION, OPTIONS[1]]]
    assert await run("run", notebook) == 0
    again = [shown(notebook, n)[TURN_MIME] for n in (1, 2, 3)]
    assert len(calls(endpoint)) == 3 and all(record["replayed"] for record in again)
    assert [record["turn"] for record in again] == [record["turn"] for record in (asks, one, two)]
    assert [record["question"] for record in again] == [asks["question"], None, None]
