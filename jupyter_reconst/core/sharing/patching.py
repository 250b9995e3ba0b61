"""An article offered back to a pack: the pack's file with it, as a patch that `git apply` takes. Pure.

The file is written anew as `published.dump` writes it, so for one that was exported the patch is the section of the
article, its line in the record, and the digest; for one that was written by hand it also brings ids and a record.
Source for the form: git-apply(1), and the quoting of names in git-diff-tree(1).
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from jupyter_reconst.core.constitution import Article, Case, heads
from jupyter_reconst.core.errors import BadInput, Stale
from jupyter_reconst.core.sharing.front import ours
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.record import decoded

_CONTEXT = 3
_MARK = "\ufeff"
_PLAIN = {'"': '\\"', "\\": "\\\\"} | {
    sign: f"\\{name}" for sign, name in zip("\a\b\t\n\v\f\r", "abtnvfr", strict=True)
}


def offered(data: bytes, revisions: Iterable[Article], cases: Iterable[Case] = ()) -> bytes:
    """A pack's file with these revisions of one article, and some of its cases.

    Raises Malformed for what is no pack, BadInput where the file says all of it already, Stale where it has changed the
    article too.
    """
    text = decoded(data)
    if not ours(text):
        raise BadInput("Its file is plain Markdown, and no pack.", remedy="Edit the file itself.")
    published = load(text)
    said = published.reading
    known = {(a.id, a.revision) for a in said.revisions}
    news = tuple(a for a in revisions if (a.id, a.revision) not in known)
    held = {case.id for case in said.cases}
    more = tuple(case for case in cases if case.id not in held)
    if not news and not more:
        raise BadInput("The pack says all of this already.", remedy="There is nothing to offer.")
    joined = said.model_copy(
        update={
            "revisions": (*said.revisions, *news),
            "cases": tuple(sorted((*said.cases, *more), key=lambda case: case.id)),
        }
    )
    tops = heads(joined.revisions)
    if any(len(tops[article.id]) > 1 for article in news):
        remedy = "Take the pack's version into the notebook, choose one of the two, then offer it."
        raise Stale("The pack has changed this article too.", remedy=remedy)
    return _as_before(data, dump(published.front, joined))


def patch(place: str, before: bytes, after: bytes, about: str) -> bytes:
    """A unified diff of a file at a place below the top of its repository. `about` is one line for the reader."""
    old, new = _quoted(f"a/{place}"), _quoted(f"b/{place}")
    tab = "\t" if " " in place and not old.startswith('"') else ""
    head = [f"Subject: [PATCH] {' '.join(about.split())}", ""]
    head += [f"diff --git {old} {new}", f"--- {old}{tab}", f"+++ {new}{tab}"]
    return ("\n".join([*head, *_hunks(_lines(before), _lines(after))]) + "\n").encode("utf-8")


def _lines(data: bytes) -> list[str]:
    """The lines as a diff spells them; the last one says so where no line feed ends it."""
    lines = data.decode("utf-8").split("\n")
    last = lines.pop()
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines


def _hunks(one: list[str], other: list[str]) -> Iterator[str]:
    """The changed lines with their surroundings."""
    for group in _Patient(one, other).get_grouped_opcodes(_CONTEXT):
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@"
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (f" {line}" for line in one[a:b])
            else:
                yield from (f"-{line}" for line in one[a:b])
                yield from (f"+{line}" for line in other[c:d])


class _Patient(difflib.SequenceMatcher[str]):
    """A patience diff: lines that both sides have once hold the rest in place.

    Linear but for sorting, so that a file made of one line over and over costs nobody anything.
    """

    def __init__(self, one: Sequence[str], other: Sequence[str]) -> None:
        super().__init__(None, one, other)
        self._one, self._other = one, other

    def get_matching_blocks(self) -> list[difflib.Match]:
        """The stretches that are the same, in order, and an empty one at the end."""
        ends = (len(self._one), len(self._other))
        blocks: list[difflib.Match] = []
        a = b = 0
        for here, there in [*_anchors(self._one, self._other), ends]:
            if here < a or there < b:
                continue  # A line of the stretch that the anchor before has grown to.
            low = self._same(range(a, here), range(b, there))
            blocks.append(difflib.Match(a, b, low))
            high = self._same(range(a + low, here)[::-1], range(b + low, there)[::-1])
            size = high + self._same(range(here, ends[0]), range(there, ends[1]))
            blocks.append(difflib.Match(here - high, there - high, size))
            a, b = here - high + size, there - high + size
        return [*_joined(blocks), difflib.Match(*ends, 0)]

    def _same(self, here: range, there: range) -> int:
        """How many lines are alike before the first that is not."""
        pairs = enumerate(zip(here, there, strict=False))
        differs = (count for count, (a, b) in pairs if self._one[a] != self._other[b])
        return next(differs, min(len(here), len(there)))


def _joined(blocks: Iterable[difflib.Match]) -> Iterator[difflib.Match]:
    """The stretches without empty ones, and those that touch as one: between them `difflib` would see a change."""
    last = difflib.Match(0, 0, 0)
    for block in blocks:
        if block.size and (last.a + last.size, last.b + last.size) == (block.a, block.b):
            last = last._replace(size=last.size + block.size)
        elif block.size:
            if last.size:
                yield last
            last = block
    if last.size:
        yield last


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The places of lines that both sides have once, as many as stand in the same order (patience sorting)."""
    seen, there = Counter(one), Counter(other)
    places = {line: place for place, line in enumerate(other) if there[line] == 1}
    pairs = [(place, places[line]) for place, line in enumerate(one) if seen[line] == 1 and line in places]
    tops: list[int] = []
    lasts: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(lasts[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            lasts.append(number)
        else:
            tops[pile], lasts[pile] = place, number
    found: list[tuple[int, int]] = []
    number = lasts[-1] if lasts else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _range(start: int, stop: int) -> str:
    length = stop - start
    return f"{start + 1 if length else start},{length}"


def _quoted(name: str) -> str:
    """A name as git writes it: between quotes, with the bytes of strange characters in octal."""
    plain = name.isascii() and name.isprintable()
    if plain and not set('"\\') & set(name):
        return name
    return '"' + "".join(_PLAIN.get(sign) or _octal(sign) for sign in name) + '"'


def _octal(sign: str) -> str:
    if sign.isascii() and sign.isprintable():
        return sign
    return "".join(f"\\{byte:03o}" for byte in sign.encode("utf-8", "surrogateescape"))


def _as_before(data: bytes, text: str) -> bytes:
    """The text with the line ends and the byte order mark that a file had."""
    said = data.decode("utf-8")
    lines = said.count("\n")
    if lines and said.count("\r\n") == lines:
        text = text.replace("\n", "\r\n")
    return ((_MARK if said.startswith(_MARK) else "") + text).encode("utf-8")
