"""The wiki: packs and articles that can be browsed, and which of them hold some words. Pure; files are read elsewhere.

A search is a scan of folded texts (no accents, no case), one word after the other over what the words before have left.
Measured, 5,000 articles take a few milliseconds: an index would cost more to keep than it saves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.published import Published


@dataclass(frozen=True, slots=True)
class Text:
    """An article as a search reads it: its title, and all its words with those of its examples."""

    article: Article
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack that was found: its name here, where it comes from, and what it says or why it cannot be read.

    `top` is the folder that it was found below; None for a pack of an installed package.
    """

    name: str
    source: str
    path: Path
    published: Published | None
    problem: str = ""
    top: Path | None = None
    texts: tuple[Text, ...] = field(default=(), repr=False, compare=False)

    @property
    def reading(self) -> Reading:
        """What it says; nothing where it cannot be read."""
        return self.published.reading if self.published else Reading()

    @property
    def title(self) -> str:
        """What it calls itself."""
        return (self.published.front.name if self.published else "") or self.name


@dataclass(frozen=True, slots=True)
class Use:
    """One place that holds an article, a pack or a notebook, and the revision that stands there."""

    where: str
    article: Article


def texts_of(published: Published) -> tuple[Text, ...]:
    """The articles of a pack, to be searched."""
    examples: dict[str, list[str]] = {}
    for case in published.reading.cases:
        said = (case.prompt, case.expects.reply, case.expects.without, case.expects.note)
        examples.setdefault(case.article, []).extend(said)
    about = (published.front.name, published.front.authors)

    def text(article: Article) -> Text:
        clauses = (article.title, article.when, article.then, article.source, article.why)
        said = (*clauses, *examples.get(article.id, ()), *about)
        return Text(article, folded(article.title), folded("\n".join(said)))

    return tuple(text(article) for article in published.reading.constitution.articles)


def found(words: str, packs: Iterable[Pack]) -> list[tuple[Pack, Article]]:
    """The articles that hold every one of the words, those first that hold more of them in their title."""
    wanted = folded(words).split()
    left = [(pack, text) for pack in packs for text in pack.texts] if wanted else []
    for word in wanted:
        left = [one for one in left if word in one[1].words]
    ranked = sorted(left, key=lambda one: -sum(word in one[1].title for word in wanted))
    return [(pack, text.article) for pack, text in ranked]


def folded(text: str) -> str:
    """A text without what a person who searches does not type: case, accents, the many widths of one letter."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in apart if not unicodedata.combining(character))
