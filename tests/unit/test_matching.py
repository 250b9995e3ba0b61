"""Near misses: what is one work, what is another, and what of it is said to differ."""

from __future__ import annotations

import pytest

from jupyter_reconst.acts.distance import similar
from jupyter_reconst.core.library import Author, Work
from jupyter_reconst.core.references.matching import differences, judged, nearest, same_work
from jupyter_reconst.core.references.nouns import Looked


def work(title="", authors="", year=None, **more):
    return Work(title=title, authors=tuple(Author(family=name) for name in authors.split()), year=year, **more)


KNOWN = work("Causality: Models, Reasoning, and Inference", "Pearl", 2009, doi="10.1017/cbo9780511803161")


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (work("Causality: Models, Reasoning and Inference", "Pearl", 2009), []),
        (work("Causality: Models, Reasoning, and Inference", "Pearl", 2000), ["year"]),
        (work("Causality: Models, Reasoning, and Inference", "Pearl Glymour", 2009), ["authors"]),
        (work("Causality", "Pearl", 2009, doi="10.1017/CBO9780511803161"), ["title"]),
        (work("Deep learning", "Goodfellow", 2016, doi="10.1017/cbo9780511803161"), ["title", "authors", "year"]),
        (work("", "Pearl", 2009), []),
    ],
)
def test_one_work_and_what_differs(said, fields):
    assert same_work(said, KNOWN, similar)
    assert [one.field for one in differences(said, KNOWN, similar)] == fields


@pytest.mark.parametrize(
    "said",
    [
        work("Causality in the sciences", "Pearl", 2009),
        work("Causality: Models, Reasoning, and Inference", "Smith", 2009),
        work("", "Pearl", 2010),
        work("", "Perl", 2009),
        work(),
    ],
)
def test_another_work(said):
    assert not same_work(said, KNOWN, similar)


def test_a_subtitle_may_be_missing_on_either_side():
    known = work("The book of why: the new science of cause and effect", "Pearl", 2018)
    assert differences(work("The book of why", "Pearl", 2018), known, similar) == ()
    assert same_work(known, work("The Book of Why", "Pearl", 2018), similar)


def test_a_preprint_and_its_journal_version_are_one():
    said = work("A long enough title", "Lee", 2017, arxiv="1706.03762")
    assert differences(said, work("A long enough title", "Lee", 2019, doi="10.1/x"), similar) == ()
    assert [one.field for one in differences(said, work("A long enough title", "Lee", 2025), similar)] == ["year"]


@pytest.mark.parametrize(("one", "other"), [("Müller", "Mueller"), ("Erdős", "Erdos"), ("Kolmogoroff", "Kolmogorov")])
def test_names_in_other_letters(one, other):
    assert differences(work("A title of it", one, 1933), work("A title of it", other, 1933), similar) == ()


def test_the_nearest_has_the_fewest_differences():
    other, right = work("A title of it", "Lee", 2001), work("A title of it", "Lee", 2002)
    assert nearest(work("A title of it", "Lee", 2002), [other, right], similar) is right


def test_what_is_said_of_places_that_were_searched():
    said = work("A title of it", "Lee", 2002)
    here, there = Looked(where="here", nearest=said), Looked(where="there")
    failed = Looked(where="gone", problem="It did not answer.")
    assert judged(said, [], "here", similar) == ("unknown", ())
    assert judged(said, [failed], "here", similar) == ("unknown", ())
    assert judged(said, [there, failed], "here", similar) == ("not_found", ())
    assert judged(said, [there, here], "here", similar) == ("in_library", ())
    assert judged(said, [here, there], "there", similar) == ("found", ())
    later = Looked(where="there", nearest=work("A title of it", "Lee", 2003))
    assert judged(said, [later], "here", similar)[0] == "differs"
