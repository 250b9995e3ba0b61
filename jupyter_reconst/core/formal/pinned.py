"""An argument whose verdict is kept as a case. Judging it again takes the prover alone, so no model is asked for it."""

from __future__ import annotations

from pydantic import Field

from jupyter_reconst.core.constitution import Provenance
from jupyter_reconst.core.formal.verdicts import Says
from jupyter_reconst.core.formal.written import Written
from jupyter_reconst.core.nouns import Id, Kept, Prose


class Pinned(Kept):
    """The passage, the turn that it lies in, its sentences, and what the prover must say of them again."""

    id: Id
    passage: Prose
    turn: Id | None = None
    argument: Written
    says: Says = Field(description="Of the argument as it is written here")
    provenance: Provenance
