"""Our merge driver in a git repository: two settings of its own, and one line of `.gitattributes`.

The line stands after whatever else says who merges notebooks, since the last one counts; nbdime's own lines and
settings stay as they are, and count again when ours is taken back. A clone without our settings merges as text.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.notebook.file import write

_LINE = "*.ipynb merge=reconst"
_ATTRIBUTES = ".gitattributes"
_SECTION = "merge.reconst"


def set_up(folder: Path) -> list[str]:
    """Register the driver; says what was written, in words. Raises BadInput outside a repository."""
    top = _top(folder)
    settings = {"name": "notebooks with a constitution", "driver": _driver(), "recursive": "binary"}
    said = []
    for name, value in settings.items():
        key = f"{_SECTION}.{name}"
        if _git(top, "config", "--local", "--get", key) != value:
            _git(top, "config", "--local", key, value, must=True)
            said.append(f"The repository’s own configuration: {key} = {value}")
    if not _counts(top):
        before = "".join(_others(top))
        _rewrite(top, before + ("\n" if before and not before.endswith("\n") else "") + f"{_LINE}\n")
        said.append(f"{_ATTRIBUTES}: {_LINE}")
        if not _counts(top):
            message = "Something stronger than .gitattributes says who merges notebooks here."
            raise BadInput(message, remedy="Look into .git/info/attributes, and say merge=reconst there.")
    return said


def undo(folder: Path) -> list[str]:
    """Take the driver back; says what was taken away, in words. Raises BadInput outside a repository."""
    top = _top(folder)
    said = []
    if _git(top, "config", "--local", "--get-regexp", rf"^{_SECTION}\."):
        _git(top, "config", "--local", "--remove-section", _SECTION, must=True)
        said.append(f"The repository’s own configuration: without {_SECTION}")
    others = _others(top)
    if others != _lines(top):
        _rewrite(top, "".join(others))
        said.append(f"{_ATTRIBUTES}: without {_LINE}")
    return said


def _driver() -> str:
    """The command by its full path: git's shell may find another environment, or none."""
    tool = shutil.which("jupyter-reconst", path=str(Path(sys.executable).parent)) or shutil.which("jupyter-reconst")
    if tool is None:
        raise BadInput("The command jupyter-reconst is not installed beside Python.", remedy="Install the package.")
    return f"{shlex.quote(Path(tool).as_posix())} merge %O %A %B --force"


def _top(folder: Path) -> Path:
    top = _git(folder, "rev-parse", "--show-toplevel") if folder.is_dir() else None
    if not top:
        raise BadInput(f"{folder} is not in a git repository.", remedy="Name a folder that git keeps.")
    return Path(top)


def _counts(top: Path) -> bool:
    """Whether git would merge a notebook here with our driver."""
    said = _git(top, "check-attr", "merge", "--", "notebook.ipynb") or ""
    return said.endswith(": merge: reconst")


def _lines(top: Path) -> list[str]:
    file = top / _ATTRIBUTES
    if file.is_symlink():
        raise BadInput(f"{_ATTRIBUTES} is a link, which git does not follow.", remedy="Put a file in its place.")
    try:
        return file.read_bytes().decode("utf-8").splitlines(keepends=True) if file.exists() else []
    except (OSError, ValueError) as error:
        raise BadInput(f"{_ATTRIBUTES} cannot be read.") from error


def _others(top: Path) -> list[str]:
    return [line for line in _lines(top) if line.split() != _LINE.split()]


def _rewrite(top: Path, text: str) -> None:
    file = top / _ATTRIBUTES
    if text:
        file.touch()  # So that a new one may be read by whom the umask lets.
        write(file, text)
    else:
        file.unlink(missing_ok=True)


def _git(folder: Path, *arguments: str, must: bool = False) -> str | None:
    """What git says; nothing where it refuses."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise BadInput("git is not installed.", remedy="Install git.") from error
    if done.returncode:
        if must:
            raise BadInput(f"git refuses: {done.stderr.decode('utf-8', 'replace').strip()}")
        return None
    return done.stdout.decode("utf-8", "replace").removesuffix("\n")
