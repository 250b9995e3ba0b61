"""An outline says what the notes say: what is added, doubtful, refused and left out is found by code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.core.markdown import ACTIVE, inert
from jupyter_reconst.core.outline import Drafted, Point, Refused, judged, outline, written
from jupyter_reconst.core.page import literal
from jupyter_reconst.core.sentences import numbered
from jupyter_reconst.core.support import support
from jupyter_reconst.core.turns import Attachment

NOTES = numbered(
    [
        Attachment(
            cell="one", label="Cell 1", kind="markdown", source="The robot should ask first. It is not safe at 40."
        ),
        Attachment(cell="two", label="Cell 2", kind="raw", source="Hadfield-Menell says two agents may disagree."),
    ]
)


def point(text: str, *cites: int, level: int = 1) -> Point | Refused:
    return judged(Drafted(text=text, cites=cites, level=level), NOTES)


def test_words_of_the_notes_are_a_point_in_whatever_form() -> None:
    found = point("The robot asks before anything", 1)
    assert isinstance(found, Point) and (found.added, found.doubts) == (("anything",), ())
    found = point("Two agents disagreeing: 2", 3)
    assert isinstance(found, Point) and not found.added


@pytest.mark.parametrize(
    ("text", "cites", "why"),
    [
        ("It is not safe at 41", (2,), "41 is not in its source"),
        ("It is not safe at 40 for twelve robots", (2,), "12 is not in its source"),
        ("Corrigibility follows from utility uncertainty", (1,), "most of its words"),
        ("The robot has a mind", (1,), "most of its words"),
        ("The robot asks first", (), "names no sentence"),
        ("The robot asks first", (0, 4, 99), "names no sentence"),
        ("  ", (1,), "says nothing"),
        ("robot " * 200, (1,), "says too much"),
    ],
)
def test_an_invention_is_refused(text: str, cites: tuple[int, ...], why: str) -> None:
    found = point(text, *cites)
    assert isinstance(found, Refused) and why in found.why


@pytest.mark.parametrize(
    ("text", "cites", "doubt"),
    [
        ("It is safe at 40", (2,), "leaves out"),
        ("The robot should not ask first", (1,), "no such negation"),
        ("The robot of Bellman should ask first", (1,), "the name Bellman"),
        ("The robot should ask first", (1, 9), "not there (9)"),
    ],
)
def test_what_changes_the_meaning_is_doubtful(text: str, cites: tuple[int, ...], doubt: str) -> None:
    found = point(text, *cites)
    assert isinstance(found, Point) and any(doubt in one for one in found.doubts), found


def test_how_much_is_claimed_is_not_grammar() -> None:
    assert support("The robot must always ask", ["The robot should ask"]).added == ("must", "always")


def test_the_outline_says_what_it_left_out_and_what_was_refused() -> None:
    drafted = [
        Drafted(text="The robot asks first", cites=(1,)),
        Drafted(text="Two agents may disagree", cites=(3,), level=4),
        Drafted(text="Smith proved it in 1997", cites=(1,)),
    ]
    found = written(outline(drafted, NOTES), NOTES)
    assert found.text.splitlines() == [
        "- The robot asks first [¶1]",
        "  - Two agents may disagree [¶3]",
        "",
        "**Left out**: 1 of 3 sentences, which nothing above cites",
        "",
        "- Cell 1",
        "  - “It is not safe at 40.” [¶2]",
        "",
        "**Refused**: what the model wrote and your notes do not say",
        "",
        "- “Smith proved it in 1997” [¶1] *(1997 is not in its source)*",
    ]
    assert [(one.number, one.cell, one.start, one.quote) for one in found.traces] == [
        (one.number, one.cell, one.start, one.quote) for one in NOTES
    ]


def test_without_a_point_that_holds_the_notes_stand_as_they_are() -> None:
    found = written(outline([Drafted(text="Nonsense of the model", cites=(1,))], NOTES), NOTES)
    assert found.plain and found.text.startswith("**Not organised**")
    for one in NOTES:
        assert f"“{one.text}” [¶{one.number}]" in found.text
    assert "Nonsense of the model" in found.text.split("**Refused**")[1]


WORDS = st.sampled_from(
    ["robot", "asks", "not", "41", "Bellman", "`", "$x$", "[¶1]", "<b>", "](", "first", "\n# a", "two"]
)
DRAFTED = st.builds(
    Drafted,
    text=st.lists(WORDS, max_size=8).map(" ".join),
    level=st.integers(-3, 9),
    cites=st.lists(st.integers(-2, 12), max_size=4).map(tuple),
)
SOURCES = st.lists(st.lists(WORDS, max_size=20).map(" ".join), min_size=1, max_size=3)


@given(st.lists(DRAFTED, max_size=12), SOURCES)
def test_every_sentence_is_cited_or_left_out_and_every_quote_is_in_its_cell(
    drafted: list[Drafted], sources: list[str]
) -> None:
    cells = [Attachment(cell=f"c{n}", label=f"Cell {n}", kind="markdown", source=s) for n, s in enumerate(sources)]
    sentences = numbered(cells)
    found = outline(drafted, sentences)
    cited = {number for point in found.points for number in point.cites}
    everything = set(range(1, len(sentences) + 1))
    assert cited | set(found.left) == everything and not cited & set(found.left)
    assert len(found.points) + len(found.refused) == len(drafted)
    level = 0
    for one in found.points:
        assert 1 <= one.level <= level + 1
        level = one.level
    page = written(found, sentences)
    text = {cell.cell: cell.source for cell in cells}
    traced = {one.number for one in page.traces}
    assert traced == everything
    marks = 0
    for one in page.traces:
        assert text[one.cell][one.start : one.start + len(one.quote)] == one.quote
        marks += len(one.marks)
        for at in one.marks:
            assert page.text[at:].startswith(f"[¶{one.number}]")
    assert marks == page.text.count("[¶")
    # Drawn, nothing in it is active: the quotes of notes and model fetch and link nowhere.
    assert not ACTIVE.search(inert(page.text))


@given(st.text(alphabet="ab1 $`\\([)]{}begin#-*_~\n", max_size=80))
def test_one_text_never_opens_what_the_next_one_closes(text: str) -> None:
    shown = inert(f"- {literal(text)} END\n- b $ ` ) ] END")
    assert len(re.findall(r"^- ", shown, re.M)) == 2 and shown.splitlines()[-1].endswith("END")
    assert shown.splitlines()[0].endswith("END")
