"""What is done with the texts of others: in a process that gives up everything that it could do harm with.

It is started with no environment; no file and no connection (no new file descriptor can be made), no process, a bound
on memory. In: a line `{"name": …, "size": …}` and that many bytes. Out: lines of JSON, what was found, then `end`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from jupyter_reconst.library.words import MISSING, Unreadable

_NOBODY = 65534


def serve(answer: Callable[[str, bytes], Iterator[dict[str, Any]]]) -> None:
    """Answer until nothing comes any more. One that needed more memory than there is says that it is `spent`."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline(65_536):
        asked = json.loads(line)
        try:
            for said in answer(str(asked["name"]), source.read(int(asked["size"]))):
                sink.write(json.dumps(said).encode() + b"\n")
            end: dict[str, Any] = {"end": ""}
        except Unreadable as error:
            end = {"end": str(error)}
        except ImportError:
            end = {"end": MISSING}
        except MemoryError:
            end = {"end": "It needs more memory than a document is given here.", "spent": True}
        except Exception as error:  # Whatever a hostile file brought about, the next one is read.
            end = {"end": f"It cannot be read ({type(error).__name__})."}
        sink.write(json.dumps(end).encode() + b"\n")
        sink.flush()


def close(megabytes: int) -> None:
    """Give everything up, for good; where the system has no such bounds, the time alone is one."""
    if sys.platform == "win32":
        return
    import resource

    if os.geteuid() == 0:
        # Root is above the limit on processes. In a container where nobody else exists, it stays what it is.
        with suppress(OSError):
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 0,
        resource.RLIMIT_AS: megabytes * 2**20,
    }
    if sys.platform == "darwin":
        del limits[resource.RLIMIT_AS]  # It is there, and cannot be set.
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
