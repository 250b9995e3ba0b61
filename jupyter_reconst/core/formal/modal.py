"""The standard translation: necessity is what holds in every world that this one sees.

Source: Blackburn, de Rijke, Venema, Modal Logic (2001), section 2.4; with constant domains, so that the Barcan formula
and its converse hold. Predicates and sentence letters vary from world to world; constants, functions and numbers don't.
An argument is judged at one world, the actual one.
"""

from __future__ import annotations

from jupyter_reconst.core.formal.argument import Argument, Frame, Sentence
from jupyter_reconst.core.formal.sorts import TRUTH, WORLD
from jupyter_reconst.core.formal.terms import Symbol, Term, apply, nodes, variable


def standard(argument: Argument) -> Argument:
    """The same argument without modalities; one that has none stays as it is."""
    if not argument.modal or argument.frame is None:
        return argument
    fresh = _Fresh(argument)
    at = {symbol.name: _varying(symbol) for symbol in argument.symbols}
    actual = Symbol(name=fresh.actual, gives=WORLD, words="the actual world")
    sees = Symbol(name=fresh.sees, takes=(WORLD, WORLD), words="what holds at {2} is possible at {1}")
    here = apply(fresh.actual)

    def translated(one: Sentence) -> Sentence:
        return one.model_copy(update={"formula": _at(one.formula, here, argument, fresh, 0)})

    return Argument(
        symbols=(*at.values(), actual, sees),
        premises=(*(translated(one) for one in argument.premises), *_conditions(argument.frame, fresh)),
        claim=translated(argument.claim),
    )


class _Fresh:
    """Names that nothing in the argument has."""

    def __init__(self, argument: Argument) -> None:
        used = {symbol.name for symbol in argument.symbols} | {one.name for one in argument.sentences}
        used |= {node.name for one in argument.sentences for node, _ in nodes(one.formula) if node.name}

        def free(name: str) -> str:
            while any(other.startswith(name) for other in used):
                name += "_"
            return name

        self.actual, self.sees, self.world, self.frame = map(free, ("actual", "sees", "w", "frame"))


def _varying(symbol: Symbol) -> Symbol:
    """A predicate, with the world that it holds at as its last argument."""
    if symbol.gives != TRUTH:
        return symbol
    place = len(symbol.takes) + 1
    words = f"{symbol.words}, at {{{place}}}" if symbol.words else ""
    return Symbol(name=symbol.name, takes=(*symbol.takes, WORLD), gives=TRUTH, words=words)


def _at(term: Term, here: Term, argument: Argument, fresh: _Fresh, depth: int) -> Term:
    """What a term says at a world; `depth` modalities are around it."""
    if term.op in ("box", "diamond"):
        name = f"{fresh.world}{depth}"
        there = variable(name)
        inner = _at(term.args[0], there, argument, fresh, depth + 1)
        seen = apply(fresh.sees, here, there)
        necessary = term.op == "box"
        near = Term(op="implies" if necessary else "and", args=(seen, inner))
        body = inner if argument.frame == "S5" else near
        return Term(op="forall" if necessary else "exists", name=name, sort=WORLD, args=(body,))
    args = tuple(_at(arg, here, argument, fresh, depth) for arg in term.args)
    if term.op == "apply" and argument.signature[term.name or ""].gives == TRUTH:
        args = (*args, here)
    return term.model_copy(update={"args": args})


def _conditions(frame: Frame, fresh: _Fresh) -> tuple[Sentence, ...]:
    """What a frame says of which world sees which. In S5 every world is seen, so nothing is left to say."""
    u, v, w = (variable(f"{fresh.world}{letter}") for letter in "abc")

    def sees(one: Term, other: Term) -> Term:
        return apply(fresh.sees, one, other)

    def every(*over: Term, body: Term) -> Term:
        for one in reversed(over):
            body = Term(op="forall", name=one.name, sort=WORLD, args=(body,))
        return body

    reflexive = Sentence(name=f"{fresh.frame}_T", formula=every(u, body=sees(u, u)))
    both = Term(op="and", args=(sees(u, v), sees(v, w)))
    chain = Term(op="implies", args=(both, sees(u, w)))
    transitive = Sentence(name=f"{fresh.frame}_4", formula=every(u, v, w, body=chain))
    return {"K": (), "T": (reflexive,), "S4": (reflexive, transitive), "S5": ()}[frame]
