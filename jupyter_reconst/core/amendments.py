"""Amendments: what is proposed, and what it would make of a constitution. Pure; ratifying is `acts/ratify`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Literal

from pydantic import model_validator

from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.chain import seals
from jupyter_reconst.core.constitution import Article, Constitution, Draft, Provenance, after, heads
from jupyter_reconst.core.errors import BadInput, NotFound, Stale
from jupyter_reconst.core.nouns import Clause, Id, Noun, ulid

Action = Literal["add", "revise", "repeal"]
Reach = Literal["case", "kind"]
"""How general: this case, or this kind of case."""


class Amendment(Noun):
    """A proposed change. `base` is the revision it was written against: revising a newer one is refused as stale."""

    id: Id
    action: Action
    article: Id | None = None
    base: Id | None = None
    draft: Draft | None = None
    order: str | None = None
    reach: Reach = "kind"
    source: Source = Source(by="person")
    annotations: tuple[Id, ...] = ()
    note: Clause = ""

    @model_validator(mode="after")
    def _whole(self) -> Amendment:
        if self.action != "repeal" and self.draft is None:
            raise ValueError("an amendment that adds or revises needs a draft")
        if self.action != "add" and (self.article is None or self.base is None):
            raise ValueError("an amendment that revises or repeals names its article and revision")
        return self


def amended(
    constitution: Constitution,
    amendment: Amendment,
    *,
    revisions: Iterable[Article] = (),
    revision: str | None = None,
    article: str | None = None,
    provenance: Provenance | None = None,
) -> tuple[Constitution, Article]:
    """The constitution after an amendment, and the revision that it adds.

    `revisions` are all that the notebook holds: with them a repealed article can be revised, which revives it, and an
    article in conflict is settled by choosing one of its versions, and by nothing else. Without a revision id the
    result is for trying only: its ids come from the content, so that equal drafts give equal messages. Raises NotFound
    for an unknown article, Stale where its revision has changed since, or where a version must be chosen first.
    """
    trial = bytes.fromhex(digest(amendment.model_dump(mode="json", exclude={"id", "annotations"})))
    made = revision or ulid(0, trial[:10])
    provenance = provenance or Provenance(at=datetime.fromtimestamp(0, timezone.utc))
    revisions = list(revisions)
    known = {(a.id, a.revision): a for a in (*revisions, *constitution.articles)}
    held = heads(known.values()).get(amendment.article or "", [])
    if amendment.action != "add" and amendment.article in constitution.scopes:
        return _nearer(constitution, amendment, revisions, made, provenance)
    if amendment.action == "add":
        new = Article(
            id=article or amendment.article or ulid(0, trial[10:20]),
            revision=made,
            parents=tuple(head.revision for head in held),
            seals=seals(held),
            order=amendment.order or _after(constitution),
            provenance=provenance,
            **_needed(amendment.draft).model_dump(),
        )
        return constitution.replaced(new), new
    current = known.get((amendment.article or "", amendment.base or ""))
    if current is None and not held:
        raise NotFound("The article that this would change is not in the constitution.")
    standing = constitution.article(amendment.article or "")
    if current is None or (current not in held and current != standing):
        raise Stale(f"“{(standing or held[0]).title}” has been changed since this was written.")
    disputed = len(held) > 1
    version = _chosen(held, current, amendment) if disputed else current
    draft = amendment.draft or version.draft
    parents = tuple(held) if disputed or current in held else (current,)
    new = version.model_copy(
        update={
            **draft.model_dump(),
            "revision": made,
            "parents": tuple(parent.revision for parent in parents),
            "seals": seals(parents),
            "order": amendment.order or version.order,
            "repealed": amendment.action == "repeal",
            "provenance": _traced(provenance, version, draft),
        }
    )
    if new.repealed:
        return constitution.without(new.id), new
    return constitution.replaced(new), new


def _nearer(
    constitution: Constitution, amendment: Amendment, revisions: list[Article], made: str, provenance: Provenance
) -> tuple[Constitution, Article]:
    """A version of the notebook's own of an article from a farther scope, after all that the notebook has had of it."""
    article = constitution.article(amendment.article or "")
    if article is None or article.revision != amendment.base:
        raise Stale("This article has been changed in its file since this was written.")
    draft = amendment.draft or article.draft
    parents = [article, *(a for a in heads(revisions).get(article.id, []) if a.revision != article.revision)]
    update = {
        **draft.model_dump(),
        "revision": made,
        "parents": tuple(parent.revision for parent in parents),
        "seals": seals(parents),
        "order": amendment.order or _after(constitution),
        "repealed": amendment.action == "repeal",
        "provenance": _traced(provenance, article, draft),
    }
    new = article.model_copy(update=update)
    return (constitution.without(new.id) if new.repealed else constitution.replaced(new)), new


def sourced(constitution: Constitution, amendment: Amendment) -> None:
    """Raises BadInput for a new fact without a source, and for one that would lose it. *Not known* is one."""
    draft, before = amendment.draft, constitution.article(amendment.article or "")
    bare = before is not None and before.kind == "knowledge" and not before.source.strip()
    if amendment.action != "repeal" and draft and draft.kind == "knowledge" and not (draft.source.strip() or bare):
        raise BadInput("A fact needs its source.", remedy="Say where it is from, or that the source is not known.")


def _chosen(held: list[Article], current: Article, amendment: Amendment) -> Article:
    """The version that an amendment of a disputed article chooses: it says again what that one says."""
    repeal = amendment.action == "repeal"
    for version in (current, *held):
        said = version.repealed if repeal else not version.repealed and version.draft == amendment.draft
        if said and amendment.order in (None, version.order):
            return version
    raise Stale(
        f"“{held[0].title}” has {len(held)} versions: choose one first.",
        remedy="Keep one of the versions in the sidebar, then go on.",
    )


def _traced(provenance: Provenance, version: Article, draft: Draft) -> Provenance:
    """With the words that the article came from before. Its evidence and note stay while it reads the same."""
    before = version.provenance
    words = {said.annotation or said.model_dump_json(): said for said in (*before.words, *provenance.words)}
    update: dict[str, object] = {"words": tuple(words.values())}
    if _read(draft) == _read(version.draft) and not provenance.evidence:
        update |= {"evidence": before.evidence, "note": provenance.note or before.note}
    return provenance.model_copy(update=update)


def _read(draft: Draft) -> dict[str, object]:
    """What a model reads of it."""
    return draft.model_dump(exclude={"why", "enabled"})


def _after(constitution: Constitution) -> str:
    """A sort key after the last article."""
    return after(constitution.articles[-1].order if constitution.articles else "")


def _needed(draft: Draft | None) -> Draft:
    if draft is None:
        raise Stale("This amendment has no wording.")
    return draft
