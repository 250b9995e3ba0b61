"""How an edited text differs from the one before: a few phrases, each with what should stand there instead.

Changes are found by words and joined to phrases. Each is something that a person can point at: words and their
correction, or a place where something is missing. Words that were only taken out are quoted with one that stays. Where
a change meets a mark of bold text, a link or a formula, it takes all of it: none holds one mark of a pair.
Putting every hunk in its place gives the edited text, to the letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from jupyter_reconst.acts.distance import shared
from jupyter_reconst.acts.spans import Span, spans

MOST = 20
"""Changes beyond so many are joined with those next to them: nobody reads more, and one amendment takes no more."""

_PART = re.compile(r"(?:(?![\u2e80-\uffff\U00020000-\U0003ffff])[\w\u0300-\u036f])+|\r?\n|[^\S\r\n]+|.", re.DOTALL)
"""A word of a script that parts its words, a letter of another, a line's end, spaces, a mark."""

_WORD = re.compile(r"\w")
_END = re.compile(r"\n|[.!?…。！？]")


@dataclass(frozen=True, slots=True)
class Hunk:
    """The code points `start` to `end` of a text say `said`; it should be `instead`. `said` is empty where it lacks."""

    start: int
    end: int
    said: str
    instead: str


@dataclass(slots=True)
class _Change:
    """Parts `a` to `b` of the one text against parts `c` to `d` of the other."""

    a: int
    b: int
    c: int
    d: int

    def joined(self, after: _Change) -> _Change:
        return _Change(self.a, after.b, self.c, after.d)


def hunks(before: str, after: str) -> tuple[Hunk, ...]:
    """What differs, in order, at most `MOST`; none where nothing does."""
    old, new = _PART.findall(before), _PART.findall(after)
    starts = [0, *accumulate(map(len, old))]
    whole = _Whole(_placed(before, starts), _placed(after, [0, *accumulate(map(len, new))]))
    changes = _phrases(whole.changes(_changes(old, new)), old)
    changes = _phrases(_pointable(changes, old, new), old)
    while len(changes) > MOST:
        gaps = [right.a - left.b for left, right in pairwise(changes)]
        at = gaps.index(min(gaps))
        changes[at : at + 2] = [changes[at].joined(changes[at + 1])]
    while (wider := _phrases(_pointable(whole.changes(changes), old, new), old)) != changes:
        changes = wider
    return tuple(
        Hunk(starts[one.a], starts[one.b], "".join(old[one.a : one.b]), "".join(new[one.c : one.d])) for one in changes
    )


def applied(text: str, changes: Iterable[Hunk]) -> str:
    """The text with every hunk in its place."""
    said: list[str] = []
    done = 0
    for one in changes:
        said += [text[done : one.start], one.instead]
        done = one.end
    return "".join([*said, text[done:]])


def located(hunk: Hunk, source: str, reading: str) -> tuple[int, int]:
    """Where a hunk of a Markdown source lies in the text that a reader sees; a point where no word of it is seen."""
    seen = _words(reading)
    known = _words(source)
    first = last = None
    before = 0
    for a, b, size in shared([word for word, _ in known], [word for word, _ in seen]):
        for at in range(size):
            word, start = known[a + at]
            place = seen[b + at][1]
            if start + len(word) <= hunk.start:
                before = place + len(word)
            elif hunk.start <= start and start + len(word) <= hunk.end:
                first = place if first is None else first
                last = place + len(word)
    return (before, before) if first is None or last is None else (first, last)


def _words(text: str) -> list[tuple[str, int]]:
    """What is not space, and where."""
    return [(found[0], found.start()) for found in _PART.finditer(text) if not found[0].isspace()]


def _changes(old: list[str], new: list[str]) -> list[_Change]:
    found: list[_Change] = []
    a = c = 0
    for at, beside, size in [*shared(old, new), (len(old), len(new), 0)]:
        if at > a or beside > c:
            found.append(_Change(a, at, c, beside))
        a, c = at + size, beside + size
    return found


def _phrases(changes: list[_Change], old: list[str]) -> list[_Change]:
    """Changes with at most a word between them, in one sentence, are one."""
    found: list[_Change] = []
    for one in changes:
        between = old[found[-1].b : one.a] if found else []
        near = sum(bool(_WORD.match(part)) for part in between) <= 1 and not _END.search("".join(between))
        if found and near:
            found[-1] = found[-1].joined(one)
        else:
            found.append(one)
    return found


@dataclass(frozen=True, slots=True)
class _Whole:
    """The spans of both texts, in parts: a change that meets a mark of one takes all of it."""

    old: list[Span]
    new: list[Span]

    def changes(self, changes: list[_Change]) -> list[_Change]:
        """Changes that hold no mark without its partner; those that come to touch each other are one."""
        found: list[_Change] = []
        rest = changes[::-1]
        while rest:
            one = rest.pop()
            sides = _short(self.old, one.a, one.b), _short(self.new, one.c, one.d)
            before, after = (max(side) for side in zip(*sides, strict=True))
            if not before and not after:
                found.append(one)
            elif found and one.a - before <= found[-1].b:
                rest.append(found.pop().joined(one))
            elif rest and one.b + after >= rest[-1].a:
                rest.append(one.joined(rest.pop()))
            else:
                rest.append(_Change(one.a - before, one.b + after, one.c - before, one.d + after))
        return found


def _short(known: list[Span], start: int, end: int) -> tuple[int, int]:
    """How far a stretch must go on, to either side, to hold every span of which it meets a mark."""
    first, last = start, end
    for one in known:
        opens, closes = start < one.inside and end > one.start, start < one.end and end > one.outside
        if opens or closes:
            first, last = min(first, one.start), max(last, one.end)
    return start - first, last - end


def _placed(text: str, starts: list[int]) -> list[Span]:
    """The spans of a text, counted in its parts. A mark may lie within a part; then it begins or ends with that."""
    return [
        Span(
            bisect_right(starts, one.start) - 1,
            bisect_left(starts, one.inside),
            bisect_right(starts, one.outside) - 1,
            bisect_left(starts, one.end),
        )
        for one in spans(text)
    ]


def _pointable(changes: list[_Change], old: list[str], new: list[str]) -> list[_Change]:
    """Each with words in what is said and in what should be; something missing needs words in the latter alone."""

    def poor(one: _Change) -> bool:
        said, instead = ("".join(text) for text in (old[one.a : one.b], new[one.c : one.d]))
        return not _WORD.search(instead) or bool(said and not _WORD.search(said))

    found: list[_Change] = []
    rest = changes[::-1]
    while rest:
        one = rest.pop()
        while poor(one):
            floor = found[-1].b if found else 0
            ceiling = rest[-1].a if rest else len(old)
            ahead = "".join(old[one.b : min(one.b + 2, ceiling)])
            right = one.b < ceiling and bool(re.match(r"[^\S\n]*\w", ahead))
            if right or (one.a == floor and not found and one.b < ceiling):
                one = _Change(one.a, one.b + 1, one.c, one.d + 1)
            elif one.a > floor:
                one = _Change(one.a - 1, one.b, one.c - 1, one.d)
            elif found:
                one = found.pop().joined(one)
            elif rest:
                one = one.joined(rest.pop())
            else:
                break
        found.append(one)
    return found
