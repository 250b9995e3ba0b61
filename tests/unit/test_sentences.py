"""The sentences of one's own text: well cut, verbatim, none lost."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.core.sentences import SENTENCES, Sentence, answered, numbered
from jupyter_reconst.core.turns import Attachment, CellKind

NOTEBOOKS = Path(__file__).parents[3] / "shared" / "notebooks"


def cut(source: str, kind: CellKind = "markdown") -> list[str]:
    return [one.text for one in told(source, kind)]


def told(source: str, kind: CellKind = "markdown") -> tuple[Sentence, ...]:
    return numbered([Attachment(cell="a", label="Cell 1", kind=kind, source=source)])


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ("It holds. Does it? Yes!", ["It holds.", "Does it?", "Yes!"]),
        ("We follow Hadfield-Menell et al. (2017), cf. Fig. 3. So p. 4 matters.", 2),
        ("By J. Smith, i.e. the author. And Dr. Lee, e.g. in No. 5.", 2),
        ("Well ... maybe. It costs 3.5 of 10. etc. and so on.", 3),
        ("Then $a. B > 0$ holds. And `x. Y` is code.", ["Then $a. B > 0$ holds.", "And `x. Y` is code."]),
        ("So\n$$\na = 1. B\n$$\nwhere $a$ is real.", ["So $$ a = 1. B $$ where $a$ is real."]),
        ("\\[ a. B \\] is odd. \\begin{align} a. B \\\\ C. D \\end{align}", 2),
        ("# A title\n- one\n- two. Three\n1. four\n2) five\n> said", 7),
        ("```python\nx = 1. # Foo. Bar\n\ny = 2\n```\nAfter.", ["```python x = 1. # Foo. Bar y = 2 ```", "After."]),
        ("| a | b |\n|---|---|\n| some | words |", 2),
        ("maybe it should ask first\nbut then it learns nothing\nwhat about p small", 3),
        (
            "When the robot is not sure,\nit should ask the\nperson",
            ["When the robot is not sure, it should ask the person"],
        ),
        ("これは文です。もう一つ。", ["これは文です。", "もう一つ。"]),
        ("***\n---\n\n", []),
    ],
)
def test_text_is_cut_where_a_reader_would(source: str, sentences: list[str] | int) -> None:
    found = cut(source)
    assert found == sentences if isinstance(sentences, list) else len(found) == sentences, found


def test_of_code_the_comments_and_long_strings_are_read() -> None:
    code = '''"""Runs it. Slowly."""
import os  # for the path of it
# A comment that
# goes on. And ends.
x = "short"
y = 'This string says more. Twice.'
%matplotlib inline
!ls "unclosed
'''
    assert cut(code, "code") == [
        "Runs it.",
        "Slowly.",
        "for the path of it",
        "A comment that goes on.",
        "And ends.",
        "This string says more.",
        "Twice.",
    ]
    assert cut("x = 1\nprint(x)", "code") == []
    assert cut("%%reconst --new\nI keep thinking. About this.", "code") == ["I keep thinking.", "About this."]


def test_a_variable_is_its_text_and_an_answer_keeps_its_question() -> None:
    (one,) = numbered([Attachment(label="notes", source="notes", output="A thought")])
    assert (one.cell, one.text) == (None, "A thought")
    (two,) = answered("Turn it into mathematics.\n\nIs p small? (yes / no)\n→ yes, below 0.3\n\nOpen?\n→ ")
    assert two.text == "Is p small? (yes / no) → yes, below 0.3"


@given(
    st.text(alphabet="aB1.?! \n\t-#>|$`\\[]{}()“”。…:*_~", max_size=200), st.sampled_from(["code", "markdown", "raw"])
)
def test_sentences_are_verbatim_in_order_and_apart(source: str, kind: CellKind) -> None:
    found = told(source, kind)
    end = 0
    for number, one in enumerate(found, 1):
        assert one.number == number
        assert one.start >= end and source[one.start : one.start + len(one.quote)] == one.quote
        assert one.text == " ".join(one.text.split()) != ""
        end = one.start + len(one.quote)
    if kind != "code":
        # No letter and no figure is lost, but those that only number an item.
        kept = sum(sign.isalnum() for one in found for sign in one.quote)
        assert kept >= sum(sign.isalpha() for sign in source) - source.count("a")


def test_hostile_and_endless_text_is_cut_in_time() -> None:
    started = time.perf_counter()
    for piece in ("$$", "\\[", "`", "\\begin{a}", "a. ", "\n- a", "#", "“", '"""', "$a", "```\n"):
        source = (piece * 64_000)[:64_000]
        assert len(told(source)) <= SENTENCES + 1
        assert len(told(source, "code")) <= SENTENCES + 1
    assert time.perf_counter() - started < 8


@pytest.mark.skipif(not NOTEBOOKS.is_dir(), reason="the notebooks are not here")
def test_real_notebooks_are_cut_into_sentences_of_a_readable_length() -> None:
    sentences: list[str] = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])[:64_000]
            for one in told(source, cell["cell_type"]):
                assert source[one.start : one.start + len(one.quote)] == one.quote
                sentences.append(one.text)
    prose = [one for one in sentences if not one.startswith(("```", "<", "!["))]
    assert len(prose) > 300
    assert sum(len(one) > 400 for one in prose) / len(prose) < 0.02
    assert sum(len(one) < 4 for one in prose) / len(prose) < 0.02
