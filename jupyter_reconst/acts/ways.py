"""What a turn is asked in other ways from: its own ask but for what a way says, composed as a real ask is.

Variants stand under what is in force now and continue the conversation that their turn continued, with the same parts
of it left out. They are given the passages that their turn was given, under the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyter_reconst.acts.answer import Composition, must_fit
from jupyter_reconst.acts.ask import choosable, fitted_of, model_of, reads
from jupyter_reconst.acts.family import family
from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.recall import conversation
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.acts.style import Styled, styled
from jupyter_reconst.core.errors import BadInput, NotebookUnknown, NotFound
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.requests import Ask, Variant, Way
from jupyter_reconst.core.turns import Given, Message, Turn, TurnRecord
from jupyter_reconst.core.variants import differs

_Name = tuple[str, str, tuple[Message, ...]]
"""Profile, model and messages: what makes two calls the same."""


@dataclass(frozen=True, slots=True)
class Call:
    """A variant, ready to be asked."""

    ask: Ask
    model: Metered
    made: Composition
    rules: Styled
    left: tuple[str, ...]


@dataclass(slots=True)
class Ways:
    """A turn, the answers to its question, and the calls that have one already, one for each sample of them."""

    ports: Ports
    person: Person
    document: Document
    force: frozenset[str]
    shown: Turn
    family: tuple[Turn, ...]
    keep: tuple[str, ...]
    asked: list[_Name]
    models: dict[tuple[str | None, str | None], Metered] = field(default_factory=dict)

    async def call(self, way: Way, *, judge: bool) -> Call:
        """What asking in a way sends; without `judge` nobody is asked about scopes. Raises what asking would raise."""
        ask = self._ask(way)
        rules = await styled(self.ports, self.person, self.document, ask.style)
        choosable(rules.own, ask)
        model = await self._model(ask)
        above = self.shown.parent
        passages = _given_again(self.shown) if reads(ask) else ()
        composing, fitted = await fitted_of(self.ports, self.person, self.document, ask, model, rules, above, passages)
        made = await composing() if judge and fitted.made.undecided else fitted.made
        must_fit(model, made)
        return Call(ask, model, rules.marked(made), rules, fitted.left)

    def sample(self, call: Call) -> int:
        """Which sample of this call the next one is; from then on it is taken."""
        name = _name(call)
        self.asked.append(name)
        return self.asked.count(name) - 1

    def answered(self, call: Call) -> Turn | None:
        """An answer to exactly this call, the newest one."""
        name = _name(call)
        same = [turn for turn in self.family if turn.status == "complete" and _asked(turn) == name]
        return same[-1] if same else None

    def variant(self, slot: int, turn: Turn) -> Variant:
        """An answer beside the one that is shown."""
        return Variant(slot=slot, record=TurnRecord.of(turn), differs=differs(self.shown, turn), way=way_of(turn))

    def _ask(self, way: Way) -> Ask:
        """The shown turn's ask, but for what the way says. An article that is no longer in force is not spoken of."""
        shown = self.shown
        chosen = {id: sent for id, sent in shown.chosen.items() if id in self.force}
        chosen |= {**dict.fromkeys(way.with_, True), **dict.fromkeys(way.without, False)}
        return Ask(
            path=self.document.path,
            cell=shown.cell,
            prompt=shown.prompt if way.prompt is None else way.prompt,
            attachments=shown.attachments,
            keep=self.keep,
            style=shown.wish.style if way.style is None else way.style,
            library=shown.wish.library,
            form=shown.wish.form,
            with_=tuple(id for id, sent in chosen.items() if sent),
            without=tuple(id for id, sent in chosen.items() if not sent),
            profile=way.profile or shown.profile or None,
            model=way.model or (None if way.profile else shown.model) or None,
        )

    async def _model(self, ask: Ask) -> Metered:
        """The model of a way; the same one for all that ask it, so that no more calls are under way than it takes."""
        name = (ask.profile, ask.model)
        if name not in self.models:
            self.models[name] = Metered(await model_of(self.ports, ask, self.document))
        return self.models[name]


async def ways(ports: Ports, person: Person, path: str, id: str) -> Ways:
    """How a turn can be asked. Raises NotFound where this person has no such turn."""
    document = await ports.documents.of_path(person.owner, path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    shown = await turn_of(ports, person, id)
    if shown is None:
        raise NotFound("There is no such turn in your journal.", remedy="Ask the cell again; then it is yours.")
    law = await constitution_in_force(ports, person, document)
    said = (await conversation(ports, person, shown.parent)).turns
    known = await family(ports, person, shown)
    return Ways(
        ports=ports,
        person=person,
        document=document,
        force=frozenset(article.id for article in law.effective),
        shown=shown,
        family=known,
        keep=tuple(one.turn for one in said if one.turn not in shown.left) if shown.left else (),
        asked=[_asked(turn) for turn in known if turn.status == "complete"],
    )


def _given_again(asked: Turn) -> tuple[Given, ...]:
    """The passages that a turn was given, for another answer to it: so [1] means the same in both.

    Raises BadInput where their texts are not kept: a notebook tells of a turn without them.
    """
    if asked.claimed or not all(one.text for one in asked.passages):
        raise BadInput(
            "The passages that this turn was given are not kept here, so another answer would be given others. "
            "Nothing was sent.",
            remedy="Ask the cell again: your library is searched anew, and other answers are given the same.",
        )
    return asked.passages


def _asked(turn: Turn) -> _Name:
    return turn.profile, turn.model, turn.messages


def _name(call: Call) -> _Name:
    info = call.model.info
    return info.profile, info.model, call.made.messages


def way_of(turn: Turn) -> Way:
    """How a turn was asked, said whole."""
    chosen = turn.chosen
    return Way(
        id=turn.id,
        prompt=turn.prompt,
        profile=turn.profile or None,
        model=turn.model or None,
        style=turn.wish.style,
        with_=tuple(id for id, sent in chosen.items() if sent),
        without=tuple(id for id, sent in chosen.items() if not sent),
    )
