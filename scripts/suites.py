"""`run.py test`: pytest, jest, the gallery, Playwright twice, each with its own words; one closing line counts all."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

from scripts.machine import ARTEFACTS, PYTHON, ROOT, environment, need_browser, say, tool, want_rocq


@dataclass(frozen=True)
class Count:
    """How many tests passed, failed and were skipped; `again` of those that passed did so at their second try."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    again: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        again = f" ({self.again} at a second try)" if self.again else ""
        return f"{self.passed} passed{again}, {self.failed} failed{skipped}"


def of_pytest(report: Path) -> Count:
    """What a JUnit report says."""
    count = Count()
    for suite in ElementTree.parse(report).iter("testsuite"):
        total, failed, errors, skipped = (int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped"))
        count += Count(total - failed - errors - skipped, failed + errors, skipped)
    return count


def of_jest(report: Path) -> Count:
    """What jest's JSON says; a file that could not be run is a failure too."""
    told = json.loads(report.read_text("utf-8"))
    failed = told["numFailedTests"] + told["numRuntimeErrorTestSuites"]
    return Count(told["numPassedTests"], failed, told["numPendingTests"])


def of_playwright(report: Path) -> Count:
    """What Playwright's JSON says; a test that needed its second try is counted and said."""
    told = json.loads(report.read_text("utf-8"))
    stats = told["stats"]
    failed = stats["unexpected"] + (1 if told.get("errors") and not stats["unexpected"] else 0)
    return Count(stats["expected"] + stats["flaky"], failed, stats["skipped"], stats["flaky"])


Run = tuple[list[str], Path, Callable[[Path], Count]]
"""A command, where it reports, and how to read that."""
Suite = Callable[[Sequence[str]], Run]


def _pytest(more: Sequence[str]) -> Run:
    report = ARTEFACTS / "pytest.xml"
    side_by_side = ["-n", "3", "--dist", "worksteal"]  # Tests of faults wait more than they work.
    command = [str(PYTHON), "-m", "pytest", "--ignore=tests/soak", f"--junitxml={report}", "-q", *side_by_side, *more]
    return command, report, of_pytest


def _jest(more: Sequence[str]) -> Run:
    report = ARTEFACTS / "jest.json"
    every_core = "--maxWorkers=100%"  # Jest itself would leave one idle.
    return [tool("jlpm"), "run", "jest", "--ci", every_core, "--json", f"--outputFile={report}", *more], report, of_jest


def _playwright(project: str, workers: int, more: Sequence[str]) -> Run:
    config = str(ROOT / "tests" / "ui" / "playwright.config.ts")
    output = str(ARTEFACTS / "failures" / project)
    command = [
        tool("jlpm"),
        "run",
        "playwright",
        "test",
        "--config",
        config,
        f"--project={project}",
        "--output",
        output,
    ]
    return [*command, "--workers", str(workers), *more], ARTEFACTS / f"{project}.json", of_playwright


SUITES: dict[str, Suite] = {
    "pytest": _pytest,
    "jest": _jest,
    "gallery": partial(_playwright, "gallery", 2),
    "playwright": partial(_playwright, "lab", 2),
    "measured": partial(_playwright, "measured", 1),
}
BROWSED = {"gallery", "playwright", "measured"}


def test(names: Sequence[str], more: Sequence[str] = ()) -> int:
    """Run the named suites, or all; the exit status is 0 only if every test that ran passed."""
    browser = need_browser() if not names or BROWSED & {*names} else None
    if not names or "pytest" in names:
        want_rocq()
    env = environment(CHROMIUM=str(browser)) if browser else environment()
    ARTEFACTS.mkdir(exist_ok=True)
    total, lines = Count(), []
    for name in names or SUITES:
        say(f"\n== {name}")
        command, report, read = SUITES[name](more)
        report.unlink(missing_ok=True)
        env["PLAYWRIGHT_JSON_OUTPUT_FILE"] = str(report)
        status = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode
        count = read(report) if report.exists() else Count()
        if status and not count.failed:  # it ended badly without naming a test
            count += Count(failed=1)
        lines.append(f"{name}: {count}")
        total += count
    say("\n" + "\n".join(lines))
    say(f"{total}")
    return 1 if total.failed or not total.passed else 0


def soak(more: Sequence[str] = ()) -> int:
    """The long fault tests; not in CI."""
    command = [str(PYTHON), "-m", "pytest", "tests/soak", "-q", "-s", *more]
    return subprocess.run(command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, check=False).returncode
