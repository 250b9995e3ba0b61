"""What this machine has and what it lacks: Node, a browser, a virtual environment; and how commands are run on it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LOGS = ROOT / ".run"
ARTEFACTS = ROOT / "artefacts"
OLDEST_NODE = 20
DROPPED = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
"""Settings of a shell that would make our Python another one, or slower than a person's."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


class Missing(Exception):
    """Something is missing or failed; the text says what, and what to do."""


def say(text: str) -> None:
    """One line for the person, at once, in whatever encoding the terminal has."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


def environment(**more: str) -> dict[str, str]:
    """The environment of our commands: the checkout's own Python first, bytecode kept, no questions, no telemetry."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    ours = {"PATH": path, "VIRTUAL_ENV": str(VENV), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1", "PIP_NO_INPUT": "1"}
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return {**kept, **ours, **more}


def tool(name: str) -> str:
    """The full path of a command, ours before the machine's (Windows finds `jlpm.exe` and `npm.cmd` only so)."""
    found = shutil.which(name, path=environment()["PATH"])
    if found is None:
        raise Missing(f"The command `{name}` was not found.")
    return found


def run(title: str, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> None:
    """Run a command with its words kept in `.run/<title>.log`; its last lines are shown only if it fails."""
    say(f"-> {title}")
    LOGS.mkdir(exist_ok=True)
    log = LOGS / (re.sub(r"\W+", "-", title.lower()).strip("-") + ".log")
    began = time.monotonic()
    with log.open("wb") as out:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-30:])
        raise Missing(f"{tail}\n\n{title} failed (status {done.returncode}). All of its words: {log}")
    seconds = time.monotonic() - began
    if seconds >= 2:
        say(f"   done in {seconds:.0f} s")


def need_node() -> None:
    """Node builds the frontend; a released wheel does not need it."""
    node = shutil.which("node")
    if node is None:
        raise Missing(f"Node.js is missing. Install Node {OLDEST_NODE} or newer (nodejs.org, or your package manager).")
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.", said)
    if version is None or int(version[1]) < OLDEST_NODE:
        raise Missing(f"Node.js {said.strip() or '?'} is too old: version {OLDEST_NODE} or newer is needed ({node}).")


def browser() -> Path | None:
    """A Chromium that is here: `$CHROMIUM`, on the path, or in a usual place."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not Path(named).exists():
            raise Missing(f"CHROMIUM says {named}, which does not exist.")
        return Path(named)
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    places = [Path(found)] if found else [Path(place) for place in BROWSER_PLACES]
    return next((place for place in places if place.exists()), None)


def need_browser() -> Path:
    """A Chromium, installed with apt where that is allowed."""
    found = browser()
    if found:
        return found
    if not _apt():
        raise Missing(
            "The browser tests need Chromium, and none was found. Install Chromium or Chrome "
            "(Debian: `sudo apt-get install chromium`), or set CHROMIUM to the program's full path."
        )
    _add("Chromium", "chromium", "fonts-dejavu-core")
    found = browser()
    if found is None:
        raise Missing("Chromium was installed but cannot be found; set CHROMIUM to the program's full path.")
    return found


def want_rocq() -> None:
    """Rocq, in CI, where apt has it: half a minute. Where this fails, the tests that need it are skipped."""
    there = all(map(shutil.which, ("coqc", "bwrap")))
    if os.environ.get("CI") == "true" and not there and _apt():
        try:
            _add("Rocq", "coq", "bubblewrap")
        except Missing as error:
            say(f"{error}\nThe tests of proofs are skipped.")


def _apt() -> list[str]:
    """apt-get, as somebody who may install; empty where there is none, or where we may not."""
    sudo = _sudo()
    lock = ["apt-get", "-o", "DPkg::Lock::Timeout=400"]
    return [*sudo, *lock] if sudo is not None and shutil.which("apt-get") else []


def _add(title: str, *packages: str) -> None:
    run("Package lists (apt)", [*_apt(), "update"])
    quiet = environment(DEBIAN_FRONTEND="noninteractive")
    run(f"{title} (apt)", [*_apt(), "install", "-y", "--no-install-recommends", *packages], env=quiet)


def _sudo() -> list[str] | None:
    """What to put before a command of the administrator; none where we may not ask."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None
