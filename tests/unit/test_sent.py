"""What was sent, for everything that a model wrote: to the letter, to nobody else, and not after it is forgotten."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from pydantic import ValidationError

from jupyter_reconst.acts.forget import forget
from jupyter_reconst.acts.judge import judge
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.acts.sent import sent
from jupyter_reconst.core.errors import NotFound, StoreFull
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.requests import AskSent, Candidate, Disagrees, Forget, Judge, Watch
from jupyter_reconst.core.sent import WasSent
from tests.asking import asked, cells, turns
from tests.fakes import ANA, BEN, Fakes, an_id, reconst
from tests.scenes import CORRECTION, annotation, article, keep, opened, said, turn
from tests.unit import test_correct as correcting
from tests.unit import test_judge as judging
from tests.unit import test_preview as previewing
from tests.unit import test_propose as proposing
from tests.unit import test_rehearse as rehearsing


async def shown(fakes: Fakes, **of: str | None) -> WasSent:
    return await sent(fakes.ports, ANA, AskSent(**of))


def was(fakes: Fakes, found: WasSent) -> bool:
    """Whether each of these calls is, byte for byte, one that the model got."""
    got = [(messages, parameters) for messages, parameters in fakes.model.calls]
    return bool(found.sendings) and all((one.messages, one.parameters) in got for one in found.sendings)


def unescaped(reply: str) -> str:
    """All that a JSON reply says."""
    return " ".join(str(value) for value in json.loads(reply).values())


async def test_a_turn_says_its_messages_and_its_articles_with_number_and_scope() -> None:
    fakes = reconst("It does not survive.")
    await opened(fakes, article(1, "a result is stated", "cite it"), article(2, "always", "be brief"))
    await cells(fakes, ("one", None))
    await asked(fakes, "Does it survive?")
    (one,) = await turns(fakes)
    found = await shown(fakes, turn=one.id)
    assert was(fakes, found) and found.exact and found.sendings[0].reply == "It does not survive."
    assert [(a.number, a.scope, a.sent, a.why) for a in found.articles] == [
        (1, "notebook", True, "always"),
        (2, "notebook", True, "always"),
    ]
    assert (found.digest, found.created) == (one.digest, one.created)


async def test_a_turn_says_how_it_was_decided_which_scoped_articles_belong_to_it() -> None:
    def script(messages: Any, parameters: Any) -> str:
        return said(fits="cite" in messages[-1].content) if parameters.json_schema else "It does not survive."

    fakes = reconst(script)
    fits, not_ = article(1, "cite", "name the paper", always=False), article(2, "code", "test it", always=False)
    await opened(fakes, fits, not_, article(3, "always", "be brief"))
    await cells(fakes, ("one", None))
    await asked(fakes, "Does it survive?", style="listen")
    (one,) = await turns(fakes)
    found = await shown(fakes, turn=one.id)
    assert [each.what for each in found.sendings] == [
        "",
        "Whether “Article 1” belongs here",
        "Whether “Article 2” belongs here",
    ]
    assert was(fakes, found) and [json.loads(each.reply)["fits"] for each in found.sendings[1:]] == [True, False]
    assert [a.number for a in found.articles][:3] == [1, 2, 3], "a style beside it does not hide what was in force"
    count = len(fakes.model.calls)
    fakes.journal.replies.clear()
    assert len((await shown(fakes, turn=one.id)).sendings) == 1 and len(fakes.model.calls) == count


async def test_a_row_of_a_rehearsal_shows_both_sides_until_its_turn_is_forgotten() -> None:
    fakes = await rehearsing.stage(rehearsing.THEIRS, turns=1)
    digest = Reading(revisions=(rehearsing.THEIRS,)).constitution.digest
    events = await rehearsing.rehearsed(fakes, rehearsing.THEIRS.id, digest=digest)
    (row,) = [event.row for event in events if event.type == "row"]
    count = len(fakes.model.calls)
    found = await shown(fakes, call=row.call)
    assert [each.what for each in found.sendings] == ["Now", "With what is ticked"]
    assert [each.reply for each in found.sendings] == [row.before.text, row.after.text]
    assert was(fakes, found) and len(fakes.model.calls) == count
    assert "hide them" not in str(found.sendings[0].messages) and "hide them" in str(found.sendings[1].messages)
    with pytest.raises(NotFound):
        await sent(fakes.ports, BEN, AskSent(call=row.call))
    await forget(fakes.ports, ANA, Forget(turn=row.probe.turn))
    with pytest.raises(NotFound):
        await shown(fakes, call=row.call)


async def test_nobody_else_is_shown_it() -> None:
    fakes = reconst("It does not survive.")
    one = turn()
    await keep(fakes, one)
    with pytest.raises(NotFound):
        await sent(fakes.ports, BEN, AskSent(turn=one.id))
    with pytest.raises(NotFound):
        await shown(fakes, call=one.id)
    with pytest.raises(NotFound):
        await shown(fakes, turn=an_id(99))


async def test_a_turn_that_only_a_notebook_tells_of_shows_nothing_as_sent() -> None:
    fakes = reconst()
    await keep(fakes, turn(messages=(), claimed=True))
    found = await shown(fakes, turn=turn().id)
    assert (found.sendings, found.exact) == ((), False) and "not known" in found.note


def objects(messages: Any, parameters: Any) -> str:
    if "objection" in str(parameters.json_schema) or "reason" in str(parameters.json_schema):
        return said(right=True, reason="It is so.")
    return correcting.writes(messages, parameters)


async def test_each_candidate_names_what_was_sent_for_it_alone() -> None:
    fakes, about = await correcting.stage(objects)
    events = await correcting.heard(fakes, about)
    written = [e for e in events if isinstance(e, Candidate | Disagrees) and e.source.by == "model"]
    assert any(isinstance(e, Disagrees) for e in written)
    seen = []
    for one in written:
        found = await shown(fakes, call=one.call)
        assert was(fakes, found) and len(found.sendings) == 1 and one.text in unescaped(found.sendings[0].reply)
        seen.append(found.sendings[0].messages)
    assert len(seen) == len(set(seen))
    assert all(e.call is None for e in events if isinstance(e, Candidate) and e.source.by == "library")
    with pytest.raises(NotFound):
        await sent(fakes.ports, BEN, AskSent(call=written[0].call))


async def test_a_candidate_is_there_where_the_store_cannot_keep_its_call() -> None:
    fakes, about = await correcting.stage(correcting.writes)
    fakes.journal.failing = StoreFull("There is no space.")
    events = await correcting.heard(fakes, about)
    assert [e.call for e in events if isinstance(e, Candidate)] == [None, None, None]


async def test_an_amendment_shows_what_it_was_written_and_tried_with() -> None:
    fakes, one_turn = await proposing.stage()
    events = await proposing.heard(fakes, annotation(said=CORRECTION, about=one_turn))
    mine = [e for e in proposing.last(events).values() if e.amendment.source.by == "model"]
    assert mine
    for one in mine:
        found = await shown(fakes, call=one.call)
        assert was(fakes, found) and found.sendings[0].what == "To write it"
        assert one.amendment.draft is None or one.amendment.draft.then in found.sendings[0].reply
        assert {s.what for s in found.sendings[1:]} <= {"To try it"}


async def test_a_row_is_put_together_again_and_says_whether_that_is_exact() -> None:
    fakes, about = await previewing.stage()
    await previewing.heard(fakes, previewing.start(about))
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    for row in state.rows:
        found = await shown(fakes, preview=state.id, probe=row.probe.id)
        before, after = found.sendings
        assert (before.reply, after.reply) == (row.before.text, row.after.text)
        assert found.exact and after.messages in [messages for messages, _ in fakes.model.calls]
    count = len(fakes.model.calls)
    fakes.journal.replies.clear()
    assert not (await shown(fakes, preview=state.id, probe=state.rows[1].probe.id)).exact
    assert len(fakes.model.calls) == count, "looking asks nobody"
    with pytest.raises(NotFound):
        await sent(fakes.ports, BEN, AskSent(preview=state.id, probe=state.rows[0].probe.id))


async def test_a_judgement_shows_both_orders() -> None:
    fakes, _ = await judging.tried()
    events = [e async for e in judge(fakes.ports, ANA, Judge(preview=an_id(70)), asyncio.Event())]
    row = next(e.row for e in events if e.type == "row" and e.row.judgement)
    found = await shown(fakes, call=row.judgement.call)
    assert was(fakes, found) and len(found.sendings) == 2
    assert all(row.after.text in one.messages[-1].content for one in found.sendings)


@pytest.mark.parametrize("of", [{}, {"preview": an_id(1)}, {"turn": an_id(1), "call": an_id(2)}, {"turn": "no"}])
def test_one_thing_is_asked_for(of: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        AskSent.model_validate(of)
