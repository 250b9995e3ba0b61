"""Dead weight: an article without which nothing changes where it should apply. Leave one out, and compare.

Tried on the kept cases of the article and on past turns where its WHEN is on record to fire, one after the other: the
first reply that is further apart than two replies to one prompt are shows that the article does something, and ends it.
"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.call import recorded
from jupyter_reconst.acts.compare import Laws, both, compare, composed
from jupyter_reconst.acts.drafting import content, overlap
from jupyter_reconst.acts.pairs import clauses
from jupyter_reconst.acts.probe import case_probe, remembered, turn_probe
from jupyter_reconst.acts.trial import fired
from jupyter_reconst.core.constitution import Article, Case, Constitution
from jupyter_reconst.core.impact import Probe
from jupyter_reconst.core.knowledge import fits, looked_up
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Model, Ports
from jupyter_reconst.core.requests import DeadWeight
from jupyter_reconst.core.statistics import interval
from jupyter_reconst.core.turns import Parameters, Turn

MOST = 6
"""Prompts that an article is left out on, at most."""
LEAST = 3
"""Fewer prompts than these show nothing."""
_LOOKED = 20
"""Past turns that are looked up for an article, those that share most words with it first: each takes two readings."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """An article, the law with and without it, and where it should matter."""

    article: Article
    laws: Laws
    probes: tuple[Probe, ...]


async def leaving(
    ports: Ports,
    person: Person,
    model: Model,
    document: Document,
    law: Constitution,
    articles: tuple[Article, ...],
    cases: tuple[Case, ...],
) -> list[Leaving]:
    """The articles that can be left out in turn, with their prompts. Nobody is asked."""
    past = await remembered(ports, person, document.notebook)
    turns = [(turn, content(f"{turn.prompt} {turn.reply}")) for turn in past]
    found = []
    for article in articles:
        own = [case for case in cases if case.article == article.id][:MOST]
        probes = [await case_probe(ports, person, case, document.reading.style) for case in own]
        known = {probe.prompt for probe in probes}
        for turn in _alike(article, turns):
            if len(probes) < MOST and turn.prompt not in known and await _fires(ports, model, article, turn):
                probes.append(turn_probe(ports, turn, "in", "a past turn where WHEN fires"))
        if len(probes) >= LEAST:
            rest = tuple(other for other in law.articles if other.id != article.id)
            laws = Laws(law, law.model_copy(update={"articles": rest}), Parameters())
            found.append(Leaving(article, laws, tuple(probes)))
    return found


def _alike(article: Article, turns: list[tuple[Turn, frozenset[str]]]) -> list[Turn]:
    about = content(f"{article.title} {clauses(article)}")
    ranked = sorted(turns, key=lambda pair: -overlap(about, pair[1]))
    return [turn for turn, _ in ranked[:_LOOKED]]


async def _fires(ports: Ports, model: Model, article: Article, turn: Turn) -> bool:
    if looked_up(article):
        return fits(article, turn.prompt)
    return await fired(ports, model, article.when, prompt=turn.prompt, reply=turn.reply) is True


async def dead_weight(ports: Ports, person: Person, model: Model, one: Leaving) -> DeadWeight | None:
    """The article as dead weight; None where it does something, or where that cannot be told."""
    tried = 0
    for probe in one.probes:
        pair = await both(ports, person, model, one.laws, probe)
        if pair.same and not pair.problem:  # Out of scope here: this says nothing of what it does.
            continue
        if pair.problem or (pair.distance > 0 and await _moves(ports, person, model, one.laws, probe)):
            return None
        tried += 1
    if tried < LEAST:
        return None
    high = round(interval(0, tried)[1], 4)
    return DeadWeight(article=one.article.id, title=one.article.title, tried=tried, high=high)


async def _moves(ports: Ports, person: Person, model: Model, laws: Laws, probe: Probe) -> bool:
    """Whether two replies that differ do so by more than two replies under the one law."""
    row = await compare(ports, person, model, laws, probe, Aim(), twice=True)
    return row.verdict != "unchanged"


async def left_to_ask(ports: Ports, person: Person, model: Model, all: list[Leaving]) -> int:
    """How many calls leaving them out takes at most, without those that are recorded."""
    asked: set[str] = set()
    for one in all:
        for law in (one.laws.before, one.laws.after):
            for probe in one.probes:
                composition = await composed(ports, person, model, one.laws, law, probe, judge=False)
                if await recorded(ports, model, composition.messages, composition.parameters) is None:
                    asked.add(composition.digest + probe.prompt)
    return len(asked)
