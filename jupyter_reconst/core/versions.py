"""A constitution's history as people read it: every revision in the order of its making, and how things stood then."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from jupyter_reconst.core.chain import altered
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Id, Noun


class Version(Noun):
    """One moment of a constitution's history: after this revision."""

    revision: Id
    at: AwareDatetime
    author: str
    how: Literal["added", "revised", "repealed", "preamble"]
    title: str
    altered: bool = False


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
