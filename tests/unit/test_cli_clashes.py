"""`jupyter reconst clashes` from end to end: real files, a scripted endpoint, a store of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.notebook import Head, Reading, keys
from tests.command_line import caller, calls, run, written
from tests.faulty import Asked, Faulty
from tests.scenes import NOTEBOOK, article, said

pytest.importorskip("z3")  # The prover takes one call of the search.

BRIEF = article(1, "a date is asked for", "answer with the year alone", title="Only the year")
SOURCED = article(2, "a date is asked for", "answer with a source in full", title="Sources")
ACCEPT = Constitution(articles=(BRIEF, SOURCED)).digest


def judge(asked: Asked) -> str:
    """The two articles clash; the model answers with the year alone."""
    if '{"clash"' in asked.system:
        return said(clash=True, why="A source is more than a year.", prompt="When was it?")
    if '{"situations"' in asked.system:
        date, year = {"name": "date", "words": "a date is asked for"}, {"name": "year", "words": "the year alone"}
        rule = {"holds": ["date"], "some": [], "fails": []}
        rules = [
            {**rule, "number": 1, "does": ["year"], "avoids": []},
            {**rule, "number": 2, "does": [], "avoids": ["year"]},
        ]
        return said(situations=[date], actions=[year], apart=[], rules=rules)
    if '{"followed"' in asked.system:
        return said(followed="year alone" in asked.prompt)
    return "2016"


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, judge) as server:
        yield server


def notebook(path: Path, *articles: object) -> Path:
    return written(path, "1", metadata=keys(Reading(head=Head(id=NOTEBOOK), revisions=articles)))  # type: ignore[arg-type]


async def test_nothing_is_sent_before_it_is_accepted_and_the_refusal_says_how(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = notebook(tmp_path / "n.ipynb", BRIEF, SOURCED)
    assert await run("clashes", path, "--accept", "0" * 64) == 2
    message, remedy, code, _ = capfd.readouterr().err.splitlines()
    assert "2 articles" in message and remedy.endswith(f"--accept {ACCEPT}") and code == "(not_accepted)"
    assert endpoint.requests == []
    assert await run("show", path) == 0
    assert capfd.readouterr().out.splitlines()[-1] == f"digest {ACCEPT}"


async def test_a_clash_is_1_with_what_was_answered_and_the_second_search_is_free(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = notebook(tmp_path / "n.ipynb", BRIEF, SOURCED)
    assert await run("clashes", path, "--accept", ACCEPT, "--estimate") == 2
    assert "1 pair of articles, 0 articles left out in turn: about 2 calls, and" in capfd.readouterr().out
    assert calls(endpoint) == []
    assert await run("clashes", path, "--accept", ACCEPT) == 1
    told = capfd.readouterr()
    assert "n.ipynb: “Only the year” and “Sources” may clash. A source is more than a year." in told.out
    assert "n.ipynb: “Only the year” and “Sources” cannot both be followed (Z3 " in told.out
    assert "both apply: a date is asked for" in told.out and "“Sources” asks for: not: the year alone" in told.out
    assert "asked: When was it?" in told.out and "answered: 2016" in told.out
    assert "“Only the year”: followed" in told.out and "“Sources”: not followed" in told.out
    assert "(done, 5 calls, cost unknown)" in told.out and "1/1 looked at" in told.err
    before = path.read_bytes()
    assert await run("clashes", path, "--accept", ACCEPT, "--estimate") == 1
    assert len(calls(endpoint)) == 5 and "may clash" in capfd.readouterr().out and path.read_bytes() == before


async def test_no_clash_is_0_what_is_found_within_the_budget_1_and_what_was_not_looked_at_is_2(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one = notebook(tmp_path / "one.ipynb", BRIEF)
    both = notebook(tmp_path / "both.ipynb", BRIEF, SOURCED)
    alone = Constitution(articles=(BRIEF,)).digest
    assert await run("clashes", one, "--accept", alone) == 0
    assert await run("clashes", one, tmp_path / "none.ipynb", "--accept", alone) == 2
    assert await run("clashes", one, both, "--accept", alone, "--accept", ACCEPT, "--budget-calls", "1") == 1
    assert "(stopped, 1 call," in capfd.readouterr().out and len(calls(endpoint)) == 1
    assert await run("clashes", both, "--accept", ACCEPT, "--budget-dollars", "1") == 2
    assert "cannot bound" in capfd.readouterr().err
    endpoint.replies = "Perhaps."
    assert await run("clashes", both, "--accept", ACCEPT, "--profile", "nowhere") == 2
    assert "(not_found)" in capfd.readouterr().err
