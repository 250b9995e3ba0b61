"""`jupyter reconst report`: what the page *Tell the engineers* would save, on stdout or in a file."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.notebook import read_annotations
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.sharing import printed, written


def write_report(options: argparse.Namespace) -> int:
    """Write the report, or list its parts; what was replaced is said on stderr."""
    told = asyncio.run(_told(options))
    if options.parts:
        for part in told.parts:
            print(spelled(f"{part.id}{'' if part.kept else ' (left out)'}: {part.words}"))
        return 0
    if options.output is None:
        printed(told.text)
    else:
        written(options.output, told.text, options.force)
    for one in told.replaced:
        print(spelled(f"replaced by {one.by}: {one.words} ({one.count})"), file=sys.stderr)
    return 0


def accounts() -> set[str]:
    """The names of whoever runs this, as this machine knows them."""
    try:
        return {Path.home().name, getpass.getuser()}
    except (KeyError, OSError, RuntimeError):  # A container may run as a number that has neither.
        return set()


async def _told(options: argparse.Namespace) -> Any:
    from jupyter_reconst.acts.tell import tell
    from jupyter_reconst.core.requests import Tell
    from jupyter_reconst.notebook.file import load
    from jupyter_reconst.wiring import build, headless

    content = load(options.notebook)
    cells = [cell.get("metadata", {}) for cell in content.get("cells", []) if isinstance(cell, dict)]
    try:
        request = Tell(
            path=str(options.notebook),
            turn=options.turn,
            annotation=options.highlight,
            article=options.article,
            annotations=tuple(one for metadata in cells for one in read_annotations(metadata)),
            expected=options.expected,
            without=tuple(options.without),
            words=tuple(options.replace),
            format=options.format,
        )
    except ValidationError:
        raise BadInput(
            "This is no id.", remedy="Ids have 26 letters and digits, as they stand in the notebook."
        ) from None
    reconst = build(headless())
    try:
        told = await tell(reconst.ports, reconst.person, request, accounts())
    finally:
        await reconst.close()
    unknown = set(options.without) - {part.id for part in told.parts}
    if unknown:
        raise BadInput(f"The report has no part {', '.join(sorted(unknown))}.", remedy="List its parts with --parts.")
    return told
