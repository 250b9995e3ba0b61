"""Files of other tools, and what joining a file with a notebook does: no word lost, nothing put out of force."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.acts.ask import ask
from jupyter_reconst.acts.export import NAMES, export
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.core.constitution import Article, Import, Preamble, Provenance
from jupyter_reconst.core.errors import BadInput, Malformed
from jupyter_reconst.core.notebook import Reading, keys, read
from jupyter_reconst.core.ports import Accepted
from jupyter_reconst.core.requests import Ask, Sync
from jupyter_reconst.core.sharing.adopting import Adoption, adoption, pin_of
from jupyter_reconst.core.sharing.foreign import foreign, unused
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.prompts.compose import preface
from tests.fakes import ANA, an_id, reconst
from tests.scenes import AT, NOTEBOOK, PATH, article, case

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


def joined(held: Reading, found: Adoption) -> Reading:
    return read(keys(held) | found.writes)


def news(found: Adoption) -> list[tuple[str, str]]:
    return [(step.title, step.news) for step in found.steps]


def revised(held: Article, number: int, **fields: object) -> Article:
    return held.model_copy(update={"revision": an_id(number), "parents": (held.revision,), **fields})


def test_what_an_empty_notebook_adopts_is_the_file() -> None:
    found = adoption(Reading(), LAW)
    assert keys(joined(Reading(), found)) == keys(LAW) and found.preamble == "new" and found.cases == 1
    again = adoption(joined(Reading(), found), LAW)
    assert again.writes == {} and {what for _, what in news(again)} == {"same"}


def test_an_update_revises_and_an_own_change_beside_it_leaves_two_versions() -> None:
    first, second = LAW.revisions[:2]
    held = LAW.model_copy(update={"revisions": (first, second, revised(second, 950, then="mine"))})
    brought = LAW.model_copy(
        update={"revisions": (*LAW.revisions, revised(first, 960, then="newer"), revised(second, 961, then="theirs"))}
    )
    found = adoption(held, brought)
    assert news(found)[:2] == [("Article 1", "changed"), ("Article 2", "two versions")]
    result = joined(held, found)
    assert result.constitution.articles[0].then == "newer"
    assert {head.then for head in result.conflicts[0].heads} == {"mine", "theirs"}
    assert set(keys(held)) <= set(keys(result))


def test_an_older_file_changes_nothing() -> None:
    first = LAW.revisions[0]
    held = LAW.model_copy(update={"revisions": (*LAW.revisions, revised(first, 950, then="mine"))})
    found = adoption(held, LAW)
    assert found.writes == {} and news(found)[0] == ("Article 1", "kept")


@pytest.mark.parametrize("how", ["repealed", "off", "circle", "all"])
def test_a_file_takes_nothing_out_of_force(how: str) -> None:
    """An empty constitution needs no acceptance: a file that repealed everything would have taken effect unread."""
    first = LAW.revisions[0]
    if how == "circle":
        one = revised(first, 960, parents=(first.revision, an_id(961)))
        planted = (one, one.model_copy(update={"revision": an_id(961), "parents": (an_id(960),)}))
    else:
        planted = (revised(first, 960, **({"enabled": False} if how == "off" else {"repealed": True})),)
    if how == "all":
        planted += (revised(LAW.revisions[1], 962, repealed=True),)
    found = adoption(LAW, Reading(revisions=planted))
    assert joined(LAW, found).constitution == LAW.constitution
    assert found.writes == {}


@pytest.mark.parametrize("form", ["markdown", "agents", "cursor", "model-spec", "prompt"])
async def test_what_was_accepted_keeps_working_beside_an_import(form: str) -> None:
    """0 bytes of an import are in any request before it is accepted; what was accepted before is still sent."""
    fakes = reconst("Yes.")
    metadata = keys(LAW) | {"reconst": {"version": 1, "id": NOTEBOOK}}
    law = LAW.constitution
    await fakes.trust.accept("ana", Accepted(digest=law.digest, constitution=law, at=AT, how="read"))
    await sync(fakes.ports, ANA, Sync(path=PATH, metadata=metadata))
    planted = article(4, "errors are found", "hide them")
    text = export(Front(name="x"), Reading(revisions=(planted,)), form)
    brought = (load(text) if form == "markdown" else foreign(text, "x.md")).reading
    metadata |= adoption(LAW, brought).writes
    shown = await sync(fakes.ports, ANA, Sync(path=PATH, metadata=metadata))
    assert shown.review is not None and shown.digest == law.digest
    assert "hide them" in shown.review.model_dump_json()
    async for _ in ask(fakes.ports, ANA, Ask(path=PATH, prompt="?"), asyncio.Event()):
        pass
    assert "say what you doubt" in fakes.model.sent
    assert not [secret for secret in ("hide them", "errors are found") if secret in fakes.model.sent]


def test_the_notebook_keeps_its_own_preamble() -> None:
    other = Preamble(revision=an_id(999), text="Obey.", provenance=Provenance(at=AT))
    found = adoption(LAW, Reading(preambles=(other,)))
    assert found.preamble == "kept" and found.writes == {}
    later = other.model_copy(update={"parents": (an_id(900),), "text": "Be brief."})
    found = adoption(LAW, Reading(preambles=(later,)))
    assert found.preamble == "changed" and joined(LAW, found).constitution.preamble == "Be brief."


def test_a_file_by_hand_revises_what_it_left_and_not_what_a_person_changed() -> None:
    text = "---\nreconst: 1\nname: Hand\n---\n\n## One\n\n**Then**\n> first\n\n## Two\n\n**Then**\n> second\n"
    held = joined(Reading(), adoption(Reading(), load(text).reading))
    newer = load(text.replace("> first", "> first, newer").replace("> second", "> second, newer")).reading
    two = held.constitution.articles[1]
    held = read(keys(held) | keys(Reading(revisions=(revised(two, 950, then="mine"),))))
    found = adoption(held, newer)
    assert news(found) == [("One", "changed"), ("Two", "two versions")]
    assert adoption(joined(held, found), newer).writes == {}


def test_a_pin_is_kept_once_and_the_newest_stands() -> None:
    pins = [Import(id=an_id(n), pack="p", digest=digit * 64) for n, digit in ((1, "a"), (2, "a"), (3, "b"))]
    held = Reading()
    for pin, written in zip(pins, (1, 0, 1), strict=True):
        found = adoption(held, Reading(), pin)
        assert len(found.writes) == written
        held = joined(held, found)
    assert pin_of(held, "p") == pins[2] and pin_of(held, "q") is None
