"""An argument: symbols, named premises and a claim, each with the words of the passage that it comes from."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from jupyter_reconst.core.formal.sorts import NUMBERS, TRUTH, WORLD, IllSorted, sentence
from jupyter_reconst.core.formal.terms import MODALITIES, Name, Symbol, Term, nodes
from jupyter_reconst.core.nouns import Noun, Prose

Frame = Literal["K", "T", "S4", "S5"]
"""What “necessarily” is taken to mean. K: anything. T: what is necessary is so. S4: and necessarily so. S5: one space
of possibilities, of which everything that is possible is part."""

_PLACE = re.compile(r"\{(\d*)\}")


class Words(Noun):
    """Where a sentence comes from: the quote, and its code points in the passage, end exclusive."""

    quote: Prose
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Sentence(Noun):
    """A premise or the claim. Without `source` it is not said in the passage: the argument needs it all the same."""

    name: Name
    formula: Term
    source: Words | None = None


class Argument(Noun):
    """Premises and a claim over one list of symbols. One that exists is well-sorted."""

    symbols: tuple[Symbol, ...] = Field(max_length=60)
    premises: tuple[Sentence, ...] = Field(default=(), max_length=24)
    claim: Sentence
    frame: Frame | None = Field(default=None, description="For necessity and possibility; none where there is neither")

    @property
    def signature(self) -> dict[str, Symbol]:
        """The symbols by name."""
        return {symbol.name: symbol for symbol in self.symbols}

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The premises, then the claim."""
        return (*self.premises, self.claim)

    @property
    def modal(self) -> bool:
        """Whether it speaks of necessity or possibility."""
        return any(node.op in MODALITIES for one in self.sentences for node, _ in nodes(one.formula))

    @model_validator(mode="after")
    def _sorted(self) -> Argument:
        names = [one.name for one in self.sentences]
        if len({*names}) < len(names):
            raise IllSorted("two sentences have one name")
        signature = self.signature
        if len(signature) < len(self.symbols):
            raise IllSorted("two symbols have one name")
        for symbol in self.symbols:
            _readable(symbol)
        for one in self.sentences:
            try:
                sentence(one.formula, signature)
            except IllSorted as error:
                raise IllSorted(f"{one.name}: {error}") from None
        if self.modal:
            if self.frame is None:
                raise IllSorted("it speaks of necessity, and does not say in which frame: K, T, S4 or S5")
            if WORLD in _sorts(self):
                raise IllSorted("“world” is no sort of an argument that speaks of necessity")
        return self


def _readable(symbol: Symbol) -> None:
    """Whether its words have a place for each argument, and for nothing else."""
    if TRUTH in symbol.takes:
        raise IllSorted(f"“{symbol.name}” takes a truth value")
    if symbol.words:
        places = {f"{number}" for number in range(1, len(symbol.takes) + 1)}
        rest = _PLACE.sub("", symbol.words)
        if {*_PLACE.findall(symbol.words)} != places or "{" in rest or "}" in rest:
            raise IllSorted(f"the words of “{symbol.name}” need a place for each argument: {{1}}, {{2}}, …")


def _sorts(argument: Argument) -> set[str]:
    said = {sort for symbol in argument.symbols for sort in (*symbol.takes, symbol.gives)}
    bound = {node.sort for one in argument.sentences for node, _ in nodes(one.formula) if node.sort}
    return said | bound


def domains(argument: Argument) -> list[str]:
    """The sorts that are domains of things: neither truth values nor numbers."""
    return sorted(_sorts(argument) - NUMBERS - {TRUTH})
