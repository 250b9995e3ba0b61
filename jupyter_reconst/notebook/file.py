"""Notebook files on disk: read one, take everything of ours out of it, write it back without losing anything else."""

from __future__ import annotations

import json
import os
import secrets
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


def write(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Write a file, whole or not at all. `mode` is for a new one, less what the process leaves out (umask)."""
    made = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            made.chmod(path.stat().st_mode & 0o777)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
