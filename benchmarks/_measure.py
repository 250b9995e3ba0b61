"""What the benchmarks share: interleaved runs, medians with an interval, a server of their own, one line of JSON."""

from __future__ import annotations

import json
import math
import os
import platform
import resource
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNS = int(os.environ.get("RUNS", "15"))


def interval(values: Sequence[float]) -> dict[str, float | int]:
    """The median, and the two order statistics that hold the true one in at least 95 % of samples."""
    ordered, n = sorted(values), len(values)
    rank = 0
    while sum(math.comb(n, k) for k in range(rank + 1)) / 2**n <= 0.025:
        rank += 1
    low = max(rank - 1, 0)
    return {
        "median": round(statistics.median(ordered), 4),
        "low": round(ordered[low], 4),
        "high": round(ordered[n - 1 - low], 4),
        "runs": n,
    }


def interleaved(ways: dict[str, Callable[[], Any]], runs: int = RUNS) -> dict[str, list[Any]]:
    """Run every way once per round, turning the order each round, so that a busy machine is equally busy for all."""
    results: dict[str, list[Any]] = {name: [] for name in ways}
    names = list(ways)
    for number in range(runs):
        for name in names if number % 2 == 0 else reversed(names):
            results[name].append(ways[name]())
        print(f"  round {number + 1} of {runs}", file=sys.stderr, flush=True)
    return results


def differences(measured: Sequence[float], base: Sequence[float]) -> dict[str, float | int]:
    """Median and interval of what each round cost more than its base."""
    return interval([one - other for one, other in zip(measured, base, strict=True)])


def measured(command: Sequence[str | Path], env: dict[str, str], folder: Path = ROOT) -> tuple[float, float]:
    """Wall and CPU-seconds of a process and its children, as the system counted them."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def browsed(name: str) -> dict[str, Any]:
    """Run `browser/<name>.bench.ts` in Chromium; what its tests have written, by the last part of the file's name."""
    with tempfile.TemporaryDirectory(prefix=f"reconst-{name}-") as folder:
        jlpm = shutil.which("jlpm") or "jlpm"
        command = [
            jlpm,
            "run",
            "playwright",
            "test",
            "--config",
            "benchmarks/browser/playwright.config.ts",
            f"{name}.bench",
        ]
        environment = {**os.environ, "FIGURES": str(Path(folder) / name), "RUNS": str(RUNS)}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
        return {path.suffixes[-2][1:]: json.loads(path.read_text("utf-8")) for path in Path(folder).glob("*.json")}


def close(benchmark: str, figures: dict[str, Any], goals: dict[str, tuple[float, float]]) -> None:
    """The one line: figures, and for each goal what was measured, its limit, and whether it is met."""
    judged = {
        name: {"measured": round(value, 4), "limit": limit, "met": value <= limit}
        for name, (value, limit) in goals.items()
    }
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(json.dumps({"benchmark": benchmark, "goals": judged, "figures": figures, "machine": machine}))


class Server:
    """A running Jupyter server with folders of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, token: str, home: Path) -> None:
        self.process, self.port, self.token, self.home = process, port, token, home
        self.url = f"http://127.0.0.1:{port}"
        self.root = home / "root"

    def get(self, path: str, body: Any = None, method: str | None = None) -> Any:
        """JSON from the server."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as response:
            text = response.read()
            return json.loads(text) if text else None


@contextmanager
def server(*, ours: bool = True, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """Start JupyterLab's server, with our extension or without; yields at its first answer to /api/status."""
    with tempfile.TemporaryDirectory(prefix="reconst-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for name in ("root", "config", "data", "runtime"):
            (home / name).mkdir()
        extensions = {"ServerApp": {"jpserver_extensions": {"jupyter_reconst": ours}}}
        (home / "config" / "jupyter_server_config.json").write_text(json.dumps(extensions), "utf-8")
        port, token = _free_port(), secrets.token_hex(16)
        env = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
        env |= {f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("config", "data", "runtime")}
        env |= {"JUPYTER_TOKEN": token, "JUPYTERLAB_WORKSPACES_DIR": str(home), **(environment or {})}
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--log-level=WARN"]
        options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={home / 'root'}"]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                [*command, *options], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        running = Server(process, port, token, home)
        try:
            _wait(running)
            yield running
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(running: Server) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and running.process.poll() is None:
        try:
            running.get("api/status")
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"the server did not start:\n{(running.home / 'log').read_text('utf-8', 'replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
