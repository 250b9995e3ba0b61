"""History as a chain: each revision seals its parents by what they said, so that a past that was rewritten is seen.

A seal is the SHA-256 of a revision's canonical JSON without what has its default, so that it is the same for every
reader. Revisions of before there were seals have none, and nothing is said of them. Whoever rewrites a revision and all
that follow it is not found out here: what is in force is accepted by content.
"""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.constitution import Article

ALTERED = "ALTERED: it is not what the next revision was made from"


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
