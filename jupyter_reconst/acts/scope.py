"""Does a scoped article belong to this prompt? One small yes/no call per article, each judged by itself.

The call holds one clause and the prompt and nothing else, so its record is a function of both: editing one article
cannot flip another, and the same question is never paid for twice. Facts are looked up instead (`core.knowledge`):
there may be hundreds of them, and no model is asked about any.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jupyter_reconst.acts.call import called, recorded
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import ModelGarbled, ModelIncomplete, RecordingOnly
from jupyter_reconst.core.knowledge import ROOM, Look, look, looked_up
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.turns import Applied, Usage
from jupyter_reconst.prompts.compose import JUDGING, scope_answer, scope_question

_PART = 8
"""Facts that are looked up fill at most this part of what the model takes: one eighth."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles are sent, why, what judging them used, and those whose WHEN nobody has judged yet."""

    applied: tuple[Applied, ...]
    used: Usage = field(default_factory=Usage)
    undecided: frozenset[str] = frozenset()


async def scoped(
    ports: Ports,
    model: Model,
    articles: Iterable[Article],
    prompt: str,
    *,
    judge: bool = True,
    chosen: Mapping[str, bool] | None = None,
    earlier: Sequence[str] = (),
) -> Scope:
    """Which of the articles are sent with this prompt.

    A clause that cannot be judged is sent: the person ratified it. Without `judge` only recorded decisions are used.
    What the person has `chosen`, by article, is not judged; it can only choose among the articles given. Facts are
    looked up with the prompt and what was said `earlier`, the last messages before it.
    """
    said, articles = chosen or {}, tuple(articles)
    facts = [article for article in articles if looked_up(article) and article.id not in said]
    room = min(ROOM, (model.info.context or ROOM * _PART) // _PART)
    looks = dict(zip((fact.id for fact in facts), look(facts, prompt, earlier, room=room), strict=True))
    judged = await asyncio.gather(
        *(
            _applied(ports, model, article, prompt, judge, said.get(article.id), looks.get(article.id))
            for article in articles
        )
    )
    used = [usage for _, usage in judged if usage is not None]
    return Scope(
        applied=tuple(applied for applied, _ in judged),
        used=Usage(
            prompt=sum(u.prompt for u in used),
            completion=sum(u.completion for u in used),
            estimated=any(u.estimated for u in used),
        ),
        undecided=frozenset(applied.article for applied, usage in judged if usage is None),
    )


async def _applied(
    ports: Ports, model: Model, article: Article, prompt: str, judge: bool, chosen: bool | None, look: Look | None
) -> tuple[Applied, Usage | None]:
    """What judging one article used; None where it was not judged."""

    def applied(sent: bool, why: str) -> Applied:
        return Applied(
            article=article.id,
            revision=article.revision,
            title=article.title,
            kind=article.kind,
            sent=sent,
            why=why,
            chosen=chosen is not None,
        )

    if chosen is not None:
        return applied(chosen, "you asked for it" if chosen else "you left it out for this turn"), Usage()
    if article.always:
        return applied(True, "always"), Usage()
    if look is not None:
        return applied(look.sent, look.why), Usage()
    messages = scope_question(article.when, prompt)
    reply = await recorded(ports, model, messages, JUDGING)
    if reply is None and not judge:
        return applied(True, "whether its WHEN fits is decided when you ask"), None
    try:
        reply = reply or await called(ports, model, messages, JUDGING, fresh=True)
    except (ModelGarbled, ModelIncomplete, RecordingOnly):
        return applied(True, "its WHEN could not be judged, so it is sent"), Usage()
    usage = Usage() if reply.cached else reply.usage
    fits = scope_answer(reply.text)
    if fits is None:
        return applied(True, "its WHEN could not be judged, so it is sent"), usage
    return applied(fits, "its WHEN fits the prompt" if fits else "its WHEN does not fit the prompt"), usage
