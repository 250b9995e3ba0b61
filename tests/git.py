"""Random merges by the real git with our driver: two branches change one notebook, and nothing of either is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.notebook import Reading, ours, read
from jupyter_reconst.doors.cli import main
from jupyter_reconst.notebook.file import load, save
from tests.editing import Copy, Ids

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Repository:
    """A repository with one notebook in it, and nothing of whoever runs the tests."""

    def __init__(self, folder: Path, *, driver: bool = True) -> None:
        self.folder, self.notebook, self.ids = folder, folder / "n.ipynb", Ids()
        self.environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        folder.mkdir(exist_ok=True)
        self.git("init", "-q", "-b", "main")
        if driver:
            assert main(["git-setup", str(folder)]) == 0
        self.write({}, "a = 1")
        self.commit("first")

    def git(self, *arguments: str, fails: bool = False) -> str:
        command = ["git", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert fails or done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def write(self, metadata: dict[str, Any], *sources: str) -> None:
        cells = [
            {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": s, "outputs": [], "execution_count": None}
            for n, s in enumerate(sources)
        ]
        save(self.notebook, {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})

    @property
    def copy(self) -> Copy:
        return Copy(self.ids, ours(load(self.notebook)["metadata"]))

    @property
    def reading(self) -> Reading:
        return read(load(self.notebook)["metadata"])


def merges_lose_nothing(folder: Path, seed: int, times: int) -> dict[str, int]:
    """Branch, change articles on both sides, merge, and go on from there; sometimes a cell is changed on both sides."""
    chance, repository = random.Random(seed), Repository(folder)
    seen = {"merges": 0, "articles": 0, "edits": 0, "lost": 0, "conflicts": 0, "cells in conflict": 0}
    written = dict(repository.copy.metadata)
    for number in range(times):
        torn = chance.random() < 0.1
        repository.git("branch", "-f", "other")
        sides = []
        for side, branch in enumerate(("other", "main")):
            repository.git("checkout", "-q", branch)
            copy = repository.copy
            copy.change(chance, chance.randint(1, 4))
            repository.write(copy.metadata, f"a = {number}{side}" if torn else "a = 1")
            repository.commit(f"{branch} {number}")
            written |= copy.written
            sides.append({key.split(":")[2] for key in copy.written if ":article:" in key})
        said = repository.git("merge", "--no-edit", "other", fails=True)
        clashing = {conflict.article for conflict in _read(repository.notebook).conflicts} & sides[0] & sides[1]
        text = repository.notebook.read_text("utf-8")
        unmerged = bool(repository.git("ls-files", "--unmerged"))
        assert unmerged == bool(clashing or torn), said
        assert ("<<<<<<<" in text) == torn, said
        if torn:
            text = _settled(text)
            repository.notebook.write_text(text, "utf-8")
        held = ours(json.loads(text)["metadata"])
        seen["lost"] += sum(held.get(key) != value for key, value in written.items())
        assert held.keys() == written.keys() and not read(held).problems
        seen |= {"merges": seen["merges"] + 1, "conflicts": seen["conflicts"] + bool(clashing)}
        seen["cells in conflict"] += torn
        repository.commit("merged") if unmerged else None
    seen["articles"] = len({key.split(":")[2] for key in written if ":article:" in key})
    seen["edits"] = len(written)
    return seen


def _read(notebook: Path) -> Reading:
    return read(json.loads(_settled(notebook.read_text("utf-8")))["metadata"])


def _settled(text: str) -> str:
    """Ours, where git left both."""
    kept, skipping = [], False
    for line in text.splitlines():
        if line.startswith(("<<<<<<<", ">>>>>>>", "=======")):
            skipping = line.startswith("=======")
        elif not skipping:
            kept.append(line)
    return "\n".join(kept)
