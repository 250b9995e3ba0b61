"""A pack in a shared folder, a newer version of it, and notebooks that import it; for the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from jupyter_reconst.core.notebook import Reading, keys, read
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.pinning import pin
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.notebook.file import load
from tests.command_line import caller, written
from tests.fakes import an_id
from tests.faulty import Faulty
from tests.scenes import article, case

RULE, OTHER = article(1, "a result is stated", "say what you doubt"), article(2, "asked", "be brief")
LAW = Reading(
    revisions=(RULE, OTHER), cases=(case(1, "Is it true?", "intended", "I think so, but I doubt it.", "Yes!"),)
)
NEWER = RULE.model_copy(update={"revision": an_id(700), "parents": (RULE.revision,), "then": "never doubt"})
UPDATE = LAW.model_copy(update={"revisions": (*LAW.revisions, NEWER)})
DOUBTED = "I think so, but I doubt it."


@asynccontextmanager
async def sharing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    """A caller whose settings name a folder with one pack; its model doubts until a rule says never to."""
    async with caller(tmp_path, monkeypatch, lambda asked: "Yes!" if "never doubt" in asked.system else DOUBTED) as it:
        folder = tmp_path / "shared"
        folder.mkdir()
        (tmp_path / "config").mkdir(exist_ok=True)
        (tmp_path / "config" / "jupyter_server_config.py").write_text(f"c.Reconst.wiki = [{str(folder)!r}]\n", "utf-8")
        published(folder, LAW)
        yield it


def published(folder: Path, reading: Reading) -> Path:
    file = folder / "careful.md"
    file.write_text(dump(Front(name="Careful"), reading), "utf-8")
    return file


def holding(path: Path, reading: Reading) -> Path:
    copied = pin(an_id(800), "shared:careful", LAW)
    return written(path, "1", metadata=keys(reading.model_copy(update={"imports": (copied,)})))


def metadata(path: Path) -> Reading:
    return read(load(path)["metadata"])
