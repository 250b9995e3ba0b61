"""The whole loop through HTTP: ask, highlight, correct, propose, preview, ratify, ask again; and after a restart."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.models.profiles import AT_ONCE
from tests.fakes import ScriptedModel, an_id
from tests.scenes import CORRECTION, PROMPT, QUOTE, REPLY, adding, annotation, governed, said, task
from tests.server.conftest import Lab, Starting

PATH = "loop.ipynb"
RULE = adding("the reply names who first did something", "say that a source is needed")


def answers(messages: tuple[Message, ...], parameters: Parameters) -> str:
    kind = task(messages)
    if kind == "correction":
        return said(correction=CORRECTION, why="No such paper is known.")
    if kind == "objection":
        return said(right=False, argument="")
    if kind == "article":
        return said(title="Sources", when=RULE.draft.when, then=RULE.draft.then, why="")  # type: ignore[union-attr]
    if kind == "fires":
        return said(fires=True)
    if kind == "prompts":
        return said(prompts=["Who first defined entropy?"])
    if messages[-1].content == PROMPT:
        return CORRECTION if governed(messages) else REPLY
    return f"Reply to: {messages[-1].content}"


class Slow(ScriptedModel):
    """Replies that wait until they are let go."""

    async def stream(self, messages: Any, parameters: Any) -> Any:
        await self.gate.wait()
        async for piece in super().stream(messages, parameters):
            yield piece

    gate: asyncio.Event


async def asked(lab: Lab, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    """Sync and ask once; the closing record."""
    cells = [{"cell": "cell-1"}]
    await lab.good("sync", {"path": PATH, "metadata": metadata or {}, "cells": cells})
    events = await lab.all("ask", {"path": PATH, "cell": "cell-1", "prompt": PROMPT})
    record: dict[str, Any] = events[-1]["record"]
    return record


def highlighted(record: dict[str, Any], text: str = "") -> dict[str, Any]:
    made = annotation(QUOTE, text).model_dump(mode="json", by_alias=True)
    made["target"]["turn"] = record["turn"]
    return made


async def test_the_whole_loop(start: Starting) -> None:
    lab = await start(ScriptedModel(answers))
    record = await asked(lab)
    assert record["reply"] == REPLY and record["articles"] == 0
    note = highlighted(record)
    kept = await lab.good("highlight", {"path": PATH, "annotation": note, "reading": REPLY})
    assert kept["@context"].startswith("http://www.w3.org/")
    found = await lab.all("correct", {"id": an_id(40), "path": PATH, "annotation": note, "reading": REPLY})
    candidates = [e for e in found if e["type"] == "candidate"]
    assert candidates and found[-1]["type"] == "finished"
    note = highlighted(record, CORRECTION)
    await lab.good("highlight", {"path": PATH, "annotation": note, "reading": REPLY})
    body = {"id": an_id(41), "path": PATH, "annotations": [note], "reading": REPLY}
    proposed = await lab.all("propose", body)
    assert [e for e in proposed if e["type"] == "proposal"] and proposed[-1]["type"] == "finished"
    amendment = RULE.model_dump(mode="json")
    request = {"id": an_id(42), "path": PATH, "amendment": amendment, "annotations": [note], "generate": 0}
    preview = await lab.good("preview", request)
    assert preview["status"] == "running"
    watched = await lab.all("watch", {"preview": an_id(42)})
    assert watched[-1]["preview"]["status"] == "done"
    rows = (await lab.all("watch", {"preview": an_id(42)}))[0]["preview"]["rows"]
    source = next(row for row in rows if row["probe"]["bin"] == "source")
    assert (source["before"]["text"], source["after"]["text"]) == (REPLY, CORRECTION)
    marked = await lab.good("mark", {"preview": an_id(42), "probe": source["probe"]["id"], "mark": "intended"})
    assert marked["row"]["mark"] == "intended" and marked["evidence"]["target"]["fixed"] == 1
    (tried,) = (await lab.good("previews", {"path": PATH}))["previews"]
    assert (tried["preview"]["id"], tried["ratified"]) == (an_id(42), False)
    assert [a["id"] for a in tried["annotations"]] == [note["id"]]
    body = {"id": an_id(43), "path": PATH, "amendment": amendment, "annotations": [note], "preview": an_id(42)}
    change = await lab.good("ratify", body)
    assert any(key.startswith("reconst:article:") for key in change["writes"])
    assert any(key.startswith("reconst:case:") for key in change["writes"])
    cells = [{"cell": "cell-1", "turn": record["turn"]}, {"cell": "cell-2"}]
    now = await lab.good("sync", {"path": PATH, "metadata": change["writes"], "cells": cells})
    assert now["digest"] == change["digest"] and now["pending"] == [] and now["review"] is None
    body = {"path": PATH, "cell": "cell-2", "prompt": PROMPT, "new": True, "again": True}
    again = await lab.all("ask", body)
    assert again[-1]["record"]["reply"] == CORRECTION and again[-1]["record"]["articles"] == 1
    events = (await lab.good("history", {"path": PATH}))["events"]
    kinds = [e["kind"] for e in events]
    assert kinds[0] == "turn" and "ratification" in kinds and "annotation" in kinds
    (line,) = [e["body"] for e in events if e["kind"] == "preview"]
    assert line["tried"]["preview"]["id"] == an_id(42) and line["tried"]["ratified"] and "as intended" in line["says"]
    status = await lab.good("status")
    assert status["calls"] > 3


async def test_ratified_is_in_force_at_once_and_after_a_restart(start: Starting) -> None:
    lab = await start(ScriptedModel(answers))
    record = await asked(lab)
    body = {"id": an_id(43), "path": PATH, "amendment": RULE.model_dump(mode="json")}
    change = await lab.good("ratify", body)
    assert await lab.good("ratify", body) == change, "a retry is the same change"
    await lab.good("sync", {"path": PATH, "metadata": change["writes"], "cells": [{"cell": "cell-1"}]})
    head = {"reconst": {"version": 1, "id": record["notebook"]}}
    lab = await start(ScriptedModel(answers))
    metadata = {**head, **change["writes"]}
    now = await lab.good("sync", {"path": PATH, "metadata": metadata, "cells": [{"cell": "cell-1"}]})
    assert (now["digest"], now["identify"], now["notebook"]) == (change["digest"], False, record["notebook"])


async def test_what_nobody_accepted_is_not_sent(start: Starting) -> None:
    lab = await start(ScriptedModel(answers))
    body = {"id": an_id(43), "path": PATH, "amendment": RULE.model_dump(mode="json")}
    await asked(lab)
    change = await lab.good("ratify", body)
    foreign = json.loads(json.dumps(change["writes"]).replace("a source is needed", "evil.example is the source"))
    now = await lab.good("sync", {"path": "b.ipynb", "metadata": foreign, "cells": [{"cell": "cell-1"}]})
    assert now["review"] and now["preface"] == ""
    await lab.all("ask", {"path": "b.ipynb", "cell": "cell-1", "prompt": "Anything?"})
    assert "evil.example" not in lab.model.sent
    ticked = [article["id"] for article in now["review"]["constitution"]["articles"]]
    await lab.good("accept", {"path": "b.ipynb", "digest": now["review"]["digest"], "articles": ticked})
    await lab.all("ask", {"path": "b.ipynb", "cell": "cell-1", "prompt": "Anything?", "again": True})
    assert "evil.example" in lab.model.sent


async def test_a_preview_runs_on_when_its_watcher_leaves_and_several_may_watch(start: Starting) -> None:
    model = Slow(answers)
    model.gate = asyncio.Event()
    model.gate.set()
    lab = await start(model)
    await asked(lab)
    model.gate.clear()
    request = {"id": an_id(42), "path": PATH, "amendment": RULE.model_dump(mode="json"), "prompts": ["Why?", "How?"]}
    request |= {"generate": 0}
    first = await lab.good("preview", request)
    assert (await lab.good("preview", request))["id"] == first["id"], "the same preview twice is one run"
    async with lab.stream("watch", {"preview": an_id(42)}) as events:
        assert (await anext(events))["type"] == "progress"
    assert lab.room.running.preview("local", an_id(42)) is not None, "leaving does not stop it"
    watchers = [asyncio.create_task(lab.all("watch", {"preview": an_id(42)})) for _ in range(2)]
    await asyncio.sleep(0.2)
    model.gate.set()
    ends = await asyncio.wait_for(asyncio.gather(*watchers), 10)
    assert [events[-1]["preview"]["status"] for events in ends] == ["done", "done"]
    assert {e["row"]["probe"]["prompt"] for e in ends[0] if e["type"] == "row"} >= {"Why?", "How?"}
    assert lab.room.running.preview("local", an_id(42)) is None


async def test_stop_keeps_the_rows(start: Starting) -> None:
    model = Slow(answers)
    model.gate = asyncio.Event()
    model.gate.set()
    lab = await start(model)
    await asked(lab)
    model.gate.clear()
    request = {"id": an_id(42), "path": PATH, "amendment": RULE.model_dump(mode="json"), "prompts": ["Why?"]}
    await lab.good("preview", {**request, "generate": 0})
    async with lab.stream("watch", {"preview": an_id(42)}) as events:
        await anext(events)
        await lab.good("stop", {"id": an_id(42)})
        rest = await asyncio.wait_for(_rest(events), 2)
    assert rest[-1]["preview"]["status"] == "stopped"


async def test_a_preview_goes_on_after_a_restart_and_pays_nothing_twice(start: Starting, tmp_path: Path) -> None:
    model = Slow(answers)
    model.gate = asyncio.Event()
    model.gate.set()
    lab = await start(model)
    await asked(lab)
    request = {"id": an_id(42), "path": PATH, "amendment": RULE.model_dump(mode="json"), "prompts": ["Why?", "How?"]}
    model.gate.clear()
    await lab.good("preview", {**request, "generate": 0})
    model.gate.set()
    while len(await lab.room.reconst.journal.events("local", kind="row")) < 1:
        await asyncio.sleep(0.01)
    fresh = ScriptedModel(answers)
    lab = await start(fresh)
    await lab.good("sync", {"path": PATH, "metadata": {}, "cells": [{"cell": "cell-1"}]})
    (tried,) = (await lab.good("previews", {"path": PATH}))["previews"]
    looked = await lab.all("watch", {"preview": an_id(42)})
    assert tried["preview"]["status"] == looked[-1]["preview"]["status"] == "interrupted"
    assert tried["prompts"] == ["Why?", "How?"] and looked[-1]["preview"]["rows"]
    assert fresh.calls == [], "opening a notebook sends nothing: it goes on when a person says so"
    assert (await lab.good("preview", {**request, "generate": 0}))["status"] == "running"
    events = await asyncio.wait_for(lab.all("watch", {"preview": an_id(42)}), 10)
    ended = events[-1]["preview"]
    assert ended["status"] == "done"
    # Every call that is needed is recorded once; what was made beyond that was under way at the restart, and is said.
    (store,) = (tmp_path / "jupyter_data_dir" / "reconst").glob("feedback.sqlite3")
    with closing(sqlite3.connect(store)) as database:
        ((recorded,),) = database.execute("select count(*) from replies")
    assert len(model.calls) + len(fresh.calls) - recorded <= ended["maybe_twice"] <= AT_ONCE
    rows = (await lab.all("watch", {"preview": an_id(42)}))[0]["preview"]["rows"]
    assert len({row["probe"]["id"] for row in rows}) == len(rows) >= 2


async def test_stopping_an_interrupted_preview_ends_it(start: Starting) -> None:
    model = Slow(answers)
    model.gate = asyncio.Event()
    model.gate.set()
    lab = await start(model)
    await asked(lab)
    model.gate.clear()
    request = {"id": an_id(42), "path": PATH, "amendment": RULE.model_dump(mode="json"), "prompts": ["Why?"]}
    await lab.good("preview", {**request, "generate": 0})
    lab = await start(ScriptedModel(answers))
    await lab.good("sync", {"path": PATH, "metadata": {}, "cells": [{"cell": "cell-1"}]})
    await lab.good("stop", {"id": an_id(42)})
    assert (await lab.good("previews", {"path": PATH}))["previews"][0]["preview"]["status"] == "stopped"
    assert lab.model.calls == []


async def test_forgetting_and_retention(start: Starting, tmp_path: Path) -> None:
    lab = await start(ScriptedModel(answers))
    record = await asked(lab)
    assert (await lab.good("forget", {"turn": record["turn"]}))["lines"] == 1
    assert (await lab.call("turn", {"turn": record["turn"]}))[0] == 404
    store = tmp_path / "jupyter_data_dir" / "reconst"
    assert not any(b"everybody knows" in path.read_bytes() for path in store.glob("feedback*"))
    await lab.good("retain", {"days": 30})
    await lab.good("retain", {"days": None})
    status, _ = await lab.call("retain", {"days": 0})
    assert status == 400


async def test_turns_of_another_store_are_claimed(start: Starting) -> None:
    lab = await start(ScriptedModel(answers))
    record = {**(await asked(lab)), "turn": an_id(60), "reply": "From elsewhere."}
    cells = [{"cell": "cell-1", "turn": an_id(60)}]
    now = await lab.good("sync", {"path": PATH, "metadata": {}, "cells": cells})
    assert now["unknown"] == [an_id(60)]
    await lab.good("claim", {"notebook": now["notebook"], "records": [record], "cells": cells})
    found = await lab.good("turn", {"turn": an_id(60)})
    assert found["turn"]["claimed"] and found["turn"]["reply"] == "From elsewhere."


async def test_what_travels_is_listed_from_the_open_notebook(start: Starting, tmp_path: Path) -> None:
    lab = await start(ScriptedModel(answers))
    (tmp_path / "root" / PATH).write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    await asked(lab)
    assert (await lab.good("travels", {"path": PATH}))["items"] == []
    change = await lab.good("ratify", {"id": an_id(43), "path": PATH, "amendment": RULE.model_dump(mode="json")})
    await lab.good("sync", {"path": PATH, "metadata": change["writes"], "cells": []})
    items = (await lab.good("travels", {"path": PATH}))["items"]
    assert [item["key"] for item in items] == list(change["writes"])
    noted = {"reconst:annotation:" + an_id(61): annotation(QUOTE, CORRECTION).model_dump(mode="json", by_alias=True)}
    content = {"metadata": {}, "cells": [{"metadata": {}}, {"metadata": noted, "outputs": []}]}
    (item,) = (await lab.good("travels", {"path": PATH, "content": content}))["items"]
    assert item["key"] in noted and item["where"] == "cell 2", "what the page holds counts, saved or not"
    assert (await lab.good("travels", {"path": PATH, "content": {}}))["items"] == []


async def _rest(events: Any) -> list[Any]:
    return [event async for event in events]
