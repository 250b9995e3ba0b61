"""The reports of a check: well formed whatever a reply says, and only what holds passes."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from jupyter_reconst.acts.distance import edited
from jupyter_reconst.acts.report import counted, junit, markdown, ranked
from jupyter_reconst.core.checks import Answering, Check, Checked, Outcome, Shown, Suite
from jupyter_reconst.core.errors import NoCases, Problem
from tests.scenes import case

HOSTILE = (
    '<script>alert(1)</script> ]]> & "quoted" \x1b[31mred\x1b[0m \x00 \ufffe \u202e ![x](http://evil.example/p)\n'
    "````\n[a](javascript:1) | cell | <img src=x> www.evil.example @someone\n```"
)


def a_check(*outcomes: Outcome, text: str = HOSTILE, problem: Problem | None = None, **fields: Any) -> Check:
    rows = tuple(
        Checked(
            case=case(number, text, "intended", f"kept {text}", f"replaced {text}"),
            article=text,
            shown=(Shown(outcome=outcome, why=text, reply=f"today {text}"),),
        )
        for number, outcome in enumerate(outcomes, 1)
    )
    suite = Suite(path=f"{text}.ipynb", constitution="c" * 64, accept="a" * 64, rows=rows, problem=problem)
    models = (Answering(model=text, calls=3),)
    return Check(suites=(suite,), models=models if rows else (), **fields)


def test_junit_has_one_test_case_for_each_case_and_passes_only_what_holds() -> None:
    root = ElementTree.fromstring(junit(a_check("held", "regression", "unsure", "failed", "unasked")))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "1", "3")
    bare = [not list(found) for found in root.iter("testcase")]
    assert bare == [True, False, False, False, False]
    (failure,) = root.iter("failure")
    assert failure.text and all(word in failure.text for word in ("kept", "replaced", "today", "<script>"))
    assert "⟦U+001B⟧" in failure.text and "\x1b" not in failure.text
    assert len({found.get("name") for found in root.iter("testcase")}) == 5


def test_junit_of_what_was_refused_is_an_error() -> None:
    root = ElementTree.fromstring(junit(a_check(problem=NoCases("Nothing is kept.").problem())))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("1", "0", "1")
    (error,) = root.iter("error")
    assert (error.get("type"), error.get("message")) == ("no_cases", "Nothing is kept.")


def prose(report: str) -> list[str]:
    """The lines outside code blocks, read as CommonMark reads fences."""
    found, fence = [], ""
    for line in report.splitlines():
        ticks = len(line) - len(line.lstrip("`"))
        if not fence and ticks >= 3:
            fence = "`" * ticks
        elif fence and ticks >= len(fence) and not line.strip("`").strip():
            fence = ""
        elif not fence:
            found.append(line)
    assert not fence
    return found


def test_markdown_is_words_alone_outside_code_blocks() -> None:
    report = markdown(a_check("held", "regression", "unsure"))
    outside = "\n".join(prose(report))
    for live in ("<", "](", "![", "://", "www.", "@", "\x1b", "\u202e"):
        assert live not in outside, live
    assert "# 1 kept case has regressed" in report
    (table,) = [line for line in prose(report) if line.startswith("| &#60;")]
    assert table.count("|") == 4 and "1 of 3 cases hold, 1 regression, 1 cannot tell" in table
    assert "3 calls, cost unknown" in table
    assert "c" * 64 in report and "a" * 64 in report


def test_the_difference_is_told_in_words() -> None:
    report = markdown(a_check("regression", text="Why?"))
    assert "[-kept-] {+today+} Why?" in report
    assert edited("a b c", "a x c d") == "a [-b-] {+x+} c {+d+}"
    assert edited("", "a") == "{+a+}" and edited("a", "") == "[-a-]"


def test_long_texts_and_many_rows_stay_within_the_limit_of_a_summary() -> None:
    report = markdown(a_check(*["regression"] * 300, text="word " * 12_000))
    assert len(report.encode()) < 2**20 and "…and 270 more." in report


def test_regressions_come_first() -> None:
    order = [row.shown[0].outcome for _, row, _ in ranked(a_check("held", "unasked", "regression", "unsure"))]
    assert order == ["regression", "unsure", "unasked", "held"]


@pytest.mark.parametrize(
    ("outcomes", "stopped", "status", "title"),
    [
        (("held", "held"), False, 0, "All kept cases hold"),
        (("held", "regression", "failed"), False, 1, "1 kept case has regressed"),
        (("held", "unsure"), False, 2, "Not everything could be checked"),
        (("held", "unasked"), False, 2, "Not everything could be checked"),
        (("regression", "unasked"), True, 2, "1 kept case has regressed"),
        (("held", "unasked"), True, 2, "The check was stopped"),
        ((), False, 2, "Not everything could be checked"),
    ],
)
def test_status(outcomes: tuple[Outcome, ...], stopped: bool, status: int, title: str) -> None:
    found = a_check(*outcomes, stopped=stopped)
    assert found.status == status and markdown(found).startswith(f"# {title}\n")


def test_counts() -> None:
    assert counted(a_check("held"), 0) == "1 of 1 case hold"
