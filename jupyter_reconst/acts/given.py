"""Passages of the person's library for one ask: quoted, numbered, and bounded.

A passage is a text that somebody else wrote. It is sent as data beside the question, between marks made from its own
digest, with hidden characters spelled out; it is no part of what is in force, and nothing here reads it for anything
else. Only an ask that says so is given any.
"""

from __future__ import annotations

import re

from jupyter_reconst.acts.consult import consult
from jupyter_reconst.acts.recall import turn
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.library import Passage
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.requests.collecting import Consult
from jupyter_reconst.core.turns import Given
from jupyter_reconst.core.visible import spelled

MOST = 6
"""Passages in one prompt."""
NONE_NEAR = "Nothing in your library is near to this question, so no passage was sent."
_LENGTH = 2_400
"""Characters of a passage: some four hundred words."""
_PART = 4
"""Passages fill at most this part of what the model takes: a quarter."""
_SEARCHED = 2_000
"""Characters of a question that are searched with: its end, where it asks."""
_CONTROL = re.compile(r"<(?=\||</?SYS>>|/?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn)>)|\[(?=/?INST\])")
"""Where the marks begin that the templates of some models take for their own, as the end of a message."""
_MARKS = re.compile(r"[<>\[\]]+")
_NUMBER = re.compile(r"\[(\d{1,4})\]")


async def given(ports: Ports, person: Person, model: Model, prompt: str, above: str | None) -> tuple[Given, ...]:
    """The passages that are nearest to a prompt, numbered after those of the conversation; none where none is near.

    Raises BadInput where the person has no library.
    """
    if ports.library is None or not await ports.library.sources(person.owner):
        raise BadInput(
            "There is no library here to take passages from. Nothing was sent.",
            remedy="Add a bibliography or a folder under Library, or ask without it.",
        )
    found = (await consult(ports, person, Consult(words=prompt[-_SEARCHED:], limit=MOST))).passages
    number = await _highest(ports, person, above)
    room = (model.info.context or 0) // _PART
    sent = []
    for passage in found[:MOST]:
        text = _shown(passage)
        room -= model.tokens(text) if model.info.context else 0
        if room < 0:
            break
        number += 1
        sent.append(_given(passage, number, text))
    return tuple(sent)


def _given(passage: Passage, number: int, text: str) -> Given:
    label = " ".join(_MARKS.sub(" ", spelled(passage.label)).split())[:150]
    entry = passage.entry
    source = entry.file or entry.url or (f"https://doi.org/{entry.doi}" if entry.doi else "")
    return Given(kind="passage", id=passage.id, label=f"[{number}] {label}", source=source[:2_000], text=text)


def _shown(passage: Passage) -> str:
    """A passage as it is sent: what a reader cannot see is spelled out, marks of templates are parted, and it ends."""
    text = _CONTROL.sub(r"\g<0> ", spelled(passage.text.strip()))
    return text if len(text) <= _LENGTH else f"{text[: _LENGTH - 1].rstrip()}…"


async def _highest(ports: Ports, person: Person, above: str | None) -> int:
    """The highest number of a passage in the conversation up to a turn."""
    highest, seen = 0, set[str]()
    while above and above not in seen:
        seen.add(above)
        found = await turn(ports, person, above)
        if found is None:
            break
        numbers = (_NUMBER.match(one.label) for one in found.given if one.kind == "passage")
        highest = max([highest, *(int(number[1]) for number in numbers if number)])
        above = found.parent
    return highest
