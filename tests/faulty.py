"""A small OpenAI-compatible server that can fail in every way a real one does; or just answer, fast.

In process:

    async with Faulty(lambda asked: "the reply", delay=0.005) as server:
        server.url, server.requests, server.mode = "hang"

`GET /requests` shows what was received, `DELETE /requests` forgets.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

MODES = (
    "ok",
    "429",
    "429-once",
    "500",
    "503",
    "401",
    "404",
    "too-long",
    "reset",
    "reset-midway",
    "hang",
    "hang-midway",
    "drip",
    "garbage",
    "garbage-midway",
    "html",
    "empty-choices",
    "wrong-n",
    "null-content",
    "huge",
    "huge-json",
    "tool-call",
    "wrong-shape",
    "redirect",
    "echo-key",
    "error-midway",
    "unfinished",
    "endless",
    "json",
    "no-json-schema",
    "no-formats",
    "no-usage",
    "new-names",
)


@dataclass
class Asked:
    """One request as it arrived. `gone` is when the client hung up, on the monotonic clock."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    number: int
    at: float = field(default_factory=time.monotonic)
    gone: float | None = None
    done: bool = False

    @property
    def messages(self) -> list[dict[str, str]]:
        return list(self.body.get("messages", []))

    @property
    def prompt(self) -> str:
        """The last user message."""
        return next((m["content"] for m in reversed(self.messages) if m["role"] == "user"), "")

    @property
    def system(self) -> str:
        return "\n".join(m["content"] for m in self.messages if m["role"] == "system")


@dataclass(frozen=True)
class Played:
    """A reply with its own mode."""

    text: str
    mode: str = "ok"


Replies = str | Callable[[Asked], str | Played]


class Faulty:
    """The server. `mode` may be changed at any time; a list of modes is played in turn, its last one stays.

    `framing` is `chunked`, `close` (the end of the body is the end of the connection) or `length`; `cut` ends the
    connection after so many bytes of the body as it is framed. Above `takes` requests under way it answers 429.
    """

    def __init__(
        self,
        replies: Replies = "Hello, world.",
        *,
        mode: str | list[str] = "ok",
        first: float = 0,
        delay: float = 0,
        framing: str = "chunked",
        cut: int | None = None,
        takes: int | None = None,
        models: Iterable[str | dict[str, Any]] = ("scripted",),
        redirect: str = "http://127.0.0.2:9/v1/chat/completions",
        hung: float = 60,
    ) -> None:
        self.replies = replies
        self.mode = mode
        self.first = first
        self.delay = delay
        self.framing = framing
        self.cut = cut
        self.takes = takes
        self.under_way = 0
        self.refused = 0
        self.models = list(models)
        self.listed = 0
        """How often the models were asked for."""
        self.redirect = redirect
        self.hung = hung
        self.requests: list[Asked] = []
        self.size = 0
        """Bytes of the last complete body, as framed: where cuts can be."""
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._played = 0

    async def __aenter__(self) -> Faulty:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def start(self, port: int = 0, *, secure: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port, ssl=secure)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    # --- one connection ------------------------------------------------------------------------------------------

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asked: Asked | None = None
        try:
            while (asked := await self._read(reader)) is not None:
                self.under_way += 1
                try:
                    if not await self._answer(asked, reader, writer):
                        break
                finally:
                    self.under_way -= 1
                asked.done = True
        except (ConnectionError, asyncio.IncompleteReadError):
            if asked is not None and asked.gone is None:
                asked.gone = time.monotonic()
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Asked | None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in lines if ":" in line)}
        text = await reader.readexactly(int(headers.get("content-length", 0)))
        asked = Asked(method, path, headers, json.loads(text) if text else {}, len(self.requests))
        if path not in ("/requests", "/v1/models"):
            self.requests.append(asked)
        return asked

    async def _answer(self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; whether the connection may be used again."""
        if asked.path == "/requests":
            if asked.method == "DELETE":
                self.requests.clear()
            seen = [{"path": a.path, "body": a.body, "gone": a.gone is not None} for a in self.requests]
            return await _whole(writer, 200, seen)
        mode = self._mode()
        if self.takes is not None and self.under_way > self.takes:
            self.refused += 1
            return await self._refuse(asked, writer, "429")
        if mode in ("401", "404", "500", "503", "429") or (mode == "429-once" and self._first_of(asked)):
            return await self._refuse(asked, writer, mode)
        if mode == "redirect":
            return await _whole(writer, 307, {}, {"Location": self.redirect})
        if mode == "reset":
            return _reset(writer)
        if mode == "hang":
            return await self._hang(asked, reader)
        if mode == "html":
            return await _whole(writer, 200, "<html><body>Sign in to the Wi-Fi</body></html>")
        if asked.path.endswith("/models"):
            self.listed += 1
            told = (model if isinstance(model, dict) else {"id": model} for model in self.models)
            data = [{"object": "model", "owned_by": "tests", **model} for model in told]
            return await _whole(writer, 200, {"object": "list", "data": data})
        said = self.replies if isinstance(self.replies, str) else self.replies(asked)
        played = Played(said) if isinstance(said, str) else said
        if played.mode != "ok":
            mode = played.mode
            if mode in ("401", "404", "500", "503", "429"):
                return await self._refuse(asked, writer, mode)
            if mode == "hang":
                return await self._hang(asked, reader)
        complaint = _complaint(mode, asked)
        if complaint:
            return await _whole(writer, 400, {"error": complaint})
        return await self._reply(asked, played.text, mode, reader, writer)

    def _mode(self) -> str:
        if isinstance(self.mode, str):
            return self.mode
        self._played += 1
        return self.mode[min(self._played, len(self.mode)) - 1]

    def _first_of(self, asked: Asked) -> bool:
        return sum(a.body == asked.body for a in self.requests) == 1

    async def _refuse(self, asked: Asked, writer: asyncio.StreamWriter, mode: str) -> bool:
        words = {"401": "Incorrect API key provided.", "404": "The model does not exist."}.get(mode, "Try later.")
        headers = {"Retry-After": "1"} if mode.startswith("429") else {}
        return await _whole(writer, int(mode[:3]), {"error": {"message": words, "code": None}}, headers)

    async def _hang(self, asked: Asked, reader: asyncio.StreamReader, seconds: float | None = None) -> bool:
        """Say nothing until the client has gone."""
        until = time.monotonic() + (self.hung if seconds is None else seconds)
        while time.monotonic() < until:
            if reader.at_eof():
                asked.gone = time.monotonic()
                return False
            await asyncio.sleep(0.01)
        return seconds is not None

    # --- a reply -------------------------------------------------------------------------------------------------

    async def _reply(
        self, asked: Asked, text: str, mode: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        if mode == "huge-json":
            text = "x" * 11_000_000
        streamed = bool(asked.body.get("stream")) and mode not in ("json", "huge-json")
        events = list(_events(asked, text, mode, self.models)) if streamed else [_complete(asked, text, mode)]
        kind = "text/event-stream" if streamed else "application/json"
        framed = [_chunk(event) for event in events] if self.framing == "chunked" else events
        end = b"0\r\n\r\n" if self.framing == "chunked" else b""
        self.size = sum(map(len, framed)) + len(end)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n"
        head += {
            "chunked": "Transfer-Encoding: chunked\r\n",
            "close": "Connection: close\r\n",
            "length": f"Content-Length: {self.size}\r\n",
        }[self.framing]
        if self.cut is not None:
            writer.write(head.encode() + b"\r\n" + b"".join([*framed, end])[: self.cut])
            await writer.drain()
            return False
        if self.first and not await self._hang(asked, reader, self.first):
            return False
        writer.write(head.encode() + b"\r\n")
        for number, event in enumerate(framed):
            if reader.at_eof() or writer.transport.is_closing():
                raise ConnectionResetError
            if number == 3 and mode == "reset-midway":
                return _reset(writer)
            if number == 3 and mode == "hang-midway":
                return await self._hang(asked, reader)
            if mode == "drip":
                for byte in event:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    if not await self._hang(asked, reader, 1):
                        return False
                continue
            writer.write(event)
            await writer.drain()
            if self.delay and number + 1 < len(framed):
                await asyncio.sleep(self.delay)
        if mode == "endless":
            return await self._hang(asked, reader)
        writer.write(end)
        await writer.drain()
        if mode == "huge":
            await self._hang(asked, reader, 1)
        return self.framing != "close"


def _complaint(mode: str, asked: Asked) -> dict[str, Any] | None:
    """What an endpoint with a narrow mind says of a request."""
    body = asked.body
    format_ = body.get("response_format", {}).get("type")
    if mode == "no-json-schema" and format_ == "json_schema":
        return {"message": "response_format.type must be one of text, json_object", "code": 400}
    if mode == "no-formats" and format_:
        return {"message": "Extra inputs are not permitted: response_format", "code": 400}
    if mode == "no-usage" and "stream_options" in body:
        return {"message": "unknown field stream_options", "code": 400}
    if mode == "new-names":
        if "max_tokens" in body:
            return {"message": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}
        if "temperature" in body:
            return {"message": "Unsupported value: 'temperature' does not support 0.", "param": "temperature"}
    if mode == "too-long":
        return {"message": "This model's maximum context length is 10 tokens.", "code": "context_length_exceeded"}
    if mode == "echo-key":
        return {"message": f"{asked.headers.get('authorization')} is not allowed", "code": asked.headers}
    return None


def _events(asked: Asked, text: str, mode: str, models: list[str]) -> Iterable[bytes]:
    """The body of a stream, one server-sent event each."""

    def event(delta: dict[str, Any] | None, finish: str | None = None, **more: Any) -> bytes:
        choices = [{"index": 0, "delta": delta, "finish_reason": finish}] if delta is not None else []
        return _sse({**_frame(asked), "object": "chat.completion.chunk", "choices": choices, **more})

    if mode == "garbage":
        yield b"data: {]]]\n\n"
        return
    if mode == "wrong-shape":
        yield _sse({"answer": {"text": text}})
        return
    if mode == "empty-choices":
        yield event(None)
        yield b"data: [DONE]\n\n"
        return
    if mode == "null-content":
        yield event({"role": "assistant", "content": None})
        yield event({}, "stop")
        yield b"data: [DONE]\n\n"
        return
    if mode == "tool-call":
        call = {"index": 0, "id": "c1", "type": "function", "function": {"name": "rm", "arguments": "{}"}}
        yield event({"role": "assistant", "content": None, "tool_calls": [call]})
        yield event({}, "tool_calls")
        return
    if mode == "huge":
        yield from (event({"content": "x" * 10_000}) for _ in range(1_000))
        return
    yield event({"role": "assistant", "content": ""})
    for number, token in enumerate(re.findall(r"\s*\S{1,6}|\s+", text)):
        if mode == "garbage-midway" and number == 2:
            yield b"data: \xff\xfe{]\n\n"
        if mode == "error-midway" and number == 2:
            yield _sse({"error": {"message": "The server had an error", "type": "server_error"}})
        yield event({"content": token})
        if mode == "wrong-n":
            extra = [{"index": 1, "delta": {"content": "INTRUDER"}, "finish_reason": None}]
            yield _sse({**_frame(asked), "choices": extra})
    if mode != "unfinished":
        yield event({}, "stop")
        if asked.body.get("stream_options", {}).get("include_usage"):
            yield event(None, usage=_usage(asked, text))
    yield b"data: [DONE]\n\n"


def _complete(asked: Asked, text: str, mode: str) -> bytes:
    """The body of a reply in one object."""
    message: dict[str, Any] = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    reply = {**_frame(asked), "object": "chat.completion", "choices": choices, "usage": _usage(asked, text)}
    return json.dumps(reply).encode()


def _frame(asked: Asked) -> dict[str, Any]:
    return {"id": f"chatcmpl-{asked.number}", "created": 1_700_000_000, "model": asked.body.get("model", "")}


def _usage(asked: Asked, text: str) -> dict[str, int]:
    prompt = sum(len(m["content"]) for m in asked.messages) // 4
    return {"prompt_tokens": prompt, "completion_tokens": len(text) // 4, "total_tokens": prompt + len(text) // 4}


def _sse(value: object) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _reset(writer: asyncio.StreamWriter) -> bool:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


async def _whole(
    writer: asyncio.StreamWriter, status: int, body: object, headers: dict[str, str] | None = None
) -> bool:
    text = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    kind = "text/html" if isinstance(body, str) else "application/json"
    lines = {"Content-Type": kind, "Content-Length": str(len(text)), **(headers or {})}
    head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
    writer.write(head.encode() + b"\r\n" + text)
    await writer.drain()
    return True
