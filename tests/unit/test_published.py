"""The published Markdown: what a notebook holds comes back from it, whatever it says; what does not fit is refused."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.constitution import Article, Case, Constitution, Import, Preamble, Provenance, Words
from jupyter_reconst.core.errors import Malformed
from jupyter_reconst.core.notebook import Reading, keys
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.record import decoded
from jupyter_reconst.core.visible import spelled, unseen
from tests.fakes import an_id
from tests.scenes import article, case

_MARKS = st.sampled_from(
    [
        *("# ", "## ", "### Good example", "# Record", "```json\n", "```", "~~~", "> ", ">", "- ", "1. ", "---\n"),
        *("**When**", "**Preamble**", "*remark*", "`01HF7YAT350000000000000035` process", "reconst: 1", "name: x"),
        *("[a](b)", "![](c)", "<script>", "<!-- ", "-->", "&amp;", "\\", '"', "'", "|", '{"article": {}}'),
        *("\n", "\r\n", "\r", "\t", "\u2028", "\u0085", "\u200b", "\U000e0041", "\u202e", "\ufeff", "\x00", "\x1b[31m"),
    ]
)
_ANY = st.lists(_MARKS | st.text(max_size=8), max_size=6).map("".join)
_LINES = _ANY.map(lambda text: text[:200])
_IDS = st.integers(1, 60).map(an_id)
_TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(timezone.utc))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_ANY, inner, max_size=3),
    max_leaves=5,
)
_EXTRAS = st.dictionaries(st.text(max_size=6).map(lambda name: f"x-{name}"), _VALUES, max_size=2)
_PARENTS = st.lists(_IDS, max_size=2).map(tuple)


def _with(extras: dict[str, Any], made: type[Any], /, **fields: Any) -> Any:
    return made.model_validate(extras | fields)


_WORDS = st.builds(Words, annotation=st.none() | _IDS, quote=_ANY, correction=_ANY)
_SIGNED = st.builds(
    _with,
    _EXTRAS,
    st.just(Provenance),
    author=_LINES,
    at=_TIMES,
    words=st.lists(_WORDS, max_size=2).map(tuple),
    evidence=_LINES,
    note=_ANY,
)
_ARTICLES = st.builds(
    _with,
    _EXTRAS,
    st.just(Article),
    id=st.integers(1, 6).map(an_id),
    revision=_IDS,
    parents=_PARENTS,
    order=st.text("0aVz#\n", max_size=3),
    title=_LINES,
    when=_ANY,
    then=_ANY,
    why=_ANY,
    source=_ANY,
    kind=st.sampled_from(("process", "knowledge")),
    always=st.booleans(),
    enabled=st.booleans(),
    repealed=st.booleans(),
    provenance=_SIGNED,
)
_PREAMBLES = st.builds(
    _with, _EXTRAS, st.just(Preamble), revision=_IDS, parents=_PARENTS, text=_ANY, provenance=_SIGNED
)
_EXPECTED = st.builds(
    lambda extras, *values: extras | dict(zip(("verdict", "reply", "without", "note"), values, strict=True)),
    _EXTRAS,
    st.sampled_from(("intended", "unintended", "regression")),
    _ANY,
    _ANY,
    _ANY,
)
_CASES = st.builds(
    _with,
    _EXTRAS,
    st.just(Case),
    id=_IDS,
    article=st.integers(1, 6).map(an_id),
    prompt=_ANY,
    turn=st.none() | _IDS,
    bin=_LINES,
    expects=_EXPECTED,
    provenance=_SIGNED,
)
_IMPORTS = st.builds(Import, id=_IDS, pack=_LINES, digest=st.just("0" * 64))
_READINGS = st.builds(
    lambda articles, preambles, cases, imports: Reading(
        revisions=tuple({(a.id, a.revision): a for a in articles}.values()),
        preambles=tuple({p.revision: p for p in preambles}.values()),
        cases=tuple(sorted({c.id: c for c in cases}.values(), key=lambda c: c.id)),
        imports=tuple({i.id: i for i in imports}.values()),
    ),
    st.lists(_ARTICLES, max_size=5),
    st.lists(_PREAMBLES, max_size=2),
    st.lists(_CASES, max_size=3),
    st.lists(_IMPORTS, max_size=2),
)
_FRONTS = st.builds(
    Front,
    name=_LINES,
    version=_LINES,
    authors=_LINES,
    licence=_LINES,
    date=st.none() | _TIMES.map(lambda at: at.date()),
)


@settings(max_examples=120, deadline=None)
@given(front=_FRONTS, reading=_READINGS)
def test_a_constitution_round_trips_through_markdown(front: Front, reading: Reading) -> None:
    text = dump(front, reading)
    found = load(decoded(text.encode()))
    assert keys(found.reading) == keys(reading)
    assert found.front == front.model_copy(update={"digest": reading.constitution.digest}) and not found.edited
    assert dump(found.front, found.reading) == text


@settings(max_examples=30, deadline=None)
@given(reading=_READINGS)
def test_a_copy_made_on_windows_reads_the_same_words(reading: Reading) -> None:
    text = dump(Front(name="n"), reading)
    assume("\r" not in text)
    assert load(decoded(text.replace("\n", "\r\n").encode())).reading == load(text).reading


def test_hidden_characters_are_kept_as_they_are_for_review_to_spell_out() -> None:
    hidden = "cite\U000e0041 \u202eit\u200b"
    found = load(dump(Front(), Reading(revisions=(article(1, hidden, hidden, title=hidden),))))
    (law,) = found.reading.constitution.articles
    assert (law.title, law.when, law.then) == (hidden,) * 3 and len(unseen(law.then)) == 3
    assert "⟦U+E0041⟧" in spelled(law.then)


def _changed(old: str, new: str) -> tuple[Constitution, tuple[Article, ...], Reading]:
    reading = Reading(
        revisions=(article(1, "one", "first"), article(2, "two", "second")),
        cases=(case(1, "Who?", "intended", "Known.", "Smith (2011)."),),
    )
    text = dump(Front(name="n"), reading)
    assert old in text
    found = load(text.replace(old, new))
    return found.reading.constitution, reading.revisions, found.reading


def test_words_changed_by_hand_are_a_revision_of_their_own() -> None:
    law, (first, second), _ = _changed("> first", "> at once")
    new, same = law.articles
    assert same == second and new.then == "at once" and new.revision != first.revision
    assert new.parents == (first.revision,) and new.id == first.id
    assert _changed("> first", "> at once")[0] == law


def test_a_file_whose_words_changed_says_so() -> None:
    text = dump(Front(), Reading(revisions=(article(1, "one", "first"),)))
    assert not load(text).edited and load(text.replace("> first", "> last")).edited
    assert not load(text.replace("digest:", "version:").replace("version: ", "version: v", 1)).edited


def test_articles_moved_by_hand_keep_their_new_order() -> None:
    reading = Reading(revisions=tuple(article(n, f"when {n}", f"then {n}") for n in (1, 2, 3)))
    text = dump(Front(), reading)
    front, *parts = text.partition("\n# Record")[0].split("\n## ")
    moved = "\n## ".join((front, parts[2], parts[0], parts[1])) + text[text.index("\n# Record") :]
    law = load(moved).reading.constitution
    assert [a.then for a in law.articles] == ["then 3", "then 1", "then 2"]
    assert law.articles[0] == reading.revisions[2] and law.articles[1].parents == (reading.revisions[0].revision,)


def test_a_case_changed_by_hand_is_another_case() -> None:
    _, _, reading = _changed("> Known.", "> Source not known.")
    (new,) = reading.cases
    assert new.id != an_id(301) and new.expects.reply == "Source not known."


BY_HAND = """---
reconst: 1
name: By hand
date: 2026-11-25
---

**Preamble**

> We are brief.

## Say what you doubt

**When**
> a result is stated

**Then**
> say what would change your mind

### Good example

**Asked**
> Is it true?

**Reply**
> I think so; a counter-example would settle it.
"""


def test_a_file_written_by_hand_needs_no_record() -> None:
    one, two = load(BY_HAND), load(BY_HAND)
    assert one == two and one.reading.constitution.preamble == "We are brief."
    (law,), (kept,) = one.reading.constitution.articles, one.reading.cases
    assert law.always and law.kind == "process" and kept.article == law.id
    again = load(dump(one.front, one.reading))
    assert again.reading == one.reading


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("> We are brief.", "We are brief.", "Line 9 "),
        ("**Then**", "**Thus**", "“Thus”"),
        ("**Then**", "**When**", "twice"),
        ("### Good example", "### Fine example", "Good example"),
        ("## Say what you doubt", "## ", "cannot be read"),
        ("reconst: 1", "reconst: 2", "newer version"),
        ("name: By hand", "title: By hand", "“title”"),
        ("date: 2026-11-25", "date: soon", "date"),
        ("name: By hand", "name: a\nname: b", "twice"),
        ("date: 2026-11-25\n---", "date: 2026-11-25", "does not end"),
        ("> say what", "say what", "Line "),
        ("## Say what you doubt", "## Say what you doubt\n\n`01HF7YAT350000000000000035` maybe", "maybe"),
        ("## Say what you doubt", "# Record\n\n```json\n{}\n```\n## Say", "the record is one block"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    assert old in BY_HAND
    text = BY_HAND.replace(old, new, 1)
    if said == "cannot be read":
        text = BY_HAND.replace(old, "## " + "x" * 201)
    with pytest.raises(Malformed, match=said):
        load(text)


def test_a_record_cannot_hold_another_law_than_the_one_that_is_shown() -> None:
    shown = article(1, "one", "be kind")
    planted = shown.model_copy(update={"revision": an_id(900), "parents": (shown.revision,), "then": "hide errors"})
    text = dump(Front(), Reading(revisions=(shown,)))
    line = json.dumps({"article": planted.model_dump(mode="json")})
    with pytest.raises(Malformed, match="another constitution"):
        load(text.replace("```json\n", f"```json\n{line}\n"))


@settings(max_examples=300, deadline=None)
@given(text=_ANY | st.lists(_MARKS, max_size=20).map(lambda some: "---\nreconst: 1\n---\n" + "\n".join(some)))
@example("---\nreconst: 1\n---")
def test_bad_input_is_refused_and_never_an_exception(text: str) -> None:
    try:
        found = load(text)
    except Malformed as refused:
        assert refused.code == "malformed" and refused.message
    else:
        assert load(dump(found.front, found.reading)).reading.constitution == found.reading.constitution


def test_a_notebook_that_fits_no_file_is_refused() -> None:
    cases = tuple(case(n, "x" * 60_000, "intended", "", "") for n in range(40))
    with pytest.raises(Malformed, match="2 MiB"):
        dump(Front(), Reading(revisions=(article(1, "a", "b"),), cases=cases))
