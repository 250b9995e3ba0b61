"""What a formula says in plain words, and in LaTeX: a function of the tree and of how its symbols read."""

from __future__ import annotations

import re

from jupyter_reconst.core.formal.sorts import Signature
from jupyter_reconst.core.formal.terms import Symbol, Term

_PLACE = re.compile(r"\{(\d)\}")
_BETWEEN = {
    "and": " and ",
    "or": " or ",
    "iff": " if and only if ",
    "equal": " is ",
    "distinct": " is not ",
    "less": " is less than ",
    "at_most": " is at most ",
    "greater": " is greater than ",
    "at_least": " is at least ",
    "add": " plus ",
    "subtract": " minus ",
    "multiply": " times ",
    "divide": " divided by ",
}
_SIGNS = {
    "and": r"\land",
    "or": r"\lor",
    "iff": r"\leftrightarrow",
    "implies": r"\to",
    "equal": "=",
    "distinct": r"\neq",
    "less": "<",
    "at_most": r"\leq",
    "greater": ">",
    "at_least": r"\geq",
    "add": "+",
    "subtract": "-",
    "multiply": r"\cdot",
    "divide": "/",
    "not": r"\lnot",
    "negate": "-",
    "box": r"\Box",
    "diamond": r"\Diamond",
    "forall": r"\forall",
    "exists": r"\exists",
    "true": r"\top",
    "false": r"\bot",
}
_KINDS = {"int": "whole number", "real": "number"}
_BARE = {"apply", "variable", "number", "true", "false"}


def in_words(term: Term, signature: Signature) -> str:
    """The formula in words. Compounds inside others stand in brackets, so that it can be read in one way only."""
    op, args = term.op, term.args
    if op == "apply":
        return phrase(signature[term.name or ""], [_part(arg, signature) for arg in args])
    if op in ("variable", "number"):
        return term.name or term.value or ""
    if op in ("true", "false"):
        return "something that is always so" if op == "true" else "a contradiction"
    parts = [_part(arg, signature) for arg in args]
    if op in ("forall", "exists"):
        thing = f"{_KINDS.get(term.sort or '', term.sort)} {term.name}"
        return f"for every {thing}: {parts[0]}" if op == "forall" else f"there is a {thing} such that {parts[0]}"
    if op == "implies":
        return f"if {parts[0]}, then {parts[1]}"
    if op == "not":
        return f"it is not the case that {parts[0]}"
    if op in ("box", "diamond"):
        return f"{'necessarily' if op == 'box' else 'possibly'}, {parts[0]}"
    if op == "negate":
        return f"minus {parts[0]}"
    return _BETWEEN[op].join(parts)


def phrase(symbol: Symbol, args: list[str]) -> str:
    """A symbol with its arguments filled in."""
    words = symbol.words or _plain(symbol)
    return _PLACE.sub(lambda place: args[int(place.group(1)) - 1], words)


def _plain(symbol: Symbol) -> str:
    """How a symbol reads that nobody gave words."""
    places = ", ".join(f"{{{number}}}" for number in range(1, len(symbol.takes) + 1))
    name = symbol.name.replace("_", " ")
    if not places:
        return name
    return f"{name} holds of {places}" if symbol.gives == "truth" else f"the {name} of {places}"


def _part(term: Term, signature: Signature) -> str:
    said = in_words(term, signature)
    return said if term.op in _BARE else f"[{said}]"


def in_latex(term: Term) -> str:
    """The formula in LaTeX, without dollar signs. Names are letters, digits and underscores, so none is a command."""
    op, args = term.op, term.args
    if op in ("apply", "variable"):
        name = _latex_name(term.name or "")
        return f"{name}({', '.join(map(in_latex, args))})" if args else name
    if op == "number":
        return term.value or ""
    if op in ("true", "false"):
        return _SIGNS[op]
    if op in ("forall", "exists"):
        return f"{_SIGNS[op]} {_latex_name(term.name or '')}{{:}}\\mathrm{{{_escaped(term.sort)}}}\\; {_inner(args[0])}"
    if len(args) == 1:
        return f"{_SIGNS[op]} {_inner(args[0])}"
    return f" {_SIGNS[op]} ".join(map(_inner, args))


def _inner(term: Term) -> str:
    said = in_latex(term)
    bare = _BARE | {"not", "box", "diamond"}
    return said if term.op in bare else f"({said})"


def _latex_name(name: str) -> str:
    return name if len(name) == 1 else rf"\mathrm{{{_escaped(name)}}}"


def _escaped(name: str | None) -> str:
    return (name or "").replace("_", r"\_")
