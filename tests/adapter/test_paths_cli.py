"""T9 at the command line: whatever is said for a path or an id, no file is touched but those that were named."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyter_reconst.core.notebook import Head, Reading, keys
from jupyter_reconst.doors.cli import _parser, main
from tests.command_line import written
from tests.hostile import path
from tests.scenes import NOTEBOOK, article

RUNS = 150
"""5,000 in `tests/soak`."""
FLAGS = (argparse._StoreTrueAction, argparse._StoreFalseAction)


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command with its arguments, as the parser knows them."""
    return next(dict(a.choices) for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))


def said(chance: random.Random, command: str, parser: argparse.ArgumentParser, here: Path) -> Iterator[str]:
    """A command line: half of what could be a path or an id is hostile, and leads nowhere above `here`."""
    known = "none.ipynb" if command == "run" else chance.choice(["open.ipynb", "open.ipynb", "law.md", "."])

    def text() -> str:
        hostile = path(chance, str(here / "other.ipynb")).replace("\0", "")  # No command line holds one.
        plain = f"{known}@{hostile}" if chance.random() < 0.1 else known
        found = hostile if chance.random() < 0.5 else plain
        return f"{here}{found}" if found.startswith("/") and not found.startswith(str(here)) else found

    for action in parser._actions:
        wanted = not action.option_strings or (action.dest != "help" and chance.random() < 0.3)
        if not wanted or action.type in (int, float) or "positive" in str(action.type):
            continue
        value = str(chance.choice(list(action.choices))) if action.choices else text()
        yield from action.option_strings[-1:]
        if not isinstance(action, FLAGS):
            yield value if action.option_strings or not value.startswith("-") else f"./{value}"


def nothing_is_touched(folder: Path, monkeypatch: pytest.MonkeyPatch, runs: int) -> None:
    """Run so many command lines. Each ends with a status, and what it did not name is as it was."""
    here = folder.joinpath(*"abcdefghijkl")
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, str(folder / "own" / name.lower()))
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    chance, ends = random.Random(9), {0: 0, 1: 0, 2: 0}
    for number in range(runs):
        law = keys(Reading(head=Head(id=NOTEBOOK), revisions=(article(1, "always", "be brief"),)))
        for name in ("open.ipynb", "other.ipynb"):
            written(here / name, "1", metadata=law)
        (here / "law.md").write_text("# Rules\n\n- be brief\n", "utf-8")
        command, parser = list(commands().items())[number % len(commands())]
        line = [command, *said(chance, command, parser, here)]
        before = files(folder)
        try:
            ends[main(line)] += 1
        except SystemExit as end:
            ends[int(str(end.code))] += 1
        named = {resolved(here, word) for word in line}
        touched = {name for name, text in files(folder).items() if before.get(name) != text}
        assert touched | (before.keys() - files(folder).keys()) <= named, line
    assert ends[0] > runs / 30, ends
    print(f"\n{runs} command lines over {len(commands())} commands: {ends}")


def files(folder: Path) -> dict[Path, bytes]:
    """Every file but those that are ours to write: the store, the settings."""
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and folder / "own" not in p.parents}


def resolved(here: Path, word: str) -> Path | None:
    try:
        return (here / word).expanduser().resolve()
    except (OSError, ValueError, RuntimeError):
        return None


def test_path_fuzz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_is_touched(tmp_path, monkeypatch, RUNS)
