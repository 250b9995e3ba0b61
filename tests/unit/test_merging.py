"""Merging loses nothing, whatever was done on both sides; a conflict is an article that both sides changed."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.core.constitution import Article, heads
from jupyter_reconst.core.merging import aligned, merge
from jupyter_reconst.core.notebook import annotation_key, article_key, read
from tests.editing import Copy, Ids
from tests.fakes import an_id
from tests.scenes import annotation, article

_CHANCES = st.randoms(use_true_random=False)


def sides(chance: random.Random) -> tuple[Copy, Copy, Copy]:
    base = Copy(Ids())
    base.change(chance, chance.randint(0, 8))
    one, other = base.branch(), base.branch()
    one.change(chance, chance.randint(0, 6))
    other.change(chance, chance.randint(0, 6))
    return base, one, other


def articles(copy: Copy) -> set[str]:
    return {key.split(":")[2] for key in copy.written if key.startswith("reconst:article:")}


@settings(max_examples=150, deadline=None)
@given(chance=_CHANCES)
def test_a_merge_loses_nothing_and_is_in_conflict_only_where_both_sides_changed(chance: random.Random) -> None:
    base, one, other = sides(chance)
    merged = merge(base.metadata, one.metadata, other.metadata)
    assert merged.keys == base.metadata | one.metadata | other.metadata
    assert not merged.rewritten and not read(merged.keys).problems
    assert {conflict.article for conflict in merged.conflicts} <= articles(one) & articles(other)
    touched = articles(one) & articles(other)
    assert {c.article for c in read(merged.keys).conflicts if c.article in touched} == {
        c.article for c in merged.conflicts
    }
    # What only one side changed stands as it stands there: repeals, order and wording.
    together, first, second = (heads(read(keys).revisions) for keys in (merged.keys, one.metadata, other.metadata))
    for id in together.keys() - touched:
        assert together[id] == (second if id in articles(other) else first)[id]


@settings(max_examples=150, deadline=None)
@given(chance=_CHANCES)
def test_a_merge_is_the_same_from_both_sides_and_says_nothing_new_when_it_is_repeated(chance: random.Random) -> None:
    base, one, other = sides(chance)
    merged = merge(base.metadata, one.metadata, other.metadata)
    assert merge(base.metadata, other.metadata, one.metadata) == merged
    for side in (one.metadata, other.metadata, merged.keys, base.metadata):
        again = merge(base.metadata, merged.keys, side)
        assert again.keys == merged.keys and again.clean
    assert merge({}, one.metadata, other.metadata).keys == merged.keys
    third = base.branch()
    third.change(chance, 3)
    left = merge(base.metadata, merged.keys, third.metadata).keys
    right = merge(base.metadata, one.metadata, merge(base.metadata, other.metadata, third.metadata).keys).keys
    assert left == right


def law(*revisions: Article) -> dict[str, Any]:
    return {article_key(revision): dumped(revision) for revision in revisions}


def test_an_article_changed_on_both_sides_keeps_both_versions() -> None:
    first = article(1, "always", "be brief")
    one = first.model_copy(update={"revision": an_id(301), "parents": (first.revision,), "then": "be exact"})
    other = one.model_copy(update={"revision": an_id(302), "repealed": True})
    merged = merge(law(first), law(first, one), law(first, other))
    (conflict,) = merged.conflicts
    assert conflict.heads == (other, one) and not merged.clean
    assert merge(law(first), law(first), law(first, other)).clean


def test_what_is_not_ours_is_not_touched_and_what_is_unknown_is_kept() -> None:
    merged = merge({}, {"kernelspec": 1, "reconst:pact:a": 1}, {"kernelspec": 2, "reconst:pact:b": 2})
    assert merged.keys == {"reconst:pact:a": 1, "reconst:pact:b": 2} and merged.clean


def test_a_notebook_keeps_its_own_name_and_what_the_other_side_stripped() -> None:
    first = law(article(1, "always", "be brief"))
    mine, fork = {"reconst": {"version": 1, "id": an_id(1)}}, {"reconst": {"version": 1, "id": an_id(2)}}
    assert merge(mine, mine | first, fork).keys == mine | first
    assert merge(mine | first, mine | first, {}).keys == mine | first
    assert merge({}, {}, fork).keys == fork


def test_a_key_that_both_sides_rewrote_is_told_and_one_that_one_side_rewrote_is_taken() -> None:
    key = "reconst:pact:a"
    assert merge({key: 1}, {key: 1}, {key: 2}).keys == {key: 2}
    assert merge({key: 1}, {key: 2}, {key: 1}).keys == {key: 2}
    both = merge({key: 1}, {key: 2}, {key: 3})
    assert both.keys == {key: 2} and both.rewritten == (key,) and not both.clean


def test_two_preambles_are_a_conflict() -> None:
    def preamble(number: int, *parents: str) -> dict[str, Any]:
        value = {
            "revision": an_id(number),
            "parents": parents,
            "text": f"{number}",
            "provenance": {"at": "2026-11-23T12:00:00Z"},
        }
        return {f"reconst:preamble:{an_id(number)}": value}

    base, one, other = preamble(1), preamble(2, an_id(1)), preamble(3, an_id(1))
    assert merge(base, base | one, base).clean
    both = merge(base, base | one, base | other)
    assert both.preamble and not both.clean and both.keys == base | one | other


def cell(id: str | None, *said: str, **fields: Any) -> dict[str, Any]:
    notes = [annotation(said=text, id=an_id(500 + sum(map(ord, text)))) for text in said]
    held = {annotation_key(note): dumped(note) for note in notes}
    return {"cell_type": "code", "source": "", "metadata": {"x": 1, **held}, **({"id": id} if id else {}), **fields}


def test_three_notebooks_hold_the_same_of_ours_and_the_rest_as_it_was() -> None:
    first, second = law(article(1, "always", "be brief")), law(article(2, "always", "be exact"))
    base = {"cells": [cell("a", "one", "gone"), cell(None)], "metadata": {"kernelspec": 1}}
    mine = {"cells": [cell("a", "one", "two", "gone"), cell("mine")], "metadata": {"kernelspec": 2} | first}
    theirs = {"cells": [cell("a", "one", "three"), cell("theirs", "four"), "?"], "metadata": second}
    before = json.dumps([base, mine, theirs])
    (same, *sides), merged = aligned(base, mine, theirs)
    assert json.dumps([base, mine, theirs]) == before
    for notebook, was in zip((same, *sides), (base, mine, theirs), strict=True):
        rest = {key: value for key, value in was["metadata"].items() if not key.startswith("reconst")}
        assert notebook["metadata"] == rest | first | second == rest | merged.keys
        assert notebook["cells"][0] == cell("a", "one", "two", "three")
        assert notebook["cells"][1:] == was["cells"][1:]
