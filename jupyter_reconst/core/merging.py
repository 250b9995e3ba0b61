"""Three-way merge of what notebooks carry of ours: revisions are immutable, so it is the union of keys, and whole.

An article that both sides changed then has two heads, which is a conflict that every reader shows (`constitution`).
Works on the plain JSON of notebooks; merging the rest of them is for those who know cells (`notebook.merging`).
"""

from __future__ import annotations

from typing import Any

from jupyter_reconst.core.constitution import Conflict
from jupyter_reconst.core.notebook import HEAD, PREFIX, ours, read
from jupyter_reconst.core.nouns import Noun

Keys = dict[str, Any]
"""Metadata, of a notebook or a cell."""
Notebook = dict[str, Any]


class Merged(Noun):
    """Our keys of both sides together. `rewritten` names keys that both gave another value: ours is kept."""

    keys: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()
    preamble: bool = False
    rewritten: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nobody has anything to decide."""
        return not (self.conflicts or self.preamble or self.rewritten)


def merge(base: Keys, mine: Keys, theirs: Keys) -> Merged:
    """Merge notebook metadata. What one side stripped is still there on the other, and stays: strip the result."""
    keys, rewritten = _united(base, mine, theirs)
    both = _changed(mine, theirs) & _changed(theirs, mine)
    ruled = any(key.startswith(f"{PREFIX}rule:") for key in keys)  # Then what counts depends on all the others.
    disputed = read({key: value for key, value in keys.items() if ruled or _about(key) in both})
    preambles = disputed.preambles if "preamble" in both else ()
    texts = {parent for preamble in preambles for parent in preamble.parents}
    return Merged(
        keys=keys,
        conflicts=tuple(conflict for conflict in disputed.conflicts if conflict.article in both),
        preamble=sum(preamble.revision not in texts for preamble in preambles) > 1,
        rewritten=rewritten,
    )


def aligned(base: Notebook, mine: Notebook, theirs: Notebook) -> tuple[tuple[Notebook, Notebook, Notebook], Merged]:
    """The three notebooks with the same keys of ours in each, so that no merge of the rest can tear them.

    The highlights of a cell that both sides have are merged too; there, what one side took away stays away.
    """
    merged = merge(*(_metadata(notebook) for notebook in (base, mine, theirs)))
    before, here, there = (_cells(notebook) for notebook in (base, mine, theirs))
    shared: dict[str, dict[str, Any]] = {}
    rewritten = list(merged.rewritten)
    for id in here.keys() & there.keys():
        one, other = _metadata(here[id]), _metadata(there[id])
        if one == other:
            continue
        known = _metadata(before.get(id, {}))
        shared[id], twice = _united(known, _without(one, known, other), _without(other, known, one))
        rewritten += twice
    notebooks = (_with(base, merged.keys, shared), _with(mine, merged.keys, shared), _with(theirs, merged.keys, shared))
    return notebooks, merged.model_copy(update={"rewritten": tuple(sorted(rewritten))})


def _united(base: Keys, mine: Keys, theirs: Keys) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Our keys of both sides, and those that both gave another value."""
    one, other = ours(mine), ours(theirs)
    united, rewritten = other | one, []
    for key in one.keys() & other.keys() - {HEAD}:
        if one[key] != other[key]:
            if one[key] == base.get(key):
                united[key] = other[key]
            elif other[key] != base.get(key):
                rewritten.append(key)
    return dict(sorted(united.items())), tuple(sorted(rewritten))


def _changed(metadata: Keys, other: Keys) -> set[str]:
    """What a side has revisions of that the other side does not have."""
    return {_about(key) for key in ours(metadata).keys() - ours(other).keys()} - {""}


def _about(key: str) -> str:
    """The article that a key is a revision of, or the preamble."""
    room, _, rest = key.removeprefix(PREFIX).partition(":")
    return room if room == "preamble" else rest.partition(":")[0] if room == "article" else ""


def _without(side: Keys, base: Keys, other: Keys) -> dict[str, Any]:
    """A side without what the other took away and this one left as it was."""
    return {key: value for key, value in side.items() if key in other or key not in base or value != base[key]}


def _with(notebook: Notebook, keys: Keys, shared: dict[str, Keys]) -> Notebook:
    cells = [_holding(cell, shared[cell["id"]]) if _id(cell) in shared else cell for cell in notebook["cells"]]
    return _holding({**notebook, "cells": cells}, keys)


def _holding(holder: Notebook, keys: Keys) -> Notebook:
    metadata = _metadata(holder)
    rest = metadata.keys() - ours(metadata).keys()
    return {**holder, "metadata": {key: metadata[key] for key in metadata if key in rest} | keys}


def _cells(notebook: Notebook) -> dict[str, Notebook]:
    return {id: cell for cell in notebook["cells"] if (id := _id(cell)) is not None}


def _id(cell: Any) -> str | None:
    id = cell.get("id") if isinstance(cell, dict) else None
    return id if isinstance(id, str) else None


def _metadata(holder: Notebook) -> dict[str, Any]:
    metadata = holder.get("metadata")
    return metadata if isinstance(metadata, dict) else {}
