"""`jupyter reconst run`: execute a notebook's cells in a kernel that asks in process, with the caller's key.

The kernel is told which notebook it runs and, before each cell, which cell that is: nbclient says neither.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from jupyter_reconst.core.notebook import HEAD, TURN_MIME, read, understood
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.notebook.file import load


class _Client(NotebookClient):
    """Tells the kernel where it stands."""

    async def async_execute_cell(self, cell: Any, cell_index: int, *more: Any, **named: Any) -> Any:
        if cell.cell_type == "code" and cell.source.lstrip().startswith("%%reconst"):
            code = f"%reconst at {cell.get('id') or f'cell-{cell_index}'}"
            client: Any = self.kc
            await client.execute(code, silent=True, store_history=False, reply=True)
        return await super().async_execute_cell(cell, cell_index, *more, **named)


def run_notebook(notebook: Path, out: Path, *, accept: str | None, timeout: float | None) -> int:
    """Run a notebook; 0 when every cell ran, 1 when one failed. What ran is written in either case.

    An unaccepted constitution is not sent: then the status is 2 and nothing runs. Raises BadInput for a newer format.
    """
    from jupyter_reconst.doors.headless import InProcess

    understood(read(load(notebook).get("metadata", {})), notebook.name)
    process = InProcess()
    try:
        carried = process.call("carried", {"path": str(notebook.resolve())})
        if accept:
            process.accept(notebook.resolve(), accept)
        inforce = process.call("inforce", {"path": str(notebook.resolve())})
    finally:
        process.close()
    if inforce["digest"] != carried:
        print(spelled(f"You have not accepted the constitution of {notebook.name}; nothing was run."), file=sys.stderr)
        print(spelled(f"Read it (jupyter reconst show {notebook}), then say --accept {carried}"), file=sys.stderr)
        return 2
    content = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    os.environ["RECONST_NOTEBOOK"] = str(notebook.resolve())
    client = _Client(content, timeout=timeout, resources={"metadata": {"path": str(notebook.resolve().parent)}})
    try:
        client.execute()
    except CellExecutionError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        if any(TURN_MIME in output.get("data", {}) for cell in content.cells for output in cell.get("outputs", [])):
            content.metadata.setdefault(HEAD, {"version": 1, "id": inforce["notebook"]})
        nbformat.write(content, out)  # type: ignore[no-untyped-call]
    return 0
