"""What every journal promises, whatever is below it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.ports import Event, EventKind, Journal
from jupyter_reconst.core.turns import Reply, Usage
from tests.fakes import an_id

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone.utc)
BOOK, OTHER = an_id(900), an_id(901)


def event(
    number: int,
    body: dict[str, Any] | None = None,
    *,
    owner: str = "ana",
    kind: EventKind = "turn",
    subject: str | None = None,
    notebook: str | None = BOOK,
    created: datetime = NOON,
) -> Event:
    body = {"prompt": f"question {number}"} if body is None else body
    return Event(
        id=an_id(number), owner=owner, notebook=notebook, kind=kind, subject=subject, body=body, created=created
    )


async def test_an_event_comes_back_as_it_was(journal: Journal) -> None:
    said = event(1, {"prompt": "naïve – 漢字 𝔸 \x00 ‮", "n": 1.5, "deep": [{"a": None}]}, subject=an_id(7))
    await journal.append(said)
    found = await journal.get("ana", said.id)
    assert found is not None and found.sequence > 0
    assert found.model_copy(update={"sequence": 0}) == said


async def test_the_same_id_twice_is_one_line(journal: Journal) -> None:
    await journal.append(event(1, {"prompt": "first"}))
    await journal.append(event(1, {"prompt": "retry"}), event(2))
    assert [e.body["prompt"] for e in await journal.events("ana")] == ["first", "question 2"]


async def test_ids_of_two_people_do_not_meet(journal: Journal) -> None:
    await journal.append(event(1, {"prompt": "hers"}), event(1, {"prompt": "his"}, owner="ben"))
    for owner, says in (("ana", "hers"), ("ben", "his")):
        found = await journal.get(owner, an_id(1))
        assert found is not None and found.body["prompt"] == says


async def test_it_knows_which_ids_it_has(journal: Journal) -> None:
    await journal.append(event(1), event(2), event(3, owner="ben"))
    asked = [an_id(number) for number in range(1, 1_200)]
    assert await journal.known("ana", asked) == {an_id(1), an_id(2)}
    assert await journal.known("ana", []) == set()


async def test_another_person_finds_nothing(journal: Journal) -> None:
    await journal.append(event(1, {"prompt": "secret plan"}))
    assert await journal.get("ben", an_id(1)) is None
    assert await journal.events("ben") == []
    assert await journal.search("ben", "secret plan", kind="turn") == []
    assert await journal.forget("ben", an_id(1)) == 0
    assert await journal.expire("ben", NOON + timedelta(days=1)) == 0
    assert await journal.get("ana", an_id(1)) is not None


async def test_order_is_the_order_of_arrival_whatever_the_clock_says(journal: Journal) -> None:
    for number, years in ((1, 10), (2, -10), (3, 0)):
        await journal.append(event(number, created=NOON + timedelta(days=365 * years)))
    found = await journal.events("ana")
    assert [e.id for e in found] == [an_id(1), an_id(2), an_id(3)]
    assert [e.sequence for e in found] == sorted(e.sequence for e in found)
    newest = await journal.events("ana", newest_first=True, limit=2)
    assert [e.id for e in newest] == [an_id(3), an_id(2)]
    assert [e.id for e in await journal.events("ana", after=found[0].sequence)] == [an_id(2), an_id(3)]


async def test_filters_go_together(journal: Journal) -> None:
    await journal.append(
        event(1, subject=an_id(5)),
        event(2, kind="row", subject=an_id(5)),
        event(3, notebook=OTHER),
        event(4, kind="row", notebook=OTHER, subject=an_id(5)),
    )
    found = await journal.events("ana", kind="row", notebook=BOOK, subject=an_id(5))
    assert [e.id for e in found] == [an_id(2)]
    assert len(await journal.events("ana", notebook=OTHER)) == 2


async def test_search_finds_the_nearest_first(journal: Journal) -> None:
    await journal.append(
        event(1, {"prompt": "Is the off-switch game solved by corrigibility"}),
        event(2, {"prompt": "What is corrigibility"}),
        event(3, {"prompt": "Sort this list in place"}),
        event(4, {"prompt": "corrigibility off-switch game"}, kind="annotation"),
        event(5, {"prompt": "corrigibility and the off-switch game"}, notebook=OTHER),
    )
    found = await journal.search("ana", "the off-switch game and corrigibility", kind="turn", notebook=BOOK)
    assert [e.id for e in found][:1] == [an_id(1)]
    assert an_id(3) not in [e.id for e in found]
    assert len(await journal.search("ana", "corrigibility", kind="turn", limit=2)) == 2
    assert len(await journal.search("ana", "corrigibility", kind="turn")) == 3


@pytest.mark.parametrize("words", ["", "   ", '"', "AND OR NOT", "a* (b", "'; DROP TABLE journal; --", "-", "🙂"])
async def test_search_takes_any_text_as_words(journal: Journal, words: str) -> None:
    await journal.append(event(1))
    await journal.search("ana", words, kind="turn")
    assert len(await journal.events("ana")) == 1


async def test_the_first_reply_under_a_key_stays(journal: Journal) -> None:
    assert await journal.cached("a" * 64) is None
    reply = Reply(text="yes", finish_reason="stop", usage=Usage(prompt=3, completion=1))
    await journal.remember("a" * 64, reply)
    await journal.remember("a" * 64, Reply(text="no", finish_reason="stop"))
    assert await journal.cached("a" * 64) == reply


async def test_replies_remembered_together_are_all_there(journal: Journal) -> None:
    keys = [f"{number:064x}" for number in range(50)]
    await asyncio.gather(*(journal.remember(k, Reply(text=k, finish_reason="stop")) for k in keys))
    for key in keys:
        found = await journal.cached(key)
        assert found is not None and found.text == key


async def test_replies_looked_for_together_are_told_apart(journal: Journal) -> None:
    keys = [f"{number:064x}" for number in range(1_100)]
    await asyncio.gather(*(journal.remember(k, Reply(text=k, finish_reason="stop")) for k in keys[::2]))
    found = await asyncio.gather(*(journal.cached(k) for k in keys))
    assert [reply and reply.text for reply in found] == [k if n % 2 == 0 else None for n, k in enumerate(keys)]


async def test_a_reply_that_nobody_waits_for_any_more_is_kept(journal: Journal) -> None:
    keys = ["d" * 64, "e" * 64, "f" * 64]
    first, *others = [asyncio.ensure_future(journal.remember(k, Reply(text=k, finish_reason="stop"))) for k in keys]
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(*others)
    assert [reply and reply.text for reply in await asyncio.gather(*(journal.cached(k) for k in keys))] == keys


async def test_forgetting_erases_what_was_said_and_its_cached_reply(journal: Journal) -> None:
    turn = {"id": an_id(1), "prompt": "my secret", "reply": "a secret answer that is rather long", "parent": None}
    await journal.append(event(1, turn), event(2))
    await journal.remember("b" * 64, Reply(text="a secret answer that is rather long", finish_reason="stop"))
    await journal.remember("c" * 64, Reply(text="something else", finish_reason="stop"))
    assert await journal.forget("ana", an_id(1)) == 1
    found = await journal.get("ana", an_id(1))
    assert found is not None and found.body == {}
    assert await journal.cached("b" * 64) is None
    assert await journal.cached("c" * 64) is not None
    other = await journal.get("ana", an_id(2))
    assert other is not None and other.body


async def test_retention_spares_what_is_law(journal: Journal) -> None:
    old = NOON - timedelta(days=40)
    await journal.append(
        event(1, created=old),
        event(2, created=old, kind="ratification"),
        event(3, created=old, kind="acceptance"),
        event(4),
    )
    assert await journal.expire("ana", NOON - timedelta(days=30)) == 1
    assert [bool(e.body) for e in await journal.events("ana")] == [False, True, True, True]
    assert await journal.known("ana", [an_id(1)]) == {an_id(1)}, "its id stays taken: no notebook brings it back"
    assert await journal.expire("ana", NOON - timedelta(days=30)) == 0
    await journal.append(event(1, {"prompt": "told again by a notebook"}))
    found = await journal.get("ana", an_id(1))
    assert found is not None and found.body == {}


async def test_half_a_character_is_refused_and_nothing_is_kept(journal: Journal, tmp_path: Path) -> None:
    if type(journal).__name__ == "MemoryJournal":
        pytest.skip("the fake writes nothing down")
    with pytest.raises(BadInput):
        await journal.append(event(1), event(2, {"prompt": "\ud800"}))
    assert await journal.events("ana") == []
