"""The formal language: bounds and sorts, formulas as text and as words, the standard translation, counter-models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jupyter_reconst.core.formal.argument import Argument, Frame, Sentence, domains
from jupyter_reconst.core.formal.modal import standard
from jupyter_reconst.core.formal.notation import Unreadable, dump, load
from jupyter_reconst.core.formal.reading import in_latex, in_words
from jupyter_reconst.core.formal.terms import Symbol, Term
from jupyter_reconst.core.formal.verdicts import DOUBT, CounterModel, Fact, Undetermined, Verdict, refutes, told
from jupyter_reconst.provers.solvers import agreed

MAN = Symbol(name="man", takes=("thing",), words="{1} is human")
TALL = Symbol(name="taller", takes=("thing", "thing"), words="{1} is taller than {2}")
ANA = Symbol(name="ana", gives="thing", words="Ana")
AGE = Symbol(name="age", takes=("thing",), gives="int", words="the age of {1}")
RAIN = Symbol(name="rain", words="it rains")
HALF = Symbol(name="half", gives="real")
ALL = (MAN, TALL, ANA, AGE, RAIN, HALF)


def argument(*premises: str, claim: str, symbols: tuple[Symbol, ...] = ALL, frame: Frame | None = None) -> Argument:
    return Argument(
        symbols=symbols,
        premises=tuple(Sentence(name=f"p{n}", formula=load(text)) for n, text in enumerate(premises, 1)),
        claim=Sentence(name="claim", formula=load(claim)),
        frame=frame,
    )


def words(text: str) -> str:
    return in_words(argument(claim=text, frame="K").claim.formula, {symbol.name: symbol for symbol in ALL})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forall x: thing. man(x) -> taller(x, ana)", "for every thing x: [if x is human, then x is taller than Ana]"),
        ("not (rain and man(ana))", "it is not the case that [it rains and Ana is human]"),
        ("box rain -> diamond rain", "if [necessarily, it rains], then [possibly, it rains]"),
        ("age(ana) + 1 >= 18", "[the age of Ana plus 1] is at least 18"),
        ("exists n: int. n = age(ana)", "there is a whole number n such that [n is the age of Ana]"),
        ("half = 1/2 <-> rain", "[half is 1/2] if and only if it rains"),
    ],
)
def test_a_formula_reads_in_one_way(text: str, expected: str) -> None:
    assert words(text) == expected


def test_latex_has_no_command_of_its_own() -> None:
    said = in_latex(load("forall x: thing. not long_name(x) or age(x) <= 3"))
    assert said == r"\forall x{:}\mathrm{thing}\; (\lnot \mathrm{long\_name}(x) \lor (\mathrm{age}(x) \leq 3))"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("p -> q -> r", "p -> (q -> r)"),
        ("p or q and r", "p or (q and r)"),
        ("¬p ∧ q → □r ↔ ◇p", "((not p and q) -> box r) <-> diamond p"),
        ("∀x: thing. p(x) ∨ q", "forall x: thing. (p(x) or q)"),
        ("a - b + c - d = -1", "(((a - b) + c) - d) = -1"),
        ("not a = b", "not (a = b)"),
    ],
)
def test_formulas_are_read_as_people_write_them(one: str, other: str) -> None:
    assert load(one) == load(other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "p and",
        "(p",
        "p)",
        "p q",
        "forall x. p",
        "p $ q",
        "and",
        "x(",
        "1/0",
        "(" * 500,
        "not " * 1_000 + "p",
        "-" * 1_000,
        "p" * 9_000,
        "p(" + "a," * 20,
    ],
)
def test_what_is_no_formula_says_so(text: str) -> None:
    with pytest.raises(Unreadable):
        load(text)


NAMES = st.sampled_from(["p", "q", "taller", "x1"])
LEAVES = st.builds(lambda n: Term(op="apply", name=n), NAMES) | st.sampled_from(
    [Term(op="true"), Term(op="number", value="-1/2"), Term(op="number", value="0.50"), Term(op="number", value="7")]
)


def _grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    two = st.tuples(inner, inner)
    many = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(lambda a, op: Term(op=op, args=(a,)), inner, st.sampled_from(["not", "box", "diamond", "negate"])),
        st.builds(
            lambda a, op: Term(op=op, args=a),
            two,
            st.sampled_from("implies iff subtract divide equal distinct less at_most greater at_least".split()),
        ),
        st.builds(lambda a, op: Term(op=op, args=a), many, st.sampled_from(["and", "or", "add", "multiply"])),
        st.builds(
            lambda a, op: Term(op=op, name="v", sort="thing", args=(a,)), inner, st.sampled_from(["forall", "exists"])
        ),
        st.builds(lambda a: Term(op="apply", name="f", args=a), many),
    )


@given(st.recursive(LEAVES, _grown, max_leaves=12))
def test_text_and_tree_undo_each_other(term: Term) -> None:
    assert load(dump(term)) == term


@pytest.mark.parametrize(
    "text",
    [
        "man(ana, ana)",
        "man(age(ana))",
        "woman(ana)",
        "rain + 1 = 2",
        "ana < ana",
        "rain = rain",
        "ana",
        "age(ana) / age(ana) = 1",
        "age(ana) / 0 = 1",
        "forall ana: thing. man(ana)",
        "forall t: truth. rain",
        "not",
    ],
)
def test_what_says_nothing_is_no_argument(text: str) -> None:
    with pytest.raises((ValidationError, Unreadable)):
        argument(claim=text)


@pytest.mark.parametrize(
    "fields",
    [
        {"symbols": [{"name": "p"}, {"name": "p"}]},
        {"symbols": [{"name": "p", "words": "{1} is"}]},
        {"symbols": [{"name": "p", "takes": ["thing"], "words": "is"}]},
        {"symbols": [{"name": "p", "takes": ["truth"]}]},
        {"symbols": [{"name": "p", "takes": ["a"] * 5}]},
        {"premises": [{"name": "claim", "formula": {"op": "true"}}]},
        {"claim": {"name": "claim", "formula": {"op": "box", "args": [{"op": "true"}]}}},
        {"claim": {"name": "claim", "formula": {"op": "true", "name": "p"}}},
        {"claim": {"name": "claim", "formula": {"op": "variable", "name": "x"}}},
        {"premises": [{"name": f"p{n}", "formula": {"op": "true"}} for n in range(25)]},
        {"surprise": 1},
    ],
)
def test_an_argument_that_exists_is_whole(fields: dict[str, object]) -> None:
    plain = {"symbols": [], "premises": [], "claim": {"name": "claim", "formula": {"op": "true"}}}
    assert Argument.model_validate(plain)
    with pytest.raises(ValidationError):
        Argument.model_validate({**plain, **fields})


def test_necessity_is_what_holds_in_every_world_that_is_seen() -> None:
    modal = argument("box rain", claim="forall x: thing. diamond man(x)", frame="S4", symbols=(RAIN, MAN))
    plain = standard(modal)
    assert [dump(one.formula) for one in plain.sentences] == [
        "forall w0: world. sees(actual, w0) -> rain(w0)",
        "forall wa: world. sees(wa, wa)",
        "forall wa: world. forall wb: world. forall wc: world. (sees(wa, wb) and sees(wb, wc)) -> sees(wa, wc)",
        "forall x: thing. exists w0: world. sees(actual, w0) and man(x, w0)",
    ]
    assert not plain.modal and domains(plain) == ["thing", "world"] and standard(plain) == plain
    assert plain.signature["rain"].words == "it rains, at {1}"


def test_the_translation_takes_no_name_that_is_taken() -> None:
    symbols = (Symbol(name="actual"), Symbol(name="sees"), Symbol(name="w0"))
    plain = standard(argument("box (actual and sees)", claim="diamond w0", symbols=symbols, frame="T"))
    assert len(plain.signature) == 5 and "w_0" in dump(plain.premises[0].formula)


FACTS = (
    Fact(symbol="ana", value="thing 2"),
    Fact(symbol="age", args=("thing 2",), value="17"),
    Fact(symbol="man", args=("thing 1",), value="false"),
    Fact(symbol="man", args=("thing 2",), value="true"),
)


def test_a_counter_model_is_checked_by_evaluating_the_argument_in_it() -> None:
    model = CounterModel(sizes={"thing": 2}, facts=FACTS)
    assert refutes(model, argument("man(ana)", "exists x: thing. not man(x)", claim="age(ana) * 2 > 34"))
    assert not refutes(model, argument("man(ana)", claim="age(ana) + 1 - 1/2 = 17.5 and not ana != ana"))
    assert not refutes(model, argument("forall x: thing. man(x)", claim="age(ana) / 2 < 1"))
    for claim in ("rain", "forall n: int. n < age(ana)"):
        with pytest.raises(Undetermined):
            refutes(model, argument(claim=claim))


def test_a_counter_model_is_told_in_the_words_of_the_passage() -> None:
    said = told(CounterModel(sizes={"thing": 2}, facts=FACTS), argument(claim="rain"))
    assert said == (
        "There are 2 of the sort “thing”: thing 1, Ana.",
        "So: Ana is human.",
        "Not so: thing 1 is human.",
        "the age of Ana is 17.",
    )


def test_two_opinions_that_contradict_each_other_settle_nothing() -> None:
    def verdict(says: str, by: str) -> Verdict:
        return Verdict.model_validate({"says": says, "by": [by]})

    assert agreed(verdict("follows", "a"), verdict("follows", "b")).by == ("a", "b")
    assert agreed(verdict("follows", "a"), verdict("not decided", "b")).says == "follows"
    assert agreed(verdict("not decided", "a"), verdict("follows", "b")).says == "follows"
    assert agreed(verdict("follows", "a"), verdict("not checked", "b")).by == ("a",)
    doubt = verdict("follows", "b").model_copy(update={"why": DOUBT})
    for pair in ((doubt, verdict("premises inconsistent", "a")), (verdict("premises inconsistent", "a"), doubt)):
        assert agreed(*pair).says == "premises inconsistent"
    split = agreed(verdict("follows", "a"), verdict("does not follow", "b"))
    assert split.says == "not decided" and "does not follow" in split.why
