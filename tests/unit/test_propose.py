"""Candidate amendments: fixed rows, two levels, revision and repeal, each with the state of its trial."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_reconst.acts.propose import propose
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import ModelBusy, ModelUnreachable
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.requests import Failed, Finished, Proposal, Propose, Slot
from jupyter_reconst.core.turns import Turn
from tests.fakes import ANA, Fakes, ScriptedModel, ScriptedModels, an_id, reconst
from tests.scenes import (
    APPLIED,
    CORRECTION,
    PATH,
    QUOTE,
    REPLY,
    annotation,
    article,
    data,
    governed,
    keep,
    opened,
    said,
    task,
    turn,
)


def writes(messages: Any, parameters: Any) -> str:
    """Proposes a rule that works, says that every WHEN fits, and cites until a rule forbids it."""
    kind = task(messages)
    if kind == "fires":
        return said(fires=True)
    if kind == "article":
        narrow = "narrow rule" in messages[0].content
        revising = "Rewrite the rule" in messages[0].content
        when = "a proof is attributed to Smith" if narrow else "the reply attributes a result"
        return said(
            title="Sources", when=f"{when}{' or cites' if revising else ''}", then="say it is not known", why="w"
        )
    return CORRECTION if governed(messages) else REPLY


async def heard(fakes: Fakes, *about: Annotation, stop: asyncio.Event | None = None, reading: str = REPLY) -> list[Any]:
    request = Propose(id=an_id(50), path=PATH, annotations=about, reading=reading)
    return [event async for event in propose(fakes.ports, ANA, request, stop or asyncio.Event())]


async def stage(script: Any = writes, *articles: Article, **fields: Any) -> tuple[Fakes, Turn]:
    fakes = reconst(script)
    one = turn(**fields)
    await keep(fakes, one)
    await opened(fakes, *articles)
    return fakes, one


def last(events: list[Any]) -> dict[int, Proposal]:
    return {event.slot: event for event in events if isinstance(event, Proposal)}


async def test_rows_at_two_levels_from_library_own_words_and_model() -> None:
    fakes, one = await stage()
    events = await heard(fakes, annotation(said=CORRECTION, about=one))
    rows = last(events)
    assert [(r.amendment.source.by, r.amendment.reach) for r in rows.values()] == [
        ("library", "kind"),
        ("library", "case"),
        ("person", "case"),
        ("model", "kind"),
        ("model", "case"),
    ]
    slots = [e for e in events if isinstance(e, Slot)]
    assert events[: len(slots)] == slots and len(slots) == len(rows)
    assert all(row.trial.status == "passed" for row in rows.values()), {s: r.trial for s, r in rows.items()}
    assert all(row.amendment.annotations == (an_id(20),) for row in rows.values())
    assert isinstance(events[-1], Finished)


async def test_a_row_tells_how_its_trial_moves_on() -> None:
    fakes, one = await stage()
    events = await heard(fakes, annotation(said=CORRECTION, about=one))
    for slot in last(events):
        told = [e.trial.status for e in events if isinstance(e, Proposal) and e.slot == slot]
        assert told[0] == "waiting" and told[-1] == "passed" and "running" in told
        ids = {e.amendment.id for e in events if isinstance(e, Proposal) and e.slot == slot}
        assert len(ids) == 1


async def test_rejected_candidates_stay_with_their_reason() -> None:
    def stubborn(messages: Any, parameters: Any) -> str:
        return writes(messages, parameters) if task(messages) != "reply" else REPLY

    fakes, one = await stage(stubborn)
    rows = last(await heard(fakes, annotation(said=CORRECTION, about=one)))
    assert rows and all(r.trial.status == "rejected" and r.trial.why for r in rows.values())


async def test_a_near_article_is_revised_against_its_revision() -> None:
    near = article(1, "the reply says who first proved a result", "name the paper", title="Proofs")
    fakes, one = await stage(writes, near)
    rows = last(await heard(fakes, annotation(said=CORRECTION, about=one)))
    revision = next(r for r in rows.values() if r.amendment.action == "revise")
    assert (revision.amendment.article, revision.amendment.base) == (near.id, near.revision)
    assert revision.amendment.draft and revision.amendment.draft.when.endswith("or cites")


async def test_an_article_far_away_is_left_alone() -> None:
    fakes, one = await stage(writes, article(1, "Python code is written", "add type hints", title="Types"))
    rows = last(await heard(fakes, annotation(said=CORRECTION, about=one)))
    assert {r.amendment.action for r in rows.values()} == {"add"}


async def test_the_article_that_caused_the_problem_may_go() -> None:
    cause = article(1, "a question is answered", "say who first proved it: Smith and Jones", title="Names")

    def obeys(messages: Any, parameters: Any) -> str:
        if task(messages) != "reply":
            return writes(messages, parameters)
        return REPLY if "Smith and Jones" in messages[0].content else CORRECTION

    fakes, one = await stage(obeys, cause, applied=(APPLIED,))
    rows = last(await heard(fakes, annotation(said=CORRECTION, about=one)))
    repeal = next(r for r in rows.values() if r.amendment.action == "repeal")
    assert (repeal.amendment.article, repeal.amendment.draft) == (cause.id, None)
    assert (repeal.trial.status, repeal.trial.fires) == ("passed", None)


async def test_several_corrections_are_told_together_as_data() -> None:
    fakes, one = await stage()
    other = annotation("It was first shown by Brown (2004)", "No source is known", about=one, id=an_id(21))
    await heard(fakes, annotation(said=CORRECTION, about=one), other)
    asked = next(m for m, _ in fakes.model.calls if task(m) == "article")
    assert QUOTE in data(asked, "corrections") and "Brown (2004)" in data(asked, "corrections")
    assert QUOTE not in asked[0].content


async def test_praise_becomes_a_rule_that_keeps() -> None:
    fakes, one = await stage()
    praised = annotation("a model of corrigibility", about=one, motivation="assessing")
    rows = last(await heard(fakes, praised))
    assert not [r for r in rows.values() if r.amendment.source.by == "library"]
    own = next(r for r in rows.values() if r.amendment.source.by == "person")
    assert own.amendment.draft and "a model of corrigibility" in own.amendment.draft.then
    assert any("praised" in m[0].content for m, _ in fakes.model.calls if task(m) == "article")


async def test_without_a_model_or_a_turn_candidates_are_untested() -> None:
    fakes, one = await stage()
    rows = last(await heard(fakes, annotation(said=CORRECTION)))
    assert {r.trial.status for r in rows.values()} == {"untested"} and "no turn" in rows[0].trial.why
    fakes.models.default = None
    rows = last(await heard(fakes, annotation(said=CORRECTION, about=one)))
    assert {r.trial.status for r in rows.values()} == {"untested"} and "No model" in rows[0].trial.why
    assert {r.amendment.source.by for r in rows.values()} == {"library", "person"}


async def test_a_model_out_of_reach_is_not_called_missing() -> None:
    class Gone(ScriptedModels):
        async def model(self, profile: str | None = None, name: str | None = None) -> ScriptedModel:
            raise ModelUnreachable("localhost refused the connection.")

    fakes, one = await stage()
    fakes.models = Gone()
    rows = last(await heard(fakes, annotation(said=CORRECTION, about=one)))
    assert rows and {r.trial.status for r in rows.values()} == {"untested"}
    assert {r.trial.why for r in rows.values()} == {"It could not be tried: localhost refused the connection."}


async def test_a_model_that_fails_ends_its_own_rows() -> None:
    fakes, one = await stage(lambda messages, parameters: ModelBusy("Busy."))
    events = await heard(fakes, annotation(said=CORRECTION, about=one))
    failed = {e.slot for e in events if isinstance(e, Failed)}
    assert failed == {e.slot for e in events if isinstance(e, Slot) and e.source.by == "model"}
    assert {r.trial.status for r in last(events).values()} == {"untested"}
    assert isinstance(events[-1], Finished)


async def test_the_embedded_model_writes_one_candidate() -> None:
    fakes, one = await stage()
    fakes.model.info = ModelInfo(profile="test", model="toy", embedded=True, prompt_price=0, completion_price=0)
    events = await heard(fakes, annotation(said=CORRECTION, about=one))
    assert [e.source.by for e in events if isinstance(e, Slot)].count("model") == 1


async def test_stopping_keeps_what_was_offered() -> None:
    async def hangs(messages: Any, parameters: Any) -> str:
        await asyncio.sleep(3600)
        return ""

    fakes, one = await stage(hangs)
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, stop.set)
    events = await asyncio.wait_for(heard(fakes, annotation(said=CORRECTION, about=one), stop=stop), 5)
    assert isinstance(events[-1], Finished)
    kept = await fakes.journal.get("ana", an_id(50))
    assert kept and kept.kind == "amendment" and len(kept.body["proposals"]) == 3


async def test_the_same_round_again_costs_nothing() -> None:
    fakes, one = await stage()
    await heard(fakes, annotation(said=CORRECTION, about=one))
    calls = len(fakes.model.calls)
    events = await heard(fakes, annotation(said=CORRECTION, about=one))
    assert len(fakes.model.calls) == calls and events[-1].cost == 0
