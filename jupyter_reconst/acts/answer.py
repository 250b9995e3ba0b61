"""The only place where a constitution takes effect: compose the messages, ask the model, read the reply.

Asking, comparing, previewing and studying all come through here, so a preview cannot differ from what happens after
ratifying. What is not in the constitution handed in is not in the messages.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field

from jupyter_reconst.acts.call import call, called
from jupyter_reconst.acts.forming import Formed, formed
from jupyter_reconst.acts.scope import scoped
from jupyter_reconst.core.constitution import Article, Constitution
from jupyter_reconst.core.errors import TooLong
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Piece, Ports
from jupyter_reconst.core.turns import Applied, Attachment, Form, Given, Message, Parameters, Reply, Usage
from jupyter_reconst.prompts import compose as words

PER_MESSAGE = 4
"""Tokens that a chat template adds to each message, about."""

_HEARD = 4
"""Messages of a conversation that facts are looked up with: two questions and two replies."""

PLAIN = Parameters()
"""The endpoint's own defaults."""

_RESERVE = 256
"""Tokens kept free for a reply whose length nobody bounded."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A call, ready to be made. `preface` is what the constitution adds; `judging` what the scope decisions used.

    `given` are the facts among what is sent of the constitution, and what is quoted beside the question.

    While scopes are `undecided` their articles are in it, and `least` is what it needs without them. With a form, code
    writes the reply from what the model answers.
    """

    messages: tuple[Message, ...]
    parameters: Parameters
    applied: tuple[Applied, ...]
    given: tuple[Given, ...]
    digest: str
    tokens: int
    least: int
    preface: str
    judging: Usage = field(default_factory=Usage)
    undecided: bool = False
    formed: Formed | None = None


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
    form: Form = "",
    parameters: Parameters = PLAIN,
    judge: bool = True,
    chosen: Mapping[str, bool] | None = None,
) -> Composition:
    """The messages for a prompt under a constitution.

    Scoped articles are judged against the prompt, concurrently; without `judge` only recorded decisions are used, so
    that nothing is sent merely to show what would be. What is `chosen` comes before any scope, among the constitution's
    own articles only. What is `given` is quoted beside the question and decides nothing: no scope is judged by it.
    """
    earlier = [words.unquoted(message.content) for message in history[-_HEARD:]]
    scope = await scoped(ports, model, constitution.effective, prompt, judge=judge, chosen=chosen, earlier=earlier)
    sent = {entry.article for entry in scope.applied if entry.sent}
    small = model.info.embedded
    made_of = formed(form, prompt, attachments, parameters, small=small)
    if made_of:
        parameters = made_of.parameters
        asked = words.question(f"{prompt}\n\n{made_of.task}", made_of.attachments, given)
    else:
        asked = words.question(prompt, attachments, given)

    def law(ids: set[str]) -> tuple[str, list[Article]]:
        return constitution.preamble, [article for article in constitution.effective if article.id in ids]

    def tokens(messages: tuple[Message, ...]) -> int:
        return sum(model.tokens(message.content) + PER_MESSAGE for message in messages)

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
        given=(*known_here(law(sent)[1]), *given),
        digest=constitution.digest,
        tokens=needed,
        least=least,
        preface=words.beneath(*law(sent)) if small else words.preface(*law(sent)),
        judging=scope.used,
        undecided=bool(scope.undecided),
        formed=made_of,
    )


def known_here(sent: Iterable[Article]) -> Iterator[Given]:
    """The facts among the articles that are sent, as the turn tells of them."""
    for number, article in enumerate(sent, 1):
        if article.kind == "knowledge":
            text = words.article_text(number, article)
            yield Given(kind="fact", id=article.id, label=article.title, source=article.source[:2_000], text=text)


def excess(model: Model, composition: Composition, needed: int) -> int:
    """By how many tokens messages of this size and a reply go beyond the model's context; 0 where they fit."""
    context = model.info.context
    return 0 if context is None else max(0, needed + _reserved(composition, context) - context)


def must_fit(model: Model, composition: Composition) -> None:
    """Raise TooLong, with the numbers, where the messages and a reply cannot fit the model's context."""
    if excess(model, composition, composition.least):
        context = model.info.context or 0
        raise TooLong(
            f"This needs about {composition.least:,} tokens and {_reserved(composition, context):,} for the reply; "
            f"{model.info.model} takes {context:,} in all. Nothing was sent."
        )


def _reserved(composition: Composition, context: int) -> int:
    return composition.parameters.max_tokens or min(_RESERVE, context // 8)


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
    reply = await called(ports, model, composition.messages, composition.parameters, sample=sample, fresh=fresh)
    made_of = composition.formed
    return reply.model_copy(update={"text": made_of.written(reply.text).text}) if made_of else reply
