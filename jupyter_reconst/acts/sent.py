"""What a model was sent for something that it wrote: a turn, a candidate, both sides of a row.

A turn holds its messages, and what was drafted, judged or rehearsed names the line that keeps them. Whether a scoped
article belongs to a question is asked once and recorded; it is shown from there. The rows of a preview are too
many for that: their messages are put together again under the laws that were tried, and are called exact where the
record holds the row's own reply to just these.
"""

from __future__ import annotations

from pydantic import ValidationError

from jupyter_reconst.acts.answer import Composition
from jupyter_reconst.acts.call import recorded
from jupyter_reconst.acts.compare import Laws, composed, stored
from jupyter_reconst.acts.inforce import amendable, constitution_in_force
from jupyter_reconst.acts.previews import Record, recorded_preview
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.amendments import amended
from jupyter_reconst.core.constitution import EMPTY, Article, Constitution
from jupyter_reconst.core.errors import NotFound, ReconstError
from jupyter_reconst.core.impact import Impact
from jupyter_reconst.core.knowledge import looked_up
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.sent import AskSent, KeptCalls, Sending, SentArticle, WasSent
from jupyter_reconst.core.turns import Applied, Message, Parameters, Reply, Turn
from jupyter_reconst.prompts.compose import JUDGING, scope_question

_SIDES = "Now", "With the amendment"
_AGAIN = "Put together again from what is kept. The record shows that exactly this was answered."
_ABOUT = "Put together again from what is kept now; whether it was the same to the letter cannot be shown any more."


async def sent(ports: Ports, person: Person, request: AskSent) -> WasSent:
    """What was sent. Raises NotFound where this person has no such thing, or its text is erased."""
    if request.preview and request.probe:
        return await _row(ports, person, request.preview, request.probe)
    if request.call:
        return await _kept(ports, person, request.call)
    turn = await turn_of(ports, person, request.turn)
    if turn is None:
        raise NotFound(
            "What was sent for this is not in your journal.",
            remedy="It was asked by somebody else or in another store, or its text was erased.",
        )
    return await turn_sent(ports, person, turn)


async def turn_sent(ports: Ports, person: Person, turn: Turn) -> WasSent:
    """What was sent for a turn. Of one that a notebook merely claims, nobody here knows."""
    law = await law_of(ports, person, turn.law or turn.digest, turn.notebook)
    answered = Sending(
        profile=turn.profile,
        model=turn.model,
        parameters=turn.parameters,
        messages=turn.messages,
        reply=turn.reply,
        usage=turn.usage,
        cost=turn.cost,
    )
    note = ""
    if turn.claimed:
        note = "This turn was read from a notebook: what was really sent for it is not known here."
    elif not turn.messages:
        note = "The messages repeated a turn that was forgotten, and were erased with it."
    return WasSent(
        what="reply",
        sendings=(answered, *await _deciding(ports, turn, law)) if turn.messages else (),
        digest=turn.digest,
        articles=told(law, turn.applied),
        given=turn.given,
        left=len(turn.left),
        exact=bool(turn.messages),
        note=note,
        created=turn.created,
    )


async def _deciding(ports: Ports, turn: Turn, law: Constitution) -> list[Sending]:
    """The scope decisions of a turn, where the model that it was asked of can still be named."""
    try:
        model = await ports.models.model(turn.profile or None, turn.model)
    except ReconstError:
        return []
    return await decisions(ports, model, law, turn.applied, turn.prompt)


async def decisions(
    ports: Ports, model: Model, law: Constitution, applied: tuple[Applied, ...], prompt: str
) -> list[Sending]:
    """The calls that decided whether a scoped article belongs to a prompt, as far as they are on record."""
    whens = {a.revision: a.when for a in law.effective if not (a.always or looked_up(a))}
    found = []
    for one in applied:
        if one.chosen or one.revision not in whens:
            continue
        messages = scope_question(whens[one.revision], prompt)
        reply = await recorded(ports, model, messages, JUDGING)
        if reply is not None:
            asked_once = reply.model_copy(update={"cached": False})
            found.append(_sending(f"Whether “{one.title}” belongs here"[:200], model, messages, JUDGING, asked_once))
    return found


def told(law: Constitution, applied: tuple[Applied, ...]) -> tuple[SentArticle, ...]:
    """The articles with their number and scope in the constitution of that time, as far as it is known."""
    places = {article.id: number for number, article in enumerate(law.articles, 1)}
    return tuple(
        SentArticle(**one.model_dump(), number=places.get(one.article), scope=law.scope(one.article)) for one in applied
    )


async def law_of(ports: Ports, person: Person, digest: str, notebook: str) -> Constitution:
    """The constitution with this digest, as this person accepted it; an empty one where nobody knows it any more."""
    accepted = await ports.trust.accepted(person.owner, digest)
    if accepted is not None:
        return accepted.constitution
    document = await ports.documents.of_notebook(person.owner, notebook)
    law = await constitution_in_force(ports, person, document) if document else EMPTY
    return law if law.digest == digest else EMPTY


async def _kept(ports: Ports, person: Person, id: str) -> WasSent:
    line = await ports.journal.get(person.owner, id)
    if line is None or line.kind != "call":
        raise NotFound("There is no such call in your journal.")
    try:
        kept = KeptCalls.model_validate(line.body)
    except ValidationError:
        raise NotFound("What was sent for this has been erased.", remedy="Ask again to see it anew.") from None
    return WasSent(what=kept.what, sendings=kept.sendings, created=line.created)


async def _row(ports: Ports, person: Person, preview: str, probe: str) -> WasSent:
    record = await recorded_preview(ports, person, preview)
    row = next((row for row in record.rows if row.probe.id == probe), None) if record else None
    if record is None or row is None:
        raise NotFound("There is no such row in your journal.", remedy="It may have been erased.")
    model = await ports.models.model(None, record.preview.model)
    laws = await _laws(ports, person, record)
    made, sendings = await both_sides(ports, person, model, laws, row)
    replies = zip(made, (row.before, row.after), strict=True)
    exact = all([await _answered(ports, person, model, one, row, reply) for one, reply in replies])
    return WasSent(
        what="row",
        sendings=sendings,
        digest=record.preview.after,
        articles=told(laws.after, made[1].applied),
        given=made[1].given,
        exact=exact,
        note=_AGAIN if exact else _ABOUT,
        created=record.preview.created,
    )


async def both_sides(
    ports: Ports, person: Person, model: Model, laws: Laws, row: Impact, names: tuple[str, str] = _SIDES
) -> tuple[tuple[Composition, Composition], tuple[Sending, ...]]:
    """What both sides of a row are sent by what is on record, and what decided its scopes. Nobody is asked."""
    before, after = [
        await composed(ports, person, model, laws, law, row.probe, judge=False) for law in (laws.before, laws.after)
    ]
    decided: dict[tuple[Message, ...], Sending] = {}
    for law, made in ((laws.before, before), (laws.after, after)):
        for one in await decisions(ports, model, law, made.applied, row.probe.prompt):
            decided.setdefault(one.messages, one)
    sides = zip(names, (before, after), (row.before, row.after), strict=True)
    sent = [_sending(name, model, made.messages, made.parameters, reply) for name, made, reply in sides]
    return (before, after), (*sent, *decided.values())


async def _laws(ports: Ports, person: Person, record: Record) -> Laws:
    """The laws that a preview compared. Raises NotFound where they are not known any more."""
    preview = record.preview
    before = await law_of(ports, person, preview.before, preview.notebook)
    revisions: tuple[Article, ...] = ()
    document = await ports.documents.of_notebook(person.owner, preview.notebook)
    if document is not None:
        law, revisions = await amendable(ports, person, document)
        before = law if law.digest == preview.before else before
    try:
        after, _ = amended(before, preview.amendment, revisions=revisions)
    except ReconstError:
        after = EMPTY
    if (before.digest, after.digest) != (preview.before, preview.after):
        raise NotFound(
            "What was in force when this was tried is not known here any more.", remedy="Preview again to see it anew."
        )
    about = next((one.target.turn for one in record.request.annotations if one.target.turn), None)
    source = await turn_of(ports, person, about)
    return Laws(before, after, source.parameters if source else Parameters())


async def _answered(ports: Ports, person: Person, model: Model, made: Composition, row: Impact, reply: Reply) -> bool:
    """Whether the record, or the row's own turn, holds this reply to exactly these messages."""
    known = await stored(ports, person, model, made, row.probe)
    known = known or await recorded(ports, model, made.messages, made.parameters)
    return known is not None and known.text == reply.text


def _sending(what: str, model: Model, messages: tuple[Message, ...], parameters: Parameters, reply: Reply) -> Sending:
    return Sending(
        what=what,
        profile=model.info.profile,
        model=model.info.model,
        parameters=parameters,
        messages=messages,
        reply=reply.text,
        usage=reply.usage,
        cost=model.info.cost(reply.usage),
        cached=reply.cached,
    )
