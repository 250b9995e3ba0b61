"""A/A/B: which rows are asked twice under the present constitution. What comes of it: `test_noise`."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from jupyter_reconst.acts import run as running
from jupyter_reconst.acts.measuring import ROUND, SMALL_MOST, Measuring
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.impact import Probe
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.requests import Watch
from tests.fakes import ANA, an_id
from tests.scenes import PROMPT, adding, case, governed, opened, task
from tests.unit.test_preview import OFF, answers, final, heard, rows, stage, start

EVERY = adding("any reply is written", "write it otherwise")


def probe(number: int, prompt: str = "") -> Probe:
    return Probe(id=an_id(number), bin="out", prompt=prompt or f"Question {number}")


async def test_rounds_are_measured_until_the_rounds_before_have_decided() -> None:
    measuring = Measuring(small=False)
    probes = [probe(number) for number in range(4 * ROUND)]
    measuring.expect(probes, {})
    assert all([await measuring.twice(one) for one in probes[:ROUND]])
    later = asyncio.ensure_future(measuring.twice(probes[2 * ROUND]))
    for one in probes[: 2 * ROUND - 1]:
        measuring.told(one, 1.0, 0.0)
    await asyncio.sleep(0)
    assert not later.done(), "a row waits for the rounds before its own, whichever is the quicker"
    measuring.told(probes[2 * ROUND - 1], 1.0, 0.0)
    assert await later is False, "eight of eight that changed decide"


async def test_a_question_is_measured_once_and_a_row_that_never_comes_holds_nobody_up() -> None:
    measuring = Measuring(small=False)
    probes = [probe(1, "Same?"), probe(2, "Same?"), *(probe(number) for number in range(3, 9))]
    measuring.expect(probes, {})
    assert [await measuring.twice(one) for one in probes[:3]] == [True, False, True]
    for one in probes[:4]:
        measuring.told(one)
    assert await asyncio.wait_for(measuring.twice(probes[4]), 1)


async def test_every_row_is_measured_while_nothing_is_decided_and_its_noise_is_kept() -> None:
    fakes, about = await stage()
    done = final(await heard(fakes, start(about, generate=0)))
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert all(row.noise == 0 for row in state.rows) and done.evidence.measured == done.planned
    assert not done.evidence.changed, "one changed row of many is no evidence against noise"


async def test_measuring_ends_when_the_set_has_decided() -> None:
    fakes, about = await stage(lambda m, p: f"Otherwise, {len(m)}." if governed(m) else answers(m, p))
    done = final(await heard(fakes, start(about, EVERY, generate=0)))
    assert done.evidence.changed and done.evidence.measured == 2 * ROUND < done.planned
    first = [m for m, _ in fakes.model.calls if task(m) == "reply"]
    assert len(first) == 2 * done.planned + 2 * ROUND


async def test_the_same_preview_twice_makes_no_call_whichever_reply_was_the_quicker() -> None:
    chance, count = random.Random(5), 0

    async def noisy(messages: Any, parameters: Any) -> str:
        nonlocal count
        if task(messages) != "reply":
            return answers(messages, parameters)
        count += 1
        mine = count
        await asyncio.sleep(chance.uniform(0, 0.004))
        said = f"a b c d e f g {mine % 3}"
        return f"x y z {mine % 3}" if governed(messages) else said

    for run in range(4):
        fakes, about = await stage(noisy)
        fakes.model.info = ModelInfo(profile="test", model="noisy", context=8_192, at_once=2 + 3 * run)
        first = final(await heard(fakes, start(about, EVERY)))
        calls = len(fakes.model.calls)
        second = final(await heard(fakes, start(about, EVERY, number=71)))
        assert second.calls == 0 and len(fakes.model.calls) == calls
        assert second.evidence == first.evidence and first.evidence.changed


async def test_the_embedded_model_measures_a_few_rows_and_is_not_asked_again() -> None:
    fakes, about = await stage("As ever.")
    fakes.model.info = ModelInfo(
        profile="test", model="toy", embedded=True, at_once=1, prompt_price=0, completion_price=0
    )
    done = final(await heard(fakes, start(about)))
    assert done.evidence.measured == SMALL_MOST and done.calls <= 2 * done.planned + SMALL_MOST
    again = final(await heard(fakes, start(about, number=71)))
    assert again.calls == 0 and again.evidence == done.evidence


async def test_evidence_is_added_up_once_for_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks at every row there is, so looking more often is what a long preview would spend its time on."""
    looked = []
    monkeypatch.setattr(running, "evidence_of", lambda rows, *more: looked.append(1) or evidence_of(rows, *more))
    fakes, about = await stage()
    done = final(await heard(fakes, start(about, generate=0, prompts=tuple(f"Mine {n}?" for n in range(20)))))
    assert done.planned > 24 and len(looked) <= done.planned + 4


async def test_rows_of_one_question_are_one_measurement() -> None:
    fakes, about = await stage()
    await opened(fakes, OFF, cases=tuple(case(n, PROMPT, "intended", "x", "y") for n in range(1, 4)))
    found = rows(await heard(fakes, start(about, generate=0)))
    assert sum(row.noise is not None for row in found.values() if row.probe.prompt == PROMPT) == 1
