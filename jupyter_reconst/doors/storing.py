"""`jupyter reconst travels`, `strip`, `backup` and `restore`: what is kept of ours, and where."""

from __future__ import annotations

import argparse
import asyncio

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.visible import spelled


def list_carried(options: argparse.Namespace) -> int:
    """List what the notebook carries of ours."""
    from jupyter_reconst.core.travel import manifest
    from jupyter_reconst.notebook.file import load

    items = manifest(load(options.notebook)).items
    for item in items:
        print(spelled(f"{item.where}: {item.says} ({item.bytes} bytes)"))
    if not items:
        print("Nothing of ours.")
    return 0


def strip_notebook(options: argparse.Namespace) -> int:
    """Take everything of ours out of the notebook."""
    from jupyter_reconst.core.travel import stripped
    from jupyter_reconst.doors.cli import writable
    from jupyter_reconst.notebook.file import load, save

    out = options.output or options.notebook
    writable(out, options.force)
    save(out, stripped(load(options.notebook)))
    return 0


def copy_store(options: argparse.Namespace) -> int:
    """Write a consistent copy of the feedback store."""
    from jupyter_reconst.doors.cli import writable
    from jupyter_reconst.wiring import build, headless

    if options.file.is_dir():
        raise BadInput(f"{options.file} is a folder.", remedy="Name a file.")
    writable(options.file, True)

    async def copy() -> None:
        reconst = build(headless())
        try:
            await reconst.ports.journal.backup(options.file)
        finally:
            await reconst.close()

    asyncio.run(copy())
    print(spelled(f"The feedback store was copied to {options.file}."))
    return 0


def put_back_store(options: argparse.Namespace) -> int:
    """Put a copy of the feedback store in place; the present one is kept beside it."""
    from jupyter_reconst.wiring import headless, restore_store

    kept = restore_store(headless(), options.file)
    print("The feedback store was restored." + (f" The one before is kept as {kept}." if kept else ""))
    return 0
