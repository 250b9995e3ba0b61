"""A WHEN against the person's own marks: the counts by brute force, and which marks count, without a single call."""

from __future__ import annotations

from itertools import product
from statistics import StatisticsError, correlation
from typing import Any

import pytest

from jupyter_reconst.acts.call import call_key
from jupyter_reconst.acts.previews import mark_event, row_event, state_event
from jupyter_reconst.acts.score import scores
from jupyter_reconst.core.constitution import EMPTY, Provenance, Words
from jupyter_reconst.core.errors import NoModel, NotebookUnknown
from jupyter_reconst.core.impact import Impact, Preview, Probe
from jupyter_reconst.core.ports import Event
from jupyter_reconst.core.requests import MarkRow, Notebook, StartPreview
from jupyter_reconst.core.scoring import WhenScore, scored
from jupyter_reconst.core.turns import Reply
from jupyter_reconst.prompts.compose import JUDGING, scope_question
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import AT, NOTEBOOK, PATH, PROMPT, adding, annotation, article, keep, opened, said, turn

WHEN = "numbers are asked for"
SCOPED = article(1, WHEN, "give three", always=False)
CAME_FROM = SCOPED.model_copy(update={"provenance": Provenance(at=AT, words=(Words(annotation=an_id(20)),))})
PREVIEW = an_id(70)


def test_every_way_in_which_five_marks_can_fall() -> None:
    for n in range(6):
        for marks in product(product((False, True), repeat=2), repeat=n):
            score = scored(an_id(1), marks)
            assert (score.n, score.hits + score.false_alarms + score.misses + score.passes) == (n, n)
            fired = [should for fires, should in marks if fires]
            wanted = [fires for fires, should in marks if should]
            assert score.precision == (round(sum(fired) / len(fired), 4) if fired else None)
            assert score.recall == (round(sum(wanted) / len(wanted), 4) if wanted else None)
            try:
                mcc = correlation([float(f) for f, _ in marks], [float(s) for _, s in marks])
            except StatisticsError:
                assert score.mcc is None
            else:
                assert score.mcc == pytest.approx(mcc, abs=1e-4)


async def decide(fakes: Fakes, prompt: str, fits: bool, when: str = WHEN) -> None:
    """A scope decision on record."""
    key = call_key(fakes.model, scope_question(when, prompt), JUDGING, 0)
    await fakes.journal.remember(key, Reply(text=said(fits=fits), finish_reason="stop"))


def row(number: int, prompt: str, verdict: str = "unmarked") -> Impact:
    probe = Probe(id=an_id(500 + number), bin="in", prompt=prompt)
    replies = {"before": Reply(text="A."), "after": Reply(text="B.")}
    return Impact.model_validate({"probe": probe, "verdict": verdict, **replies})


async def ratified(fakes: Fakes, *marked: tuple[Impact, Any], number: int = 0) -> None:
    """A preview with these marks, after which the article became law."""
    name = an_id(70 + number)
    preview = Preview(
        id=name, notebook=NOTEBOOK, amendment=adding(), before=EMPTY.digest, after=EMPTY.digest, model="scripted",
        status="done", planned=len(marked), created=AT,
    )  # fmt: skip
    request = StartPreview(id=name, path=PATH, amendment=adding())
    await fakes.journal.append(state_event(fakes.ports, ANA, preview, request, [one.probe for one, _ in marked]))
    for one, mark in marked:
        await fakes.journal.append(row_event(fakes.ports, ANA, preview, one))
        wish = MarkRow(preview=name, probe=one.probe.id, mark=mark)
        await fakes.journal.append(mark_event(fakes.ports, ANA, preview, wish))
    body = {"amendment": {}, "preview": name, "change": {"writes": {}}}
    await fakes.journal.append(
        Event(
            id=an_id(90 + number), owner="ana", notebook=NOTEBOOK, kind="ratification", subject=SCOPED.id, body=body,
            created=AT,
        )
    )  # fmt: skip


async def score(fakes: Fakes) -> WhenScore:
    (found,) = (await scores(fakes.ports, ANA, Notebook(path=PATH))).scores
    assert found.article == SCOPED.id and fakes.model.calls == []
    return found


async def test_marks_count_where_a_decision_is_on_record_and_no_call_is_made() -> None:
    fakes = reconst()
    await opened(fakes, SCOPED)
    marked = [("a", True, "intended"), ("b", False, "intended"), ("c", True, "unintended"), ("d", False, "unintended")]
    await ratified(fakes, *((row(n, prompt), mark) for n, (prompt, _, mark) in enumerate(marked)))
    assert (await score(fakes)).n == 0
    for prompt, fits, _ in marked:
        await decide(fakes, prompt, fits)
    found = await score(fakes)
    assert (found.hits, found.misses, found.false_alarms, found.passes) == (1, 1, 1, 1)
    assert (found.mcc, found.precision, found.recall) == (0, 0.5, 0.5)


async def test_marks_that_say_nothing_of_when_do_not_count() -> None:
    fakes = reconst()
    await opened(fakes, SCOPED)
    await ratified(fakes, (row(1, "a"), "regression"), (row(2, "b", "unchanged"), "intended"), (row(3, "c"), None))
    for prompt in "abc":
        await decide(fakes, prompt, True)
    await decide(fakes, "d", True, when="another wording")
    assert (await score(fakes)).n == 0


async def test_a_prompt_counts_once_by_the_last_word_on_it() -> None:
    fakes = reconst()
    await opened(fakes, SCOPED)
    await ratified(fakes, (row(1, "a"), "intended"))
    await ratified(fakes, (row(2, "a"), "unintended"), number=1)
    await decide(fakes, "a", True)
    found = await score(fakes)
    assert (found.n, found.false_alarms) == (1, 1)


async def test_the_corrected_turn_that_an_article_came_from_is_one_where_it_belongs() -> None:
    fakes = reconst()
    await opened(fakes, CAME_FROM)
    about = turn()
    await keep(fakes, about)
    made = annotation(about=about)
    await fakes.journal.append(
        Event(
            id=made.id, owner="ana", notebook=NOTEBOOK, kind="annotation", subject=made.id,
            body=made.model_dump(mode="json", by_alias=True), created=AT,
        )
    )  # fmt: skip
    await decide(fakes, PROMPT, False)
    found = await score(fakes)
    assert (found.n, found.misses, found.recall) == (1, 1, 0)


async def test_without_a_model_or_a_notebook_nothing_is_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes = reconst()
    with pytest.raises(NotebookUnknown):
        await scores(fakes.ports, ANA, Notebook(path=PATH))
    await opened(fakes, SCOPED)

    async def none(*_: Any) -> Any:
        raise NoModel("No model is connected.")

    monkeypatch.setattr(fakes.models, "model", none)
    assert (await score(fakes)).n == 0
