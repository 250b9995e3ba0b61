"""One contract over the three services, against a server of our own that answers as their documentation says.

The real ones were not called.
"""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import asynccontextmanager

import pytest

from jupyter_reconst.config import Config
from jupyter_reconst.core.errors import RegistryFailed
from jupyter_reconst.core.library import Author, Work
from jupyter_reconst.registries.allowed import Allowed
from jupyter_reconst.registries.atom import entries
from jupyter_reconst.registries.services import SERVICES

TITLE = "Attention Is All You Need"
CROSSREF = {
    "title": [TITLE],
    "author": [{"family": "Vaswani", "given": "Ashish"}],
    "issued": {"date-parts": [[2017, 6]]},
}
CROSSREF["DOI"] = "10.1000/ABC"
ALEX = {"title": TITLE, "authorships": [{"author": {"display_name": "Ashish Vaswani"}}], "publication_year": 2017}
ALEX["doi"] = "https://doi.org/10.1000/abc"
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>q</title><entry>
<id>http://arxiv.org/abs/1706.03762v7</id><published>2017-06-12T17:57:34Z</published><title>Attention Is
 All You Need</title><author><name>Ashish Vaswani</name></author>
<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/abc</arxiv:doi></entry></feed>"""
SAID = Work(title=TITLE, authors=(Author(family="Vaswani"),), year=2017)
BODIES = {
    "crossref": {
        "one": {"message": CROSSREF},
        "many": {"message": {"items": [CROSSREF]}},
        "none": {"message": {"items": []}},
    },
    "openalex": {"one": ALEX, "many": {"results": [ALEX]}, "none": {"results": []}},
    "arxiv": {"one": ATOM, "many": ATOM, "none": '<feed xmlns="http://www.w3.org/2005/Atom"/>'},
}


@asynccontextmanager
async def serving(answer):
    """A server that answers with `answer(target) -> (status, body)`; the targets that it was asked for."""
    seen = []

    async def talk(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        target = head.split(" ")[1]
        seen.append((target, head))
        status, body = answer(target)
        body = body if isinstance(body, (bytes, str)) else json.dumps(body)
        body = body.encode() if isinstance(body, str) else body
        more = "Location: http://127.0.0.1:9/\r\n" if status == 302 else ""
        writer.write(
            f"HTTP/1.1 {status} X\r\n{more}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", seen
    finally:
        server.close()


async def looked(name, work, answer):
    async with serving(answer) as (base, seen):
        some = Allowed([name], "ana@example.org", {name: base})
        try:
            return await some.look(some.names[0], work), seen
        finally:
            await some.close()


@pytest.mark.parametrize("name", SERVICES)
async def test_by_title(name):
    (work,), seen = await looked(name, SAID, lambda _: (200, BODIES[name]["many"]))
    assert (work.title, work.year, work.doi) == (TITLE, 2017, "10.1000/abc")
    assert [(one.family, one.given) for one in work.authors] == [("Vaswani", "Ashish")]
    assert "Attention" in seen[0][0] and "mailto:ana@example.org" in seen[0][1]


@pytest.mark.parametrize(
    ("name", "work"), [("crossref", Work(doi="10.1000/abc")), ("openalex", Work(doi="10.1000/abc"))]
)
async def test_by_doi(name, work):
    (found,), seen = await looked(name, work, lambda _: (200, BODIES[name]["one"]))
    assert found.title == TITLE and "10.1000" in seen[0][0]


async def test_by_arxiv_id():
    (found,), seen = await looked("arxiv", Work(arxiv="1706.03762"), lambda _: (200, ATOM))
    assert found.arxiv == "1706.03762" and "id_list=1706.03762" in seen[0][0]


@pytest.mark.parametrize("name", SERVICES)
async def test_what_is_not_there(name):
    assert (await looked(name, SAID, lambda _: (200, BODIES[name]["none"])))[0] == ()
    assert (await looked(name, SAID, lambda _: (404, "")))[0] == ()


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    "answer",
    [(500, ""), (429, ""), (302, ""), (200, b"\xff<"), (200, "[" * 100_000), (200, b" " * (3 * 2**20))],
    ids=["broken", "busy", "elsewhere", "garbled", "deep", "large"],
)
async def test_every_other_answer_is_a_failure(name, answer):
    with pytest.raises(RegistryFailed):
        await looked(name, SAID, lambda _: answer)


@pytest.mark.parametrize("name", ["crossref", "openalex"])
@pytest.mark.parametrize(
    "body", [{}, {"message": 1}, {"message": {"items": [1, {}]}, "results": [1, {"authorships": 3}]}]
)
async def test_other_shapes_say_nothing(name, body):
    assert (await looked(name, SAID, lambda _: (200, body)))[0] == ()


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><feed/>',
        "<a>" * 1_000,
    ],
)
def test_no_entity_is_expanded(bomb):
    with pytest.raises(RegistryFailed):
        entries(bomb.encode())


async def test_a_service_that_is_not_there():
    some = Allowed(["crossref"], "", {"crossref": "http://127.0.0.1:9"})
    with pytest.raises(RegistryFailed):
        await some.look("Crossref", SAID)
    await some.close()


async def test_off_by_default_means_no_request(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    none = Allowed(Config().lookups)
    assert none.names == ()
    for name in ("Crossref", "arXiv", "OpenAlex"):
        with pytest.raises(RegistryFailed):
            await none.look(name, SAID)
    await none.close()


def test_hosts_are_fixed_and_encrypted():
    assert all(kind.base.startswith("https://") for kind in SERVICES.values())
