"""Before and after on one probe: the verdict's table, line by line, and which calls are made."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.compare import Laws, Pair, compare, decided, judged
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.core.constitution import EMPTY, Constitution
from jupyter_reconst.core.errors import ModelBusy
from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.impact import Probe
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.turns import Message, Parameters, Reply
from tests.fakes import ANA, an_id, reconst
from tests.scenes import CORRECTION, PARAMETERS, PROMPT, QUOTE, REPLY, article, case, governed, keep, turn

AIM = Aim(quotes=(QUOTE,), corrections=(CORRECTION,), kind="invented_reference")
GOOD, BAD = "No source is known for this claim.", "It was proved by Smith and Jones (2011)."


def probe(bin: str = "source", **fields: Any) -> Probe:
    return Probe.model_validate({"id": an_id(60), "bin": bin, "prompt": PROMPT, **fields})


def pair(before: str, after: str, **fields: Any) -> Pair:
    return Pair(Reply(text=before, finish_reason="stop"), Reply(text=after, finish_reason="stop"), **fields)


@pytest.mark.parametrize(
    ("bin", "before", "after", "verdict"),
    [
        ("source", REPLY, REPLY, "unchanged"),
        ("source", "The mean is 4.", "The  mean is\n4.", "unchanged"),
        ("source", REPLY, GOOD, "intended"),
        ("source", "Nobody knows.", f"Nobody knows. {CORRECTION}", "intended"),
        ("source", "The mean is 4.", "Elephants dance at noon.", "unmarked"),
        ("in", REPLY, GOOD, "intended"),
        ("in", "The mean is 4.", "The mean is 5.", "unmarked"),
        ("own", "The mean is 4.", "The mean is 5.", "unmarked"),
        ("conflict", "The mean is 4.", "The mean is 5.", "unmarked"),
        ("near", "The mean is 4.", "The mean is 5.", "unintended"),
        ("near", REPLY, GOOD, "unintended"),
        ("out", "The mean is 4.", "The mean is 5.", "unintended"),
        ("out", "The mean is 4.", "The mean is 4.", "unchanged"),
        ("source", GOOD, REPLY, "regression"),
        ("in", GOOD, REPLY, "regression"),
        ("own", GOOD, REPLY, "unmarked"),
        ("near", GOOD, REPLY, "unintended"),
    ],
)
def test_verdicts(bin: str, before: str, after: str, verdict: str) -> None:
    row = judged(probe(bin), pair(before, after), AIM)
    assert (row.verdict, row.mark) == (verdict, None)
    assert row.why


def test_fixed_words_that_then_asks_for() -> None:
    fixed = Aim(literals=("Checked.",))
    assert judged(probe("in"), pair("A b.", "A b. Checked."), fixed).verdict == "intended"
    assert judged(probe("in"), pair("A b.", "A c."), fixed).verdict == "unmarked"
    assert judged(probe("out"), pair("A b.", "A b. Checked."), fixed).verdict == "unintended"
    everywhere = Aim(literals=("Checked.",), everywhere=True)
    assert judged(probe("out"), pair("A b.", "A b. Checked."), everywhere).verdict == "unmarked"


def test_generated_neighbours_are_for_the_person_to_judge() -> None:
    assert judged(probe("near", generator="gpt"), pair("A b.", "A c."), AIM).verdict == "unmarked"


def test_noise_is_no_change() -> None:
    changed = pair("a b c d e f g h i j", "a b c d e f g h i k")
    assert judged(probe("near"), changed, AIM).verdict == "unintended"
    assert judged(probe("near"), changed, AIM, floor=0.1).verdict == "unchanged"
    assert "noise" in judged(probe("near"), changed, AIM, floor=0.1).why
    own = pair(changed.before.text, changed.after.text, noise=0.2)
    row = judged(probe("near"), own, AIM, floor=0.0)
    assert (row.verdict, row.noise, row.distance) == ("unchanged", 0.2, 0.1)


def test_out_of_scope_is_said() -> None:
    row = judged(probe("out"), pair("A.", "A.", same=True), AIM)
    assert row.verdict == "unchanged" and "out of scope" in row.why


def test_a_wrong_scope_decision_is_said_and_counts_as_a_side_effect() -> None:
    rows = [judged(probe(bin), pair("A b.", "A c.", sent=True), AIM) for bin in ("near", "out", "in")]
    assert ["WHEN was taken to fit here" in row.why for row in rows] == [True, True, False]
    generated = judged(probe("near", generator="gpt"), pair("A b.", "A c.", sent=True), AIM)
    assert generated.verdict == "unmarked" and "WHEN was taken to fit here" in generated.why
    side = evidence_of((*rows, generated)).side
    assert (side.changed, side.tried) == (3, 3)
    missed = [judged(probe(bin), pair("A.", "A.", same=True, sent=False), AIM) for bin in ("source", "in", "near")]
    assert ["WHEN was taken not to fit here" in row.why for row in missed] == [True, True, False]
    again = decided(rows[0], AIM, case=None, p=0.001, stands=True)
    assert again.sent and "WHEN was taken to fit here" in again.why
    assert judged(probe("near"), pair("A.", "A.", sent=True), AIM).why == "identical"


@pytest.mark.parametrize(("always", "fits", "sent"), [(True, True, None), (False, True, True), (False, False, False)])
async def test_only_a_scoped_amendment_has_a_scope_decision(always: bool, fits: bool, sent: bool | None) -> None:
    def said(messages: Any, parameters: Parameters) -> str:
        return json.dumps({"fits": fits}) if parameters.json_schema else "A reply."

    fakes = reconst(said)
    kept = article(2, "dates are asked for", "write them out", always=False)
    new = article(1, "numbers are asked for", "give three", always=always)
    laws = Laws(Constitution(articles=(kept,)), Constitution(articles=(new, kept)), Parameters())
    row = await compare(fakes.ports, ANA, fakes.model, laws, probe("in"), Aim())
    assert row.sent is sent


@pytest.mark.parametrize(
    ("kept", "after", "verdict"),
    [
        ("intended", BAD, "regression"),
        ("intended", f"{GOOD} Ask again.", "unmarked"),
        ("intended", GOOD, "unchanged"),
        ("unintended", BAD, "intended"),
        ("unintended", "Elephants dance at noon, source or no source is known.", "regression"),
        ("regression", "No source is known for any such claim at all.", "regression"),
    ],
)
def test_cases(kept: str, after: str, verdict: str) -> None:
    """GOOD is the reply that the person judged, BAD the one that it was compared with."""
    row = judged(probe("case"), pair(GOOD, after), Aim(), case=case(1, PROMPT, kept, GOOD, BAD))
    assert row.verdict == verdict


def test_a_pinned_reply_may_not_change_in_any_way() -> None:
    pinned = case(1, PROMPT, "intended", GOOD, GOOD)
    assert judged(probe("case"), pair(GOOD, f"{GOOD} Ask again."), Aim(), case=pinned).verdict == "regression"
    assert judged(probe("case"), pair(GOOD, GOOD), Aim(), case=pinned).verdict == "unchanged"


def test_how_certain_a_row_is() -> None:
    changed = pair("a b c d e f g h i j", "a b c d e f g h i k")
    assert judged(probe("near"), changed, AIM).certainty == "likely"
    assert judged(probe("near"), changed, AIM, floor=0.1).certainty == "noise"
    assert judged(probe("near"), pair("Same.", "Same."), AIM).certainty == "none"
    failed = judged(probe(), Pair(Reply(text=""), Reply(text=""), problem="Busy."), AIM)
    assert failed.certainty == "none"


async def test_a_failure_waits_for_the_calls_beside_it_so_that_they_are_recorded() -> None:
    async def fails(messages: Any, parameters: Any) -> Any:
        if governed(messages):
            return ModelBusy("Busy.")
        await asyncio.sleep(0.01)
        return "Long and longer."

    fakes = reconst(fails)
    row = await compare(fakes.ports, ANA, fakes.model, LAWS, probe("own"), Aim())
    assert row.verdict == "failed" and [reply.text for reply in fakes.journal.replies.values()] == ["Long and longer."]


def test_a_failure_is_a_row() -> None:
    row = judged(probe(), Pair(Reply(text=""), Reply(text=""), problem="The endpoint is busy."), AIM)
    assert (row.verdict, row.why) == ("failed", "The endpoint is busy.")


LAWS = Laws(EMPTY, Constitution(articles=(article(1, "any reply", "be brief"),)), Parameters())


def by_law(messages: tuple[Message, ...], parameters: Parameters) -> str:
    return "Short." if governed(messages) else "Long and longer."


async def test_both_sides_are_asked_alike() -> None:
    fakes = reconst(by_law)
    row = await compare(fakes.ports, ANA, fakes.model, LAWS, probe("own"), Aim())
    assert (row.before.text, row.after.text, row.distance, row.noise) == ("Long and longer.", "Short.", 1.0, None)
    assert [p for _, p in fakes.model.calls] == [PARAMETERS] * 2
    assert [m[-1].content for m, _ in fakes.model.calls] == [PROMPT] * 2


async def test_twice_measures_noise_with_a_third_call() -> None:
    replies = iter(["a b c d", "a b c d", "a b c e"])
    fakes = reconst(lambda messages, parameters: next(replies))
    row = await compare(fakes.ports, ANA, fakes.model, LAWS, probe("own"), Aim(), twice=True)
    assert len(fakes.model.calls) == 3 and row.noise == 0.25 and row.verdict == "unchanged"


async def test_the_turns_own_reply_stands_in_where_it_was_asked_in_the_same_way() -> None:
    fakes = reconst(by_law)
    same = turn(reply="As it was.", parameters=PARAMETERS)
    other = turn(11, reply="At another temperature.")
    await keep(fakes, same, other)
    row = await compare(fakes.ports, ANA, fakes.model, LAWS, probe(turn=same.id), Aim())
    assert row.before.text == "As it was." and row.before.cached and len(fakes.model.calls) == 1
    row = await compare(fakes.ports, ANA, fakes.model, LAWS, probe(turn=other.id), Aim())
    assert row.before.text == "Long and longer."


async def test_nothing_different_to_send_is_one_call() -> None:
    fakes = reconst(by_law)
    row = await compare(fakes.ports, ANA, fakes.model, Laws(EMPTY, EMPTY, Parameters()), probe("out"), Aim())
    assert row.verdict == "unchanged" and len(fakes.model.calls) == 1


async def test_a_failing_model_is_a_failed_row() -> None:
    fakes = reconst(lambda messages, parameters: ModelBusy("Busy."))
    row = await compare(fakes.ports, ANA, fakes.model, LAWS, probe("own"), Aim())
    assert (row.verdict, row.why, row.distance) == ("failed", "Busy.", 0)


async def test_the_embedded_model_is_asked_one_thing_at_a_time() -> None:
    """Replies computed side by side differ in their last digits, and then in their words."""
    busy = most = 0

    async def slow(messages: Any, parameters: Any) -> str:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.001)
        busy -= 1
        return by_law(messages, parameters)

    fakes = reconst(slow)
    for embedded, expected in ((False, 3), (True, 1)):
        fakes.model.info = ModelInfo(profile="test", model=f"toy {embedded}", embedded=embedded)
        most = 0
        await compare(fakes.ports, ANA, Metered(fakes.model), LAWS, probe("own"), Aim(), twice=True)
        assert most == expected
