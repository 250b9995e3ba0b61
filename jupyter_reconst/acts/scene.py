"""What a highlight is about: the open document, the turn whose reply it lies in, and the model to ask about it."""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_reconst.acts.recall import turn as recorded_turn
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.errors import Problem, ReconstError
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Model, Ports
from jupyter_reconst.core.turns import Turn

WINDOW = 256_000
"""Characters of an output that are read at most."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where we are. `problem` says why there is no model, where there is none."""

    document: Document | None
    model: Model | None
    problem: Problem | None
    turns: tuple[Turn, ...] = ()

    @property
    def notebook(self) -> str | None:
        """The notebook's id, where it is known."""
        return self.document.notebook if self.document else None

    @property
    def turn(self) -> Turn | None:
        """The turn that the first annotation lies in."""
        return self.turns[0] if self.turns else None


async def scene(ports: Ports, person: Person, path: str, annotations: tuple[Annotation, ...]) -> Scene:
    """Look up everything that candidates are made from. A model that is missing, or out of reach, is a state."""
    document = await ports.documents.of_path(person.owner, path)
    turns: dict[str, Turn] = {}
    for annotation in annotations:
        found = await recorded_turn(ports, person, annotation.target.turn)
        if found is not None:
            turns.setdefault(found.id, found)
    model, problem = None, None
    try:
        model = await chosen(ports, document)
    except ReconstError as error:
        problem = error.problem()
    return Scene(document, model, problem, tuple(turns.values()))


async def chosen(ports: Ports, document: Document | None) -> Model:
    """The person's model, or the recording that a scratch notebook plays. Raises NoModel, NotFound, ModelError."""
    head = document.reading.head if document else None
    if head is not None and head.sample:
        return await ports.models.recording(head.sample)
    return await ports.models.model()
