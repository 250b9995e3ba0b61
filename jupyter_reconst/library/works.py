"""Bibliographies: BibTeX and CSL-JSON, as entries. A file of a hundred thousand entries is read a portion at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache
from typing import Any

from jupyter_reconst.core.library import Author, Entry, named
from jupyter_reconst.library.words import Unreadable, cleaned, decoded

MOST = 50_000
"""Works that a bibliography may have: the server holds them all before they are written."""

_PORTION = 2**19
_DOI = re.compile(r"10\.\d{4,9}/\S{1,180}")
_ARXIV = re.compile(r"(?:arxiv[:./]|abs/|pdf/|^)\s*(\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
_YEAR = re.compile(r"-?\d{1,4}(?!\d)")
_MACRO = re.compile(r"(?im)^[ \t]*@string\b.{0,1000}$")
_PROTECTED = re.compile(r"[{}]")

Described = tuple[Entry, str]
"""An entry, and what else is said of the work: its abstract."""


def bibtex(data: bytes) -> Iterator[Described]:
    """The entries of a BibTeX file; a block that cannot be read is left out, like BibTeX does. Raises Unreadable."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

    text = decoded(data)
    macros = "\n".join(_MACRO.findall(text)[:2_000])
    some = False
    for portion in _portions(text):
        library = parse_string(f"{macros}\n{portion}", append_middleware=[SeparateCoAuthors(), SplitNameParts()])
        for one in library.entries:
            some = True
            yield _entry(one.entry_type, one.key, {field.key.lower(): field.value for field in one.fields})
    if not some:
        raise Unreadable("It holds no BibTeX entry that can be read.")


def csl(data: bytes) -> Iterator[Described]:
    """The items of a CSL-JSON file. Raises Unreadable."""
    try:
        items = json.loads(decoded(data))
    except (ValueError, RecursionError) as error:
        raise Unreadable("Its JSON cannot be read.") from error
    items = items if isinstance(items, list) else [items]
    works = [item for item in items if isinstance(item, dict) and isinstance(item.get("title"), str) and "type" in item]
    if not works:
        raise Unreadable("It is no CSL-JSON.")
    for item in works:
        issued = item.get("issued")
        names = item.get("author") or item.get("editor")
        yield described(
            type=item["type"],
            key=item.get("citation-key") or item.get("id"),
            title=_plain(item["title"]),
            authors=[name for one in names if (name := _named(one))] if isinstance(names, list) else [],
            year=_issued(issued) if isinstance(issued, dict) else None,
            doi=item.get("DOI"),
            arxiv=(item.get("number"), item.get("archive_location"), item.get("DOI"), item.get("URL")),
            container=_plain(item.get("container-title")),
            url=item.get("URL"),
            abstract=_plain(item.get("abstract")),
        )


def described(
    *,
    type: Any,
    key: Any,
    title: str,
    authors: list[Author],
    year: int | None,
    doi: Any,
    arxiv: tuple[Any, ...],
    container: str,
    url: Any,
    abstract: str,
    file: str = "",
) -> Described:
    """An entry of what a bibliography says, within our bounds."""
    found = _DOI.search(_text(doi)) or _DOI.search(_text(url))
    entry = Entry(
        id=named("work", _text(key), title, *(author.family for author in authors), str(year), _text(doi)),
        type=_text(type)[:200].lower().replace("file", "") or "misc",
        key=_text(key)[:200],
        title=title[:1_000],
        authors=tuple(authors[:100]),
        year=year,
        doi=found.group().rstrip(".,;)}").lower() if found else "",
        arxiv=next((match[1] for match in map(_ARXIV.search, map(_text, arxiv)) if match), ""),
        container=container[:1_000],
        url=_text(url)[:2_000] if re.match("https?://", _text(url)) else "",
        file=file[:4_096],
    )
    return entry, abstract


def told(entry: Entry, abstract: str) -> str:
    """An entry as a passage, so that it is found by what it is called."""
    names = "; ".join(f"{author.given} {author.family}".strip() for author in entry.authors[:20])
    head = ". ".join(filter(None, (names, str(entry.year or ""), entry.title, entry.container)))
    return f"{head}.\n\n{abstract}".strip()


def _portions(text: str) -> Iterator[str]:
    """Cut before lines that begin a block: an entry that is longer than a portion stays whole."""
    at = 0
    while at < len(text):
        cut = text.find("\n@", at + _PORTION)
        cut = len(text) if cut < 0 else cut + 1
        yield text[at:cut]
        at = cut


def _entry(type: str, key: str, fields: dict[str, Any]) -> Described:
    names = fields.get("author") or fields.get("editor") or []
    archive = _text(fields.get("archiveprefix") or fields.get("eprinttype")).lower()
    year = _YEAR.search(_text(fields.get("year") or fields.get("date")))
    return described(
        type=type,
        key=key,
        title=_latex(fields.get("title")),
        authors=[name for name in map(_author, names) if name.family != "others"] if isinstance(names, list) else [],
        year=int(year.group()) if year else None,
        doi=fields.get("doi"),
        arxiv=(
            fields.get("eprint") if archive == "arxiv" else "",
            fields.get("arxiv"),
            fields.get("doi"),
            fields.get("url"),
            fields.get("journal"),
        ),
        container=_latex(fields.get("journal") or fields.get("journaltitle") or fields.get("booktitle")),
        url=fields.get("url"),
        abstract=_latex(fields.get("abstract")),
        file=_linked(_text(fields.get("file"))),
    )


def _author(name: Any) -> Author:
    """Of bibtexparser's parts of a name."""
    family = _latex(" ".join([*name.von, *name.last, *name.jr]))
    return Author(family=family[:200], given=_latex(" ".join(name.first))[:200])


@lru_cache(4_096)
def _latex(value: Any) -> str:
    """Text of LaTeX: accents and symbols as characters, formulas as they stand."""
    text = _text(value)
    if "\\" in text or "~" in text:
        with suppress(ValueError, IndexError, RecursionError):  # Then it is shown as it stands.
            text = _converter().latex_to_text(text[:20_000])
    else:
        text = _PROTECTED.sub("", text)
    return " ".join(cleaned(text).split())


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="verbatim")


def _linked(field: str) -> str:
    """The file that JabRef (`note:path:PDF`) or Zotero (a path) points at: a name to compare, never one to open."""
    first = field.split(";")[0].strip()
    parts = re.split(r"(?<!\\):", first)
    if len(parts) >= 3 and not re.fullmatch("[A-Za-z]", parts[-3]):
        first = parts[-2]
    return first.replace("\\:", ":").replace("\\_", "_").strip()


def _named(name: Any) -> Author | None:
    if not isinstance(name, dict):
        return None
    family = " ".join(filter(None, (_text(name.get("non-dropping-particle")), _text(name.get("family")))))
    family = cleaned(family or _text(name.get("literal")))[:200]
    return Author(family=family, given=cleaned(_text(name.get("given")))[:200]) if family else None


def _issued(date: dict[str, Any]) -> int | None:
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    said = first[0] if isinstance(first, list) and first else date.get("raw") or date.get("literal")
    year = _YEAR.search(_text(said))
    return int(year.group()) if year else None


def _plain(value: Any) -> str:
    """Text of CSL: its few tags say how, not what."""
    return " ".join(cleaned(re.sub(r"</?[a-zA-Z][^<>]{0,80}>", "", _text(value))).split())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) and abs(value) < 10**9 else ""
