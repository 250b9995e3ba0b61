"""How many calls an endpoint takes at once, as it turns out: half as many after a refusal, one more a round otherwise.

Additive increase, multiplicative decrease (Chiu and Jain, 1989), for all who ask one endpoint together. Nothing is held
back until it refuses a call though it has answered others; then nobody asks before the time that it names. One that
has answered nobody is not too crowded but away, and asking it in turn would only take longer.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque


class Pace:
    """Places for calls under way. Belongs to one event loop."""

    def __init__(self) -> None:
        self.limit = math.inf
        self._under_way = 0
        self._answered = False
        self._round = 0
        self._closed_until = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self) -> int:
        """Wait for a place, first come first served; the round that the call belongs to."""
        if self._waiting or not self._free():
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            self._admit()
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self.leave()  # It had just been given a place.
                raise
        else:
            self._under_way += 1
        return self._round

    def leave(self, *, answered: bool = False) -> None:
        """Give the place back. An endpoint that answered while its places were all taken may take more."""
        self._answered = self._answered or answered
        if answered and self._under_way + 1 > self.limit:
            self.limit += 1 / self.limit
        self._under_way -= 1
        self._admit()

    def refused(self, round: int, wait: float) -> bool:
        """The endpoint takes no more: call this before leaving. Whether fewer at once may help.

        All that were under way together are one refusal, however many of them it turns away.
        """
        if not self._answered:
            return False
        crowded = self._under_way > 1 or round < self._round
        if round == self._round:
            self.limit = max(1.0, self._under_way // 2)
            self._round += 1
        self._closed_until = max(self._closed_until, asyncio.get_running_loop().time() + wait)
        return crowded

    def _free(self) -> bool:
        return self._under_way + 1 <= self.limit and asyncio.get_running_loop().time() >= self._closed_until

    def _admit(self) -> None:
        while self._waiting and self._free():
            turn = self._waiting.popleft()
            if not turn.done():
                self._under_way += 1
                turn.set_result(None)
        loop = asyncio.get_running_loop()
        if self._waiting and (closed := self._closed_until - loop.time()) > 0:
            loop.call_later(closed, self._admit)
