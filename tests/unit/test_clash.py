"""Clashes and dead weight: found pair by pair, shown with what was really answered, and never paid for twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_reconst.acts.call import call_key
from jupyter_reconst.acts.clash import carried_clashes, clashes, weighed
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.search import PAIRS, paired
from jupyter_reconst.acts.spending import Spending
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.constitution import Article, Constitution, Draft
from jupyter_reconst.core.errors import ModelRefused, NotAccepted, NotebookUnknown, Stale
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.notebook import Head, Reading
from jupyter_reconst.core.ports import Document, ModelInfo
from jupyter_reconst.core.requests import Clash, Clashes, ClashEvent, DeadWeight, Failed, Searched, Weighed
from jupyter_reconst.core.turns import Reply
from jupyter_reconst.prompts.compose import JUDGING, scope_question
from tests.fakes import ANA, Fakes, ScriptedModel, an_id, reconst
from tests.scenes import NOTEBOOK, PATH, article, case, data, governed, keep, opened, said, task, turn

BRIEF = article(1, "a date is asked for", "answer with the year alone", title="Only the year")
SOURCED = article(2, "a date is asked for", "answer with a source in full", title="Sources")
PYTHON = article(3, "code is written", "write Python", title="Python")
WITNESS = "When was the off-switch game described?"


def judge(messages: Any, parameters: Any) -> str:
    """The articles on dates clash; under both, the model answers with the year alone."""
    kind, asked = task(messages), messages[-1].content
    if kind == "clash":
        both = "the year alone" in asked and "a source in full" in asked
        return said(clash=both, why="A source is more than a year." if both else "", prompt=WITNESS if both else "")
    if kind == "norms":
        return said(situations=[], actions=[], apart=[], rules=[])
    if kind == "followed":
        return said(followed="year alone" in data(messages, "rule"))
    if asked == WITNESS:
        return "2016" if governed(messages) else "In 2016, I think."
    return "The same."


async def stage(*articles: Article, script: Any = judge, **fields: Any) -> Fakes:
    fakes = reconst(script)
    await opened(fakes, *articles, **fields)
    return fakes


async def searched(fakes: Fakes, stop: asyncio.Event | None = None, **fields: Any) -> list[ClashEvent]:
    request = Clashes(id=fields.pop("id", an_id(60)), path=PATH, **fields)
    budget = 2_000
    return [e async for e in clashes(fakes.ports, ANA, request, stop or asyncio.Event(), budget=budget)]


def only(events: list[ClashEvent], kind: Any) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def adding(then: str = "answer with a source in full") -> Amendment:
    draft = Draft(title="Sources", when="a date is asked for", then=then)
    return Amendment(id=an_id(30), action="add", draft=draft, source=Source(by="person"))


async def test_a_clash_is_shown_with_what_was_answered_and_each_article_judged_by_itself() -> None:
    fakes = await stage(BRIEF, SOURCED, PYTHON)
    events = await searched(fakes)
    (found,) = only(events, Clash)
    assert (found.prompt, found.reply, found.why) == (WITNESS, "2016", "A source is more than a year.")
    assert [(side.title, side.followed) for side in found.sides] == [("Only the year", True), ("Sources", False)]
    judged = [data(messages, "rule") for messages, _ in fakes.model.calls if task(messages) == "followed"]
    assert sorted("source" in rule for rule in judged) == [False, True]
    end = events[-1]
    assert isinstance(end, Searched) and end.status == "done"
    assert (end.pairs, end.done, end.unread, end.calls) == (3, 3, 0, 6)


async def test_the_same_search_twice_makes_no_call_and_an_edit_asks_about_its_own_pairs() -> None:
    fakes = await stage(BRIEF, SOURCED, PYTHON)
    await searched(fakes)
    before = len(fakes.model.calls)
    again = await searched(fakes, id=an_id(61))
    assert len(fakes.model.calls) == before and len(only(again, Clash)) == 1
    assert only(again, Searched)[0].expected == 0 and again[-1].calls == 0  # type: ignore[union-attr]
    edited = PYTHON.model_copy(update={"then": "write Julia"})
    await opened(fakes, BRIEF, SOURCED, edited)
    estimate = only(await searched(fakes, id=an_id(62), estimate=True), Searched)
    assert [state.expected for state in estimate] == [2 + 3]  # Its pairs, and the known clash under a changed law.


async def test_an_estimate_asks_nobody() -> None:
    fakes = await stage(BRIEF, SOURCED, PYTHON)
    events = await searched(fakes, estimate=True)
    assert [type(event) for event in events] == [Weighed, Searched]
    assert only(events, Searched)[0].status == "estimated" and only(events, Searched)[0].expected == 3
    assert fakes.model.calls == [] and fakes.journal.lines == []


async def test_an_estimate_shows_what_was_found_before_and_what_is_left() -> None:
    fakes = await stage(BRIEF, SOURCED, PYTHON)
    found = only(await searched(fakes), Clash)
    calls, lines = len(fakes.model.calls), len(fakes.journal.lines)
    again = await searched(fakes, id=an_id(61), estimate=True)
    end = again[-1]
    assert isinstance(end, Searched) and only(again, Clash) == found
    assert (end.status, end.expected, end.done, end.calls) == ("done", 0, 3, 0)
    assert (len(fakes.model.calls), len(fakes.journal.lines)) == (calls, lines)
    await opened(fakes, BRIEF, SOURCED)
    fakes.journal.replies = {key: said for key, said in fakes.journal.replies.items() if "followed" not in said.text}
    await searched(fakes, id=an_id(62), amendment=adding("write Julia"), estimate=True)
    partly = await searched(fakes, id=an_id(63), estimate=True)
    assert only(partly, Clash) == [] and partly[-1].status == "estimated"  # type: ignore[union-attr]
    assert len(fakes.model.calls) == calls


async def test_an_estimate_counts_the_judgements_that_are_left() -> None:
    fakes = await stage(BRIEF, SOURCED)
    await searched(fakes)
    fakes.journal.replies = {key: said for key, said in fakes.journal.replies.items() if "followed" not in said.text}
    end = (await searched(fakes, id=an_id(61), estimate=True))[-1]
    assert isinstance(end, Searched) and (end.status, end.expected) == ("estimated", 2)


async def test_an_estimate_shows_dead_weight_that_is_on_record() -> None:
    fakes = await kept_of(4)
    await searched(fakes)
    before = len(fakes.model.calls)
    events = await searched(fakes, id=an_id(61), estimate=True)
    assert only(events, DeadWeight) and events[-1].status == "done"  # type: ignore[union-attr]
    assert len(fakes.model.calls) == before


async def test_what_a_notebook_carries_is_looked_at_only_once_it_is_accepted() -> None:
    fakes = reconst(judge)
    reading = Reading(head=Head(id=NOTEBOOK), revisions=(BRIEF, SOURCED))
    await fakes.documents.tell(ANA.owner, Document(path=PATH, notebook=NOTEBOOK, reading=reading))
    law = Constitution(articles=(BRIEF, SOURCED)).digest

    async def looked(accept: str, budget: Budget | None = None) -> list[ClashEvent]:
        model = Metered(fakes.model, budget)
        events = carried_clashes(
            fakes.ports,
            ANA,
            PATH,
            model,
            asyncio.Event(),
            accept=frozenset({accept}),
            budget=2_000,
            estimate=False,
        )
        return [event async for event in events]

    with pytest.raises(NotAccepted, match="2 articles"):
        await looked("0" * 64)
    assert fakes.model.calls == [] and fakes.journal.lines == []
    cut = (await looked(law, Budget(calls=2)))[-1]
    assert isinstance(cut, Searched) and (cut.status, cut.done, cut.calls) == ("stopped", 0, 2)
    events = await looked(law)
    assert len(only(events, Clash)) == 1 and events[-1].calls == 2  # type: ignore[union-attr]
    assert (await Spending().today(fakes.ports, ANA))[1] == 4
    assert await fakes.trust.standing("ana", NOTEBOOK) is None


async def test_before_ratifying_only_the_pairs_of_the_amended_article_are_compared() -> None:
    fakes = await stage(BRIEF, PYTHON)
    events = await searched(fakes, amendment=adding())
    (found,) = only(events, Clash)
    assert {side.title for side in found.sides} == {"Only the year", "Sources"}
    assert only(events, Searched)[0].pairs == 2
    assert "a source in full" in next(m for m, _ in fakes.model.calls if m[-1].content == WITNESS)[0].content


async def test_a_repeal_clashes_with_nothing_and_a_stale_one_is_refused() -> None:
    fakes = await stage(BRIEF, SOURCED)
    repeal = Amendment(id=an_id(30), action="repeal", article=BRIEF.id, base=BRIEF.revision)
    assert only(await searched(fakes, amendment=repeal), Searched)[-1].pairs == 0
    with pytest.raises(Stale):
        await searched(fakes, amendment=repeal.model_copy(update={"base": an_id(999)}))
    assert fakes.model.calls == []


async def test_articles_that_do_not_both_apply_to_the_witness_are_no_finding() -> None:
    scoped = BRIEF.model_copy(update={"always": False})
    fakes = await stage(scoped, SOURCED)
    key = call_key(fakes.model, scope_question(scoped.when, WITNESS), JUDGING)
    await fakes.journal.remember(key, Reply(text='{"fits": false}', finish_reason="stop"))
    events = await searched(fakes)
    assert only(events, Clash) == [] and events[-1].status == "done"  # type: ignore[union-attr]


async def test_nothing_of_an_unaccepted_constitution_is_sent() -> None:
    fakes = await stage(BRIEF, SOURCED)
    secret = article(9, "a date is asked for", "SECRET")
    await fakes.trust.stand("ana", NOTEBOOK, Constitution(articles=(BRIEF, SOURCED)).digest)
    reading = Reading(head=Head(id=NOTEBOOK), revisions=(BRIEF, SOURCED, secret))
    await fakes.documents.tell(ANA.owner, Document(path=PATH, notebook=NOTEBOOK, reading=reading))
    assert len(only(await searched(fakes), Clash)) == 1
    assert "SECRET" not in fakes.model.sent


@pytest.mark.parametrize("answer", ["What?", '{"clash": "yes"}', '{"clash": true, "prompt": ""}', '{"clash": tr'])
async def test_answers_that_cannot_be_read_are_counted_and_end_nothing(answer: str) -> None:
    fakes = await stage(BRIEF, SOURCED, PYTHON, script=answer)
    end = (await searched(fakes))[-1]
    assert isinstance(end, Searched) and (end.status, end.unread, end.done) == ("done", 3, 3)


async def test_a_judge_that_answers_garbage_says_nothing_of_the_article() -> None:
    fakes = await stage(BRIEF, SOURCED, script=lambda m, p: "Perhaps." if task(m) == "followed" else judge(m, p))
    (found,) = only(await searched(fakes), Clash)
    assert [side.followed for side in found.sides] == [None, None]


async def test_the_first_failure_of_the_endpoint_ends_the_search_by_its_name() -> None:
    fakes = await stage(BRIEF, SOURCED, PYTHON, script=ModelRefused("The key was refused."))
    events = await searched(fakes)
    assert [event.problem.code for event in only(events, Failed)] == ["model_refused"]
    assert events[-1].status == "failed"  # type: ignore[union-attr]


async def test_stop_ends_it_where_it_is() -> None:
    async def slow(messages: Any, parameters: Any) -> str:
        stop.set()
        await asyncio.sleep(60)
        return "never"

    stop = asyncio.Event()
    fakes = await stage(BRIEF, SOURCED, script=slow)
    end = (await searched(fakes, stop))[-1]
    assert isinstance(end, Searched) and end.status == "stopped" and end.done == 0


async def test_a_recorded_sample_says_that_it_is_one_and_a_small_model_that_it_is_small() -> None:
    fakes = await stage(BRIEF, SOURCED, sample="tour")
    info = ModelInfo(profile="sample", model="tour", recording=True)
    fakes.models.samples["tour"] = ScriptedModel(judge, info)
    events = await searched(fakes)
    assert isinstance(events[0], Weighed) and events[-1].problem.code == "recording_only"  # type: ignore[union-attr]
    fakes = await stage(BRIEF, SOURCED)
    fakes.model.info = ModelInfo(profile="embedded", model="small", embedded=True)
    assert [event.problem.code for event in only(await searched(fakes), Failed)] == ["no_model"]
    fakes.models.default = None
    assert [event.problem.code for event in only(await searched(fakes), Failed)] == ["no_model"]


async def test_a_notebook_that_is_not_open_is_an_error() -> None:
    with pytest.raises(NotebookUnknown):
        await searched(reconst(judge))


def test_the_nearest_pairs_come_first_and_are_thirty_at_most() -> None:
    many = [article(n, f"subject {n} of letters", f"number {n}") for n in range(4, 14)]
    pairs = paired(Constitution(articles=(PYTHON, *many, BRIEF, SOURCED)), None)
    assert len(pairs) == PAIRS
    dates = paired(Constitution(articles=(PYTHON, BRIEF, SOURCED)), None)
    assert {a.title for a in dates[0]} == {"Only the year", "Sources"}


def test_articles_beyond_the_token_budget_are_those_that_come_late() -> None:
    law = Constitution(articles=(BRIEF, SOURCED, PYTHON))
    found = weighed(law, weighed(law, 0).articles[0].tokens + 5)
    assert [weight.beyond for weight in found.articles] == [False, True, True]
    assert found.tokens > sum(weight.tokens for weight in found.articles)
    assert not any(weight.beyond for weight in weighed(law, 2_000).articles)


async def kept_of(number: int, script: Any = judge) -> Fakes:
    """The first article with so many kept cases."""
    cases = tuple(case(n, f"Question {n}?", "intended", "x", "y") for n in range(number))
    return await stage(BRIEF, script=script, cases=cases)


async def test_an_article_without_which_nothing_changes_is_dead_weight_with_the_bound() -> None:
    fakes = await kept_of(4)
    events = await searched(fakes)
    (found,) = only(events, DeadWeight)
    assert (found.title, found.tried) == ("Only the year", 4) and 0.5 < found.high < 1
    assert only(events, Searched)[0].expected == 8
    before = len(fakes.model.calls)
    again = await searched(fakes, id=an_id(61))
    assert only(again, DeadWeight) and len(fakes.model.calls) == before


async def test_fewer_than_three_prompts_show_nothing() -> None:
    fakes = await kept_of(2)
    events = await searched(fakes)
    assert only(events, DeadWeight) == [] and events[-1].articles == 0  # type: ignore[union-attr]
    assert fakes.model.calls == []


async def test_the_first_reply_that_moves_beyond_noise_ends_it() -> None:
    def moves(messages: Any, parameters: Any) -> str:
        return "Another reply, with other words." if governed(messages) else "The same."

    fakes = await kept_of(6, moves)
    assert only(await searched(fakes), DeadWeight) == []
    assert len(fakes.model.calls) == 3


async def test_past_turns_where_its_when_is_on_record_to_fire_are_tried_and_no_others() -> None:
    fakes = await stage(PYTHON)
    past = [turn(20 + n, f"Sort a list of {n}.", "sorted(x)") for n in range(4)]
    await keep(fakes, *past, turn(30, "Who wrote it?", "Nobody."))
    for one in past:
        key = call_key(fakes.model, scope_question(PYTHON.when, one.prompt), JUDGING)
        await fakes.journal.remember(key, Reply(text='{"fits": true}', finish_reason="stop"))
    (found,) = only(await searched(fakes), DeadWeight)
    assert found.tried == 4 and "Who wrote it?" not in fakes.model.sent


async def test_what_a_search_cost_counts_for_the_day() -> None:
    fakes = await stage(BRIEF, SOURCED)
    events = await searched(fakes)
    _, calls = await Spending().today(fakes.ports, ANA)
    assert calls == events[-1].calls == 4  # type: ignore[union-attr]
