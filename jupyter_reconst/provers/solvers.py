"""Z3, and cvc5 as a second opinion where it is installed, behind the port `Prover`."""

from __future__ import annotations

import asyncio
import json
import math
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from pydantic import ValidationError

from jupyter_reconst.core.formal.argument import Argument
from jupyter_reconst.core.formal.modal import standard
from jupyter_reconst.core.formal.verdicts import DOUBT, Verdict, told
from jupyter_reconst.provers.cage import Said, caged, python

DISTRIBUTIONS = {"z3": "z3-solver", "cvc5": "cvc5"}
AT_ONCE = 4
PATIENCE = 1.0
"""Seconds that a second opinion may take longer than the first."""

BROKEN = b"(error"


class Solvers:
    """Solvers in processes of their own. `seconds` and `megabytes` bound each; `second`: ask cvc5 too."""

    def __init__(self, seconds: float = 5, megabytes: int = 1_024, *, second: bool = True, child: str = "") -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._code = child or "from jupyter_reconst.provers.child import main; main('{engine}')"
        self._second = second
        self._slots = asyncio.Semaphore(AT_ONCE)

    def missing(self) -> str:
        """Why nothing can be checked here; empty where it can."""
        if sys.platform == "win32":
            return "Provers run on Linux and macOS only: here they could not be kept from everything else."
        if find_spec("z3") is None:
            return "No prover is installed: pip install 'jupyter_reconst[formal]'"
        return ""

    async def judge(self, argument: Argument, proof: str = "") -> Verdict:
        """What follows. Solvers find their own proofs, so `proof` is not read."""
        if why := self.missing():
            return Verdict(says="not checked", why=why)
        try:
            plain = standard(argument)
        except ValidationError:
            return Verdict(says="not checked", why="Without its modalities it is too large.")
        verdict = agreed(*await self._opinions(plain))
        real = {one.name for one in argument.premises}
        words = told(verdict.model, plain) if verdict.model else ()
        core = tuple(name for name in verdict.core if name in real)
        return verdict.model_copy(update={"core": core, "words": tuple(line[:4_000] for line in words)})

    async def _opinions(self, argument: Argument) -> tuple[Verdict, Verdict | None]:
        """Both solvers at once. The second one is waited for a little once the first has settled it."""
        if not (self._second and find_spec("cvc5")):
            return await self._asked("z3", argument), None
        second = asyncio.create_task(self._asked("cvc5", argument))
        try:
            first = await self._asked("z3", argument)
            await asyncio.wait({second}, timeout=PATIENCE if first.checked else None)
            return first, second.result() if second.done() else None
        finally:
            second.cancel()
            await asyncio.wait({second})

    async def _asked(self, engine: str, argument: Argument) -> Verdict:
        request = {
            "seconds": math.ceil(self._seconds),
            "megabytes": self._megabytes,
            "argument": argument.model_dump(mode="json"),
        }
        command = python(self._code.replace("{engine}", engine))
        async with self._slots:
            said = await caged(command, json.dumps(request).encode(), self._seconds)
        return read(said).model_copy(update={"by": (_name(engine),)})


def read(said: Said) -> Verdict:
    """What a process said, as a verdict. Anything but one whole verdict and a clean end is *not checked*."""
    if said.status is None or said.status in (-24, -9):  # SIGXCPU, and SIGKILL where that was not enough
        return Verdict(says="not decided", why="It was not settled in the time that a prover is given here.")
    if BROKEN in said.out or BROKEN in said.errors:
        return Verdict(says="not checked", why="The prover reported an error.")
    if said.status != 0:
        return Verdict(says="not checked", why=f"The prover ended with status {said.status}.")
    try:
        return Verdict.model_validate_json(said.out)
    except ValidationError:
        return Verdict(says="not checked", why="The prover's answer could not be read.")


def agreed(first: Verdict, second: Verdict | None = None) -> Verdict:
    """One verdict of two opinions. Two that contradict each other settle nothing."""
    if second is None or not second.checked:
        return first
    both = {"by": (*first.by, *second.by)}
    if first.says == second.says:
        return first.model_copy(update=both)
    if not first.checked:
        return second if second.says != "does not follow" else first
    for one, other in ((first, second), (second, first)):
        if one.says == "premises inconsistent" and (other.says, other.why) == ("follows", DOUBT):
            return one.model_copy(update=both)
    why = f"{first.by[0]} says “{first.says}”, {second.by[0]} says “{second.says}”."
    return Verdict(says="not decided", why=why, by=both["by"])


def _name(engine: str) -> str:
    title = {"z3": "Z3"}.get(engine, engine)
    try:
        return f"{title} {version(DISTRIBUTIONS[engine])}"
    except PackageNotFoundError:
        return title
