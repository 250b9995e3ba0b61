"""Entries of BibTeX in a reply, in a block of code or outside one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jupyter_reconst.core.library import Author
from jupyter_reconst.core.references.ids import doi_of, identifiers
from jupyter_reconst.core.references.names import names_at, tokens
from jupyter_reconst.core.references.nouns import Reference

_ENTRY = re.compile(
    r"@(?:article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|online|phdthesis|proceedings|"
    r"report|techreport|thesis|unpublished)\s{0,3}\{\s{0,3}([^\s,{}\"]{1,120})\s{0,3},",
    re.IGNORECASE,
)
_FIELD = re.compile(r"([A-Za-z][\w-]{0,30})\s{0,5}=\s{0,5}(?=[{\"\w])")
_LONGEST = 8_000


def entries(text: str) -> Iterator[Reference]:
    """Every entry that is closed, in order."""
    at = 0
    while found := _ENTRY.search(text, at):
        end = _closing(text, text.index("{", found.start()))
        at = end or min(len(text), found.start() + _LONGEST)  # What is not closed is not read again.
        if end:
            yield _reference(text, found.start(), end, found.group(1), _fields(text[found.end() : end - 1]))


def _closing(text: str, opening: int, longest: int = _LONGEST) -> int:
    """After the brace that closes this one; 0 where none does within a bound."""
    depth = 0
    for at in range(opening, min(len(text), opening + longest)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at + 1
    return 0


def _fields(body: str) -> dict[str, str]:
    said: dict[str, str] = {}
    at = 0
    while found := _FIELD.search(body, at):
        start = found.end()
        if body[start] == "{":
            at = _closing(body, start) or len(body)
            value = body[start + 1 : at - 1]
        elif body[start] == '"':
            closing = body.find('"', start + 1)
            at = closing + 1 if closing > 0 else len(body)
            value = body[start + 1 : at - 1]
        else:
            value = re.match(r"\w+", body[start:]).group()  # type: ignore[union-attr]  # The pattern has seen a letter.
            at = start + len(value)
        said.setdefault(found.group(1).lower(), " ".join(value.replace("{", "").replace("}", "").split()))
    return said


def _reference(text: str, start: int, end: int, key: str, said: dict[str, str]) -> Reference:
    year = re.search(r"\d{4}", said.get("year") or said.get("date") or "")
    arxiv = (
        said.get("eprint", "")
        if "arxiv" in (said.get("archiveprefix") or said.get("eprinttype") or "arxiv").lower()
        else ""
    )
    ids = list(identifiers(" ".join((f"arXiv:{arxiv}" if arxiv else "", said.get("journal", ""), said.get("url", "")))))
    return Reference(
        quote=text[start:end],
        start=start,
        end=end,
        form="entry",
        label=key,
        authors=tuple(_authors(said.get("author") or said.get("editor") or ""))[:100],
        year=int(year.group()) if year else None,
        title=said.get("title", "")[:1_000],
        container=(said.get("journal") or said.get("booktitle") or said.get("publisher") or "")[:1_000],
        volume=said.get("volume", "")[:200],
        pages=said.get("pages", "").replace("--", "–")[:200],
        doi=doi_of(said.get("doi", "") or said.get("url", ""))[:200],
        arxiv=next((one.name for one in ids if one.kind == "arxiv"), ""),
        url=said.get("url", "")[:2_000],
    )


def _authors(said: str) -> Iterator[Author]:
    for name in re.split(r"\s+and\s+", said):
        family, comma, given = name.partition(",")
        if comma:
            yield Author(family=family.strip()[:200], given=given.strip()[:200])
        elif found := names_at(tokens(name), 0):
            yield found[0].authors[0]
        elif name.strip():
            yield Author(family=name.strip()[:200])
