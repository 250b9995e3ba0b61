"""What of ours comes through the tools that notebooks pass through, each really run, and what the docs say of it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
import pytest

from jupyter_reconst.core.constitution import Import, Preamble, Provenance
from jupyter_reconst.core.notebook import TURN_MIME, Head, Reading, annotation_key, keys
from jupyter_reconst.core.turns import TurnRecord
from tests.command_line import caller, calls, written
from tests.fakes import an_id
from tests.faulty import Faulty
from tests.scenes import AT, CORRECTION, NOTEBOOK, PROMPT, QUOTE, REPLY, annotation, article, case, turn

TRAVELS = Path(__file__).parents[2] / "docs" / "users" / "travels.md"
ASKING = f"%%reconst\n{PROMPT}"
KINDS = ("constitution", "highlights", "replies")
STAYS = {
    "nbconvert --to notebook": KINDS,
    "nbconvert --to notebook --clear-output": ("constitution", "highlights"),
    "nbconvert --to html": (),
    "nbstripout": ("constitution", "highlights"),
    "nbstripout --keep-metadata-keys cell.metadata.collapsed": ("constitution", "highlights"),
    "nbstripout --keep-output": KINDS,
    "jupytext --to py:percent": (),
    "jupytext --to md": (),
    "jupytext --set-formats ipynb,py:percent": KINDS,
    "papermill": ("constitution", "highlights"),
}
"""What a tool leaves as it was. The table in the docs has a row for each."""


@pytest.fixture
def carrying(tmp_path: Path) -> Path:
    """A notebook with something of everything that the format knows."""
    reading = Reading(
        head=Head(id=NOTEBOOK),
        revisions=(article(1, "a result is stated", "say what you doubt"),),
        preambles=(Preamble(revision=an_id(500), text="We prove things.", provenance=Provenance(at=AT)),),
        imports=(Import(id=an_id(600), pack="careful-proofs", digest="0" * 64),),
        cases=(case(1, "Is it true?", "intended", "I think so.", "Yes!"),),
    )
    path = tmp_path / "n.ipynb"
    written(path, f"%load_ext jupyter_reconst\n%reconst use {path}", ASKING, "print(1)", metadata=keys(reading))
    content = read(path)
    highlight = annotation(QUOTE, CORRECTION)
    record = TurnRecord.of(turn()).model_dump(mode="json")
    said = {TURN_MIME: record, "text/markdown": REPLY, "text/plain": REPLY}
    of = {"reconst": {name: record[name] for name in ("turn", "parent", "model", "digest")}}
    content["cells"][1] |= {
        "metadata": {annotation_key(highlight): highlight.model_dump(mode="json", by_alias=True)},
        "outputs": [{"output_type": "display_data", "data": said, "metadata": of}],
    }
    path.write_text(json.dumps(content), "utf-8")
    return path


def read(path: Path) -> dict[str, Any]:
    """A notebook with every text whole: in a file it may stand in lines."""
    return dict(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]


def parts(content: dict[str, Any]) -> dict[str, Any]:
    """What a notebook carries of ours, as it stands there."""
    cells = content["cells"]
    return {
        "constitution": {key: value for key, value in content["metadata"].items() if key.startswith("reconst")},
        "highlights": [{k: v for k, v in cell["metadata"].items() if k.startswith("reconst")} for cell in cells],
        "replies": [
            (output["data"], output["metadata"])
            for cell in cells
            for output in cell.get("outputs", ())
            if TURN_MIME in output.get("data", {})
        ],
    }


def called(command: str, *arguments: object) -> None:
    """Run a tool as its module, in the folder of the notebook."""
    tool, *options = command.split()
    if find_spec(tool) is None:
        pytest.skip(f"{tool} is not installed")
    given = [sys.executable, "-m", tool, *options, *map(str, arguments)]
    done = subprocess.run(given, capture_output=True, text=True, check=False, env=dict(os.environ), timeout=120)
    assert done.returncode == 0, done.stderr


def stays(before: dict[str, Any], after: Path) -> tuple[str, ...]:
    content = read(after)
    assert [cell["source"] for cell in content["cells"]] == [cell["source"] for cell in before["cells"]]
    one, other = parts(before), parts(content)
    return tuple(kind for kind in KINDS if one[kind] == other[kind])


@pytest.mark.parametrize("command", [name for name in STAYS if name.startswith("nbconvert --to notebook")])
def test_through_nbconvert_to_a_notebook(carrying: Path, command: str) -> None:
    before = read(carrying)
    called(command, "--output", "out.ipynb", carrying)
    assert stays(before, carrying.with_name("out.ipynb")) == STAYS[command]


def test_through_nbconvert_to_a_page(carrying: Path) -> None:
    """The reply is there to be read; no rule, no case and no highlight is published with it."""
    called("nbconvert --to html", "--output", "out.html", carrying)
    page = carrying.with_name("out.html").read_text("utf-8")
    assert QUOTE in page
    for private in ("say what you doubt", "We prove things.", "Is it true?", CORRECTION, NOTEBOOK, TURN_MIME):
        assert private not in page


@pytest.mark.parametrize("command", [name for name in STAYS if name.startswith("nbstripout")])
def test_through_nbstripout(carrying: Path, command: str) -> None:
    before = read(carrying)
    called(command, carrying)
    assert stays(before, carrying) == STAYS[command]


@pytest.mark.parametrize("form", ["py:percent", "md"])
def test_through_a_text_notebook_of_jupytext_and_back(carrying: Path, form: str) -> None:
    before, command = read(carrying), f"jupytext --to {form}"
    text, out = carrying.with_suffix(f".{form.partition(':')[0]}"), carrying.with_name("out.ipynb")
    called(command, "-o", text, carrying)
    assert "reconst:" not in text.read_text("utf-8") and QUOTE not in text.read_text("utf-8")
    called("jupytext --to ipynb", "-o", out, text)
    assert stays(before, out) == STAYS[command]


def test_through_a_pair_of_jupytext(carrying: Path) -> None:
    """The text is edited, and the notebook beside it takes the change and keeps the rest."""
    before, command = read(carrying), "jupytext --set-formats ipynb,py:percent"
    called(command, carrying)
    text = carrying.with_suffix(".py")
    text.write_text(text.read_text("utf-8").replace("print(1)", "print(2)"), "utf-8")
    later = carrying.stat().st_mtime + 10
    os.utime(text, (later, later))
    called("jupytext --sync", text)
    before["cells"][2]["source"] = "print(2)"
    assert stays(before, carrying) == STAYS[command]


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, "Made anew.") as server:
        yield server


async def test_through_papermill(carrying: Path, endpoint: Faulty) -> None:
    """The cells are run: a prompt is asked, without the rules that nobody accepted here, and its reply is a turn."""
    before, out = read(carrying), carrying.with_name("out.ipynb")
    await asyncio.to_thread(called, "papermill", "--no-progress-bar", carrying, out)
    assert stays(before, out) == STAYS["papermill"]
    ((data, _),) = parts(read(out))["replies"]
    assert data[TURN_MIME]["reply"] == "Made anew." and data[TURN_MIME]["turn"] != turn().id
    assert len(calls(endpoint)) == 1 and "say what you doubt" not in str(calls(endpoint)[0].messages)


def test_the_docs_say_what_stays() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TRAVELS.read_text("utf-8"), re.M)
    told = {
        name: tuple(kind for kind, said in zip(KINDS, cells, strict=True) if said == "stays") for name, *cells in rows
    }
    assert told == STAYS
