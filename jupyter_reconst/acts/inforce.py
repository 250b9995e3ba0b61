"""What is in force: what this person has accepted, by content. What they have not accepted is shown and never sent.

In this order: what the notebook and the files of the scopes around it carry together, if exactly this content is
accepted; otherwise, scope by scope, what it carries or what stood for this person (`acts.parts`); otherwise nothing. A
notebook that has lost its keys gets them back as a pending change.
"""

from __future__ import annotations

import hashlib
import math
from pathlib import PurePosixPath
from typing import Any

from jupyter_reconst.acts.agreed import agreeing
from jupyter_reconst.acts.parts import parts_in_force
from jupyter_reconst.core.constitution import EMPTY, Article, Case, Constitution, Preamble, Provenance
from jupyter_reconst.core.knowledge import ROOM, looked_up
from jupyter_reconst.core.notebook import (
    HEAD,
    PREFIX,
    Reading,
    article_key,
    case_key,
    preamble_key,
    rule_key,
    understood,
)
from jupyter_reconst.core.nouns import Noun, Person, ulid
from jupyter_reconst.core.ports import Accepted, Document, Event, Ports
from jupyter_reconst.core.requests import Around, Change, InForce, Sent
from jupyter_reconst.core.review import reviewed
from jupyter_reconst.core.scopes import laid, relaid
from jupyter_reconst.core.turns import estimated
from jupyter_reconst.prompts.compose import article_text, beneath, preface
from jupyter_reconst.prompts.style import picked, styles

_RECENT = 20
"""How many ratifications of a notebook are looked at for ones that never arrived."""


async def constitution_in_force(ports: Ports, person: Person, document: Document) -> Constitution:
    """The constitution that a turn in this notebook is sent with, for this person."""
    carried = document.carried
    known = carried.digest != EMPTY.digest and await ports.trust.accepted(person.owner, carried.digest)
    if known and not document.bare:
        return carried
    return laid(await parts_in_force(ports, person, document))


async def amendable(ports: Ports, person: Person, document: Document) -> tuple[Constitution, tuple[Article, ...]]:
    """What an amendment is made to, and all revisions that count: with what was ratified and is still on its way here.

    Raises BadInput for a notebook that a newer version wrote.
    """
    understood(document.reading, PurePosixPath(document.path).name)
    law, revisions = await constitution_in_force(ports, person, document), document.reading.ratified
    for change in await pending(ports, person, document):
        article = change.article
        if article is None:
            continue
        if not article.repealed:
            law = law.replaced(article)
        elif article.id not in law.scopes:
            law = law.without(article.id)
        revisions = (*revisions, article)
    return law, revisions


async def ratified_cases(
    ports: Ports, person: Person, document: Document, constitution: Constitution
) -> tuple[Case, ...]:
    """The kept cases of articles in force, as far as this person ratified them word for word.

    No digest covers a case, so accepting a constitution does not accept those that came with it: they are shown, and
    never sent.
    """
    articles = {article.id for article in constitution.articles}
    kept = [case for case in document.reading.cases if case.article in articles]
    written: dict[str, Any] = {}
    for article in sorted({case.article for case in kept}):
        for line in await ports.journal.events(person.owner, kind="ratification", subject=article):
            written |= line.body["change"]["writes"]
    return tuple(case for case in kept if written.get(case_key(case)) == dumped(case))


async def in_force(ports: Ports, person: Person, document: Document) -> InForce:
    """What is in force, exactly as the model reads it, beside what the notebook and the scopes around it carry."""
    constitution = await constitution_in_force(ports, person, document)
    carried = document.carried
    expected = relaid(carried, constitution.own) if document.bare else carried
    law = (constitution.preamble, constitution.effective)
    small = await _small(ports, document)
    text = beneath(*law) if small else preface(*law)
    articles = {article.id for article in constitution.articles}
    head = document.reading.head
    style, ignored = picked(document.reading)
    origin = head.origin if head else None
    if head and head.id != document.notebook:
        origin = head.id
    return InForce(
        notebook=document.notebook,
        origin=origin,
        identify=not document.identified and not document.reading.newer,
        digest=constitution.digest,
        constitution=constitution,
        preface=text,
        tokens=heaviest(constitution, small=small),
        sent=tuple(
            Sent(article=article.id, text=said, tokens=estimated(said))
            for article, said in ((a, article_text(n, a)) for n, a in enumerate(constitution.effective, 1))
        ),
        cases=tuple(case for case in document.reading.cases if case.article in articles),
        conflicts=document.reading.conflicts,
        review=None if expected.digest == constitution.digest else reviewed(carried, constitution),
        agreeing=await agreeing(ports, person, document),
        around=tuple(Around(scope=layer.scope, place=layer.place) for layer in document.around),
        style=style.name if style else "",
        styles=tuple(style.named for style in styles().values()),
        problems=(
            *_problems(document.reading),
            *(f"{a.place}: {a.problem}" for a in document.around if a.problem),
            *filter(None, (ignored,)),
        ),
        pending=() if document.reading.newer else await pending(ports, person, document),
    )


def heaviest(law: Constitution, *, small: bool = False) -> int:
    """About how many tokens of a constitution a model reads at most: of the facts that are looked up, what has room."""
    sent, room = [], ROOM
    for article in sorted(law.effective, key=lambda a: -len(a.then) if looked_up(a) else -math.inf):
        room -= estimated(article_text(1, article)) if looked_up(article) else 0
        if room >= 0:
            sent.append(article)
    return estimated(beneath(law.preamble, sent) if small else preface(law.preamble, sent))


def _problems(reading: Reading) -> tuple[str, ...]:
    """What has no effect, in words where a key alone would say too little."""
    newer = f"{HEAD}, written by a newer version of jupyter_reconst (nothing can be changed here before you update),"
    counted = reading.course.rules if reading.rules else set()
    short = (f"{rule_key(rule)}, a rule short of its votes," for rule in reading.rules if rule.revision not in counted)
    return (*(newer if reading.newer and key == HEAD else key for key in reading.problems), *short)


async def _small(ports: Ports, document: Document) -> bool:
    """Whether the embedded model answers here: it reads what is in force in another place than others."""
    sample = document.reading.head.sample if document.reading.head else None
    return not sample and await ports.models.embedded()


async def pending(ports: Ports, person: Person, document: Document) -> tuple[Change, ...]:
    """What was ratified but never reached the notebook, and what the notebook has lost."""
    lines = await ratifications(ports, person, document.notebook)
    arrived = await _arrived(ports, person, document.notebook)
    keys = held(document.reading)
    changes = [Change.model_validate(line.body["change"]) for line in lines if line.body]
    missing = [c for c in changes if c.id not in arrived and not set(c.writes) <= keys]
    settled = {c.article.id for c in changes if c.article and c.id in arrived}
    waiting = [c for c in missing if not (c.article and c.article.id in settled and _overtaken(c, document.reading))]
    standing = await ports.trust.standing(person.owner, document.notebook)
    sure = {key for change in waiting for key in change.writes}
    lost = _lost(document.reading, standing, changes, sure) if standing else None
    return (*waiting, lost) if lost else tuple(waiting)


async def ratifications(ports: Ports, person: Person, notebook: str) -> list[Event]:
    """The last ratifications of a notebook, oldest first."""
    lines = await ports.journal.events(
        person.owner, kind="ratification", notebook=notebook, limit=_RECENT, newest_first=True
    )
    return lines[::-1]


def held(reading: Reading) -> set[str]:
    """The keys of the revisions, cases and pins that a notebook holds."""
    keys = {article_key(article) for article in reading.revisions}
    keys |= {f"{PREFIX}import:{found.id}" for found in reading.imports}
    keys |= {preamble_key(preamble) for preamble in reading.preambles}
    return keys | {case_key(case) for case in reading.cases}


async def _arrived(ports: Ports, person: Person, notebook: str) -> set[str]:
    """The ratifications that were seen in the notebook once."""
    lines = await ports.journal.events(person.owner, kind="acceptance", notebook=notebook)
    return {line.subject for line in lines if line.subject and line.body.get("how") == "ratified"}


def _overtaken(change: Change, reading: Reading) -> bool:
    """Whether the notebook holds a newer revision of the article than this change would write."""
    article = change.article
    return article is not None and any(r.id == article.id and r.revision > article.revision for r in reading.revisions)


def _lost(reading: Reading, standing: Accepted, changes: list[Change], sure: set[str]) -> Change | None:
    """The keys of the standing constitution that this notebook no longer holds, though nobody repealed them."""
    law = standing.constitution
    known = {article.id for article in reading.revisions}
    gone = [a for a in law.articles if a.id not in known and article_key(a) not in sure]
    writes: dict[str, Any] = {article_key(article): dumped(article) for article in gone}
    if law.preamble and not reading.preambles:
        digest = hashlib.sha256(law.preamble.encode()).digest()
        made = int(standing.at.timestamp() * 1000)
        preamble = Preamble(revision=ulid(made, digest), text=law.preamble, provenance=Provenance(at=standing.at))
        writes[preamble_key(preamble)] = dumped(preamble)
    if not writes:
        return None
    names = {article.id for article in gone}
    for change in changes:
        cases = {key: value for key, value in change.writes.items() if key.startswith("reconst:case:")}
        writes |= {key: value for key, value in cases.items() if value.get("article") in names}
    seed = hashlib.sha256("\n".join(sorted(writes)).encode()).digest()
    return Change(id=ulid(int.from_bytes(seed[:6], "big"), seed[6:]), writes=writes, digest=standing.digest)


def dumped(noun: Noun) -> dict[str, Any]:
    """A value as it is written into a notebook."""
    return noun.model_dump(mode="json", by_alias=True, exclude_none=False)
