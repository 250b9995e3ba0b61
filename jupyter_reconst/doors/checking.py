"""`jupyter reconst check`: progress on stderr, what was found on stdout and in report files, and an exit status.

Ctrl+C stops the calls, and what was found until then is told; a second one ends at once.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from jupyter_reconst.core.checks import NOT_CHECKED, Check, accepted_by, in_force
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BadInput, Problem, ReconstError
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.visible import spelled

if TYPE_CHECKING:
    from jupyter_reconst.acts.check import Wanted

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def check_notebooks(options: argparse.Namespace) -> int:
    """Check as the options say."""
    from jupyter_reconst.acts.check import Wanted

    wanted = Wanted(
        paths=tuple({path.resolve(): str(path) for path in options.notebooks}.values()),
        accept=frozenset(digest.lower() for digest in options.accept),
        profile=options.profile,
        against=options.against,
        budget=Budget(calls=options.budget_calls, dollars=options.budget_dollars),
        fresh=options.fresh,
    )
    return checked(wanted, options.junit, options.markdown)


def checked(wanted: Wanted, junit: Path | None = None, markdown: Path | None = None) -> int:
    """Check, report, and say how it ended: 0 every case holds, 1 a regression, 2 not everything was checked."""
    try:
        for file in filter(None, (junit, markdown)):
            _emptied(file)
        found = asyncio.run(_found(wanted))
        _written(found, junit, markdown)
        _told(found)
    except ReconstError as error:
        say(error.problem())
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    except Exception as error:  # Python would end with 1, which says that a case has regressed.
        say(ReconstError(f"Something went wrong. {type(error).__name__}: {error}").problem())
    else:
        return found.status
    return NOT_CHECKED


def show_cases(reading: Reading, law: Constitution) -> None:
    """Print the kept cases that a check would send, and the digest that accepts them with the constitution."""
    cases = in_force(law, reading.cases)
    for number, case in enumerate(cases, 1):
        article = law.article(case.article)
        print(spelled(f"case {number}: {article.title if article else case.article}"))
        texts = {"": case.prompt, case.expects.verdict: case.expects.reply, "instead of": case.expects.without}
        for name, text in texts.items():
            print(textwrap.indent(spelled(text), f"{name:>12} | ", predicate=lambda line: True))
    print(f"check --accept {accepted_by(law, cases)}")


def say(problem: Problem) -> None:
    """An error in three plain lines."""
    print(spelled(f"{problem.message}\n{problem.remedy}\n({problem.code})"), file=sys.stderr)


async def _found(wanted: Wanted) -> Check:
    from jupyter_reconst.acts.check import Step, check
    from jupyter_reconst.acts.report import WORDS
    from jupyter_reconst.wiring import build, headless

    found = Check(suites=())
    stop = asyncio.Event()
    reconst = build(headless())
    try:
        with stopping(asyncio.get_running_loop(), stop):
            async for event in check(reconst.ports, reconst.person, wanted, stop):
                if isinstance(event, Check):
                    found = event
                elif isinstance(event, Step):
                    place = f"{Path(event.path).name} on {event.model}: {event.article}"
                    line = f"{event.done}/{event.planned} {WORDS[event.shown.outcome]}: {place}"
                    print(spelled(line), file=sys.stderr, flush=True)
                else:
                    print(f"waiting for the model, {event.seconds:.0f} s", file=sys.stderr, flush=True)
    finally:
        await reconst.close()
    return found


@contextmanager
def stopping(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> Iterator[None]:
    """The first signal stops the check; then the signals mean again what they meant before."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def back() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stopped(number: int, frame: FrameType | None) -> None:
        back()
        loop.call_soon_threadsafe(stop.set)

    for number in _SIGNALS:
        signal.signal(number, stopped)
    try:
        yield
    finally:
        back()


def _emptied(file: Path) -> None:
    """Before anything is paid for: can it be written? What an earlier check wrote is not taken for this one's."""
    if file.suffix == ".ipynb":
        raise BadInput(f"{file} is a notebook, and would be overwritten.", remedy="Name another file for the report.")
    try:
        file.write_text("", encoding="utf-8")
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> BadInput:
    remedy = "Name another file and run this again: what was answered is recorded and costs nothing."
    return BadInput(f"{file} cannot be written: {error.strerror}.", remedy=remedy)


def _written(found: Check, junit: Path | None, markdown: Path | None) -> None:
    from jupyter_reconst.acts import report

    for file, text in ((junit, report.junit), (markdown, report.markdown)):
        if file is not None:
            try:
                file.write_text(text(found), encoding="utf-8")
            except OSError as error:
                raise _unwritable(file, error) from error


def _told(found: Check) -> None:
    """What was found: every case, regressions first, then the counts."""
    from jupyter_reconst.acts.report import WORDS, counted, ranked, short, spent, told
    from jupyter_reconst.core.checks import difference

    for suite, row, column in ranked(found):
        shown = row.shown[column]
        model = f" [{found.models[column].model}]" if len(found.models) > 1 else ""
        print(spelled(f"{WORDS[shown.outcome]}: {Path(suite.path).name}{model}: {told(row)}"))
        if shown.outcome != "held":
            print(spelled(f"    {shown.why}"))
    for suite in found.suites:
        for one in suite.arguments:
            name, passage = Path(suite.path).name, short(one.pinned.passage)
            print(spelled(f"{WORDS[one.outcome]}: {name}: argument “{passage}”: {one.why}"))
    for column, asked in enumerate(found.models):
        print(spelled(f"{counted(found, column)} on {asked.model} ({spent(asked)})."))
    against = difference(found)
    if against is not None:
        print(f"{against.both} are decided on both. {against.says}")
        for place, differing in (("second", against.won), ("first", against.lost)):
            for row in differing:
                print(f"holds on the {place} model only: {told(row)}")
    for suite in found.suites:
        if suite.aside:
            print(f"{Path(suite.path).name}: {suite.aside} left aside, of articles that are off or repealed.")
    for problem in dict.fromkeys(suite.problem for suite in found.suites if suite.problem):
        say(problem)
    if found.stopped:
        print("Stopped; run it again to go on: what was answered is recorded.", file=sys.stderr)
    elif found.status == NOT_CHECKED:
        print("Not everything was checked.", file=sys.stderr)
