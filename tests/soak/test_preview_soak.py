"""A preview whose process is killed, over and over, by `kill -9`: nothing recorded is sent again, no row differs.

`RECONST_SOAK_KILLS` says how often. Each child is forked, takes up what the journal holds, and writes every call that
it sends to a file before it waits for the reply.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.acts.call import call_key
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import recorded_preview
from jupyter_reconst.core.ports import ModelInfo, Ports
from jupyter_reconst.core.requests import StartPreview
from jupyter_reconst.store.journal import SqlJournal
from jupyter_reconst.wiring import SystemClock
from tests.fakes import ANA, an_id, reconst
from tests.scenes import CORRECTION, PATH, adding, annotation, governed, keep, opened, task, turn
from tests.unit.test_preview import answers

pytestmark = [pytest.mark.soak, pytest.mark.skipif(os.name != "posix", reason="kill -9")]

KILLS = int(os.environ.get("RECONST_SOAK_KILLS", "200"))
RULE = adding("any reply is written", "write it otherwise")


def info(at_once: int) -> ModelInfo:
    return ModelInfo(profile="test", model="scripted", context=8_192, at_once=at_once)


def request(number: int) -> StartPreview:
    """Each preview has questions of its own, so that it has calls to make."""
    prompts = tuple(f"Question {number} {n}?" for n in range(12))
    about = annotation(said=CORRECTION, about=turn())
    draft = RULE.draft and RULE.draft.model_copy(update={"then": f"write it otherwise, in manner {number}"})
    amendment = RULE.model_copy(update={"draft": draft})
    return StartPreview(
        id=an_id(7_000 + number), path=PATH, amendment=amendment, annotations=(about,), prompts=prompts, generate=2
    )


async def run(directory: Path, number: int, at_once: int) -> None:
    """Take the preview up, whatever there is of it, and bring it to its end."""
    chance = random.Random(os.getpid())

    async def says(messages: Any, parameters: Any) -> str:
        samples = 1 if governed(messages) or task(messages) != "reply" else 2
        names = (call_key(fakes.model, messages, parameters, sample) for sample in range(samples))
        os.write(out, f"{' '.join(names)}\n".encode())
        await asyncio.sleep(chance.uniform(0.001, 0.008))
        return f"Otherwise: {messages[-1].content}" if governed(messages) else str(answers(messages, parameters))

    out = os.open(directory / "sent", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    fakes, journal = reconst(says), SqlJournal(directory)
    fakes.model.info = info(at_once)
    await keep(fakes, turn(), turn(11, "Who first described the halting problem?", "Turing did."))
    await opened(fakes)
    await journal.append(*fakes.journal.lines)
    ports = Ports(journal, fakes.trust, fakes.documents, fakes.models, SystemClock(), fakes.scopes)
    async for _ in preview(ports, ANA, request(number), asyncio.Event()):
        pass
    await journal.close()


def forked(directory: Path, number: int, at_once: int, seconds: float) -> bool:
    """Whether the child came to the end before it was killed."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(run(directory, number, at_once))
        except BaseException:
            os._exit(1)
        os._exit(0)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0
            return True
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == 0


def sent(directory: Path) -> Counter[str]:
    """Every call that was ever sent, by the names it may be recorded under: noise is measured with a second one."""
    path = directory / "sent"
    return Counter(path.read_text().splitlines()) if path.exists() else Counter()


async def looked(directory: Path, number: int) -> tuple[dict[str, str], set[str], Any]:
    """The rows as they are kept, byte for byte, the keys of the recorded calls, and the preview."""
    journal, fakes = SqlJournal(directory), reconst()
    ports = Ports(journal, fakes.trust, fakes.documents, fakes.models, SystemClock(), fakes.scopes)
    record = await recorded_preview(ports, ANA, request(number).id)
    rows = {row.probe.id: row.model_dump_json() for row in record.rows} if record else {}
    await journal.close()
    return rows, keys(directory), record.preview if record else None


def keys(directory: Path) -> set[str]:
    with sqlite3.connect(directory / "feedback.sqlite3") as connection:
        return {row[0] for row in connection.execute("SELECT key FROM replies")}


@pytest.mark.parametrize("at_once", [1, 4])
def test_a_preview_that_is_killed_pays_for_nothing_recorded_again(tmp_path: Path, at_once: int) -> None:
    chance, kills, number, resent, most, finished = random.Random(at_once), 0, 0, 0, 0, 0
    while kills < KILLS:
        number += 1
        twice, rows, before, ended = 0, {}, sent(tmp_path), False
        known = asyncio.run(looked(tmp_path, number))[1] if number > 1 else set()
        while not ended:
            ended = forked(tmp_path, number, at_once, chance.uniform(0.02, 0.25) if kills < KILLS else 60)
            kills += not ended
            seen, recorded, told = asyncio.run(looked(tmp_path, number))
            after = sent(tmp_path)
            new = after - before
            resent += sum(max(0, n - len(set(names.split()) - known)) for names, n in new.items())
            lost = sum(new.values()) - len(recorded - known)
            assert 0 <= lost <= at_once, "no more calls are unrecorded than were under way"
            most, twice = max(most, lost), twice + lost
            assert {id: seen[id] for id in rows} == rows, "a finished row stays as it is, byte for byte"
            rows, before, known = seen, after, recorded
        assert told is not None and told.status == "done" and len(rows) == told.planned >= 20
        assert twice <= told.maybe_twice, "the run says how many may have been billed twice"
        finished += 1
    figures = {"fault": "kill -9", "at_once": at_once, "kills": kills, "previews": finished}
    print(json.dumps({**figures, "recorded calls sent again": resent, "most under way at a kill": most}))
    assert resent == 0
