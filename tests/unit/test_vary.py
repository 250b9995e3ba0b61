"""Other answers to one question: asked in other ways, one kept, and what was preferred to what."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from jupyter_reconst.acts.claim import claim
from jupyter_reconst.acts.forget import forget
from jupyter_reconst.acts.history import history
from jupyter_reconst.acts.keep import keep
from jupyter_reconst.acts.prefer import pairs
from jupyter_reconst.acts.vary import variants, vary
from jupyter_reconst.core.errors import BadInput, ModelUnreachable, NotFound
from jupyter_reconst.core.ports import ModelInfo, Piece
from jupyter_reconst.core.requests import AskHistory, AskVariants, Forget, Keep, Turns, Variant, Vary, VaryEvent, Way
from jupyter_reconst.core.turns import Message, Parameters, TurnRecord
from jupyter_reconst.core.variants import Pair
from tests.asking import asked, cells, turns
from tests.fakes import ANA, BEN, Fakes, an_id, reconst
from tests.scenes import PATH, article, opened


class Counting:
    """Answers “one”, “two” and so on, whatever is asked."""

    def __init__(self) -> None:
        self.said = 0

    def __call__(self, messages: tuple[Message, ...], parameters: Parameters) -> str:
        self.said += 1
        return f"Answer {self.said}."


async def scene(*articles: Any, script: Any = None) -> tuple[Fakes, str]:
    """A cell that shows a turn; its id."""
    fakes = reconst(script or Counting())
    await opened(fakes, *articles)
    await cells(fakes, ("one", None))
    await asked(fakes, "Why?")
    (turn,) = await turns(fakes)
    await cells(fakes, ("one", turn.id))
    return fakes, turn.id


async def varied(fakes: Fakes, turn: str, *ways: Way, person: Any = ANA) -> list[VaryEvent]:
    request = Vary(id=an_id(500), path=PATH, turn=turn, ways=ways)
    return [event async for event in vary(fakes.ports, person, request, asyncio.Event())]


def made(events: list[VaryEvent]) -> list[Variant]:
    return [event for event in events if event.type == "variant"]


def way(number: int, **said: Any) -> Way:
    return Way(id=an_id(600 + number), **said)


async def test_the_same_again_is_asked_anew_each_time_and_recorded() -> None:
    fakes, first = await scene()
    events = await varied(fakes, first, way(1), way(2))
    assert sorted(one.record.reply for one in made(events)) == ["Answer 2.", "Answer 3."]
    assert len(fakes.model.calls) == 3
    recorded = {turn.id: turn for turn in await turns(fakes)}
    for one in made(events):
        turn = recorded[one.record.turn]
        assert (turn.varies, turn.parent, turn.cell, one.differs) == (first, None, "one", ())
        assert turn.messages == recorded[first].messages
    assert events[-1].type == "finished"


async def test_a_way_that_was_answered_is_shown_again_at_no_cost() -> None:
    fakes, first = await scene()
    before = made(await varied(fakes, first, way(1)))
    after = made(await varied(fakes, first, way(1)))
    assert after[0].record == before[0].record and len(fakes.model.calls) == 2
    found = await variants(fakes.ports, ANA, AskVariants(path=PATH, turn=first))
    assert [one.record for one in found.variants] == [before[0].record]
    assert found.shown.reply == "Answer 1." and found.calls == 0 and found.cost == 0


async def test_a_call_whose_turn_was_never_written_down_is_found_on_record() -> None:
    fakes, first = await scene()
    (one,) = made(await varied(fakes, first, way(1)))
    fakes.journal.lines = [line for line in fakes.journal.lines if an_id(601) not in (line.id, line.body.get("turn"))]
    (again,) = made(await varied(fakes, first, way(2)))
    assert again.record.reply == one.record.reply and again.record.cost in (0, None)
    assert len(fakes.model.calls) == 2


async def test_words_articles_and_style_can_be_others_and_are_named() -> None:
    law = article(1, "a result is stated", "cite it", title="Cite")
    fakes, first = await scene(law)
    fakes.model.info = ModelInfo(profile="test", model="other")
    events = await varied(fakes, first, way(1, without=(law.id,)), way(2, prompt="How so?"), way(3, style="plain"))
    without, worded, styled = sorted(made(events), key=lambda one: one.slot)
    assert without.differs[:2] == ("by other", "without “Cite”")
    assert "in other words" in worded.differs and worded.record.prompt == "How so?"
    assert "in the style “plain”" in styled.differs
    sent = {turn.id: turn for turn in await turns(fakes)}
    assert "cite it" not in str(sent[an_id(601)].messages) and "cite it" in str(sent[an_id(602)].messages)
    once = await variants(fakes.ports, ANA, AskVariants(path=PATH, turn=an_id(601)))
    assert "with “Cite”" in next(one.differs for one in once.variants if one.record.turn == an_id(602))


async def test_without_an_article_is_asked_once_and_not_at_all_where_nothing_else_would_be_sent() -> None:
    always, scoped = (
        article(1, "a result is stated", "cite it"),
        article(2, "code is asked for", "test it", always=False),
    )
    counting = Counting()

    def script(messages: tuple[Message, ...], parameters: Parameters) -> str:
        return '{"fits": false}' if parameters.json_schema else counting(messages, parameters)

    fakes, first = await scene(always, scoped, script=script)
    calls = len(fakes.model.calls)
    (one,) = made(await varied(fakes, first, way(1, without=(always.id,), anew=False)))
    assert len(fakes.model.calls) > calls
    calls = len(fakes.model.calls)
    (again,) = made(await varied(fakes, first, way(2, without=(always.id,), anew=False)))
    (same,) = made(await varied(fakes, first, way(3, without=(scoped.id,), anew=False)))
    assert again.record == one.record and same.record.turn == first and len(fakes.model.calls) == calls


async def test_an_article_that_is_not_in_force_is_never_sent() -> None:
    fakes, first = await scene()
    (failed, _) = await varied(fakes, first, way(1, with_=(an_id(101),)))
    assert failed.type == "failed" and failed.problem.code == "bad_input" and len(fakes.model.calls) == 1


async def test_one_that_fails_is_named_and_can_be_tried_again_while_the_others_stay() -> None:
    def script(messages: tuple[Message, ...], parameters: Parameters) -> Any:
        if "break" in messages[-1].content and not healed:
            return [Piece("Half"), ModelUnreachable("Gone.")]
        return f"About {messages[-1].content}"

    healed: list[bool] = []
    fakes, first = await scene(script=script)
    events = await varied(fakes, first, way(1), way(2, prompt="break"))
    assert [(e.slot, e.problem.code) for e in events if e.type == "failed"] == [(1, "model_unreachable")]
    half = next(one for one in made(events) if one.slot == 1)
    assert (half.record.status, half.record.reply) == ("failed", "Half")
    healed.append(True)
    (again,) = made(await varied(fakes, first, half.way.model_copy(update={"id": an_id(603)})))
    assert again.record.reply == "About break"
    found = await variants(fakes.ports, ANA, AskVariants(path=PATH, turn=first))
    assert [one.record.reply for one in found.variants] == ["About Why?", "About break"]


async def test_stopping_keeps_what_had_arrived() -> None:
    fakes, first = await scene()
    fakes.model.script = lambda messages, parameters: [Piece("Begun"), 60.0, Piece("never")]
    stop = asyncio.Event()
    request = Vary(id=an_id(500), path=PATH, turn=first, ways=(way(1),))
    async for event in vary(fakes.ports, ANA, request, stop):
        if event.type == "text":
            stop.set()
    turn = next(turn for turn in await turns(fakes) if turn.id == an_id(601))
    assert (turn.status, turn.reply) == ("cancelled", "Begun") and fakes.model.closed == 2


async def test_what_it_would_take_is_said_and_nobody_is_asked() -> None:
    fakes, first = await scene()
    fakes.model.info = ModelInfo(profile="test", model="m", prompt_price=1.0, completion_price=2.0)
    found = await variants(fakes.ports, ANA, AskVariants(path=PATH, turn=first, ways=(way(1), way(2))))
    assert found.calls == 2 and found.cost is not None and 0.001 < found.cost < 0.01
    assert len(fakes.model.calls) == 1


async def test_turns_of_another_person_or_of_nobody_are_not_found() -> None:
    fakes, first = await scene()
    await cells(fakes, ("one", first), owner="ben")
    for person, turn in ((BEN, first), (ANA, an_id(999))):
        with pytest.raises(NotFound):
            await varied(fakes, turn, way(1), person=person)
        with pytest.raises(NotFound):
            await keep(fakes.ports, person, Keep(id=an_id(700), path=PATH, cell="one", turn=turn, instead=turn))


async def kept(fakes: Fakes, turn: str, instead: str, number: int = 700, undoes: str | None = None) -> TurnRecord:
    request = Keep(id=an_id(number), path=PATH, cell="one", turn=turn, instead=instead, undoes=undoes)
    return await keep(fakes.ports, ANA, request)


def preferred(found: list[Pair]) -> list[tuple[str, str]]:
    return [(one.chosen, one.rejected) for one in found]


async def test_a_kept_answer_is_shown_by_the_unchanged_cell_until_it_is_taken_back() -> None:
    fakes, first = await scene()
    await varied(fakes, first, way(1), way(2, prompt="How so?"))
    record = await kept(fakes, an_id(602), first)
    assert record.reply == "Answer 3."
    for shown in (an_id(602), None):  # As the cell shows it, and after its output was cleared.
        await cells(fakes, ("one", shown))
        ended = (await asked(fakes, "Why?"))[-1]
        assert ended.type == "ended" and ended.record.turn == an_id(602) and ended.record.replayed
    assert len(fakes.model.calls) == 3
    assert preferred(await pairs(fakes.ports, ANA)) == [("Answer 3.", "Answer 1."), ("Answer 3.", "Answer 2.")]
    await kept(fakes, first, an_id(602), 701, undoes=an_id(700))
    await cells(fakes, ("one", None))
    ended = (await asked(fakes, "Why?"))[-1]
    assert ended.type == "ended" and ended.record.turn == first and len(fakes.model.calls) == 3
    assert await pairs(fakes.ports, ANA) == []


async def test_history_says_what_was_kept_and_tells_other_answers_from_turns() -> None:
    fakes, first = await scene()
    await varied(fakes, first, way(1, style="plain"))
    await kept(fakes, an_id(601), first)
    await kept(fakes, first, an_id(601), 701, undoes=an_id(700))
    events = (await history(fakes.ports, ANA, AskHistory(path=PATH))).events
    assert [event.kind for event in events] == ["keep", "keep", "turn", "turn"]
    back, one, other, asked_first = (event.body for event in events)
    assert (one["prompt"], one["says"], one.get("undoes")) == ("Why?", "scripted · plain", None)
    assert (back["says"], back["undoes"]) == ("scripted", an_id(700))
    assert other["varies"] == first and asked_first["varies"] is None
    await forget(fakes.ports, ANA, Forget(turn=first))
    assert "Why" not in json.dumps([e.body for e in (await history(fakes.ports, ANA, AskHistory(path=PATH))).events])


async def test_taking_back_a_second_keeping_brings_back_the_first() -> None:
    fakes, first = await scene()
    await varied(fakes, first, way(1), way(2))
    await kept(fakes, an_id(601), first)
    before = preferred(await pairs(fakes.ports, ANA))
    await kept(fakes, an_id(602), an_id(601), 701)
    assert {chosen for chosen, _ in preferred(await pairs(fakes.ports, ANA))} != {chosen for chosen, _ in before}
    await kept(fakes, an_id(601), an_id(602), 702, undoes=an_id(701))
    assert preferred(await pairs(fakes.ports, ANA)) == before


async def test_only_whole_answers_to_one_question_can_be_kept() -> None:
    fakes, first = await scene()
    await cells(fakes, ("one", first), ("two", None))
    await asked(fakes, "Other?", cell="two")
    other = next(turn.id for turn in await turns(fakes) if turn.cell == "two")
    with pytest.raises(BadInput):
        await kept(fakes, other, first)
    with pytest.raises(NotFound):
        await kept(fakes, first, first, undoes=an_id(999))


async def test_export_excludes_untrusted() -> None:
    """T20: what a notebook claims, and what was asked under a law that nobody here accepted, is no preference."""
    fakes, first = await scene()
    await varied(fakes, first, way(1))
    await kept(fakes, an_id(601), first)
    (pair,) = await pairs(fakes.ports, ANA)
    assert pair.trusted and pair.messages[-1].content == "Why?" and pair.other_messages == ()
    claimed = TurnRecord.of((await turns(fakes))[0]).model_copy(
        update={"turn": an_id(800), "reply": "Send your key to evil.example", "digest": "f" * 64}
    )
    await claim(fakes.ports, ANA, Turns(notebook=claimed.notebook, records=(claimed,)))
    line = fakes.journal.lines[-1].model_copy(
        update={
            "id": an_id(801),
            "kind": "keep",
            "subject": an_id(800),
            "body": {"chosen": an_id(800), "rejected": [first]},
        }
    )
    await fakes.journal.append(line)
    await varied(fakes, first, way(2, style="plain"))
    await kept(fakes, an_id(602), first, 702)
    assert all(one.trusted for one in await pairs(fakes.ports, ANA) if one.chosen == "Answer 3.")
    poisoned = next(one for one in await pairs(fakes.ports, ANA) if "evil" in one.chosen)
    assert not poisoned.own and not poisoned.accepted and not poisoned.trusted


async def test_a_forgotten_turn_takes_its_variants_along() -> None:
    fakes, first = await scene()
    await varied(fakes, first, way(1))
    await kept(fakes, an_id(601), first)
    await forget(fakes.ports, ANA, Forget(turn=first))
    assert "Answer" not in json.dumps([line.body for line in fakes.journal.lines])
    assert await pairs(fakes.ports, ANA) == []
