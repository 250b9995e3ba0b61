"""How each service is asked for a work, and how its answer is read.

Sources: Crossref REST API (api.crossref.org, swagger 3), arXiv API User's Manual, OpenAlex API documentation. By an id
where there is one, else by title, first author and year. Nothing else of a reply or a notebook is in any request.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar
from urllib.parse import quote

from jupyter_reconst.core.errors import RegistryFailed
from jupyter_reconst.core.library import Author, Work
from jupyter_reconst.registries.atom import entries
from jupyter_reconst.registries.fetching import Fetcher

_ROWS = 5
_WORDS = 300
"""Characters of a title that are sent."""


class Service(ABC):
    """One service: its name, its host, seconds between two requests."""

    name: ClassVar[str]
    base: ClassVar[str]
    pause: ClassVar[float]

    def __init__(self, fetcher: Fetcher, mail: str) -> None:
        self.fetcher = fetcher
        self._mail = mail

    @abstractmethod
    async def look(self, work: Work) -> tuple[Work, ...]:
        """The works that may be this one. Raises RegistryFailed."""

    async def _json(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        body = await self.fetcher.get(path, {**query, **({"mailto": self._mail} if self._mail else {})})
        if body is None:
            return {}
        try:
            read = json.loads(body)
        except (ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise RegistryFailed(f"{self.name} answered something that cannot be read.")
        return read


class Crossref(Service):
    """Works with a DOI, of most publishers."""

    name, base, pause = "Crossref", "https://api.crossref.org", 0.2

    async def look(self, work: Work) -> tuple[Work, ...]:
        """By DOI, else by the words of the reference."""
        if work.doi:
            read = await self._json(f"/works/{quote(work.doi, safe='')}", {})
            if read:
                return _works([read.get("message")], self._work)
        if not work.title:
            return ()
        query = {"query.bibliographic": _words(work), "rows": str(_ROWS)}
        return _works(_list(_dict((await self._json("/works", query)).get("message")).get("items")), self._work)

    @staticmethod
    def _work(item: dict[str, Any]) -> Work:
        dates = _list(_dict(item.get("issued")).get("date-parts"))
        title = _text(item, "title") + (f": {_text(item, 'subtitle')}" if _text(item, "subtitle") else "")
        return Work(
            title=_plain(title),
            authors=tuple(
                Author(
                    family=str(one.get("family") or one.get("name") or "")[:200],
                    given=str(one.get("given") or "")[:200],
                )
                for one in map(_dict, _list(item.get("author"))[:100])
            ),
            year=_year(str(dates[0][0]) if dates and _list(dates[0]) else ""),
            doi=str(item.get("DOI") or "").lower()[:200],
        )


class OpenAlex(Service):
    """Works of all kinds, gathered from many sources."""

    name, base, pause = "OpenAlex", "https://api.openalex.org", 0.2

    async def look(self, work: Work) -> tuple[Work, ...]:
        """By DOI (arXiv ids have one), else by title."""
        doi = work.doi or (f"10.48550/arxiv.{work.arxiv}" if work.arxiv else "")
        if doi and (read := await self._json(f"/works/doi:{quote(doi, safe='/')}", {})):
            return _works([read], self._work)
        if not work.title:
            return ()
        query = {"filter": f"title.search:{re.sub(r'[,|!:&]', ' ', work.title)[:_WORDS]}", "per-page": str(_ROWS)}
        return _works(_list((await self._json("/works", query)).get("results")), self._work)

    @staticmethod
    def _work(item: dict[str, Any]) -> Work:
        doi = str(item.get("doi") or "").removeprefix("https://doi.org/").lower()[:200]
        arxiv = doi.removeprefix("10.48550/arxiv.")
        return Work(
            title=_plain(str(item.get("title") or item.get("display_name") or "")),
            authors=tuple(
                _spoken(str(_dict(_dict(one).get("author")).get("display_name") or ""))
                for one in _list(item.get("authorships"))[:100]
            ),
            year=_year(str(item.get("publication_year") or "")),
            doi="" if arxiv != doi else doi,
            arxiv=arxiv if arxiv != doi else "",
        )


class Arxiv(Service):
    """Preprints. It asks for three seconds between two requests."""

    name, base, pause = "arXiv", "https://export.arxiv.org", 3.0

    async def look(self, work: Work) -> tuple[Work, ...]:
        """By arXiv id, else by title and first author."""
        if work.arxiv:
            query = {"id_list": work.arxiv, "max_results": "1"}
        elif work.title:
            words = " ".join(re.findall(r"\w+", work.title))[:_WORDS]
            author = f' AND au:"{work.authors[0].family}"' if work.authors and '"' not in work.authors[0].family else ""
            query = {"search_query": f'ti:"{words}"{author}', "max_results": str(_ROWS)}
        else:
            return ()
        body = await self.fetcher.get("/api/query", query)
        return _works(entries(body) if body else [], self._work)

    @staticmethod
    def _work(item: dict[str, Any]) -> Work:
        return Work(
            title=_plain(str(item.get("title") or "")),
            authors=tuple(_spoken(name) for name in item["names"][:100]),
            year=_year(str(item.get("published") or "")),
            doi=str(item.get("doi") or "").lower()[:200],
            arxiv=re.sub(r"^.*/abs/|v\d+$", "", str(item.get("id") or ""))[:200],
        )


SERVICES: dict[str, type[Service]] = {"crossref": Crossref, "arxiv": Arxiv, "openalex": OpenAlex}


def _words(work: Work) -> str:
    first = work.authors[0].family if work.authors else ""
    return " ".join(filter(None, (work.title[:_WORDS], first, str(work.year or ""))))


def _works(items: list[Any], read: Any) -> tuple[Work, ...]:
    """What can be read of an answer; an item of another shape is passed over."""
    found = [read(item) for item in items[:_ROWS] if isinstance(item, dict)]
    return tuple(one for one in found if one.title)


def _text(item: dict[str, Any], name: str) -> str:
    said = item.get(name)
    return str(said[0]) if isinstance(said, list) and said else str(said or "") if not isinstance(said, list) else ""


def _plain(title: str) -> str:
    return " ".join(re.sub(r"<[^<>]{1,40}>", "", title).split())[:1_000]


def _spoken(name: str) -> Author:
    given, _, family = name.strip().rpartition(" ")
    return Author(family=family[:200], given=given[:200])


def _year(text: str) -> int | None:
    found = re.match(r"[12]\d{3}", text)
    return int(found.group()) if found else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
