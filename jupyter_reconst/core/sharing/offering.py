"""What a file offers a notebook, to be read article by article; and the law with the part of it that was ticked. Pure.

What is read is what would stand: an article that both sides have changed is shown as the file says it, and ticking it
chooses that version over the notebook's own, which stays in the history.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from jupyter_reconst.core.amendments import Amendment, amended
from jupyter_reconst.core.constitution import Article, Constitution, Provenance, heads
from jupyter_reconst.core.notebook import PREFIX, Reading, article_key
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.sharing.adopting import Adoption, Step, adoption

_OFFERED = ("new", "changed", "same")


class Offer(Noun):
    """`constitution` is what can be ticked; `rest` are the steps that take nothing from the file."""

    adoption: Adoption
    constitution: Constitution
    rest: tuple[Step, ...] = ()
    disputed: tuple[str, ...] = ()


def offer(held: Reading, brought: Reading) -> Offer:
    """What a file brings beside what a notebook holds."""
    found = adoption(held, brought)
    theirs = {id: newest[0] for id, newest in heads(brought.revisions).items()}
    articles: list[Article] = []
    rest: list[Step] = []
    disputed: list[str] = []
    for step in found.steps:
        if step.news in _OFFERED and step.after:
            articles.append(step.after)
        elif step.news == "two versions" and not theirs[step.article].repealed:
            articles.append(theirs[step.article])
            disputed.append(step.article)
        else:
            rest.append(step)
    text = brought.constitution.preamble if found.preamble in ("new", "changed") else ""
    law = Constitution(preamble=text, articles=tuple(articles))
    return Offer(adoption=found, constitution=law, rest=tuple(rest), disputed=tuple(disputed))


def with_ticked(law: Constitution, offer: Offer, ids: Collection[str], *, preamble: bool) -> Constitution:
    """What is in force with the part of an offer that was ticked."""
    for article in offer.constitution.articles:
        if article.id in ids:
            law = law.replaced(article)
    return law.prefaced(offer.constitution.preamble) if preamble else law


def writes(offer: Offer, ids: Collection[str], *, preamble: bool) -> dict[str, Any]:
    """The keys that a notebook gets by it: the revisions and cases of what was ticked."""

    def wanted(key: str, value: dict[str, Any]) -> bool:
        room, _, rest = key.removeprefix(PREFIX).partition(":")
        if room == "article":
            return rest.partition(":")[0] in ids
        return value.get("article") in ids if room == "case" else preamble and room == "preamble"

    return {key: value for key, value in offer.adoption.writes.items() if wanted(key, value)}


def settled(
    held: Reading, offer: Offer, ids: Collection[str], provenance: Provenance, revision: str
) -> tuple[Article, ...]:
    """For each ticked article that has two versions, a revision (of this id) that chooses the one that was read."""
    found = []
    for id in offer.disputed:
        chosen = offer.constitution.article(id)
        if id not in ids or chosen is None:
            continue
        keys = [value for key, value in offer.adoption.writes.items() if key.startswith(f"{PREFIX}article:{id}:")]
        revisions = (*held.revisions, *(Article.model_validate(value) for value in keys))
        choosing = Amendment(
            id=chosen.revision,
            action="revise",
            article=id,
            base=chosen.revision,
            draft=chosen.draft,
            order=chosen.order or None,
        )
        alone = Constitution(articles=(chosen,))
        _, made = amended(alone, choosing, revisions=revisions, revision=revision, provenance=provenance)
        found.append(made)
    return tuple(found)


def keyed(articles: Collection[Article]) -> dict[str, Any]:
    """Revisions as a notebook keeps them."""
    return {article_key(article): article.model_dump(mode="json", by_alias=True) for article in articles}
