"""Joining what a file brings with what a notebook holds: the union of their revisions. Nothing here is in force by it.

The notebook's own keys stay as they are. A file can bring articles, revise them, or leave two versions to choose from;
it takes nothing out of force: a repeal, or an article switched off, is told and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from jupyter_reconst.core.chain import seals
from jupyter_reconst.core.constitution import Article, Import, constituted, heads, standing
from jupyter_reconst.core.notebook import Reading, keys
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.sharing.loading import content_revision
from jupyter_reconst.core.sharing.pinning import pinned

News = Literal["new", "changed", "same", "two versions", "kept", "left out"]


class Step(Noun):
    """What a file would do to one article. `kept`: yours is newer, or repealed. `left out`: out of force there."""

    article: str
    news: News
    title: str
    before: Article | None = None
    after: Article | None = None


class Adoption(Noun):
    """The keys to add to a notebook, and what they do."""

    writes: dict[str, Any]
    steps: tuple[Step, ...]
    preamble: Literal["", "new", "changed", "kept"] = ""
    cases: int = 0


def adoption(held: Reading, brought: Reading, pin: Import | None = None) -> Adoption:
    """What adopting would write. A pin says which pack it was, by digest; one that is there already is not repeated."""
    mine, before = held.constitution, heads(held.revisions)
    own, theirs = _by_article(held.revisions), _by_article(brought.revisions)
    stands = {article.id: article for article in mine.articles}
    taken: list[Article] = []
    steps: list[Step] = []
    for id, newest in heads(brought.revisions).items():
        some = [_following(article, before.get(id, [])) for article in theirs[id]]
        step = _step(stands.get(id), own.get(id, []), some, newest[0])
        steps.append(step)
        if step.news not in ("left out", "kept"):
            taken += some
    order = {article.id: place for place, article in enumerate(brought.constitution.articles)}
    preamble, said = _preamble(held, brought)
    here = {article.id for article in (*mine.articles, *taken)}
    news = Reading(
        revisions=tuple({(a.id, a.revision): a for a in taken}.values()),
        preambles=preamble,
        cases=tuple(case for case in brought.cases if case.article in here),
        imports=(pin,) if pin and not pinned(held, pin) else (),
    )
    known = keys(held)
    writes = {key: value for key, value in keys(news).items() if key not in known}
    return Adoption(
        writes=writes,
        steps=tuple(sorted(steps, key=lambda step: (order.get(step.article, len(order)), step.article))),
        preamble=said,
        cases=sum(key.startswith("reconst:case:") for key in writes),
    )


def _by_article(revisions: Iterable[Article]) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for article in revisions:
        found.setdefault(article.id, []).append(article)
    return found


def _step(mine: Article | None, own: list[Article], some: list[Article], theirs: Article) -> Step:
    """What these revisions of one article do to the one that is held."""
    id = theirs.id
    united = {(a.id, a.revision): a for a in (*some, *own)}
    after = constituted(united.values()).article(id)

    def step(news: News) -> Step:
        return Step(article=id, news=news, title=(after or mine or theirs).title, before=mine, after=after)

    if mine and mine.enabled and not (after and after.enabled):
        return step("left out")
    if len(united) == len(own):
        return step("same" if mine and mine.draft == theirs.draft else "kept")
    if own and len(heads(united.values()).get(id, ())) > len(heads(own).get(id, ())):
        return step("two versions")
    if mine is None:
        return step("new" if after else "left out") if not own or after else step("kept")
    return step("same" if after == mine or (after and after.draft == mine.draft) else "changed")


def _following(article: Article, mine: list[Article]) -> Article:
    """An article from a file without a history follows the version that an earlier file of that kind left here."""
    ours = mine[0] if len(mine) == 1 else None
    if article.parents or ours is None or article.revision != content_revision(article):
        return article
    if ours.revision == article.revision or ours.revision != content_revision(ours):
        return article
    if ours.draft == article.draft:
        return ours
    follows = article.model_copy(update={"parents": (ours.revision,), "seals": seals((ours,))})
    return follows.model_copy(update={"revision": content_revision(follows)})


def _preamble(held: Reading, brought: Reading) -> tuple[Any, Literal["", "new", "changed", "kept"]]:
    """A file's preamble, where the notebook has none, or has an earlier one of the same."""
    mine, theirs = standing(held.preambles), standing(brought.preambles)
    if theirs is None or (mine and mine.text == theirs.text):
        return (), ""
    if mine is None:
        return brought.preambles, "new"
    if theirs.text.strip() and mine.revision in _ancestors(brought, theirs.revision):
        return brought.preambles, "changed"
    return (), "kept"


def _ancestors(reading: Reading, revision: str) -> set[str]:
    parents = {preamble.revision: preamble.parents for preamble in reading.preambles}

    def walk() -> Iterator[str]:
        seen, left = {revision}, [revision]
        while left:
            for parent in parents.get(left.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    left.append(parent)
                    yield parent

    return set(walk())
