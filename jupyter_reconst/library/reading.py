"""The process that files are read in."""

from __future__ import annotations

import logging
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from itertools import chain
from pathlib import PurePath
from typing import Any

from jupyter_reconst.core.library import Entry, named
from jupyter_reconst.library.caged import close, serve
from jupyter_reconst.library.pdf import Pdf
from jupyter_reconst.library.texts import markdown, notebook
from jupyter_reconst.library.words import Unreadable, passages
from jupyter_reconst.library.works import MOST as MOST_WORKS
from jupyter_reconst.library.works import bibtex, csl, told

MOST = 16 * 2**20
"""Characters that a document may have."""

_LAZY = ("encodings", "pypdf", "bibtexparser", "pylatexenc")


def main(megabytes: int) -> None:
    """Read documents until there are no more."""
    logging.disable(logging.CRITICAL)
    prepare()
    close(megabytes)
    serve(read)


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
