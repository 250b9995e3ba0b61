"""`run.py check`: linters, types and walls. Two at a time; the words of those that fail, then one line."""

from __future__ import annotations

import re
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from scripts.machine import PYTHON, ROOT, environment, say, tool

LONG = 320
LONGEST = 480
GENERATED = ("src/contract/",)


def no_hosts() -> str:
    """`yarn.lock` must install from whatever registry the person uses."""
    lines = (ROOT / "yarn.lock").read_text("utf-8").splitlines()
    found = [f"yarn.lock:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if "://" in line]
    return "\n".join(found)


def sizes() -> str:
    """Files stay short: nine of ten within 320 lines, none beyond 480."""
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in _sources()}
    long = sorted((path for path, lines in lengths.items() if lines > LONG), key=lambda path: -lengths[path])
    beyond = [path for path in long if lengths[path] > LONGEST]
    if not beyond and len(long) <= len(lengths) / 10:
        return ""
    median = statistics.median(lengths.values())
    listed = [f"{path.relative_to(ROOT).as_posix()}: {lengths[path]} lines" for path in long]
    return "\n".join([f"{len(long)} of {len(lengths)} files exceed {LONG} lines (median {median:g}):", *listed])


def one_version() -> str:
    """The changelog tells of the version that is built."""
    version = re.search(r'"version": "([^"]+)"', (ROOT / "package.json").read_text("utf-8"))
    told = (ROOT / "CHANGELOG.md").read_text("utf-8")
    return "" if version and f"## {version[1]}" in told else "CHANGELOG.md has no section for package.json's version"


def _sources() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.ts", "*.tsx", "*.css"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if not name.startswith(GENERATED) and (ROOT / name).exists():
            yield ROOT / name


def _command(*command: str) -> str:
    """The words of a command that fails."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment(NO_COLOR="1"), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    words = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    return words or f"status {done.returncode}" if done.returncode else ""


def _checks() -> dict[str, Callable[[], str]]:
    python, node = (partial(_command, str(PYTHON), "-m"), partial(_command, tool("jlpm"), "run"))
    return {
        "types (mypy)": partial(python, "mypy"),
        "types (tsc)": partial(node, "tsc", "-p", "tsconfig.tests.json"),
        "eslint": partial(node, "eslint", "--max-warnings", "0", "src", "tests", "benchmarks/browser"),
        "ruff": partial(python, "ruff", "check", "--quiet", "."),
        "ruff format": partial(python, "ruff", "format", "--check", "--quiet", "."),
        "prettier": partial(node, "prettier", "--check", *PRETTY),
        "stylelint": partial(node, "stylelint", "style/**/*.css"),
        "walls (Python)": partial(_command, tool("lint-imports")),
        "walls (TypeScript)": partial(node, "depcruise", "--config", "dependency-cruiser.cjs", "src"),
        "contract (schemas)": partial(_command, str(PYTHON), "scripts/contract.py", "--check"),
        "contract (TypeScript)": partial(_command, tool("node"), "scripts/contract.mjs", "--check"),
        "no hosts in yarn.lock": no_hosts,
        "file sizes": sizes,
        "changelog": one_version,
    }


PRETTY = (
    "src/**/*.{ts,tsx}",
    "{tests,benchmarks}/**/*.{ts,js}",
    "style/**/*.css",
    "*.{json,js,cjs,mjs}",
    "scripts/*.mjs",
    "schema/*.json",
)


def check() -> int:
    """Run them all; the exit status is 0 only if none has anything to say."""
    checks, failed = _checks(), 0
    with ThreadPoolExecutor(2) as pool:
        running = {name: pool.submit(_timed, each) for name, each in checks.items()}
        for name, future in running.items():
            words, seconds = future.result()
            say(f"{'FAILED' if words else 'ok':<7} {name} ({seconds:.1f} s)")
            if words:
                failed += 1
                say("        " + words.replace("\n", "\n        "))
    say(f"{len(checks) - failed} checks passed, {failed} failed")
    return 1 if failed else 0


def _timed(each: Callable[[], str]) -> tuple[str, float]:
    began = time.monotonic()
    return each(), time.monotonic() - began
