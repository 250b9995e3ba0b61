"""What was sent, and reports for engineers, through HTTP: a file to save, of this turn alone, without names or keys."""

from __future__ import annotations

import json
from typing import Any

from jupyter_reconst.core.reports.report import Report
from tests.fakes import ScriptedModel, an_id
from tests.scenes import CORRECTION, QUOTE
from tests.server.conftest import BASE, TOKEN, Lab, Starting
from tests.server.test_loop_server import PATH, RULE, answers, asked, highlighted
from tests.server.test_security import CANARY


async def saved(lab: Lab, **body: Any) -> str:
    """The file, which must be the preview's text to the last byte."""
    told = await lab.good("tell", body)
    signed = {"Authorization": f"token {TOKEN}"}
    status, headers, said = await lab.send("POST", f"{BASE}reconst/report", json.dumps(body).encode(), signed)
    assert status == 200 and said.decode() == told["text"]
    assert headers["content-type"] == "text/plain; charset=utf-8" and headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"] == f"attachment; filename*=UTF-8''report.{body.get('format', 'md')}"
    return told["text"]


async def test_a_report_tells_of_the_loop_and_of_nothing_else(start: Starting) -> None:
    lab = await start(ScriptedModel(answers))
    await lab.good("name", {"name": "Ana Ruiz"})
    profile = {"name": "PRIVATE", "base_url": "http://127.0.0.1:9/v1", "model": "m"}
    await lab.good("connect", {"profile": profile, "key": CANARY})
    await lab.good("sync", {"path": "other.ipynb", "metadata": {}, "cells": [{"cell": "a"}]})
    await lab.all("ask", {"path": "other.ipynb", "cell": "a", "prompt": "PRIVATE question"})
    record = await asked(lab)
    note = highlighted(record, CORRECTION) | {"creator": {"type": "Person", "name": "Ana Ruiz"}}
    found = await lab.all("correct", {"id": an_id(40), "path": PATH, "annotation": note, "reading": record["reply"]})
    await lab.good("highlight", {"path": PATH, "annotation": note, "reading": record["reply"]})
    body = {"path": PATH, "amendment": RULE.model_dump(mode="json"), "annotations": [note]}
    await lab.good("preview", {**body, "id": an_id(42)})
    watched = await lab.all("watch", {"preview": an_id(42)})
    rows = [row for event in watched for row in (event.get("preview", {}).get("rows") or [event.get("row")]) if row]
    change = await lab.good("ratify", {**body, "id": an_id(43), "preview": an_id(42)})
    await lab.good("sync", {"path": PATH, "metadata": change["writes"], "cells": [{"cell": "cell-1"}]})

    calls = [event["call"] for event in found if event["type"] == "candidate" and event["source"]["by"] == "model"]
    for of in ({"turn": record["turn"]}, {"preview": an_id(42), "probe": rows[0]["probe"]["id"]}, {"call": calls[0]}):
        was = await lab.good("sent", of)
        assert was["exact"] and was["sendings"][0]["messages"], of
        assert "PRIVATE" not in json.dumps(was["sendings"]) and CANARY not in json.dumps(was)

    about = {"path": PATH, "annotations": [note]}
    for of in ({"turn": record["turn"]}, {"annotation": note["id"]}, {"article": change["article"]["id"]}):
        text = await saved(lab, **about, **of, format="json", expected="A source, said Ana.")
        report = Report.model_validate_json(text)
        assert report.highlights[0].exact == QUOTE and report.rules[0].author == "Person 1"
        assert report.expected == "A source, said Person 1." and report.effect and report.effect.rows
        for private in ("Ana", "Ruiz", "PRIVATE", CANARY):
            assert private not in text and private not in await saved(lab, **about, **of), private
    parts = [part["id"] for part in (await lab.good("tell", {**about, "turn": record["turn"]}))["parts"]]
    text = await saved(lab, **about, turn=record["turn"], without=parts)
    assert not [said for said in (QUOTE, CORRECTION, record["prompt"], RULE.draft.then) if said in text]  # type: ignore[union-attr]


async def test_nothing_can_be_told_of_what_is_not_there(lab: Lab) -> None:
    await lab.good("sync", {"path": PATH, "metadata": {}, "cells": [{"cell": "one"}]})
    for body, code in (
        ({"path": PATH}, "bad_input"),
        ({"path": PATH, "turn": an_id(9)}, "not_found"),
        ({"path": PATH, "article": an_id(9)}, "not_found"),
        ({"path": PATH, "annotation": an_id(9)}, "bad_input"),
        ({"path": "gone.ipynb", "turn": an_id(9)}, "notebook_unknown"),
    ):
        for verb in ("tell", "report"):
            assert (await lab.call(verb, body))[1]["code"] == code, (verb, body)
