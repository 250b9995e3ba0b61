"""What articles demand, over one vocabulary: in which situations each applies, what it asks for and what it forbids.

A model fills this in; whether two of them can apply together, and can then not be followed together, are two questions
about propositions, and a prover's. What is never so at once is stated by the model too, and told with every finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from jupyter_reconst.core.formal.argument import Argument, Sentence
from jupyter_reconst.core.formal.terms import Name, Symbol, Term, apply
from jupyter_reconst.core.formal.verdicts import CounterModel
from jupyter_reconst.core.nouns import Clause, Noun

_FALSE = Sentence(name="claim", formula=Term(op="false"))


class Letter(Noun):
    """A situation or an action, and how it reads: “a date is asked for”, “cite the source”."""

    name: Name
    words: str = Field(default="", max_length=160)


class Norm(Noun):
    """One article. It applies where all of `holds`, one of `some` (if there are any) and none of `fails` are so."""

    article: int = Field(ge=1, description="Its number in the list that the model was given")
    holds: tuple[Name, ...] = Field(default=(), max_length=5)
    some: tuple[Name, ...] = Field(default=(), max_length=5)
    fails: tuple[Name, ...] = Field(default=(), max_length=5)
    does: tuple[Name, ...] = Field(default=(), max_length=4, description="Actions that it asks for")
    avoids: tuple[Name, ...] = Field(default=(), max_length=4, description="Actions that it forbids")


class Code(Noun):
    """Articles over one vocabulary. `apart`: names of which at most one can be so."""

    situations: tuple[Letter, ...] = Field(default=(), max_length=40)
    actions: tuple[Letter, ...] = Field(default=(), max_length=40)
    apart: tuple[tuple[Name, ...], ...] = Field(default=(), max_length=8)
    norms: tuple[Norm, ...] = Field(default=(), max_length=24)

    @model_validator(mode="after")
    def _known(self) -> Code:
        situations, actions = ({letter.name for letter in letters} for letters in (self.situations, self.actions))
        if len(situations | actions) < len(self.situations) + len(self.actions):
            raise ValueError("two of them have one name")
        if len({norm.article for norm in self.norms}) < len(self.norms):
            raise ValueError("an article is there twice")
        for norm in self.norms:
            if not situations.issuperset((*norm.holds, *norm.some, *norm.fails)):
                raise ValueError(f"article {norm.article} applies in a situation that is not in the list")
            if not actions.issuperset((*norm.does, *norm.avoids)):
                raise ValueError(f"article {norm.article} is about an action that is not in the list")
        for names in self.apart:
            if not 2 <= len({*names}) == len(names) <= 5 or not any(
                one.issuperset(names) for one in (situations, actions)
            ):
                raise ValueError("only situations, or only actions, are never so at once; two to five of them")
        return self

    def norm(self, article: int) -> Norm | None:
        """What an article demands, where that was filled in."""
        return next((norm for norm in self.norms if norm.article == article), None)


def applying(code: Code, one: Norm, other: Norm) -> Argument:
    """Both apply, so falsehood follows: where it does *not* follow, they can apply together."""
    return _argument(code, code.situations, [("one", _where(one)), ("other", _where(other))])


def demanding(code: Code, one: Norm, other: Norm) -> Argument:
    """Both are followed: where these premises are *inconsistent*, they cannot be followed together."""
    said = [(f"{side}{place}", demand) for side, place, _, demand in _demands(one, other)]
    return _argument(code, code.actions, said)


def opposed(code: Code, one: Norm, other: Norm, core: tuple[str, ...]) -> tuple[Clause, Clause] | None:
    """What each of them demands that cannot be done together; None where one of them alone is against itself."""
    words = _words(code)
    sides: dict[str, list[str]] = {"one": [], "other": []}
    for side, place, name, demand in _demands(one, other):
        if f"{side}{place}" in core:
            sides[side].append(words[name] if demand.op == "apply" else f"not: {words[name]}")
    return ("; ".join(sides["one"]), "; ".join(sides["other"])) if all(sides.values()) else None


def given(code: Code, core: tuple[str, ...]) -> tuple[Clause, ...]:
    """What a finding takes as given: of what at most one can be so."""
    words = _words(code)
    used = (names for place, names in enumerate(code.apart, 1) if f"apart{place}" in core)
    return tuple("; ".join(words[name] for name in names) for names in used)


def witness(code: Code, one: Norm, other: Norm, model: CounterModel) -> tuple[Clause, ...]:
    """A situation in which both apply, as far as they ask about it. Empty: they apply everywhere."""
    words = _words(code)
    asked = {*one.holds, *one.some, *one.fails, *other.holds, *other.some, *other.fails}
    found = [(fact.value == "true", words[fact.symbol]) for fact in model.facts if fact.symbol in asked]
    return (*(said for so, said in found if so), *(f"not: {said}" for so, said in found if not so))


def _words(code: Code) -> dict[str, str]:
    return {letter.name: letter.words or letter.name for letter in (*code.situations, *code.actions)}


def _argument(code: Code, letters: tuple[Letter, ...], said: list[tuple[str, Term]]) -> Argument:
    known = {letter.name for letter in letters}
    background = [(f"apart{n}", _apart(names)) for n, names in enumerate(code.apart, 1) if known.issuperset(names)]
    return Argument(
        symbols=tuple(Symbol(name=letter.name) for letter in letters),
        premises=tuple(Sentence(name=name, formula=formula) for name, formula in (*said, *background)),
        claim=_FALSE,
    )


def _where(norm: Norm) -> Term:
    parts = [apply(name) for name in norm.holds] + [_not(apply(name)) for name in norm.fails]
    if norm.some:
        parts.append(_joined("or", [apply(name) for name in norm.some]))
    return _joined("and", parts) if parts else Term(op="true")


def _demands(one: Norm, other: Norm) -> Iterator[tuple[str, int, str, Term]]:
    """Side, number, action and formula of everything that both articles demand."""
    for side, norm in (("one", one), ("other", other)):
        demands = [(name, apply(name)) for name in norm.does] + [(name, _not(apply(name))) for name in norm.avoids]
        for place, (name, demand) in enumerate(demands, 1):
            yield side, place, name, demand


def _apart(names: tuple[str, ...]) -> Term:
    pairs = [(one, other) for n, one in enumerate(names) for other in names[n + 1 :]]
    return _joined("and", [_not(_joined("and", [apply(one), apply(other)])) for one, other in pairs])


def _not(term: Term) -> Term:
    return Term(op="not", args=(term,))


def _joined(op: Literal["and", "or"], terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else Term(op=op, args=tuple(terms))
