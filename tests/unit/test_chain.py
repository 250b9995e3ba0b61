"""History is a chain: any version can be shown and compared, and a past that was rewritten is seen."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.chain import altered
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.notebook import article_key, read
from jupyter_reconst.core.requests import Ratify, Sync
from jupyter_reconst.core.travel import manifest
from jupyter_reconst.core.versions import at, versions
from jupyter_reconst.doors.cli import main
from tests.command_line import written
from tests.editing import Copy, Ids
from tests.fakes import ANA, Fakes, an_id, reconst
from tests.scenes import NOTEBOOK, PATH, adding, article


async def _ratified(fakes: Fakes, metadata: dict[str, Any], amendment: Amendment, number: int) -> Article:
    await sync(fakes.ports, ANA, Sync(path=PATH, metadata=metadata))
    change = await ratify(fakes.ports, ANA, Ratify(id=an_id(number), path=PATH, amendment=amendment))
    metadata |= json.loads(change.model_dump_json())["writes"]
    assert change.article is not None
    return change.article


async def _history() -> tuple[dict[str, Any], list[Article]]:
    """Added, revised twice, as the frontend writes it."""
    fakes = reconst()
    metadata: dict[str, Any] = {"reconst": {"version": 1, "id": NOTEBOOK, "origin": None, "sample": None}}
    made = [await _ratified(fakes, metadata, adding(then="cite the page"), 901)]
    for number, then in ((902, "cite page and year"), (903, "cite page, year and author")):
        held = made[-1]
        draft = held.draft.model_copy(update={"then": then})
        amendment = Amendment(id=an_id(number), action="revise", article=held.id, base=held.revision, draft=draft)
        made.append(await _ratified(fakes, metadata, amendment, number + 10))
    return metadata, made


async def test_history_chain_tamper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    metadata, made = await _history()
    assert all(len(article.seals) == len(article.parents) for article in made)
    assert altered(read(metadata).revisions) == set()
    past = made[1]
    for field, value in (("then", "cite nothing"), ("repealed", True), ("x-new", 1), ("order", "zz")):
        changed = metadata | {article_key(past): metadata[article_key(past)] | {field: value}}
        assert altered(read(changed).revisions) == {past.revision}, field
    forged = json.loads(json.dumps(metadata))
    forged[article_key(past)]["provenance"]["author"] = "Ben Okafor"
    assert altered(read(forged).revisions) == {past.revision}
    notebook = written(tmp_path / "n.ipynb", "1", metadata=forged)
    assert main(["show", str(notebook), "--history"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.startswith("    ALTERED") for line in lines] == [False, False, True, False]
    assert f"{past.revision} " in lines[1] and "by Ben Okafor (as claimed) revised: Rule" in lines[1]
    (says,) = (item.says for item in manifest(json.loads(notebook.read_text("utf-8"))).items if "ALTERED" in item.says)
    assert "Ben Okafor (as claimed)" in says


async def test_forged_author_shown_unverified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who ratifies is whom the server knows, whatever a request says; whom a file names is a claim."""
    request = {"id": an_id(905), "path": PATH, "amendment": adding().model_dump(mode="json")}
    for said in ({"person": "Ben Okafor"}, {"author": "Ben Okafor"}, {"provenance": {"author": "Ben Okafor"}}):
        with pytest.raises(ValidationError):
            Ratify.model_validate(request | said)
    metadata, made = await _history()
    assert {article.provenance.author for article in made} == {ANA.name}
    for key in metadata.keys() - {"reconst"}:
        metadata[key]["provenance"]["author"] = "Ben Okafor"
    notebook = written(tmp_path / "n.ipynb", "1", metadata=metadata)
    assert main(["show", str(notebook), "--history"]) == 0 and main(["travels", str(notebook)]) == 0
    named = [line for line in capsys.readouterr().out.splitlines() if "Ben Okafor" in line]
    assert len(named) == 6 and all("Ben Okafor (as claimed)" in line for line in named)


async def test_any_version_can_be_shown_and_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    metadata, made = await _history()
    notebook = written(tmp_path / "n@1.ipynb", "1", metadata=metadata)
    assert main(["show", f"{notebook}@{made[1].revision}"]) == 0
    assert "THEN cite page and year\n" in capsys.readouterr().out
    assert main(["diff", f"{notebook}@{made[0].revision[-6:].lower()}", str(notebook)]) == 1
    assert capsys.readouterr().out == "revised: Rule\n    THEN cite [-the page-] {+page, year and author+}\n"
    assert main(["diff", f"{notebook}@{made[2].revision}", str(notebook)]) == 0
    for wrong in ("", "nothing", "0"):
        assert main(["diff", f"{notebook}@{wrong}", str(notebook)]) == 2
        assert "revision" in capsys.readouterr().err or not wrong


def test_revisions_without_seals_are_as_valid_as_before() -> None:
    first = article(1, "always", "be brief")
    second = first.model_copy(update={"revision": an_id(301), "parents": (first.revision,), "then": "be exact"})
    old = [{key: value for key, value in dumped(one).items() if key != "seals"} for one in (first, second)]
    reading = read({article_key(one): value for one, value in zip((first, second), old, strict=True)})
    assert reading.revisions == (first, second) and not reading.problems and altered(reading.revisions) == set()


@settings(max_examples=60, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_what_our_own_functions_make_is_whole_and_every_version_is_there(chance: random.Random) -> None:
    one = Copy(Ids())
    one.change(chance, 5)
    other = one.branch()
    one.change(chance, 4)
    other.change(chance, 4)
    reading = read(json.loads(json.dumps(one.metadata | other.metadata)))
    assert altered(reading.revisions) == set()
    told = versions(reading)
    assert {version.revision for version in told} == {a.revision for a in reading.revisions}
    for number, version in enumerate(told, 1):
        assert len(at(reading, version.revision).revisions) == number
    assert at(reading, told[-1].revision).constitution == reading.constitution


@given(value=st.sampled_from((2**70, float("nan"), "\ud800")))
def test_what_cannot_be_sealed_is_not_said_to_be_altered(value: Any) -> None:
    copy = Copy(Ids())
    copy.change(random.Random(1))
    (key,) = copy.metadata
    copy.metadata[key]["x-unknown"] = value
    for seed in range(8):
        copy.change(random.Random(seed))
    assert altered(copy.reading.revisions) == set()
