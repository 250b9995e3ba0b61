"""What a prover found: one of five verdicts, and for one that does not follow a case in which it fails.

A counter-model is checked here, by evaluating every premise and the claim in it: what a solver calls a model counts
only where this agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Literal

from pydantic import Field

from jupyter_reconst.core.formal.argument import Argument
from jupyter_reconst.core.formal.reading import phrase
from jupyter_reconst.core.formal.sorts import NUMBERS, TRUTH
from jupyter_reconst.core.formal.terms import Name, Term
from jupyter_reconst.core.nouns import Clause, Line, Noun

Says = Literal["follows", "does not follow", "premises inconsistent", "not decided", "not checked"]

FACTS = 400
DOUBT = "Whether the premises are consistent was not decided."
"""The reservation of a *follows*: from premises that contradict each other everything does."""


class Fact(Noun):
    """What a symbol is of some arguments: `true`, `false`, a number, or an element (`thing 1`)."""

    symbol: Name
    args: tuple[Line, ...] = ()
    value: Line


class CounterModel(Noun):
    """A way that things could be: how many things of each sort there are, and what is so of them."""

    sizes: dict[Name, int] = Field(default={}, description="Elements of each domain; they are called `thing 1`, …")
    facts: tuple[Fact, ...] = Field(default=(), max_length=FACTS)


class Verdict(Noun):
    """What was found. Only *follows*, *does not follow* and *premises inconsistent* say that something was checked.

    `core`: the premises that it rests on; for an inconsistency, those that contradict each other. Empty for what
    follows from nothing at all. `why`: what stood in the way, or what should be known besides.
    """

    says: Says
    core: tuple[Name, ...] = ()
    consistent: bool | None = Field(default=None, description="Of the premises alone; none where it is not known")
    model: CounterModel | None = None
    words: tuple[Clause, ...] = Field(default=(), description="The counter-model in the passage's own words")
    why: Clause = ""
    by: tuple[Line, ...] = Field(default=(), description="Who found it: provers and their versions")

    @property
    def checked(self) -> bool:
        """Whether a prover settled it."""
        return self.says not in ("not decided", "not checked")


class Undetermined(Exception):
    """A model does not say enough to evaluate a formula: it quantifies over numbers, or a fact is missing."""


def refutes(model: CounterModel, argument: Argument) -> bool:
    """Whether every premise is true in a model and the claim false. Raises Undetermined."""
    reader = _Reader(model, argument)
    premises = all(reader.value(one.formula, {}) is True for one in argument.premises)
    return premises and reader.value(argument.claim.formula, {}) is False


Value = bool | Fraction | str


class _Reader:
    def __init__(self, model: CounterModel, argument: Argument) -> None:
        self._sizes = model.sizes
        self._signature = argument.signature
        self._facts = {(fact.symbol, fact.args): fact.value for fact in model.facts}

    def value(self, term: Term, bound: Mapping[str, Value]) -> Value:
        """What a term is in the model."""
        op = term.op
        if op in ("forall", "exists"):
            if term.sort in NUMBERS:
                raise Undetermined
            elements = (f"{term.sort} {n}" for n in range(1, self._sizes[term.sort or ""] + 1))
            found = [self.value(term.args[0], {**bound, term.name or "": one}) for one in elements]
            return all(found) if op == "forall" else any(found)
        if op == "variable":
            return bound[term.name or ""]
        if op == "number":
            return Fraction(term.value or "")
        args = [self.value(arg, bound) for arg in term.args]
        if op == "apply":
            return self._fact(term.name or "", args)
        return _computed(op, args)

    def _fact(self, name: str, args: list[Value]) -> Value:
        said = self._facts.get((name, tuple(map(str, args))))
        gives = self._signature[name].gives
        if said is None:
            raise Undetermined
        if gives == TRUTH:
            return said == "true"
        if gives in NUMBERS:
            try:
                return Fraction(said)
            except ValueError:
                raise Undetermined from None  # An irrational number, which is only told about.
        return said


def _computed(op: str, args: list[Value]) -> Value:
    truths = [arg is True for arg in args]
    if op in ("true", "false"):
        return op == "true"
    if op == "not":
        return not truths[0]
    if op in ("and", "or"):
        return all(truths) if op == "and" else any(truths)
    if op == "implies":
        return not truths[0] or truths[1]
    if op == "iff":
        return truths[0] == truths[1]
    if op in ("equal", "distinct"):
        return (args[0] == args[1]) == (op == "equal")
    numbers = [arg for arg in args if isinstance(arg, Fraction)]
    one, rest = numbers[0], numbers[1:]
    if op == "negate":
        return -one
    if op in ("less", "at_most", "greater", "at_least"):
        other = rest[0]
        return {"less": one < other, "at_most": one <= other, "greater": one > other, "at_least": one >= other}[op]
    for other in rest:
        match op:
            case "add":
                one += other
            case "subtract":
                one -= other
            case "multiply":
                one *= other
            case _:
                one /= other
    return one


def told(model: CounterModel, argument: Argument) -> tuple[str, ...]:
    """A model in the words of the symbols: who there is, then what is so, what is not, and how much things are."""
    signature = argument.signature
    names = _called(model, argument)
    lines = []
    for sort, size in model.sizes.items():
        who = [names[f"{sort} {n}"] for n in range(1, size + 1)]
        lines.append(f"There {'is' if size == 1 else 'are'} {size} of the sort “{sort}”: {', '.join(who)}.")
    so: list[str] = []
    not_so: list[str] = []
    values: list[str] = []
    for fact in model.facts:
        symbol = signature[fact.symbol]
        said = phrase(symbol, [names.get(arg, arg) for arg in fact.args])
        if symbol.gives == TRUTH:
            (so if fact.value == "true" else not_so).append(said)
        elif names.get(fact.value) != said:
            values.append(f"{said} is {names.get(fact.value, fact.value)}.")
    return (*lines, *(f"So: {said}." for said in so), *(f"Not so: {said}." for said in not_so), *values)


def _called(model: CounterModel, argument: Argument) -> dict[str, str]:
    """What each element is called: by the constant that names it, otherwise by its number."""
    elements = [f"{sort} {n}" for sort, size in model.sizes.items() for n in range(1, size + 1)]
    names = {element: element for element in elements}
    for fact in reversed(model.facts):
        if not fact.args and fact.value in names:
            names[fact.value] = phrase(argument.signature[fact.symbol], [])
    return names


def tuples(sizes: Mapping[str, int], takes: tuple[str, ...]) -> list[tuple[str, ...]] | None:
    """Every combination of elements that a symbol takes; None where it takes numbers."""
    if any(sort in NUMBERS for sort in takes):
        return None
    return list(product(*([f"{sort} {n}" for n in range(1, sizes[sort] + 1)] for sort in takes)))


_TITLES: Mapping[Says, str] = {
    "follows": "It follows.",
    "does not follow": "It does not follow.",
    "premises inconsistent": "The premises are inconsistent.",
    "not decided": "Not decided.",
    "not checked": "Not checked.",
}
_ALONE = {
    True: "they can all be true",
    False: "they cannot all be true",
    None: "whether they can all be true is not known",
}


def plainly(verdict: Verdict) -> tuple[str, ...]:
    """What a verdict says to a person: its title, what holds of the premises alone, and what it rests on."""
    lines = [_TITLES[verdict.says], f"The premises alone: {_ALONE[verdict.consistent]}."]
    if verdict.core:
        said = "It rests on" if verdict.says == "follows" else "These contradict each other"
        lines.append(f"{said}: {', '.join(verdict.core)}.")
    lines += [verdict.why] if verdict.why else []
    if verdict.words:
        lines += ["It could be like this, with the premises true and the claim false:", *verdict.words]
    return (*lines, *([f"Judged by {', '.join(verdict.by)}."] if verdict.by else []))
