"""Scopes laid over each other: the nearest version applies, nothing is lost, and one scope alone is itself."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from jupyter_reconst.core.constitution import EMPTY, SCOPES, Article, Constitution, Scope, ordered
from jupyter_reconst.core.scopes import Part, disputed, laid, relaid, yielding
from jupyter_reconst.prompts.compose import preface
from tests.fakes import an_id
from tests.scenes import article

WORDS = ("cite a source", "be brief", "say what you doubt")


def an_article(id: int, then: str, enabled: bool, order: str, revision: int) -> Article:
    made = article(id, "always", then, enabled=enabled)
    return made.model_copy(update={"order": order, "revision": an_id(1_000 + revision)})


articles = st.builds(
    an_article,
    id=st.integers(0, 4),
    then=st.sampled_from(WORDS),
    enabled=st.booleans(),
    order=st.sampled_from(("", "a", "b", "c")),
    revision=st.integers(0, 50),
)
constitutions = st.builds(
    lambda preamble, found: Constitution(preamble=preamble, articles=ordered(found)),
    preamble=st.sampled_from(("", " ", "We doubt.", "We are brief.\n\nWe doubt.")),
    found=st.lists(articles, unique_by=lambda a: a.id, max_size=4),
)
stacks = st.tuples(constitutions, constitutions, constitutions).map(lambda three: list(zip(SCOPES, three, strict=True)))


@given(stacks)
def test_the_nearest_version_applies_and_nothing_is_lost(parts: list[Part]) -> None:
    law = laid(parts)
    for id in {a.id for _, part in parts for a in part.articles}:
        scope, nearest = [(scope, a) for scope, part in parts if (a := part.article(id))][-1]
        assert law.article(id) == nearest and law.scope(id) == scope
    shown = [(law.scope(a.id), a) for a in law.articles] + [(b.scope, b.article) for b in law.beneath]
    said = [(scope, a) for scope, part in parts for a in part.articles]
    assert sorted(map(repr, shown)) == sorted(map(repr, said))
    ranks = [SCOPES.index(law.scope(a.id)) for a in law.articles]
    assert ranks == sorted(ranks)
    assert all(part.preamble in law.preamble for _, part in parts)


@given(stacks)
def test_laying_out_what_was_laid_out_changes_nothing(parts: list[Part]) -> None:
    law = laid(parts)
    assert law.own == parts[-1][1]
    assert relaid(law, law.own) == law
    assert laid(reversed(parts)) == law


@given(constitutions, st.sampled_from(SCOPES))
def test_one_scope_alone_is_itself(part: Constitution, scope: Scope) -> None:
    for law in (laid([(scope, part)]), laid([(s, part if s == scope else EMPTY) for s in SCOPES])):
        assert (law.preamble, law.articles, law.digest) == (part.preamble, part.articles, part.digest)
        assert preface(law.preamble, law.effective) == preface(part.preamble, part.effective)
        assert law.beneath == () and (scope != "notebook" or law == part)


@given(stacks, articles)
def test_changing_the_notebooks_own_is_changing_it_beneath_the_same_scopes(parts: list[Part], changed: Article) -> None:
    *outer, (_, own) = parts
    law = laid(parts)
    assert alike(law.replaced(changed), laid([*outer, ("notebook", own.replaced(changed))]))
    if own.article(changed.id):
        assert alike(law.without(changed.id), laid([*outer, ("notebook", own.without(changed.id))]))
    assert alike(law.prefaced("New."), laid([*outer, ("notebook", own.prefaced("New."))]))


def alike(one: Constitution, other: Constitution) -> bool:
    shown = [{(b.scope, b.article.revision) for b in law.beneath} for law in (one, other)]
    return (
        (one.digest, one.preamble, one.outer, one.scopes) == (other.digest, other.preamble, other.outer, other.scopes)
        and one.articles == other.articles
        and shown[0] == shown[1]
    )


@given(stacks)
def test_a_part_that_yields_takes_no_words_out_of_force(parts: list[Part]) -> None:
    *outer, (_, own) = parts
    before = laid(outer)
    law = laid([*outer, ("notebook", yielding(outer, own))])
    for standing in before.articles:
        now = law.article(standing.id)
        assert now is not None and now.reads_as(standing)
    assert disputed(law) == disputed(before)


def test_versions_that_read_otherwise_are_disputed_and_those_that_read_alike_are_not() -> None:
    mine = article(1, "always", WORDS[0])
    found = {}
    for then, enabled in product(WORDS[:2], (True, False)):
        near = mine.model_copy(update={"then": then, "enabled": enabled, "why": "because"})
        law = laid([("project", Constitution(articles=(mine,))), ("notebook", Constitution(articles=(near,)))])
        found[then, enabled] = bool(disputed(law))
    assert found == {(WORDS[0], True): False, (WORDS[0], False): True, (WORDS[1], True): True, (WORDS[1], False): True}
