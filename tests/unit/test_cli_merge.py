"""`jupyter reconst diff`, `merge` and `git-setup`, with the git of this machine."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.notebook import Head, Reading, keys
from jupyter_reconst.doors.cli import main
from jupyter_reconst.notebook.file import load
from tests.command_line import written
from tests.fakes import an_id
from tests.git import Repository, merges_lose_nothing, needs_git
from tests.scenes import NOTEBOOK, article

pytestmark = needs_git

FIRST = article(1, "a source is named", "cite the page")
AGAIN = FIRST.model_copy(update={"revision": an_id(301), "parents": (FIRST.revision,), "then": "cite page and year"})
OTHER = FIRST.model_copy(update={"revision": an_id(302), "parents": (FIRST.revision,), "title": "Pages"})


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No running server, no nbdime, no settings of whoever runs the tests."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setattr("jupyter_reconst.notebook.merging.NBDIME", "nbmerge-is-not-here")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


def notebook(path: Path, *revisions: Article, source: str = "print(1)") -> Path:
    return written(path, source, metadata=keys(Reading(head=Head(id=NOTEBOOK), revisions=revisions)))


def test_what_differs_is_said_word_by_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = notebook(tmp_path / "a.ipynb", FIRST), notebook(tmp_path / "b.ipynb", FIRST, AGAIN)
    assert main(["diff", str(one), str(one)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["diff", str(one), str(other)]) == 1
    assert capsys.readouterr().out == "revised: Article 1\n    THEN cite [-the-] page {+and year+}\n"
    assert main(["diff", str(one), str(other), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["articles"][0]["how"] == ["revised"]
    unread = written(tmp_path / "c.ipynb", "print(1)", metadata={**load(one)["metadata"], "reconst:case:x": 1})
    assert main(["diff", str(one), str(unread)]) == 0
    assert "not compared: reconst:case:x" in capsys.readouterr().err
    assert main(["diff", str(one), str(tmp_path / "none.ipynb")]) == 2
    assert "(bad_input)" in capsys.readouterr().err


def test_two_notebooks_are_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = notebook(tmp_path / "base.ipynb", FIRST)
    one = notebook(tmp_path / "one.ipynb", FIRST, AGAIN)
    two = notebook(tmp_path / "two.ipynb", FIRST, article(2, "always", "be brief"), source="print(2)")
    out, before = tmp_path / "out.ipynb", one.read_bytes()
    assert main(["merge", *map(str, (base, one, two)), "-o", str(out)]) == 0
    assert "merged by git, line by line" in capsys.readouterr().out
    assert load(out)["metadata"] == load(one)["metadata"] | load(two)["metadata"]
    assert load(out)["cells"] == load(two)["cells"] and one.read_bytes() == before
    clashing = notebook(tmp_path / "clashing.ipynb", FIRST, OTHER)
    assert main(["merge", *map(str, (base, one, clashing))]) == 1
    assert "both sides changed the article “Pages”" in capsys.readouterr().out
    assert load(one)["metadata"] == load(clashing)["metadata"] | json.loads(before)["metadata"]


def test_cells_that_conflict_are_left_to_the_person_with_all_of_ours(tmp_path: Path) -> None:
    base = notebook(tmp_path / "base.ipynb", FIRST)
    one = notebook(tmp_path / "one.ipynb", FIRST, AGAIN, source="print(2)")
    two = notebook(tmp_path / "two.ipynb", FIRST, OTHER, source="print(3)")
    assert main(["merge", *map(str, (base, one, two))]) == 1
    text = one.read_text("utf-8")
    assert "<<<<<<< ours" in text and text.count(f"reconst:article:{FIRST.id}:") == 3


def test_what_is_no_notebook_is_not_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, broken = notebook(tmp_path / "one.ipynb", FIRST), tmp_path / "broken.ipynb"
    broken.write_text("<<<<<<< ours", "utf-8")
    before = one.read_bytes()
    assert main(["merge", str(one), str(one), str(broken)]) == 2
    assert one.read_bytes() == before and "broken.ipynb cannot be read" in capsys.readouterr().err
    torn = notebook(tmp_path / "torn.ipynb", FIRST, source="\ud800")
    assert main(["merge", str(one), str(torn), str(one)]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert main(["merge", str(broken), str(one), str(one), "-o", str(broken)]) == 0


def test_nbdime_merges_the_cells_where_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in that takes the other side's cells: what it is given of ours is the same three times."""
    tool = tmp_path / "nbmerge"
    tool.write_text(
        "#!/usr/bin/env python3\nimport json, sys\n"
        "base, ours, theirs = (json.load(open(name))['metadata'] for name in sys.argv[1:4])\n"
        "assert base == ours == theirs and sys.argv[4] == '--out'\n"
        "open(sys.argv[5], 'w').write(open(sys.argv[3]).read())\nsys.exit(1)\n",
        "utf-8",
    )
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr("jupyter_reconst.notebook.merging.NBDIME", str(tool))
    base = notebook(tmp_path / "base.ipynb", FIRST)
    one = notebook(tmp_path / "one.ipynb", FIRST, AGAIN, source="print(2)")
    two = notebook(tmp_path / "two.ipynb", FIRST, source="print(3)")
    assert main(["merge", *map(str, (base, one, two))]) == 1
    assert load(one)["cells"] == load(two)["cells"] and f"reconst:article:{FIRST.id}:{AGAIN.revision}" in str(load(one))


def test_git_is_set_up_once_and_as_it_was_after_an_undo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repository = Repository(tmp_path / "r r", driver=False)
    attributes, config = repository.folder / ".gitattributes", repository.folder / ".git" / "config"
    nbdime = "# ours\r\n\n*.ipynb\tdiff=jupyternotebook\n*.ipynb\tmerge=jupyternotebook\n"
    attributes.write_bytes(nbdime.encode())
    repository.git("config", "merge.jupyternotebook.driver", "git-nbmergedriver merge %O %A %B %L %P")
    before = config.read_text("utf-8")
    inside = repository.folder / "deep"
    inside.mkdir()
    assert main(["git-setup", str(inside)]) == 0
    said = capsys.readouterr().out
    assert "merge.reconst.driver" in said and ".gitattributes: *.ipynb merge=reconst" in said
    assert attributes.read_bytes().decode() == nbdime + "*.ipynb merge=reconst\n"
    assert before in config.read_text("utf-8")
    there = config.read_bytes(), attributes.read_bytes()
    assert main(["git-setup", str(inside)]) == 0
    assert "already" in capsys.readouterr().out and there == (config.read_bytes(), attributes.read_bytes())
    # nbdime is enabled again, after us: its line is the last one now.
    attributes.write_bytes(attributes.read_bytes() + nbdime.encode())
    assert main(["git-setup", str(inside)]) == 0
    assert attributes.read_bytes().decode() == nbdime * 2 + "*.ipynb merge=reconst\n"
    assert main(["git-setup", str(inside), "--undo"]) == 0
    assert (config.read_text("utf-8"), attributes.read_bytes().decode()) == (before, nbdime * 2)
    assert main(["git-setup", str(inside), "--undo"]) == 0
    assert "nothing to take back" in capsys.readouterr().out
    attributes.unlink()
    assert main(["git-setup", str(inside)]) == main(["git-setup", str(inside), "--undo"]) == 0
    assert not attributes.exists()


def test_git_is_not_set_up_where_it_would_not_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["git-setup", str(tmp_path)]) == 1
    assert "is not in a git repository" in capsys.readouterr().err
    repository = Repository(tmp_path / "r", driver=False)
    (repository.folder / ".git" / "info").mkdir(exist_ok=True)
    (repository.folder / ".git" / "info" / "attributes").write_text("*.ipynb merge=union\n", "utf-8")
    assert main(["git-setup", str(repository.folder)]) == 1
    assert "info/attributes" in capsys.readouterr().err
    (repository.folder / ".gitattributes").unlink()
    (repository.folder / ".gitattributes").symlink_to(tmp_path / "elsewhere")
    assert main(["git-setup", str(repository.folder)]) == 1
    assert not (tmp_path / "elsewhere").exists()


def test_random_merges_by_git_lose_nothing(tmp_path: Path) -> None:
    seen = merges_lose_nothing(tmp_path / "repository", seed=1, times=4)
    assert seen["lost"] == 0 and seen["merges"] == 4
