"""Formulas as a person types them, to the tree and back: `forall x: thing. man(x) -> mortal(x)`.

| | |
|---|---|
| `not p` `p and q` `p or q` `p -> q` `p <-> q` | `¬ ∧ ∨ → ↔` are read as well |
| `forall x: thing. …` `exists x: thing. …` | `∀ ∃`; as far to the right as it goes |
| `box p` `diamond p` | `□ ◇` |
| `= != < <= > >=` `+ - * /` | numbers: `3`, `-1/2`, `0.5` |
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pydantic import ValidationError

from jupyter_reconst.core.formal.terms import DEPTH, Op, Term

_TOKEN = re.compile(r"\s*(<->|->|<=|>=|!=|[0-9]+(?:\.[0-9]+|/[0-9]+)?|[A-Za-z][A-Za-z0-9_]*|[()=<>+\-*/.,:¬∧∨→↔∀∃□◇])")
_SAME = dict(zip("¬∧∨→↔∀∃□◇", "not and or -> <-> forall exists box diamond".split(), strict=True))
_COMPARES: dict[str, Op] = {
    "=": "equal",
    "!=": "distinct",
    "<": "less",
    "<=": "at_most",
    ">": "greater",
    ">=": "at_least",
}
_LINKS: dict[str, str] = {
    "iff": "<->",
    "implies": "->",
    "or": "or",
    "and": "and",
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
} | {op: sign for sign, op in _COMPARES.items()}
_WORDS = {"not", "and", "or", "forall", "exists", "box", "diamond", "true", "false"}
_TIGHT = {"true", "false", "apply", "variable"}


class Unreadable(ValueError):
    """A text that is no formula: what was expected where."""


def dump(term: Term) -> str:
    """A formula as text; `load` reads it back to the same tree."""
    op, args = term.op, term.args
    if op in ("true", "false"):
        return op
    if op == "number":
        return term.value or ""
    if op in ("apply", "variable"):
        return f"{term.name}({', '.join(map(dump, args))})" if args else term.name or ""
    if op in ("forall", "exists"):
        return f"{op} {term.name}: {term.sort}. {dump(args[0])}"
    if op in ("not", "box", "diamond"):
        return f"{op} {_inner(args[0])}"
    if op == "negate":
        return f"-({dump(args[0])})"
    return f" {_LINKS[op]} ".join(map(_inner, args))


def _inner(term: Term) -> str:
    bare = term.op in _TIGHT or (term.op == "number" and not set("-/") & set(term.value or ""))
    return dump(term) if bare else f"({dump(term)})"


def load(text: str) -> Term:
    """The tree of a formula. Raises Unreadable."""
    if len(text) > 8_000:
        raise Unreadable("a formula has at most 8,000 characters")
    reader = _Reader(text)
    try:
        term = reader.formula()
    except ValidationError as error:
        raise Unreadable(error.errors()[0]["msg"]) from None
    reader.end()
    return term


class _Reader:
    """Recursive descent, at most as deep as a tree may be."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._place = 0
        self._bound: list[str] = []
        self._depth = 0

    def formula(self) -> Term:
        """The loosest: <->, then -> (to the right), or, and."""
        one = self._implication()
        while self._take("<->"):
            one = Term(op="iff", args=(one, self._implication()))
        return one

    def end(self) -> None:
        """Raises Unreadable unless everything is read."""
        if self._now():
            raise Unreadable(f"“{self._now()}” comes too late, or something is missing before it")

    def _implication(self) -> Term:
        parts = [self._chain("or", "or", lambda: self._chain("and", "and", self._comparison))]
        while self._take("->"):
            parts.append(self._chain("or", "or", lambda: self._chain("and", "and", self._comparison)))
        whole = parts.pop()
        while parts:
            whole = Term(op="implies", args=(parts.pop(), whole))
        return whole

    def _chain(self, sign: str, op: Op, part: Callable[[], Term]) -> Term:
        parts = [part()]
        while self._take(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Term(op=op, args=tuple(parts))

    def _comparison(self) -> Term:
        one = self._sum()
        op = _COMPARES.get(self._now())
        if op is None:
            return one
        self._place += 1
        return Term(op=op, args=(one, self._sum()))

    def _sum(self) -> Term:
        one = self._chain("+", "add", self._product)
        while self._take("-"):
            one = Term(op="subtract", args=(one, self._product()))
            if self._take("+"):
                one = Term(op="add", args=(one, self._chain("+", "add", self._product)))
        return one

    def _product(self) -> Term:
        return self._chain("*", "multiply", self._quotient)

    def _quotient(self) -> Term:
        one = self._tight()
        while self._take("/"):
            one = Term(op="divide", args=(one, self._tight()))
        return one

    def _tight(self) -> Term:
        self._depth += 1
        if self._depth > 2 * DEPTH:
            raise Unreadable("it is nested too deep")
        one = self._opened(self._next())
        self._depth -= 1
        return one

    def _opened(self, token: str) -> Term:
        if token == "(":
            inner = self.formula()
            self._expect(")")
            return inner
        if token == "-":
            if self._now()[:1].isdigit():
                return Term(op="number", value=f"-{self._next()}")
            return Term(op="negate", args=(self._tight(),))
        if token[:1].isdigit():
            return Term(op="number", value=token)
        if token in ("true", "false"):
            return Term(op=token)
        if token in ("not", "box", "diamond"):
            return Term(op=token, args=(self._comparison(),))
        if token in ("forall", "exists"):
            return self._quantified(token)
        if token[:1].isalpha() and token not in _WORDS:
            return self._named(token)
        raise Unreadable(f"a formula was expected, not “{token}”" if token else "the formula is not complete")

    def _quantified(self, op: str) -> Term:
        name = self._next()
        self._expect(":")
        sort = self._next()
        self._expect(".")
        self._bound.append(name)
        body = self.formula()
        self._bound.pop()
        return Term(op=op, name=name, sort=sort, args=(body,))

    def _named(self, name: str) -> Term:
        if not self._take("("):
            return Term(op="variable" if name in self._bound else "apply", name=name)
        args = [self.formula()]
        while self._take(","):
            args.append(self.formula())
        self._expect(")")
        return Term(op="apply", name=name, args=tuple(args))

    def _now(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._now()
        self._place += 1
        return token

    def _take(self, token: str) -> bool:
        if self._now() != token:
            return False
        self._place += 1
        return True

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise Unreadable(f"“{token}” was expected, not “{self._now() or 'the end'}”")


def _tokens(text: str) -> list[str]:
    found, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise Unreadable(f"“{text[place:].strip()[:20]}” cannot be read")
        found.append(_SAME.get(match.group(1), match.group(1)))
        place = match.end()
    return found
