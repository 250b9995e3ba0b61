"""What differs between two notebooks' constitutions: by article, in what, and which kept cases."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_reconst.core.comparing import Comparison, compare
from jupyter_reconst.core.constitution import Article, Preamble, Provenance
from jupyter_reconst.core.notebook import Reading
from tests.editing import Copy, Ids
from tests.fakes import an_id
from tests.scenes import AT, article, case


def reading(*revisions: Article, **fields: object) -> Reading:
    return Reading.model_validate({"revisions": revisions, **fields})


def hows(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    return {difference.title: difference.how for difference in comparison.articles}


def revised(held: Article, number: int, **changes: object) -> Article:
    return held.model_copy(update={"revision": an_id(number), "parents": (held.revision,), **changes})


ONE, TWO, THREE = (article(n, "always", f"say {n}") for n in (1, 2, 3))


def test_articles_that_differ_are_named_with_what_differs() -> None:
    before = reading(ONE, TWO, THREE)
    said = revised(ONE, 301, then="say one, and why", always=False)
    found = compare(before, reading(ONE, said, TWO, THREE, revised(TWO, 302, enabled=False)))
    assert hows(found) == {"Article 1": ("revised",), "Article 2": ("switched off",)}
    then, applies = found.articles[0].fields
    assert (then.name, then.before, then.after) == ("then", "say 1", "say one, and why")
    assert (applies.before, applies.after) == ("always", "where its WHEN holds")
    assert compare(before, before).same and not found.same


def test_added_removed_repealed_and_revived() -> None:
    gone = revised(TWO, 302, repealed=True)
    found = compare(reading(ONE, TWO), reading(TWO, gone, THREE))
    assert hows(found) == {"Article 1": ("removed",), "Article 2": ("repealed",), "Article 3": ("added",)}
    assert hows(compare(reading(TWO, gone), reading(TWO, gone, revised(gone, 303, repealed=False)))) == {
        "Article 2": ("revived",)
    }
    assert compare(reading(), reading(TWO, gone)).same


def test_only_what_was_moved_is_called_moved() -> None:
    found = compare(reading(ONE, TWO, THREE), reading(ONE, TWO, THREE, revised(ONE, 301, order="b")))
    assert hows(found) == {"Article 1": ("moved",)}
    swapped = compare(reading(ONE, TWO), reading(ONE, TWO, revised(TWO, 302, order="a0")))
    assert hows(swapped) == {"Article 2": ("moved",)}
    assert compare(reading(ONE, TWO), reading(ONE, TWO, revised(TWO, 302, order="a3"))).same


def test_an_article_in_conflict_is_not_the_same() -> None:
    heads = (revised(ONE, 301, then="say a"), revised(ONE, 302, then="say 1"))
    assert hows(compare(reading(ONE), reading(ONE, *heads))) == {"Article 1": ("disputed",)}
    assert hows(compare(reading(ONE, *heads), reading(ONE))) == {"Article 1": ("settled",)}


def test_the_preamble_and_the_kept_cases() -> None:
    text = Preamble(revision=an_id(1), text="Be brief.", provenance=Provenance(at=AT))
    kept = [case(n, "Why?", "intended", "So.", "") for n in (1, 2, 3)]
    other = kept[1].model_copy(update={"prompt": "Why not?"})
    found = compare(reading(ONE, cases=(kept[0], kept[1])), reading(ONE, cases=(other, kept[2]), preambles=(text,)))
    assert found.preamble and (found.preamble.before, found.preamble.after) == ("", "Be brief.")
    assert [(c.case, c.how) for c in found.cases] == [
        (kept[0].id, "removed"),
        (kept[1].id, "changed"),
        (kept[2].id, "added"),
    ]


@settings(max_examples=60, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_what_two_people_changed_is_found_in_both_directions(chance: random.Random) -> None:
    one = Copy(Ids())
    one.change(chance, 6)
    other = one.branch()
    other.change(chance, 4)
    there, back = compare(one.reading, other.reading), compare(other.reading, one.reading)
    assert {d.article for d in there.articles} == {d.article for d in back.articles}
    assert {d.article for d in there.articles} <= {key.split(":")[2] for key in other.written if ":article:" in key}
    law = [(a.id, a.draft, a.order) for a in one.reading.constitution.articles]
    if law != [(a.id, a.draft, a.order) for a in other.reading.constitution.articles] and there.same:
        assert [a[0:2] for a in law] == [(a.id, a.draft) for a in other.reading.constitution.articles]
