"""One argument, one solver: are the premises consistent, and does the claim follow?

A solver's effort is bounded by its own count of steps, which does not depend on how busy the machine is; whoever
started this process bounds the time. Counter-models are looked for in small domains first, so that they can be read.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from jupyter_reconst.core.formal.argument import Argument, Sentence
from jupyter_reconst.core.formal.sorts import TRUTH
from jupyter_reconst.core.formal.terms import Term
from jupyter_reconst.core.formal.verdicts import (
    DOUBT,
    FACTS,
    CounterModel,
    Fact,
    Undetermined,
    Verdict,
    refutes,
    tuples,
)
from jupyter_reconst.provers.build import Builder, TooMuch

Found = Literal["sat", "unsat", "unknown"]

STEPS = 6_000_000
SIZES = (1, 2, 3, 4)


class Solving:
    """The questions that are put to one solver about one argument without modalities."""

    def __init__(self, api: Any, argument: Argument) -> None:
        self._api = api
        self._argument = argument
        self._z3 = api.__name__ == "z3"

    def verdict(self) -> Verdict:
        """What this solver finds."""
        premises = self._argument.premises
        consistent, core = self._asked(premises)
        if consistent == "unsat":
            return Verdict(says="premises inconsistent", core=core, consistent=False)
        if consistent == "unknown" and self._small(premises) is not None:
            consistent = "sat"
        known = True if consistent == "sat" else None
        doubt = "" if known else DOUBT
        claim = self._argument.claim
        against = claim.model_copy(update={"formula": Term(op="not", args=(claim.formula,))})
        found, core = self._asked((*premises, against))
        if found == "unsat":
            rests = tuple(name for name in core if name != claim.name)
            return Verdict(says="follows", core=rests, consistent=known, why=doubt)
        small = self._small((*premises, against))
        if small is None:
            far = "A counter-model seems to exist, but none is small enough to be shown." if found == "sat" else ""
            return Verdict(
                says="not decided", consistent=known, why=far or "It found neither a proof nor a counter-model."
            )
        return self._countered(*small) if self._z3 else Verdict(says="does not follow", consistent=True)

    def _asked(self, sentences: tuple[Sentence, ...]) -> tuple[Found, tuple[str, ...]]:
        """Whether these can all be true, and if not, some that cannot."""
        builder = Builder(self._api, self._argument, None)
        solver = self._solver()
        marks = {}
        for number, one in enumerate(sentences):
            mark = self._api.Bool(f"mark {number}")
            marks[str(mark)] = one.name
            solver.add(self._api.Implies(mark, builder.built(one.formula, {})))
        found = self._checked(solver, [self._api.Bool(f"mark {number}") for number in range(len(sentences))])
        if found != "unsat":
            return found, ()
        named = {str(mark) for mark in solver.unsat_core()}
        return found, tuple(name for mark, name in marks.items() if mark in named)

    def _small(self, sentences: tuple[Sentence, ...]) -> tuple[Builder, Any] | None:
        """Small domains in which all of these are true: one where every name names something else, or the smallest."""
        most = Builder(self._api, self._argument, 0).named()
        apart = [(most, True)] if 1 < most <= max(SIZES) else []
        for size, different in (*apart, *((size, False) for size in SIZES)):
            try:
                builder = Builder(self._api, self._argument, size)
                solver = self._solver()
                solver.add(*[builder.built(one.formula, {}) for one in sentences], self._api.BoolVal(True))
                solver.add(*builder.closed(), *(builder.apart() if different else []), self._api.BoolVal(True))
            except TooMuch:
                return None
            if self._checked(solver, []) == "sat":
                return builder, solver
            if not builder.elements:
                return None
        return None

    def _solver(self) -> Any:
        if self._z3:
            solver = self._api.SimpleSolver()  # The combined one starts a thread, which a caged process cannot.
            solver.set("rlimit", STEPS)
            solver.set("core.minimize", True)
        else:
            solver = self._api.Solver()
            for option in ("produce-unsat-cores", "minimal-unsat-cores", "produce-models"):
                solver.setOption(option, "true")
            solver.setOption("rlimit-per", str(STEPS))
        return solver

    def _checked(self, solver: Any, marks: list[Any]) -> Found:
        found = str(solver.check(*marks))
        return found if found in ("sat", "unsat") else "unknown"  # type: ignore[return-value]

    def _countered(self, builder: Builder, solver: Any) -> Verdict:
        """A counter-model that was checked by evaluating the argument in it."""
        model = self._model(builder, solver.model())
        try:
            holds = refutes(model, self._argument)
        except Undetermined:
            why = "The counter-model holds numbers that could not be checked a second time."
            return Verdict(says="does not follow", model=model, consistent=True, why=why)
        if not holds:
            return Verdict(says="not decided", why="The solver's counter-model did not stand up to being checked.")
        return Verdict(says="does not follow", model=model, consistent=True)

    def _model(self, builder: Builder, model: Any) -> CounterModel:
        def value(term: Any) -> Any:
            return model.eval(term, model_completion=True)

        called: dict[tuple[str, str], str] = {}
        one_of: dict[str, Any] = {}
        sizes = {}
        for sort, elements in builder.elements.items():
            values = {str(value(element)): element for element in reversed(elements)}
            sizes[sort] = len(values)
            for number, (key, element) in enumerate(sorted(values.items()), 1):
                called[sort, key] = f"{sort} {number}"
                one_of[f"{sort} {number}"] = element
        signature = self._argument.signature

        def spelled(sort: str, term: Any) -> str:
            found = value(term)
            return called[sort, str(found)] if sort in sizes else _spelled(found)

        facts: dict[tuple[str, tuple[str, ...]], Fact] = {}
        applied = [*builder.seen]
        for symbol in self._argument.symbols:
            function = builder.functions[symbol.name]
            for args in tuples(sizes, symbol.takes) or []:
                given = [one_of[arg] for arg in args]
                applied.append((symbol.name, given, function(*given) if given else function))
        for name, given, whole in applied:
            symbol = signature[name]
            args = tuple(spelled(sort, arg) for sort, arg in zip(symbol.takes, given, strict=True))
            facts.setdefault((name, args), Fact(symbol=name, args=args, value=spelled(symbol.gives, whole)))
        order = {symbol.name: number for number, symbol in enumerate(self._argument.symbols)}
        kept = sorted(facts.values(), key=lambda fact: (signature[fact.symbol].gives == TRUTH, order[fact.symbol]))
        return CounterModel(sizes=sizes, facts=tuple(kept[:FACTS]))


def _spelled(value: Any) -> str:
    """A truth value or a number of Z3's; an irrational one is told to ten digits."""
    said = str(value)
    if said in ("True", "False"):
        return said.lower()
    try:
        return str(Fraction(said))
    except ValueError:
        return f"about {value.approx(10).as_decimal(8).rstrip('?')}" if hasattr(value, "approx") else said[:100]
