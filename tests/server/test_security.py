"""T14, T17 and T7 of trust.md, as far as the server's routes go."""

from __future__ import annotations

import json
import logging
import os
import re
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.routing import PathMatches

from jupyter_reconst.doors.server.redacting import Redacting, redacted
from jupyter_reconst.doors.server.routes import ROUTES
from jupyter_reconst.doors.server.verb import VerbHandler
from tests.fakes import an_id
from tests.server.conftest import BASE, TOKEN, Lab, Starting


def ours(lab: Lab) -> list[str]:
    """The verbs that the running server's own route table sends to us."""
    found = []
    for _, rules in ((rule.matcher, rule.target.rules) for rule in lab.app.web_app.default_router.rules[:1]):
        for rule in rules:
            if isinstance(rule.target, type) and issubclass(rule.target, VerbHandler):
                assert isinstance(rule.matcher, PathMatches)
                found.append(rule.matcher.regex.pattern)
    return found


async def test_every_route_needs_auth_and_xsrf(lab: Lab) -> None:
    """T17: nobody gets in without a token or a cookie, and a cookie alone (a foreign page's request) does nothing."""
    patterns = ours(lab)
    assert len(patterns) == len(ROUTES)
    assert all(any(re.match(p, f"{BASE}reconst/{route.verb}") for p in patterns) for route in ROUTES)
    cookie = await _signed_in(lab)
    for route in ROUTES:
        path = f"{BASE}reconst/{route.verb}"
        for method in ("GET", "POST"):
            status, _, said = await lab.send(method, path, b"{}")
            assert status == 403, (route.verb, method, status, said)
            status, _, _ = await lab.send(method, path, b"{}", {"Authorization": "token wrong"})
            assert status == 403, (route.verb, method)
        status, _, said = await lab.send("POST", path, b"{}", {"Cookie": cookie})
        assert status == 403 and b"XSRF" in said.upper(), (route.verb, status, said)
        foreign = {"Cookie": cookie, "Origin": "https://evil.example"}
        status, _, _ = await lab.send(route.method, path, b"{}", foreign)
        assert status in (403, 404), (route.verb, status)
        other = "POST" if route.method == "GET" else "GET"
        status, _, _ = await lab.send(other, path, b"{}", {"Authorization": f"token {TOKEN}"})
        assert status == 405, (route.verb, other, status)


async def test_a_browser_with_cookie_and_xsrf_gets_in(lab: Lab) -> None:
    cookie = await _signed_in(lab)
    xsrf = re.search(r"_xsrf=([^;]+)", cookie)
    assert xsrf
    headers = {"Cookie": cookie, "X-XSRFToken": xsrf[1]}
    status, _, said = await lab.send("POST", f"{BASE}reconst/profiles", b"{}", headers)
    assert status == 200, said


async def _signed_in(lab: Lab) -> str:
    """The cookies of a browser that has opened the server with its token."""
    _, headers, _ = await lab.send("GET", f"{BASE}api/me?token={TOKEN}")
    name, value = re.findall(r"(username-[^=]+)=([^;]+)", headers["set-cookie"])[-1]
    _, headers, _ = await lab.send("GET", f"{BASE}login")
    xsrf = re.findall(r"_xsrf=([^;]+)", headers["set-cookie"])[-1]
    return f"{name}={value}; _xsrf={xsrf}"


class ByHeader(IdentityProvider):
    """An identity provider that tells users apart, as a Hub's does: by a header, for tests."""

    def get_user(self, handler: Any) -> User | None:
        name = handler.request.headers.get("X-Test-User")
        handler._token_authenticated = True
        return User(name) if name else None


async def test_user_b_gets_404(start: Starting) -> None:
    """T14: what belongs to another person does not exist, whatever id is guessed."""
    lab = await start(per_user=True, server={"identity_provider_class": ByHeader})
    for user in ("ana", "ben"):
        await lab.good("sync", {"path": "a.ipynb", "metadata": {}, "cells": [{"cell": "one"}]}, user=user)
    events = await lab.all("ask", {"path": "a.ipynb", "cell": "one", "prompt": "a secret"}, user="ana")
    turn = events[-1]["record"]["turn"]
    assert (await lab.good("turn", {"turn": turn}, user="ana"))["turn"]["prompt"] == "a secret"
    for verb, body in (
        ("turn", {"turn": turn}),
        ("sent", {"turn": turn}),
        ("tell", {"path": "a.ipynb", "turn": turn}),
        ("report", {"path": "a.ipynb", "turn": turn}),
        ("forget", {"turn": turn}),
        ("watch", {"preview": an_id(7)}),
        ("stop", {"id": an_id(7)}),
        ("mark", {"preview": an_id(7), "probe": an_id(8), "mark": "intended"}),
    ):
        status, said = await lab.call(verb, body, user="ben")
        assert (status, said["code"]) == (404, "not_found"), verb
    assert (await lab.good("history", {"path": "a.ipynb"}, user="ben"))["events"] == []
    assert len((await lab.good("history", {"path": "a.ipynb"}, user="ana"))["events"]) == 1
    # Nobody can pass for somebody else: the name is the one that the server knows.
    assert (await lab.call("name", {"name": "Ana"}, user="ben"))[0] == 400
    assert (await lab.good("status", user="ben"))["person"]["name"] == "ben"
    assert (await lab.good("status", user="ben"))["calls"] == 0


async def test_another_person_cannot_stop_a_turn(start: Starting) -> None:
    from jupyter_reconst.core.ports import Piece
    from tests.fakes import ScriptedModel

    model = ScriptedModel([Piece("a"), 1.0, Piece("b"), Piece(finish_reason="stop")])
    lab = await start(model, per_user=True, server={"identity_provider_class": ByHeader})
    await lab.good("sync", {"path": "a.ipynb", "metadata": {}, "cells": [{"cell": "one"}]}, user="ana")
    async with lab.stream("ask", {"path": "a.ipynb", "cell": "one", "prompt": "?"}, user="ana") as events:
        turn = (await anext(events))["record"]["turn"]
        await lab.good("cancel", {"id": turn}, user="ben")
        rest = [event async for event in events]
    assert rest[-1]["record"]["status"] == "complete"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
async def test_file_modes_of_everything_that_is_kept(lab: Lab, tmp_path: Path) -> None:
    await lab.good("sync", {"path": "a.ipynb", "metadata": {}, "cells": [{"cell": "one"}]})
    await lab.all("ask", {"path": "a.ipynb", "cell": "one", "prompt": "?"})
    profile = {"name": "mine", "base_url": "http://127.0.0.1:9/v1", "model": "m"}
    await lab.good("connect", {"profile": profile, "key": "sk-canary-123456789"})
    directory = tmp_path / "jupyter_data_dir" / "reconst"
    assert directory.stat().st_mode & 0o777 == 0o700
    modes = {p.name: p.stat().st_mode & 0o777 for p in directory.rglob("*")}
    wanted = {"feedback.sqlite3", "notebooks.json", "profiles.json", "keys.json"}
    assert wanted <= modes.keys()
    assert {n: m for n, m in modes.items() if m not in (0o600, 0o700)} == {}


CANARY = "sk-canary-0123456789abcdef"


async def test_a_key_goes_in_and_never_comes_out(
    lab: Lab, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """T7: not in an answer, a log, or a file other than the one for keys."""
    caplog.set_level(logging.DEBUG)
    profile = {"name": "mine", "base_url": "http://127.0.0.1:9/v1", "model": "m"}
    said = [await lab.call("connect", {"profile": profile, "key": CANARY})]
    said.append(await lab.call("try", {"base_url": "http://127.0.0.1:9/v1", "profile": "mine"}))
    said.append(await lab.call("try", {"base_url": "http://127.0.0.1:9/v1", "key": CANARY}))
    said.append(await lab.call("connect", {"profile": {**profile, "timeout": -1}, "key": CANARY}))
    said.append(await lab.call("connect", {"profile": profile, "key": [CANARY]}))
    said.append(await lab.call("profiles", {}))
    said.append(await lab.call("status"))
    assert said[0][0] == 200 and said[3][0] == said[4][0] == 400
    out, err = capfd.readouterr()
    assert CANARY not in json.dumps(said) + caplog.text + out + err
    holding = [p.name for p in tmp_path.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]
    assert holding == ["keys.json"]


def test_logs_are_redacted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER_API_KEY", "plainlookingsecret")
    for text in (
        f"Incorrect API key provided: {CANARY}",
        f"headers={{'Authorization': 'Bearer {CANARY}'}}",
        "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.payload",
        'api_key="0123456789abcdef"',
        "GET /reconst/status?token=0123456789abcdef",
        "it was plainlookingsecret",
    ):
        clean = redacted(text)
        assert "[removed]" in clean, text
        for secret in (CANARY, "eyJhbGci", "0123456789abcdef", "plainlookingsecret"):
            assert secret not in clean
    for text in ("4,096 tokens: prompt and reply", "token by token", "the authorization failed"):
        assert redacted(text) == text


def test_tracebacks_are_redacted() -> None:
    try:
        raise RuntimeError(f"the key {CANARY} was refused")
    except RuntimeError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "f.py", 1, "failed for %s", (CANARY,), info)
    assert Redacting().filter(record)
    assert CANARY not in logging.Formatter().format(record)
