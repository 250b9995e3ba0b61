"""Open documents: what was told, what the file says, which notebook it is, and which paths are none of ours."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.notebook import read
from jupyter_reconst.core.ports import CellState, Document
from jupyter_reconst.notebook.open import OpenDocuments
from jupyter_reconst.notebook.places import place
from jupyter_reconst.store.identities import FileIdentities
from tests.fakes import MemoryClock, an_id

ANA, BEN = "ana", "ben"
ONE, TWO = an_id(1), an_id(2)
Opening = Callable[[], OpenDocuments]


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    """Open documents below one root and data directory, as each new server does."""
    clock = MemoryClock()
    (tmp_path / "root").mkdir()
    return lambda: OpenDocuments(FileIdentities(tmp_path / "data"), clock.id, tmp_path / "root")


def head(id: str | None, **more: Any) -> dict[str, Any]:
    return {"reconst": {"version": 1, "id": id, **more}} if id else {}


def written(path: Path, id: str | None = None, cells: tuple[str, ...] = ("a", "b"), turn: str | None = None) -> Path:
    outputs = [{"data": {"application/vnd.reconst.turn+json": {"turn": turn}}}] if turn else []
    listed = [{"cell_type": "code", "id": cell, "outputs": outputs} for cell in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": listed, "metadata": {**head(id), "kernelspec": {}}, "nbformat": 4}))
    return path


def doc(path: str, id: str | None = None, cells: tuple[str | tuple[str, str], ...] = ("a", "b")) -> Document:
    states = tuple(CellState(cell=c) if isinstance(c, str) else CellState(cell=c[0], turn=c[1]) for c in cells)
    return Document(path=path, notebook=an_id(999), reading=read(head(id)), cells=states, live=True)


async def told(documents: OpenDocuments, document: Document, owner: str = ANA) -> Document:
    kept = await documents.tell(owner, document)
    assert kept == await documents.of_path(owner, document.path)
    return kept


async def test_what_was_told_is_what_is_known_to_that_person_alone(opening: Opening, tmp_path: Path) -> None:
    documents = opening()
    now = await told(documents, doc("x.ipynb", ONE))
    assert (now.notebook, now.identified, now.live) == (ONE, True, True)
    assert await documents.of_path(BEN, "x.ipynb") is None
    assert await documents.of_notebook(ANA, ONE) == now
    assert await documents.of_notebook(BEN, ONE) is None
    await documents.close(ANA, "x.ipynb")
    assert await documents.of_path(ANA, "x.ipynb") is None


async def test_a_file_is_read_when_no_browser_holds_it(opening: Opening, tmp_path: Path) -> None:
    documents = opening()
    written(tmp_path / "root" / "deep" / "x.ipynb", ONE, turn=TWO)
    found = await documents.of_path(ANA, "deep/x.ipynb")
    assert found is not None and (found.notebook, found.live) == (ONE, False)
    assert [(c.cell, c.turn) for c in found.cells] == [("a", TWO), ("b", TWO)]
    written(tmp_path / "root" / "deep" / "x.ipynb", TWO, cells=("c",))
    os.utime(tmp_path / "root" / "deep" / "x.ipynb", (1, 1))
    assert await documents.of_path(ANA, "deep/x.ipynb") != found, "a changed file is read again"


async def test_several_spellings_are_one_place(opening: Opening, tmp_path: Path) -> None:
    documents = opening()
    now = await told(documents, doc("deep/x.ipynb", ONE))
    inside = str(tmp_path / "root" / "deep" / "x.ipynb")
    for spelled in ("RTC:deep/x.ipynb", "./deep/x.ipynb", "deep/./y/../x.ipynb", inside):
        assert await documents.of_path(ANA, spelled) == now, spelled


async def test_a_cell_keeps_its_turn_while_it_stays(opening: Opening) -> None:
    documents = opening()
    await told(documents, doc("x.ipynb", ONE, ("a", ("b", TWO))))
    now = await told(documents, doc("x.ipynb", ONE, ("b", "a", "c")))
    assert [(c.cell, c.turn) for c in now.cells] == [("b", TWO), ("a", None), ("c", None)]
    await told(documents, doc("x.ipynb", ONE, ("a",)))
    now = await told(documents, doc("x.ipynb", ONE, ("a", "b")))
    assert now.cells[1].turn is None, "it had left the document"


async def test_a_notebook_without_an_id_gets_a_lasting_one(opening: Opening, tmp_path: Path) -> None:
    now = await told(opening(), doc("x.ipynb"))
    assert not now.identified
    assert (await told(opening(), doc("x.ipynb"))).notebook == now.notebook
    assert (await told(opening(), doc("y.ipynb"))).notebook != now.notebook
    written(tmp_path / "root" / "x.ipynb")
    found = await opening().of_path(ANA, "x.ipynb")
    assert found is not None and found.notebook == now.notebook
    named = await told(opening(), doc("x.ipynb", now.notebook))
    assert (named.notebook, named.identified) == (now.notebook, True)


async def test_a_copy_gets_its_own_id_and_knows_its_origin(opening: Opening, tmp_path: Path) -> None:
    root = tmp_path / "root"
    await told(opening(), doc("x.ipynb", ONE))
    written(root / "x.ipynb", ONE)
    shutil.copy(root / "x.ipynb", root / "copy.ipynb")
    documents = opening()
    copy = await told(documents, doc("copy.ipynb", ONE))
    assert copy.notebook != ONE and not copy.identified
    assert copy.reading.head is not None and copy.reading.head.id == ONE, "what the file says stays readable"
    assert (await told(opening(), doc("copy.ipynb", ONE))).notebook == copy.notebook, "until it is written, the same"
    named = await told(documents, doc("copy.ipynb", copy.notebook))
    assert (named.notebook, named.identified) == (copy.notebook, True)
    assert (await told(documents, doc("x.ipynb", ONE))).notebook == ONE


async def test_save_as_is_a_copy(opening: Opening, tmp_path: Path) -> None:
    documents = opening()
    await told(documents, doc("x.ipynb", ONE))
    written(tmp_path / "root" / "x.ipynb", ONE)
    written(tmp_path / "root" / "saved as.ipynb", ONE)
    assert (await told(documents, doc("saved as.ipynb", ONE))).notebook != ONE


async def test_a_rename_keeps_id_and_turns(opening: Opening, tmp_path: Path) -> None:
    documents = opening()
    path = written(tmp_path / "root" / "x.ipynb", ONE)
    await told(documents, doc("x.ipynb", ONE, (("a", TWO),)))
    path.rename(path.with_name("y.ipynb"))
    now = await told(documents, doc("y.ipynb", ONE, ("a",)))
    assert (now.notebook, now.identified, now.cells[0].turn) == (ONE, True, TWO)
    assert await documents.of_path(ANA, "x.ipynb") is None
    found = await opening().of_notebook(ANA, ONE)
    assert found is not None and found.path == "y.ipynb"


async def test_a_notebook_that_lost_our_keys_is_known_again(opening: Opening) -> None:
    documents = opening()
    await told(documents, doc("x.ipynb", ONE))
    assert (await told(documents, doc("x.ipynb", None, ("b", "c")))).notebook == ONE


async def test_a_new_notebook_does_not_inherit_a_deleted_one_s_id(opening: Opening) -> None:
    await told(opening(), doc("Untitled.ipynb", ONE))
    now = await told(opening(), doc("Untitled.ipynb", None, ("fresh",)))
    assert now.notebook != ONE
    assert (await told(opening(), doc("Untitled.ipynb", None, ("fresh",)))).notebook == now.notebook


async def test_without_a_disk_ids_still_hold_within_the_server(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jupyter_reconst.store.files.tempfile.mkstemp", full)
    documents = opening()
    now = await told(documents, doc("x.ipynb"))
    assert (await told(documents, doc("x.ipynb"))).notebook == now.notebook


@pytest.mark.parametrize("path", ["../x.ipynb", "a/../../x.ipynb", "/etc/passwd", "..", "/", "a\x00b"])
async def test_paths_outside_are_refused(opening: Opening, tmp_path: Path, path: str) -> None:
    documents = opening()
    written(tmp_path / "x.ipynb", ONE)
    assert await documents.of_path(ANA, path) is None
    with pytest.raises(BadInput) as caught:
        await documents.tell(ANA, doc("x.ipynb", ONE).model_copy(update={"path": path}))
    assert str(tmp_path) not in caught.value.message
    with pytest.raises(BadInput):
        await documents.content(ANA, path)


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
async def test_a_link_out_of_the_root_is_not_followed(opening: Opening, tmp_path: Path) -> None:
    outside = written(tmp_path / "outside.ipynb", ONE)
    (tmp_path / "root" / "link.ipynb").symlink_to(outside)
    (tmp_path / "root" / "folder").symlink_to(tmp_path)
    documents = opening()
    assert await documents.of_path(ANA, "link.ipynb") is None
    assert await documents.of_path(ANA, "folder/outside.ipynb") is None
    now = await told(documents, doc("link.ipynb", TWO))
    assert now.notebook == TWO, "what a browser tells needs no file"


@settings(max_examples=5_000, deadline=None)
@given(
    some.lists(
        some.sampled_from(
            ["..", ".", "a", "b.ipynb", "%2f", "%2e%2e", "C:", "\\", "~", "", "é", "x" * 300, "a:b", "//"]
        ),
        max_size=8,
    ).map("/".join)
    | some.text(max_size=60)
)
def test_path_fuzz(path: str) -> None:
    """T9: whatever is said, no file outside the root is read."""
    root = Path("/srv/notebooks")
    found = place(path, root)
    assert found is None or found.file is None or found.file.is_relative_to(root)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"cells": 3}', '{"cells": [3, {"outputs": 3}, {"id": "?", "outputs": [3, {"data": 3}]}]}']
)
async def test_no_file_breaks_it(opening: Opening, tmp_path: Path, text: str) -> None:
    (tmp_path / "root" / "x.ipynb").write_text(text)
    found = await opening().of_path(ANA, "x.ipynb")
    assert found is None or all(cell.cell.startswith("cell-") for cell in found.cells)


async def test_headless_any_path_is_a_file_s(tmp_path: Path) -> None:
    documents = OpenDocuments(FileIdentities(tmp_path / "data"), MemoryClock().id)
    path = written(tmp_path / "x.ipynb", ONE)
    found = await documents.of_path(ANA, str(path))
    assert found is not None and (found.notebook, Path(found.path)) == (ONE, path.resolve())
    assert await documents.of_notebook(ANA, ONE) == found
