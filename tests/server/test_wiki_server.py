"""The wiki through a real server: the operator's folders are read, and nothing that a request or a notebook names."""

from __future__ import annotations

from pathlib import Path

from jupyter_reconst.core.notebook import Head, Reading, keys
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.turns import Message, Parameters
from tests.command_line import written
from tests.fakes import ScriptedModel, an_id
from tests.scenes import article, case
from tests.server.conftest import Starting

RULE = article(1, "a result is stated", "say what you doubt")
LAW = Reading(head=Head(id=an_id(1)), revisions=(RULE,))


async def test_packs_are_searched_read_lent_and_offered_to(start: Starting, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "careful.md").write_text(dump(Front(name="Careful"), LAW.model_copy(update={"head": None})), "utf-8")
    lab = await start(wiki=[str(shared)])
    told = await lab.good("browse", {"words": "doubt"})
    assert {"shared:careful", "honest-references"} <= {pack["name"] for pack in told["packs"]}
    assert {"pack": "shared:careful", "article": RULE.id} in [
        {"pack": hit["pack"], "article": hit["article"]} for hit in told["hits"]
    ]
    page = await lab.good("page", {"pack": "shared:careful"})
    lent = await lab.good("lend", {"pack": "shared:careful", "digest": page["pack"]["digest"], "articles": [RULE.id]})
    assert load(lent["text"]).reading.revisions == (RULE,)
    mine = RULE.model_copy(update={"revision": an_id(700), "parents": (RULE.revision,), "then": "doubt"})
    written(tmp_path / "root" / "n.ipynb", "1", metadata=keys(LAW.model_copy(update={"revisions": (RULE, mine)})))
    made = await lab.good("offer", {"path": "n.ipynb", "article": RULE.id, "pack": "shared:careful"})
    assert "+> doubt\n" in made["text"] and made["name"].endswith(".patch")
    status, problem = await lab.call(
        "offer", {"path": "../shared/n.ipynb", "article": RULE.id, "pack": "shared:careful"}
    )
    assert (status, problem["code"]) == (400, "notebook_unknown")
    assert lab.model.calls == []


async def test_no_request_and_no_notebook_chooses_a_folder(start: Starting, tmp_path: Path) -> None:
    """T9: a name is looked up among what was found, whatever it looks like; a notebook's `wiki` means nothing."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "secret.md").write_text(dump(Front(name="Secret"), LAW.model_copy(update={"head": None})), "utf-8")
    lab = await start()
    metadata = keys(LAW) | {"reconst": {"version": 1, "id": an_id(1), "wiki": [str(secret)]}}
    written(tmp_path / "root" / "n.ipynb", "1", metadata=metadata)
    told = await lab.good("browse", {"words": "doubt", "path": "n.ipynb"})
    assert "Secret" not in str(told)
    for name in (
        str(secret / "secret.md"),
        "../secret/secret",
        "secret:secret",
        "%2e%2e/secret",
        "honest-references.md",
        "\x00",
    ):
        for verb, more in (("page", {}), ("lend", {"digest": LAW.constitution.digest})):
            status, problem = await lab.call(verb, {"pack": name, **more})
            assert (status, problem["code"]) == (404, "not_found"), (verb, name)


async def test_a_relative_folder_lies_below_the_server_s_own(start: Starting, tmp_path: Path) -> None:
    folder = tmp_path / "root" / "packs"
    folder.mkdir(parents=True)
    (folder / "p.md").write_text(dump(Front(name="P"), LAW.model_copy(update={"head": None})), "utf-8")
    lab = await start(wiki=["packs"])
    assert (await lab.good("page", {"pack": "packs:p"}))["pack"]["title"] == "P"


async def test_what_an_update_does_to_kept_cases_is_said_first_and_then_streamed(
    start: Starting, tmp_path: Path
) -> None:
    def replies(messages: tuple[Message, ...], parameters: Parameters) -> str:
        return "Yes!" if "never doubt" in messages[0].content else "I doubt it."

    lab = await start(ScriptedModel(replies))
    kept = LAW.model_copy(update={"cases": (case(1, "Is it true?", "intended", "I doubt it.", "Yes!"),)})
    here = await lab.good("sync", {"path": "n.ipynb", "metadata": keys(kept), "cells": []})
    await lab.good("accept", {"path": "n.ipynb", "digest": here["review"]["digest"], "articles": [RULE.id]})
    worse = RULE.model_copy(update={"revision": an_id(701), "parents": (RULE.revision,), "then": "never doubt"})
    file = {"name": "careful.md", "text": dump(Front(name="Careful"), Reading(revisions=(RULE, worse)))}
    brought = await lab.good("import", {"path": "n.ipynb", "file": file})
    digest = brought["review"]["digest"]
    asked = {"id": an_id(60), "path": "n.ipynb", "file": file, "digest": digest, "articles": [RULE.id]}
    (stands,) = await lab.all("foresee", {**asked, "estimate": True})
    assert (stands["status"], stands["prompts"], lab.model.calls) == ("estimated", ["Is it true?"], [])
    status, problem = await lab.call("foresee", asked)
    assert (status, problem["code"], lab.model.calls) == (409, "not_accepted", [])
    events = await lab.all("foresee", {**asked, "accept": stands["accept"]})
    (row,) = [event for event in events if event["type"] == "foreseen"]
    assert (row["effect"], events[-1]["status"]) == ("regression", "done")
    assert (await lab.good("inforce", {"path": "n.ipynb"}))["constitution"]["articles"][0]["then"] == RULE.then
