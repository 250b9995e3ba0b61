"""Recorded turns: which one an unchanged cell shows again, which one it continues, and what was said so far."""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Event, Ports
from jupyter_reconst.core.requests import Ask
from jupyter_reconst.core.turns import Attachment, Message, Turn, asked
from jupyter_reconst.prompts.compose import question

_SEARCHED = 20
"""How many turns with the same question are looked at; the newest that fits is shown."""


async def turn(ports: Ports, person: Person, id: str | None) -> Turn | None:
    """A recorded turn; None where there is none, or its text was forgotten."""
    if id is None:
        return None
    return _read(await ports.journal.get(person.owner, id))


async def parent(ports: Ports, person: Person, document: Document, request: Ask) -> str | None:
    """The turn that this one continues: the one that it names, else the last one above its cell.

    A cell that the server has not been told of yet has just been added: most are added at the end. Where no cell is
    known, only the asker can tell: what a notebook's outputs show may be from another run, or from below.
    """
    if request.from_:
        if request.new:
            raise BadInput("A cell cannot start afresh and continue another one. Nothing was sent.")
        return await named(ports, person, document, request, request.from_)
    if request.new:
        return None
    if _placeless(request):
        return request.after
    above = None
    for cell in document.cells:
        if cell.cell == request.cell:
            return above
        above = cell.turn or above
        if cell.cell == request.below:
            return above
    return request.after or above


async def named(ports: Ports, person: Person, document: Document, request: Ask, name: str) -> str:
    """The turn that is meant by an input number, a cell's id, or its own. Raises BadInput where there is none."""
    shown = {cell.cell: cell.turn for cell in document.cells if cell.cell != request.cell}
    found = request.numbers.get(name) or shown.get(name)
    if found is None and await turn(ports, person, name):
        found = name
    if found is None:
        remedy = "Name a cell that shows a reply: by its number in this run of the kernel, or by its id."
        raise BadInput(f"No reply is known as “{name}” here. Nothing was sent.", remedy=remedy)
    return found


def attached(document: Document, request: Ask) -> Ask:
    """The request with the text of the cells that it attaches. Raises BadInput for a cell that is not there.

    What is made of cells is made of their own words, not of their outputs, and continues nothing.
    """
    cells = {cell.cell: cell for cell in document.cells}
    missing = next((name for name in request.attach if name not in cells), None)
    if missing is not None:
        raise BadInput(f"There is no cell “{missing}” in this notebook to attach.", remedy="Attach another cell.")
    named = [cells[name] for name in request.attach]
    if request.form:
        named = [cell.model_copy(update={"output": ""}) for cell in named]
    texts = (Attachment(cell=c.cell, label=c.label, kind=c.kind, source=c.source, output=c.output) for c in named)
    both = (*request.attachments, *texts)
    return request.model_copy(update={"attachments": both, "attach": (), "new": request.new or bool(request.form)})


async def unchanged(
    ports: Ports, person: Person, document: Document, request: Ask, parent: str | None, law: str
) -> Turn | None:
    """The turn that this cell shows again: same prompt and attachments, same words on its line about all else.

    First the turn in the cell's own output; then the newest one asked from this cell; then, for a cell whose id has
    changed or cannot be known, the newest one that continued the same turn under the same law and that no other cell
    shows. A new cell beside an old one with the same words is a new question; an unknown cell may be any that is shown.
    Another answer, that the person kept, stands for the one that was asked first.
    """
    if request.again:
        return None

    wanted = asked(request.prompt, request.attachments)

    def fits(found: Turn | None) -> bool:
        return (
            found is not None
            and found.status == "complete"
            and asked(found.prompt, found.attachments) == wanted
            and found.chosen == request.chosen
            and found.wish == request.wish
            and (request.model or found.model) == found.model
            and (request.profile or found.profile) == found.profile
            and (found.parent is None or not request.new)
        )

    own = next((cell.turn for cell in document.cells if cell.cell == request.cell), None)
    recorded = await turn(ports, person, own)
    if recorded is not None and fits(await turn(ports, person, recorded.varies) if recorded.varies else recorded):
        return recorded
    lines = await ports.journal.events(
        person.owner,
        kind="turn",
        notebook=document.notebook,
        subject=wanted,
        limit=_SEARCHED,
        newest_first=True,
    )
    same = [found for found in map(_read, lines) if found and not found.varies and fits(found)]
    here = [found for found in same if request.cell and found.cell == request.cell]
    shown = {cell.turn for cell in document.cells if cell.cell != request.cell and not _placeless(request)}
    free = (found for found in same if (found.parent, found.digest) == (parent, law) and found.id not in shown)
    first = next(iter(here), None) or next(free, None)
    return first and (await kept(ports, person, first.id) or first)


async def kept(ports: Ports, person: Person, first: str) -> Turn | None:
    """Of the answers to the question that this turn asked first, the one that the person kept last."""
    lines = await ports.journal.events(person.owner, kind="keep", subject=first, limit=1, newest_first=True)
    return await turn(ports, person, lines[0].body.get("chosen")) if lines else None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in one turn: the question and the reply, without what was in force then."""

    turn: str
    prompt: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns up to one and with it, oldest first, and those of them that it was already asked without."""

    turns: tuple[Said, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def sent(self) -> tuple[Message, ...]:
        """Its messages, without what was left out before."""
        return tuple(message for said in self.turns if said.turn not in self.left for message in said.messages)


async def conversation(ports: Ports, person: Person, parent: str | None) -> Conversation:
    """What was said up to a turn and with it.

    Turns that were cut off, or that a notebook merely claims, are passed over: only what this person asked and a model
    finished is sent on as conversation. Where the record of an earlier turn has expired, what the turn after it was
    sent still says what it said; of a forgotten one that is erased too.
    """
    seen: set[str] = set()
    said: list[Said] = []
    earlier: tuple[Message, ...] = ()
    newest: Turn | None = None
    while parent and parent not in seen:
        seen.add(parent)
        found = await turn(ports, person, parent)
        if found is None:
            if earlier:
                said.append(Said(parent, earlier[0].content, earlier))
            break
        newest = newest or found
        if found.status == "complete" and not found.claimed:
            passages = (given for given in found.given if given.kind == "passage")  # What is a fact may have changed.
            own = Message(role="user", content=question(found.prompt, found.attachments, passages))
            said.append(Said(found.id, found.prompt, (own, Message(role="assistant", content=found.reply))))
            earlier = tuple(message for message in found.messages if message.role != "system")[:-1]
        parent = found.parent
    return Conversation(tuple(reversed(said)), newest.left if newest else ())


def _placeless(request: Ask) -> bool:
    """Whether nobody can say where in the document this is asked, as under papermill."""
    return request.cell is None and request.below is None


def _read(line: Event | None) -> Turn | None:
    if line is None or line.kind != "turn" or not line.body:
        return None
    return Turn.model_validate(line.body)
