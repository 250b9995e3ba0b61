"""The process that files are read in. It gives up everything that it could do harm with, then reads what it is fed.

It is started with no environment; no file and no connection (no new file descriptor can be made), no process, a bound
on memory. In: a line `{"name": …, "size": …}` and that many bytes. Out: lines of JSON, what was read, then `end`.
"""

from __future__ import annotations

import json
import logging
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from itertools import chain
from pathlib import PurePath
from typing import Any

from jupyter_reconst.core.library import Entry, named
from jupyter_reconst.library.pdf import Pdf
from jupyter_reconst.library.texts import markdown, notebook
from jupyter_reconst.library.words import MISSING, Unreadable, passages
from jupyter_reconst.library.works import MOST as MOST_WORKS
from jupyter_reconst.library.works import bibtex, csl, told

MOST = 16 * 2**20
"""Characters that a document may have."""

_NOBODY = 65534
_LAZY = ("encodings", "pypdf", "bibtexparser", "pylatexenc")


def main(megabytes: int) -> None:
    """Read documents until there are no more. One that needed more memory than there is says that it is `spent`."""
    logging.disable(logging.CRITICAL)
    prepare()
    close(megabytes)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline(65_536):
        asked = json.loads(line)
        try:
            for said in read(str(asked["name"]), source.read(int(asked["size"]))):
                sink.write(json.dumps(said).encode() + b"\n")
            end: dict[str, Any] = {"end": ""}
        except Unreadable as error:
            end = {"end": str(error)}
        except ImportError:
            end = {"end": MISSING}
        except MemoryError:
            end = {"end": "It needs more memory than a document is given here.", "spent": True}
        except Exception as error:  # Whatever a hostile file brought about, the next one is read.
            end = {"end": f"It cannot be read ({type(error).__name__})."}
        sink.write(json.dumps(end).encode() + b"\n")
        sink.flush()


def read(name: str, data: bytes) -> Iterator[dict[str, Any]]:
    """What a document says, as it is sent. Raises Unreadable, after what could be read."""
    length = 0
    for said in _read(PurePath(name), data):
        length += len(said.get("text", ""))
        if length > MOST:
            raise Unreadable(f"It has more than {MOST // 2**20} million characters; what is beyond them is left out.")
        yield said


def _read(path: PurePath, data: bytes) -> Iterator[dict[str, Any]]:
    kind = path.suffix.lower()
    if kind in (".bib", ".json"):
        for number, (entry, abstract) in enumerate((bibtex if kind == ".bib" else csl)(data)):
            if number == MOST_WORKS:
                raise Unreadable(f"It has more than {MOST_WORKS:,} works; those after them are left out.")
            yield {"entry": entry.model_dump(mode="json")}
            for text in passages(told(entry, abstract)):
                yield {"portion": number, "locator": "", "text": text}
        return
    pdf = Pdf(data) if kind == ".pdf" else None
    title, parts = (pdf.title, pdf.passages()) if pdf else (notebook if kind == ".ipynb" else markdown)(data)
    first = next(parts, None)  # Only then is the stamp of arXiv known.
    called = " ".join(title.split())[:1_000] or path.stem[:1_000]
    entry = Entry(id=named("file", path.as_posix()), title=called, arxiv=pdf.arxiv if pdf else "")
    yield {"entry": entry.model_dump(mode="json")}
    for locator, text in chain((first,) if first else (), parts):
        yield {"portion": 0, "locator": locator, "text": text}
    if pdf and (amiss := pdf.amiss(first is not None)):
        raise Unreadable(amiss[:200])


def prepare() -> None:
    """Import what is imported late: afterwards no file can be opened."""
    for name in _LAZY:
        with suppress(ImportError):
            for one in pkgutil.walk_packages(import_module(name).__path__, f"{name}.", onerror=lambda _: None):
                with suppress(ImportError):
                    import_module(one.name)


def close(megabytes: int) -> None:
    """Give everything up, for good; where the system has no such bounds, the time alone is one."""
    if sys.platform == "win32":
        return
    import resource

    if os.geteuid() == 0:
        # Root is above the limit on processes. In a container where nobody else exists, it stays what it is.
        with suppress(OSError):
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 0,
        resource.RLIMIT_AS: megabytes * 2**20,
    }
    if sys.platform == "darwin":
        del limits[resource.RLIMIT_AS]  # It is there, and cannot be set.
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
