"""One run of a preview: what it needs, what has come of it, and how it stands."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.compare import Laws, Pair, both, judged
from jupyter_reconst.acts.measuring import Measuring
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.previews import key, mark_event, row_event, sight, state_event, with_marks
from jupyter_reconst.acts.probe import Wish, turn_probe
from jupyter_reconst.acts.silence import Silence
from jupyter_reconst.acts.slots import Emit, Writer
from jupyter_reconst.core.constitution import Case
from jupyter_reconst.core.errors import BudgetSpent, StoreError
from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.impact import Ended, Impact, Preview, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import MarkRow, Progress, Row, StartPreview
from jupyter_reconst.core.turns import Turn

_SMOOTH = 0.3
"""Weight of the newest row in the estimate of the time that is left (an exponentially weighted mean)."""


@dataclass(slots=True)
class Run:
    """One run of one wording."""

    ports: Ports
    person: Person
    request: StartPreview
    model: Metered
    laws: Laws
    aim: Aim
    wish: Wish
    preview: Preview
    before: Preview
    marked: dict[str, Impact]
    silence: Silence
    measuring: Measuring
    picked: tuple[Turn, ...] = ()
    probes: tuple[Probe, ...] | None = None
    rows: dict[str, Impact] = field(default_factory=dict)
    asking: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    saved: int = 0
    pace: float | None = None
    last: float = 0.0

    async def stand(self, **changes: object) -> Progress:
        """Keep how the run stands, with what the person has marked meanwhile, and say it."""
        marked = await with_marks(self.ports, self.person, self.preview.id, *self.rows.values())
        self.rows = {row.probe.id: row for row in marked}
        self.count(**changes)
        await self.ports.journal.append(state_event(self.ports, self.person, self.preview, self.request, self.probes))
        return Progress(preview=self.preview)

    def count(self, **changes: object) -> Preview:
        """Bring counters and evidence up to date. `before` holds what an interrupted run had already paid."""
        costs = (self.before.cost, self.model.cost)
        tokens = self.model.prompt + self.model.completion
        now = self.preview.model_copy(
            update={
                "calls": self.before.calls + self.model.calls,
                "saved": self.before.saved + self.saved,
                "tokens": self.before.tokens + tokens,
                "cost": None if costs[1] is None else (costs[0] or 0.0) + costs[1],
                **changes,
            }
        )
        evidence = evidence_of(self.rows.values(), now.judge, now.as_planned)
        self.preview = now.model_copy(update={"evidence": evidence})
        return self.preview

    async def failed(self, problem: str) -> Progress:
        """Keep that the run has failed, where the store lets it: nothing takes it up, and pays for it, again."""
        with suppress(StoreError):
            return await self.stand(status="failed", problem=problem, seconds_left=None)
        return Progress(preview=self.preview)

    def choose(self, found: Iterable[Probe]) -> tuple[Probe, ...]:
        """Take what was drawn, with what the person picked and without what they dropped; the probes that are new.

        Picked turns come right after the corrected ones, unless they were drawn anyway.
        """
        drawn = list(found)
        if self.probes is None:
            turns = {probe.turn for probe in drawn}
            own = [
                turn_probe(self.ports, turn, "own", "a past turn that you picked")
                for turn in self.picked
                if turn.id not in turns
            ]
            place = sum(probe.bin == "source" for probe in drawn[:1])
            drawn[place:place] = own
        worn = [probe if probe.turn else probe.model_copy(update={"style": self.wish.style}) for probe in drawn]
        named = [probe.model_copy(update={"key": key(probe)}) for probe in worn]
        fresh = tuple(probe for probe in named if probe.key not in self.request.without)
        self.probes = (*(self.probes or ()), *fresh)
        self.measuring.expect(fresh, self.rows)
        return fresh

    def case(self, probe: Probe) -> Case | None:
        """The kept case that a probe replays."""
        return next((case for case in self.wish.cases if case.id == probe.case), None)

    async def row(self, probe: Probe, pair: Pair) -> Row:
        """Judge a pair against the floor as far as it is known, keep the row, and say it."""
        if pair.noise is not None:
            floor = max(self.preview.floor or 0.0, round(pair.noise, 4))
            self.preview = self.preview.model_copy(update={"floor": floor})
        row = judged(probe, pair, self.aim, case=self.case(probe), floor=self.preview.floor)
        known = self.marked.get(sight(row)) if self.marked and row.verdict != "failed" else None
        self.rows[probe.id] = row
        self.paced(self.preview.planned - len(self.rows))
        lines = [row_event(self.ports, self.person, self.preview, row)]
        if known is not None:
            row = row.model_copy(update={"mark": known.mark, "note": known.note})
            said = MarkRow(preview=self.preview.id, probe=probe.id, mark=known.mark, note=known.note)
            lines.append(mark_event(self.ports, self.person, self.preview, said))
        await self.ports.journal.append(*lines)
        return Row(row=row)

    def beneath(self) -> list[Impact]:
        """Rows that no longer count as changes, because the floor has been raised since; judged anew."""
        floor = self.preview.floor or 0.0
        return [
            judged(
                row.probe,
                Pair(row.before, row.after, row.noise, sent=row.sent),
                self.aim,
                case=self.case(row.probe),
                floor=floor,
            )
            for row in self.rows.values()
            if row.certainty == "likely" and row.distance <= floor
        ]

    async def again(self, row: Impact) -> Row:
        """Keep a row that is judged anew, and say it; it may have been marked meanwhile."""
        self.rows[row.probe.id] = row
        self.count()
        await self.ports.journal.append(row_event(self.ports, self.person, self.preview, row))
        (row,) = await with_marks(self.ports, self.person, self.preview.id, row)
        return Row(row=row)

    def paced(self, left: int) -> None:
        """Something is done: how long the rest will take."""
        self.silence.broken()
        now = self.ports.clock.monotonic()
        took, self.last = max(0.0, now - self.last), now
        self.pace = took if self.pace is None else _SMOOTH * took + (1 - _SMOOTH) * self.pace
        self.count(seconds_left=round(self.pace * left, 1))

    def writer(self, probe: Probe) -> Writer[tuple[Probe, Pair]]:
        """Ask for both sides of a probe. Probes with one prompt take turns: the later ones find it recorded."""

        async def write(emit: Emit[tuple[Probe, Pair]]) -> None:
            async def twice() -> bool:
                return await self.measuring.twice(probe)

            try:
                async with self.asking[probe.prompt]:
                    pair = await both(self.ports, self.person, self.model, self.laws, probe, twice=twice)
            except BudgetSpent:
                self.measuring.told(probe)
                return
            self.measuring.told(probe, *(() if pair.noise is None else (pair.distance, pair.noise)))
            self.saved += pair.saved
            emit((probe, pair))

        return write

    def end(self, ended: Ended) -> dict[str, object]:
        """How the run stands at its end."""
        tried = [row for row in self.rows.values() if row.verdict != "failed"]
        failed = [row for row in self.rows.values() if row.verdict == "failed"]
        status, problem, effect = "done", "", "unknown"
        if ended in ("stopped", "budget"):
            status = "stopped"
        elif failed and not tried:
            status, problem = "failed", failed[0].why
        if any(row.verdict != "unchanged" for row in tried):
            effect = "seen"
        elif tried and status == "done":
            effect = "none"
        changes = {"status": status, "problem": problem, "effect": effect}
        over = {"repeating": (), "judging": (), "seconds_left": None}
        return {**changes, **over, "ended": "" if status == "failed" else ended}
