"""Being listened to: a question back, its answer, and the conversation as it branches."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_reconst.acts.claim import claim
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.ports import CellState
from jupyter_reconst.core.requests import Turns
from jupyter_reconst.core.turns import TurnRecord
from jupyter_reconst.doors.failing import Unanswered
from jupyter_reconst.doors.remote import Refused
from jupyter_reconst.doors.show import CHOICE_MIME, TURN_MIME
from tests.asking import asked, cells, turns
from tests.fakes import ANA, an_id, reconst
from tests.listening import ASKED, OPTIONS, QUESTION, listens, partner, record, slow
from tests.scenes import NOTEBOOK
from tests.unit.test_magics import BEGAN, RECORD, TURN, Shell, Transport, ended, magic


async def test_question_answer_and_reply_hold_under_cancel_reload_edit_and_without_a_browser() -> None:
    fakes = reconst(lambda messages, _: slow(partner(messages[-1].content)))
    await listens(fakes)


async def test_the_model_is_sent_its_question_with_the_answer() -> None:
    fakes = reconst(lambda messages, _: partner(messages[-1].content))
    await cells(fakes, ("asks", None), ("answers", None))
    await record(fakes, ASKED, "asks")
    await record(fakes, OPTIONS[0], "answers")
    said = [m.content for m in fakes.model.calls[1][0] if m.role != "system"]
    assert said == [ASKED, QUESTION, OPTIONS[0]]


async def test_a_question_in_a_colleagues_notebook_is_shown_and_never_sent_on() -> None:
    fakes = reconst("Yes.")
    fields = {"notebook": NOTEBOOK, "model": "m", "digest": "0" * 64, "articles": 0, "status": "complete"}
    theirs = TurnRecord(turn=an_id(50), prompt=ASKED, reply=QUESTION, style="listen", **fields)
    states = (CellState(cell="asks", turn=theirs.turn), CellState(cell="answers"))
    await claim(fakes.ports, ANA, Turns(notebook=NOTEBOOK, records=(theirs,), cells=states))
    await cells(fakes, ("asks", theirs.turn), ("answers", None))
    shown = (await asked(fakes, ASKED, "asks"))[-1].record  # type: ignore[union-attr]
    assert shown.replayed and shown.question and shown.question.options == OPTIONS
    mine = (await asked(fakes, OPTIONS[0], "answers"))[-1].record  # type: ignore[union-attr]
    assert mine.parent == theirs.turn and "Which part" not in fakes.model.sent


async def test_another_answer_is_a_branch_of_its_own() -> None:
    fakes = reconst(lambda messages, _: partner(messages[-1].content))
    await cells(fakes, ("asks", None), ("one", None), ("two", None))
    first = await record(fakes, ASKED, "asks")
    one = await record(fakes, OPTIONS[0], "one")
    two = await record(fakes, OPTIONS[1], "two", from_="asks")
    assert (one.parent, two.parent, two.follows) == (first.turn, first.turn, "asks")
    assert one.reply not in str(fakes.model.calls[-1][0])
    assert two.wish.continues == "asks" and (await record(fakes, OPTIONS[1], "two", from_="asks")).replayed
    assert (await record(fakes, OPTIONS[1], "two")).parent == one.turn  # Without --from it is another question.
    by_turn = await record(fakes, "And so?", "two", from_=first.turn)
    by_number = await record(fakes, "And so!", "two", from_="3", numbers={"3": first.turn})
    assert by_turn.parent == by_number.parent == first.turn


async def test_a_recorded_branch_is_shown_again_though_its_number_is_of_another_run() -> None:
    fakes = reconst("Yes.")
    await cells(fakes, ("asks", None), ("two", None))
    first = await record(fakes, "?", "asks")
    made = await record(fakes, "So?", "two", from_="3", numbers={"3": first.turn})
    again = await record(fakes, "So?", "two", from_="3")
    assert again.replayed and again.turn == made.turn


@pytest.mark.parametrize(
    "wish", [{"from_": "nowhere"}, {"from_": "two"}, {"from_": an_id(9)}, {"from_": "asks", "new": True}], ids=str
)
async def test_what_cannot_be_continued_is_said_and_nothing_is_sent(wish: dict[str, Any]) -> None:
    fakes = reconst("Yes.")
    await cells(fakes, ("asks", None), ("two", None))
    await record(fakes, "?", "asks")
    with pytest.raises(BadInput):
        await record(fakes, "So?", "two", **wish)
    assert len(await turns(fakes)) == 1


def test_the_magic_says_what_was_typed_and_which_turns_its_numbers_are(monkeypatch: pytest.MonkeyPatch) -> None:
    shell, transport = Shell(), Transport(BEGAN, ended("Yes."))
    shell.execution_count = 3  # type: ignore[attr-defined]
    ours = magic(transport, shell, monkeypatch)
    ours.cell("--style listen", "Why?")
    ours.cell("--from 3 --keep 3 c7", "So?")
    first, second = transport.asked
    assert (first["style"], first["from"], first["keep"], first["numbers"]) == ("listen", "", [], {})
    assert (second["from"], second["keep"], second["numbers"]) == ("3", ["3", "c7"], {"3": TURN})


def test_a_question_is_readable_without_buttons(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    asks = {"text": "Which <b>part</b>?", "options": list(OPTIONS)}
    last = {"type": "ended", "record": {**RECORD, "reply": QUESTION, "status": "complete", "question": asks}}
    magic(Transport(BEGAN, last), shell, monkeypatch).cell("", "Why?")
    data = shell.drawn[-1][1]
    assert data[TURN_MIME]["reply"] == QUESTION
    assert data["text/plain"].splitlines()[:4] == ["Question: Which <b>part</b>?", "", "1. The proof", "2. The wording"]
    assert "<b>" not in data["text/markdown"] and "2. The wording" in data["text/markdown"]


def test_a_conversation_that_was_outgrown_offers_the_choice_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = {"code": "outgrown", "message": "This conversation has outgrown m.", "remedy": "Ask with --keep last."}
    for refusal in (Refused(problem), {"type": "failed", "problem": problem}):
        shell = Shell()
        with pytest.raises(Unanswered):
            magic(Transport(refusal), shell, monkeypatch).cell("", "Why?")
        ((_, data, _, _),) = shell.drawn
        assert data == {CHOICE_MIME: problem, "text/plain": "Ask with --keep last."}
