"""An endpoint that answers every chat completion after so many seconds, and does nothing else. Prints its address."""

from __future__ import annotations

import asyncio
import json
import re
import sys

REPLY = "It follows from the lemma."
_USAGE = {"prompt_tokens": 40, "completion_tokens": 6, "total_tokens": 46}
_HEAD = {"id": "c", "created": 1, "model": "slow"}


def _json(value: object) -> bytes:
    body = json.dumps(value).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def _whole() -> bytes:
    message = {"role": "assistant", "content": REPLY}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return _json({**_HEAD, "object": "chat.completion", "choices": [choice], "usage": _USAGE})


def _stream() -> bytes:
    def event(choices: list[object], **more: object) -> bytes:
        said = {**_HEAD, "object": "chat.completion.chunk", "choices": choices, **more}
        return b"data: %s\n\n" % json.dumps(said).encode()

    events = event([{"index": 0, "delta": {"role": "assistant", "content": REPLY}, "finish_reason": None}])
    events += event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
    events += event([], usage=_USAGE) + b"data: [DONE]\n\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n"
    return head % len(events) + events


async def main(seconds: float) -> None:
    whole, stream = _whole(), _stream()
    listed = _json({"object": "list", "data": [{"id": "slow", "object": "model"}]})

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                body = await reader.readexactly(int(length[1])) if length else b""
                if head.startswith(b"GET"):
                    writer.write(listed)
                else:
                    await asyncio.sleep(seconds)
                    writer.write(stream if json.loads(body).get("stream") else whole)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
