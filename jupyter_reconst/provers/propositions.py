"""An argument as one closed proposition of Rocq (Coq) or Lean 4: the statement is ours, only its proof is drafted.

Excluded middle and an element of each domain are hypotheses, so that a proof needs no axiom of the system's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jupyter_reconst.core.formal.argument import Argument, domains
from jupyter_reconst.core.formal.sorts import INT, REAL, TRUTH
from jupyter_reconst.core.formal.terms import Term, nodes


class Unsayable(Exception):
    """The argument speaks of real numbers, whose theory rests on axioms."""


@dataclass(frozen=True, slots=True)
class Language:
    """How one system spells what both have."""

    integer: str
    every: str
    some: str
    signs: Mapping[str, str] = field(default_factory=dict)


ROCQ = Language(
    integer="Z",
    every="forall",
    some="exists",
    signs={"not": "~", "and": "/\\", "or": "\\/", "implies": "->", "iff": "<->", "at_most": "<=", "at_least": ">="},
)
LEAN = Language(
    integer="Int",
    every="∀",
    some="∃",
    signs={"not": "¬", "and": "∧", "or": "∨", "implies": "→", "iff": "↔", "at_most": "≤", "at_least": "≥"},
)
_SHARED = {"less": "<", "greater": ">", "equal": "=", "add": "+", "subtract": "-", "multiply": "*"}


def proposition(argument: Argument, language: Language) -> str:
    """What is to be proved. Names get prefixes, so none is a word of the language. Raises Unsayable."""
    sorts = {TRUTH: "Prop", INT: language.integer} | {name: f"s_{name}" for name in domains(argument)}
    said = [sort for symbol in argument.symbols for sort in (*symbol.takes, symbol.gives)]
    terms = [node for one in argument.sentences for node, _ in nodes(one.formula)]
    if REAL in said or any(n.sort == REAL or n.op == "divide" or "." in (n.value or "") for n in terms):
        raise Unsayable
    if any("/" in (node.value or "") for node in terms):
        raise Unsayable
    arrow, no = language.signs["implies"], language.signs["not"]
    bound = [f"(classic : {language.every} P : Prop, P {language.signs['or']} {no} P)"]
    for name in domains(argument):
        bound += [f"(s_{name} : Type)", f"(some_{name} : s_{name})"]
    for symbol in argument.symbols:
        bound.append(f"(f_{symbol.name} : {f' {arrow} '.join(sorts[sort] for sort in (*symbol.takes, symbol.gives))})")
    parts = [f"({_said(one.formula, language, sorts)})" for one in argument.sentences]
    return f"{language.every} {' '.join(bound)},\n  {f' {arrow}{chr(10)}  '.join(parts)}"


def _said(term: Term, language: Language, sorts: Mapping[str, str]) -> str:
    op, args = term.op, [f"({_said(arg, language, sorts)})" for arg in term.args]
    if op == "apply":
        return " ".join([f"f_{term.name}", *args])
    if op == "variable":
        return f"v_{term.name}"
    if op == "number":
        return term.value or ""
    if op in ("true", "false"):
        return op.capitalize()
    if op in ("forall", "exists"):
        word = language.every if op == "forall" else language.some
        return f"{word} v_{term.name} : {sorts[term.sort or '']}, {args[0]}"
    if op == "distinct":
        return f"{language.signs['not']} ({args[0]} = {args[1]})"
    if op == "not":
        return f"{language.signs['not']} {args[0]}"
    if op == "negate":
        return f"- {args[0]}"
    return f" {({**language.signs, **_SHARED})[op]} ".join(args)
