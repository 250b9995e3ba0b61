"""Which rows are asked twice under the present constitution (A/A/B): whole rounds of them, until the set has decided.

Whether a round is measured depends on the rounds before it, never on which call was the quicker one. So the same
preview again asks for the same, and finds it recorded; and under no effect no row is measured for what it showed.
A question that several rows share is measured once: the same three replies are no new evidence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from jupyter_reconst.core.impact import Impact, Probe
from jupyter_reconst.core.statistics import ALPHA, set_evidence

ROUND = 4
SMALL_ROUND = 1
SMALL_MOST = 6
"""Rows that are measured with the embedded model at most. It is slow, and gives the same reply to the same words."""


class Measuring:
    """The rows of one run, in the order of their probes. `told` each of them, or what waits for it waits for ever."""

    def __init__(self, *, small: bool) -> None:
        self._size = SMALL_ROUND if small else ROUND
        self._most = SMALL_MOST if small else None
        self._places: dict[str, int] = {}
        self._first: dict[object, str] = {}
        self._told: dict[int, float | None] = {}
        self._open: dict[int, bool] = {}
        self._whole = 0
        self._moved = asyncio.Event()

    def expect(self, probes: Iterable[Probe], rows: dict[str, Impact]) -> None:
        """Take probes in their order; some may have their rows already."""
        for probe in probes:
            self._places[probe.id] = len(self._places)
            self._first.setdefault(_asked(probe), probe.id)
            if (row := rows.get(probe.id)) is not None:
                self.told(probe, row.distance, row.noise)

    async def twice(self, probe: Probe) -> bool:
        """Whether to measure this row, as soon as the rounds before it are whole."""
        place = self._places[probe.id]
        if self._first[_asked(probe)] != probe.id or (self._most is not None and place >= self._most):
            return False
        start = place - place % self._size
        while self._whole < start:
            await self._moved.wait()
        if start not in self._open:  # The rows of a round share the answer.
            known = (self._told[before] for before in range(start))
            value = set_evidence(difference for difference in known if difference is not None)
            self._open[start] = value < 1 / ALPHA
        return self._open[start]

    def told(self, probe: Probe, distance: float = 0.0, noise: float | None = None) -> None:
        """A row is there, or never will be."""
        self._told.setdefault(self._places[probe.id], None if noise is None else round(distance - noise, 4))
        while self._whole in self._told:
            self._whole += 1
        self._moved.set()
        self._moved = asyncio.Event()


def _asked(probe: Probe) -> object:
    return probe.prompt, probe.history, probe.attachments, probe.given, probe.form, probe.style
