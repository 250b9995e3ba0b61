"""Agreeing in one notebook: two people with a store each propose, vote, and ratify by the rule that they set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from jupyter_reconst.acts.accept import accept
from jupyter_reconst.acts.govern import govern
from jupyter_reconst.acts.history import history
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.acts.submit import submit
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.acts.vote import vote
from jupyter_reconst.core.agreeing import Agreement
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.constitution import Article, Draft
from jupyter_reconst.core.errors import BadInput, InvisibleText, NotFound, Stale, VotesNeeded
from jupyter_reconst.core.notebook import article_key, proposal_key, read, vote_key
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.proposals import Terms
from jupyter_reconst.core.requests import Accept, AskHistory, Cast, Change, Govern, InForce, Ratify, Submit, Sync
from jupyter_reconst.core.travel import manifest, stripped
from jupyter_reconst.doors.cli import main
from tests.command_line import written
from tests.fakes import ANA, BEN, Fakes, an_id
from tests.scenes import NOTEBOOK, PATH, annotation, article

DRAFT = Draft(title="Claims need a source", when="a result is stated", then="cite a paper; if unsure, say so")
BOTH = Terms(kind="some", needs=2, people=("Ana Ruiz", "Ben Okafor", "Cleo Sand"))


class Shared:
    """One notebook, as each person's frontend tells it and writes it."""

    def __init__(self) -> None:
        self.metadata: dict[str, Any] = {"reconst": {"version": 1, "id": NOTEBOOK, "origin": None}}
        self.asked = 0

    def id(self) -> str:
        self.asked += 1
        return an_id(700 + self.asked)


class Someone:
    """A person with a store of their own."""

    def __init__(self, shared: Shared, person: Person, number: int) -> None:
        self.shared, self.person, self.fakes = shared, person, Fakes()
        self.fakes.clock.made = number * 100_000

    async def look(self) -> InForce:
        return await sync(self.fakes.ports, self.person, Sync(path=PATH, metadata=self.shared.metadata))

    async def accept(self) -> None:
        review = (await self.look()).review
        assert review is not None
        ticked = tuple(article.id for article in review.constitution.articles)
        await accept(self.fakes.ports, self.person, Accept(path=PATH, digest=review.digest, articles=ticked))

    async def ratify(self, amendment: Amendment, **fields: Any) -> Change:
        await self.look()
        request = Ratify(id=self.shared.id(), path=PATH, amendment=amendment, **fields)
        return self.write(await ratify(self.fakes.ports, self.person, request))

    async def submit(self, **fields: Any) -> Agreement:
        await self.look()
        request = Submit(id=self.shared.id(), path=PATH, **fields)
        self.write(await submit(self.fakes.ports, self.person, request))
        return (await self.look()).agreeing.proposals[0]

    async def vote(self, on: Agreement, answer: str = "agree", **fields: Any) -> Agreement:
        await self.look()
        given = {"proposal": on.proposal.id, "of": on.digest, "answer": answer, **fields}
        request = Cast.model_validate({"id": self.shared.id(), "path": PATH, **given})
        self.write(await vote(self.fakes.ports, self.person, request))
        found = (await self.look()).agreeing.proposals
        return next(one for one in found if one.proposal.id == on.proposal.id)

    async def govern(self, terms: Terms) -> Change:
        await self.look()
        request = Govern(id=self.shared.id(), path=PATH, terms=terms)
        return self.write(await govern(self.fakes.ports, self.person, request))

    def write(self, change: Change) -> Change:
        self.shared.metadata |= json.loads(change.model_dump_json())["writes"]
        return change


def people() -> tuple[Someone, Someone]:
    shared = Shared()
    return Someone(shared, ANA, 0), Someone(shared, BEN, 1)


def adding(**fields: Any) -> Amendment:
    return Amendment(id=an_id(300), action="add", draft=DRAFT.model_copy(update=fields))


def wanted(on: Agreement) -> Amendment:
    assert on.proposal.amendment is not None
    return on.proposal.amendment


async def test_two_of_three_agree_and_then_one_of_them_ratifies() -> None:
    ana, ben = people()
    await ana.govern(BOTH)
    with pytest.raises(VotesNeeded, match="2 of Ana Ruiz, Ben Okafor, Cleo Sand must agree"):
        await ana.ratify(adding())
    on = await ana.submit(amendment=adding(), annotations=(annotation(said="cite it"),), note="invented twice")
    assert (on.state, on.agree, on.needs) == ("open", 1, 2)
    assert on.proposal.provenance.words[0].correction == "cite it"
    for amendment in (adding(), wanted(on)):  # As it was written, and as it was proposed.
        with pytest.raises(VotesNeeded, match="1 of the 2 votes"):
            await ana.ratify(amendment)
    seen = (await ben.look()).agreeing
    assert seen.proposals[0].mine is None
    assert seen.terms == BOTH and seen.proposals[0].proposal == on.proposal
    agreed = await ben.vote(on, why="I was misled by one too", provocation="Who proved it?")
    assert (agreed.state, agreed.agree, agreed.mine) == ("carried", 2, "agree")
    assert (await ben.look()).constitution.articles == ()  # A vote ratifies nothing.
    change = await ben.ratify(adding())
    shown = await ben.look()
    assert shown.digest == change.digest and shown.agreeing.proposals[0].state == "ratified" and not shown.pending
    article = shown.constitution.articles[0]
    assert article.draft == DRAFT and article.provenance.author == "Ben Okafor"
    assert article.provenance.words == on.proposal.provenance.words
    # Ana has agreed to it, and still takes it into use herself.
    before = await ana.look()
    assert before.constitution.articles == () and before.review is not None
    await ana.accept()
    assert (await ana.look()).constitution.articles == shown.constitution.articles


async def test_what_is_proposed_is_sent_to_nobody() -> None:
    ana, ben = people()
    await ana.submit(amendment=adding(), prompts=("Who proved it?",))
    for one in (ana, ben):
        shown = await one.look()
        assert shown.preface == "" and shown.sent == () and shown.review is None


async def test_an_article_short_of_its_votes_is_shown_as_not_ratified_and_stays_out_of_force() -> None:
    """As somebody writes it who does not follow the rule."""
    ana, ben = people()
    first = await ana.ratify(adding())
    await ben.look()
    await ben.accept()
    await ana.govern(BOTH)
    assert first.article is not None
    after = later(an_id(1), read(ana.shared.metadata).ids)
    behind = first.article.model_copy(
        update={"revision": after, "parents": (first.article.revision,), "then": "cite nothing"}
    )
    key = f"reconst:article:{behind.id}:{behind.revision}"
    ana.shared.metadata[key] = behind.model_dump(mode="json")
    for one in (ana, ben):
        shown = await one.look()
        assert shown.constitution.articles == (first.article,) and shown.agreeing.short == (behind,)
        assert "cite nothing" not in shown.preface and shown.review is None and not shown.conflicts
    said = behind.draft
    revise = Amendment(id=an_id(301), action="revise", article=behind.id, base=first.article.revision, draft=said)
    on = await ben.vote(await ana.submit(amendment=revise))
    await ben.ratify(wanted(on))
    shown = await ben.look()
    assert [a.then for a in shown.constitution.articles] == ["cite nothing"] and not shown.conflicts


@pytest.mark.parametrize("act", ["switch", "move", "repeal"])
async def test_every_change_of_the_law_takes_its_votes(act: str) -> None:
    ana, _ = people()
    article = (await ana.ratify(adding())).article
    assert isinstance(article, Article)
    await ana.govern(BOTH)
    given: dict[str, Any] = {"id": an_id(301), "action": "revise", "article": article.id, "base": article.revision}
    given["draft"] = article.draft.model_copy(update={"enabled": act != "switch"}) if act != "repeal" else None
    change = Amendment.model_validate(
        {**given, "order": "Z" if act == "move" else None, "action": "repeal" if act == "repeal" else "revise"}
    )
    with pytest.raises(VotesNeeded):
        await ana.ratify(change)
    assert (await ana.look()).constitution.articles == (article,)


async def test_the_rule_is_changed_by_itself() -> None:
    ana, ben = people()
    await ana.govern(BOTH)
    writers = Terms(kind="writers")
    with pytest.raises(VotesNeeded):
        await ben.govern(writers)
    on = await ben.vote(await ana.submit(terms=writers), "agree")
    assert on.state == "carried" and (await ana.look()).agreeing.terms == BOTH
    await ana.govern(writers)
    assert (await ben.look()).agreeing.terms == writers
    with pytest.raises(BadInput, match="already"):
        await ben.govern(writers)
    # Back to the first one, and then to this one again: what was agreed once was agreed for once.
    await ben.govern((await ana.submit(terms=Terms())).proposal.terms or Terms())
    await ana.govern(BOTH)
    with pytest.raises(VotesNeeded):
        await ana.govern(writers)


async def test_forged_author_shown_unverified() -> None:
    """T15: who votes is whom the server knows; a name that a file says is a claim, and one's own can be checked."""
    ana, ben = people()
    await ana.govern(BOTH)
    on = await ben.submit(amendment=adding())
    with pytest.raises(ValidationError, match="author"):
        Cast(id=an_id(1), path=PATH, proposal=on.proposal.id, of=on.digest, answer="agree", author="Ana Ruiz")  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="author"):
        Submit(id=an_id(1), path=PATH, amendment=adding(), author="Ana Ruiz")  # type: ignore[call-arg]
    own = on.ballots[0].vote
    forged = own.model_copy(update={"id": later(own.id, [own.id]), "author": "Ana Ruiz"})
    ana.shared.metadata[vote_key(forged)] = forged.model_dump(mode="json")
    says = [item.says for item in manifest({"metadata": ana.shared.metadata}).items if item.key == vote_key(forged)]
    assert says == [f"Vote: agree, by Ana Ruiz (as claimed), {forged.at:%Y-%m-%d}"]
    # Ben cannot know that; Ana can, and for her it neither counts nor lets anything become law.
    assert (await ben.look()).agreeing.proposals[0].state == "carried"
    seen = (await ana.look()).agreeing.proposals[0]
    assert seen.state == "open" and [ballot.void for ballot in seen.ballots] == ["", "unknown"]
    with pytest.raises(VotesNeeded):
        await ana.ratify(wanted(on))
    assert (await ana.vote(on, "disagree")).agree == 1


async def test_nobody_proposes_or_votes_without_a_name() -> None:
    ana, _ = people()
    on = await ana.submit(amendment=adding())
    nobody = Someone(ana.shared, Person(owner="somebody"), 2)
    for act in (nobody.submit(amendment=adding(title="Another")), nobody.vote(on), nobody.govern(BOTH)):
        with pytest.raises(BadInput, match="needs a name"):
            await act


async def test_a_vote_is_about_the_words_that_were_read() -> None:
    ana, ben = people()
    on = await ana.submit(amendment=adding())
    changed = on.proposal.model_dump(mode="json")
    changed["amendment"]["draft"]["then"] = "cite nothing"
    ana.shared.metadata[proposal_key(on.proposal)] = changed
    with pytest.raises(Stale, match="has changed since you read it"):
        await ben.vote(on)
    with pytest.raises(NotFound):
        await ben.vote(on.model_copy(update={"proposal": on.proposal.model_copy(update={"id": an_id(1)})}))
    assert [ballot.void for ballot in (await ben.look()).agreeing.proposals[0].ballots] == ["wording"]


async def test_another_wording_of_ones_own_takes_the_place_of_the_first() -> None:
    ana, ben = people()
    await ana.govern(BOTH)
    first = await ben.vote(await ana.submit(amendment=adding()))
    with pytest.raises(Stale, match="proposed already"):
        await ben.submit(amendment=wanted(first))
    other = wanted(first).model_copy(update={"draft": DRAFT.model_copy(update={"then": "cite two papers"})})
    await ana.submit(amendment=other)
    newest, before = (await ben.look()).agreeing.proposals
    assert (newest.agree, newest.state, before.state) == (1, "open", "overtaken")
    with pytest.raises(Stale, match="nothing left to vote on"):
        await ben.vote(first)
    with pytest.raises(Stale, match="overtaken: there is nothing to ratify"):
        await ben.ratify(wanted(first))


async def test_hidden_characters_are_not_agreed_to() -> None:
    ana, ben = people()
    with pytest.raises(InvisibleText):
        await ana.submit(amendment=adding(then="cite\u200b a paper"))
    on = await ana.submit(amendment=adding())
    hides = on.proposal.model_dump(mode="json")
    hides["amendment"]["draft"]["then"] = "cite\U000e0041 a paper"
    ana.shared.metadata[proposal_key(on.proposal)] = hides
    changed = (await ben.look()).agreeing.proposals[0]
    with pytest.raises(InvisibleText):
        await ben.vote(changed)
    assert (await ben.vote(changed, "disagree")).ballots[-1].vote.answer == "disagree"


async def test_ones_history_tells_what_one_proposed_voted_and_set_as_the_rule() -> None:
    ana, ben = people()
    await ana.govern(BOTH)
    await ben.vote(await ana.submit(amendment=adding()))
    told = [await history(one.fakes.ports, one.person, AskHistory(path=PATH)) for one in (ana, ben)]
    assert [[event.kind for event in page.events] for page in told] == [["proposal", "rule"], ["vote"]]


async def test_a_retry_gives_the_same_records() -> None:
    ana, ben = people()
    await ana.look()
    request = Submit(id=an_id(1), path=PATH, amendment=adding())
    first = ana.write(await submit(ana.fakes.ports, ana.person, request))
    assert await submit(ana.fakes.ports, ana.person, request) == first
    on = (await ben.look()).agreeing.proposals[0]
    cast = Cast(id=an_id(2), path=PATH, proposal=on.proposal.id, of=on.digest, answer="pass")
    said = ben.write(await vote(ben.fakes.ports, ben.person, cast))
    assert await vote(ben.fakes.ports, ben.person, cast) == said
    with pytest.raises(BadInput, match="names something else"):
        await govern(ana.fakes.ports, ana.person, Govern(id=an_id(1), path=PATH, terms=BOTH))


async def test_what_was_said_about_agreeing_travels_is_listed_and_can_be_stripped() -> None:
    ana, ben = people()
    await ana.govern(BOTH)
    on = await ana.submit(amendment=adding(), prompts=("Who proved it?",))
    await ben.vote(on, "disagree", why="too strict", provocation="What is 1 + 1?")
    notebook = {"metadata": ana.shared.metadata}
    says = {item.key.split(":")[1]: item.says for item in manifest(notebook).items if ":" in item.key}
    assert says["rule"].startswith("Rule of ratification: 2 of Ana Ruiz, Ben Okafor, Cleo Sand, by Ana Ruiz (as cl")
    assert says["proposal"].startswith("Proposal: add “Claims need a source”, by Ana Ruiz (as claimed)")
    assert says["vote"].endswith("“too strict”; to try: “What is 1 + 1?”")
    assert read(stripped(notebook)["metadata"]).votes == ()


async def test_show_prints_the_rule_the_proposals_and_what_is_not_ratified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ana, ben = people()
    await ana.govern(BOTH)
    on = await ana.submit(amendment=adding())
    await ben.vote(on, "disagree", why="too strict", provocation="What\u202eis 1 + 1?")
    said_so = {"revision": later(an_id(1), read(ana.shared.metadata).ids), "provenance": on.proposal.provenance}
    behind = article(1, "asked", "flatter").model_copy(update=said_so)
    ana.shared.metadata[article_key(behind)] = behind.model_dump(mode="json")
    path = written(tmp_path / "n.ipynb", "1", metadata=ana.shared.metadata)
    assert main(["show", str(path)]) == 0
    said = capsys.readouterr().out.splitlines()
    at = said.index("who ratifies: 2 of Ana Ruiz, Ben Okafor, Cleo Sand")
    assert said[at + 1 :] == [
        "not ratified: Article 1 by Ana Ruiz (as claimed)",
        "   WHEN asked",
        "   THEN flatter",
        f"proposal {on.digest[:16]}, open, 1 of 2 agree: add “Claims need a source” by Ana Ruiz (as claimed)",
        f"   WHEN {DRAFT.when}",
        f"   THEN {DRAFT.then}",
        "   agree by Ana Ruiz (as claimed)",
        "   disagree by Ben Okafor (as claimed): too strict",
        "      try: What⟦U+202E⟧is 1 + 1?",
    ]
