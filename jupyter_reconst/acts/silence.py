"""How long a model has been silent: said now and then, so that nobody watches a page without a word."""

from __future__ import annotations

from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.core.ports import Clock
from jupyter_reconst.core.requests import Waiting

EVERY = 5.0
"""Seconds of silence until it is said, and from one time to the next."""


class Silence:
    """The time since anything came: a word of some call, or a row from the record."""

    def __init__(self, clock: Clock, model: Metered) -> None:
        self._clock = clock
        self._model = model
        self.broken()

    def broken(self) -> None:
        """Something has come."""
        self._pieces = self._model.pieces
        self._since = self._said = self._clock.monotonic()

    def said(self) -> Waiting | None:
        """What there is to say of it now, if anything."""
        if self._model.pieces != self._pieces:
            self.broken()
        now = self._clock.monotonic()
        if now - self._said < EVERY:
            return None
        self._said, seconds = now, now - self._since
        return Waiting(seconds=round(seconds, 1), still=seconds >= self._model.info.timeout)
