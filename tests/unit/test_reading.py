"""An endpoint's stream, cut into pieces anywhere, gives the same events."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from jupyter_reconst.models.reading import events

STREAMS = {
    "lines end in LF": (b"data: one\n\ndata: two\n\n", ["one", "two"]),
    "lines end in CR LF": (b"data: one\r\n\r\ndata:two\r\n\r\n", ["one", "two"]),
    "several lines of data": (b"data: one\ndata: two\n\n", ["one\ntwo"]),
    "comments and other fields": (b": ping\n\nevent: delta\nid: 1\ndata: one\nretry: 5\n\n", ["one"]),
    "letters that end a line elsewhere": (
        "data: one\u2028two\x0bthree\x85\n\n".encode(),
        ["one\u2028two\x0bthree\x85"],
    ),
    "a letter of several bytes": ("data: ∀é\n\n".encode(), ["∀é"]),
    "cut off": (b"data: one\n\ndata: two\n", ["one"]),
    "cut off in a line": (b"data: one\n\ndata: tw", ["one"]),
    "nothing": (b"", []),
}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("name", STREAMS)
async def test_events_are_the_same_however_they_arrive(name: str, size: int) -> None:
    body, expected = STREAMS[name]

    async def arriving() -> AsyncIterator[bytes]:
        for at in range(0, len(body), size):
            yield body[at : at + size]

    assert [said async for said in events(arriving())] == expected
