"""Citations in passing: “Lee (2019)”, “(Park & Kim, 2017; Lee et al. 2019a)”, “A title” (Lee et al., 2017)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jupyter_reconst.core.library import Author
from jupyter_reconst.core.references.ids import identifiers
from jupyter_reconst.core.references.names import Names, Token, names_at

_YEAR = re.compile(r"(1[5-9]\d\d|20\d\d)([a-h])?$")
_NO_NAMES = frozenset(
    """
    Python JavaScript TypeScript Java Rust Unicode Windows Linux macOS Ubuntu Debian Android PyTorch TensorFlow
    JAX NumPy Excel Google Microsoft Apple OpenAI Anthropic Meta Amazon Facebook IBM Nature Science Cell Lancet
    GPT BERT Llama Claude Gemini Olympics Brexit Covid COVID Euro World Europe America China Germany France
    Japan India London Paris Berlin Tokyo Boston NeurIPS ICML ICLR ACL AAAI CVPR EMNLP IJCAI KDD Release Edition
    Season Episode Act Law Report Directive Regulation Census Constitution Convention Protocol Summit Accord
    Agreement Treaty War Revolution Crisis Pandemic Standard ISO Lecture Example Exercise Problem Question
    Answer Page Line Row Column Case Test Model Dataset Experiment Trial Phase Group Class Level Stage Item
    Option Rule Axiom Definition Proposition Corollary Remark Conjecture Listing Box Panel
    """.split()
)
"""What stands before a year in brackets, and wrote nothing."""

_BEFORE = re.compile(r"[\"”*_]\s?[(\[]$|[\"”*_],?\s(?:by\s)?$")
_TITLE = re.compile(r"(?:[\"“]([^\"“”\n]{8,250})[\"”]|(?<![*_])([*_]{1,3})([^*_\n]{8,250})\2)[,.]?\s?(?:by\s|[(\[])?$")


@dataclass(frozen=True, slots=True)
class Citation:
    """Names and a year, and a title where one stands beside them."""

    names: Names
    year: int
    start: int
    end: int
    title: str = ""
    doi: str = ""
    arxiv: str = ""


def cited(text: str, line: list[Token], at: int) -> Citation | None:
    """The citation that begins at a token, with the bracket around it where it has one of its own."""
    inside = line[at].text in ("(", "[", ";")
    first = at + inside
    while first < len(line) and line[first].text in ("see", "See", "e", "g", "cf", "Cf", ".", ",", "also", "by"):
        first += 1
    found = names_at(line, first) if first < len(line) else None
    if found is None:
        return None
    names, after = found
    names = replace(names, authors=tuple(_nominative(author) for author in names.authors))
    if any(author.family in _NO_NAMES for author in names.authors) or any(c.isdigit() for c in names.authors[0].family):
        return None
    if inside:
        return _within(text, line, first, names, after)
    if not _is(line, after, "(", "["):
        return None
    year = _year(line, after + 1)
    if year is None:
        return None
    closing = after + 2
    while closing < len(line) and closing < after + 12 and line[closing].text not in (")", "]"):
        closing += 1
    if not _is(line, closing, ")", "]"):
        return None
    return _with_id(
        text, Citation(names, year, line[first].start, line[closing].end, *_titled(text, line[first].start))
    )


def _within(text: str, line: list[Token], first: int, names: Names, after: int) -> Citation | None:
    after += _is(line, after, ",")
    year = _year(line, after)
    if year is None or not _is(line, after + 1, ")", "]", ";", ",", ":"):
        return None
    return Citation(names, year, line[first].start, line[after].end, *_titled(text, line[first].start))


def _nominative(author: Author) -> Author:
    """Lee, where it says Lee's (2019)."""
    return author.model_copy(update={"family": re.sub(r"['’]s$", "", author.family)})


def _is(line: list[Token], at: int, *texts: str) -> bool:
    return at < len(line) and line[at].text in texts


def _year(line: list[Token], at: int) -> int | None:
    found = _YEAR.match(line[at].text.rstrip(".")) if at < len(line) else None
    return int(found.group(1)) if found else None


def _titled(text: str, start: int) -> tuple[str, ...]:
    """The title that stands right before the names, in quotation marks."""
    before = text[max(0, start - 270) : start]
    if not _BEFORE.search(before):
        return ()
    found = _TITLE.search(before)
    return ((found.group(1) or found.group(3)).strip(" ,."),) if found else ()


def _with_id(text: str, citation: Citation) -> Citation:
    """With the identifier that stands right behind it, as in a link."""
    following = text[citation.end : citation.end + 300]
    found = next(identifiers(following), None)
    if found is None or found.start > 5 or found.kind == "url" or following[: found.start].strip("](, :;\n"):
        return citation
    named = {"doi": found.name} if found.kind == "doi" else {"arxiv": found.name}
    end = citation.end + found.end
    return Citation(citation.names, citation.year, citation.start, end, citation.title, **named)
