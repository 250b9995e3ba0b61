"""`jupyter reconst pairs export`: what a person preferred, as a file that harms nobody who opens it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from jupyter_reconst.acts.keep import keep
from jupyter_reconst.core.notebook import Head, Reading
from jupyter_reconst.core.ports import Document, Event, Ports
from jupyter_reconst.core.requests import Keep
from jupyter_reconst.core.tabular import table
from jupyter_reconst.core.turns import Turn
from jupyter_reconst.wiring import build, headless
from tests.command_line import caller, run
from tests.fakes import an_id
from tests.scenes import AT, NOTEBOOK, turn

CHOSEN, EVIL = "It was stated.", '=HYPERLINK("https://evil.example","It was proved.")'


async def recorded(ports: Ports, owner: str, *turns: Turn) -> None:
    for one in turns:
        body = one.model_dump(mode="json")
        line = {"owner": owner, "notebook": NOTEBOOK, "created": AT}
        await ports.journal.append(Event(id=one.id, kind="turn", body=body, **line))
        if one.varies:
            lead = {"turn": one.id}
            await ports.journal.append(
                Event(id=an_id(int(one.id[-2:], 36) + 900), kind="variant", subject=one.varies, body=lead, **line)
            )


async def test_pairs_are_written_as_lines_and_claimed_ones_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async with caller(tmp_path, monkeypatch, "Yes."):
        reconst = build(headless())
        root = turn(10, reply=EVIL)
        others = [turn(11, reply=CHOSEN, varies=root.id), turn(12, reply="I am theirs.", varies=root.id, claimed=True)]
        await recorded(reconst.ports, reconst.person.owner, root, *others)
        document = Document(path="n.ipynb", notebook=NOTEBOOK, reading=Reading(head=Head(id=NOTEBOOK)))
        await reconst.ports.documents.tell(reconst.person.owner, document)
        kept = Keep(id=an_id(700), path="n.ipynb", cell="one", turn=others[0].id, instead=root.id)
        await keep(reconst.ports, reconst.person, kept)
        await reconst.close()
        assert await run("pairs", "export") == 0
        said = capfd.readouterr()
        (row,) = [json.loads(line) for line in said.out.splitlines()]
        assert (row["chosen"], row["rejected"], row["own"], row["accepted"]) == (CHOSEN, EVIL, True, True)
        assert row["messages"] and "Pairs written: 1. Left out: 1" in said.err
        assert await run("pairs", "export", "--all", "--as", "csv", "-o", tmp_path / "p.csv") == 0
        rows = list(csv.DictReader(io.StringIO((tmp_path / "p.csv").read_text("utf-8"))))
        assert [one["rejected"] for one in rows] == [f"'{EVIL}", "I am theirs."]
        assert await run("pairs", "export", "-o", tmp_path / "p.csv") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", " ="])
def test_csv_formula(start: str) -> None:
    """T11: no cell begins as a formula would, and what a cell holds comes back."""
    text = table([[f"{start}1+1", 'said "so", twice\nor more']])
    ((one, other),) = csv.reader(io.StringIO(text, newline=""))
    assert one.startswith("'") and one[1:].replace("\ufffd", "\0") == f"{start}1+1"
    assert other == 'said "so", twice\nor more'
