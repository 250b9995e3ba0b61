"""`jupyter reconst merge NOTEBOOK PACK`, and `--replay`: the kept cases of both sides on what was merged."""

from __future__ import annotations

import argparse
from pathlib import Path

from jupyter_reconst.core.constitution import Import
from jupyter_reconst.core.errors import BadInput, ReconstError
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.notebook import ours, read, understood
from jupyter_reconst.core.sharing.adopting import Adoption, adoption
from jupyter_reconst.core.sharing.pinning import pin, pin_of
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.checking import checked, say
from jupyter_reconst.doors.merging import DIFFERENT, SAME, TROUBLE
from jupyter_reconst.doors.sharing import brought


def join_pack(options: argparse.Namespace) -> int:
    """Merge a pack into a notebook, article by article: what both have changed since the pinned version is in conflict.

    An article's base is the newest revision that both know; where the notebook has copied the pack before, the pinned
    version is among its revisions.
    """
    from jupyter_reconst.doors.cli import writable
    from jupyter_reconst.notebook.file import load, save
    from jupyter_reconst.wiring import SystemClock

    notebook: Path = options.base
    out: Path = options.output or notebook
    try:
        writable(out, options.force)
        published, name = brought(str(options.ours))
        content = load(notebook)
        metadata = content.setdefault("metadata", {})
        held = understood(read(ours(metadata) if isinstance(metadata, dict) else {}), notebook.name)
        made = pin(SystemClock().id(), name, published.reading) if name else None
        found = adoption(held, published.reading, made)
        try:
            save(out, content | {"metadata": metadata | found.writes})
        except OSError as error:
            raise BadInput(f"{out} cannot be written: {error.strerror}.") from error
    except ReconstError as error:
        say(error.problem())
        return TROUBLE
    _told(found, pin_of(held, name) if name else None)
    return DIFFERENT if any(step.news == "two versions" for step in found.steps) else SAME


def replayed(options: argparse.Namespace, notebook: Path) -> int:
    """Check the kept cases of both sides on what was merged: 0 each holds, 1 a regression, 2 not all was checked."""
    from jupyter_reconst.acts.check import Wanted

    return checked(
        Wanted(
            paths=(str(notebook),),
            accept=frozenset(digest.lower() for digest in options.accept),
            profile=options.profile,
            budget=Budget(calls=options.budget_calls, dollars=options.budget_dollars),
        )
    )


def _told(found: Adoption, base: Import | None) -> None:
    """What became of each article, and what is left to settle."""
    if base:
        print(spelled(f"Base: {base.pack} as it was copied, {base.digest[:12]}."))
    else:
        print("Base: none. The notebook has not copied this pack; only articles with the same id are compared.")
    for step in found.steps:
        if step.news == "two versions":
            said = "Conflict: both sides changed the article “{}”. Both versions are kept; choose in the sidebar."
            print(spelled(said.format(step.title)))
        elif step.news != "same":
            print(spelled(f"{step.news}: {step.title}"))
    if found.preamble:
        print({"kept": "The notebook keeps its own preamble."}.get(found.preamble, f"{found.preamble}: the preamble"))
    if found.cases:
        print(f"new: {found.cases} kept case{'s' if found.cases > 1 else ''}")
