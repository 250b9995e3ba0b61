"""Writes a preview of so many rows, as it was left, into the feedback store of the environment: NOTEBOOK ROWS."""

from __future__ import annotations

import asyncio
import random
import sys
from datetime import datetime, timezone

from jupyter_reconst.acts.previews import row_event, state_event
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.impact import Bin, Impact, Preview, Probe, Verdict
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import StartPreview
from jupyter_reconst.core.turns import Reply
from jupyter_reconst.wiring import Reconst, build, headless

BINS: tuple[Bin, ...] = ("near", "out", "in", "own")
VERDICTS: tuple[Verdict, ...] = ("unchanged", "unmarked", "intended", "unintended", "regression")
WORDS = (
    "an agent that is unsure of its goal defers to the overseer unless the proof of the lemma says otherwise".split()
)
PORTION = 500


def rows(ports: Ports, count: int) -> list[Impact]:
    chance = random.Random(2026)

    def said(words: int) -> Reply:
        return Reply(text=" ".join(chance.choices(WORDS, k=words)), finish_reason="stop")

    def row(number: int) -> Impact:
        verdict = VERDICTS[number % len(VERDICTS)]
        before = said(60)
        changed = verdict != "unchanged"
        return Impact(
            probe=Probe(
                id=ports.clock.id(),
                bin=BINS[number % len(BINS)],
                prompt=f"Question {number}: what holds for an agent that is unsure?",
                chosen="a past turn in similar words",
            ),
            before=before,
            after=said(50) if changed else before,
            verdict=verdict,
            why="changed; code cannot say whether as wanted" if changed else "identical",
            distance=0.4 if changed else 0.0,
            certainty="likely" if changed else "none",
        )

    return [row(number) for number in range(count)]


async def written(reconst: Reconst, notebook: str, count: int) -> None:
    ports, person = reconst.ports, Person(owner=reconst.person.owner)
    amendment = Amendment(
        id=ports.clock.id(), action="add", draft=Draft(title="Name the lemma", when="a proof", then="name its lemma")
    )
    request = StartPreview(id=ports.clock.id(), path="rows.ipynb", amendment=amendment)
    found = rows(ports, count)
    preview = Preview(
        id=request.id,
        notebook=notebook,
        amendment=amendment,
        before="0" * 64,
        after="1" * 64,
        model="slow",
        status="done",
        ended="all",
        planned=count,
        calls=count,
        created=datetime.now(timezone.utc),
        evidence=evidence_of(found),
    )
    await ports.journal.append(state_event(ports, person, preview, request, [each.probe for each in found]))
    for at in range(0, count, PORTION):
        await ports.journal.append(*(row_event(ports, person, preview, each) for each in found[at : at + PORTION]))
    await reconst.close()


if __name__ == "__main__":
    asyncio.run(written(build(headless()), sys.argv[1], int(sys.argv[2])))
