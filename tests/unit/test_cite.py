"""The acts on references: marked by the library, remembered where wrong, looked up only where allowed."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from jupyter_reconst.acts.cite import cite
from jupyter_reconst.acts.lookup import lookup
from jupyter_reconst.acts.wrong import wrong
from jupyter_reconst.core.errors import LookupsOff, NotFound, RegistryFailed
from jupyter_reconst.core.library import Author, Work
from jupyter_reconst.core.requests import Cite, LookUp, Wrong
from tests.asking import asked, cells, turns
from tests.fakes import ANA, BEN, an_id, reconst
from tests.scenes import PATH

REPLY = "See Lee, J. (2019). On things and their names. Journal of Things, 3, 4-5. And Park (2001) too."


class Registry:
    names = ("Crossref", "arXiv")

    def __init__(self):
        self.asked = []

    async def look(self, where, work):
        self.asked.append((where, work))
        if where == "arXiv":
            raise RegistryFailed("arXiv cannot be reached.")
        return (Work(title="On things and their names", authors=(Author(family="Lee"),), year=2018),)


async def scene(registries=None):
    fakes = reconst(lambda *_: REPLY)
    await cells(fakes, ("one", None))
    await asked(fakes, "What is known?")
    (turn,) = await turns(fakes)
    return fakes, dataclasses.replace(fakes.ports, registries=registries), turn.id


async def test_without_a_library_nothing_is_claimed():
    _, ports, turn = await scene()
    full, passing = (await cite(ports, ANA, Cite(turn=turn))).references
    assert (full.state, passing.state) == ("unknown", "unknown") and full.reference.year == 2019
    with pytest.raises(NotFound):
        await cite(ports, BEN, Cite(turn=turn))


async def test_a_reply_says_how_many_it_has_when_it_ends_and_when_it_is_shown_again():
    fakes = reconst(lambda *_: REPLY)
    await cells(fakes, ("one", None))
    for _ in range(2):
        events = await asked(fakes, "What is known?")
        assert events[-1].record.references == 2
    assert events[-1].record.replayed


async def test_whoever_leaves_while_references_are_counted_loses_no_turn(monkeypatch):
    counting = asyncio.Event()

    async def slow(_turn):
        counting.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("jupyter_reconst.acts.ask.counted", slow)
    fakes = reconst(lambda *_: REPLY)
    await cells(fakes, ("one", None))
    asking = asyncio.create_task(asked(fakes, "What is known?"))
    await asyncio.wait_for(counting.wait(), 5)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    (turn,) = await turns(fakes)
    assert (turn.reply, turn.status) == (REPLY, "complete")


async def test_a_wrong_one_is_remembered_and_can_be_taken_back():
    fakes, ports, turn = await scene()
    start = REPLY.index("Lee")
    request = Wrong(path=PATH, turn=turn, cell="one", output=0, start=start, right="Lee (2018)", reading=REPLY)
    done = await wrong(ports, ANA, request)
    assert done.annotation.target.quote == REPLY[start : REPLY.index(". And")]
    assert done.annotation.said("editing") == "Lee (2018)"
    again = (await cite(ports, ANA, Cite(turn=turn))).references
    assert again[0].wrong.right == "Lee (2018)" and again[1].wrong is None

    await cells(fakes, ("one", turn), ("two", None))
    await asked(fakes, "Say it again, please.", cell="two")
    later = next(one for one in await turns(fakes) if one.id != turn)
    assert (await cite(ports, ANA, Cite(turn=later.id))).references[0].wrong.right == "Lee (2018)"

    await wrong(ports, ANA, request.model_copy(update={"undo": True}))
    assert (await cite(ports, ANA, Cite(turn=turn))).references[0].wrong is None
    with pytest.raises(NotFound):
        await wrong(ports, ANA, request.model_copy(update={"start": 1}))


async def test_lookups_are_off_unless_they_are_allowed():
    _, ports, turn = await scene()
    with pytest.raises(LookupsOff):
        [one async for one in lookup(ports, ANA, LookUp(turn=turn))]
    with pytest.raises(NotFound):
        [one async for one in lookup(ports, ANA, LookUp(turn=an_id(9)))]


async def test_a_lookup_says_where_it_looked_what_differs_and_what_failed_and_asks_once():
    registry = Registry()
    _, ports, turn = await scene(registry)
    assert (await cite(ports, ANA, Cite(turn=turn))).registries == ("Crossref", "arXiv") and registry.asked == []
    (one,) = [event.marked async for event in lookup(ports, ANA, LookUp(turn=turn))]
    assert one.state == "differs" and [(each.field, each.known) for each in one.differs] == [("year", "2018")]
    assert [(look.where, look.problem) for look in one.looked] == [
        ("Crossref", ""),
        ("arXiv", "arXiv cannot be reached."),
    ]
    assert {where: work.title for where, work in registry.asked} == dict.fromkeys(registry.names, one.reference.title)
    [event async for event in lookup(ports, ANA, LookUp(turn=turn))]
    assert [where for where, _ in registry.asked].count("Crossref") == 1
