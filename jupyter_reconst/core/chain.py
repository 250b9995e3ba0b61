"""History as a chain: each revision seals its parents by what they said, so that a past that was rewritten is seen.

A seal is the SHA-256 of a revision's canonical JSON without what has its default, so that it is the same for every
reader. Revisions of before there were seals have none, and nothing is said of them. Whoever rewrites a revision and all
that follow it is not found out here: what is in force is accepted by content.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import AwareDatetime

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Id, Noun

ALTERED = "ALTERED: it is not what the next revision was made from"


class Version(Noun):
    """One moment of a constitution's history: after this revision."""

    revision: Id
    at: AwareDatetime
    author: str
    how: Literal["added", "revised", "repealed", "preamble"]
    title: str
    altered: bool = False


def seal(revision: Article) -> str | None:
    """What a revision says, as one number; None where it holds something that canonical JSON cannot say."""
    try:
        return digest(revision.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    except (ValueError, RecursionError):
        return None


def seals(parents: Iterable[Article]) -> tuple[str, ...]:
    """The seals of a new revision's parents, in their order; none where one cannot be sealed."""
    found = [seal(parent) for parent in parents]
    return tuple(one for one in found if one) if all(found) else ()


def altered(revisions: Iterable[Article]) -> set[str]:
    """The revisions that no longer say what they said when another was made from them."""
    revisions = list(revisions)
    known = {(a.id, a.revision): a for a in revisions}
    found: set[str] = set()
    for article in revisions:
        if len(article.seals) == len(article.parents):
            for parent, sealed in zip(article.parents, article.seals, strict=True):
                held = known.get((article.id, parent))
                if held is not None and seal(held) != sealed:
                    found.add(parent)
    return found


def versions(reading: Reading) -> tuple[Version, ...]:
    """Every revision in the order of its making; authors are as claimed."""
    broken = altered(reading.revisions)
    articles = [
        Version(
            revision=a.revision,
            at=a.provenance.at,
            author=a.provenance.author,
            how="repealed" if a.repealed else "revised" if a.parents else "added",
            title=a.title,
            altered=a.revision in broken,
        )
        for a in reading.revisions
    ]
    preambles = [
        Version(revision=p.revision, at=p.provenance.at, author=p.provenance.author, how="preamble", title="")
        for p in reading.preambles
    ]
    return tuple(sorted((*articles, *preambles), key=lambda version: version.revision))


def at(reading: Reading, name: str) -> Reading:
    """What the notebook said after the revision with this id, or the only one whose id ends so. Raises NotFound."""
    ids = {version.revision for version in versions(reading)}
    found = [id for id in ids if name and id.endswith(name.upper())]
    if len(found) != 1:
        several = f"Several revisions end with {name}." if found else f"There is no revision {name}."
        raise NotFound(several, remedy="`jupyter reconst show NOTEBOOK --history` names them all.")
    last = found[0]
    return reading.model_copy(
        update={
            "revisions": tuple(a for a in reading.revisions if a.revision <= last),
            "preambles": tuple(p for p in reading.preambles if p.revision <= last),
            "cases": tuple(c for c in reading.cases if c.id <= last),
        }
    )
