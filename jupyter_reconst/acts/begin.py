"""What a preview needs before its first call: the laws, the aim, the wish, the model with its budget."""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_reconst.acts.aim import aim_of
from jupyter_reconst.acts.compare import Laws
from jupyter_reconst.acts.inforce import amendable, ratified_cases
from jupyter_reconst.acts.measuring import Measuring
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.previews import Record, marked_before, recorded_preview
from jupyter_reconst.acts.probe import Wish
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.acts.run import Run
from jupyter_reconst.acts.sampled import sample_of
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.silence import Silence
from jupyter_reconst.core.amendments import amended
from jupyter_reconst.core.constitution import Article, Constitution, Draft
from jupyter_reconst.core.errors import BadInput, NotebookUnknown, NotFound, Stale
from jupyter_reconst.core.impact import Budget, Ended, Preview
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.requests import StartPreview
from jupyter_reconst.core.turns import Parameters, Turn


async def begin(
    ports: Ports,
    person: Person,
    request: StartPreview,
    record: Record | None = None,
    *,
    budget: Budget | None = None,
    model: Model | None = None,
) -> Run:
    """A run, from its beginning or from its record; another `budget` or `model` may be given.

    Raises NotebookUnknown, NoModel, NotFound, Stale where what is in force has changed since, and BadInput for a
    budget in dollars where the price is not known.
    """
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    asked = model or await chosen(ports, document)
    constitution, revisions = await amendable(ports, person, document)
    after, _ = amended(constitution, request.amendment, revisions=revisions)
    sources = await _turns(ports, person, (about.target.turn for about in request.annotations))
    draft = _draft(constitution, request)
    aim = aim_of(request.amendment, request.annotations, draft)
    start = Preview(
        id=request.id,
        notebook=document.notebook,
        amendment=request.amendment,
        before=constitution.digest,
        after=after.digest,
        model=asked.info.model,
        status="running",
        planned=0,
        budget=request.budget,
        harder=request.harder,
        created=ports.clock.now(),
    )
    if record is not None:
        told = record.preview
        if (told.before, told.after, told.model) != (start.before, start.after, start.model):
            raise Stale("What is in force, or the model, has changed since this preview began.")
        start = told
    if budget is not None:
        start = start.model_copy(update={"budget": budget.beyond(start.calls, start.cost)})
    metered = Metered(asked, _left(start, asked))
    wish = Wish(
        notebook=document.notebook,
        draft=draft,
        aim=aim,
        library=request.amendment.source.by == "library",
        sources=sources,
        cases=await ratified_cases(ports, person, document, constitution),
        prompts=request.prompts,
        others=_others(constitution, request),
        generate=request.generate,
        sample=sample_of(asked),
        style=document.reading.style,
    )
    run = Run(
        ports,
        person,
        request,
        metered,
        Laws(constitution, after, sources[0].parameters if sources else Parameters()),
        aim,
        wish,
        preview=start,
        before=start,
        marked=await marked_before(ports, person, start),
        silence=Silence(ports.clock, metered),
        measuring=Measuring(small=asked.info.embedded),
        picked=tuple(
            turn
            for turn in await _turns(ports, person, request.turns)
            if turn.notebook == document.notebook and turn.status == "complete" and not (turn.claimed or turn.recording)
        ),
        last=ports.clock.monotonic(),
    )
    if record is not None:
        run.probes = record.probes
        run.rows = {row.probe.id: row for row in record.rows}
        run.measuring.expect(record.probes or (), run.rows)
    return run


async def reopened(ports: Ports, person: Person, preview: str, budget: Budget | None) -> tuple[Run, Ended]:
    """A run that has ended, to do more with its rows, and what had ended it; `budget` is for that alone.

    Raises NotFound, BadInput for a run that has not ended, and what `begin` raises.
    """
    record = await recorded_preview(ports, person, preview)
    if record is None:
        raise NotFound("There is no such preview.")
    if record.preview.status == "running":
        raise BadInput("The preview has not ended.", remedy="Wait for its end, or stop it, then go on with its rows.")
    run = await begin(ports, person, record.request, record, budget=budget or Budget())
    return run, record.preview.ended or "all"


def _left(preview: Preview, model: Model) -> Budget:
    """What is left of a run's budget."""
    budget = preview.budget or Budget()
    if budget.dollars is not None and model.info.cost_unknown:
        raise BadInput(
            f"The price of {model.info.model} is not known, so dollars cannot bound this.",
            remedy="Bound the calls instead.",
        )
    return budget.beyond(-preview.calls, -(preview.cost or 0.0))


def _draft(constitution: Constitution, request: StartPreview) -> Draft:
    """The wording that the amendment is about."""
    if request.amendment.draft is not None:
        return request.amendment.draft
    article = constitution.article(request.amendment.article or "")
    if article is None:
        raise NotFound("The article that this would change is not in the constitution.")
    return article.draft


def _others(constitution: Constitution, request: StartPreview) -> tuple[Article, ...]:
    """The articles that the wording would be in force beside; a repeal has none."""
    amendment = request.amendment
    if amendment.action == "repeal":
        return ()
    return tuple(article for article in constitution.effective if article.id != amendment.article)


async def _turns(ports: Ports, person: Person, ids: Iterable[str | None]) -> tuple[Turn, ...]:
    """The turns of these ids that this person has, once each."""
    found: dict[str, Turn] = {}
    for id in ids:
        turn = await turn_of(ports, person, id)
        if turn is not None:
            found.setdefault(turn.id, turn)
    return tuple(found.values())
