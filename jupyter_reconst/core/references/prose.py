"""What of a reply may hold references: code and formulas are wiped out, and the rest is parted into items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*(\w*)")
_SPANS = re.compile(
    r"`[^`\n]{1,500}`|\$\$[^$]{1,5000}\$\$|\\\((?:[^\\\n]|\\(?![()])){1,2000}\\\)|\\\[(?:[^\\]|\\(?![\[\]])){1,5000}\\\]"
    r"|(?<![\\$\w])\$(?![\s$])[^$\n]{1,300}(?<![\s\\])\$(?![\w$])"
)
_HEADING = re.compile(r"\s{0,3}(?:#{1,6}\s+|\*\*|__)?(.{3,60}?)[*_:\s#]*")
_LIST = re.compile(
    r"(?:\d+\.?\s+)?(?:(?:selected|key|main|cited|further|recommended|relevant|suggested|additional)\s+)?"
    r"(?:references?|bibliography|works cited|literature(?: cited)?|reading(?: list)?|sources|citations|papers|"
    r"literatur(?:verzeichnis)?)",
    re.IGNORECASE,
)
_MARKER = re.compile(r"[ \t]{0,12}(?:[-*+•]|\d{1,3}[.)]|\\?\[\^?[\w-]{1,12}\\?\]:?|\(\d{1,3}\))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, or an item of a list, by offsets. `listed`: it stands under a heading such as *References*."""

    start: int
    end: int
    listed: bool
    marked: bool


def wiped(text: str) -> str:
    """The text with code and formulas made blank, each sign by one space. Fences of BibTeX stay."""
    written: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line)
        if fence:
            if found and found.group(1).startswith(fence) and not line.strip(" \t\r\n`~"):
                fence = ""
            written.append(_blank(line))
        elif found:
            fence = found.group(1)
            written.append(_blank(line))
        else:
            written.append(line)
    return _SPANS.sub(lambda found: _blank(found.group()), "".join(written))


def items(text: str) -> Iterator[Item]:
    """The paragraphs and the items of lists, in order. A line that is neither goes with the one before it."""
    listed = False
    start = end = at = 0
    marked = False
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        heading = _heading(stripped)
        begins = _MARKER.match(line) is not None
        if (not stripped or heading is not None or begins) and end > start:
            yield Item(start, end, listed, marked)
            start = end = at
        if heading is not None:
            listed = heading
        elif stripped:
            if end <= start:
                start, marked = at, begins
            end = at + len(line.rstrip())
        at += len(line)
        if not stripped or heading is not None:
            start = end = at
    if end > start:
        yield Item(start, end, listed, marked)


def _heading(line: str) -> bool | None:
    """Whether a heading begins a list of references; none for a line that is no heading."""
    found = _HEADING.fullmatch(line) if len(line) < 90 else None
    if found is None:
        return None
    if _LIST.fullmatch(found.group(1).strip()):
        return True
    return False if line.startswith("#") or re.fullmatch(r"\*\*[^*]{1,80}\*\*:?", line) else None


def _blank(text: str) -> str:
    return "".join(sign if sign in "\r\n" else " " for sign in text)
