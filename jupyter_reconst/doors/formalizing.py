"""`jupyter reconst formalize`: the premises and the claim of a passage on stdout, the verdict as the exit status."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from jupyter_reconst.core.errors import BadInput, ReconstError
from jupyter_reconst.core.requests import Formalized, FormalSentence
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.checking import say

FOLLOWS, FAILS, OPEN = 0, 1, 2
"""Exit statuses: it follows; it does not, or the premises are inconsistent; nothing was settled, or it was refused."""

_LONGEST = 8_000


def formalize_passage(options: argparse.Namespace) -> int:
    """Print the rows and the verdict."""
    try:
        found = asyncio.run(_formalized(_passage(options.passage, options.cell), options))
    except ReconstError as error:
        say(error.problem())
        return OPEN
    except OSError as error:
        say(BadInput(f"{Path(options.passage).name} cannot be read: {error.strerror}.").problem())
        return OPEN
    if options.json:
        print(found.model_dump_json(by_alias=True, indent=1))
    else:
        print(spelled("\n".join(_lines(found))))
    if not found.verdict or not found.verdict.checked:
        return OPEN
    return FOLLOWS if found.verdict.says == "follows" else FAILS


async def _formalized(passage: str, options: argparse.Namespace) -> Formalized:
    from jupyter_reconst.acts.formalize import formalized
    from jupyter_reconst.acts.gate import named
    from jupyter_reconst.acts.meter import Metered
    from jupyter_reconst.wiring import build, headless

    reconst = build(headless())
    try:
        model = Metered(await named(reconst.ports, options.profile))
        events = formalized(reconst.ports, reconst.person, model, passage, anyway=options.anyway)
        return [found async for found in events][-1]
    finally:
        await reconst.close()


def _passage(source: str, cell: str | None) -> str:
    """The text: a file's, what comes in on `-`, or a cell's output, which for an asked cell is the reply."""
    if source == "-":
        text = sys.stdin.read(_LONGEST + 1)
    elif cell is not None:
        text = _of_cell(Path(source), cell)
    elif source.endswith(".ipynb"):
        raise BadInput("A notebook has many passages.", remedy="Say which with --cell: a cell's id, or its number.")
    else:
        try:
            text = Path(source).read_text("utf-8")
        except UnicodeDecodeError:
            raise BadInput(f"{Path(source).name} is no text.", remedy="Name a text file in UTF-8.") from None
    if not text.strip():
        raise BadInput("There is no text to formalise.", remedy="Name a file, or a cell, with words in it.")
    if len(text) > _LONGEST:
        raise BadInput(f"A passage has at most {_LONGEST:,} characters.", remedy="Formalise a part of it.")
    return text.strip()


def _of_cell(path: Path, cell: str) -> str:
    from jupyter_reconst.notebook.file import load

    cells = load(path).get("cells", [])
    found = next((one for one in cells if one.get("id") == cell), None)
    if found is None and cell.isdigit() and 1 <= int(cell) <= len(cells):
        found = cells[int(cell) - 1]
    if found is None:
        raise BadInput(f"{path.name} has no cell “{cell}”.", remedy="Say a cell's id, or its number from 1.")
    said = [_text(output) for output in found.get("outputs", [])]
    return "\n".join(text for text in said if text) or _joined(found.get("source", ""))


def _text(output: dict[str, Any]) -> str:
    shown = output.get("data", {})
    return _joined(shown.get("text/markdown") or shown.get("text/plain") or output.get("text") or "")


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)


def _lines(found: Formalized) -> list[str]:
    verdict = found.verdict
    if found.claim is None or verdict is None:
        return [f"Not worth formalising: {found.loss}", "With --anyway it is tried all the same."]
    lines = [f"What would be lost: {found.loss}", ""] if found.loss else []
    for one in found.premises:
        lines += _row(one)
    lines += ["therefore", *_row(found.claim), ""]
    by = f" ({', '.join(verdict.by)})" if verdict.by else ""
    rests = f", by {', '.join(verdict.core)}" if verdict.core else ""
    lines.append(f"{verdict.says}{rests}{by}")
    return lines + ([f"    {verdict.why}"] if verdict.why else []) + [f"    {line}" for line in verdict.words]


def _row(one: FormalSentence) -> list[str]:
    where = f"“{one.source.quote}”" if one.source else "not said in the passage"
    lines = [f"{one.name}: {where}", f"    {one.formal}", f"    {one.words}"]
    return [*lines, f"    doubtful: {one.doubt}"] if one.doubt else lines
