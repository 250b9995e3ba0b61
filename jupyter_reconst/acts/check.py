"""Replay the kept cases of notebooks: does each still show what a person said it should?

Each case is asked through `acts.answer`, as it would be asked now: under what is in force for this person, at
temperature 0 and with a seed. A reply that reads as the one that was judged holds at one call. Any other is asked for a
second time, because a model may differ from itself, and what would be a regression `TIMES` times in all. *Noise* is the
largest distance between two of these replies. Read from the top, the first line that fits decides:

| today's replies | the case |
|---|---|
| noise is as great as the distance of the reply that was judged from the one it replaced (pinned: 50 %) | cannot tell |
| read differently by the lines below | cannot tell |
| as the reply that was judged, but for spacing | held |
| kept as intended: nearer to that reply than to the one it replaced | held |
| kept as intended: as near to the one as to the other | cannot tell |
| kept as a bad change: nearer to the reply that was right | held |
| undone, and all of them further from the reply that was judged than noise | regression |
| kept as a bad change, or pinned, and within noise | held |
| otherwise | cannot tell |

If nothing has changed, the kept reply is one of `TIMES` + 1 alike. That it alone lies apart from all others has at most
the chance 0.05 for a model that wavers between two replies, whatever their shares (the worst is 1 in `TIMES` + 1).

What may be sent is settled for each notebook before anything is: a constitution that this person has accepted with
cases that they ratified themselves, or exactly what a digest given for this run covers (`core.checks.accepted_by`). A
digest holds for this run alone: nothing is put in force.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from shlex import quote
from typing import TypeAlias

from jupyter_reconst.acts.answer import PLAIN, replied
from jupyter_reconst.acts.compare import Laws, composed, kept
from jupyter_reconst.acts.distance import distance
from jupyter_reconst.acts.gate import bounded, named, readable, stands, visible
from jupyter_reconst.acts.inforce import ratified_cases
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.probe import case_probe
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.acts.spending import paid
from jupyter_reconst.acts.verify import verdict_on
from jupyter_reconst.core.checks import Answering, Check, Checked, Rejudged, Shown, Suite, accepted_by, in_force
from jupyter_reconst.core.constitution import Case, Constitution
from jupyter_reconst.core.errors import (
    BadInput,
    BudgetSpent,
    NoCases,
    NotAccepted,
    ReconstError,
    StoreError,
)
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.core.formal.written import Written
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Model, Ports
from jupyter_reconst.core.requests import Waiting
from jupyter_reconst.core.styles import Pick

TIMES = 7
"""Replies of today that a regression rests on."""

_PINNED = 0.5
"""Of a case that was pinned as it was: replies that differ in more words than they share show nothing of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to check: notebooks by path, the digests that may be sent, on which models, within which bounds.

    The second model is asked after the first, within what that one leaves of the budget; `fresh` asks anew what is
    recorded.
    """

    paths: tuple[str, ...]
    accept: frozenset[str] = frozenset()
    profile: str | None = None
    against: str | None = None
    budget: Budget = field(default_factory=Budget)
    fresh: bool = False


_Gated: TypeAlias = tuple[Suite, Constitution, Pick | None]
"""The cases of a notebook, what it carries and the style that it names."""

_Seat: TypeAlias = tuple[Suite, Constitution, Pick | None, Checked]
"""A case in its notebook, under what that notebook carries and in its style."""


@dataclass(frozen=True, slots=True)
class Step:
    """One case has been asked on one model: the `done`th of `planned`."""

    done: int
    planned: int
    path: str
    article: str
    prompt: str
    model: str
    shown: Shown


async def check(
    ports: Ports, person: Person, wanted: Wanted, stop: asyncio.Event
) -> AsyncGenerator[Step | Waiting | Check, None]:
    """Steps as they come, and at the end everything that was found. Every notebook ends with rows or with a problem."""
    gated = [await _suite(ports, person, path, wanted) for path in wanted.paths]
    try:
        models = await _models(ports, wanted) if any(suite.rows for suite, *_ in gated) else []
    except ReconstError as error:
        gated = [(_refused(suite, error), law, style) for suite, law, style in gated]
        models = []
    seats = [(suite, law, style, row) for suite, law, style in gated for row in suite.rows]
    columns: list[list[Shown]] = []
    answering: list[Answering] = []
    budget = wanted.budget
    for asked in models:
        model = Metered(asked, budget)
        shown: dict[int, Shown] = {}
        try:
            async for event in _shown(ports, person, model, seats, stop, fresh=wanted.fresh):
                if isinstance(event, Waiting):
                    yield event
                    continue
                place, shown[place] = event
                suite, _, _, row = seats[place]
                done, planned = len(columns) * len(seats) + len(shown), len(models) * len(seats)
                yield Step(done, planned, suite.path, row.article, row.case.prompt, asked.info.model, shown[place])
        finally:
            with suppress(StoreError):
                await ports.journal.append(paid(ports, person, "check", model))
        columns.append([shown.get(place, Shown()) for place in range(len(seats))])
        name, profile = asked.info.model, asked.info.profile
        answering.append(Answering(model=name, profile=profile, calls=model.calls, cost=model.cost))
        budget = budget.beyond(-model.calls, -(model.cost or 0.0))
    beside = iter(zip(*columns, strict=True))

    def answered(suite: Suite) -> Suite:
        rows = tuple(row.model_copy(update={"shown": next(beside)}) for row in suite.rows)
        return suite.model_copy(update={"rows": rows})

    yield Check(
        suites=tuple(answered(suite) for suite, *_ in gated),
        models=tuple(answering),
        stopped=stop.is_set() and any(shown.outcome == "unasked" for column in columns for shown in column),
    )


async def _shown(
    ports: Ports, person: Person, model: Metered, seats: Sequence[_Seat], stop: asyncio.Event, *, fresh: bool
) -> AsyncGenerator[tuple[int, Shown] | Waiting, None]:
    """What every case shows on one model, as replies come. Cases with one prompt take turns and share its record."""
    asking: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def writer(place: int) -> Writer[tuple[int, Shown]]:
        _, law, style, row = seats[place]

        async def write(emit: Emit[tuple[int, Shown]]) -> None:
            async with asking[row.case.prompt]:
                emit((place, await replayed(ports, person, law, style, row.case, model, fresh=fresh)))

        return write

    writers = {place: writer(place) for place in range(len(seats))}
    at_once = 1 if model.info.embedded else model.info.at_once
    async for event in merged(writers, stop, ports.clock, at_once=at_once):
        if isinstance(event, tuple | Waiting):
            yield event


def enough(case: Case, replies: Sequence[str]) -> bool:
    """Whether these replies of today decide a case as far as replies can."""
    if len(replies) == 1:
        return distance(replies[0], case.expects.reply) == 0
    return len(replies) >= TIMES or shows(case, replies).outcome != "regression"


def shows(case: Case, replies: Sequence[str]) -> Shown:
    """What some replies of today say of a case (see the table above)."""
    noise = max((distance(one, other) for one, other in combinations(replies, 2)), default=0.0)
    matter = distance(case.expects.reply, case.expects.without) or _PINNED

    def found(outcome: str, why: str) -> Shown:
        again = round(noise, 4) if len(replies) > 1 else None
        return Shown.model_validate({"outcome": outcome, "why": why, "reply": replies[0], "noise": again})

    if noise and noise >= matter:
        return found("unsure", f"replies of today are as far apart ({noise:.0%}) as the two that were compared")
    nearest = min(distance(reply, case.expects.reply) for reply in replies)
    readings = [_reading(case, reply, noise, within=nearest <= noise) for reply in replies]
    if len({outcome for outcome, _ in readings}) > 1:
        return found("unsure", f"replies of today disagree; they are up to {noise:.0%} apart")
    return found(*readings[0])


def _reading(case: Case, said: str, noise: float, *, within: bool) -> tuple[str, str]:
    """One reply against what the case should show."""
    apart, to_without = distance(said, case.expects.reply), distance(said, case.expects.without)
    if apart == 0:
        return "held", "as it was when it was kept"
    verdict, why = kept(case, said)
    if verdict != "regression":
        if apart == to_without:
            return "unsure", "changed, as far from the reply that was kept as from the one it replaced"
        return "held", why
    if not within:
        return "regression", why
    if to_without < apart:
        return "unsure", f"nearer to the reply that it replaced, but within noise ({noise:.0%})"
    return "held", f"within noise: replies of today differ as much ({noise:.0%})"


async def replayed(
    ports: Ports, person: Person, law: Constitution, style: Pick | None, case: Case, model: Metered, *, fresh: bool
) -> Shown:
    """Ask until it is decided. What a model fails to answer is an outcome, not an exception."""
    try:
        probe = await case_probe(ports, person, case, style)
        composition = await composed(ports, person, model, Laws(law, law, PLAIN), law, probe)
        replies: list[str] = []
        while not replies or not enough(case, replies):
            reply = await replied(ports, model, composition, sample=len(replies), fresh=fresh)
            replies.append(reply.text)
    except BudgetSpent as error:
        return Shown(outcome="unasked", why=error.message)
    except ReconstError as error:
        return Shown(outcome="failed", why=f"{error.message} ({error.code})")
    shown = shows(case, replies)
    return shown.model_copy(update={"why": probe.told(shown.why)})


async def _suite(ports: Ports, person: Person, path: str, wanted: Wanted) -> _Gated:
    """The cases of a notebook, if they may be sent."""
    document = await ports.documents.of_path(person.owner, path)
    law, style = (document.carried, document.reading.style) if document else (Constitution(), None)
    cases = in_force(law, document.reading.cases if document else ())
    suite = Suite(
        path=path,
        constitution=law.digest,
        accept=accepted_by(law, cases),
        aside=(len(document.reading.cases) if document else 0) - len(cases),
        rows=tuple(Checked(case=c, article=a.title) for c in cases if (a := law.article(c.article))),
    )
    try:
        document = readable(document, path)
        suite = suite.model_copy(update={"arguments": await _rejudged(ports, document)})
        if not cases and suite.arguments:
            return suite, law, style
        if not cases:
            raise NoCases(f"{Path(path).name} keeps no case of an article in force.")
        visible(law, path)
        if suite.accept not in wanted.accept and not await _own(ports, person, document, law, cases):
            raise _unaccepted(suite, law)
    except ReconstError as error:
        return _refused(suite, error), law, style
    return suite, law, style


async def _rejudged(ports: Ports, document: Document) -> tuple[Rejudged, ...]:
    """What the prover says of each pinned argument. Nothing of them is sent, so nobody has to accept them."""
    verdicts = await asyncio.gather(*(_verdict(ports, one.argument) for one in document.reading.arguments))
    pairs = zip(document.reading.arguments, verdicts, strict=True)
    return tuple(Rejudged(pinned=pinned, verdict=verdict) for pinned, verdict in pairs)


async def _verdict(ports: Ports, written: Written) -> Verdict:
    try:
        return await verdict_on(ports, written.argument())
    except ValueError as error:
        return Verdict(says="not checked", why=str(error)[:4_000])


def _refused(suite: Suite, error: ReconstError) -> Suite:
    """A notebook of which nothing is sent; what was said of it first stays."""
    return suite.model_copy(update={"problem": suite.problem or error.problem(), "rows": ()})


async def _own(ports: Ports, person: Person, document: Document, law: Constitution, cases: tuple[Case, ...]) -> bool:
    """Whether this person has accepted the constitution, and has ratified every case word for word."""
    if not await stands(ports, person, document):
        return False
    ratified = {case.id for case in await ratified_cases(ports, person, document, law)}
    return all(case.id in ratified for case in cases)


def _unaccepted(suite: Suite, law: Constitution) -> NotAccepted:
    articles, cases = len(law.effective), len(suite.rows)
    return NotAccepted(
        f"Nobody here has accepted what checking {Path(suite.path).name} sends: {articles} "
        f"article{'s' if articles != 1 else ''} (constitution {law.digest}) "
        f"and the prompt{'s' if cases != 1 else ''} of {cases} kept case{'s' if cases != 1 else ''}.",
        remedy=f"Read them (jupyter reconst show --cases {quote(suite.path)}), then say --accept {suite.accept}",
    )


async def _models(ports: Ports, wanted: Wanted) -> list[Model]:
    """The model of this runner, and the one it is compared with. Raises NoModel, NotFound, ModelError, BadInput."""
    models = [await named(ports, wanted.profile)]
    if wanted.against is not None:
        models.append(await ports.models.model(wanted.profile, wanted.against))
    first = models[0].info
    if len({model.info.model for model in models}) < len(models):
        raise BadInput(f"--against must name another model than {first.model}.")
    bounded(wanted.budget, *(model.info for model in models))
    return models
