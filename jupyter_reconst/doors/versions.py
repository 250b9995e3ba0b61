"""Notebooks as the command line names them: a file, or `FILE@REVISION`, as it stood after that revision."""

from __future__ import annotations

from pathlib import Path

from jupyter_reconst.core.chain import ALTERED
from jupyter_reconst.core.notebook import Reading, read
from jupyter_reconst.core.versions import Version, at, versions
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.notebook.file import load


def named(path: Path) -> Reading:
    """What a notebook carries, now or then. Raises BadInput, and NotFound for a revision that is not in it."""
    file, _, revision = str(path).rpartition("@")
    if not file or path.exists():
        return _reading(path)
    return at(_reading(Path(file)), revision)


def show_history(reading: Reading) -> None:
    """Print every revision, oldest first, and say of which the text is no longer what it was."""
    for version in versions(reading):
        print(spelled(_told(version)))


def _told(version: Version) -> str:
    author = f" by {version.author} (as claimed)" if version.author else ""
    what = "preamble" if version.how == "preamble" else f"{version.how}: {version.title}"
    broken = f"\n    {ALTERED}" if version.altered else ""
    return f"{version.revision} {version.at:%Y-%m-%d %H:%M}{author} {what}{broken}"


def _reading(path: Path) -> Reading:
    metadata = load(path).get("metadata")
    return read(metadata if isinstance(metadata, dict) else {})
