"""What our extension adds to a server's start, and `%load_ext` to a kernel. `RUNS` rounds, interleaved (default 15)."""

from __future__ import annotations

import json
import os
import time

import psutil
from _measure import RUNS, close, differences, interleaved, interval, server
from jupyter_client.manager import start_new_kernel

IN_KERNEL = """
import os, psutil, json, time
def now():
    me = psutil.Process()
    used = me.cpu_times()
    return used.user + used.system, me.memory_info().rss / 1e6
before = now()
{code}
after = now()
print(json.dumps([after[0] - before[0], after[1] - before[1]]))
"""


def start(ours: bool) -> tuple[float, float, int]:
    """CPU-seconds and MB at the first answer to /api/status; child processes once a page has been open for a moment."""
    with server(ours=ours) as running:
        process = psutil.Process(running.process.pid)
        used = process.cpu_times()
        seconds, megabytes = used.user + used.system, process.memory_info().rss / 1e6
        if ours:
            running.get("reconst/status")  # what a page asks when it opens
            time.sleep(2)
        return seconds, megabytes, len(process.children())


def load(code: str) -> tuple[float, float]:
    """CPU-seconds and MB that a line costs in a fresh kernel."""
    manager, client = start_new_kernel(kernel_name="python3", env={**os.environ, "JPY_PARENT_PID": ""})
    try:
        said: list[str] = []
        client.execute_interactive(
            IN_KERNEL.format(code=code),
            output_hook=lambda message: said.append(message["content"].get("text", "")),
            timeout=60,
        )
        seconds, megabytes = json.loads("".join(said))
        return seconds, megabytes
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main() -> None:
    began = time.monotonic()
    starts = interleaved({"with us": lambda: start(True), "without": lambda: start(False)})
    with_us, without = starts["with us"], starts["without"]
    loads = interleaved({"ours": lambda: load("%load_ext jupyter_reconst"), "nothing": lambda: load("pass")}, RUNS)
    figures = {
        "server_cpu_seconds_added": differences([run[0] for run in with_us], [run[0] for run in without]),
        "server_megabytes_added": differences([run[1] for run in with_us], [run[1] for run in without]),
        "server_cpu_seconds": interval([run[0] for run in with_us]),
        "child_processes": max(run[2] for run in with_us),
        "load_ext_cpu_seconds": differences([run[0] for run in loads["ours"]], [run[0] for run in loads["nothing"]]),
        "load_ext_megabytes": differences([run[1] for run in loads["ours"]], [run[1] for run in loads["nothing"]]),
        "seconds": round(time.monotonic() - began),
    }
    goals = {
        "server_cpu_seconds_added": (figures["server_cpu_seconds_added"]["median"], 0.15),
        "server_megabytes_added": (figures["server_megabytes_added"]["median"], 15),
        "child_processes": (figures["child_processes"], 0),
        "load_ext_cpu_seconds": (figures["load_ext_cpu_seconds"]["median"], 0.1),
        "load_ext_megabytes": (figures["load_ext_megabytes"]["median"], 5),
    }
    close("startup", figures, goals)


if __name__ == "__main__":
    main()
