"""Changed rows put to a judge: blind, in both orders, measured by the person's marks, and never a mark itself."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_reconst.acts.judge import judge
from jupyter_reconst.acts.mark import mark
from jupyter_reconst.acts.persuade import persuade
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import begun, preview_state
from jupyter_reconst.core.errors import BadInput, ModelBusy, NotFound, RecordingOnly, Stale
from jupyter_reconst.core.impact import Budget, Preview
from jupyter_reconst.core.judging import FEWEST
from jupyter_reconst.core.ports import ModelInfo, Piece
from jupyter_reconst.core.requests import Judge, MarkRow, Watch
from tests.fakes import ANA, Fakes, an_id
from tests.judges import gullible, judging, robust
from tests.judges import judge as says
from tests.scenes import CORRECTION, adding, article, governed, opened
from tests.unit.test_measuring import EVERY
from tests.unit.test_preview import answers, final, heard, rows, stage, start

MINE = tuple(f"My question {number}?" for number in range(14))
"""One's own prompts: of what changes there, code says nothing."""


def prefers(prompt: str, one: str, other: str) -> int:
    """Finds what the amended law says better, but for odd questions of one's own; knows its corpus."""
    if known := robust(prompt, one, other):
        return known
    new = 1 if one.startswith("Otherwise") else 2
    return 3 - new if prompt in MINE[1::2] else new


def script(finds: Any = prefers, words: str = '{{"better": {}}}') -> Any:
    judged = says(finds, words=words)

    def script(messages: Any, parameters: Any) -> str:
        if judging(messages):
            return judged(messages, parameters)
        return f"Otherwise: {messages[-1].content}" if governed(messages) else answers(messages, parameters)

    return script


async def tried(finds: Any = prefers, *, tested: bool = True, **fields: Any) -> tuple[Fakes, Any]:
    """A preview that has ended, with a judge who has been tested."""
    fakes, about = await stage(script(finds, **fields))
    await heard(fakes, start(about, EVERY, generate=0, prompts=MINE))
    if tested:
        await talked(fakes)
    return fakes, about


async def talked(fakes: Fakes) -> None:
    async for _ in persuade(fakes.ports, ANA, fakes.model, asyncio.Event()):
        pass


async def judged(fakes: Fakes, stop: asyncio.Event | None = None, number: int = 70, **fields: Any) -> list[Any]:
    request = Judge(preview=an_id(number), **fields)
    return [event async for event in judge(fakes.ports, ANA, request, stop or asyncio.Event())]


async def state(fakes: Fakes, number: int = 70) -> Preview:
    return await preview_state(fakes.ports, ANA, Watch(preview=an_id(number)))


async def marked(fakes: Fakes, *prompts: str, wanted: tuple[str, ...] = MINE[::2], number: int = 70) -> None:
    for row in (await state(fakes, number)).rows:
        if row.probe.prompt in prompts:
            said = "intended" if row.probe.prompt in wanted else "unintended"
            await mark(fakes.ports, ANA, MarkRow(preview=an_id(number), probe=row.probe.id, mark=said))


async def test_each_changed_row_is_asked_about_in_both_orders_and_blind() -> None:
    fakes, _ = await tried()
    before, paid = await state(fakes), len(fakes.model.calls)
    events = await judged(fakes)
    after, calls = await state(fakes), fakes.model.calls[paid:]
    changed = [row for row in before.rows if row.changed]
    assert len(changed) > len(MINE) and len(calls) == 2 * len(changed) == after.calls - before.calls
    for messages, parameters in calls:
        content = messages[-1].content
        assert judging(messages) and parameters.temperature == 0
        assert CORRECTION in content and "write it otherwise" not in content
        assert "before" not in content and "amended" not in content
    for row in after.rows:
        old = next(one for one in before.rows if one.probe.id == row.probe.id)
        assert (row.judgement is not None) == row.changed
        assert row.model_copy(update={"judgement": None}) == old, "nothing else of the row is touched"
    assert all(row.mark is None for row in after.rows) and not any(x.kind == "mark" for x in fakes.journal.lines)
    assert (after.status, after.ended, after.judging, after.problem) == ("done", "all", (), "")
    assert {*rows(events)} == {row.probe.id for row in changed}
    assert len(await judged(fakes)) == 2 and len(fakes.model.calls) == paid + len(calls), "asked once"


async def test_only_agreement_says_anything() -> None:
    fakes, _ = await tried(lambda prompt, one, other: robust(prompt, one, other) or (0 if prompt == MINE[0] else 1))
    await judged(fakes)
    found = {row.probe.prompt: row.judgement for row in (await state(fakes)).rows if row.judgement}
    assert (found[MINE[0]].first, found[MINE[0]].second) == ("neither", "neither")
    assert (found[MINE[1]].first, found[MINE[1]].second) == ("before", "after")
    assert {one.says for one in found.values()} == {None}
    score = (await state(fakes)).evidence.judge
    assert score and (score.asked, score.agreed, score.n) == (len(found), 1, 0)


async def test_its_word_counts_once_enough_marks_agree_with_it() -> None:
    fakes, _ = await tried()
    await judged(fakes)
    await marked(fakes, *MINE[: FEWEST - 1])
    few = (await state(fakes)).evidence
    assert few.judge and (few.judge.standing, few.judge.n, few.judge.filled) == ("few", FEWEST - 1, 0)
    assert few.target.judged == 0
    await marked(fakes, MINE[FEWEST - 1])
    found = await state(fakes)
    score = found.evidence.judge
    assert score and (score.standing, score.n, score.mcc) == ("counts", FEWEST, 1.0)
    open_ = [row for row in found.rows if row.verdict == "unmarked" and row.mark is None]
    assert score.filled == len(open_) == sum(row.judged is not None for row in found.rows) > 0
    inside = [row for row in open_ if row.probe.bin in ("source", "in")]
    assert found.evidence.target.judged == len(inside)
    assert found.evidence.target.fixed == few.target.fixed + sum(row.judged == "intended" for row in inside)
    assert found.evidence.side == few.side
    assert all(row.mark is None for row in open_), "what is judged is no mark"


async def test_a_judge_that_marks_disagree_with_counts_nowhere() -> None:
    fakes, _ = await tried()
    await judged(fakes)
    await marked(fakes, *MINE, wanted=MINE[1::2])
    found = (await state(fakes)).evidence
    assert found.judge and (found.judge.standing, found.judge.mcc, found.judge.filled) == ("poor", -1.0, 0)
    assert found.target.judged == 0


async def test_marks_of_one_kind_alone_measure_nothing() -> None:
    fakes, _ = await tried()
    await judged(fakes)
    await marked(fakes, *MINE, wanted=MINE)
    score = (await state(fakes)).evidence.judge
    assert score and (score.n, score.mcc, score.standing) == (len(MINE), None, "few")


async def test_a_gullible_judge_is_switched_off_and_not_asked() -> None:
    fakes, _ = await tried(gullible)
    paid = len(fakes.model.calls)
    await judged(fakes)
    found = await state(fakes)
    assert len(fakes.model.calls) == paid and all(row.judgement is None for row in found.rows)
    score = found.evidence.judge
    assert score and (score.standing, score.moved, score.texts) == ("moved", 100, 100)


async def test_a_judge_that_turns_out_gullible_later_loses_its_say() -> None:
    fakes, _ = await tried(tested=False)
    await judged(fakes)
    await marked(fakes, *MINE)
    untested = (await state(fakes)).evidence.judge
    assert untested and (untested.standing, untested.mcc, untested.filled) == ("untested", 1.0, 0)
    fakes.model.script = script(gullible)
    await talked(fakes)
    await judged(fakes)
    score = (await state(fakes)).evidence.judge
    assert score and (score.standing, score.filled) == ("moved", 0)


async def test_marks_of_other_previews_measure_the_same_judge_once_each() -> None:
    fakes, about = await tried()
    await judged(fakes)
    await marked(fakes, *MINE)
    other = adding("any reply is written", "say it otherwise").model_copy(update={"id": an_id(31)})
    await heard(fakes, start(about, other, number=71, generate=0, prompts=("Another one?",)))
    await judged(fakes, number=71)
    score = (await state(fakes, 71)).evidence.judge
    assert score and (score.n, score.mcc, score.standing) == (len(MINE), 1.0, "counts")
    await heard(fakes, start(about, EVERY, number=72, generate=0, prompts=MINE))
    paid = len(fakes.model.calls)
    await judged(fakes, number=72)
    again = (await state(fakes, 72)).evidence.judge
    assert again and again.n == len(MINE), "a mark that was carried over is no second one"
    assert len(fakes.model.calls) == paid, "what is recorded is not asked again"


async def test_stop_and_budget_leave_the_rest_unjudged() -> None:
    fakes, _ = await tried()
    paid = len(fakes.model.calls)
    await judged(fakes, budget=Budget(calls=7))
    held = await state(fakes)
    assert len(fakes.model.calls) - paid == 7 and "budget" in held.problem and held.judging == ()
    assert 0 < sum(row.judgement is not None for row in held.rows) <= 3
    stop = asyncio.Event()
    async for event in judge(fakes.ports, ANA, Judge(preview=an_id(70)), stop):
        if rows([event]):
            stop.set()
    await judged(fakes)
    whole = await state(fakes)
    assert all(row.judgement for row in whole.rows if row.changed)
    assert len(fakes.model.calls) - paid <= 2 * sum(row.changed for row in whole.rows) + 2 * fakes.model.info.at_once


async def test_a_killed_one_goes_on_and_pays_nothing_twice() -> None:
    fakes, _ = await tried()
    paid = len(fakes.model.calls)
    stream = judge(fakes.ports, ANA, Judge(preview=an_id(70)), asyncio.Event())
    async for event in stream:
        if rows([event]):
            break
    await stream.aclose()
    left = await state(fakes)
    assert left.status == "running" and left.judging
    request = await begun(fakes.ports, ANA, Watch(preview=an_id(70)))
    events = [event async for event in preview(fakes.ports, ANA, request, asyncio.Event())]
    after = await state(fakes)
    assert (final(events).status, after.judging) == ("done", ()) and 0 < after.maybe_twice <= fakes.model.info.at_once
    changed = [row for row in after.rows if row.changed]
    assert all(row.judgement for row in changed)
    assert len(fakes.model.calls) - paid <= 2 * len(changed) + fakes.model.info.at_once


@pytest.mark.parametrize("words", ["{}", "Reply {} is better.", '```json\n{{"better": "{}"}}\n```'])
async def test_an_endpoint_without_structured_output_can_judge(words: str) -> None:
    fakes, _ = await tried(words=words, tested=False)
    await judged(fakes)
    found = [row.judgement for row in (await state(fakes)).rows if row.judgement]
    assert found and all(one.says for one in found)


async def test_an_answer_that_cannot_be_read_is_none() -> None:
    fakes, _ = await tried(words="I like them both, {} say I", tested=False)
    await judged(fakes)
    assert {row.judgement.second for row in (await state(fakes)).rows if row.judgement} == {"unread"}


async def test_the_small_model_is_asked_in_its_own_words() -> None:
    fakes, _ = await tried(tested=False)
    fakes.model.info = fakes.model.info.model_copy(update={"embedded": True})
    sent: list[Any] = []

    def small(messages: Any, parameters: Any) -> str:
        sent.append(messages)
        return '{"better": 2}'

    fakes.model.script = small
    await judged(fakes)
    assert sent and all(m[0].role == "user" and m[-1].content.endswith("does better what was said?") for m in sent)
    assert (await state(fakes)).evidence.judge.agreed == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("failing, told", [(ModelBusy("Busy."), "Busy."), ([Piece('{"better"')], "before the end")])
async def test_a_model_that_fails_leaves_the_row_to_be_asked_again(failing: Any, told: str) -> None:
    fakes, _ = await tried(tested=False)
    works, fakes.model.script = fakes.model.script, failing
    await judged(fakes)
    after = await state(fakes)
    assert after.status == "done" and told in after.problem and all(row.judgement is None for row in after.rows)
    fakes.model.script = works
    await judged(fakes)
    assert all(row.judgement for row in (await state(fakes)).rows if row.changed)


async def test_refusals_come_before_the_first_event() -> None:
    fakes, about = await stage(script())
    with pytest.raises(NotFound):
        await judged(fakes)
    await heard(fakes, start(None, EVERY, generate=0))
    with pytest.raises(BadInput, match="no correction"):
        await judged(fakes)
    stream = preview(fakes.ports, ANA, start(about, EVERY, number=71, generate=0), asyncio.Event())
    await stream.__anext__()
    await stream.aclose()
    with pytest.raises(BadInput, match="not ended"):
        await judged(fakes, number=71)
    await heard(fakes, start(about, EVERY, number=71, generate=0))
    fakes.model.info = ModelInfo(profile="test", model="scripted", recording=True)
    with pytest.raises(RecordingOnly):
        await judged(fakes, number=71)
    await opened(fakes, article(1, "any reply", "be brief"))
    with pytest.raises(Stale):
        await judged(fakes, number=71)
