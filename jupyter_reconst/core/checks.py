"""A check of kept cases: what each one shows today, on one model or on two, and what that adds up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.constitution import Case, Constitution
from jupyter_reconst.core.errors import Problem
from jupyter_reconst.core.formal.pinned import Pinned
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.statistics import ALPHA, mcnemar, more_to_agree

Outcome = Literal["held", "regression", "unsure", "failed", "unasked"]
"""unsure: the replies do not decide. failed: the model did not answer. unasked: stopped before, or out of budget."""

HELD, REGRESSED, NOT_CHECKED = 0, 1, 2
"""Exit statuses."""


class Shown(Noun):
    """What a case shows on one model. Distances are normalised word edit distances in [0, 1]."""

    outcome: Outcome = "unasked"
    why: str = "not asked"
    reply: str = ""
    noise: float | None = Field(default=None, description="The largest distance between two of today's replies")


class Checked(Noun):
    """A case, the title of its article, and what it shows on each model in turn."""

    case: Case
    article: str
    shown: tuple[Shown, ...] = ()


class Rejudged(Noun):
    """A pinned argument, and what a prover says of it today. No model is asked, so it is the same on each."""

    pinned: Pinned
    verdict: Verdict

    @property
    def outcome(self) -> Outcome:
        """Whether it is as it was pinned."""
        if self.verdict.says == self.pinned.says:
            return "held"
        return {"not checked": "failed", "not decided": "unsure"}.get(self.verdict.says, "regression")  # type: ignore[return-value]

    @property
    def why(self) -> str:
        """What it was, what it is, and what else is said of that."""
        now = "" if self.outcome == "held" else f", now “{self.verdict.says}”. {self.verdict.why}"
        return f"pinned as “{self.pinned.says}”{now}".strip()


class Suite(Noun):
    """The cases of one notebook. `accept` names what checking it sends; `problem` says why it was not checked."""

    path: str
    constitution: str = ""
    accept: str = ""
    aside: int = Field(default=0, ge=0, description="Cases left aside: of articles that are off or repealed")
    rows: tuple[Checked, ...] = ()
    arguments: tuple[Rejudged, ...] = ()
    problem: Problem | None = None


class Answering(Noun):
    """A model that answered, and what that took. Cost in US dollars, none where the price is unknown."""

    model: str
    profile: str = ""
    calls: int = 0
    cost: float | None = None


class Check(Noun):
    """Everything that was found; a second model is the one that the first is compared with."""

    suites: tuple[Suite, ...]
    models: tuple[Answering, ...] = ()
    stopped: bool = False

    def tally(self, column: int) -> Counter[Outcome]:
        """How many cases show what on one of the models."""
        return Counter(row.shown[column].outcome for _, row in rows(self))

    @property
    def status(self) -> int:
        """0 only where every case of every notebook holds, 1 for a regression, 2 for all else, and when stopped."""
        outcomes = {shown.outcome for _, row in rows(self) for shown in row.shown}
        outcomes |= {one.outcome for suite in self.suites for one in suite.arguments}
        if self.stopped:
            return NOT_CHECKED
        if "regression" in outcomes:
            return REGRESSED
        refused = any(suite.problem for suite in self.suites)
        return HELD if outcomes == {"held"} and not refused else NOT_CHECKED


class Difference(Noun):
    """Two models on the same cases: held on the second alone (`won`), on the first alone (`lost`)."""

    both: int
    won: tuple[Checked, ...]
    lost: tuple[Checked, ...]
    p: float = Field(description="Exact two-sided McNemar test of won against lost")

    @property
    def says(self) -> str:
        """What that shows, in one sentence."""
        won, lost = len(self.won), len(self.lost)
        if self.p <= ALPHA:
            return (
                f"The second model holds {'more' if won > lost else 'fewer'} of them (exact McNemar, p = {self.p:.3f})."
            )
        more = more_to_agree(won, lost)
        about = (
            f": about {more} more case{'s' if more != 1 else ''} like these would decide" if won + lost and more else ""
        )
        return f"Whether one of them holds more cannot be told yet (exact McNemar, p = {self.p:.3f}){about}."


def accepted_by(constitution: Constitution, cases: Iterable[Case]) -> str:
    """The digest of what checking sends and holds it against: the constitution, the prompts, what each should show."""
    told = [[c.prompt, c.expects.verdict, c.expects.reply, c.expects.without] for c in cases]
    return digest({"constitution": constitution.content, "cases": told})


def in_force(constitution: Constitution, cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases of articles that are switched on and not repealed."""
    articles = {article.id for article in constitution.effective}
    return tuple(case for case in cases if case.article in articles)


def rows(check: Check, *outcomes: Outcome) -> Iterator[tuple[Suite, Checked]]:
    """All rows with their notebooks, or those that show one of these outcomes on some model."""
    for suite in check.suites:
        for row in suite.rows:
            if not outcomes or any(shown.outcome in outcomes for shown in row.shown):
                yield suite, row


def difference(check: Check) -> Difference | None:
    """Where two models differ, over the cases that are decided on both; None for one model."""
    if len(check.models) != 2:
        return None
    decided = [row for _, row in rows(check) if all(s.outcome in ("held", "regression") for s in row.shown)]
    won = tuple(row for row in decided if [s.outcome for s in row.shown] == ["regression", "held"])
    lost = tuple(row for row in decided if [s.outcome for s in row.shown] == ["held", "regression"])
    return Difference(both=len(decided), won=won, lost=lost, p=mcnemar(len(won), len(lost)))
