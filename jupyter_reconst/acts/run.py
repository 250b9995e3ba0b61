"""One run of a preview: what it needs, what has come of it, and how it stands."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.compare import Laws, Pair, both, judged
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.previews import mark_event, row_event, sight, state_event, with_marks
from jupyter_reconst.acts.probe import Wish
from jupyter_reconst.acts.silence import Silence
from jupyter_reconst.acts.slots import Emit, Writer
from jupyter_reconst.core.errors import StoreError
from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.impact import Impact, Preview, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import MarkRow, Progress, Row, StartPreview

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
    probes: tuple[Probe, ...] | None = None
    rows: dict[str, Impact] = field(default_factory=dict)
    asking: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    saved: int = 0
    pace: float | None = None
    last: float = 0.0

    async def stand(self, **changes: object) -> Progress:
        """Keep how the run stands, and say it."""
        self.count(**changes)
        await self.ports.journal.append(state_event(self.ports, self.person, self.preview, self.request, self.probes))
        return Progress(preview=self.preview)

    def count(self, **changes: object) -> Preview:
        """Bring counters and evidence up to date. `before` holds what an interrupted run had already paid."""
        costs = (self.before.cost, self.model.cost)
        self.preview = self.preview.model_copy(
            update={
                "calls": self.before.calls + self.model.calls,
                "saved": self.before.saved + self.saved,
                "cost": None if costs[1] is None else (costs[0] or 0.0) + costs[1],
                "evidence": evidence_of(self.rows.values()),
                **changes,
            }
        )
        return self.preview

    async def failed(self, problem: str) -> Progress:
        """Keep that the run has failed, where the store lets it: nothing takes it up, and pays for it, again."""
        with suppress(StoreError):
            return await self.stand(status="failed", problem=problem, seconds_left=None)
        return Progress(preview=self.preview)

    def judged(self, probe: Probe, pair: Pair) -> Impact:
        """A pair against what the wording is for, the case that it replays, and the floor as far as it is known."""
        case = next((case for case in self.wish.cases if case.id == probe.case), None)
        return judged(probe, pair, self.aim, case=case, floor=self.preview.floor)

    async def row(self, probe: Probe, pair: Pair) -> Row:
        """Judge a pair, keep the row, and say it; one that is judged anew may have been marked meanwhile."""
        row = self.judged(probe, pair)
        again = probe.id in self.rows
        known = self.marked.get(sight(row)) if not again and row.verdict != "failed" else None
        self.rows[probe.id] = row
        self.silence.broken()
        now = self.ports.clock.monotonic()
        took, self.last = max(0.0, now - self.last), now
        self.pace = took if self.pace is None else _SMOOTH * took + (1 - _SMOOTH) * self.pace
        left = self.preview.planned - len(self.rows)
        self.count(seconds_left=round(self.pace * left, 1))
        lines = [row_event(self.ports, self.person, self.preview, row)]
        if known is not None:
            row = row.model_copy(update={"mark": known.mark, "note": known.note})
            said = MarkRow(preview=self.preview.id, probe=probe.id, mark=known.mark, note=known.note)
            lines.append(mark_event(self.ports, self.person, self.preview, said))
        await self.ports.journal.append(*lines)
        if again:
            (row,) = await with_marks(self.ports, self.person, self.preview.id, row)
        return Row(row=row)

    def writer(self, probe: Probe, *, twice: bool) -> Writer[tuple[Probe, Pair]]:
        """Ask for both sides of a probe. Probes with one prompt take turns: the later ones find it recorded."""

        async def write(emit: Emit[tuple[Probe, Pair]]) -> None:
            async with self.asking[probe.prompt]:
                pair = await both(self.ports, self.person, self.model, self.laws, probe, twice=twice)
            self.saved += pair.saved
            emit((probe, pair))

        return write
