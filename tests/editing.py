"""One person's copy of a constitution, changed at random by our own functions: what merging is tried on."""

from __future__ import annotations

import random
from typing import Any

from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.core.amendments import Amendment, amended
from jupyter_reconst.core.constitution import Article, Draft, Expectation, Provenance, between
from jupyter_reconst.core.constitution import Case as Kept
from jupyter_reconst.core.notebook import Reading, article_key, case_key, read
from jupyter_reconst.core.nouns import ulid
from tests.scenes import AT

_ACTS = ("add", "add", "revise", "revise", "revise", "move", "repeal", "switch", "settle", "case")


class Ids:
    """Ids that count up: one for all copies, as clocks that agree."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return ulid(1_700_000_000_000 + self.made, self.made.to_bytes(10, "big"))


class Copy:
    """Notebook metadata, and what was written into it here."""

    def __init__(self, ids: Ids, metadata: dict[str, Any] | None = None) -> None:
        self.ids = ids
        self.metadata: dict[str, Any] = dict(metadata or {})
        self.written: dict[str, Any] = {}

    @property
    def reading(self) -> Reading:
        return read(self.metadata)

    def branch(self) -> Copy:
        return Copy(self.ids, self.metadata)

    def change(self, chance: random.Random, times: int = 1) -> None:
        for _ in range(times):
            self.write(changed(self.reading, self.ids, chance))

    def write(self, keys: dict[str, Any]) -> None:
        self.metadata |= keys
        self.written |= keys


def changed(reading: Reading, ids: Ids, chance: random.Random) -> dict[str, Any]:
    """What one random act writes."""
    law, disputed = reading.constitution, {conflict.article: conflict for conflict in reading.conflicts}
    act = chance.choice(_ACTS)
    free = [article for article in law.articles if article.id not in disputed]
    if act == "settle" and disputed:
        conflict = chance.choice([*disputed.values()])
        kept = chance.choice(conflict.heads)
        return _written(reading, ids, kept, "repeal" if kept.repealed else "revise", kept.draft)
    if act == "add" or not free:
        draft = Draft(title=f"Rule {ids.made}", when=f"when {ids.made}", then=_words(chance))
        amendment = Amendment(id=ids(), action="add", draft=draft, order=place(law.articles, chance))
        return _amended(reading, ids, amendment)
    article = chance.choice(free)
    if act == "repeal":
        return _written(reading, ids, article, "repeal", None)
    if act == "move":
        return _written(reading, ids, article, "revise", article.draft, order=place(law.articles, chance))
    if act == "case":
        case = Kept(
            id=ids(),
            article=article.id,
            prompt=_words(chance),
            expects=Expectation(verdict="intended", reply=_words(chance)),
            provenance=Provenance(at=AT),
        )
        return {case_key(case): dumped(case)}
    update = {"enabled": not article.enabled} if act == "switch" else {"then": f"{_words(chance)} {ids.made}"}
    return _written(reading, ids, article, "revise", article.draft.model_copy(update=update))


def _written(
    reading: Reading, ids: Ids, article: Article, action: str, draft: Draft | None, order: str | None = None
) -> dict[str, Any]:
    given = {"id": ids(), "action": action, "article": article.id, "base": article.revision, "order": order}
    return _amended(reading, ids, Amendment.model_validate({**given, "draft": None if action == "repeal" else draft}))


def _amended(reading: Reading, ids: Ids, amendment: Amendment) -> dict[str, Any]:
    _, made = amended(
        reading.constitution,
        amendment,
        revisions=reading.revisions,
        revision=ids(),
        article=amendment.article or ids(),
        provenance=Provenance(at=AT, author="Ana Ruiz"),
    )
    return {article_key(made): dumped(made)}


def place(articles: tuple[Article, ...], chance: random.Random) -> str:
    keys = sorted({article.order for article in articles})
    at = chance.randint(0, len(keys))
    try:
        return between(keys[at - 1] if at else "", keys[at] if at < len(keys) else "")
    except ValueError:
        return "V"


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(("cite", "the", "page", "say", "what", "is", "not", "known", "⟨é⟩"), k=6))
