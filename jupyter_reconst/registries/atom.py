"""arXiv's Atom feeds. A document type, and with it every entity, is refused: there is nothing to expand.

Source: arXiv API User's Manual, section 3.3; RFC 4287.
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from jupyter_reconst.core.errors import RegistryFailed

_ATOM = "http://www.w3.org/2005/Atom "
_ARXIV = "http://arxiv.org/schemas/atom "
_MOST = 20


def entries(body: bytes) -> list[dict[str, Any]]:
    """`id`, `title`, `published`, `doi` and `names` of each entry. Raises RegistryFailed for what is no plain feed."""
    found: list[dict[str, Any]] = []
    path: list[str] = []
    said: list[str] = []

    def refuse(*_: Any) -> None:
        raise RegistryFailed("arXiv answered with a document type, which is refused.")

    def starts(name: str, _: dict[str, str]) -> None:
        path.append(name)
        said.clear()
        if name == f"{_ATOM}entry" and len(path) == 2:
            found.append({"names": []})
        if len(path) > 12 or len(found) > _MOST:
            raise RegistryFailed("arXiv answered with more than was asked for.")

    def ends(name: str) -> None:
        text = " ".join("".join(said).split())
        if len(path) >= 3 and path[1] == f"{_ATOM}entry" and found:
            key = name.removeprefix(_ATOM).removeprefix(_ARXIV)
            if key == "name" and path[-2] == f"{_ATOM}author":
                found[-1]["names"].append(text)
            elif len(path) == 3 and key in ("id", "title", "published", "doi"):
                found[-1].setdefault(key, text)
        said.clear()
        path.pop()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = starts
    parser.EndElementHandler = ends
    parser.CharacterDataHandler = said.append
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        raise RegistryFailed("arXiv answered something that is no feed.") from None
    return found
