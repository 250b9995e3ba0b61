"""Articles that cannot be followed together, by a prover: the model writes what they demand, once for all of them.

| step | calls |
|---|---|
| conditions and actions of all articles over one vocabulary | one, recorded |
| can a pair be followed together? if not, can both apply? | none: the prover |

What comes of it rests on the model's reading of the articles, so it is a proposal, as what the model itself finds is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from jupyter_reconst.acts.call import recorded
from jupyter_reconst.acts.pairs import clauses
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.acts.verify import unjudged, verdict_on
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import ModelGarbled
from jupyter_reconst.core.formal.norms import Code, applying, demanding, given, opposed, witness
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.requests import Opposed, Side
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.prompts import formal
from jupyter_reconst.prompts.asking import conversation, data

ARTICLES = 24
"""Articles that are written over one vocabulary; those beyond are left to the model's own search."""
_WRITTEN = Parameters(temperature=0, max_tokens=6_000, json_schema=formal.CODE)

Pairs = Sequence[tuple[Article, Article]]


def opposable(ports: Ports, pairs: Pairs) -> bool:
    """Whether there is something to look at, and something to look at it with."""
    return bool(pairs) and not unjudged(ports)


async def written(ports: Ports, model: Model, pairs: Pairs) -> bool:
    """Whether what these articles demand is on record, so that it costs nothing."""
    return await recorded(ports, model, _question(_listed(pairs)), _WRITTEN) is not None


async def oppose(ports: Ports, model: Model, pairs: Pairs) -> tuple[Opposed, ...]:
    """The pairs that can apply together and cannot be followed together. Raises ModelGarbled, errors of the model."""
    articles = _listed(pairs)
    code = formal.code((await asked(ports, model, _question(articles), _WRITTEN)).text)
    if code is None:
        raise ModelGarbled(f"{model.info.model} did not write what the articles demand.")
    found = await asyncio.gather(*(_opposed(ports, code, articles, pair) for pair in pairs))
    return tuple(one for one in found if one is not None)


async def _opposed(ports: Ports, code: Code, articles: list[Article], pair: tuple[Article, Article]) -> Opposed | None:
    numbers = [articles.index(article) + 1 for article in pair if article in articles]
    one, other = (code.norm(number) for number in numbers) if len(numbers) == 2 else (None, None)
    if one is None or other is None:
        return None
    together = await verdict_on(ports, demanding(code, one, other))
    demands = opposed(code, one, other, together.core) if together.says == "premises inconsistent" else None
    if demands is None:
        return None
    both = await verdict_on(ports, applying(code, one, other))
    if both.says != "does not follow" or both.model is None:
        return None
    first, second = (Side(article=article.id, title=article.title) for article in pair)
    where, taken = witness(code, one, other, both.model), given(code, together.core)
    return Opposed(
        sides=(first, second),
        demands=demands,
        where=where,
        given=taken,
        by=together.by,
        why=_why((first.title, second.title), demands, where, taken, together.by)[:4_000],
    )


def _why(
    titles: tuple[str, str], demands: Sequence[str], where: Sequence[str], taken: Sequence[str], by: Sequence[str]
) -> str:
    apply = f"Both apply where: {'; '.join(where)}." if where else "Both always apply."
    asks = " ".join(f"“{title}” asks for: {demand}." for title, demand in zip(titles, demands, strict=True))
    known = "".join(f" Taken as given, never at once: {said}." for said in taken)
    return f"{apply} {asks}{known} Found by {', '.join(by)}, as the model reads the articles: read them yourself."


def _listed(pairs: Pairs) -> list[Article]:
    """The articles in the order of their ids, so that the call is the same however they are paired."""
    articles = {article.id: article for pair in pairs for article in pair}
    return [articles[id] for id in sorted(articles)][:ARTICLES]


def _question(articles: list[Article]) -> tuple[Message, ...]:
    rules = "\n\n".join(f"{number}.\n{clauses(article)}" for number, article in enumerate(articles, 1))
    return conversation("norms", rules=data("rules", rules))
