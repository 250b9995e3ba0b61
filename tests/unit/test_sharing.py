"""Files of other tools: no word of theirs is lost, and every export holds what is in force."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.acts.export import NAMES, export
from jupyter_reconst.core.constitution import Preamble, Provenance
from jupyter_reconst.core.errors import BadInput, Malformed
from jupyter_reconst.core.notebook import Reading, keys
from jupyter_reconst.core.sharing.foreign import foreign, unused
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.prompts.compose import preface
from tests.fakes import an_id
from tests.scenes import AT, article, case

AGENTS = """# Working here

We prove things about agents.

## Style

- Use plain words.
- Never write:
  - “clearly”
  - “obviously”

Formulas are TeX.

### Python

1. Type everything.
2. Test it.

## Avoid the following

These are forbidden:

- inventing references
- hiding errors

## Commands

```sh
# not a heading
- not an item
pytest -q
```
"""


def said(text: str, name: str = "AGENTS.md") -> list[tuple[str, str]]:
    return [(a.title, a.then) for a in foreign(text, name).reading.constitution.articles]


def test_headings_and_bullets_become_articles_that_always_apply() -> None:
    found = foreign(AGENTS, "AGENTS.md")
    law = found.reading.constitution
    assert found.front.name == "Working here" and law.preamble == "We prove things about agents."
    assert all(a.always and not a.when for a in law.articles)
    assert said(AGENTS) == [
        ("Style 1", "Use plain words."),
        ("Style 2", "Never write:\n  - “clearly”\n  - “obviously”"),
        ("Style 3", "Formulas are TeX."),
        ("Style: Python 1", "Type everything."),
        ("Style: Python 2", "Test it."),
        ("Avoid the following", "These are forbidden:\n\n- inventing references\n- hiding errors"),
        ("Commands", "```sh\n# not a heading\n- not an item\npytest -q\n```"),
    ]


def test_a_list_is_not_torn_from_the_sentence_that_turns_it_around() -> None:
    torn = said("## Never\n\nThese:\n- hide errors\n- cite nothing\n")
    assert torn == [("Never", "These:\n- hide errors\n- cite nothing")]
    law = foreign("Never do this:\n- hide errors\n- cite nothing\n", "rules.txt").reading.constitution
    assert law.preamble == "Never do this:\n- hide errors\n- cite nothing" and not law.articles


def test_a_cursor_rule_that_applies_by_description_is_scoped() -> None:
    text = "---\ndescription: a proof is asked for\nglobs: *.tex\nalwaysApply: false\n---\n- Number the steps.\n"
    (law,) = foreign(text, "proofs.mdc").reading.constitution.articles
    assert (law.when, law.always, law.then) == ("a proof is asked for", False, "Number the steps.")
    assert unused(text) == ("globs: *.tex",)
    (law,) = foreign(text.replace("false", "true"), "proofs.mdc").reading.constitution.articles
    assert law.always and not law.when


def test_a_model_spec_keeps_its_anchors_and_examples() -> None:
    text = """# Spec

## Be honest {#be_honest authority=user}

Do not deceive.

**Example**: a source is asked for

~~~xml
<user>
Who proved it?
</user>
<comparison>
<assistant> <!-- BAD: invents one -->
Smith (2011).
</assistant>
<assistant> <!-- GOOD -->
I do not know.
</assistant>
</comparison>
~~~
"""
    reading = foreign(text, "spec.md").reading
    (law,), (kept,) = reading.constitution.articles, reading.cases
    assert (law.title, law.then) == ("Be honest", "Do not deceive.")
    assert (kept.prompt, kept.expects.reply, kept.expects.without) == (
        "Who proved it?",
        "I do not know.",
        "Smith (2011).",
    )
    renamed = foreign(text.replace("## Be honest", "## Honesty"), "spec.md").reading.constitution.articles
    assert renamed[0].id == law.id and renamed[0].revision != law.revision


_PIECES = st.lists(
    st.sampled_from(
        ["# A", "## B", "- item one", "  more of it", "1. first", "text:", "plain words", "", "```", "### C {#c}"]
    )
    | st.text("ab #-*:`", max_size=12),
    max_size=25,
).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(text=_PIECES)
def test_no_word_of_a_foreign_file_is_lost(text: str) -> None:
    try:
        found = foreign(text, "AGENTS.md")
    except Malformed:
        return
    law = found.reading.constitution
    kept = " ".join([found.front.name, law.preamble, *(f"{a.title} {a.then}" for a in law.articles)])
    plain = re.sub(r"\{#c\}", "", text)
    lost = Counter(re.findall(r"[a-z]{2,}", plain)) - Counter(re.findall(r"[a-z]{2,}", kept))
    assert not lost
    if found.reading.revisions:
        assert keys(load(export(found.front, found.reading, "markdown")).reading) == keys(found.reading)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n" * 100_000,
        "# " + " " * 2**20,
        "x" * 2**21,
        "**Example**\n" * 90_000,
        "## x\n" * 9_000,
        "a:\n" + "- b\n" * 2**18,
    ],
    ids=["items", "spaces", "one word", "examples", "headings", "a list"],
)
def test_foreign_bombs_are_read_or_refused_at_once(text: str) -> None:
    began = time.process_time()
    try:
        assert len(foreign(text, "x").reading.revisions) <= 500
    except Malformed as refused:
        assert refused.code == "malformed"
    assert time.process_time() - began < 2


LAW = Reading(
    revisions=(
        article(1, "a result is stated", "say what you doubt", why="It is checked."),
        article(2, "a source is named", "cite the page", always=False),
        article(3, "never", "not sent", enabled=False),
    ),
    preambles=(Preamble(revision=an_id(900), text="We are brief.", provenance=Provenance(at=AT)),),
    cases=(case(1, "Is it true?", "intended", "I think so.", "Yes!"),),
)


@pytest.mark.parametrize("name", NAMES)
def test_every_export_holds_what_is_in_force_and_can_be_read_back(name: str) -> None:
    text = export(Front(name="Ours"), LAW, name)
    for words in ("We are brief.", "say what you doubt", "a source is named", "cite the page"):
        assert words in text
    assert ("not sent" in text) == (name == "markdown")
    if name == "prompt":
        assert text.rstrip("\n") == preface(LAW.constitution.preamble, LAW.constitution.effective)
    back = load(text) if name == "markdown" else foreign(text, f"{name}.md")
    read_back = " ".join([back.reading.constitution.preamble, *(a.then for a in back.reading.constitution.articles)])
    assert "say what you doubt" in read_back and "cite the page" in read_back
    if name == "model-spec":
        assert [c.prompt for c in back.reading.cases] == ["Is it true?"]


def test_a_file_that_an_article_names_is_not_loaded_by_claude() -> None:
    reading = Reading(revisions=(article(1, "asked by a@b.example", "see @~/.ssh/id_rsa and `@kept`"),))
    text = export(Front(), reading, "claude")
    assert "see `@~/.ssh/id_rsa` and `@kept`" in text and "a@b.example" in text


def test_an_empty_notebook_is_not_exported() -> None:
    with pytest.raises(BadInput):
        export(Front(), Reading(), "markdown")
