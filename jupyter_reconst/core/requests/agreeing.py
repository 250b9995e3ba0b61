"""Agreeing with others before something is law: proposals, votes, and the rule of ratification.

Nobody says here who they are: proposals and votes are signed with the name of the person whom the server knows.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.nouns import Clause, Digest, Id, Line, Noun, Path
from jupyter_reconst.core.proposals import Answer, Terms


class Submit(Noun):
    """Put an amendment, or other terms, before the others. The preview says what was seen."""

    id: Id
    path: Path
    amendment: Amendment | None = None
    terms: Terms | None = None
    annotations: tuple[Annotation, ...] = Field(default=(), max_length=20)
    preview: Id | None = None
    prompts: tuple[Clause, ...] = Field(default=(), max_length=20, description="Own probes, for the others to see")
    note: Clause = ""

    @model_validator(mode="after")
    def _one(self) -> Submit:
        if (self.amendment is None) == (self.terms is None):
            raise ValueError("a proposal is about an amendment or about terms")
        return self


class Cast(Noun):
    """Vote on a proposal as it was read: exactly this digest."""

    id: Id
    path: Path
    proposal: Id
    of: Digest
    answer: Answer
    why: Line = ""
    provocation: Clause = ""


class Govern(Noun):
    """Let these terms hold from now on."""

    id: Id
    path: Path
    terms: Terms
