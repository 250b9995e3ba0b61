"""People change one constitution at once, over the shared document that JupyterLab uses: nothing is lost."""

from __future__ import annotations

import random
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import settings

from jupyter_reconst.core.constitution import Article, Provenance
from jupyter_reconst.core.notebook import article_key
from jupyter_reconst.core.nouns import ulid

pytest.importorskip("jupyter_ydoc", reason="jupyter-ydoc is not installed")

from tests.replicas import Replica, Shared, Someone

_AT = datetime(2026, 11, 23, tzinfo=timezone.utc)


def _article(n: int, revision: int, text: str, *parents: str) -> Article:
    return Article(
        id=ulid(n, bytes(10)),
        revision=ulid(revision, n.to_bytes(10, "big")),
        parents=parents,
        order=chr(65 + n),
        title=f"Rule {n}",
        when="always",
        then=text,
        provenance=Provenance(at=_AT),
    )


class _Replica(Replica):
    """A replica whose person revises without a server."""

    def revise(self, n: int, revision: int, text: str) -> Article:
        """On top of all heads that this replica sees, as ratifying does."""
        id = ulid(n, bytes(10))
        seen = [a for a in self.reading.revisions if a.id == id]
        named = {parent for a in seen for parent in a.parents}
        made = _article(n, revision, text, *(a.revision for a in seen if a.revision not in named))
        self.write({article_key(made): made.model_dump(mode="json", by_alias=True)})
        return made


def test_two_replicas_revise_one_article_at_once() -> None:
    ana = _Replica()
    ana.revise(1, 1, "be brief")
    ben = _Replica(ana.update)
    one, two = ana.revise(1, 2, "be brief and exact"), ben.revise(1, 3, "be brief, with a source")
    ana.take(ben)
    ben.take(ana)

    assert ana.metadata == ben.metadata
    assert len(ana.reading.revisions) == 3
    (conflict,) = ana.reading.conflicts
    assert conflict.heads == (two, one)
    (standing,) = ana.reading.constitution.articles
    assert standing == two

    settled = ben.revise(1, 4, "be brief and exact, with a source")
    ana.take(ben)
    assert set(settled.parents) == {one.revision, two.revision}
    assert not ana.reading.conflicts
    assert ana.reading.constitution.articles == (settled,)


@pytest.mark.parametrize("seed", range(200))
def test_no_interleaving_loses_anything(seed: int) -> None:
    chance = random.Random(seed)
    first = _Replica()
    replicas = [first, *(_Replica(first.update) for _ in range(chance.choice((1, 2))))]
    written: dict[str, Article] = {}
    for step in range(1, chance.randint(8, 24)):
        here = chance.choice(replicas)
        if chance.random() < 0.35:
            here.take(chance.choice(replicas))
        else:
            made = here.revise(chance.randint(1, 3), step, f"wording {step}")
            written[article_key(made)] = made
    for one in replicas:
        for other in replicas:
            one.take(other)

    assert all(replica.metadata == first.metadata for replica in replicas)
    reading = first.reading
    assert {article_key(a): a for a in reading.revisions} == written
    assert not reading.problems
    named = {parent for a in written.values() for parent in a.parents}
    heads = {key for key, a in written.items() if a.revision not in named}
    standing = {article_key(a) for a in reading.constitution.articles}
    disputed = {article_key(a) for conflict in reading.conflicts for a in conflict.heads}
    assert standing | disputed == heads


async def test_a_file_that_is_read_again_takes_nothing_back_that_was_ratified() -> None:
    """R13: a collaborative server replaces the document, its last second included, by a file that changed outside."""
    ana = Someone(0, Replica())
    saved = ana.replica.notebook.get()
    written: dict[str, Any] = {}
    while not written:
        written = await ana.ratify(random.Random(1))
    digest = await ana.sent()
    ana.replica.notebook.set(saved)

    shown = await ana.look()
    assert not ana.replica.reading.revisions
    assert shown.digest == digest, "in force meanwhile"
    (pending,) = shown.pending
    assert pending.writes.items() >= written.items()
    ana.replica.write(pending.writes)
    assert (await ana.look()).pending == () and await ana.sent() == digest


class TestShared(Shared.TestCase):  # type: ignore[name-defined,misc]
    """Random acts by two or three people, in any order; 2,000 such runs are in `tests/soak`."""

    settings = settings(max_examples=100, stateful_step_count=10, deadline=None)
