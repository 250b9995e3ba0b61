"""Scopes laid over each other: user < project < notebook. The nearest version of an article applies; nothing is lost.

Packs are copied into the notebook, so they are of its scope. What does not apply is kept beneath, and is shown. The
preambles of all scopes apply, the farthest first. Of one scope alone, this is that scope itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from jupyter_reconst.core.constitution import BETWEEN, SCOPES, Article, Beneath, Constitution, Scope, ordered
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.sharing.front import Front


class Layer(Noun):
    """The file of a scope around a notebook as it is now: a published constitution, which anybody may have changed.

    `stamp` is the digest of its bytes; without one there is no file yet. `key` is what this person's accepted version
    of it is kept under, `place` where it is in words, `file` where it is for the adapter.
    """

    scope: Scope
    key: str
    place: str
    file: str
    stamp: str = ""
    front: Front = Front()
    reading: Reading = Reading()
    problem: str = Field(default="", description="Why it cannot be read")


Part = tuple[Scope, Constitution]


def laid(parts: Iterable[Part]) -> Constitution:
    """The parts of these scopes, each at most once, laid over each other."""
    parts = sorted(parts, key=lambda part: SCOPES.index(part[0]))
    nearest: dict[str, Scope] = {article.id: scope for scope, part in parts for article in part.articles}
    articles: list[Article] = []
    beneath: list[Beneath] = []
    for scope, part in parts:
        for article in ordered(part.articles):
            if nearest[article.id] == scope:
                articles.append(article)
            else:
                beneath.append(Beneath(scope=scope, article=article))
    return Constitution(
        preamble=_joined(part.preamble for _, part in parts),
        articles=tuple(articles),
        scopes={id: scope for id, scope in nearest.items() if scope != "notebook"},
        beneath=tuple(beneath),
        outer=_joined(part.preamble for scope, part in parts if scope != "notebook"),
    )


def relaid(law: Constitution, own: Constitution) -> Constitution:
    """What is laid out in `law`, with this as the notebook's own."""
    far: dict[Scope, list[Article]] = {scope: [] for scope in SCOPES[:-1]}
    for scope, article in [(law.scope(a.id), a) for a in law.articles] + [(b.scope, b.article) for b in law.beneath]:
        if scope in far:
            far[scope].append(article)
    outer = [(scope, Constitution(articles=tuple(articles))) for scope, articles in far.items()]
    found = laid([*outer, ("notebook", own)]).model_copy(update={"outer": law.outer})
    return found.prefaced(own.preamble)


def disputed(law: Constitution) -> tuple[Beneath, ...]:
    """The versions beneath that read otherwise than those that apply: a nearer scope keeps these words from holding."""
    stands = {article.id: article for article in law.articles}
    return tuple(b for b in law.beneath if b.article.id in stands and not b.article.reads_as(stands[b.article.id]))


def yielding(parts: Sequence[Part], part: Constitution) -> Constitution:
    """What of a nearer part takes nothing out of force that the farther parts say."""
    far = laid(parts)
    kept = [a for a in part.articles if (other := far.article(a.id)) is None or a.reads_as(other)]
    return part.model_copy(update={"articles": tuple(kept)})


def _joined(preambles: Iterable[str]) -> str:
    return BETWEEN.join(text for text in preambles if text)
