"""Highlights, history, forgetting: what the journal keeps of a person's acts, and what it lets go."""

from __future__ import annotations

import asyncio

import pytest

from jupyter_reconst.acts.ask import ask
from jupyter_reconst.acts.forget import forget
from jupyter_reconst.acts.highlight import highlight
from jupyter_reconst.acts.history import history
from jupyter_reconst.acts.mark import mark
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.acts.recall import conversation, turn
from jupyter_reconst.acts.retain import retain
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Creator
from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.errors import NotebookUnknown, NotFound
from jupyter_reconst.core.ports import CellState, Event
from jupyter_reconst.core.remembering import Remembered
from jupyter_reconst.core.requests import Ask, AskHistory, Forget, Highlight, MarkRow, Ratify, Retain, Sync
from tests.fakes import ANA, BEN, Fakes, an_id, reconst
from tests.scenes import NOTEBOOK, PATH, annotation, article
from tests.scenes import opened as governed_by
from tests.unit.test_preview import heard, rows, stage, start


async def opened(fakes: Fakes) -> None:
    metadata = {"reconst": {"version": 1, "id": NOTEBOOK, "origin": None}}
    await sync(fakes.ports, ANA, Sync(path=PATH, metadata=metadata))


async def asked(fakes: Fakes, prompt: str, **fields: str) -> str:
    request = Ask(path=PATH, prompt=prompt, **fields)  # type: ignore[arg-type]
    events = [event async for event in ask(fakes.ports, ANA, request, asyncio.Event())]
    return events[-1].record.turn  # type: ignore[union-attr]


async def test_a_highlight_is_kept_under_its_maker() -> None:
    fakes = reconst()
    await opened(fakes)
    forged = annotation().model_copy(update={"creator": Creator(name="Somebody else")})
    kept = await highlight(fakes.ports, ANA, Highlight(path=PATH, annotation=forged))
    assert kept.creator.name == "Ana Ruiz"
    (line,) = await fakes.journal.events("ana", kind="annotation")
    assert line.id == line.subject == kept.id and line.notebook == NOTEBOOK
    assert line.body["@context"] == "http://www.w3.org/ns/anno.jsonld"


async def test_a_retry_adds_nothing_and_a_correction_adds_a_line() -> None:
    fakes = reconst()
    await opened(fakes)
    for said in ("", "", "It was Park.", "It was Park.", ""):
        await highlight(fakes.ports, ANA, Highlight(path=PATH, annotation=annotation(said=said)))
    lines = await fakes.journal.events("ana", kind="annotation", subject=an_id(20))
    assert [len(line.body["body"]) for line in lines] == [0, 1, 0]


async def test_a_highlight_needs_its_notebook() -> None:
    with pytest.raises(NotebookUnknown):
        await highlight(reconst().ports, ANA, Highlight(path=PATH, annotation=annotation()))


async def test_history_shows_what_a_person_did_newest_first_page_by_page() -> None:
    fakes = reconst("Yes.")
    await opened(fakes)
    for number in range(30):
        await asked(fakes, f"Question {number}?")
    draft = Draft(title="T", when="w", then="t")
    amendment = Amendment(id=an_id(300), action="add", draft=draft)
    change = await ratify(fakes.ports, ANA, Ratify(id=an_id(400), path=PATH, amendment=amendment))
    metadata = {"reconst": {"version": 1, "id": NOTEBOOK, "origin": None}} | change.writes
    await sync(fakes.ports, ANA, Sync(path=PATH, metadata=metadata))
    await fakes.journal.append(
        Event(id=an_id(77), owner="ana", notebook=NOTEBOOK, kind="row", body={}, created=fakes.clock.now())
    )
    seen: list[Remembered] = []
    before, more = None, True
    while more:
        page = await history(fakes.ports, ANA, AskHistory(path=PATH, before=before, limit=7))
        assert len(page.events) <= 7
        seen += page.events
        before, more = seen[-1].sequence, page.more
    assert [e.kind for e in seen] == ["ratification"] + ["turn"] * 30
    assert [e.sequence for e in seen] == sorted((e.sequence for e in seen), reverse=True)
    assert len({e.id for e in seen}) == 31
    assert [e.deed.text for e in seen[:2]] == ["Added: T", "Asked: Question 29?"]
    assert (seen[0].subject, seen[0].deed.restores) == (change.article.id, None)  # type: ignore[union-attr]


async def test_history_lists_each_preview_once_with_what_was_seen() -> None:
    fakes, about = await stage()
    await heard(fakes, start(about, generate=0))
    again = start(about, generate=0).model_copy(update={"id": an_id(71)})
    events = await heard(fakes, again)
    probe = next(id for id, row in rows(events).items() if row.probe.bin == "source")
    await mark(fakes.ports, ANA, MarkRow(preview=an_id(71), probe=probe, mark="regression"))
    first, second = (await history(fakes.ports, ANA, AskHistory(path=PATH, limit=2))).events
    assert [line.kind for line in (first, second)] == ["preview", "preview"]
    assert [line.body["tried"]["preview"]["id"] for line in (first, second)] == [an_id(71), an_id(70)]
    assert first.body["title"] == again.amendment.draft.title  # type: ignore[union-attr]
    assert first.body["says"].startswith(f"{len(rows(events))} probes on scripted: ")
    assert "1 regression" in first.body["says"] and "regression" not in second.body["says"]
    assert "rows" not in first.body and "probes" not in first.body
    older = await history(fakes.ports, ANA, AskHistory(path=PATH, before=first.sequence, limit=1))
    assert [line.id for line in older.events] == [second.id]
    last = await history(fakes.ports, ANA, AskHistory(path=PATH, before=second.sequence))
    assert "preview" not in {line.kind for line in last.events}


async def test_history_names_the_article_that_a_preview_took_away() -> None:
    rule = article(1, "a proof is attributed", "say it is not known")
    fakes, about = await stage()
    await governed_by(fakes, rule)
    repeal = Amendment(id=an_id(31), action="repeal", article=rule.id, base=rule.revision)
    await heard(fakes, start(about, repeal, generate=0))
    (line,) = (await history(fakes.ports, ANA, AskHistory(path=PATH, limit=1))).events
    assert (line.kind, line.body["title"]) == ("preview", "Article 1")


async def test_history_belongs_to_one_person() -> None:
    fakes = reconst("Yes.")
    await opened(fakes)
    await asked(fakes, "?")
    await sync(fakes.ports, BEN, Sync(path=PATH, metadata={"reconst": {"version": 1, "id": NOTEBOOK, "origin": None}}))
    assert (await history(fakes.ports, BEN, AskHistory(path=PATH))).events == ()
    with pytest.raises(NotebookUnknown):
        await history(fakes.ports, BEN, AskHistory(path="other.ipynb"))


async def test_a_forgotten_turn_is_gone_from_the_journal_the_cache_and_the_conversation() -> None:
    fakes = reconst("a private reply")
    await opened(fakes)
    turn = await asked(fakes, "a private prompt")
    assert (await forget(fakes.ports, ANA, Forget(turn=turn))).lines == 1
    everything = str(fakes.journal.lines) + str(fakes.journal.replies)
    assert "a private" not in everything
    assert (await conversation(fakes.ports, ANA, turn)).sent == ()
    await asked(fakes, "a private prompt")
    assert len(fakes.model.calls) == 2
    (line,) = await fakes.journal.events("ana", kind="forget")
    assert line.subject == turn and line.body == {"lines": 1}


async def test_what_has_expired_is_not_claimed_back_and_breaks_no_conversation() -> None:
    fakes = reconst(lambda messages, _: f"reply to {messages[-1].content}")
    await opened(fakes)
    first = await asked(fakes, "first")
    fakes.clock.pass_(86_400 * 10)
    second = await asked(fakes, "second", after=first)
    fakes.clock.pass_(86_400 * 25)
    await retain(fakes.ports, ANA, Retain(days=30))
    assert await turn(fakes.ports, ANA, first) is None
    told = Sync(
        path=PATH, metadata={"reconst": {"version": 1, "id": NOTEBOOK}}, cells=(CellState(cell="one", turn=first),)
    )
    assert (await sync(fakes.ports, ANA, told)).unknown == ()
    said = [m.content for m in (await conversation(fakes.ports, ANA, second)).sent]
    assert said == ["first", "reply to first", "second", "reply to second"], "as it was sent with a younger turn"
    await asked(fakes, "third", after=first)
    assert [m.content for m in fakes.model.calls[-1][0]] == ["third"]


async def test_nobody_forgets_for_another() -> None:
    fakes = reconst("Yes.")
    await opened(fakes)
    turn = await asked(fakes, "?")
    for person, id in ((BEN, turn), (ANA, an_id(999))):
        with pytest.raises(NotFound):
            await forget(fakes.ports, person, Forget(turn=id))
    assert (await fakes.journal.get("ana", turn)).body["reply"] == "Yes."  # type: ignore[union-attr]


async def test_a_later_turn_keeps_its_own_words_after_an_earlier_one_was_forgotten() -> None:
    """The store erases the messages that repeat a forgotten turn; what is left goes on as conversation."""
    fakes = reconst(lambda messages, _: f"reply to {messages[-1].content}")
    await opened(fakes)
    first = await asked(fakes, "first")
    second = await asked(fakes, "second", after=first)
    await forget(fakes.ports, ANA, Forget(turn=first))
    cut = [
        e.model_copy(update={"body": {**e.body, "messages": []}}) if e.id == second else e for e in fakes.journal.lines
    ]
    fakes.journal.lines = cut
    said = (await conversation(fakes.ports, ANA, second)).sent
    assert [m.content for m in said] == ["second", "reply to second"]
