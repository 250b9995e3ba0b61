"""Prompts that the model writes: witnesses of a clash, minimal pairs, and the next ones at the edge of WHEN."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.call import call_key
from jupyter_reconst.acts.harder import BATCH, harder
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.acts.probe import Wish, probes
from jupyter_reconst.acts.trial import fires
from jupyter_reconst.core.constitution import Article, Constitution, Draft
from jupyter_reconst.core.errors import ModelBusy
from jupyter_reconst.core.impact import Probe
from jupyter_reconst.core.notebook import Head, Reading
from jupyter_reconst.core.ports import Document, ModelInfo
from jupyter_reconst.core.requests import StartPreview, Watch
from jupyter_reconst.core.turns import Reply
from jupyter_reconst.prompts.compose import JUDGING, scope_question
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import NOTEBOOK, PATH, PROMPT, adding, article, keep, opened, said, task, turn

DRAFT = Draft(title="Sources", when="the reply names who first did something", then="say that a source is needed")
BRIEF = article(1, "a date is asked for", "answer with the year alone", title="Only the year")
PLAIN = article(2, "code is written", "write Python", title="Python")
WITNESS = "In which year was the off-switch game first described, and by whom?"
TWIN = "Who last described the off-switch game?"


def writes(messages: Any, parameters: Any) -> str:
    """Clashes with the article about years; one twin that is one, and one that is another question."""
    kind, asked = task(messages), messages[-1].content
    if kind == "clash":
        clash = "the year alone" in asked
        return said(clash=clash, why="No source fits.", prompt=WITNESS) if clash else said(clash=False)
    if kind == "twins":
        return said(twins=[TWIN, "Plot a sine curve in red.", PROMPT])
    if kind == "fires":
        return said(fires=True)
    return "Hm."


def wish(*others: Article, **fields: Any) -> Wish:
    given = {"sources": (turn(),), "generate": 2, **fields}
    return Wish(notebook=NOTEBOOK, draft=DRAFT, aim=given.pop("aim", Aim()), others=others, **given)


async def chosen(fakes: Fakes, wanted: Wish) -> dict[str, list[Probe]]:
    found: dict[str, list[Probe]] = {}
    for probe in await probes(fakes.ports, ANA, fakes.model, wanted):
        found.setdefault(probe.bin, []).append(probe)
    return found


async def test_a_witness_is_written_for_each_article_that_clashes_and_says_with_which() -> None:
    fakes = reconst(writes)
    drawn = await probes(fakes.ports, ANA, fakes.model, wish(BRIEF, PLAIN))
    (found,) = [probe for probe in drawn if probe.bin == "conflict"]
    assert found.prompt == WITNESS and found.generator == "scripted" and "“Only the year”" in found.chosen
    assert [probe.bin for probe in drawn[:4]] == ["source", "conflict", "near", "out"]
    before = len(fakes.model.calls)
    await probes(fakes.ports, ANA, fakes.model, wish(PLAIN, BRIEF))
    assert len(fakes.model.calls) == before


async def test_at_most_four_witnesses_are_tried_of_always_and_scoped_articles_alike() -> None:
    others = [article(n, "a date is asked for", f"the year alone {n}", always=n % 2 == 0) for n in range(1, 8)]
    prompts = iter(f"Witness {n}?" for n in range(20))

    def clash(messages: Any, parameters: Any) -> str:
        return said(clash=True, why="x", prompt=next(prompts)) if task(messages) == "clash" else writes(messages, None)

    fakes = reconst(clash)
    assert len((await chosen(fakes, wish(*others)))["conflict"]) == 4


async def test_past_turns_where_both_fire_by_what_is_recorded_come_first_and_cost_nothing() -> None:
    fakes = reconst(writes)
    past = turn(11, "Who first described the off-switch game, and in which year?", "Somebody (2016).")
    await keep(fakes, past)
    scoped = BRIEF.model_copy(update={"always": False})
    key = call_key(fakes.model, scope_question(scoped.when, past.prompt), JUDGING)
    await fakes.journal.remember(key, Reply(text='{"fits": true}', finish_reason="stop"))
    found = await chosen(fakes, wish(scoped))
    (met,) = found["conflict"]
    assert met.turn == past.id and "“Only the year”" in met.chosen and "in" not in found
    assert "clash" not in [task(messages) for messages, _ in fakes.model.calls]


async def test_what_a_preview_found_of_an_always_article_is_such_a_record() -> None:
    fakes = reconst(writes)
    past = turn(11, "Who first described the off-switch game, and in which year?", "Somebody (2016).")
    await keep(fakes, past)
    await fires(fakes.ports, fakes.model, BRIEF.when, prompt=past.prompt, reply=past.reply)
    (met,) = (await chosen(fakes, wish(BRIEF)))["conflict"]
    assert met.turn == past.id


async def test_a_twin_flips_only_the_trigger_of_a_question() -> None:
    fakes = reconst(writes)
    (near,) = (await chosen(fakes, wish()))["near"]
    assert near.prompt == TWIN and near.chosen.endswith("the same question without what WHEN asks for")


async def test_where_when_means_every_reply_no_question_has_a_twin() -> None:
    fakes = reconst(writes)
    assert "near" not in await chosen(fakes, wish(aim=Aim(everywhere=True)))


@pytest.mark.parametrize("told", [{"embedded": True}, {"recording": True}])
async def test_small_and_recorded_models_write_none(told: dict[str, bool]) -> None:
    fakes = reconst(writes)
    fakes.model.info = ModelInfo(profile="test", model="small", **told)
    assert set(await chosen(fakes, wish(BRIEF))) == {"source", "out"}
    assert await harder(fakes.ports, fakes.model, wish(), ()) == ()
    assert fakes.model.calls == []


@pytest.mark.parametrize("answer", ["Sorry?", '{"clash": true}', '{"clash": "yes", "twins": 3}', "{", ModelBusy("no")])
async def test_a_model_that_answers_garbage_leaves_its_bins_empty(answer: Any) -> None:
    fakes = reconst(lambda messages, parameters: answer)
    assert set(await chosen(fakes, wish(BRIEF))) == {"source", "out"}
    assert await harder(fakes.ports, fakes.model, wish(), ()) == ()


async def test_a_preview_tries_a_wording_where_it_meets_an_article_in_force_and_no_unaccepted_one() -> None:
    fakes = reconst(writes)
    await opened(fakes, BRIEF)
    secret = article(9, "anything", "the year alone SECRET")
    law = Reading(head=Head(id=NOTEBOOK), revisions=(BRIEF, secret))
    await fakes.documents.tell(ANA.owner, Document(path=PATH, notebook=NOTEBOOK, reading=law))
    await fakes.trust.stand("ana", NOTEBOOK, Constitution(articles=(BRIEF,)).digest)
    request = StartPreview(id=an_id(70), path=PATH, amendment=adding(DRAFT.when, DRAFT.then))
    assert [event async for event in preview(fakes.ports, ANA, request, asyncio.Event())]
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert [row.probe.prompt for row in state.rows if row.probe.bin == "conflict"] == [WITNESS]
    assert "SECRET" not in fakes.model.sent


class Edges:
    """A model that writes batches in turn, and then repeats the last one."""

    def __init__(self, *batches: tuple[list[str], list[str]]) -> None:
        self.batches = list(batches)
        self.calls = 0

    def __call__(self, messages: Any, parameters: Any) -> str:
        inside, outside = self.batches[min(self.calls, len(self.batches) - 1)]
        self.calls += 1
        return said(inside=inside, outside=outside)


async def test_harder_gives_new_prompts_on_both_sides_of_the_edge() -> None:
    edges = Edges(([f"In {n}?" for n in range(6)], [f"Out {n}?" for n in range(6)]))
    fakes = reconst(edges)
    found = await harder(fakes.ports, fakes.model, wish(), ("in  0?",))
    assert [(p.bin, p.prompt) for p in found][:2] == [("in", "In 1?"), ("in", "In 2?")]
    assert [p.bin for p in found] == ["in"] * 4 + ["near"] * 4 and len(found) == BATCH
    assert all(p.generator == "scripted" and "only just" in p.chosen for p in found)
    assert DRAFT.when in fakes.model.sent and "- in 0?" in fakes.model.sent
    assert await harder(fakes.ports, fakes.model, wish(), ("in  0?",)) and edges.calls == 1


async def test_harder_asks_once_more_and_then_says_that_there_are_no_new_ones() -> None:
    late = Edges((["Known?"], []), (["New?"], []))
    fakes = reconst(late)
    assert [p.prompt for p in await harder(fakes.ports, fakes.model, wish(), ("Known?",))] == ["New?"]
    spent = Edges((["Known?"], ["known?"]))
    fakes = reconst(spent)
    assert await harder(fakes.ports, fakes.model, wish(), ("Known?",)) == () and spent.calls == 2
