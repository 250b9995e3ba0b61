"""DOIs, arXiv ids and addresses in a text. Each pattern looks at a character at most twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

_ARXIV = r"\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}"
_IDENTIFIER = re.compile(
    rf"""
      (?P<link>(?:https?://|\bwww\.)[^\s<>"'“”`{{}}|\\^]{{3,600}})
    | (?:\bdoi\s?[:=]?\s{{0,2}}[{{"]?)?(?P<doi>(?<![\d.])10\.\d{{4,9}}/[^\s<>"“”`{{}}|\\^]{{1,200}})
    | \barxiv(?:\s(?:preprint|e-prints?),?)?(?:\s?arxiv)?\s?[:.\[(]?\s?(?P<arxiv>{_ARXIV})(?:v\d{{1,2}})?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IN_LINK = re.compile(r"10\.\d{4,9}/[^\s?#&]{1,200}")
_ARXIV_LINK = re.compile(rf"arxiv\.org/(?:abs|pdf|html)/({_ARXIV})", re.IGNORECASE)
_BY_ARXIV = re.compile(rf"10\.48550/arxiv\.({_ARXIV})", re.IGNORECASE)
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier or an address in a text. `name` is as people compare it, in lower case."""

    kind: Literal["doi", "arxiv", "url"]
    start: int
    end: int
    name: str


def identifiers(text: str) -> Iterator[Found]:
    """Every DOI, arXiv id and web address of a text, in order; an address of the first two counts as those."""
    for found in _IDENTIFIER.finditer(text):
        kind = found.lastgroup
        raw = _trimmed(found.group(kind or 0))
        end = found.start(kind or 0) + len(raw)
        if kind == "arxiv":
            yield Found("arxiv", found.start(), found.end(), found.group("arxiv").lower())
        elif kind == "doi":
            yield _named(found.start(), end, raw)
        else:
            yield _linked(found.start(), end, raw)


def doi_of(text: str) -> str:
    """The first DOI in a text, or an empty string."""
    return next((found.name for found in identifiers(text) if found.kind == "doi"), "")


def _linked(start: int, end: int, link: str) -> Found:
    if arxiv := _ARXIV_LINK.search(link):
        return Found("arxiv", start, end, arxiv.group(1).lower())
    if doi := _IN_LINK.search(unquote(link)):
        return _named(start, end, doi.group())
    return Found("url", start, end, link)


def _named(start: int, end: int, doi: str) -> Found:
    if arxiv := _BY_ARXIV.fullmatch(doi):  # arXiv's own DOIs say nothing that the id does not.
        return Found("arxiv", start, end, arxiv.group(1).lower())
    return Found("doi", start, end, doi.removesuffix(".pdf").lower())


def _trimmed(raw: str) -> str:
    """Without the sentence's own punctuation: a closing bracket stays where it has an opening one."""
    while raw:
        last = raw[-1]
        unpaired = last in _PAIRS and raw.count(last) > raw.count(_PAIRS[last])
        if last not in ".,;:!?'*_" and not unpaired:
            break
        raw = raw[:-1]
    return raw
