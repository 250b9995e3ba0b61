"""What rules, proposals and votes amount to: the same in whatever order they arrive, and never more than was said."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.core.agreeing import Agreement, agreements
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.constitution import Article, Draft, Provenance
from jupyter_reconst.core.merging import merge
from jupyter_reconst.core.notebook import Reading, article_key, keys, proposal_key, read, rule_key, vote_key
from jupyter_reconst.core.nouns import later
from jupyter_reconst.core.proposals import Proposed, Rule, Terms, Vote
from tests.fakes import an_id
from tests.scenes import AT

PEOPLE = ("Ana Ruiz", "Ben Okafor", "Cleo Sand")
TWO = Terms(kind="some", needs=2, people=PEOPLE)
DRAFT = Draft(title="Claims need a source", when="a result is stated", then="cite a paper")


def by(name: str) -> Provenance:
    return Provenance(author=name, at=AT)


def rule(number: int, terms: Terms = TWO) -> Rule:
    return Rule(revision=an_id(number), terms=terms, provenance=by("Ana Ruiz"))


def made(number: int, draft: Draft = DRAFT, article: int = 1, author: str = "Ana Ruiz", **fields: Any) -> Article:
    return Article(id=an_id(article), revision=an_id(number), provenance=by(author), **draft.model_dump(), **fields)


def proposed(number: int, draft: Draft = DRAFT, article: int = 1, author: str = "Ana Ruiz", **fields: Any) -> Proposed:
    amendment = Amendment(id=an_id(900), action="add", article=an_id(article), draft=draft)
    return Proposed(id=an_id(number), amendment=fields.pop("amendment", amendment), provenance=by(author), **fields)


def vote(number: int, on: Proposed, author: str, answer: Any = "agree", **fields: Any) -> Vote:
    given = {"of": on.digest, **fields}
    return Vote(id=an_id(number), proposal=on.id, answer=answer, author=author, at=AT, **given)


def where(reading: Reading, disowned: tuple[str, ...] = ()) -> Agreement:
    """The newest proposal."""
    return agreements(reading.constitution.articles, reading.records, reading.course, disowned)[0]


def test_without_a_rule_everything_counts() -> None:
    reading = Reading(revisions=(made(5),), proposals=(proposed(3),))
    assert reading.constitution.articles == (made(5),) and not reading.short
    assert where(reading).state == "ratified"
    assert where(reading.model_copy(update={"revisions": ()})).state == "carried"


def test_an_article_short_of_its_votes_is_not_ratified_and_no_part_of_the_law() -> None:
    on = proposed(11)
    reading = Reading(revisions=(made(20),), rules=(rule(10),), proposals=(on,), votes=(vote(12, on, "Ana Ruiz"),))
    assert reading.constitution.articles == () and reading.short == (made(20),)
    assert reading.constitution.digest == Reading().constitution.digest
    enough = reading.model_copy(update={"votes": (*reading.votes, vote(13, on, "Ben Okafor"))})
    assert enough.constitution.articles == (made(20),) and not enough.short and where(enough).state == "ratified"


def test_what_was_law_before_the_rule_stays_and_an_edit_behind_the_votes_changes_nothing() -> None:
    before, edit = made(5), made(20, DRAFT.model_copy(update={"then": "cite two"}), parents=(an_id(5),))
    reading = Reading(revisions=(edit, before), rules=(rule(10),))
    assert reading.constitution.articles == (before,) and reading.short == (edit,) and not reading.conflicts


def test_votes_count_once_they_were_there_before_a_person_ratified() -> None:
    on = proposed(11)
    late = (vote(12, on, "Ana Ruiz"), vote(30, on, "Ben Okafor"))
    reading = Reading(revisions=(made(20),), rules=(rule(10),), proposals=(on,), votes=late)
    assert reading.short == (made(20),) and where(reading).state == "carried"
    again = reading.model_copy(update={"revisions": (made(20), made(31))})
    assert again.constitution.articles == (made(31),) and not again.short


def test_the_last_vote_of_a_person_counts_and_a_name_is_one_person_however_it_is_spelt() -> None:
    on = proposed(11)
    said = (vote(12, on, "Ben  okafor"), vote(13, on, "BEN OKAFOR", "disagree"), vote(14, on, "Ana Ruiz"))
    found = where(Reading(rules=(rule(10),), proposals=(on,), votes=said))
    assert (found.state, found.agree, found.needs) == ("open", 1, 2)
    assert [ballot.vote.answer for ballot in found.ballots] == ["disagree", "agree"]


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ("agree", "open"),
        ("agree agree", "carried"),
        ("agree disagree", "open"),
        ("agree disagree disagree", "rejected"),
        ("agree pass pass", "rejected"),
        ("agree disagree agree", "carried"),
    ],
)
def test_two_of_three(answers: str, state: str) -> None:
    on = proposed(11)
    votes = tuple(vote(12 + n, on, PEOPLE[n], answer) for n, answer in enumerate(answers.split()))
    assert where(Reading(rules=(rule(10),), proposals=(on,), votes=votes)).state == state


def test_all_who_wrote_what_stands_may_stand_aside_but_not_be_passed_over() -> None:
    laws = (made(1, article=1), made(2, article=2, author="Ben Okafor"), made(3, article=3, author="Ben Okafor"))
    on = proposed(11, article=4, author="Cleo Sand")
    terms = rule(10, Terms(kind="writers"))
    said = (vote(12, on, "Cleo Sand"), vote(13, on, "Ana Ruiz"))
    reading = Reading(revisions=laws, rules=(terms,), proposals=(on,), votes=said)
    assert reading.course.voters == ("Ana Ruiz", "Ben Okafor")
    found = where(reading)
    assert (found.state, found.agree, found.needs) == ("open", 1, 2)
    assert [ballot.void for ballot in found.ballots] == ["outsider", ""]
    aside = reading.model_copy(update={"votes": (*said, vote(14, on, "Ben Okafor", "pass"))})
    assert where(aside).state == "carried"
    # Whoever proposed what became law has written it, and votes from then on.
    ratified = aside.model_copy(update={"revisions": (*laws, made(20, article=4, author="Ana Ruiz"))})
    assert "Cleo Sand" in ratified.course.voters
    against = reading.model_copy(update={"votes": (*said, vote(14, on, "Ben Okafor", "disagree"))})
    assert where(against).state == "rejected"


def test_changed_words_need_new_votes() -> None:
    on = proposed(11)
    other = proposed(11, DRAFT.model_copy(update={"then": "cite nothing"}))
    votes = (vote(12, on, "Ana Ruiz"), vote(13, on, "Ben Okafor"))
    assert where(Reading(rules=(rule(10),), proposals=(on,), votes=votes)).state == "carried"
    found = where(Reading(rules=(rule(10),), proposals=(other,), votes=votes))
    assert (found.state, found.agree) == ("open", 0)
    assert {ballot.void for ballot in found.ballots} == {"wording"}


def test_votes_make_law_once() -> None:
    """The same words again, after they were repealed, need votes again."""
    on, off = proposed(11), Amendment(id=an_id(901), action="repeal", article=an_id(1), base=an_id(20))
    away = proposed(21, amendment=off)
    gone = made(30, parents=(an_id(20),), repealed=True)
    again = made(40, parents=(an_id(30),))
    votes = [
        vote(n, p, name) for p, ns in ((on, (12, 13)), (away, (22, 23))) for n, name in zip(ns, PEOPLE, strict=False)
    ]
    reading = Reading(revisions=(made(20), gone, again), rules=(rule(10),), proposals=(on, away), votes=tuple(votes))
    assert reading.constitution.articles == () and reading.short == (again,)


def test_a_rule_is_changed_by_itself() -> None:
    alone = Terms()
    without = Reading(rules=(rule(10), rule(20, alone)))
    assert without.course.terms == TWO and without.course.rules == {an_id(10)}
    on = Proposed(id=an_id(11), terms=alone, provenance=by("Ben Okafor"))
    votes = (vote(12, on, "Ben Okafor"), vote(13, on, "Cleo Sand"))
    agreed = without.model_copy(update={"proposals": (on,), "votes": votes})
    assert agreed.course.terms == alone and where(agreed).state == "ratified"


def test_a_proposal_is_overtaken_by_its_proposers_next_wording_and_by_a_change_of_what_it_would_change() -> None:
    first, mine = proposed(11), proposed(12, replaces=an_id(11))
    theirs = proposed(12, author="Ben Okafor", replaces=an_id(11))
    assert agreements((), Reading(proposals=(first, mine)).records, Reading().course)[1].state == "overtaken"
    assert agreements((), Reading(proposals=(first, theirs)).records, Reading().course)[1].state == "carried"
    revise = Amendment(id=an_id(902), action="revise", article=an_id(1), base=an_id(5), draft=DRAFT)
    stale = Reading(revisions=(made(5), made(6, parents=(an_id(5),))), proposals=(proposed(11, amendment=revise),))
    assert where(stale).state == "overtaken"


def test_a_proposer_takes_it_back_by_disagreeing() -> None:
    on = proposed(11)
    reading = Reading(proposals=(on,), votes=(vote(12, on, "Ana Ruiz"), vote(13, on, "ana ruiz", "disagree")))
    assert where(reading).state == "withdrawn"


def test_a_vote_in_ones_own_name_that_one_did_not_cast_is_shown_and_does_not_count() -> None:
    on = proposed(11)
    mine, forged = vote(12, on, "Ana Ruiz", "disagree"), vote(14, on, "Ana Ruiz")
    reading = Reading(rules=(rule(10),), proposals=(on,), votes=(mine, vote(13, on, "Ben Okafor"), forged))
    assert where(reading).state == "carried"
    found = where(reading, (forged.id,))
    assert found.agree == 1 and [ballot.void for ballot in found.ballots] == ["", "", "unknown"]


@pytest.mark.parametrize("terms", [{"needs": 0}, {"kind": "some", "needs": 2, "people": ["Ana", " ana "]}])
def test_terms_that_nobody_could_meet_are_refused(terms: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Terms.model_validate(terms)


def test_what_cannot_be_voted_on_is_told_and_left_alone() -> None:
    on = dumped(proposed(11))
    on["amendment"]["draft"]["then"] = "half a character: \ud800"
    assert read({proposal_key(proposed(11)): on}).problems == (proposal_key(proposed(11)),)


def test_what_is_done_later_sorts_later_whatever_the_clock_says() -> None:
    assert later(an_id(1), [an_id(7), an_id(3)]) > an_id(7)
    assert later(an_id(9), [an_id(7)]) == an_id(9)
    one, another = later(an_id(1), [an_id(7)]), later(an_id(2), [an_id(7)])
    assert one != another, "two who are behind the same clock at once"
    last = "7" + "Z" * 25
    assert later(an_id(9), [last]) == an_id(9)


def _somebody(chance: random.Random, reading: Reading, number: int) -> dict[str, Any]:
    """One random record, whether or not anybody honest would write it."""
    act = chance.choice(("rule", "propose", "propose", "vote", "vote", "vote", "vote", "enact", "enact", "edit"))
    author = chance.choice(PEOPLE)
    law = reading.constitution.articles
    if act == "rule":
        kinds = (TWO, Terms(), Terms(kind="writers"), Terms(kind="some", needs=1, people=PEOPLE[:2]))
        terms = Rule(revision=an_id(number), terms=chance.choice(kinds), provenance=by(author))
        return {rule_key(terms): dumped(terms)}
    if act == "propose" or not reading.proposals:
        draft = DRAFT.model_copy(update={"then": f"cite {chance.randint(0, 3)}"})
        if law and chance.random() < 0.5:
            base = chance.choice(law)
            amendment = Amendment(id=an_id(990), action="revise", article=base.id, base=base.revision, draft=draft)
            new = proposed(number, author=author, amendment=amendment)
        else:
            new = proposed(number, draft, chance.randint(1, 4), author)
        return {proposal_key(new): dumped(new)}
    on = chance.choice(reading.proposals)
    if act == "vote":
        cast = vote(number, on, author, chance.choice(("agree", "agree", "agree", "pass", "disagree")))
        return {vote_key(cast): dumped(cast)}
    put = on.amendment
    assert put and put.draft and put.article
    draft = put.draft if act == "enact" else put.draft.model_copy(update={"why": str(number)})
    new_one = made(number, draft, author=author, parents=(put.base,) if put.base else ())
    new_one = new_one.model_copy(update={"id": put.article})
    return {article_key(new_one): dumped(new_one)}


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 40))
def test_any_order_of_arrival_gives_the_same_standing_and_no_vote_is_lost(seed: int, steps: int) -> None:
    chance = random.Random(seed)
    sides: list[dict[str, Any]] = [{}, {}]
    written: dict[str, Any] = {}
    for number in range(steps):
        side = chance.randrange(2)
        new = _somebody(chance, read(sides[side]), 100 + number)
        sides[side] |= new
        written |= new
        if chance.random() < 0.2:
            sides[side] = merge({}, sides[side], sides[1 - side]).keys
    one, other = merge({}, *sides).keys, merge({}, *reversed(sides)).keys
    mixed = dict(chance.sample(sorted(written.items()), len(written)))
    seen = []
    for metadata in (one, other, mixed):
        reading = read(metadata)
        assert keys(reading) == written and not reading.problems
        found = agreements(reading.constitution.articles, reading.records, reading.course)
        seen.append((found, reading.constitution, reading.course.terms, {a.revision for a in reading.short}))
        assert len(reading.votes) == sum(key.startswith("reconst:vote:") for key in written)
    assert seen[0] == seen[1] == seen[2]


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 40))
def test_nothing_stands_under_two_of_three_without_two_who_agreed_to_these_words(seed: int, steps: int) -> None:
    chance = random.Random(seed)
    metadata: dict[str, Any] = {rule_key(rule(50)): dumped(rule(50))}
    for number in range(steps):
        new = _somebody(chance, read(metadata), 100 + number)
        if not next(iter(new)).startswith("reconst:rule:"):
            metadata |= new
    reading = read(metadata)
    for article in reading.constitution.articles:
        agreed = {
            cast.author
            for cast in reading.votes
            for on in reading.proposals
            if cast.proposal == on.id and cast.answer == "agree" and cast.id < article.revision
            if on.amendment and on.amendment.article == article.id and on.amendment.draft == article.draft
        }
        assert len(agreed) >= 2
