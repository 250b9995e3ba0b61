"""Three-way merge of notebook files: ours by `core.merging`, the rest by nbdime where it is installed, else by git.

Whoever merges the rest is given three notebooks that hold the same of ours, so that it has nothing of ours to decide.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.merging import Merged, Notebook, aligned
from jupyter_reconst.core.notebook import read, understood
from jupyter_reconst.notebook.file import load, spelled

NBDIME = "nbmerge"
_NAMES = ("ours", "base", "theirs")
_ERROR = 128
"""`git merge-file` ends with the number of conflicts, at most 127."""


class Outcome(NamedTuple):
    """The merged text, what became of ours, and whether the rest holds conflicts that a person must settle."""

    text: str
    merged: Merged
    conflicts: bool
    by: Literal["nbdime", "git"]


def merge_files(base: Path, mine: Path, theirs: Path) -> Outcome:
    """Merge three files. Raises BadInput for a side that is no notebook, or where nothing can merge the rest.

    A base that is no notebook, as git gives for a file that both sides added, says nothing: what differs conflicts.
    """
    sides = (_side(mine), _side(theirs))
    try:
        known = load(base)
    except BadInput:
        known = {"cells": [], "metadata": {}}
    notebooks, merged = aligned(known, *sides)
    with tempfile.TemporaryDirectory(prefix="reconst-merge-") as folder:
        files = {name: Path(folder) / f"{name}.ipynb" for name in ("base", "ours", "theirs")}
        try:
            for file, notebook in zip(files.values(), notebooks, strict=True):
                file.write_text(spelled(notebook), encoding="utf-8")
        except (ValueError, RecursionError) as error:
            raise BadInput("These notebooks hold something that cannot be written in a notebook.") from error
        by_cells = _by_nbdime(files, Path(folder))
        text, conflicts = by_cells or _by_git(files)
    whole = _notebook(text)
    if whole is not None:
        whole["metadata"] |= merged.keys
        text = spelled(whole)
    return Outcome(text, merged, conflicts or whole is None, "nbdime" if by_cells else "git")


def _side(path: Path) -> Notebook:
    """A notebook that this version may write."""
    content = load(path)
    metadata = content.get("metadata")
    understood(read(metadata if isinstance(metadata, dict) else {}), path.name)
    return content


def _by_nbdime(files: dict[str, Path], folder: Path) -> tuple[str, bool] | None:
    """What nbdime makes of it: by cells. None where it is not installed or cannot."""
    tool = shutil.which(NBDIME, path=str(Path(sys.executable).parent)) or shutil.which(NBDIME)
    if tool is None:
        return None
    out = folder / "merged.ipynb"
    command = [tool, *(str(files[name]) for name in ("base", "ours", "theirs")), "--out", str(out)]
    done = subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1) or not out.exists():
        return None
    return out.read_text("utf-8"), done.returncode == 1


def _by_git(files: dict[str, Path]) -> tuple[str, bool]:
    """What git makes of the text: by lines."""
    labels = [word for name in _NAMES for word in ("-L", name)]
    command = ["git", "merge-file", "-p", *labels, *(str(files[name]) for name in _NAMES)]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise BadInput("git is not installed.", remedy="Install git, or nbdime.") from error
    if not 0 <= done.returncode < _ERROR:
        raise BadInput(f"git cannot merge these files: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout.decode("utf-8"), done.returncode > 0


def _notebook(text: str) -> Notebook | None:
    """The notebook that a merged text is, unless git's marks or a torn bracket make it none."""
    try:
        content = json.loads(text)
    except ValueError:
        return None
    whole = isinstance(content, dict) and isinstance(content.get("metadata"), dict)
    return content if whole and isinstance(content.get("cells"), list) else None
