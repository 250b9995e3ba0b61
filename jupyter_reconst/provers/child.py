"""The process that a solver runs in. It reads an argument, gives up everything it could do harm with, then solves.

Nothing of it is reachable afterwards: no environment (it was started with none), no file and no connection (no new file
descriptor can be made), no process, no root, and a bound on memory, time and the size of anything written.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

MODULES = {"z3": "z3", "cvc5": "cvc5.pythonic"}
READ = 2**20
NOBODY = 65534


def close(seconds: int, megabytes: int) -> None:
    """Give everything up, for good. Raises OSError or ValueError where a limit cannot be set."""
    import resource

    if os.geteuid() == 0:
        # Root is above the limit on processes. In a container where nobody else exists, it stays what it is.
        with suppress(OSError):
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: megabytes * 2**20,
        resource.RLIMIT_NOFILE: 0,
    }
    if sys.platform == "darwin":
        del limits[resource.RLIMIT_AS]  # It is there, and cannot be set.
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def main(engine: str) -> None:
    """Read `{"seconds": …, "megabytes": …, "argument": …}`, write a verdict as JSON."""
    request: Any = None
    raw = sys.stdin.buffer.read(READ + 1)
    api = import_module(MODULES[engine])
    from jupyter_reconst.core.formal.argument import Argument
    from jupyter_reconst.core.formal.verdicts import Verdict
    from jupyter_reconst.provers.solve import Solving

    try:
        request = json.loads(raw)
        close(int(request["seconds"]), int(request["megabytes"]))
        argument = Argument.model_validate(request["argument"])
        verdict = Solving(api, argument).verdict()
    except MemoryError:
        verdict = Verdict(says="not decided", why="It needed more memory than a prover is given here.")
    except Exception as error:  # Whatever it is, nothing was checked.
        out = "out of memory" in str(error)
        why = "It needed more memory than a prover is given here." if out else f"{type(error).__name__}: {error}"
        verdict = Verdict(says="not decided" if out else "not checked", why=why[:400])
    sys.stdout.buffer.write(verdict.model_dump_json().encode())
    sys.stdout.buffer.flush()
    os._exit(0)
