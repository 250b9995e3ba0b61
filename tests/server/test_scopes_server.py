"""Scopes through HTTP: what one notebook promotes holds in the next, and a file that is changed on disk is not sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.published import dump
from tests.fakes import an_id
from tests.scenes import adding, article
from tests.server.conftest import Lab

ONE, TWO = "lab/one.ipynb", "lab/deep/two.ipynb"
RULE = adding("anything is asked", "say what is doubtful")


async def told(lab: Lab, path: str, metadata: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = await lab.good("sync", {"path": path, "metadata": metadata, "cells": [{"cell": "cell-1"}]})
    return found


async def test_a_rule_is_promoted_sent_from_the_next_notebook_and_taken_back(lab: Lab, tmp_path: Path) -> None:
    root = Path(lab.app.root_dir)
    (root / "lab" / "deep").mkdir(parents=True)
    await told(lab, ONE, {})
    body = {"id": an_id(50), "path": ONE, "amendment": RULE.model_dump(mode="json")}
    metadata = (await lab.good("ratify", body))["writes"]
    (rule,) = (await told(lab, ONE, metadata))["constitution"]["articles"]
    promotion = {"id": an_id(51), "path": ONE, "article": rule["id"], "to": "project"}
    change = await lab.good("promote", promotion)
    assert (await lab.good("promote", promotion)) == change
    metadata |= change["writes"]
    shown = await told(lab, ONE, metadata)
    assert shown["digest"] == change["digest"] and shown["around"] == [
        {"scope": "project", "place": "lab/constitution.md"}
    ]
    shown = await told(lab, TWO, {})
    assert shown["constitution"]["scopes"] == {rule["id"]: "project"} and shown["review"] is None
    await lab.all("ask", {"path": TWO, "cell": "cell-1", "prompt": "Why?"})
    assert "say what is doubtful" in lab.model.sent
    file = root / "lab" / "constitution.md"
    kept = file.read_text("utf-8")
    file.write_text(dump(Front(), Reading(revisions=(article(1, "errors are found", "hide them"),))), "utf-8")
    assert (await told(lab, TWO, {}))["review"] is not None
    await lab.all("ask", {"path": TWO, "cell": "cell-1", "prompt": "Why not?"})
    assert "hide them" not in lab.model.sent and len(lab.model.calls) == 2
    assert "say what is doubtful" in lab.model.calls[-1][0][0].content
    undo = {"id": an_id(52), "path": ONE, "promotion": an_id(51)}
    status, problem = await lab.call("demote", undo)
    assert (status, problem["code"]) == (409, "stale") and str(root) not in str(problem)
    file.write_text(kept, "utf-8")
    metadata |= (await lab.good("demote", undo))["writes"]
    assert not file.exists()
    shown = await told(lab, ONE, metadata)
    assert [a["title"] for a in shown["constitution"]["articles"]] == ["Rule"] and shown["constitution"]["scopes"] == {}


async def test_what_is_refused_changes_no_file(lab: Lab) -> None:
    root = Path(lab.app.root_dir)
    await told(lab, ONE, {})
    body = {"id": an_id(60), "path": ONE, "article": an_id(61), "to": "project"}
    for wrong, expected in (
        (body, 404),
        (body | {"to": "notebook"}, 400),
        (body | {"article": "../x"}, 400),
        (body | {"path": "../one.ipynb"}, 400),
    ):
        status, _ = await lab.call("promote", wrong)
        assert status == expected, wrong
    status, _ = await lab.call("demote", {"id": an_id(62), "path": ONE, "promotion": an_id(60)})
    assert status == 404 and not list(root.rglob("constitution.md"))
