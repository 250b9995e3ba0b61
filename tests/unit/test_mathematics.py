"""Statements in LaTeX: linked to their sentences, drawn only if they are mathematics, their symbols accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.core import tex
from jupyter_reconst.core.mathematics import Stated, Unclear, mathematics, written
from jupyter_reconst.core.sentences import numbered
from jupyter_reconst.core.turns import Attachment
from jupyter_reconst.prompts.drafts import Arriving, point, statement, unclear

NOTES = numbered(
    [
        Attachment(
            cell="one",
            label="Cell 1",
            kind="markdown",
            source="Let p be the chance that the robot is wrong. Assume p is small. "
            "Then asking pays off: Delta is positive.",
        )
    ]
)


@pytest.mark.parametrize(
    "formula",
    [
        "\\href{http://evil.example}{x}",
        "\\url{x}",
        "\\input{/etc/passwd}",
        "\\include{x}",
        "\\includegraphics{x}",
        "\\write18{ls}",
        "\\immediate\\write18{ls}",
        "\\openout1=x",
        "\\def\\x{y}",
        "\\newcommand{\\x}{y}",
        "\\catcode`\\%=12",
        "\\csname href\\endcsname",
        "\\require{html}",
        "\\htmlClass{x}{y}",
        "\\style{color:red}{x}",
        "\\label{a}",
        "{a",
        "a}",
        "\\left( a",
        "\\begin{a}b\\end{c}",
        "\\begin{a}b",
        "a $ b",
        "a % b",
        "a \\] b",
        "p is positive",
        "x" * 3_000,
        "",
    ],
)
def test_what_is_not_mathematics_is_not_drawn(formula: str) -> None:
    assert tex.refusal(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "\\frac{a}{b} \\le \\{c\\}",
        "\\left( a \\right]",
        "100\\%",
        "x_{next} = \\operatorname{value}(s) \\text{ if safe}",
        "\\begin{cases} 1 & p > 0 \\\\ 0 \\end{cases}",
        "a' \\to b",
    ],
)
def test_what_is_mathematics_is_drawn(formula: str) -> None:
    assert tex.refusal(formula) == ""


@pytest.mark.parametrize(
    ("formula", "free"),
    [
        ("\\Delta = p\\,U_a", {"\\Delta", "p", "U_a"}),
        ("\\forall x \\in X : f(x) \\le \\mathbb{E}_{y \\sim P}[g(y)]", {"X", "f", "P", "g"}),
        ("\\sum_{i=1}^n p_i = 1", {"n", "p_i"}),
        ("\\mathcal{M} = (S, A)", {"\\mathcal{M}", "S", "A"}),
        ("\\int_0^1 g(t)\\, dt > 0 \\text{ if it pays}", {"g"}),
        ("\\{ x \\in S \\mid \\hat{q}(x) > \\pi \\}", {"S", "q"}),
        ("\\max_{a \\in A} Q(s, a) = \\operatorname{value}(s)", {"A", "Q", "s", "value"}),
        ("x \\mapsto \\log x", set()),
    ],
)
def test_the_free_symbols_of_a_formula(formula: str, free: set[str]) -> None:
    assert tex.symbols(formula) - tex.bound(formula) == free


def test_statements_carry_their_sources_and_what_is_wrong_with_them() -> None:
    found = mathematics(
        [
            Stated(
                kind="definition",
                latex="$p = \\Pr(W)$",
                defines=("p",),
                words="the chance that the robot is wrong",
                cites=(1,),
            ),
            Stated(kind="axiom", latex="p_i < 0.3", words="p is small", cites=(2,)),
            Stated(kind="claim", latex="\\Delta > 0", words="Bellman shows that asking pays off", cites=(3, 8)),
            Stated(kind="claim", latex="\\href{http://evil.example}{\\Delta}", words="", cites=(3,)),
            Stated(kind="claim", latex="q > 0", words="", cites=(9,)),
        ],
        [Unclear(text="Below what is small?", options=("0.5", "0.1"), cites=(2,)), Unclear(text="Why?", cites=())],
        NOTES,
    )
    assert [one.name for one in found.statements] == ["Definition 1", "Axiom 1", "Claim 1", "Claim 2"]
    assert found.statements[0].latex == "p = \\Pr(W)" and not found.statements[0].doubts
    assert found.statements[1].doubts == ("0.3 is not in its source",)
    assert found.statements[2].added == ("Bellman", "shows") and "not there (8)" in found.statements[2].doubts[0]
    assert found.statements[3].undrawn and found.undefined == ("\\Delta",)
    assert [one.why for one in found.refused] == ["it names no sentence of the notes"]
    assert [one.text for one in found.questions] == ["Below what is small?"] and found.left == ()
    page = written(found, NOTES)
    assert page.open[0].options == ("0.5", "0.1")
    assert "- Below what is small? (0.5 / 0.1) [¶2] [?1]" in page.text
    assert "$\\href" not in page.text and "not drawn: \\href is not mathematics" in page.text


def test_without_a_statement_the_notes_stand_as_they_are() -> None:
    page = written(mathematics([], [], NOTES), NOTES)
    assert page.plain and all(f"[¶{one.number}]" in page.text for one in NOTES)


@given(st.text(alphabet="ab_{}^\\$ %()[]12,", max_size=60))
def test_every_formula_is_read_to_its_end(formula: str) -> None:
    once = tex.unwrapped(formula)
    if not tex.refusal(once):
        assert once.count("{") >= 0 and tex.bound(once) is not None and tex.symbols(once) is not None
        assert "$" not in once.replace("\\$", "")


def test_a_draft_is_read_as_it_arrives_with_single_backslashes_too() -> None:
    text = (
        'Sure: ```json {"statements": [{"kind": "Axiom", "latex": "\\frac{p}{2} \\neq \\beta", "defines": ["\\beta"], '
        '"words": "a } b", "from": ["¶1", "2"]}, {"question": "q?", "options": ["a"], "from": 3}, {"text": "t", "fr'
    )
    arriving = Arriving()
    said = [one for sign in text for one in arriving.take(sign)]
    assert len(said) == 2
    first = statement(said[0])
    assert first is not None and first.kind == "axiom" and first.cites == (1, 2)
    assert first.latex == "\\frac{p}{2} \\neq \\beta" and first.defines == ("\\beta",)
    second = unclear(said[1])
    assert second is not None and (second.options, second.cites) == (("a",), (3,))
    assert statement(said[1]) is None and unclear(said[0]) is None and point(said[0]) is None
