"""An argument as people read and edit it: sentences in words, each beside its formula as text."""

from __future__ import annotations

from pydantic import Field, ValidationError

from jupyter_reconst.core.formal.argument import Argument, Frame, Sentence, Words
from jupyter_reconst.core.formal.notation import Unreadable, load
from jupyter_reconst.core.formal.terms import Name, Symbol
from jupyter_reconst.core.nouns import Kept, Prose


class Stated(Kept):
    """A premise or the claim. `said`: the sentence, in words that a person may change. `formal`: its formula as text.

    Without `source` it is not said in the passage.
    """

    name: Name
    source: Words | None = None
    said: Prose = ""
    formal: str = Field(max_length=8_000)


class Written(Kept):
    """Premises and a claim over one list of symbols. It may not be well-formed yet: that is found out by reading it."""

    symbols: tuple[Symbol, ...] = Field(max_length=60)
    premises: tuple[Stated, ...] = Field(default=(), max_length=24)
    claim: Stated
    frame: Frame | None = None

    @property
    def sentences(self) -> tuple[Stated, ...]:
        """The premises, then the claim."""
        return (*self.premises, self.claim)

    def argument(self) -> Argument:
        """The trees. Raises ValueError, which says in words what is not well-formed."""
        try:
            return Argument(
                symbols=self.symbols,
                premises=tuple(_read(one) for one in self.premises),
                claim=_read(self.claim),
                frame=self.frame,
            )
        except ValidationError as error:
            said = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
            message = f"This is not a well-formed argument: {said.removeprefix('Value error, ')}."
            raise ValueError(message) from None


def _read(one: Stated) -> Sentence:
    try:
        return Sentence(name=one.name, formula=load(one.formal), source=one.source)
    except Unreadable as error:
        raise ValueError(f"“{one.name}” cannot be read: {error}.") from None
