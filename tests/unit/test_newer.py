"""A notebook of a newer format version can be looked at: every other verb says so clearly, sends and writes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jupyter_reconst.acts.highlight import highlight
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.notebook import Head, Reading, keys, read
from jupyter_reconst.core.requests import Highlight, Ratify, Sync
from tests.command_line import caller, run, written
from tests.fakes import ANA, Fakes, an_id
from tests.faulty import Faulty
from tests.scenes import NOTEBOOK, PATH, adding, annotation, article, case

READING = Reading(
    head=Head(id=NOTEBOOK),
    revisions=(article(1, "a result is stated", "say what you doubt"),),
    cases=(case(1, "Is it true?", "intended", "I think so.", "Yes!"),),
)
KNOWN = keys(READING)
NEWER = KNOWN | {"reconst": {"version": 2, "id": NOTEBOOK, "more": True}}


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, "never") as server:
        yield server


@pytest.mark.parametrize(
    "command",
    [
        "export newer.ipynb -o out.md",
        "export newer.ipynb --as agents",
        "import honest-references newer.ipynb",
        "import honest-references newer.ipynb -o out.ipynb",
        "import honest-references newer.ipynb --diff",
        "diff newer.ipynb known.ipynb",
        "diff known.ipynb newer.ipynb --json",
        "merge known.ipynb known.ipynb newer.ipynb",
        "merge known.ipynb newer.ipynb known.ipynb -o out.ipynb",
        "run newer.ipynb --accept {digest}",
        "clashes newer.ipynb --accept {digest}",
        "check newer.ipynb --accept {digest}",
    ],
)
async def test_every_verb_says_so_and_writes_nothing(
    endpoint: Faulty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    written(Path("newer.ipynb"), "1", metadata=NEWER)
    written(Path("known.ipynb"), "1", metadata=KNOWN)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert await run(*command.format(digest=READING.constitution.digest).split()) in (1, 2)
    said = capfd.readouterr()
    assert "A newer version of jupyter_reconst wrote what newer.ipynb carries" in said.err
    assert "Update jupyter_reconst." in said.err and said.out.strip() in ("", "Nothing was checked.")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert endpoint.requests == []


async def test_a_damaged_head_is_not_written_over(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    notebook = written(tmp_path / "n.ipynb", "1", metadata=KNOWN | {"reconst": {"version": 1}})
    before = notebook.read_bytes()
    assert await run("import", "honest-references", notebook) == 1
    assert "holds reconst, which cannot be read" in capfd.readouterr().err and notebook.read_bytes() == before


async def test_it_can_be_looked_at(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    notebook = written(tmp_path / "newer.ipynb", "1", metadata=NEWER)
    before = notebook.read_bytes()
    assert await run("show", notebook) == 0 and await run("travels", notebook) == 0
    said = capfd.readouterr()
    assert "THEN say what you doubt" in said.out and "A newer version of jupyter_reconst wrote it" in said.err
    assert notebook.read_bytes() == before


async def test_the_sidebar_is_told_and_nothing_is_written_into_it() -> None:
    fakes = Fakes()
    told = await sync(fakes.ports, ANA, Sync(path=PATH, metadata=NEWER))
    assert not told.identify, "the newer head would be written over"
    assert not told.pending and "a newer version of jupyter_reconst" in told.problems[0]
    for refused in (
        ratify(fakes.ports, ANA, Ratify(id=an_id(40), path=PATH, amendment=adding())),
        highlight(fakes.ports, ANA, Highlight(path=PATH, annotation=annotation())),
    ):
        with pytest.raises(BadInput, match="newer version"):
            await refused


@pytest.mark.parametrize("head", [{"version": 1}, {"version": 0, "id": NOTEBOOK}, {"version": True}, [], "2", None])
def test_a_damaged_head_is_no_newer_version(head: object) -> None:
    assert read({"reconst": head}).problems == ("reconst",) and not read({"reconst": head}).newer
