"""Well-sortedness: what each node of a tree takes and gives. An ill-sorted tree never becomes an argument."""

from __future__ import annotations

from collections.abc import Mapping

from jupyter_reconst.core.formal.terms import COMPARISONS, DEPTH, MODALITIES, NODES, Symbol, Term, nodes

TRUTH, INT, REAL, WORLD = "truth", "int", "real", "world"
NUMBERS = frozenset({INT, REAL})

Signature = Mapping[str, Symbol]

_CONNECTIVES = {"true": 0, "false": 0, "not": 1, "implies": 2, "iff": 2}
_FIELDS = {"apply": {"name"}, "variable": {"name"}, "number": {"value"}, "forall": {"name", "sort"}}
_FIELDS["exists"] = _FIELDS["forall"]


class IllSorted(ValueError):
    """A sentence that says nothing: what is wrong with it, in words."""


def sentence(term: Term, signature: Signature) -> None:
    """Raises IllSorted unless the term is a closed sentence, within the bounds, over this signature."""
    for size, (_, depth) in enumerate(nodes(term), 1):
        if depth > DEPTH or size > NODES:
            raise IllSorted(f"a sentence is at most {DEPTH} deep and {NODES} nodes large")
    _expect(TRUTH, term, signature, {})


def sort_of(term: Term, signature: Signature, bound: Mapping[str, str]) -> str:
    """What a term gives. `bound` holds the sorts of the variables around it."""
    _fields(term)
    op, args = term.op, term.args
    if op in ("forall", "exists"):
        _arity(term, 1)
        assert term.name and term.sort
        if term.sort == TRUTH:
            raise IllSorted("a variable ranges over things or numbers, not over truth values")
        if term.name in signature:
            raise IllSorted(f"“{term.name}” is a symbol already; call the variable something else")
        _expect(TRUTH, args[0], signature, {**bound, term.name: term.sort})
        return TRUTH
    if op in _CONNECTIVES or op in ("and", "or") or op in MODALITIES:
        if op in ("and", "or"):
            _arity(term, 2, 12)
        else:
            _arity(term, _CONNECTIVES.get(op, 1))
        for arg in args:
            _expect(TRUTH, arg, signature, bound)
        return TRUTH
    if op in COMPARISONS:
        _arity(term, 2)
        one, other = (sort_of(arg, signature, bound) for arg in args)
        if op in ("equal", "distinct") and one == other != TRUTH:
            return TRUTH
        if {one, other} <= NUMBERS:
            return TRUTH
        raise IllSorted(f"{one} and {other} cannot be compared by “{op}”")
    if op == "apply":
        return _applied(term, signature, bound)
    if op == "variable":
        _arity(term, 0)
        if (sort := bound.get(term.name or "")) is None:
            raise IllSorted(f"the variable “{term.name}” is bound by nothing")
        return sort
    if op == "number":
        _arity(term, 0)
        assert term.value
        return INT if term.value.lstrip("-").isdigit() else REAL
    return _number(term, signature, bound)


def _applied(term: Term, signature: Signature, bound: Mapping[str, str]) -> str:
    symbol = signature.get(term.name or "")
    if symbol is None:
        known = ", ".join(signature) or "none"
        raise IllSorted(f"“{term.name}” is not among the symbols ({known})")
    _arity(term, len(symbol.takes))
    for wanted, arg in zip(symbol.takes, term.args, strict=True):
        _expect(wanted, arg, signature, bound)
    return symbol.gives


def _number(term: Term, signature: Signature, bound: Mapping[str, str]) -> str:
    """Arithmetic. Only a number other than zero divides, so that everything has a value."""
    _arity(term, 1 if term.op == "negate" else 2, 1 if term.op == "negate" else 12)
    if term.op in ("subtract", "divide"):
        _arity(term, 2)
    found = {sort_of(arg, signature, bound) for arg in term.args}
    if not found <= NUMBERS:
        raise IllSorted(f"“{term.op}” takes numbers, not {', '.join(sorted(found - NUMBERS))}")
    if term.op == "divide":
        divisor = term.args[1]
        if divisor.op != "number" or not (divisor.value or "").strip("-0./"):
            raise IllSorted("only a number other than zero divides")
        return REAL
    return REAL if REAL in found else INT


def _expect(wanted: str, term: Term, signature: Signature, bound: Mapping[str, str]) -> None:
    found = sort_of(term, signature, bound)
    if found != wanted and (found, wanted) != (INT, REAL):
        what = f"“{term.name}”" if term.name else f"“{term.op}”"
        raise IllSorted(f"{what} gives {found} where {wanted} is wanted")


def _arity(term: Term, least: int, most: int | None = None) -> None:
    if not least <= len(term.args) <= (least if most is None else most):
        name = term.name if term.op == "apply" else term.op
        raise IllSorted(f"“{name}” has {len(term.args)} arguments")


def _fields(term: Term) -> None:
    """Each operator has the fields that it needs, and no other: what is said twice could be meant twice."""
    has = {field for field in ("name", "sort", "value") if getattr(term, field) is not None}
    if has != _FIELDS.get(term.op, set()):
        raise IllSorted(f"“{term.op}” has {', '.join(sorted(has)) or 'no name, sort or value'}")
