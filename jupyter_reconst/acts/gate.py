"""What a run without a browser may send: of a notebook that can be read in full, what this person has accepted."""

from __future__ import annotations

from pathlib import Path

from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BadInput, InvisibleText, NoModel
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.notebook import HEAD, PREFIX, understood
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Model, ModelInfo, Ports
from jupyter_reconst.core.review import hidden

_DECIDES = tuple(f"{PREFIX}{room}:" for room in ("article", "preamble", "case"))
"""Keys that decide what is looked at: a damaged one must not drop out unseen."""


def readable(document: Document | None, path: str) -> Document:
    """The document. Raises BadInput where it, or a key of it that counts, cannot be read."""
    if document is None:
        raise BadInput(f"{Path(path).name} cannot be read as a notebook.", remedy="Check the path, and the file.")
    problems = understood(document.reading, Path(path).name).problems
    damaged = [key for key in problems if key == HEAD or (key.startswith(_DECIDES) and " " not in key)]
    if damaged:
        more = f", and {len(damaged) - 1} more" if len(damaged) > 1 else ""
        message = f"{Path(path).name} holds {damaged[0][:100]}, which cannot be read{more}."
        raise BadInput(message, remedy="Update jupyter_reconst, or mend or remove that key of the notebook's metadata.")
    return unbroken(document)


def unbroken(document: Document) -> Document:
    """The document. Raises BadInput where the file of a scope around it cannot be read."""
    for layer in document.around:
        if layer.problem:
            raise BadInput(f"{layer.place} cannot be read: {layer.problem}", remedy="Mend it, or move it away.")
    return document


def visible(law: Constitution, path: str) -> None:
    """Raises InvisibleText for characters that nobody sees."""
    if spelled := hidden(law):
        raise InvisibleText(f"Hidden characters in {spelled[0].where} of {Path(path).name}.")


async def stands(ports: Ports, person: Person, document: Document) -> bool:
    """Whether this person has accepted exactly what the notebook and the scopes around it carry."""
    return (await constitution_in_force(ports, person, document)).digest == document.carried.digest


async def named(ports: Ports, profile: str | None) -> Model:
    """The runner's model. The embedded one only where it is named: where a key is missing, a toy must not answer.

    Raises NoModel, NotFound, ModelError.
    """
    try:
        model = await ports.models.model(profile)
    except NoModel as error:
        remedy = "Set OPENAI_API_KEY or OPENAI_BASE_URL, and OPENAI_MODEL, or name a profile with --profile."
        raise NoModel(error.message, remedy=remedy) from error
    if model.info.embedded and profile is None:
        raise NoModel("No endpoint is connected.", remedy=f"Connect one, or say --profile {model.info.profile}.")
    return model


def bounded(budget: Budget, *models: ModelInfo) -> None:
    """Raises BadInput where dollars are to bound what has no known price."""
    unpriced = next((model.model for model in models if model.cost_unknown and not model.embedded), None)
    if budget.dollars is not None and unpriced:
        remedy = "Set c.Reconst.prices, or bound the calls with --budget-calls."
        raise BadInput(f"The price of {unpriced} is not known, so dollars cannot bound it.", remedy=remedy)
