"""T10 at the server: what is made to cost time or memory is answered at once, and never with a failure of ours."""

from __future__ import annotations

import json
import time

from tests.bombs import BOMBS, ODD
from tests.fakes import an_id
from tests.server.conftest import BASE, TOKEN, Lab

DEEP = "[" * 100_000 + "]" * 100_000
VALUES = [DEEP, "[" * 900 + "]" * 900, "9" * 5_000, "1e999", "NaN", '"\\ud800"', '{"a": 1, "a": 2}', "-0.0", "1e-999"]


async def test_import_bombs_at_the_server(lab: Lab) -> None:
    await lab.good("sync", {"path": "a.ipynb", "metadata": {}, "cells": [{"cell": "one"}]})
    for name, (file, data) in {**BOMBS, **ODD}.items():
        text = data.decode("utf-8", "replace")  # A browser reads what is no text as text.
        body = {"path": "a.ipynb", "file": {"name": file, "text": text}}
        began = time.process_time()
        status, said = await lab.call("import", body)
        took = time.process_time() - began
        refused = name in BOMBS and "\ufffd" not in text
        assert 400 <= status < 500 if refused else status < 500, (name, status, said)
        assert status == 200 or said["code"] in ("malformed", "bad_input"), (name, said)
        # With reading and writing it as JSON, on both sides, while other tests run: the reading alone has a second.
        assert took < 4, (name, took)


async def test_import_bombs_in_a_notebook_that_is_open(lab: Lab) -> None:
    """JSON that another program would choke on: a key of ours, an unknown one, and a field of a request."""
    key = f"reconst:article:{an_id(1)}:{an_id(2)}"
    for value in VALUES:
        for metadata in (f'{{"{key}": {value}}}', f'{{"reconst:later:x": {value}}}', f'{{"reconst": {value}}}', value):
            sync = f'{{"path": "a.ipynb", "metadata": {metadata}, "cells": [{{"cell": "one"}}]}}'
            travels = f'{{"path": "a.ipynb", "content": {{"metadata": {metadata}, "cells": []}}}}'
            for verb, body in (("sync", sync), ("travels", travels)):
                headers = {"Authorization": f"token {TOKEN}"}
                began = time.process_time()
                status, _, said = await lab.send("POST", f"{BASE}reconst/{verb}", body.encode(), headers)
                assert status in (200, 400), (verb, value[:20], said)
                assert json.loads(said) and time.process_time() - began < 4
