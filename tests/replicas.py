"""Two or three people in one shared document, each with a store of their own: what they do arrives in any order.

`ydoc` is jupyter_ydoc, which tests of this file need (`pytest.importorskip`).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from typing import Any, TypeVar

import jupyter_ydoc as ydoc
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from jupyter_reconst.acts.accept import accept
from jupyter_reconst.acts.govern import govern
from jupyter_reconst.acts.ratify import ratify
from jupyter_reconst.acts.submit import submit
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.acts.vote import vote
from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.constitution import EMPTY, Draft
from jupyter_reconst.core.errors import BadInput, Stale, VotesNeeded
from jupyter_reconst.core.notebook import Reading, ours, read
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.proposals import Terms
from jupyter_reconst.core.requests import Accept, Cast, Change, Govern, InForce, Ratify, Submit, Sync
from tests.editing import place
from tests.fakes import Fakes
from tests.scenes import NOTEBOOK, PATH, annotation

T = TypeVar("T")

_HEAD = {"version": 1, "id": NOTEBOOK, "origin": None, "sample": None}
_CELLS = [{"cell_type": "markdown", "id": f"c{n}", "metadata": {}, "source": "said"} for n in range(3)]
_EMPTY: dict[str, Any] = {"cells": _CELLS, "metadata": {"reconst": _HEAD}, "nbformat": 4, "nbformat_minor": 5}


class Replica:
    """One person’s copy of the notebook, written key by key as `NotebookDocument` does. `sent` is each change of it."""

    def __init__(self, seed: bytes | None = None) -> None:
        self.notebook = ydoc.YNotebook()
        self.sent: list[bytes] = []
        if seed is None:
            self.notebook.set(_EMPTY)
        else:
            self.notebook.ydoc.apply_update(seed)
        self._told = self.notebook.ydoc.observe(lambda event: self.sent.append(event.update))

    @property
    def update(self) -> bytes:
        found: bytes = self.notebook.ydoc.get_update()
        return found

    @property
    def metadata(self) -> dict[str, Any]:
        found: dict[str, Any] = self.notebook.get()["metadata"]
        return found

    @property
    def reading(self) -> Reading:
        return read(self.metadata)

    def write(self, keys: dict[str, Any]) -> None:
        with self.notebook.ydoc.transaction():
            for key, value in keys.items():
                self.notebook._ymeta["metadata"][key] = value

    def annotate(self, cell: int, key: str, value: dict[str, Any]) -> None:
        with self.notebook.ydoc.transaction():
            self.notebook.ycells[cell]["metadata"][key] = value

    @property
    def annotations(self) -> dict[str, Any]:
        """What cells carry of ours, by cell and key."""
        cells = self.notebook.get()["cells"]
        return {f"{cell['id']} {key}": value for cell in cells for key, value in ours(cell["metadata"]).items()}

    def take(self, other: Replica) -> None:
        self.notebook.ydoc.apply_update(other.update)

    def take_some(self, other: Replica, chance: random.Random) -> None:
        """Changes arrive one by one, some twice, some before those that they rest on, some not yet."""
        for update in chance.choices(other.sent, k=len(other.sent)):
            self.notebook.ydoc.apply_update(update)


class Someone:
    """A person at a replica, who uses the acts as the frontend does."""

    def __init__(self, number: int, replica: Replica) -> None:
        self.replica, self.fakes = replica, Fakes()
        self.fakes.clock.made = number * 100_000
        self.person = Person(owner=f"person-{number}", name=f"Person {number}")

    async def look(self) -> InForce:
        told = Sync(path=PATH, metadata=ours(self.replica.metadata))
        return await sync(self.fakes.ports, self.person, told)

    async def accept(self) -> None:
        shown = await self.look()
        if shown.review is not None:
            ticked = tuple(article.id for article in shown.review.constitution.articles)
            await accept(self.fakes.ports, self.person, Accept(path=PATH, digest=shown.review.digest, articles=ticked))

    async def ratify(self, chance: random.Random) -> dict[str, Any]:
        """Amend what is in force; what was written, which is nothing where it had changed since.

        Where others must agree it is proposed, and ratified at once if the proposer's vote is enough.
        """
        amendment = self._amendment(await self.look(), chance)
        given: dict[str, Any] = {"path": PATH, "amendment": amendment}
        try:
            return await self._write(ratify(self.fakes.ports, self.person, Ratify(id=self.fakes.clock.id(), **given)))
        except Stale:
            return {}
        except VotesNeeded:
            request = Submit(id=self.fakes.clock.id(), **given)
            try:
                written = await self._write(submit(self.fakes.ports, self.person, request))
            except Stale:  # Exactly this waits for votes already.
                written = {}
            return written | await self.ratify_proposed(chance)

    async def ratify_proposed(self, chance: random.Random) -> dict[str, Any]:
        """Make law what has its votes; what was written."""
        carried = [one for one in (await self.look()).agreeing.proposals if one.state == "carried"]
        found = chance.choice(carried).proposal.amendment if carried else None
        if found is None:
            return {}
        request = Ratify(id=self.fakes.clock.id(), path=PATH, amendment=found)
        try:
            return await self._write(ratify(self.fakes.ports, self.person, request))
        except Stale:
            return {}

    async def vote(self, chance: random.Random) -> dict[str, Any]:
        """Say something of a proposal; what was written."""
        known = (await self.look()).agreeing.proposals
        open_ = [one for one in known if one.state not in ("ratified", "overtaken")]
        if not open_:
            return {}
        on, answer = chance.choice(open_), chance.choice(("agree", "agree", "agree", "pass", "disagree"))
        given: dict[str, Any] = {
            "proposal": on.proposal.id,
            "of": on.digest,
            "answer": answer,
            "why": str(chance.random()),
        }
        request = Cast(id=self.fakes.clock.id(), path=PATH, **given)
        return await self._write(vote(self.fakes.ports, self.person, request))

    async def govern(self, terms: Terms) -> dict[str, Any]:
        """Say who must agree from now on; what was written, which is nothing where that takes votes."""
        await self.look()
        try:
            request = Govern(id=self.fakes.clock.id(), path=PATH, terms=terms)
            return await self._write(govern(self.fakes.ports, self.person, request))
        except (BadInput, VotesNeeded):
            return {}

    async def _write(self, act: Coroutine[Any, Any, Change]) -> dict[str, Any]:
        change = await act
        self.replica.write(change.writes)
        await self.look()
        return change.writes

    async def sent(self) -> str:
        """The digest of what would be sent now. Asserts that this person has accepted it."""
        digest = (await self.look()).digest
        assert digest == EMPTY.digest or await self.fakes.trust.accepted(self.person.owner, digest)
        return digest

    def _amendment(self, shown: InForce, chance: random.Random) -> Amendment:
        law, made = shown.constitution.articles, self.fakes.clock.id()
        act = chance.choice(("add", "revise", "revise", "move", "repeal", "switch", "settle"))
        given: dict[str, Any] = {"id": made, "action": "revise"}
        if act == "settle" and shown.conflicts:
            kept = chance.choice(chance.choice(shown.conflicts).heads)
            if kept.repealed:
                return Amendment(id=made, action="repeal", article=kept.id, base=kept.revision)
            return Amendment(id=made, action="revise", article=kept.id, base=kept.revision, draft=kept.draft)
        if act == "add" or not law:
            draft = Draft(title=f"Rule {made[-6:]}", when="always", then=f"say {made}")
            return Amendment(id=made, action="add", draft=draft, order=place(law, chance))
        article = chance.choice(law)
        given |= {"article": article.id, "base": article.revision}
        if act == "repeal":
            return Amendment.model_validate({**given, "action": "repeal"})
        if act == "move":
            return Amendment.model_validate({**given, "draft": article.draft, "order": place(law, chance)})
        update = {"enabled": not article.enabled} if act == "switch" else {"then": f"say {made}"}
        return Amendment.model_validate({**given, "draft": article.draft.model_copy(update=update)})


_WHO = st.integers(0, 2)
_SEED = st.integers(0, 2**32)
_NAMES = tuple(f"Person {number}" for number in range(3))
_TERMS = st.sampled_from(
    [Terms(), Terms(kind="writers"), *(Terms(kind="some", needs=needs, people=_NAMES) for needs in (1, 2))]
)


class Shared(RuleBasedStateMachine):
    """People add, edit, reorder, repeal, settle, propose and vote; what one did reaches the others when it may."""

    @initialize(people=st.integers(2, 3), seed=_SEED)
    def begin(self, people: int, seed: int) -> None:
        """Everybody has accepted the same two or three articles."""
        self.loop = asyncio.new_event_loop()
        first = Replica()
        replicas = [first, *(Replica(first.update) for _ in range(people - 1))]
        self.people = [Someone(number, replica) for number, replica in enumerate(replicas)]
        self.written: dict[str, Any] = {}
        self.highlights: dict[str, Any] = {}
        for _ in range(3):
            self.somebody_ratifies(0, seed)
        for who in range(people):
            self.one_takes_what_another_has(who, 0)
            self.somebody_accepts_what_they_see(who)

    @rule(who=_WHO, seed=_SEED)
    def somebody_ratifies(self, who: int, seed: int) -> None:
        self.written |= self._run(self._one(who).ratify(random.Random(seed)))

    @rule(who=_WHO, seed=_SEED)
    def two_ratify_the_same_before_they_see_each_other(self, who: int, seed: int) -> None:
        for one in (who, who + 1):
            self.somebody_ratifies(one, seed)

    @rule(who=_WHO, cell=st.integers(0, 2))
    def somebody_highlights(self, who: int, cell: int) -> None:
        someone = self._one(who)
        made = annotation(id=someone.fakes.clock.id()).model_dump(mode="json", by_alias=True)
        key = f"reconst:annotation:{made['id']}"
        someone.replica.annotate(cell, key, made)
        self.highlights[f"c{cell} {key}"] = made

    @rule(who=_WHO, seed=_SEED)
    def somebody_votes(self, who: int, seed: int) -> None:
        self.written |= self._run(self._one(who).vote(random.Random(seed)))

    @rule(who=_WHO, seed=_SEED)
    def somebody_ratifies_what_was_agreed(self, who: int, seed: int) -> None:
        self.written |= self._run(self._one(who).ratify_proposed(random.Random(seed)))

    @rule(who=_WHO, terms=_TERMS)
    def somebody_sets_the_rule(self, who: int, terms: Terms) -> None:
        self.written |= self._run(self._one(who).govern(terms))

    @rule(who=_WHO)
    def somebody_accepts_what_they_see(self, who: int) -> None:
        self._run(self._one(who).accept())

    @rule(to=_WHO, of=_WHO)
    def one_takes_what_another_has(self, to: int, of: int) -> None:
        """What somebody else did changes nothing that is sent, unless it is what this person has accepted."""
        self._one(to).replica.take(self._one(of).replica)
        self._run(self._one(to).sent())

    @rule(to=_WHO, of=_WHO, seed=_SEED)
    def one_gets_some_of_what_another_did_in_any_order(self, to: int, of: int, seed: int) -> None:
        self._one(to).replica.take_some(self._one(of).replica, random.Random(seed))
        self._run(self._one(to).sent())

    @invariant()
    def what_was_ratified_reads_so_wherever_it_is(self) -> None:
        for one in getattr(self, "people", []):
            assert all(self.written[key] == value for key, value in _records(one.replica).items())

    def teardown(self) -> None:
        if not hasattr(self, "people"):
            return
        replicas = [one.replica for one in self.people]
        for _ in replicas:
            for one in replicas:
                for other in replicas:
                    one.take(other)
        try:
            for one, someone in zip(replicas, self.people, strict=True):
                assert one.metadata == replicas[0].metadata
                assert _records(one) == self.written and not one.reading.problems
                assert self._run(someone.look()).agreeing.short == replicas[0].reading.short
                assert one.annotations == self.highlights
                self._run(someone.sent())
            self._stands(replicas[0].reading)
        finally:
            self.loop.close()

    def _stands(self, reading: Reading) -> None:
        """Every article is in the constitution, in conflict, repealed, or short of its votes."""
        standing = {article.id for article in reading.constitution.articles}
        disputed = {conflict.article for conflict in reading.conflicts}
        repealed = {article.id for article in reading.revisions if article.repealed}
        short = {article.id for article in reading.short}
        written = {key.split(":")[2] for key in self.written if key.startswith("reconst:article:")}
        assert written <= standing | disputed | repealed | short

    def _one(self, number: int) -> Someone:
        return self.people[number % len(self.people)]

    def _run(self, act: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(act)


def _records(replica: Replica) -> dict[str, Any]:
    return {key: value for key, value in replica.metadata.items() if key.startswith("reconst:")}
