"""A candidate amendment on the turn it came from: what counts as passed, rejected, and not shown either way."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_reconst.acts.aim import Aim, aim_of
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.trial import Ground, judged, tried
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Source
from jupyter_reconst.core.constitution import EMPTY, Constitution, Draft
from jupyter_reconst.core.errors import ModelBusy
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.requests import Trial
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import CORRECTION, QUOTE, REPLY, adding, annotation, governed, said, task, turn

INVENTED = Aim(quotes=(QUOTE,), corrections=(CORRECTION,), kind="invented_reference")
WORDS = Aim(quotes=("the wrong words",), corrections=("the source is not known",))
FIXED = Aim(literals=("Checked.",))
BRIEF = Aim(brief=True)
PRAISED = Aim(quotes=("a clear example",), praise=True)


@pytest.mark.parametrize(
    ("aim", "stored", "rerun", "after", "status", "moved"),
    [
        (INVENTED, REPLY, REPLY, "No source is known.", "passed", True),
        (INVENTED, REPLY, REPLY, REPLY, "rejected", False),
        (INVENTED, REPLY, "No source.", "No source is known.", "untested", None),
        (FIXED, "A.", "A.", "A. Checked.", "passed", True),
        (FIXED, "A.", "A.", "B.", "rejected", False),
        (FIXED, "A.", "A. Checked.", "B. Checked.", "untested", None),
        (WORDS, "the wrong words", "the wrong words", "Here the source is not known.", "passed", True),
        (WORDS, "the wrong words", "the wrong words", "Still the wrong words.", "rejected", False),
        (WORDS, "the wrong words", "other", "elephants dance at noon", "rejected", False),
        (WORDS, "the wrong words", "the source is not known", "the source is not known", "rejected", False),
        (Aim(quotes=("x y z",)), "x y z", "x y z", "other", "untested", None),
        (BRIEF, "a b c d e f", "a b c d e f", "a b", "passed", True),
        (BRIEF, "a b c d e f", "a b", "a b", "rejected", False),
        (BRIEF, "a b c d e f", "a b c d e f", "a b c d e", "rejected", False),
        (PRAISED, "a clear example", "no such thing", "here is a clear example", "passed", True),
        (PRAISED, "a clear example", "a clear example", "nothing", "rejected", False),
    ],
)
def test_judged(aim: Aim, stored: str, rerun: str, after: str, status: str, moved: bool | None) -> None:
    trial = judged(aim, stored, rerun, after, True)
    assert (trial.status, trial.moved, trial.fires) == (status, moved, True)
    assert trial.why.endswith(".")


def ground(fakes: Fakes, law: Constitution = EMPTY, budget: int = 32) -> Ground:
    return Ground(fakes.ports, ANA, Metered(fakes.model), law, turn(), budget)


async def states(stage: Ground, amendment: Amendment, **fields: Any) -> list[Trial]:
    about = (annotation(said=CORRECTION, about=turn(), **fields),)
    return [t async for t in tried(stage, amendment, aim_of(amendment, about, amendment.draft, REPLY))]


def cites(messages: Any, parameters: Any) -> str:
    """Invents a reference until a rule forbids it; says of every condition that it is met."""
    if task(messages) == "fires":
        return said(fires=True)
    return CORRECTION if governed(messages) else REPLY


async def test_a_rule_that_works_passes() -> None:
    fakes = reconst(cites)
    seen = await states(ground(fakes), adding("the reply names a paper", "say that a source is needed"))
    assert [t.status for t in seen] == ["running", "running", "passed"]
    assert seen[-1].fires is True and seen[-1].moved is True
    assert len(fakes.model.calls) == 3  # WHEN, a plain rerun, a reply under the amendment.


async def test_a_rule_without_effect_is_rejected() -> None:
    fakes = reconst(lambda messages, parameters: said(fires=True) if task(messages) == "fires" else REPLY)
    seen = await states(ground(fakes), adding("the reply names a paper", "be careful"))
    assert (seen[-1].status, seen[-1].fires, seen[-1].moved) == ("rejected", True, False)


async def test_a_when_that_does_not_fit_is_rejected_at_the_price_of_one_call() -> None:
    fakes = reconst(lambda messages, parameters: said(fires=False))
    seen = await states(ground(fakes), adding("the reply holds Python code", "add types"))
    assert (seen[-1].status, seen[-1].fires, seen[-1].moved) == ("rejected", False, None)
    assert len(fakes.model.calls) == 1


async def test_candidates_share_the_rerun_and_a_second_look_is_free() -> None:
    fakes = reconst(cites)
    stage = ground(fakes)
    for then in ("say that a source is needed", "name no paper"):
        await states(stage, adding("any reply is written", then))
    assert len(fakes.model.calls) == 3  # One rerun, two replies under amendments; WHEN means every reply.
    await states(stage, adding("any reply is written", "name no paper"))
    assert len(fakes.model.calls) == 3


async def test_the_librarys_own_when_is_judged_by_its_detector() -> None:
    fakes = reconst(cites)
    draft = Draft(title="T", when="the reply names a paper", then="say that a source is needed")
    from jupyter_reconst.core import failures

    found = failures.rank(QUOTE, REPLY)[0]
    amendment = Amendment(id=an_id(31), action="add", draft=draft, source=Source(by="library", name=found.name))
    seen = await states(ground(fakes), amendment)
    assert seen[-1].fires is True
    assert not [m for m, _ in fakes.model.calls if task(m) == "fires"]


async def test_a_model_that_fails_leaves_it_untested_with_the_reason() -> None:
    fakes = reconst(lambda messages, parameters: ModelBusy("The endpoint is busy."))
    seen = await states(ground(fakes), adding())
    assert seen[-1].status == "untested" and "The endpoint is busy." in seen[-1].why


async def test_a_spent_budget_tries_no_more() -> None:
    fakes = reconst(cites)
    seen = await states(ground(fakes, budget=0), adding())
    assert [t.status for t in seen] == ["untested"] and fakes.model.calls == []


async def test_the_embedded_model_does_not_judge_a_when() -> None:
    fakes = reconst(lambda messages, parameters: CORRECTION if "needed" in messages[-1].content else REPLY)
    fakes.model.info = ModelInfo(profile="test", model="toy", embedded=True)
    seen = await states(ground(fakes), adding("the reply names a paper", "say that a source is needed"))
    assert (seen[-1].status, seen[-1].fires) == ("passed", None)
    assert len(fakes.model.calls) == 2
