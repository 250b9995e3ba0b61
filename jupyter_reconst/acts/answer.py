"""The only place where a constitution takes effect: compose the messages, ask the model, read the reply.

Asking, comparing, previewing and studying all come through here, so a preview cannot differ from what happens after
ratifying. What is not in the constitution handed in is not in the messages.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field

from jupyter_reconst.acts.call import call, called
from jupyter_reconst.acts.scope import scoped
from jupyter_reconst.core.constitution import Article, Constitution
from jupyter_reconst.core.errors import TooLong
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Piece, Ports
from jupyter_reconst.core.turns import Applied, Attachment, Given, Message, Parameters, Reply, Usage
from jupyter_reconst.prompts import compose as words

_PER_MESSAGE = 4
"""Tokens that a chat template adds to each message, about."""

PLAIN = Parameters()
"""The endpoint's own defaults."""

_RESERVE = 256
"""Tokens kept free for a reply whose length nobody bounded."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A call, ready to be made. `preface` is what the constitution adds; `judging` what the scope decisions used.

    While scopes are `undecided` their articles are in it, and `least` is what it needs without them.
    """

    messages: tuple[Message, ...]
    parameters: Parameters
    applied: tuple[Applied, ...]
    digest: str
    tokens: int
    least: int
    preface: str
    judging: Usage = field(default_factory=Usage)
    undecided: bool = False


async def compose(
    ports: Ports,
    person: Person,
    model: Model,
    constitution: Constitution,
    *,
    prompt: str,
    history: tuple[Message, ...] = (),
    attachments: tuple[Attachment, ...] = (),
    given: tuple[Given, ...] = (),
    parameters: Parameters = PLAIN,
    judge: bool = True,
    chosen: Mapping[str, bool] | None = None,
) -> Composition:
    """The messages for a prompt under a constitution.

    Scoped articles are judged against the prompt, concurrently; without `judge` only recorded decisions are used, so
    that nothing is sent merely to show what would be. What is `chosen` comes before any scope, among the constitution's
    own articles only. What is `given` is quoted beside the question and decides nothing: no scope is judged by it.
    """
    scope = await scoped(ports, model, constitution.effective, prompt, judge=judge, chosen=chosen)
    sent = {entry.article for entry in scope.applied if entry.sent}
    small = model.info.embedded
    asked = words.question(prompt, attachments, given)

    def law(ids: set[str]) -> tuple[str, list[Article]]:
        return constitution.preamble, [article for article in constitution.effective if article.id in ids]

    def tokens(messages: tuple[Message, ...]) -> int:
        return sum(model.tokens(message.content) + _PER_MESSAGE for message in messages)

    messages = words.composed(*law(sent), history, asked, small=small)
    needed = tokens(messages)
    if scope.undecided:
        least = tokens(words.composed(*law(sent - scope.undecided), history, asked, small=small))
    else:
        least = needed
    return Composition(
        messages=messages,
        parameters=parameters,
        applied=scope.applied,
        digest=constitution.digest,
        tokens=needed,
        least=least,
        preface=words.beneath(*law(sent)) if small else words.preface(*law(sent)),
        judging=scope.used,
        undecided=bool(scope.undecided),
    )


def must_fit(model: Model, composition: Composition) -> None:
    """Raise TooLong, with the numbers, where the messages and a reply cannot fit the model's context."""
    context = model.info.context
    if context is None:
        return
    reserve = composition.parameters.max_tokens or min(_RESERVE, context // 8)
    if composition.least + reserve > context:
        raise TooLong(
            f"This needs about {composition.least:,} tokens and {reserve:,} for the reply; "
            f"{model.info.model} takes {context:,} in all. Nothing was sent."
        )


async def answer(
    ports: Ports, model: Model, composition: Composition, *, sample: int = 0, fresh: bool = False
) -> AsyncGenerator[Piece, None]:
    """Stream the reply. A recorded one is shown at once unless `fresh`. Raises TooLong before anything is sent."""
    must_fit(model, composition)
    pieces = call(ports, model, composition.messages, composition.parameters, sample=sample, fresh=fresh)
    async with aclosing(pieces):  # Whoever stops listening stops the call, now and not when it is collected.
        async for piece in pieces:
            yield piece


async def replied(
    ports: Ports, model: Model, composition: Composition, *, sample: int = 0, fresh: bool = False
) -> Reply:
    """The whole reply. Raises TooLong before anything is sent, ModelIncomplete for a reply that was cut off."""
    must_fit(model, composition)
    return await called(ports, model, composition.messages, composition.parameters, sample=sample, fresh=fresh)
