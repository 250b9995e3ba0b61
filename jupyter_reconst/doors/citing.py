"""`jupyter reconst references`: the references of a notebook's replies, with what is known of each."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

from jupyter_reconst.core.references.nouns import MarkedReference
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.show import TURN_MIME

FINE, DOUBTFUL = 0, 1
"""Exit statuses: nothing speaks against any of them; one was not found, differs, or is marked wrong."""

_WORDS = {
    "in_library": "in your library",
    "found": "found",
    "differs": "differs",
    "not_found": "not found",
    "unknown": "not looked up",
}


def check_references(options: argparse.Namespace) -> int:
    """Print them by cell. A reply that is not in the journal is read all the same: nothing but its text counts."""
    found = asyncio.run(_found(options.notebook, options.lookup))
    every = [one for _, some in found for one in some]
    if options.json:
        said = [{"cell": cell, "references": [one.model_dump(mode="json") for one in some]} for cell, some in found]
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        print(spelled("\n".join(line for cell, some in found for line in _lines(cell, some)) or "No references."))
    return DOUBTFUL if any(one.wrong or one.state in ("not_found", "differs") for one in every) else FINE


async def _found(path: Path, lookup: bool) -> list[tuple[str, tuple[MarkedReference, ...]]]:
    from jupyter_reconst.acts.cite import marked
    from jupyter_reconst.acts.lookup import looked_up
    from jupyter_reconst.notebook.file import load
    from jupyter_reconst.wiring import build, headless

    replies = _replies(load(path))
    reconst = build(headless())
    try:
        found = []
        for cell, text in replies:
            some = await marked(reconst.ports, reconst.person, text)
            if lookup:
                known = {one.reference.start: one async for one in looked_up(reconst.ports, some)}
                some = tuple(known.get(one.reference.start, one) for one in some)
            if some:
                found.append((cell, some))
        return found
    finally:
        await reconst.close()


def _replies(notebook: dict[str, Any]) -> list[tuple[str, str]]:
    """Each reply that the notebook shows, and the cell that it is in: its id, or its number."""
    found = []
    for number, cell in enumerate(notebook["cells"], 1):
        for output in cell.get("outputs") or () if isinstance(cell, dict) else ():
            record = (output.get("data") or {}).get(TURN_MIME) if isinstance(output, dict) else None
            if isinstance(record, dict) and isinstance(record.get("reply"), str):
                found.append((str(cell.get("id") or number), record["reply"]))
    return found


def _lines(cell: str, some: tuple[MarkedReference, ...]) -> list[str]:
    lines = [f"Cell {cell}"]
    for one in some:
        lines.append(f"  {_WORDS[one.state]}: {' '.join(one.reference.quote.split())}")
        lines += [f"    {each.field}: says “{each.said}”, is “{each.known}”" for each in one.differs]
        if one.looked:
            lines.append(
                f"    looked in {', '.join(look.where for look in one.looked if not look.problem) or 'no place'}"
            )
        lines += [f"    {look.problem}" for look in one.looked if look.problem]
        if one.wrong:
            lines.append("    you marked this wrong" + (f": {one.wrong.right}" if one.wrong.right else ""))
    return lines
