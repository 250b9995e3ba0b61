"""What says whether a claim follows."""

from __future__ import annotations

from typing import Protocol

from jupyter_reconst.core.formal.argument import Argument
from jupyter_reconst.core.formal.verdicts import Verdict


class Prover(Protocol):
    """Something that can say whether a claim follows."""

    def missing(self) -> str:
        """Why nothing can be judged here, and what to do about it; empty where it can."""
        ...

    async def judge(self, argument: Argument, proof: str = "") -> Verdict:
        """What follows, within the bounds that the operator set. Never raises: what goes wrong is *not checked*.

        Solvers find their own proof; a proof assistant checks the one that it is given.
        """
        ...


class Assistant(Prover, Protocol):
    """A prover that checks a proof which somebody else wrote."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def statement(self, argument: Argument) -> str:
        """What has to be proved, as it reads it; empty where it cannot be said there."""
        ...
