"""`jupyter reconst references` from end to end: a real file, the settings of this user, an exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jupyter_reconst.doors import cli
from jupyter_reconst.doors.show import TURN_MIME


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    reply = "See Lee, J. (2019). On things and their names. Journal of Things, 3, 4-5."
    output = {"output_type": "display_data", "metadata": {}, "data": {TURN_MIME: {"reply": reply}}}
    cells = [{"cell_type": "code", "id": "one", "metadata": {}, "source": "", "outputs": [output, {}, 3]}]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return path


def test_what_was_not_looked_up_is_no_finding(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["references", str(notebook)]) == 0
    assert "not looked up: Lee, J. (2019). On things and their names" in capsys.readouterr().out


def test_what_the_library_lacks_or_has_otherwise_is_1(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bib = notebook.with_name("a.bib")
    bib.write_text("@article{park, title={Another one}, author={Park, K}, year=2001}", "utf-8")
    assert cli.main(["library", "add", str(bib)]) == 0
    assert cli.main(["references", str(notebook)]) == 1
    out = capsys.readouterr().out
    assert "not found: Lee" in out and "looked in your library" in out
    bib.write_text(
        "@article{lee, title={On things and their names}, author={Lee, J}, year=2018, doi={10.1/x}}", "utf-8"
    )
    cli.main(["library", "update"])
    capsys.readouterr()
    assert cli.main(["references", str(notebook), "--json"]) == 1
    (cell,) = json.loads(capsys.readouterr().out)
    assert cell["cell"] == "one" and cell["references"][0]["state"] == "differs"
    assert cell["references"][0]["differs"] == [{"field": "year", "said": "2019", "known": "2018"}]
    bib.write_text("@article{lee, title={On things and their names}, author={Lee, J}, year=2019}", "utf-8")
    cli.main(["library", "update"])
    assert cli.main(["references", str(notebook)]) == 0


def test_lookups_that_are_off_are_refused(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["references", str(notebook), "--lookup"]) == 1
    assert "(lookups_off)" in capsys.readouterr().err
