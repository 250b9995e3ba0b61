"""Candidate amendments from one or several corrections, each tried on its turn before it is offered.

Rows are fixed first: the library's article at two levels of generality, the person's own words, the model's at two
levels, a revision of an article that is near, a repeal of one that may have caused the problem. A row is shown with the
state of its trial; what was rejected stays, folded under its reason.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from jupyter_reconst.acts.aim import aim_of
from jupyter_reconst.acts.drafting import Plan, plans, told
from jupyter_reconst.acts.facts import fact_of, facts
from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.noting import Notes
from jupyter_reconst.acts.sampled import recorded_draft, sample_of
from jupyter_reconst.acts.scene import WINDOW, Scene, scene
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.acts.trial import Ground, tried
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation, Source
from jupyter_reconst.core.constitution import EMPTY, Constitution, Draft
from jupyter_reconst.core.errors import ModelGarbled, StoreError
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Failed, Finished, Proposal, Propose, ProposeEvent, Slot, Trial
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.prompts import replies
from jupyter_reconst.prompts.asking import conversation, data, listed, pointed

_SHOWN = 4_000
CALLS = 32
"""Calls set aside for one round of candidates and their trials."""


@dataclass(slots=True)
class _Round:
    """One round: what is given, and what has come of it."""

    ports: Ports
    person: Person
    here: Scene
    constitution: Constitution
    request: Propose
    reading: str
    model: Metered | None
    ground: Ground | None
    rows: dict[int, Proposal] = field(default_factory=dict)

    def row(self, slot: int, amendment: Amendment, trial: Trial, call: str | None = None) -> Proposal:
        """Keep a row as it now stands, and say it."""
        self.rows[slot] = Proposal(slot=slot, amendment=amendment, trial=trial, call=call)
        return self.rows[slot]

    async def kept(self, notes: Notes) -> str | None:
        """Keep what was sent for a row; it is forgotten with the highlights and their turns."""
        about = [id for a in self.request.annotations for id in (a.id, a.target.turn)]
        return await notes.kept(
            self.person,
            "amendment",
            notebook=self.here.notebook,
            subject=self.request.annotations[0].id,
            about=about,
        )


async def propose(
    ports: Ports, person: Person, request: Propose, stop: asyncio.Event
) -> AsyncGenerator[ProposeEvent, None]:
    """Open the rows, fill them, try them. What was offered is kept in the journal, also when the person leaves."""
    here = await scene(ports, person, request.path, request.annotations)
    constitution = await constitution_in_force(ports, person, here.document) if here.document else EMPTY
    work = _round(ports, person, request, here, constitution)
    small = bool(work.model and work.model.info.embedded)
    writer = Source(by="model", name=work.model.info.model[:200]) if work.model else None
    about = (constitution, request.annotations, here.turn, work.reading)
    if request.kind == "knowledge":
        rows = facts(*about, None if small or sample_of(here.model) else writer)
    else:
        rows = plans(*about, writer, small=small)
    try:
        for slot, plan in enumerate(rows):
            yield Slot(slot=slot, source=plan.source, failure=plan.failure)
        for slot, plan in enumerate(rows):
            if plan.draft is not None or plan.action == "repeal":
                yield work.row(slot, _amendment(work, plan, plan.draft), Trial(status="waiting"))
        writers: dict[int, Writer[Proposal]] = {slot: _writer(work, slot, plan) for slot, plan in enumerate(rows)}
        async for event in merged(writers, stop, ports.clock, at_once=1 if small else 4):
            yield event
        if not rows and here.problem is not None:
            yield Failed(problem=here.problem)
        yield Finished(cost=work.model.cost if work.model else 0.0)
    finally:
        with suppress(StoreError):
            await ports.journal.append(_kept(person, work))


def _round(ports: Ports, person: Person, request: Propose, here: Scene, constitution: Constitution) -> _Round:
    model = Metered(here.model) if here.model else None
    turn = here.turn
    ground = Ground(ports, person, model, constitution, turn, CALLS) if model and turn and turn.reply else None
    reading = request.reading[:WINDOW] or (turn.reply if turn else "")
    return _Round(ports, person, here, constitution, request, reading, model, ground)


def _writer(work: _Round, slot: int, plan: Plan) -> Writer[Proposal]:
    async def write(emit: Emit[Proposal]) -> None:
        row, notes = work.rows.get(slot), Notes(work.ports)
        drafting = notes.ports("To write it")
        amendment = row.amendment if row else _amendment(work, plan, await _drafted(work, drafting, plan))
        aim = aim_of(amendment, _relevant(work), amendment.draft, work.reading)
        if work.ground is None:
            emit(work.row(slot, amendment, Trial(status="untested", why=_why_not(work)), await work.kept(notes)))
            return
        if row is None:
            emit(work.row(slot, amendment, Trial(status="waiting")))
        ground = replace(work.ground, ports=notes.ports("To try it"))
        async for trial in tried(ground, amendment, aim):
            over = trial.status not in ("waiting", "running")
            emit(work.row(slot, amendment, trial, await work.kept(notes) if over else None))

    return write


def _relevant(work: _Round) -> tuple[Annotation, ...]:
    """The corrections of the turn that candidates are tried on."""
    turn = work.here.turn
    same = tuple(a for a in work.request.annotations if turn is None or a.target.turn == turn.id)
    return same or work.request.annotations


def _why_not(work: _Round) -> str:
    if work.here.problem is not None:
        return f"It could not be tried: {work.here.problem.message}"
    if work.here.turn is None:
        return "The words are not from a reply that is kept here, so there is no turn to try it on."
    return "The turn has no reply to compare with."


def _amendment(work: _Round, plan: Plan, draft: Draft | None) -> Amendment:
    return Amendment(
        id=work.ports.clock.id(),
        action=plan.action,
        article=plan.article.id if plan.article else None,
        base=plan.article.revision if plan.article else None,
        draft=draft if plan.action != "repeal" else None,
        reach=plan.reach,
        source=plan.source,
        annotations=tuple(annotation.id for annotation in work.request.annotations),
    )


async def _drafted(work: _Round, ports: Ports, plan: Plan) -> Draft:
    """A draft in the model's words. Raises ModelGarbled where it wrote none and nothing can stand in for it."""
    model = work.model
    if model is None:
        raise ModelGarbled("There is no model to write it.")
    if sample := sample_of(work.here.model):
        return recorded_draft(sample, plan.reach, [a.target.quote for a in work.request.annotations])
    small, fact = model.info.embedded, work.request.kind == "knowledge"
    parameters = Parameters(
        temperature=0 if small else None,
        max_tokens=160 if small else 1_000,
        json_schema=replies.FACT if fact else replies.ARTICLE,
    )
    text = (await asked(ports, model, _asking(work, plan, small), parameters)).text
    said = replies.fact(text) if fact else replies.article(text)
    if said is None:
        if plan.fallback is not None:
            return plan.fallback
        what = "a fact" if fact else "a rule"
        raise ModelGarbled(f"{model.info.model} did not write {what}.", remedy="Write your own words.")
    fields = fact_of(said, work.request.annotations, plan) if fact else _rule(said, plan)
    try:
        return Draft.model_validate(fields)
    except ValidationError as error:
        raise ModelGarbled(f"{model.info.model} wrote something that is too long.") from error


def _rule(said: dict[str, str], plan: Plan) -> dict[str, object]:
    """A model's wording of a rule as a draft's fields."""
    base = plan.article.draft if plan.article else None
    kept = {"kind": base.kind, "always": base.always} if base else {}
    return {
        "title": (said.get("title") or (base.title if base else said["then"]))[:100],
        "when": said["when"],
        "then": said["then"],
        "why": said.get("why", "")[:400],
        **kept,
    }


def _asking(work: _Round, plan: Plan, small: bool) -> tuple[Message, ...]:
    annotations = work.request.annotations
    if small:
        first = annotations[0]
        right = first.said("editing") or first.said("describing") or "keep doing this"
        return conversation(
            "article-small",
            words=data("words", pointed(first.target)[:300], embedded=True),
            correction=data("correction", right[:300], embedded=True),
        )
    corrections = data("corrections", told(annotations))
    if work.request.kind == "knowledge":
        asked = work.here.turn.prompt if work.here.turn else ""
        return conversation("fact", question=data("question", asked[:_SHOWN]), corrections=corrections)
    if plan.article is not None:
        rule = data("rule", f"WHEN {plan.article.when}\nTHEN {plan.article.then}")
        return conversation("revision", rule=rule, corrections=corrections)
    reaches = dict(line.split(": ", 1) for line in listed("reaches"))
    praise = all(a.motivation == "assessing" for a in annotations)
    reach = f"{reaches[plan.reach]} {reaches['keep']}" if praise else reaches[plan.reach]
    return conversation("article", reach=reach, corrections=corrections)


def _kept(person: Person, work: _Round) -> Event:
    return Event(
        id=work.request.id,
        owner=person.owner,
        notebook=work.here.notebook,
        kind="amendment",
        subject=work.request.annotations[0].id,
        created=work.ports.clock.now(),
        body={
            "proposals": [row.model_dump(mode="json") for _, row in sorted(work.rows.items())],
            "model": work.model.info.model if work.model else "",
            "calls": work.model.calls if work.model else 0,
            "cost": work.model.cost if work.model else 0.0,
        },
    )
