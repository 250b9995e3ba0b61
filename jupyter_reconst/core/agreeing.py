"""What rules, proposals and votes amount to. Pure: the same records give the same answer, in whatever order they came.

The rule of ratification that stands decides about every revision after it, and about the next rule: it counts if a
proposal that says the same had the votes before it was made. One without them, and a rule without them, has no effect
until a person ratifies it again. Ids order everything (`core.nouns.later`), clocks do not.

Names in a file are claims, so this binds those who follow it and nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.nouns import Digest, Line, Noun
from jupyter_reconst.core.proposals import Answer, Proposed, Rule, Terms, Vote, distinct, spelt

State = Literal["open", "carried", "rejected", "withdrawn", "overtaken", "ratified"]
"""open: short of votes. carried: a person may ratify it. rejected: as the votes are, it cannot be carried. withdrawn:
its proposer disagrees. overtaken: its proposer has another wording, or what it would change has changed."""

ONE = Terms()


class Ballot(Noun):
    """The last vote of one person, and why it does not count, where it does not.

    wording: it was about other words. outsider: the rule gives this person no vote. unknown: it stands in the name of
    the person who looks, who did not cast it here.
    """

    vote: Vote
    void: Literal["", "wording", "outsider", "unknown"] = ""


class Agreement(Noun):
    """Where a proposal stands now."""

    proposal: Proposed
    digest: Digest
    state: State
    agree: int = 0
    needs: int = Field(default=0, description="How many must agree; 0 where one person decides")
    ballots: tuple[Ballot, ...] = ()
    mine: Answer | None = Field(default=None, description="What the person who looks said of these words")


class Agreeing(Noun):
    """How this notebook's people agree: the terms that hold, who has a vote, what is proposed, what is short."""

    terms: Terms = ONE
    voters: tuple[Line, ...] = ()
    proposals: tuple[Agreement, ...] = ()
    short: tuple[Article, ...] = Field(default=(), description="Revisions short of their votes; none is in force")


@dataclass(frozen=True, slots=True)
class Records:
    """All that is said about agreeing in one notebook."""

    rules: tuple[Rule, ...] = ()
    proposals: tuple[Proposed, ...] = ()
    votes: tuple[Vote, ...] = ()


@dataclass(slots=True)
class Course:
    """How it went: the rule that stands, what was ratified, and by which proposal; who wrote what stands."""

    rule: Rule | None = None
    rules: set[str] = field(default_factory=set)
    ratified: set[str] = field(default_factory=set)
    enacted: dict[str, str] = field(default_factory=dict)
    writers: dict[str, dict[str, str]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def digest(self, proposal: Proposed) -> str:
        """What is voted on, taken once."""
        if proposal.id not in self.digests:
            self.digests[proposal.id] = proposal.digest
        return self.digests[proposal.id]

    @property
    def terms(self) -> Terms:
        """The terms that hold now."""
        return self.rule.terms if self.rule else ONE

    @property
    def voters(self) -> tuple[str, ...]:
        """Who has a vote now; nobody in particular where one person decides."""
        if self.terms.kind == "writers":
            return distinct(name for names in self.writers.values() for name in sorted(names.values()))
        return distinct(self.terms.people) if self.terms.kind == "some" else ()


@dataclass(frozen=True, slots=True)
class Count:
    """The votes on one wording."""

    agree: int
    needs: int
    left: int

    @property
    def state(self) -> Literal["open", "carried", "rejected"]:
        """What they decide."""
        if self.agree >= self.needs:
            return "carried"
        return "open" if self.agree + self.left >= self.needs else "rejected"


def course(revisions: Iterable[Article], records: Records) -> Course:
    """Go through all revisions and rules in the order of their making."""
    revisions = tuple(revisions)
    went, votes = Course(), _by_proposal(records.votes)
    about: dict[str, list[Proposed]] = {}
    for proposal in records.proposals:
        about.setdefault(_about(proposal), []).append(proposal)
    made_in_turn: list[Article | Rule] = [*revisions, *records.rules]
    for made in sorted(made_in_turn, key=_place):
        told = [p for p in about.get(_place(made)[1], ()) if p.id < made.revision and _says(p, made)]
        told = [p for p in told if p.id not in went.enacted]
        carried = [p for p in told if _count(went, p, votes.get(p.id, ()), made.revision).state == "carried"]
        if went.terms.kind != "one" and not carried:
            continue
        went.enacted |= {proposal.id: made.revision for proposal in carried}
        if isinstance(made, Rule):
            went.rule = made
            went.rules.add(made.revision)
        else:
            went.ratified.add(made.revision)
            _wrote(went, made, carried)
    went.ratified |= _ancestors(revisions, went.ratified)
    return went


def agreements(
    standing: Iterable[Article], records: Records, went: Course, disowned: Collection[str] = ()
) -> tuple[Agreement, ...]:
    """Where each proposal stands, newest first. `disowned` are votes in one's own name that one did not cast."""
    bases = {article.id: article.revision for article in standing}
    votes = _by_proposal(records.votes)
    found = []
    for proposal in sorted(records.proposals, key=lambda p: p.id, reverse=True):
        cast = votes.get(proposal.id, ())
        count = _count(went, proposal, cast, None, disowned)
        found.append(
            Agreement(
                proposal=proposal,
                digest=went.digest(proposal),
                state=_state(proposal, cast, went, records.proposals, bases) or count.state,
                agree=count.agree,
                needs=count.needs,
                ballots=_ballots(went, proposal, cast, disowned),
            )
        )
    return tuple(found)


def in_words(terms: Terms, voters: Iterable[str]) -> str:
    """Who must agree, for a sentence."""
    names = ", ".join(voters) or "nobody yet"
    match terms.kind:
        case "one":
            return "whoever ratifies"
        case "some":
            return f"{terms.needs} of {names}"
        case "writers":
            return f"all who wrote what stands ({names})"


def named(proposal: Proposed) -> str:
    """What a proposal would do, for a list."""
    if proposal.terms is not None:
        return f"rule: {in_words(proposal.terms, distinct(proposal.terms.people))}"
    amendment = proposal.amendment
    if amendment is None or amendment.draft is None:
        return "repeal an article"
    return f"{amendment.action} “{amendment.draft.title}”"


def _about(proposal: Proposed) -> str:
    return (proposal.amendment.article or "") if proposal.amendment else ""


def _place(made: Article | Rule) -> tuple[str, str]:
    """What revisions and rules are ordered by; a rule is about no article."""
    return made.revision, made.id if isinstance(made, Article) else ""


def _says(proposal: Proposed, made: Article | Rule) -> bool:
    """Whether a revision is what was proposed, word for word."""
    if isinstance(made, Rule):
        return proposal.terms == made.terms
    amendment = proposal.amendment
    if amendment is None or amendment.article != made.id:
        return False
    if amendment.action != "add" and amendment.base not in made.parents:
        return False
    if amendment.order is not None and amendment.order != made.order:
        return False
    return made.repealed if amendment.action == "repeal" else not made.repealed and amendment.draft == made.draft


def _state(
    proposal: Proposed, cast: Iterable[Vote], went: Course, others: Iterable[Proposed], bases: dict[str, str]
) -> Literal["ratified", "withdrawn", "overtaken"] | None:
    """Where a proposal stands whatever the votes of others are."""
    author = spelt(proposal.provenance.author)
    if proposal.id in went.enacted:
        return "ratified"
    own = _last(vote for vote in cast if spelt(vote.author) == author)
    if any(vote.answer == "disagree" for vote in own.values()):
        return "withdrawn"
    if any(p.replaces == proposal.id and spelt(p.provenance.author) == author for p in others):
        return "overtaken"
    amendment = proposal.amendment
    stale = amendment is not None and amendment.action != "add" and bases.get(amendment.article or "") != amendment.base
    return "overtaken" if stale else None


def _count(
    went: Course, proposal: Proposed, cast: Iterable[Vote], before: str | None, disowned: Collection[str] = ()
) -> Count:
    """Count the votes that count, or those of them that were there before an id."""
    cast = [vote for vote in cast if before is None or vote.id < before]
    said = [ballot.vote.answer for ballot in _ballots(went, proposal, cast, disowned) if not ballot.void]
    voters, agree = len(went.voters), said.count("agree")
    needs = went.terms.needs
    if went.terms.kind == "one":
        return Count(agree, 0, 0)
    if went.terms.kind == "writers":
        needs = max(1, voters - said.count("pass"))
        if not voters:  # Nobody has written anything yet: whoever begins may.
            return Count(agree, 0, 0)
    return Count(agree, needs, voters - len(said))


def _ballots(went: Course, proposal: Proposed, cast: Iterable[Vote], disowned: Collection[str]) -> tuple[Ballot, ...]:
    voters, cast = {spelt(name) for name in went.voters}, tuple(cast)
    unknown = _last(vote for vote in cast if vote.id in disowned)
    found = [Ballot(vote=vote, void="unknown") for vote in unknown.values()]
    for name, vote in _last(vote for vote in cast if vote.id not in disowned).items():
        if vote.of != went.digest(proposal):
            found.append(Ballot(vote=vote, void="wording"))
        elif went.terms.kind != "one" and name not in voters:
            found.append(Ballot(vote=vote, void="outsider"))
        else:
            found.append(Ballot(vote=vote))
    return tuple(sorted(found, key=lambda ballot: ballot.vote.id))


def _last(votes: Iterable[Vote]) -> dict[str, Vote]:
    """The last vote of each person; one without a name is nobody's."""
    found = {spelt(vote.author): vote for vote in sorted(votes, key=lambda vote: vote.id)}
    found.pop("", None)
    return found


def _by_proposal(votes: Iterable[Vote]) -> dict[str, list[Vote]]:
    found: dict[str, list[Vote]] = {}
    for vote in votes:
        found.setdefault(vote.proposal, []).append(vote)
    return found


def _wrote(went: Course, made: Article, carried: Iterable[Proposed]) -> None:
    """Whoever ratified or proposed what stands wrote it, and those who wrote it before."""
    if made.repealed:
        went.writers.pop(made.id, None)
        return
    names = [made.provenance.author, *(proposal.provenance.author for proposal in carried)]
    writers = went.writers.setdefault(made.id, {})
    for name in distinct(names):
        writers.setdefault(spelt(name), name)


def _ancestors(revisions: Iterable[Article], ratified: Iterable[str]) -> set[str]:
    """What ratified revisions were made from: whoever agreed to the later words settled the earlier ones."""
    parents = {article.revision: article.parents for article in revisions}
    found: set[str] = set()
    left = list(ratified)
    while left:
        for parent in parents.get(left.pop(), ()):
            if parent not in found:
                found.add(parent)
                left.append(parent)
    return found
