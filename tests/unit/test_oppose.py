"""Articles that cannot be followed together: a dozen pairs with what they demand given, then written by a model."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError

from jupyter_reconst.acts.clash import clashes
from jupyter_reconst.acts.oppose import ARTICLES, oppose
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import ModelGarbled
from jupyter_reconst.core.formal.norms import Code
from jupyter_reconst.core.requests import Clash, Clashes, ClashEvent, Opposed, Searched
from jupyter_reconst.prompts import formal
from jupyter_reconst.provers.solvers import Solvers
from tests.fakes import ANA, ScriptedModel, an_id, reconst
from tests.scenes import PATH, article, opened, said, task
from tests.unit.test_clash import BRIEF, PYTHON, SOURCED, judge, only
from tests.unit.test_formalize import Says

pytest.importorskip("z3")

SITUATIONS = {"date": "a date is asked for", "code": "code is written", "german": "the question is in German"}
ACTIONS = {
    "year": "answer with the year alone",
    "source": "cite the source in full",
    "ask": "ask one question first",
    "english": "answer in English",
    "deutsch": "answer in German",
}
APART = [["year", "source"], ["english", "deutsch"]]
DATE = {"holds": ["date"]}

PAIRS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str] | None]] = {
    "asked for and forbidden": ({**DATE, "does": ["source"]}, {**DATE, "avoids": ["source"]}, ["a date is asked for"]),
    "never at once": ({**DATE, "does": ["year"]}, {**DATE, "does": ["source"]}, ["a date is asked for"]),
    "both can be done": ({**DATE, "does": ["year"]}, {**DATE, "does": ["ask"]}, None),
    "both forbid": ({**DATE, "avoids": ["year"]}, {**DATE, "avoids": ["source"]}, None),
    "everywhere": ({"does": ["ask"]}, {"avoids": ["ask"]}, []),
    "one everywhere": ({"does": ["ask"]}, {**DATE, "avoids": ["ask"]}, ["a date is asked for"]),
    "never both": ({**DATE, "does": ["ask"]}, {"fails": ["date"], "avoids": ["ask"]}, None),
    "two situations": (
        {**DATE, "does": ["english"]},
        {"holds": ["german"], "does": ["deutsch"]},
        ["a date is asked for", "the question is in German"],
    ),
    "only where the other is not": (
        {"holds": ["date"], "fails": ["code"], "does": ["ask"]},
        {"holds": ["date"], "avoids": ["ask"]},
        ["a date is asked for", "not: code is written"],
    ),
    "no way left of several": (
        {"some": ["date", "code"], "does": ["ask"]},
        {"fails": ["date", "code"], "avoids": ["ask"]},
        None,
    ),
    "one way left of several": (
        {"some": ["date", "code"], "does": ["ask"]},
        {"fails": ["date"], "avoids": ["ask"]},
        ["code is written", "not: a date is asked for"],
    ),
    "one is against itself": ({**DATE, "does": ["ask"], "avoids": ["ask"]}, {**DATE, "does": ["source"]}, None),
    "situations that exclude each other": (
        {"holds": ["code"], "does": ["ask"]},
        {"holds": ["date"], "avoids": ["ask"]},
        None,
    ),
}


def code(*norms: dict[str, Any], apart: Any = APART) -> str:
    rules = [
        {"number": number, "holds": [], "some": [], "fails": [], "does": [], "avoids": [], **norm}
        for number, norm in enumerate(norms, 1)
    ]
    letters = {"situations": SITUATIONS, "actions": ACTIONS}
    told = {key: [{"name": name, "words": words} for name, words in known.items()] for key, known in letters.items()}
    return said(**told, apart=apart, rules=rules)


async def test_a_pair_is_found_exactly_where_both_apply_and_cannot_both_be_followed() -> None:
    solvers = Solvers(second=False)

    async def found(name: str) -> list[str] | None:
        one, other, _ = PAIRS[name]
        apart = [*APART, ["date", "code"]] if name == "situations that exclude each other" else APART
        fakes = reconst(lambda *_: code(one, other, apart=apart))
        pairs = await oppose(replace(fakes.ports, prover=solvers), fakes.model, [(BRIEF, SOURCED)])
        assert len(fakes.model.calls) == 1
        return list(pairs[0].where) if pairs else None

    seen = dict(zip(PAIRS, await asyncio.gather(*map(found, PAIRS)), strict=True))
    assert seen == {name: where for name, (_, _, where) in PAIRS.items()}


async def test_what_is_found_says_what_each_demands_and_what_is_taken_as_given() -> None:
    fakes = reconst(
        lambda *_: code({**DATE, "does": ["year", "ask"]}, {**DATE, "does": ["source"], "avoids": ["english"]})
    )
    ports = replace(fakes.ports, prover=Solvers(second=False))
    (found,) = await oppose(ports, fakes.model, [(BRIEF, SOURCED)])
    assert [side.title for side in found.sides] == ["Only the year", "Sources"]
    assert found.demands == ("answer with the year alone", "cite the source in full")
    assert found.given == ("answer with the year alone; cite the source in full",)
    assert found.by and found.by[0].startswith("Z3")
    assert found.why.startswith(
        "Both apply where: a date is asked for. “Only the year” asks for: answer with the year alone."
    )
    assert "never at once: answer with the year alone; cite the source in full. Found by Z3" in found.why


@pytest.mark.parametrize(
    "reply",
    [
        "They clash.",
        "{}}",
        code({"holds": ["nowhere"]}),
        code({"does": ["date"]}),
        code(apart=[["date", "ask"]]),
        code(apart=[["date"]]),
        said(situations=[{"name": "x) (exit", "words": ""}], actions=[], apart=[], rules=[]),
        said(situations=[{"name": "a", "words": ""}], actions=[{"name": "a", "words": ""}], apart=[], rules=[]),
        code(*[{"holds": ["date"] * 6}]),
    ],
)
async def test_what_is_not_over_one_vocabulary_reaches_no_prover(reply: str) -> None:
    prover, fakes = Says("follows"), reconst(lambda *_: reply)
    if formal.code(reply) is None:
        with pytest.raises(ModelGarbled):
            await oppose(replace(fakes.ports, prover=prover), fakes.model, [(BRIEF, SOURCED)])
    else:
        assert not await oppose(replace(fakes.ports, prover=prover), fakes.model, [(BRIEF, SOURCED)])
    assert prover.asked == []


async def test_what_was_not_decided_is_no_finding() -> None:
    for says in ("not decided", "not checked", "follows"):
        fakes = reconst(lambda *_: code({**DATE, "does": ["ask"]}, {**DATE, "avoids": ["ask"]}))
        ports = replace(fakes.ports, prover=Says(says))
        assert await oppose(ports, fakes.model, [(BRIEF, SOURCED)]) == ()


async def test_no_more_articles_are_written_than_fit() -> None:
    many = [article(n, "a date is asked for", "cite") for n in range(1, ARTICLES + 3)]
    fakes = reconst(lambda *_: code(*[{**DATE, "does": ["ask"]}] * ARTICLES))
    pairs: list[tuple[Article, Article]] = list(pairwise(many))
    assert await oppose(replace(fakes.ports, prover=Says("follows")), fakes.model, pairs) == ()
    assert f"\n{ARTICLES}.\n" in fakes.model.sent and f"\n{ARTICLES + 1}.\n" not in fakes.model.sent
    with pytest.raises(ValidationError):
        Code.model_validate({"norms": [{"article": 1}] * 2})


async def test_the_search_shows_it_beside_what_the_model_finds_and_pays_for_it_once() -> None:
    def script(messages: Any, parameters: Any) -> str:
        rules = messages[-1].content
        known = {"year alone": {**DATE, "does": ["year"]}, "in full": {**DATE, "does": ["source"]}}
        listed = [next((n for words, n in known.items() if words in rule), {}) for rule in rules.split("WHEN")[1:]]
        return code(*listed) if task(messages) == "norms" else judge(messages, parameters)

    fakes = reconst(script)
    await opened(fakes, BRIEF, SOURCED, PYTHON)
    ports = replace(fakes.ports, prover=Solvers(second=False))

    async def searched(**fields: Any) -> list[ClashEvent]:
        request = Clashes(id=fields.pop("id", an_id(60)), path=PATH, **fields)
        return [event async for event in clashes(ports, ANA, request, asyncio.Event(), budget=2_000)]

    before = await searched(estimate=True)
    assert isinstance(before[-1], Searched) and (before[-1].status, before[-1].expected) == ("estimated", 4)
    events = await searched()
    (found,) = only(events, Opposed)
    assert {side.title for side in found.sides} == {"Only the year", "Sources"}
    assert found.where == ("a date is asked for",) and len(only(events, Clash)) == 1
    end = events[-1]
    assert isinstance(end, Searched)
    assert (end.status, end.done, end.pairs, end.unread, end.calls) == ("done", 3, 3, 0, 7)
    assert [task(messages) for messages, _ in fakes.model.calls].count("norms") == 1
    again = await searched(id=an_id(61), estimate=True)
    assert only(again, Opposed) == [found] and isinstance(again[-1], Searched) and again[-1].status == "done"


async def test_without_a_prover_the_search_is_as_it_was() -> None:
    fakes = reconst(judge)
    await opened(fakes, BRIEF, SOURCED)
    request = Clashes(id=an_id(60), path=PATH)
    events = [event async for event in clashes(fakes.ports, ANA, request, asyncio.Event(), budget=2_000)]
    assert "norms" not in {task(messages) for messages, _ in fakes.model.calls} and only(events, Clash)
    assert isinstance(fakes.model, ScriptedModel)
