"""Edit a reply: what a person changes in it becomes corrections of what it said. No model is asked.

The reply stays recorded as it was. A change has the same id however often it is saved, so that it is kept once.
"""

from __future__ import annotations

from typing import Protocol

from jupyter_reconst.acts.highlight import highlight
from jupyter_reconst.acts.hunks import Hunk, hunks, located
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.annotations import (
    Annotation,
    Source,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
    TextualBody,
)
from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.errors import BadInput, NotFound
from jupyter_reconst.core.nouns import Person, ulid
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Edit, Edited, Highlight
from jupyter_reconst.core.turns import Turn

_CONTEXT, _QUOTE = 64, 16_000
"""Code points kept around a quote, and of the longest quote, as `src/anchoring/quote.ts` has them."""


async def edit(ports: Ports, person: Person, request: Edit) -> Edited:
    """The corrections that an edited reply amounts to; none where it says what it said.

    Raises NotFound where this person has no such turn, BadInput where no words are left to put in place of others.
    """
    turn = await turn_of(ports, person, request.turn)
    if turn is None:
        raise NotFound("There is no such turn in your journal.")
    found = hunks(turn.reply, request.text)
    if any(not one.instead.strip() for one in found):
        raise BadInput(
            "Nothing is left of the reply. Your text is kept.",
            remedy="Leave the words that are right; or highlight the whole reply and say what is wrong with it.",
        )
    return Edited(annotations=tuple([await _kept(ports, person, request, turn, one) for one in found]))


async def _kept(ports: Ports, person: Person, request: Edit, turn: Turn, hunk: Hunk) -> Annotation:
    """The correction in the journal: the one that is there already, where the same was changed before."""
    correction = _correction(ports, request, turn, hunk)
    lines = await ports.journal.events(
        person.owner, kind="annotation", subject=correction.id, limit=1, newest_first=True
    )
    if lines and lines[0].body:
        known = Annotation.model_validate(lines[0].body)
        if (known.target, known.body) == (correction.target, correction.body):
            return known
    return await highlight(ports, person, Highlight(path=request.path, annotation=correction))


class _Shown(Protocol):
    """Where a reply is shown, and what a reader sees of it."""

    @property
    def cell(self) -> str: ...

    @property
    def output(self) -> int: ...

    @property
    def reading(self) -> str: ...


def pointed_at(turn: Turn, start: int, end: int, shown: _Shown) -> Target:
    """The target that is a stretch of a reply's source, in the output where it is shown."""
    return _target(turn, Hunk(start, end, turn.reply[start:end], ""), shown)


def _target(turn: Turn, hunk: Hunk, request: _Shown) -> Target:
    start, end = located(hunk, turn.reply, request.reading)
    seen = request.reading
    end = min(end, start + _QUOTE)
    quote = TextQuoteSelector(
        exact=seen[start:end], prefix=seen[max(0, start - _CONTEXT) : start], suffix=seen[end : end + _CONTEXT]
    )
    return Target(
        cell=request.cell,
        output=request.output,
        part="words" if end > start else "missing",
        occurrence=_copies(seen, quote.exact, start),
        turn=turn.id,
        selector=(quote, TextPositionSelector(start=start, end=end)),
    )


def _correction(ports: Ports, request: Edit, turn: Turn, hunk: Hunk) -> Annotation:
    seed = bytes.fromhex(digest([turn.id, hunk.start, hunk.said, hunk.instead]))
    return Annotation(
        id=ulid(int(turn.created.timestamp() * 1000) + hunk.start, seed),
        motivation="editing",
        body=(TextualBody(purpose="editing", value=hunk.instead, source=Source(by="person")),),
        target=_target(turn, hunk, request),
        created=ports.clock.now(),
    )


def _copies(text: str, quote: str, start: int) -> int:
    """How many copies of a quote begin before it; they may overlap."""
    return sum(text.startswith(quote, at) for at in range(start)) if quote else 0
