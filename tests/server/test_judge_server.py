"""A judge through HTTP: asked about a preview that has ended, watched as the preview is, and never a mark."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.fakes import ScriptedModel, an_id
from tests.judges import judge, judging
from tests.scenes import CORRECTION
from tests.server.conftest import Starting
from tests.server.test_loop_server import PATH, RULE, answers, asked, highlighted


def script(messages: Any, parameters: Any) -> str:
    if judging(messages):
        return judge(lambda prompt, one, other: 1 if one == CORRECTION else 2)(messages, parameters)
    return answers(messages, parameters)


async def test_a_judge_is_asked_and_watched(start: Starting) -> None:
    lab = await start(ScriptedModel(script))
    about = highlighted(await asked(lab), CORRECTION)
    request = {"id": an_id(42), "path": PATH, "amendment": RULE.model_dump(mode="json"), "annotations": [about]}
    await lab.good("preview", {**request, "generate": 0})
    before = (await asyncio.wait_for(lab.all("watch", {"preview": an_id(42)}), 10))[-1]["preview"]
    assert before["status"] == "done" and before["evidence"]["judge"] is None
    await lab.good("judge", {"preview": an_id(42)})
    await asyncio.wait_for(lab.all("watch", {"preview": an_id(42)}), 10)
    after = (await lab.all("watch", {"preview": an_id(42)}))[0]["preview"]
    changed = [row for row in after["rows"] if row["judgement"]]
    assert changed and after["calls"] == before["calls"] + 2 * len(changed)
    judgement = changed[0]["judgement"]
    assert [judgement[name] for name in ("first", "second", "says")] == ["after", "after", "intended"]
    assert after["status"] == "done" and all(row["mark"] is None for row in after["rows"])
    score = after["evidence"]["judge"]
    assert (score["standing"], score["asked"], score["filled"]) == ("untested", len(changed), 0)
    assert (await lab.call("judge", {"preview": an_id(43)}))[0] == 404
