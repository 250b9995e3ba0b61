"""Several people on one server: what each of them runs in a kernel that they share is asked for that person."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.auth import User

from jupyter_reconst.core.notebook import article_key
from tests.fakes import an_id
from tests.scenes import article
from tests.server.conftest import BASE, Lab, Starting
from tests.server.test_security import ByHeader

RULE = article(1, "always", "be brief", always=True)
HEAD = {"version": 1, "id": an_id(1), "origin": None, "sample": None}
METADATA = {"reconst": HEAD, article_key(RULE): RULE.model_dump(mode="json")}
TOLD = {"path": "shared.ipynb", "metadata": METADATA, "cells": [{"cell": "one"}]}
SHARED = "the-lab"
"""Whose server it is: its kernels speak as this user."""


@pytest.fixture
async def lab(start: Starting, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Ana and Ben have the notebook open, each in a page that is connected to its kernel. Ana has accepted its rule."""
    lab = await start(per_user=True, server={"identity_provider_class": ByHeader})
    pages = {f"k1:{name}-page": SimpleNamespace(current_user=User(name)) for name in ("ana", "ben")}
    monkeypatch.setattr(lab.app.web_app.settings["kernel_websocket_connection_class"], "_open_sessions", pages)
    for user in ("ana", "ben"):
        shown = await lab.good("sync", TOLD, user=user)
    accepting = {"path": "shared.ipynb", "digest": shown["review"]["digest"], "articles": [RULE.id]}
    await lab.good("accept", accepting, user="ana")
    return lab


def asked(by: str | None, prompt: str) -> dict[str, Any]:
    return {"path": "shared.ipynb", "kernel": "k1", "connection": by, "cell": "one", "prompt": prompt}


async def test_a_shared_kernel_asks_for_whoever_runs_the_cell(lab: Lab) -> None:
    record = {}
    for name in ("ana", "ben"):
        events = await lab.all("ask", asked(f"{name}-page", f"For {name}?"), user=SHARED)
        record[name] = events[-1]["record"]
        assert (await lab.good("turn", {"turn": record[name]["turn"]}, user=name))["turn"]["prompt"] == f"For {name}?"
    assert [record[name]["articles"] for name in ("ana", "ben")] == [1, 0]
    assert (await lab.good("inforce", asked_of("ana-page"), user=SHARED))["constitution"]["articles"]
    assert not (await lab.good("inforce", asked_of("ben-page"), user=SHARED))["constitution"]["articles"]
    assert await lab.good("inforce", asked_of("nobody"), user=SHARED) is None


async def test_nobody_asks_in_the_name_of_another_page(lab: Lab) -> None:
    """T14: connections are seen by all who share a kernel; only the kernel itself may name one."""
    headers = {"Authorization": "token of-ben", "X-Test-User": "ben"}
    body = json.dumps(asked_of("ana-page")).encode()
    _, _, said = await lab.send("POST", f"{BASE}reconst/inforce", body, headers)
    assert not json.loads(said)["constitution"]["articles"]


async def test_one_notebook_has_one_id_and_each_person_their_name(lab: Lab) -> None:
    new = {"path": "new.ipynb", "metadata": {}, "cells": [{"cell": "one"}]}
    assert len({(await lab.good("sync", new, user=user))["notebook"] for user in ("ana", "ben")}) == 1
    for user in ("ana", "ben"):
        assert (await lab.good("status", user=user))["person"]["name"] == user


async def test_a_notebook_is_open_while_anybody_has_it_open(lab: Lab) -> None:
    """The command line, which speaks as the server's own user, must not write under somebody's page."""
    for leaving, left in (("ana", True), ("ben", False)):
        assert (await lab.good("open", {"path": "shared.ipynb"}, user=SHARED))["live"]
        await lab.good("close", {"path": "shared.ipynb"}, user=leaving)
        assert (await lab.good("open", {"path": "shared.ipynb"}, user=SHARED))["live"] is left


def asked_of(connection: str) -> dict[str, Any]:
    return {"path": "shared.ipynb", "kernel": "k1", "connection": connection, "cell": "one"}
