"""`packs --search` and `merge NOTEBOOK PACK`: nothing is lost, and nothing is sent that nobody has accepted."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jupyter_reconst.core.notebook import keys
from tests.command_line import calls, run, written
from tests.fakes import an_id
from tests.faulty import Faulty
from tests.scenes import article, case
from tests.shelf import DOUBTED, LAW, RULE, UPDATE, holding, metadata, published, sharing
from tests.unit.test_patching import applied


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with sharing(tmp_path, monkeypatch) as faulty:
        yield faulty


async def test_packs_of_the_settings_folders_are_listed_searched_and_imported(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert await run("packs") == 0
    said = capfd.readouterr().out
    assert "shared:careful : Careful" in said and "honest-references 1.0.0" in said
    assert await run("packs", "--search", "DOUBT stated") == 0
    assert "shared:careful: Article 1 (process)\n    say what you doubt" in capfd.readouterr().out
    assert await run("packs", tmp_path / "shared", "--search", "zorn") == 0
    assert capfd.readouterr().out == "No article holds all of these words.\n"
    target = written(tmp_path / "n.ipynb", "1")
    assert await run("import", "shared:careful", target) == 0
    assert metadata(target).constitution == LAW.constitution and metadata(target).imports[0].pack == "shared:careful"
    assert await run("import", "shared:nothing", target) == 1


async def test_a_pack_is_merged_and_the_cases_of_both_sides_are_replayed(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mine = RULE.model_copy(update={"revision": an_id(710), "parents": (RULE.revision,), "then": "doubt, mine"})
    own = case(9, "Mine?", "intended", DOUBTED, "Yes!")
    held = LAW.model_copy(update={"revisions": (*LAW.revisions, mine), "cases": (*LAW.cases, own)})
    target, out = holding(tmp_path / "n.ipynb", held), tmp_path / "out.ipynb"
    theirs = case(8, "Theirs?", "intended", DOUBTED, "Yes!")
    third = article(3, "always", "cite the page")
    published(
        tmp_path / "shared",
        LAW.model_copy(update={"revisions": (*LAW.revisions, third), "cases": (*LAW.cases, theirs)}),
    )
    before = target.read_bytes()
    assert await run("merge", target, "shared:careful", "-o", out) == 0
    said = capfd.readouterr().out
    assert (
        "Base: shared:careful as it was copied" in said and "new: Article 3" in said and target.read_bytes() == before
    )
    merged = metadata(out)
    assert [a.then for a in merged.constitution.articles] == ["doubt, mine", "be brief", "cite the page"]
    assert {one.id for one in merged.cases} == {one.id for one in (*held.cases, theirs)}
    assert await run("merge", target, "shared:careful", "-o", out, "--replay") == 2 and calls(endpoint) == []
    digest = re.findall(r"--accept (\w{64})", capfd.readouterr().err)[-1]
    assert await run("merge", target, "shared:careful", "-o", out, "--replay", "--accept", digest) == 0
    assert {asked.prompt for asked in calls(endpoint)} == {"Is it true?", "Mine?", "Theirs?"}
    endpoint.replies = lambda asked: "Yes!"
    published(tmp_path / "shared", UPDATE)
    assert await run("merge", target, "shared:careful", "-o", out) == 1
    assert "Conflict: both sides changed the article “Article 1”" in capfd.readouterr().out
    kept = {(a.id, a.revision) for a in metadata(out).revisions}
    assert kept == {(a.id, a.revision) for a in (*held.revisions, *UPDATE.revisions)}, (
        "no article and no revision is lost"
    )
    assert await run("merge", target, tmp_path / "none.md", "-o", out) == 2


async def test_two_notebooks_are_merged_and_their_cases_replayed(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyter_reconst.notebook.merging.NBDIME", "nbmerge-is-not-here")
    base = written(tmp_path / "base.ipynb", "1", metadata=keys(LAW))
    one = written(tmp_path / "one.ipynb", "1", metadata=keys(LAW))
    worse = UPDATE.model_copy(update={"cases": (*LAW.cases, case(8, "Theirs?", "intended", DOUBTED, "Yes!"))})
    two, out = written(tmp_path / "two.ipynb", "1", metadata=keys(worse)), tmp_path / "out.ipynb"
    assert await run("merge", base, one, two, "-o", out, "--replay") == 2 and calls(endpoint) == []
    digest = re.findall(r"--accept (\w{64})", capfd.readouterr().err)[-1]
    assert await run("merge", base, one, two, "-o", out, "--replay", "--accept", digest) == 1
    said = capfd.readouterr().out
    assert said.count("regression: out.ipynb") == 2 and "Theirs?" in said


async def test_an_article_is_offered_back_as_a_patch(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mine = RULE.model_copy(update={"revision": an_id(710), "parents": (RULE.revision,), "then": "doubt, mine"})
    target = holding(tmp_path / "n.ipynb", LAW.model_copy(update={"revisions": (*LAW.revisions, mine)}))
    file, out = tmp_path / "shared" / "careful.md", tmp_path / "a.patch"
    assert await run("offer", target, "1", "shared:careful") == 0
    said = capfd.readouterr()
    assert "+> doubt, mine\n" in said.out and "0 kept cases" in said.err
    assert await run("offer", target, "Article 1", "shared:careful", "-o", out) == 0
    assert applied("careful.md", file.read_bytes(), out.read_bytes()) != file.read_bytes()
    assert await run("offer", target, "Article 1", "shared:careful", "-o", out) == 1
    assert await run("offer", target, "Nothing", "shared:careful") == 1
    assert await run("offer", target, "2", "shared:careful") == 1
    assert "says all of this already" in capfd.readouterr().err and calls(endpoint) == []
