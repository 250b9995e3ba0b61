"""Where a notebook is: the path that a browser or a kernel says, in one spelling, and the file behind it.

Under a server only files below its root are read, after links are resolved.
"""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from pathlib import Path

_SHARED = "RTC:"
"""The drive name that jupyter-collaboration puts before the same paths."""


@dataclass(frozen=True, slots=True)
class Place:
    """`path` is what doors say; `name` tells places apart on this machine; `file` may be read."""

    path: str
    name: str
    file: Path | None


def place(path: str, root: Path | None) -> Place | None:
    """The place that a path means; None for one outside the root. Without a root any path is a file's."""
    path = path.removeprefix(_SHARED)
    if "\x00" in path or not path.strip("/ "):
        return None
    if root is None:
        file = _resolved(Path(path).expanduser())
        return None if file is None else Place(str(file), str(file), file)
    base = _resolved(root) or root
    if Path(path).is_absolute():
        # A kernel says where its notebook is on disk.
        inside = next((Path(path).relative_to(top) for top in (root, base) if Path(path).is_relative_to(top)), None)
        if inside is None:
            return None
        path = inside.as_posix()
    path = posixpath.normpath(path.replace("\\", "/") if os.sep == "\\" else path)
    if path == ".." or path.startswith("../"):
        return None
    if ":" in path.split("/")[0]:
        return Place(path, path, None)  # Another drive of the contents manager: no file of ours.
    file = _resolved(base / path)
    readable = file is not None and file.is_relative_to(base)
    return Place(path, str(base / path), file if readable else None)


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return None
