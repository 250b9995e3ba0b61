"""What people say to each other about an amendment before it is law: rules of ratification, proposals, votes.

Each is an immutable record under a key of its own, so that merging loses none. Names are as claimed by the file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Literal

from pydantic import AwareDatetime, Field, model_validator

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.constitution import Provenance
from jupyter_reconst.core.nouns import Clause, Digest, Id, Kept, Line, Noun

Answer = Literal["agree", "pass", "disagree"]


class Terms(Noun):
    """Who must agree. one: whoever ratifies. some: so many of these people. writers: all who wrote what stands."""

    kind: Literal["one", "some", "writers"] = "one"
    needs: int = Field(default=1, ge=1, le=50)
    people: tuple[Line, ...] = Field(default=(), max_length=50)

    @model_validator(mode="after")
    def _reachable(self) -> Terms:
        if self.kind == "some" and self.needs > len(distinct(self.people)):
            raise ValueError("more people must agree than are named")
        return self


class Rule(Kept):
    """One rule of ratification. It holds for every revision after it, and for the next rule."""

    revision: Id
    terms: Terms
    provenance: Provenance


class Proposed(Kept):
    """A change that somebody put before the others: an amendment, or other terms.

    `prompts` are the proposer's own probes, so that others can see the same impact; `replaces` is an earlier wording.
    """

    id: Id
    amendment: Amendment | None = None
    terms: Terms | None = None
    prompts: tuple[Clause, ...] = Field(default=(), max_length=20)
    replaces: Id | None = None
    provenance: Provenance

    @model_validator(mode="after")
    def _one(self) -> Proposed:
        if (self.amendment is None) == (self.terms is None):
            raise ValueError("a proposal is about an amendment or about terms")
        _ = self.digest  # Half a character cannot be voted on: refused here, once.
        return self

    @property
    def digest(self) -> str:
        """What is voted on: with other words it is another proposal."""
        amendment = self.amendment and {
            **self.amendment.model_dump(mode="json", include={"action", "article", "base", "order"}),
            "draft": self.amendment.draft and self.amendment.draft.wording,
        }
        return digest({"amendment": amendment, "terms": self.terms})


class Vote(Kept):
    """What one person said of one wording, `of` by its digest. The last vote of a person counts."""

    id: Id
    proposal: Id
    of: Digest
    answer: Answer
    why: Line = ""
    provocation: Clause = Field(default="", description="A prompt that shows what is wrong with it")
    author: Line = ""
    at: AwareDatetime


def spelt(name: str) -> str:
    """A name as names are compared: two spellings of one name are one person."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names, each person once and nobody without one."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(spelt(name), name)
    found.pop("", None)
    return tuple(found.values())
