"""An edited reply as phrases and what should stand there: small, pointable, and exact."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.acts.hunks import MOST, applied, hunks, located
from jupyter_reconst.acts.spans import spans

WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "game",
            "proof",
            "2011",
            "Ada",
            ",",
            ".",
            "\n\n",
            " ",
            "**",
            "é",
            "証明",
            "\r\n",
            "$x^2$",
            "- ",
            "e\u0301",
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It was proved in 2011.", "It was stated in 2016.", [("proved in 2011", "stated in 2016")]),
        ("A very good idea.", "A good idea.", [("very good", "good")]),
        ("It is good, really. Next.", "It is good. Next.", [("good, really", "good")]),
        ("the idea", "the new idea", [("", "new ")]),
        ("Is it so.", "Is it so?", [("so.", "so?")]),
        ("One is right. Two is right.", "One is wrong. Two is bad.", [("right", "wrong"), ("right", "bad")]),
        ("a b", "a-b", [(" b", "-b")]),
        ("same", "same", []),
        ("証明は正しい。", "証明は誤り。", [("正しい", "誤り")]),
    ],
)
def test_a_change_is_a_phrase_that_can_be_pointed_at(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.said, one.instead) for one in hunks(before, after)] == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The **good idea** is right.", "The **bad idea** is right.", [("good", "bad")]),
        ("The **good idea** is right.", "The **good one** was right.", [("**good idea** is", "**good one** was")]),
        ("The **good idea** is it.", "The good idea is it.", [("**good idea**", "good idea")]),
        ("The good idea is it.", "The *good idea* is it.", [("good idea", "*good idea*")]),
        ("See [the paper](x) by Ada.", "See [the book](x) of Ada.", [("[the paper](x) by", "[the book](x) of")]),
        ("See [the paper](x) here.", "See [the paper](y) here.", [("[the paper](x)", "[the paper](y)")]),
        ("So `a = b` is.", "So `a = c` was.", [("`a = b` is", "`a = c` was")]),
        ("So $a_1 + b$ holds.", "So $a_1 + c$ fails.", [("$a_1 + b$ holds", "$a_1 + c$ fails")]),
        ("It costs $5 or $6 here.", "It costs $7 or $6 here.", [("5", "7")]),
        ("**a *b c* d** e", "**a *b x* y** z", [("**a *b c* d** e", "**a *b x* y** z")]),
        ("a_b c_d", "a_b c_e", [("c_d", "c_e")]),
    ],
)
def test_a_change_at_a_mark_takes_the_whole_of_what_it_marks(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    found = hunks(before, after)
    assert [(one.said, one.instead) for one in found] == expected
    assert applied(before, found) == after


PIECE = st.sampled_from(["alpha", "beta", "gamma", "delta,", "ε"])
PROSE = st.lists(PIECE, min_size=1, max_size=4).map(" ".join)
MARKED = st.recursive(
    PROSE,
    lambda inner: st.one_of(
        st.sampled_from(["**{}**", "*{}*", "~~{}~~", "[{}](x)", "`{}`"]).flatmap(
            lambda form: (PROSE if form in ("*{}*", "**{}**", "`{}`") else inner).map(form.format)
        ),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
    ),
    max_leaves=12,
)


@given(MARKED, MARKED)
def test_no_correction_holds_one_mark_of_a_pair(before: str, after: str) -> None:
    found = hunks(before, after)
    assert applied(before, found) == after
    for one in found:
        for text in (one.said, one.instead):
            assert not text.count("**") % 2 and not text.count("~~") % 2 and not text.count("`") % 2
            assert text.replace("**", "").count("*") % 2 == 0
            assert text.count("[") == text.count("](x)")


@given(WORDS)
def test_spans_are_pairs_that_lie_in_each_other_or_apart(source: str) -> None:
    found = spans(source)
    assert all(one.start < one.inside <= one.outside < one.end <= len(source) for one in found)
    assert all(
        one.end <= other.start or other.end <= one.start or (one.inside <= other.start and other.end <= one.outside)
        or (other.inside <= one.start and one.end <= other.outside)
        for at, one in enumerate(found)
        for other in found[:at]
    )  # fmt: skip


@pytest.mark.parametrize("piece", ["[", "[a* ", "*a", "`", "$", "``` ", "**a ", "_a_ ", "](x)", "[*~~_"])
def test_reading_spans_takes_no_longer_for_being_awkward(piece: str) -> None:
    began = time.process_time()
    spans("[" * 20_000 + piece * 20_000)
    assert time.process_time() - began < 3


@given(WORDS, WORDS)
def test_applying_the_corrections_gives_the_edited_text(before: str, after: str) -> None:
    found = hunks(before, after)
    assert applied(before, found) == after
    assert bool(found) == (before != after)
    assert len(found) <= MOST
    assert all(before[one.start : one.end] == one.said for one in found)


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta."]), min_size=3, max_size=30), st.data())
def test_every_change_says_words_where_words_are_left(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    found = hunks(" ".join(words), " ".join(words[:at] + words[at + 1 :]))
    assert len(found) == 1
    assert found[0].said.strip() and found[0].instead.strip()


def test_many_changes_are_joined_with_their_neighbours() -> None:
    before = "\n\n".join(f"Sentence number {n} is right here." for n in range(60))
    found = hunks(before, before.replace("right", "wrong"))
    assert len(found) == MOST
    assert applied(before, found) == before.replace("right", "wrong")


def test_a_text_too_long_to_compare_is_one_change() -> None:
    before, after = "a " * 25_000, "b " * 25_000
    assert applied(before, hunks(before, after)) == after


def test_words_of_the_source_are_found_where_a_reader_sees_them() -> None:
    source = "The **off-switch** game was [proved](x) by *Smith* in 2011.\n\n- First\n- Second"
    reading = "The off-switch game was proved by Smith in 2011.\nFirst\nSecond"
    (one,) = hunks(source, source.replace("*Smith* in 2011", "*Hadfield-Menell* in 2016"))
    assert reading[slice(*located(one, source, reading))] == "Smith in 2011"
    (missing,) = hunks(source, source.replace("First", "First of all"))
    start, end = located(missing, source, reading)
    assert start == end == reading.index("First") + len("First")
    assert located(one, source, "") == (0, 0)
