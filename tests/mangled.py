"""Notebooks that carry something of everything of ours, and then are changed at random: R10 of the trust ground."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from typing import Any

from jupyter_reconst.core.constitution import Import, Preamble, Provenance
from jupyter_reconst.core.notebook import TURN_MIME, Head, Reading, annotation_key, keys
from jupyter_reconst.core.turns import TurnRecord
from tests.fakes import an_id
from tests.scenes import AT, CORRECTION, NOTEBOOK, QUOTE, REPLY, annotation, article, case, turn

_ODD: list[Any] = [
    *(None, True, 0, -1, 2**70, 1e308, 0.5, "", "x", "\ud800", "\x00", "x" * 100_000, [], {}, [[]], {"": None}),
    *("__proto__", "01HF7YAT350000000000000035", "2026-11-01T12:00:00Z", float("nan"), float("inf"), {"id": {}}),
]


def whole() -> dict[str, Any]:
    """A notebook as our own code writes it."""
    first = article(1, "a result is stated", "say what you doubt")
    again = first.model_copy(update={"revision": an_id(290), "parents": (first.revision,), "then": "say it"})
    reading = Reading(
        head=Head(id=NOTEBOOK, origin=an_id(9)),
        revisions=(first, again, article(2, "always", "be brief")),
        preambles=(Preamble(revision=an_id(500), text="We prove things.", provenance=Provenance(at=AT)),),
        imports=(Import(id=an_id(600), pack="careful-proofs", digest="0" * 64),),
        cases=(case(1, "Is it true?", "intended", "I think so.", "Yes!"),),
    )
    record = TurnRecord.of(turn()).model_dump(mode="json")
    highlight = annotation(QUOTE, CORRECTION)
    output = {"output_type": "display_data", "data": {TURN_MIME: record, "text/plain": REPLY}, "metadata": {}}
    cell = {"cell_type": "code", "id": "c1", "source": "1", "outputs": [output], "execution_count": 1}
    cell["metadata"] = {annotation_key(highlight): highlight.model_dump(mode="json", by_alias=True)}
    return {"cells": [cell], "metadata": {**keys(reading), "theirs": {"x": 1}}, "nbformat": 4, "nbformat_minor": 5}


_WHOLE = json.dumps(whole())


def mangled(chance: random.Random) -> dict[str, Any]:
    """The same after up to four changes anywhere in what is ours; the cells stay cells."""
    notebook: dict[str, Any] = json.loads(_WHOLE)
    cell = notebook["cells"][0]
    for _ in range(chance.randint(1, 4)):
        _change(
            chance, chance.choice([notebook["metadata"], notebook["metadata"], cell["metadata"], cell["outputs"][0]])
        )
    return notebook


def _change(chance: random.Random, place: Any) -> None:
    """Walk down some way, then replace, remove, rename, repeat or bury what is there."""
    while True:
        names = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not names:
            return
        name = chance.choice(names)
        inner = place[name]
        if not (isinstance(inner, dict | list) and inner and chance.random() < 0.7):
            break
        place = inner
    match chance.randrange(5):
        case 0:
            place[name] = deepcopy(chance.choice(_ODD))  # What is changed later must not be changed for all.
        case 1:
            del place[name]
        case 2 if isinstance(place, dict):
            place[name + chance.choice(["", ":", ":x", "\u200b", "é"])] = place.pop(name)
        case 3 if isinstance(place, list):
            place += [deepcopy(inner) for _ in range(chance.choice([1, 1, 300]))]
        case _:
            for _ in range(chance.choice([1, 40, 200])):
                place[name] = chance.choice([[place[name]], {"x": place[name]}])
