"""A scratch notebook that plays a recorded conversation, so that the loop can be tried without a key."""

from __future__ import annotations

import hashlib
from typing import Any

from jupyter_reconst.acts.sampled import sample_of
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.notebook import HEAD, Head
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Play, Scratch

_INTRODUCTION = """# {title}

**A recording.** The replies were written beforehand for this tour; nothing is sent anywhere. Whom they cite may be
invented. Run the cells, select the words that are wrong, and follow the card. {task}"""


async def sample(ports: Ports, person: Person, request: Play) -> Scratch:
    """The notebook. Raises NotFound for an unknown sample."""
    recorded = sample_of(await ports.models.recording(request.sample))
    if recorded is None:
        raise NotFound("There is no sample of this name.")
    head = Head(id=ports.clock.id(), sample=request.sample)
    introduction = _INTRODUCTION.format(title=recorded.title, task=recorded.task).rstrip()
    prompts = [f"%%reconst\n{turn.prompt}" for turn in recorded.turns]
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            HEAD: head.model_dump(mode="json"),
        },
        "cells": [
            {"cell_type": "markdown", "id": _id(introduction), "metadata": {}, "source": introduction},
            *(_code(source) for source in ["%load_ext jupyter_reconst", *prompts]),
        ],
    }
    return Scratch(name=f"Sample {request.sample}.ipynb", content=content)


def _code(source: str) -> dict[str, Any]:
    cell = {"cell_type": "code", "id": _id(source), "metadata": {}, "source": source}
    return {**cell, "outputs": [], "execution_count": None}


def _id(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:8]
