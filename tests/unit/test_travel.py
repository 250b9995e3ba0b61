"""What travels with a notebook, in words, and the notebook without it."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.constitution import Case, Expectation, Preamble, Provenance, Words
from jupyter_reconst.core.notebook import TURN_MIME, annotation_key, article_key, case_key, preamble_key
from jupyter_reconst.core.travel import manifest, stripped
from jupyter_reconst.core.turns import TurnRecord
from tests.fakes import an_id
from tests.scenes import AT, CORRECTION, NOTEBOOK, QUOTE, annotation, article

SIGNED = Provenance(author="Ana Ruiz", at=AT, words=(Words(quote=QUOTE),), evidence="4 probes: 2 as intended")


def notebook() -> dict[str, Any]:
    law = article(1, "a result is stated", "cite a paper", title="Claims need a source")
    law = law.model_copy(update={"provenance": SIGNED})
    preamble = Preamble(revision=an_id(2), text="We are careful.", provenance=Provenance(at=AT))
    expects = Expectation(verdict="intended", reply="after", without="before")
    case = Case(id=an_id(3), article=law.id, prompt="Who proved it?", expects=expects, provenance=SIGNED)
    mark = annotation(said=CORRECTION)
    record = TurnRecord(
        turn=an_id(4), notebook=NOTEBOOK, model="lab-70b", digest="0" * 64, articles=1, prompt="Who proved it?",
        reply="Park (2017).", status="complete",
    )  # fmt: skip
    ours = {
        "reconst": {"version": 1, "id": NOTEBOOK, "origin": an_id(9)},
        article_key(law): law.model_dump(mode="json"),
        preamble_key(preamble): preamble.model_dump(mode="json"),
        case_key(case): case.model_dump(mode="json"),
        "reconst:article:damaged": {"x": 1},
    }
    output = {
        "output_type": "display_data",
        "data": {TURN_MIME: record.model_dump(mode="json"), "text/markdown": "Park (2017)."},
        "metadata": {"reconst": {"turn": an_id(4), "model": "lab-70b"}, "theirs": 1},
    }
    cell = {
        "cell_type": "code",
        "source": "%%reconst\nWho proved it?",
        "metadata": {annotation_key(mark): mark.model_dump(mode="json", by_alias=True), "tags": ["keep"]},
        "outputs": [output, {"output_type": "stream", "name": "stdout", "text": "x"}],
    }
    return {
        "cells": [{"cell_type": "markdown", "source": "# Hello", "metadata": {}}, cell],
        "metadata": {"kernelspec": {"name": "python3"}, **ours},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def test_everything_is_listed_in_words() -> None:
    items = manifest(notebook()).items
    said = [(item.where, item.says) for item in items]
    by = "by Ana Ruiz (as claimed), 2026-11-01"
    assert said[0] == ("notebook", f"The notebook’s id {NOTEBOOK}, a copy of {an_id(9)}")
    assert said[1] == (
        "notebook",
        f"Article “Claims need a source”, {by}; from the words “{QUOTE}”; evidence: 4 probes: 2 as intended",
    )
    assert said[2] == ("notebook", "Preamble “We are careful.”, 2026-11-01")
    assert said[3] == ("notebook", f"Case: the prompt “Who proved it?”, two replies, judged intended, {by}")
    assert said[4] == ("notebook", "Something of ours that this version cannot read")
    assert said[5][0] == "cell 2" and QUOTE in said[5][1] and "editing “It was described by Hadfield" in said[5][1]
    assert said[6] == ("output of cell 2", "Turn: the prompt “Who proved it?” and the reply of lab-70b")
    assert said[7] == ("output of cell 2", "Which turn this output shows, and which constitution was in force")
    assert len(said) == 8 and all(item.bytes > 20 for item in items)


def test_stripping_takes_ours_and_nothing_else() -> None:
    whole = notebook()
    before = copy.deepcopy(whole)
    bare = stripped(whole)
    assert whole == before
    assert manifest(bare).items == ()
    text = json.dumps(bare)
    assert "reconst:" not in text and TURN_MIME not in text and NOTEBOOK not in text
    assert bare["metadata"] == {"kernelspec": {"name": "python3"}}
    assert bare["cells"][1]["metadata"] == {"tags": ["keep"]}
    assert bare["cells"][1]["outputs"][0]["data"] == {"text/markdown": "Park (2017)."}
    assert bare["cells"][1]["outputs"][0]["metadata"] == {"theirs": 1}
    assert bare["cells"][1]["source"] == whole["cells"][1]["source"]
    assert stripped(bare) == bare


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["reconst", "reconst:article:a:b", "metadata", "outputs", "data", TURN_MIME, "cells", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["metadata", "cells"]), JSON))
def test_odd_notebooks_do_not_stop_it(odd: dict[str, Any]) -> None:
    manifest(odd)
    assert manifest(stripped(odd)).items == ()
