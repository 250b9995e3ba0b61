"""The same questions in promptfoo and in Inspect, their caches on: installed once, outside of this checkout.

`PEERS` names the folder; by default it is in the system's folder for temporary files. A peer that cannot be installed
here is left out, and said to be.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

from _measure import measured
from _slow import REPLY

PLACE = Path(os.environ.get("PEERS") or Path(tempfile.gettempdir()) / "reconst-peers")
KEY = "sk-bench"

_INSPECT = """
import json, sys
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.model import GenerateConfig
from inspect_ai.scorer import exact
from inspect_ai.solver import generate, system_message

url, at_once, asked = sys.argv[1], int(sys.argv[2]), json.loads(open("asked.json").read())
samples = [Sample(input=question, target=asked["reply"]) for question in asked["questions"]]
task = Task(dataset=samples, solver=[system_message(asked["system"]), generate(cache=True)], scorer=exact())
config = dict(max_connections=at_once, max_samples=at_once, temperature=0)
(log,) = eval(task, model="openai-api/bench/slow", model_base_url=url, log_dir="logs", display="none", **config)
held = log.status == "success" and log.results.scores[0].metrics["mean"].value == 1
sys.exit(not held)
"""


class Peer:
    """A tool, by name; `install` brings it here, `ask` has it ask every question in a folder and hold the replies."""

    name: str

    def install(self) -> None:
        """Raises CalledProcessError or OSError where it is not to be had."""
        raise NotImplementedError

    def ask(self, folder: Path, url: str, system: str, questions: Sequence[str], at_once: int) -> tuple[float, float]:
        """Wall and CPU-seconds. What the folder holds from an earlier time is its cache."""
        raise NotImplementedError


class Promptfoo(Peer):
    name = "promptfoo"
    package = "promptfoo@0.121"
    place = PLACE / "promptfoo"
    program = place / "node_modules" / "promptfoo" / "package.json"

    def install(self) -> None:
        if not self.program.exists():
            self.place.mkdir(parents=True, exist_ok=True)
            npm = shutil.which("npm") or "npm"
            _run([npm, "install", "--prefix", str(self.place), "--no-audit", "--no-fund", self.package])

    def ask(self, folder: Path, url: str, system: str, questions: Sequence[str], at_once: int) -> tuple[float, float]:
        folder.mkdir(exist_ok=True)
        messages = [{"role": "system", "content": system}, {"role": "user", "content": "{{question}}"}]
        same = [{"type": "equals", "value": REPLY}]
        config = {
            "prompts": [json.dumps(messages)],
            "providers": [{"id": "openai:chat:slow", "config": {"apiBaseUrl": url, "apiKey": KEY, "temperature": 0}}],
            "tests": [{"vars": {"question": question}, "assert": same} for question in questions],
        }
        (folder / "promptfooconfig.json").write_text(json.dumps(config), "utf-8")
        quiet = {f"PROMPTFOO_{name}": "1" for name in ("DISABLE_TELEMETRY", "DISABLE_UPDATE", "DISABLE_SHARING")}
        env = {**os.environ, **quiet, "PROMPTFOO_CONFIG_DIR": str(folder / "home"), "FORCE_COLOR": "0"}
        script = json.loads(self.program.read_text("utf-8"))["bin"]["promptfoo"]
        command = [shutil.which("node") or "node", str(self.program.parent / script), "eval"]
        options = ["-c", "promptfooconfig.json", "-j", str(at_once), "--no-table", "--no-progress-bar"]
        return measured([*command, *options], env, folder)


class Inspect(Peer):
    name = "inspect"
    package = "inspect-ai==0.3.285"
    place = PLACE / "inspect"
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"

    def install(self) -> None:
        if not (self.place / "installed").exists():
            venv.create(self.place, with_pip=True)
            _run([str(self.python), "-m", "pip", "install", "--quiet", self.package, "openai"])
            (self.place / "installed").touch()

    def ask(self, folder: Path, url: str, system: str, questions: Sequence[str], at_once: int) -> tuple[float, float]:
        folder.mkdir(exist_ok=True)
        said = {"system": system, "questions": list(questions), "reply": REPLY}
        (folder / "asked.json").write_text(json.dumps(said), "utf-8")
        (folder / "task.py").write_text(_INSPECT, "utf-8")
        env = {**os.environ, "BENCH_API_KEY": KEY, "INSPECT_CACHE_DIR": str(folder / "cache")}
        return measured([str(self.python), "task.py", url, str(at_once)], env, folder)


def here() -> tuple[list[Peer], dict[str, str]]:
    """The peers that can be run, and why each other one cannot."""
    found: list[Peer] = []
    missing: dict[str, str] = {}
    for peer in (Promptfoo(), Inspect()):
        print(f"  {peer.name}, in {PLACE}", file=sys.stderr, flush=True)
        try:
            peer.install()
            found.append(peer)
        except (OSError, subprocess.CalledProcessError) as error:
            missing[peer.name] = f"could not be installed here, so there is no figure ({type(error).__name__})"
    return found, missing


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr, stdin=subprocess.DEVNULL)
