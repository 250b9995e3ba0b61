"""Fit a conversation into a model's context. What is left out is chosen by the person, recorded, and never guessed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from textwrap import shorten

from jupyter_reconst.acts.answer import PER_MESSAGE, Composition, excess
from jupyter_reconst.acts.recall import Conversation, Said
from jupyter_reconst.core.errors import BadInput, Outgrown
from jupyter_reconst.core.fitting import Keep, fitting
from jupyter_reconst.core.ports import Model
from jupyter_reconst.core.turns import Message

Composing = Callable[[tuple[Message, ...]], Awaitable[Composition]]
"""Compose with this history; nobody is asked about scopes."""

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Fitted:
    """The turns that go with a prompt, those that do not, and what is then sent."""

    history: tuple[Message, ...]
    left: tuple[str, ...]
    made: Composition


async def fit(model: Model, conversation: Conversation, keep: tuple[str, ...], composing: Composing) -> Fitted:
    """The conversation as far as it is to be sent.

    Without a wish, what was left out before stays out, and where the rest does not fit, Outgrown is raised: it says
    which turns would go. `keep` is “last”, “first”, or the turns to keep. What does not fit without any conversation
    is somebody else's to say.
    """
    way: Keep | None = "last" if keep == ("last",) else "first" if keep == ("first",) else None
    named = set(keep) if keep and not way else None
    if named is not None and (missing := named - {said.turn for said in conversation.turns}):
        raise BadInput(f"There is no turn {min(missing)} in this conversation to keep. Nothing was sent.")
    left = set() if keep else set(conversation.left)
    turns = [s for s in conversation.turns if s.turn not in left and (named is None or s.turn in named)]
    made = await composing(_history(turns))
    over = excess(model, made, made.tokens if way else made.least)
    if over and turns:
        sizes = [sum(model.tokens(message.content) + PER_MESSAGE for message in said.messages) for said in turns]
        room = sum(sizes) - over
        if way is None and room < 0:
            return Fitted(_history(turns), tuple(left), made)
        if way is None:
            raise _outgrown(model, turns, {way: fitting(sizes, room, way) for way in ("last", "first")})
        turns = [turns[place] for place in fitting(sizes, room, way)]
        made = await composing(_history(turns))
    kept = {said.turn for said in turns}
    return Fitted(_history(turns), tuple(s.turn for s in conversation.turns if s.turn not in kept), made)


def _history(turns: list[Said]) -> tuple[Message, ...]:
    return tuple(message for said in turns for message in said.messages)


def _outgrown(model: Model, turns: list[Said], kept: dict[Keep, tuple[int, ...]]) -> Outgrown:
    def gone(way: Keep) -> str:
        out = [said for place, said in enumerate(turns) if place not in kept[way]]
        names = [f"“{shorten(said.prompt, 60, placeholder=' …') or '…'}”" for said in out[:_NAMED]]
        more = f" and {len(out) - _NAMED} more" if len(out) > _NAMED else ""
        return f"{len(out)} of {len(turns)} turns would be left out: {', '.join(names)}{more}."

    last, first = gone("last"), gone("first")
    said = f"To keep the newest, {last}" + ("" if kept["last"] == kept["first"] else f" To keep the first, {first}")
    return Outgrown(
        f"This conversation has outgrown {model.info.model}, which takes {model.info.context or 0:,} tokens in all. "
        f"Nothing was sent. {said}"
    )
