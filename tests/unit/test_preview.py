"""The preview: bins in turn, rows as they are ready, nothing recorded paid again, marks that stay."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_reconst.acts.call import call_key
from jupyter_reconst.acts.mark import mark
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import preview_state, previews
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.errors import NoModel, NotebookUnknown, NotFound
from jupyter_reconst.core.impact import Preview
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.requests import (
    Failed,
    MarkRow,
    Notebook,
    Progress,
    Ratify,
    Row,
    StartPreview,
    Watch,
)
from jupyter_reconst.core.samples import Recorded, RecordedProbe, Sample
from tests.fakes import ANA, BEN, Fakes, ScriptedModel, an_id, reconst
from tests.scenes import (
    CORRECTION,
    NOTEBOOK,
    PATH,
    PROMPT,
    REPLY,
    adding,
    annotation,
    article,
    case,
    governed,
    keep,
    opened,
    said,
    task,
    turn,
)

PAST = [
    turn(11, "Who first described the halting problem?", "Turing did (1936)."),
    turn(12, "Who first described the off-switch game in a lecture?", "That is not known."),
    turn(13, "Plot a sine curve.", "import matplotlib"),
]


def answers(messages: Any, parameters: Any) -> str:
    """Cites until a rule forbids it; a WHEN fits where the reply has a year; writes two neighbours."""
    kind = task(messages)
    if kind == "fires":
        return said(fires="(1936)" in messages[-1].content)
    if kind == "prompts":
        return said(prompts=["Who first defined entropy?", "Who coined corrigibility?"])
    if messages[-1].content == PROMPT:
        return CORRECTION if governed(messages) else REPLY
    return f"Reply to: {messages[-1].content}"


RULE = adding("the reply names who first did something", "say that a source is needed")


OFF = article(1, "a result is stated", "cite it", enabled=False)
"""An article in force that sends nothing: what kept cases belong to."""


async def stage(script: Any = answers, **fields: Any) -> tuple[Fakes, Annotation]:
    fakes = reconst(script)
    source = turn()
    await keep(fakes, source, *PAST)
    await opened(fakes, **fields)
    return fakes, annotation(said=CORRECTION, about=source)


def start(about: Annotation | None, amendment: Amendment = RULE, number: int = 70, **fields: Any) -> StartPreview:
    annotations = (about,) if about else ()
    return StartPreview(id=an_id(number), path=PATH, amendment=amendment, annotations=annotations, **fields)


async def heard(fakes: Fakes, request: StartPreview, stop: asyncio.Event | None = None) -> list[Any]:
    return [event async for event in preview(fakes.ports, ANA, request, stop or asyncio.Event())]


def final(events: list[Any]) -> Preview:
    found = [event.preview for event in events if isinstance(event, Progress)]
    return found[-1]


def rows(events: list[Any]) -> dict[str, Any]:
    return {event.row.probe.id: event.row for event in events if isinstance(event, Row)}


async def test_every_bin_is_seen_in_turn_and_says_why() -> None:
    fakes, about = await stage()
    await opened(fakes, OFF, cases=(case(1, "A kept prompt", "intended", "x", "y"),))
    events = await heard(fakes, start(about, prompts=("Mine?",), generate=2))
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    bins = [row.probe.bin for row in state.rows]
    assert bins[:6] == ["source", "case", "own", "in", "near", "out"]
    assert bins.count("in") == 1 and bins.count("near") == 3 and bins.count("out") == 8
    assert all(row.probe.chosen for row in state.rows)
    generated = [row.probe for row in state.rows if row.probe.generator]
    assert [p.prompt for p in generated] == ["Who first defined entropy?", "Who coined corrigibility?"]
    assert final(events).planned == len(state.rows) == len(rows(events))


async def test_a_case_is_judged_beside_the_turn_it_came_from() -> None:
    """One prompt, a row as the corrected turn and a row for each case; nothing is asked twice for that."""

    def undoes(messages: Any, parameters: Any) -> str:
        return REPLY if governed(messages) else CORRECTION if messages[-1].content == PROMPT else "Same."

    fakes, about = await stage(undoes)
    kept = (case(1, PROMPT, "intended", CORRECTION, REPLY), case(2, PROMPT, "unintended", REPLY, CORRECTION))
    await opened(fakes, OFF, cases=kept)
    events = await heard(fakes, start(about, generate=0))
    found = {row.probe.case: row for row in rows(events).values() if row.probe.prompt == PROMPT}
    assert set(found) == {None, kept[0].id, kept[1].id}
    assert (found[None].probe.bin, found[kept[0].id].verdict) == ("source", "regression")
    assert {row.before.text for row in found.values()} == {CORRECTION}
    calls = [call_key(fakes.model, m, p) for m, p in fakes.model.calls if m[-1].content == PROMPT]
    assert len(calls) == 3 and final(events).floor == 0, "both laws once, and the measured one once more"


async def test_only_cases_of_this_persons_own_ratifications_are_replayed() -> None:
    fakes, about = await stage()
    mine = case(1, "Mine, as I ratified it", "intended", "x", "y")
    other = mine.model_copy(update={"id": an_id(311), "prompt": "From somebody else"})
    await opened(fakes, OFF, cases=(mine,))
    document = await fakes.documents.of_path("ana", PATH)
    assert document
    edited = mine.model_copy(update={"prompt": "Changed in the file"})
    for carried in ((edited, other), (mine, other)):
        reading = document.reading.model_copy(update={"cases": carried})
        await fakes.documents.tell("ana", document.model_copy(update={"reading": reading}))
        await heard(fakes, start(about, number=70 + (mine in carried)))
        assert (mine.prompt in fakes.model.sent) == (mine in carried)
        assert edited.prompt not in fakes.model.sent and other.prompt not in fakes.model.sent
    repealed = document.reading.model_copy(update={"revisions": ()})
    await fakes.documents.tell("ana", document.model_copy(update={"reading": repealed}))
    events = await heard(fakes, start(about, number=72))
    assert "case" not in {row.probe.bin for row in rows(events).values()}


async def test_rows_counts_and_effect() -> None:
    fakes, about = await stage()
    events = await heard(fakes, start(about))
    assert isinstance(events[0], Progress) and events[0].preview.status == "running"
    done = final(events)
    assert (done.status, done.effect, done.seconds_left, done.floor) == ("done", "seen", None, 0)
    assert done.calls == len(fakes.model.calls)
    verdicts = {row.probe.bin: row.verdict for row in rows(events).values()}
    assert verdicts["source"] == "intended" and verdicts["out"] == "unchanged"
    assert done.before != done.after and done.model == "scripted"


async def test_a_change_far_away_is_unintended() -> None:
    fakes, about = await stage(lambda m, p: "Rhubarb." if governed(m) else answers(m, p))
    events = await heard(fakes, start(about))
    assert {row.verdict for row in rows(events).values() if row.probe.bin == "out"} == {"unintended"}


async def test_no_effect_is_said() -> None:
    fakes, about = await stage(lambda m, p: answers(m, p) if task(m) != "reply" else f"Reply: {m[-1].content}")
    done = final(await heard(fakes, start(about)))
    assert (done.status, done.effect) == ("done", "none")


async def test_the_same_preview_twice_makes_no_call() -> None:
    fakes, about = await stage()
    first = final(await heard(fakes, start(about, prompts=("Mine?",))))
    calls = len(fakes.model.calls)
    second = final(await heard(fakes, start(about, prompts=("Mine?",), number=71)))
    assert len(fakes.model.calls) == calls and second.calls == 0
    assert second.saved > 0 and second.planned == first.planned and second.cost == 0


async def test_another_wording_asks_again_only_for_the_amended_side() -> None:
    fakes, about = await stage()
    await heard(fakes, start(about))
    calls = len(fakes.model.calls)
    reworded = RULE.model_copy(update={"draft": RULE.draft and RULE.draft.model_copy(update={"then": "name no one"})})
    done = final(await heard(fakes, start(about, reworded, number=71)))
    again = [messages for messages, _ in fakes.model.calls[calls:]]
    assert again and all(governed(messages) for messages in again)
    assert len(again) == done.planned


async def test_noise_is_measured_and_not_called_a_change() -> None:
    count = 0

    def noisy(messages: Any, parameters: Any) -> str:
        nonlocal count
        count += 1
        return answers(messages, parameters) if task(messages) != "reply" else f"a b c d e f g h i {count}"

    fakes, about = await stage(noisy)
    done = final(await heard(fakes, start(about)))
    assert done.floor == 0.1 and done.effect == "none"
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert {row.verdict for row in state.rows} == {"unchanged"} and all(row.noise for row in state.rows)


async def test_a_row_that_a_raised_floor_judges_anew_keeps_its_mark() -> None:
    count = 0

    async def noisy(messages: Any, parameters: Any) -> str:
        nonlocal count
        if task(messages) != "reply" or messages[-1].content == PROMPT:
            return "a b c d e f g h i 1" if governed(messages) else "a b c d e f g h i 0"
        count += 1
        said = f"a b c d e {count} {count} {count} {count} {count}"
        await asyncio.sleep(0.05)
        return said

    fakes, about = await stage(noisy)
    seen: list[Any] = []
    async for event in preview(fakes.ports, ANA, start(about, generate=0), asyncio.Event()):
        seen.append(event)
        if isinstance(event, Row) and len(rows(seen)) == 1 and event.row.mark is None:
            await mark(
                fakes.ports, ANA, MarkRow(preview=an_id(70), probe=event.row.probe.id, mark="intended", note="n")
            )
    told = [event.row for event in seen if isinstance(event, Row) and event.row.probe.bin == "source"]
    assert [row.verdict for row in told] == ["unmarked", "unchanged"]
    assert (told[-1].mark, told[-1].note) == ("intended", "n")


async def test_refusals_come_before_the_first_event() -> None:
    fakes, about = await stage()
    missing = Amendment(id=an_id(31), action="repeal", article=an_id(999), base=an_id(998))
    with pytest.raises(NotFound):
        await heard(fakes, start(about, missing))
    with pytest.raises(NotebookUnknown):
        await heard(fakes, start(about).model_copy(update={"path": "elsewhere.ipynb"}))
    fakes.models.default = None
    with pytest.raises(NoModel):
        await heard(fakes, start(about))
    assert not await fakes.journal.events("ana", kind="preview")


async def test_marks_are_appended_and_the_last_word_counts() -> None:
    fakes, about = await stage()
    events = await heard(fakes, start(about))
    probe = next(iter(rows(events)))
    request = MarkRow(preview=an_id(70), probe=probe, mark="unintended", note="too far")
    row = (await mark(fakes.ports, ANA, request)).row
    assert (row.mark, row.note, row.standing) == ("unintended", "too far", "unintended")
    await mark(fakes.ports, ANA, request.model_copy(update={"mark": "intended", "note": ""}))
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert next(r for r in state.rows if r.probe.id == probe).mark == "intended"
    await mark(fakes.ports, ANA, request.model_copy(update={"mark": None, "note": ""}))
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert next(r for r in state.rows if r.probe.id == probe).mark is None
    assert len(await fakes.journal.events("ana", kind="mark")) == 3


async def test_a_mark_answers_what_the_rows_add_up_to_with_it() -> None:
    fakes, about = await stage()
    events = await heard(fakes, start(about))
    probe = next(id for id, row in rows(events).items() if row.probe.bin == "source")
    fixed = MarkRow(preview=an_id(70), probe=probe, mark="intended")
    for request in (fixed, fixed.model_copy(update={"mark": "regression"})):
        marked = await mark(fakes.ports, ANA, request)
        state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
        assert marked.evidence == state.evidence and marked.row in state.rows
        assert (marked.evidence.target.fixed, marked.evidence.target.broken) == ((1, 0) if request is fixed else (0, 1))


async def test_a_run_says_at_its_end_what_its_rows_add_up_to_with_marks_that_were_made_meanwhile() -> None:
    fakes, about = await stage()
    marked, last = False, None
    async for event in preview(fakes.ports, ANA, start(about, generate=0), asyncio.Event()):
        if isinstance(event, Row) and event.row.probe.bin == "source" and not marked:
            marked = True
            said = MarkRow(preview=an_id(70), probe=event.row.probe.id, mark="regression")
            assert not (await mark(fakes.ports, ANA, said)).evidence.target.exact
        last = event
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert isinstance(last, Progress) and last.preview.evidence == state.evidence
    assert (state.evidence.target.broken, state.evidence.target.exact, state.ended) == (1, True, "all")


async def test_another_person_sees_nothing() -> None:
    fakes, about = await stage()
    events = await heard(fakes, start(about))
    with pytest.raises(NotFound):
        await preview_state(fakes.ports, BEN, Watch(preview=an_id(70)))
    with pytest.raises(NotFound):
        await mark(fakes.ports, BEN, MarkRow(preview=an_id(70), probe=next(iter(rows(events))), mark="intended"))
    with pytest.raises(NotFound):
        await mark(fakes.ports, ANA, MarkRow(preview=an_id(70), probe=an_id(999), mark="intended"))


async def test_previews_are_listed_newest_first_without_rows() -> None:
    fakes, about = await stage()
    await heard(fakes, start(about))
    fakes.clock.pass_(60)
    await heard(fakes, start(about, number=71))
    listed = [tried.preview for tried in (await previews(fakes.ports, ANA, Notebook(path=PATH))).previews]
    assert [p.id for p in listed] == [an_id(71), an_id(70)]
    assert all(p.rows == () and p.status == "done" and p.notebook == NOTEBOOK for p in listed)


async def test_a_listed_preview_says_what_it_was_begun_with_and_whether_it_is_law() -> None:
    fakes, about = await stage()
    await heard(fakes, start(about, prompts=("Mine?",)))
    (tried,) = (await previews(fakes.ports, ANA, Notebook(path=PATH))).previews
    assert (tried.annotations, tried.prompts, tried.ratified) == ((about,), ("Mine?",), False)
    for row in (await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))).rows:
        await mark(fakes.ports, ANA, MarkRow(preview=an_id(70), probe=row.probe.id, mark="intended"))
    fakes.clock.pass_(1)
    await ratify(fakes.ports, ANA, Ratify(id=an_id(80), path=PATH, amendment=RULE, preview=an_id(70)))
    fakes.clock.pass_(1)
    await heard(fakes, start(about, number=71))
    found = (await previews(fakes.ports, ANA, Notebook(path=PATH))).previews
    assert [(t.preview.id, t.ratified) for t in found] == [(an_id(71), False), (an_id(70), True)]


async def test_a_mark_stays_where_another_run_shows_the_same() -> None:
    fakes, about = await stage(lambda m, p: f"Rhubarb: {m[-1].content}" if governed(m) else answers(m, p))
    first = rows(await heard(fakes, start(about)))
    changed = [id for id, row in first.items() if row.verdict != "unchanged"]
    assert len(changed) >= 3
    await mark(fakes.ports, ANA, MarkRow(preview=an_id(70), probe=changed[0], mark="unintended", note="too far"))
    await mark(fakes.ports, ANA, MarkRow(preview=an_id(70), probe=changed[1], mark="intended"))
    await mark(fakes.ports, ANA, MarkRow(preview=an_id(70), probe=changed[2], mark="intended"))
    await mark(fakes.ports, ANA, MarkRow(preview=an_id(70), probe=changed[2], mark=None))
    fakes.clock.pass_(1)
    shown = rows(await heard(fakes, start(about, prompts=("Mine?",), number=71)))
    kept = await preview_state(fakes.ports, ANA, Watch(preview=an_id(71)))
    prompts = {
        first[changed[0]].probe.prompt: ("unintended", "too far"),
        first[changed[1]].probe.prompt: ("intended", ""),
    }
    for told in ({r.probe.prompt: r for r in shown.values()}, {r.probe.prompt: r for r in kept.rows}):
        assert {p: (r.mark, r.note) for p, r in told.items() if r.mark} == prompts
    reworded = adding(RULE.draft.when, f"{RULE.draft.then}, briefly")  # type: ignore[union-attr]
    fakes.clock.pass_(1)
    await heard(fakes, start(about, reworded, number=72))
    again = await preview_state(fakes.ports, ANA, Watch(preview=an_id(72)))
    assert {r.probe.prompt for r in again.rows if r.mark} == set(prompts)
    elsewhere = reworded.model_copy(update={"id": an_id(33)})
    fakes.clock.pass_(1)
    await heard(fakes, start(about, elsewhere, number=73))
    other = await preview_state(fakes.ports, ANA, Watch(preview=an_id(73)))
    assert not [r for r in other.rows if r.mark], "another amendment is judged for itself"


async def test_a_mark_does_not_stay_where_a_reply_differs() -> None:
    fakes, about = await stage()
    first = rows(await heard(fakes, start(about)))
    source = next(id for id, row in first.items() if row.probe.bin == "source")
    await mark(fakes.ports, ANA, MarkRow(preview=an_id(70), probe=source, mark="intended"))
    fakes.model.script = lambda m, p: "Something else." if governed(m) else answers(m, p)
    fakes.clock.pass_(1)
    reworded = adding(RULE.draft.when, f"{RULE.draft.then}, briefly")  # type: ignore[union-attr]
    await heard(fakes, start(about, reworded, number=71))
    again = await preview_state(fakes.ports, ANA, Watch(preview=an_id(71)))
    assert not [r for r in again.rows if r.mark]


async def test_other_notebooks_claimed_and_unfinished_turns_are_no_probes() -> None:
    fakes, about = await stage()
    strangers = [
        turn(14, "Who first described claimed things?", "x", claimed=True),
        turn(15, "Who first described recorded things?", "x", recording=True),
        turn(16, "Who first described cut things?", "x", status="incomplete"),
    ]
    await keep(fakes, *strangers)
    elsewhere = turn(17, "Who first described other things?", "x")
    event = await fakes.journal.get("ana", strangers[0].id)
    assert event
    other = event.model_copy(
        update={"id": elsewhere.id, "notebook": an_id(2), "body": elsewhere.model_dump(mode="json")}
    )
    await fakes.journal.append(other)
    events = await heard(fakes, start(about))
    prompts = {row.probe.prompt for row in rows(events).values()}
    assert not prompts & {t.prompt for t in (*strangers, elsewhere)}


async def test_the_embedded_model_gets_fewer_probes_and_writes_none() -> None:
    fakes, about = await stage()
    fakes.model.info = ModelInfo(profile="test", model="toy", embedded=True, prompt_price=0, completion_price=0)
    events = await heard(fakes, start(about))
    bins = [row.probe.bin for row in rows(events).values()]
    assert bins.count("out") == 4
    assert not [row for row in rows(events).values() if row.probe.generator]


async def test_an_amendment_without_highlights_is_tried_on_general_prompts() -> None:
    fakes, _ = await stage(lambda m, p: "In all. Checked." if governed(m) else answers(m, p))
    done = final(await heard(fakes, start(None, adding())))
    assert done.status == "done" and done.effect == "seen"


class Recorder(ScriptedModel):
    """A recorded model, with its sample."""

    sample: Sample


async def test_a_sample_plays_its_own_probes() -> None:
    fakes, about = await stage()
    await opened(fakes, sample="first")
    probe = RecordedProbe.model_validate({"bin": "near", "prompt": "Near?", "without": "Same.", "with": "Same."})
    recorded = Recorded.model_validate({"prompt": PROMPT, "without": REPLY, "with": CORRECTION})
    sample = Sample(id="first", title="First", model="gpt", turns=(recorded,), probes=(probe,))

    def plays(messages: Any, parameters: Any) -> str:
        return sample.reply(messages[-1].content, governed=governed(messages)) or ""

    model = Recorder(plays, ModelInfo(profile="recording", model="gpt", recording=True))
    model.sample = sample
    fakes.models.samples["first"] = model
    events = await heard(fakes, start(about))
    assert {(row.probe.bin, row.verdict) for row in rows(events).values()} == {
        ("source", "intended"),
        ("near", "unchanged"),
    }
    assert fakes.model.calls == [] and not [e for e in events if isinstance(e, Failed)]
