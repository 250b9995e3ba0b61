"""The files of the farther scopes on a disk: which one counts, what is never read, and how one is written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.errors import BadInput, Stale
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.scopes import Layer
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.notebook import scopes as room
from jupyter_reconst.notebook.file import save
from jupyter_reconst.notebook.open import OpenDocuments
from jupyter_reconst.notebook.scopes import NAME, ScopeFiles
from jupyter_reconst.store.identities import FileIdentities
from tests.fakes import MemoryClock
from tests.scenes import article

ABOVE, NEAR, OUTSIDE = (dump(Front(name=n), Reading(revisions=(article(i, "", n),))) for i, n in enumerate("abc"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """`root/lab/deep` with a notebook, below a folder that a server does not serve."""
    (tmp_path / "root" / "lab" / "deep").mkdir(parents=True)
    save(tmp_path / "root" / "lab" / "deep" / "one.ipynb", {"cells": [], "metadata": {}, "nbformat": 4})
    return tmp_path / "root"


def found(root: Path, *, served: bool = True) -> tuple[Layer, ...]:
    files = ScopeFiles(root.parent / "data", root if served else None)
    return files.around("ana", root / "lab" / "deep" / "one.ipynb")


def test_the_nearest_file_above_a_notebook_is_its_project(root: Path) -> None:
    assert found(root) == ()
    (root.parent / NAME).write_text(OUTSIDE)
    assert found(root) == ()
    (root / NAME).write_text(ABOVE)
    (layer,) = found(root)
    assert (layer.scope, layer.place, layer.front.name) == ("project", NAME, "a")
    (root / "lab" / NAME).write_text(NEAR)
    (layer,) = found(root)
    assert (layer.place, layer.reading.constitution.articles[0].then) == (f"lab/{NAME}", "b")


@pytest.mark.parametrize("other", ["# Our constitution\n", "", "\x00\xff", dump(Front(name="x"), Reading())])
def test_a_file_that_is_not_ours_or_says_nothing_is_no_project(root: Path, other: str) -> None:
    (root / "lab" / NAME).write_text(other, encoding="latin-1")
    assert found(root) == ()
    (root / NAME).write_text(ABOVE)
    (layer,) = found(root)
    assert layer.place == NAME


@pytest.mark.parametrize("broken", [f"<<<<<<< ours\n{ABOVE}", ABOVE.replace("# Record", "# Record\n# Record", 1)])
def test_a_damaged_file_is_told_and_nothing_of_it_is_taken(root: Path, broken: str) -> None:
    (root / NAME).write_text(ABOVE)
    (root / "lab" / NAME).write_text(broken.replace("<<<<<<< ours\n", "", 1) + "<<<<<<< ours\n")
    (layer,) = found(root)
    assert layer.place == f"lab/{NAME}" and layer.problem and layer.reading == Reading()


def test_nothing_outside_the_servers_folder_is_read(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / NAME).write_text(OUTSIDE)
    (root / "lab" / NAME).symlink_to(outside / NAME)
    (layer,) = found(root)
    assert layer.problem and layer.reading == Reading() and layer.stamp == ""
    (root / "lab" / NAME).unlink()
    (root / "lab" / NAME).symlink_to(outside / "nowhere.md")
    assert found(root) == ()
    (root / "lab" / NAME).unlink()
    save(outside / "two.ipynb", {"cells": [], "metadata": {}, "nbformat": 4})
    (root / "link").symlink_to(outside)
    files = ScopeFiles(root.parent / "data", root)
    assert files.around("ana", (root / "link" / "two.ipynb").resolve()) == ()


async def test_a_notebook_is_given_no_project_from_beyond_its_server(root: Path) -> None:
    (root.parent / NAME).write_text(OUTSIDE)
    files = ScopeFiles(root.parent / "data", root)
    documents = OpenDocuments(FileIdentities(root.parent / "data"), MemoryClock().id, root, files)
    for path in (
        "lab/deep/one.ipynb",
        "lab/../lab/deep/one.ipynb",
        str(root / "lab/deep/one.ipynb"),
    ):
        document = await documents.of_path("ana", path)
        assert document is not None and document.around == ()
    (root / "lab" / NAME).write_text(NEAR)
    document = await documents.of_path("ana", "lab/deep/one.ipynb")
    assert document is not None and [layer.place for layer in document.around] == [f"lab/{NAME}"]
    assert await documents.of_path("ana", "../one.ipynb") is None
    for path in ("../one.ipynb", "drive:one.ipynb"):
        with pytest.raises(BadInput):
            await files.layer("ana", path, "project")


names = st.lists(
    st.sampled_from(["lab", "deep", "..", ".", "", "link", "%2e%2e", "~", "one.ipynb", NAME, "C:", "x" * 300, "é"]),
    min_size=1,
    max_size=6,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=names, absolute=st.booleans(), there=st.booleans())
async def test_no_path_leads_to_a_file_outside(root: Path, steps: list[str], absolute: bool, there: bool) -> None:
    (root.parent / NAME).unlink(missing_ok=True)
    if there:
        (root.parent / NAME).write_text(OUTSIDE)
    if not (root / "link").is_symlink():
        (root / "link").symlink_to(root.parent)
    files = ScopeFiles(root.parent / "data", root)
    path = ("/" if absolute else "") + "/".join(steps)
    try:
        layer = await files.layer("ana", path, "project")
    except BadInput:
        return
    assert layer.reading == Reading() and Path(layer.file).resolve().is_relative_to(root.resolve())


def test_without_a_server_the_search_ends_at_home(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root.parent / NAME).write_text(OUTSIDE)
    monkeypatch.setattr(Path, "home", lambda: root)
    assert found(root, served=False) == ()
    monkeypatch.setattr(Path, "home", lambda: root / "somebody")
    (layer,) = found(root, served=False)
    assert layer.front.name == "c"


async def test_each_persons_file_is_theirs_alone(root: Path) -> None:
    files = ScopeFiles(root.parent / "data", root)
    layer = await files.layer("ana", "drive:one.ipynb", "user")
    assert await files.write(layer, ABOVE) is None
    mode = stat.S_IMODE(Path(layer.file).stat().st_mode)
    assert (mode, stat.S_IMODE(Path(layer.file).parent.stat().st_mode)) == (0o600, 0o700)
    (ana,) = files.around("ana", None)
    assert ana.front.name == "a" and files.around("ben/../ana", None) == ()
    assert files.around("../ana", None) == ()


async def test_a_projects_file_is_written_whole_for_all_who_may_read_the_folder(root: Path) -> None:
    before = os.umask(0o022)
    try:
        files = ScopeFiles(root.parent / "data", root)
        layer = await files.layer("ana", "lab/deep/one.ipynb", "project")
        assert (layer.place, layer.front.name) == (f"lab/deep/{NAME}", "deep")
        assert await files.write(layer, NEAR) is None
    finally:
        os.umask(before)
    file = root / "lab" / "deep" / NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o644 and file.read_text() == NEAR
    again = await files.layer("ana", "lab/deep/one.ipynb", "project")
    assert again.file == str(file) and again.stamp
    assert await files.write(again, ABOVE) == NEAR
    assert [p.name for p in file.parent.iterdir() if "constitution" in p.name] == [NAME]
    last = await files.layer("ana", "lab/deep/one.ipynb", "project")
    assert await files.write(last, None) == ABOVE and not file.exists()


async def test_a_file_that_has_changed_since_it_was_read_is_not_written(root: Path) -> None:
    files = ScopeFiles(root.parent / "data", root)
    file = root / "lab" / "deep" / NAME
    absent = await files.layer("ana", "lab/deep/one.ipynb", "project")
    file.write_text(NEAR)
    with pytest.raises(Stale):
        await files.write(absent, ABOVE)
    read = await files.layer("ana", "lab/deep/one.ipynb", "project")
    file.write_text(NEAR + "\n")
    for text in (ABOVE, None):
        with pytest.raises(Stale):
            await files.write(read, text)
    assert file.read_text() == NEAR + "\n"
    file.write_text(dump(Front(name="empty"), Reading()))
    empty = await files.layer("ana", "lab/deep/one.ipynb", "project")
    assert empty.stamp and found(root) == ()
    file.write_text("# Mine, for something else\n")
    with pytest.raises(BadInput):
        await files.layer("ana", "lab/deep/one.ipynb", "project")


async def test_what_cannot_be_written_is_told_and_nothing_has_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str, *, mode: int) -> None:
        raise OSError(28, "No space left on device")

    files = ScopeFiles(root.parent / "data", root)
    (root / "lab" / NAME).write_text(NEAR)
    monkeypatch.setattr(room, "write", full)
    layer = await files.layer("ana", "lab/deep/one.ipynb", "project")
    with pytest.raises(BadInput, match="No space left"):
        await files.write(layer, ABOVE)
    assert (root / "lab" / NAME).read_text() == NEAR


def test_a_change_on_disk_is_seen_at_once(root: Path) -> None:
    files, notebook = ScopeFiles(root.parent / "data", root), root / "lab" / "deep" / "one.ipynb"
    (root / NAME).write_text(ABOVE)
    assert files.around("ana", notebook)[0].front.name == "a"
    (root / NAME).write_text(NEAR)
    assert files.around("ana", notebook)[0].front.name == "b"
    (root / NAME).unlink()
    assert files.around("ana", notebook) == ()
