"""Sharing over HTTP: what a file brings and what is handed on, with the codes of what goes wrong."""

from __future__ import annotations

import json
from typing import Any

from jupyter_reconst.core.constitution import Preamble, Provenance
from jupyter_reconst.core.notebook import HEAD, Reading, keys
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.published import dump
from tests.fakes import an_id
from tests.scenes import AT, NOTEBOOK, PATH, article
from tests.server.conftest import BASE, TOKEN, Lab

ONE, TWO = article(1, "a result is stated", "say what you doubt"), article(2, "errors are found", "hide them")
EVIL = "</script><script>alert(1)</script>"
LAW = Reading(revisions=(ONE, TWO), preambles=(Preamble(revision=an_id(900), text=EVIL, provenance=Provenance(at=AT)),))
FILE = {"name": "careful.md", "text": dump(Front(name="Careful"), LAW)}


async def opened(lab: Lab, reading: Reading | None = None) -> dict[str, Any]:
    metadata = {HEAD: {"version": 1, "id": NOTEBOOK, "origin": None}} | keys(reading or Reading())
    await lab.good("sync", {"path": PATH, "metadata": metadata})
    return metadata


async def test_a_file_is_read_adopted_and_taken_back(lab: Lab) -> None:
    metadata = await opened(lab)
    brought = await lab.good("import", {"path": PATH, "file": FILE})
    assert {hint["kind"] for hint in brought["review"]["hints"]} == {"secrecy"}
    wish = {"file": FILE, "digest": brought["review"]["digest"], "articles": [ONE.id]}
    change = await lab.good("adopt", {"id": an_id(801), "path": PATH, **wish})
    shown = await lab.good("sync", {"path": PATH, "metadata": metadata | change["writes"]})
    assert shown["digest"] == change["digest"] and shown["review"] is None and shown["pending"] == []
    history = await lab.good("history", {"path": PATH})
    assert history["events"][0]["body"]["adopted"]["file"] == "careful.md"
    back = await lab.good("undo", {"id": an_id(802), "path": PATH, "change": change["id"]})
    assert set(back["removes"]) == set(change["writes"])
    assert (await lab.good("sync", {"path": PATH, "metadata": metadata}))["constitution"]["articles"] == []


async def test_an_export_is_a_file_to_save_and_never_a_page(lab: Lab) -> None:
    await opened(lab, LAW)
    ways = (await lab.good("exports", {"path": PATH}))["formats"]
    assert "2 articles, 2 revisions" in ways[0]["says"] and len(ways) == 7
    for way in ways:
        body = json.dumps({"path": PATH, "format": way["format"]}).encode()
        signed = {"Authorization": f"token {TOKEN}"}
        status, headers, said = await lab.send("POST", f"{BASE}reconst/export", body, signed)
        assert status == 200 and headers["content-type"] == "text/plain; charset=utf-8"
        assert headers["content-disposition"].startswith("attachment;")
        assert (
            headers["x-content-type-options"] == "nosniff"
            and "default-src 'none'" in headers["content-security-policy"]
        )
        assert EVIL in said.decode() and "say what you doubt" in said.decode()


async def test_what_goes_wrong_has_a_code_and_changes_nothing(lab: Lab) -> None:
    metadata = await opened(lab)
    bad = {"malformed": {"name": "x.md", "text": "---\nreconst: 1\n"}, "bad_input": {"name": "x.ipynb", "text": "[]"}}
    for code, file in bad.items():
        for verb in ("import", "diff"):
            status, problem = await lab.call(verb, {"path": PATH, "file": file})
            assert (status, problem["code"]) == (400, code)
    status, problem = await lab.call("import", {"path": PATH, "file": {"name": "x.md", "text": "x" * (2**21 + 1)}})
    assert (status, problem["code"]) == (400, "malformed")
    status, problem = await lab.call("export", {"path": PATH, "format": "markdown"})
    assert (status, problem["code"]) == (400, "bad_input")
    status, problem = await lab.call("diff", {"path": PATH, "revision": an_id(5)})
    assert (status, problem["code"]) == (404, "not_found")
    stale = {"id": an_id(801), "path": PATH, "file": FILE, "digest": "0" * 64, "articles": []}
    status, problem = await lab.call("adopt", stale)
    assert (status, problem["code"]) == (409, "stale")
    assert (await lab.good("sync", {"path": PATH, "metadata": metadata}))["digest"] == Reading().constitution.digest


async def test_a_rehearsal_streams_what_it_takes_and_sends_nothing_for_that(lab: Lab) -> None:
    await opened(lab, LAW)
    wish = {"path": PATH, "digest": LAW.constitution.digest, "articles": [TWO.id]}
    await lab.all("ask", {"path": PATH, "prompt": "Is it true?"})
    events = await lab.all("rehearse", {"id": an_id(60), **wish, "estimate": True})
    assert [event["type"] for event in events] == ["rehearsal"] and events[0]["most"] == 3
    assert "hide them" not in lab.model.sent
    events = await lab.all("rehearse", {"id": an_id(61), **wish})
    assert [event["type"] for event in events] == ["rehearsal", "row", "rehearsal", "rehearsal"]
    assert "hide them" in lab.model.sent and events[-1]["calls"] == 3
    assert (await lab.good("inforce", {"path": PATH}))["constitution"]["articles"] == []
