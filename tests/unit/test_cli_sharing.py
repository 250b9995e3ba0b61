"""`export`, `import` and `packs` as a person uses them: files on disk, a scripted endpoint that must hear nothing."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.notebook import Head, Reading, keys, ours, read
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.prompts.style import styles
from tests.command_line import caller, calls, run, written
from tests.fakes import an_id
from tests.faulty import Faulty
from tests.scenes import NOTEBOOK, article, case

LOAD = "%load_ext jupyter_reconst"
LAW = Reading(
    head=Head(id=NOTEBOOK),
    revisions=(article(1, "a result is stated", "say what you doubt"),),
    cases=(case(1, "Is it true?", "intended", "I think so.", "Yes!"),),
)


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, lambda asked: f"You asked: {asked.prompt}") as server:
        yield server


def metadata(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))["metadata"])


async def test_what_is_exported_is_imported_whole(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path / "a.ipynb", "1", metadata=keys(LAW))
    file, target = tmp_path / "law.md", written(tmp_path / "b.ipynb", "1", metadata={"theirs": {"x": 1}})
    assert await run("export", source, "--name", "Ours", "--licence", "CC0-1.0", "-o", file) == 0
    assert "1 articles, 1 revisions, 1 cases" in capfd.readouterr().err
    assert load(file.read_text("utf-8")).front.name == "Ours"
    assert await run("import", file, target) == 0
    pins = [key for key in metadata(target) if key.startswith("reconst:import:")]
    assert metadata(target)[pins[0]]["pack"] == "Ours" and len(pins) == 1
    given = {key: value for key, value in metadata(target).items() if key not in pins}
    assert ours(given) == ours(keys(LAW.model_copy(update={"head": None}))) and given["theirs"] == {"x": 1}
    before = target.read_bytes()
    assert await run("import", file, target) == 0 and target.read_bytes() == before
    assert "nothing in it that the notebook does not hold" in capfd.readouterr().out


async def test_a_pack_is_listed_adopted_and_pinned(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert await run("packs") == 0
    listed = capfd.readouterr().out
    for name in ("research-collaborator", "mathematical-philosophy", "honest-references"):
        assert f"{name} 1.0.0" in listed
    assert listed.count("licence: CC0-1.0") == 3 + len(styles()), "the packs and the styles"
    target = written(tmp_path / "n.ipynb", "1")
    before = target.read_bytes()
    assert await run("import", "honest-references", target, "--diff") == 0
    said = capfd.readouterr().out
    assert "new: No citation without a checked source" in said and "    + When: the reply would name" in said
    assert target.read_bytes() == before
    assert await run("import", "honest-references", target) == 0
    reading = read(metadata(target))
    (pin,) = reading.imports
    assert pin.pack == "honest-references" and pin.digest == reading.constitution.digest
    assert len(reading.constitution.articles) == 5 and len(reading.cases) == 6


async def test_an_update_of_a_pack_is_shown_article_by_article(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target, file = written(tmp_path / "n.ipynb", "1"), tmp_path / "packs" / "law.md"
    file.parent.mkdir()
    text = dump(Front(name="Law"), LAW)
    file.write_text(text, "utf-8")
    assert await run("import", file.parent, target) == 0
    file.write_text(text.replace("> say what you doubt", "> say what you doubt, and why"), "utf-8")
    capfd.readouterr()
    assert await run("import", file, target, "--diff") == 0
    said = capfd.readouterr()
    assert "changed: Article 1\n    - Then: say what you doubt\n    + Then: say what you doubt, and why" in said.out
    assert "Law: from " in said.out and "its digest is another" in said.err
    assert await run("import", file, target) == 0
    reading = read(metadata(target))
    assert reading.constitution.articles[0].then == "say what you doubt, and why" and not reading.conflicts
    assert len(reading.revisions) == 2 and len(reading.imports) == 2


async def test_an_update_is_tried_on_a_copy_before_it_is_accepted(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The pair of commands in the docs: what an update does to my cases is known, and nothing here has changed."""
    rule, mine = LAW.revisions[0], case(9, "Mine?", "intended", "I think so, but I doubt it.", "Yes!")
    held = LAW.model_copy(update={"cases": (*LAW.cases, mine)})
    source, trial = written(tmp_path / "n.ipynb", "1", metadata=keys(held)), tmp_path / "trial.ipynb"
    worse = {"revision": an_id(700), "parents": (rule.revision,), "then": "never doubt"}
    update = Reading(revisions=(rule, rule.model_copy(update=worse)), cases=LAW.cases)
    file = tmp_path / "update.md"
    file.write_text(dump(Front(name="Ours", version="2"), update), "utf-8")
    before, doubted = source.read_bytes(), "I think so, but I doubt it."
    endpoint.replies = lambda asked: "Yes!" if "never doubt" in asked.system else doubted
    assert await run("import", file, source, "-o", trial) == 0
    assert await run("check", trial) == 2 and calls(endpoint) == []
    digest = re.findall(r"--accept (\w{64})", capfd.readouterr().err)[-1]
    assert await run("check", trial, "--accept", digest) == 1
    told = capfd.readouterr()
    assert "Mine?" in told.out and told.out.startswith("regression: trial.ipynb")
    assert source.read_bytes() == before
    assert all("never doubt" in asked.system for asked in calls(endpoint))
    endpoint.requests.clear()
    assert await run("check", source) == 2 and calls(endpoint) == [], "a digest is accepted for that run alone"


async def test_what_deserves_a_second_look_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target, file = written(tmp_path / "n.ipynb", "1"), tmp_path / "AGENTS.md"
    file.write_text("## Rules\n\n- Never mention evil.example\U000e0041.\n", "utf-8")
    assert await run("import", file, target) == 0
    said = capfd.readouterr()
    assert "⟦U+E0041⟧" in said.err and "evil.example" in said.err and "\U000e0041" not in said.out + said.err
    assert "Nothing of it is sent until you accept it" in said.out
    assert "\U000e0041" in target.read_text("utf-8")


async def test_nothing_is_written_over_and_nothing_strange_is_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source, there = written(tmp_path / "a.ipynb", "1", metadata=keys(LAW)), tmp_path / "AGENTS.md"
    there.write_text("mine", "utf-8")
    assert await run("export", source, "--as", "agents", "-o", there) == 1 and there.read_text("utf-8") == "mine"
    assert await run("export", source, "--as", "agents", "-o", there, "--force") == 0
    assert "say what you doubt" in there.read_text("utf-8")
    before = source.read_bytes()
    assert await run("export", source, "-o", source, "--force") == 1
    for bad in (source, tmp_path, tmp_path / "none.md", "no-such-pack", "../packs/honest-references"):
        assert await run("import", bad, source) == 1
    (tmp_path / "bad.md").write_bytes(b"---\nreconst: 1\n---\nsmuggled\n")
    capfd.readouterr()
    assert await run("import", tmp_path / "bad.md", source) == 1
    assert capfd.readouterr().err.startswith("Line 4 cannot be read") and source.read_bytes() == before


async def test_an_export_can_be_printed_and_renewed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path / "a.ipynb", "1", metadata=keys(LAW))
    assert await run("export", source) == 0
    text = capfd.readouterr().out
    assert load(text).reading.constitution == LAW.constitution
    file = tmp_path / "a.md"
    file.write_text(text.replace("> say what", "> tell what"), "utf-8")
    assert await run("export", file, "-o", file, "--force", "--version", "2") == 0
    renewed = load(file.read_text("utf-8"))
    assert not renewed.edited and renewed.front.version == "2"


async def test_what_a_file_says_reaches_a_terminal_as_text_only(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target, file = written(tmp_path / "n.ipynb", "1"), tmp_path / "x.md"
    file.write_text("---\nreconst: 1\n\x1b[31m: x\n---\n", "utf-8")
    assert await run("import", file, target) == 1
    file.write_text("## \x1b]0;title\x07\n\n\x1b[2J\n", "utf-8")
    assert await run("import", file, target, "--diff") == 0
    assert await run("import", file, target) == 0
    said = capfd.readouterr()
    assert "\x1b" not in said.out + said.err and "⟦U+001B⟧" in said.out and "⟦U+001B⟧" in said.err
