"""The year of a reference: of all numbers that look like one, the one that stands where a style puts it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<![\w./–-])(1[5-9]\d\d|20\d\d)([a-h])?(?![\w/]|\.\d)")
_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|spring|summer|autumn|fall|winter)[a-z]*\.?\s?,?\s?(?:\d{1,2}(?:st|nd|rd|th)?,?\s)?$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\bpp?\.?|\bpages?|\bvol(?:ume)?\.?|\bno\.?|\bissue|accessed.{0,20}|retrieved.{0,20}|[:–—-])\s?$", re.IGNORECASE
)
_RANGE = re.compile(r"(?!-\d\d-\d\d\b)\s?(?:--?|–|—)\s?\d")
_NAMES_END = re.compile(r"[\s.,:;(\[]*")


@dataclass(frozen=True, slots=True)
class Year:
    """A year, where it stands with the brackets around it, and whether the authors stand right before it."""

    number: int
    start: int
    end: int
    after_names: bool


def year_of(text: str, after: int, title: tuple[int, int] | None) -> Year | None:
    """The year of a reference whose authors end at `after`; `title` is where quoted words stand."""
    best: tuple[int, int, Year] | None = None
    for found in _YEAR.finditer(text):
        before, following = text[max(0, found.start() - 30) : found.start()], text[found.end() : found.end() + 30]
        near = after > 0 and found.start() >= after and _NAMES_END.fullmatch(text, after, found.start()) is not None
        opened = max(before.rfind("("), before.rfind("["))
        bracketed = (
            opened >= 0
            and not set(before[opened:]) & set(")];")
            and re.match(r"[^()]{0,25}[)\]]", following) is not None
        )
        score = 6 * near + 4 * bracketed + 3 * bool(_MONTH.search(before)) + 3 * following.startswith(";")
        score += 2 * (
            before.rstrip().endswith((",", ".")) and following.lstrip()[:1] in ("", ".", ",", ";", ")", "(", "/")
        )
        score += not bracketed and following.strip() in ("", ".")
        score -= 6 * bool(_NOT.search(before)) + 6 * bool(_RANGE.match(following))
        score -= 8 * bool(title and title[0] <= found.start() < title[1]) + 8 * (found.start() < after)
        if score > -4 and (best is None or score > best[0] or (score == best[0] and not bracketed)):
            start, end = found.span()
            if near and bracketed:
                closing = min((at for at in (text.find(")", end), text.find("]", end)) if at >= 0), default=end - 1)
                end = closing + 1
            best = (score, found.start(), Year(int(found.group(1)), start, end, near))
    return best[2] if best else None
