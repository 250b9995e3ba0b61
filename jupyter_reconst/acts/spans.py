"""Where the spans of a Markdown source are: what is bold, struck, linked, code or a formula, with its marks.

Only so much is read as it takes to see which two marks belong together. A mark without its partner is a letter.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_MARK = re.compile(r"\n[^\S\n]*\n|`+|\$+|\*\*\*|\*\*?|__?|~~|\[|\](?:\([^()\s]*\))?|\\.", re.DOTALL)
_BLANK = re.compile(r"\n[^\S\n]*\n")


class Span(NamedTuple):
    """A span in code points: its first mark is `start` to `inside`, its last one `outside` to `end`."""

    start: int
    inside: int
    outside: int
    end: int


def spans(source: str) -> list[Span]:
    """Every span, those inside others too. None goes on beyond a blank line, but for a block of code."""
    found: list[Span] = []
    waiting = _Waiting()
    at = 0
    while mark := _MARK.search(source, at):
        said, start, at = mark[0], *mark.span()
        if _BLANK.fullmatch(said):
            waiting = _Waiting()
            at -= 1  # The line's end may begin the next blank line.
        elif said[0] in "`$":
            if close := _opaque(source, said, at):
                found.append(Span(start, at, close, close + len(said)))
                at = close + len(said)
        elif said[0] == "]" or _closes(source, said, start, at):
            if opened := waiting.taken("[" if said[0] == "]" else said, start):
                found.append(Span(*opened, start, at))
            elif _opens(source, said, start, at):
                waiting.put(said, start, at)
        elif said == "[" or _opens(source, said, start, at):
            waiting.put(said, start, at)
    return found


class _Waiting:
    """Marks that may begin a span, the last one first."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, int, int]] = []
        self._counts: Counter[str] = Counter()

    def put(self, mark: str, start: int, inside: int) -> None:
        self._marks.append((mark, start, inside))
        self._counts[mark] += 1

    def taken(self, mark: str, end: int) -> tuple[int, int] | None:
        """Where the last such mark is that has something behind it; those after it have no partner any more."""
        if not self._counts[mark] or self._marks[-1][::2] == (mark, end):
            return None
        while True:
            last, start, inside = self._marks.pop()
            self._counts[last] -= 1
            if last == mark:
                return start, inside


def _opaque(source: str, mark: str, at: int) -> int | None:
    """Where code or a formula ends that begins before `at`; nothing inside it is a mark."""
    own, last = re.escape(mark), re.escape(mark[0])
    close = re.compile(rf"(?<!{last}){own}(?!{last})").search(source, at)
    if close is None:
        return None
    inside = source[at : close.start()]
    if len(mark) < 3 and _BLANK.search(inside):
        return None
    if mark == "$" and (inside != inside.strip() or source[close.end() : close.end() + 1].isdigit()):
        return None  # An amount of money.
    return close.start()


def _opens(source: str, mark: str, start: int, end: int) -> bool:
    after = source[end : end + 1]
    return mark[0] in "*_~" and bool(after.strip()) and _apart(source[start - 1 : start] if start else "", mark)


def _closes(source: str, mark: str, start: int, end: int) -> bool:
    before = source[start - 1 : start] if start else ""
    return mark[0] in "*_~" and bool(before.strip()) and _apart(source[end : end + 1], mark)


def _apart(beside: str, mark: str) -> bool:
    """Whether a mark may stand beside this letter: underscores inside a word are letters of it."""
    return mark[0] != "_" or not (beside.isalnum() or beside == "_")
