"""What bounds a preview: its budget, harder prompts until it is decided; what is picked, dropped, and known before."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

import pytest

from jupyter_reconst.acts.estimate import estimate
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.requests import StartPreview, Watch
from tests.fakes import ANA, Fakes, an_id
from tests.scenes import adding, article, data, governed, opened, said, task
from tests.unit.test_measuring import EVERY
from tests.unit.test_preview import PAST, answers, final, heard, rows, stage, start

ALIKE = PAST[1]


def priced(fakes: Fakes, **fields: Any) -> None:
    known = {"prompt_price": 1.0, "completion_price": 2.0, **fields}
    fakes.model.info = ModelInfo(profile="test", model="scripted", context=8_192, **known)


@pytest.mark.parametrize("calls", [0, 1, 7, 20])
async def test_a_budget_of_calls_is_kept_and_what_was_found_stays(calls: int) -> None:
    fakes, about = await stage()
    done = final(await heard(fakes, start(about, budget=Budget(calls=calls))))
    assert (done.status, done.ended) == ("stopped", "budget")
    assert done.calls == len(fakes.model.calls) <= calls
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert not [row for row in state.rows if row.verdict == "failed"], "a call that was not made has not failed"
    recorded = len(fakes.journal.replies)
    assert recorded == done.calls, "what was paid is recorded"
    more = final(await heard(fakes, start(about, number=71)))
    whole, fresh = await stage()
    assert (more.ended, more.calls + done.calls) == ("all", final(await heard(whole, start(fresh))).calls)


@pytest.mark.parametrize("dollars", [0.0, 0.0005, 0.002])
async def test_a_budget_of_dollars_holds_with_the_calls_under_way(dollars: float) -> None:
    fakes, about = await stage()
    priced(fakes)
    done = final(await heard(fakes, start(about, EVERY, generate=0, budget=Budget(dollars=dollars))))
    assert done.cost is not None and done.cost <= dollars
    if done.ended == "budget":
        assert done.status == "stopped"


async def test_dollars_cannot_bound_what_has_no_price() -> None:
    fakes, about = await stage()
    with pytest.raises(BadInput, match="price"):
        await heard(fakes, start(about, budget=Budget(dollars=1)))


async def test_what_is_estimated_is_never_less_than_what_is_done() -> None:
    fakes, about = await stage()
    priced(fakes)
    request = start(about, EVERY, prompts=("Mine?",), generate=2)
    told = await estimate(fakes.ports, ANA, request)
    assert not fakes.model.calls and told.recorded == 0
    done = final(await heard(fakes, request))
    bins: dict[str, int] = {}
    for row in (await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))).rows:
        bins[row.probe.bin] = bins.get(row.probe.bin, 0) + 1
    at_most = {planned.bin: planned.most for planned in told.bins}
    assert done.calls <= told.calls and done.planned <= told.probes and (done.cost or 0) <= (told.cost or 0)
    assert done.tokens <= told.prompt_tokens + told.completion_tokens
    assert all(at_most.get(bin, 0) + at_most.get("near", 0) >= count for bin, count in bins.items())
    calls = len(fakes.model.calls)
    again = await estimate(fakes.ports, ANA, request.model_copy(update={"id": an_id(71)}))
    assert len(fakes.model.calls) == calls and again.recorded > 0
    measured = done.evidence.measured
    assert again.calls == done.planned - measured, "only what was never measured is not on record"


async def test_an_unknown_price_is_said_as_unknown() -> None:
    fakes, about = await stage()
    assert (await estimate(fakes.ports, ANA, start(about))).cost is None
    fakes.model.info = ModelInfo(profile="test", model="toy", embedded=True)
    assert (await estimate(fakes.ports, ANA, start(about))).cost == 0


async def test_picked_turns_are_tried_with_their_conversation_and_dropped_ones_stay_away() -> None:
    fakes, about = await stage()
    first = await heard(fakes, start(about, generate=0))
    picked = await heard(fakes, start(about, generate=0, number=71, turns=(ALIKE.id, an_id(999))))
    assert [row.probe.turn for row in rows(picked).values()].count(ALIKE.id) == 1, "drawn anyway, or the person's own"
    out = next(row.probe for row in rows(first).values() if row.probe.bin == "out")
    assert out.key
    fakes.clock.pass_(1)
    without = await heard(fakes, start(about, generate=0, number=72, without=(out.key,)))
    assert out.prompt not in {row.probe.prompt for row in rows(without).values()}
    assert final(without).planned == final(first).planned - 1


async def test_a_picked_turn_that_no_bin_would_draw_is_the_persons_own() -> None:
    fakes, about = await stage()
    fakes.model.info = ModelInfo(profile="test", model="toy", embedded=True)
    drawn = {row.probe.prompt: row.probe for row in rows(await heard(fakes, start(about))).values()}
    missing = [turn for turn in PAST if turn.prompt not in drawn]
    found = rows(await heard(fakes, start(about, number=71, turns=tuple(turn.id for turn in PAST))))
    own = {row.probe.prompt for row in found.values() if row.probe.bin == "own"}
    assert own == {turn.prompt for turn in missing}


# --- harder: edge prompts until the side effects are decided ----------------------------------------------------------


def edges(messages: Any, most: int) -> str:
    """Eight new questions a time, until so many are known."""
    known = data(messages, "known questions").count("Edge ")
    seen = hashlib.sha256(data(messages, "known questions").encode()).hexdigest()[:8]
    if known >= most:
        return said(inside=[], outside=[])
    return said(
        inside=[f"Edge {seen} inside {n}?" for n in range(4)], outside=[f"Edge {seen} outside {n}?" for n in range(4)]
    )


def changing(rate: float, seed: int, most: int = 10_000) -> Any:
    """A model of which the amendment changes this share of all replies."""

    def says(messages: Any, parameters: Any) -> str:
        kind = task(messages)
        if kind == "edges":
            return edges(messages, most)
        if kind != "reply":
            return said(fires=False)
        prompt = messages[-1].content
        drawn = int(hashlib.sha256(f"{seed} {prompt}".encode()).hexdigest()[:8], 16) / 2**32
        return "Quite another reply." if governed(messages) and drawn < rate else f"Reply to: {prompt}"

    return says


async def test_harder_goes_on_until_it_is_decided() -> None:
    fakes, about = await stage(changing(0, 1))
    done = final(await heard(fakes, start(about, EVERY, generate=0, harder=True)))
    assert (done.ended, done.status, done.evidence.side.standing) == ("decided", "done", "harmless")
    assert done.evidence.side.tried >= 18 and len({m[-1].content for m, _ in fakes.model.calls}) > 18
    calls = len(fakes.model.calls)
    again = final(await heard(fakes, start(about, EVERY, generate=0, harder=True, number=71)))
    assert len(fakes.model.calls) == calls and again.planned == done.planned, "drawn again from the record"


async def test_harder_says_what_else_ended_it() -> None:
    fakes, about = await stage(changing(0, 1, most=0))
    done = final(await heard(fakes, start(about, EVERY, generate=0, harder=True)))
    assert (done.ended, done.status, done.evidence.side.standing) == ("exhausted", "done", "open")
    fakes, about = await stage(changing(0.1, 3))
    held = final(await heard(fakes, start(about, EVERY, generate=0, harder=True, budget=Budget(calls=45))))
    assert (held.ended, held.status) == ("budget", "stopped") and len(fakes.model.calls) <= 45
    fakes, about = await stage(changing(0.1, 3))
    stop, seen = asyncio.Event(), []
    async for event in preview(fakes.ports, ANA, start(about, EVERY, generate=0, harder=True), stop):
        seen.append(event)
        if final(seen).planned > 12:
            stop.set()
    assert final(seen).ended == "stopped"


async def test_a_known_share_of_changes_gives_a_known_verdict() -> None:
    """The confusion table of whole previews, harder ones until they are decided or have made 600 calls."""
    previews, table = 10, {}
    for rate in (0.0, 0.05, 0.10, 0.20, 0.40):
        counts = {"harmless": 0, "open": 0, "harmful": 0}
        tried = 0
        for seed in range(previews):
            fakes, about = await stage(changing(rate, seed))
            request: StartPreview = start(about, EVERY, generate=0, harder=True, budget=Budget(calls=600))
            done = final(await heard(fakes, request))
            counts[done.evidence.side.standing] += 1
            tried += done.evidence.side.tried
            assert done.ended == ("budget" if done.evidence.side.standing == "open" else "decided")
        table[rate] = {**counts, "probes": round(tried / previews, 1)}
    print(json.dumps(table, indent=1))
    assert table[0.0]["harmless"] == previews
    assert table[0.05]["harmful"] <= 2 and table[0.20]["harmless"] <= 2, "errors of 5 % both ways"
    assert table[0.40]["harmful"] == previews


# --- scope: an edit of one scoped article -----------------------------------------------------------------------------


async def test_an_edit_of_one_scoped_article_asks_again_only_within_its_scope() -> None:
    def scoped(messages: Any, parameters: Any) -> str:
        if parameters.json_schema and "fits" in parameters.json_schema["properties"]:
            return said(fits="plot" in messages[-1].content.lower().split("question")[-1])
        return answers(messages, parameters)

    fakes, about = await stage(scoped)
    law = (article(1, "a plot is asked for", "label the axes", always=False), article(2, "any reply", "be brief"))
    await opened(fakes, *law)
    draft = law[0].draft

    def editing(then: str, number: int) -> StartPreview:
        amendment = adding().model_copy(
            update={
                "action": "revise",
                "article": law[0].id,
                "base": law[0].revision,
                "draft": draft.model_copy(update={"then": then}),
            }
        )
        return start(about, amendment, number, generate=0)

    await heard(fakes, editing("label both axes", 70))
    calls = len(fakes.model.calls)
    found = await heard(fakes, editing("label both axes, briefly", 71))
    again = [messages[-1].content for messages, _ in fakes.model.calls[calls:] if task(messages) == "reply"]
    within = [row for row in rows(found).values() if "out of scope" not in row.why]
    print({"rows": len(rows(found)), "in scope": len(within), "calls": len(again)})
    assert len(again) == len(within) and 0 < len(within) < len(rows(found)) / 2
    assert all("plot" in prompt.lower() for prompt in again)
    assert ALIKE.prompt not in again
