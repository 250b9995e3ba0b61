"""What an update would do to kept cases: said before anything is sent, tried under both laws, and nothing accepted."""

from __future__ import annotations

import asyncio

import pytest

from jupyter_reconst.acts.foresee import effect, foresee
from jupyter_reconst.acts.inforce import in_force
from jupyter_reconst.core.checks import Shown
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import InvisibleText, NoCases, NotAccepted, Stale
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.ports import Document
from jupyter_reconst.core.requests import Foresee, ForeseeEvent, Foreseen, Foresight, TextFile
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.offering import offer
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.turns import Message, Parameters
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import PATH, article, case, opened

RULE = article(1, "a result is stated", "say what you doubt")
SCOPED = article(2, "a page is asked for", "name it", always=False)
DOUBTED = "I think so, but I doubt it."
KEPT = case(1, "Is it true?", "intended", DOUBTED, "Yes!")


def replies(messages: tuple[Message, ...], parameters: Parameters) -> str:
    if parameters.json_schema:
        return '{"fits": false}'
    return "Yes!" if "never doubt" in messages[0].content else DOUBTED


def revised(**fields: object) -> Article:
    return RULE.model_copy(update={"revision": an_id(700), "parents": (RULE.revision,), **fields})


def request(document: Document, *revisions: Article, **fields: object) -> Foresee:
    brought = Reading(revisions=(RULE, *revisions))
    file = TextFile(name="Careful.md", text=dump(Front(name="Careful"), brought))
    offered = offer(document.reading, brought).constitution
    ticked = tuple(one.id for one in offered.articles)
    return Foresee.model_validate(
        {"id": an_id(60), "path": PATH, "file": file, "digest": offered.digest, "articles": ticked, **fields}
    )


async def seen(fakes: Fakes, asked: Foresee, stop: asyncio.Event | None = None) -> list[ForeseeEvent]:
    return [event async for event in foresee(fakes.ports, ANA, asked, stop or asyncio.Event())]


async def tried(
    fakes: Fakes, document: Document, *revisions: Article, **fields: object
) -> tuple[list[Foreseen], Foresight]:
    (stands,) = await seen(fakes, request(document, *revisions, estimate=True))
    assert isinstance(stands, Foresight)
    events = await seen(fakes, request(document, *revisions, accept=stands.accept, **fields))
    last = events[-1]
    assert isinstance(last, Foresight)
    return [event for event in events if isinstance(event, Foreseen)], last


async def test_nothing_is_sent_before_exactly_that_is_accepted() -> None:
    fakes = reconst(replies)
    document = await opened(fakes, RULE, cases=(KEPT,))
    before = await in_force(fakes.ports, ANA, document)
    (stands,) = await seen(fakes, request(document, revised(then="never doubt"), estimate=True))
    assert isinstance(stands, Foresight) and stands.status == "estimated" and stands.most == 14
    assert stands.articles == (RULE.title,) and stands.prompts == (KEPT.prompt,)
    for accept in (None, "0" * 64):
        with pytest.raises(NotAccepted):
            await seen(fakes, request(document, revised(then="never doubt"), accept=accept))
    with pytest.raises(NotAccepted):  # Another wording is another digest.
        await seen(fakes, request(document, revised(then="never doubt!"), accept=stands.accept))
    other = document.model_copy(
        update={"reading": document.reading.model_copy(update={"cases": (KEPT, case(2, "And?", "intended", "a", "b"))})}
    )
    await fakes.documents.tell(ANA.owner, other)
    with pytest.raises(NotAccepted):  # A case that came meanwhile is not covered.
        await seen(fakes, request(document, revised(then="never doubt"), accept=stands.accept))
    assert fakes.model.calls == [] and (await in_force(fakes.ports, ANA, document)).digest == before.digest


async def test_a_case_that_an_update_undoes_is_a_regression_and_nothing_is_accepted() -> None:
    fakes = reconst(replies)
    document = await opened(fakes, RULE, cases=(KEPT,))
    (row,), last = await tried(fakes, document, revised(then="never doubt"))
    assert (row.effect, row.before.outcome, row.after.outcome) == ("regression", "held", "regression")
    assert (last.status, last.left, last.calls) == ("done", 0, len(fakes.model.calls)) and last.calls <= last.most
    assert fakes.journal.lines[-1].kind == "check" and fakes.journal.lines[-1].body["calls"] == last.calls
    law = await in_force(fakes.ports, ANA, document)
    assert law.constitution.articles == (RULE,) and await fakes.trust.accepted(
        "ana", document.reading.constitution.digest
    )
    calls = len(fakes.model.calls)
    assert (await tried(fakes, document, revised(then="never doubt")))[0][0].effect == "regression"
    assert len(fakes.model.calls) == calls, "what was answered is recorded"


async def test_a_case_that_is_sent_the_same_is_asked_once() -> None:
    fakes = reconst(replies)
    document = await opened(fakes, RULE, cases=(KEPT,))
    (row,), _ = await tried(fakes, document, SCOPED)
    assert row.effect == "unchanged" and len([c for c in fakes.model.calls if not c[1].json_schema]) == 1
    (row,), _ = await tried(fakes, document, revised(why="Another reason."))
    assert row.effect == "unchanged"


async def test_bounds_and_stops_leave_cases_untold() -> None:
    fakes = reconst(replies)
    document = await opened(fakes, RULE, cases=(KEPT,))
    rows, last = await tried(fakes, document, revised(then="never doubt"), budget=Budget(calls=1))
    assert last.left == 1 and last.calls == 1 and [row.effect for row in rows] == ["unsure"]
    stop = asyncio.Event()
    stop.set()
    (stands,) = await seen(fakes, request(document, revised(then="no"), estimate=True))
    assert isinstance(stands, Foresight)
    events = await seen(fakes, request(document, revised(then="no"), accept=stands.accept), stop)
    assert isinstance(events[-1], Foresight) and (events[-1].status, events[-1].left) == ("stopped", 1)


async def test_what_cannot_be_tried_says_why() -> None:
    fakes = reconst(replies)
    document = await opened(fakes, RULE)
    with pytest.raises(NoCases):
        await seen(fakes, request(document, revised(then="x"), estimate=True))
    document = await opened(fakes, RULE, cases=(KEPT,))
    with pytest.raises(InvisibleText):
        await seen(fakes, request(document, revised(then="x\u200b"), estimate=True))
    stale = request(document, revised(then="x"), estimate=True).model_copy(update={"digest": "0" * 64})
    with pytest.raises(Stale):
        await seen(fakes, stale)
    assert fakes.model.calls == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("held", "held", "unchanged"),
        ("held", "regression", "regression"),
        ("regression", "held", "intended"),
        ("regression", "regression", "unchanged"),
        ("unsure", "regression", "unsure"),
        ("held", "unsure", "unsure"),
        ("unsure", "held", "unsure"),
        ("held", "failed", "unsure"),
        ("failed", "failed", "unsure"),
        ("unasked", "unasked", "unsure"),
    ],
)
def test_what_two_outcomes_are(before: str, after: str, found: str) -> None:
    one, other = (Shown.model_validate({"outcome": outcome}) for outcome in (before, after))
    assert effect(one, other) == found
