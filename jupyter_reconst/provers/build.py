"""From a tree to the terms of a solver, one operator at a time. Z3 and cvc5 have the same Python interface for this.

With a size, every domain has at most so many elements, quantifiers over domains are written out, and what is left can
be decided; without one they stay quantifiers.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from jupyter_reconst.core.formal.argument import Argument, domains
from jupyter_reconst.core.formal.sorts import INT, NUMBERS, REAL, TRUTH, sort_of
from jupyter_reconst.core.formal.terms import Term

WRITTEN_OUT = 20_000
"""Nodes that writing quantifiers out may make."""


class TooMuch(Exception):
    """Writing the quantifiers out would take too many nodes."""


class Builder:
    """The terms of one argument. `api` is the solver's module."""

    def __init__(self, api: Any, argument: Argument, size: int | None) -> None:
        self._api = api
        self._signature = argument.signature
        self._left = WRITTEN_OUT
        self._variables = 0
        self.sorts: dict[str, Any] = {TRUTH: api.BoolSort(), INT: api.IntSort(), REAL: api.RealSort()}
        self.sorts |= {name: api.DeclareSort(f"sort {name}") for name in domains(argument)}
        self.functions = {
            symbol.name: api.Function(
                f"symbol {symbol.name}", *(self.sorts[sort] for sort in symbol.takes), self.sorts[symbol.gives]
            )
            if symbol.takes
            else api.Const(f"symbol {symbol.name}", self.sorts[symbol.gives])
            for symbol in argument.symbols
        }
        self.elements: dict[str, list[Any]] = {
            name: [api.Const(f"{name} {number}", self.sorts[name]) for number in range(1, (size or 0) + 1)]
            for name in domains(argument)
        }
        self.written = size is not None
        self.seen: list[tuple[str, list[Any], Any]] = []
        """Symbols applied to what no quantifier over numbers binds: name, arguments, the whole."""

    def closed(self) -> list[Any]:
        """That each domain has no more than its elements: every value of a symbol is one of them."""
        said = []
        for symbol in self._signature.values():
            elements = self.elements.get(symbol.gives)
            if elements is None:
                continue
            if any(sort in NUMBERS for sort in symbol.takes):
                raise TooMuch
            for args in product(*(self.elements[sort] for sort in symbol.takes)):
                self._spend()
                value = self.functions[symbol.name](*args) if args else self.functions[symbol.name]
                said.append(self._or([value == element for element in elements]))
        return said

    def apart(self) -> list[Any]:
        """That constants of one domain name different things, as readers take them to."""
        return [self._api.Distinct(*named) for named in self._constants().values() if len(named) > 1]

    def named(self) -> int:
        """How many constants the domain with most of them has."""
        return max((len(named) for named in self._constants().values()), default=0)

    def _constants(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {name: [] for name in self.elements}
        for symbol in self._signature.values():
            if not symbol.takes and symbol.gives in found:
                found[symbol.gives].append(self.functions[symbol.name])
        return found

    def built(self, term: Term, bound: dict[str, tuple[str, Any]], *, numbers: bool = False) -> Any:
        """The solver's term. `bound`: sort and term of each variable; `numbers`: whether one ranges over numbers."""
        self._spend()
        if term.op in ("forall", "exists"):
            return self._quantified(term, bound, numbers)
        if term.op == "variable":
            return bound[term.name or ""][1]
        if term.op == "number":
            value = term.value or ""
            return self._api.IntVal(int(value)) if value.lstrip("-").isdigit() else self._api.RealVal(value)
        args = [self.built(arg, bound, numbers=numbers) for arg in term.args]
        if term.op == "apply":
            return self._applied(term, args, bound, numbers)
        if term.op in ("true", "false"):
            return self._api.BoolVal(term.op == "true")
        if term.op == "not":
            return self._api.Not(args[0])
        if term.op == "and":
            return self._and(args)
        if term.op == "or":
            return self._or(args)
        if term.op == "implies":
            return self._api.Implies(*args)
        if term.op == "iff":
            return args[0] == args[1]
        return self._number(term, args, bound)

    def _number(self, term: Term, args: list[Any], bound: dict[str, tuple[str, Any]]) -> Any:
        """Comparisons and arithmetic; whole numbers among others become numbers."""
        sorts = [self._sort(arg, bound) for arg in term.args]
        if REAL in sorts or term.op == "divide":
            args = [self._real(arg, sort) for arg, sort in zip(args, sorts, strict=True)]
        one, *rest = args
        match term.op:
            case "equal":
                return one == rest[0]
            case "distinct":
                return one != rest[0]
            case "less":
                return one < rest[0]
            case "at_most":
                return one <= rest[0]
            case "greater":
                return one > rest[0]
            case "at_least":
                return one >= rest[0]
            case "negate":
                return -one
        for other in rest:
            match term.op:
                case "add":
                    one = one + other
                case "subtract":
                    one = one - other
                case "multiply":
                    one = one * other
                case "divide":
                    one = one / other
                case _:
                    raise ValueError(f"{term.op} has no place here")
        return one

    def _applied(self, term: Term, args: list[Any], bound: dict[str, tuple[str, Any]], numbers: bool) -> Any:
        symbol = self._signature[term.name or ""]
        given = [
            self._real(arg, self._sort(one, bound)) if sort == REAL else arg
            for arg, one, sort in zip(args, term.args, symbol.takes, strict=True)
        ]
        function = self.functions[symbol.name]
        whole = function(*given) if given else function
        if not numbers:
            self.seen.append((symbol.name, given, whole))
        return whole

    def _quantified(self, term: Term, bound: dict[str, tuple[str, Any]], numbers: bool) -> Any:
        assert term.name and term.sort
        every, body = term.op == "forall", term.args[0]
        if self.written and term.sort not in NUMBERS:
            all = [
                self.built(body, {**bound, term.name: (term.sort, element)}, numbers=numbers)
                for element in self.elements[term.sort]
            ]
            return self._and(all) if every else self._or(all)
        self._variables += 1
        one = self._api.Const(f"variable {self._variables}", self.sorts[term.sort])
        numbers = numbers or term.sort in NUMBERS
        inner = self.built(body, {**bound, term.name: (term.sort, one)}, numbers=numbers)
        return self._api.ForAll([one], inner) if every else self._api.Exists([one], inner)

    def _sort(self, term: Term, bound: dict[str, tuple[str, Any]]) -> str:
        return sort_of(term, self._signature, {name: sort for name, (sort, _) in bound.items()})

    def _real(self, term: Any, sort: str) -> Any:
        return self._api.ToReal(term) if sort == INT else term

    def _and(self, terms: list[Any]) -> Any:
        return self._api.And(*terms) if len(terms) > 1 else terms[0]

    def _or(self, terms: list[Any]) -> Any:
        return self._api.Or(*terms) if len(terms) > 1 else terms[0]

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuch
