"""Reading a constitution that nobody here has accepted: what is the same, what hides, what deserves a second look."""

from __future__ import annotations

from collections.abc import Iterator

from jupyter_reconst.core.constitution import Article, Constitution
from jupyter_reconst.core.requests import Hint, Review, Spelled
from jupyter_reconst.core.visible import noticed, spelled, unseen

_SENT = ("title", "when", "then", "source", "kind", "always", "enabled")


def reviewed(carried: Constitution, in_force: Constitution) -> Review:
    """What a notebook carries beside what is in force."""
    accepted = {_content(article) for article in in_force.articles}
    return Review(
        digest=carried.digest,
        constitution=carried,
        same=tuple(article.id for article in carried.articles if _content(article) in accepted),
        invisible=hidden(carried),
        hints=tuple(
            Hint(article=article.id if article else None, kind=found.kind, text=found.text[:400])
            for article, _, text in _texts(carried)
            for found in noticed(text)
        ),
    )


def hidden(constitution: Constitution) -> tuple[Spelled, ...]:
    """The texts with characters that a reader cannot see, spelled out."""
    return tuple(
        Spelled(article=article.id if article else None, where=where, text=spelled(text), count=len(unseen(text)))
        for article, where, text in _texts(constitution)
        if unseen(text)
    )


def _texts(constitution: Constitution) -> Iterator[tuple[Article | None, str, str]]:
    """Every text of a constitution, with its article and where it stands, in words."""
    if constitution.preamble:
        yield None, "preamble", constitution.preamble
    for number, article in enumerate(constitution.articles, 1):
        for name in ("title", "when", "then", "source", "why"):
            text = getattr(article, name)
            if text:
                yield article, f"article {number}, {name}", text


def _content(article: Article) -> tuple[object, ...]:
    return tuple(getattr(article, name) for name in _SENT)
