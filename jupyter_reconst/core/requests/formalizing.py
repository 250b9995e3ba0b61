"""Checking an argument: a passage to premises and a claim, each beside its formal form, and what a prover says."""

from __future__ import annotations

from pydantic import Field

from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.formal.argument import Frame, Words
from jupyter_reconst.core.formal.terms import Name, Symbol
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.core.nouns import Clause, Noun, Path, Prose


class Formalize(Noun):
    """Draft the formal form of a passage, and judge it. `anyway`: also where the model finds it not worth it."""

    path: Path
    passage: str = Field(min_length=1, max_length=8_000)
    anyway: bool = False


class FormalSentence(Noun):
    """A premise or the claim: the words that it comes from, its formula as text, in words, and in LaTeX.

    Without `source` it is not said in the passage. `doubt` says why it may not mean what the passage says.
    """

    name: Name
    source: Words | None = None
    formal: str = Field(max_length=8_000)
    words: Prose = ""
    latex: Prose = ""
    doubt: Clause = ""


class Verify(Noun):
    """Judge what a person edited. No model is asked; `words`, `latex` and `doubt` are made anew."""

    symbols: tuple[Symbol, ...] = Field(max_length=40)
    premises: tuple[FormalSentence, ...] = Field(default=(), max_length=24)
    claim: FormalSentence
    frame: Frame | None = None


class Formalized(Noun):
    """What came of it. A proposal: nothing is in force, pinned or adopted by it.

    Without `claim` nothing was formalised: `loss` says why it is not worth it, or what would be lost.
    """

    worth: bool = True
    loss: Clause = ""
    symbols: tuple[Symbol, ...] = ()
    premises: tuple[FormalSentence, ...] = ()
    claim: FormalSentence | None = None
    frame: Frame | None = None
    verdict: Verdict
    source: Source | None = Field(default=None, description="The model that drafted it; none where a person edited it")
    calls: int = Field(default=0, ge=0)
    cost: float | None = None
