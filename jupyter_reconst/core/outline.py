"""An outline of one's own notes: points in the notes' words, each with the sentences that it comes from.

A model proposes the points; what they may say, what they cite and what was left out is found out here. Every sentence
is cited by a point or is left out; a point that the notes do not support is refused, and then cites nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.page import Page, Written, literal, shortened
from jupyter_reconst.core.sentences import Sentence
from jupyter_reconst.core.support import support

LEVELS = 4
POINTS = 300
LONGEST = 600
"""Code points of a point."""

_MOST = 0.5
"""A point with this share of added words, or a larger one, is refused."""


class Drafted(Noun):
    """A point as a model filled it in. Nothing of it is believed yet."""

    text: str
    level: int = 1
    cites: tuple[int, ...] = ()


class Point(Noun):
    """A point that the notes support, except for the words that it `added` and what is doubtful about it."""

    text: str = Field(min_length=1)
    level: int = Field(ge=1, le=LEVELS)
    cites: tuple[int, ...] = Field(min_length=1)
    added: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Refused(Noun):
    """A point that is not taken, and why."""

    text: str
    cites: tuple[int, ...] = ()
    why: str


class Outline(Noun):
    """Points in order, a deeper one under the one before it; what was refused, and the sentences that nobody cites."""

    points: tuple[Point, ...] = ()
    refused: tuple[Refused, ...] = ()
    left: tuple[int, ...] = ()


def outline(drafted: Iterable[Drafted], sentences: Sequence[Sentence]) -> Outline:
    """What of a draft holds."""
    points: list[Point] = []
    refused: list[Refused] = []
    for one in list(drafted)[:POINTS]:
        found = judged(one, sentences, below=points[-1].level if points else 0)
        if isinstance(found, Point):
            points.append(found)
        else:
            refused.append(found)
    cited = {number for point in points for number in point.cites}
    left = tuple(sentence.number for sentence in sentences if sentence.number not in cited)
    return Outline(points=tuple(points), refused=tuple(refused), left=left)


def judged(one: Drafted, sentences: Sequence[Sentence], *, below: int = 0) -> Point | Refused:
    """A point that holds, or why it does not. It stands at most one level below the point before it."""
    text = " ".join(one.text.split())
    cites, gone = known(one.cites, sentences)
    if not text or len(text) > LONGEST:
        return Refused(text=text[:LONGEST], cites=cites, why="it says too much" if text else "it says nothing")
    if not cites:
        return Refused(text=text, why="it names no sentence of the notes")
    found = support(text, [sentences[number - 1].text for number in cites])
    if found.figures:
        return Refused(text=text, cites=cites, why=f"{', '.join(found.figures)} is not in its source")
    if found.share >= _MOST:
        return Refused(text=text, cites=cites, why="most of its words are not in its source")
    level = max(1, min(one.level, below + 1, LEVELS))
    return Point(text=text, level=level, cites=cites, added=found.added, doubts=(*found.doubts, *gone))


def known(cites: Iterable[int], sentences: Sequence[Sentence]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The sentences that are there, each once, and a doubt about those that are not."""
    all = tuple(dict.fromkeys(cites))
    there = tuple(number for number in all if 1 <= number <= len(sentences))
    gone = [str(number) for number in all if number not in there]
    return there, (f"it names sentences that are not there ({', '.join(gone)})",) if gone else ()


def write_point(page: Page, point: Point) -> None:
    """One point, its marks, and what to know about it."""
    page.item(literal(point.text), point.cites, level=point.level, notes=remarks(point.added, point.doubts))


def remarks(added: Sequence[str], doubts: Sequence[str]) -> list[str]:
    """What a reader should know about words that are not only the notes’ own."""
    said = [f"added: {', '.join(added)}"] if added else []
    return said + [f"doubtful: {doubt}" for doubt in doubts]


def written(outline: Outline, sentences: Sequence[Sentence]) -> Written:
    """The outline as Markdown. Without a point that holds, the notes’ own sentences under their cells."""
    page = Page(sentences)
    for point in outline.points:
        write_point(page, point)
    plain = not outline.points
    if plain:
        why = "no point of the model holds, so these are your own sentences in their order"
        page.heading("Not organised", why)
        page.quoted(outline.left)
    else:
        write_left(page, outline.left)
    write_refused(page, outline.refused)
    return page.done(plain=plain)


def write_left(page: Page, left: Sequence[int]) -> None:
    """What was left out, in its own words."""
    if left:
        page.heading("Left out", f"{len(left)} of {len(page.sentences)} sentences, which nothing above cites")
        page.quoted(left)
    else:
        page.write("\nNothing was left out.\n")


def write_refused(page: Page, refused: Sequence[Refused]) -> None:
    """What the model wrote and the notes do not support."""
    if refused:
        page.heading("Refused", "what the model wrote and your notes do not say")
    for one in refused:
        page.item(f"“{literal(shortened(one.text))}”", one.cites, notes=[one.why])
