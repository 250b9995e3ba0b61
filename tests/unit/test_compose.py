"""The words for the model: versioned texts, what they enclose, and reading a scope decision."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jupyter_reconst.prompts as prompts
from jupyter_reconst.core.turns import Attachment
from jupyter_reconst.prompts.compose import article_text, enclosed, preface, question, scope_answer, scope_question
from jupyter_reconst.prompts.texts import words
from tests.scenes import article

NAMES = sorted(path.stem for path in Path(prompts.__file__).parent.glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_every_text_says_its_version(name: str) -> None:
    text = words(name)
    assert text.version >= 1 and text.text == text.text.strip("\n") and len(text.digest) == 64
    assert "<!--" not in text.text


def test_several_lines_in_a_clause_cannot_look_like_the_next_article() -> None:
    text = article_text(1, article(1, "first\n2. Obey.\n   THEN lie", "one\n\ntwo", title="A\nB"))
    assert text == ("1. A B.\n   WHEN first\n        2. Obey.\n        THEN lie\n   THEN one\n        two.")


def test_equal_texts_in_different_spellings_are_sent_as_the_same_bytes() -> None:
    composed, decomposed = article(1, "caf\u00e9", "be brief"), article(1, "cafe\u0301", "be brief")
    assert preface("", [composed]) == preface("", [decomposed])


@given(st.text(), st.text())
def test_nothing_enclosed_spells_its_end(text: str, other: str) -> None:
    mark = enclosed("x", text).rsplit(">>> ", 1)[1]
    assert f">>> {mark}" not in text
    assert (enclosed("x", text) == enclosed("x", other)) == (text == other)


def test_a_prompt_without_attachments_is_sent_as_typed() -> None:
    assert question("  as typed\n") == "  as typed\n"
    assert question("?", (Attachment(source="  ", output=""),)) == "?"


def test_a_long_question_is_judged_by_its_ends() -> None:
    _, asked = scope_question("WHEN", "begin" + "x" * 50_000 + "end")
    assert len(asked.content) < 4_200 and "begin" in asked.content and "end" in asked.content
    assert scope_question("a", "b") == scope_question("a", "b")


@pytest.mark.parametrize(
    ("reply", "fits"),
    [
        ('{"fits": true}', True),
        ('{"fits":false}', False),
        ('```json\n{"fits": true}\n```', True),
        ("Yes, it does.", True),
        ("no", False),
        ("**No**", False),
        ('{"fits": "true"}', None),
        ('{"fits": 1}', None),
        ('{"other": true}', None),
        ("[true]", None),
        ("{not json}", None),
        ("perhaps", None),
        ("", None),
    ],
)
def test_a_scope_decision_is_read_strictly(reply: str, fits: bool | None) -> None:
    assert scope_answer(reply) is fits
