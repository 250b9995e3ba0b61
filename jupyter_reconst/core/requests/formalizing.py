"""Checking an argument: a passage to premises and a claim, each beside its formal form, and what a prover says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.formal.argument import Frame
from jupyter_reconst.core.formal.terms import Symbol
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.core.formal.written import Stated, Written
from jupyter_reconst.core.nouns import Clause, Id, Noun, Path, Prose
from jupyter_reconst.core.requests.asking import Failed


class Formalize(Noun):
    """Draft the formal form of a passage, and judge it. `anyway`: also where it is not worth it, or nothing can judge.

    `weigh`: say only whether it is worth it, and what would be lost.
    """

    path: Path
    passage: str = Field(min_length=1, max_length=8_000)
    weigh: bool = False
    anyway: bool = False


class FormalSentence(Stated):
    """A sentence as it is shown: its formula in words and in LaTeX too. `doubt`: why it may mean something else.

    `rule`: of a premise, the wording of an article that lets it be assumed only with a reason.
    """

    words: Prose = ""
    latex: Prose = ""
    doubt: Clause = ""
    rule: Draft | None = None


class Verify(Noun):
    """Judge what a person wrote or edited. No model is asked."""

    argument: Written


class Pin(Noun):
    """Keep an argument with its verdict as a case. `id` names the case, so that a retry keeps it once."""

    id: Id
    path: Path
    passage: str = Field(min_length=1, max_length=8_000)
    turn: Id | None = None
    argument: Written


class Formalized(Noun):
    """What came of it so far. A proposal: nothing is in force, pinned or adopted by it.

    Without `claim` nothing is formalised (yet): `loss` says why it is not worth it, or what would be lost. Without
    `verdict` nothing is judged yet.
    """

    type: Literal["formalized"] = "formalized"
    worth: bool = True
    loss: Clause = ""
    symbols: tuple[Symbol, ...] = ()
    premises: tuple[FormalSentence, ...] = ()
    claim: FormalSentence | None = None
    frame: Frame | None = None
    verdict: Verdict | None = None
    told: tuple[Clause, ...] = Field(
        default=(), description="The verdict in plain words: its title, then what it means"
    )
    source: Source | None = Field(default=None, description="The model that drafted it; none where a person edited it")
    call: Id | None = Field(default=None, description="What the model was sent for it: ask `sent`")
    calls: int = Field(default=0, ge=0)
    cost: float | None = None


FormalizeEvent = Annotated[Formalized | Failed, Field(discriminator="type")]
