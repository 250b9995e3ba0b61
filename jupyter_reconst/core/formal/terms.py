"""The tree: a closed list of operators, and bounds that hold before anything is built from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from jupyter_reconst.core.nouns import Noun

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
"""Of a symbol, a variable or a sort. It never reaches a prover's parser, and could say nothing there."""

Numeral = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,18}(\.[0-9]{1,9}|/[1-9][0-9]{0,8})?$")]

Connective = Literal["true", "false", "not", "and", "or", "implies", "iff"]
Quantifier = Literal["forall", "exists"]
Modality = Literal["box", "diamond"]
Comparison = Literal["equal", "distinct", "less", "at_most", "greater", "at_least"]
Operation = Literal["add", "subtract", "multiply", "divide", "negate"]
Op = Connective | Quantifier | Modality | Comparison | Operation | Literal["apply", "variable", "number"]

MODALITIES = frozenset(get_args(Modality))
COMPARISONS = frozenset(get_args(Comparison))

DEPTH = 24
NODES = 300
"""Of one sentence; what is deeper or larger is refused before a prover is started."""


class Term(Noun):
    """One node. `name`: of the symbol, the variable (bound or used). `sort`: of the bound variable. `value`: a number.

    `apply` without arguments is a constant, or a sentence letter.
    """

    op: Op
    name: Name | None = None
    sort: Name | None = None
    value: Numeral | None = None
    args: tuple[Term, ...] = Field(default=(), max_length=12)


class Symbol(Noun):
    """A predicate, function or constant: the sorts it takes, the sort it gives, and how it reads.

    `words` has a place {1}, {2}, … for each argument: “{1} is taller than {2}”. Sorts: `truth`, `int`, `real`, or any
    other name, for a domain of its own that is never empty.
    """

    name: Name
    takes: tuple[Name, ...] = Field(default=(), max_length=4)
    gives: Name = "truth"
    words: str = Field(default="", max_length=160)


def nodes(term: Term) -> Iterator[tuple[Term, int]]:
    """Every node with its depth, from 1; without recursion, so that no tree is too deep to be measured."""
    waiting = [(term, 1)]
    while waiting:
        one, depth = waiting.pop()
        yield one, depth
        waiting += [(arg, depth + 1) for arg in one.args]


def apply(name: str, *args: Term) -> Term:
    """A symbol applied to arguments."""
    return Term(op="apply", name=name, args=args)


def variable(name: str) -> Term:
    """A variable, where it is used."""
    return Term(op="variable", name=name)
