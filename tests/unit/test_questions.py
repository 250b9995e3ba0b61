"""Which replies are a question, and nothing but one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.core.questions import OPTIONS, question

TWO = ("The training set", "The test set")
SPELLED = [
    "Question: Which set?\n1. The training set\n2. The test set",
    "Question: Which set?\n\n1) The training set\n2) The test set\n",
    "**Question:** Which set?\n\n- The training set\n- The test set",
    "**Question: Which set?**\n* **The training set**\n* **The test set**",
    "## Question\nWhich set?\n\nOptions:\n(1) The training set\n(2) The test set",
    "question: Which set?\n- (a) The training set\n- (b) The test set",
    "> Question: Which\n> set?\n".replace("\n> set", " set") + "> 1. The training set\n> 2. The test set",
    "Question： Which set?\n1. The training set\n\n2. The test set",
]


@pytest.mark.parametrize("reply", SPELLED)
def test_a_question_is_read_however_it_is_spelled(reply: str) -> None:
    found = question(reply)
    assert found and (found.text, found.options) == ("Which set?", TWO)


@pytest.mark.parametrize("reply", ["Question: Which set?", "  **Question:** Which set?  ", "Question: Which\nset?"])
def test_a_question_needs_no_options(reply: str) -> None:
    found = question(reply)
    assert found and (found.text, found.options) == ("Which set?", ())


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "Question:",
        "Which set?",
        "The question: which set?",
        "Question: the one about priors is hard.",
        "Question: Which set?\n\nThe training set, since it is larger.",
        "Question: Which set?\n1. The training set\n2. The test set\n\nI shall assume the first. It follows that …",
        "Question: Which set?\n" + "\n".join(f"{n % 9 + 1}. set {n}" for n in range(OPTIONS + 1)),
        "Question: Which set?\n1. " + "x" * 201,
        "Question: " + "which " * 500 + "?",
    ],
)
def test_what_says_more_or_asks_nothing_is_an_answer(reply: str) -> None:
    assert question(reply) is None


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="*_"), min_size=1, max_size=40
)


@given(LINE, st.lists(LINE.map(lambda line: f"set {line}"), max_size=OPTIONS))
def test_what_the_style_asks_for_is_read_back(text: str, options: list[str]) -> None:
    reply = "\n".join([f"Question: is it {text}?", *(f"{n}. {option}" for n, option in enumerate(options, 1))])
    found = question(reply)
    assert found and found.text == f"is it {text}?" and list(found.options) == options


@given(st.text(max_size=300))
def test_any_text_is_read(reply: str) -> None:
    found = question(reply)
    assert found is None or found.text
    assert question(f"Question: {reply}") is None or "?" in reply or "？" in reply or "؟" in reply or ";" in reply


def test_reading_takes_no_time() -> None:
    began = time.perf_counter()
    for reply in ("#" * 100_000, "*_" * 1_400, "Question:" + " *" * 1_400, "Question: a?\n" + "- " * 1_400):
        question(reply)
    assert time.perf_counter() - began < 0.2
