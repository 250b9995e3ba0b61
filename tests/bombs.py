"""Files that are made to cost time or memory, and what reading each of them costs: `python -m tests.bombs`.

Run in a process of its own: the memory that a system gives is measured, not what Python says it took.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
import zipfile
from pathlib import Path

from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.notebook import Reading, keys
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.received import received
from jupyter_reconst.core.sharing.record import MOST_BYTES, decoded
from tests.scenes import article

LAW = Reading(revisions=(article(1, "one", "first"),))
SMALL = dump(Front(name="n"), LAW)


def _recording(line: str) -> bytes:
    return SMALL.replace("```json\n", f"```json\n{line}\n").encode()


def _knowing(value: str, name: str = "x-more") -> bytes:
    """A file that is whole but for a key of a newer version, and what stands there."""
    return SMALL.replace('"repealed": false', f'"{name}": {value}, "repealed": false').encode()


def _notebook(value: str, name: str = "x-more") -> bytes:
    """A notebook that is whole but for that."""
    whole = json.dumps({"cells": [], "metadata": keys(LAW), "nbformat": 4, "nbformat_minor": 5})
    return whole.replace('"repealed": false', f'"{name}": {value}, "repealed": false').encode()


def _zip() -> bytes:
    """A quarter of a megabyte that unpacks to 256."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("law.md", bytes(2**28))
    return packed.getvalue()


_DEEP, _DIGITS = "[" * 100_000 + "]" * 100_000, "9" * 5_000
_LAUGHS = "".join(f"{name}: &{name} [{', '.join(['*' + chr(ord(name) - 1)] * 9)}]\n" for name in "bcdefghi")

BOMBS: dict[str, tuple[str, bytes]] = {
    "2 MiB and a byte": ("law.md", SMALL.encode() + b" " * (MOST_BYTES + 1 - len(SMALL.encode()))),
    "too large": ("law.md", SMALL.encode() + b" " * 3 * 2**20),
    "too many lines": ("law.md", SMALL.encode() + b"\n" * 2**20),
    "deep": ("law.md", _knowing(_DEEP)),
    "deep enough": ("law.md", _knowing("[" * 35 + "]" * 35)),
    "said twice": ("law.md", _knowing("true", "repealed")),
    "not a number": ("law.md", _knowing("NaN")),
    "infinite": ("law.md", _knowing("1e999")),
    "many digits": ("law.md", _knowing(_DIGITS)),
    "half a character": ("law.md", _knowing('"\\ud800"')),
    "not UTF-8": ("law.md", b"---\nreconst: 1\n---\n\xff"),
    "UTF-16": ("law.md", SMALL.encode("utf-16")),
    "nothing": ("law.md", b""),
    "binary": ("law.md", bytes(range(256)) * 100),
    "zip": ("law.md", _zip()),
    "anchors": ("law.md", b"---\nreconst: 1\nname: &a [x, x]\nauthors: [*a, *a, *a, *a]\nx: *a\n---\n"),
    "a billion laughs": ("law.md", f"---\nreconst: 1\na: &a [lol]\n{_LAUGHS}---\n".encode()),
    "a tag": ("law.md", b"---\nreconst: 1\nname: !!python/object/apply:os.system [id]\n---\n"),
    "front matter without an end": ("law.md", b"---\nreconst: 1\n" + b"name: x\n" * 100_000),
    "many articles": ("law.md", SMALL.encode().replace(b"# Record", b"## x\n" * 501 + b"# Record")),
    "long clause": ("law.md", SMALL.encode().replace(b"> first", b"> " + b"x" * 2**20)),
    "quotations": ("law.md", b"---\nreconst: 1\n---\n" + b">\n" * 150_000),
    "no such thing": ("law.md", _recording('{"weapon": {}}')),
    "twice": ("law.md", _recording(SMALL.split("```json\n")[1].split("\n")[0])),
    "many pieces": ("AGENTS.md", b"- x\n" * 100_000),
    "many headings": ("CLAUDE.md", b"# x\n" * 200_000),
    "a deep notebook": ("law.ipynb", _notebook(_DEEP)),
    "a notebook that says it twice": ("law.ipynb", _notebook("true", "repealed")),
    "a notebook with no number": ("law.ipynb", _notebook("NaN")),
    "a notebook with many digits": ("law.ipynb", _notebook(_DIGITS)),
    "a notebook with half a character": ("law.ipynb", _notebook('"\\ud800"')),
    "no notebook": ("law.ipynb", b"[]"),
}
"""Each is refused."""

ODD: dict[str, tuple[str, bytes]] = {
    "nothing odd": ("law.md", _knowing("1")),
    "no odd notebook": ("law.ipynb", _notebook("1")),
    "deep, but not too deep": ("law.md", _knowing("[" * 25 + "]" * 25)),
    "laughs in another tool's front matter": ("rule.mdc", f"---\na: &a [lol]\n{_LAUGHS}---\n\n- be brief\n".encode()),
    "one long line": ("AGENTS.md", b"x" * 2_000_000),
    "open fences": ("AGENTS.md", b"```\n" * 100_000),
    "open examples": ("spec.md", b"# x\n\n" + b"**Example**: x\n\n~~~xml\n<user>\n" * 40_000),
    "brackets": ("AGENTS.md", b"[" * 1_000_000 + b"]" * 1_000_000),
    "anchors of a heading": ("spec.md", b"# x " + b"{#a " * 400_000),
    "spaces": ("AGENTS.md", b"* \t" * 600_000),
}
"""Each is read as it is, if it is read at all."""


def main() -> None:
    """One line of JSON for each: seconds, megabytes, and the code of the refusal."""
    for name, (file, data) in {**BOMBS, **ODD}.items():
        held, began = _resident(), time.process_time()
        try:
            received(file, decoded(data))
            code, message = "", ""
        except ReconstError as error:
            code, message = error.code, error.message
        took = time.process_time() - began
        told = {"name": name, "code": code, "length": len(message), "seconds": took, "megabytes": _peak() - held}
        print(json.dumps(told), flush=True)


def _resident() -> float:
    """Megabytes in memory now; the peak is forgotten where the system lets us."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        return _status("VmRSS")
    except OSError:
        return _peak()


def _peak() -> float:
    try:
        return _status("VmHWM")
    except OSError:
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _status(name: str) -> float:
    """Megabytes, as `/proc` says them."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


if __name__ == "__main__":
    main()
