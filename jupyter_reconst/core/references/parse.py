"""One reference, in whatever style, to its fields: authors, year, title, container, volume, pages, DOI, arXiv id.

Nothing is made up: a field that is not found stays empty. `extent` is where the reference ends in a running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jupyter_reconst.core.library import Author
from jupyter_reconst.core.references.ids import identifiers
from jupyter_reconst.core.references.names import Names, Token, names_at, tokens
from jupyter_reconst.core.references.years import Year, year_of

QUOTES = {'"': '"', "“": "”", "‘": "’", "'": "'", "«": "»", "„": "“"}
_LABEL = re.compile(r"\s*(?:[-*+•>]\s+|\(?\d{1,3}[.)]\s+|\\?\[\^?[\w-]{1,12}\\?\]:?\s*){0,3}")
_PLACE = re.compile(
    r"\b(?:Journal|Trans(?:actions)?|Proc(?:eedings)?|Reviews?|Letters|Annals|Conference|Advances|Lecture|IEEE|ACM|SIAM|"
    r"Press|University|Springer|Wiley|Elsevier|Bulletin|Phys|Physics|Physical|Monographs?|[Rr]eport|Technical|Workshop|"
    r"Symposium|Laborator(?:y|ies)|Institute|Society|Publish(?:er|ing)|Magazine|Quarterly|Archives?|J|Int|Ann|Acta|"
    r"Bioinformatics|Nature|Science|PLoS|Biometrika|Preprint|arXiv|Acad|Sci|Math|Soc|Thesis|thesis|Dissertation|Academic|"
    r"Communications|International|Notes|Handbook|Computing|Addison|Chapman|CRC|Associates|Oxford|Cambridge|MIT|Pearson|McGraw|Prentice|Reilly|Birkhäuser|Publications|Books|Freeman|Verlag|Dover|Kluwer|Routledge|Sage|North-Holland|Pergamon|JSTOR|Biometrics|Econometrics|NeurIPS|NIPS|ICML|ICLR|AAAI|CVPR|Psychometrika|Neuro[Ii]mage|Econometrica)\b"
)
_LOCATOR = re.compile(
    r"\b(?:vol(?:ume)?|no|pp?|pages?|issue|chapter|section|part|ed(?:ition|ition\.)?|eds)\b\.?\s*\d|\d\s*\(\d|\d:\s?\w?\d|\d[–-]\d|"
    r"\b(?:pp|vol|ed|eds|edition|editor|chapter)\b|\d\.\d",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?:\bpp?\.?|\bpages?|[:,]|\))\s*([A-Za-z]?\d+\s?(?:--?|–|—)\s?[A-Za-z]?\d+|e\d{3,})|\bpp?\.\s?(\d+)",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"(?:\bvol(?:ume|\.)?\s*|[,.]?\s)(\d{1,4})\s?(?:\(|:|,|\.\d|\s?no\b)", re.IGNORECASE)
_STOP = re.compile(r"[.?!](?=[\"”’']?(?:\s|$))")
_ABBREVIATED = re.compile(
    r"(?:\b(?:vs|[Nn]os?|[Vv]ols?|pp|[Ee]ds?|al|cf|St|Dr|Mt|i\.e|e\.g|etc|approx|resp|Proc|Trans|Int|Appl|Conf|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ser|Ch|Sect?|Fig|Eq|Tech|Rep|Univ|Comput|Math|Phys|Sci|Soc|Stat|J|Lett|Rev|Ann|Am|Eng|Syst|Surv|Sustain|Acad|Natl|Softw|Process|Intell|Lab)|(?:^|\W)[A-Z])$"
)
_SUBTITLED = re.compile(
    r"\s*[\[(](?:(?:vol|no|nr|ed|pp|p|\d+(?:st|nd|rd|th)|chap|report|technical|version)\b|[^)]*\bNo\.)[^)\]]*[\])]\s*$",
    re.I,
)
_EMPHASIS = "*_"
MARKUP = re.compile(r"\*{1,3}|(?<![^\W_])_{1,2}|_{1,2}(?![^\W_])|`")
_EDITION = re.compile(r"[,.]?\s+\(?\d+(?:st|nd|rd|th)\s+ed(?:ition|n)?\b\.?\)?.*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The fields of a reference, and where its title begins and ends, by offsets into its text."""

    names: Names | None
    year: Year | None
    title: str
    quoted: bool
    title_start: int
    title_end: int
    container: str = ""
    volume: str = ""
    pages: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""

    @property
    def authors(self) -> tuple[Author, ...]:
        """Who wrote it."""
        return self.names.authors if self.names else ()


def blank(text: str, start: int, end: int) -> str:
    """A text with a stretch of it wiped out, as long as before."""
    return text[:start] + " " * (end - start) + text[end:]


def parsed(text: str) -> Parsed:
    """The fields of a text that is one reference, without a number before it."""
    ids = list(identifiers(text))
    plain = text
    for found in ids:
        plain = blank(plain, found.start, found.end)
    plain = MARKUP.sub(lambda found: " " * len(found.group()), plain)
    line = tokens(plain)
    names = _names(line)
    after = names.end if names else 0
    quote = _quoted(plain, after)
    year = year_of(plain, after, quote)
    start, end = quote or _title(text, plain, after, year)
    if names is None and not quote:
        names, end = _after_title(plain, line, start, end)
    title = plain[start:end]
    tail = plain[end:]
    if year and year.start >= end:
        tail = blank(tail, year.start - end, year.end - end)
    return Parsed(
        names=names,
        year=year,
        title=_tidy(title),
        quoted=quote is not None,
        title_start=start,
        title_end=end,
        container=_container(tail),
        volume=_first(_VOLUME, tail)[:200],
        pages=_first(_PAGES, tail).replace("--", "–")[:200],
        doi=next((found.name for found in ids if found.kind == "doi"), ""),
        arxiv=next((found.name for found in ids if found.kind == "arxiv"), ""),
        url=next((found.name for found in ids if found.kind == "url"), ""),
    )


def unlabelled(text: str) -> int:
    """Where an item of a list begins after its bullet or number."""
    found = _LABEL.match(text)
    return found.end() if found else 0


def _names(line: list[Token]) -> Names | None:
    found = names_at(line, 0)
    return found[0] if found else None


def _after_title(plain: str, line: list[Token], start: int, end: int) -> tuple[Names | None, int]:
    """Authors that come after the title: “A title. Lee JH, Kim P. Journal”."""
    at = next((at for at, token in enumerate(line) if token.start >= end and token.text not in ".,;:"), None)
    found = names_at(line, at) if at is not None else None
    if found and found[0].initials:
        return found[0], end
    return None, end


def _quoted(plain: str, after: int) -> tuple[int, int] | None:
    """The first words in quotation marks, or up to the next full stop where the marks are not closed."""
    for at in range(after, len(plain)):
        close = QUOTES.get(plain[at])
        if close is None or (at and plain[at - 1].isalnum()) or at + 1 >= len(plain):
            continue
        if plain[at + 1].isspace() and not (plain[at - 1 : at] == " " and plain[at + 2 : at + 3].isupper()):
            continue
        end = _closing(plain, at + 1, close)
        if end is None and plain[at] in "'‘":
            continue
        if end is None:
            stop = _STOP.search(plain, at + 1)
            end = stop.start() if stop else len(plain)
        if end - at > 8:
            return at + 1, end
        return None
    return None


def _closing(plain: str, at: int, close: str) -> int | None:
    """The mark that closes: it ends a word, and no word follows it at once. “ may be closed by a straight one."""
    for place in range(at, min(len(plain), at + 600)):
        if plain[place] not in (close, '"' if close == "”" else close, "”" if close == '"' else close):
            continue
        following = plain[place + 1 : place + 2]
        if following.isalnum():
            continue
        if close in "'’" and plain[place - 1].isalpha() and following not in ("", ",", ".", ";", ")"):
            continue  # Glass's, Students’
        return place
    return None


def _title(text: str, plain: str, after: int, year: Year | None) -> tuple[int, int]:
    """Where an unquoted title lies: after the year where that follows the names, else after the names."""
    start = after
    if year and year.after_names:
        start = year.end
    while start < len(plain) and (plain[start].isspace() or plain[start] in ".,:;)]-–—"):
        start += 1
    emphasis = text[start - 1] if start and text[start - 1] in _EMPHASIS and text[start : start + 1].strip() else ""
    if emphasis and (closing := text.find(emphasis, start)) > start + 3:
        return start, closing
    if plain[start : start + 3].lower() == "in " or plain[start : start + 3].lower() == "in:":
        start += 3
        while start < len(plain) and plain[start].isspace():
            start += 1
    end = _sentence(plain, start)
    comma = _comma(plain, start, end)
    return start, comma


def _sentence(plain: str, start: int) -> int:
    """Where the sentence ends that begins here."""
    for found in _STOP.finditer(plain, start + 1):
        if found.group() == "." and goes_on(plain[max(start, found.start() - 8) : found.start()], plain[found.end() :]):
            continue
        return found.end() - (found.group() == ".")
    return len(plain)


def goes_on(before: str, following: str) -> bool:
    """Whether a full stop ends an abbreviation and no sentence."""
    following = following[:60].lstrip(" \"”’'")
    if following[:1].isdigit() and _ABBREVIATED.search(before):
        return True
    word = following.split(" ", 1)[0]
    if word[:1].islower() and word.islower():  # Not eLife, mSystems.
        return True
    if re.fullmatch(r"[IVX]{1,4}[,.:;]", word):  # Part one of two.
        return True
    return bool(word and _ABBREVIATED.search(before) and not _PLACE.search(following.split(",")[0]))


def _comma(plain: str, start: int, end: int) -> int:
    """The end of a title that a comma (or a semicolon) parts from its journal, publisher or volume."""
    at = start
    while True:
        at = min((found for found in (plain.find(", ", at, end), plain.find("; ", at, end)) if found >= 0), default=-1)
        if at < 0:
            return end
        upto = min(
            (found for found in (plain.find(", ", at + 2), plain.find(". ", at + 2)) if found >= 0), default=len(plain)
        )
        piece = plain[at + 2 : upto].strip()
        if (
            (piece[:1].isupper() and _PLACE.search(piece))
            or _LOCATOR.match(piece)
            or piece[:4].lower() in ("vol ", "vol.", "in p", "in: ", "proc")
        ):
            return at
        at += 2


def _tidy(title: str) -> str:
    title = " ".join(title.split()).strip(' ,;:-–—"“”*_')
    title = _SUBTITLED.sub("", title)
    return title.rstrip(" .,;:")[:1_000]


def _container(tail: str) -> str:
    """The journal or book: the first piece after the title that begins with a letter, up to its numbers."""
    said = tail.lstrip(" .,;:\"”’'?!)]([")
    said = re.sub(r"^(?:in|published in|presented at)\b:?\s*", "", said[:400], flags=re.IGNORECASE)
    cut = re.search(r"[,;:(]|\.\s|\s\d|\bvol\b|\bpp\b|\d", said)
    said = (said[: cut.start()] if cut else said).strip(" .,;:-–—")
    return said if said[:1].isupper() else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(found.lastindex or 0) if found else ""


def place_named(text: str) -> bool:
    """Whether a text names a journal, a publisher or another place where works appear."""
    return _PLACE.search(text) is not None
