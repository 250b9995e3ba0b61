"""An endpoint that answers every chat completion after so many seconds, and does nothing else. Prints its address.

Asked whether a clause fits a question, it says yes where the question names the clause's topic. Its list of models says
how many completions it was asked for.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

REPLY = "It follows from the lemma."
_USAGE = {"prompt_tokens": 40, "completion_tokens": 6, "total_tokens": 46}
_HEAD = {"id": "c", "created": 1, "model": "slow"}


@contextmanager
def endpoint(seconds: float) -> Iterator[str]:
    """One in a process of its own; yields its address."""
    process = subprocess.Popen([sys.executable, __file__, str(seconds)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def asked(url: str) -> int:
    """How many completions it was asked for until now."""
    with urllib.request.urlopen(f"{url}/models", timeout=10) as response:
        return int(json.load(response)["asked"])


def _json(value: object) -> bytes:
    body = json.dumps(value).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def _whole(text: str) -> bytes:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return _json({**_HEAD, "object": "chat.completion", "choices": [choice], "usage": _USAGE})


def _stream(text: str) -> bytes:
    def event(choices: list[object], **more: object) -> bytes:
        said = {**_HEAD, "object": "chat.completion.chunk", "choices": choices, **more}
        return b"data: %s\n\n" % json.dumps(said).encode()

    events = event([{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}])
    events += event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
    events += event([], usage=_USAGE) + b"data: [DONE]\n\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n"
    return head % len(events) + events


def _fits(messages: list[dict[str, str]]) -> str:
    condition, _, question = messages[-1]["content"].partition("QUESTION")
    topic = re.search(r"topic \w+", condition)
    return json.dumps({"fits": topic is not None and topic[0] in question})


async def main(seconds: float) -> None:
    texts = (REPLY, json.dumps({"fits": True}), json.dumps({"fits": False}))
    written = {True: {text: _stream(text) for text in texts}, False: {text: _whole(text) for text in texts}}
    count = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                body: dict[str, Any] = json.loads(await reader.readexactly(int(length[1]))) if length else {}
                if head.startswith(b"GET"):
                    writer.write(_json({"object": "list", "data": [{"id": "slow", "object": "model"}], "asked": count}))
                else:
                    count += 1
                    await asyncio.sleep(seconds)
                    text = _fits(body["messages"]) if "response_format" in body else REPLY
                    writer.write(written[bool(body.get("stream"))][text])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
