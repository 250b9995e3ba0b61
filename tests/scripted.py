"""The faulty server in a process of its own: `python -m tests.scripted --port 9001 --script replies.json`.

A changed script is read again; the first rule whose every condition holds answers:

    {"delay": 0.005, "first": 0.0, "default": "I have no words for this.",
     "rules": [{"when": "<regex on the last user message>", "system": "<regex on the system message>",
                "schema": true, "reply": "text, or a list to play in turn", "mode": "ok"}]}
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
from pathlib import Path
from typing import Any

from tests.faulty import Asked, Faulty, Played


class Script:
    """Replies from a file, read again when it changes."""

    def __init__(self, path: Path, server: Faulty) -> None:
        self._path = path
        self._server = server
        self._stamp = 0.0
        self._rules: list[dict[str, Any]] = []
        self._default = ""
        self._turn: dict[int, itertools.count[int]] = {}

    def __call__(self, asked: Asked) -> Played:
        self._load()
        for number, rule in enumerate(self._rules):
            if "schema" in rule and rule["schema"] != ("response_format" in asked.body):
                continue
            if not re.search(rule.get("when", ""), asked.prompt, re.DOTALL):
                continue
            if not re.search(rule.get("system", ""), asked.system, re.DOTALL):
                continue
            reply = rule["reply"]
            if isinstance(reply, list):
                turn = next(self._turn.setdefault(number, itertools.count()))
                reply = reply[min(turn, len(reply) - 1)]
            return Played(reply if isinstance(reply, str) else json.dumps(reply), rule.get("mode", "ok"))
        return Played(self._default)

    def _load(self) -> None:
        stamp = self._path.stat().st_mtime
        if stamp == self._stamp:
            return
        script = json.loads(self._path.read_text("utf-8"))
        self._stamp, self._turn = stamp, {}
        self._rules, self._default = script.get("rules", []), script.get("default", "I have no words for this.")
        self._server.delay, self._server.first = script.get("delay", 0.005), script.get("first", 0)
        self._server.mode = script.get("mode", "ok")


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", type=Path, required=True)
    parsed = parser.parse_args()
    server = Faulty()
    server.replies = Script(parsed.script, server)
    await server.start(parsed.port)
    print(server.url, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
