"""The example notebook and the recorded conversation: true where they claim something, and fit to show the loop."""

from __future__ import annotations

import contextlib
import io
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat

from jupyter_reconst.acts.aim import Aim, literals
from jupyter_reconst.acts.compare import Pair, judged
from jupyter_reconst.core.failures import detect, rank
from jupyter_reconst.core.impact import Probe
from jupyter_reconst.core.samples import Sample
from jupyter_reconst.core.turns import Reply
from jupyter_reconst.models.recording import load
from tests.fakes import an_id

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "jupyter_reconst" / "samples"
NOTEBOOK = ROOT / "examples" / "first-loop.ipynb"
PAGE = ROOT / "docs" / "users" / "first-loop.md"
INVENTED = ("Marchetti and Osei", "Delacroix and Iyer", "Hartmann", "Castellan")
KIND = "invented_reference"


def sample() -> Sample:
    return load(SAMPLES, "off-switch")


def cells() -> list[Any]:
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    nbformat.validate(notebook)
    return list(notebook["cells"])


def source(cell: Any) -> str:
    return "".join(cell["source"])


def test_every_prompt_has_one_answer() -> None:
    recorded = sample()
    prompts = [" ".join(row.prompt.split()) for row in (*recorded.turns, *recorded.probes)]
    assert len(prompts) == len(set(prompts))
    for prompt in prompts:
        assert recorded.reply(prompt, governed=False) and recorded.reply(prompt, governed=True)
    assert Counter(probe.bin for probe in recorded.probes) == {"in": 5, "near": 4, "out": 8}


def test_the_failing_reply_shows_three_kinds_that_the_library_finds() -> None:
    turn = sample().turns[0]
    for kind in (KIND, "flattery", "restating"):
        assert detect(kind, turn.without, turn.prompt) >= 0.5 > detect(kind, turn.with_, turn.prompt)


def test_corrections_are_of_words_that_were_said() -> None:
    recorded = sample()
    reply = recorded.turns[0].without
    assert all(correction.quote in reply for correction in recorded.corrections)
    assert all(objection.quote in reply for objection in recorded.disagrees)
    assert "Marchetti" in recorded.task and "Marchetti" in reply
    first = rank(recorded.corrections[0].quote, reply, recorded.turns[0].prompt)[0]
    assert first.kind == KIND
    assert {proposal.reach for proposal in recorded.proposals} == {"case", "kind"}


def verdicts(aim: Aim) -> list[tuple[str, str]]:
    """Bin and verdict of every row that the recorded preview shows."""
    recorded = sample()
    rows = [("source", recorded.turns[0]), *((probe.bin, probe) for probe in recorded.probes)]
    found: list[tuple[str, str]] = []
    for number, (bin, row) in enumerate(rows, 1):
        probe = Probe.model_validate({"id": an_id(number), "bin": bin, "prompt": row.prompt})
        impact = judged(probe, Pair(Reply(text=row.without), Reply(text=row.with_)), aim)
        found.append((bin, impact.verdict))
    return found


def test_the_preview_shows_what_was_wanted_and_two_changes_that_were_not() -> None:
    recorded = sample()
    said = tuple(correction.text for correction in recorded.corrections[:1])
    kind = next(proposal for proposal in recorded.proposals if proposal.reach == "kind")
    for then in (kind.then, ""):  # The recorded article, and the library's.
        found = verdicts(Aim(corrections=said, kind=KIND, literals=literals(then)))
        assert found[0] == ("source", "intended")
        assert found.count(("in", "intended")) == 5
        assert [verdict for _, verdict in found].count("unintended") == 2
        assert {("near", "unintended"), ("out", "unintended")} <= set(found)
        assert [verdict for _, verdict in found].count("unchanged") == 10


def test_invented_names_are_said_to_be_invented_and_are_never_the_better_reply() -> None:
    recorded = sample()
    page = " ".join(PAGE.read_text("utf-8").split())
    for name in INVENTED:
        assert name in page
        assert any(name in row.without for row in (*recorded.turns, *recorded.probes)), name
        assert not any(name in row.with_ for row in (*recorded.turns, *recorded.probes)), name
        assert not any(name in source(cell) for cell in cells())


def test_the_figures_in_the_recording_are_right() -> None:
    texts = " ".join(c.text for c in sample().corrections)
    p = 1 / (1 + math.exp(-1))
    assert f"p = {p:.2f}" in texts and f"{p:.2f} - 1 = {p - 1:.2f}" in texts
    losses = [(x / 1000) / (1 + math.exp(x / 1000)) for x in range(1, 5000)]
    at = max(range(len(losses)), key=losses.__getitem__)
    bound = next(probe.with_ for probe in sample().probes if "bounded" in probe.prompt)
    assert f"{(at + 1) / 1000:.2f}" in bound and f"{losses[at]:.2f}/" in bound


def test_the_notebook_asks_what_the_sample_recorded_and_ends_briefly() -> None:
    prompts = [source(cell).removeprefix("%%reconst\n") for cell in cells() if source(cell).startswith("%%reconst")]
    assert prompts and all(sample().reply(prompt, governed=False) for prompt in prompts)
    last = cells()[-1]
    assert last["cell_type"] == "markdown" and len(source(last).split()) <= 60
    assert all(not cell["outputs"] for cell in cells() if source(cell).startswith("%"))


def test_the_notebook_computes_what_it_shows_and_its_proposition_holds() -> None:
    space: dict[str, Any] = {}
    code = [cell for cell in cells() if cell["cell_type"] == "code" and not source(cell).startswith("%")]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(source(code[0]), space)
    assert printed.getvalue() == "".join(code[0]["outputs"][0]["text"])
    *lines, last = source(code[1]).splitlines()
    exec("\n".join(lines), space)
    table = eval(last, space)
    data = code[1]["outputs"][0]["data"]
    assert "".join(data["text/html"]) == table._repr_html_() and "".join(data["text/plain"]) == repr(table)
    for mu in (-1.2, -0.3, 0.4, 1.5):
        for sigma in (0.5, 1.1, 2.0):
            for beta in (0.4, 1.0, 3.0):
                sign = beta * sigma**2 - 2 * abs(mu)
                if abs(sign) > 1e-6:
                    assert (space["incentive"](mu, sigma, beta, 1500) > 0) == (sign > 0)
