"""Notebook files on disk: read one, take everything of ours out of it, write it back without losing anything else."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from jupyter_reconst.core.errors import BadInput


def load(path: Path) -> dict[str, Any]:
    """The notebook as plain JSON, unknown keys and all. Raises BadInput."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(f"{path.name} cannot be read as a notebook.") from error
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise BadInput(f"{path.name} is not a notebook in format 4.")
    return content


def save(path: Path, content: dict[str, Any]) -> None:
    """Write a notebook, whole or not at all."""
    write(path, spelled(content))


def spelled(content: dict[str, Any]) -> str:
    """A notebook as nbformat spells it."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(path: Path, text: str) -> None:
    """Write a file, whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
