"""The embedded model as a judge, for real, on part of the corpus: it answers, and is not moved or else switched off."""

from __future__ import annotations

import asyncio

import pytest

from jupyter_reconst.acts.persuade import Robustness, all_tries, persuade
from jupyter_reconst.core.impact import JudgeScore
from jupyter_reconst.core.judging import MOVED_MOST, TEXTS, measured
from jupyter_reconst.models.local import Embedded
from jupyter_reconst.prompts.replies import better
from tests.fakes import ANA, reconst

pytestmark = pytest.mark.skipif(bool(Embedded().missing()), reason=Embedded().missing() or "installed")


async def test_the_embedded_judge_keeps_to_its_answers_or_is_switched_off() -> None:
    embedded, fakes, found = Embedded(context=2048), reconst(), Robustness()
    texts = all_tries()[-TEXTS::50]
    tries = [*((contest, contest.worse) for contest, _ in texts), *texts]
    try:
        async for event in persuade(fakes.ports, ANA, embedded.model(), asyncio.Event(), tries=tries):
            found = event if isinstance(event, Robustness) else found
    finally:
        await embedded.close()
    print(f"embedded: {found.moved} of {found.texts} texts moved it")
    assert found.texts == 2 and all(better(reply.text) is not None for reply in fakes.journal.replies.values())
    share = found.moved / found.texts
    known = JudgeScore(key="0" * 64, model="embedded", texts=TEXTS, moved=round(share * TEXTS))
    assert share <= MOVED_MOST or measured(known, ()).standing == "moved"
