"""Where a reference ends in a running text.

After the title come pieces, parted by commas and full stops: a journal, numbers, a publisher, an identifier. The first
piece that reads like a sentence, or that adds nothing once the numbers are there, is the text going on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jupyter_reconst.core.references.ids import Found, identifiers
from jupyter_reconst.core.references.parse import Parsed, blank, goes_on, place_named

_CUT = re.compile(r"[,;:](?=\s)|[.?!][\"”’')\]*_]{0,3}(?=\s)|\s(?:—|–|--?)\s|[)\]](?=\s)")
_SMALL = re.compile(
    r"(?:in|of|vol|volume|no|number|pp?|pages?|eds?|edited|edition|chapter|ch|ser|series|issue|part|first published|"
    r"published|available|accessed|retrieved|doi|article|translated|trans|report|tech|special|second|third|art|isbn|issn|bsc|msc|phd|e?\d)"
    r"\b|(?:and|for|of|the)\s[^\W\d_]*(?=[\s,]|$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_OPENS = re.compile(
    r"(?:And|Then|Thus|Hence|Later|Similarly|This|It|They|These|That|There|He|She|We|You|See|Here|His|Her|Both|One|Another|Also|If|When|Because|Since|Which|Where|"
    r"Although|Most|Some|What|So|However|But|Note|For (?:a|an|the|more|this)|"
    r"In (?:this|that|it|particular|short|contrast|practice|general)|"
    r"The (?:paper|book|article|authors?|main|original|result|first|second|key|idea|proof))\b"
)
_PROSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|this|that|which|who|we|they|it|you|shows?|showed|proves?|argues?|introduces?|where|because|"
    r"gives?|reported?|uses?|also|not|can|should|would|will|be|been|but|then|so|still|here|there|did|does|do)\b"
)
_ABBREVIATION = re.compile(r"\s[A-Z][\w-]{0,7}\.(?=[\s,])")  # Appl. Num. Anal.
_CITED = re.compile(r"[^\W\d_]+(?:\s(?:and|&)\s[^\W\d_]+|\set al\.?)?\s\((?:1[5-9]|20)\d\d")
_NUMBER = re.compile(r"\d")
_WORDLESS = frozenset(
    ("in press", "n.d", "forthcoming", "to appear", "submitted", "Online", "Internet", "Available", "Available at")
)


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    stop: int
    text: str
    after: str
    """What parts it from the one before: a full stop, a comma, a dash, a bracket."""


def extent(text: str, parsed: Parsed) -> int:
    """The offset at which the reference ends that begins the text."""
    end = max(parsed.title_end, parsed.names.end if parsed.names else 0)
    if parsed.year and parsed.year.after_names:
        end = max(end, parsed.year.end)
    ids = [found for found in identifiers(text) if found.start >= end - 1]
    plain = text
    for found in ids:
        plain = blank(plain, found.start, found.end)
    end = _closed(text, end)
    skipped, most, numbered, placed = 0, 5, False, False
    for piece in _pieces(plain, end):
        named = _named(ids, piece)
        told = bool(_NUMBER.search(piece.text)) or place_named(piece.text) or piece.text in _WORDLESS
        if piece.text and not named and _text_goes_on(piece, told=told, numbered=numbered, placed=placed):
            break
        town = placed and piece.after == "," and len(piece.text.split()) <= 3 and piece.text[:1].isupper()
        if not (told or named or town):
            skipped += bool(piece.text)
            most = 30 if piece.text[:3] in ("In", "In ", "in ") else most  # Its editors come before the book.
            if skipped > most or (piece.text and numbered and skipped > 1):
                break
            continue
        skipped = 0
        placed = placed or place_named(piece.text)
        numbered = numbered or bool(_NUMBER.search(piece.text)) or bool(named)
        if named and not _name_fits(piece, named):
            end = _closed(text, named.end)
            break
        end = _closed(text, max(piece.stop, named.end) if named else piece.stop)
    return end


def _pieces(plain: str, start: int) -> Iterator[_Piece]:
    after = "."
    while start < len(plain):
        cut = _CUT.search(plain, start)
        while (
            cut
            and cut.group()[0] == "."
            and (
                _ABBREVIATION.match(plain, cut.end())
                or goes_on(plain[max(0, cut.start() - 8) : cut.start()], plain[cut.end() :])
            )
        ):
            cut = _CUT.search(plain, cut.end())
        stop = cut.start() if cut else len(plain)
        said = plain[start:stop].strip(" .,;:()[]\"”’'?!\n\t*_/")
        if said or stop > start:
            yield _Piece(start, stop, said, after)
        if cut is None:
            return
        sign = cut.group().strip()[:1]
        after = sign if said or sign not in ")]," else after
        start = max(cut.end(), start + 1)


def _named(ids: list[Found], piece: _Piece) -> Found | None:
    return next((found for found in reversed(ids) if piece.start <= found.start <= piece.stop), None)


def _name_fits(piece: _Piece, found: Found) -> bool:
    """Whether what stands beside an identifier in a piece is no sentence of its own."""
    return not _PROSE.search(piece.text) or len(piece.text.split()) < 5


def _text_goes_on(piece: _Piece, *, told: bool, numbered: bool, placed: bool) -> bool:
    """Whether the text goes on here, after the reference."""
    said = piece.text
    words = _WORD.findall(said)
    small = said.split()[0].islower() and said[0].isalpha() and not _SMALL.match(said)
    prose = len(_PROSE.findall(said))
    lower = sum(word[0].islower() for word in words)
    if piece.after in ".?!—–-:)]" and _OPENS.match(said):
        return True
    if piece.after in ".?!" and numbered and _CITED.match(said):
        return True
    if piece.after in "—–-" and (small or prose or (lower > 2 and not told)):
        return True
    if small and piece.after == ":" and not prose:
        return False  # A subtitle.
    if small and len(words) < 3 and placed and not numbered and piece.after == "," and not prose:
        return False  # Journal of guidance, control, and dynamics
    if small and not (told and _NUMBER.search(said) and len(words) < 4):
        return True
    if prose and (said[0].islower() or (len(words) > 3 and not place_named(said)) or prose > 1):
        return True
    return numbered and len(words) > 7 and lower > len(words) / 2 and not place_named(said)


def _closed(text: str, end: int) -> int:
    """With the marks that close what was opened in the reference."""
    while end < len(text) and text[end] in "\"”’'*_)]":
        opening = {")": "(", "]": "["}.get(text[end])
        if opening and text.count(opening, 0, end) <= text.count(text[end], 0, end):
            break
        end += 1
    return end
